//! When the next step of a story happens.

use anyhow::{Context, Result, bail};
use domain::{
    time::{Instant, TimeOfDay},
    working_time::Calendar,
};
use std::str::FromStr;
use store::dossiers::DossierRow;

/// How long after the step before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// `1h10m`: that much office time later.
    OfficeTime { minutes: i64 },
    /// `35%`: when that share of the term has passed; more than a hundred is late.
    ShareOfTerm { percent: i64 },
    /// `2d20:15`: that many days later, at that time.
    Day { days: i32, time: TimeOfDay },
}

impl FromStr for When {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        let wrong = || format!("\"{text}\" is no time");
        if let Some(percent) = text.strip_suffix('%') {
            return Ok(Self::ShareOfTerm { percent: percent.parse().with_context(wrong)? });
        }
        if let Some((days, time)) = text.split_once('d') {
            let time = time.parse().ok().with_context(wrong)?;
            return Ok(Self::Day { days: days.parse().with_context(wrong)?, time });
        }
        let (hours, rest) = text.split_once('h').unwrap_or(("0", text));
        let minutes = match rest {
            "" => 0,
            rest => rest.strip_suffix('m').with_context(wrong)?.parse::<i64>().with_context(wrong)?,
        };
        Ok(Self::OfficeTime { minutes: hours.parse::<i64>().with_context(wrong)? * 60 + minutes })
    }
}

const MINUTE_MS: i64 = 60_000;

/// The moment. What staff do happens in office hours; what residents do happens at any hour.
pub fn moment_of(
    calendar: &Calendar,
    when: When,
    before: Instant,
    row: &DossierRow,
    jitter_minutes: i64,
    at_any_hour: bool,
) -> Result<Instant> {
    let moment = match when {
        When::OfficeTime { minutes } => after_office_time(calendar, before, (minutes + jitter_minutes) * MINUTE_MS)?,
        When::ShareOfTerm { percent } => {
            let (Some(received), Some(due)) = (row.state.received, row.state.due) else { bail!("a share of no term") };
            let share = office_time_between(calendar, received, due) * percent / 100;
            let moment = after_office_time(calendar, received, share + jitter_minutes * MINUTE_MS)?;
            let earliest = after_office_time(calendar, before, (LEAST_MINUTES + jitter_minutes) * MINUTE_MS)?;
            moment.max(earliest)
        }
        When::Day { days, time } => before.day().plus(days).at(time).plus_ms(jitter_minutes * MINUTE_MS),
    };
    if at_any_hour {
        return Ok(moment.max(before.plus_ms(MINUTE_MS)));
    }
    calendar.next_office_moment(moment.max(before)).context("past the calendar")
}

/// Nobody does two things to a dossier in fewer minutes.
const LEAST_MINUTES: i64 = 7;

fn after_office_time(calendar: &Calendar, from: Instant, ms: i64) -> Result<Instant> {
    let mut left = ms;
    let mut at = calendar.next_office_moment(from).context("past the calendar")?;
    loop {
        let part = calendar.open_intervals(at.day()).find(|part| part.from <= at && at < part.to);
        let open = part.context("an office moment outside office hours")?;
        let room = open.to.0 - at.0;
        if left < room {
            return Ok(at.plus_ms(left));
        }
        left -= room;
        at = calendar.next_office_moment(open.to).context("past the calendar")?;
    }
}

fn office_time_between(calendar: &Calendar, from: Instant, to: Instant) -> i64 {
    let days = from.day().0..=to.day().0;
    let open = days.flat_map(|day| calendar.open_intervals(domain::time::Day(day)));
    open.map(|part| (part.to.0.min(to.0) - part.from.0.max(from.0)).max(0)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        Instant::parse_local(text).unwrap()
    }

    #[test]
    fn times_are_read_in_their_three_ways() {
        assert_eq!("1h10m".parse::<When>().unwrap(), When::OfficeTime { minutes: 70 });
        assert_eq!("45m".parse::<When>().unwrap(), When::OfficeTime { minutes: 45 });
        assert_eq!("118%".parse::<When>().unwrap(), When::ShareOfTerm { percent: 118 });
        assert_eq!("2d20:15".parse::<When>().unwrap(), When::Day { days: 2, time: TimeOfDay::hm(20, 15) });
        assert!("soon".parse::<When>().is_err());
    }

    #[test]
    fn office_time_leaps_over_noon_and_weekends() {
        let calendar = Calendar::official();
        let friday = at("2026-11-20T11:00");
        assert_eq!(after_office_time(calendar, friday, 60 * MINUTE_MS).unwrap(), at("2026-11-20T14:00"));
        assert_eq!(after_office_time(calendar, friday, 5 * 60 * MINUTE_MS).unwrap(), at("2026-11-23T08:00"));
        assert_eq!(office_time_between(calendar, friday, at("2026-11-23T08:00")), 5 * 60 * MINUTE_MS);
    }
}
