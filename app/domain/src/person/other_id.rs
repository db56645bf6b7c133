//! Numbers of other identity papers: the old card of nine digits (CMND) and passports.

use super::{citizen_id::digits_of, serde_by_parsing};
use std::fmt;

/// Number of the old identity card (chứng minh nhân dân), nine digits. Kept as a second number: old papers bear it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct OldIdNumber(String);

/// Why a text is not a number of the old card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OldIdNumberProblem {
    /// Nothing typed.
    Empty,
    /// Something else than digits, spaces, dots and hyphens.
    NotDigits,
    /// Not nine digits.
    WrongLength {
        /// How many digits were typed.
        digits: usize,
    },
}

impl OldIdNumber {
    /// Reads a number; spaces, dots and hyphens are ignored.
    pub fn parse(typed: &str) -> Result<Self, OldIdNumberProblem> {
        let digits = digits_of(typed).ok_or(OldIdNumberProblem::NotDigits)?;
        match digits.len() {
            0 => Err(OldIdNumberProblem::Empty),
            9 => Ok(Self(digits)),
            digits => Err(OldIdNumberProblem::WrongLength { digits }),
        }
    }

    /// The nine digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `221•••••6`: what lists and logs may show.
    pub fn masked(&self) -> String {
        format!("{}•••••{}", &self.0[..3], &self.0[8..])
    }
}

impl fmt::Debug for OldIdNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OldIdNumber({})", self.masked())
    }
}

/// A passport number in capitals, of any country.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Passport(String);

/// Why a text is not a passport number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassportProblem {
    /// Nothing typed.
    Empty,
    /// Something else than letters A–Z and digits.
    NotLettersAndDigits,
    /// Not 6 to 9 characters: ICAO Doc 9303 leaves nine places.
    WrongLength {
        /// How many characters were typed.
        characters: usize,
    },
    /// Letters alone.
    NoDigit,
}

impl Passport {
    /// Reads a passport number; spaces, dots and hyphens are ignored, case is forgiven.
    pub fn parse(typed: &str) -> Result<Self, PassportProblem> {
        let number: String = typed
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-'))
            .map(|c| c.to_ascii_uppercase())
            .collect();
        if number.is_empty() {
            return Err(PassportProblem::Empty);
        }
        if !number.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return Err(PassportProblem::NotLettersAndDigits);
        }
        if !(6..=9).contains(&number.len()) {
            return Err(PassportProblem::WrongLength { characters: number.len() });
        }
        if !number.bytes().any(|b| b.is_ascii_digit()) {
            return Err(PassportProblem::NoDigit);
        }
        Ok(Self(number))
    }

    /// The number in capitals.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it has the shape of a Vietnamese passport: one letter and seven or eight digits.
    pub fn looks_vietnamese(&self) -> bool {
        let (letter, digits) = self.0.split_at(1);
        letter.bytes().all(|b| b.is_ascii_uppercase())
            && matches!(digits.len(), 7 | 8)
            && digits.bytes().all(|b| b.is_ascii_digit())
    }

    /// `B••••567`: what lists and logs may show.
    pub fn masked(&self) -> String {
        let hidden = self.0.len() - 4;
        format!("{}{}{}", &self.0[..1], "•".repeat(hidden), &self.0[self.0.len() - 3..])
    }
}

impl fmt::Debug for Passport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Passport({})", self.masked())
    }
}

serde_by_parsing!(OldIdNumber);
serde_by_parsing!(Passport);
