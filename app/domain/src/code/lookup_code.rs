//! The four characters that, with the dossier's code, let a person see its state without signing in.

use super::crockford;
use crate::person::serde_by_parsing;
use std::fmt;

/// A look-up code (mã tra cứu), printed on the receipt. It says nothing about the person.
#[derive(Clone, PartialEq, Eq)]
pub struct LookupCode(String);

/// Why a text is not a look-up code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LookupCodeProblem {
    /// Nothing typed.
    Empty,
    /// A character that no code has.
    BadCharacter(char),
    /// Not four characters.
    WrongLength {
        /// How many were typed.
        characters: usize,
    },
}

const LENGTH: usize = 4;

impl LookupCode {
    /// Makes a code of random bytes; five bits of each count.
    pub fn from_random(bytes: [u8; LENGTH]) -> Self {
        Self(bytes.into_iter().map(crockford::character).collect())
    }

    /// Reads a code as copied from paper: any case, spaces and hyphens ignored, O read as 0, I and L as 1.
    pub fn parse(typed: &str) -> Result<Self, LookupCodeProblem> {
        let mut code = String::with_capacity(LENGTH);
        for c in typed.chars().filter(|c| !c.is_whitespace() && *c != '-') {
            code.push(crockford::value(c).map(crockford::character).ok_or(LookupCodeProblem::BadCharacter(c))?);
        }
        match code.len() {
            0 => Err(LookupCodeProblem::Empty),
            LENGTH => Ok(Self(code)),
            characters => Err(LookupCodeProblem::WrongLength { characters }),
        }
    }

    /// The four characters, in capitals.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Hidden: with the dossier's code it opens the dossier's state.
impl fmt::Debug for LookupCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LookupCode(••••)")
    }
}

serde_by_parsing!(LookupCode);
