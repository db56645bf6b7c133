//! A refund (hoàn trả): money that goes back to a payer, asked by one person and approved by another.
//!
//! While it is under way it holds its amount back, so that two refunds of one request never give more than is there.
//! Only when the payer has the money is the entry [`super::request::EntryKind::Refund`] written.

use super::{AccountNumber, Bin};
use crate::{dossier::keyed, money::Dong};
use serde::{Deserialize, Serialize};

keyed! {
    /// Where a refund stands.
    RefundState {
        /// Asked; somebody else is to decide.
        Asked = "asked",
        /// Approved; the money is to be sent.
        Approved = "approved",
        /// Not approved, with a reason.
        Rejected = "rejected",
        /// Sent; whether it arrived is not known yet.
        Sent = "sent",
        /// The payer has it.
        Done = "done",
        /// It came back; it may be sent again to the same payee.
        Failed = "failed",
        /// Given up, with a reason: another payee needs another refund, which is approved anew.
        GivenUp = "given_up",
    }
}

impl RefundState {
    /// Whether it holds its amount back: under way, and not yet an entry of the request.
    pub const fn holds_back(self) -> bool {
        matches!(self, Self::Asked | Self::Approved | Self::Sent | Self::Failed)
    }
}

/// Where the money goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "way", rename_all = "snake_case")]
pub enum Destination {
    /// Cash, at the counter.
    Cash,
    /// An account.
    Transfer {
        /// Its bank.
        bin: Bin,
        /// Its number.
        account: AccountNumber,
    },
}

/// A refund. Whom, where and how much are fixed when it is asked: that is what was approved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    /// How much; from 1.
    pub amount: Dong,
    /// Who gets it.
    pub payee: String,
    /// Where it goes.
    pub to: Destination,
    /// Why.
    pub reason: String,
    /// Where it stands.
    pub state: RefundState,
    /// Member of staff who asked.
    pub asked_by: String,
    /// Member of staff who approved or rejected; never the one who asked.
    pub decided_by: Option<String>,
    /// How often it was sent.
    pub sendings: u32,
    /// What was said of the last step: why rejected, failed or given up, or the number of the transfer.
    pub remark: String,
}

/// What may go back of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Available {
    /// What the office holds of it: [`super::request::Standing::held`].
    pub held: Dong,
    /// What its other refunds hold back: the amounts of those for which [`RefundState::holds_back`].
    pub held_back: Dong,
}

impl Available {
    /// What another refund may give, zero at the least.
    pub fn free(self) -> Dong {
        Dong(self.held.0.saturating_sub(self.held_back.0).max(0))
    }
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// How much: all of it, or a part.
    pub amount: Dong,
    /// Who gets it.
    pub payee: String,
    /// Where it goes.
    pub to: Destination,
    /// Why.
    pub reason: String,
}

/// What somebody does with a refund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefundAct {
    /// Approve it.
    Approve,
    /// Do not approve it.
    Reject {
        /// Why; the one who asked reads it.
        reason: String,
    },
    /// Send the money, for the first time or once more.
    Send {
        /// The number of the transfer or of the voucher; may be empty.
        proof: String,
    },
    /// The payer has it.
    Confirm,
    /// It came back.
    Fail {
        /// What the bank said.
        reason: String,
    },
    /// Give it up before it is sent, or after it came back.
    GiveUp {
        /// Why.
        reason: String,
    },
}

/// Why something about a refund is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefundRefusal {
    /// The amount is zero or less.
    NotPositive,
    /// More than is held and not held back.
    MoreThanFree {
        /// What may go back.
        free: Dong,
    },
    /// Nobody is named who gets it.
    NoPayee,
    /// A reason is missing.
    NoReason,
    /// Whoever asked does not decide.
    SamePerson,
    /// Not possible where it stands.
    NotNow {
        /// Where it stands.
        state: RefundState,
    },
}

impl Refund {
    /// Asks for a refund.
    ///
    /// # Errors
    /// When there is nothing to give, nobody to give it to, or no reason.
    pub fn ask(by: &str, ask: Ask, available: Available) -> Result<Self, RefundRefusal> {
        let Ask { amount, payee, to, reason } = ask;
        if amount.0 < 1 {
            return Err(RefundRefusal::NotPositive);
        }
        if amount > available.free() {
            return Err(RefundRefusal::MoreThanFree { free: available.free() });
        }
        if payee.trim().is_empty() {
            return Err(RefundRefusal::NoPayee);
        }
        let reason = said(reason)?;
        Ok(Self {
            amount,
            payee,
            to,
            reason,
            state: RefundState::Asked,
            asked_by: by.to_owned(),
            decided_by: None,
            sendings: 0,
            remark: String::new(),
        })
    }

    /// The refund after an act of a member of staff.
    ///
    /// # Errors
    /// When it is not possible where the refund stands, not this person's, or without the reason that it needs.
    pub fn apply(&self, by: &str, act: RefundAct) -> Result<Self, RefundRefusal> {
        let mut next = self.clone();
        match (self.state, act) {
            (RefundState::Asked, RefundAct::Approve | RefundAct::Reject { .. }) if by == self.asked_by => {
                return Err(RefundRefusal::SamePerson);
            }
            (RefundState::Asked, RefundAct::Approve) => {
                next.state = RefundState::Approved;
                next.decided_by = Some(by.to_owned());
            }
            (RefundState::Asked, RefundAct::Reject { reason }) => {
                next.remark = said(reason)?;
                next.state = RefundState::Rejected;
                next.decided_by = Some(by.to_owned());
            }
            (RefundState::Approved | RefundState::Failed, RefundAct::Send { proof }) => {
                next.remark = proof;
                next.state = RefundState::Sent;
                next.sendings = self.sendings.saturating_add(1);
            }
            (RefundState::Sent, RefundAct::Confirm) => next.state = RefundState::Done,
            (RefundState::Sent, RefundAct::Fail { reason }) => {
                next.remark = said(reason)?;
                next.state = RefundState::Failed;
            }
            (RefundState::Asked | RefundState::Approved | RefundState::Failed, RefundAct::GiveUp { reason }) => {
                next.remark = said(reason)?;
                next.state = RefundState::GivenUp;
            }
            (state, _) => return Err(RefundRefusal::NotNow { state }),
        }
        Ok(next)
    }
}

/// A reason that says something.
fn said(reason: String) -> Result<String, RefundRefusal> {
    if reason.trim().is_empty() { Err(RefundRefusal::NoReason) } else { Ok(reason) }
}
