//! A cash shift (ca thu tiền): the float it began with, what went in and out, and what was counted at its end.
//!
//! Whoever keeps the cash (thủ quỹ) does not keep the accounts (kế toán): Luật Kế toán 88/2015/QH13, Đ.52. What is
//! counted is written as it is; a difference is explained before a second person and never smoothed away.

use crate::{dossier::keyed, money::Dong};
use serde::{Deserialize, Serialize};

/// The notes of the State Bank, in đồng, the largest first. Coins are not in use any more.
pub const NOTES: [Dong; 12] = [
    Dong(500_000),
    Dong(200_000),
    Dong(100_000),
    Dong(50_000),
    Dong(20_000),
    Dong(10_000),
    Dong(5_000),
    Dong(2_000),
    Dong(1_000),
    Dong(500),
    Dong(200),
    Dong(100),
];

/// How many there are of one note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pile {
    /// What one note is worth.
    pub note: Dong,
    /// How many.
    pub pieces: u32,
}

/// Cash as it was counted: each note once, the largest first; notes that are not there are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Pile>", into = "Vec<Pile>")]
pub struct CashCount(Vec<Pile>);

/// Why piles are no count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountProblem {
    /// There is no such note.
    NoSuchNote(Dong),
    /// A note was counted twice.
    NoteTwice(Dong),
}

impl std::fmt::Display for CountProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoSuchNote(note) => write!(f, "no note of {note}"),
            Self::NoteTwice(note) => write!(f, "the note of {note} twice"),
        }
    }
}
impl std::error::Error for CountProblem {}

impl CashCount {
    /// Makes a count of piles, in any order.
    ///
    /// # Errors
    /// When a note does not exist or comes twice.
    pub fn new(piles: impl IntoIterator<Item = Pile>) -> Result<Self, CountProblem> {
        let mut counted: Vec<Pile> = Vec::new();
        for pile in piles {
            if !NOTES.contains(&pile.note) {
                return Err(CountProblem::NoSuchNote(pile.note));
            }
            if counted.iter().any(|known| known.note == pile.note) {
                return Err(CountProblem::NoteTwice(pile.note));
            }
            counted.push(pile);
        }
        counted.retain(|pile| pile.pieces > 0);
        counted.sort_by_key(|pile| std::cmp::Reverse(pile.note));
        Ok(Self(counted))
    }

    /// The piles, the largest note first.
    pub fn piles(&self) -> &[Pile] {
        &self.0
    }

    /// What they are worth. Twelve piles of four thousand million notes are still far from the end of the integer.
    pub fn total(&self) -> Dong {
        self.0.iter().map(|pile| Dong(pile.note.0 * i64::from(pile.pieces))).sum()
    }
}

impl TryFrom<Vec<Pile>> for CashCount {
    type Error = CountProblem;
    fn try_from(piles: Vec<Pile>) -> Result<Self, CountProblem> {
        Self::new(piles)
    }
}

impl From<CashCount> for Vec<Pile> {
    fn from(count: CashCount) -> Self {
        count.0
    }
}

keyed! {
    /// Which way cash went.
    CashFlow {
        /// Taken in.
        In = "in",
        /// Paid out: a refund at the counter.
        Out = "out",
    }
}

/// One movement of cash in a shift.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CashLine {
    /// Which way.
    pub flow: CashFlow,
    /// How much; above zero.
    pub amount: Dong,
}

/// A shift that is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shift {
    /// Member of staff who keeps its cash.
    pub cashier: String,
    /// Cash that was there at the beginning, for change.
    pub float: Dong,
}

/// Why a difference came about, said before a second person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// Why, as far as it is known.
    pub reason: String,
    /// Member of staff who counted along; not the cashier.
    pub witness: String,
}

/// A shift that was counted and closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosedShift {
    /// Member of staff who kept its cash.
    pub cashier: String,
    /// What had to be there: the float, with what was taken in, without what was paid out.
    pub expected: Dong,
    /// What was there.
    pub count: CashCount,
    /// Counted without expected: below zero when cash is missing.
    pub difference: Dong,
    /// Why they differ; there exactly when they do.
    pub explanation: Option<Explanation>,
}

/// Why something about a shift is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShiftRefusal {
    /// The same person keeps the cash and the accounts.
    CashierIsAccountant,
    /// A float below zero.
    NegativeFloat,
    /// A line's amount is zero or less.
    NotPositive,
    /// More was paid out than there was.
    MoreOutThanIn,
    /// The amounts are beyond what can be counted.
    TooLarge,
    /// Somebody else than the cashier closes it.
    NotTheCashier,
    /// Counted and expected differ, and nobody says why.
    DifferenceNeedsReason,
    /// Counted and expected differ, and nobody counted along.
    DifferenceNeedsWitness,
    /// The cashier is no second person.
    WitnessIsCashier,
    /// Nothing is handed over.
    NothingHandedOver,
    /// More is handed over than is there.
    MoreThanCounted,
    /// The cashier hands the cash to nobody else.
    ReceiverIsCashier,
}

impl Shift {
    /// Opens a shift. `accountants` are the members of staff who keep the unit's accounts that day.
    ///
    /// # Errors
    /// When the cashier is among them, or the float is below zero.
    pub fn open(cashier: &str, accountants: &[&str], float: Dong) -> Result<Self, ShiftRefusal> {
        if accountants.contains(&cashier) {
            return Err(ShiftRefusal::CashierIsAccountant);
        }
        if float.0 < 0 {
            return Err(ShiftRefusal::NegativeFloat);
        }
        Ok(Self { cashier: cashier.to_owned(), float })
    }

    /// What has to be there after these lines, in whatever order they came.
    ///
    /// # Errors
    /// When a line moves nothing, or more went out than there was.
    pub fn expected(&self, lines: &[CashLine]) -> Result<Dong, ShiftRefusal> {
        if lines.iter().any(|line| line.amount.0 < 1) {
            return Err(ShiftRefusal::NotPositive);
        }
        let moved = lines.iter().map(|line| match line.flow {
            CashFlow::In => i128::from(line.amount.0),
            CashFlow::Out => -i128::from(line.amount.0),
        });
        let expected = i128::from(self.float.0) + moved.sum::<i128>();
        if expected < 0 {
            return Err(ShiftRefusal::MoreOutThanIn);
        }
        i64::try_from(expected).map(Dong).map_err(|_| ShiftRefusal::TooLarge)
    }

    /// Closes the shift with what its cashier counted. An explanation of no difference is dropped.
    ///
    /// # Errors
    /// When somebody else closes it, the lines do not add up, or a difference is not explained before a second person.
    pub fn close(
        self,
        by: &str,
        lines: &[CashLine],
        count: CashCount,
        explanation: Option<Explanation>,
    ) -> Result<ClosedShift, ShiftRefusal> {
        if by != self.cashier {
            return Err(ShiftRefusal::NotTheCashier);
        }
        let expected = self.expected(lines)?;
        let difference = Dong(count.total().0 - expected.0);
        let explanation = match (difference.0, explanation) {
            (0, _) => None,
            (_, None) => return Err(ShiftRefusal::DifferenceNeedsReason),
            (_, Some(told)) if told.reason.trim().is_empty() => return Err(ShiftRefusal::DifferenceNeedsReason),
            (_, Some(told)) if told.witness.trim().is_empty() => return Err(ShiftRefusal::DifferenceNeedsWitness),
            (_, Some(told)) if told.witness == self.cashier => return Err(ShiftRefusal::WitnessIsCashier),
            (_, told) => told,
        };
        Ok(ClosedShift { cashier: self.cashier, expected, count, difference, explanation })
    }
}

impl ClosedShift {
    /// Hands cash over, to the bank, the treasury or another member of staff; answers what stays in the drawer.
    /// `handed_before` is what was handed over of this shift already.
    ///
    /// # Errors
    /// When nothing or more than is there is handed over, or to the cashier.
    pub fn hand_over(&self, handed_before: Dong, amount: Dong, receiver: &str) -> Result<Dong, ShiftRefusal> {
        if amount.0 < 1 {
            return Err(ShiftRefusal::NothingHandedOver);
        }
        if receiver == self.cashier {
            return Err(ShiftRefusal::ReceiverIsCashier);
        }
        let left = self.count.total().0.saturating_sub(handed_before.0.max(0)).saturating_sub(amount.0);
        if left < 0 { Err(ShiftRefusal::MoreThanCounted) } else { Ok(Dong(left)) }
    }
}
