//! When a term ends, and why: one walk over the days answers both.
//!
//! Legal source: Bộ luật Dân sự 2015, Điều 147.2 (the first day does not count) and 148.5 (a term that ends on a day
//! off ends on the next working day). A pause follows the policy of its procedure.

use super::{
    calendar::{Calendar, DayKind, LAST_DAY, in_range},
    clock::Clock,
    term::{Pause, PausePolicy, Term, TermProblem, TermUnit},
};
use crate::time::{Day, Instant, TimeOfDay};
use serde::{Deserialize, Serialize};

/// Milliseconds of one hour.
pub const HOUR_MS: i64 = 60 * 60 * 1000;
/// A reception after this time belongs to the next working day, where the term says so. The time itself is still today.
pub const CUTOFF: TimeOfDay = TimeOfDay::hm(15, 0);

/// When a term ends, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// The moment the term ends. Finishing at this moment is still on time.
    pub due: Instant,
    /// The reception, moved to the next office moment.
    pub starts: Instant,
    /// Whether the walk touched a year without a published calendar.
    pub provisional: bool,
    /// Every day from that of `starts` to that of `due`, ascending.
    pub why: Vec<WhyDay>,
}

/// What one day was to a term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhyDay {
    /// The day.
    pub day: Day,
    /// Whether it counts.
    pub counts: bool,
    /// Why.
    pub reason: DayReason,
    /// Office time of the term used that day, in milliseconds; 0 unless the term is in working hours.
    pub used_ms: i64,
}

/// Why a day counts or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum DayReason {
    /// The dossier is received on this day; the day does not count.
    Reception,
    /// Received after three in the afternoon: the term belongs to the next working day.
    ReceptionAfterCutoff,
    /// Passed before the term was counted again from its beginning.
    BeforeRestart(DayKind),
    /// Everything needed has come in: received anew on this day; the day does not count.
    Restart,
    /// Received anew after three in the afternoon.
    RestartAfterCutoff,
    /// A day of the term. A weekend or a holiday where the term is in calendar days.
    Counted(DayKind),
    /// Some office time of the term is used on this day.
    HoursUsed(DayKind),
    /// The office does not work on this day.
    Off(DayKind),
    /// The clock stands still on this day: the office waits for a supplement, a payment, an answer.
    Waiting(DayKind),
    /// The due day. The last counted day had no closing at which the clock ran, so the term rolled forward to here.
    RolledForward(DayKind),
    /// The due day of a term that could not end on the day of its reception.
    NextWorkingDay(DayKind),
}

/// When a term ends, and why.
///
/// `received` is the reception as it happened, at any hour; `pauses` come in any order, may overlap and, where the
/// dossier still waits, reach up to now. What lies before the reception has no effect.
///
/// # Errors
/// [`TermProblem`] for an amount of nothing, an empty pause, a pause without a policy, and dates that calendars do not
/// answer for: an amount of any size ends at the last of them.
pub fn due(
    calendar: &Calendar,
    received: Instant,
    term: &Term,
    policy: Option<PausePolicy>,
    pauses: &[Pause],
) -> Result<Due, TermProblem> {
    check(term, policy, pauses)?;
    let moved = |instant| calendar.next_office_moment(instant).ok_or(TermProblem::OutOfRange);
    let starts = moved(received)?;
    let pauses = Clock::new(pauses.iter().map(|pause| Pause { from: pause.from.max(received), to: pause.to }));
    let (counted_from, clock) = match policy {
        // Counting begins after the last pause, so no pause is left to stop the clock.
        Some(PausePolicy::Restart) => (pauses.last_end().map_or(Ok(starts), moved)?, Clock::default()),
        _ => (starts, pauses),
    };
    if ends_after_every_calendar(term, counted_from.day()) {
        return Err(TermProblem::OutOfRange);
    }
    let mut walk = Walk { calendar, clock, counted_from, why: Vec::new() };
    let after_cutoff = term.unit == TermUnit::SameDay && term.cutoff_15h && counted_from.time_of_day() > CUTOFF;
    walk.first_days(starts, after_cutoff);
    let due = match term.unit {
        TermUnit::WorkingDays => walk.working_days(term.amount)?,
        TermUnit::CalendarDays => walk.calendar_days(term.amount)?,
        TermUnit::WorkingHours => walk.working_hours(term.amount)?,
        TermUnit::SameDay => walk.same_day(after_cutoff)?,
    };
    let mut years = received.day().year()..=due.day().year();
    let provisional = years.any(|year| !calendar.is_published(year));
    Ok(Due { due, starts, provisional, why: walk.why })
}

fn check(term: &Term, policy: Option<PausePolicy>, pauses: &[Pause]) -> Result<(), TermProblem> {
    if term.unit != TermUnit::SameDay && term.amount == 0 {
        return Err(TermProblem::ZeroAmount);
    }
    if pauses.iter().any(|pause| pause.to <= pause.from) {
        return Err(TermProblem::EmptyPause);
    }
    if policy.is_none() && !pauses.is_empty() {
        return Err(TermProblem::PauseWithoutPolicy);
    }
    if pauses.iter().any(|pause| !in_range(pause.from) || !in_range(pause.to)) {
        return Err(TermProblem::OutOfRange);
    }
    Ok(())
}

/// Whether even a calendar without a day off has too few days left. The walk would find out too, at its end.
fn ends_after_every_calendar(term: &Term, from: Day) -> bool {
    const HOURS: i64 = 24;
    let days = i64::from(LAST_DAY.0 - from.0);
    match term.unit {
        TermUnit::SameDay => false,
        TermUnit::WorkingHours => i64::from(term.amount) > (days + 1) * HOURS,
        TermUnit::WorkingDays | TermUnit::CalendarDays => i64::from(term.amount) > days,
    }
}

/// The walk over the days of one term.
struct Walk<'a> {
    calendar: &'a Calendar,
    clock: Clock,
    /// The reception from which days are counted: an office moment.
    counted_from: Instant,
    why: Vec<WhyDay>,
}

/// What the end of a day is to a term.
enum Closing {
    /// The office does not work.
    Off,
    /// It closes while the clock stands still.
    Waiting,
    /// It closes at that instant and the clock runs.
    Runs(Instant),
}

impl Walk<'_> {
    /// Notes the days up to that of the reception from which the term is counted.
    fn first_days(&mut self, starts: Instant, after_cutoff: bool) {
        let (first, counted) = (starts.day(), self.counted_from.day());
        for day in (first.0..counted.0).map(Day) {
            let reason =
                if day == first { DayReason::Reception } else { DayReason::BeforeRestart(self.calendar.day_kind(day)) };
            self.note(day, false, reason);
        }
        let reason = match (self.counted_from == starts, after_cutoff) {
            (true, false) => DayReason::Reception,
            (true, true) => DayReason::ReceptionAfterCutoff,
            (false, false) => DayReason::Restart,
            (false, true) => DayReason::RestartAfterCutoff,
        };
        self.note(counted, false, reason);
    }

    /// Working days after the reception, each counted when its closing finds the clock running.
    fn working_days(&mut self, amount: u32) -> Result<Instant, TermProblem> {
        let mut left = amount;
        loop {
            let day = self.following()?;
            let kind = self.calendar.day_kind(day);
            match self.closing(day) {
                Closing::Off => self.note(day, false, DayReason::Off(kind)),
                Closing::Waiting => self.note(day, false, DayReason::Waiting(kind)),
                Closing::Runs(closing) => {
                    self.note(day, true, DayReason::Counted(kind));
                    left -= 1;
                    if left == 0 {
                        return Ok(closing);
                    }
                }
            }
        }
    }

    /// Days after the reception, those off too. On a day off the clock is asked at the regular closing.
    fn calendar_days(&mut self, amount: u32) -> Result<Instant, TermProblem> {
        let mut left = amount;
        while left > 0 {
            let day = self.following()?;
            let kind = self.calendar.day_kind(day);
            let closing = self.calendar.closing(day);
            if self.clock.stands_still_at(closing.unwrap_or_else(|| self.calendar.regular_closing(day))) {
                self.note(day, false, DayReason::Waiting(kind));
                continue;
            }
            self.note(day, true, DayReason::Counted(kind));
            left -= 1;
            if let (0, Some(closing)) = (left, closing) {
                return Ok(closing);
            }
        }
        self.next_closing(false, DayReason::RolledForward)
    }

    /// Hours, used up in the open intervals while the clock runs; ends at the earliest moment they are used up.
    fn working_hours(&mut self, amount: u32) -> Result<Instant, TermProblem> {
        let mut left = i64::from(amount) * HOUR_MS;
        let mut day = self.counted_from.day();
        loop {
            let (used, end) = self.use_up(day, left);
            left -= used;
            if day == self.counted_from.day() {
                // Noted already: hours are used on the day of reception, but it is never listed as counting.
                if let Some(last) = self.why.last_mut() {
                    last.used_ms = used;
                }
            } else {
                let kind = self.calendar.day_kind(day);
                let reason = match (used, self.calendar.is_working(day)) {
                    (1.., _) => DayReason::HoursUsed(kind),
                    (_, true) => DayReason::Waiting(kind),
                    (_, false) => DayReason::Off(kind),
                };
                self.why.push(WhyDay { day, counts: used > 0, reason, used_ms: used });
            }
            if let Some(end) = end {
                return Ok(end);
            }
            day = self.following()?;
        }
    }

    /// How much of `left` the day uses, in milliseconds, and the moment nothing is left.
    fn use_up(&self, day: Day, left: i64) -> (i64, Option<Instant>) {
        let mut used = 0;
        for mut open in self.calendar.open_intervals(day) {
            open.from = open.from.max(self.counted_from);
            for running in self.clock.running(open) {
                let length = running.to.0 - running.from.0;
                if used + length >= left {
                    return (left, Some(running.from.plus_ms(left - used)));
                }
                used += length;
            }
        }
        (used, None)
    }

    /// The closing of the day of reception, or of the next working day when that cannot be.
    fn same_day(&mut self, after_cutoff: bool) -> Result<Instant, TermProblem> {
        let day = self.counted_from.day();
        if !after_cutoff {
            if let Closing::Runs(closing) = self.closing(day) {
                return Ok(closing);
            }
            let kind = self.calendar.day_kind(day);
            if let Some(last) = self.why.last_mut() {
                last.reason = DayReason::Waiting(kind);
            }
        }
        self.next_closing(true, DayReason::NextWorkingDay)
    }

    /// The next closing at which the clock runs, on a day after those noted.
    fn next_closing(&mut self, counts: bool, reason: fn(DayKind) -> DayReason) -> Result<Instant, TermProblem> {
        loop {
            let day = self.following()?;
            let kind = self.calendar.day_kind(day);
            match self.closing(day) {
                Closing::Off => self.note(day, false, DayReason::Off(kind)),
                Closing::Waiting => self.note(day, false, DayReason::Waiting(kind)),
                Closing::Runs(closing) => {
                    self.note(day, counts, reason(kind));
                    return Ok(closing);
                }
            }
        }
    }

    fn closing(&self, day: Day) -> Closing {
        match self.calendar.closing(day) {
            None => Closing::Off,
            Some(closing) if self.clock.stands_still_at(closing) => Closing::Waiting,
            Some(closing) => Closing::Runs(closing),
        }
    }

    /// The day after the last one noted.
    fn following(&self) -> Result<Day, TermProblem> {
        let last = self.why.last().map_or(self.counted_from.day(), |why| why.day);
        if last < LAST_DAY { Ok(last.next()) } else { Err(TermProblem::OutOfRange) }
    }

    fn note(&mut self, day: Day, counts: bool, reason: DayReason) {
        self.why.push(WhyDay { day, counts, reason, used_ms: 0 });
    }
}
