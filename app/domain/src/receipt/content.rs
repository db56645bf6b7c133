//! The content of an electronic receipt as XML: the bytes that the collecting office signs.
//!
//! ```text
//! CTu                                  the receipt; the signature is laid in `DSCKS`
//! ├─ DLCTu Id="CT-01BLP0-001-AA-26E-0000123"     what is signed
//! │  ├─ TTChung                        general
//! │  │  ├─ PBan                        version of this layout
//! │  │  ├─ TLoai                       name of the kind of receipt
//! │  │  ├─ KHMSCTu KHCTu SCTu          form number, serial, number
//! │  │  ├─ NLap TGLap                  day of issue (yyyy-MM-dd), moment of issue (ISO 8601, +07:00)
//! │  │  ├─ DVTTe HTTToan               VND; TM, CK or TM,CK
//! │  │  └─ TTCTLQuan                   only of a receipt that puts another right:
//! │  │     ├─ TCCTu                    1 replaces, 2 adjusts
//! │  │     ├─ KHMSCTCLQuan KHCTCLQuan SCTCLQuan NLCTCLQuan     the wrong one, and its day
//! │  │     └─ LDo                      what was wrong
//! │  └─ NDCTu                          particulars
//! │     ├─ CQThu  Ten MST DChi         the collecting office
//! │     ├─ NNop   Ten MST? CCCDan? DChi         the payer
//! │     ├─ DSPLPhi  PLPhi*  STT Ten SLuong STien         the fees
//! │     ├─ TToan  TgTTTBSo TgTTTBChu   total in digits and in words
//! │     ├─ NThu                        the person who took the money
//! │     └─ TTTCuu  DCTCuu MTCuu        where it is looked up, and by which code
//! └─ DSCKS                             empty: the place of the signature
//! ```
//!
//! `KHMSCTu`, `KHCTu`, `SCTu` and `NLap` are named as in the tax authority's notice 04/SS-CTĐT; the others are made in the
//! way of its formats for invoices (Quyết định 1450/QĐ-TCT), since none is published for receipts.

use super::{
    facts::{Contradiction, Missing, ReceiptFacts, contradictions, missing},
    state::{Correction, ReceiptRef},
    xml::{Unwritable, Xml},
};
use crate::time::Instant;

/// The version of the layouts here, as the tax authority numbers its own.
pub(super) const LAYOUT: &str = "2.1.0";
/// The one element at whose end the signature of a receipt goes.
pub const RECEIPT_SIGNATURE_PLACE: &str = "DSCKS";
/// Every amount is in đồng.
const CURRENCY: &str = "VND";

/// Why there is no content to sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ContentProblem {
    /// Mandatory pieces are absent.
    Missing(Vec<Missing>),
    /// What is there cannot be so.
    Contradictory(Vec<Contradiction>),
    /// A text holds a character that XML cannot write.
    Unwritable(char),
}

impl From<Unwritable> for ContentProblem {
    fn from(Unwritable(character): Unwritable) -> Self {
        Self::Unwritable(character)
    }
}

/// The `Id` of the element that is signed: `CT-01BLP0-001-AA-26E-0000123`.
pub fn content_id(receipt: &ReceiptRef) -> String {
    format!("CT-{}-{}-{}", receipt.series.form, receipt.series.serial, receipt.number)
}

/// The content of a receipt. The same facts give the same bytes.
///
/// # Errors
/// When something mandatory is absent or contradictory, or a text cannot be written.
pub fn receipt_content(facts: &ReceiptFacts) -> Result<Vec<u8>, ContentProblem> {
    let absent = missing(facts);
    let (Some(receipt), Some(issued), []) = (facts.reference(), facts.issued, absent.as_slice()) else {
        return Err(ContentProblem::Missing(absent));
    };
    let contradictory = contradictions(facts);
    if !contradictory.is_empty() {
        return Err(ContentProblem::Contradictory(contradictory));
    }
    let mut xml = Xml::new();
    xml.element("CTu", |xml| {
        xml.identified("DLCTu", &content_id(&receipt), |xml| {
            xml.element("TTChung", |xml| general(xml, facts, &receipt, issued));
            xml.element("NDCTu", |xml| particulars(xml, facts));
        });
        xml.element(RECEIPT_SIGNATURE_PLACE, |_| ());
    });
    Ok(xml.finish()?)
}

fn general(xml: &mut Xml, facts: &ReceiptFacts, receipt: &ReceiptRef, issued: Instant) {
    let ReceiptRef { series, number } = *receipt;
    xml.leaf("PBan", LAYOUT);
    xml.leaf("TLoai", &facts.name);
    xml.leaf("KHMSCTu", series.form);
    xml.leaf("KHCTu", series.serial);
    xml.leaf("SCTu", number);
    xml.leaf("NLap", issued.day());
    xml.leaf("TGLap", issued);
    xml.leaf("DVTTe", CURRENCY);
    xml.leaf_if("HTTToan", facts.method.map(|method| method.key()));
    if let Some(wrong) = &facts.corrects {
        xml.element("TTCTLQuan", |xml| corrected(xml, wrong));
    }
}

fn corrected(xml: &mut Xml, wrong: &Correction) {
    let ReceiptRef { series, number } = wrong.of;
    xml.leaf("TCCTu", wrong.kind.content_code());
    xml.leaf("KHMSCTCLQuan", series.form);
    xml.leaf("KHCTCLQuan", series.serial);
    xml.leaf("SCTCLQuan", number);
    xml.leaf("NLCTCLQuan", wrong.issued);
    xml.leaf("LDo", &wrong.reason);
}

fn particulars(xml: &mut Xml, facts: &ReceiptFacts) {
    xml.element("CQThu", |xml| {
        xml.leaf("Ten", &facts.collecting.name);
        xml.leaf_if("MST", facts.collecting.tax_number.as_ref().map(|number| number.as_str()));
        xml.leaf("DChi", &facts.collecting.address);
    });
    xml.element("NNop", |xml| {
        xml.leaf("Ten", &facts.payer.name);
        xml.leaf_if("MST", facts.payer.tax_number.as_ref().map(|number| number.as_str()));
        xml.leaf_if("CCCDan", facts.payer.citizen_id.as_ref().map(|number| number.as_str()));
        xml.leaf("DChi", &facts.payer.address);
    });
    xml.element("DSPLPhi", |xml| {
        for (number, fee) in (1..).zip(&facts.fees) {
            xml.element("PLPhi", |xml| {
                ordinal(xml, number);
                xml.leaf("Ten", &fee.name);
                xml.leaf("SLuong", fee.quantity);
                xml.leaf("STien", fee.amount.0);
            });
        }
    });
    xml.element("TToan", |xml| {
        xml.leaf("TgTTTBSo", facts.total.0);
        xml.leaf("TgTTTBChu", &facts.total_in_words);
    });
    xml.leaf("NThu", &facts.collector);
    if let Some(look_up) = &facts.look_up {
        xml.element("TTTCuu", |xml| {
            xml.leaf("DCTCuu", &look_up.address);
            xml.leaf("MTCuu", look_up.code.as_str());
        });
    }
}

/// The number of a line in its list, from 1.
pub(super) fn ordinal(xml: &mut Xml, number: usize) {
    xml.leaf("STT", number);
}
