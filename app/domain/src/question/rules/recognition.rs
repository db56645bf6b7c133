//! Rules of the recognition of a father, mother or child (1.001022): Luật Hộ tịch 2014, Đ.24–25; Luật Hôn nhân và gia
//! đình 2014, Đ.88–92, Đ.101–102; Thông tư 04/2020/TT-BTP, Đ.14–16.

use super::super::answer::Answers;
use super::super::parsed::Parsed;
use super::super::problem::{Notice, ProblemKind, WarningKind};
use super::{foreigner, one_person_twice, other_sex, problem, warning};
use crate::person::{AgeRange, Sex};
use crate::time::Day;

/// Full years of age from which one acts for oneself (Bộ luật Dân sự 2015, Đ.20).
const OF_AGE: i32 = 18;

/// Who the parts of the form are about, by what the person who files says to do.
struct Parties {
    /// Front of the parent's paths.
    parent: &'static str,
    /// Front of the child's paths.
    child: &'static str,
    parent_sex: Sex,
}

impl Parties {
    fn of(acts: &str) -> Option<Self> {
        let (parent, child) = match acts {
            "cha_nhan_con" | "me_nhan_con" => ("declarer", "child"),
            "con_nhan_cha" | "con_nhan_me" => ("parent", "declarer"),
            "thay_con_nhan_cha" | "thay_con_nhan_me" => ("parent", "child"),
            _ => return None,
        };
        let of_father = matches!(acts, "cha_nhan_con" | "con_nhan_cha" | "thay_con_nhan_cha");
        Some(Self { parent, child, parent_sex: if of_father { Sex::Male } else { Sex::Female } })
    }
}

pub(super) fn apply(today: Day, parsed: &mut Parsed) {
    let Some(parties) = parsed.answers.choice("declarer.acts").and_then(Parties::of) else { return };
    let child_age = age(&parsed.answers, parties.child, today);
    births(&parties, parsed);
    requester(today, &parties, child_age, parsed);
    other_parent(child_age, parsed);
    for party in [parties.parent, parties.child] {
        foreigner(parsed, party);
    }
    other_sex(parsed, &format!("{}.citizen_id", parties.parent), parties.parent_sex);
    let numbers = [parties.parent, parties.child].map(|party| format!("{party}.citizen_id"));
    one_person_twice(parsed, &numbers[0], &numbers[1]);
    witnesses(&parties, parsed);
    place_to_go(parsed);
}

fn age(answers: &Answers, party: &str, today: Day) -> Option<AgeRange> {
    answers.date(&format!("{party}.birth")).and_then(|birth| birth.age_on(today))
}

/// A parent is older than the child.
fn births(parties: &Parties, parsed: &mut Parsed) {
    let path = format!("{}.birth", parties.parent);
    let child = parsed.answers.date(&format!("{}.birth", parties.child));
    if let (Some(parent), Some(child)) = (parsed.answers.date(&path), child)
        && parent.earliest() >= child.latest()
    {
        problem(parsed, &path, ProblemKind::ParentNotOlder);
    }
}

/// Parents and children of age ask for themselves (Luật Hôn nhân và gia đình 2014, Đ.102 k.1). It only warns: who is
/// younger, or of age and unable to act, is told at the counter who stands beside them.
fn requester(today: Day, parties: &Parties, child_age: Option<AgeRange>, parsed: &mut Parsed) {
    let in_person = parties.parent == "declarer" || parties.child == "declarer";
    if in_person {
        if let Some(age) = age(&parsed.answers, "declarer", today).filter(|age| age.max < OF_AGE) {
            warning(parsed, "declarer.birth", WarningKind::RequesterUnderAge { age: age.max });
        }
    } else if let Some(age) = child_age.filter(|age| age.min >= OF_AGE) {
        warning(parsed, "child.birth", WarningKind::ChildOfAge { age: age.min });
    }
}

/// A child of age recognises one parent without the consent of the other (Luật Hôn nhân và gia đình 2014, Đ.90 k.2); for
/// a younger one the declaration of Thông tư 04/2020/TT-BTP has the opinion of the other parent.
fn other_parent(child_age: Option<AgeRange>, parsed: &mut Parsed) {
    let surely_minor = child_age.is_some_and(|age| age.max < OF_AGE);
    let surely_of_age = child_age.is_some_and(|age| age.min >= OF_AGE);
    match parsed.answers.choice("other.opinion") {
        Some("khong_can") if surely_minor => {
            warning(parsed, "other.opinion", WarningKind::OtherParentNotHeard);
        }
        Some("khong_dong_y") if !surely_of_age => {
            warning(parsed, "other.opinion", WarningKind::OtherParentObjects);
        }
        _ => {}
    }
}

/// Without a paper of experts, at least two people witness (Thông tư 04/2020/TT-BTP, Đ.14 k.2): others than the parties,
/// and not the same person twice.
fn witnesses(parties: &Parties, parsed: &mut Parsed) {
    let answers = &parsed.answers;
    let same = |one: &str, other: &str| {
        let lower = |path: &str| answers.text(path).map(str::to_lowercase);
        lower(one).is_some_and(|text| lower(other) == Some(text))
    };
    let (mut strange, mut twice) = (Vec::new(), Vec::new());
    for index in 0..answers.items("witnesses") {
        let at = |part: &str| format!("witnesses.{index}.{part}");
        if [parties.parent, parties.child, "declarer"].iter().any(|party| same(&at("name"), &format!("{party}.name"))) {
            strange.push(at("name"));
        }
        let before = |earlier| same(&at("citizen_id"), &format!("witnesses.{earlier}.citizen_id"));
        if (0..index).any(before) {
            twice.push(at("citizen_id"));
        }
    }
    strange.iter().for_each(|path| warning(parsed, path, WarningKind::WitnessIsParty));
    twice.iter().for_each(|path| problem(parsed, path, ProblemKind::SamePerson));
}

/// What is for a court (Luật Hôn nhân và gia đình 2014, Đ.101 k.2; Thông tư 04/2020/TT-BTP, Đ.16), and what another
/// procedure does better: a couple's common child gets its father by registering the birth or by an addition, without
/// recognition (Thông tư 04/2020/TT-BTP, Đ.16); of other parents the birth is registered at once (1.000689; Đ.15).
fn place_to_go(parsed: &mut Parsed) {
    if let Some("tranh_chap" | "da_mat" | "trong_hon_nhan") = parsed.answers.choice("case.kind") {
        problem(parsed, "case.kind", ProblemKind::CourtDecides);
    }
    if parsed.answers.choice("parents.married") == Some("co") {
        parsed.notices.push(Notice::CommonChildMayBeEntered);
    } else if parsed.answers.choice("child.registered") == Some("chua") {
        parsed.notices.push(Notice::RegisterBirthTogether);
    }
}
