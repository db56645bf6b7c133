//! One letter of the Vietnamese or a highland alphabet, taken apart into base, shape and tone.

use super::normal::{nfc, nfd};

/// The six tones, in dictionary order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tone {
    /// Ngang.
    Level,
    /// Huyền.
    Falling,
    /// Hỏi.
    Dipping,
    /// Ngã.
    Broken,
    /// Sắc.
    Rising,
    /// Nặng.
    Heavy,
}

impl Tone {
    /// The combining mark of the tone; none for the level tone.
    pub(super) const fn mark(self) -> Option<char> {
        match self {
            Self::Level => None,
            Self::Falling => Some('\u{300}'),
            Self::Dipping => Some('\u{309}'),
            Self::Broken => Some('\u{303}'),
            Self::Rising => Some('\u{301}'),
            Self::Heavy => Some('\u{323}'),
        }
    }

    const fn from_mark(mark: char) -> Option<Self> {
        match mark {
            '\u{300}' | '\u{340}' => Some(Self::Falling),
            '\u{309}' => Some(Self::Dipping),
            '\u{303}' => Some(Self::Broken),
            '\u{301}' | '\u{341}' => Some(Self::Rising),
            '\u{323}' => Some(Self::Heavy),
            _ => None,
        }
    }
}

/// A word as letters without tones (NFC, case kept) and the tones found on its vowels, in order.
///
/// Where the tone stands is not kept: `hòa` and `hoà` are the same word. The tilde of ñ is part of the letter.
pub(super) fn split_tones(word: &str) -> (String, Vec<Tone>) {
    let mut tones = Vec::new();
    let mut base = ' ';
    let letters = nfd(word)
        .chars()
        .filter(|&c| {
            if !matches!(c, '\u{300}'..='\u{36F}') {
                base = c;
                return true;
            }
            match Tone::from_mark(c) {
                Some(tone) if is_vowel(base) => {
                    tones.push(tone);
                    false
                }
                _ => true,
            }
        })
        .collect::<String>();
    (nfc(&letters), tones)
}

/// A vowel of the plain alphabet, either case.
pub(super) const fn is_vowel(c: char) -> bool {
    matches!(c.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}
