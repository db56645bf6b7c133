//! Money in whole đồng.

use serde::{Deserialize, Serialize};
use std::{fmt, iter::Sum, ops::Add};

/// An amount of Vietnamese đồng. There is no smaller unit, so an integer is exact.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Dong(pub i64);

impl Dong {
    /// An amount as people write it: `50000`, `50.000`, `50 000 đ`. Thousands are marked wholly or not at all; there is
    /// no part below one đồng.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        let number = ["đồng", "vnđ", "đ"].iter().find_map(|unit| text.strip_suffix(unit)).unwrap_or(&text).trim();
        let parts: Vec<&str> = number.split(['.', ' ', '\u{a0}']).collect();
        let is_digits = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let (first, rest) = parts.split_first()?;
        let whole = parts.iter().all(is_digits);
        let marked = rest.is_empty() || (first.len() <= 3 && rest.iter().all(|part| part.len() == 3));
        (whole && marked).then(|| parts.concat().parse().ok().map(Self)).flatten()
    }
}

impl fmt::Display for Dong {
    /// As screens write it, dots between thousands and no unit: `1.234.567`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.unsigned_abs().to_string();
        if self.0 < 0 {
            f.write_str("-")?;
        }
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                f.write_str(".")?;
            }
            write!(f, "{digit}")?;
        }
        Ok(())
    }
}

impl Add for Dong {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sum for Dong {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::default(), Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart_by_dots() {
        for (amount, text) in [(0, "0"), (999, "999"), (8_000, "8.000"), (1_234_567, "1.234.567"), (-27_000, "-27.000")]
        {
            assert_eq!(Dong(amount).to_string(), text);
        }
    }
    #[test]
    fn an_amount_is_read_as_people_write_it() {
        for (text, amount) in
            [("50000", 50_000), ("50.000", 50_000), (" 1 250 000 đ ", 1_250_000), ("0", 0), ("8.000 đồng", 8_000)]
        {
            assert_eq!(Dong::parse(text), Some(Dong(amount)), "{text}");
        }
        for text in ["", "đ", "-5", "1,5", "1.5", "12.34.567", "năm mươi", "99999999999999999999"] {
            assert_eq!(Dong::parse(text), None, "{text}");
        }
    }
}
