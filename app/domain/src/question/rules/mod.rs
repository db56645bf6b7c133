//! Rules across the fields of one form. Each set belongs to one form's data and names its paths.

pub mod allowance;
pub mod birth;
pub mod death;
pub mod disability;
pub mod extract;
pub mod house_permit;
pub mod household_business;
pub mod marital_status;
pub mod marriage;
pub mod recognition;
pub mod social_pension;

use super::answer::{Answer, Answers};
use super::beside::Beside;
use super::parsed::Parsed;
use super::problem::{Problem, ProblemKind, Warning, WarningKind};
use crate::person::Sex;
use crate::spoken::{self, Zero};
use crate::time::Day;
use serde::{Deserialize, Serialize};

/// Which rules a form has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleSet {
    /// Birth registration (1.001193).
    Birth,
    /// Copy of a civil-status extract (2.000635).
    Extract,
    /// Monthly social allowance (1.001776).
    Allowance,
    /// Marriage registration (1.000894).
    Marriage,
    /// Recognition of a father, mother or child (1.001022).
    Recognition,
    /// Death registration (1.000656).
    Death,
    /// Certificate of marital status (1.004873).
    MaritalStatus,
    /// Registration of a household business (1.001612).
    HouseholdBusiness,
    /// Building permit for a house (1.013225).
    HousePermit,
    /// Degree of a disability (1.001699).
    Disability,
    /// Social retirement allowance (1.014027).
    SocialPension,
}

/// Adds what the rules find to what the fields alone gave.
pub fn apply(set: RuleSet, today: Day, parsed: &mut Parsed) {
    match set {
        RuleSet::Birth => birth::apply(today, parsed),
        RuleSet::Extract => extract::apply(today, parsed),
        RuleSet::Allowance => allowance::apply(today, parsed),
        RuleSet::Marriage => marriage::apply(today, parsed),
        RuleSet::Recognition => recognition::apply(today, parsed),
        RuleSet::Death => death::apply(today, parsed),
        RuleSet::MaritalStatus => marital_status::apply(today, parsed),
        RuleSet::HouseholdBusiness => household_business::apply(today, parsed),
        RuleSet::HousePermit => house_permit::apply(today, parsed),
        RuleSet::Disability => disability::apply(today, parsed),
        RuleSet::SocialPension => social_pension::apply(today, parsed),
    }
}

/// What follows from the answer at a path and is read beside it.
pub fn beside(set: RuleSet, answers: &Answers, path: &str) -> Option<Beside> {
    match (set, path) {
        (RuleSet::Birth, "child.birth") => date_in_words(answers, path).map(Beside::InWords),
        (RuleSet::Death, "death.date") => death::moment_in_words(answers).map(Beside::InWords),
        (RuleSet::HousePermit, "work.ground") => house_permit::density(answers).map(Beside::Density),
        _ => None,
    }
}

/// What is known of a date, in words.
fn date_in_words(answers: &Answers, path: &str) -> Option<String> {
    let date = answers.date(path)?;
    let in_part = || spoken::year(date.year(), date.month(), Zero::default());
    date.day().map_or_else(in_part, |day| spoken::date(day, Zero::default()))
}

fn problem(parsed: &mut Parsed, path: &str, kind: ProblemKind) {
    parsed.problems.push(Problem { path: path.to_owned(), kind });
}

fn warning(parsed: &mut Parsed, path: &str, kind: WarningKind) {
    parsed.warnings.push(Warning { path: path.to_owned(), kind });
}

/// A person of another nationality has procedures of their own (Luật Hộ tịch 2014, Đ.7, Đ.37, Đ.43). It only warns:
/// the same commune registers both kinds (Nghị định 120/2025/NĐ-CP), and its counter tells which one it is.
fn foreigner(parsed: &mut Parsed, party: &str) {
    let path = format!("{party}.nationality");
    if parsed.answers.choice(&path) == Some("khac") {
        warning(parsed, &path, WarningKind::ForeignElement);
    }
}

/// A personal number of another sex than the person must be, where the form asks for no sex to compare with.
fn other_sex(parsed: &mut Parsed, path: &str, sex: Sex) {
    let Some(Answer::CitizenId(number)) = parsed.answers.get(path) else { return };
    let told = parsed.warnings.iter().any(|warning| warning.path == path);
    if number.sex() != sex && !told {
        let kind = WarningKind::CitizenIdMismatch { sex: number.sex(), birth_year: number.birth_year() };
        warning(parsed, path, kind);
    }
}

/// Two people have not the same personal number.
fn one_person_twice(parsed: &mut Parsed, one: &str, other: &str) {
    let number = parsed.answers.text(one);
    if number.is_some() && number == parsed.answers.text(other) {
        problem(parsed, other, ProblemKind::SamePerson);
    }
}

/// The birthday after so many years; for a birth on 29/02 the 01/03 of a common year.
fn birthday(born: Day, years: i32) -> Day {
    let (year, month, day) = born.ymd();
    let next_day = || Day::from_ymd(year + years, 3, 1);
    Day::from_ymd(year + years, month, day).or_else(next_day).unwrap_or(born)
}

#[cfg(test)]
mod tests;
