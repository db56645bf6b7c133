//! Administrative units, hamlets and offices in time.
//!
//! Codes are used again: 22096 was Xuân Quang 1 until 30/06/2025 and is Phú Mỡ since. A unit is therefore known by its
//! code and its first day together, and every question about a code needs a day.

mod hamlet;
mod installation;
mod office;
mod territory;
mod units;

pub use hamlet::{Hamlet, HamletKind, Hamlets};
pub use installation::OfficesProblem;
pub use office::{Office, OfficeKind, OfficeSuccession, Offices};
pub use territory::{Scope, Succession, SuccessionKind, Unit, UnitKey, UnitKeyProblem, UnitKind};
pub use units::{UnitDataProblem, UnitMatch, Units};

#[cfg(test)]
mod tests;

use crate::time::Day;

/// Whether a period, open where a bound is missing, holds the day. Both bounds belong to it.
fn is_valid(from: Option<Day>, to: Option<Day>, day: Day) -> bool {
    from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to)
}
