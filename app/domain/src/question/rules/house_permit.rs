//! Rules of the building permit for a separate house and other works of grade III or IV (1.013225): Luật Xây dựng 2014
//! with its changes of 2020, Đ.79, Đ.89, Đ.95; Nghị định 175/2024/NĐ-CP. Luật Xây dựng 2025 holds from 01/07/2026; what
//! it changes of sizes is not settled here, so sizes only warn.

use super::super::answer::Answers;
use super::super::parsed::Parsed;
use super::super::problem::{Notice, ProblemKind, WarningKind};
use super::{one_person_twice, problem, warning};
use crate::time::Day;

/// Hundredths of a metre or of a square metre: what drawings give, without fractions of binary numbers.
type Hundredths = i64;

/// A household may draw its own house while one of these holds (Luật Xây dựng 2014, Đ.79 k.7 b): less floor than 250 m²,
/// fewer storeys than 3, lower than 12 m.
const OWN_DESIGN_BELOW: (Hundredths, i64, Hundredths) = (25_000, 3, 1_200);

/// Houses of the countryside with fewer storeys, where nothing is planned, need no permit (Luật Xây dựng 2014, Đ.89 k.2
/// as changed in 2020).
const PERMIT_FROM_STOREYS: i64 = 7;

/// The questions that take a length in metres or an area in square metres.
const MEASURES: [&str; 6] = ["site.area", "work.ground", "work.total", "work.height", "work.level", "work.setback"];

/// Those of them that cannot be nothing.
const POSITIVE: [&str; 4] = ["site.area", "work.ground", "work.total", "work.height"];

pub(super) fn apply(_: Day, parsed: &mut Parsed) {
    one_person_twice(parsed, "applicant.citizen_id", "owner.citizen_id");
    for path in MEASURES {
        let Some(text) = parsed.answers.text(path) else { continue };
        if measure(text).is_none_or(|size| size == 0 && POSITIVE.contains(&path)) {
            problem(parsed, path, ProblemKind::NotAMeasure);
        }
    }
    let size = |path: &str| parsed.answers.text(path).and_then(measure).filter(|size| *size > 0);
    let (plot, ground) = (size("site.area"), size("work.ground"));
    let (total, height) = (size("work.total"), size("work.height"));
    let storeys = parsed.answers.number("work.storeys");
    let is_house = parsed.answers.choice("work.kind") == Some("nha_o");
    if ground.zip(plot).is_some_and(|(ground, plot)| ground > plot) {
        problem(parsed, "work.ground", ProblemKind::GroundLargerThanPlot);
    }
    if total.zip(ground).is_some_and(|(total, ground)| total < ground) {
        problem(parsed, "work.total", ProblemKind::FloorsSmallerThanGround);
    }
    let large = || {
        let (floors, tall, high) = OWN_DESIGN_BELOW;
        total.is_some_and(|total| total >= floors)
            && storeys.is_some_and(|storeys| storeys >= tall)
            && height.is_some_and(|height| height >= high)
    };
    let is_other = parsed.answers.choice("work.kind") == Some("cong_trinh_khac");
    if parsed.answers.choice("design.by") == Some("tu_lam") && (is_other || large()) {
        warning(parsed, "design.by", WarningKind::DesignerNeeded);
    }
    if is_house && storeys.is_some_and(|storeys| storeys < PERMIT_FROM_STOREYS) {
        parsed.notices.push(Notice::PermitMayNotBeNeeded);
    }
}

/// How much of its plot the building covers (mật độ xây dựng: Quy chuẩn QCVN 01:2021/BXD, 1.4), in hundredths of a
/// percent, rounded to the nearest. None where a size is missing, or the ground floor is larger than the plot: that is
/// refused.
pub(super) fn density(answers: &Answers) -> Option<u16> {
    let size = |path: &str| answers.text(path).and_then(measure).filter(|size| *size > 0).map(i128::from);
    let (ground, plot) = (size("work.ground")?, size("site.area")?);
    let hundredths = (ground * 20_000 + plot) / (plot * 2);
    u16::try_from(hundredths).ok().filter(|_| ground <= plot)
}

/// A length or an area as people write it: `96`, `96,5`, `96.5`, `1.250,5`, with or without its unit. `None` for
/// anything else, and for more than two decimals.
fn measure(text: &str) -> Option<Hundredths> {
    let text = text.trim().to_lowercase();
    let unit = ["m²", "m2", "m"].into_iter().find_map(|unit| text.strip_suffix(unit));
    let text = unit.unwrap_or(&text).trim_end();
    let (whole, part) = match text.split_once(',') {
        Some((whole, part)) => (whole.to_owned(), part),
        None => match text.rsplit_once('.') {
            // A point before three digits parts thousands, as in 1.250.
            Some((whole, part)) if part.len() < 3 => (whole.to_owned(), part),
            _ => (text.to_owned(), ""),
        },
    };
    let mut groups = whole.split('.');
    let first = groups.next()?;
    let grouped = groups.clone().count() > 0;
    let digits = |group: &str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(first) || (grouped && first.len() > 3) || !groups.all(|group| group.len() == 3 && digits(group)) {
        return None;
    }
    if part.len() > 2 || (!part.is_empty() && !digits(part)) || text.ends_with([',', '.']) {
        return None;
    }
    let whole: i64 = whole.replace('.', "").parse().ok()?;
    let part: i64 = format!("{part:0<2}").parse().ok()?;
    whole.checked_mul(100)?.checked_add(part)
}

#[cfg(test)]
mod tests {
    use super::measure;

    #[test]
    fn a_measure_is_read_as_people_write_it() {
        for (text, hundredths) in [
            ("96", 9_600),
            ("96,5", 9_650),
            ("96.25", 9_625),
            ("1.250", 125_000),
            ("1.250,5", 125_050),
            ("12 m", 1_200),
            ("112", 11_200),
            ("82,2 m²", 8_220),
            ("122 m2", 12_200),
            ("0", 0),
            ("0,45 M", 45),
        ] {
            assert_eq!(measure(text), Some(hundredths), "{text}");
        }
        for text in ["", "m", "m2", "rộng", "-3", "9,6,5", "96,555", "1.25.000", "1250.000", "96,", "5x18", ".5"] {
            assert_eq!(measure(text), None, "{text}");
        }
    }
}
