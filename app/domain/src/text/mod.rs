//! Vietnamese text: cleaning, search keys, sorting names, and what slips in from keyboards and old fonts.

mod fold;
mod legacy;
mod letter;
mod normal;
mod search;
mod sort_key;
mod syllable;
mod telex;

pub use fold::{fold, is_apostrophe, without_accents};
pub use legacy::{
    LegacyEncoding, convert_legacy_encoding, is_mostly_legacy, legacy_encoding, looks_like_legacy_encoding,
};
pub use normal::nfc;
pub use search::{SearchTerm, differs_by_one_slip, matches_with_one_typo, search_terms};
pub use sort_key::{compare_names, sort_key};
pub use telex::{decode_telex, decode_telex_slip};

#[cfg(test)]
mod tests;

/// What a person typed, ready to keep: NFC, no invisible characters, no outer spaces, runs of spaces as one.
/// Case, accents and punctuation stay as typed.
pub fn clean(text: &str) -> String {
    let visible = nfc(&text.chars().filter(|c| !is_invisible(*c)).collect::<String>());
    visible.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()).fold(
        String::with_capacity(visible.len()),
        |mut line, word| {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
            line
        },
    )
}

/// A character without a shape: zero-width spaces and joiners, the soft hyphen, direction and byte order marks.
pub(crate) const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}
