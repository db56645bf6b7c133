//! Early, on time or late; and how an open term stands.
//!
//! On time is measured when the result is ready (status 9), not when it is fetched.

use super::{
    calendar::{Calendar, FIRST_DAY, LAST_DAY},
    clock::Clock,
    term::Pause,
};
use crate::time::{Day, Instant};
use serde::{Deserialize, Serialize};

/// How a finished term ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum OnTime {
    /// Working days before the due moment, as many as the rule asks.
    #[serde(rename = "TRUOC_HAN")]
    Early,
    /// At the due moment or before.
    #[serde(rename = "DUNG_HAN")]
    OnTime,
    /// After the due moment.
    #[serde(rename = "QUA_HAN")]
    Late,
}

/// How an open term stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum OpenTerm {
    /// There is time.
    Comfortable,
    /// Little time is left, by [`DueSoonRule`].
    DueSoon,
    /// The due moment has passed.
    Overdue,
    /// The clock stands still.
    Paused,
}

/// When an open term is due soon: either is enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueSoonRule {
    /// At most so many working days are left, today not counted.
    pub working_days: u32,
    /// At most so many hundredths of the office time of the term are left.
    pub percent: u32,
}

impl Default for DueSoonRule {
    fn default() -> Self {
        Self { working_days: 1, percent: 20 }
    }
}

/// A term that is running or waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RunningTerm<'a> {
    /// The office moment from which it is counted: the reception, or the last restart.
    pub starts: Instant,
    /// The due moment.
    pub due: Instant,
    /// The pauses in which its clock stood still.
    pub pauses: &'a [Pause],
    /// Whether the clock stands still now.
    pub waiting: bool,
}

/// How a term ended that was finished at `finished`. Early means that at least `early_days` working days, counted
/// after the day of finishing, were left up to the due day; usually 1. With 0 every finish before the due moment is early.
pub fn finished(calendar: &Calendar, due: Instant, finished: Instant, early_days: u32) -> OnTime {
    if finished > due {
        OnTime::Late
    } else if finished < due && working_days_between(calendar, finished.day(), due.day()) >= early_days {
        OnTime::Early
    } else {
        OnTime::OnTime
    }
}

/// How an open term stands at `now`. A term that ran out before its clock was stopped is overdue all the same.
pub fn open_term(calendar: &Calendar, term: &RunningTerm<'_>, now: Instant, rule: DueSoonRule) -> OpenTerm {
    if now > term.due {
        return OpenTerm::Overdue;
    }
    if term.waiting {
        return OpenTerm::Paused;
    }
    if working_days_between(calendar, now.day(), term.due.day()) <= rule.working_days {
        return OpenTerm::DueSoon;
    }
    let clock = Clock::new(term.pauses.iter().copied());
    let all = running_time_between(calendar, &clock, term.starts, term.due);
    let left = running_time_between(calendar, &clock, now.max(term.starts), term.due);
    if left * 100 <= all * i64::from(rule.percent) { OpenTerm::DueSoon } else { OpenTerm::Comfortable }
}

/// The working days after the due day up to today, today included: 0 on the due day itself, and on the weekend after it.
pub fn working_days_late(calendar: &Calendar, due: Instant, now: Instant) -> u32 {
    working_days_between(calendar, due.day(), now.day())
}

/// The office time from `a` to `b` in milliseconds; 0 when `b` is not after `a`.
pub fn working_time_between(calendar: &Calendar, a: Instant, b: Instant) -> i64 {
    running_time_between(calendar, &Clock::default(), a, b)
}

/// The working days after `a` up to and with `b`.
fn working_days_between(calendar: &Calendar, a: Day, b: Day) -> u32 {
    let (first, last) = (a.clamp(FIRST_DAY, LAST_DAY).0 + 1, b.clamp(FIRST_DAY, LAST_DAY).0);
    (first..=last).filter(|&day| calendar.is_working(Day(day))).count() as u32
}

fn running_time_between(calendar: &Calendar, clock: &Clock, a: Instant, b: Instant) -> i64 {
    let (a, b) = (a.max(FIRST_DAY.start()), b.min(LAST_DAY.next().start()));
    if b <= a {
        return 0;
    }
    (a.day().0..=b.day().0.min(LAST_DAY.0))
        .flat_map(|day| calendar.open_intervals(Day(day)))
        .map(|mut open| {
            (open.from, open.to) = (open.from.max(a), open.to.min(b));
            clock.running(open).iter().map(|part| part.to.0 - part.from.0).sum::<i64>()
        })
        .sum()
}
