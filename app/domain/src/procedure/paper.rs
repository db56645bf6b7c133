//! Papers of the national record, grouped by case as far as the record shows cases.

use super::export::{ExportPaper, ExportRecord, rows, text};
use super::unstructured::{Unstructured, Why};
use crate::text::clean;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Longest heading, in characters. What is longer is a note.
const HEADING_MAX: usize = 160;
/// A row longer than this that counts a), b), c) holds several papers.
const PACKED_MIN: usize = 300;

/// Papers that belong together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperCase {
    /// The heading's words; `None` when the record does not name the case.
    pub name: Option<String>,
    pub papers: Vec<PaperLine>,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperLine {
    pub code: String,
    /// The row's words, spaces collapsed.
    pub name: String,
    /// Kind of paper, such as `Tờ khai`. May be empty.
    pub kind: String,
    pub original: bool,
    pub copy: bool,
    /// A remark among the papers: nothing to hand in.
    pub is_note: bool,
}

/// The papers by case, in the record's order, every row of it.
///
/// A heading (no original, no copy, ends with a colon) begins a case only when a paper follows it at once: in many
/// records headings stand out of order. For the same reason it ends at the first remark. A code that occurs again
/// marks that another case has begun.
pub(super) fn cases(record: &ExportRecord, unstructured: &mut Vec<Unstructured>) -> Vec<PaperCase> {
    let papers = rows(&record.tphs);
    let mut cases: Vec<PaperCase> = vec![PaperCase::default()];
    let mut codes: BTreeSet<&str> = BTreeSet::new();
    let mut repeats = 0;
    for (index, row) in papers.iter().enumerate() {
        let at = |field: &str| format!("tphs[{index}].{field}");
        let line = line(row);
        if !line.code.is_empty() && !is_usual_code(&line.code) {
            unstructured.push(Unstructured::new(at("ma_tphs"), &line.code, Why::OddCode));
        }
        if is_packed(text(&row.ten_giay_to)) {
            unstructured.push(Unstructured::new(at("ten_giay_to"), &line.name, Why::PapersInOneRow));
        }
        if is_heading(&line) {
            let leads = papers.get(index + 1).is_some_and(|next| !self::line(next).is_note);
            if leads {
                cases.push(PaperCase { name: Some(line.name.clone()), papers: Vec::new() });
                codes.clear();
                continue;
            }
            unstructured.push(Unstructured::new(at("ten_giay_to"), &line.name, Why::HeadingOutOfOrder));
        } else if line.is_note {
            unstructured.push(Unstructured::new(at("ten_giay_to"), &line.name, Why::NoteAmongPapers));
        }
        if line.is_note && cases.last().is_some_and(|case| case.name.is_some()) {
            cases.push(PaperCase::default());
            codes.clear();
        }
        if !line.is_note && !line.code.is_empty() && !codes.insert(text(&row.ma_tphs)) {
            repeats += 1;
            cases.push(PaperCase::default());
            codes.clear();
            codes.insert(text(&row.ma_tphs));
        }
        if let Some(case) = cases.last_mut() {
            case.papers.push(line);
        }
    }
    if repeats > 0 {
        let text = format!("{repeats}");
        unstructured.push(Unstructured::new("tphs".to_owned(), &text, Why::CasesByRepeatedCode));
    }
    cases.retain(|case| !case.papers.is_empty());
    cases
}

fn line(row: &ExportPaper) -> PaperLine {
    let (original, copy) = (row.ban_chinh.unwrap_or(false), row.ban_sao.unwrap_or(false));
    PaperLine {
        code: clean(text(&row.ma_tphs)),
        name: clean(text(&row.ten_giay_to)),
        kind: clean(text(&row.loai_giay_to)),
        original,
        copy,
        is_note: !original && !copy,
    }
}

fn is_heading(line: &PaperLine) -> bool {
    line.is_note && line.name.ends_with(':') && line.name.chars().count() <= HEADING_MAX
}

/// `000.00.00.G15-KQ004946` and `G17-KQ005477`.
fn is_usual_code(code: &str) -> bool {
    let short = code.strip_prefix("000.00.00.").unwrap_or(code);
    let Some((organ, number)) = short.split_once('-') else { return false };
    let organ_is_usual =
        organ.len() == 3 && organ.starts_with(['G', 'H']) && organ.bytes().skip(1).all(|b| b.is_ascii_digit());
    let digits = number.strip_prefix("KQ").unwrap_or_default();
    organ_is_usual && digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_digit())
}

/// Several papers in one row: long, and counted by tabs or by letters.
fn is_packed(words: &str) -> bool {
    words.chars().count() >= PACKED_MIN && (words.contains('\t') || (words.contains("a)") && words.contains("b)")))
}
