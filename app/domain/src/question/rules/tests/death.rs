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
