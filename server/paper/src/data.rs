//! The facts of each paper. Text is NFC and otherwise as it was entered: the templates do the capitals, the dates, the
//! numbering. An absent optional text prints as a dotted line where the form leaves room for handwriting.
// long because it is flat structs, one for each paper.

use serde::{Deserialize, Serialize};

use crate::date::PaperDate;
use crate::kind::Kind;

/// One paper with its facts. Serialised with its kind, so that a stored paper can be printed again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Paper {
    #[serde(rename = "receipt_and_appointment")]
    Receipt(Receipt),
    #[serde(rename = "supplement_request")]
    Supplement(SupplementRequest),
    #[serde(rename = "refusal_to_accept")]
    Refusal(RefusalToAccept),
    #[serde(rename = "apology_and_redate")]
    Apology(ApologyAndRedate),
    #[serde(rename = "stop_notice")]
    Stop(StopNotice),
    #[serde(rename = "control_slip")]
    ControlSlip(ControlSlip),
    #[serde(rename = "register")]
    Register(Register),
    #[serde(rename = "resident_slip")]
    ResidentSlip(ResidentSlip),
    #[serde(rename = "result_letter")]
    ResultLetter(ResultLetter),
    #[serde(rename = "return_record")]
    ReturnRecord(ReturnRecord),
    #[serde(rename = "handover_list")]
    HandoverList(HandoverList),
}

impl Paper {
    /// Which paper this is.
    pub fn kind(&self) -> Kind {
        match self {
            Paper::Receipt(_) => Kind::ReceiptAndAppointment,
            Paper::Supplement(_) => Kind::SupplementRequest,
            Paper::Refusal(_) => Kind::RefusalToAccept,
            Paper::Apology(_) => Kind::ApologyAndRedate,
            Paper::Stop(_) => Kind::StopNotice,
            Paper::ControlSlip(_) => Kind::ControlSlip,
            Paper::Register(_) => Kind::Register,
            Paper::ResidentSlip(_) => Kind::ResidentSlip,
            Paper::ResultLetter(_) => Kind::ResultLetter,
            Paper::ReturnRecord(_) => Kind::ReturnRecord,
            Paper::HandoverList(_) => Kind::HandoverList,
        }
    }

    /// The head of the paper: organ, place, date, number.
    pub fn head(&self) -> &Head {
        match self {
            Paper::Receipt(paper) => &paper.head,
            Paper::Supplement(paper) => &paper.head,
            Paper::Refusal(paper) => &paper.head,
            Paper::Apology(paper) => &paper.head,
            Paper::Stop(paper) => &paper.head,
            Paper::ControlSlip(paper) => &paper.head,
            Paper::Register(paper) => &paper.head,
            Paper::ResidentSlip(paper) => &paper.head,
            Paper::ResultLetter(paper) => &paper.head,
            Paper::ReturnRecord(paper) => &paper.head,
            Paper::HandoverList(paper) => &paper.head,
        }
    }

    /// The address behind the QR code of this paper, if it has one.
    pub fn lookup_url(&self) -> Option<&str> {
        match self {
            Paper::Receipt(paper) => Some(&paper.lookup_url),
            Paper::Supplement(paper) => paper.lookup_url.as_deref(),
            Paper::ResidentSlip(paper) => Some(&paper.lookup_url),
            _ => None,
        }
    }
}

/// The top of every paper.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Head {
    /// The organ above, printed in capitals on the first line.
    #[serde(default)]
    pub parent_organ: Option<String>,
    /// The organ that issues the paper, printed in bold capitals.
    pub organ: String,
    /// The place in `Xuân Lãnh, ngày 05 tháng 01 năm 2026`.
    pub place: String,
    /// The paper's own date.
    pub date: PaperDate,
    /// Number and symbol, where the paper has one.
    #[serde(default)]
    pub number: Option<PaperNumber>,
}

/// A document number: `05/PXL-TTPVHCC`, `12a/TB-UBND`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaperNumber {
    /// The running number of the year; `None` leaves room for the clerk to write it.
    #[serde(default)]
    pub ordinal: Option<u32>,
    /// A letter after the number, for one inserted later.
    #[serde(default)]
    pub suffix: Option<String>,
    /// What follows the stroke.
    pub symbol: String,
}

impl PaperNumber {
    /// As printed after `Số:`; numbers below 10 take a leading zero.
    pub fn text(&self) -> String {
        let suffix = self.suffix.as_deref().unwrap_or("");
        match self.ordinal {
            Some(ordinal) => format!("{ordinal:02}{suffix}/{}", self.symbol),
            None => format!("{}/{}", "\u{a0}".repeat(10), self.symbol),
        }
    }
}

/// Who the dossier is for, and how to reach them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Applicant {
    /// Full name of the person or organisation.
    pub name: String,
    #[serde(default)]
    pub address: Option<String>,
    /// Digits without spaces, as papers write them.
    #[serde(default)]
    pub phone: Option<String>,
    #[serde(default)]
    pub email: Option<String>,
}

/// Whom a letter goes to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Addressee {
    /// Full name of the person or organisation.
    pub name: String,
    #[serde(default)]
    pub address: Option<String>,
}

/// One paper of a dossier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListedPaper {
    pub name: String,
    /// Original, certified copy, photo…: the words to print.
    #[serde(default)]
    pub form: Option<String>,
    pub copies: u32,
}

/// Whose copy of the receipt this is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReceiptCopy {
    /// Kept by the office.
    Office,
    /// Given to the person who filed.
    Applicant,
}

/// The size of the sheet a receipt is printed on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PageSize {
    #[default]
    A4,
    A5,
}

/// Form 01.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Receipt {
    pub head: Head,
    /// Dossier code.
    pub code: String,
    /// The four letters that open the dossier together with its code.
    #[serde(default)]
    pub lookup_code: Option<String>,
    /// What the QR code says: the look-up page with the dossier code in its address.
    pub lookup_url: String,
    /// The receiving desk.
    pub desk: String,
    pub applicant: Applicant,
    /// Who handed the dossier in, if not the applicant.
    #[serde(default)]
    pub presented_by: Option<String>,
    /// What is asked for: usually the name of the procedure, verbatim.
    pub matter: String,
    pub papers: Vec<ListedPaper>,
    /// Number of sets.
    pub sets: u32,
    /// The prescribed term in words: `03 ngày làm việc`.
    pub term: String,
    pub received_at: PaperDate,
    pub due_at: PaperDate,
    /// Where the result is to be collected.
    pub collect_at: String,
    /// The register book and the number in it.
    #[serde(default)]
    pub book: Option<String>,
    #[serde(default)]
    pub book_ordinal: Option<u32>,
    /// `None` prints both names, as the blank form does.
    #[serde(default)]
    pub copy: Option<ReceiptCopy>,
    /// The officer who received the dossier.
    pub received_by: String,
    #[serde(default)]
    pub size: PageSize,
}

/// One thing missing from a dossier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Missing {
    /// What to bring, correct or explain.
    pub what: String,
    /// Why, where it differs from item to item.
    #[serde(default)]
    pub why: Option<String>,
}

/// Form 02.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SupplementRequest {
    pub head: Head,
    /// Dossier code, or the temporary code before reception.
    #[serde(default)]
    pub code: Option<String>,
    #[serde(default)]
    pub lookup_url: Option<String>,
    pub applicant: Applicant,
    pub matter: String,
    /// Everything that is missing, at once.
    pub items: Vec<Missing>,
    pub reason: String,
    /// The last day to supplement.
    #[serde(default)]
    pub deadline: Option<PaperDate>,
    /// The time spent waiting does not count towards the term.
    #[serde(default)]
    pub clock_pauses: bool,
    /// How to supplement.
    #[serde(default)]
    pub guidance: Option<String>,
    /// Whom to ask, and on which number.
    pub contact_name: String,
    pub contact_phone: String,
    /// The officer who signs.
    pub officer: String,
}

/// Form 03.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RefusalToAccept {
    pub head: Head,
    /// Temporary code, if the dossier was filed online.
    #[serde(default)]
    pub code: Option<String>,
    pub desk: String,
    pub applicant: Applicant,
    pub matter: String,
    pub reasons: Vec<String>,
    /// The provisions the reasons rest on.
    #[serde(default)]
    pub basis: Vec<String>,
    /// What the resident can do instead.
    #[serde(default)]
    pub guidance: Option<String>,
    pub officer: String,
}

/// The right-hand signature block of a letter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Signer {
    /// Authority and office, one line each: `TM. Ủy ban nhân dân`, `KT. Chủ tịch`, `Phó Chủ tịch`. Printed in capitals.
    pub titles: Vec<String>,
    /// Without academic titles.
    pub name: String,
}

/// Form 04.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ApologyAndRedate {
    pub head: Head,
    pub code: String,
    pub addressee: Addressee,
    pub matter: String,
    pub received_at: PaperDate,
    /// The day first promised.
    pub old_due_at: PaperDate,
    pub reason: String,
    pub new_due_at: PaperDate,
    /// The letter goes out before the promised day has passed; the wording differs.
    pub ahead_of_time: bool,
    /// Recipients apart from the addressee; the line of the file copy comes last.
    #[serde(default)]
    pub recipients: Vec<String>,
    pub signer: Signer,
}

/// Form 05 of Circular 03/2025; a plain notice before it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StopNotice {
    pub head: Head,
    pub code: String,
    pub addressee: Addressee,
    pub matter: String,
    pub received_at: PaperDate,
    /// The stop takes effect.
    pub stopped_at: PaperDate,
    pub reasons: Vec<String>,
    #[serde(default)]
    pub basis: Vec<String>,
    /// What becomes of money paid.
    #[serde(default)]
    pub money: Option<String>,
    /// What becomes of the papers handed in, and how to file again.
    #[serde(default)]
    pub guidance: Option<String>,
    #[serde(default)]
    pub recipients: Vec<String>,
    pub signer: Signer,
}

/// How a step or a dossier ended against its term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Early,
    OnTime,
    Late,
}

/// Outcome of a step with what was done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StepResult {
    pub outcome: Outcome,
    #[serde(default)]
    pub text: Option<String>,
}

/// One handing over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ControlStep {
    /// Organ or unit that gives.
    pub from: String,
    /// Organ or unit that receives.
    pub to: String,
    pub at: PaperDate,
    pub giver: String,
    #[serde(default)]
    pub receiver: Option<String>,
    #[serde(default)]
    pub result: Option<StepResult>,
    #[serde(default)]
    pub note: Option<String>,
}

/// Form 05 of Circular 01/2018, form 06 of Circular 03/2025.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ControlSlip {
    pub head: Head,
    pub code: String,
    pub applicant_name: String,
    pub matter: String,
    /// The organ that resolves the dossier.
    pub resolved_by: String,
    /// Organs that take part.
    #[serde(default)]
    pub with: Vec<String>,
    pub received_at: PaperDate,
    pub due_at: PaperDate,
    /// The dossier as a whole, once a result stands.
    #[serde(default)]
    pub outcome: Option<Outcome>,
    pub steps: Vec<ControlStep>,
}

/// One line of the register.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RegisterRow {
    pub ordinal: u32,
    pub code: String,
    pub procedure: String,
    pub sets: u32,
    pub name: String,
    #[serde(default)]
    pub address: Option<String>,
    #[serde(default)]
    pub phone: Option<String>,
    pub resolved_by: String,
    pub received_at: PaperDate,
    #[serde(default)]
    pub due_at: Option<PaperDate>,
    #[serde(default)]
    pub forwarded_at: Option<PaperDate>,
    #[serde(default)]
    pub result_at: Option<PaperDate>,
    #[serde(default)]
    pub returned_at: Option<PaperDate>,
    #[serde(default)]
    pub collected_by: Option<String>,
    /// How the result is handed over: at the counter, by post, online.
    pub method: String,
    #[serde(default)]
    pub note: Option<String>,
}

/// Form 06 of Circular 01/2018, form 07 of Circular 03/2025.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Register {
    pub head: Head,
    /// Number of the book.
    #[serde(default)]
    pub book: Option<String>,
    pub from: PaperDate,
    pub to: PaperDate,
    pub rows: Vec<RegisterRow>,
}

/// What a resident keeps after filing online.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResidentSlip {
    pub head: Head,
    pub temporary_code: String,
    pub lookup_code: String,
    pub lookup_url: String,
    pub applicant_name: String,
    /// Who helped to fill in, never the applicant.
    #[serde(default)]
    pub helped_by: Option<String>,
    pub matter: String,
    /// Names of the papers sent along.
    #[serde(default)]
    pub papers: Vec<String>,
    pub submitted_at: PaperDate,
    /// The office answers before this moment.
    pub answer_by: PaperDate,
    /// Name of the office that answers, as a sentence begins with it.
    pub office: String,
    #[serde(default)]
    pub office_address: Option<String>,
    #[serde(default)]
    pub office_hours: Option<String>,
    pub office_phone: String,
    /// Where a suspicious call or message is told.
    pub hotline: String,
}

/// A written answer in the layout of an official letter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResultLetter {
    pub head: Head,
    /// What follows `V/v`.
    pub subject: String,
    pub code: String,
    pub addressee: Addressee,
    pub matter: String,
    pub received_at: PaperDate,
    /// Whether what was asked for is granted.
    pub granted: bool,
    /// What was found, one paragraph each.
    pub findings: Vec<String>,
    #[serde(default)]
    pub basis: Vec<String>,
    /// What follows from it for the applicant, one paragraph each.
    #[serde(default)]
    pub consequences: Vec<String>,
    /// How to complain, where something was not granted.
    #[serde(default)]
    pub complaint: Option<String>,
    #[serde(default)]
    pub recipients: Vec<String>,
    pub signer: Signer,
}

/// What went back with a withdrawal, signed by whoever takes it and whoever gives it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReturnRecord {
    pub head: Head,
    /// Dossier code, or the temporary code before reception.
    pub code: String,
    pub applicant: Applicant,
    /// Who handed the dossier in, if not the applicant.
    #[serde(default)]
    pub presented_by: Option<String>,
    pub matter: String,
    pub returned_at: PaperDate,
    /// The originals that are handed back; none when they are not.
    #[serde(default)]
    pub papers: Vec<ListedPaper>,
    /// What becomes of the papers, where none are listed.
    #[serde(default)]
    pub papers_note: Option<String>,
    /// What becomes of the money, a sentence each.
    #[serde(default)]
    pub money: Vec<String>,
    /// The officer who hands them back.
    pub officer: String,
}

/// One dossier of a [`HandoverList`]: named by its code, never by its applicant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HandoverLine {
    /// Its number on the whole list.
    pub ordinal: u32,
    /// Dossier code, or the temporary code before reception.
    pub code: String,
    /// What it is about, in the words that may be read by whoever signs.
    pub matter: String,
    #[serde(default)]
    pub received_at: Option<PaperDate>,
    #[serde(default)]
    pub due_at: Option<PaperDate>,
    /// Its state when it passed over.
    pub state: String,
}

/// What passes to a unit that continues others: a record signed by both sides (Decree 30/2020/NĐ-CP, annex III), or what
/// is expected, before the day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HandoverList {
    pub head: Head,
    /// What is expected: nothing to be signed yet.
    pub planned: bool,
    /// The decision that orders it.
    pub basis: String,
    /// First day of the new state.
    pub effective: PaperDate,
    /// The units that close.
    pub givers: Vec<String>,
    /// The unit that continues.
    pub taker: String,
    pub rows: Vec<HandoverLine>,
    /// Dossiers on the whole list.
    pub total: u32,
    /// Which part of the list this is, from 1, and of how many.
    pub part: u32,
    pub parts: u32,
}
