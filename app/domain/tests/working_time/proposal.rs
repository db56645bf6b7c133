//! What the law proposes for a year is what was published for it, and what another calendar changes is told by day.

use super::{at, day};
use domain::working_time::{
    Calendar, CalendarYear, DayEntry, DayPart, EntryKind,
    compare::{changed_days, moved_dues},
    proposal::{Beside, ChoiceProblem, Lack, YearChoices, lacks, propose, swap_names},
};

/// The holidays and days in lieu of a published year, with their names.
fn published(year: i32) -> Vec<(String, EntryKind, String)> {
    let entries = Calendar::official().entries().filter(|entry| entry.day.year() == year);
    let by_law = entries.filter(|entry| matches!(entry.kind, EntryKind::Holiday | EntryKind::InLieu));
    by_law.map(|entry| (entry.day.to_string(), entry.kind, entry.name.clone())).collect()
}

#[test]
fn the_proposal_of_each_published_year_is_what_was_published_but_for_swaps() {
    for (year, tet_first) in [(2023, "2023-01-20"), (2024, "2024-02-08"), (2025, "2025-01-27"), (2026, "2026-02-16")] {
        let usual = YearChoices::usual(Calendar::official(), year).unwrap();
        let choices = YearChoices { tet_first: day(tet_first), ..usual };
        let entries = propose(Calendar::official(), year, choices).unwrap();
        let entries: Vec<_> = entries.into_iter().map(|one| (one.day.to_string(), one.kind, one.name)).collect();
        assert_eq!(entries, published(year), "{year}");
    }
}

#[test]
fn tet_of_2027_on_a_weekend_is_followed_by_two_days_in_lieu() {
    let choices = YearChoices::usual(Calendar::official(), 2027).unwrap();
    assert_eq!(choices, YearChoices { tet_first: day("2027-02-05"), national: Beside::Before });
    let entries = propose(Calendar::official(), 2027, choices).unwrap();
    let in_lieu: Vec<String> =
        entries.iter().filter(|one| one.kind == EntryKind::InLieu).map(|one| one.day.to_string()).collect();
    assert_eq!(in_lieu, ["2027-02-10", "2027-02-11", "2027-05-03"], "Saturday, Sunday of Tết, and the first of May");
    assert_eq!(entries.iter().find(|one| one.day == day("2027-02-06")).unwrap().name, "Tết Nguyên đán Đinh Mùi");
    let early = YearChoices { tet_first: day("2027-01-20"), ..choices };
    assert_eq!(propose(Calendar::official(), 2027, early), Err(ChoiceProblem::Tet));
    assert_eq!(YearChoices::usual(Calendar::official(), 2400), None);
}

#[test]
fn a_year_without_all_days_of_tet_or_of_2_september_is_told() {
    const NOTHING: [Lack; 0] = [];
    for year in &Calendar::official().data().years {
        assert_eq!(lacks(year), NOTHING, "{}", year.year);
    }
    let usual = YearChoices::usual(Calendar::official(), 2027).unwrap();
    let entries = propose(Calendar::official(), 2027, usual).unwrap();
    let without = |days: &[&str]| {
        let left = entries.iter().filter(|one| !days.contains(&one.day.to_string().as_str()));
        lacks(&CalendarYear { year: 2027, source: "Thử".into(), entries: left.cloned().collect() })
    };
    assert_eq!(without(&[]), NOTHING);
    assert_eq!(without(&["2027-02-10"]), NOTHING, "a day in lieu is none of the five");
    assert_eq!(without(&["2027-02-05"]), [Lack::Tet(4)]);
    assert_eq!(
        without(&["2027-02-05", "2027-02-07", "2027-02-08", "2027-02-09", "2027-09-01"]),
        [Lack::Tet(1), Lack::National(1)]
    );
    let half = |kind, part| {
        let year = entries.iter().cloned().map(|one| match one.day == day("2027-09-01") {
            true => DayEntry { kind, part, ..one },
            false => one,
        });
        lacks(&CalendarYear { year: 2027, source: "Thử".into(), entries: year.collect() })
    };
    assert_eq!(half(EntryKind::Holiday, DayPart::Morning), [Lack::National(1)]);
    assert_eq!(half(EntryKind::Swapped, DayPart::Whole), [Lack::National(1)]);
    let begun = |year, entries| lacks(&CalendarYear { year, source: "Thử".into(), entries });
    assert_eq!(begun(2027, Vec::new()), [Lack::Holidays]);
    let second = entries.iter().find(|one| one.day == day("2027-09-02")).unwrap();
    let alone = |text: &str| vec![DayEntry { day: day(text), ..second.clone() }];
    assert_eq!(begun(2020, alone("2020-09-02")), [Lack::Tet(0)], "2/9 was one day");
    assert_eq!(begun(2400, alone("2400-09-02")), [Lack::National(1)], "no moon");
}

#[test]
fn a_year_takes_the_place_of_what_was_said_about_it_and_of_nothing_else() {
    let storm = |text: &str, name: &str| DayEntry {
        day: day(text),
        kind: EntryKind::Sudden,
        part: DayPart::Whole,
        name: name.into(),
        source: None,
    };
    let own = Calendar::official().with_override(&[storm("2026-10-14", "Bão"), storm("2025-10-14", "Lũ")]);
    let year = CalendarYear { year: 2026, source: "Thử".into(), entries: vec![storm("2026-12-01", "Mất điện")] };
    let other = own.with_year(year.clone(), "2026.2".into()).unwrap();
    assert_eq!(other.version(), "2026.2");
    assert!(other.is_working(day("2026-10-14")), "an override of that year is gone");
    assert!(!other.is_working(day("2025-10-14")), "one of another year stays");
    assert!(other.is_working(day("2026-01-01")), "only what the year says");
    assert!(!other.is_working(day("2026-12-01")));
    let twice = CalendarYear { entries: vec![storm("2026-12-01", "a"), storm("2026-12-01", "b")], ..year };
    assert!(own.with_year(twice, "2026.3".into()).is_err());
}

#[test]
fn what_changes_is_told_by_day_with_receptions_whose_due_moment_moves() {
    let before = Calendar::official();
    let choices = YearChoices::usual(before, 2027).unwrap();
    let entries = propose(before, 2027, choices).unwrap();
    let year = CalendarYear { year: 2027, source: "Thử".into(), entries };
    let after = before.with_year(year, "2027.1".into()).unwrap();
    assert_eq!(changed_days(before, before, day("2026-01-01"), day("2027-12-31")), []);
    let days = changed_days(before, &after, day("2026-11-23"), day("2027-12-31"));
    assert!(days.iter().all(|one| one.day.year() == 2027), "the years before stay as they are");
    assert!(days.iter().any(|one| one.day == day("2027-02-08") && one.hours_change));
    // 1 January is a holiday by both: its name alone would differ.
    assert!(days.iter().all(|one| one.day != day("2027-01-01") || !one.hours_change));
    let moved = moved_dues(before, &after, &days, day("2026-11-23"), 4);
    assert_eq!(moved[0].received, at("2027-02-04T09:00"), "the last day worked before Tết");
    assert_eq!((moved[0].was, moved[0].is), (at("2027-02-11T17:00"), at("2027-02-18T17:00")));
    assert!(moved.len() > 1 && moved.len() <= 4);
    assert!(moved.iter().all(|one| one.was != one.is));
    assert_eq!(moved_dues(before, &after, &days, day("2027-12-31"), 4), []);
}

#[test]
fn a_swap_names_both_its_days() {
    let (off, worked) = swap_names("31/8", "22/8");
    assert_eq!(off, "Nghỉ hoán đổi với ngày 22/8");
    assert_eq!(worked, "Làm bù cho ngày 31/8");
}
