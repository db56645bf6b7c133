//! Books of printed receipts (biên lai giấy) and the report of their use, BC26/BLAI (Thông tư 303/2016/TT-BTC): what was
//! there, what came, what became of it, what is left, each as ranges of numbers of one series.
//!
//! What leaves must have been there and what comes must be new, so the closing stock cannot be less than nothing.

use super::number::ReceiptNumber;
use crate::dossier::keyed;
use serde::{Deserialize, Serialize};

/// Neighbouring numbers, the first and the last counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct NumberRange {
    from: ReceiptNumber,
    to: ReceiptNumber,
}

/// The last number of a range lies before the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RangeBackwards;

impl NumberRange {
    /// From that number to that one.
    ///
    /// # Errors
    /// When the last lies before the first.
    pub fn new(from: ReceiptNumber, to: ReceiptNumber) -> Result<Self, RangeBackwards> {
        if from <= to { Ok(Self { from, to }) } else { Err(RangeBackwards) }
    }

    /// The first number.
    pub const fn from(self) -> ReceiptNumber {
        self.from
    }

    /// The last number.
    pub const fn to(self) -> ReceiptNumber {
        self.to
    }

    /// How many numbers it has; at least one. A range that was read from a broken record and runs backwards has none.
    pub const fn count(self) -> u32 {
        (self.to.value() + 1).saturating_sub(self.from.value())
    }

    fn touches(self, other: Self) -> bool {
        self.from <= other.to && other.from <= self.to
    }

    fn contains(self, other: Self) -> bool {
        self.from <= other.from && other.to <= self.to
    }
}

/// A set of numbers as ranges: sorted, apart from each other, neighbours joined.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NumberRanges(Vec<NumberRange>);

impl NumberRanges {
    /// The ranges, the lowest first.
    pub fn as_slice(&self) -> &[NumberRange] {
        &self.0
    }

    /// How many numbers.
    pub fn count(&self) -> u64 {
        self.0.iter().map(|range| u64::from(range.count())).sum()
    }

    /// Whether none of the range's numbers is in it.
    pub fn is_apart_from(&self, range: NumberRange) -> bool {
        !self.0.iter().any(|ours| ours.touches(range))
    }

    /// Whether all of the range's numbers are in it.
    pub fn has(&self, range: NumberRange) -> bool {
        // Neighbours are joined, so one range of ours has all of them or no two together have.
        self.0.iter().any(|ours| ours.contains(range))
    }

    /// Puts the range in, wherever it touches nothing that is there.
    fn put(&mut self, range: NumberRange) {
        self.0.push(range);
        self.0.sort_unstable();
        let mut joined: Vec<NumberRange> = Vec::with_capacity(self.0.len());
        for range in self.0.drain(..) {
            match joined.last_mut() {
                Some(last) if last.to.next() == Some(range.from) => last.to = range.to,
                _ => joined.push(range),
            }
        }
        self.0 = joined;
    }

    /// Takes the range out of the one that has it.
    fn cut(&mut self, range: NumberRange) {
        let mut left = Vec::with_capacity(self.0.len() + 1);
        for ours in self.0.drain(..) {
            if !ours.contains(range) {
                left.push(ours);
                continue;
            }
            let before = range.from.value().checked_sub(1).and_then(|value| ReceiptNumber::new(value).ok());
            if let Some(to) = before.filter(|to| ours.from <= *to) {
                left.push(NumberRange { from: ours.from, to });
            }
            if let Some(from) = range.to.next().filter(|from| *from <= ours.to) {
                left.push(NumberRange { from, to: ours.to });
            }
        }
        self.0 = left;
    }
}

keyed! {
    /// What happens to printed receipts. The keys are those that records keep.
    BookMove {
        /// Mua, phát hành: they come into stock.
        Bought = "bought",
        /// Sử dụng: handed to payers.
        Used = "used",
        /// Xóa bỏ: spoiled in writing, and kept in the book.
        Voided = "voided",
        /// Mất, cháy, hỏng: gone.
        Lost = "lost",
        /// Hủy: destroyed by a decision, when they are valid no more.
        Destroyed = "destroyed",
    }
}

/// One thing that happened to printed receipts of a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Movement {
    /// What.
    pub kind: BookMove,
    /// To which.
    pub range: NumberRange,
}

/// Why the movements of a period cannot all be true.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BookProblem {
    /// The opening stock names numbers twice.
    OpeningTwice {
        /// Those named again.
        range: NumberRange,
    },
    /// A range runs backwards.
    Backwards {
        /// The range.
        range: NumberRange,
    },
    /// Numbers leave that are not in stock at that point.
    NotInStock {
        /// What is said to have happened to them.
        kind: BookMove,
        /// Which; some of them are missing.
        range: NumberRange,
    },
    /// Numbers come that were there before: a number is printed once.
    SeenBefore {
        /// Which; some of them were.
        range: NumberRange,
    },
}

/// The report of one series and period. Numbers in stock at first and those bought are those that left and those left.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BookReport {
    /// Tồn đầu kỳ.
    pub opening: NumberRanges,
    /// Mua, phát hành trong kỳ.
    pub bought: NumberRanges,
    /// Sử dụng.
    pub used: NumberRanges,
    /// Xóa bỏ.
    pub voided: NumberRanges,
    /// Mất.
    pub lost: NumberRanges,
    /// Hủy.
    pub destroyed: NumberRanges,
    /// Tồn cuối kỳ: the opening stock of the next period.
    pub closing: NumberRanges,
}

/// The report of the movements of a period, in the order in which they happened.
///
/// # Errors
/// The first movement that cannot be true.
pub fn book_report(opening: &[NumberRange], movements: &[Movement]) -> Result<BookReport, BookProblem> {
    let mut report = BookReport::default();
    for range in opening {
        forwards(*range)?;
        if !report.opening.is_apart_from(*range) {
            return Err(BookProblem::OpeningTwice { range: *range });
        }
        report.opening.put(*range);
    }
    report.closing = report.opening.clone();
    for Movement { kind, range } in movements.iter().copied() {
        forwards(range)?;
        if kind == BookMove::Bought {
            let is_new = report.opening.is_apart_from(range) && report.bought.is_apart_from(range);
            if !is_new {
                return Err(BookProblem::SeenBefore { range });
            }
            report.bought.put(range);
            report.closing.put(range);
            continue;
        }
        if !report.closing.has(range) {
            return Err(BookProblem::NotInStock { kind, range });
        }
        report.closing.cut(range);
        match kind {
            BookMove::Bought => {}
            BookMove::Used => report.used.put(range),
            BookMove::Voided => report.voided.put(range),
            BookMove::Lost => report.lost.put(range),
            BookMove::Destroyed => report.destroyed.put(range),
        }
    }
    Ok(report)
}

/// A range that came out of a record may run backwards.
fn forwards(range: NumberRange) -> Result<(), BookProblem> {
    if range.from <= range.to { Ok(()) } else { Err(BookProblem::Backwards { range }) }
}
