//! The days that the law gives a year, to begin its calendar with: the holidays, and the days off in lieu of those that
//! fall on a weekend. What the Prime Minister or the province decides for the year is chosen or added by a person.
//!
//! Legal source: Bộ luật Lao động 2019 (45/2019/QH14), Điều 111.3 and 112.1. Names stand in `data/calendars/holidays.json`.

use super::{
    calendar::{Calendar, CalendarYear, DayEntry, DayPart, EntryKind},
    lunar,
};
use crate::time::Day;
use serde::Deserialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::OnceLock,
};

/// Days of Tết (Điều 112.1.b).
pub const TET_DAYS: i32 = 5;
/// National day: its second day lies beside it (Điều 112.1.đ).
const NATIONAL: (u8, u8) = (9, 2);
/// Days of National day, since [`NATIONAL_DAYS_SINCE`].
pub const NATIONAL_DAYS: usize = 2;
/// The first year of the law that made them two (Điều 220.1).
const NATIONAL_DAYS_SINCE: i32 = 2021;

/// What is decided anew each year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearChoices {
    /// The first of the five days of Tết; the first day of the lunar year is one of them.
    pub tet_first: Day,
    /// On which side of 2 September its second day lies.
    pub national: Beside,
}

/// The side of a holiday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beside {
    /// The day before.
    Before,
    /// The day after.
    After,
}

/// Why a choice is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChoiceProblem {
    /// The five days do not hold the first day of the lunar year.
    Tet,
    /// A year for which the moon is not computed.
    Year,
}

/// What a year lacks of the holidays that the law gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// All of them: the year was begun and not written to its end.
    Holidays,
    /// It holds only so many of the [`TET_DAYS`] days of Tết.
    Tet(usize),
    /// It holds only so many of the [`NATIONAL_DAYS`] days of National day.
    National(usize),
}

#[derive(Deserialize)]
struct Names {
    tet: String,
    hung_kings: String,
    beside: String,
    in_lieu: String,
    swapped: String,
    made_up: String,
    source: String,
    stems: [String; 10],
    branches: [String; 12],
}

fn names() -> &'static Names {
    static NAMES: OnceLock<Names> = OnceLock::new();
    NAMES.get_or_init(|| {
        serde_json::from_str(include_str!("../../data/calendars/holidays.json"))
            .expect("the shipped names are read by the tests")
    })
}

/// The law that the proposal stands on.
pub fn source() -> &'static str {
    &names().source
}

/// The names of a working day that is swapped, and of the day that is worked for it. `off` and `worked` as people write
/// days.
pub fn swap_names(off: &str, worked: &str) -> (String, String) {
    (names().swapped.replace("{day}", worked), names().made_up.replace("{day}", off))
}

impl Beside {
    /// Its stable key.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::After => "after",
        }
    }

    /// The side of that key.
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Before, Self::After].into_iter().find(|side| side.key() == key)
    }
}

impl YearChoices {
    /// What is usual: Tết from the last day of the old lunar year on; 2 September with the working day beside it. `None` for
    /// a year whose moon is not computed.
    pub fn usual(calendar: &Calendar, year: i32) -> Option<Self> {
        let national = Day::from_ymd(year, NATIONAL.0, NATIONAL.1)?;
        let is_before = calendar.data().weekly[national.prev().weekday() as usize];
        let national = if is_before { Beside::Before } else { Beside::After };
        Some(Self { tet_first: lunar::tet(year)?.prev(), national })
    }
}

/// The days of a year by the law and by what was chosen for it, ascending. The week and the holidays by date are the
/// calendar's.
///
/// # Errors
/// [`ChoiceProblem`] when Tết is not where the moon puts it.
pub fn propose(calendar: &Calendar, year: i32, choices: YearChoices) -> Result<Vec<DayEntry>, ChoiceProblem> {
    let new_year = lunar::tet(year).ok_or(ChoiceProblem::Year)?;
    let hung_kings = lunar::hung_kings_day(year).ok_or(ChoiceProblem::Year)?;
    let tet = (0..TET_DAYS).map(|at| choices.tet_first.plus(at));
    if !tet.clone().any(|day| day == new_year) {
        return Err(ChoiceProblem::Tet);
    }
    let mut holidays: BTreeMap<Day, String> = BTreeMap::new();
    for fixed in &calendar.data().fixed_holidays {
        if fixed.from_year.is_some_and(|first| first > year) {
            continue;
        }
        let Some(day) = Day::from_ymd(year, fixed.month, fixed.day) else { continue };
        holidays.insert(day, fixed.name.clone());
        if (fixed.month, fixed.day) == NATIONAL {
            let beside = if choices.national == Beside::Before { day.prev() } else { day.next() };
            holidays.insert(beside, names().beside.replace("{name}", &fixed.name));
        }
    }
    let tet_name = names().tet.replace("{year}", &lunar_name(year));
    for day in tet {
        holidays.entry(day).or_insert_with(|| tet_name.clone());
    }
    holidays.entry(hung_kings).or_insert_with(|| names().hung_kings.clone());
    Ok(with_days_in_lieu(calendar, holidays))
}

/// What a year lacks of the days of Tết and of National day: due days would fall on what is missing. Whole public holidays
/// alone count, no days in lieu. Nothing is said of Tết in a year whose moon is not computed.
pub fn lacks(year: &CalendarYear) -> Vec<Lack> {
    let mut holidays = year.entries.iter().filter(|entry| entry.kind == EntryKind::Holiday).peekable();
    if holidays.peek().is_none() {
        return vec![Lack::Holidays];
    }
    let whole: BTreeSet<Day> = holidays.filter(|entry| entry.part == DayPart::Whole).map(|entry| entry.day).collect();
    let held = |middle: Day, reach: i32| (-reach..=reach).filter(|at| whole.contains(&middle.plus(*at))).count();
    let mut lacks = Vec::new();
    // No other holiday lies so near.
    if let Some(days) = lunar::tet(year.year).map(|first| held(first, TET_DAYS))
        && days < TET_DAYS as usize
    {
        lacks.push(Lack::Tet(days));
    }
    if let Some(days) = Day::from_ymd(year.year, NATIONAL.0, NATIONAL.1).map(|day| held(day, 1))
        && days < NATIONAL_DAYS
        && year.year >= NATIONAL_DAYS_SINCE
    {
        lacks.push(Lack::National(days));
    }
    lacks
}

/// The holidays, and for each that falls on a day off of the week the next working day that is not taken.
fn with_days_in_lieu(calendar: &Calendar, holidays: BTreeMap<Day, String>) -> Vec<DayEntry> {
    let works = |day: Day| calendar.data().weekly[day.weekday() as usize];
    let mut taken: BTreeSet<Day> = holidays.keys().copied().collect();
    let mut entries = Vec::new();
    for (day, name) in holidays {
        if !works(day) {
            // Not longer than a week of such days can push it; a week without work has none.
            let free = (1..60).map(|ahead| day.plus(ahead)).find(|next| works(*next) && !taken.contains(next));
            if let Some(free) = free {
                taken.insert(free);
                entries.push(entry(free, EntryKind::InLieu, names().in_lieu.replace("{name}", &name)));
            }
        }
        entries.push(entry(day, EntryKind::Holiday, name));
    }
    entries.sort_by_key(|entry| entry.day);
    entries
}

fn entry(day: Day, kind: EntryKind, name: String) -> DayEntry {
    DayEntry { day, kind, part: DayPart::Whole, name, source: None }
}

/// `Bính Ngọ`: the lunar year that begins in that year, by its stem and its branch.
fn lunar_name(year: i32) -> String {
    let (stem, branch) = ((year + 6).rem_euclid(10) as usize, (year + 8).rem_euclid(12) as usize);
    format!("{} {}", names().stems[stem], names().branches[branch])
}
