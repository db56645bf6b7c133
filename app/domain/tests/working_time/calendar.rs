use super::{at, day};
use domain::time::{Day, Instant, TimeOfDay, Weekday};
use domain::working_time::calendar::{FIRST_DAY, LAST_DAY};
use domain::working_time::{
    Calendar, CalendarData, CalendarProblem, DayEntry, DayKind, DayPart, EntryKind, OfficeHours, Season, Span,
    lunar::{hung_kings_day, tet},
};

fn entry(on: &str, kind: EntryKind, part: DayPart) -> DayEntry {
    DayEntry { day: day(on), kind, part, name: "Thử".into(), source: None }
}

fn with(on: &str, kind: EntryKind, part: DayPart) -> Calendar {
    Calendar::official().with_override(&[entry(on, kind, part)])
}

fn open(calendar: &Calendar, on: &str) -> Vec<String> {
    calendar
        .open_intervals(day(on))
        .map(|interval| format!("{}–{}", interval.from.time_of_day(), interval.to.time_of_day()))
        .collect()
}

fn days_of(year: i32) -> impl Iterator<Item = Day> {
    let first = |year| Day::from_ymd(year, 1, 1).unwrap();
    (first(year).0..first(year + 1).0).map(Day)
}

fn is_weekend(day: Day) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// Days off that are not weekends, and weekends that are worked: `MM-DD`.
fn differing_days(year: i32) -> (Vec<String>, Vec<String>) {
    let calendar = Calendar::official();
    let differing = |weekend: bool| {
        days_of(year)
            .filter(|&day| is_weekend(day) == weekend && calendar.is_working(day) == weekend)
            .map(|day| day.to_string()[5..].to_owned())
            .collect()
    };
    (differing(false), differing(true))
}

#[test]
fn the_shipped_days_off_are_those_published() {
    for (year, off, made_up) in [
        (2023, "01-02 01-20 01-23 01-24 01-25 01-26 05-01 05-02 05-03 09-01 09-04", ""),
        (2024, "01-01 02-08 02-09 02-12 02-13 02-14 04-18 04-29 04-30 05-01 09-02 09-03", "05-04"),
        (2025, "01-01 01-27 01-28 01-29 01-30 01-31 04-07 04-30 05-01 05-02 09-01 09-02", "04-26"),
        (2026, "01-01 01-02 02-16 02-17 02-18 02-19 02-20 04-27 04-30 05-01 08-31 09-01 09-02 11-24", "01-10 08-22"),
    ] {
        let (shipped_off, shipped_made_up) = differing_days(year);
        assert_eq!(shipped_off.join(" "), off, "days off in {year}");
        assert_eq!(shipped_made_up.join(" "), made_up, "made-up days in {year}");
    }
    assert_eq!(Calendar::official().published().collect::<Vec<_>>(), [2023, 2024, 2025, 2026]);
}

#[test]
fn in_every_shipped_year_each_lost_weekend_holiday_and_each_swap_is_balanced() {
    for year in Calendar::official().published() {
        let of = |kind: EntryKind| {
            Calendar::official().entries().filter(move |entry| entry.day.year() == year && entry.kind == kind)
        };
        let lost = of(EntryKind::Holiday).filter(|entry| is_weekend(entry.day)).count();
        assert_eq!(of(EntryKind::InLieu).count(), lost, "days in lieu of {year}");
        assert_eq!(of(EntryKind::Swapped).count(), of(EntryKind::MadeUp).count(), "swaps of {year}");
        assert!(of(EntryKind::MadeUp).all(|entry| is_weekend(entry.day)));
        assert!(of(EntryKind::Swapped).chain(of(EntryKind::InLieu)).all(|entry| !is_weekend(entry.day)));
        // 5 days of Tết, 2 of the national day, 4 single ones, and 24 November from 2026 on.
        assert_eq!(of(EntryKind::Holiday).count(), if year < 2026 { 11 } else { 12 }, "holidays of {year}");
    }
}

#[test]
fn the_shipped_calendar_agrees_with_the_moon() {
    for year in Calendar::official().published() {
        for holiday in [tet(year).unwrap(), hung_kings_day(year).unwrap()] {
            let kind = Calendar::official().day_kind(holiday);
            assert!(matches!(kind, DayKind::Entry(DayEntry { kind: EntryKind::Holiday, .. })), "{holiday}");
        }
    }
}

#[test]
fn the_day_of_culture_is_off_from_2026_on() {
    let calendar = Calendar::official();
    assert!(calendar.is_working(day("2025-11-24")));
    assert!(!calendar.is_working(day("2026-11-24")));
    // Not published, off by its date.
    assert!(!calendar.is_working(day("2027-11-24")));
    // Not published either, but before the holiday was made.
    assert!(calendar.is_working(day("2022-11-24")));
}

#[test]
fn a_year_without_a_calendar_has_weekends_and_holidays_by_date_only() {
    let calendar = Calendar::official();
    assert!(!calendar.is_published(2027));
    let off: Vec<_> =
        days_of(2027).filter(|&day| !is_weekend(day) && !calendar.is_working(day)).map(|d| d.to_string()).collect();
    assert_eq!(off, ["2027-01-01", "2027-04-30", "2027-09-02", "2027-11-24"]);
    assert!(matches!(calendar.day_kind(day("2027-05-01")), DayKind::FixedHoliday(_)));
    assert!(days_of(2027).all(|day| !is_weekend(day) || !calendar.is_working(day)));
}

#[test]
fn a_made_up_saturday_is_open_all_day() {
    assert_eq!(open(Calendar::official(), "2026-01-10"), ["07:00–11:30", "13:30–17:00"]);
    assert_eq!(open(Calendar::official(), "2026-01-17"), [""; 0]);
}

#[test]
fn a_made_up_morning_is_worked_in_the_morning_only() {
    assert_eq!(open(&with("2026-03-07", EntryKind::MadeUp, DayPart::Morning), "2026-03-07"), ["07:00–11:30"]);
    assert_eq!(open(&with("2026-03-07", EntryKind::MadeUp, DayPart::Afternoon), "2026-03-07"), ["13:30–17:00"]);
}

#[test]
fn half_a_day_off_leaves_the_other_half_and_is_a_working_day() {
    let morning_off = with("2026-03-04", EntryKind::Sudden, DayPart::Morning);
    assert_eq!(open(&morning_off, "2026-03-04"), ["13:30–17:00"]);
    assert!(morning_off.is_working(day("2026-03-04")));
    assert_eq!(morning_off.next_office_moment(at("2026-03-04T08:00")), Some(at("2026-03-04T13:30")));

    let afternoon_off = with("2026-03-04", EntryKind::Sudden, DayPart::Afternoon);
    assert_eq!(open(&afternoon_off, "2026-03-04"), ["07:00–11:30"]);
    assert_eq!(afternoon_off.closing(day("2026-03-04")), Some(at("2026-03-04T11:30")));
    assert_eq!(afternoon_off.regular_closing(day("2026-03-04")), at("2026-03-04T17:00"));
    assert_eq!(afternoon_off.next_office_moment(at("2026-03-04T14:00")), Some(at("2026-03-05T07:00")));
}

#[test]
fn half_a_closure_on_a_weekend_or_a_holiday_opens_nothing() {
    assert!(!with("2026-03-07", EntryKind::Sudden, DayPart::Morning).is_working(day("2026-03-07")));
    assert!(!with("2027-04-30", EntryKind::Sudden, DayPart::Afternoon).is_working(day("2027-04-30")));
}

#[test]
fn the_halves_of_a_day_may_be_decided_apart() {
    let halves =
        |parts: &[(EntryKind, DayPart)]| parts.iter().map(|&(kind, part)| entry("2026-03-04", kind, part)).collect();
    let decide = |parts: &[(EntryKind, DayPart)]| {
        let entries: Vec<_> = halves(parts);
        Calendar::official().with_override(&entries)
    };
    let (off, storm, worked) = (EntryKind::Holiday, EntryKind::Sudden, EntryKind::MadeUp);
    let both = decide(&[(storm, DayPart::Afternoon), (off, DayPart::Morning)]);
    assert!(!both.is_working(day("2026-03-04")));
    let DayKind::Halves(morning, afternoon) = both.day_kind(day("2026-03-04")) else { panic!("one entry") };
    assert_eq!((morning.kind, afternoon.kind), (off, storm));
    assert_eq!(both.data().overrides.len(), 2);

    let mixed = decide(&[(worked, DayPart::Morning), (storm, DayPart::Afternoon)]);
    assert_eq!(open(&mixed, "2026-03-04"), ["07:00–11:30"]);
    // The later decision about the same part holds.
    let later = decide(&[(storm, DayPart::Morning), (worked, DayPart::Whole)]);
    assert_eq!(open(&later, "2026-03-04"), ["07:00–11:30", "13:30–17:00"]);
}

#[test]
fn a_commune_override_replaces_the_entry_of_the_province() {
    let calendar = with("2026-11-24", EntryKind::MadeUp, DayPart::Whole);
    assert!(calendar.is_working(day("2026-11-24")));
    assert!(!Calendar::official().is_working(day("2026-11-24")));
    let again = calendar.with_override(&[entry("2026-11-24", EntryKind::Sudden, DayPart::Whole)]);
    assert!(!again.is_working(day("2026-11-24")));
    assert_eq!(again.data().overrides.len(), 1);
}

#[test]
fn office_intervals_are_half_open() {
    let calendar = Calendar::official();
    for (asked, moment) in [
        ("2026-11-23T06:59:59", "2026-11-23T07:00"),
        ("2026-11-23T07:00", "2026-11-23T07:00"),
        ("2026-11-23T11:29:59", "2026-11-23T11:29:59"),
        ("2026-11-23T11:30", "2026-11-23T13:30"),
        ("2026-11-23T16:59:59", "2026-11-23T16:59:59"),
        ("2026-11-23T17:00", "2026-11-25T07:00"),
        ("2026-01-09T17:00", "2026-01-10T07:00"),
        ("2026-02-13T17:00", "2026-02-23T07:00"),
    ] {
        assert_eq!(calendar.next_office_moment(at(asked)), Some(at(moment)), "{asked}");
    }
}

#[test]
fn seasons_change_the_hours_from_their_first_day_on() {
    let hm = TimeOfDay::hm;
    let summer = OfficeHours {
        morning: Span { from: hm(6, 30), to: hm(11, 0) },
        afternoon: Span { from: hm(13, 0), to: hm(16, 30) },
    };
    let mut data = Calendar::official().data().clone();
    data.seasons = vec![Season { from: day("2026-04-15"), hours: summer }];
    let calendar = Calendar::try_from(data.clone()).unwrap();
    assert_eq!(open(&calendar, "2026-04-14"), ["07:00–11:30", "13:30–17:00"]);
    assert_eq!(open(&calendar, "2026-04-15"), ["06:30–11:00", "13:00–16:30"]);

    data.seasons.push(Season { from: day("2026-04-15"), hours: summer });
    assert_eq!(Calendar::try_from(data), Err(CalendarProblem::Seasons));
}

#[test]
fn saturday_counters_receive_but_the_office_is_not_open() {
    let mut data = Calendar::official().data().clone();
    data.saturday_counter = true;
    let calendar = Calendar::try_from(data).unwrap();
    assert!(calendar.is_open_for_reception(at("2026-03-07T09:00")));
    assert!(!calendar.is_open_for_reception(at("2026-03-07T14:00")));
    assert!(!calendar.is_open_for_reception(at("2026-03-08T09:00")));
    assert!(!Calendar::official().is_open_for_reception(at("2026-03-07T09:00")));
    assert!(Calendar::official().is_open_for_reception(at("2026-03-06T09:00")));
    assert_eq!(calendar.next_office_moment(at("2026-03-07T09:00")), Some(at("2026-03-09T07:00")));
}

#[test]
fn data_that_contradicts_itself_is_not_a_calendar() {
    let refused = |change: fn(&mut CalendarData)| {
        let mut data = Calendar::official().data().clone();
        change(&mut data);
        Calendar::try_from(data).unwrap_err()
    };
    assert_eq!(refused(|data| data.hours.morning.to = TimeOfDay::hm(14, 0)), CalendarProblem::Hours);
    assert_eq!(refused(|data| data.years.push(data.years[0].clone())), CalendarProblem::RepeatedYear(2023));
    assert_eq!(refused(|data| data.years[0].year = 2022), CalendarProblem::ForeignEntry(day("2023-01-01")));
    assert_eq!(
        refused(|data| {
            let first = data.years[0].entries[0].clone();
            data.years[0].entries.push(first);
        }),
        CalendarProblem::RepeatedEntry(day("2023-01-01"))
    );
    assert_eq!(
        refused(|data| {
            data.overrides.push(DayEntry { part: DayPart::Morning, ..data.years[0].entries[0].clone() });
            data.overrides.push(data.years[0].entries[0].clone());
        }),
        CalendarProblem::RepeatedEntry(day("2023-01-01"))
    );
    assert_eq!(refused(|data| data.fixed_holidays[0].day = 32), CalendarProblem::FixedHoliday);
}

#[test]
fn a_calendar_survives_being_written_and_read() {
    let calendar = with("2026-11-25", EntryKind::Sudden, DayPart::Morning);
    let text = serde_json::to_string(&calendar).unwrap();
    assert_eq!(serde_json::from_str::<Calendar>(&text).unwrap(), calendar);
}

#[test]
fn every_shipped_entry_has_a_name_and_every_year_a_source() {
    for year in &Calendar::official().data().years {
        assert!(!year.source.is_empty());
        assert!(year.entries.iter().all(|entry| !entry.name.is_empty()));
        assert!(year.entries.is_sorted_by_key(|entry| entry.day));
    }
}

#[test]
fn a_calendar_answers_for_three_centuries_and_says_so_beyond() {
    let calendar = Calendar::official();
    assert_eq!((FIRST_DAY.to_string(), LAST_DAY.to_string()), ("1900-01-01".into(), "2199-12-31".into()));
    assert_eq!(calendar.next_working_day_after(LAST_DAY), None);
    assert_eq!(calendar.next_working_day_after(Day(i32::MAX)), None);
    assert_eq!(calendar.next_working_day_after(Day(i32::MIN)), Some(day("1900-01-02")));
    for instant in [i64::MIN, i64::MAX] {
        assert_eq!(calendar.next_office_moment(Instant(instant)), None);
        assert!(!calendar.is_open_for_reception(Instant(instant)));
    }
}

#[test]
fn an_office_that_never_works_has_no_next_moment() {
    let mut data = Calendar::official().data().clone();
    data.weekly = [false; 7];
    data.years.clear();
    let calendar = Calendar::try_from(data).unwrap();
    assert_eq!(calendar.next_office_moment(at("2026-11-23T09:00")), None);
}
