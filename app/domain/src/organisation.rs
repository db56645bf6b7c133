//! Organisations that apply: their tax number, and who acts for them when.

use crate::person::{CitizenId, serde_by_parsing};
use crate::time::Day;
use std::fmt;

/// A tax number (mã số thuế): ten digits of an organisation, the last a check digit; the same with a hyphen and three
/// digits of a dependent unit; or, since 01/07/2025, the personal number of twelve digits of a household business's owner
/// (Thông tư 86/2024/TT-BTC, Đ.5).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaxNumber(String);

/// Why a text is not a tax number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaxNumberProblem {
    /// Nothing typed.
    Empty,
    /// Something else than digits, spaces, dots and hyphens.
    NotDigits,
    /// Neither ten, thirteen nor twelve digits.
    WrongLength {
        /// How many digits were typed.
        digits: usize,
    },
    /// The tenth digit is not the one that the nine before it give: a digit is mistyped.
    CheckDigit,
    /// Twelve digits that are no personal number.
    NotAPerson,
}

/// Digits of an organisation's own number, and of one with the number of its dependent unit.
const OWN: usize = 10;
const WITH_UNIT: usize = OWN + 3;
/// Digits of a personal number.
const PERSONAL: usize = 12;
/// What each of the first nine digits weighs in the check digit.
const WEIGHTS: [u32; OWN - 1] = [31, 29, 23, 19, 17, 13, 7, 5, 3];

impl TaxNumber {
    /// Reads a number; spaces, dots and hyphens are ignored.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(typed: &str) -> Result<Self, TaxNumberProblem> {
        let kept = typed.chars().filter(|sign| !sign.is_whitespace() && !matches!(sign, '.' | '-' | '–' | '‑'));
        let digits: String = kept.collect();
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(TaxNumberProblem::NotDigits);
        }
        match digits.len() {
            0 => Err(TaxNumberProblem::Empty),
            PERSONAL => CitizenId::parse(&digits)
                .map(|number| Self(number.as_str().to_owned()))
                .map_err(|_| TaxNumberProblem::NotAPerson),
            OWN | WITH_UNIT => {
                let (own, unit) = digits.split_at(OWN);
                if !is_checked(own) || unit == "000" {
                    return Err(TaxNumberProblem::CheckDigit);
                }
                Ok(Self(if unit.is_empty() { own.to_owned() } else { format!("{own}-{unit}") }))
            }
            digits => Err(TaxNumberProblem::WrongLength { digits }),
        }
    }

    /// As it is kept and written: `0314409058`, `0314409058-002`, or twelve digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The owner's personal number, when it is that of a household business.
    pub fn owner(&self) -> Option<CitizenId> {
        if self.0.len() == PERSONAL { CitizenId::parse(&self.0).ok() } else { None }
    }

    /// As it is shown to who need not know it: that of an organisation is public, an owner's own number is not.
    pub fn masked(&self) -> String {
        self.owner().map_or_else(|| self.0.clone(), |number| number.masked())
    }
}

/// Whether the tenth digit is ten less the weighed sum's rest of eleven. No number gives a rest of nothing.
fn is_checked(own: &str) -> bool {
    let digits: Vec<u32> = own.bytes().map(|byte| u32::from(byte.wrapping_sub(b'0'))).collect();
    let Some((check, front)) = digits.split_last() else { return false };
    let sum: u32 = front.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    10 - (sum % 11).min(10) == *check && !sum.is_multiple_of(11)
}

impl fmt::Debug for TaxNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TaxNumber({})", self.masked())
    }
}

serde_by_parsing!(TaxNumber);

/// From which day to which somebody acts for an organisation, both counted; without a last day until it is ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    pub from: Day,
    pub to: Option<Day>,
}

/// The last day lies before the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EndsBeforeItBegins;

impl Standing {
    /// A standing of those days.
    ///
    /// # Errors
    /// When it would end before it begins.
    pub fn new(from: Day, to: Option<Day>) -> Result<Self, EndsBeforeItBegins> {
        if to.is_some_and(|to| to < from) { Err(EndsBeforeItBegins) } else { Ok(Self { from, to }) }
    }

    /// Whether it holds on that day.
    pub fn holds_on(&self, day: Day) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Result<String, TaxNumberProblem> {
        TaxNumber::parse(text).map(|number| number.as_str().to_owned())
    }

    #[test]
    fn numbers_of_organisations_units_and_household_businesses_are_read_as_people_write_them() {
        for (text, kept) in [
            ("0314409058", "0314409058"),
            ("0100109106", "0100109106"),
            (" 0314 409 058 ", "0314409058"),
            ("0314409058-002", "0314409058-002"),
            ("0314409058002", "0314409058-002"),
            ("054190123456", "054190123456"),
        ] {
            assert_eq!(read(text).as_deref(), Ok(kept), "{text}");
        }
    }

    #[test]
    fn what_is_no_tax_number_is_told_by_what_is_wrong() {
        for (text, problem) in [
            ("", TaxNumberProblem::Empty),
            ("MST 0314409058", TaxNumberProblem::NotDigits),
            ("031440905", TaxNumberProblem::WrongLength { digits: 9 }),
            ("0314409059", TaxNumberProblem::CheckDigit),
            ("3014409058", TaxNumberProblem::CheckDigit),
            ("0314409058-000", TaxNumberProblem::CheckDigit),
            ("0000000000", TaxNumberProblem::CheckDigit),
            ("111111111111", TaxNumberProblem::NotAPerson),
        ] {
            assert_eq!(read(text), Err(problem), "{text}");
        }
    }

    #[test]
    fn only_the_number_of_an_owner_is_masked() {
        let of = |text: &str| TaxNumber::parse(text).map(|number| (number.masked(), number.owner().is_some()));
        assert_eq!(of("0314409058"), Ok(("0314409058".to_owned(), false)));
        let (masked, owned) = of("054190123456").unwrap();
        assert!(owned && masked.contains('•') && !format!("{:?}", TaxNumber::parse("054190123456")).contains("190123"));
    }

    proptest! {
        #[test]
        fn one_digit_typed_wrongly_is_found(front in "[0-9]{9}", at in 0_usize..10, other in 1_u8..10) {
            let check = (0..10).map(|last| format!("{front}{last}")).find(|own| read(own).is_ok());
            prop_assume!(check.is_some());
            let mut digits = check.unwrap().into_bytes();
            digits[at] = b'0' + (digits[at] - b'0' + other) % 10;
            let wrong = String::from_utf8(digits).unwrap();
            prop_assert_eq!(read(&wrong), Err(TaxNumberProblem::CheckDigit));
        }
    }

    #[test]
    fn a_standing_holds_from_its_first_day_to_its_last() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let month = Standing::new(day("2026-11-01"), Some(day("2026-11-30"))).unwrap();
        let on = |text: &str| month.holds_on(day(text));
        assert_eq!(["2026-10-31", "2026-11-01", "2026-11-30", "2026-12-01"].map(on), [false, true, true, false]);
        assert!(Standing::new(day("2026-11-01"), None).unwrap().holds_on(day("2099-01-01")));
        assert_eq!(Standing::new(day("2026-11-02"), Some(day("2026-11-01"))), Err(EndsBeforeItBegins));
    }
}
