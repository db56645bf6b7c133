use super::{at, day};
use domain::working_time::due::HOUR_MS;
use domain::working_time::{
    Calendar, DayEntry, DayKind, DayPart, DayReason, Due, EntryKind, Pause, PausePolicy, Term, TermProblem, TermUnit,
    due,
};

use PausePolicy::{Restart, Resume};
use TermUnit::{CalendarDays, SameDay, WorkingDays, WorkingHours};

const fn term(unit: TermUnit, amount: u32) -> Term {
    Term { unit, amount, cutoff_15h: false }
}

/// Pauses written `2026-03-02T09:00/2026-03-03T10:00`.
pub(super) fn pauses(texts: &[&str]) -> Vec<Pause> {
    let pause = |text: &&str| {
        let (from, to) = text.split_once('/').unwrap();
        Pause { from: at(from), to: at(to) }
    };
    texts.iter().map(pause).collect()
}

fn answer(received: &str, term: Term, policy: Option<PausePolicy>, paused: &[&str]) -> Due {
    due(Calendar::official(), at(received), &term, policy, &pauses(paused)).unwrap()
}

fn plain(received: &str, unit: TermUnit, amount: u32) -> String {
    local(&answer(received, term(unit, amount), None, &[]))
}

fn paused(received: &str, unit: TermUnit, amount: u32, policy: PausePolicy, intervals: &[&str]) -> String {
    local(&answer(received, term(unit, amount), Some(policy), intervals))
}

fn local(answer: &Due) -> String {
    answer.due.to_string()[..16].to_owned()
}

/// The days of the answer: `+24` counts, `-24` does not.
fn days(answer: &Due) -> String {
    let mark = |why: &domain::working_time::WhyDay| {
        format!("{}{}", if why.counts { '+' } else { '-' }, &why.day.to_string()[8..])
    };
    answer.why.iter().map(mark).collect::<Vec<_>>().join(" ")
}

fn closed(on: &str, kind: EntryKind, part: DayPart) -> Calendar {
    Calendar::official()
        .with_override(&[DayEntry { day: day(on), kind, part, name: "Bão số 12".into(), source: None }])
}

#[test]
fn working_days_end_where_the_published_calendar_says() {
    for (received, amount, end) in [
        ("2026-02-12T09:00", 3, "2026-02-24T17:00"),
        ("2026-02-13T09:00", 5, "2026-02-27T17:00"),
        ("2026-04-24T09:00", 1, "2026-04-28T17:00"),
        ("2026-04-29T09:00", 2, "2026-05-05T17:00"),
        ("2026-08-21T09:00", 3, "2026-08-25T17:00"),
        ("2026-08-28T09:00", 2, "2026-09-04T17:00"),
        ("2026-11-23T09:00", 1, "2026-11-25T17:00"),
        ("2026-11-23T09:00", 5, "2026-12-01T17:00"),
        ("2025-12-31T09:00", 2, "2026-01-06T17:00"),
    ] {
        assert_eq!(plain(received, WorkingDays, amount), end, "{received} and {amount} working days");
    }
}

#[test]
fn days_and_hours_differ_on_purpose() {
    assert_eq!(plain("2026-11-09T07:00", WorkingDays, 1), "2026-11-10T17:00");
    assert_eq!(plain("2026-11-09T07:00", WorkingHours, 8), "2026-11-09T17:00");
    // Sunday evening, online.
    assert_eq!(plain("2026-11-08T20:00", WorkingDays, 1), "2026-11-10T17:00");
    assert_eq!(plain("2026-11-08T20:00", WorkingHours, 8), "2026-11-09T17:00");
}

#[test]
fn a_dossier_received_at_three_sharp_is_still_today() {
    let cutoff = Term { unit: SameDay, amount: 1, cutoff_15h: true };
    for (received, end) in [
        ("2026-11-23T14:59", "2026-11-23T17:00"),
        ("2026-11-23T15:00:00", "2026-11-23T17:00"),
        ("2026-11-23T15:00:01", "2026-11-25T17:00"),
        ("2026-11-23T15:01", "2026-11-25T17:00"),
        // Saturday afternoon is moved to Monday morning, before three.
        ("2026-11-21T16:00", "2026-11-23T17:00"),
    ] {
        assert_eq!(local(&answer(received, cutoff, None, &[])), end, "{received}");
    }
    let just_after = due(Calendar::official(), at("2026-11-23T15:00").plus_ms(1), &cutoff, None, &[]).unwrap();
    assert_eq!(just_after.due, at("2026-11-25T17:00"));
    assert_eq!(just_after.why[0].reason, DayReason::ReceptionAfterCutoff);
}

#[test]
fn three_o_clock_matters_to_same_day_terms_that_ask_for_it_only() {
    assert_eq!(plain("2026-11-23T16:59", SameDay, 0), "2026-11-23T17:00");
    for unit in [WorkingDays, CalendarDays, WorkingHours] {
        let with = |cutoff_15h| answer("2026-11-23T16:00", Term { unit, amount: 3, cutoff_15h }, None, &[]);
        assert_eq!(with(true), with(false));
    }
}

#[test]
fn a_reception_outside_office_hours_starts_at_the_next_office_moment() {
    for (received, starts) in [
        ("2026-11-23T05:00", "2026-11-23T07:00"),
        ("2026-11-23T12:00", "2026-11-23T13:30"),
        ("2026-11-23T17:00", "2026-11-25T07:00"),
        ("2026-01-09T20:00", "2026-01-10T07:00"),
    ] {
        for unit in [WorkingDays, CalendarDays, WorkingHours, SameDay] {
            let answer = answer(received, term(unit, 1), None, &[]);
            assert_eq!(answer.starts, at(starts), "{received} {unit:?}");
            assert_eq!(answer.why[0].day, at(starts).day());
            assert!(!answer.why[0].counts);
        }
    }
}

#[test]
fn calendar_days_count_days_off_and_roll_forward_at_the_end() {
    assert_eq!(plain("2026-11-09T09:00", CalendarDays, 1), "2026-11-10T17:00");
    // Saturday rolls to Monday; 24 November rolls to the 25th.
    let rolled = answer("2026-11-18T09:00", term(CalendarDays, 3), None, &[]);
    assert_eq!((local(&rolled).as_str(), days(&rolled).as_str()), ("2026-11-23T17:00", "-18 +19 +20 +21 -22 -23"));
    assert_eq!(rolled.why[5].reason, DayReason::RolledForward(DayKind::Regular));
    assert_eq!(plain("2026-11-23T09:00", CalendarDays, 1), "2026-11-25T17:00");
    assert_eq!(plain("2026-02-11T09:00", CalendarDays, 3), "2026-02-23T17:00");
    // Received on a Saturday: moved to Monday, which does not count.
    assert_eq!(plain("2026-11-07T09:00", CalendarDays, 1), "2026-11-10T17:00");
}

#[test]
fn hours_end_at_the_earliest_moment_they_are_used_up() {
    for (received, hours, end) in [
        ("2026-11-09T07:00", 4, "2026-11-09T11:00"),
        ("2026-11-09T07:30", 4, "2026-11-09T11:30"),
        ("2026-11-09T08:00", 4, "2026-11-09T14:00"),
        ("2026-11-09T13:30", 8, "2026-11-10T11:30"),
        ("2026-11-09T16:59", 1, "2026-11-10T07:59"),
        ("2026-11-23T16:00", 1, "2026-11-23T17:00"),
        ("2026-11-23T16:30", 1, "2026-11-25T07:30"),
        ("2026-11-20T09:00", 40, "2026-11-30T09:00"),
    ] {
        assert_eq!(plain(received, WorkingHours, hours), end, "{received} and {hours} hours");
    }
}

#[test]
fn the_hours_used_are_listed_day_by_day() {
    let answer = answer("2026-11-23T15:00", term(WorkingHours, 12), None, &[]);
    assert_eq!(days(&answer), "-23 -24 +25 +26");
    assert_eq!(answer.why.iter().map(|why| why.used_ms / HOUR_MS).collect::<Vec<_>>(), [2, 0, 8, 2]);
    let off =
        |why: &DayReason| matches!(why, DayReason::Off(DayKind::Entry(entry)) if entry.kind == EntryKind::Holiday);
    assert!(off(&answer.why[1].reason));
    assert_eq!(answer.why[3].reason, DayReason::HoursUsed(DayKind::Regular));
}

#[test]
fn a_day_does_not_count_when_the_clock_stands_still_at_its_closing() {
    let from_monday = |interval: &str| paused("2026-03-02T09:00", WorkingDays, 3, Resume, &[interval]);
    assert_eq!(plain("2026-03-02T09:00", WorkingDays, 3), "2026-03-05T17:00");
    for (interval, end) in [
        // Inside a day, at its very closing, up to its closing, up to just before it.
        ("2026-03-03T10:00/2026-03-03T10:10", "2026-03-05T17:00"),
        ("2026-03-03T17:00/2026-03-04T07:00", "2026-03-05T17:00"),
        ("2026-03-03T16:59/2026-03-03T17:00", "2026-03-06T17:00"),
        ("2026-03-03T07:00/2026-03-03T16:59:59", "2026-03-05T17:00"),
        ("2026-03-03T16:59/2026-03-04T17:00", "2026-03-09T17:00"),
        // On the day of reception, over a weekend, after the end.
        ("2026-03-02T10:00/2026-03-02T18:00", "2026-03-05T17:00"),
        ("2026-03-06T17:00/2026-03-09T07:00", "2026-03-05T17:00"),
        // The last day itself.
        ("2026-03-05T16:00/2026-03-06T08:00", "2026-03-06T17:00"),
    ] {
        assert_eq!(from_monday(interval), end, "{interval}");
    }
}

#[test]
fn on_a_day_off_calendar_days_ask_the_clock_at_the_regular_closing() {
    // Friday, then 5 days: Wednesday.
    assert_eq!(plain("2026-03-06T09:00", CalendarDays, 5), "2026-03-11T17:00");
    let with = |interval: &str| paused("2026-03-06T09:00", CalendarDays, 5, Resume, &[interval]);
    assert_eq!(with("2026-03-07T10:00/2026-03-07T17:00"), "2026-03-12T17:00");
    assert_eq!(with("2026-03-07T10:00/2026-03-07T16:59"), "2026-03-11T17:00");
    // Rolled from Saturday to Monday, whose closing falls in a pause: Tuesday.
    assert_eq!(
        paused("2026-03-04T09:00", CalendarDays, 3, Resume, &["2026-03-09T08:00/2026-03-09T17:00"]),
        "2026-03-10T17:00"
    );
}

#[test]
fn hours_lose_exactly_the_office_time_inside_the_pauses() {
    let with = |intervals: &[&str]| paused("2026-03-02T07:00", WorkingHours, 8, Resume, intervals);
    assert_eq!(with(&["2026-03-02T10:00/2026-03-02T10:10"]), "2026-03-03T07:10");
    assert_eq!(with(&["2026-03-02T11:00/2026-03-02T14:00"]), "2026-03-03T08:00");
    assert_eq!(with(&["2026-03-02T11:30/2026-03-02T13:30"]), "2026-03-02T17:00");
    assert_eq!(with(&["2026-03-02T17:00/2026-03-09T17:00"]), "2026-03-02T17:00");
    assert_eq!(with(&["2026-03-02T16:00/2026-03-09T08:00"]), "2026-03-09T09:00");
    // In any order, overlapping, and partly before the reception.
    assert_eq!(
        with(&[
            "2026-03-02T09:30/2026-03-02T11:00",
            "2026-03-01T00:00/2026-03-02T08:00",
            "2026-03-02T09:00/2026-03-02T10:00"
        ]),
        "2026-03-03T10:00"
    );
}

#[test]
fn a_same_day_term_waits_for_a_closing_at_which_the_clock_runs() {
    let with = |intervals: &[&str]| answer("2026-11-20T09:00", term(SameDay, 1), Some(Resume), intervals);
    assert_eq!(local(&with(&["2026-11-20T10:00/2026-11-20T16:00"])), "2026-11-20T17:00");
    let moved = with(&["2026-11-20T10:00/2026-11-23T17:00"]);
    assert_eq!((local(&moved).as_str(), days(&moved).as_str()), ("2026-11-25T17:00", "-20 -21 -22 -23 -24 +25"));
    assert_eq!(moved.why[0].reason, DayReason::Waiting(DayKind::Regular));
    assert_eq!(moved.why[3].reason, DayReason::Waiting(DayKind::Regular));
    assert_eq!(moved.why[5].reason, DayReason::NextWorkingDay(DayKind::Regular));
}

#[test]
fn a_restart_is_a_new_reception_at_the_end_of_the_last_pause() {
    let restarted = answer(
        "2026-03-02T09:00",
        term(WorkingDays, 3),
        Some(Restart),
        &["2026-03-05T10:00/2026-03-06T18:00", "2026-03-03T10:00/2026-03-04T10:00"],
    );
    // Friday 18:00 is moved to Monday, which does not count.
    assert_eq!(local(&restarted), "2026-03-12T17:00");
    assert_eq!(restarted.starts, at("2026-03-02T09:00"));
    assert_eq!(days(&restarted), "-02 -03 -04 -05 -06 -07 -08 -09 +10 +11 +12");
    assert_eq!(restarted.why[1].reason, DayReason::BeforeRestart(DayKind::Regular));
    assert_eq!(restarted.why[7].reason, DayReason::Restart);

    let same = |unit| paused("2026-03-02T09:00", unit, 3, Restart, &["2026-03-03T10:00/2026-03-04T14:00"]);
    assert_eq!(same(CalendarDays), "2026-03-09T17:00");
    assert_eq!(same(WorkingHours), "2026-03-04T17:00");
    assert_eq!(same(SameDay), "2026-03-04T17:00");
}

#[test]
fn a_restart_counts_even_when_its_pause_began_after_the_due_moment() {
    assert_eq!(plain("2026-03-02T09:00", WorkingDays, 1), "2026-03-03T17:00");
    let late = paused("2026-03-02T09:00", WorkingDays, 1, Restart, &["2026-03-10T09:00/2026-03-10T10:00"]);
    assert_eq!(late, "2026-03-11T17:00");
    assert_eq!(
        paused("2026-03-02T09:00", WorkingDays, 1, Resume, &["2026-03-10T09:00/2026-03-10T10:00"]),
        "2026-03-03T17:00"
    );
}

#[test]
fn a_restart_after_three_belongs_to_the_next_working_day() {
    let cutoff = Term { unit: SameDay, amount: 1, cutoff_15h: true };
    let with = |interval: &str| answer("2026-03-02T09:00", cutoff, Some(Restart), &[interval]);
    assert_eq!(local(&with("2026-03-03T10:00/2026-03-03T15:00")), "2026-03-03T17:00");
    let after = with("2026-03-03T10:00/2026-03-03T15:01");
    assert_eq!((local(&after).as_str(), days(&after).as_str()), ("2026-03-04T17:00", "-02 -03 +04"));
    assert_eq!(after.why[1].reason, DayReason::RestartAfterCutoff);
    // The first reception was after three too, but only the restart matters now.
    let late = answer("2026-03-02T16:00", cutoff, Some(Restart), &["2026-03-02T16:10/2026-03-03T09:00"]);
    assert_eq!(local(&late), "2026-03-03T17:00");
}

#[test]
fn pauses_before_the_reception_have_no_effect() {
    for unit in [WorkingDays, CalendarDays, WorkingHours, SameDay] {
        for policy in [Resume, Restart] {
            for interval in ["2026-03-01T08:00/2026-03-02T09:00", "2026-02-26T08:00/2026-02-27T09:00"] {
                let with = answer("2026-03-02T09:00", term(unit, 5), Some(policy), &[interval]);
                assert_eq!(
                    with,
                    answer("2026-03-02T09:00", term(unit, 5), None, &[]),
                    "{unit:?} {policy:?} {interval}"
                );
            }
        }
    }
}

#[test]
fn a_half_day_closes_at_noon_and_counts() {
    let calendar = closed("2026-03-03", EntryKind::Sudden, DayPart::Afternoon);
    let on = |received: &str, unit, amount, policy, intervals: &[&str]| {
        due(&calendar, at(received), &term(unit, amount), policy, &pauses(intervals)).unwrap().due
    };
    assert_eq!(on("2026-03-02T09:00", WorkingDays, 1, None, &[]), at("2026-03-03T11:30"));
    assert_eq!(on("2026-03-02T09:00", CalendarDays, 1, None, &[]), at("2026-03-03T11:30"));
    assert_eq!(on("2026-03-03T09:00", SameDay, 1, None, &[]), at("2026-03-03T11:30"));
    assert_eq!(on("2026-03-03T12:00", SameDay, 1, None, &[]), at("2026-03-04T17:00"));
    assert_eq!(on("2026-03-03T07:00", WorkingHours, 5, None, &[]), at("2026-03-04T07:30"));
    // A pause in the afternoon off does not touch its closing.
    let afternoon = ["2026-03-03T13:30/2026-03-03T17:00"];
    assert_eq!(on("2026-03-02T09:00", WorkingDays, 1, Some(Resume), &afternoon), at("2026-03-03T11:30"));
    assert_eq!(on("2026-03-02T09:00", CalendarDays, 1, Some(Resume), &afternoon), at("2026-03-03T11:30"));
}

#[test]
fn a_storm_behaves_as_a_day_off() {
    let storm = closed("2026-11-26", EntryKind::Sudden, DayPart::Whole);
    let answer = due(&storm, at("2026-11-25T09:00"), &term(WorkingDays, 1), None, &[]).unwrap();
    assert_eq!((local(&answer).as_str(), days(&answer).as_str()), ("2026-11-27T17:00", "-25 -26 +27"));
    assert!(matches!(&answer.why[1].reason, DayReason::Off(DayKind::Entry(entry)) if entry.name == "Bão số 12"));
}

#[test]
fn every_day_says_why() {
    let answer = answer("2026-01-08T09:00", term(WorkingDays, 3), None, &[]);
    assert_eq!(days(&answer), "-08 +09 +10 -11 +12");
    let reasons: Vec<_> = answer.why.into_iter().map(|why| why.reason).collect();
    assert_eq!(reasons[0], DayReason::Reception);
    assert_eq!(reasons[1], DayReason::Counted(DayKind::Regular));
    assert!(matches!(&reasons[2], DayReason::Counted(DayKind::Entry(entry)) if entry.kind == EntryKind::MadeUp));
    assert_eq!(reasons[3], DayReason::Off(DayKind::Weekend));
}

#[test]
fn a_term_that_touches_a_year_without_a_calendar_is_provisional() {
    let provisional = |received: &str, amount| answer(received, term(WorkingDays, amount), None, &[]).provisional;
    assert!(!provisional("2026-12-30T09:00", 1));
    assert!(provisional("2026-12-30T09:00", 2));
    assert!(provisional("2026-12-31T18:00", 1));
    assert!(provisional("2022-11-01T09:00", 1));
    assert_eq!(plain("2027-04-29T09:00", WorkingDays, 1), "2027-05-03T17:00");
}

#[test]
fn what_is_not_a_term_is_refused() {
    let asked = |unit, amount, policy, intervals: &[Pause]| {
        due(Calendar::official(), at("2026-03-02T09:00"), &term(unit, amount), policy, intervals)
            .map(|answer| answer.due)
    };
    let (early, late) = (at("2026-03-03T09:00"), at("2026-03-03T10:00"));
    for unit in [WorkingDays, CalendarDays, WorkingHours] {
        assert_eq!(asked(unit, 0, None, &[]), Err(TermProblem::ZeroAmount));
        assert!(asked(unit, 40_000, None, &[]).is_ok());
        assert_eq!(asked(unit, u32::MAX, None, &[]), Err(TermProblem::OutOfRange));
    }
    assert_eq!(asked(SameDay, 0, None, &[]), Ok(at("2026-03-02T17:00")));
    let pause = |from, to| [Pause { from, to }];
    assert_eq!(asked(WorkingDays, 1, Some(Resume), &pause(early, early)), Err(TermProblem::EmptyPause));
    assert_eq!(asked(WorkingDays, 1, Some(Restart), &pause(late, early)), Err(TermProblem::EmptyPause));
    assert_eq!(asked(WorkingDays, 1, None, &pause(early, late)), Err(TermProblem::PauseWithoutPolicy));
    let forever = Pause { from: early, to: domain::time::Instant(i64::MAX) };
    assert_eq!(asked(WorkingDays, 1, Some(Resume), &[forever]), Err(TermProblem::OutOfRange));
    for received in ["1899-12-31T09:00", "2200-01-01T09:00", "2199-12-31T09:00"] {
        let answer = due(Calendar::official(), at(received), &term(WorkingDays, 1), None, &[]);
        assert_eq!(answer, Err(TermProblem::OutOfRange), "{received}");
    }
}

#[test]
fn units_and_policies_keep_the_codes_of_the_catalogue() {
    for (unit, code) in [
        (WorkingDays, "\"NGAY_LAM_VIEC\""),
        (CalendarDays, "\"NGAY_LICH\""),
        (WorkingHours, "\"GIO_LAM_VIEC\""),
        (SameDay, "\"TRONG_NGAY\""),
    ] {
        assert_eq!(serde_json::to_string(&unit).unwrap(), code);
        assert_eq!(serde_json::from_str::<TermUnit>(code).unwrap(), unit);
    }
    assert_eq!(serde_json::to_string(&[Resume, Restart]).unwrap(), r#"["TAM_DUNG","TINH_LAI"]"#);
}
