//! The complete forms, field by field: each has its kind, one typed text it takes and one it refuses. What all forms
//! share stands here, and so do the rules of the first three; each later form has a file of its own.
// long because it is one table for every field of several forms.

mod death;
mod disability;
mod house_permit;
mod household_business;
mod marital_status;
mod marriage;
mod recognition;
mod social_pension;

use crate::person::PartialDate;
use crate::question::*;
use crate::time::Day;
use death::{DEATH, DEATH_TYPED};
use marital_status::{MARITAL_STATUS, MARITAL_STATUS_TYPED};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const BIRTH: &str = include_str!("../../../../../server/seed/forms/khai_sinh.json");
const EXTRACT: &str = include_str!("../../../../../server/seed/forms/trich_luc.json");
const ALLOWANCE: &str = include_str!("../../../../../server/seed/forms/tro_cap_xa_hoi.json");
const GENERAL: &str = include_str!("../../../../../server/seed/forms/chung.json");

/// The forms with rules.
const WITH_RULES: &[&str] = &[
    BIRTH,
    EXTRACT,
    ALLOWANCE,
    marriage::MARRIAGE,
    recognition::RECOGNITION,
    DEATH,
    MARITAL_STATUS,
    household_business::BUSINESS,
    house_permit::HOUSE,
    disability::DISABILITY,
    social_pension::SOCIAL_PENSION,
];

fn form(json: &str) -> Form {
    Form::from_json(json).unwrap()
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// The day the forms are filled in these tests.
fn today() -> Day {
    day("2026-11-23")
}

/// Typed text from lines `path = text`.
fn typed(lines: &str) -> Typed {
    let pairs = lines.lines().filter_map(|line| line.split_once('='));
    pairs.map(|(path, text)| (path.trim().to_owned(), text.trim().to_owned())).collect()
}

/// `base` with more lines typed over it; a line without text empties its field.
fn with(base: &str, lines: &str) -> Typed {
    let mut all = typed(base);
    all.extend(typed(lines));
    all
}

/// Lines that type a full day.
fn on(path: &str, date: &str) -> String {
    let (year, month, of_month) = day(date).ymd();
    format!("{path}.day = {of_month}\n{path}.month = {month}\n{path}.year = {year}")
}

fn problems(form: &Form, typed: &Typed) -> Vec<(String, ProblemKind)> {
    parse(form, typed, today(), Scope::Form).problems.into_iter().map(|p| (p.path, p.kind)).collect()
}

const BIRTH_TYPED: &str = "
    declarer.name = Hờ Thị Lan
    declarer.relation = me
    declarer.paper = can_cuoc
    declarer.citizen_id = 054198001234
    declarer.home.hamlet = thôn Phú Sơn
    declarer.home.commune = xã Xuân Lãnh
    declarer.home.province = Đắk Lắk
    declarer.phone = 0905 123 456
    child.name = Sô Minh Khang
    child.birth.day = 5
    child.birth.month = 11
    child.birth.year = 2026
    child.sex = male
    child.ethnic = 17
    child.nationality = viet_nam
    child.birth_place_kind = o_nha
    child.birth_place.commune = xã Xuân Lãnh
    child.birth_place.province = Đắk Lắk
    child.home_town_after = cha
    child.home_town.commune = xã Xuân Lãnh
    child.home_town.province = Đắk Lắk
    mother.known = co
    mother.name = Hờ Thị Lan
    mother.birth.year = 1998
    mother.citizen_id = 054198001234
    mother.ethnic = 17
    mother.nationality = viet_nam
    mother.home.commune = xã Xuân Lãnh
    mother.home.province = Đắk Lắk
    father.known = co
    father.name = Sô Văn Bình
    father.birth.year = 1995
    father.ethnic = 13
    father.nationality = viet_nam
    father.home.commune = xã Xuân Lãnh
    father.home.province = Đắk Lắk
    parents.married = co
    proof.kind = chung_sinh
    paper.birth_record = up1,up2
    copies = 2
    result.how = tai_quay
    pledge.true.yes = on";

const EXTRACT_TYPED: &str = "
    asker.acts = ban_than
    asker.name = Y Thoan Niê
    asker.paper = can_cuoc
    asker.citizen_id = 066090001111
    asker.home.commune = xã Phú Mỡ
    asker.home.province = Đắk Lắk
    asker.phone = 0257 3 812 345
    event.kind = khai_sinh
    event.place.commune = xã Phú Mỡ
    event.place.province = Phú Yên
    event.registered.year = 1991
    subject.name = Y Thoan Niê
    subject.birth.day = 2
    subject.birth.month = 9
    subject.birth.year = 1990
    subject.sex = male
    subject.ethnic = 12
    subject.nationality = viet_nam
    copies = 3
    result.how = dien_tu
    pledge.true.yes = on";

const ALLOWANCE_TYPED: &str = "
    request.kind = thuc_hien
    filer.relation = ban_than
    filer.phone = 0987654321
    person.name = Mang Thị Đào
    person.birth.day = 1
    person.birth.month = 3
    person.birth.year = 1975
    person.sex = female
    person.ethnic = 13
    person.citizen_id = 054175000321
    person.home.commune = xã Xuân Lãnh
    person.home.province = Đắk Lắk
    person.studies = da_nghi
    person.health_card = co
    person.pension = khong
    person.other_aid = khong
    group.kind = khuyet_tat
    disability.degree = nang
    disability.kinds.van_dong = on
    disability.number = 12/GXNKT
    disability.pregnant = khong
    disability.raises_child = khong
    household.status = ngheo
    members.count = 2
    members.0.name = Mang Thị Đào
    members.0.relation = ban_than
    members.0.birth.year = 1975
    members.1.name = Mang Văn Tư
    members.1.relation = con
    members.1.birth.year = 2012
    members.1.studies = co
    members.1.income = 1.500.000 đ
    request.care = khong
    pay.how = tai_khoan
    pay.bank = Agribank
    pay.account = 4601205001234
    pay.holder = Mang Thị Đào
    pay.by = ban_than
    paper.disability = up9
    pledge.true.yes = on";

#[test]
fn the_forms_fit_together() {
    let keys = [
        "khai_sinh",
        "trich_luc",
        "tro_cap_xa_hoi",
        "ket_hon",
        "nhan_cha_me_con",
        "khai_tu",
        "tinh_trang_hon_nhan",
        "ho_kinh_doanh",
        "nha_o_rieng_le",
        "khuyet_tat",
        "huu_tri_xa_hoi",
        "chung",
    ];
    for (json, key) in WITH_RULES.iter().chain([&GENERAL]).zip(keys) {
        let form = form(json);
        assert_eq!(form.key, key);
        let back = Form::from_json(&serde_json::to_string(&form).unwrap()).unwrap();
        assert_eq!(back, form);
    }
}

#[test]
fn a_complete_form_has_no_problem() {
    for (json, lines) in [
        (BIRTH, BIRTH_TYPED),
        (EXTRACT, EXTRACT_TYPED),
        (ALLOWANCE, ALLOWANCE_TYPED),
        (DEATH, DEATH_TYPED),
        (MARITAL_STATUS, MARITAL_STATUS_TYPED),
        (disability::DISABILITY, disability::DISABILITY_TYPED),
        (social_pension::SOCIAL_PENSION, social_pension::SOCIAL_PENSION_TYPED),
    ] {
        let parsed = parse(&form(json), &typed(lines), today(), Scope::Form);
        assert_eq!(parsed.problems, []);
        assert_eq!(parsed.warnings, []);
        assert_eq!(parsed.notices, []);
    }
}

/// Lines `path | type | typed so that it is asked; … | typed wrongly | problem at path`.
/// The first text between bars opens the question; `+` alone means that the base already does.
fn check_table(json: &str, base: &str, table: &str) {
    let form = form(json);
    let mut covered = BTreeSet::new();
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [path, kind, opens, wrong, refusal] = cells[..] else { panic!("five cells: {line}") };
        let question = form.question(path).unwrap_or_else(|| panic!("no question at {path}"));
        let is = serde_json::to_value(&question.kind).unwrap();
        assert_eq!(is["type"], kind, "{path}");
        let lines = |cell: &str| cell.replace(';', "\n");
        let opened = with(base, &lines(opens.trim_start_matches('+')));
        let before = problems(&form, &opened);
        assert!(
            shown_questions(&form, &opened).iter().any(|shown| shown.path == path),
            "{path} is not asked: {before:?}"
        );
        let kind_of = |problems: &[(String, ProblemKind)]| {
            let here = problems.iter().find(|(at, _)| at == path || at.starts_with(&format!("{path}.")));
            here.map(|(_, kind)| serde_json::to_value(kind).unwrap()["kind"].as_str().unwrap().to_owned())
        };
        assert_ne!(kind_of(&before).as_deref(), Some(refusal), "{path} is refused before it is mistyped");
        let mut mistyped = opened.clone();
        mistyped.extend(typed(&lines(wrong)));
        let after = problems(&form, &mistyped);
        assert_eq!(kind_of(&after).as_deref(), Some(refusal), "{path} with {wrong:?}");
        covered.insert(path.to_owned());
    }
    for question in form.topics.iter().flat_map(|topic| &topic.questions) {
        assert!(covered.contains(&question.id), "{} has no row", question.id);
        let QuestionKind::Group { questions, .. } = &question.kind else { continue };
        for inner in questions {
            let at = |index: usize| format!("{}.{index}.{}", question.id, inner.id);
            assert!((0..3).any(|index| covered.contains(&at(index))), "{} has no row", at(0));
        }
    }
}

#[test]
fn every_field_of_the_birth_form_has_its_kind_and_its_refusal() {
    check_table(BIRTH, BIRTH_TYPED, include_str!("tables/birth.txt"));
}

#[test]
fn every_field_of_the_extract_form_has_its_kind_and_its_refusal() {
    check_table(EXTRACT, EXTRACT_TYPED, include_str!("tables/extract.txt"));
}

#[test]
fn every_field_of_the_allowance_form_has_its_kind_and_its_refusal() {
    check_table(ALLOWANCE, ALLOWANCE_TYPED, include_str!("tables/allowance.txt"));
}

#[test]
fn answers_are_canonical() {
    let parsed = parse(&form(BIRTH), &typed(BIRTH_TYPED), today(), Scope::Form);
    let answers = parsed.answers;
    assert_eq!(answers.text("declarer.phone"), Some("+84905123456"));
    assert_eq!(answers.date("child.birth").and_then(PartialDate::day), Some(day("2026-11-05")));
    assert_eq!(answers.number("copies"), Some(2));
    assert_eq!(answers.get("paper.birth_record"), Some(&Answer::Files(vec!["up1".to_owned(), "up2".to_owned()])));
    let json = serde_json::to_string(&answers).unwrap();
    assert_eq!(serde_json::from_str::<Answers>(&json).unwrap(), answers);
}

#[test]
fn sixty_days_are_timely_and_the_next_day_is_late() {
    let form = form(BIRTH);
    let born = |on: &str| {
        let (y, m, d) = day(on).ymd();
        let lines = format!("child.birth.day = {d}\nchild.birth.month = {m}\nchild.birth.year = {y}");
        parse(&form, &with(BIRTH_TYPED, &lines), today(), Scope::Form)
    };
    assert_eq!(born("2026-09-24").notices, []);
    let late = born("2026-09-23");
    assert_eq!(late.notices, [Notice::LateRegistration { days: 1, last_day: day("2026-11-22") }]);
    assert_eq!(late.problems, []);
}

#[test]
fn the_day_of_a_birth_is_read_again_in_words() {
    let form = form(BIRTH);
    let answers = parse(&form, &typed(BIRTH_TYPED), today(), Scope::Form).answers;
    let mut rows = review(&form, &answers).into_iter().flat_map(|topic| topic.rows);
    let beside = rows.find(|row| row.path == "child.birth").and_then(|row| row.beside);
    let words = "Ngày năm, tháng mười một, năm hai nghìn không trăm hai mươi sáu";
    assert_eq!(beside, Some(Beside::InWords(words.to_owned())));
}

#[test]
fn a_child_has_a_parent_unless_it_was_found() {
    let form = form(BIRTH);
    let nobody = "declarer.relation = ong_ba\nmother.known = khong\nfather.known = khong";
    let refused = problems(&form, &with(BIRTH_TYPED, nobody));
    assert_eq!(refused, [("mother.known".to_owned(), ProblemKind::NoParent)]);
    let found = format!("{nobody}\nproof.kind = bo_roi\npaper.abandoned = up3");
    assert_eq!(problems(&form, &with(BIRTH_TYPED, &found)), []);
}

#[test]
fn unmarried_parents_are_told_of_recognition() {
    let parsed = parse(&form(BIRTH), &with(BIRTH_TYPED, "parents.married = khong"), today(), Scope::Form);
    assert_eq!(parsed.notices, [Notice::FatherNeedsRecognition]);
    assert_eq!(parsed.problems, []);
}

#[test]
fn a_number_of_another_sex_or_year_is_only_a_warning() {
    let parsed = parse(&form(EXTRACT), &with(EXTRACT_TYPED, "subject.citizen_id = 054190123456"), today(), Scope::Form);
    assert_eq!(parsed.problems, []);
    let kind = WarningKind::CitizenIdMismatch { sex: crate::person::Sex::Female, birth_year: 1990 };
    assert_eq!(parsed.warnings, [Warning { path: "subject.citizen_id".to_owned(), kind }]);
    let agrees = with(EXTRACT_TYPED, "subject.citizen_id = 054090123456");
    assert_eq!(parse(&form(EXTRACT), &agrees, today(), Scope::Form).warnings, []);
}

#[test]
fn ages_are_held_against_the_group_to_the_day() {
    let form = form(ALLOWANCE);
    let at = |group: &str, birth: &str| {
        let (y, m, d) = day(birth).ymd();
        let lines = format!(
            "group.kind = {group}\nperson.citizen_id = \nperson.birth.day = {d}\nperson.birth.month = {m}\nperson.birth.year = {y}"
        );
        let outside = problems(&form, &with(ALLOWANCE_TYPED, &lines));
        outside.into_iter().find(|(path, _)| path == "person.birth").map(|(_, kind)| kind)
    };
    for (group, fits, does_not, age) in [
        ("tre_khong_nguon_nuoi_duong", "2010-11-24", "2010-11-23", 16),
        ("dang_hoc_16_22", "2010-11-23", "2010-11-24", 15),
        ("dang_hoc_16_22", "2003-11-24", "2003-11-23", 23),
        ("tre_hiv", "2010-11-24", "2010-11-23", 16),
        ("cao_tuoi", "1966-11-23", "1966-11-24", 59),
        ("tre_duoi_3", "2023-11-24", "2023-11-23", 3),
        ("hiv", "2010-11-23", "2010-11-24", 15),
    ] {
        assert_eq!(at(group, fits), None, "{group} {fits}");
        assert!(
            matches!(at(group, does_not), Some(ProblemKind::AgeOutsideGroup { age: got, .. }) if got == age),
            "{group} {does_not}"
        );
    }
}

#[test]
fn a_year_alone_is_refused_only_when_no_day_of_it_fits() {
    let form = form(ALLOWANCE);
    let year = |year: &str| {
        let lines =
            format!("group.kind = tre_duoi_3\nperson.birth.day =\nperson.birth.month =\nperson.birth.year = {year}");
        problems(&form, &with(ALLOWANCE_TYPED, &lines)).iter().any(|(path, _)| path == "person.birth")
    };
    assert!(!year("2023"));
    assert!(year("2022"));
}

#[test]
fn an_old_person_is_told_of_the_retirement_allowance() {
    let lines =
        "group.kind = cao_tuoi\nelder.carer = khong_co\nperson.citizen_id = 054150000321\nperson.birth.year = 1950";
    let parsed = parse(&form(ALLOWANCE), &with(ALLOWANCE_TYPED, lines), today(), Scope::Form);
    assert_eq!(parsed.problems, []);
    assert_eq!(parsed.notices, [Notice::SocialRetirementMayApply { age: 76 }]);
}

#[test]
fn the_household_lists_the_person_and_a_dependent_child() {
    let form = form(ALLOWANCE);
    let single = "group.kind = don_than_nuoi_con\nsingle.status = chua_ket_hon\npaper.birth = up1";
    assert_eq!(problems(&form, &with(ALLOWANCE_TYPED, single)), []);
    let grown = format!("{single}\nmembers.1.birth.year = 2008\nmembers.1.studies = khong");
    assert_eq!(
        problems(&form, &with(ALLOWANCE_TYPED, &grown)),
        [("members".to_owned(), ProblemKind::NoDependentChild)]
    );
    let student = format!("{grown}\nmembers.1.studies = co");
    assert_eq!(problems(&form, &with(ALLOWANCE_TYPED, &student)), []);
    assert_eq!(
        problems(&form, &with(ALLOWANCE_TYPED, "members.0.relation = me_ke")),
        [
            ("members".to_owned(), ProblemKind::ApplicantNotListed),
            ("members.0.relation".to_owned(), ProblemKind::NotAChoice)
        ]
    );
}

#[test]
fn a_household_that_is_not_poor_is_a_warning() {
    let lines = "group.kind = hiv\npaper.hiv = up1\nhousehold.status = khong";
    let parsed = parse(&form(ALLOWANCE), &with(ALLOWANCE_TYPED, lines), today(), Scope::Form);
    assert_eq!(parsed.problems, []);
    assert_eq!(parsed.warnings[0].kind, WarningKind::HouseholdNotPoor);
}

#[test]
fn papers_follow_the_case() {
    let form = form(ALLOWANCE);
    let codes = |lines: &str| {
        let parsed = parse(&form, &with(ALLOWANCE_TYPED, lines), today(), Scope::Form);
        let needed = papers_needed(&form, &parsed.answers).into_iter();
        needed.filter(|paper| paper.required).map(|paper| paper.path.unwrap_or(paper.code)).collect::<Vec<_>>()
    };
    assert_eq!(codes(""), ["paper.disability", "giay_to_tuy_than"]);
    assert_eq!(codes("disability.pregnant = co"), ["paper.disability", "paper.pregnancy", "giay_to_tuy_than"]);
    assert_eq!(codes("group.kind = tre_hiv"), ["paper.birth", "paper.hiv", "giay_to_tuy_than"]);
    // A pregnancy typed for a group that was left again asks for nothing.
    assert_eq!(codes("disability.pregnant = co\ngroup.kind = hiv"), ["paper.hiv", "giay_to_tuy_than"]);
}

#[test]
fn a_topic_hears_of_its_own_problems_only() {
    let form = form(BIRTH);
    let empty = Typed::new();
    let topic = parse_topic(&form, "tre", &empty, today());
    assert!(topic.problems.iter().all(|problem| problem.path.starts_with("child.")), "{:?}", topic.problems);
    assert!(topic.problems.contains(&Problem { path: "child.name".to_owned(), kind: ProblemKind::Missing }));
    let live = problems_of_question(&form, "child.name", &typed("child.name = Bé 2"), today());
    assert_eq!(live, [Problem { path: "child.name".to_owned(), kind: ProblemKind::NameHasDigits }]);
}

#[test]
fn the_review_lists_every_answer_once_with_its_path() {
    let form = form(ALLOWANCE);
    let parsed = parse(&form, &typed(ALLOWANCE_TYPED), today(), Scope::Form);
    let rows: Vec<ReviewRow> = review(&form, &parsed.answers).into_iter().flat_map(|topic| topic.rows).collect();
    for path in parsed.answers.0.keys() {
        assert_eq!(rows.iter().filter(|row| row.path == *path).count(), 1, "{path}");
    }
    let income = rows.iter().find(|row| row.path == "members.1.income").unwrap();
    assert_eq!(income.value, Shown::Money(crate::money::Dong(1_500_000)));
    assert_eq!(income.item.as_ref().map(|(_, number)| *number), Some(2));
    let kinds = rows.iter().find(|row| row.path == "disability.kinds").unwrap();
    assert_eq!(kinds.value, Shown::Options(vec!["Vận động".to_owned()]));
}

#[test]
fn hidden_answers_are_passed_over_and_come_back() {
    let form = form(BIRTH);
    let hidden = with(BIRTH_TYPED, "declarer.relation = ong_ba\nmother.known = khong\nmother.name = 123");
    let parsed = parse(&form, &hidden, today(), Scope::Form);
    assert_eq!(parsed.problems, []);
    assert_eq!(parsed.answers.get("mother.name"), None);
    let shown = with(BIRTH_TYPED, "mother.name = 123");
    assert_eq!(problems(&form, &shown), [("mother.name".to_owned(), ProblemKind::NameHasDigits)]);
}

#[test]
fn a_request_to_stop_goes_through_fewer_pages() {
    let form = form(ALLOWANCE);
    let pages = |lines: &str| -> Vec<&str> {
        shown_topics(&form, &with(ALLOWANCE_TYPED, lines)).iter().map(|topic| topic.id.as_str()).collect()
    };
    assert_eq!(pages("").len(), 8);
    let stop =
        "request.kind = thoi_huong\nrequest.reason = chuyển nơi ở\nrequest.from.year = 2026\nrequest.from.month = 12";
    assert_eq!(pages(stop), ["yeu_cau", "muc_2", "giay_to", "cam_doan"]);
    assert_eq!(problems(&form, &with(ALLOWANCE_TYPED, stop)), []);
}

#[test]
fn a_fresh_draft_is_filled_with_what_is_known() {
    let part = |part: &str, text: &str| (part.to_owned(), text.to_owned());
    let known = std::collections::BTreeMap::from([
        (Source::FullName, [part("", "Sô Văn Bình")].into()),
        (Source::PermanentAddress, [part("commune", "xã Xuân Lãnh"), part("province", "Đắk Lắk")].into()),
    ]);
    let filled = form(BIRTH).prefilled(&known);
    let expected =
        "declarer.home.commune = xã Xuân Lãnh\ndeclarer.home.province = Đắk Lắk\ndeclarer.name = Sô Văn Bình";
    assert_eq!(filled, typed(expected));
}

/// Words of names.
const WORDS: &[&str] = &["Hờ", "Thị", "Lan", "Sô", "Y", "Ksơr", "H'Ƀlŭ", "Niê", "La", "O", "Đào", "Kpá", "Bình"];

/// Typed maps over real and invented paths.
fn any_typed() -> impl Strategy<Value = Typed> {
    let mut paths: Vec<String> = Vec::new();
    for json in WITH_RULES {
        for question in form(json).topics.iter().flat_map(|topic| &topic.questions) {
            let parts = ["", ".day", ".month", ".year", ".commune", ".count", ".0.name", ".1.birth.year", ".yes"];
            paths.extend(parts.iter().map(|part| format!("{}{part}", question.id)));
        }
    }
    paths.extend(["".to_owned(), ".".to_owned(), "members.99999999999999999999.name".to_owned()]);
    let texts = prop_oneof![
        Just("on".to_owned()),
        Just("co".to_owned()),
        Just("khuyet_tat".to_owned()),
        Just("male".to_owned()),
        Just("cha_nhan_con".to_owned()),
        Just("1990".to_owned()),
        "[0-9]{0,13}",
        "\\PC{0,30}",
        any::<String>(),
    ];
    proptest::collection::btree_map(proptest::sample::select(paths), texts, 0..40)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn parsing_never_panics_and_never_loses_a_text(typed in any_typed()) {
        let before = typed.clone();
        for json in WITH_RULES {
            let form = form(json);
            let parsed = parse(&form, &typed, today(), Scope::Form);
            for shown in shown_questions(&form, &typed) {
                let spoken = typed.get(&shown.path).is_some_and(|text| !crate::text::clean(text).is_empty());
                let whole = !matches!(
                    shown.question.kind,
                    QuestionKind::Many { .. } | QuestionKind::Date { .. } | QuestionKind::Address
                        | QuestionKind::Group { .. } | QuestionKind::File { .. }
                );
                // What was typed into a shown field is an answer or a problem, never silently nothing.
                if spoken && whole {
                    let told = parsed.problems.iter().any(|problem| problem.path == shown.path);
                    prop_assert!(told || parsed.answers.get(&shown.path).is_some(), "{} is lost", shown.path);
                }
            }
            review(&form, &parsed.answers);
            papers_needed(&form, &parsed.answers);
        }
        prop_assert_eq!(typed, before);
    }

    #[test]
    fn a_good_text_is_answered_as_it_was_typed(words in proptest::collection::vec(proptest::sample::select(WORDS), 1..6)) {
        let form = form(EXTRACT);
        let name = words.join(" ");
        let parsed = parse(&form, &with(EXTRACT_TYPED, &format!("subject.name = {name}")), today(), Scope::Form);
        prop_assert_eq!(parsed.answers.text("subject.name"), Some(name.as_str()));
    }
}

#[test]
fn numbers_of_papers_and_accounts_are_private() {
    let cases = [
        (BIRTH, "declarer.paper_number", ("declarer.paper", "ho_chieu")),
        (EXTRACT, "asker.paper_number", ("asker.paper", "ho_chieu")),
        (ALLOWANCE, "pay.account", ("pay.how", "tai_khoan")),
        (DEATH, "declarer.paper_number", ("declarer.paper", "ho_chieu")),
        (DEATH, "deceased.paper_number", ("deceased.paper", "khac")),
        (MARITAL_STATUS, "asker.paper_number", ("asker.paper", "ho_chieu")),
    ];
    for (json, path, (asked_by, choice)) in cases {
        let answers = Answers(BTreeMap::from([
            (path.to_owned(), Answer::Text("B1234567".into())),
            (asked_by.to_owned(), Answer::Choice(choice.into())),
        ]));
        let rows = review(&form(json), &answers).into_iter().flat_map(|topic| topic.rows);
        let shown = rows.into_iter().find(|row| row.path == path).map(|row| row.value);
        assert_eq!(shown, Some(Shown::Private("B1234567".into())), "{path}");
    }
}
