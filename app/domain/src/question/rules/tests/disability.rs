//! The degree of a disability.

use super::*;

pub(super) const DISABILITY: &str = include_str!("../../../../../../server/seed/forms/khuyet_tat.json");

pub(super) const DISABILITY_TYPED: &str = include_str!("../complete/khuyet_tat.txt");

fn read(lines: &str) -> Parsed {
    parse(&form(DISABILITY), &with(DISABILITY_TYPED, lines), today(), Scope::Form)
}

fn refused(lines: &str) -> Vec<(String, ProblemKind)> {
    problems(&form(DISABILITY), &with(DISABILITY_TYPED, lines))
}

fn warned(lines: &str) -> Vec<(String, WarningKind)> {
    read(lines).warnings.into_iter().map(|warning| (warning.path, warning.kind)).collect()
}

fn born(date: &str) -> String {
    format!("person.citizen_id =\n{}", on("person.birth", date))
}

/// Filed by somebody else in the family.
const BY_PARENT: &str = "
    filer.relation = cha_me
    filer.name = Hờ Văn Bảy
    filer.citizen_id = 054070001234
    filer.home.commune = xã Xuân Lãnh
    filer.home.province = Đắk Lắk";

#[test]
fn every_field_of_the_disability_form_has_its_kind_and_its_refusal() {
    check_table(DISABILITY, DISABILITY_TYPED, include_str!("../tables/disability.txt"));
}

#[test]
fn for_a_child_below_fifteen_its_representative_files() {
    let missing = |lines: &str| refused(lines).into_iter().filter(|(_, kind)| *kind != ProblemKind::Missing);
    let child: Vec<_> = missing(&born("2011-11-24")).collect();
    assert!(
        child.contains(&("filer.relation".to_owned(), ProblemKind::RepresentativeFiles { under: 15 })),
        "{child:?}"
    );
    assert_eq!(missing(&born("2011-11-23")).collect::<Vec<_>>(), []);
    assert_eq!(
        refused(
            &format!("{BY_PARENT}\n{}", born("2011-11-24"))
                .replace("person.citizen_id =", "person.citizen_id = 054311001234")
        ),
        []
    );
}

#[test]
fn a_minor_of_fifteen_may_file_and_hears_who_else_takes_part() {
    let number = |lines: String| lines.replace("person.citizen_id =", "person.citizen_id = 054308001234");
    assert_eq!(
        warned(&number(born("2008-11-24"))),
        [("filer.relation".to_owned(), WarningKind::RequesterUnderAge { age: 17 })]
    );
    assert_eq!(warned(&number(born("2008-11-23"))), []);
}

#[test]
fn a_parent_who_files_for_a_grown_child_is_asked_to_look_again() {
    assert_eq!(warned(BY_PARENT), [("filer.relation".to_owned(), WarningKind::ChildOfAge { age: 28 })]);
    assert_eq!(refused(BY_PARENT), []);
    assert_eq!(warned(&BY_PARENT.replace("cha_me", "giam_ho")), []);
}

#[test]
fn who_files_for_another_has_another_number() {
    let same = BY_PARENT.replace("054070001234", "054198001234");
    assert_eq!(refused(&same), [("person.citizen_id".to_owned(), ProblemKind::SamePerson)]);
}

#[test]
fn a_small_childs_parents_are_told_that_the_council_asks_them() {
    let of = |date: &str| read(&format!("{BY_PARENT}\n{}", born(date))).notices;
    assert_eq!(of("2020-11-24"), [Notice::CouncilAsksParents]);
    assert_eq!(of("2020-11-23"), []);
}

#[test]
fn to_determine_again_the_paper_before_is_told_and_is_not_older_than_the_person() {
    let again = format!(
        "request.kind = xac_dinh_lai\nprevious.degree = nhe\nrequest.reason = Nay không tự đi được\n{}",
        on("previous.date", "2019-05-06")
    );
    assert_eq!(refused(&again), []);
    let before = format!("{again}\n{}", on("previous.date", "1998-04-19"));
    assert_eq!(refused(&before), [("previous.date".to_owned(), ProblemKind::BeforeBirth)]);
    let silent = format!("{again}\nrequest.reason =");
    assert_eq!(refused(&silent), [("request.reason".to_owned(), ProblemKind::Missing)]);
}

#[test]
fn another_kind_of_disability_is_told_by_a_health_facility() {
    let lines = "disability.kinds.khac = on\ndisability.other = Rối loạn phổ tự kỷ\nmedical.has = khong";
    assert_eq!(warned(lines), [("medical.has".to_owned(), WarningKind::MedicalPaperExpected)]);
    assert_eq!(warned(&lines.replace("medical.has = khong", "medical.has = co")), []);
    assert_eq!(warned("medical.has = khong"), []);
}

#[test]
fn a_medical_councils_conclusion_from_before_june_2012_counts() {
    let concluded = |date: &str| read(&format!("council.has = co\npaper.council = up2\n{}", on("council.date", date)));
    assert_eq!(concluded("2012-05-31").notices, [Notice::CouncilConclusionCounts]);
    assert_eq!(concluded("2012-06-01").notices, []);
    assert_eq!(concluded("1998-01-01").problems[0].kind, ProblemKind::BeforeBirth);
}

#[test]
fn only_the_signs_of_the_kinds_named_are_asked_for() {
    let form = form(DISABILITY);
    let asked = |lines: &str| -> Vec<String> {
        let typed = with(DISABILITY_TYPED, lines);
        let shown = shown_questions(&form, &typed);
        let of_signs = shown.into_iter().filter(|one| one.topic.id == "muc_3" && one.path.starts_with("disability."));
        of_signs.map(|one| one.path).skip(1).collect()
    };
    assert_eq!(asked(""), ["disability.movement"]);
    assert_eq!(asked("disability.kinds.nhin = on"), ["disability.movement", "disability.sight"]);
}
