//! Calendars come from files and with newer programs; each holds for what is received after it.

use super::{
    engine::Home,
    house::{ALLOWANCE, DONG_XUAN, House, XUAN_LANH, at},
};
use crate::on_both;
use domain::{role::Role, time::Instant, working_time::Calendar};
use office::{
    Error, Who,
    calendars::{ImportProblem, Laid, read_calendar_file},
};
use serde_json::{Value, json};

/// The shipped calendar, changed.
fn file(version: &str, change: impl Fn(&mut Value)) -> String {
    let mut calendar = serde_json::to_value(Calendar::official()).unwrap();
    calendar["version"] = version.into();
    change(&mut calendar);
    calendar.to_string()
}

/// With the year 2027, and a storm on 14/10/2026.
pub fn of_2027(version: &str) -> Calendar {
    let text = file(version, |calendar| {
        let years = calendar["years"].as_array_mut().unwrap();
        let storm = json!({"day": "2026-10-14", "kind": "NGHI_DOT_XUAT", "name": "Bão số 9"});
        years.last_mut().unwrap()["entries"].as_array_mut().unwrap().push(storm);
        years.push(json!({"year": 2027, "source": "Thông báo nghỉ lễ 2027", "entries": []}));
    });
    read_calendar_file(&text).unwrap()
}

fn operator() -> Who {
    Who::operator("lan")
}

on_both!(an_imported_calendar_holds_for_what_is_received_from_then_on_and_moves_nothing_under_way);
async fn an_imported_calendar_holds_for_what_is_received_from_then_on_and_moves_nothing_under_way(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let resident = house.nay().await;
    let before = house.accepted(&resident, ALLOWANCE).await;
    let waiting = house.submitted(&house.resident("998091112648", "Mang Thị Hoa").await, ALLOWANCE).await;
    assert_eq!(office.import_calendar(&operator(), None, &of_2027("2027.1")).await.unwrap(), Laid::New);
    let after = house.accepted(&resident, ALLOWANCE).await;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    office.accept_dossier(&clerk, waiting, None, house.command(waiting).await).await.unwrap();
    let filed_before = house.row(waiting).await;
    assert_eq!(filed_before.calendar_version, "2027.1", "a promise is made by what is in force at reception");
    assert_eq!(filed_before.due_at.map(Instant), Some(at("2026-10-16T17:00")));
    let (old, new) = (house.row(before).await, house.row(after).await);
    assert_eq!(old.calendar_version, Calendar::official().version());
    assert_eq!(new.calendar_version, "2027.1");
    assert_eq!(old.due_at.map(Instant), Some(at("2026-10-15T17:00")));
    assert_eq!(new.due_at.map(Instant), Some(at("2026-10-16T17:00")), "the storm does not count");
    let view = office.dossier(&clerk, before).await.unwrap();
    assert_eq!(view.due.map(|due| due.due), Some(at("2026-10-15T17:00")), "nor does it move what is under way");
    assert!(office.calendar_of(DONG_XUAN).is_published(2027));
    let rows = house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'import_calendar' AND actor_kind = 'operator'");
    assert_eq!(rows.await, 1);
}

on_both!(the_same_file_twice_is_one_version_and_another_content_needs_another);
async fn the_same_file_twice_is_one_version_and_another_content_needs_another(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let import = async |unit, calendar: &Calendar| office.import_calendar(&operator(), unit, calendar).await;
    assert_eq!(import(None, &of_2027("2027.1")).await.unwrap(), Laid::New);
    assert_eq!(import(None, &of_2027("2027.1")).await.unwrap(), Laid::Same);
    let versions = house.count("SELECT COUNT(*) FROM calendars").await;
    assert_eq!(versions, 2, "the shipped one and the new one");
    let other = read_calendar_file(&file("2027.1", |_| {})).unwrap();
    assert!(matches!(import(None, &other).await, Err(ImportProblem::VersionTaken(_))));
    let lacks = read_calendar_file(&file("2027.2", |_| {})).unwrap();
    assert!(matches!(import(None, &lacks).await, Err(ImportProblem::LacksYear { year: 2027, .. })));
    // A commune's own is another version, and holds there alone.
    let own = of_2027("2027.1-xuan-lanh");
    let unknown = import(Some("xa-xuan-lanh-van-phong"), &own).await;
    assert!(matches!(unknown, Err(ImportProblem::NoSuchUnit(_))), "{unknown:?}");
    assert_eq!(import(Some("xa-xuan-lanh-ubnd"), &own).await.unwrap(), Laid::New);
    assert_eq!(office.calendar_of(XUAN_LANH).version(), "2027.1-xuan-lanh");
    assert_eq!(office.calendar_of(DONG_XUAN).version(), "2027.1");
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'import_calendar'").await, 2);
    // Nobody who signs in at a door lays down rules.
    let administrator = house.staff(DONG_XUAN, Role::Administrator).await;
    let refused = office.import_calendar(&administrator, None, &of_2027("2027.3")).await;
    assert!(matches!(refused, Err(ImportProblem::Office(Error::Forbidden))), "{refused:?}");
}

on_both!(a_calendar_that_comes_with_a_newer_program_gives_way_to_what_the_operator_imported);
async fn a_calendar_that_comes_with_a_newer_program_gives_way_to_what_the_operator_imported(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    assert_eq!(office.lay_down_calendar(Calendar::official()).await.unwrap(), Laid::Same);
    assert_eq!(office.lay_down_calendar(&of_2027("2027.1")).await.unwrap(), Laid::New);
    assert_eq!(office.lay_down_calendar(&of_2027("2027.1")).await.unwrap(), Laid::Same, "at the next start");
    assert_eq!(office.calendar_of(DONG_XUAN).version(), "2027.1");
    // An older program that is started again takes nothing back.
    let older = read_calendar_file(&file("2026.9", |_| {})).unwrap();
    assert_eq!(office.lay_down_calendar(&older).await.unwrap(), Laid::GaveWay { to: "2027.1".into() });
    office.import_calendar(&operator(), None, &of_2027("2027.1-bao")).await.unwrap();
    let next = office.lay_down_calendar(&of_2027("2027.2")).await.unwrap();
    assert_eq!(next, Laid::GaveWay { to: "2027.1-bao".into() });
    assert_eq!(office.calendar_of(DONG_XUAN).version(), "2027.1-bao");
}

#[test]
fn a_file_that_is_no_calendar_is_refused_with_the_reason() {
    let told = |text: &str| read_calendar_file(text).unwrap_err().to_string();
    assert!(told("{").starts_with("not a calendar"));
    assert!(told(&file("2027 tháng 1", |_| {})).contains("is not a short word"));
    assert!(told(&file("", |_| {})).contains("is not a short word"));
    assert!(told(&file("2027.1", |it| it["weekly"] = vec![false; 7].into())).contains("no day of the week"));
    assert!(told(&file("2027.1", |it| it["years"] = json!([]))).contains("publishes no year"));
    assert!(told(&file("2027.1", |it| it["holidays"] = json!([]))).contains("holidays"), "an unknown key");
    let twice = file("2027.1", |it| {
        let first = it["years"][0].clone();
        it["years"].as_array_mut().unwrap().push(first);
    });
    assert!(told(&twice).contains("year 2023 twice"), "{}", told(&twice));
}
