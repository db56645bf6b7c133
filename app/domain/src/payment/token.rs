//! The token of a payment (mã thanh toán): what comes back in the note of a transfer and says whose it is.
//!
//! Banks keep little of a note: they upper-case it, drop dots and hyphens, cut it, break it into lines, and put words
//! of their own before and behind it, often without a space. The code of a dossier does not survive that. A token
//! does: eleven letters and digits, with no pair that is mistaken for another.

use crate::{code::crockford, person::serde_by_parsing, text};
use std::{
    collections::{BTreeMap, HashSet},
    fmt,
};

/// A token: `DX`, eight characters of Crockford's alphabet (40 bits) and a check character over the eight.
/// `DX7K3MQ9X2W`.
///
/// The check is Luhn's algorithm modulo 32. It notices every single wrong character among the nine, and every swap of
/// two neighbours among them but that of `0` and `Z`, whose doubled values differ as the plain ones do. A swap that
/// reaches into `DX` is noticed by the prefix. O is read as 0, I and L as 1: these are no changes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PaymentToken(String);

/// Why a text is not a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenProblem {
    /// Nothing typed.
    Empty,
    /// It does not begin with DX.
    NoPrefix,
    /// A character that no token has.
    BadCharacter(char),
    /// Not nine characters behind the DX.
    WrongLength {
        /// How many were typed.
        characters: usize,
    },
    /// The check character disagrees: a character was copied wrongly.
    WrongCheck,
}

const PREFIX: [char; 2] = ['D', 'X'];
/// Characters that carry the token; the check character follows.
const CARRIED: usize = 8;

impl PaymentToken {
    /// Characters of a token, prefix and check included.
    pub const LENGTH: usize = PREFIX.len() + CARRIED + 1;

    /// Makes a token of the low 40 bits of a random number.
    pub fn from_random(bits: u64) -> Self {
        let values: Vec<u8> = (0..CARRIED).rev().map(|at| (bits >> (at * 5) & 31) as u8).collect();
        Self::of(&values)
    }

    /// Reads one token as a person typed it: any case, spaces ignored, O read as 0, I and L as 1.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn parse(typed: &str) -> Result<Self, TokenProblem> {
        let signs: Vec<char> = typed.chars().filter(|c| !is_ignored(*c)).collect();
        Self::read(&signs)
    }

    /// Every token in the note of a transfer, each once, in the order in which they stand there.
    ///
    /// Case and spaces (line ends too) are ignored, so a token is found that the bank broke in two or glued to the
    /// words around it. Any other sign ends a token: nothing is joined across it. A token that lost a character is not
    /// one.
    ///
    /// *What this finds by mistake.* With the spaces gone, D and X may meet by chance, and in `RD X12 THANG 2 NAM 2026`
    /// they do: nine characters of the alphabet follow, and one in 32 of such runs carries the right check. This one
    /// does; it reads as `DX12THANG2N`. But a run names one of 2⁴⁰ and so no request that anybody made: a credit whose
    /// only token it is waits for a person, as it would have without one, and beside a real one it makes two, which
    /// wait as well. A wrong payment cannot come of it. Where candidates overlap, one that stands as a word of its own
    /// wins over one that runs across words or is glued to others; among equals the first wins.
    pub fn find_all(note: &str) -> Vec<Self> {
        let mut candidates = candidates(note);
        candidates.sort_by_key(|candidate| (!candidate.is_word, candidate.at));
        let mut taken: BTreeMap<usize, Self> = BTreeMap::new();
        for Candidate { at, token, .. } in candidates {
            let near = at.saturating_sub(Self::LENGTH - 1)..at + Self::LENGTH;
            if taken.range(near).next().is_none() {
                taken.insert(at, token);
            }
        }
        let mut seen = HashSet::new();
        taken.into_values().filter(|token| seen.insert(token.clone())).collect()
    }

    /// The eleven characters, in capitals.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn read(signs: &[char]) -> Result<Self, TokenProblem> {
        if signs.is_empty() {
            return Err(TokenProblem::Empty);
        }
        let is_prefix = |(sign, wanted): (&char, &char)| sign.eq_ignore_ascii_case(wanted);
        if signs.len() < PREFIX.len() || !signs.iter().zip(&PREFIX).all(is_prefix) {
            return Err(TokenProblem::NoPrefix);
        }
        let values: Vec<u8> = signs
            .iter()
            .skip(PREFIX.len())
            .map(|c| crockford::value(*c).ok_or(TokenProblem::BadCharacter(*c)))
            .collect::<Result<_, _>>()?;
        if values.len() != CARRIED + 1 {
            return Err(TokenProblem::WrongLength { characters: values.len() });
        }
        let (carried, check) = values.split_at(CARRIED);
        if check != [crockford::check_value(carried)] {
            return Err(TokenProblem::WrongCheck);
        }
        Ok(Self::of(carried))
    }

    fn of(values: &[u8]) -> Self {
        let check = crockford::check_value(values);
        let carried = values.iter().chain([&check]).map(|value| crockford::character(*value));
        Self(PREFIX.into_iter().chain(carried).collect())
    }
}

impl fmt::Display for PaymentToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

serde_by_parsing!(PaymentToken);

/// Eleven characters of a note that make a token.
struct Candidate {
    /// Index of its first character among those that are not ignored.
    at: usize,
    token: PaymentToken,
    /// Whether it is written in one piece with nothing glued to it.
    is_word: bool,
}

fn candidates(note: &str) -> Vec<Candidate> {
    // Each kept character with its place in the note, so that a gap in the places is a space that was ignored.
    let signs: Vec<(usize, char)> = note.chars().enumerate().filter(|(_, c)| !is_ignored(*c)).collect();
    let parted = |left: Option<&(usize, char)>, right: Option<&(usize, char)>| match (left, right) {
        (Some(left), Some(right)) => right.0 - left.0 > 1 || !left.1.is_alphanumeric() || !right.1.is_alphanumeric(),
        _ => true,
    };
    let at = |(at, window): (usize, &[(usize, char)])| {
        let characters: Vec<char> = window.iter().map(|(_, c)| *c).collect();
        let token = PaymentToken::read(&characters).ok()?;
        let (first, last) = (window.first(), window.last());
        let in_one_piece = window.windows(2).all(|pair| !parted(pair.first(), pair.last()));
        let before = at.checked_sub(1).and_then(|before| signs.get(before));
        let is_word = in_one_piece && parted(before, first) && parted(last, signs.get(at + PaymentToken::LENGTH));
        Some(Candidate { at, token, is_word })
    };
    signs.windows(PaymentToken::LENGTH).enumerate().filter_map(at).collect()
}

/// What may stand inside a token without being part of it: white space, and characters without a shape.
fn is_ignored(c: char) -> bool {
    c.is_whitespace() || text::is_invisible(c)
}
