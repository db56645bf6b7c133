//! The calendar of a year in an administrator's hands: prepared, compared, published; and nothing under way moves.

use super::{
    engine::Home,
    house::{ALLOWANCE, DONG_XUAN, House, XUAN_LANH, at},
};
use crate::on_both;
use domain::{
    role::Role,
    time::{Day, Instant},
    working_time::{
        DayPart, EntryKind,
        proposal::{Beside, YearChoices},
    },
};
use office::{Error, Who, calendar_drafts::NewDays, error::Problem};
use uuid::Uuid;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn days(first: &str, last: Option<&str>, kind: EntryKind, name: &str) -> NewDays {
    NewDays { first: day(first), last: last.map(day), kind, part: DayPart::Whole, name: name.into() }
}

fn invalid<T: std::fmt::Debug>(done: Result<T, Error>) -> Problem {
    match done {
        Err(Error::Invalid(problem)) => problem,
        other => panic!("not refused: {other:?}"),
    }
}

/// The year of now, begun by that administrator.
async fn begun(house: &House, who: &Who, year: i32) -> Uuid {
    house.office.draft_calendar(who, DONG_XUAN, year, None, house.office.new_id()).await.unwrap()
}

on_both!(a_year_is_published_for_its_unit_and_nothing_under_way_moves);
async fn a_year_is_published_for_its_unit_and_nothing_under_way_moves(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let administrator = house.staff(DONG_XUAN, Role::Administrator).await;
    let resident = house.nay().await;
    let before = house.accepted(&resident, ALLOWANCE).await;
    house.submitted(&house.resident("998091112648", "Mang Thị Hoa").await, ALLOWANCE).await;
    // The year that holds already is the one a draft of it begins with; a storm closes the office on 14/10.
    let id = begun(&house, &administrator, 2026).await;
    let storm = days("2026-10-14", None, EntryKind::Sudden, " Bão  số 9 ");
    office.add_calendar_days(&administrator, id, 1, storm, office.new_id()).await.unwrap();

    let preview = office.preview_calendar(&administrator, id).await.unwrap();
    let changed: Vec<String> = preview.changed.iter().map(|one| one.day.to_string()).collect();
    assert_eq!(changed, ["2026-10-14"]);
    assert_eq!(preview.moved.len(), 1, "a reception that would be promised another day");
    assert_eq!(preview.moved[0].received, at("2026-10-13T09:00"));
    assert_eq!((preview.moved[0].was, preview.moved[0].is), (at("2026-10-20T17:00"), at("2026-10-21T17:00")));
    assert_eq!((preview.under_way.received(), preview.under_way.waiting), (1, 1));
    assert_eq!(preview.under_way.kept[0].0, preview.standing.version());

    let (draft, standing) = (&preview.draft, preview.standing.version());
    let command = office.new_id();
    let publish = async |seen| office.publish_calendar(&administrator, id, seen, standing, command).await;
    let version = publish(draft.version).await.unwrap();
    assert_eq!(version, "2026.1-xa-dong-xuan-ubnd");
    assert_eq!(publish(draft.version).await.unwrap(), version, "the same form once more");
    assert_eq!(house.count("SELECT COUNT(*) FROM calendars").await, 2);
    assert_eq!(
        house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'publish_calendar' AND office_id = 1").await,
        1
    );

    let after = house.accepted(&resident, ALLOWANCE).await;
    let (old, new) = (house.row(before).await, house.row(after).await);
    assert_eq!((old.calendar_version.as_str(), new.calendar_version.as_str()), (standing, version.as_str()));
    assert_eq!(old.due_at.map(Instant), Some(at("2026-10-15T17:00")), "under way stays as it was promised");
    assert_eq!(new.due_at.map(Instant), Some(at("2026-10-16T17:00")), "the storm does not count");
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    assert_eq!(office.dossier(&clerk, before).await.unwrap().due.map(|due| due.due), Some(at("2026-10-15T17:00")));
    assert_eq!(office.calendar_of(XUAN_LANH).version(), standing, "the other commune goes on by the province's");
    let ended = office.remove_calendar_day(&administrator, id, 3, day("2026-10-14"), office.new_id()).await;
    assert!(matches!(ended, Err(Error::Stale)), "a published draft changes no more: {ended:?}");
}

on_both!(a_new_year_begins_with_the_days_of_the_law_and_holds_from_its_day);
async fn a_new_year_begins_with_the_days_of_the_law_and_holds_from_its_day(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let administrator = house.staff(DONG_XUAN, Role::Administrator).await;
    let choices = |tet: &str| Some(YearChoices { tet_first: day(tet), national: Beside::Before });
    let draft =
        async |year, choices, command| office.draft_calendar(&administrator, DONG_XUAN, year, choices, command).await;
    assert_eq!(invalid(draft(2025, None, office.new_id()).await), Problem::YearInvalid, "a year that is past");
    assert_eq!(invalid(draft(2029, None, office.new_id()).await), Problem::YearInvalid);
    assert_eq!(invalid(draft(2027, choices("2027-03-01"), office.new_id()).await), Problem::TetElsewhere);
    let command = office.new_id();
    let id = draft(2027, choices("2027-02-04"), command).await.unwrap();
    assert_eq!(draft(2027, choices("2027-02-04"), command).await.unwrap(), id, "the same form once more");
    assert_eq!(invalid(draft(2027, None, office.new_id()).await), Problem::YearDrafted);

    let swap = async |seen, off: &str, worked: &str| {
        office.swap_calendar_days(&administrator, id, seen, (day(off), day(worked)), office.new_id()).await
    };
    assert_eq!(invalid(swap(1, "2027-01-02", "2027-01-09").await), Problem::OffAnyway("off"), "a Saturday");
    assert_eq!(invalid(swap(1, "2027-08-31", "2027-08-30").await), Problem::WorkedAnyway("worked"));
    assert_eq!(invalid(swap(1, "2028-08-31", "2027-08-21").await), Problem::OutsideYear("off"));
    assert_eq!(invalid(swap(1, "2027-09-02", "2027-08-21").await), Problem::DayNamed("off"), "a holiday");
    swap(1, "2027-09-03", "2027-08-28").await.unwrap();
    assert!(matches!(swap(1, "2027-04-29", "2027-05-08").await, Err(Error::Stale)), "an old screen");
    let basis = async |seen, source: &str, from: Option<&str>| {
        office.enter_calendar_basis(&administrator, id, seen, source, from.map(day), office.new_id()).await
    };
    assert_eq!(invalid(basis(2, " ", None).await), Problem::Missing("source"));
    assert_eq!(invalid(basis(2, "Thông báo", Some("2026-10-11")).await), Problem::PeriodInvalid("valid_from"));
    basis(2, "Thông báo 8726/TB-BNV", Some("2026-12-01")).await.unwrap();

    let preview = office.preview_calendar(&administrator, id).await.unwrap();
    assert_eq!(preview.valid_from, day("2026-12-01"));
    assert!(!preview.calendar.is_working(day("2027-09-03")) && preview.calendar.is_working(day("2027-08-28")));
    let publish = async |id, seen, standing: &str| {
        office.publish_calendar(&administrator, id, seen, standing, office.new_id()).await
    };
    assert!(matches!(publish(id, 3, "2020.1").await, Err(Error::Stale)), "another calendar was seen");
    let version = publish(id, 3, preview.standing.version()).await.unwrap();
    assert!(!office.calendar_of(DONG_XUAN).is_published(2027), "it holds from December on");
    let coming = &office.calendars(&administrator).await.unwrap()[0];
    assert_eq!(
        coming.coming.as_ref().map(|(from, calendar)| (*from, calendar.version())),
        Some((day("2026-12-01"), version.as_str()))
    );
    assert!(coming.drafts.is_empty() && !coming.is_own);

    // One that would hold earlier would be overtaken on that day by what was published before.
    let other = begun(&house, &administrator, 2026).await;
    let storm = days("2026-10-14", Some("2026-10-15"), EntryKind::Sudden, "Bão");
    office.add_calendar_days(&administrator, other, 1, storm.clone(), office.new_id()).await.unwrap();
    let again = office.add_calendar_days(&administrator, other, 2, storm, office.new_id()).await;
    assert_eq!(invalid(again), Problem::DayNamed("first"));
    assert_eq!(invalid(publish(other, 2, &version).await), Problem::CalendarHolds { from: day("2026-12-01") });
    office.discard_calendar_draft(&administrator, other, 2, office.new_id()).await.unwrap();
    assert_eq!(house.count("SELECT COUNT(*) FROM calendar_drafts WHERE ended_at IS NOT NULL").await, 2);

    house.clock.set(at("2026-12-01T08:00"));
    assert_eq!(office.calendar_of(DONG_XUAN).version(), version, "its day has come");
    assert!(office.calendar_of(DONG_XUAN).is_published(2026), "the years before are in it");
    let same = begun(&house, &administrator, 2027).await;
    assert_eq!(invalid(publish(same, 1, &version).await), Problem::NothingNew);
}

on_both!(nobody_prepares_a_calendar_outside_their_unit_or_without_the_right);
async fn nobody_prepares_a_calendar_outside_their_unit_or_without_the_right(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let administrator = house.staff(DONG_XUAN, Role::Administrator).await;
    let id = begun(&house, &administrator, 2026).await;
    let foreign = house.staff(XUAN_LANH, Role::Administrator).await;
    let leader = house.staff(DONG_XUAN, Role::Leader).await;
    let there = office.draft_calendar(&administrator, XUAN_LANH, 2026, None, office.new_id()).await;
    assert!(matches!(there, Err(Error::Forbidden)), "{there:?}");
    let seen = office.preview_calendar(&foreign, id).await.map(drop);
    assert!(matches!(seen, Err(Error::NotFound)), "{seen:?}");
    let thrown = office.discard_calendar_draft(&foreign, id, 1, office.new_id()).await;
    assert!(matches!(thrown, Err(Error::NotFound)), "{thrown:?}");
    let published = office.publish_calendar(&foreign, id, 1, "2026.1", office.new_id()).await;
    assert!(matches!(published, Err(Error::NotFound)), "{published:?}");
    assert!(matches!(office.calendars(&leader).await.map(drop), Err(Error::Forbidden)));
    let by_leader = office.publish_calendar(&leader, id, 1, "2026.1", office.new_id()).await;
    assert!(matches!(by_leader, Err(Error::Forbidden)), "{by_leader:?}");
    assert_eq!(house.count("SELECT COUNT(*) FROM calendars").await, 1);
}
