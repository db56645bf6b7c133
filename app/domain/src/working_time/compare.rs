//! What another calendar changes: which days, and when a term would end by it.

use super::{
    calendar::{Calendar, DayKind},
    due::due,
    term::{Term, TermUnit},
};
use crate::time::{Day, Instant, TimeOfDay};

/// A day that two calendars see differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedDay {
    /// The day.
    pub day: Day,
    /// What it is by the calendar before.
    pub was: DayKind,
    /// What it is by the other.
    pub is: DayKind,
    /// Whether the hours of work change too, not the name alone.
    pub hours_change: bool,
}

/// A reception whose term ends elsewhere by another calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MovedDue {
    /// The reception.
    pub received: Instant,
    /// The term.
    pub term: Term,
    /// The due moment by the calendar before.
    pub was: Instant,
    /// By the other.
    pub is: Instant,
}

/// The terms that examples are made of: the short, the usual and the long one of most procedures.
const TERMS: [u32; 3] = [5, 3, 10];
/// Receptions are looked for so many days before a day that changes.
const LOOK_BACK: i32 = 30;
/// Nine in the morning.
const RECEPTION: TimeOfDay = TimeOfDay::hm(9, 0);

/// The days of a span, both ends included, that the calendars see differently, ascending.
pub fn changed_days(before: &Calendar, after: &Calendar, first: Day, last: Day) -> Vec<ChangedDay> {
    let changed = |day: Day| {
        let (was, is) = (before.day_kind(day), after.day_kind(day));
        let hours_change = !before.open_intervals(day).eq(after.open_intervals(day));
        (was != is || hours_change).then_some(ChangedDay { day, was, is, hours_change })
    };
    (first.0..=last.0).map(Day).filter_map(changed).collect()
}

/// Receptions from that day on whose term ends elsewhere: one for each run of changed days, as far as `most`.
pub fn moved_dues(before: &Calendar, after: &Calendar, days: &[ChangedDay], first: Day, most: usize) -> Vec<MovedDue> {
    let mut found: Vec<MovedDue> = Vec::new();
    let mut told_to = None;
    for changed in days.iter().filter(|one| one.hours_change) {
        // The days of one run move the same terms.
        let is_same_run = told_to.is_some_and(|last: Day| changed.day.0 - last.0 <= 7);
        told_to = Some(changed.day);
        if is_same_run || found.len() == most {
            continue;
        }
        let turn = found.len();
        let amounts = (0..TERMS.len()).map(|at| TERMS[(turn + at) % TERMS.len()]);
        found.extend(amounts.into_iter().find_map(|amount| moved_due(before, after, changed.day, first, amount)));
    }
    found
}

/// The last reception before a day whose term of so many working days ends elsewhere.
fn moved_due(before: &Calendar, after: &Calendar, changed: Day, first: Day, amount: u32) -> Option<MovedDue> {
    let term = Term { unit: TermUnit::WorkingDays, amount, cutoff_15h: false };
    let days = (1..=LOOK_BACK).map(|back| changed.plus(-back)).filter(|day| *day >= first);
    days.filter(|day| before.is_working(*day) && after.is_working(*day)).find_map(|day| {
        let received = day.at(RECEPTION);
        let ends = |calendar| due(calendar, received, &term, None, &[]).ok().map(|due| due.due);
        let (was, is) = (ends(before)?, ends(after)?);
        (was != is).then_some(MovedDue { received, term, was, is })
    })
}
