//! Hours in which nobody is woken by a message.

use crate::time::{DAY_MS, Instant, TimeOfDay};

/// Between these times of day messages wait; over midnight when the first is the later one. The same time twice is no
/// quiet hour at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuietHours {
    /// The first quiet moment.
    pub from: TimeOfDay,
    /// The first moment after.
    pub to: TimeOfDay,
}

impl QuietHours {
    /// Nine in the evening to half past six in the morning, for whoever chose nothing else.
    pub const USUAL: Self = Self { from: TimeOfDay::hm(21, 0), to: TimeOfDay::hm(6, 30) };

    /// When the quiet hours of that moment end; none when it lies in none.
    pub fn end_after(self, at: Instant) -> Option<Instant> {
        let now = at.time_of_day();
        let over_midnight = self.from > self.to;
        let is_quiet =
            if over_midnight { now >= self.from || now < self.to } else { now >= self.from && now < self.to };
        if !is_quiet {
            return None;
        }
        let end = at.day().at(self.to);
        Some(if end > at { end } else { end.plus_ms(DAY_MS) })
    }
}
