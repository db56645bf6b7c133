//! Limits that are no term: until a dossier is accepted, and of the steps of a flow.

use super::{at, due::pauses};
use domain::working_time::due::HOUR_MS;
use domain::working_time::{Calendar, TermProblem, acceptance_limit, remaining, step_dues};

#[test]
fn waiting_to_be_accepted_has_a_limit_in_working_hours() {
    let limit = |submitted: &str| acceptance_limit(Calendar::official(), at(submitted), 8, &[]).unwrap().due;
    assert_eq!(limit("2026-11-22T20:00"), at("2026-11-23T17:00"));
    assert_eq!(limit("2026-11-23T10:00"), at("2026-11-25T10:00"));
    let none = acceptance_limit(Calendar::official(), at("2026-11-22T20:00"), 0, &[]);
    assert_eq!(none, Err(TermProblem::ZeroAmount));
}

#[test]
fn the_limit_of_acceptance_moves_by_what_the_resident_was_waited_for_and_never_when_it_had_passed() {
    let limit = |waits: &[&str]| acceptance_limit(Calendar::official(), at("2026-11-09T10:00"), 8, &pauses(waits));
    assert_eq!(limit(&[]).unwrap().due, at("2026-11-10T10:00"));
    // Two hours before the limit the office sent it back: two hours are left when it comes again.
    assert_eq!(limit(&["2026-11-10T08:00/2026-11-16T15:00"]).unwrap().due, at("2026-11-16T17:00"));
    assert_eq!(
        limit(&["2026-11-10T08:00/2026-11-16T15:00", "2026-11-16T16:00/2026-11-18T07:00"]).unwrap().due,
        at("2026-11-18T08:00")
    );
    // An hour after it: late it is, and late it stays.
    assert_eq!(limit(&["2026-11-10T11:00/2026-11-16T15:00"]).unwrap().due, at("2026-11-10T10:00"));
}

#[test]
fn steps_follow_each_other_through_office_hours() {
    let calendar = Calendar::official();
    let steps = step_dues(calendar, at("2026-11-09T06:00"), &[4, 4, 16], &[]).unwrap();
    let ends: Vec<_> = steps.iter().map(|step| (step.starts, step.due)).collect();
    let [start, first, second, third] =
        [at("2026-11-09T07:00"), at("2026-11-09T11:00"), at("2026-11-09T17:00"), at("2026-11-11T17:00")];
    assert_eq!(ends, [(start, first), (first, second), (second, third)]);

    let pause = pauses(&["2026-11-09T10:00/2026-11-10T10:00"]);
    let paused = step_dues(calendar, at("2026-11-09T06:00"), &[4, 4], &pause).unwrap();
    assert_eq!((paused[0].due, paused[1].due), (at("2026-11-10T11:00"), at("2026-11-10T17:00")));
    assert_eq!(step_dues(calendar, at("2026-11-09T06:00"), &[4, 0], &[]), Err(TermProblem::ZeroAmount));
    assert_eq!(step_dues(calendar, at("2026-11-09T06:00"), &[], &[]), Ok(vec![]));

    assert_eq!(remaining(calendar, first, at("2026-11-09T09:00")), 2 * HOUR_MS);
    assert_eq!(remaining(calendar, first, at("2026-11-09T14:30")), -(HOUR_MS + HOUR_MS / 2));
}
