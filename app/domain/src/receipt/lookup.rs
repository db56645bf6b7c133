//! The code by which whoever holds a receipt looks it up (mã tra cứu).

use crate::{code::crockford, person::serde_by_parsing};
use std::fmt;

/// Eleven characters of Crockford's alphabet drawn by chance (55 bits) and one check character. It says nothing about
/// person or number; with it alone the receipt opens.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ReceiptLookupCode(String);

/// Why a text is no such code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReceiptLookupCodeProblem {
    /// Nothing typed.
    Empty,
    /// A character that no code has.
    BadCharacter(char),
    /// Not twelve characters.
    WrongLength {
        /// How many were typed.
        characters: usize,
    },
    /// The check character disagrees: a character was copied wrongly.
    WrongCheck,
}

/// Characters that carry the code; the check character follows.
const CARRIED: usize = 11;
/// Characters between two hyphens, as people read it.
const GROUP: usize = 4;

impl ReceiptLookupCode {
    /// Makes a code of random bytes; the low 55 bits count.
    pub fn from_random(bytes: [u8; 7]) -> Self {
        let bits = bytes.iter().fold(0u64, |bits, byte| bits << 8 | u64::from(*byte));
        let values: Vec<u8> = (0..CARRIED).rev().map(|at| (bits >> (at * 5) & 31) as u8).collect();
        Self::of(&values)
    }

    /// Reads a code as copied from a receipt: any case, spaces and hyphens ignored, O read as 0, I and L as 1.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(typed: &str) -> Result<Self, ReceiptLookupCodeProblem> {
        let values: Vec<u8> = typed
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .map(|c| crockford::value(c).ok_or(ReceiptLookupCodeProblem::BadCharacter(c)))
            .collect::<Result<_, _>>()?;
        match values.len() {
            0 => return Err(ReceiptLookupCodeProblem::Empty),
            length if length != CARRIED + 1 => {
                return Err(ReceiptLookupCodeProblem::WrongLength { characters: length });
            }
            _ => {}
        }
        let (carried, check) = values.split_at(CARRIED);
        if check != [crockford::check_value(carried)] {
            return Err(ReceiptLookupCodeProblem::WrongCheck);
        }
        Ok(Self::of(carried))
    }

    /// The twelve characters, in capitals.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `7K3M-Q9X2-D0AB`: as it is printed.
    pub fn grouped(&self) -> String {
        let characters: Vec<char> = self.0.chars().collect();
        characters.chunks(GROUP).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
    }

    fn of(values: &[u8]) -> Self {
        let check = crockford::check_value(values);
        Self(values.iter().chain([&check]).map(|value| crockford::character(*value)).collect())
    }
}

/// Hidden: it opens the receipt.
impl fmt::Debug for ReceiptLookupCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReceiptLookupCode(••••)")
    }
}

serde_by_parsing!(ReceiptLookupCode);
