//! Rules of the certificate of marital status (1.004873): Nghị định 123/2015/NĐ-CP, Đ.21–23; Thông tư 04/2020/TT-BTP,
//! Đ.12, Đ.33; Nghị định 07/2025/NĐ-CP; Luật Hôn nhân và gia đình 2014, Đ.5, Đ.8.

use super::super::parsed::Parsed;
use super::super::problem::{Notice, ProblemKind, WarningKind};
use super::marriage::{marriageable, too_young};
use super::{problem, warning};
use crate::person::{CitizenId, Sex};
use crate::question::Answer;
use crate::time::{Day, days_in_month};

/// Months that a certificate holds, from the day it was given, while nothing changes (Thông tư 04/2020/TT-BTP, Đ.12 k.2).
const VALID_MONTHS: i32 = 6;

pub(super) fn apply(today: Day, parsed: &mut Parsed) {
    own_number(parsed);
    days_after_birth(parsed);
    period(parsed, "period.from", "period.to");
    homes(parsed);
    if parsed.answers.choice("purpose.kind") == Some("ket_hon") {
        to_marry(today, parsed);
        partner(today, parsed);
    }
    earlier(today, parsed);
}

/// Who asks for themselves gives sex and birth on another page than the number.
fn own_number(parsed: &mut Parsed) {
    if parsed.answers.choice("asker.acts") != Some("ban_than") {
        return;
    }
    let Some(number) = number(parsed, "asker.citizen_id") else { return };
    let sex = parsed.answers.choice("subject.sex").and_then(Sex::from_key);
    if !number.check_against(sex, parsed.answers.date("subject.birth")).is_empty() {
        let kind = WarningKind::CitizenIdMismatch { sex: number.sex(), birth_year: number.birth_year() };
        warning(parsed, "asker.citizen_id", kind);
    }
}

fn number(parsed: &Parsed, path: &str) -> Option<CitizenId> {
    match parsed.answers.get(path) {
        Some(Answer::CitizenId(number)) => Some(number.clone()),
        _ => None,
    }
}

fn days_after_birth(parsed: &mut Parsed) {
    let Some(born) = parsed.answers.date("subject.birth") else { return };
    for path in ["marriage.date", "divorce.date", "widowed.date", "earlier.date"] {
        if parsed.answers.date(path).is_some_and(|date| date.latest() < born.earliest()) {
            problem(parsed, path, ProblemKind::BeforeBirth);
        }
    }
}

/// Who had their permanent home elsewhere is asked about there (Nghị định 123/2015/NĐ-CP, Đ.22 k.4).
fn homes(parsed: &mut Parsed) {
    for index in 0..parsed.answers.items("homes") {
        period(parsed, &format!("homes.{index}.from"), &format!("homes.{index}.to"));
    }
    if parsed.answers.choice("subject.lived_elsewhere") == Some("co") {
        parsed.notices.push(Notice::EarlierHomesAreAsked);
    }
}

/// A time begins with the birth or later, and ends when it began or later.
fn period(parsed: &mut Parsed, from: &str, to: &str) {
    let Some(start) = parsed.answers.date(from) else { return };
    let (born, end) = (parsed.answers.date("subject.birth"), parsed.answers.date(to));
    if born.is_some_and(|born| start.latest() < born.earliest()) {
        problem(parsed, from, ProblemKind::BeforeBirth);
    }
    if end.is_some_and(|end| end.latest() < start.earliest()) {
        problem(parsed, to, ProblemKind::EndsBeforeStart);
    }
}

/// A certificate to marry with is for those who may marry (Nghị định 123/2015/NĐ-CP, Đ.22 k.1): old enough, and not
/// married. A marriage within the country needs none (Nghị định 07/2025/NĐ-CP).
fn to_marry(today: Day, parsed: &mut Parsed) {
    let answers = &parsed.answers;
    let is_vietnamese = |path: &str| answers.choice(path) == Some("viet_nam");
    let domestic = is_vietnamese("subject.nationality")
        && is_vietnamese("partner.nationality")
        && answers.choice("wedding.where") == Some("trong_nuoc");
    let sex = answers.choice("subject.sex").and_then(Sex::from_key);
    let young = sex.zip(answers.date("subject.birth")).and_then(|(sex, born)| too_young(today, sex, born));
    let married = answers.choice("status.kind") == Some("dang_co");
    if let Some(young) = young {
        problem(parsed, "subject.birth", young);
    }
    if married {
        problem(parsed, "purpose.kind", ProblemKind::MarriedNow);
    }
    if domestic {
        parsed.notices.push(Notice::MarriageNeedsNoCertificate);
    }
}

/// The other one is another person. What the law of another country lets them do is not ours to say.
fn partner(today: Day, parsed: &mut Parsed) {
    let theirs = number(parsed, "partner.citizen_id");
    let whose = if parsed.answers.choice("asker.acts") == Some("ban_than") { "asker" } else { "subject" };
    if theirs.is_some() && theirs == number(parsed, &format!("{whose}.citizen_id")) {
        problem(parsed, "partner.citizen_id", ProblemKind::CannotBeSelf);
    }
    // The form does not ask for their sex; their number tells it.
    let min = marriageable(theirs.map_or(Sex::Female, |number| number.sex()));
    let age = parsed.answers.date("partner.birth").and_then(|birth| birth.age_on(today));
    if parsed.answers.choice("partner.nationality") == Some("viet_nam") && age.is_some_and(|age| age.max < min) {
        warning(parsed, "partner.birth", WarningKind::PartnerTooYoung { min });
    }
}

/// A certificate that still holds serves the same purpose again.
fn earlier(today: Day, parsed: &mut Parsed) {
    if parsed.answers.choice("earlier.has") != Some("con_giu") {
        return;
    }
    let Some(given) = parsed.answers.date("earlier.date").and_then(|date| date.day()) else { return };
    let until = months_after(given, VALID_MONTHS);
    if today <= until {
        parsed.notices.push(Notice::EarlierCertificateHolds { until });
    }
}

/// The same day of the month so many months later, or the last day of a month that is shorter (Bộ luật Dân sự 2015,
/// Đ.148 k.2).
fn months_after(day: Day, months: i32) -> Day {
    let (year, month, of_month) = day.ymd();
    let months = year * 12 + i32::from(month) - 1 + months;
    let (year, month) = (months.div_euclid(12), u8::try_from(months.rem_euclid(12) + 1).unwrap_or(1));
    Day::from_ymd(year, month, of_month.min(days_in_month(year, month))).unwrap_or(day)
}
