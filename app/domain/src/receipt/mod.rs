//! Receipts for fees (biên lai thu tiền phí, lệ phí), electronic and printed.
//!
//! A receipt begins with its number: [`Series::take`] gives the next one, which is committed before anything is signed,
//! and [`apply`] answers each [`ReceiptAct`] with the receipt after it or with a refusal. All is pure: who may act, what
//! signs and where rows lie are decided elsewhere. Sources: Nghị định 123/2020/NĐ-CP (Đ.30–40) as changed by
//! 70/2025/NĐ-CP, Thông tư 32/2025/TT-BTC; of printed books Thông tư 303/2016/TT-BTC. Choices made where those texts
//! leave room:
//!
//! - A failed signature changes nothing but the list of failures: the number stays, and is signed later or cancelled.
//! - Before the payer has a receipt it is cancelled, and what is right gets a new number; afterwards it is replaced or
//!   adjusted by another receipt that names it, once the payer has that one too, and the tax authority is told by notice
//!   04/SS-CTĐT.
//! - What is wrong a second time is put right as the first time, as of invoices (Đ.19): an adjusted receipt is adjusted
//!   again, one that replaces another is replaced. One that adjusts another is never put right itself: the first one is.
//! - The tax authority gets the data of everything that a payer had, also of what was put right before they were sent.
//! - The moment of issue is the one at which the number was taken; later numbers never bear an earlier one.
//! - An electronic receipt bears the serial of its year. Printed ones are used up in later years too.

mod act;
mod book;
mod content;
mod facts;
mod form;
mod gap;
mod lookup;
mod notice;
mod number;
mod serial;
mod state;
mod usage;
mod xml;

#[cfg(test)]
mod tests;

pub use act::{ReceiptAct, ReceiptActKind, ReceiptRefusal, apply, permitted};
pub use book::{BookMove, BookProblem, BookReport, Movement, NumberRange, NumberRanges, RangeBackwards, book_report};
pub use content::{ContentProblem, RECEIPT_SIGNATURE_PLACE, content_id, receipt_content};
pub use facts::{
    Collecting, Contradiction, FEE_RECEIPT, FeeOnReceipt, LookUp, Missing, Payer, PaymentMethod, ReceiptFacts,
    contradictions, missing,
};
pub use form::{FormKind, FormNumber, FormNumberProblem};
pub use gap::{Gap, GapReason, gaps};
pub use lookup::{ReceiptLookupCode, ReceiptLookupCodeProblem};
pub use notice::{AskedBy, ErrorNotice, NOTICE_SIGNATURE_PLACE, NoticeProblem, WrongReceipt, notice_content};
pub use number::{
    NotAReceiptNumber, NumberRefusal, OutOfOrder, ReceiptNumber, Series, SeriesProblem, Taken, out_of_order,
};
pub use serial::{SERIAL_LETTERS, Serial, SerialForm, SerialProblem};
pub use state::{
    Cancellation, CorrectedBy, Correction, CorrectionKind, Receipt, ReceiptRef, ReceiptState, SigningFailure,
};
pub use usage::{Fate, Period, UsageLine, Used, usage};

/// Serialises what is written as a text in that text, and reads it back through its parser, so that no bad value gets
/// in.
macro_rules! serde_as_text {
    ($type:ty) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <String as serde::Deserialize>::deserialize(deserializer)?;
                Self::parse(&text).map_err(|problem| serde::de::Error::custom(format!("{problem:?}")))
            }
        }
    };
}
pub(crate) use serde_as_text;
