//! Terms of the national record, by case and channel.

use super::export::{ExportRecord, rows, text};
use super::unstructured::{Unstructured, Why};
use crate::text::clean;
use crate::working_time::TermUnit;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// How a dossier is filed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// Trực tuyến.
    Online,
    /// Trực tiếp.
    Counter,
    /// Bưu chính.
    Post,
}

impl Channel {
    /// The channel of the export's words.
    pub fn from_export(words: &str) -> Option<Self> {
        match clean(words).to_lowercase().as_str() {
            "trực tuyến" => Some(Self::Online),
            "trực tiếp" => Some(Self::Counter),
            "bưu chính" => Some(Self::Post),
            _ => None,
        }
    }
}

/// The term of one case on one channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermLine {
    /// What tells this line from others of the channel: its note; `None` when the channel has one line.
    pub case: Option<String>,
    /// `None` for words no channel is known by.
    pub channel: Option<Channel>,
    pub term: TermShown,
    /// The note beside the term.
    pub note: String,
}

/// A term as far as it can be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TermShown {
    Structured {
        amount: u32,
        unit: TermUnit,
    },
    /// The record's own words, such as `1 Khác`, whose unit was lost. Never counted with.
    Verbatim(String),
}

/// The terms of a record, every line of it, and what could not be read.
pub(super) fn terms(record: &ExportRecord, unstructured: &mut Vec<Unstructured>) -> Vec<TermLine> {
    let lines = rows(&record.cach_thuc_thuc_hien);
    let mut terms = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let at = |field: &str| format!("cach_thuc_thuc_hien[{index}].{field}");
        let words = clean(text(&line.thoi_gian));
        let note = clean(text(&line.mo_ta));
        let channel = Channel::from_export(text(&line.hinh_thuc_nop));
        if channel.is_none() {
            unstructured.push(Unstructured::new(at("hinh_thuc_nop"), text(&line.hinh_thuc_nop), Why::UnknownChannel));
        }
        let term = match structured(&words) {
            Some((amount, unit)) => TermShown::Structured { amount, unit },
            None => {
                unstructured.push(Unstructured::new(at("thoi_gian"), &words, Why::TermUnitUnknown));
                TermShown::Verbatim(words)
            }
        };
        if speaks_of_another_term(&note, &term) {
            unstructured.push(Unstructured::new(at("mo_ta"), &note, Why::TermInWords));
        }
        let alone = lines.iter().filter(|other| other.hinh_thuc_nop == line.hinh_thuc_nop).count() == 1;
        let case = if alone || note.is_empty() { None } else { Some(note.clone()) };
        terms.push(TermLine { case, channel, term, note });
    }
    let distinct: BTreeSet<String> = terms.iter().map(|line| format!("{:?}", line.term)).collect();
    if distinct.len() > 1 {
        let all = lines.iter().map(|line| format!("{}: {}", text(&line.hinh_thuc_nop), text(&line.thoi_gian)));
        let all = all.collect::<Vec<_>>().join("; ");
        unstructured.push(Unstructured::new("cach_thuc_thuc_hien".to_owned(), &all, Why::SeveralTerms));
    }
    terms
}

/// `10 ngày làm việc`, `30 ngày`, `4 giờ làm việc`; anything else is not read.
fn structured(words: &str) -> Option<(u32, TermUnit)> {
    let (amount, unit) = words.split_once(' ')?;
    let amount = amount.parse().ok().filter(|amount| *amount > 0)?;
    match unit.to_lowercase().as_str() {
        "ngày làm việc" => Some((amount, TermUnit::WorkingDays)),
        "ngày" => Some((amount, TermUnit::CalendarDays)),
        "giờ làm việc" => Some((amount, TermUnit::WorkingHours)),
        _ => None,
    }
}

/// Whether a note names a number of days or months other than the term beside it.
fn speaks_of_another_term(note: &str, term: &TermShown) -> bool {
    let words: Vec<String> = note
        .split(' ')
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
        .filter(|word| !word.is_empty())
        .collect();
    words.windows(2).enumerate().any(|(start, pair)| {
        let Ok(number) = pair[0].parse::<u32>() else { return false };
        let of_work = words.get(start + 2..start + 4).is_some_and(|next| next == ["làm", "việc"]);
        let named = match (pair[1].as_str(), of_work) {
            ("ngày", true) => TermUnit::WorkingDays,
            ("ngày", false) => TermUnit::CalendarDays,
            ("giờ", true) => TermUnit::WorkingHours,
            ("tháng", _) => return !note.contains(&format!("tháng {number}")),
            _ => return false,
        };
        *term != TermShown::Structured { amount: number, unit: named }
    })
}
