//! Rules of birth registration (1.001193): Luật Hộ tịch 2014, Đ.15–16; Nghị định 123/2015/NĐ-CP, Đ.4, Đ.15.

use super::super::parsed::Parsed;
use super::super::problem::{Notice, ProblemKind, WarningKind};
use super::{problem, warning};
use crate::time::Day;

/// Days parents have to register a birth, counted from the birth (Luật Hộ tịch 2014, Đ.15 k.1).
pub const TIMELY_DAYS: i32 = 60;
/// A child's name with more letters than this does not fit one line of the certificate.
const LONG_NAME: usize = 40;

pub(super) fn apply(today: Day, parsed: &mut Parsed) {
    lateness(today, parsed);
    parents(parsed);
    declarer(parsed);
    let letters = parsed.answers.text("child.name").map_or(0, |name| name.chars().count());
    if letters > LONG_NAME {
        warning(parsed, "child.name", WarningKind::LongName { letters });
    }
}

fn lateness(today: Day, parsed: &mut Parsed) {
    let Some(birth) = parsed.answers.date("child.birth").and_then(|birth| birth.day()) else { return };
    let last_day = birth.plus(TIMELY_DAYS);
    if today > last_day {
        parsed.notices.push(Notice::LateRegistration { days: today.0 - last_day.0, last_day });
    }
}

/// At least one parent is declared, unless the child was found abandoned; a parent is older than the child.
fn parents(parsed: &mut Parsed) {
    let answers = &parsed.answers;
    let abandoned = answers.choice("proof.kind") == Some("bo_roi");
    let unknown = |parent: &str| answers.choice(&format!("{parent}.known")) == Some("khong");
    if unknown("mother") && unknown("father") && !abandoned {
        problem(parsed, "mother.known", ProblemKind::NoParent);
    }
    for parent in ["mother", "father"] {
        let path = format!("{parent}.birth");
        let (Some(own), Some(child)) = (parsed.answers.date(&path), parsed.answers.date("child.birth")) else {
            continue;
        };
        if own.earliest() >= child.latest() {
            problem(parsed, &path, ProblemKind::ParentNotOlder);
        }
    }
    let father_named = parsed.answers.choice("father.known") == Some("co");
    if father_named && parsed.answers.choice("parents.married") == Some("khong") {
        parsed.notices.push(Notice::FatherNeedsRecognition);
    }
}

/// A mother or father who declares is declared, and under the same name.
fn declarer(parsed: &mut Parsed) {
    let parent = match parsed.answers.choice("declarer.relation") {
        Some("me") => "mother",
        Some("cha") => "father",
        _ => return,
    };
    if parsed.answers.choice(&format!("{parent}.known")) == Some("khong") {
        problem(parsed, "declarer.relation", ProblemKind::DeclarerNotDeclared);
        return;
    }
    let name = |path: &str| parsed.answers.text(path).map(str::to_lowercase);
    if let (Some(own), Some(declared)) = (name("declarer.name"), name(&format!("{parent}.name")))
        && own != declared
    {
        warning(parsed, &format!("{parent}.name"), WarningKind::DeclarerNameDiffers);
    }
}
