//! The states of a receipt.

use super::*;
use ReceiptActKind::{Adjust, Cancel, FailToSign, NotifyTax, Replace, SendToPayer, SendToTax, Sign};
use proptest::prelude::*;

const REASON: &str = "sai họ tên người nộp";

/// An act of that kind with good particulars; `other` is the receipt that puts right.
fn sample(kind: ReceiptActKind, other: u32) -> ReceiptAct {
    let (by, reason) = (reference(other), REASON.to_owned());
    match kind {
        Sign => ReceiptAct::Sign,
        FailToSign => ReceiptAct::FailToSign { why: "no answer".into() },
        SendToPayer => ReceiptAct::SendToPayer,
        SendToTax => ReceiptAct::SendToTax,
        Cancel => ReceiptAct::Cancel { reason },
        Replace => ReceiptAct::Replace { by, reason },
        Adjust => ReceiptAct::Adjust { by, reason },
        NotifyTax => ReceiptAct::NotifyTax,
    }
}

fn begun(corrects: Option<CorrectionKind>) -> Receipt {
    Receipt::new(series(), Taken { number: number(7), at: at("2026-11-27T09:00") }, corrects)
}

/// A receipt to which these things happened, a minute after each other.
fn after(kinds: &[ReceiptActKind]) -> Receipt {
    after_from(begun(None), kinds)
}

fn after_from(receipt: Receipt, kinds: &[ReceiptActKind]) -> Receipt {
    (1u32..).zip(kinds).fold(receipt, |receipt, (minute, kind)| {
        let now = receipt.taken.plus_ms(i64::from(minute) * 60_000);
        apply(&receipt, &sample(*kind, 100 + minute), now).unwrap()
    })
}

#[test]
fn a_receipt_goes_from_its_number_to_the_tax_authority() {
    let receipt = begun(None);
    assert_eq!((receipt.state, receipt.fate()), (ReceiptState::Draft, Fate::Waiting));
    let states = [Sign, SendToPayer, SendToTax].into_iter().scan(receipt, |receipt, kind| {
        *receipt = apply(receipt, &sample(kind, 8), at("2026-11-27T09:01")).unwrap();
        Some(receipt.state.key())
    });
    assert_eq!(states.collect::<Vec<_>>(), ["DA_KY", "DA_GUI_NGUOI_NOP", "DA_GUI_CQT"]);
}

#[test]
fn each_state_leaves_these_acts_open() {
    let table: [(&[ReceiptActKind], &[ReceiptActKind]); 12] = [
        (&[], &[Sign, FailToSign, Cancel]),
        (&[FailToSign, FailToSign], &[Sign, FailToSign, Cancel]),
        (&[Sign], &[SendToPayer, Cancel]),
        (&[Sign, SendToPayer], &[SendToTax, Replace, Adjust]),
        (&[Sign, SendToPayer, SendToTax], &[Replace, Adjust]),
        (&[Cancel], &[]),
        (&[Sign, Cancel], &[]),
        (&[Sign, SendToPayer, Replace], &[SendToTax, NotifyTax]),
        (&[Sign, SendToPayer, SendToTax, Replace], &[NotifyTax]),
        (&[Sign, SendToPayer, SendToTax, Replace, NotifyTax], &[]),
        (&[Sign, SendToPayer, SendToTax, Adjust], &[Adjust, NotifyTax]),
        (&[Sign, SendToPayer, SendToTax, Adjust, NotifyTax], &[Adjust]),
    ];
    for (kinds, allowed) in table {
        assert_eq!(after(kinds).allowed(), allowed, "{kinds:?}");
    }
}

#[test]
fn a_failed_signature_keeps_the_number() {
    let failed = after(&[FailToSign, FailToSign]);
    assert_eq!((failed.state, failed.reference), (ReceiptState::Draft, reference(7)));
    assert_eq!(failed.failures.len(), 2);
    assert_eq!(failed.failures[0].why, "no answer");
    assert_eq!(after_from(failed, &[Sign]).state, ReceiptState::Signed);
}

#[test]
fn a_wrong_receipt_is_cancelled_before_the_payer_has_it_and_replaced_or_adjusted_after() {
    for undelivered in [after(&[]), after(&[Sign])] {
        assert_eq!(undelivered.remedies(), [Cancel]);
        assert_eq!(permitted(&undelivered, Replace), Err(ReceiptRefusal::NotDelivered));
        assert_eq!(permitted(&undelivered, Adjust), Err(ReceiptRefusal::NotDelivered));
    }
    for delivered in [after(&[Sign, SendToPayer]), after(&[Sign, SendToPayer, SendToTax])] {
        assert_eq!(delivered.remedies(), [Replace, Adjust]);
        assert_eq!(permitted(&delivered, Cancel), Err(ReceiptRefusal::Delivered));
    }
    assert_eq!(after(&[Sign, Cancel]).remedies(), []);
}

#[test]
fn a_cancelled_receipt_owes_no_notice_and_a_replaced_one_does() {
    let cancelled = after(&[Sign, Cancel]);
    assert!(!cancelled.owes_notice() && cancelled.wrong().is_none());
    assert_eq!(cancelled.cancelled.map(|it| it.reason).as_deref(), Some(REASON));

    let replaced = after(&[Sign, SendToPayer, Replace]);
    assert!(replaced.owes_notice() && replaced.owes_data());
    let line = WrongReceipt { receipt: reference(7), issued: day("2026-11-27"), reason: REASON.into() };
    assert_eq!(replaced.wrong(), Some(line));
    let told = after_from(replaced, &[NotifyTax]);
    assert!(!told.owes_notice() && told.wrong().is_none());
    assert_eq!(permitted(&told, NotifyTax), Err(ReceiptRefusal::NothingToNotify));
}

#[test]
fn the_data_of_what_was_put_right_reach_the_tax_authority_too() {
    let replaced = after(&[Sign, SendToPayer, Replace, SendToTax]);
    assert_eq!(replaced.state, ReceiptState::Replaced);
    assert!(!replaced.owes_data());
    assert_eq!(permitted(&replaced, SendToTax), Err(ReceiptRefusal::AlreadyReported));
}

#[test]
fn what_is_wrong_a_second_time_is_put_right_as_the_first_time() {
    let twice = after(&[Sign, SendToPayer, Adjust, NotifyTax, Adjust]);
    assert_eq!(twice.corrected.len(), 2);
    assert!(twice.owes_notice());
    let adjusted = ReceiptRefusal::OtherWayBefore { way: CorrectionKind::Adjustment };
    assert_eq!(permitted(&twice, Replace), Err(adjusted));

    let replacing = after_from(begun(Some(CorrectionKind::Replacement)), &[Sign, SendToPayer]);
    let replaced = ReceiptRefusal::OtherWayBefore { way: CorrectionKind::Replacement };
    assert_eq!(permitted(&replacing, Adjust), Err(replaced));
    assert_eq!(permitted(&replacing, Replace), Ok(()));

    let adjusting = after_from(begun(Some(CorrectionKind::Adjustment)), &[Sign, SendToPayer]);
    for way in [Replace, Adjust] {
        assert_eq!(permitted(&adjusting, way), Err(ReceiptRefusal::IsAnAdjustment));
    }
}

#[test]
fn particulars_are_refused_with_their_reason() {
    let (draft, delivered) = (after(&[]), after(&[Sign, SendToPayer]));
    let now = at("2026-11-27T10:00");
    let blank = || "  ".to_owned();
    let other = reference(8);
    assert_eq!(apply(&draft, &ReceiptAct::Cancel { reason: blank() }, now), Err(ReceiptRefusal::MissingReason));
    let replace = ReceiptAct::Replace { by: other, reason: blank() };
    assert_eq!(apply(&delivered, &replace, now), Err(ReceiptRefusal::MissingReason));
    let by_itself = ReceiptAct::Replace { by: reference(7), reason: REASON.into() };
    assert_eq!(apply(&delivered, &by_itself, now), Err(ReceiptRefusal::CorrectsItself));
    let adjust = ReceiptAct::Adjust { by: other, reason: REASON.into() };
    let adjusted = apply(&delivered, &adjust, now).unwrap();
    assert_eq!(apply(&adjusted, &adjust, now), Err(ReceiptRefusal::UsedBefore));
}

#[test]
fn an_act_is_kept_and_read_back() {
    for kind in ReceiptActKind::ALL {
        let act = sample(*kind, 8);
        let kept = serde_json::to_value(&act).unwrap();
        assert_eq!(kept["act"], kind.key());
        assert_eq!(serde_json::from_value::<ReceiptAct>(kept).unwrap(), act);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_life_keeps_the_invariants(
        kinds in prop::collection::vec(prop::sample::select(ReceiptActKind::ALL), 0..40),
        corrects in prop::option::of(prop::sample::select(CorrectionKind::ALL)),
    ) {
        let mut receipt = begun(corrects);
        for (minute, kind) in (1u32..).zip(kinds) {
            let is_allowed = receipt.allowed().contains(&kind);
            let now = receipt.taken.plus_ms(i64::from(minute) * 60_000);
            let taken = apply(&receipt, &sample(kind, 100 + minute), now);
            // With good particulars, what the state leaves open is taken, and nothing else is.
            prop_assert_eq!(taken.is_ok(), is_allowed);
            let Ok(after) = taken else { continue };
            // The number is for good.
            prop_assert_eq!((after.reference, after.taken), (receipt.reference, receipt.taken));
            // What happened is not forgotten.
            prop_assert!(after.signed >= receipt.signed && after.delivered >= receipt.delivered);
            prop_assert!(after.reported >= receipt.reported && after.corrected.len() >= receipt.corrected.len());
            receipt = after;
        }
        // Nobody holds a cancelled receipt, or an unsigned one.
        prop_assert!(receipt.cancelled.is_none() || receipt.delivered.is_none());
        prop_assert!(receipt.delivered.is_none() || receipt.signed.is_some());
        prop_assert!(receipt.reported.is_none() || receipt.delivered.is_some());
        prop_assert!(receipt.corrected.is_empty() || receipt.delivered.is_some());
        prop_assert_eq!(receipt.cancelled.is_some(), receipt.state == ReceiptState::Cancelled);
    }
}
