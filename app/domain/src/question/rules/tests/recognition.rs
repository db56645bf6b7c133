//! Recognition of a father, mother or child (1.001022).

use super::*;
use crate::person::Sex;

pub(super) const RECOGNITION: &str = include_str!("../../../../../../server/seed/forms/nhan_cha_me_con.json");

/// A father recognises a child of four, with a paper of experts.
const RECOGNITION_TYPED: &str = include_str!("../complete/nhan_cha_me_con.txt");

/// The same parent as somebody else than the person who files.
const PARENT: &str = "
    parent.name = Sô Văn Bình
    parent.birth.year = 1975
    parent.ethnic = 13
    parent.nationality = viet_nam
    parent.paper = can_cuoc
    parent.citizen_id = 054075001234
    parent.home.commune = xã Xuân Lãnh
    parent.home.province = Đắk Lắk";

/// Two witnesses in place of the paper of experts.
const WITNESSES: &str = "
    proof.kind = cam_doan
    paper.pledge = up2
    witnesses.count = 2
    witnesses.0.name = Mang Thị Đào
    witnesses.0.citizen_id = 054175000321
    witnesses.1.name = Kpá Y Lúi";

fn read(lines: &str) -> Parsed {
    parse(&form(RECOGNITION), &with(RECOGNITION_TYPED, lines), today(), Scope::Form)
}

fn refused(lines: &str) -> Vec<(String, ProblemKind)> {
    problems(&form(RECOGNITION), &with(RECOGNITION_TYPED, lines))
}

fn warned(lines: &str) -> Vec<(String, WarningKind)> {
    let parsed = read(lines);
    assert_eq!(parsed.problems, []);
    parsed.warnings.into_iter().map(|warning| (warning.path, warning.kind)).collect()
}

#[test]
fn a_complete_form_has_no_problem() {
    for lines in [
        String::new(),
        WITNESSES.to_owned(),
        format!("declarer.acts = con_nhan_cha\nother.opinion = khong_can{PARENT}"),
        format!("declarer.acts = thay_con_nhan_cha\ndeclarer.relation = mẹ{PARENT}"),
    ] {
        let parsed = read(&lines);
        assert_eq!((parsed.problems, parsed.warnings, parsed.notices), (vec![], vec![], vec![]), "{lines}");
    }
}

#[test]
fn every_field_has_its_kind_and_its_refusal() {
    check_table(RECOGNITION, RECOGNITION_TYPED, include_str!("../tables/recognition.txt"));
}

#[test]
fn each_party_is_asked_about_once() {
    let form = form(RECOGNITION);
    let pages = |acts: &str| -> Vec<String> {
        let typed = with(RECOGNITION_TYPED, &format!("declarer.acts = {acts}"));
        shown_topics(&form, &typed).iter().map(|topic| topic.id.clone()).collect()
    };
    for (acts, parent, child) in
        [("me_nhan_con", false, true), ("con_nhan_me", true, false), ("thay_con_nhan_me", true, true)]
    {
        let pages = pages(acts);
        let has = |topic: &str| pages.iter().any(|page| page == topic);
        assert_eq!((has("muc_2"), has("muc_3")), (parent, child), "{acts}");
    }
}

#[test]
fn a_parent_is_older_than_the_child() {
    let own = refused("declarer.birth.year = 2023\ndeclarer.citizen_id = 054223001234");
    assert_eq!(own, [("declarer.birth".to_owned(), ProblemKind::ParentNotOlder)]);
    let other = format!(
        "declarer.acts = con_nhan_cha\nother.opinion = khong_can{PARENT}
        parent.birth.year = 1996\nparent.citizen_id = 054096001234"
    );
    assert_eq!(refused(&other), [("parent.birth".to_owned(), ProblemKind::ParentNotOlder)]);
}

#[test]
fn parent_and_child_have_two_numbers() {
    let lines = "child.birth.year = 2022\nchild.citizen_id = 054095001234";
    assert_eq!(refused(lines), [("child.citizen_id".to_owned(), ProblemKind::SamePerson)]);
}

#[test]
fn a_parents_number_of_the_other_sex_is_only_a_warning() {
    let kind = WarningKind::CitizenIdMismatch { sex: Sex::Male, birth_year: 1995 };
    assert_eq!(warned("declarer.acts = me_nhan_con"), [("declarer.citizen_id".to_owned(), kind)]);
    assert_eq!(warned("declarer.acts = me_nhan_con\ndeclarer.citizen_id = 054195001234"), []);
    let child = format!("declarer.acts = con_nhan_me\nother.opinion = khong_can{PARENT}");
    let kind = WarningKind::CitizenIdMismatch { sex: Sex::Male, birth_year: 1975 };
    assert_eq!(warned(&child), [("parent.citizen_id".to_owned(), kind)]);
}

#[test]
fn a_young_parent_or_child_is_told_and_not_stopped() {
    let young = "declarer.birth.year = 2009\ndeclarer.citizen_id = 054209001234";
    let kind = WarningKind::RequesterUnderAge { age: 17 };
    assert_eq!(warned(young), [("declarer.birth".to_owned(), kind.clone())]);
    let child = format!("declarer.acts = con_nhan_cha{PARENT}\n{young}");
    assert_eq!(warned(&child), [("declarer.birth".to_owned(), kind)]);
    let eighteen = "declarer.birth.day = 23\ndeclarer.birth.month = 11\ndeclarer.birth.year = 2008";
    assert_eq!(warned(&format!("{eighteen}\ndeclarer.citizen_id = 054208001234")), []);
}

#[test]
fn a_child_of_age_is_warned_to_ask_for_itself() {
    let lines = format!(
        "declarer.acts = thay_con_nhan_cha\ndeclarer.relation = mẹ{PARENT}
        child.birth.year = 2008\nchild.citizen_id = 054208004321"
    );
    assert_eq!(warned(&lines), [("child.birth".to_owned(), WarningKind::ChildOfAge { age: 18 })]);
    assert_eq!(warned(&format!("{lines}\nchild.birth.day = 24")), []);
}

#[test]
fn the_other_parent_of_a_minor_is_heard_and_an_objection_is_a_warning() {
    let at = "other.opinion".to_owned();
    assert_eq!(warned("other.opinion = khong_can"), [(at.clone(), WarningKind::OtherParentNotHeard)]);
    assert_eq!(warned("other.opinion = khong_dong_y"), [(at, WarningKind::OtherParentObjects)]);
    for opinion in ["khong_lien_he", "da_mat"] {
        assert_eq!(warned(&format!("other.opinion = {opinion}")), []);
    }
    let of_age = "child.birth.year = 2000\nchild.citizen_id = 054200004321\ndeclarer.birth.year = 1975
        declarer.citizen_id = 054075001234";
    for opinion in ["khong_can", "khong_dong_y"] {
        assert_eq!(warned(&format!("{of_age}\nother.opinion = {opinion}")), []);
    }
}

#[test]
fn what_is_for_a_court_is_not_filed_here() {
    for case in ["tranh_chap", "da_mat", "trong_hon_nhan"] {
        let lines = format!("case.kind = {case}");
        assert_eq!(refused(&lines), [("case.kind".to_owned(), ProblemKind::CourtDecides)]);
    }
}

#[test]
fn a_foreigner_is_told_of_another_procedure() {
    assert_eq!(
        warned("child.nationality = khac\nchild.nationality_other = Lào"),
        [("child.nationality".to_owned(), WarningKind::ForeignElement)]
    );
}

#[test]
fn without_a_paper_of_experts_two_others_witness() {
    assert_eq!(
        refused(&format!("{WITNESSES}\nwitnesses.count = 1")),
        [("witnesses".to_owned(), ProblemKind::TooFewItems { min: 2 })]
    );
    assert_eq!(
        warned(&format!("{WITNESSES}\nwitnesses.1.name = sô văn bình")),
        [("witnesses.1.name".to_owned(), WarningKind::WitnessIsParty)]
    );
    assert_eq!(
        refused(&format!("{WITNESSES}\nwitnesses.1.citizen_id = 054175000321")),
        [("witnesses.1.citizen_id".to_owned(), ProblemKind::SamePerson)]
    );
}

#[test]
fn a_child_without_a_birth_certificate_gets_both_at_once() {
    assert_eq!(read("child.registered = chua").notices, [Notice::RegisterBirthTogether]);
}

#[test]
fn married_parents_are_told_of_a_shorter_way() {
    for registered in ["co", "chua"] {
        let lines = format!("parents.married = co\nchild.registered = {registered}");
        assert_eq!(read(&lines).notices, [Notice::CommonChildMayBeEntered]);
    }
}

#[test]
fn papers_follow_the_evidence() {
    let form = form(RECOGNITION);
    let codes = |lines: &str| {
        let needed = papers_needed(&form, &read(lines).answers).into_iter();
        needed.filter(|paper| paper.required).map(|paper| paper.path.unwrap_or(paper.code)).collect::<Vec<_>>()
    };
    assert_eq!(codes(""), ["paper.expert", "giay_to_tuy_than"]);
    assert_eq!(codes(WITNESSES), ["paper.pledge", "giay_to_tuy_than"]);
}

#[test]
fn numbers_of_passports_and_certificates_are_private() {
    let lines = "declarer.paper = ho_chieu\ndeclarer.paper_number = B1234567\nchild.citizen_id =
        child.birth_certificate = 01/2022, quyển 01, xã Xuân Lãnh cấp";
    let rows = review(&form(RECOGNITION), &read(lines).answers).into_iter().flat_map(|topic| topic.rows);
    let private = rows.filter(|row| matches!(row.value, Shown::Private(_))).map(|row| row.path);
    assert_eq!(private.collect::<Vec<_>>(), ["declarer.paper_number", "child.birth_certificate"]);
}
