//! Where the money of a dossier stands, from its events: form 05 says it.

use super::{Event, Payment, PaymentState};
use crate::money::Dong;
use serde::{Deserialize, Serialize};

/// What was paid of the fees so far, and paid back. A later note that something is owed or exempt takes nothing away
/// from what changed hands before it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fees {
    pub paid: Dong,
    pub refunded: Dong,
}

impl Fees {
    /// Adds what a note says about money that changed hands.
    pub fn note(&mut self, state: PaymentState, paid: Option<&Payment>) {
        let amount = paid.map_or(0, |paid| paid.amount.0);
        match state {
            PaymentState::Paid => self.paid.0 += amount,
            PaymentState::Refunded => self.refunded.0 += amount,
            PaymentState::NothingDue | PaymentState::Exempt | PaymentState::Owed => {}
        }
    }

    /// What the office still has of it.
    pub fn held(&self) -> Dong {
        Dong((self.paid.0 - self.refunded.0).max(0))
    }
}

/// Where the money stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    /// Where the fees stand by the last note.
    pub fees: PaymentState,
    /// Fees paid, all notes together.
    #[serde(alias = "fees_amount")]
    pub fees_paid: Dong,
    /// Fees paid back.
    #[serde(default)]
    pub fees_refunded: Dong,
    /// What was paid as a financial duty.
    pub duties_paid: Dong,
}

impl Default for Money {
    fn default() -> Self {
        Self { fees: PaymentState::NothingDue, fees_paid: Dong(0), fees_refunded: Dong(0), duties_paid: Dong(0) }
    }
}

/// Adds the events up, in the order in which they happened.
pub fn money<'a>(events: impl IntoIterator<Item = &'a Event>) -> Money {
    let (mut money, mut fees) = (Money::default(), Fees::default());
    for event in events {
        match event {
            Event::DutyMet { paid, .. } => money.duties_paid.0 += paid.as_ref().map_or(0, |paid| paid.amount.0),
            Event::PaymentNoted { state, paid, .. } => {
                fees.note(*state, paid.as_ref());
                money.fees = *state;
            }
            _ => {}
        }
    }
    Money { fees_paid: fees.paid, fees_refunded: fees.refunded, ..money }
}
