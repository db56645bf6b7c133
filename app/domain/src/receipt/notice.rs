//! Notice 04/SS-CTĐT to the tax authority: electronic receipts that were issued wrongly (thông báo chứng từ điện tử đã
//! lập sai; Nghị định 70/2025/NĐ-CP).
//!
//! ```text
//! TBao
//! ├─ DLTBao Id="TB-…"                  what is signed
//! │  ├─ PBan MSo Ten                   version, form of the notice, its legal name
//! │  ├─ Loai                           1 by the office itself, 2 because the tax authority asked
//! │  ├─ So NTBCCQT                     only then: number and day of what it asked with
//! │  ├─ MCQT TCQT                      the tax authority: code and name
//! │  ├─ TNNT MST                       who issued: name and tax number
//! │  ├─ DDanh NTBao                    place and day of the notice
//! │  └─ DSCTu  CTu*  STT KHMSCTu KHCTu SCTu NLap LCTDT LDo         the wrong receipts
//! └─ DSCKS  NNT                        empty: the place of the signature
//! ```

use super::{
    content::{LAYOUT, ordinal},
    state::{Receipt, ReceiptRef},
    xml::{Unwritable, Xml},
};
use crate::{organisation::TaxNumber, time::Day};
use serde::{Deserialize, Serialize};

/// The one element at whose end the signature of a notice goes: the taxpayer's.
pub const NOTICE_SIGNATURE_PLACE: &str = "NNT";
/// The form of the notice.
const FORM: &str = "04/SS-CTĐT";
/// Its legal name, part of the content.
const NAME: &str = "Thông báo chứng từ điện tử đã lập sai";

/// The tax authority's own letter that a notice answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedBy {
    /// Its number.
    pub number: String,
    /// Its day.
    pub day: Day,
}

/// One wrong receipt on the notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrongReceipt {
    /// Which.
    pub receipt: ReceiptRef,
    /// The day of issue.
    pub issued: Day,
    /// What was wrong.
    pub reason: String,
}

/// What stands on a notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorNotice {
    /// The tax authority's letter that is answered; none when the office found the error itself.
    pub asked: Option<AskedBy>,
    /// The tax authority's code.
    pub authority_code: String,
    /// Its name.
    pub authority: String,
    /// Who issued the receipts.
    pub issuer: String,
    /// Their tax number.
    pub tax_number: TaxNumber,
    /// The place that stands before the day.
    pub place: String,
    /// The day of the notice.
    pub day: Day,
    /// The wrong receipts.
    pub receipts: Vec<WrongReceipt>,
}

/// Why there is no notice to sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeProblem {
    /// The tax authority's code or name is blank.
    MissingAuthority,
    /// The issuer's name is blank.
    MissingIssuer,
    /// The place is blank.
    MissingPlace,
    /// The number of the letter that is answered is blank.
    MissingLetter,
    /// It names no receipt.
    NoReceipts,
    /// It does not say what was wrong with this one.
    MissingReason(ReceiptRef),
    /// It names this one twice.
    Twice(ReceiptRef),
    /// It is older than this receipt.
    BeforeTheReceipt(ReceiptRef),
    /// A text holds a character that XML cannot write.
    Unwritable(char),
}

impl From<Unwritable> for NoticeProblem {
    fn from(Unwritable(character): Unwritable) -> Self {
        Self::Unwritable(character)
    }
}

impl Receipt {
    /// The line of the notice that is owed for it, with the reason of the correction that the tax authority does not know
    /// of; none when nothing is owed.
    pub fn wrong(&self) -> Option<WrongReceipt> {
        let unknown = self.corrected.iter().rfind(|correction| correction.notified.is_none())?;
        Some(WrongReceipt { receipt: self.reference, issued: self.issued(), reason: unknown.reason.clone() })
    }
}

/// The notice as XML; `id` is the `Id` of the element that is signed: a letter, then letters, digits and hyphens, which is
/// for the caller to keep. The same facts give the same bytes.
///
/// # Errors
/// The first thing that is absent or cannot be written.
pub fn notice_content(notice: &ErrorNotice, id: &str) -> Result<Vec<u8>, NoticeProblem> {
    complete(notice)?;
    let mut xml = Xml::new();
    xml.element("TBao", |xml| {
        xml.identified("DLTBao", id, |xml| data(xml, notice));
        xml.element("DSCKS", |xml| xml.element(NOTICE_SIGNATURE_PLACE, |_| ()));
    });
    Ok(xml.finish()?)
}

fn data(xml: &mut Xml, notice: &ErrorNotice) {
    xml.leaf("PBan", LAYOUT);
    xml.leaf("MSo", FORM);
    xml.leaf("Ten", NAME);
    xml.leaf("Loai", if notice.asked.is_some() { 2 } else { 1 });
    if let Some(asked) = &notice.asked {
        xml.leaf("So", &asked.number);
        xml.leaf("NTBCCQT", asked.day);
    }
    xml.leaf("MCQT", &notice.authority_code);
    xml.leaf("TCQT", &notice.authority);
    xml.leaf("TNNT", &notice.issuer);
    xml.leaf("MST", notice.tax_number.as_str());
    xml.leaf("DDanh", &notice.place);
    xml.leaf("NTBao", notice.day);
    xml.element("DSCTu", |xml| {
        for (number, wrong) in (1..).zip(&notice.receipts) {
            xml.element("CTu", |xml| line(xml, number, wrong));
        }
    });
}

fn line(xml: &mut Xml, number: usize, wrong: &WrongReceipt) {
    let ReceiptRef { series, number: receipt } = wrong.receipt;
    ordinal(xml, number);
    xml.leaf("KHMSCTu", series.form);
    xml.leaf("KHCTu", series.serial);
    xml.leaf("SCTu", receipt);
    xml.leaf("NLap", wrong.issued);
    xml.leaf("LCTDT", series.form.kind().notice_code());
    xml.leaf("LDo", &wrong.reason);
}

fn complete(notice: &ErrorNotice) -> Result<(), NoticeProblem> {
    let blank = |text: &str| text.trim().is_empty();
    if blank(&notice.authority_code) || blank(&notice.authority) {
        return Err(NoticeProblem::MissingAuthority);
    }
    if blank(&notice.issuer) {
        return Err(NoticeProblem::MissingIssuer);
    }
    if blank(&notice.place) {
        return Err(NoticeProblem::MissingPlace);
    }
    if notice.asked.as_ref().is_some_and(|asked| blank(&asked.number)) {
        return Err(NoticeProblem::MissingLetter);
    }
    if notice.receipts.is_empty() {
        return Err(NoticeProblem::NoReceipts);
    }
    for (at, wrong) in notice.receipts.iter().enumerate() {
        if blank(&wrong.reason) {
            return Err(NoticeProblem::MissingReason(wrong.receipt));
        }
        if notice.receipts.iter().take(at).any(|earlier| earlier.receipt == wrong.receipt) {
            return Err(NoticeProblem::Twice(wrong.receipt));
        }
        if notice.day < wrong.issued {
            return Err(NoticeProblem::BeforeTheReceipt(wrong.receipt));
        }
    }
    Ok(())
}
