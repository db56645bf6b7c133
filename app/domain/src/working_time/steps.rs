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

/// Office time left until `due` in milliseconds; negative by the office time that has passed since.
pub fn remaining(calendar: &Calendar, due: Instant, now: Instant) -> i64 {
    if now <= due { working_time_between(calendar, now, due) } else { -working_time_between(calendar, due, now) }
}
