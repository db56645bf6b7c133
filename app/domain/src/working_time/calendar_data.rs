//! What a calendar is made of, as files and the database keep it.

use crate::time::{Day, TimeOfDay};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What a calendar is made of, as files and the database keep it. [`Calendar`](super::Calendar) is the checked form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarData {
    /// The version a dossier keeps from its reception on.
    pub version: String,
    /// Whether the office works on Monday … Sunday.
    pub weekly: [bool; 7],
    /// Office hours before the first season.
    pub hours: OfficeHours,
    /// Office hours from a day on, in ascending order of that day.
    #[serde(default)]
    pub seasons: Vec<Season>,
    /// Whether counters receive on Saturday mornings. Such hours never count in a term.
    #[serde(default)]
    pub saturday_counter: bool,
    /// Holidays by date, for the years without a published calendar.
    pub fixed_holidays: Vec<FixedHoliday>,
    /// The published years.
    pub years: Vec<CalendarYear>,
    /// Days a commune decided differently from the province.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<DayEntry>,
}

/// A year with a published calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarYear {
    /// The solar year.
    pub year: i32,
    /// The law or decision it comes from.
    pub source: String,
    /// The days that differ from the weekly pattern, and the holidays that fall on a weekend.
    pub entries: Vec<DayEntry>,
}

/// A day that a published calendar or a commune decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayEntry {
    /// The day.
    pub day: Day,
    /// Why it is off, or that it is worked.
    pub kind: EntryKind,
    /// The part of the day that is off; for a made-up day, the part that is worked.
    #[serde(default, skip_serializing_if = "DayPart::is_whole")]
    pub part: DayPart,
    /// Its name, as calendars print it.
    pub name: String,
    /// The law or decision, when it is another than the year's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// Why a day is off, or that it is worked. Codes of the registers: `NGHI_LE` and so on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum EntryKind {
    /// A public holiday.
    #[serde(rename = "NGHI_LE")]
    Holiday,
    /// Off in lieu of a holiday that fell on a weekend (Điều 111.3).
    #[serde(rename = "NGHI_BU")]
    InLieu,
    /// A working day swapped for another day.
    #[serde(rename = "NGHI_HOAN_DOI")]
    Swapped,
    /// A day off that is worked instead of a swapped day. Overrides the weekend.
    #[serde(rename = "LAM_BU")]
    MadeUp,
    /// A sudden closure: storm, flood, power cut.
    #[serde(rename = "NGHI_DOT_XUAT")]
    Sudden,
}

impl EntryKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Holiday, Self::InLieu, Self::Swapped, Self::MadeUp, Self::Sudden];

    /// The code of the registers.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Holiday => "NGHI_LE",
            Self::InLieu => "NGHI_BU",
            Self::Swapped => "NGHI_HOAN_DOI",
            Self::MadeUp => "LAM_BU",
            Self::Sudden => "NGHI_DOT_XUAT",
        }
    }

    /// The kind of that code.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// A part of a day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum DayPart {
    /// The whole day.
    #[default]
    #[serde(rename = "CA_NGAY")]
    Whole,
    /// The hours before noon.
    #[serde(rename = "SANG")]
    Morning,
    /// The hours after noon.
    #[serde(rename = "CHIEU")]
    Afternoon,
}

impl DayPart {
    /// Every part.
    pub const ALL: [Self; 3] = [Self::Whole, Self::Morning, Self::Afternoon];

    /// Its code.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Whole => "CA_NGAY",
            Self::Morning => "SANG",
            Self::Afternoon => "CHIEU",
        }
    }

    /// The part of that code.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.key() == key)
    }

    fn is_whole(&self) -> bool {
        *self == Self::Whole
    }
    pub(super) fn has_morning(self) -> bool {
        self != Self::Afternoon
    }
    pub(super) fn has_afternoon(self) -> bool {
        self != Self::Morning
    }
    /// Whether both hold a same hour.
    pub fn overlaps(self, other: Self) -> bool {
        self == other || self == Self::Whole || other == Self::Whole
    }
}

/// A holiday with the same date every year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FixedHoliday {
    /// Month, 1–12.
    pub month: u8,
    /// Day of the month.
    pub day: u8,
    /// The first year it is a holiday; always when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_year: Option<i32>,
    /// Its name.
    pub name: String,
}

/// Office hours of a day: two half-open spans.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfficeHours {
    /// The span of the morning.
    pub morning: Span,
    /// The span of the afternoon.
    pub afternoon: Span,
}

/// A half-open span of the day: open at `from`, closed at `to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// Opening.
    pub from: TimeOfDay,
    /// Closing; at this very moment the office is closed.
    pub to: TimeOfDay,
}

/// Office hours from a day on (summer, winter).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Season {
    /// First day.
    pub from: Day,
    /// Its hours.
    pub hours: OfficeHours,
}

/// Why data is not a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CalendarProblem {
    /// Hours that end before they begin, or an afternoon before its morning.
    Hours,
    /// Seasons out of order.
    Seasons,
    /// The same year twice.
    RepeatedYear(i32),
    /// An entry listed under another year.
    ForeignEntry(Day),
    /// The same part of a day twice in one list.
    RepeatedEntry(Day),
    /// A fixed holiday on a date that does not exist.
    FixedHoliday,
}

impl fmt::Display for CalendarProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hours => f.write_str("office hours out of order"),
            Self::Seasons => f.write_str("seasons out of order"),
            Self::RepeatedYear(year) => write!(f, "year {year} twice"),
            Self::ForeignEntry(day) => write!(f, "{day} listed under another year"),
            Self::RepeatedEntry(day) => write!(f, "{day} twice"),
            Self::FixedHoliday => f.write_str("a fixed holiday on no date"),
        }
    }
}
impl std::error::Error for CalendarProblem {}

impl CalendarData {
    /// Checks all but the lists of days.
    pub(super) fn check(&self) -> Result<(), CalendarProblem> {
        let ordered = |hours: &OfficeHours| {
            hours.morning.from < hours.morning.to
                && hours.morning.to <= hours.afternoon.from
                && hours.afternoon.from < hours.afternoon.to
                && hours.afternoon.to.0 < 24 * 60 * 60 * 1000
        };
        if !ordered(&self.hours) || !self.seasons.iter().all(|season| ordered(&season.hours)) {
            return Err(CalendarProblem::Hours);
        }
        if !self.seasons.is_sorted_by(|a, b| a.from < b.from) {
            return Err(CalendarProblem::Seasons);
        }
        // Any leap year knows every date.
        if self.fixed_holidays.iter().any(|h| Day::from_ymd(2024, h.month, h.day).is_none()) {
            return Err(CalendarProblem::FixedHoliday);
        }
        Ok(())
    }
}
