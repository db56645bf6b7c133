//! What is done with a receipt, and whether its state leaves that open.

use super::state::{Cancellation, CorrectedBy, CorrectionKind, Receipt, ReceiptRef, ReceiptState, SigningFailure};
use crate::{dossier::keyed, time::Instant};
use serde::{Deserialize, Serialize};

keyed! {
    /// The kinds of act. The keys are those that records keep.
    ReceiptActKind {
        /// The collecting office's signature is on it.
        Sign = "sign",
        /// A try to sign it failed.
        FailToSign = "fail_to_sign",
        /// The payer got it.
        SendToPayer = "send_to_payer",
        /// The tax authority got its data.
        SendToTax = "send_to_tax",
        /// Given up, before the payer had it.
        Cancel = "cancel",
        /// Another receipt takes its place.
        Replace = "replace",
        /// Another receipt corrects a part of it.
        Adjust = "adjust",
        /// Notice 04/SS-CTĐT about it was sent.
        NotifyTax = "notify_tax",
    }
}

/// What is done with a receipt whose number was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum ReceiptAct {
    /// The collecting office's signature is on it.
    Sign,
    /// A try to sign it failed; number and draft stay, and it is tried again or cancelled.
    FailToSign {
        /// What the signing service said.
        why: String,
    },
    /// The payer got it.
    SendToPayer,
    /// The tax authority got its data.
    SendToTax,
    /// It is given up before the payer had it. What is right is issued under a new number.
    Cancel {
        /// Why; may not be blank.
        reason: String,
    },
    /// Another receipt takes its place.
    Replace {
        /// The other one, which names this one in its content and is in the payer's hands: it can be cancelled no more.
        by: ReceiptRef,
        /// What was wrong; may not be blank.
        reason: String,
    },
    /// Another receipt corrects a part of it.
    Adjust {
        /// The other one, which names this one in its content and is in the payer's hands: it can be cancelled no more.
        by: ReceiptRef,
        /// What was wrong; may not be blank.
        reason: String,
    },
    /// Notice 04/SS-CTĐT about everything that was put right so far was sent.
    NotifyTax,
}

impl ReceiptAct {
    /// Its kind.
    pub const fn kind(&self) -> ReceiptActKind {
        match self {
            Self::Sign => ReceiptActKind::Sign,
            Self::FailToSign { .. } => ReceiptActKind::FailToSign,
            Self::SendToPayer => ReceiptActKind::SendToPayer,
            Self::SendToTax => ReceiptActKind::SendToTax,
            Self::Cancel { .. } => ReceiptActKind::Cancel,
            Self::Replace { .. } => ReceiptActKind::Replace,
            Self::Adjust { .. } => ReceiptActKind::Adjust,
            Self::NotifyTax => ReceiptActKind::NotifyTax,
        }
    }
}

/// Why an act on a receipt was refused. The sentence that says it lives in the views.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReceiptRefusal {
    /// Not from here.
    WrongState { state: ReceiptState, act: ReceiptActKind },
    /// The payer has it: it cannot be cancelled any more, only replaced or adjusted.
    Delivered,
    /// The payer does not have it: it is cancelled, and a new one issued.
    NotDelivered,
    /// It was adjusted before, or replaces another receipt: what is wrong a second time is put right as the first time.
    OtherWayBefore { way: CorrectionKind },
    /// It adjusts another receipt: put that one right once more.
    IsAnAdjustment,
    /// The tax authority has its data already.
    AlreadyReported,
    /// Nothing was put right that the tax authority does not know of.
    NothingToNotify,
    /// A required reason is blank.
    MissingReason,
    /// It is said to be put right by itself.
    CorrectsItself,
    /// It is said to be put right by a receipt that did so before.
    UsedBefore,
}

/// Whether the state leaves a kind of act open, whoever acts and whatever the particulars.
///
/// # Errors
/// Why not.
pub fn permitted(receipt: &Receipt, kind: ReceiptActKind) -> Result<(), ReceiptRefusal> {
    use ReceiptState::{Adjusted, Cancelled, Draft, Replaced, SentToPayer, SentToTax, Signed};
    let state = receipt.state;
    let fits = match kind {
        ReceiptActKind::Sign | ReceiptActKind::FailToSign => state == Draft,
        ReceiptActKind::SendToPayer => state == Signed,
        ReceiptActKind::SendToTax => match state {
            // What was wrong is told as it was, also after it was put right.
            SentToPayer | SentToTax | Adjusted | Replaced if receipt.owes_data() => true,
            SentToPayer | SentToTax | Adjusted | Replaced => return Err(ReceiptRefusal::AlreadyReported),
            Draft | Signed | Cancelled => false,
        },
        ReceiptActKind::Cancel => match state {
            Draft | Signed => true,
            SentToPayer | SentToTax | Adjusted | Replaced => return Err(ReceiptRefusal::Delivered),
            Cancelled => false,
        },
        ReceiptActKind::Replace => return correctable(receipt, CorrectionKind::Replacement),
        ReceiptActKind::Adjust => return correctable(receipt, CorrectionKind::Adjustment),
        ReceiptActKind::NotifyTax if receipt.owes_notice() => true,
        ReceiptActKind::NotifyTax => return Err(ReceiptRefusal::NothingToNotify),
    };
    if fits { Ok(()) } else { Err(ReceiptRefusal::WrongState { state, act: kind }) }
}

/// Whether a wrong receipt may be put right in that way.
fn correctable(receipt: &Receipt, way: CorrectionKind) -> Result<(), ReceiptRefusal> {
    let act = match way {
        CorrectionKind::Replacement => ReceiptActKind::Replace,
        CorrectionKind::Adjustment => ReceiptActKind::Adjust,
    };
    match receipt.state {
        ReceiptState::Draft | ReceiptState::Signed => Err(ReceiptRefusal::NotDelivered),
        ReceiptState::Cancelled | ReceiptState::Replaced => {
            Err(ReceiptRefusal::WrongState { state: receipt.state, act })
        }
        ReceiptState::SentToPayer | ReceiptState::SentToTax | ReceiptState::Adjusted => {
            let first = receipt.corrected.first().map(|correction| correction.kind);
            match (receipt.corrects, first) {
                (Some(CorrectionKind::Adjustment), _) => Err(ReceiptRefusal::IsAnAdjustment),
                (_, Some(first)) | (Some(first), None) if first != way => {
                    Err(ReceiptRefusal::OtherWayBefore { way: first })
                }
                _ => Ok(()),
            }
        }
    }
}

impl Receipt {
    /// The kinds of act that the state leaves open, whoever acts. Particulars may still be refused.
    pub fn allowed(&self) -> Vec<ReceiptActKind> {
        ReceiptActKind::ALL.iter().copied().filter(|kind| permitted(self, *kind).is_ok()).collect()
    }

    /// What can be done when the receipt is wrong: cancel it as long as the payer does not have it, and then replace or
    /// adjust it; nothing when it is out of the world already.
    pub fn remedies(&self) -> Vec<ReceiptActKind> {
        let remedies = [ReceiptActKind::Cancel, ReceiptActKind::Replace, ReceiptActKind::Adjust];
        remedies.into_iter().filter(|kind| permitted(self, *kind).is_ok()).collect()
    }
}

/// The receipt after the act. `at` is the server's time.
///
/// # Errors
/// The first [`ReceiptRefusal`] found: first whether the state leaves the kind of act open, then the particulars.
pub fn apply(receipt: &Receipt, act: &ReceiptAct, at: Instant) -> Result<Receipt, ReceiptRefusal> {
    permitted(receipt, act.kind())?;
    let mut after = receipt.clone();
    match act {
        ReceiptAct::Sign => {
            after.state = ReceiptState::Signed;
            after.signed = Some(at);
        }
        ReceiptAct::FailToSign { why } => after.failures.push(SigningFailure { at, why: why.trim().to_owned() }),
        ReceiptAct::SendToPayer => {
            after.state = ReceiptState::SentToPayer;
            after.delivered = Some(at);
        }
        ReceiptAct::SendToTax => {
            if after.state == ReceiptState::SentToPayer {
                after.state = ReceiptState::SentToTax;
            }
            after.reported = Some(at);
        }
        ReceiptAct::Cancel { reason } => {
            after.cancelled = Some(Cancellation { at, reason: required(reason)? });
            after.state = ReceiptState::Cancelled;
        }
        ReceiptAct::Replace { by, reason } => {
            correct(&mut after, CorrectionKind::Replacement, *by, reason, at)?;
            after.state = ReceiptState::Replaced;
        }
        ReceiptAct::Adjust { by, reason } => {
            correct(&mut after, CorrectionKind::Adjustment, *by, reason, at)?;
            after.state = ReceiptState::Adjusted;
        }
        ReceiptAct::NotifyTax => {
            for correction in &mut after.corrected {
                correction.notified = correction.notified.or(Some(at));
            }
        }
    }
    Ok(after)
}

fn correct(
    receipt: &mut Receipt,
    kind: CorrectionKind,
    by: ReceiptRef,
    reason: &str,
    at: Instant,
) -> Result<(), ReceiptRefusal> {
    let reason = required(reason)?;
    if by == receipt.reference {
        return Err(ReceiptRefusal::CorrectsItself);
    }
    if receipt.corrected.iter().any(|earlier| earlier.by == by) {
        return Err(ReceiptRefusal::UsedBefore);
    }
    receipt.corrected.push(CorrectedBy { kind, by, reason, at, notified: None });
    Ok(())
}

fn required(text: &str) -> Result<String, ReceiptRefusal> {
    let text = text.trim();
    if text.is_empty() { Err(ReceiptRefusal::MissingReason) } else { Ok(text.to_owned()) }
}
