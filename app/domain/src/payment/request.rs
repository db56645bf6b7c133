//! A payment request (khoản phải nộp): what a payer owes, and where it stands as the sum of its entries.
//!
//! An entry is never changed or removed; what was wrong is set right by another one. The standing is made of sums, so
//! the order in which entries arrive does not matter: a statement of yesterday may be read after the cash of today.

use crate::{dossier::keyed, money::Dong, time::Instant};
use serde::{Deserialize, Serialize};

keyed! {
    /// What an entry says.
    EntryKind {
        /// A credit of the bank, or the part of one that belongs here.
        Credit = "credit",
        /// Cash at the counter.
        Cash = "cash",
        /// A card at the counter.
        Card = "card",
        /// A credit that was laid here by mistake goes back to the tray.
        Unmatched = "unmatched",
        /// Money that went back to the payer.
        Refund = "refund",
        /// Part of the debt that is not asked any more: an exemption found later, a copy less, a withdrawal.
        Waiver = "waiver",
    }
}

impl EntryKind {
    /// Whether it brings money in.
    pub const fn is_income(self) -> bool {
        matches!(self, Self::Credit | Self::Cash | Self::Card)
    }
}

/// One thing that happened to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// What.
    pub kind: EntryKind,
    /// How much; above zero, whatever the kind.
    pub amount: Dong,
    /// When: of a credit the moment of the bank's booking.
    pub at: Instant,
}

keyed! {
    /// Why a request asks for nothing any more.
    ClosedAs {
        /// Somebody cancelled it.
        Cancelled = "cancelled",
        /// Its time to be paid ran out.
        Expired = "expired",
    }
}

/// The end of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    /// Why.
    pub how: ClosedAs,
    /// From when on.
    pub at: Instant,
}

keyed! {
    /// Where a request stands.
    RequestState {
        /// Nothing was asked, or all of it is waived, and nobody paid.
        NothingDue = "nothing_due",
        /// Nothing is held of what is due.
        Owed = "owed",
        /// Less is held than is due.
        PartlyPaid = "partly_paid",
        /// Exactly what is due is held.
        Paid = "paid",
        /// More is held than is due: the rest goes back.
        Overpaid = "overpaid",
        /// Nothing is due any more, and all that was paid went back.
        Refunded = "refunded",
        /// Cancelled; what is held goes back.
        Cancelled = "cancelled",
        /// Its time ran out; what is held goes back.
        Expired = "expired",
    }
}

/// What the entries of a request add up to. No amount is below zero.
///
/// `paid − refunded = held` and `held + remaining − over = due`, and one of `remaining` and `over` is zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Where it stands.
    pub state: RequestState,
    /// What the payer owes in all: what was asked without what was waived; nothing once the request is closed.
    pub due: Dong,
    /// What came in, without what was unmatched.
    pub paid: Dong,
    /// What went back to the payer.
    pub refunded: Dong,
    /// What the office has of it.
    pub held: Dong,
    /// What is still to be paid.
    pub remaining: Dong,
    /// What is held beyond what is due: it is to go back.
    pub over: Dong,
    /// What came in at or after the closing.
    pub late: Dong,
}

impl Standing {
    /// Whether money is still asked for.
    pub fn is_open(&self) -> bool {
        matches!(self.state, RequestState::Owed | RequestState::PartlyPaid)
    }
}

/// Why entries make no standing: the last of them must not be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FoldProblem {
    /// Less than nothing is asked.
    NegativeDue,
    /// An entry's amount is zero or less.
    NotPositive,
    /// More is waived than was asked.
    WaivedTooMuch,
    /// More is unmatched than the bank's credits brought.
    UnmatchedTooMuch,
    /// More went back than came in.
    RefundedTooMuch,
    /// The amounts are beyond what can be counted.
    TooLarge,
}

/// Adds the entries up. Before an entry is written, the same entries with it must add up too.
///
/// `asked` is the sum of the request's lines, zero or more.
///
/// # Errors
/// When they contradict each other.
pub fn fold(asked: Dong, closing: Option<Closing>, entries: &[Entry]) -> Result<Standing, FoldProblem> {
    if asked.0 < 0 {
        return Err(FoldProblem::NegativeDue);
    }
    if entries.iter().any(|entry| entry.amount.0 < 1) {
        return Err(FoldProblem::NotPositive);
    }
    let sum = |counts: &dyn Fn(&Entry) -> bool| -> Result<i64, FoldProblem> {
        let amounts = entries.iter().filter(|entry| counts(entry)).map(|entry| i128::from(entry.amount.0));
        i64::try_from(amounts.sum::<i128>()).map_err(|_| FoldProblem::TooLarge)
    };
    let of = |kind: EntryKind| sum(&|entry: &Entry| entry.kind == kind);
    let income = sum(&|entry: &Entry| entry.kind.is_income())?;
    let (credits, unmatched) = (of(EntryKind::Credit)?, of(EntryKind::Unmatched)?);
    let (waived, refunded) = (of(EntryKind::Waiver)?, of(EntryKind::Refund)?);
    let late = match closing {
        None => 0,
        Some(closing) => sum(&|entry: &Entry| entry.kind.is_income() && entry.at >= closing.at)?,
    };
    if waived > asked.0 {
        return Err(FoldProblem::WaivedTooMuch);
    }
    if unmatched > credits {
        return Err(FoldProblem::UnmatchedTooMuch);
    }
    let paid = income - unmatched;
    if refunded > paid {
        return Err(FoldProblem::RefundedTooMuch);
    }
    let held = paid - refunded;
    let due = if closing.is_some() { 0 } else { asked.0 - waived };
    let (remaining, over) = ((due - held).max(0), (held - due).max(0));
    let state = match closing.map(|closing| closing.how) {
        Some(ClosedAs::Cancelled) => RequestState::Cancelled,
        Some(ClosedAs::Expired) => RequestState::Expired,
        None if over > 0 => RequestState::Overpaid,
        None if remaining > 0 && held > 0 => RequestState::PartlyPaid,
        None if remaining > 0 => RequestState::Owed,
        None if held > 0 => RequestState::Paid,
        None if refunded > 0 => RequestState::Refunded,
        None => RequestState::NothingDue,
    };
    Ok(Standing {
        state,
        due: Dong(due),
        paid: Dong(paid),
        refunded: Dong(refunded),
        held: Dong(held),
        remaining: Dong(remaining),
        over: Dong(over),
        late: Dong(late),
    })
}
