//! Rules of the monthly social allowance (1.001776): Nghị định 20/2021/NĐ-CP, Đ.5.

use super::super::answer::Answers;
use super::super::parsed::Parsed;
use super::super::problem::{Notice, ProblemKind, WarningKind};
use super::{problem, social_pension, warning};
use crate::time::Day;

/// Ages a group of Đ.5 takes (ends included) and the household it is for.
struct Group {
    key: &'static str,
    min_age: i32,
    max_age: Option<i32>,
    households: &'static [&'static str],
}

const POOR: &[&str] = &["ngheo"];
const POOR_OR_NEAR: &[&str] = &["ngheo", "can_ngheo"];

/// The eight groups of Nghị định 20/2021/NĐ-CP, Đ.5, in its order.
const GROUPS: [Group; 8] = [
    Group { key: "tre_khong_nguon_nuoi_duong", min_age: 0, max_age: Some(15), households: &[] },
    Group { key: "dang_hoc_16_22", min_age: 16, max_age: Some(22), households: &[] },
    Group { key: "tre_hiv", min_age: 0, max_age: Some(15), households: POOR },
    Group { key: "don_than_nuoi_con", min_age: 0, max_age: None, households: POOR_OR_NEAR },
    Group { key: "cao_tuoi", min_age: 60, max_age: None, households: POOR },
    Group { key: "khuyet_tat", min_age: 0, max_age: None, households: &[] },
    Group { key: "tre_duoi_3", min_age: 0, max_age: Some(2), households: POOR_OR_NEAR },
    Group { key: "hiv", min_age: 16, max_age: None, households: POOR },
];

pub(super) fn apply(today: Day, parsed: &mut Parsed) {
    // Stopping or changing an allowance asks for no group.
    let Some(group) =
        parsed.answers.choice("group.kind").and_then(|kind| GROUPS.iter().find(|group| group.key == kind))
    else {
        return;
    };
    age(today, group, parsed);
    let household = parsed.answers.choice("household.status").map(str::to_owned);
    if household
        .is_some_and(|household| !group.households.is_empty() && !group.households.contains(&household.as_str()))
    {
        warning(parsed, "household.status", WarningKind::HouseholdNotPoor);
    }
    let listed = parsed.answers.items("members");
    if listed > 0 && group.key == "don_than_nuoi_con" && !has_dependent_child(today, &parsed.answers, listed) {
        problem(parsed, "members", ProblemKind::NoDependentChild);
    }
    if listed > 0 && !has_relation(&parsed.answers, listed, "ban_than") {
        problem(parsed, "members", ProblemKind::ApplicantNotListed);
    }
}

/// With a birth date known only in part, an age is refused only when no possible day of birth gives it.
fn age(today: Day, group: &Group, parsed: &mut Parsed) {
    let Some(age) = parsed.answers.date("person.birth").and_then(|birth| birth.age_on(today)) else { return };
    let outside = |age| ProblemKind::AgeOutsideGroup { age, min: group.min_age, max: group.max_age };
    if age.max < group.min_age {
        problem(parsed, "person.birth", outside(age.max));
    } else if group.max_age.is_some_and(|max| age.min > max) {
        problem(parsed, "person.birth", outside(age.min));
    } else if group.key == "cao_tuoi" && age.max >= social_pension::AGE {
        parsed.notices.push(Notice::SocialRetirementMayApply { age: age.max });
    }
}

/// A child under 16, or 16 to 22 and studying (Đ.5 k.4).
fn has_dependent_child(today: Day, answers: &Answers, members: usize) -> bool {
    (0..members).any(|index| {
        let at = |part: &str| format!("members.{index}.{part}");
        let Some(age) = answers.date(&at("birth")).and_then(|birth| birth.age_on(today)) else { return false };
        let studies = answers.choice(&at("studies")) == Some("co");
        answers.choice(&at("relation")) == Some("con") && (age.min < 16 || (age.min <= 22 && studies))
    })
}

fn has_relation(answers: &Answers, members: usize, relation: &str) -> bool {
    (0..members).any(|index| answers.choice(&format!("members.{index}.relation")) == Some(relation))
}
