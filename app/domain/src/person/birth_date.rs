//! Dates of birth that may lack the day, or the day and the month.

use crate::time::{Day, days_in_month};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::fmt;

/// A date of birth as far as it is known. Many old papers give the year alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PartialDate {
    /// The year alone.
    Year(i32),
    /// Year and month (1–12).
    YearMonth(i32, u8),
    /// The full date.
    Full(Day),
}

/// Why what was typed is not such a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartialDateProblem {
    /// Nothing typed.
    Empty,
    /// Something else than numbers and separators.
    NotNumbers,
    /// A day or a month without a year.
    YearMissing,
    /// A year that is not four digits, or outside 1800–2200.
    YearOutOfRange,
    /// A day without a month.
    MonthMissing,
    /// A month outside 1–12.
    MonthOutOfRange,
    /// A day that this month does not have.
    NoSuchDay,
}

/// Age in full years, when the birthday may be unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgeRange {
    /// The age that is sure.
    pub min: i32,
    /// The age that is possible.
    pub max: i32,
}

impl PartialDate {
    /// Reads three fields of a form; day, or day and month, may be empty.
    pub fn parse_fields(day: &str, month: &str, year: &str) -> Result<Self, PartialDateProblem> {
        let (day, month, year) = (day.trim(), month.trim(), year.trim());
        if day.is_empty() && month.is_empty() && year.is_empty() {
            return Err(PartialDateProblem::Empty);
        }
        if ![day, month, year].iter().all(|field| field.bytes().all(|b| b.is_ascii_digit())) {
            return Err(PartialDateProblem::NotNumbers);
        }
        if year.is_empty() {
            return Err(PartialDateProblem::YearMissing);
        }
        let year = match (year.len(), year.parse::<i32>()) {
            (4, Ok(year @ 1800..=2200)) => year,
            _ => return Err(PartialDateProblem::YearOutOfRange),
        };
        if month.is_empty() {
            return if day.is_empty() { Ok(Self::Year(year)) } else { Err(PartialDateProblem::MonthMissing) };
        }
        let month = match (month.len(), month.parse::<u8>()) {
            (1 | 2, Ok(month @ 1..=12)) => month,
            _ => return Err(PartialDateProblem::MonthOutOfRange),
        };
        if day.is_empty() {
            return Ok(Self::YearMonth(year, month));
        }
        let day = if day.len() <= 2 { day.parse().ok() } else { None };
        day.and_then(|day| Day::from_ymd(year, month, day)).map(Self::Full).ok_or(PartialDateProblem::NoSuchDay)
    }

    /// Reads one text: `1950`, `03/1950`, `5/1/1950`, `05-01-1950`, `05011950`, and the stored forms `1950-03`, `1950-03-05`.
    pub fn parse(typed: &str) -> Result<Self, PartialDateProblem> {
        let parts: Vec<&str> = typed
            .split(|c: char| c.is_whitespace() || matches!(c, '/' | '-' | '.' | ','))
            .filter(|part| !part.is_empty())
            .collect();
        match parts.as_slice() {
            [] => Err(PartialDateProblem::Empty),
            [all] if all.len() == 8 && all.is_ascii() => Self::parse_fields(&all[..2], &all[2..4], &all[4..]),
            [year] => Self::parse_fields("", "", year),
            [year, month] if year.len() == 4 => Self::parse_fields("", month, year),
            [month, year] => Self::parse_fields("", month, year),
            [year, month, day] if year.len() == 4 => Self::parse_fields(day, month, year),
            [day, month, year] => Self::parse_fields(day, month, year),
            _ => Err(PartialDateProblem::NotNumbers),
        }
    }

    /// The year.
    pub fn year(self) -> i32 {
        match self {
            Self::Year(year) | Self::YearMonth(year, _) => year,
            Self::Full(day) => day.year(),
        }
    }

    /// The month, when known.
    pub fn month(self) -> Option<u8> {
        match self {
            Self::Year(_) => None,
            Self::YearMonth(_, month) => Some(month),
            Self::Full(day) => Some(day.ymd().1),
        }
    }

    /// The full date, when known.
    pub const fn day(self) -> Option<Day> {
        match self {
            Self::Full(day) => Some(day),
            Self::Year(_) | Self::YearMonth(..) => None,
        }
    }

    /// The first day it can be.
    pub fn earliest(self) -> Day {
        match self {
            Self::Year(year) => first_of(year, 1),
            Self::YearMonth(year, month) => first_of(year, month),
            Self::Full(day) => day,
        }
    }

    /// The last day it can be.
    pub fn latest(self) -> Day {
        match self {
            Self::Year(year) => first_of(year, 12).plus(30),
            Self::YearMonth(year, month) => first_of(year, month).plus(i32::from(days_in_month(year, month)) - 1),
            Self::Full(day) => day,
        }
    }

    /// Whether it is surely after that day: no one is born tomorrow.
    pub fn is_after(self, day: Day) -> bool {
        self.earliest() > day
    }

    /// Age in full years on that day; `None` when surely not yet born. A person born on 29/02 turns a year older on
    /// 01/03 of a common year.
    pub fn age_on(self, day: Day) -> Option<AgeRange> {
        if self.is_after(day) {
            return None;
        }
        let age = |born: Day| {
            let ((year, month, of_month), (born_year, born_month, born_day)) = (day.ymd(), born.ymd());
            year - born_year - i32::from((month, of_month) < (born_month, born_day))
        };
        Some(AgeRange { min: age(self.latest()).max(0), max: age(self.earliest()) })
    }

    /// The stored form, which sorts: `1950`, `1950-03`, `1950-03-05`.
    pub fn stored(self) -> String {
        match self {
            Self::Year(year) => format!("{year:04}"),
            Self::YearMonth(year, month) => format!("{year:04}-{month:02}"),
            Self::Full(day) => day.to_string(),
        }
    }
}

/// The first day of a month; the variants hold only months 1–12.
fn first_of(year: i32, month: u8) -> Day {
    Day::from_ymd(year, month.clamp(1, 12), 1).unwrap_or(Day(0))
}

impl fmt::Display for PartialDate {
    /// As screens and papers show it: `1950`, `03/1950`, `05/01/1950`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::YearMonth(year, month) => write!(f, "{month:02}/{year:04}"),
            Self::Full(day) => {
                let (year, month, day) = day.ymd();
                write!(f, "{day:02}/{month:02}/{year:04}")
            }
        }
    }
}

impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.stored())
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(|problem| D::Error::custom(format!("{problem:?}")))
    }
}
