//! The calendar of an office: weekly pattern, office hours, holidays, days in lieu, swapped and made-up days.
//!
//! Legal source: Bộ luật Lao động 2019 (45/2019/QH14), Điều 111 and 112; Nghị quyết 28/2026/QH16 (24 November).
//! The calendar is data and versioned. The province publishes it; a commune may override single days.

use crate::time::{Day, Instant, TimeOfDay, Weekday};
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::OnceLock,
};

/// The first day calendars answer for: 1900-01-01.
pub const FIRST_DAY: Day = Day(-25_567);
/// The last day calendars answer for: 2199-12-31. A walk that would pass it has no answer.
pub const LAST_DAY: Day = Day(84_005);

/// What a calendar is made of, as files and the database keep it. [`Calendar`] is the checked form.
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
    fn is_whole(&self) -> bool {
        *self == Self::Whole
    }
    fn has_morning(self) -> bool {
        self != Self::Afternoon
    }
    fn has_afternoon(self) -> bool {
        self != Self::Morning
    }
    fn overlaps(self, other: Self) -> bool {
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

/// A half-open interval in which the office is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenInterval {
    /// Opening.
    pub from: Instant,
    /// Closing; at this very instant the office is closed.
    pub to: Instant,
}

/// What makes a day one of work or of rest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum DayKind {
    /// Worked, by the weekly pattern.
    Regular,
    /// Off, by the weekly pattern.
    Weekend,
    /// The calendar names the day.
    Entry(DayEntry),
    /// The calendar names its morning and its afternoon apart, in this order.
    Halves(DayEntry, DayEntry),
    /// A holiday by date, in a year without a published calendar.
    FixedHoliday(FixedHoliday),
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

/// The calendar of an office, checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "CalendarData", into = "CalendarData")]
pub struct Calendar {
    data: CalendarData,
    entries: BTreeMap<Day, Vec<DayEntry>>,
    published: BTreeSet<i32>,
}

impl TryFrom<CalendarData> for Calendar {
    type Error = CalendarProblem;

    fn try_from(data: CalendarData) -> Result<Self, CalendarProblem> {
        check_hours(&data)?;
        if data.fixed_holidays.iter().any(|h| Day::from_ymd(2024, h.month, h.day).is_none()) {
            return Err(CalendarProblem::FixedHoliday);
        }
        let (mut entries, mut published) = (BTreeMap::<Day, Vec<DayEntry>>::new(), BTreeSet::new());
        for year in &data.years {
            if !published.insert(year.year) {
                return Err(CalendarProblem::RepeatedYear(year.year));
            }
            for entry in &year.entries {
                if entry.day.year() != year.year {
                    return Err(CalendarProblem::ForeignEntry(entry.day));
                }
                add(&mut entries, entry)?;
            }
        }
        let mut overrides = BTreeMap::new();
        for entry in &data.overrides {
            add(&mut overrides, entry)?;
        }
        entries.extend(overrides);
        Ok(Self { data, entries, published })
    }
}

impl From<Calendar> for CalendarData {
    fn from(calendar: Calendar) -> Self {
        calendar.data
    }
}

impl Calendar {
    /// The province's calendar shipped with the program.
    pub fn official() -> &'static Self {
        static OFFICIAL: OnceLock<Calendar> = OnceLock::new();
        OFFICIAL.get_or_init(|| {
            serde_json::from_str(include_str!("../../data/calendars/province.json"))
                .expect("the shipped calendar is read by the tests")
        })
    }

    /// This calendar with a commune's own decisions. What the commune decides about a day replaces all that was
    /// decided about it before; of two entries for the same part of a day, the later one holds.
    #[must_use]
    pub fn with_override(&self, entries: &[DayEntry]) -> Self {
        let mut calendar = self.clone();
        for entry in entries {
            calendar.entries.remove(&entry.day);
            calendar.data.overrides.retain(|earlier| earlier.day != entry.day);
        }
        for entry in entries {
            let of_day = calendar.entries.entry(entry.day).or_default();
            of_day.retain(|earlier| !earlier.part.overlaps(entry.part));
            of_day.push(entry.clone());
            of_day.sort_by_key(|entry| entry.part);
        }
        let days: BTreeSet<_> = entries.iter().map(|entry| entry.day).collect();
        let decided = days.iter().filter_map(|day| calendar.entries.get(day)).flatten().cloned();
        calendar.data.overrides.extend(decided);
        calendar
    }

    /// The version that a dossier keeps.
    pub fn version(&self) -> &str {
        &self.data.version
    }

    /// What the calendar is made of.
    pub fn data(&self) -> &CalendarData {
        &self.data
    }

    /// The years with a published calendar, ascending.
    pub fn published(&self) -> impl Iterator<Item = i32> {
        self.published.iter().copied()
    }

    /// Whether the calendar of that year is published. Answers about any other year are provisional.
    pub fn is_published(&self, year: i32) -> bool {
        self.published.contains(&year)
    }

    /// The days with an entry of their own, ascending.
    pub fn entries(&self) -> impl Iterator<Item = &DayEntry> {
        self.entries.values().flatten()
    }

    /// What makes the day one of work or of rest.
    pub fn day_kind(&self, day: Day) -> DayKind {
        match self.entries_of(day) {
            [] => {}
            [entry] => return DayKind::Entry(entry.clone()),
            [morning, afternoon, ..] => return DayKind::Halves(morning.clone(), afternoon.clone()),
        }
        match self.fixed_holiday(day) {
            Some(holiday) => DayKind::FixedHoliday(holiday.clone()),
            None if self.is_weekday(day) => DayKind::Regular,
            None => DayKind::Weekend,
        }
    }

    /// The intervals in which the office is open on that day: two, one or none, ascending.
    pub fn open_intervals(&self, day: Day) -> impl Iterator<Item = OpenInterval> {
        let hours = self.hours(day);
        let (morning, afternoon) = self.open_parts(day);
        let interval = move |span: Span| OpenInterval { from: day.at(span.from), to: day.at(span.to) };
        let morning = morning.then(|| interval(hours.morning));
        morning.into_iter().chain(afternoon.then(|| interval(hours.afternoon)))
    }

    /// Whether the office works that day, be it for half of it.
    pub fn is_working(&self, day: Day) -> bool {
        let (morning, afternoon) = self.open_parts(day);
        morning || afternoon
    }

    /// When the office closes that day; `None` on a day off.
    pub fn closing(&self, day: Day) -> Option<Instant> {
        self.open_intervals(day).last().map(|interval| interval.to)
    }

    /// When the office closes on that day by its regular hours, whether it works or not.
    pub fn regular_closing(&self, day: Day) -> Instant {
        day.at(self.hours(day).afternoon.to)
    }

    /// The first working day after that day; `None` past [`LAST_DAY`].
    pub fn next_working_day_after(&self, day: Day) -> Option<Day> {
        let after = day.clamp(FIRST_DAY.prev(), LAST_DAY);
        (after.next().0..=LAST_DAY.0).map(Day).find(|&day| self.is_working(day))
    }

    /// The instant itself when the office is open, else the next opening; `None` outside the calendar's days.
    pub fn next_office_moment(&self, instant: Instant) -> Option<Instant> {
        if !in_range(instant) {
            return None;
        }
        let today = self.open_intervals(instant.day()).find(|interval| instant < interval.to);
        if let Some(interval) = today {
            return Some(instant.max(interval.from));
        }
        let day = self.next_working_day_after(instant.day())?;
        self.open_intervals(day).next().map(|interval| interval.from)
    }

    /// Whether a dossier can be handed in at that instant: during office hours and, where the counters receive on
    /// Saturday mornings, then too.
    pub fn is_open_for_reception(&self, instant: Instant) -> bool {
        if !in_range(instant) {
            return false;
        }
        let (day, time) = (instant.day(), instant.time_of_day());
        if self.open_intervals(day).any(|interval| interval.from <= instant && instant < interval.to) {
            return true;
        }
        let morning = self.hours(day).morning;
        self.data.saturday_counter
            && day.weekday() == Weekday::Saturday
            && self.day_kind(day) == DayKind::Weekend
            && (morning.from..morning.to).contains(&time)
    }

    /// Whether morning and afternoon are open.
    fn open_parts(&self, day: Day) -> (bool, bool) {
        let entries = self.entries_of(day);
        // A made-up half is all that is worked that day, unless the other half has an entry of its own.
        let usual = || {
            entries.iter().all(|entry| entry.kind != EntryKind::MadeUp)
                && self.is_weekday(day)
                && self.fixed_holiday(day).is_none()
        };
        let open = |covers: fn(DayPart) -> bool| {
            let entry = entries.iter().find(|entry| covers(entry.part));
            entry.map_or_else(usual, |entry| entry.kind == EntryKind::MadeUp)
        };
        (open(DayPart::has_morning), open(DayPart::has_afternoon))
    }

    /// None, one for the whole day or a half, or one for each half, the morning first.
    fn entries_of(&self, day: Day) -> &[DayEntry] {
        self.entries.get(&day).map_or(&[], Vec::as_slice)
    }

    fn is_weekday(&self, day: Day) -> bool {
        self.data.weekly[day.weekday() as usize]
    }

    /// The fixed holiday of that day in a year whose calendar is not published.
    fn fixed_holiday(&self, day: Day) -> Option<&FixedHoliday> {
        let (year, month, day) = day.ymd();
        if self.is_published(year) {
            return None;
        }
        self.data
            .fixed_holidays
            .iter()
            .find(|h| h.month == month && h.day == day && h.from_year.is_none_or(|first| first <= year))
    }

    fn hours(&self, day: Day) -> OfficeHours {
        let season = self.data.seasons.iter().rev().find(|season| season.from <= day);
        season.map_or(self.data.hours, |season| season.hours)
    }
}

/// Whether the instant falls on a day that calendars answer for.
pub(super) fn in_range(instant: Instant) -> bool {
    FIRST_DAY.start() <= instant && instant < LAST_DAY.next().start()
}

fn add(entries: &mut BTreeMap<Day, Vec<DayEntry>>, entry: &DayEntry) -> Result<(), CalendarProblem> {
    let of_day = entries.entry(entry.day).or_default();
    if of_day.iter().any(|earlier| earlier.part.overlaps(entry.part)) {
        return Err(CalendarProblem::RepeatedEntry(entry.day));
    }
    of_day.push(entry.clone());
    of_day.sort_by_key(|entry| entry.part);
    Ok(())
}

fn check_hours(data: &CalendarData) -> Result<(), CalendarProblem> {
    let ordered = |hours: &OfficeHours| {
        hours.morning.from < hours.morning.to
            && hours.morning.to <= hours.afternoon.from
            && hours.afternoon.from < hours.afternoon.to
            && hours.afternoon.to.0 < 24 * 60 * 60 * 1000
    };
    if !ordered(&data.hours) || !data.seasons.iter().all(|season| ordered(&season.hours)) {
        return Err(CalendarProblem::Hours);
    }
    if !data.seasons.is_sorted_by(|a, b| a.from < b.from) {
        return Err(CalendarProblem::Seasons);
    }
    Ok(())
}
