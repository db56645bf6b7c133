//! The certificate of marital status.

use super::*;
use crate::person::Sex;

pub(super) const MARITAL_STATUS: &str = include_str!("../../../../../../server/seed/forms/tinh_trang_hon_nhan.json");

pub(super) const MARITAL_STATUS_TYPED: &str = include_str!("../complete/tinh_trang_hon_nhan.txt");

/// Marrying abroad.
const WEDDING: &str = "
    purpose.kind = ket_hon
    partner.name = Somphone Vongsa
    partner.birth.year = 1995
    partner.nationality = khac
    partner.nationality_other = Lào
    partner.paper_number = P1234567
    wedding.where = nuoc_ngoai
    wedding.office = Viêng Chăn, Lào";

/// Marrying another citizen within the country.
const AT_HOME: &str = "
    purpose.kind = ket_hon
    partner.name = H'Bia Ksor
    partner.birth.year = 1995
    partner.nationality = viet_nam
    partner.citizen_id = 066195002222
    wedding.where = trong_nuoc
    wedding.office = Ủy ban nhân dân xã Phú Mỡ";

fn status(lines: &str) -> Parsed {
    parse(&form(MARITAL_STATUS), &with(MARITAL_STATUS_TYPED, lines), today(), Scope::Form)
}

/// Problems as path and kind.
fn refused(lines: &str) -> Vec<(String, ProblemKind)> {
    status(lines).problems.into_iter().map(|problem| (problem.path, problem.kind)).collect()
}

#[test]
fn every_field_of_the_marital_status_form_has_its_kind_and_its_refusal() {
    check_table(MARITAL_STATUS, MARITAL_STATUS_TYPED, include_str!("../tables/marital_status.txt"));
}

#[test]
fn another_paper_than_an_identity_card_may_say_where_and_when_it_was_given() {
    let passport = "asker.paper = ho_chieu\nasker.paper_number = B1234567";
    assert_eq!(refused(passport), []);
    let given = format!(
        "{passport}\nasker.paper_issuer = Cục Quản lý xuất nhập cảnh\n{}",
        on("asker.paper_date", "2024-05-06")
    );
    let answers = status(&given).answers;
    assert_eq!(answers.text("asker.paper_issuer"), Some("Cục Quản lý xuất nhập cảnh"));
    assert_eq!(answers.date("asker.paper_date").and_then(PartialDate::day), Some(day("2024-05-06")));
    assert_eq!(status(&given.replace("ho_chieu", "can_cuoc")).answers.text("asker.paper_issuer"), None);
}

#[test]
fn who_would_marry_is_old_enough_to_the_day() {
    let at = |sex: &str, birth: &str| {
        let lines = format!("{WEDDING}\nasker.citizen_id =\nsubject.sex = {sex}\n{}", on("subject.birth", birth));
        refused(&lines).into_iter().find(|(path, _)| path == "subject.birth").map(|(_, kind)| kind)
    };
    assert_eq!(at("male", "2006-11-23"), None);
    assert_eq!(at("male", "2006-11-24"), Some(ProblemKind::TooYoungToMarry { min: 20, from: day("2026-11-24") }));
    assert_eq!(at("female", "2008-11-23"), None);
    assert_eq!(at("female", "2008-11-24"), Some(ProblemKind::TooYoungToMarry { min: 18, from: day("2026-11-24") }));
}

#[test]
fn for_another_purpose_no_age_is_asked() {
    let young = format!("asker.citizen_id = 066210001111\n{}", on("subject.birth", "2010-05-01"));
    assert_eq!(refused(&young), []);
}

#[test]
fn who_is_married_gets_no_certificate_to_marry_with() {
    let married = "status.kind = dang_co\nspouse.name = H'Linh Mlô";
    assert_eq!(refused(&format!("{WEDDING}\n{married}")), [("purpose.kind".to_owned(), ProblemKind::MarriedNow)]);
    assert_eq!(refused(married), []);
    assert_eq!(refused(WEDDING), []);
}

#[test]
fn a_marriage_within_the_country_needs_no_certificate() {
    assert_eq!(status(AT_HOME).notices, [Notice::MarriageNeedsNoCertificate]);
    assert_eq!(status(AT_HOME).problems, []);
    assert_eq!(status(WEDDING).notices, []);
}

#[test]
fn nobody_marries_themselves() {
    let own = format!("{AT_HOME}\npartner.citizen_id = 066090001111\npartner.birth.year = 1990");
    assert_eq!(refused(&own), [("partner.citizen_id".to_owned(), ProblemKind::CannotBeSelf)]);
}

#[test]
fn a_partner_who_is_too_young_is_a_warning() {
    let young = |citizen_id: &str, year: &str| {
        let lines = format!("{AT_HOME}\npartner.citizen_id = {citizen_id}\npartner.birth.year = {year}");
        let parsed = status(&lines);
        assert_eq!(parsed.problems, []);
        parsed.warnings.into_iter().map(|warning| warning.kind).collect::<Vec<_>>()
    };
    assert_eq!(young("066308002222", "2008"), [], "eighteen this year");
    assert_eq!(young("066309002222", "2009"), [WarningKind::PartnerTooYoung { min: 18 }]);
    assert_eq!(young("066207002222", "2007"), [WarningKind::PartnerTooYoung { min: 20 }]);
}

#[test]
fn the_own_number_is_held_against_sex_and_birth_of_the_next_page() {
    let parsed = status("subject.sex = female");
    assert_eq!(parsed.problems, []);
    let kind = WarningKind::CitizenIdMismatch { sex: Sex::Male, birth_year: 1990 };
    assert_eq!(parsed.warnings, [Warning { path: "asker.citizen_id".to_owned(), kind }]);
    let for_another = "asker.acts = uy_quyen\nsubject.sex = female";
    assert_eq!(status(for_another).warnings, []);
}

#[test]
fn homes_of_before_are_asked_about_and_their_times_run_forward() {
    let home = |from: &str, to: &str| {
        format!(
            "subject.lived_elsewhere = co\nhomes.count = 1\nhomes.0.place.commune = xã Ea Bá\n\
             homes.0.place.province = Phú Yên\nhomes.0.from.year = {from}\nhomes.0.to.year = {to}"
        )
    };
    let moved = status(&home("2010", "2015"));
    assert_eq!(moved.problems, []);
    assert_eq!(moved.notices, [Notice::EarlierHomesAreAsked]);
    assert_eq!(refused(&home("2015", "2010")), [("homes.0.to".to_owned(), ProblemKind::EndsBeforeStart)]);
    assert_eq!(refused(&home("1989", "2010")), [("homes.0.from".to_owned(), ProblemKind::BeforeBirth)]);
}

#[test]
fn a_time_of_before_that_is_asked_for_runs_forward() {
    let asked = |from: &str, to: &str| {
        refused(&format!("period.asked = truoc_day\nperiod.from.year = {from}\nperiod.to.year = {to}"))
    };
    assert_eq!(asked("2010", "2015"), []);
    assert_eq!(asked("2010", "2010"), []);
    assert_eq!(asked("2015", "2010"), [("period.to".to_owned(), ProblemKind::EndsBeforeStart)]);
    assert_eq!(asked("1980", "2010"), [("period.from".to_owned(), ProblemKind::BeforeBirth)]);
}

#[test]
fn nothing_is_registered_before_the_birth() {
    let divorced = "status.kind = ly_hon\nspouse.name = H'Linh Mlô\ndivorce.number = 12/2020/QĐST-HNGĐ\n\
                    divorce.court = Tòa án nhân dân khu vực 5\npaper.divorce = up1\ndivorce.date.year =";
    assert_eq!(refused(&format!("{divorced} 2020")), []);
    assert_eq!(refused(&format!("{divorced} 1989")), [("divorce.date".to_owned(), ProblemKind::BeforeBirth)]);
}

#[test]
fn a_certificate_holds_for_six_months_to_the_day() {
    let given = |date: &str| {
        let parsed = status(&format!("earlier.has = con_giu\npaper.earlier = up1\n{}", on("earlier.date", date)));
        assert_eq!(parsed.problems, []);
        parsed.notices
    };
    let holds = |until: &str| [Notice::EarlierCertificateHolds { until: day(until) }];
    assert_eq!(given("2026-05-23"), holds("2026-11-23"));
    assert_eq!(given("2026-05-22"), []);
    assert_eq!(given("2026-08-31"), holds("2027-02-28"), "the month is shorter");
}

#[test]
fn for_oneself_few_things_are_asked_of_the_person() {
    let asked = |lines: &str| {
        let form = form(MARITAL_STATUS);
        let typed = with(MARITAL_STATUS_TYPED, lines);
        let shown = shown_questions(&form, &typed).into_iter().filter(|shown| shown.topic.id == "nguoi_duoc_cap");
        shown.map(|shown| shown.path).collect::<Vec<_>>()
    };
    let own = ["subject.birth", "subject.sex", "subject.ethnic", "subject.nationality", "subject.lived_elsewhere"];
    assert_eq!(asked(""), own);
    assert!(asked("asker.acts = uy_quyen\nsubject.paper = can_cuoc").contains(&"subject.citizen_id".to_owned()));
}
