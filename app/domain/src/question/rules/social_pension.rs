//! Rules of the social retirement allowance (1.014027): Luật Bảo hiểm xã hội 2024, Đ.20–21; Nghị định 176/2025/NĐ-CP,
//! Đ.2–4.

use super::super::parsed::Parsed;
use super::super::problem::{Notice, ProblemKind, WarningKind};
use super::{birthday, one_person_twice, problem, warning};
use crate::time::Day;

/// From this age everybody without a pension has it (Luật Bảo hiểm xã hội 2024, Đ.21 k.1 a).
pub(super) const AGE: i32 = 75;
/// From this age people of poor and near-poor households have it (Luật Bảo hiểm xã hội 2024, Đ.21 k.2).
const AGE_OF_THE_POOR: i32 = 70;

pub(super) fn apply(today: Day, parsed: &mut Parsed) {
    match parsed.answers.choice("request.kind") {
        Some("thuc_hien") => first_time(today, parsed),
        Some("thoi_huong") => death(parsed),
        _ => {}
    }
    one_person_twice(parsed, "filer.citizen_id", "person.citizen_id");
    one_person_twice(parsed, "person.citizen_id", "collector.citizen_id");
}

/// An unknown day or month of birth counts as the first, so that nobody is refused whom a later paper lets in.
fn first_time(today: Day, parsed: &mut Parsed) {
    let poor = matches!(parsed.answers.choice("household.status"), Some("ngheo" | "can_ngheo"));
    if let Some(born) = parsed.answers.date("person.birth") {
        let (full, earlier) = (birthday(born.earliest(), AGE), birthday(born.earliest(), AGE_OF_THE_POOR));
        if today < earlier {
            problem(parsed, "person.birth", ProblemKind::TooYoungForPension { min: AGE_OF_THE_POOR, from: earlier });
        } else if today < full && !poor && parsed.answers.choice("household.status").is_some() {
            problem(parsed, "household.status", ProblemKind::OnlyPoorBelow { age: AGE, from: full });
        }
    }
    // A pension below the allowance is made up to it (Nghị định 176/2025/NĐ-CP, Đ.2), and the amount changes by decree:
    // so it is for the commune to compare.
    if parsed.answers.choice("person.pension") == Some("co") {
        warning(parsed, "person.pension", WarningKind::HasPension);
    }
    // Of two monthly allowances the higher one is paid (Nghị định 176/2025/NĐ-CP, Đ.3).
    if parsed.answers.choice("person.other_aid") == Some("co") {
        parsed.notices.push(Notice::HigherAllowanceIsPaid);
    }
}

/// Nobody tells of their own death, and nobody dies before they are born.
fn death(parsed: &mut Parsed) {
    if parsed.answers.choice("request.why") != Some("da_mat") {
        return;
    }
    if parsed.answers.choice("filer.relation") == Some("ban_than") {
        problem(parsed, "filer.relation", ProblemKind::CannotBeSelf);
    }
    let (born, died) = (parsed.answers.date("person.birth"), parsed.answers.date("person.died"));
    if born.zip(died).is_some_and(|(born, died)| died.latest() < born.earliest()) {
        problem(parsed, "person.died", ProblemKind::BeforeBirth);
    }
}
