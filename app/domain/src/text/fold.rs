//! The search key: what is left of a text when accents, case and punctuation do not matter.

use super::{is_invisible, normal::nfd};
use unicode_normalization::char::canonical_combining_class;

/// The search key of a text: no accents, lower case, words of letters and digits parted by one space.
///
/// `Đồng Xuân` → `dong xuan`, `H'Lan` → `h lan`. Ð (U+00D0, often typed for Đ) reads as Đ, ƀ as b, č as c.
/// Folding a key again changes nothing. Equality of i and y is the query's business, see [`super::search_terms`].
pub fn fold(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for c in nfd(text).chars() {
        if is_invisible(c) || is_mark(c) {
            continue;
        }
        if is_apostrophe(c) || !c.is_alphanumeric() {
            if !key.is_empty() && !key.ends_with(' ') {
                key.push(' ');
            }
            continue;
        }
        // Lower case can bring a mark of its own; what it brings is dropped like the others.
        key.extend(plain_letter(c).to_lowercase().map(plain_letter).filter(|c| !is_mark(*c)));
    }
    if key.ends_with(' ') {
        key.pop();
    }
    key
}

/// The same letters without accents, case and punctuation as they are: what a short message is cut down to when its
/// carrier counts letters with accents thrice. `Đồng Xuân, 17:00` → `Dong Xuan, 17:00`.
pub fn without_accents(text: &str) -> String {
    let plain = |c: char| match c {
        'Đ' | '\u{D0}' | '\u{0189}' => 'D',
        'Ƀ' => 'B',
        '\u{a0}' => ' ',
        other => plain_letter(other),
    };
    nfd(text).chars().filter(|c| !is_invisible(*c) && !is_mark(*c)).map(plain).collect()
}

/// Every shape of apostrophe that keyboards put into `H'Lan`: `'`, `’`, `ʼ` and their look-alikes.
pub const fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '\u{2018}'
            | '\u{2019}'
            | '\u{201B}'
            | '\u{02B9}'
            | '\u{02BB}'
            | '\u{02BC}'
            | '\u{02BD}'
            | '\u{02C8}'
            | '\u{2032}'
            | '\u{FF07}'
            | '`'
            | '\u{B4}'
    )
}

/// A mark over or under a letter. Vowel signs of other scripts (combining class 0) are letters, not marks.
pub(super) fn is_mark(c: char) -> bool {
    canonical_combining_class(c) != 0 || matches!(c, '\u{0300}'..='\u{036F}')
}

/// Letters with a stroke have no decomposition in Unicode, so they are named here.
const fn plain_letter(c: char) -> char {
    match c {
        'đ' | 'Đ' | '\u{D0}' | '\u{F0}' | '\u{0189}' | '\u{0256}' => 'd',
        'ƀ' | 'Ƀ' => 'b',
        'ı' => 'i',
        other => other,
    }
}
