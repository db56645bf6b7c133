//! The note of a transfer that we ask for (nội dung chuyển khoản).

use super::PaymentToken;
use crate::{person::serde_by_parsing, text::without_accents};
use std::fmt;

/// What banks carry of a note without loss: letters without diacritics, digits and spaces, 25 at most.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TransferNote(String);

/// Why a text makes no note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteProblem {
    /// Nothing is left that banks carry.
    Empty,
    /// More characters than banks carry. A note is never cut: what is lost might be the token.
    TooLong {
        /// How many are left when the others are gone.
        characters: usize,
    },
}

impl TransferNote {
    /// The most characters of a note: what field 62-08 of a QR code holds.
    pub const LONGEST: usize = 25;

    /// Makes a note of a text: diacritics go, and so does everything but `[A-Za-z0-9 ]`. Spaces stay as they are.
    ///
    /// # Errors
    /// When nothing or too much is left.
    pub fn parse(text: &str) -> Result<Self, NoteProblem> {
        let kept: String = without_accents(text).chars().filter(|c| c.is_ascii_alphanumeric() || *c == ' ').collect();
        match kept.len() {
            0 => Err(NoteProblem::Empty),
            characters if characters > Self::LONGEST => Err(NoteProblem::TooLong { characters }),
            _ => Ok(Self(kept)),
        }
    }

    /// The characters, ASCII alone.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The token alone: what our own codes ask for.
impl From<&PaymentToken> for TransferNote {
    fn from(token: &PaymentToken) -> Self {
        Self(token.as_str().to_owned())
    }
}

impl fmt::Display for TransferNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

serde_by_parsing!(TransferNote);
