//! Marriage registration (1.000894).

use super::*;

pub(super) const MARRIAGE: &str = include_str!("../../../../../../server/seed/forms/ket_hon.json");

const MARRIAGE_TYPED: &str = include_str!("../complete/ket_hon.txt");

fn read(lines: &str) -> Parsed {
    parse(&form(MARRIAGE), &with(MARRIAGE_TYPED, lines), today(), Scope::Form)
}

fn refused(lines: &str) -> Vec<(String, ProblemKind)> {
    problems(&form(MARRIAGE), &with(MARRIAGE_TYPED, lines))
}

fn warned(lines: &str) -> Vec<(String, WarningKind)> {
    read(lines).warnings.into_iter().map(|warning| (warning.path, warning.kind)).collect()
}

#[test]
fn a_complete_form_has_no_problem() {
    let parsed = read("");
    assert_eq!((parsed.problems, parsed.warnings, parsed.notices), (vec![], vec![], vec![]));
}

#[test]
fn every_field_has_its_kind_and_its_refusal() {
    check_table(MARRIAGE, MARRIAGE_TYPED, include_str!("../tables/marriage.txt"));
}

#[test]
fn a_woman_marries_from_her_eighteenth_birthday_and_a_man_from_his_twentieth() {
    let too_young = |side: &str, born: &str| {
        let (y, m, d) = day(born).ymd();
        let sex = if side == "declarer" { "female" } else { "male" };
        let lines = format!(
            "{side}.citizen_id = {}\n{side}.birth.day = {d}\n{side}.birth.month = {m}\n{side}.birth.year = {y}",
            if sex == "female" { "054308001234" } else { "054206004321" }
        );
        refused(&lines)
    };
    assert_eq!(too_young("declarer", "2008-11-23"), []);
    assert_eq!(
        too_young("declarer", "2008-11-24"),
        [("declarer.birth".to_owned(), ProblemKind::TooYoungToMarry { min: 18, from: day("2026-11-24") })]
    );
    assert_eq!(too_young("partner", "2006-11-23"), []);
    assert_eq!(
        too_young("partner", "2006-11-24"),
        [("partner.birth".to_owned(), ProblemKind::TooYoungToMarry { min: 20, from: day("2026-11-24") })]
    );
}

#[test]
fn who_was_born_on_a_leap_day_may_marry_from_the_first_of_march() {
    let born = "declarer.citizen_id =\ndeclarer.birth.day = 29\ndeclarer.birth.month = 2\ndeclarer.birth.year = 2008";
    let on = |today: &str| {
        let parsed = parse(&form(MARRIAGE), &with(MARRIAGE_TYPED, born), day(today), Scope::Question("declarer.birth"));
        parsed.problems.into_iter().map(|problem| problem.kind).collect::<Vec<_>>()
    };
    assert_eq!(on("2026-02-28"), [ProblemKind::TooYoungToMarry { min: 18, from: day("2026-03-01") }]);
    assert_eq!(on("2026-03-01"), []);
}

#[test]
fn an_unknown_day_of_birth_counts_as_the_first() {
    let year = |year: &str| refused(&format!("partner.citizen_id = 054206004321\npartner.birth.year = {year}"));
    assert_eq!(year("2006"), []);
    assert_eq!(year("2007").len(), 1);
    let month = |month: &str| {
        let lines =
            format!("partner.citizen_id = 054206004321\npartner.birth.year = 2006\npartner.birth.month = {month}");
        refused(&lines)
    };
    assert_eq!(month("11"), []);
    assert_eq!(month("12").len(), 1);
}

#[test]
fn the_ages_follow_who_is_the_man_and_who_the_woman() {
    let lines = "declarer.side = male\ndeclarer.birth.year = 2007\ndeclarer.citizen_id = 054207001234
        partner.birth.year = 2007\npartner.citizen_id = 054307004321";
    let kind = ProblemKind::TooYoungToMarry { min: 20, from: day("2027-04-20") };
    assert_eq!(refused(lines), [("declarer.birth".to_owned(), kind)]);
}

#[test]
fn a_marriage_that_has_not_ended_stands_in_the_way() {
    for side in ["declarer", "partner"] {
        let ended = |how: &str| refused(&format!("{side}.times = 2\n{side}.ended = {how}"));
        assert_eq!(ended("chua"), [(format!("{side}.ended"), ProblemKind::StillMarried)]);
        for how in ["ly_hon", "ly_hon_nuoc_ngoai", "da_mat"] {
            assert_eq!(ended(how), []);
        }
        assert_eq!(ended(""), [(format!("{side}.ended"), ProblemKind::Missing)]);
    }
}

#[test]
fn who_marries_for_the_first_time_is_not_asked_of_an_earlier_marriage() {
    assert_eq!(refused("declarer.ended = chua"), []);
}

#[test]
fn kin_may_not_marry_and_a_doubt_is_looked_at_together() {
    assert_eq!(refused("marriage.related = co"), [("marriage.related".to_owned(), ProblemKind::KinMayNotMarry)]);
    assert_eq!(refused("marriage.related = chua_ro"), []);
    assert_eq!(warned("marriage.related = chua_ro"), [("marriage.related".to_owned(), WarningKind::KinshipUnclear)]);
}

#[test]
fn two_people_have_two_numbers() {
    let twice = refused("partner.citizen_id = 054304001234");
    assert_eq!(twice, [("partner.citizen_id".to_owned(), ProblemKind::SamePerson)]);
}

#[test]
fn a_number_is_asked_beside_every_paper_and_needed_with_an_identity_card_alone() {
    for side in ["declarer", "partner"] {
        let path = format!("{side}.citizen_id");
        assert_eq!(refused(&format!("{path} =")), [(path.clone(), ProblemKind::Missing)]);
        for paper in ["ho_chieu", "khac"] {
            let other = format!("{side}.paper = {paper}\n{side}.paper_number = B1234567");
            assert_eq!(refused(&format!("{other}\n{path} =")), [], "{other}");
            assert!(read(&other).answers.text(&path).is_some(), "{other}");
        }
    }
    let twice = "partner.paper = ho_chieu\npartner.paper_number = B1234567\npartner.citizen_id = 054304001234";
    assert_eq!(refused(twice), [("partner.citizen_id".to_owned(), ProblemKind::SamePerson)]);
}

#[test]
fn a_number_of_the_other_sex_is_only_a_warning_on_both_sides() {
    let of = |sex, birth_year| WarningKind::CitizenIdMismatch { sex, birth_year };
    use crate::person::Sex;
    assert_eq!(warned("declarer.citizen_id = 054204001234"), [("declarer.citizen_id".to_owned(), of(Sex::Male, 2004))]);
    assert_eq!(warned("partner.citizen_id = 054301004321"), [("partner.citizen_id".to_owned(), of(Sex::Female, 2001))]);
    // Another year and another sex are told once.
    assert_eq!(warned("partner.citizen_id = 054399004321"), [("partner.citizen_id".to_owned(), of(Sex::Female, 2099))]);
}

#[test]
fn a_foreigner_is_told_of_another_procedure() {
    assert_eq!(
        warned("partner.nationality = khac\npartner.nationality_other = Lào"),
        [("partner.nationality".to_owned(), WarningKind::ForeignElement)]
    );
}

#[test]
fn no_paper_is_required_beyond_what_is_shown_at_the_counter() {
    let form = form(MARRIAGE);
    let papers = |lines: &str| {
        let needed = papers_needed(&form, &read(lines).answers).into_iter();
        needed.map(|paper| (paper.path.unwrap_or(paper.code), paper.required)).collect::<Vec<_>>()
    };
    let paper = |path: &str, required| (path.to_owned(), required);
    assert_eq!(papers(""), [paper("paper.home", false), paper("giay_to_tuy_than", true)]);
    assert_eq!(
        papers("partner.times = 2\npartner.ended = da_mat\nmarriage.abroad = co"),
        [
            paper("paper.abroad", false),
            paper("paper.ended", false),
            paper("paper.home", false),
            paper("giay_to_tuy_than", true)
        ]
    );
}

#[test]
fn numbers_of_passports_are_private() {
    let parsed = read("partner.paper = ho_chieu\npartner.paper_number = B1234567");
    let rows = review(&form(MARRIAGE), &parsed.answers).into_iter().flat_map(|topic| topic.rows);
    let shown = rows.into_iter().find(|row| row.path == "partner.paper_number").map(|row| row.value);
    assert_eq!(shown, Some(Shown::Private("B1234567".into())));
}
