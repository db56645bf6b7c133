//! Rules of the registration of a household business (1.001612): Nghị định 168/2025/NĐ-CP, its chapter on household
//! businesses; Luật Doanh nghiệp 2020, Đ.188 k.3.

use super::super::parsed::Parsed;
use super::super::problem::{ProblemKind, WarningKind};
use super::{birthday, one_person_twice, problem, warning};
use crate::time::Day;

/// Full years of age from which one may found a household business: who does has full capacity to act (Nghị định
/// 168/2025/NĐ-CP; Bộ luật Dân sự 2015, Đ.20).
const OF_AGE: i32 = 18;

/// What no own name of a household business may hold (Nghị định 168/2025/NĐ-CP). Letters with their marks: a person
/// may be called Công Tý.
const WORDS_OF_COMPANIES: [&str; 2] = ["công ty", "doanh nghiệp"];

/// What stands before the own name anyway.
const PREFIX: &str = "hộ kinh doanh";

/// Digits of a line of the economy at the fourth level, by which household businesses are registered.
const TRADE_CODE_DIGITS: usize = 4;

pub(super) fn apply(today: Day, parsed: &mut Parsed) {
    let members: Vec<String> = (0..parsed.answers.items("members")).map(|index| format!("members.{index}")).collect();
    age(today, "person", parsed);
    for member in &members {
        age(today, member, parsed);
    }
    other_business(parsed);
    one_person_twice(parsed, "filer.citizen_id", "person.citizen_id");
    members_once(&members, parsed);
    name(parsed);
    let trades = (0..parsed.answers.items("trades")).map(|index| format!("trades.{index}.code"));
    for path in std::iter::once("trade.code".to_owned()).chain(trades) {
        trade_code(&path, parsed);
    }
    if parsed.answers.date("tax.start").is_some_and(|start| start.latest() < today) {
        warning(parsed, "tax.start", WarningKind::StartedBeforeRegistration);
    }
}

/// Owner and members are of age; an unknown day or month of birth counts as the first.
fn age(today: Day, party: &str, parsed: &mut Parsed) {
    let path = format!("{party}.birth");
    let Some(born) = parsed.answers.date(&path) else { return };
    let from = birthday(born.earliest(), OF_AGE);
    if today < from {
        problem(parsed, &path, ProblemKind::TooYoungForBusiness { min: OF_AGE, from });
    }
}

/// One person has one household business in the whole country (Nghị định 168/2025/NĐ-CP), and none beside a private
/// enterprise (Luật Doanh nghiệp 2020, Đ.188 k.3). A general partner needs the others' consent, which the office reads.
fn other_business(parsed: &mut Parsed) {
    match parsed.answers.choice("person.other") {
        Some("ho_khac" | "tu_nhan") => problem(parsed, "person.other", ProblemKind::AlreadyInBusiness),
        Some("hop_danh") => warning(parsed, "person.other", WarningKind::PartnersConsent),
        _ => {}
    }
}

/// The owner is not listed among the others, and nobody twice.
fn members_once(members: &[String], parsed: &mut Parsed) {
    let path = |party: &str| format!("{party}.citizen_id");
    for (place, member) in members.iter().enumerate() {
        one_person_twice(parsed, "person.citizen_id", &path(member));
        for earlier in &members[..place] {
            one_person_twice(parsed, &path(earlier), &path(member));
        }
    }
}

fn name(parsed: &mut Parsed) {
    let Some(name) = parsed.answers.text("business.name").map(str::to_lowercase) else { return };
    if WORDS_OF_COMPANIES.iter().any(|word| name.contains(word)) {
        problem(parsed, "business.name", ProblemKind::NameOfCompany);
    } else if name.starts_with(PREFIX) {
        warning(parsed, "business.name", WarningKind::NameRepeatsKind);
    }
}

/// A code may be left to the office; one that is given has four digits.
fn trade_code(path: &str, parsed: &mut Parsed) {
    let wrong = |code: &str| code.len() != TRADE_CODE_DIGITS || !code.bytes().all(|byte| byte.is_ascii_digit());
    if parsed.answers.text(path).is_some_and(wrong) {
        problem(parsed, path, ProblemKind::NotATradeCode);
    }
}
