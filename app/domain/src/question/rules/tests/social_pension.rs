//! The social retirement allowance.

use super::*;

pub(super) const SOCIAL_PENSION: &str = include_str!("../../../../../../server/seed/forms/huu_tri_xa_hoi.json");

pub(super) const SOCIAL_PENSION_TYPED: &str = include_str!("../complete/huu_tri_xa_hoi.txt");

fn read(lines: &str) -> Parsed {
    parse(&form(SOCIAL_PENSION), &with(SOCIAL_PENSION_TYPED, lines), today(), Scope::Form)
}

fn refused(lines: &str) -> Vec<(String, ProblemKind)> {
    problems(&form(SOCIAL_PENSION), &with(SOCIAL_PENSION_TYPED, lines))
}

/// Born on that day, with a number that tells the year.
fn born(date: &str) -> String {
    format!("person.citizen_id = 0541{}000321\n{}", &date[2..4], on("person.birth", date))
}

#[test]
fn every_field_of_the_social_pension_form_has_its_kind_and_its_refusal() {
    check_table(SOCIAL_PENSION, SOCIAL_PENSION_TYPED, include_str!("../tables/social_pension.txt"));
}

#[test]
fn everybody_has_it_from_the_seventy_fifth_birthday() {
    assert_eq!(refused(&born("1951-11-23")), []);
    let from = day("2026-11-24");
    assert_eq!(
        refused(&born("1951-11-24")),
        [("household.status".to_owned(), ProblemKind::OnlyPoorBelow { age: 75, from })]
    );
}

#[test]
fn people_of_poor_and_near_poor_households_have_it_from_the_seventieth_birthday() {
    for household in ["ngheo", "can_ngheo"] {
        let of = |date: &str| refused(&format!("household.status = {household}\n{}", born(date)));
        assert_eq!(of("1956-11-23"), []);
        let from = day("2026-11-24");
        assert_eq!(of("1956-11-24"), [("person.birth".to_owned(), ProblemKind::TooYoungForPension { min: 70, from })]);
    }
}

#[test]
fn a_year_alone_is_refused_only_when_no_day_of_it_would_do() {
    let year = |year: &str| {
        refused(&format!(
            "person.citizen_id = 0541{}000321\nperson.birth.day =\nperson.birth.month =\nperson.birth.year = {year}",
            &year[2..]
        ))
    };
    assert_eq!(year("1951"), []);
    assert_eq!(year("1952").len(), 1);
}

#[test]
fn a_pension_is_only_a_warning_since_a_lower_one_is_made_up() {
    let parsed = read("person.pension = co\nperson.pension_amount = 300.000");
    assert_eq!(parsed.problems, []);
    let kind = WarningKind::HasPension;
    assert_eq!(parsed.warnings, [Warning { path: "person.pension".to_owned(), kind }]);
}

#[test]
fn of_two_allowances_the_higher_one_is_told_of() {
    let parsed = read("person.other_aid = co\nperson.other_aid_amount = 810.000");
    assert_eq!((parsed.problems, parsed.notices), (vec![], vec![Notice::HigherAllowanceIsPaid]));
}

#[test]
fn a_change_asks_neither_for_the_age_nor_for_the_household() {
    let change = format!("request.kind = dieu_chinh\nrequest.reason = Nhận qua tài khoản\n{}", born("1990-01-01"));
    assert_eq!(refused(&change), []);
    let form = form(SOCIAL_PENSION);
    let typed = with(SOCIAL_PENSION_TYPED, &change);
    assert!(shown_questions(&form, &typed).iter().all(|shown| shown.topic.id != "che_do"));
}

#[test]
fn a_death_is_told_by_somebody_else_and_lies_after_the_birth() {
    let stop = format!("request.kind = thoi_huong\nrequest.why = da_mat\n{}", on("person.died", "2026-11-20"));
    assert_eq!(refused(&stop), [("filer.relation".to_owned(), ProblemKind::CannotBeSelf)]);
    let by_child = format!("{stop}\nfiler.relation = con\nfiler.name = Mang Văn Tư\nfiler.citizen_id = 054075000321");
    assert_eq!(refused(&by_child), []);
    let before = format!("{by_child}\n{}", on("person.died", "1950-02-28"));
    assert_eq!(refused(&before), [("person.died".to_owned(), ProblemKind::BeforeBirth)]);
}

#[test]
fn who_files_and_who_collects_for_another_has_another_number() {
    let filer = "filer.relation = con\nfiler.name = Mang Văn Tư\nfiler.citizen_id = 054150000321";
    assert_eq!(refused(filer), [("person.citizen_id".to_owned(), ProblemKind::SamePerson)]);
    let collector = "pay.by = nguoi_khac\ncollector.name = Mang Văn Tư\ncollector.citizen_id = 054150000321\npaper.authorisation = up1";
    assert_eq!(refused(collector), [("collector.citizen_id".to_owned(), ProblemKind::SamePerson)]);
}

#[test]
fn whoever_is_paid_nothing_more_is_not_asked_how() {
    let form = form(SOCIAL_PENSION);
    let typed =
        with(SOCIAL_PENSION_TYPED, "request.kind = thoi_huong\nrequest.why = khac\nrequest.reason = Về ở với con");
    assert!(shown_questions(&form, &typed).iter().all(|shown| !shown.path.starts_with("pay.")));
    assert_eq!(problems(&form, &typed), []);
}
