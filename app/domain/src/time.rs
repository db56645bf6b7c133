//! Days, times of day and instants of Việt Nam.
//!
//! The country keeps one time zone, UTC+7, without summer time, so a fixed offset is exact and no time
//! zone database is needed. Everything is an integer: the same arithmetic in the browser and on the server.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::{fmt, str::FromStr};

/// Offset of Việt Nam from UTC, in milliseconds.
const OFFSET_MS: i64 = 7 * 60 * 60 * 1000;
/// Milliseconds of one day.
pub const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// A calendar day in Việt Nam: the count of days since 1970-01-01. Serialised as `2026-11-23`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

/// Day of the week, Monday first, as offices count it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    const ALL: [Self; 7] =
        [Self::Monday, Self::Tuesday, Self::Wednesday, Self::Thursday, Self::Friday, Self::Saturday, Self::Sunday];
}

/// Why a text is not a day, a time or an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotATime;

impl fmt::Display for NotATime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a date or a time")
    }
}
impl std::error::Error for NotATime {}

impl Day {
    /// The day of that date of the Gregorian calendar, or `None` when there is no such date.
    pub fn from_ymd(year: i32, month: u8, day: u8) -> Option<Self> {
        if !(1..=12).contains(&month) || day == 0 || day > days_in_month(year, month) {
            return None;
        }
        // Days from civil, proleptic Gregorian, after Howard Hinnant's public description of the algorithm.
        let y = if month <= 2 { year - 1 } else { year };
        let era = y.div_euclid(400);
        let year_of_era = y.rem_euclid(400);
        let month_from_march = (i32::from(month) + 9) % 12;
        let day_of_year = (153 * month_from_march + 2) / 5 + i32::from(day) - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        Some(Self(era * 146_097 + day_of_era - 719_468))
    }

    /// Year, month (1–12) and day of the month (1–31).
    pub fn ymd(self) -> (i32, u8, u8) {
        let z = self.0 + 719_468;
        let era = z.div_euclid(146_097);
        let day_of_era = z.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = (day_of_year - (153 * month_from_march + 2) / 5 + 1) as u8;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 } as u8;
        let year = year_of_era + era * 400 + i32::from(month <= 2);
        (year, month, day)
    }

    /// The year of the day.
    pub fn year(self) -> i32 {
        self.ymd().0
    }

    /// Monday to Sunday.
    pub fn weekday(self) -> Weekday {
        // 1970-01-01 was a Thursday.
        Weekday::ALL[(self.0 + 3).rem_euclid(7) as usize]
    }

    /// The day `count` days later (earlier when negative).
    pub const fn plus(self, count: i32) -> Self {
        Self(self.0 + count)
    }

    /// Tomorrow.
    pub const fn next(self) -> Self {
        self.plus(1)
    }

    /// Yesterday.
    pub const fn prev(self) -> Self {
        self.plus(-1)
    }

    /// That time of this day, in Việt Nam.
    pub const fn at(self, time: TimeOfDay) -> Instant {
        Instant(self.0 as i64 * DAY_MS + time.0 as i64 - OFFSET_MS)
    }

    /// The first instant of the day.
    pub const fn start(self) -> Instant {
        self.at(TimeOfDay(0))
    }
}

/// Number of days of a month (1–12).
pub fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

impl fmt::Display for Day {
    /// ISO: `2026-11-23`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (y, m, d) = self.ymd();
        write!(f, "{y:04}-{m:02}-{d:02}")
    }
}

impl FromStr for Day {
    type Err = NotATime;
    /// Reads `2026-11-23`, nothing else.
    fn from_str(text: &str) -> Result<Self, NotATime> {
        let mut parts = text.split('-');
        let (y, m, d) = (number(parts.next(), 4)?, number(parts.next(), 2)?, number(parts.next(), 2)?);
        if parts.next().is_some() {
            return Err(NotATime);
        }
        Self::from_ymd(y as i32, m as u8, d as u8).ok_or(NotATime)
    }
}

/// A number of exactly `width` ASCII digits.
fn number(part: Option<&str>, width: usize) -> Result<u32, NotATime> {
    let part = part.ok_or(NotATime)?;
    if part.len() != width || !part.bytes().all(|b| b.is_ascii_digit()) {
        return Err(NotATime);
    }
    part.parse().map_err(|_| NotATime)
}

/// A time of day: milliseconds since midnight, below 24 hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeOfDay(pub u32);

impl TimeOfDay {
    /// That hour and minute. The caller gives an hour below 24 and a minute below 60.
    pub const fn hm(hour: u32, minute: u32) -> Self {
        Self((hour * 60 + minute) * 60_000)
    }

    /// Hour and minute, seconds dropped.
    pub const fn hour_minute(self) -> (u32, u32) {
        (self.0 / 3_600_000, self.0 / 60_000 % 60)
    }
}

impl fmt::Display for TimeOfDay {
    /// `07:00`, seconds dropped.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (h, m) = self.hour_minute();
        write!(f, "{h:02}:{m:02}")
    }
}

impl FromStr for TimeOfDay {
    type Err = NotATime;
    /// Reads `07:00` and `07:00:30`.
    fn from_str(text: &str) -> Result<Self, NotATime> {
        let mut parts = text.split(':');
        let (h, m) = (number(parts.next(), 2)?, number(parts.next(), 2)?);
        let s = match parts.next() {
            None => 0,
            some => number(some, 2)?,
        };
        if parts.next().is_some() || h > 23 || m > 59 || s > 59 {
            return Err(NotATime);
        }
        Ok(Self((h * 3600 + m * 60 + s) * 1000))
    }
}

/// A point in time: Unix milliseconds, UTC. The form every table and event keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Instant(pub i64);

impl Instant {
    /// The day in Việt Nam.
    pub const fn day(self) -> Day {
        Day((self.0 + OFFSET_MS).div_euclid(DAY_MS) as i32)
    }

    /// The time of day in Việt Nam.
    pub const fn time_of_day(self) -> TimeOfDay {
        TimeOfDay((self.0 + OFFSET_MS).rem_euclid(DAY_MS) as u32)
    }

    /// The instant `ms` milliseconds later.
    pub const fn plus_ms(self, ms: i64) -> Self {
        Self(self.0 + ms)
    }

    /// Reads local time of Việt Nam: `2026-02-12T09:00` or `2026-02-12T09:00:30`.
    pub fn parse_local(text: &str) -> Result<Self, NotATime> {
        let (day, time) = text.split_once('T').ok_or(NotATime)?;
        Ok(day.parse::<Day>()?.at(time.parse()?))
    }
}

impl fmt::Display for Instant {
    /// ISO 8601 with the offset of Việt Nam: `2026-02-24T17:00:00+07:00`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = self.time_of_day();
        write!(f, "{}T{time}:{:02}+07:00", self.day(), time.0 / 1000 % 60)
    }
}

macro_rules! serde_as_text {
    ($type:ty) => {
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
            }
        }
    };
}
serde_as_text!(Day);
serde_as_text!(TimeOfDay);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_goes_to_its_date_and_back_over_four_centuries() {
        for n in -100_000..100_000 {
            let (y, m, d) = Day(n).ymd();
            assert_eq!(Day::from_ymd(y, m, d), Some(Day(n)));
        }
    }

    #[test]
    fn known_days_fall_on_their_weekday() {
        assert_eq!("2026-11-23".parse::<Day>().unwrap().weekday(), Weekday::Monday);
        assert_eq!("2024-02-29".parse::<Day>().unwrap().weekday(), Weekday::Thursday);
    }

    #[test]
    fn dates_that_do_not_exist_are_refused() {
        for text in ["2026-02-30", "2025-02-29", "2026-13-01", "2026-1-1", "x", "2026-01-01-01", "+026-01-01"] {
            assert_eq!(text.parse::<Day>(), Err(NotATime), "{text}");
        }
    }

    #[test]
    fn an_instant_reads_and_writes_local_time() {
        let at = Instant::parse_local("2026-02-12T09:00").unwrap();
        assert_eq!(at.to_string(), "2026-02-12T09:00:00+07:00");
        assert_eq!(at.0, 1_770_861_600_000);
        assert_eq!((at.day().to_string().as_str(), at.time_of_day().hour_minute()), ("2026-02-12", (9, 0)));
    }
}
