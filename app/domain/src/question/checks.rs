//! Checks of single values: names, personal numbers, phones, dates, numbers.

use super::problem::ProblemKind;
use super::typed::one_line;
use crate::time::{Day, days_in_month};
use serde::{Deserialize, Serialize};

/// Longest full name accepted, in characters.
pub const NAME_MAX: usize = 100;
/// Earliest year accepted in a date.
const FIRST_YEAR: i32 = 1900;
/// Latest year accepted in a date.
const LAST_YEAR: i32 = 2199;

/// A date of which the day, or day and month, may be unknown (older people's papers say `1950` or `03/1950`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PartialDate {
    pub year: i32,
    pub month: Option<u8>,
    pub day: Option<u8>,
}

impl PartialDate {
    /// The day, when day and month are known.
    pub fn day(self) -> Option<Day> {
        Day::from_ymd(self.year, self.month?, self.day?)
    }

    /// The earliest day it may be.
    pub fn earliest(self) -> Day {
        Day::from_ymd(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1)).unwrap_or(Day(0))
    }

    /// The latest day it may be.
    pub fn latest(self) -> Day {
        let month = self.month.unwrap_or(12);
        let day = self.day.unwrap_or_else(|| days_in_month(self.year, month));
        Day::from_ymd(self.year, month, day).unwrap_or(Day(0))
    }
}

/// Full years between two days; 0 when `to` is before `from`. Born on 29/02, one is a year older on 01/03.
pub fn whole_years(from: Day, to: Day) -> u32 {
    let ((y1, m1, d1), (y2, m2, d2)) = (from.ymd(), to.ymd());
    let years = y2 - y1 - i32::from((m2, d2) < (m1, d1));
    u32::try_from(years).unwrap_or(0)
}

/// A full name: letters of any language of Việt Nam, spaces, apostrophes (`H'Lan`) and hyphens. One word is enough:
/// there are people with one name.
pub fn person(text: &str) -> Result<String, ProblemKind> {
    let name = one_line(text);
    if name.chars().any(char::is_numeric) {
        return Err(ProblemKind::NameHasDigits);
    }
    let allowed = |c: char| {
        c.is_alphabetic()
            || matches!(c, ' ' | '\'' | '\u{2019}' | '\u{2bc}' | '-')
            || matches!(c, '\u{300}'..='\u{36f}')
    };
    if !name.chars().all(allowed) || !name.chars().any(char::is_alphabetic) {
        return Err(ProblemKind::NameHasSymbols);
    }
    within(name, NAME_MAX)
}

/// Text of at most `max` characters.
pub fn within(text: String, max: usize) -> Result<String, ProblemKind> {
    let got = text.chars().count();
    if got > max { Err(ProblemKind::TooLong { max, got }) } else { Ok(text) }
}

/// A personal number (số định danh cá nhân): 12 digits; spaces, dots and hyphens between them are ignored.
pub fn citizen_id(text: &str) -> Result<String, ProblemKind> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-')).collect();
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(ProblemKind::CitizenIdNotDigits);
    }
    if digits.len() != 12 {
        return Err(ProblemKind::CitizenIdLength { got: digits.len() });
    }
    if digits.bytes().all(|b| Some(b) == digits.bytes().next()) {
        return Err(ProblemKind::CitizenIdAllSame);
    }
    Ok(digits)
}

/// What a personal number of 12 digits tells: whether the person is a woman, and the year of birth.
pub fn told_by_citizen_id(digits: &str) -> Option<(bool, i32)> {
    let sign = i32::from(digits.as_bytes().get(3)?.checked_sub(b'0')?);
    let years: i32 = digits.get(4..6)?.parse().ok()?;
    Some((sign % 2 == 1, 1900 + sign / 2 * 100 + years))
}

/// A phone of Việt Nam as `+84…`: mobile `0(3|5|7|8|9)` and 8 digits, or landline `02` and 9 digits.
pub fn phone(text: &str) -> Result<String, ProblemKind> {
    let kept: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-' | '(' | ')')).collect();
    let national = match (kept.strip_prefix("+84"), kept.strip_prefix('0')) {
        (Some(rest), _) => rest.strip_prefix('0').unwrap_or(rest),
        (None, Some(rest)) => rest,
        (None, None) => return Err(ProblemKind::NotAPhone),
    };
    if !national.bytes().all(|b| b.is_ascii_digit()) {
        return Err(ProblemKind::NotAPhone);
    }
    match (national.as_bytes().first(), national.len()) {
        (Some(b'3' | b'5' | b'7' | b'8' | b'9'), 9) | (Some(b'2'), 10) => Ok(format!("+84{national}")),
        _ => Err(ProblemKind::NotAPhone),
    }
}

/// A date from its three typed parts. With `partial`, year alone and month with year are enough.
pub fn date(
    day: Option<&str>,
    month: Option<&str>,
    year: Option<&str>,
    partial: bool,
) -> Result<PartialDate, ProblemKind> {
    let number =
        |part: Option<&str>| part.and_then(|text| if text.len() <= 4 { text.parse::<u16>().ok() } else { None });
    let known_year = number(year).map(i32::from).filter(|year| (FIRST_YEAR..=LAST_YEAR).contains(year));
    let known_month = number(month).and_then(|m| u8::try_from(m).ok()).filter(|m| (1..=12).contains(m));
    let known_day = number(day).and_then(|d| u8::try_from(d).ok()).filter(|d| (1..=31).contains(d));
    let day_may_lack = partial && day.is_none();
    let month_may_lack = day_may_lack && month.is_none();
    let wrong = ProblemKind::NotADate {
        day: known_day.is_none() && !day_may_lack,
        month: known_month.is_none() && !month_may_lack,
        year: known_year.is_none(),
    };
    if wrong != (ProblemKind::NotADate { day: false, month: false, year: false }) {
        return Err(wrong);
    }
    let date = PartialDate { year: known_year.unwrap_or_default(), month: known_month, day: known_day };
    match (date.month, date.day) {
        (Some(month), Some(day)) if day > days_in_month(date.year, month) => {
            Err(ProblemKind::DateDoesNotExist { year: date.year, month, day })
        }
        _ => Ok(date),
    }
}

/// A whole number; dots and spaces between digits and a trailing đ are ignored.
pub fn whole_number(text: &str) -> Result<i64, ProblemKind> {
    let bare = text.trim().trim_end_matches(['đ', 'Đ', '₫']);
    let kept: String = bare.chars().filter(|c| !c.is_whitespace() && *c != '.').collect();
    let digits = kept.strip_prefix('-').unwrap_or(&kept);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(ProblemKind::NotANumber);
    }
    kept.parse().map_err(|_| ProblemKind::NotANumber)
}

/// The number, when it is inside the ends.
pub fn between(number: i64, min: i64, max: i64) -> Result<i64, ProblemKind> {
    if number < min {
        return Err(ProblemKind::TooSmall { min });
    }
    if number > max {
        return Err(ProblemKind::TooLarge { max });
    }
    Ok(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_every_people_pass_and_digits_do_not() {
        for name in ["La O Thị Tím", "H'Ƀlŭ Ksơr Niê", "Y Moan", "Mang", "H’Lan Niê"] {
            assert_eq!(person(name).as_deref(), Ok(name));
        }
        assert_eq!(person("Lê Văn 5"), Err(ProblemKind::NameHasDigits));
        assert_eq!(person("Lê @ Văn"), Err(ProblemKind::NameHasSymbols));
        assert_eq!(person("' -"), Err(ProblemKind::NameHasSymbols));
    }

    #[test]
    fn a_personal_number_tells_sex_and_birth_year() {
        for (digits, told) in [
            ("054090123456", (false, 1990)),
            ("054190123456", (true, 1990)),
            ("054205000123", (false, 2005)),
            ("066312000001", (true, 2012)),
        ] {
            assert_eq!(citizen_id(digits).as_deref(), Ok(digits));
            assert_eq!(told_by_citizen_id(digits), Some(told));
        }
        assert_eq!(citizen_id("054 090.123-456").as_deref(), Ok("054090123456"));
        assert_eq!(citizen_id("05409012345"), Err(ProblemKind::CitizenIdLength { got: 11 }));
        assert_eq!(citizen_id("05409012345O"), Err(ProblemKind::CitizenIdNotDigits));
        assert_eq!(citizen_id("111111111111"), Err(ProblemKind::CitizenIdAllSame));
    }

    #[test]
    fn phones_become_canonical() {
        for typed in ["0905 123 456", "+84905123456", "+84 0905.123.456"] {
            assert_eq!(phone(typed).as_deref(), Ok("+84905123456"));
        }
        assert_eq!(phone("0257 3 812 345").as_deref(), Ok("+842573812345"));
        for wrong in ["905123456", "0105123456", "090512345", "0905123456x", "", "02573812"] {
            assert_eq!(phone(wrong), Err(ProblemKind::NotAPhone), "{wrong}");
        }
    }

    #[test]
    fn a_date_says_which_part_is_wrong() {
        let flags = |day, month, year| Err(ProblemKind::NotADate { day, month, year });
        assert_eq!(
            date(Some("5"), Some("01"), Some("2026"), false),
            Ok(PartialDate { year: 2026, month: Some(1), day: Some(5) })
        );
        assert_eq!(date(None, None, Some("1950"), true), Ok(PartialDate { year: 1950, month: None, day: None }));
        assert_eq!(date(None, None, Some("1950"), false), flags(true, true, false));
        assert_eq!(date(Some("3"), None, Some("1950"), true), flags(false, true, false));
        assert_eq!(date(Some("3"), Some("13"), Some("50"), true), flags(false, true, true));
        assert_eq!(
            date(Some("30"), Some("2"), Some("2026"), false),
            Err(ProblemKind::DateDoesNotExist { year: 2026, month: 2, day: 30 })
        );
    }

    #[test]
    fn ages_count_whole_years() {
        let day = |y, m, d| Day::from_ymd(y, m, d).unwrap();
        assert_eq!(whole_years(day(2010, 11, 23), day(2026, 11, 23)), 16);
        assert_eq!(whole_years(day(2010, 11, 24), day(2026, 11, 23)), 15);
        assert_eq!(whole_years(day(2026, 11, 24), day(2026, 11, 23)), 0);
    }

    #[test]
    fn numbers_are_read_with_or_without_dots() {
        assert_eq!(whole_number("1.500.000 đ"), Ok(1_500_000));
        assert_eq!(whole_number("-3"), Ok(-3));
        for wrong in ["", "hai", "1,5", "--3", "99999999999999999999"] {
            assert_eq!(whole_number(wrong), Err(ProblemKind::NotANumber), "{wrong}");
        }
    }
}
