//! Early, on time or late; and how an open term stands.
//!
//! On time is measured when the result is ready (status 9), not when it is fetched.

use super::{
    calendar::{Calendar, FIRST_DAY, LAST_DAY, OpenInterval},
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

/// A term that is running or waits, as queues and tags see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RunningTerm {
    /// The due moment. In a pause it stands where it stood when the pause began.
    pub due: Instant,
    /// From when it is due soon: see [`due_soon_from`].
    pub due_soon: Option<Instant>,
    /// Since when its clock stands still; none while it runs.
    pub paused: Option<Instant>,
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

/// How an open term stands at `now`. One that ran out before its clock was stopped is overdue all the same; one whose
/// due moment came within the pause is not, for its due moment moves on with the pause.
pub fn open_term(term: &RunningTerm, now: Instant) -> OpenTerm {
    if clock_reading(term.paused, now) > term.due {
        OpenTerm::Overdue
    } else if term.paused.is_some() {
        OpenTerm::Paused
    } else if term.due_soon.is_some_and(|from| now >= from) {
        OpenTerm::DueSoon
    } else {
        OpenTerm::Comfortable
    }
}

/// What the clock of a term shows at `now`: when it was stopped, while it stands still.
pub fn clock_reading(paused: Option<Instant>, now: Instant) -> Instant {
    paused.map_or(now, |since| since.min(now))
}

/// The earliest moment at which a term is due soon. It is counted from `starts`, the reception or the last restart; its
/// clock stood still in the `pauses`, which are no part of the term.
pub fn due_soon_from(
    calendar: &Calendar,
    starts: Instant,
    due: Instant,
    pauses: &[Pause],
    rule: DueSoonRule,
) -> Instant {
    let clock = Clock::new(pauses.iter().copied());
    let all = running_time_between(calendar, &clock, starts, due);
    let by_days = last_working_days(calendar, due.day(), rule.working_days).start();
    by_days.min(last_running_time(calendar, &clock, (starts, due), all * i64::from(rule.percent) / 100))
}

/// The first day after which at most so many working days are left up to and with `last`.
fn last_working_days(calendar: &Calendar, last: Day, most: u32) -> Day {
    let (mut day, mut left) = (last.clamp(FIRST_DAY, LAST_DAY), 0);
    while day > FIRST_DAY {
        left += u32::from(calendar.is_working(day));
        if left > most {
            break;
        }
        day = day.prev();
    }
    day
}

/// The earliest moment of a term from which at most `most` milliseconds of its running time are left.
fn last_running_time(calendar: &Calendar, clock: &Clock, (starts, due): (Instant, Instant), most: i64) -> Instant {
    let mut left = most;
    for day in (starts.day().max(FIRST_DAY).0..=due.day().min(LAST_DAY).0).rev() {
        for part in running_parts(calendar, clock, Day(day), (starts, due)).iter().rev() {
            let length = part.to.0 - part.from.0;
            if length > left {
                return part.to.plus_ms(-left);
            }
            left -= length;
        }
    }
    starts
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
        .flat_map(|day| running_parts(calendar, clock, Day(day), (a, b)))
        .map(|part| part.to.0 - part.from.0)
        .sum()
}

/// The parts of a day's open intervals between two moments in which the clock runs, ascending.
fn running_parts(calendar: &Calendar, clock: &Clock, day: Day, (from, to): (Instant, Instant)) -> Vec<OpenInterval> {
    let inside = |open: OpenInterval| OpenInterval { from: open.from.max(from), to: open.to.min(to) };
    calendar.open_intervals(day).map(inside).flat_map(|open| clock.running(open)).collect()
}
