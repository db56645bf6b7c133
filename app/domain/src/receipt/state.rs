//! The state of an electronic receipt: what was done with its number.

use super::{
    number::{ReceiptNumber, Series, Taken},
    usage::Fate,
};
use crate::{
    dossier::keyed,
    time::{Day, Instant},
};
use serde::{Deserialize, Serialize};

keyed! {
    /// Where a receipt stands. The keys are those of its life in the order of Nghị định 123/2020/NĐ-CP.
    ReceiptState {
        /// The number is taken; the signature is still to come.
        Draft = "NHAP",
        /// Signed by the collecting office, in nobody else's hands yet.
        Signed = "DA_KY",
        /// The payer has it.
        SentToPayer = "DA_GUI_NGUOI_NOP",
        /// The tax authority has its data.
        SentToTax = "DA_GUI_CQT",
        /// Given up before the payer had it; the number stays used.
        Cancelled = "HUY",
        /// The payer had it, and another receipt stands in its place.
        Replaced = "BI_THAY_THE",
        /// The payer has it, and another receipt corrects a part of it.
        Adjusted = "BI_DIEU_CHINH",
    }
}

keyed! {
    /// How a receipt that was delivered is put right.
    CorrectionKind {
        /// A new receipt says everything anew.
        Replacement = "thay_the",
        /// A new receipt says the difference alone.
        Adjustment = "dieu_chinh",
    }
}

impl CorrectionKind {
    /// The number that the content of a receipt knows the way by (`TCCTu`).
    pub const fn content_code(self) -> u8 {
        match self {
            Self::Replacement => 1,
            Self::Adjustment => 2,
        }
    }
}

/// Names one receipt for good: no two ever bear the same form, serial and number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ReceiptRef {
    /// Form and serial.
    pub series: Series,
    /// The number within them.
    pub number: ReceiptNumber,
}

/// What a receipt says of the wrong one that it puts right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// In which way.
    pub kind: CorrectionKind,
    /// The wrong receipt.
    pub of: ReceiptRef,
    /// The day on which that one was issued.
    pub issued: Day,
    /// What was wrong.
    pub reason: String,
}

/// A receipt that puts this one right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectedBy {
    /// In which way.
    pub kind: CorrectionKind,
    /// The other receipt.
    pub by: ReceiptRef,
    /// What was wrong.
    pub reason: String,
    /// When.
    pub at: Instant,
    /// When notice 04/SS-CTĐT about it was sent to the tax authority; none while it is owed.
    pub notified: Option<Instant>,
}

/// A signing that did not come about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SigningFailure {
    /// When it was tried.
    pub at: Instant,
    /// What the signing service said.
    pub why: String,
}

/// A receipt that was given up before the payer had it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cancellation {
    /// When.
    pub at: Instant,
    /// Why: it explains the number in every later report.
    pub reason: String,
}

/// An electronic receipt. It begins with its number, [`Receipt::new`], and changes by [`super::apply`] alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Which receipt it is.
    pub reference: ReceiptRef,
    /// When the number was taken: the moment of issue.
    pub taken: Instant,
    /// What it puts right, when it was made for that.
    pub corrects: Option<CorrectionKind>,
    /// Where it stands.
    pub state: ReceiptState,
    /// Tries to sign it that failed, the oldest first.
    pub failures: Vec<SigningFailure>,
    /// When it was signed.
    pub signed: Option<Instant>,
    /// When the payer got it.
    pub delivered: Option<Instant>,
    /// When the tax authority got its data.
    pub reported: Option<Instant>,
    /// When and why it was cancelled.
    pub cancelled: Option<Cancellation>,
    /// What puts it right, the oldest first.
    pub corrected: Vec<CorrectedBy>,
}

impl Receipt {
    /// The receipt of a number that was just taken.
    pub const fn new(series: Series, taken: Taken, corrects: Option<CorrectionKind>) -> Self {
        Self {
            reference: ReceiptRef { series, number: taken.number },
            taken: taken.at,
            corrects,
            state: ReceiptState::Draft,
            failures: Vec::new(),
            signed: None,
            delivered: None,
            reported: None,
            cancelled: None,
            corrected: Vec::new(),
        }
    }

    /// The day of issue that it bears.
    pub const fn issued(&self) -> Day {
        self.taken.day()
    }

    /// Whether the tax authority is still to be told by notice 04/SS-CTĐT that it was wrong.
    pub fn owes_notice(&self) -> bool {
        self.corrected.iter().any(|correction| correction.notified.is_none())
    }

    /// Whether the tax authority still lacks its data: it gets those of everything that a payer had, also of what was
    /// put right since.
    pub const fn owes_data(&self) -> bool {
        self.delivered.is_some() && self.reported.is_none()
    }

    /// What a report of use counts it as.
    pub fn fate(&self) -> Fate {
        let replaced = self.corrected.iter().find(|correction| correction.kind == CorrectionKind::Replacement);
        match (&self.cancelled, replaced) {
            (Some(cancelled), _) => Fate::Cancelled { on: cancelled.at.day() },
            (None, Some(replaced)) => Fate::Replaced { on: replaced.at.day() },
            (None, None) if self.signed.is_none() => Fate::Waiting,
            (None, None) => Fate::Standing,
        }
    }
}
