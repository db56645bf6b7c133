//! Records of the national export become versions of procedures, each from a day of its own.

use super::{
    engine::Home,
    house::{House, SAME_DAY, at},
};
use crate::on_both;
use domain::{procedure::difference::Part, time::Day};
use office::{
    Error, Who,
    import::{Brings, ImportReport, check_procedure_file, read_procedure_file},
};
use serde_json::{Value, json};

fn record(name: &str) -> String {
    json!({"ma_tthc": "9.000100", "ten_tthc": name}).to_string()
}

/// The shipped file of the procedure that is done within the day, changed.
fn same_day(change: impl Fn(&mut Value)) -> String {
    let mut file: Value = serde_json::from_str(include_str!("../../../seed/procedures/1.000656.json")).unwrap();
    change(&mut file);
    file.to_string()
}

async fn import(house: &House, text: &str) -> ImportReport {
    house.office.import_procedures(&Who::system(), read_procedure_file(text).unwrap()).await.unwrap()
}

/// The name in force on a day.
fn name_on(house: &House, code: &str, day: Day) -> Option<String> {
    house.office.books().catalogue.in_force(code, day).map(|version| version.name.clone())
}

on_both!(a_record_put_right_on_the_same_day_takes_the_place_of_the_first);
async fn a_record_put_right_on_the_same_day_takes_the_place_of_the_first(home: Home) {
    let house = House::open(home).await;
    let today = house.clock.now().day();
    assert_eq!(import(&house, &record("Thử nghiệm")).await.new, 1);
    assert_eq!(import(&house, &record("Thử nghiệm")).await.same, 1);
    assert_eq!(import(&house, &record("Thử nghiệm, đã sửa")).await.changed, 1);
    assert_eq!(import(&house, &record("Thử nghiệm, đã sửa")).await.same, 1);
    assert_eq!(name_on(&house, "9.000100", today).as_deref(), Some("Thử nghiệm, đã sửa"));
    assert_eq!(name_on(&house, "9.000100", today.prev()), None);
    let versions = house.count("SELECT COUNT(*) FROM procedure_versions WHERE code = '9.000100'").await;
    assert_eq!(versions, 1, "the first, which nobody saw, is gone");
}

on_both!(a_version_that_a_dossier_keeps_stays_and_the_next_begins_the_day_after);
async fn a_version_that_a_dossier_keeps_stays_and_the_next_begins_the_day_after(home: Home) {
    let house = House::open(home).await;
    let today = house.clock.now().day();
    let renamed = |name: &str| same_day(|file| file["record"]["ten_tthc"] = name.into());
    assert_eq!(import(&house, &renamed("Đăng ký khai tử, bản mới")).await.changed, 1);
    let resident = house.nay().await;
    let dossier = house.submitted(&resident, SAME_DAY).await;
    let kept = house.row(dossier).await.procedure_version;
    assert_eq!(import(&house, &renamed("Đăng ký khai tử, bản mới hơn")).await.changed, 1);
    assert_eq!(name_on(&house, SAME_DAY, today).as_deref(), Some("Đăng ký khai tử, bản mới"));
    assert_eq!(name_on(&house, SAME_DAY, today.next()).as_deref(), Some("Đăng ký khai tử, bản mới hơn"));
    // The one of tomorrow is nobody's yet.
    assert_eq!(import(&house, &renamed("Đăng ký khai tử, bản cuối")).await.changed, 1);
    assert_eq!(import(&house, &renamed("Đăng ký khai tử, bản cuối")).await.same, 1);
    assert_eq!(name_on(&house, SAME_DAY, today.next()).as_deref(), Some("Đăng ký khai tử, bản cuối"));
    assert_eq!(house.row(dossier).await.procedure_version, kept);
    assert!(house.office.books().catalogue.version(kept).is_some());
}

on_both!(a_rule_of_a_later_day_leaves_today_as_it_is);
async fn a_rule_of_a_later_day_leaves_today_as_it_is(home: Home) {
    let house = House::open(home).await;
    let (today, first) = (house.clock.now().day(), at("2027-03-01T00:00").day());
    // The civil status law of 2026 takes effect on 01/03/2027.
    let later = same_day(|file| {
        file["local"]["valid_from"] = "2027-03-01".into();
        file["local"]["filed"][0]["from"] = "2027-03-01".into();
        file["record"]["ten_tthc"] = "Đăng ký khai tử theo luật mới".into();
    });
    let before = name_on(&house, SAME_DAY, today).unwrap();
    assert_eq!(import(&house, &later).await.changed, 1);
    assert_eq!(import(&house, &later).await.same, 1);
    assert_eq!(name_on(&house, SAME_DAY, today), Some(before.clone()));
    assert_eq!(name_on(&house, SAME_DAY, first.prev()), Some(before));
    assert_eq!(name_on(&house, SAME_DAY, first).as_deref(), Some("Đăng ký khai tử theo luật mới"));
    assert!(house.office.books().catalogue.in_force(SAME_DAY, today).unwrap().can_apply_online(today));
    // What changes before that day holds until it.
    let now = same_day(|file| file["record"]["ten_tthc"] = "Đăng ký khai tử, sửa chữ".into());
    assert_eq!(import(&house, &now).await.changed, 1);
    assert_eq!(name_on(&house, SAME_DAY, first.prev()).as_deref(), Some("Đăng ký khai tử, sửa chữ"));
    assert_eq!(name_on(&house, SAME_DAY, first).as_deref(), Some("Đăng ký khai tử theo luật mới"));
    assert_eq!(house.office.books().catalogue.all(first).filter(|version| version.code == SAME_DAY).count(), 1);
}

on_both!(a_look_says_what_an_import_would_change_on_its_day_and_changes_nothing);
async fn a_look_says_what_an_import_would_change_on_its_day_and_changes_nothing(home: Home) {
    let house = House::open(home).await;
    let before = house.count("SELECT COUNT(*) FROM procedure_versions").await;
    let look = |text: &str| {
        let files = read_procedure_file(text).unwrap();
        house.office.preview_import(&Who::system(), &files).unwrap()
    };
    let as_it_is: Value = serde_json::from_str(&same_day(|_| {})).unwrap();
    assert_eq!(look(&record("Thử nghiệm")), [Brings::New]);
    assert_eq!(look(&as_it_is.to_string()), [Brings::Same]);
    assert_eq!(look(&as_it_is["record"].to_string()), [Brings::Same], "a record alone keeps the local part");
    let later = same_day(|file| {
        file["local"]["valid_from"] = "2027-03-01".into();
        file["record"]["ten_tthc"] = "Đăng ký khai tử theo luật mới".into();
    });
    let found = look(&later);
    let [Brings::Next { changes, .. }] = found.as_slice() else { panic!("{found:?}") };
    let keys: Vec<_> = changes.iter().map(|change| (change.part, change.key.as_str())).collect();
    assert_eq!(keys, [(Part::Record, "ten_tthc"), (Part::Local, "valid_from")]);
    assert_eq!(house.count("SELECT COUNT(*) FROM procedure_versions").await, before);
    // Once it is entered for that day, it is what holds then.
    import(&house, &later).await;
    assert_eq!(look(&later), [Brings::Same]);
    assert_eq!(look(&as_it_is.to_string()), [Brings::Same], "today it is as it was");
    let files = read_procedure_file(&later).unwrap();
    let resident = house.nay().await;
    assert!(matches!(house.office.preview_import(&resident, &files), Err(Error::Forbidden)));
}

on_both!(every_import_is_on_the_record_with_what_it_changed);
async fn every_import_is_on_the_record_with_what_it_changed(home: Home) {
    let house = House::open(home).await;
    let before = house.count("SELECT MAX(id) FROM audit_rows").await;
    import(&house, &record("Thử nghiệm")).await;
    import(&house, &record("Thử nghiệm")).await;
    let mut tx = house.office.db().read().await.unwrap();
    let rows = store::audit::unsealed_rows(&mut tx, before, 100).await.unwrap();
    let told: Vec<_> =
        rows.iter().map(|row| (row.act.as_str(), row.actor_kind.as_str(), &row.detail["codes"])).collect();
    let (changed, nothing) = (json!(["9.000100"]), json!([]));
    assert_eq!(told, [("import_procedures", "system", &changed), ("import_procedures", "system", &nothing)]);
    assert_eq!((&rows[0].detail["new"], &rows[1].detail["same"]), (&json!(1), &json!(1)));
}

#[test]
fn a_file_that_is_no_list_of_procedures_is_refused_with_the_place() {
    let told = |text: &str| read_procedure_file(text).unwrap_err().to_string();
    assert!(told("{").starts_with("not JSON"));
    assert!(told("{}").contains("record 1: \"\" is no code"));
    assert!(told("[null]").starts_with("record 1: not a procedure"));
    assert!(told(&format!("[{}, {{\"ma_tthc\": 5}}]", record("Thử"))).starts_with("record 2: not a procedure"));
    assert!(told(r#"{"ma_tthc": "9.000100"}"#).ends_with("9.000100 has no name"));
    assert!(told(&format!("[{0}, {0}]", record("Thử"))).starts_with("9.000100 stands in the file twice"));
    // A local part with a slip in it is no national record with an unknown key.
    let slip = same_day(|file| file["local"]["valid_form"] = "2026-01-01".into());
    assert!(told(&slip).contains("valid_form"), "{}", told(&slip));
    let other = same_day(|file| file["local"]["code"] = "1.001193".into());
    assert!(told(&other).contains("beside a local part of 1.001193"), "{}", told(&other));
    let endless = same_day(|file| file["local"]["steps"][0]["hours"] = 99.into());
    assert!(told(&endless).contains("StepsLongerThanTerm"), "{}", told(&endless));
    assert!(read_procedure_file("[]").unwrap().is_empty());
    assert_eq!(read_procedure_file(&record("Thử")).unwrap().len(), 1);
}

/// Our own records with every awkward case among them, in one list.
fn awkward_records() -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../app/domain/tests/fixtures/procedures");
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let records: Vec<Value> = files
        .filter(|path| path.extension().is_some_and(|kind| kind == "json"))
        .map(|path| serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap())
        .collect();
    Value::Array(records).to_string()
}

#[test]
fn a_check_reads_every_awkward_record_whole_and_names_what_it_could_not_structure() {
    let report = check_procedure_file(&awkward_records()).unwrap();
    assert_eq!(report.records.len(), 9);
    let reviewed = include_str!("../../../../app/domain/tests/fixtures/procedures/unstructured.txt");
    for record in &report.records {
        assert!(!record.has_local && !record.name.is_empty(), "{}", record.code);
        for remark in &record.remarks {
            assert!(reviewed.contains(&remark.to_string()), "{}: {remark}", record.code);
        }
    }
    let remarks: usize = report.records.iter().map(|record| record.remarks.len()).sum();
    assert!(remarks > 8, "{remarks}");
    let shipped = check_procedure_file(include_str!("../../../seed/procedures/1.001193.json")).unwrap();
    assert!(shipped.records[0].has_local);
    assert!(check_procedure_file("[null]").unwrap_err().to_string().starts_with("record 1: not a procedure"));
}
