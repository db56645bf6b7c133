//! Telex typed with the input method switched off: `ddoongf xuaan` means `đồng xuân`.

use super::{
    letter::Tone,
    nfc,
    syllable::{is_bare_syllable, is_syllable},
};

/// Reads every word that can only be Telex, leaves the others as they are, and keeps case and punctuation.
///
/// A word is read when it is no Vietnamese spelling as it stands and becomes one: `xuan`, `Ksor` and `H'Lan` stay.
pub fn decode_telex(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut word = String::new();
    for c in text.chars() {
        if c.is_alphabetic() {
            word.push(c);
            continue;
        }
        push_word(&mut decoded, &word);
        word.clear();
        decoded.push(c);
    }
    push_word(&mut decoded, &word);
    decoded
}

/// The decoded text when there was a slip to decode.
pub fn decode_telex_slip(text: &str) -> Option<String> {
    let decoded = decode_telex(text);
    (decoded != text).then_some(decoded)
}

fn push_word(decoded: &mut String, word: &str) {
    match decode_word(word) {
        Some(read) => decoded.push_str(&read),
        None => decoded.push_str(word),
    }
}

/// The longest Vietnamese syllable needs ten keys (`nghieengx`); a longer word is no Telex.
const LONGEST: usize = 12;

fn decode_word(word: &str) -> Option<String> {
    if word.is_empty() || word.len() > LONGEST || !word.is_ascii() || is_bare_syllable(word) {
        return None;
    }
    let mut letters: Vec<char> = Vec::with_capacity(word.len());
    let mut tone = Tone::Level;
    for key in word.chars() {
        press(&mut letters, &mut tone, key)?;
    }
    let decoded = with_tone(&letters, tone);
    (decoded != word && is_syllable(&decoded)).then_some(decoded)
}

/// One key of Telex. `None` when the keys undo each other, which is how Telex types the plain letters.
fn press(letters: &mut Vec<char>, tone: &mut Tone, key: char) -> Option<()> {
    let pressed = match key.to_ascii_lowercase() {
        's' => Some(Tone::Rising),
        'f' => Some(Tone::Falling),
        'r' => Some(Tone::Dipping),
        'x' => Some(Tone::Broken),
        'j' => Some(Tone::Heavy),
        'z' => Some(Tone::Level),
        _ => None,
    };
    if let Some(pressed) = pressed
        && letters.iter().any(|c| is_vowel(*c))
    {
        if *tone == pressed && pressed != Tone::Level {
            return None;
        }
        *tone = pressed;
        return Some(());
    }
    match key.to_ascii_lowercase() {
        doubled @ ('a' | 'e' | 'o') => {
            let Some(at) = letters.iter().rposition(|c| c.eq_ignore_ascii_case(&doubled)) else {
                letters.push(key);
                return Some(());
            };
            letters[at] = same_case(
                letters[at],
                match doubled {
                    'a' => 'â',
                    'e' => 'ê',
                    _ => 'ô',
                },
            );
        }
        'd' if letters.first().is_some_and(|c| c.eq_ignore_ascii_case(&'d')) => letters[0] = same_case(letters[0], 'đ'),
        'w' => press_w(letters, key),
        _ => letters.push(key),
    }
    Some(())
}

/// `w` hooks the vowel before it, both vowels of `uo`, and stands for ư when there is nothing to hook.
fn press_w(letters: &mut Vec<char>, key: char) {
    let is = |at: usize, plain: char| letters.get(at).is_some_and(|c| c.eq_ignore_ascii_case(&plain));
    let pair = (1..letters.len()).rev().find(|&at| (is(at - 1, 'u') || letters[at - 1] == 'ư') && is(at, 'o'));
    if let Some(at) = pair {
        letters[at - 1] = same_case(letters[at - 1], 'ư');
        letters[at] = same_case(letters[at], 'ơ');
        return;
    }
    let after_q = |at: usize| at > 0 && is(at - 1, 'q');
    // In `ua`, `ui`, `uu` the hook belongs to the first u; after q the u is part of the consonant.
    let first_u = (0..letters.len()).find(|&at| is(at, 'u') && !after_q(at));
    let target = first_u.or_else(|| (0..letters.len()).rev().find(|&at| is(at, 'a') || is(at, 'o')));
    let target = match target {
        Some(at) if is(at, 'o') && is(at + 1, 'a') => Some(at + 1),
        other => other,
    };
    let Some(at) = target else {
        letters.push(if key.is_uppercase() { 'Ư' } else { 'ư' });
        return;
    };
    letters[at] = same_case(
        letters[at],
        match letters[at].to_ascii_lowercase() {
            'a' => 'ă',
            'o' => 'ơ',
            _ => 'ư',
        },
    );
}

/// Puts the tone where the printed language puts it: `hòa`, `thúy`, `toàn`, `người`, `khuya`.
fn with_tone(letters: &[char], tone: Tone) -> String {
    let Some(mark) = tone.mark() else { return letters.iter().collect() };
    let lower: Vec<char> = letters.iter().flat_map(|c| c.to_lowercase()).collect();
    let mut start = lower.iter().position(|c| is_vowel(*c)).unwrap_or(0);
    let is_qu = start > 0 && lower[start - 1] == 'q' && lower[start] == 'u';
    let is_gi = start > 0 && lower[start - 1] == 'g' && lower[start] == 'i';
    if (is_qu || is_gi) && lower.get(start + 1).is_some_and(|c| is_vowel(*c)) {
        start += 1;
    }
    let count = lower[start..].iter().take_while(|c| is_vowel(**c)).count();
    let closed = start + count < lower.len();
    let shaped = (start..start + count).rev().find(|&at| !lower[at].is_ascii());
    let at = shaped.unwrap_or(match (count, closed) {
        (2, true) => start + 1,
        (3.., _) => start + 1,
        _ => start,
    });
    let mut text = String::with_capacity(letters.len() * 2);
    for (index, c) in letters.iter().enumerate() {
        text.push(*c);
        if index == at {
            text.push(mark);
        }
    }
    nfc(&text)
}

fn is_vowel(c: char) -> bool {
    super::letter::is_vowel(c) || matches!(c, 'ă' | 'â' | 'ê' | 'ô' | 'ơ' | 'ư' | 'Ă' | 'Â' | 'Ê' | 'Ô' | 'Ơ' | 'Ư')
}

fn same_case(model: char, letter: char) -> char {
    if model.is_uppercase() { letter.to_uppercase().next().unwrap_or(letter) } else { letter }
}
