//! Two processes on one database: what one of them publishes holds in the other.

use super::{
    calendars::of_2027,
    engine::Home,
    house::{ALLOWANCE, DONG_XUAN, House, SAME_DAY, at},
};
use crate::on_both;
use domain::{dossier::SupplementItem, feature::Feature, role::Role, time::Instant};
use office::{Config, Error, Office, Who, blobs::Blobs, dossiers::Request, local_parts::TypedPart};
use std::{fmt::Debug, sync::Arc};
use uuid::Uuid;

/// Another process on the same database.
pub async fn beside(house: &House) -> Office {
    let blobs = Blobs::Folder(house.home.folder.path().join("blobs"));
    Office::open(house.home.db.clone(), house.clock.clone(), Config::default(), blobs).await.unwrap()
}

/// What the other process sees changes when it looks, and not before.
async fn learns<T: PartialEq + Debug>(other: &Office, seen: impl Fn(&Office) -> T, before: T, after: T) {
    assert_eq!(seen(other), before);
    other.follow_books().await.unwrap();
    assert_eq!(seen(other), after);
}

on_both!(a_dossier_goes_by_the_rules_that_another_process_published);
async fn a_dossier_goes_by_the_rules_that_another_process_published(home: Home) {
    let house = House::open(home).await;
    let (office, other) = (&house.office, beside(&house).await);
    let (resident, reception) = (house.nay().await, house.staff(DONG_XUAN, Role::Reception).await);
    office.import_calendar(&Who::operator("lan"), None, &of_2027("2027.1")).await.unwrap();
    let id = house.accepted(&resident, ALLOWANCE).await;
    let due = async |id: Uuid| house.row(id).await.due_at.map(Instant);
    assert_eq!(due(id).await, Some(at("2026-10-16T17:00")), "the storm of the 14th does not count");
    let item =
        SupplementItem { path_or_paper: "applicant.phone".into(), what: "Điện thoại".into(), why: "Sai".into() };
    let request = Request { items: vec![item], reason: "Bổ sung".into(), basis: String::new() };
    office.ask_supplement(&reception, id, request, house.command(id).await).await.unwrap();
    for version in ["2027.1", "khong-co"] {
        let known = other.calendar_of_version(version).map(drop);
        assert!(matches!(known, Err(Error::Broken(_))), "no other takes the place of {version}: {known:?}");
    }

    // Answered in the other, which has read nothing since: by the calendar that it knows it would stay the 16th.
    house.clock.set(at("2026-10-14T08:00"));
    let promised = office.promise_of(&house.row(id).await);
    let corrected = [("applicant.phone".to_string(), "0905 123 456".to_string())].into();
    other.answer_supplement(&resident, id, corrected, house.command(id).await).await.unwrap();
    assert_eq!((due(id).await, promised), (Some(at("2026-10-19T17:00")), Some(at("2026-10-19T17:00"))));
    assert_eq!(other.calendar_of(DONG_XUAN).version(), "2027.1", "what comes from now on goes by it too");

    // So it is with what a unit says of a procedure, and with a version of the procedure itself.
    house.clock.set(at("2026-10-15T09:00"));
    let administrator = house.staff(DONG_XUAN, Role::Administrator).await;
    let (place, today) = ((DONG_XUAN, ALLOWANCE), office.now().day());
    let part = TypedPart { online: true, amount: "1".into(), ..TypedPart::default() };
    office.publish_local_part(&administrator, place, &part, today, None, office.new_id()).await.unwrap();
    let short = house.accepted(&resident, ALLOWANCE).await;
    assert!(house.row(short).await.local_part.is_some());
    let shown = other.dossier(&reception, short).await.unwrap();
    assert_eq!(shown.due.map(|due| due.due), Some(at("2026-10-16T17:00")), "one working day");
    house.change_local(SAME_DAY, |local| local.popular = !local.popular).await;
    let draft = house.draft(&resident, SAME_DAY).await;
    let newer = office.books().catalogue.in_force(SAME_DAY, today).unwrap().id;
    assert_eq!(other.draft(&resident, draft).await.unwrap().procedure.id, newer);
    let found = other.find_calendar("khong-co").await.map(drop);
    assert!(matches!(found, Err(Error::Broken(_))), "{found:?}");
}

on_both!(what_one_process_publishes_holds_in_the_other_when_it_looks_next);
async fn what_one_process_publishes_holds_in_the_other_when_it_looks_next(home: Home) {
    let house = House::open(home).await;
    let (office, other) = (&house.office, beside(&house).await);
    let administrator = house.staff(DONG_XUAN, Role::Administrator).await;
    let today = office.now().day();

    let desk = DONG_XUAN + 1;
    office.enter_contact(&administrator, desk, "Thôn Long Hà", "", office.new_id()).await.unwrap();
    let address = |at: &Office| at.books().places.contact_of(desk).map(|contact| contact.address.clone());
    learns(&other, address, None, Some("Thôn Long Hà".into())).await;

    let feature = Feature::ApplyOnline;
    office.close_feature(&administrator, DONG_XUAN, feature, (today, None), "Thử", office.new_id()).await.unwrap();
    let is_on = |at: &Office| at.has_feature(feature, DONG_XUAN);
    learns(&other, is_on, true, false).await;
    let closure = office.feature_closure(feature, DONG_XUAN).unwrap().id;
    office.open_feature(&administrator, closure, office.new_id()).await.unwrap();
    learns(&other, is_on, false, true).await;

    let part = TypedPart { online: true, notes: "Mang bản chính".into(), ..TypedPart::default() };
    let place = (DONG_XUAN, ALLOWANCE);
    office.publish_local_part(&administrator, place, &part, today, None, office.new_id()).await.unwrap();
    // Somebody who had the page open in the other process is told to look again, and finds it there.
    let own = TypedPart { online: true, notes: "Mang bản sao".into(), ..TypedPart::default() };
    let seen = other.compare_local_part(&administrator, place, &own, today).unwrap().held_id;
    let late = other.publish_local_part(&administrator, place, &own, today, seen, office.new_id()).await;
    assert!(matches!(late, Err(Error::Stale)), "{late:?}");
    assert_eq!(other.unit_part(ALLOWANCE, DONG_XUAN).notes, "Mang bản chính");

    let shipped = office.calendar_of(DONG_XUAN).version().to_owned();
    office.import_calendar(&Who::operator("lan"), None, &of_2027("2027.1")).await.unwrap();
    let version = |at: &Office| at.calendar_of(DONG_XUAN).version().to_owned();
    learns(&other, version, shipped, "2027.1".into()).await;

    let procedure = |at: &Office| at.books().catalogue.in_force(SAME_DAY, today).map(|version| version.id);
    let before = procedure(office);
    house.change_local(SAME_DAY, |local| local.popular = !local.popular).await;
    learns(&other, procedure, before, procedure(office)).await;

    let held = other.books();
    other.follow_books().await.unwrap();
    assert!(Arc::ptr_eq(&held, &other.books()), "where nothing has changed nothing is read");
}
