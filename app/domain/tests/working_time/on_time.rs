use super::at;
use domain::working_time::due::HOUR_MS;
use domain::working_time::{
    Calendar, DueSoonRule, OnTime, OpenTerm, Pause, RunningTerm, finished, open_term, working_days_late,
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

fn stands(now: &str, waiting: bool) -> OpenTerm {
    // Ten working days: received on Monday the 2nd, due on Monday the 16th.
    let term = RunningTerm { starts: at("2026-03-02T07:00"), due: at("2026-03-16T17:00"), pauses: &[], waiting };
    open_term(Calendar::official(), &term, at(now), DueSoonRule::default())
}

#[test]
fn an_open_term_is_due_soon_when_little_is_left() {
    assert_eq!(stands("2026-03-02T07:00", false), OpenTerm::Comfortable);
    // 88 hours in all; 17.6 hours are a fifth.
    assert_eq!(stands("2026-03-12T15:23", false), OpenTerm::Comfortable);
    assert_eq!(stands("2026-03-12T15:24", false), OpenTerm::DueSoon);
    assert_eq!(stands("2026-03-13T07:00", false), OpenTerm::DueSoon);
    assert_eq!(stands("2026-03-16T17:00", false), OpenTerm::DueSoon);
    assert_eq!(stands("2026-03-16T17:00:01", false), OpenTerm::Overdue);
}

#[test]
fn the_last_working_day_is_due_soon_however_short_the_term() {
    let term = RunningTerm { starts: at("2026-03-02T09:00"), due: at("2026-03-04T17:00"), pauses: &[], waiting: false };
    let rule = DueSoonRule::default();
    assert_eq!(open_term(Calendar::official(), &term, at("2026-03-02T09:00"), rule), OpenTerm::Comfortable);
    assert_eq!(open_term(Calendar::official(), &term, at("2026-03-03T07:00"), rule), OpenTerm::DueSoon);
}

#[test]
fn waiting_time_is_no_part_of_the_term_of_which_a_fifth_is_left() {
    let pauses = [Pause { from: at("2026-03-03T07:00"), to: at("2026-03-12T17:00") }];
    let term =
        RunningTerm { starts: at("2026-03-02T07:00"), due: at("2026-03-16T17:00"), pauses: &pauses, waiting: false };
    // 24 hours without the pause, two thirds of them left; with it 16 of 88 would be less than a fifth.
    assert_eq!(
        open_term(Calendar::official(), &term, at("2026-03-12T17:00"), DueSoonRule::default()),
        OpenTerm::Comfortable
    );
}

#[test]
fn a_waiting_term_is_paused_unless_it_had_run_out_before() {
    assert_eq!(stands("2026-03-16T16:00", true), OpenTerm::Paused);
    assert_eq!(stands("2026-03-17T08:00", true), OpenTerm::Overdue);
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
