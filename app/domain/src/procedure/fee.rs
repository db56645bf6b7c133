//! Fees of the national record, as they may be shown.
//!
//! The number alone misleads: `Phí: 0 VNĐ` often stands beside words saying that the province's People's Council
//! decides, and exemptions are in the words. So every line keeps its words.

use super::export::{ExportRecord, rows, text};
use super::term::Channel;
use super::unstructured::{Unstructured, Why};
use crate::money::Dong;
use crate::text::clean;
use serde::{Deserialize, Serialize};

/// One fee on one channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeeLine {
    pub channel: Option<Channel>,
    pub fee: FeeShown,
}

/// A fee with its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeeShown {
    pub kind: FeeKind,
    pub level: FeeLevel,
    /// What one amount is for, as the record says: `trang`, `bản`, `trường hợp`.
    pub per: Option<String>,
    /// The words in brackets, outer brackets taken off. May be empty.
    pub words: String,
    /// The sentences of those words that speak of exemption or reduction.
    pub exemption: Option<String>,
    /// The whole entry.
    pub verbatim: String,
}

/// Which of the two the record calls it. The same charge may be one on one channel and the other on another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeeKind {
    Phi,
    LePhi,
    Unnamed,
}

/// How much.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeeLevel {
    Amount(Dong),
    /// Zero and no words against it, or words that begin by exempting everybody.
    Free,
    /// The province's People's Council sets it; the record's zero means nothing.
    SetByProvince,
    /// A zero with words that say something else; only the words may be shown.
    SeeWords,
    /// Another currency, as written; only missions abroad take it.
    Foreign(String),
    /// Not readable; only the entry itself may be shown.
    Unread,
}

impl FeeShown {
    /// The amount in đồng, when the record states one that is meant.
    pub fn amount(&self) -> Option<Dong> {
        match self.level {
            FeeLevel::Amount(amount) => Some(amount),
            FeeLevel::Free => Some(Dong(0)),
            _ => None,
        }
    }
}

/// The fees of a record and what could not be read.
pub(super) fn fees(record: &ExportRecord, unstructured: &mut Vec<Unstructured>) -> Vec<FeeLine> {
    let mut fees = Vec::new();
    for (index, line) in rows(&record.cach_thuc_thuc_hien).iter().enumerate() {
        let at = |field: &str| format!("cach_thuc_thuc_hien[{index}].{field}");
        let channel = Channel::from_export(text(&line.hinh_thuc_nop));
        let whole = clean(text(&line.phi_le_phi));
        if whole.is_empty() {
            unstructured.push(Unstructured::new(at("phi_le_phi"), "", Why::FeeNotStated));
        }
        for entry in entries(&whole) {
            let fee = read(entry);
            match fee.level {
                FeeLevel::SetByProvince => {
                    unstructured.push(Unstructured::new(at("phi_le_phi"), entry, Why::FeeSetByProvince));
                }
                FeeLevel::SeeWords => unstructured.push(Unstructured::new(at("phi_le_phi"), entry, Why::FeeInWords)),
                FeeLevel::Foreign(_) => unstructured.push(Unstructured::new(at("phi_le_phi"), entry, Why::FeeForeign)),
                FeeLevel::Unread => unstructured.push(Unstructured::new(at("phi_le_phi"), entry, Why::FeeUnread)),
                FeeLevel::Amount(_) | FeeLevel::Free => {}
            }
            fees.push(FeeLine { channel, fee });
        }
        let note = clean(text(&line.mo_ta));
        if names_money(&note) {
            unstructured.push(Unstructured::new(at("mo_ta"), &note, Why::FeeStepsInWords));
        }
    }
    fees
}

/// Entries joined by `; ` outside brackets, each beginning with `Phí:` or `Lệ phí:`.
fn entries(whole: &str) -> Vec<&str> {
    let mut entries = Vec::new();
    let (mut from, mut depth) = (0, 0_i32);
    for (at, c) in whole.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            ';' if depth <= 0 => {
                let next = whole[at + 1..].trim_start();
                if next.starts_with("Phí:") || next.starts_with("Lệ phí:") {
                    entries.push(whole[from..at].trim());
                    from = at + 1;
                }
            }
            _ => {}
        }
    }
    entries.push(whole[from..].trim());
    entries.retain(|entry| !entry.is_empty());
    entries
}

fn read(entry: &str) -> FeeShown {
    let (kind, rest) = match (entry.strip_prefix("Phí:"), entry.strip_prefix("Lệ phí:")) {
        (Some(rest), _) => (FeeKind::Phi, rest.trim()),
        (_, Some(rest)) => (FeeKind::LePhi, rest.trim()),
        (None, None) => (FeeKind::Unnamed, entry),
    };
    let (number, bracketed) = match rest.find('(') {
        Some(at) => (rest[..at].trim(), rest[at..].trim()),
        None => (rest, ""),
    };
    let words = without_outer_brackets(bracketed);
    let per = words.strip_prefix('/').map(|per| per.trim().to_owned()).filter(|per| !per.is_empty());
    let level = level(number, words, per.is_some());
    let sentences = words.split_inclusive(". ").filter(|sentence| {
        let sentence = sentence.to_lowercase();
        sentence.contains("miễn") || sentence.contains("giảm")
    });
    let exemption = Some(sentences.collect::<String>().trim().to_owned()).filter(|text| !text.is_empty());
    FeeShown { kind, level, per, words: words.to_owned(), exemption, verbatim: entry.to_owned() }
}

fn level(number: &str, words: &str, only_per: bool) -> FeeLevel {
    let Some((digits, currency)) = number.split_once(' ') else { return FeeLevel::Unread };
    let digits: String = digits.chars().filter(|c| *c != '.').collect();
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return FeeLevel::Unread;
    }
    match currency {
        "VNĐ" | "VND" | "đồng" | "đ" => {}
        _ => return FeeLevel::Foreign(number.to_owned()),
    }
    let Ok(amount) = digits.parse() else { return FeeLevel::Unread };
    let said = words.to_lowercase();
    let province = said.contains("hội đồng nhân dân") || said.contains("hđnd");
    let first_sentence = said.split('.').next().unwrap_or_default().trim();
    match amount {
        0 if province => FeeLevel::SetByProvince,
        0 if words.is_empty() || only_per || first_sentence == "miễn lệ phí" || first_sentence == "miễn phí" => {
            FeeLevel::Free
        }
        0 => FeeLevel::SeeWords,
        amount => FeeLevel::Amount(Dong(amount)),
    }
}

/// `((words))` and `(words)` as `words`; brackets that close earlier stay.
fn without_outer_brackets(text: &str) -> &str {
    let mut inner = text.trim();
    while let Some(bare) = inner.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        let mut depth = 0_i32;
        let closes_earlier = bare.chars().any(|c| {
            depth += i32::from(c == '(') - i32::from(c == ')');
            depth < 0
        });
        if closes_earlier {
            break;
        }
        inner = bare.trim();
    }
    inner
}

/// Whether a note states amounts of money, such as `1.000 đồng/trang`.
fn names_money(note: &str) -> bool {
    let words: Vec<&str> = note.split(' ').collect();
    words.windows(2).any(|pair| {
        let number = pair[0].trim_end_matches(',');
        number.contains('.') && number.chars().all(|c| c.is_ascii_digit() || c == '.') && pair[1].starts_with("đồng")
    })
}
