//! Text pasted from documents in the fonts before Unicode: TCVN3 (.VnTime) and VNI (VNI-Times).
//!
//! Such text arrives as Latin letters that stand for others: `§ång Xu©n` and `Ñoàng Xuaân` are `Đồng Xuân`.

use super::{nfc, syllable::is_syllable};

/// A font encoding that Vietnamese offices used before TCVN 6909:2001.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LegacyEncoding {
    /// TCVN3, fonts named `.Vn…`: one character stands for one letter.
    Tcvn3,
    /// VNI, fonts named `VNI-…`: a vowel followed by a character that stands for its accents.
    Vni,
}

/// Whether the text was pasted from a font before Unicode.
pub fn looks_like_legacy_encoding(text: &str) -> bool {
    legacy_encoding(text).is_some()
}

/// The encoding, when some word is no Vietnamese as it stands and becomes Vietnamese when read in it.
pub fn legacy_encoding(text: &str) -> Option<LegacyEncoding> {
    let composed = nfc(text);
    let reads_in = |evidence: fn(&str) -> Option<String>| {
        let mut strange = words(&composed).filter(|word| !is_syllable(word));
        strange.any(|word| evidence(word).is_some_and(|read| is_syllable(&read)))
    };
    if reads_in(tcvn3_evidence) {
        return Some(LegacyEncoding::Tcvn3);
    }
    // A VNI vowel also occurs in foreign names (`Loïc`), so most words must read as Vietnamese.
    let mostly = || {
        let (read, all) = words(&composed)
            .filter(|word| word.chars().any(char::is_alphabetic))
            .fold((0, 0), |(read, all), word| (read + usize::from(is_syllable(&from_vni(word))), all + 1));
        read * 2 > all
    };
    (reads_in(vni_evidence) && mostly()).then_some(LegacyEncoding::Vni)
}

/// Whether most of the words with accents were pasted from a font before Unicode: for free text, where one odd sign
/// (`©`, a footnote's `t¹`) is nobody's mistake.
pub fn is_mostly_legacy(text: &str) -> bool {
    let Some(encoding) = legacy_encoding(text) else { return false };
    let evidence = match encoding {
        LegacyEncoding::Tcvn3 => tcvn3_evidence,
        LegacyEncoding::Vni => vni_evidence,
    };
    let composed = nfc(text);
    let accented = words(&composed).filter(|word| !word.is_ascii() && word.chars().count() > 1);
    let (read, all) = accented.fold((0, 0), |(read, all), word| {
        let is_read = !is_syllable(word) && evidence(word).is_some_and(|read| is_syllable(&read));
        (read + usize::from(is_read), all + 1)
    });
    read > 0 && read * 2 >= all
}

/// The text read in its old encoding; `None` when it is not in one. Show the result to the person before keeping it.
pub fn convert_legacy_encoding(text: &str) -> Option<String> {
    let composed = nfc(text);
    Some(match legacy_encoding(&composed)? {
        LegacyEncoding::Tcvn3 => from_tcvn3(&composed),
        LegacyEncoding::Vni => from_vni(&composed),
    })
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || c.is_ascii_punctuation()).filter(|word| !word.is_empty())
}

/// A sign, or a capital after a small letter, inside a word: no Vietnamese or highland word in Unicode has that.
fn tcvn3_evidence(word: &str) -> Option<String> {
    let is_sign = |c: char| {
        matches!(
            c,
            '¡'..='¿'
                | 'Æ'
                | 'Ç'
                | 'Ë'
                | 'Î'
                | 'Ï'
                | 'Ö'
                | '×'
                | 'Ø'
                | 'Ü'
                | 'Þ'
                | 'ß'
                | 'ä'
                | 'å'
                | 'æ'
                | 'ç'
                | 'ë'
                | 'î'
        ) || matches!(c, 'ï' | 'ö' | '÷' | 'ø' | 'û' | 'ü' | 'þ')
    };
    let mut after_small = false;
    let evident = word.chars().any(|c| {
        let capital_inside = after_small && c.is_uppercase() && !c.is_ascii();
        after_small = c.is_lowercase();
        is_sign(c) || capital_inside
    });
    evident.then(|| from_tcvn3(word))
}

/// A vowel with its VNI mark. `Ñ` alone is no evidence: highland names have it.
fn vni_evidence(word: &str) -> Option<String> {
    let letters: Vec<char> = word.chars().map(small).collect();
    letters.windows(2).any(|pair| vni_marks(pair[0], pair[1]).is_some()).then(|| from_vni(word))
}

fn from_tcvn3(text: &str) -> String {
    text.chars().map(|c| TCVN3.iter().find(|(old, _)| *old == c).map_or(c, |(_, new)| *new)).collect()
}

fn from_vni(text: &str) -> String {
    let mut read = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let vowel = small(c);
        let marks = characters.peek().and_then(|next| vni_marks(vowel, small(*next)));
        let letter = match vowel {
            'ñ' => 'đ',
            'ô' => 'ơ',
            'ö' => 'ư',
            'î' => 'ỵ',
            'æ' => 'ỉ',
            'ó' => 'ĩ',
            'ò' => 'ị',
            other => other,
        };
        read.push(if vowel == c { letter } else { capital(letter) });
        if let Some(marks) = marks {
            read.push_str(marks);
            characters.next();
        }
    }
    nfc(&read)
}

/// A letter of Latin-1, which is all that VNI has, as a small one.
fn small(c: char) -> char {
    match c {
        'À'..='Þ' if c != '×' => char::from_u32(u32::from(c) + 32).unwrap_or(c),
        _ => c.to_ascii_lowercase(),
    }
}

/// A letter that VNI can write, as a capital.
fn capital(c: char) -> char {
    match c {
        'đ' => 'Đ',
        'ơ' => 'Ơ',
        'ư' => 'Ư',
        'ỵ' => 'Ỵ',
        'ỉ' => 'Ỉ',
        'ĩ' => 'Ĩ',
        'ị' => 'Ị',
        'à'..='þ' if c != '÷' => char::from_u32(u32::from(c) - 32).unwrap_or(c),
        _ => c.to_ascii_uppercase(),
    }
}

/// The combining marks that a VNI character puts on the vowel before it.
fn vni_marks(vowel: char, next: char) -> Option<&'static str> {
    let tone = match next {
        'ù' => "\u{301}",
        'ø' => "\u{300}",
        'û' => "\u{309}",
        'õ' => "\u{303}",
        'ï' => "\u{323}",
        _ => "",
    };
    if !tone.is_empty() {
        return matches!(vowel, 'a' | 'e' | 'o' | 'ô' | 'u' | 'ö' | 'y').then_some(tone);
    }
    if matches!(vowel, 'a' | 'e' | 'o') {
        let circumflex = match next {
            'â' => "\u{302}",
            'á' => "\u{302}\u{301}",
            'à' => "\u{302}\u{300}",
            'å' => "\u{302}\u{309}",
            'ã' => "\u{302}\u{303}",
            'ä' => "\u{302}\u{323}",
            _ => "",
        };
        if !circumflex.is_empty() {
            return Some(circumflex);
        }
    }
    match (vowel, next) {
        ('a', 'ê') => Some("\u{306}"),
        ('a', 'é') => Some("\u{306}\u{301}"),
        ('a', 'è') => Some("\u{306}\u{300}"),
        ('a', 'ú') => Some("\u{306}\u{309}"),
        ('a', 'ü') => Some("\u{306}\u{303}"),
        ('a', 'ë') => Some("\u{306}\u{323}"),
        _ => None,
    }
}

/// TCVN 5712:1993, third character set, as its bytes look in Latin-1.
#[rustfmt::skip]
const TCVN3: [(char, char); 74] = [
    ('¡', 'Ă'), ('¢', 'Â'), ('£', 'Ê'), ('¤', 'Ô'), ('¥', 'Ơ'), ('¦', 'Ư'), ('§', 'Đ'),
    ('¨', 'ă'), ('©', 'â'), ('ª', 'ê'), ('«', 'ô'), ('¬', 'ơ'), ('\u{AD}', 'ư'), ('®', 'đ'),
    ('µ', 'à'), ('¶', 'ả'), ('·', 'ã'), ('¸', 'á'), ('¹', 'ạ'),
    ('»', 'ằ'), ('¼', 'ẳ'), ('½', 'ẵ'), ('¾', 'ắ'), ('Æ', 'ặ'),
    ('Ç', 'ầ'), ('È', 'ẩ'), ('É', 'ẫ'), ('Ê', 'ấ'), ('Ë', 'ậ'),
    ('Ì', 'è'), ('Î', 'ẻ'), ('Ï', 'ẽ'), ('Ð', 'é'), ('Ñ', 'ẹ'),
    ('Ò', 'ề'), ('Ó', 'ể'), ('Ô', 'ễ'), ('Õ', 'ế'), ('Ö', 'ệ'),
    ('×', 'ì'), ('Ø', 'ỉ'), ('Ü', 'ĩ'), ('Ý', 'í'), ('Þ', 'ị'),
    ('ß', 'ò'), ('á', 'ỏ'), ('â', 'õ'), ('ã', 'ó'), ('ä', 'ọ'),
    ('å', 'ồ'), ('æ', 'ổ'), ('ç', 'ỗ'), ('è', 'ố'), ('é', 'ộ'),
    ('ê', 'ờ'), ('ë', 'ở'), ('ì', 'ỡ'), ('í', 'ớ'), ('î', 'ợ'),
    ('ï', 'ù'), ('ñ', 'ủ'), ('ò', 'ũ'), ('ó', 'ú'), ('ô', 'ụ'),
    ('õ', 'ừ'), ('ö', 'ử'), ('÷', 'ữ'), ('ø', 'ứ'), ('ù', 'ự'),
    ('ú', 'ỳ'), ('û', 'ỷ'), ('ü', 'ỹ'), ('ý', 'ý'), ('þ', 'ỵ'),
];
