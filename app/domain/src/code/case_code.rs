//! The code of a dossier (mã số hồ sơ; Thông tư 01/2018/TT-VPCP, then Thông tư 03/2025/TT-VPCP).

use crate::{
    organ::{OrganId, OrganIdProblem},
    time::Day,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::fmt;

/// `H15.50.05.13-261008-0975`: agency, day of reception, number within that day. Given once at reception and kept for
/// ever, also when the agency is merged away.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct CaseCode {
    text: String,
    organ: OrganId,
    day: Day,
    sequence: String,
    form: CaseCodeForm,
}

/// How the agency is written in the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseCodeForm {
    /// Top-down: `H15.50.05.13-…`.
    Current,
    /// Bottom-up with zeros, as older systems do: `000.18.45.H45-…`.
    Legacy,
}

impl CaseCodeForm {
    /// `current` or `legacy`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Legacy => "legacy",
        }
    }
}

/// Why a text is not the code of a dossier, or why no code can be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseCodeProblem {
    /// Nothing typed.
    Empty,
    /// Not an agency, a date and a number parted by hyphens.
    NotThreeParts,
    /// The agency is none.
    Organ(OrganIdProblem),
    /// The agency is written in neither layout that codes have.
    OrganLayout,
    /// The middle part is not six digits of a real date of this century.
    BadDate,
    /// The number is not 4 to 7 digits (4 in the legacy form).
    BadSequence,
}

/// The number is padded to this many digits.
const LEAST_DIGITS: usize = 4;
/// The widest number that portals write.
const MOST_DIGITS: usize = 7;

impl CaseCode {
    /// The code of the `sequence`-th dossier (from 1) that the agency receives on that day. Numbers under 10 000 have
    /// four digits; a larger one takes as many as it needs and never starts again.
    pub fn new(organ: &OrganId, day: Day, sequence: u32) -> Result<Self, CaseCodeProblem> {
        let (year, month, of_month) = day.ymd();
        if !(2000..=2099).contains(&year) {
            return Err(CaseCodeProblem::BadDate);
        }
        let number = format!("{sequence:0LEAST_DIGITS$}");
        if sequence == 0 || number.len() > MOST_DIGITS {
            return Err(CaseCodeProblem::BadSequence);
        }
        Self::parse(&format!("{organ}-{:02}{month:02}{of_month:02}-{number}", year - 2000))
    }

    /// Reads a code in either form; case and outer spaces are forgiven.
    pub fn parse(typed: &str) -> Result<Self, CaseCodeProblem> {
        let text = typed.trim().to_ascii_uppercase();
        if text.is_empty() {
            return Err(CaseCodeProblem::Empty);
        }
        let parts: Vec<&str> = text.split('-').collect();
        let [agency, date, sequence] = parts.as_slice() else { return Err(CaseCodeProblem::NotThreeParts) };
        let (organ, form) = read_organ(agency)?;
        let day = read_date(date).ok_or(CaseCodeProblem::BadDate)?;
        let most_digits = if form == CaseCodeForm::Legacy { LEAST_DIGITS } else { MOST_DIGITS };
        if !(LEAST_DIGITS..=most_digits).contains(&sequence.len()) || !sequence.bytes().all(|b| b.is_ascii_digit()) {
            return Err(CaseCodeProblem::BadSequence);
        }
        let sequence = (*sequence).to_owned();
        Ok(Self { text, organ, day, sequence, form })
    }

    /// The code as written on the receipt, in capitals.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The agency that received the dossier. [`OrganId::original`] is how this code writes it.
    pub const fn organ(&self) -> &OrganId {
        &self.organ
    }

    /// The day of reception.
    pub const fn day(&self) -> Day {
        self.day
    }

    /// The number within the day, digits as written. On ministry portals the first two tell the ministry.
    pub fn sequence(&self) -> &str {
        &self.sequence
    }

    /// The form.
    pub const fn form(&self) -> CaseCodeForm {
        self.form
    }
}

fn read_organ(agency: &str) -> Result<(OrganId, CaseCodeForm), CaseCodeProblem> {
    // `normalize` forgives outer spaces; inside a code they are no agency's.
    if agency.contains(char::is_whitespace) {
        return Err(CaseCodeProblem::OrganLayout);
    }
    let organ = OrganId::normalize(agency).map_err(CaseCodeProblem::Organ)?;
    if agency.starts_with(organ.top()) {
        return Ok((organ, CaseCodeForm::Current));
    }
    let widths = agency.split('.').map(str::len);
    if widths.eq([3, 2, 2, 3]) { Ok((organ, CaseCodeForm::Legacy)) } else { Err(CaseCodeProblem::OrganLayout) }
}

/// `261008` → 08/10/2026.
fn read_date(date: &str) -> Option<Day> {
    if date.len() != 6 || !date.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Day::from_ymd(2000 + date[..2].parse::<i32>().ok()?, date[2..4].parse().ok()?, date[4..].parse().ok()?)
}

impl fmt::Display for CaseCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for CaseCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CaseCode({})", self.text)
    }
}

impl Serialize for CaseCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for CaseCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(|problem| D::Error::custom(format!("{problem:?}")))
    }
}
