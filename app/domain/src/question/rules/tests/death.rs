//! Death registration.

use super::*;

pub(super) const DEATH: &str = include_str!("../../../../../../server/seed/forms/khai_tu.json");

pub(super) const DEATH_TYPED: &str = include_str!("../complete/khai_tu.txt");

fn death(lines: &str) -> Parsed {
    parse(&form(DEATH), &with(DEATH_TYPED, lines), today(), Scope::Form)
}

fn died(date: &str) -> Parsed {
    death(&format!("{}\n{}", on("death.date", date), on("proof.date", "2026-11-23")))
}

#[test]
fn every_field_of_the_death_form_has_its_kind_and_its_refusal() {
    check_table(DEATH, DEATH_TYPED, include_str!("../tables/death.txt"));
}

#[test]
fn fifteen_days_are_timely_and_the_next_day_is_late() {
    assert_eq!(died("2026-11-08").notices, []);
    let late = died("2026-11-07");
    assert_eq!(late.notices, [Notice::LateDeath { last_day: Some(day("2026-11-22")) }]);
    assert_eq!((late.problems, late.warnings), (vec![], vec![]));
}

#[test]
fn a_death_known_by_its_month_alone_is_late_when_every_day_of_it_is() {
    let month = |month: &str| {
        let when = format!("death.date.day =\ndeath.date.month = {month}\ndeath.date.year = 2026");
        death(&format!("{when}\n{}", on("proof.date", "2026-11-23")))
    };
    assert_eq!(month("11").notices, []);
    assert_eq!(month("10").notices, [Notice::LateDeath { last_day: None }]);
    assert_eq!(month("10").problems, []);
}

#[test]
fn a_death_that_a_court_declares_is_never_late() {
    let declared = format!("proof.kind = toa_an\npaper.instead = up2\n{}", on("death.date", "2019-05-01"));
    let parsed = death(&declared);
    assert_eq!(parsed.problems, []);
    assert_eq!(parsed.notices, []);
}

#[test]
fn nobody_dies_before_their_birth_and_no_paper_tells_of_it_before_the_death() {
    let early = died("1949-12-31");
    assert_eq!(early.problems, [Problem { path: "death.date".to_owned(), kind: ProblemKind::BeforeBirth }]);
    assert_eq!(died("1950-01-01").problems, [], "the year of birth alone is known");
    let foretold = death(&on("proof.date", "2026-11-18"));
    assert_eq!(foretold.problems, [Problem { path: "proof.date".to_owned(), kind: ProblemKind::BeforeDeath }]);
    assert_eq!(death(&on("proof.date", "2026-11-19")).problems, []);
}

#[test]
fn a_minute_asks_for_its_hour_and_both_may_be_unknown() {
    let half = death("death.hour =");
    assert_eq!(half.problems, [Problem { path: "death.hour".to_owned(), kind: ProblemKind::Missing }]);
    assert_eq!(death("death.hour =\ndeath.minute =").problems, []);
    assert_eq!(death("death.minute =").problems, []);
}

#[test]
fn nobody_registers_their_own_death() {
    let own = death("declarer.citizen_id = 054050000321");
    assert_eq!(own.problems, [Problem { path: "deceased.citizen_id".to_owned(), kind: ProblemKind::CannotBeSelf }]);
}

#[test]
fn a_recent_death_without_a_death_notice_is_a_warning_and_one_of_long_ago_is_not() {
    let none = "proof.kind = khong_co\npaper.evidence = up3";
    let recent = death(none);
    assert_eq!(recent.problems, []);
    let kind = WarningKind::DeathNoticeExpected;
    assert_eq!(recent.warnings, [Warning { path: "proof.kind".to_owned(), kind }]);
    assert_eq!(death(&format!("{none}\n{}", on("death.date", "1998-02-01"))).warnings, []);
}

#[test]
fn a_death_notice_of_another_place_is_a_warning() {
    let at = |proof: &str, place: &str| {
        let lines = format!("proof.kind = {proof}\ndeath.place_kind = {place}\ndeath.facility = Trạm y tế xã");
        let parsed = death(&lines);
        assert_eq!(parsed.problems, [], "{proof} {place}");
        parsed.warnings.into_iter().map(|warning| warning.kind).collect::<Vec<_>>()
    };
    assert_eq!(at("bao_tu_xa", "o_nha"), []);
    assert_eq!(at("bao_tu_y_te", "co_so_y_te"), []);
    assert_eq!(at("bao_tu_xa", "co_so_y_te"), [WarningKind::DeathNoticeOfOtherPlace]);
    assert_eq!(at("bao_tu_y_te", "o_nha"), [WarningKind::DeathNoticeOfOtherPlace]);
}

/// What stands beside the day of the death where the form is read again.
fn beside_the_day(lines: &str) -> Option<Beside> {
    let parsed = death(lines);
    let mut rows = review(&form(DEATH), &parsed.answers).into_iter().flat_map(|topic| topic.rows);
    rows.find(|row| row.path == "death.date").and_then(|row| row.beside)
}

#[test]
fn the_hour_and_the_day_of_a_death_are_read_again_in_words() {
    let said = |lines: &str| match beside_the_day(lines) {
        Some(Beside::InWords(words)) => words,
        other => panic!("{other:?}"),
    };
    let day = "ngày mười chín, tháng mười một, năm hai nghìn không trăm hai mươi sáu";
    assert_eq!(said(""), format!("Mười tám giờ, mười phút, {day}"));
    assert_eq!(said("death.minute ="), format!("Mười tám giờ, {day}"));
    let unknown_hour = said("death.hour =\ndeath.minute =");
    assert_eq!(unknown_hour, "Ngày mười chín, tháng mười một, năm hai nghìn không trăm hai mươi sáu");
    let month = "death.date.day =\ndeath.date.month = 4\ndeath.date.year = 1998";
    assert_eq!(said(month), "Tháng tư, năm một nghìn chín trăm chín mươi tám");
    let year = "death.date.day =\ndeath.date.month =\ndeath.date.year = 1998";
    assert_eq!(said(year), "Năm một nghìn chín trăm chín mươi tám");
    assert_eq!(beside_the_day("death.date.day =\ndeath.date.month =\ndeath.date.year ="), None);
}

#[test]
fn a_number_is_asked_beside_every_paper_and_needed_with_an_identity_card_alone() {
    let refused = |lines: &str| {
        let problems = death(lines).problems.into_iter();
        problems.map(|problem| (problem.path, problem.kind)).collect::<Vec<_>>()
    };
    let missing = |path: &str| vec![(path.to_owned(), ProblemKind::Missing)];
    assert_eq!(refused("declarer.citizen_id ="), missing("declarer.citizen_id"));
    assert_eq!(refused("deceased.citizen_id ="), missing("deceased.citizen_id"));
    let passport = "declarer.paper = ho_chieu\ndeclarer.paper_number = B1234567";
    assert_eq!(refused(&format!("{passport}\ndeclarer.citizen_id =")), []);
    assert_eq!(death(passport).answers.text("declarer.citizen_id"), Some("054198001234"));
    for paper in ["khac\ndeceased.paper_number = 221234567", "khong_co"] {
        let lines = format!("deceased.paper = {paper}");
        assert_eq!(refused(&format!("{lines}\ndeceased.citizen_id =")), []);
        assert_eq!(death(&lines).answers.text("deceased.citizen_id"), Some("054050000321"));
    }
}

#[test]
fn the_parents_of_a_child_who_lived_less_than_a_day_are_told_that_they_may_choose() {
    let born = |date: &str| death(&format!("deceased.paper = khong_co\n{}", on("deceased.birth", date)));
    assert_eq!(born("2026-11-18").notices, [Notice::NewbornDeath]);
    assert_eq!(born("2026-11-17").notices, []);
    assert_eq!(born("2026-11-18").problems, []);
}

#[test]
fn the_papers_of_a_death_follow_its_proof() {
    let required = |lines: &str| {
        let needed = papers_needed(&form(DEATH), &death(lines).answers).into_iter();
        needed.filter(|paper| paper.required).map(|paper| paper.path.unwrap_or(paper.code)).collect::<Vec<_>>()
    };
    assert_eq!(required(""), ["paper.death_notice", "giay_to_tuy_than"]);
    assert_eq!(required("proof.kind = cong_an"), ["paper.instead", "giay_to_tuy_than"]);
    assert_eq!(required("proof.kind = khong_co\nresult.how = dien_tu"), ["paper.evidence"]);
    let sent = "declarer.relation = duoc_uy_quyen";
    assert_eq!(required(sent), ["paper.authorisation", "paper.death_notice", "giay_to_tuy_than"]);
}
