//! The personal identification number of twelve digits (số định danh cá nhân; Luật Căn cước 2023, Nghị định 69/2024).

use super::{BirthProvince, PartialDate, Sex, serde_by_parsing};
use crate::time::Day;
use std::fmt;

/// A personal identification number: three digits of place, one of century and sex, two of birth year, six random.
/// There is no check digit.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CitizenId(String);

/// Why a text is not a personal identification number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CitizenIdProblem {
    /// Nothing typed.
    Empty,
    /// Something else than digits, spaces, dots and hyphens.
    NotDigits,
    /// Digits, but not twelve of them; nine may be a number of the old card.
    WrongLength {
        /// How many digits were typed.
        digits: usize,
    },
    /// The same digit twelve times.
    AllSameDigit,
}

/// Something to look at again. It never blocks: registers hold true numbers that look wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CitizenIdWarning {
    /// The place code is not one of the 63 provinces; a birth registered abroad has a country code.
    UnknownProvince,
    /// The number tells a birth year after today.
    BirthYearInFuture,
    /// The number is of the other sex.
    SexDiffers {
        /// What the number tells.
        number_says: Sex,
    },
    /// The number is of another birth year.
    BirthYearDiffers {
        /// What the number tells.
        number_says: i32,
    },
}

/// What a number tells about its holder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitizenIdFacts {
    /// Province where the birth was registered, by its name of that time.
    pub province: Option<&'static str>,
    /// Sex at registration.
    pub sex: Sex,
    /// Year of birth.
    pub birth_year: i32,
    /// What to look at again.
    pub warnings: Vec<CitizenIdWarning>,
}

/// Whether made-up people are known here: on training and demonstration installations only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Demo {
    /// The codes 997–999 are known.
    Yes,
    /// They are as unknown as any other.
    No,
}

const LENGTH: usize = 12;

impl CitizenId {
    /// Reads a number; spaces, dots and hyphens are ignored.
    pub fn parse(typed: &str) -> Result<Self, CitizenIdProblem> {
        let digits = digits_of(typed).ok_or(CitizenIdProblem::NotDigits)?;
        match digits.len() {
            0 => Err(CitizenIdProblem::Empty),
            LENGTH if digits.bytes().all(|b| digits.as_bytes().first() == Some(&b)) => {
                Err(CitizenIdProblem::AllSameDigit)
            }
            LENGTH => Ok(Self(digits)),
            digits => Err(CitizenIdProblem::WrongLength { digits }),
        }
    }

    /// The twelve digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What the number tells, for real people: the codes of made-up people are unknown.
    pub fn facts(&self, today: Day) -> CitizenIdFacts {
        self.facts_in(Demo::No, today)
    }

    /// What the number tells on an installation that may hold made-up people.
    pub fn facts_in(&self, demo: Demo, today: Day) -> CitizenIdFacts {
        let province = BirthProvince::of_code(&self.0[..3]).filter(|province| !province.demo || demo == Demo::Yes);
        let birth_year = self.birth_year();
        let mut warnings = Vec::new();
        if province.is_none() {
            warnings.push(CitizenIdWarning::UnknownProvince);
        }
        if birth_year > today.year() {
            warnings.push(CitizenIdWarning::BirthYearInFuture);
        }
        CitizenIdFacts {
            province: province.map(|province| province.name.as_str()),
            sex: self.sex(),
            birth_year,
            warnings,
        }
    }

    /// Sex: an even fourth digit is male.
    pub fn sex(&self) -> Sex {
        if self.digit(3) % 2 == 0 { Sex::Male } else { Sex::Female }
    }

    /// Birth year, 1900–2399: the fourth digit counts centuries by twos.
    pub fn birth_year(&self) -> i32 {
        1900 + self.digit(3) / 2 * 100 + self.digit(4) * 10 + self.digit(5)
    }

    /// Compares with what the form says; what is not given is not compared.
    pub fn check_against(&self, sex: Option<Sex>, birth: Option<PartialDate>) -> Vec<CitizenIdWarning> {
        let by_sex =
            sex.filter(|sex| *sex != self.sex()).map(|_| CitizenIdWarning::SexDiffers { number_says: self.sex() });
        let by_year = birth
            .filter(|birth| birth.year() != self.birth_year())
            .map(|_| CitizenIdWarning::BirthYearDiffers { number_says: self.birth_year() });
        by_sex.into_iter().chain(by_year).collect()
    }

    /// `0540••••••56`: what lists and logs may show.
    pub fn masked(&self) -> String {
        format!("{}••••••{}", &self.0[..4], &self.0[10..])
    }

    fn digit(&self, at: usize) -> i32 {
        self.0.as_bytes().get(at).map_or(0, |b| i32::from(b - b'0'))
    }
}

/// Only digits, with spaces, dots and hyphens taken away; `None` when something else is there.
pub(super) fn digits_of(typed: &str) -> Option<String> {
    let mut digits = String::with_capacity(LENGTH);
    for c in typed.chars() {
        match c {
            '0'..='9' => digits.push(c),
            '.' | '-' | '\u{2010}'..='\u{2014}' | '\u{FEFF}' | '\u{200B}' => {}
            space if space.is_whitespace() => {}
            _ => return None,
        }
    }
    Some(digits)
}

/// Masked, so that a number never reaches a log by accident.
impl fmt::Debug for CitizenId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CitizenId({})", self.masked())
    }
}

serde_by_parsing!(CitizenId);
