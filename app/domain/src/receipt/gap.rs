//! The numbers of a series that no valid receipt bears, and whether somebody can say why.

use super::{number::ReceiptNumber, state::ReceiptState};
use crate::dossier::keyed;
use std::collections::BTreeMap;

keyed! {
    /// Why no valid receipt bears a number.
    GapReason {
        /// The number was given up, with its reason.
        Cancelled = "cancelled",
        /// The number is taken, and the signature is still to come.
        WaitsForSignature = "waits_for_signature",
        /// There is no trace of the number.
        Missing = "missing",
        /// The number is borne more than once.
        Repeated = "repeated",
        /// The number is borne, and the series says that it has not come to it.
        NotGivenYet = "not_given_yet",
    }
}

impl GapReason {
    /// Whether the reason is an ordinary one. The others mean that records were lost or changed.
    pub const fn is_explained(self) -> bool {
        matches!(self, Self::Cancelled | Self::WaitsForSignature)
    }
}

/// Neighbouring numbers that no valid receipt bears, for one reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// The first number.
    pub from: ReceiptNumber,
    /// The last number; the first one when there is but one.
    pub to: ReceiptNumber,
    /// Why.
    pub reason: GapReason,
}

/// The gaps among the receipts of one series, the lowest first; none when each number up to the last is borne by one
/// valid receipt. `last_taken` is what the series' counter says, none when no number was taken.
pub fn gaps(
    last_taken: Option<ReceiptNumber>,
    receipts: impl IntoIterator<Item = (ReceiptNumber, ReceiptState)>,
) -> Vec<Gap> {
    let mut borne: BTreeMap<ReceiptNumber, (ReceiptState, bool)> = BTreeMap::new();
    for (number, state) in receipts {
        borne.entry(number).and_modify(|(_, repeated)| *repeated = true).or_insert((state, false));
    }
    let mut found = Vec::new();
    let mut expected = Some(ReceiptNumber::FIRST);
    for (number, (state, repeated)) in borne {
        missing_before(&mut found, expected, number);
        expected = number.next();
        let reason = match state {
            _ if repeated => Some(GapReason::Repeated),
            _ if last_taken.is_none_or(|last| number > last) => Some(GapReason::NotGivenYet),
            ReceiptState::Cancelled => Some(GapReason::Cancelled),
            ReceiptState::Draft => Some(GapReason::WaitsForSignature),
            _ => None,
        };
        if let Some(reason) = reason {
            add(&mut found, Gap { from: number, to: number, reason });
        }
    }
    if let (Some(from), Some(to)) = (expected, last_taken)
        && from <= to
    {
        add(&mut found, Gap { from, to, reason: GapReason::Missing });
    }
    found
}

/// What is missing from the expected number up to the one before `number`.
fn missing_before(found: &mut Vec<Gap>, expected: Option<ReceiptNumber>, number: ReceiptNumber) {
    let before = number.value().checked_sub(1).and_then(|value| ReceiptNumber::new(value).ok());
    if let (Some(from), Some(to)) = (expected, before)
        && from <= to
    {
        add(found, Gap { from, to, reason: GapReason::Missing });
    }
}

/// Adds a gap behind the others, or lengthens the last one when it goes on.
fn add(found: &mut Vec<Gap>, gap: Gap) {
    match found.last_mut() {
        Some(last) if last.reason == gap.reason && last.to.next() == Some(gap.from) => last.to = gap.to,
        _ => found.push(gap),
    }
}
