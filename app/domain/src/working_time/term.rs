//! Terms of procedures and the pauses in them.

use crate::time::Instant;
use serde::{Deserialize, Serialize};

/// What a term is counted in. Codes of the catalogue: `NGAY_LAM_VIEC` and so on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TermUnit {
    /// Working days; the day of reception does not count (Bộ luật Dân sự 2015, Điều 147.2).
    #[serde(rename = "NGAY_LAM_VIEC")]
    WorkingDays,
    /// Calendar days; a last day that is off rolls forward to a working day (Điều 148.5).
    #[serde(rename = "NGAY_LICH")]
    CalendarDays,
    /// Hours used up inside office hours.
    #[serde(rename = "GIO_LAM_VIEC")]
    WorkingHours,
    /// The day of reception itself. The amount is ignored.
    #[serde(rename = "TRONG_NGAY")]
    SameDay,
}

/// A term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Term {
    /// What it is counted in.
    pub unit: TermUnit,
    /// How many, 1 or more; ignored by [`TermUnit::SameDay`].
    pub amount: u32,
    /// Whether a reception after three in the afternoon belongs to the next working day. Acts on
    /// [`TermUnit::SameDay`] only (civil status: Nghị định 123/2015, "nhận hồ sơ sau 15 giờ").
    #[serde(default)]
    pub cutoff_15h: bool,
}

/// What a pause does to a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PausePolicy {
    /// The clock stands still and goes on with what is left.
    #[serde(rename = "TAM_DUNG")]
    Resume,
    /// The end of the last pause is a new reception.
    #[serde(rename = "TINH_LAI")]
    Restart,
}

/// A half-open interval in which the office waits for somebody else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Pause {
    /// When the waiting began.
    pub from: Instant,
    /// When it ended; later than `from`.
    pub to: Instant,
}

/// Why a term has no due moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TermProblem {
    /// An amount of nothing.
    ZeroAmount,
    /// A pause that ends no later than it begins.
    EmptyPause,
    /// A pause, but no rule what it does.
    PauseWithoutPolicy,
    /// The reception or the due moment is outside the days calendars answer for.
    OutOfRange,
}
