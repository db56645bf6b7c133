//! What stands on a receipt, and what of it may not be absent (Nghị định 123/2020/NĐ-CP, Đ.32, as changed by
//! 70/2025/NĐ-CP).

use super::{
    form::FormNumber,
    lookup::ReceiptLookupCode,
    number::{ReceiptNumber, Series, SeriesProblem},
    serial::Serial,
    state::{Correction, CorrectionKind, ReceiptRef},
};
use crate::{
    dossier::keyed,
    money::Dong,
    organisation::TaxNumber,
    person::CitizenId,
    spoken::{self, Zero},
    text,
    time::Instant,
};
use serde::{Deserialize, Serialize};

keyed! {
    /// How a payer paid (hình thức thanh toán). The key is what the receipt says.
    PaymentMethod {
        /// Tiền mặt.
        Cash = "TM",
        /// Chuyển khoản.
        Transfer = "CK",
        /// A part of each.
        CashAndTransfer = "TM,CK",
    }
}

impl PaymentMethod {
    /// How it was paid, by what came in each way; none when nothing came.
    pub const fn of(cash: Dong, transferred: Dong) -> Option<Self> {
        match (cash.0 > 0, transferred.0 > 0) {
            (true, true) => Some(Self::CashAndTransfer),
            (true, false) => Some(Self::Cash),
            (false, true) => Some(Self::Transfer),
            (false, false) => None,
        }
    }
}

/// The name of the receipts that an office collects fees with. It is a legal name, part of the content, and translated
/// nowhere.
pub const FEE_RECEIPT: &str = "BIÊN LAI THU TIỀN PHÍ, LỆ PHÍ";

/// Who collects.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collecting {
    /// The office's name, as it was on the day.
    pub name: String,
    /// Its tax number.
    pub tax_number: Option<TaxNumber>,
    /// Its address.
    pub address: String,
}

/// Who pays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payer {
    /// Name of the person or organisation.
    pub name: String,
    /// Address.
    pub address: String,
    /// Tax number, when there is one.
    pub tax_number: Option<TaxNumber>,
    /// Personal number, when it is to be on the receipt.
    pub citizen_id: Option<CitizenId>,
}

/// One fee on the receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeeOnReceipt {
    /// Its name (tên loại phí, lệ phí).
    pub name: String,
    /// How many pages, copies or cases.
    pub quantity: u32,
    /// What was paid for all of them; on an adjusting receipt the difference, which may be less than nothing.
    pub amount: Dong,
}

/// Where a receipt is looked up, and by what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookUp {
    /// The address of the page.
    pub address: String,
    /// The code.
    pub code: ReceiptLookupCode,
}

/// Everything that stands on a receipt but the signature. What is not known yet is none or blank.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptFacts {
    /// The name of the kind of receipt: [`FEE_RECEIPT`].
    pub name: String,
    /// The form number.
    pub form: Option<FormNumber>,
    /// The serial.
    pub serial: Option<Serial>,
    /// The number.
    pub number: Option<ReceiptNumber>,
    /// The moment of issue: the one at which the number was taken.
    pub issued: Option<Instant>,
    /// Who collects.
    pub collecting: Collecting,
    /// Who pays.
    pub payer: Payer,
    /// What was paid for, in the order of the receipt.
    pub fees: Vec<FeeOnReceipt>,
    /// The whole amount.
    pub total: Dong,
    /// The whole amount in words.
    pub total_in_words: String,
    /// How it was paid.
    pub method: Option<PaymentMethod>,
    /// The person who took the money (người thu tiền).
    pub collector: String,
    /// Where it is looked up.
    pub look_up: Option<LookUp>,
    /// The wrong receipt that this one puts right.
    pub corrects: Option<Correction>,
}

keyed! {
    /// A mandatory piece that is absent. The office's signature is one too; that is [`super::ReceiptState::Draft`].
    Missing {
        /// The name of the kind of receipt.
        Name = "name",
        /// The form number.
        Form = "form",
        /// The serial.
        Serial = "serial",
        /// The number.
        Number = "number",
        /// The day of issue.
        Issued = "issued",
        /// The collecting office's name.
        CollectingName = "collecting_name",
        /// Its tax number.
        CollectingTaxNumber = "collecting_tax_number",
        /// Its address.
        CollectingAddress = "collecting_address",
        /// The payer's name.
        PayerName = "payer_name",
        /// The payer's address.
        PayerAddress = "payer_address",
        /// A fee.
        Fees = "fees",
        /// The name of a fee.
        FeeName = "fee_name",
        /// The amount in digits: nothing was paid.
        Amount = "amount",
        /// The amount in words.
        AmountInWords = "amount_in_words",
        /// How it was paid.
        Method = "method",
        /// The person who took the money.
        Collector = "collector",
        /// Where it is looked up.
        LookUp = "look_up",
        /// What was wrong with the receipt that it puts right.
        CorrectionReason = "correction_reason",
    }
}

/// Every mandatory piece that is absent, in the order of the receipt; none when it may be signed.
pub fn missing(facts: &ReceiptFacts) -> Vec<Missing> {
    let blank = |text: &str| text.trim().is_empty();
    let has_amount = facts.total.0 != 0 || facts.is_adjustment();
    [
        (blank(&facts.name), Missing::Name),
        (facts.form.is_none(), Missing::Form),
        (facts.serial.is_none(), Missing::Serial),
        (facts.number.is_none(), Missing::Number),
        (facts.issued.is_none(), Missing::Issued),
        (blank(&facts.collecting.name), Missing::CollectingName),
        (facts.collecting.tax_number.is_none(), Missing::CollectingTaxNumber),
        (blank(&facts.collecting.address), Missing::CollectingAddress),
        (blank(&facts.payer.name), Missing::PayerName),
        (blank(&facts.payer.address), Missing::PayerAddress),
        (facts.fees.is_empty(), Missing::Fees),
        (facts.fees.iter().any(|fee| blank(&fee.name)), Missing::FeeName),
        (!has_amount, Missing::Amount),
        (blank(&facts.total_in_words), Missing::AmountInWords),
        (facts.method.is_none(), Missing::Method),
        (blank(&facts.collector), Missing::Collector),
        (facts.look_up.as_ref().is_none_or(|look_up| blank(&look_up.address)), Missing::LookUp),
        (facts.corrects.as_ref().is_some_and(|wrong| blank(&wrong.reason)), Missing::CorrectionReason),
    ]
    .into_iter()
    .filter_map(|(is_absent, piece)| is_absent.then_some(piece))
    .collect()
}

/// What is there and cannot be so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contradiction {
    /// Form and serial do not go together.
    Series(SeriesProblem),
    /// The serial does not hold on the day of issue.
    SerialOfAnotherYear {
        /// The serial's year.
        year: i32,
    },
    /// The fees do not add up to the total.
    TotalIsNotTheSum {
        /// What they add up to, at most the largest amount there is.
        sum: Dong,
    },
    /// The words say another amount than the digits.
    WordsOfAnotherAmount,
    /// An amount below zero, and the receipt adjusts no other.
    BelowZero,
    /// It is said to put itself right.
    CorrectsItself,
    /// It is issued before the receipt that it puts right.
    BeforeTheWrongOne,
}

/// Every contradiction in what is there. What is absent contradicts nothing: see [`missing`].
pub fn contradictions(facts: &ReceiptFacts) -> Vec<Contradiction> {
    let mut found = Vec::new();
    if let (Some(form), Some(serial)) = (facts.form, facts.serial)
        && let Err(problem) = Series::new(form, serial)
    {
        found.push(Contradiction::Series(problem));
    }
    let day = facts.issued.map(Instant::day);
    if let (Some(serial), Some(day)) = (facts.serial, day)
        && !serial.holds_on(day)
    {
        found.push(Contradiction::SerialOfAnotherYear { year: serial.year() });
    }
    let sum = Dong(facts.fees.iter().fold(0i64, |sum, fee| sum.saturating_add(fee.amount.0)));
    if sum != facts.total && !facts.fees.is_empty() {
        found.push(Contradiction::TotalIsNotTheSum { sum });
    }
    let is_said = says(&facts.total_in_words, facts.total, facts.is_adjustment());
    if !is_said && !facts.total_in_words.trim().is_empty() {
        found.push(Contradiction::WordsOfAnotherAmount);
    }
    let is_below = facts.total.0 < 0 || facts.fees.iter().any(|fee| fee.amount.0 < 0);
    if is_below && !facts.is_adjustment() {
        found.push(Contradiction::BelowZero);
    }
    if let Some(wrong) = &facts.corrects {
        if facts.reference() == Some(wrong.of) {
            found.push(Contradiction::CorrectsItself);
        }
        if day.is_some_and(|day| day < wrong.issued) {
            found.push(Contradiction::BeforeTheWrongOne);
        }
    }
    found
}

/// Words that a number has behind others of its own.
const OF_A_NUMBER: [&str; 6] = ["mười", "mươi", "trăm", "nghìn", "triệu", "tỷ"];

/// Whether the words say the amount, with either word for a missing ten, and with `chẵn` or a closing sign behind them. Those
/// of a difference may say its way before it, and do so below zero: `Giảm chín nghìn đồng`.
fn says(words: &str, amount: Dong, is_difference: bool) -> bool {
    let words = text::clean(words).to_lowercase();
    let words = words.trim_end_matches(['.', '/', ' ']);
    let words = words.strip_suffix(" chẵn").unwrap_or(words);
    let Some(size) = amount.0.checked_abs().map(Dong) else { return false };
    [Zero::Le, Zero::Linh].into_iter().filter_map(|zero| spoken::dong(size, zero)).any(|said| {
        match words.strip_suffix(said.to_lowercase().as_str()) {
            None => false,
            Some("") => amount.0 >= 0,
            Some(way) => is_difference && way.ends_with(' ') && !way.split(' ').any(|word| OF_A_NUMBER.contains(&word)),
        }
    })
}

impl ReceiptFacts {
    /// Which receipt it is, when form, serial and number are known.
    pub fn reference(&self) -> Option<ReceiptRef> {
        let series = Series { form: self.form?, serial: self.serial? };
        Some(ReceiptRef { series, number: self.number? })
    }

    /// Whether it says only the difference to another receipt.
    pub fn is_adjustment(&self) -> bool {
        self.corrects.as_ref().is_some_and(|wrong| wrong.kind == CorrectionKind::Adjustment)
    }
}
