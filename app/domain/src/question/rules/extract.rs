//! Rules of copies of civil-status extracts (2.000635): Luật Hộ tịch 2014, Đ.63–64.

use super::super::parsed::Parsed;
use super::super::problem::ProblemKind;
use super::problem;
use crate::time::Day;

pub(super) fn apply(_today: Day, parsed: &mut Parsed) {
    let answers = &parsed.answers;
    let about_self = answers.choice("asker.acts") == Some("ban_than");
    let of_death = answers.choice("event.kind") == Some("khai_tu");
    let born = answers.date("subject.birth");
    let registered = answers.date("event.registered");
    let died = answers.date("subject.death");
    if about_self && of_death {
        problem(parsed, "event.kind", ProblemKind::CannotBeSelf);
    }
    let Some(born) = born else { return };
    for (path, date) in [("event.registered", registered), ("subject.death", died)] {
        if date.is_some_and(|date| date.latest() < born.earliest()) {
            problem(parsed, path, ProblemKind::BeforeBirth);
        }
    }
}
