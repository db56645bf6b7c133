//! The order of names in a Vietnamese list: given name, family name, the names between.

use super::{
    clean,
    fold::is_mark,
    is_apostrophe,
    letter::{Tone, split_tones},
    normal::{nfc, nfd},
};
use std::{cmp::Ordering, collections::HashMap, sync::LazyLock};

/// Family names of two words, folded. Configuration: add what the local register shows.
/// Chăm and Ba Na of Đồng Xuân, then Gia Rai, Ê Đê and Raglay, then Kinh.
const TWO_WORD_FAMILY_NAMES: [&str; 17] = [
    "la o",
    "la mo",
    "la lan",
    "rah lan",
    "ro cham",
    "ro mah",
    "ro o",
    "nie kdam",
    "buon ya",
    "buon krong",
    "mlo duon",
    "bo bo",
    "pi nang",
    "ton that",
    "ton nu",
    "au duong",
    "cong tang",
];

/// The alphabet in dictionary order: TCVN 6909 letters, the highland letters beside their base, f j w z in Latin place.
const ALPHABET: &str = "a ă â b ƀ c č d đ e ĕ ê ê̆ f g h i ĭ j k l m n ñ o ŏ ô ô̆ ơ ơ̆ p q r s t u ŭ ư ư̆ v w x y z";

/// Ends a part of the key; below everything else.
const END: u8 = 0;
/// Parts two words.
const WORD: u8 = 1;
/// The first digit.
const DIGIT: u8 = 10;
/// The first letter.
const LETTER: u8 = 20;
/// Any other character, followed by its code point.
const OTHER: u8 = 99;

/// A key whose order is the order of names: given name (the last word), then family name, then what is between,
/// each by letters first and then by tones. Case does not count.
///
/// The key is made of decimal digits, so that it sorts alike under every collation of every database.
/// `La O`, `La Mo`, `La Lan` are one family name; `H'Lan Niê` and `Y Moan Niê` go by the word after `H'` and `Y`.
pub fn sort_key(name: &str) -> String {
    let parts = NameParts::of(name);
    let mut key = String::new();
    for words in [&parts.given, &parts.family, &parts.middle] {
        let split: Vec<(String, Vec<Tone>)> = words.iter().map(|word| split_tones(word)).collect();
        for (letters, _) in &split {
            push_letters(&mut key, letters);
            push(&mut key, WORD);
        }
        push(&mut key, END);
        for (_, tones) in &split {
            for tone in tones.iter().chain(tones.is_empty().then_some(&Tone::Level)) {
                push(&mut key, WORD + 1 + *tone as u8);
            }
            push(&mut key, WORD);
        }
        push(&mut key, END);
    }
    key
}

/// Orders two names: by [`sort_key`], then by the text itself, so that the order is total.
pub fn compare_names(a: &str, b: &str) -> Ordering {
    sort_key(a).cmp(&sort_key(b)).then_with(|| a.cmp(b))
}

/// A guess for sorting alone; nothing is stored from it.
#[derive(Default)]
struct NameParts {
    given: Vec<String>,
    family: Vec<String>,
    middle: Vec<String>,
}

impl NameParts {
    fn of(name: &str) -> Self {
        let name = clean(name).to_lowercase();
        if let Some(rest) = highland_prefix(&name) {
            let mut words = rest.split(' ').map(plain);
            // Ê Đê and Gia Rai write the family name last, and nothing between.
            let given = words.next().into_iter().collect();
            return Self { given, family: words.collect(), middle: Vec::new() };
        }
        let mut words: Vec<String> = name.split(' ').map(plain).filter(|word| !word.is_empty()).collect();
        let Some(given) = words.pop() else { return Self::default() };
        let family_length = match words.get(..2) {
            Some(two) if TWO_WORD_FAMILY_NAMES.contains(&super::fold(&two.join(" ")).as_str()) => 2,
            _ => words.len().min(1),
        };
        let middle = words.split_off(family_length);
        Self { given: vec![given], family: words, middle }
    }
}

/// `h'lan niê` → `lan niê`; also `h' lan`, `h lan` and `y moan`. `None` when no word follows.
fn highland_prefix(name: &str) -> Option<&str> {
    let rest = match name.strip_prefix('h') {
        Some(rest) => rest.strip_prefix(is_apostrophe).map(str::trim_start).or_else(|| rest.strip_prefix(' '))?,
        None => name.strip_prefix("y ")?,
    };
    rest.chars().any(char::is_alphabetic).then_some(rest)
}

/// The word without apostrophes and hyphens, which do not sort.
fn plain(word: &str) -> String {
    word.chars().filter(|c| !is_apostrophe(*c) && !matches!(c, '-' | '\u{2010}' | '\u{2011}')).collect()
}

fn push(key: &mut String, code: u8) {
    key.push(char::from(b'0' + code / 10));
    key.push(char::from(b'0' + code % 10));
}

/// Writes each letter, with the marks that make it another letter, as its place in the alphabet.
fn push_letters(key: &mut String, letters: &str) {
    let letters: Vec<char> = nfd(letters).chars().collect();
    let mut at = 0;
    while at < letters.len() {
        let end = at + 1 + letters[at + 1..].iter().take_while(|c| is_mark(**c)).count();
        let letter = nfc(&letters[at..end].iter().collect::<String>());
        at = end;
        let letter = if letter == "\u{F0}" { "đ" } else { letter.as_str() };
        match place(letter) {
            Some(place) => push(key, LETTER + place),
            None => letter.chars().for_each(|c| push_other(key, c)),
        }
    }
}

fn place(letter: &str) -> Option<u8> {
    static PLACES: LazyLock<HashMap<String, u8>> = LazyLock::new(|| ALPHABET.split(' ').map(nfc).zip(0..).collect());
    PLACES.get(letter).copied()
}

fn push_other(key: &mut String, c: char) {
    let known = c.to_digit(10).and_then(|digit| u8::try_from(digit).ok()).map(|digit| DIGIT + digit);
    if let Some(code) = known.or_else(|| place(c.encode_utf8(&mut [0; 4])).map(|place| LETTER + place)) {
        push(key, code);
        return;
    }
    push(key, OTHER);
    key.push_str(&format!("{:07}", u32::from(c)));
}
