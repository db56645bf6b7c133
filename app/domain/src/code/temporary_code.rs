//! The code of an application sent online, until it is received and gets its dossier code.

use super::crockford;
use crate::person::serde_by_parsing;
use std::fmt;

/// A code of submission: `T-`, eight characters of Crockford's alphabet and one check character. `T-7K3MQ9X2D`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TemporaryCode(String);

/// Why a text is not such a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TemporaryCodeProblem {
    /// Nothing typed.
    Empty,
    /// It does not begin with T.
    NoPrefix,
    /// A character that no code has.
    BadCharacter(char),
    /// Not nine characters behind the T.
    WrongLength {
        /// How many were typed.
        characters: usize,
    },
    /// The check character disagrees: a character was copied wrongly.
    WrongCheck,
}

/// Characters that carry the code; the check character follows.
const LENGTH: usize = 8;

impl TemporaryCode {
    /// Makes a code of 40 random bits.
    pub fn from_random(bytes: [u8; 5]) -> Self {
        let bits = bytes.iter().fold(0u64, |bits, byte| bits << 8 | u64::from(*byte));
        let values: Vec<u8> = (0..LENGTH).rev().map(|at| (bits >> (at * 5) & 31) as u8).collect();
        Self::of(&values)
    }

    /// Reads a code as copied from paper: any case, spaces and hyphens ignored, O read as 0, I and L as 1.
    pub fn parse(typed: &str) -> Result<Self, TemporaryCodeProblem> {
        let mut characters = typed.chars().filter(|c| !c.is_whitespace() && *c != '-');
        match characters.next() {
            None => return Err(TemporaryCodeProblem::Empty),
            Some('T' | 't') => {}
            Some(_) => return Err(TemporaryCodeProblem::NoPrefix),
        }
        let values: Vec<u8> = characters
            .map(|c| crockford::value(c).ok_or(TemporaryCodeProblem::BadCharacter(c)))
            .collect::<Result<_, _>>()?;
        if values.len() != LENGTH + 1 {
            return Err(TemporaryCodeProblem::WrongLength { characters: values.len() });
        }
        let (carried, check) = values.split_at(LENGTH);
        if check != [crockford::check_value(carried)] {
            return Err(TemporaryCodeProblem::WrongCheck);
        }
        Ok(Self::of(carried))
    }

    /// `T-7K3MQ9X2D`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn of(values: &[u8]) -> Self {
        let check = crockford::check_value(values);
        let text: String = values.iter().chain([&check]).map(|value| crockford::character(*value)).collect();
        Self(format!("T-{text}"))
    }
}

impl fmt::Display for TemporaryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

serde_by_parsing!(TemporaryCode);
