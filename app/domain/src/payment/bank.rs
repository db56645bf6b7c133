//! Banks and accounts, as codes of transfers name them.

use crate::person::serde_by_parsing;
use std::fmt;

/// A bank identification number (mã BIN): six digits that name a bank in the network of NAPAS.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bin(String);

/// The text is not six digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotABin;

/// A bank, or a wallet that takes transfers as a bank does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bank {
    /// Its six digits.
    pub bin: &'static str,
    /// The name that its customers know.
    pub name: &'static str,
}

/// The banks that are known by name. A BIN that is not here is still one: new banks come, and a code is made for them
/// too.
pub const BANKS: &[Bank] = &[
    Bank { bin: "970403", name: "Sacombank" },
    Bank { bin: "970405", name: "Agribank" },
    Bank { bin: "970407", name: "Techcombank" },
    Bank { bin: "970415", name: "VietinBank" },
    Bank { bin: "970416", name: "ACB" },
    Bank { bin: "970418", name: "BIDV" },
    Bank { bin: "970422", name: "MB" },
    Bank { bin: "970423", name: "TPBank" },
    Bank { bin: "970424", name: "Shinhan Bank" },
    Bank { bin: "970426", name: "MSB" },
    Bank { bin: "970428", name: "Nam Á Bank" },
    Bank { bin: "970431", name: "Eximbank" },
    Bank { bin: "970432", name: "VPBank" },
    Bank { bin: "970436", name: "Vietcombank" },
    Bank { bin: "970437", name: "HDBank" },
    Bank { bin: "970440", name: "SeABank" },
    Bank { bin: "970441", name: "VIB" },
    Bank { bin: "970443", name: "SHB" },
    Bank { bin: "970446", name: "Co-opBank" },
    Bank { bin: "970448", name: "OCB" },
    Bank { bin: "970449", name: "LPBank" },
    Bank { bin: "971005", name: "Viettel Money" },
    Bank { bin: "971011", name: "VNPT Money" },
];

const BIN_DIGITS: usize = 6;

impl Bin {
    /// Reads six digits, nothing else.
    ///
    /// # Errors
    /// When the text is anything else.
    pub fn parse(text: &str) -> Result<Self, NotABin> {
        let is_bin = text.len() == BIN_DIGITS && text.bytes().all(|byte| byte.is_ascii_digit());
        if is_bin { Ok(Self(text.to_owned())) } else { Err(NotABin) }
    }

    /// The six digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The bank, when it is known by name.
    pub fn bank(&self) -> Option<&'static Bank> {
        BANKS.iter().find(|bank| bank.bin == self.0)
    }
}

impl fmt::Display for Bin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

serde_by_parsing!(Bin);

/// The number of an account or of a card, as it stands in a code: letters and digits, 19 at most.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountNumber(String);

/// Why a text is not the number of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountProblem {
    /// Nothing typed.
    Empty,
    /// A character that no number has.
    BadCharacter(char),
    /// More characters than a code holds.
    TooLong {
        /// How many were typed.
        characters: usize,
    },
}

impl AccountNumber {
    /// The most characters of a number.
    pub const LONGEST: usize = 19;

    /// Reads a number as it is; nothing is ignored, for a space may be a character that was lost.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, AccountProblem> {
        if let Some(bad) = text.chars().find(|c| !c.is_ascii_alphanumeric()) {
            return Err(AccountProblem::BadCharacter(bad));
        }
        match text.len() {
            0 => Err(AccountProblem::Empty),
            characters if characters > Self::LONGEST => Err(AccountProblem::TooLong { characters }),
            _ => Ok(Self(text.to_owned())),
        }
    }

    /// The characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a bank that writes this means the same number: it may part the characters by spaces, dots or hyphens,
    /// and write letters in either case. Zeros in front count.
    pub fn is_written(&self, written: &str) -> bool {
        let kept = written.chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-'));
        kept.map(|c| c.to_ascii_uppercase()).eq(self.0.chars().map(|c| c.to_ascii_uppercase()))
    }
}

impl fmt::Display for AccountNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

serde_by_parsing!(AccountNumber);
