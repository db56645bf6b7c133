//! Names of people.

use super::serde_by_parsing;
use crate::text::{clean, fold, is_apostrophe, looks_like_legacy_encoding, nfc, sort_key};
use std::fmt;

/// A full name as its bearer writes it. It is never taken apart by position: `La O Thị Hồng` has a family name of two
/// words, `H'Ƀlŭ Ksơr Niê` carries it last, and some people have one name only.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FullName(String);

/// Why a text is not a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameProblem {
    /// Nothing typed.
    Empty,
    /// Longer than 100 letters.
    TooLong {
        /// How many letters, marks not counted.
        letters: usize,
    },
    /// A digit.
    Digit,
    /// A sign that no name has, the first one.
    Symbol(char),
    /// A letter of another script, the first one; papers are printed in Latin letters.
    NotLatin(char),
    /// Pasted from a font before Unicode; see [`crate::text::convert_legacy_encoding`].
    LegacyEncoding,
}

/// Longest name accepted, in letters; the civil status law sets no limit, forms do.
const LONGEST: usize = 100;
/// Marks on one letter: shape, breve and tone. More is a prank or damage.
const MOST_MARKS: usize = 3;

impl FullName {
    /// Keeps a name as typed but for spaces, normal form and Ð (U+00D0), which is read as Đ. Apostrophes of every kind,
    /// hyphens and the letters of every people of Việt Nam are allowed.
    pub fn parse(typed: &str) -> Result<Self, NameProblem> {
        if looks_like_legacy_encoding(typed) {
            return Err(NameProblem::LegacyEncoding);
        }
        let name = clean(typed).replace(['\u{D0}', '\u{189}'], "Đ").replace(['\u{F0}', '\u{256}'], "đ");
        if name.is_empty() {
            return Err(NameProblem::Empty);
        }
        let mut letters = 0;
        let mut marks = 0;
        for c in name.chars() {
            match kind(c) {
                Kind::Letter => (letters, marks) = (letters + 1, 0),
                Kind::Mark if marks < MOST_MARKS && letters > 0 => marks += 1,
                Kind::Joint => marks = MOST_MARKS,
                Kind::Digit => return Err(NameProblem::Digit),
                Kind::OtherScript => return Err(NameProblem::NotLatin(c)),
                Kind::Mark | Kind::Symbol => return Err(NameProblem::Symbol(c)),
            }
        }
        if letters > LONGEST {
            return Err(NameProblem::TooLong { letters });
        }
        let wordless = name.split(' ').find(|word| !word.chars().any(|c| kind(c) == Kind::Letter));
        match wordless.and_then(|word| word.chars().next()) {
            Some(sign) => Err(NameProblem::Symbol(sign)),
            None => Ok(Self(name)),
        }
    }

    /// The name as kept.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// In capitals, as official papers print it: `LA O THỊ TÍM`, `H'ɃLŬ KSƠR NIÊ`.
    pub fn upper(&self) -> String {
        nfc(&self.0.to_uppercase())
    }

    /// The search key.
    pub fn fold(&self) -> String {
        fold(&self.0)
    }

    /// The sort key.
    pub fn sort_key(&self) -> String {
        sort_key(&self.0)
    }
}

#[derive(PartialEq, Eq)]
enum Kind {
    Letter,
    Mark,
    /// A space, hyphen or apostrophe.
    Joint,
    Digit,
    OtherScript,
    Symbol,
}

fn kind(c: char) -> Kind {
    match c {
        ' ' | '-' | '\u{2010}' | '\u{2011}' => Kind::Joint,
        // A typewriter's accents are no apostrophes in a name.
        '`' | '\u{B4}' => Kind::Symbol,
        c if is_apostrophe(c) => Kind::Joint,
        '\u{300}'..='\u{36F}' => Kind::Mark,
        'ª' | 'º' => Kind::Symbol,
        'A'..='Z' | 'a'..='z' | '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' if c.is_alphabetic() => Kind::Letter,
        c if c.is_numeric() => Kind::Digit,
        c if c.is_alphabetic() => Kind::OtherScript,
        _ => Kind::Symbol,
    }
}

impl fmt::Display for FullName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

serde_by_parsing!(FullName);
