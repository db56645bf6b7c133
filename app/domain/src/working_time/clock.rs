//! When the clock of a term stands still: pauses in any order, united.

use super::{calendar::OpenInterval, term::Pause};
use crate::time::Instant;

/// Pauses, united, ascending and apart from each other.
#[derive(Debug, Default)]
pub(super) struct Clock(Vec<Pause>);

impl Clock {
    /// Unites pauses. Those that touch become one; empty ones are dropped.
    pub fn new(pauses: impl IntoIterator<Item = Pause>) -> Self {
        let mut sorted: Vec<_> = pauses.into_iter().filter(|pause| pause.from < pause.to).collect();
        sorted.sort_unstable_by_key(|pause| pause.from);
        let mut united: Vec<Pause> = Vec::with_capacity(sorted.len());
        for pause in sorted {
            match united.last_mut() {
                Some(last) if pause.from <= last.to => last.to = last.to.max(pause.to),
                _ => united.push(pause),
            }
        }
        Self(united)
    }

    /// When the last pause ended.
    pub fn last_end(&self) -> Option<Instant> {
        self.0.last().map(|pause| pause.to)
    }

    /// Whether the clock stands still when the office closes at that instant: `from < closing ≤ to`.
    /// A pause that begins at the closing has not yet begun, one that ends there has lasted all day.
    pub fn stands_still_at(&self, closing: Instant) -> bool {
        let next = self.0.partition_point(|pause| pause.to < closing);
        self.0.get(next).is_some_and(|pause| pause.from < closing)
    }

    /// The parts of an open interval in which the clock runs, ascending.
    pub fn running(&self, open: OpenInterval) -> Vec<OpenInterval> {
        let mut running = Vec::new();
        let mut from = open.from;
        let first = self.0.partition_point(|pause| pause.to <= open.from);
        for pause in self.0[first..].iter().take_while(|pause| pause.from < open.to) {
            if from < pause.from {
                running.push(OpenInterval { from, to: pause.from });
            }
            from = pause.to;
        }
        if from < open.to {
            running.push(OpenInterval { from, to: open.to });
        }
        running
    }
}
