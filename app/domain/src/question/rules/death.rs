//! Rules of death registration (1.000656): Luật Hộ tịch 2014, Đ.32–34; Nghị định 123/2015/NĐ-CP, Đ.4 k.2; Thông tư
//! 04/2020/TT-BTP on deaths of long ago.

use super::super::answer::Answers;
use super::super::parsed::Parsed;
use super::super::problem::{Notice, ProblemKind, WarningKind};
use super::{date_in_words, problem, warning};
use crate::spoken::{self, Zero};
use crate::time::{Day, TimeOfDay};

/// Days the family has to register a death, counted from the death (Luật Hộ tịch 2014, Đ.33 k.1).
pub const TIMELY_DAYS: i32 = 15;

pub(super) fn apply(today: Day, parsed: &mut Parsed) {
    order_of_days(parsed);
    hour(parsed);
    declarer(parsed);
    proof(today, parsed);
    lateness(today, parsed);
    newborn(parsed);
}

/// Nobody dies before they are born, and no paper tells of a death that is still to come.
fn order_of_days(parsed: &mut Parsed) {
    let answers = &parsed.answers;
    let (born, written) = (answers.date("deceased.birth"), answers.date("proof.date"));
    let Some(died) = answers.date("death.date") else { return };
    if born.is_some_and(|born| died.latest() < born.earliest()) {
        problem(parsed, "death.date", ProblemKind::BeforeBirth);
    }
    if written.is_some_and(|written| written.latest() < died.earliest()) {
        problem(parsed, "proof.date", ProblemKind::BeforeDeath);
    }
}

/// The hour and the minute are left blank together where nobody knows them (Thông tư 04/2020/TT-BTP, Đ.34).
fn hour(parsed: &mut Parsed) {
    if parsed.answers.number("death.minute").is_some() && parsed.answers.number("death.hour").is_none() {
        problem(parsed, "death.hour", ProblemKind::Missing);
    }
}

/// When the person died, in words, as the register writes it beside the numbers: without a time where nobody knows it
/// or its day.
pub(super) fn moment_in_words(answers: &Answers) -> Option<String> {
    let Some(day) = answers.date("death.date")?.day() else { return date_in_words(answers, "death.date") };
    let part = |path: &str, below: u32| {
        answers.number(path).and_then(|number| u32::try_from(number).ok()).filter(|number| *number < below)
    };
    let hour = part("death.hour", 24);
    let at = hour.map(|hour| TimeOfDay::hm(hour, part("death.minute", 60).unwrap_or_default()));
    spoken::moment(day, at, Zero::default())
}

/// The one who declares is another person (Luật Hộ tịch 2014, Đ.33 k.1).
fn declarer(parsed: &mut Parsed) {
    let own = parsed.answers.text("declarer.citizen_id");
    if own.is_some() && own == parsed.answers.text("deceased.citizen_id") {
        problem(parsed, "deceased.citizen_id", ProblemKind::CannotBeSelf);
    }
}

/// Who tells of a death in writing, by where it was (Nghị định 123/2015/NĐ-CP, Đ.4 k.2): a health facility of those who
/// died there, the commune of those who died at home. Evidence alone is for deaths of long ago.
fn proof(today: Day, parsed: &mut Parsed) {
    let kind = parsed.answers.choice("proof.kind");
    let recent = parsed.answers.date("death.date").is_some_and(|died| today <= died.earliest().plus(TIMELY_DAYS));
    let differs = matches!(
        (kind, parsed.answers.choice("death.place_kind")),
        (Some("bao_tu_y_te"), Some("o_nha" | "noi_khac" | "khong_ro")) | (Some("bao_tu_xa"), Some("co_so_y_te"))
    );
    if kind == Some("khong_co") && recent {
        warning(parsed, "proof.kind", WarningKind::DeathNoticeExpected);
    }
    if differs {
        warning(parsed, "death.place_kind", WarningKind::DeathNoticeOfOtherPlace);
    }
}

/// A death known by its year or month alone is late when every day it can be is. One that a court declares is named by a
/// judgment that comes later, so nobody could have been in time.
fn lateness(today: Day, parsed: &mut Parsed) {
    let Some(died) = parsed.answers.date("death.date") else { return };
    if parsed.answers.choice("proof.kind") == Some("toa_an") || today <= died.latest().plus(TIMELY_DAYS) {
        return;
    }
    parsed.notices.push(Notice::LateDeath { last_day: died.day().map(|day| day.plus(TIMELY_DAYS)) });
}

/// A child who lived less than a day needs no registration unless its parents wish it (Bộ luật Dân sự 2015, Đ.30 k.3).
fn newborn(parsed: &mut Parsed) {
    let day_of = |path: &str| parsed.answers.date(path).and_then(|date| date.day());
    let (Some(born), Some(died)) = (day_of("deceased.birth"), day_of("death.date")) else { return };
    if (0..=1).contains(&(died.0 - born.0)) {
        parsed.notices.push(Notice::NewbornDeath);
    }
}
