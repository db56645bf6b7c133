//! Rules of marriage registration (1.000894): Luật Hôn nhân và gia đình 2014, Đ.5, Đ.8; Luật Hộ tịch 2014, Đ.17–18.

use super::super::parsed::Parsed;
use super::super::problem::{ProblemKind, WarningKind};
use super::{birthday, foreigner, one_person_twice, other_sex, problem, warning};
use crate::person::{PartialDate, Sex};
use crate::time::Day;

/// The two sides, as the form names them: who fills it in, and who marries them.
const SIDES: [&str; 2] = ["declarer", "partner"];

pub(super) fn apply(today: Day, parsed: &mut Parsed) {
    let own = parsed.answers.choice("declarer.side").and_then(Sex::from_key);
    let partner = own.map(|own| if own == Sex::Male { Sex::Female } else { Sex::Male });
    for (side, sex) in SIDES.into_iter().zip([own, partner]) {
        if let Some(sex) = sex {
            age(today, side, sex, parsed);
        }
        earlier_marriage(side, parsed);
        foreigner(parsed, side);
    }
    if let Some(sex) = partner {
        other_sex(parsed, "partner.citizen_id", sex);
    }
    kinship(parsed);
    one_person_twice(parsed, "declarer.citizen_id", "partner.citizen_id");
}

/// The full years of age at which one may marry (Luật Hôn nhân và gia đình 2014, Đ.8 k.1 a).
pub(super) const fn marriageable(sex: Sex) -> i32 {
    match sex {
        Sex::Male => 20,
        Sex::Female => 18,
    }
}

/// An unknown day or month of birth counts as the first (Thông tư liên tịch 01/2016/TTLT-TANDTC-VKSNDTC-BTP, Đ.2 k.1).
fn age(today: Day, side: &str, sex: Sex, parsed: &mut Parsed) {
    let path = format!("{side}.birth");
    if let Some(too_young) = parsed.answers.date(&path).and_then(|born| too_young(today, sex, born)) {
        problem(parsed, &path, too_young);
    }
}

/// That somebody born then may not marry yet, and from when they may.
pub(super) fn too_young(today: Day, sex: Sex, born: PartialDate) -> Option<ProblemKind> {
    let min = marriageable(sex);
    let from = birthday(born.earliest(), min);
    (today < from).then_some(ProblemKind::TooYoungToMarry { min, from })
}

/// Who is married may not marry (Luật Hôn nhân và gia đình 2014, Đ.5 k.2 c). Nobody brings a paper for it: the office
/// looks it up (Nghị định 07/2025/NĐ-CP).
fn earlier_marriage(side: &str, parsed: &mut Parsed) {
    let path = format!("{side}.ended");
    if parsed.answers.choice(&path) == Some("chua") {
        problem(parsed, &path, ProblemKind::StillMarried);
    }
}

/// Kin in the direct line or within three generations, and those who are or were kin by adoption or by a marriage of
/// a parent or child, may not marry (Luật Hôn nhân và gia đình 2014, Đ.5 k.2 d; Đ.3 k.17–18).
fn kinship(parsed: &mut Parsed) {
    match parsed.answers.choice("marriage.related") {
        Some("co") => problem(parsed, "marriage.related", ProblemKind::KinMayNotMarry),
        Some("chua_ro") => warning(parsed, "marriage.related", WarningKind::KinshipUnclear),
        _ => {}
    }
}
