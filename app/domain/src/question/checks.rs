//! Checks of single values: names, personal numbers, phones, dates, numbers.

use super::problem::ProblemKind;
use crate::person::{CitizenId, CitizenIdProblem, FullName, NameProblem, PartialDate, Phone, PhoneProblem};
use crate::text::is_mostly_legacy;
use crate::time::{Day, days_in_month};

/// Longest full name accepted, in characters.
pub const NAME_MAX: usize = 100;
/// Earliest year accepted in a date.
const FIRST_YEAR: i32 = 1800;
/// Latest year accepted in a date.
const LAST_YEAR: i32 = 2200;

/// A full name.
pub fn person(text: &str) -> Result<FullName, ProblemKind> {
    FullName::parse(text).map_err(|problem| match problem {
        NameProblem::Empty => ProblemKind::Missing,
        NameProblem::TooLong { letters } => ProblemKind::TooLong { max: NAME_MAX, got: letters },
        NameProblem::Digit => ProblemKind::NameHasDigits,
        NameProblem::Symbol(sign) => ProblemKind::NameHasSymbol { sign },
        NameProblem::NotLatin(letter) => ProblemKind::NameNotLatin { letter },
        NameProblem::LegacyEncoding => ProblemKind::LegacyEncoding,
    })
}

/// Text of at most `max` characters, in letters that everybody can read.
pub fn within(text: String, max: usize) -> Result<String, ProblemKind> {
    let got = text.chars().count();
    if got > max {
        return Err(ProblemKind::TooLong { max, got });
    }
    if is_mostly_legacy(&text) { Err(ProblemKind::LegacyEncoding) } else { Ok(text) }
}

/// A personal number (số định danh cá nhân).
pub fn citizen_id(text: &str) -> Result<CitizenId, ProblemKind> {
    CitizenId::parse(text).map_err(|problem| match problem {
        CitizenIdProblem::Empty => ProblemKind::Missing,
        CitizenIdProblem::NotDigits => ProblemKind::CitizenIdNotDigits,
        CitizenIdProblem::WrongLength { digits } => ProblemKind::CitizenIdLength { got: digits },
        CitizenIdProblem::AllSameDigit => ProblemKind::CitizenIdAllSame,
    })
}

/// A phone of Việt Nam.
pub fn phone(text: &str) -> Result<Phone, ProblemKind> {
    Phone::parse(text).map_err(|problem| match problem {
        PhoneProblem::Empty => ProblemKind::Missing,
        PhoneProblem::Foreign => ProblemKind::PhoneForeign,
        PhoneProblem::WrongLength { digits } => ProblemKind::PhoneLength { got: digits },
        PhoneProblem::NotDigits | PhoneProblem::UnknownPrefix => ProblemKind::NotAPhone,
    })
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
    let year = known_year.unwrap_or_default();
    match (known_month, known_day) {
        (None, _) => Ok(PartialDate::Year(year)),
        (Some(month), None) => Ok(PartialDate::YearMonth(year, month)),
        (Some(month), Some(day)) if day > days_in_month(year, month) => {
            Err(ProblemKind::DateDoesNotExist { year, month, day })
        }
        (Some(month), Some(day)) => Day::from_ymd(year, month, day)
            .map(PartialDate::Full)
            .ok_or(ProblemKind::DateDoesNotExist { year, month, day }),
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
    fn what_is_wrong_with_a_person_is_told_by_its_kind() {
        assert_eq!(person("H'Ƀlŭ Ksơr Niê").map(|name| name.as_str().to_owned()), Ok("H'Ƀlŭ Ksơr Niê".to_owned()));
        assert_eq!(person("Lê Văn 5"), Err(ProblemKind::NameHasDigits));
        assert_eq!(person("Lê @ Văn"), Err(ProblemKind::NameHasSymbol { sign: '@' }));
        assert_eq!(person("Лe"), Err(ProblemKind::NameNotLatin { letter: 'Л' }));
        assert_eq!(citizen_id("05409012345"), Err(ProblemKind::CitizenIdLength { got: 11 }));
        assert_eq!(citizen_id("05409012345O"), Err(ProblemKind::CitizenIdNotDigits));
        assert_eq!(citizen_id("111111111111"), Err(ProblemKind::CitizenIdAllSame));
        assert_eq!(phone("090512345"), Err(ProblemKind::PhoneLength { got: 9 }));
        assert_eq!(phone("+66 81 234 5678"), Err(ProblemKind::PhoneForeign));
        assert_eq!(phone("số của mẹ"), Err(ProblemKind::NotAPhone));
    }

    #[test]
    fn text_pasted_from_an_old_font_is_refused_and_any_other_is_kept() {
        assert_eq!(within("Xin cÊp giÊy phÐp x©y dùng".to_owned(), 100), Err(ProblemKind::LegacyEncoding));
        for text in ["Xin cấp giấy phép xây dựng, 96 m²", "H'Ƀlŭ Ksơr Niê"] {
            assert_eq!(within(text.to_owned(), 100), Ok(text.to_owned()));
        }
        assert_eq!(within("dài quá".to_owned(), 3), Err(ProblemKind::TooLong { max: 3, got: 7 }));
    }

    #[test]
    fn a_date_says_which_part_is_wrong() {
        let flags = |day, month, year| Err(ProblemKind::NotADate { day, month, year });
        let full = Day::from_ymd(2026, 1, 5).map(PartialDate::Full);
        assert_eq!(date(Some("5"), Some("01"), Some("2026"), false).ok(), full);
        assert_eq!(date(None, None, Some("1950"), true), Ok(PartialDate::Year(1950)));
        assert_eq!(date(None, Some("3"), Some("1950"), true), Ok(PartialDate::YearMonth(1950, 3)));
        assert_eq!(date(None, None, Some("1950"), false), flags(true, true, false));
        assert_eq!(date(Some("3"), None, Some("1950"), true), flags(false, true, false));
        assert_eq!(date(Some("3"), Some("13"), Some("50"), true), flags(false, true, true));
        assert_eq!(
            date(Some("30"), Some("2"), Some("2026"), false),
            Err(ProblemKind::DateDoesNotExist { year: 2026, month: 2, day: 30 })
        );
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
