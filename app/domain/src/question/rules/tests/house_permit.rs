//! Building permit for a house (1.013225).

use super::*;

pub(super) const HOUSE: &str = include_str!("../../../../../../server/seed/forms/nha_o_rieng_le.json");

const HOUSE_TYPED: &str = include_str!("../complete/nha_o_rieng_le.txt");

fn read(lines: &str) -> Parsed {
    parse(&form(HOUSE), &with(HOUSE_TYPED, lines), today(), Scope::Form)
}

fn refused(lines: &str) -> Vec<(String, ProblemKind)> {
    problems(&form(HOUSE), &with(HOUSE_TYPED, lines))
}

fn warned(lines: &str) -> Vec<(String, WarningKind)> {
    read(lines).warnings.into_iter().map(|warning| (warning.path, warning.kind)).collect()
}

const OTHER_WORK: &str = "work.kind = cong_trinh_khac\nwork.name = Nhà kho\nwork.about = Chứa mía";

#[test]
fn a_complete_form_has_no_problem_and_tells_that_a_permit_may_not_be_needed() {
    let parsed = read("");
    assert_eq!((parsed.problems, parsed.warnings), (vec![], vec![]));
    assert_eq!(parsed.notices, [Notice::PermitMayNotBeNeeded]);
}

#[test]
fn every_field_has_its_kind_and_its_refusal() {
    check_table(HOUSE, HOUSE_TYPED, include_str!("../tables/house_permit.txt"));
}

#[test]
fn high_houses_and_other_works_are_not_told_that_a_permit_may_not_be_needed() {
    for lines in ["work.storeys = 7", OTHER_WORK] {
        assert_eq!(read(lines).notices, [], "{lines}");
    }
}

#[test]
fn sizes_are_numbers_with_at_most_two_decimals() {
    for path in ["site.area", "work.ground", "work.total", "work.height", "work.level", "work.setback"] {
        for text in ["rộng", "-1", "9,555"] {
            let found = refused(&format!("{path} = {text}"));
            assert_eq!(found, [(path.to_owned(), ProblemKind::NotAMeasure)], "{path} {text}");
        }
    }
    assert_eq!(refused("work.height = 0"), [("work.height".to_owned(), ProblemKind::NotAMeasure)]);
    assert_eq!(refused("work.level = 0\nwork.setback = 0"), []);
}

#[test]
fn the_ground_floor_lies_within_the_plot() {
    assert_eq!(refused("site.area = 96,5"), []);
    let found = refused("site.area = 96,4");
    assert_eq!(found, [("work.ground".to_owned(), ProblemKind::GroundLargerThanPlot)]);
}

#[test]
fn the_part_of_the_plot_that_is_built_on_is_read_beside_the_ground_floor() {
    let density = |plot: &str, ground: &str| {
        let parsed = read(&format!("site.area = {plot}\nwork.ground = {ground}\nwork.total = {ground}"));
        let mut rows = review(&form(HOUSE), &parsed.answers).into_iter().flat_map(|topic| topic.rows);
        rows.find(|row| row.path == "work.ground").and_then(|row| row.beside)
    };
    assert_eq!(density("250", "96,5"), Some(Beside::Density(3_860)));
    assert_eq!(density("96,5 m²", "96,5"), Some(Beside::Density(10_000)));
    assert_eq!(density("300", "200"), Some(Beside::Density(6_667)), "rounded to the nearest");
    // More than the whole plot is refused, and what is no measure covers nothing.
    assert_eq!(density("96,4", "96,5"), None);
    assert_eq!(density("rộng", "96,5"), None);
    assert_eq!(density("999999999999999", "999999999999999"), Some(Beside::Density(10_000)));
}

#[test]
fn photographs_of_the_place_may_be_left_out() {
    assert_eq!(refused("paper.photos ="), []);
}

#[test]
fn all_floors_hold_the_ground_floor() {
    assert_eq!(refused("work.total = 96,5"), []);
    let found = refused("work.total = 96");
    assert_eq!(found, [("work.total".to_owned(), ProblemKind::FloorsSmallerThanGround)]);
}

#[test]
fn a_family_draws_its_own_house_while_it_is_small_in_one_way() {
    let large = "work.storeys = 3\nwork.total = 250\nwork.height = 12";
    let told = [("design.by".to_owned(), WarningKind::DesignerNeeded)];
    assert_eq!(warned(large), told);
    for small in ["work.storeys = 2", "work.total = 249,99", "work.height = 11,9"] {
        assert_eq!(warned(&format!("{large}\n{small}")), [], "{small}");
    }
    let certified = "design.by = ca_nhan\ndesign.name = Lê Văn Tư\ndesign.certificate = DAL-00012345";
    assert_eq!(warned(&format!("{large}\n{certified}")), []);
}

#[test]
fn another_work_is_designed_by_somebody_certified() {
    assert_eq!(refused(OTHER_WORK), []);
    assert_eq!(warned(OTHER_WORK), [("design.by".to_owned(), WarningKind::DesignerNeeded)]);
}

#[test]
fn who_files_for_the_owner_is_another_and_brings_the_authorisation() {
    let other = "applicant.acts = duoc_uy_quyen\nowner.name = Sô Văn Bình\nowner.home.commune = xã Phú Mỡ\nowner.home.province = Đắk Lắk";
    assert_eq!(refused(other), [("paper.authorisation".to_owned(), ProblemKind::Missing)]);
    let own = refused(&format!("{other}\nowner.citizen_id = 054190001234\npaper.authorisation = f1"));
    assert_eq!(own, [("owner.citizen_id".to_owned(), ProblemKind::SamePerson)]);
}

#[test]
fn a_house_beside_another_comes_with_a_promise_of_safety() {
    assert_eq!(refused("site.adjacent = co"), [("paper.adjacent".to_owned(), ProblemKind::Missing)]);
}

#[test]
fn numbers_of_certificates_are_private() {
    let parsed = read("design.by = ca_nhan\ndesign.name = Lê Văn Tư\ndesign.certificate = DAL-00012345");
    let rows = review(&form(HOUSE), &parsed.answers).into_iter().flat_map(|topic| topic.rows);
    let shown = rows.into_iter().find(|row| row.path == "design.certificate").map(|row| row.value);
    assert_eq!(shown, Some(Shown::Private("DAL-00012345".into())));
}
