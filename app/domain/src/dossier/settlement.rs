//! What a withdrawn dossier owes its resident: the papers that it held, and the money that was paid for it.

use super::act::Payment;
use super::decide::{proven, required};
use super::event::Event;
use super::refusal::Refusal;
use super::state::Dossier;
use super::status::{PaymentState, Status, SubState, keyed};
use crate::{money::Dong, time::Instant};

keyed! {
    /// What became of the original papers.
    PapersBack {
        /// The office kept none.
        NothingKept = "nothing_kept",
        /// They are in the resident's hands.
        Returned = "returned",
        /// They lie at the counter until somebody comes for them.
        ToFetch = "to_fetch",
    }
}

keyed! {
    /// What became of the money.
    MoneyBack {
        /// None is recorded as paid.
        NothingPaid = "nothing_paid",
        /// It went back, or a part of it.
        Refunded = "refunded",
        /// It does not go back, for a reason.
        Kept = "kept",
        /// It is still to be said.
        Later = "later",
    }
}

/// What a clerk says of papers and money when a dossier is withdrawn, or afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    /// The papers.
    pub papers: PapersBack,
    /// The money.
    pub money: MoneyBack,
    /// To whom, how much and how it went back; with [`MoneyBack::Refunded`] alone.
    pub refund: Option<Payment>,
    /// Why the money, or a part of it, does not go back.
    pub reason: String,
}

impl Settlement {
    /// Papers are in the resident's hands, and no money was paid.
    pub const fn papers_returned() -> Self {
        Self { papers: PapersBack::Returned, money: MoneyBack::NothingPaid, refund: None, reason: String::new() }
    }
}

impl Dossier {
    /// What the office has of the fees and duties that were recorded with their amounts.
    pub fn money_held(&self) -> Dong {
        Dong((self.fees.paid.0 + self.duties_paid.0 - self.fees.refunded.0).max(0))
    }

    /// Whether money was paid for it that has not gone back.
    pub fn has_money(&self) -> bool {
        self.payment == PaymentState::Paid || self.money_held() > Dong(0)
    }

    /// Whether it was withdrawn and papers or money are still to be settled.
    pub const fn owes_settlement(&self) -> bool {
        self.papers_to_fetch || self.money_to_settle
    }

    /// Where a withdrawn dossier is by what it still owes.
    pub(super) fn settle_sub_state(&mut self) {
        if self.status == Status::Withdrawn {
            self.sub_state = if self.owes_settlement() { SubState::AwaitingSettlement } else { SubState::Closed };
        }
    }
}

/// The events of a withdrawal that is confirmed.
pub(super) fn withdrawn(dossier: &Dossier, said: &Settlement, at: Instant) -> Result<Vec<Event>, Refusal> {
    let refund = refund_of(dossier, said, at)?;
    let first = Event::Withdrawn { papers: Some(said.papers), money: Some(said.money), reason: reason_kept(said) };
    Ok([first].into_iter().chain(refund).collect())
}

/// The events of what is settled afterwards: something has to be.
pub(super) fn settled(dossier: &Dossier, said: &Settlement, at: Instant) -> Result<Vec<Event>, Refusal> {
    if dossier.papers_to_fetch && said.papers == PapersBack::NothingKept {
        return Err(Refusal::PapersNotReturned);
    }
    let papers = (dossier.papers_to_fetch && said.papers == PapersBack::Returned).then_some(said.papers);
    let refund = if dossier.money_to_settle { refund_of(dossier, said, at)? } else { None };
    let money = (dossier.money_to_settle && said.money != MoneyBack::Later).then_some(said.money);
    if papers.is_none() && money.is_none() {
        return Err(Refusal::NothingChanges);
    }
    let reason = if money.is_some() { reason_kept(said) } else { String::new() };
    Ok([Event::WithdrawalSettled { papers, money, reason }].into_iter().chain(refund).collect())
}

/// The note of the money that went back. What is kept of it needs a reason.
fn refund_of(dossier: &Dossier, said: &Settlement, at: Instant) -> Result<Option<Event>, Refusal> {
    match said.money {
        MoneyBack::NothingPaid if dossier.has_money() => Err(Refusal::MoneyNotSettled),
        MoneyBack::NothingPaid => Ok(None),
        _ if !dossier.has_money() => Err(Refusal::NothingPaid),
        MoneyBack::Later => Ok(None),
        MoneyBack::Kept => required(said.reason.clone()).map(|_| None),
        MoneyBack::Refunded => {
            let paid = proven(said.refund.clone().ok_or(Refusal::MissingAmount)?, at)?;
            let held = dossier.money_held();
            // A payment that was noted without its amount sets no bound.
            if held > Dong(0) && paid.amount > held {
                return Err(Refusal::MoreThanPaid { held });
            }
            let reason = said.reason.clone();
            let reason = if paid.amount < held { required(reason)? } else { reason };
            Ok(Some(Event::PaymentNoted { state: PaymentState::Refunded, paid: Some(paid), reason }))
        }
    }
}

/// The reason, where it says why money stays; that of a refund stands with the refund.
fn reason_kept(said: &Settlement) -> String {
    if said.money == MoneyBack::Kept { said.reason.clone() } else { String::new() }
}
