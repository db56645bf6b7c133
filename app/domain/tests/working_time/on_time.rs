use super::at;
use domain::working_time::due::HOUR_MS;
use domain::working_time::{
    Calendar, DueSoonRule, OnTime, OpenTerm, Pause, RunningTerm, due_soon_from, finished, open_term, working_days_late,
    working_time_between,
};

#[test]
fn a_term_is_early_when_a_working_day_was_left() {
    // Due on Wednesday; Tuesday 24 November is off.
    let at_end = |moment: &str, days| finished(Calendar::official(), at("2026-11-25T17:00"), at(moment), days);
    assert_eq!(at_end("2026-11-23T16:59", 1), OnTime::Early);
    // Finished on the holiday: Wednesday was still left.
    assert_eq!(at_end("2026-11-24T09:00", 1), OnTime::Early);
    assert_eq!(at_end("2026-11-25T07:00", 1), OnTime::OnTime);
    assert_eq!(at_end("2026-11-25T17:00", 1), OnTime::OnTime);
    assert_eq!(at_end("2026-11-25T17:00:01", 1), OnTime::Late);
    assert_eq!(at_end("2026-11-23T16:59", 2), OnTime::OnTime);
    assert_eq!(at_end("2026-11-20T16:59", 2), OnTime::Early);
    assert_eq!(at_end("2026-11-25T16:59", 0), OnTime::Early);
    assert_eq!(at_end("2026-11-25T17:00", 0), OnTime::OnTime);
}

/// How a term stands: its ends, its pauses that are over, since when it waits now.
fn stands_of((starts, due): (&str, &str), pauses: &[Pause], paused: Option<&str>, now: &str) -> OpenTerm {
    let (starts, due) = (at(starts), at(due));
    let due_soon = Some(due_soon_from(Calendar::official(), starts, due, pauses, DueSoonRule::default()));
    open_term(&RunningTerm { due, due_soon, paused: paused.map(at) }, at(now))
}

/// Ten working days: received on Monday the 2nd, due on Monday the 16th.
const TEN_DAYS: (&str, &str) = ("2026-03-02T07:00", "2026-03-16T17:00");

#[test]
fn an_open_term_is_due_soon_when_little_is_left() {
    let stands = |now| stands_of(TEN_DAYS, &[], None, now);
    assert_eq!(stands("2026-03-02T07:00"), OpenTerm::Comfortable);
    // 88 hours in all; 17.6 hours are a fifth.
    assert_eq!(stands("2026-03-12T15:23"), OpenTerm::Comfortable);
    assert_eq!(stands("2026-03-12T15:24"), OpenTerm::DueSoon);
    assert_eq!(stands("2026-03-13T07:00"), OpenTerm::DueSoon);
    assert_eq!(stands("2026-03-16T17:00"), OpenTerm::DueSoon);
    assert_eq!(stands("2026-03-16T17:00:01"), OpenTerm::Overdue);
}

#[test]
fn a_long_term_is_due_soon_days_before_its_last() {
    // Twenty working days, 168 hours with that of the reception: the last fifth begins on the fourth day before the end.
    let stands = |now| stands_of(("2026-03-02T07:00", "2026-03-30T17:00"), &[], None, now);
    assert_eq!(stands("2026-03-24T15:23"), OpenTerm::Comfortable);
    assert_eq!(stands("2026-03-24T15:24"), OpenTerm::DueSoon);
}

#[test]
fn the_last_working_day_is_due_soon_however_short_the_term() {
    let stands = |now| stands_of(("2026-03-02T09:00", "2026-03-04T17:00"), &[], None, now);
    assert_eq!(stands("2026-03-02T23:59"), OpenTerm::Comfortable);
    assert_eq!(stands("2026-03-03T00:00"), OpenTerm::DueSoon);
}

#[test]
fn waiting_time_is_no_part_of_the_term_of_which_a_fifth_is_left() {
    let pauses = [Pause { from: at("2026-03-03T07:00"), to: at("2026-03-12T17:00") }];
    // 24 hours without the pause, two thirds of them left; with it 16 of 88 would be less than a fifth.
    assert_eq!(stands_of(TEN_DAYS, &pauses, None, "2026-03-12T17:00"), OpenTerm::Comfortable);
    assert_eq!(stands_of(TEN_DAYS, &[], None, "2026-03-12T17:00"), OpenTerm::DueSoon);
}

#[test]
fn a_waiting_term_is_paused_unless_it_had_run_out_before() {
    let paused_at = |paused, now| stands_of(TEN_DAYS, &[], Some(paused), now);
    assert_eq!(paused_at("2026-03-13T09:00", "2026-03-13T10:00"), OpenTerm::Paused);
    // The due moment that stands still comes and goes: the clock does not.
    assert_eq!(paused_at("2026-03-13T09:00", "2026-03-27T10:00"), OpenTerm::Paused);
    assert_eq!(paused_at("2026-03-16T17:00", "2026-03-27T10:00"), OpenTerm::Paused);
    assert_eq!(paused_at("2026-03-16T17:01", "2026-03-16T17:01"), OpenTerm::Overdue);
    assert_eq!(paused_at("2026-03-16T17:01", "2026-03-27T10:00"), OpenTerm::Overdue);
}

#[test]
fn lateness_is_counted_in_working_days() {
    let late = |now: &str| working_days_late(Calendar::official(), at("2026-11-20T17:00"), at(now));
    assert_eq!(late("2026-11-20T16:00"), 0);
    assert_eq!(late("2026-11-22T09:00"), 0);
    assert_eq!(late("2026-11-23T07:00"), 1);
    assert_eq!(late("2026-11-24T09:00"), 1);
    assert_eq!(late("2026-11-30T09:00"), 5);
    assert_eq!(late("2026-11-01T09:00"), 0);
}

#[test]
fn working_time_is_measured_inside_office_hours() {
    let hours = |a: &str, b: &str| working_time_between(Calendar::official(), at(a), at(b)) as f64 / HOUR_MS as f64;
    assert_eq!(hours("2026-11-23T06:00", "2026-11-23T20:00"), 8.0);
    assert_eq!(hours("2026-11-23T11:00", "2026-11-23T14:00"), 1.0);
    assert_eq!(hours("2026-11-23T16:30", "2026-11-25T07:30"), 1.0);
    assert_eq!(hours("2026-11-21T07:00", "2026-11-22T17:00"), 0.0);
    assert_eq!(hours("2026-11-23T14:00", "2026-11-23T11:00"), 0.0);
    assert_eq!(hours("2026-01-10T00:00", "2026-01-11T00:00"), 8.0);
}
