//! What to look for when a person types a query.

use super::{decode_telex, fold};

/// One word of a query and the other spellings that find the same thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchTerm {
    /// The folded word as typed.
    pub word: String,
    /// Every folded spelling to look for, the typed one first: `quy` → `quy`, `qui`; `xuaan` → `xuaan`, `xuan`.
    pub variants: Vec<String>,
}

impl SearchTerm {
    /// Whether a search key (made by [`fold`]) holds a word that begins with one of the spellings.
    pub fn is_in(&self, key: &str) -> bool {
        key.split(' ').any(|word| self.variants.iter().any(|variant| word.starts_with(variant.as_str())))
    }
}

/// The words of a query, folded, each with its variants: i for y where spelling varies (`quý`/`quí`, `Lý`/`Lí`)
/// and Telex typed by mistake. Where the tone stands (`hòa`/`hoà`) no longer matters once folded.
/// A text matches when every term does.
pub fn search_terms(query: &str) -> Vec<SearchTerm> {
    let decoded = fold(&decode_telex(query));
    let typed = fold(query);
    let mut read = decoded.split(' ');
    typed
        .split(' ')
        .filter(|word| !word.is_empty())
        .map(|word| {
            let mut variants = vec![word.to_owned()];
            if let Some(other) = read.next().filter(|other| *other != word && !other.is_empty()) {
                variants.push(other.to_owned());
            }
            for at in 0..variants.len() {
                let swapped = swap_i_and_y(&variants[at]);
                if !variants.contains(&swapped) {
                    variants.push(swapped);
                }
            }
            SearchTerm { word: word.to_owned(), variants }
        })
        .collect()
}

/// Swaps i and y where Vietnamese spelling varies: after a consonant at the end or before one (`ly`, `vinh`),
/// at the start (`yen`), and after `qu`. In `hai` and `hay`, `thui` and `thuy` the two are different words.
fn swap_i_and_y(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let is_vowel = |at: usize| letters.get(at).is_some_and(|c| super::letter::is_vowel(*c));
    letters
        .iter()
        .enumerate()
        .map(|(at, &c)| {
            let after_qu = at >= 2 && letters[at - 1] == 'u' && letters[at - 2] == 'q';
            let free = at == 0 || after_qu || (!is_vowel(at - 1) && !is_vowel(at + 1));
            match c {
                'i' if free => 'y',
                'y' if free => 'i',
                other => other,
            }
        })
        .collect()
}

/// Words shorter than this must match exactly: one letter changes too much of them.
const SHORTEST_WITH_TYPO: usize = 4;

/// Whether two words, folded, are equal or one slip apart: a letter added, missed, changed, or two neighbours swapped.
/// Words under four letters must be equal.
pub fn matches_with_one_typo(word: &str, candidate: &str) -> bool {
    differs_by_one_slip(word, candidate, SHORTEST_WITH_TYPO)
}

/// [`matches_with_one_typo`] for words of at least `shortest` letters.
pub fn differs_by_one_slip(word: &str, candidate: &str, shortest: usize) -> bool {
    let (word, candidate) = (fold(word), fold(candidate));
    if word == candidate {
        return true;
    }
    let a: Vec<char> = word.chars().collect();
    let b: Vec<char> = candidate.chars().collect();
    if a.len().min(b.len()) < shortest || a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let end = a[start..].iter().rev().zip(b[start..].iter().rev()).take_while(|(x, y)| x == y).count();
    match (&a[start..a.len() - end], &b[start..b.len() - end]) {
        ([_], [_] | []) | ([], [_]) => true,
        ([x, y], [v, w]) => x == w && y == v,
        _ => false,
    }
}
