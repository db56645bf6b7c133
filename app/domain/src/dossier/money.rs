//! Where the money of a dossier stands, from its events: form 05 says it.

use super::{Event, Payment, PaymentState};
use crate::money::Dong;
use serde::{Deserialize, Serialize};

/// Where the money stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    /// Where the fees stand.
    pub fees: PaymentState,
    /// Fees paid, or paid back when `fees` says so.
    pub fees_amount: Dong,
    /// What was paid as a financial duty.
    pub duties_paid: Dong,
}

impl Default for Money {
    fn default() -> Self {
        Self { fees: PaymentState::NothingDue, fees_amount: Dong(0), duties_paid: Dong(0) }
    }
}

/// Adds the events up, in the order in which they happened. A later note of another state replaces what was noted
/// before; two notes of the same state are two payments.
pub fn money<'a>(events: impl IntoIterator<Item = &'a Event>) -> Money {
    let amount = |paid: &Option<Payment>| paid.as_ref().map_or(0, |paid| paid.amount.0);
    let mut money = Money::default();
    for event in events {
        match event {
            Event::DutyMet { paid, .. } => money.duties_paid.0 += amount(paid),
            Event::PaymentNoted { state, paid, .. } => {
                let before = if *state == money.fees { money.fees_amount.0 } else { 0 };
                money = Money { fees: *state, fees_amount: Dong(before + amount(paid)), ..money };
            }
            _ => {}
        }
    }
    money
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        dossier::PaymentWay,
        time::{Day, Instant},
    };

    fn paid(amount: i64) -> Option<Payment> {
        let way = PaymentWay::Cash;
        Some(Payment { payer: "A".into(), amount: Dong(amount), way, on: Day(0), proof: String::new() })
    }

    fn noted(state: PaymentState, amount: i64) -> Event {
        Event::PaymentNoted { state, paid: paid(amount), reason: String::new() }
    }

    #[test]
    fn fees_and_duties_add_up_apart_and_a_new_state_begins_anew() {
        let duty = Event::DutyMet { due: Instant(0), redated_due: None, paid: paid(500_000) };
        let mut events = vec![noted(PaymentState::Paid, 8_000), duty, noted(PaymentState::Paid, 2_000)];
        let before = money(&events);
        assert_eq!(
            (before.fees, before.fees_amount, before.duties_paid),
            (PaymentState::Paid, Dong(10_000), Dong(500_000))
        );
        events.push(noted(PaymentState::Refunded, 10_000));
        let after = money(&events);
        assert_eq!(
            (after.fees, after.fees_amount, after.duties_paid),
            (PaymentState::Refunded, Dong(10_000), Dong(500_000))
        );
        assert_eq!(money([]), Money::default());
    }
}
