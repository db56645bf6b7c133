//! The acts of the operator at the terminal, as processes: calendars, staff who come and go, files that are only looked at.

use super::program::{motcua, refused};
use office::{Clock, Config, Office, blobs::Blobs};
use serde_json::{Value, json};
use server::seed::rules::{lay_down, lay_down_newer};
use std::{
    io::Write,
    path::Path,
    process::{Command, Output, Stdio},
};
use store::{Db, offices, offices::OfficeRow};
use tempfile::TempDir;

const PASSWORD: &str = "mat-khau-rat-dai";

/// Runs a command that must succeed, with that on standard input.
#[track_caller]
fn done(command: &mut Command, typed: &str) -> String {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("motcua runs");
    child.stdin.take().expect("a pipe").write_all(typed.as_bytes()).expect("somebody reads");
    let Output { status, stdout, .. } = child.wait_with_output().expect("motcua ends");
    assert!(status.success(), "{status}");
    String::from_utf8(stdout).expect("text")
}

/// A member of staff of the centre of Đồng Xuân, with more on the line.
fn employ(folder: &Path, login: &str, more: &[&str]) -> Command {
    let office = ["--office", "xa-dong-xuan-phuc-vu-hanh-chinh-cong", "--role", "reception"];
    let line = [&["create-staff", "--login", login, "--name", "Hờ Thị Lan", "--title", "x"][..], &office, more];
    motcua(folder, &line.concat())
}

/// A folder with tables and the shipped rules.
fn office() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    done(&mut motcua(folder.path(), &["migrate"]), "");
    done(&mut employ(folder.path(), "first", &[]), PASSWORD);
    folder
}

#[test]
fn a_calendar_is_imported_once_and_a_wrong_one_is_refused_with_the_reason() {
    let folder = office();
    let here = folder.path();
    let mut calendar: Value = serde_json::from_str(
        &std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../app/domain/data/calendars/province.json"))
            .expect("the shipped calendar"),
    )
    .expect("JSON");
    calendar["version"] = "2027.1".into();
    let years = calendar["years"].as_array_mut().expect("years");
    years.push(json!({"year": 2027, "source": "Thông báo nghỉ lễ 2027", "entries": []}));
    std::fs::write(here.join("2027.json"), calendar.to_string()).expect("a file");
    let told = done(&mut motcua(here, &["import-calendar", "2027.json"]), "");
    assert!(told.starts_with("version 2027.1 holds from now on") && told.contains("2027"), "{told}");
    let warnings: Vec<&str> = told.lines().filter(|line| line.starts_with("warning: ")).collect();
    assert_eq!(warnings, ["warning: the year 2027 holds no holiday, not even those of a fixed date"]);
    let told = done(&mut motcua(here, &["import-calendar", "2027.json"]), "");
    assert!(told.contains("there already"), "{told}");
    let said = refused(&mut motcua(here, &["import-calendar", "2027.json", "--office", "xa-dong-xuan-ubnd"]));
    assert!(said.contains("version 2027.1 is there already"), "{said}");
    calendar["version"] = "2027.2".into();
    std::fs::write(here.join("own.json"), calendar.to_string()).expect("a file");
    let said = refused(&mut motcua(here, &["import-calendar", "own.json", "--office", "nowhere"]));
    assert!(said.contains("nowhere"), "{said}");
    done(&mut motcua(here, &["import-calendar", "own.json", "--office", "xa-dong-xuan-ubnd"]), "");
    // One day of Tết and 2/9 alone: due days would fall on the others.
    let holiday = |day: &str| json!({"day": day, "kind": "NGHI_LE", "name": "Nghỉ lễ"});
    calendar["version"] = "2027.3".into();
    let last = calendar["years"].as_array_mut().and_then(|years| years.last_mut()).expect("2027");
    last["entries"] = json!([holiday("2027-02-06"), holiday("2027-09-02")]);
    std::fs::write(here.join("few.json"), calendar.to_string()).expect("a file");
    let told = done(&mut motcua(here, &["import-calendar", "few.json", "--office", "xa-dong-xuan-ubnd"]), "");
    let warnings: Vec<&str> =
        told.lines().filter_map(|line| line.strip_prefix("warning: the year 2027 holds ")).collect();
    assert_eq!(warnings, ["1 of the 5 days of Tết", "1 of the 2 days of 2 September"]);
    std::fs::write(here.join("wrong.json"), "{\"version\": 1}").expect("a file");
    let said = refused(&mut motcua(here, &["import-calendar", "wrong.json"]));
    assert!(said.contains("wrong.json cannot be imported: not a calendar"), "{said}");
    refused(&mut motcua(here, &["import-calendar", "missing.json"]));
    // A start with the program's own older calendar leaves it as it is.
    assert_eq!(done(&mut motcua(here, &["migrate"]), ""), "");
    let told = done(&mut motcua(here, &["import-calendar", "2027.json"]), "");
    assert!(told.contains("there already"), "{told}");
}

#[test]
fn a_new_unit_is_added_to_a_database_in_use_once_and_people_work_there() {
    let folder = office();
    let here = folder.path();
    let part = |key: &str, kind: &str, organ: &str, above: Option<&str>| {
        json!({"key": key, "name": "Xã Mới", "kind": kind, "unit": "22999", "organ_id": organ, "parent": above,
               "valid_from": "2027-01-01", "valid_to": null, "configured": true})
    };
    let unit = part("xa-moi-ubnd", "peoples_committee", "H15.50.77", None);
    let centre = part("xa-moi-mot-cua", "one_stop_shop", "H15.50.77.13", Some("xa-moi-ubnd"));
    let write = |offices: Value| std::fs::write(here.join("new.json"), json!({ "offices": offices }).to_string());
    write(json!([unit, centre])).expect("a file");
    let said = refused(&mut motcua(here, &["migrate", "--offices", "new.json"]));
    assert!(said.contains("offices already") && said.contains("motcua add-offices"), "{said}");
    let told = done(&mut motcua(here, &["add-offices", "new.json"]), "");
    let lines = ["office xa-moi-ubnd from 2027-01-01", "office xa-moi-mot-cua from 2027-01-01", "offices added 2"];
    assert_eq!(told.lines().collect::<Vec<_>>(), lines);
    assert_eq!(done(&mut motcua(here, &["add-offices", "new.json"]), ""), "offices added 0\n");
    let line = ["create-staff", "--login", "moi", "--name", "Hờ Thị Lan", "--title", "x", "--role", "reception"];
    let more = ["--office", "xa-moi-mot-cua", "--from", "2027-01-01"];
    done(&mut motcua(here, &[&line[..], &more].concat()), PASSWORD);
    // Whoever is to stand above both units works in both.
    let line =
        ["create-staff", "--login", "lien.xa", "--name", "Hờ Thị Lan", "--title", "x", "--role", "administrator"];
    let both = ["--office", "xa-moi-ubnd", "--office", "xa-dong-xuan-van-phong"];
    done(&mut motcua(here, &[&line[..], &both].concat()), PASSWORD);
    assert_eq!(done(&mut motcua(here, &["end-staff", "lien.xa"]), ""), "positions ended 2, sessions ended 0\n");

    let mut other = unit.clone();
    other["organ_id"] = "H15.50.78".into();
    write(json!([other, centre])).expect("a file");
    let said = refused(&mut motcua(here, &["add-offices", "new.json"]));
    assert!(said.contains("new.json cannot be added: xa-moi-ubnd is there already"), "{said}");
    assert!(said.contains("organ_id"), "{said}");
    write(json!([unit])).expect("a file");
    let said = refused(&mut motcua(here, &["add-offices", "new.json"]));
    assert!(said.contains("one_stop_shop"), "the file is read whole, as at the first start: {said}");
    refused(&mut motcua(here, &["add-offices", "missing.json"]));
    let empty = TempDir::new().expect("a folder");
    write(json!([part("a-ubnd", "peoples_committee", "H15.50.79", None), {
        "key": "a-mot-cua", "name": "A", "kind": "one_stop_shop", "unit": "22998", "organ_id": "H15.50.79.13",
        "parent": "a-ubnd", "valid_from": "2027-01-01", "valid_to": null, "configured": true
    }]))
    .expect("a file");
    let file = here.join("new.json").display().to_string();
    let said = refused(&mut motcua(empty.path(), &["add-offices", &file]));
    assert!(said.contains("motcua migrate"), "there are no tables yet: {said}");
}

#[test]
fn staff_come_with_a_first_day_are_renewed_and_go() {
    let folder = office();
    let here = folder.path();
    done(&mut employ(here, "lan", &["--from", "2026-01-01", "--to", "2099-12-31"]), PASSWORD);
    let said = refused(&mut employ(here, "mai", &["--from", "2026-02-01", "--to", "2026-01-31"]));
    assert!(said.contains("--to"), "{said}");
    let said = refused(&mut employ(here, "mai", &["--from", "01/02/2026"]));
    assert!(said.contains("--from") && said.contains("01/02/2026"), "{said}");
    let renewed = done(&mut motcua(here, &["renew-staff", "lan"]), "");
    assert_eq!(renewed.lines().count(), 9, "a secret and eight recovery codes");
    let again = done(&mut motcua(here, &["renew-staff", "lan", "--password"]), "mot-mat-khau-khac");
    assert!(renewed.lines().all(|line| !again.contains(line)), "none serves twice");
    let mut short = motcua(here, &["renew-staff", "lan", "--password"]);
    assert!(refused(&mut short).contains("password"), "nothing on standard input");
    let said = refused(&mut motcua(here, &["end-staff", "lan", "--on", "tomorrow"]));
    assert!(said.contains("tomorrow"), "{said}");
    assert_eq!(done(&mut motcua(here, &["end-staff", "lan"]), ""), "positions ended 1, sessions ended 0\n");
    let said = refused(&mut motcua(here, &["renew-staff", "lan"]));
    assert!(said.contains("works here no more"), "{said}");
    for command in ["end-staff", "renew-staff"] {
        assert!(refused(&mut motcua(here, &[command, "nobody"])).contains("no login \"nobody\""));
    }
}

#[test]
fn a_file_of_procedures_is_checked_without_a_database() {
    let folder = TempDir::new().expect("a folder");
    let fixtures = concat!(env!("CARGO_MANIFEST_DIR"), "/../app/domain/tests/fixtures/procedures");
    let file = format!("{fixtures}/9.000001.json");
    let told = done(&mut motcua(folder.path(), &["import-procedures", "--check", &file]), "");
    assert!(told.starts_with("9.000001 ") && told.contains("TermUnitUnknown | 1 Khác"), "{told}");
    assert!(told.lines().last().is_some_and(|line| line.starts_with("records 1, passages to look at ")), "{told}");
    std::fs::write(folder.path().join("wrong.json"), "[{}]").expect("a file");
    let said = refused(&mut motcua(folder.path(), &["import-procedures", "--check", "wrong.json"]));
    assert!(said.contains("record 1"), "{said}");
    assert!(!folder.path().join("data").exists(), "a look leaves nothing behind");
    assert!(told.ends_with("not compared: there is no database yet\n"), "{told}");
}

#[test]
fn a_file_of_procedures_is_compared_with_what_is_in_force() {
    let folder = office();
    let here = folder.path();
    let shipped = format!("{}/seed/procedures/1.001193.json", env!("CARGO_MANIFEST_DIR"));
    let told = done(&mut motcua(here, &["import-procedures", "--check", &shipped]), "");
    assert!(told.contains("\n  unchanged\n") && told.ends_with("new 0, changed 0, unchanged 1\n"), "{told}");
    let text = std::fs::read_to_string(&shipped).expect("a shipped file");
    let mut file: Value = serde_json::from_str(&text).expect("JSON");
    let before = file["record"]["ten_tthc"].as_str().expect("a name").to_owned();
    file["record"]["ten_tthc"] = "Tên mới".into();
    file["record"]["tphs"].as_array_mut().expect("papers").insert(0, json!({"ten_giay_to": "Giấy mới"}));
    std::fs::write(here.join("changed.json"), file.to_string()).expect("a file");
    for _ in 0..2 {
        let told = done(&mut motcua(here, &["import-procedures", "--check", "changed.json"]), "");
        let before = format!("  - record.ten_tthc | {before}\n");
        for line in [&before[..], "  + record.ten_tthc | Tên mới\n", "  + record.tphs | ten_giay_to: Giấy mới\n"]
        {
            assert!(told.contains(line), "{line}: {told}");
        }
        assert_eq!(told.matches(" record.tphs |").count(), 1, "a line more, and no other: {told}");
        assert!(told.ends_with("new 0, changed 1, unchanged 0\n"), "a look changes nothing: {told}");
    }
    let told = done(&mut motcua(here, &["import-procedures", "changed.json"]), "");
    assert!(told.starts_with("new 0, changed 1, unchanged 0"), "{told}");
    let told = done(&mut motcua(here, &["import-procedures", "--check", "changed.json"]), "");
    assert!(told.contains("\n  unchanged\n"), "{told}");
    std::fs::write(here.join("new.json"), r#"{"ma_tthc": "9.000100", "ten_tthc": "Thử nghiệm"}"#).expect("a file");
    let told = done(&mut motcua(here, &["import-procedures", "--check", "new.json"]), "");
    assert!(told.starts_with("9.000100 Thử nghiệm (record alone)\n  new\n"), "{told}");
}

#[tokio::test]
async fn a_newer_program_lays_down_what_the_database_does_not_know_and_nothing_else() {
    let folder = TempDir::new().expect("a folder");
    let open = async |name: &str| {
        let db = Db::connect(&format!("sqlite://{}/{name}.db", folder.path().display())).await.expect("a database");
        db.migrate().await.expect("tables");
        let clock = Clock::fixed(domain::time::Instant::parse_local("2026-11-23T09:00").expect("a time"), 7);
        let config = Config { paper_words: app::words::paper_words(), ..Config::default() };
        Office::open(db, clock, config, Blobs::Folder(folder.path().join("blobs"))).await.expect("an office")
    };
    // Rules of today: nothing is newer. A database without rules waits for its first start.
    let today = open("today").await;
    assert_eq!(lay_down_newer(&today).await.expect("a start"), Vec::<String>::new());
    lay_down(&today).await.expect("the shipped rules");
    assert_eq!(lay_down_newer(&today).await.expect("a start"), Vec::<String>::new());

    // Offices alone, as a very old release might have left them.
    let old = open("old").await;
    let committee = OfficeRow {
        id: 1,
        key: "xa-dong-xuan-ubnd".into(),
        name: "Ủy ban nhân dân xã Đồng Xuân".into(),
        kind: "peoples_committee".into(),
        unit_code: "22051".into(),
        organ_id: "H15.50.05".into(),
        parent_key: None,
        valid_from: 0,
        valid_to: None,
    };
    let mut tx = old.db().write().await.expect("a transaction");
    offices::insert_office(&mut tx, &committee).await.expect("an office");
    tx.commit().await.expect("kept");
    let told = lay_down_newer(&old).await.expect("a start");
    let count = |what: &str| told.iter().filter(|line| line.starts_with(what)).count();
    let files =
        |folder: &str| std::fs::read_dir(format!("{}/seed/{folder}", env!("CARGO_MANIFEST_DIR"))).expect(folder);
    let (forms, procedures) = (files("forms").count(), files("procedures").count());
    assert_eq!((count("calendar "), count("form "), count("procedure ")), (1, forms, procedures), "{told:?}");
    let (books, day) = (old.books(), old.now().day());
    let procedure = books.catalogue.in_force("1.001193", day).expect("a procedure");
    assert!(books.catalogue.form_of(&procedure).is_some_and(|form| form.key == "khai_sinh"));
    assert_eq!(lay_down_newer(&old).await.expect("the next start"), Vec::<String>::new());
}

#[test]
fn a_demonstration_is_backed_up_restored_elsewhere_and_verified_at_the_terminal() {
    let folder = TempDir::new().expect("a folder");
    let here = folder.path();
    done(&mut motcua(here, &["seed-demo"]), "");
    let end = done(&mut motcua(here, &["verify-audit"]), "");
    let end = end.lines().last().expect("the end of the chain").to_owned();
    let file = here.join("mot-cua.tar");
    let name = file.display().to_string();
    let told = done(&mut motcua(here, &["backup", &name]), "");
    assert!(told.starts_with(&format!("{} tables, ", store::copying::TABLES.len())), "{told}");
    assert!(refused(&mut motcua(here, &["backup", &name])).contains("is there already"));
    assert!(refused(&mut motcua(here, &["restore", &name])).contains("must be empty"));

    let there = TempDir::new().expect("a folder");
    assert_eq!(done(&mut motcua(there.path(), &["restore", &name]), ""), told);
    done(&mut motcua(there.path(), &["verify-audit", "--through", &end]), "");
    // From one address to another, as when an office has grown.
    let address = |folder: &Path| format!("sqlite://{}", folder.join("data/motcua.db").display());
    let third = TempDir::new().expect("a folder");
    std::fs::create_dir(third.path().join("data")).expect("a folder");
    let (from, to) = (address(there.path()), address(third.path()));
    let copied = done(&mut motcua(here, &["copy-database", "--from", &from, "--to", &to]), "");
    assert_eq!(copied.split_once(", each").map(|(rows, _)| rows), told.split_once(", each").map(|(rows, _)| rows));
    // What belongs to another program is not touched, not even to make tables in it.
    let foreign = third.path().join("foreign.db");
    let ask = |sql: &str| Command::new("sqlite3").arg(&foreign).arg(sql).output().expect("sqlite3").stdout;
    ask("CREATE TABLE others (id INTEGER)");
    let to = format!("sqlite://{}", foreign.display());
    let said = refused(&mut motcua(here, &["copy-database", "--from", &from, "--to", &to]));
    assert!(said.contains("tables of another program"), "{said}");
    assert_eq!(ask("SELECT name FROM sqlite_master WHERE type = 'table'"), b"others\n");
    std::fs::write(here.join("half.tar"), &std::fs::read(&file).expect("a backup")[..100_000]).expect("half of it");
    let fourth = TempDir::new().expect("a folder");
    let half = here.join("half.tar").display().to_string();
    assert!(refused(&mut motcua(fourth.path(), &["restore", &half])).contains("no whole backup"));
}
