//! The form number of a receipt (mẫu số, ký hiệu mẫu biên lai; Nghị định 123/2020/NĐ-CP as changed by 70/2025/NĐ-CP,
//! Thông tư 32/2025/TT-BTC).

use super::serde_as_text;
use crate::dossier::keyed;
use std::fmt;

keyed! {
    /// What a form has printed on it. The key is the first two digits of the form number.
    FormKind {
        /// Biên lai không in sẵn mệnh giá: the amount is written in.
        Blank = "01",
        /// Biên lai in sẵn mệnh giá: the amount is printed.
        Priced = "02",
    }
}

impl FormKind {
    /// The number that notice 04/SS-CTĐT knows the kind by (`LCTDT`).
    pub const fn notice_code(self) -> u8 {
        match self {
            Self::Blank => 3,
            Self::Priced => 4,
        }
    }
}

/// A form number, as `01BLP0-001`: kind, `BLP`, how many sheets one receipt has, which template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FormNumber {
    kind: FormKind,
    copies: u8,
    template: u16,
}

/// Why a text is not a form number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormNumberProblem {
    /// Nothing typed.
    Empty,
    /// Not ten characters of the shape `01BLP0-001`.
    WrongShape,
    /// The first two digits are neither `01` nor `02`.
    UnknownKind,
    /// The template is not 001 to 999.
    BadTemplate,
}

/// Between the kind and the sheets: biên lai phí.
const LETTERS: &str = "BLP";
/// Characters of the whole.
const LENGTH: usize = 10;
/// The highest template that three digits can write.
const LAST_TEMPLATE: u16 = 999;

impl FormNumber {
    /// The form of that kind, that many sheets (0 when there is no paper, at most 9) and that template (1 to 999).
    ///
    /// # Errors
    /// When sheets or template cannot be written.
    pub const fn new(kind: FormKind, copies: u8, template: u16) -> Result<Self, FormNumberProblem> {
        if copies > 9 {
            return Err(FormNumberProblem::WrongShape);
        }
        if template == 0 || template > LAST_TEMPLATE {
            return Err(FormNumberProblem::BadTemplate);
        }
        Ok(Self { kind, copies, template })
    }

    /// Reads a form number; case and outer spaces are forgiven.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(typed: &str) -> Result<Self, FormNumberProblem> {
        let text = typed.trim().to_ascii_uppercase();
        if text.is_empty() {
            return Err(FormNumberProblem::Empty);
        }
        if !text.is_ascii() || text.len() != LENGTH {
            return Err(FormNumberProblem::WrongShape);
        }
        let (kind, rest) = text.split_at(2);
        let (copies, template) =
            rest.strip_prefix(LETTERS).and_then(|rest| rest.split_once('-')).ok_or(FormNumberProblem::WrongShape)?;
        let digits = |part: &str, width: usize| part.len() == width && part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(kind, 2) || !digits(copies, 1) || !digits(template, 3) {
            return Err(FormNumberProblem::WrongShape);
        }
        let kind = FormKind::from_key(kind).ok_or(FormNumberProblem::UnknownKind)?;
        let copies = copies.parse().map_err(|_| FormNumberProblem::WrongShape)?;
        let template = template.parse().map_err(|_| FormNumberProblem::BadTemplate)?;
        Self::new(kind, copies, template)
    }

    /// What is printed on it.
    pub const fn kind(self) -> FormKind {
        self.kind
    }

    /// How many sheets one receipt has (số liên); none of an electronic one.
    pub const fn copies(self) -> u8 {
        self.copies
    }

    /// Which template, from 1.
    pub const fn template(self) -> u16 {
        self.template
    }
}

impl fmt::Display for FormNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{LETTERS}{}-{:03}", self.kind.key(), self.copies, self.template)
    }
}

serde_as_text!(FormNumber);
