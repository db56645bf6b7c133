//! The limit of waiting to be accepted (status 1): without one, nobody who lets a dossier lie would ever be late.

use super::{
    calendar::Calendar,
    due::{Due, due},
    term::{Pause, PausePolicy, Term, TermProblem, TermUnit},
};
use crate::time::Instant;

/// Working hours in which a dossier handed in online is accepted or answered, unless configured otherwise.
pub const DEFAULT_ACCEPTANCE_HOURS: u32 = 8;

/// By when a dossier handed in at `submitted`, at any hour, is to be accepted, refused or sent back. While it was sent
/// back, the limit waited too: it moves by those `waits` and by nothing else, so what was late stays late.
///
/// # Errors
/// [`TermProblem`], when the hours are none or too many, a wait is empty, or calendars do not reach that far.
pub fn acceptance_limit(
    calendar: &Calendar,
    submitted: Instant,
    hours: u32,
    waits: &[Pause],
) -> Result<Due, TermProblem> {
    let term = Term { unit: TermUnit::WorkingHours, amount: hours, cutoff_15h: false };
    due(calendar, submitted, &term, Some(PausePolicy::Resume), waits)
}
