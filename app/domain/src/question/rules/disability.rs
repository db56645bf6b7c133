//! Rules of determining the degree of a disability (1.001699): Luật Người khuyết tật 2010, Đ.15–20; Nghị định
//! 28/2012/NĐ-CP, Đ.2–4; Thông tư 01/2019/TT-BLĐTBXH.

use super::super::answer::Answer;
use super::super::parsed::Parsed;
use super::super::problem::{Notice, ProblemKind, WarningKind};
use super::{one_person_twice, problem, warning};
use crate::time::Day;

/// Below this age a representative acts for a child (Bộ luật Dân sự 2015, Đ.21 k.2–4).
const ACTS_ALONE: i32 = 15;
/// From this age a person acts for themselves (Bộ luật Dân sự 2015, Đ.20).
const OF_AGE: i32 = 18;
/// A child below this age is asked about with a sheet of its own (Thông tư 01/2019/TT-BLĐTBXH, form 02).
const SMALL_CHILD: i32 = 6;
/// 01/06/2012, when Nghị định 28/2012/NĐ-CP took effect: conclusions from before are taken over (Đ.4).
const COUNCILS_BEGIN: (i32, u8, u8) = (2012, 6, 1);

pub(super) fn apply(today: Day, parsed: &mut Parsed) {
    who_files(today, parsed);
    one_person_twice(parsed, "filer.citizen_id", "person.citizen_id");
    for paper in ["previous.date", "council.date"] {
        not_before_birth(parsed, paper);
    }
    other_kind(parsed);
    earlier_conclusion(parsed);
}

/// The person files, or who lawfully stands for them (Luật Người khuyết tật 2010, Đ.18 k.1).
fn who_files(today: Day, parsed: &mut Parsed) {
    let Some(age) = parsed.answers.date("person.birth").and_then(|birth| birth.age_on(today)) else { return };
    match parsed.answers.choice("filer.relation") {
        Some("ban_than") if age.max < ACTS_ALONE => {
            problem(parsed, "filer.relation", ProblemKind::RepresentativeFiles { under: ACTS_ALONE });
        }
        Some("ban_than") if age.max < OF_AGE => {
            warning(parsed, "filer.relation", WarningKind::RequesterUnderAge { age: age.max });
        }
        Some("cha_me") if age.min >= OF_AGE => {
            warning(parsed, "filer.relation", WarningKind::ChildOfAge { age: age.min });
        }
        _ => {}
    }
    if age.max < SMALL_CHILD {
        parsed.notices.push(Notice::CouncilAsksParents);
    }
}

fn not_before_birth(parsed: &mut Parsed, paper: &str) {
    let (born, written) = (parsed.answers.date("person.birth"), parsed.answers.date(paper));
    if born.zip(written).is_some_and(|(born, written)| written.latest() < born.earliest()) {
        problem(parsed, paper, ProblemKind::BeforeBirth);
    }
}

/// Whether somebody has a disability of the remaining kind is for a health facility to say, and no council sees it
/// by looking (Thông tư 01/2019/TT-BLĐTBXH, Đ.3).
fn other_kind(parsed: &mut Parsed) {
    let is_other = |kinds: &Answer| matches!(kinds, Answer::Many(kinds) if kinds.iter().any(|kind| kind == "khac"));
    let other = parsed.answers.get("disability.kinds").is_some_and(is_other);
    if other && parsed.answers.choice("medical.has") == Some("khong") {
        warning(parsed, "medical.has", WarningKind::MedicalPaperExpected);
    }
}

/// A medical council's conclusion from before the communes' councils is what the commune's council goes by.
fn earlier_conclusion(parsed: &mut Parsed) {
    let (year, month, day) = COUNCILS_BEGIN;
    let Some(begin) = Day::from_ymd(year, month, day) else { return };
    if parsed.answers.date("council.date").is_some_and(|date| date.latest() < begin) {
        parsed.notices.push(Notice::CouncilConclusionCounts);
    }
}
