//! Working time of an office: which days are open, when a term ends, and why.
//!
//! Everything legal is data: a [`Calendar`] is versioned, and a dossier keeps the version it was received under.
//! One walk over the days answers both when a term ends and why ([`due()`]), so the two can never disagree.

pub mod calendar;
mod calendar_data;
mod clock;
pub mod compare;
pub mod due;
pub mod lunar;
pub mod on_time;
pub mod proposal;
pub mod steps;
pub mod term;
pub mod waiting;

pub use calendar::{
    Calendar, CalendarData, CalendarProblem, CalendarYear, DayEntry, DayKind, DayPart, EntryKind, FixedHoliday,
    OfficeHours, OpenInterval, Season, Span,
};
pub use due::{DayReason, Due, WhyDay, due};
pub use on_time::{
    DueSoonRule, OnTime, OpenTerm, RunningTerm, clock_reading, due_soon_from, finished, open_term, working_days_late,
    working_time_between,
};
pub use steps::{StepDue, moved_by, remaining, step_dues};
pub use term::{Pause, PausePolicy, Term, TermProblem, TermUnit};
pub use waiting::{DEFAULT_ACCEPTANCE_HOURS, acceptance_limit};
