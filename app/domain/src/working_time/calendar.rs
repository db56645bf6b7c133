//! The calendar of an office: weekly pattern, office hours, holidays, days in lieu, swapped and made-up days.
//!
//! Legal source: Bộ luật Lao động 2019 (45/2019/QH14), Điều 111 and 112; Nghị quyết 28/2026/QH16 (24 November).
//! The calendar is data and versioned. The province publishes it; a commune may override single days.

pub use super::calendar_data::{
    CalendarData, CalendarProblem, CalendarYear, DayEntry, DayPart, EntryKind, FixedHoliday, OfficeHours, Season, Span,
};
use crate::time::{Day, Instant, Weekday};
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::OnceLock,
};

/// The first day calendars answer for: 1900-01-01.
pub const FIRST_DAY: Day = Day(-25_567);
/// The last day calendars answer for: 2199-12-31. A walk that would pass it has no answer.
pub const LAST_DAY: Day = Day(84_005);

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
        data.check()?;
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

    /// This calendar with a year in place of what it said about that year, as another version.
    ///
    /// # Errors
    /// When the days of the year contradict each other.
    pub fn with_year(&self, year: CalendarYear, version: String) -> Result<Self, CalendarProblem> {
        let mut data = self.data.clone();
        data.version = version;
        data.overrides.retain(|entry| entry.day.year() != year.year);
        data.years.retain(|known| known.year != year.year);
        data.years.push(year);
        data.years.sort_by_key(|year| year.year);
        Self::try_from(data)
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
