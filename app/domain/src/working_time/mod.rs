//! Working time of an office: which days are open, when a term ends, and why.
//!
//! Everything legal is data: a [`Calendar`] is versioned, and a dossier keeps the version it was received under.
//! One walk over the days answers both when a term ends and why ([`due()`]), so the two can never disagree.

pub mod calendar;
pub mod lunar;

pub use calendar::{
    Calendar, CalendarData, CalendarProblem, CalendarYear, DayEntry, DayKind, DayPart, EntryKind, FixedHoliday,
    OfficeHours, OpenInterval, Season, Span,
};
