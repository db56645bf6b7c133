//! Telephone numbers of Việt Nam.

use super::serde_by_parsing;
use std::fmt;

/// A telephone number, kept as `+84` and the national number without its zero.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Phone(String);

/// Why a text is not a telephone number of Việt Nam.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhoneProblem {
    /// Nothing typed.
    Empty,
    /// Something else than digits, spaces, dots, hyphens, brackets and a leading plus.
    NotDigits,
    /// A number of another country.
    Foreign,
    /// Ten digits begin a mobile number, eleven a landline with its area code.
    WrongLength {
        /// How many digits the national number has, its zero included.
        digits: usize,
    },
    /// The right length, but no mobile prefix and no area code begins so.
    UnknownPrefix,
}

/// The eleven-digit mobile prefixes that were shortened in 2018 (016x became 03x, see [`modern`]).
const SHORTENED_2018: [(&str, &str); 13] = [
    ("0120", "070"),
    ("0121", "079"),
    ("0122", "077"),
    ("0126", "076"),
    ("0128", "078"),
    ("0123", "083"),
    ("0124", "084"),
    ("0125", "085"),
    ("0127", "081"),
    ("0129", "082"),
    ("0186", "056"),
    ("0188", "058"),
    ("0199", "059"),
];

impl Phone {
    /// Reads a number as people write it: `0905 123 456`, `+84 905.123.456`, `(0257) 3822-123`, `01651234567`.
    pub fn parse(typed: &str) -> Result<Self, PhoneProblem> {
        let national = modern(&national_digits(typed)?);
        let bytes = national.as_bytes();
        let wrong_length = Err(PhoneProblem::WrongLength { digits: national.len() });
        match (bytes.get(1), national.len()) {
            (Some(b'3' | b'5' | b'7' | b'8' | b'9'), 10) | (Some(b'2'), 11) => {
                Ok(Self(format!("+84{}", &national[1..])))
            }
            (Some(b'2' | b'3' | b'5' | b'7' | b'8' | b'9'), _) => wrong_length,
            (_, 10 | 11) => Err(PhoneProblem::UnknownPrefix),
            _ => wrong_length,
        }
    }

    /// The stored form: `+84905123456`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A mobile number, which can receive messages.
    pub fn is_mobile(&self) -> bool {
        !self.0.starts_with("+842")
    }

    /// The national form, as people dial it: `0905123456`.
    pub fn national(&self) -> String {
        format!("0{}", &self.0[3..])
    }

    /// The national form of a number as it is kept; what is no number stays as it is.
    pub fn national_of(kept: &str) -> String {
        Self::parse(kept).map_or_else(|_| kept.to_owned(), |phone| phone.national())
    }

    /// In groups, as people read it: `0905 123 456`, `0257 3822 123`, `024 3822 1234`.
    pub fn display(&self) -> String {
        let national = self.national();
        let area = if national.starts_with("024") || national.starts_with("028") { 3 } else { 4 };
        let (area, rest) = national.split_at(area);
        let (middle, end) = rest.split_at(rest.len() / 2 + usize::from(rest.len() == 7));
        format!("{area} {middle} {end}")
    }

    /// `09•• ••• 456`: what lists and logs may show.
    pub fn masked(&self) -> String {
        let shown = self.display();
        let last = shown.len() - 3;
        shown.char_indices().map(|(at, c)| if c == ' ' || at < 2 || at >= last { c } else { '•' }).collect()
    }
}

/// The digits with the leading zero, whatever stood for it: `+84`, `0084`, `84`, `+84 (0)`.
fn national_digits(typed: &str) -> Result<String, PhoneProblem> {
    let mut digits = String::with_capacity(12);
    let mut plus = false;
    for c in typed.chars() {
        match c {
            '0'..='9' => digits.push(c),
            '+' if digits.is_empty() && !plus => plus = true,
            '.'
            | '-'
            | '('
            | ')'
            | '/'
            | '\u{2010}'..='\u{2014}'
            | '\u{FEFF}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}' => {}
            space if space.is_whitespace() => {}
            _ => return Err(PhoneProblem::NotDigits),
        }
    }
    if digits.is_empty() {
        return Err(if plus { PhoneProblem::NotDigits } else { PhoneProblem::Empty });
    }
    let international = if plus { Some(digits.as_str()) } else { digits.strip_prefix("00") };
    if let Some(international) = international {
        let national = international.strip_prefix("84").ok_or(PhoneProblem::Foreign)?;
        return Ok(format!("0{}", national.strip_prefix('0').unwrap_or(national)));
    }
    // Without a plus, 84 is the country only when the number is too long to be one of the 084 mobile numbers.
    match digits.strip_prefix("84") {
        Some(national) if digits.len() >= 11 => Ok(format!("0{}", national.strip_prefix('0').unwrap_or(national))),
        _ => Ok(digits),
    }
}

/// The number of today for one from before 2018: mobile numbers of eleven digits, and 0500 of Đắk Lắk.
fn modern(national: &str) -> String {
    if national.len() != 11 {
        return national.to_owned();
    }
    if let Some(rest) = national.strip_prefix("016") {
        return format!("03{rest}");
    }
    if let Some(rest) = national.strip_prefix("0500") {
        return format!("0262{rest}");
    }
    let shortened =
        SHORTENED_2018.iter().find_map(|(old, new)| national.strip_prefix(old).map(|rest| format!("{new}{rest}")));
    shortened.unwrap_or_else(|| national.to_owned())
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Phone({})", self.masked())
    }
}

serde_by_parsing!(Phone);
