//! Registration of a household business (1.001612).

use super::*;

pub(super) const BUSINESS: &str = include_str!("../../../../../../server/seed/forms/ho_kinh_doanh.json");

const BUSINESS_TYPED: &str = include_str!("../complete/ho_kinh_doanh.txt");

const FAMILY: &str = "
    business.founder = ho_gia_dinh
    members.count = 2
    members.0.name = Sô Văn Bình
    members.0.birth.year = 1988
    members.0.citizen_id = 054088004321
    members.1.name = Sô Thị Hoa
    members.1.birth.year = 2000
    members.1.citizen_id = 054300004321
    paper.family = f1";

fn read(lines: &str) -> Parsed {
    parse(&form(BUSINESS), &with(BUSINESS_TYPED, lines), today(), Scope::Form)
}

fn refused(lines: &str) -> Vec<(String, ProblemKind)> {
    problems(&form(BUSINESS), &with(BUSINESS_TYPED, lines))
}

fn warned(lines: &str) -> Vec<(String, WarningKind)> {
    read(lines).warnings.into_iter().map(|warning| (warning.path, warning.kind)).collect()
}

#[test]
fn a_complete_form_has_no_problem() {
    for lines in ["", FAMILY] {
        let parsed = read(lines);
        assert_eq!((parsed.problems, parsed.warnings, parsed.notices), (vec![], vec![], vec![]));
    }
}

#[test]
fn every_field_has_its_kind_and_its_refusal() {
    check_table(BUSINESS, BUSINESS_TYPED, include_str!("../tables/household_business.txt"));
}

#[test]
fn an_owner_is_of_age_from_the_eighteenth_birthday() {
    let born = |date: &str| refused(&format!("person.citizen_id = 054308001234\n{}", on("person.birth", date)));
    assert_eq!(born("2008-11-23"), []);
    let kind = ProblemKind::TooYoungForBusiness { min: 18, from: day("2026-11-24") };
    assert_eq!(born("2008-11-24"), [("person.birth".to_owned(), kind)]);
}

#[test]
fn members_of_the_household_are_of_age_too() {
    let born =
        |year: &str| refused(&format!("{FAMILY}\nmembers.1.citizen_id = 054308004321\nmembers.1.birth.year = {year}"));
    assert_eq!(born("2008"), []);
    let kind = ProblemKind::TooYoungForBusiness { min: 18, from: day("2027-01-01") };
    assert_eq!(born("2009"), [("members.1.birth".to_owned(), kind)]);
}

#[test]
fn one_person_has_one_household_business_and_none_beside_a_private_enterprise() {
    for other in ["ho_khac", "tu_nhan"] {
        let found = refused(&format!("person.other = {other}"));
        assert_eq!(found, [("person.other".to_owned(), ProblemKind::AlreadyInBusiness)]);
    }
}

#[test]
fn a_general_partner_is_told_of_the_other_partners() {
    assert_eq!(refused("person.other = hop_danh"), []);
    assert_eq!(warned("person.other = hop_danh"), [("person.other".to_owned(), WarningKind::PartnersConsent)]);
}

#[test]
fn the_name_is_no_companys_and_does_not_repeat_its_kind() {
    for name in ["Công ty Thu Lan", "Tạp hóa CÔNG TY", "Doanh nghiệp Lan"] {
        let found = refused(&format!("business.name = {name}"));
        assert_eq!(found, [("business.name".to_owned(), ProblemKind::NameOfCompany)], "{name}");
    }
    for name in ["Tạp hóa Công Tý", "H'Ƀlŭ Ksơr Niê"] {
        assert_eq!(refused(&format!("business.name = {name}")), [], "{name}");
    }
    let twice = warned("business.name = Hộ kinh doanh Thu Lan");
    assert_eq!(twice, [("business.name".to_owned(), WarningKind::NameRepeatsKind)]);
}

#[test]
fn a_trade_has_a_code_of_four_digits_or_none() {
    assert_eq!(refused("trade.code = 4711"), []);
    for code in ["471", "47110", "G471", "bốn bảy"] {
        let found = refused(&format!("trade.code = {code}"));
        assert_eq!(found, [("trade.code".to_owned(), ProblemKind::NotATradeCode)], "{code}");
    }
    let other = refused("trades.count = 1\ntrades.0.name = Bán cà phê\ntrades.0.code = 56");
    assert_eq!(other, [("trades.0.code".to_owned(), ProblemKind::NotATradeCode)]);
}

#[test]
fn nobody_is_listed_twice() {
    let owner = refused(&format!("{FAMILY}\nmembers.0.birth.year = 1990\nmembers.0.citizen_id = 054190001234"));
    assert_eq!(owner, [("members.0.citizen_id".to_owned(), ProblemKind::SamePerson)]);
    let twice = refused(&format!("{FAMILY}\nmembers.1.birth.year = 1988\nmembers.1.citizen_id = 054088004321"));
    assert_eq!(twice, [("members.1.citizen_id".to_owned(), ProblemKind::SamePerson)]);
}

#[test]
fn who_files_for_the_owner_is_another_and_brings_the_authorisation() {
    let other = "filer.acts = duoc_uy_quyen\nfiler.name = Sô Văn Bình\nfiler.citizen_id = 054088004321\nfiler.phone = 0905123457";
    assert_eq!(refused(other), [("paper.authorisation".to_owned(), ProblemKind::Missing)]);
    let own = refused(&format!("{other}\nfiler.citizen_id = 054190001234\npaper.authorisation = f1"));
    assert_eq!(own, [("person.citizen_id".to_owned(), ProblemKind::SamePerson)]);
}

#[test]
fn the_members_are_asked_only_when_the_household_founds_it() {
    assert_eq!(refused("members.count = 1\nmembers.0.name = 5"), []);
    let missing = refused("business.founder = ho_gia_dinh\nmembers.count = 0");
    assert_eq!(
        missing,
        [
            ("members".to_owned(), ProblemKind::TooFewItems { min: 1 }),
            ("paper.family".to_owned(), ProblemKind::Missing)
        ]
    );
}

#[test]
fn a_household_may_send_the_minutes_of_its_meeting_and_shows_its_identity_papers_at_the_counter() {
    let papers = |lines: &str| {
        let needed = papers_needed(&form(BUSINESS), &read(lines).answers).into_iter();
        needed.map(|paper| (paper.path.unwrap_or(paper.code), paper.required)).collect::<Vec<_>>()
    };
    let paper = |path: &str, required| (path.to_owned(), required);
    assert_eq!(papers(""), [paper("giay_to_tuy_than", true)]);
    assert_eq!(papers("result.how = dien_tu"), []);
    assert_eq!(
        papers(FAMILY),
        [paper("paper.family", true), paper("paper.meeting", false), paper("giay_to_tuy_than", true)]
    );
}

#[test]
fn a_start_that_is_past_is_only_a_warning() {
    assert_eq!(warned(&on("tax.start", "2026-11-23")), []);
    assert_eq!(warned(&on("tax.start", "2026-12-01")), []);
    let kind = WarningKind::StartedBeforeRegistration;
    assert_eq!(warned(&on("tax.start", "2026-11-22")), [("tax.start".to_owned(), kind)]);
}
