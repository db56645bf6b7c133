//! Sex as civil status records it.

use crate::text::fold;
use serde::{Deserialize, Serialize};

/// Sex as written in the register and encoded in the citizen number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// Nam.
    Male,
    /// Nữ.
    Female,
}

impl Sex {
    /// Both, in the order forms show them.
    pub const ALL: [Self; 2] = [Self::Male, Self::Female];

    /// The stable key stored in tables and data files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Male => "male",
            Self::Female => "female",
        }
    }

    /// The sex of that key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sex| sex.key() == key)
    }

    /// The word printed on identity cards.
    pub const fn on_card(self) -> &'static str {
        match self {
            Self::Male => "Nam",
            Self::Female => "Nữ",
        }
    }

    /// Reads the word of a card, whatever its case and accents.
    pub fn from_card(word: &str) -> Option<Self> {
        match fold(word).as_str() {
            "nam" => Some(Self::Male),
            "nu" => Some(Self::Female),
            _ => None,
        }
    }
}
