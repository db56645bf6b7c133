//! The steps of an internal process, in hours, whatever the unit of the term: a step begins when the one before it is
//! due, and together they use up office time like one term in working hours.

use super::{
    calendar::Calendar,
    due::due,
    on_time::working_time_between,
    term::{Pause, PausePolicy, Term, TermProblem, TermUnit},
};
use crate::time::Instant;
use serde::{Deserialize, Serialize};

/// When a step of a process begins and is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepDue {
    /// When the step before it is due; for the first one, the reception moved to office hours.
    pub starts: Instant,
    /// When it is due.
    pub due: Instant,
}

/// When each step of a process is due, given the hours of every step in order. The clock stands still in the pauses;
/// after a restart the caller gives the restart as reception.
///
/// # Errors
/// [`TermProblem`], as [`due()`]; a step of no hours is [`TermProblem::ZeroAmount`].
pub fn step_dues(
    calendar: &Calendar,
    received: Instant,
    hours: &[u32],
    pauses: &[Pause],
) -> Result<Vec<StepDue>, TermProblem> {
    let mut steps: Vec<StepDue> = Vec::with_capacity(hours.len());
    let mut total: u32 = 0;
    for &hours in hours {
        if hours == 0 {
            return Err(TermProblem::ZeroAmount);
        }
        total = total.saturating_add(hours);
        // From the reception, not from the step before: rounding to office moments happens once.
        let term = Term { unit: TermUnit::WorkingHours, amount: total, cutoff_15h: false };
        let end = due(calendar, received, &term, Some(PausePolicy::Resume), pauses)?;
        let starts = steps.last().map_or(end.starts, |step| step.due);
        steps.push(StepDue { starts, due: end.due });
    }
    Ok(steps)
}

/// A step's limit after its pauses: later by the office time that they took.
pub fn moved_by(calendar: &Calendar, due: Instant, pauses: &[(Instant, Instant)]) -> Instant {
    let waited = pauses.iter().map(|(from, to)| working_time_between(calendar, *from, *to)).sum();
    after_office_time(calendar, due, waited)
}

/// The moment when so much office time has passed after another.
fn after_office_time(calendar: &Calendar, from: Instant, mut left: i64) -> Instant {
    if left <= 0 {
        return from;
    }
    let mut day = from.day();
    for _ in 0..FAR {
        for open in calendar.open_intervals(day) {
            let begin = open.from.max(from);
            let room = (open.to.0 - begin.0).max(0);
            if left <= room {
                return begin.plus_ms(left);
            }
            left -= room;
        }
        day = day.next();
    }
    from
}

/// Days within which a step's limit ends, even after the longest pause.
const FAR: usize = 3_660;

/// Office time left until `due` in milliseconds; negative by the office time that has passed since.
pub fn remaining(calendar: &Calendar, due: Instant, now: Instant) -> i64 {
    if now <= due { working_time_between(calendar, now, due) } else { -working_time_between(calendar, due, now) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{Day, TimeOfDay};

    #[test]
    fn a_limit_moves_by_the_office_time_of_its_pauses() {
        let calendar = Calendar::official();
        let at = |day: u8, hour, minute| Day::from_ymd(2026, 11, day).expect("a day").at(TimeOfDay::hm(hour, minute));
        // Two hours after eleven in the morning: half an hour to noon's closing, the rest from half past one on.
        let two_hours = [(at(23, 7, 0), at(23, 8, 30)), (at(23, 16, 30), at(24, 12, 0))];
        assert_eq!(moved_by(calendar, at(25, 11, 0), &two_hours), at(25, 15, 0));
        assert_eq!(moved_by(calendar, at(25, 11, 0), &[]), at(25, 11, 0));
        // The day of culture on the 24th is skipped.
        assert_eq!(moved_by(calendar, at(23, 17, 0), &[(at(23, 7, 0), at(23, 8, 0))]), at(25, 8, 0));
    }
}
