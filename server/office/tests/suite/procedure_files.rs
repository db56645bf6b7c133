//! Files of procedures that an administrator lays down: looked at, then published as they were looked at.

use super::{
    engine::Home,
    house::{DONG_XUAN, House, SAME_DAY, XUAN_LANH},
};
use crate::on_both;
use domain::{
    procedure::{ProcedureError, difference::Part, local::LocalProblem},
    role::Role,
    time::Day,
};
use office::{
    Actor, Error, Who,
    error::Problem,
    import::Brings,
    procedure_files::{FILE_MOST, LaidProblem},
    who::Position,
};
use serde_json::{Value, json};

/// The shipped file of the procedure that is done within the day, changed.
fn same_day(change: impl Fn(&mut Value)) -> String {
    let mut file: Value = serde_json::from_str(include_str!("../../../seed/procedures/1.000656.json")).unwrap();
    change(&mut file);
    file.to_string()
}

/// The file with another limit of acceptance.
fn four_hours() -> String {
    same_day(|file| file["local"]["acceptance_hours"] = 4.into())
}

/// Somebody who administers both units.
async fn of_both_units(house: &House) -> Who {
    let mut who = house.staff(DONG_XUAN, Role::Administrator).await;
    if let Actor::Staff(staff) = &mut who.actor {
        staff.positions.push(Position { office: XUAN_LANH, role: Role::Administrator, title: String::new() });
    }
    who
}

fn hours_on(house: &House, day: Day) -> u32 {
    house.office.books().catalogue.in_force(SAME_DAY, day).unwrap().acceptance_hours()
}

/// Why a file was refused.
fn why<T: std::fmt::Debug>(asked: Result<T, Error>) -> LaidProblem {
    match asked {
        Err(Error::Invalid(Problem::ProcedureFile(problem))) => problem,
        other => panic!("{other:?}"),
    }
}

on_both!(a_file_is_published_as_it_was_looked_at_and_what_is_under_way_keeps_its_version);
async fn a_file_is_published_as_it_was_looked_at_and_what_is_under_way_keeps_its_version(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let (who, today) = (of_both_units(&house).await, house.clock.now().day());
    let resident = house.nay().await;
    let dossier = house.submitted(&resident, SAME_DAY).await;
    let kept = house.row(dossier).await.procedure_version;
    let first = today.plus(7);
    let laid = office.look_at_procedures(&who, &four_hours(), first).unwrap();
    let [one] = laid.procedures.as_slice() else { panic!("{laid:?}") };
    let Brings::Next { changes, .. } = &one.brings else { panic!("{one:?}") };
    let keys: Vec<_> = changes.iter().map(|change| (change.part, change.key.as_str())).collect();
    assert_eq!(keys, [(Part::Local, "acceptance_hours"), (Part::Local, "valid_from")]);
    assert_eq!(hours_on(&house, first), 8, "looking changes nothing");
    let command = office.new_id();
    for _ in 0..2 {
        let codes = office.publish_procedures(&who, &laid.text, first, &laid.seen, command).await.unwrap();
        assert_eq!(codes, [SAME_DAY]);
    }
    assert_eq!((hours_on(&house, first.prev()), hours_on(&house, first)), (8, 4));
    assert_eq!(house.row(dossier).await.procedure_version, kept);
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'publish_procedures'").await, 1);
    // Published, the same file changes nothing, also when the day in it is another.
    let again = office.look_at_procedures(&who, &four_hours(), first).unwrap();
    assert!(!again.changes_something());
    let asked = office.publish_procedures(&who, &again.text, first, &again.seen, office.new_id()).await;
    assert_eq!(why(asked), LaidProblem::NothingNew);
}

on_both!(what_was_not_looked_at_is_not_published);
async fn what_was_not_looked_at_is_not_published(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let (who, first) = (of_both_units(&house).await, house.clock.now().day().plus(7));
    let laid = office.look_at_procedures(&who, &four_hours(), first).unwrap();
    let publish =
        async |text: &str, first: Day| office.publish_procedures(&who, text, first, &laid.seen, office.new_id()).await;
    let other = same_day(|file| file["local"]["acceptance_hours"] = 2.into());
    assert!(matches!(publish(&other, first).await, Err(Error::Stale)), "another file");
    assert!(matches!(publish(&laid.text, first.next()).await, Err(Error::Stale)), "another day");
    house.change_local(SAME_DAY, |local| local.acceptance_hours = 6).await;
    assert!(matches!(publish(&laid.text, first).await, Err(Error::Stale)), "another version in the meantime");
    assert_eq!(hours_on(&house, first), 6);
}

on_both!(who_administers_one_unit_of_two_looks_and_does_not_publish);
async fn who_administers_one_unit_of_two_looks_and_does_not_publish(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let (who, today) = (house.staff(DONG_XUAN, Role::Administrator).await, house.clock.now().day());
    let laid = office.look_at_procedures(&who, &four_hours(), today).unwrap();
    let other = office.books().places.by_id(XUAN_LANH).unwrap().name.clone();
    assert_eq!(laid.elsewhere, std::slice::from_ref(&other));
    let asked = office.publish_procedures(&who, &laid.text, today, &laid.seen, office.new_id()).await;
    assert_eq!(why(asked), LaidProblem::OtherUnits(vec![other]));
    assert_eq!(hours_on(&house, today), 8);
    let leader = house.staff(DONG_XUAN, Role::Leader).await;
    assert!(matches!(office.look_at_procedures(&leader, &four_hours(), today), Err(Error::Forbidden)));
    let asked = office.publish_procedures(&leader, &laid.text, today, &laid.seen, office.new_id()).await;
    assert!(matches!(asked, Err(Error::Forbidden)));
    assert!(matches!(office.may_lay_down_procedures(&house.nay().await), Err(Error::SignInFirst)));
}

on_both!(a_file_that_cannot_be_published_is_refused_with_the_place);
async fn a_file_that_cannot_be_published_is_refused_with_the_place(home: Home) {
    let house = House::open(home).await;
    let (who, today) = (of_both_units(&house).await, house.clock.now().day());
    let look = |text: &str| house.office.look_at_procedures(&who, text, today);
    let past = house.office.look_at_procedures(&who, &four_hours(), today.prev());
    assert!(matches!(past, Err(Error::Invalid(Problem::PeriodInvalid("first")))));
    assert_eq!(why(look(" \n")), LaidProblem::NoFile);
    assert_eq!(why(look(&"x".repeat(FILE_MOST + 1))), LaidProblem::TooLarge);
    assert!(matches!(why(look("{\n \"record\": ,")), LaidProblem::NotJson { line: 2, .. }));
    assert_eq!(why(look("[]")), LaidProblem::Empty);
    let twice: Vec<Value> = vec![serde_json::from_str(&four_hours()).unwrap(); 2];
    assert_eq!(why(look(&json!(twice).to_string())), LaidProblem::Twice(SAME_DAY.into()));
    let long = same_day(|file| file["local"]["steps"][0]["hours"] = 400.into());
    let LaidProblem::Procedure { number: 1, why: ProcedureError::Local(found), .. } = why(look(&long)) else {
        panic!("steps longer than the term")
    };
    assert!(matches!(found, LocalProblem::StepsLongerThanTerm { .. }));
    let over = same_day(|file| file["local"]["valid_to"] = "2026-01-01".into());
    assert_eq!(why(look(&over)), LaidProblem::EndsBefore(SAME_DAY.into()));
    // A key that is misspelt is told with its line.
    let whole: Value = serde_json::from_str(&four_hours()).unwrap();
    let misspelt = serde_json::to_string_pretty(&whole).unwrap().replace("\"acceptance_hours\"", "\"acceptance_hour\"");
    let at = misspelt.lines().position(|line| line.contains("acceptance_hour")).unwrap() + 1;
    let found = why(look(&misspelt));
    let LaidProblem::Procedure { line: Some(line), why: ProcedureError::NotAProcedure(told), .. } = found else {
        panic!("{found:?}")
    };
    assert_eq!(line, at);
    assert!(told.contains("`acceptance_hour`"), "{told}");
}

on_both!(a_record_alone_keeps_the_local_part_and_a_new_procedure_begins_on_its_day);
async fn a_record_alone_keeps_the_local_part_and_a_new_procedure_begins_on_its_day(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let (who, first) = (of_both_units(&house).await, house.clock.now().day().plus(7));
    let mut record = serde_json::from_str::<Value>(&same_day(|_| {})).unwrap()["record"].clone();
    record["ten_tthc"] = "Đăng ký khai tử, tên mới".into();
    let new = json!({"ma_tthc": "9.000100", "ten_tthc": "Thử nghiệm"});
    let laid = office.look_at_procedures(&who, &json!([record, new]).to_string(), first).unwrap();
    assert_eq!(laid.procedures[0].was, laid.procedures[0].is);
    assert_eq!((&laid.procedures[1].brings, &laid.procedures[1].is), (&Brings::New, &None));
    office.publish_procedures(&who, &laid.text, first, &laid.seen, office.new_id()).await.unwrap();
    let books = office.books();
    let version = books.catalogue.in_force(SAME_DAY, first).unwrap();
    assert_eq!((version.name.as_str(), version.local.is_some()), ("Đăng ký khai tử, tên mới", true));
    assert!(books.catalogue.in_force("9.000100", first).is_some());
    assert!(books.catalogue.in_force("9.000100", first.prev()).is_none());
}
