//! What can be read from a national record without guessing, and the list of what cannot.

use super::away::{Away, is_address};
use super::export::{ExportRecord, rows, text};
use super::fee::{FeeLine, fees};
use super::paper::{PaperCase, cases};
use super::term::{Channel, TermLine, terms};
use super::unstructured::{Unstructured, Why};
use crate::text::clean;
use crate::time::Day;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A record with what was read from it. Derived fields are NFC with spaces collapsed; no word is dropped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imported {
    /// The record as it came.
    pub record: ExportRecord,
    pub name: String,
    /// Lĩnh vực; empty when the record lacks it.
    pub field: String,
    pub levels: Vec<String>,
    /// Who may apply.
    pub audiences: Vec<String>,
    /// The channels that occur, each once, in the record's order.
    pub channels: Vec<Channel>,
    pub terms: Vec<TermLine>,
    pub fees: Vec<FeeLine>,
    pub cases: Vec<PaperCase>,
    pub results: Vec<ResultLine>,
    pub legal_basis: Vec<LegalLine>,
    /// `None` when the record states no condition (``, `Không`, `Không.`).
    pub conditions: Option<String>,
    /// What a person has to look at.
    pub unstructured: Vec<Unstructured>,
}

/// A result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultLine {
    pub code: String,
    pub name: String,
}

/// A legal text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegalLine {
    pub number: String,
    pub title: String,
    pub issuer: String,
    pub issued: Option<Day>,
    pub effective: Option<Day>,
    /// Only an `http` or `https` address.
    pub link: Option<String>,
}

impl Imported {
    /// The address the record has for that place. The portal, where people type who they are, is led to by `https`
    /// alone.
    pub fn address_of(&self, away: Away) -> Option<&str> {
        match away {
            Away::NationalPortal => {
                let link = self.record.link_truy_cap.as_deref()?.trim();
                (link.starts_with("https://") && is_address(link)).then_some(link)
            }
            Away::LegalText(index) => self.legal_basis.get(index)?.link.as_deref(),
        }
    }
}

/// Kinds of applicants of the national catalogue. Some hold commas, so a list is read by these.
const AUDIENCES: [&str; 11] = [
    "Công dân Việt Nam",
    "Người Việt Nam định cư ở nước ngoài",
    "Người nước ngoài",
    "Cán bộ, công chức, viên chức",
    "Doanh nghiệp có vốn đầu tư nước ngoài",
    "Doanh nghiệp",
    "Tổ chức (không bao gồm doanh nghiệp, HTX)",
    "Tổ chức nước ngoài",
    "Hợp tác xã",
    "Tổ chức",
    "Cá nhân",
];
const LEVELS: [&str; 5] = ["Cấp bộ", "Cấp tỉnh", "Cấp huyện", "Cấp xã", "Cơ quan khác"];
/// Words of the level abolished on 01/07/2025.
const FORMER: [&str; 4] = ["cấp huyện", "phòng tư pháp", "phòng lao động", "bộ phận một cửa cấp huyện"];

impl Unstructured {
    pub(super) fn new(field: String, text: &str, why: Why) -> Self {
        Self { field, text: text.to_owned(), why }
    }
}

impl fmt::Display for Unstructured {
    /// One line for a reviewed list.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} | {:?} | {}", self.field, self.why, self.text)
    }
}

/// Reads a record. Total: whatever is not understood is in `unstructured`.
pub fn import(record: &ExportRecord) -> Imported {
    let mut unstructured = Vec::new();
    absent_and_cut(record, &mut unstructured);
    let levels = listed("cap_thuc_hien", text(&record.cap_thuc_hien), &LEVELS, &mut unstructured);
    let audiences = listed("doi_tuong_thuc_hien", text(&record.doi_tuong_thuc_hien), &AUDIENCES, &mut unstructured);
    let terms = terms(record, &mut unstructured);
    let mut channels = Vec::new();
    for channel in terms.iter().filter_map(|line| line.channel) {
        if !channels.contains(&channel) {
            channels.push(channel);
        }
    }
    let fees = fees(record, &mut unstructured);
    let cases = cases(record, &mut unstructured);
    let results = results(record, &mut unstructured);
    let legal_basis = legal_basis(record, &mut unstructured);
    let conditions = clean(text(&record.yeu_cau_dieu_kien));
    let says_none = matches!(conditions.to_lowercase().trim_end_matches('.'), "" | "không" | "không có");
    Imported {
        record: record.clone(),
        name: clean(text(&record.ten_tthc)),
        field: clean(text(&record.linh_vuc)),
        levels,
        audiences,
        channels,
        terms,
        fees,
        cases,
        results,
        legal_basis,
        conditions: if says_none { None } else { Some(conditions) },
        unstructured,
    }
}

/// The record of what was imported: the very one that came in.
pub fn export(imported: &Imported) -> &ExportRecord {
    &imported.record
}

fn absent_and_cut(record: &ExportRecord, unstructured: &mut Vec<Unstructured>) {
    let needed = [
        ("ma_tthc", &record.ma_tthc),
        ("ten_tthc", &record.ten_tthc),
        ("so_quyet_dinh", &record.so_quyet_dinh),
        ("ngay_quyet_dinh", &record.ngay_quyet_dinh),
        ("linh_vuc", &record.linh_vuc),
        ("cap_thuc_hien", &record.cap_thuc_hien),
    ];
    for (field, value) in needed {
        if clean(text(value)).is_empty() {
            unstructured.push(Unstructured::new(field.to_owned(), "", Why::Absent));
        }
    }
    let decided = clean(text(&record.ngay_quyet_dinh));
    if !decided.is_empty() && read_day(&decided).is_none() {
        unstructured.push(Unstructured::new("ngay_quyet_dinh".to_owned(), &decided, Why::NotADate));
    }
    let mut long: Vec<(String, &str)> = vec![
        ("mo_ta".to_owned(), text(&record.mo_ta)),
        ("yeu_cau_dieu_kien".to_owned(), text(&record.yeu_cau_dieu_kien)),
        ("dia_chi_tiep_nhan".to_owned(), text(&record.dia_chi_tiep_nhan)),
        ("co_quan_thuc_hien".to_owned(), text(&record.co_quan_thuc_hien)),
    ];
    for (index, step) in rows(&record.trinh_tu_thuc_hien).iter().enumerate() {
        long.push((format!("trinh_tu_thuc_hien[{index}].mo_ta_chi_tiet"), text(&step.mo_ta_chi_tiet)));
    }
    for (index, paper) in rows(&record.tphs).iter().enumerate() {
        long.push((format!("tphs[{index}].ten_giay_to"), text(&paper.ten_giay_to)));
    }
    for (field, words) in long {
        if words.trim_end().ends_with("[…]") {
            unstructured.push(Unstructured::new(field.clone(), "[…]", Why::TextCut));
        }
        let lower = clean(words).to_lowercase();
        if let Some(former) = FORMER.iter().find(|former| lower.contains(*former)) {
            unstructured.push(Unstructured::new(field, former, Why::FormerLevel));
        }
    }
}

/// Values joined by commas, read by the known ones because values hold commas themselves.
fn listed(field: &str, joined: &str, known: &[&str], unstructured: &mut Vec<Unstructured>) -> Vec<String> {
    let joined = clean(joined);
    let mut rest = joined.as_str();
    let mut values = Vec::new();
    while !rest.is_empty() {
        let ends = |after: &str| after.is_empty() || after.starts_with(',');
        let found = known.iter().find(|value| rest.strip_prefix(**value).is_some_and(ends));
        let (value, after) = match found {
            Some(value) => (*value, &rest[value.len()..]),
            None => {
                let (value, after) = rest.split_at(rest.find(", ").unwrap_or(rest.len()));
                unstructured.push(Unstructured::new(field.to_owned(), value, Why::UnknownValue));
                (value, after)
            }
        };
        values.push(value.to_owned());
        rest = after.trim_start_matches(',').trim_start();
    }
    values
}

fn results(record: &ExportRecord, unstructured: &mut Vec<Unstructured>) -> Vec<ResultLine> {
    let mut results = Vec::new();
    for (index, row) in rows(&record.kqth).iter().enumerate() {
        let code = clean(text(&row.ma_ket_qua));
        let usual = code.strip_prefix("KQ.").and_then(|rest| rest.split_once('.')).is_some_and(|(organ, number)| {
            organ.len() == 3 && number.len() == 6 && number.bytes().all(|b| b.is_ascii_digit())
        });
        if !usual && !code.is_empty() {
            let field = format!("kqth[{index}].ma_ket_qua");
            unstructured.push(Unstructured::new(field, &code, Why::OddResultCode));
        }
        results.push(ResultLine { code, name: clean(text(&row.ten_ket_qua)) });
    }
    results
}

fn legal_basis(record: &ExportRecord, unstructured: &mut Vec<Unstructured>) -> Vec<LegalLine> {
    let mut laws = Vec::new();
    for (index, row) in rows(&record.ccpl).iter().enumerate() {
        let at = |field: &str| format!("ccpl[{index}].{field}");
        let mut date = |field: &str, value: &Option<String>| {
            let words = clean(text(value));
            let day = read_day(&words);
            if day.is_none() && !words.is_empty() {
                unstructured.push(Unstructured::new(at(field), &words, Why::NotADate));
            }
            day
        };
        let issued = date("ngay_ban_hanh", &row.ngay_ban_hanh);
        let effective = date("ngay_hieu_luc", &row.ngay_hieu_luc);
        if let (Some(issued), Some(effective)) = (issued, effective)
            && effective < issued
        {
            let words = format!("{} < {}", text(&row.ngay_hieu_luc), text(&row.ngay_ban_hanh));
            unstructured.push(Unstructured::new(at("ngay_hieu_luc"), &words, Why::DatesOutOfOrder));
        }
        let address = clean(text(&row.dia_chi_truy_cap));
        let is_address = is_address(&address);
        if !is_address && !address.is_empty() {
            unstructured.push(Unstructured::new(at("dia_chi_truy_cap"), &address, Why::LinkIsNoAddress));
        }
        laws.push(LegalLine {
            number: clean(text(&row.so_ky_hieu)),
            title: clean(text(&row.trich_yeu)),
            issuer: clean(text(&row.co_quan_ban_hanh)),
            issued,
            effective,
            link: if is_address { Some(address) } else { None },
        });
    }
    laws
}

/// dd/mm/yyyy.
fn read_day(words: &str) -> Option<Day> {
    let mut parts = words.split('/');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    Day::from_ymd(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}
