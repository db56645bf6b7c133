//! Fees by the shipped data and by data made for the test.

use super::*;
use crate::{money::Dong, procedure::term::Channel, procedure::unit_part::AMOUNT_MOST, spoken::MOST, time::Day};

pub(super) fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

fn today() -> Schedule<'static> {
    FeeBook::shipped().on(day("2026-11-27"), Some("66"))
}

pub(super) fn asked(pages: u32, copies: u32, channel: Channel) -> Asked {
    Asked { pages, copies, ..Asked::once(channel) }
}

pub(super) fn claim(code: &str) -> Claim {
    Claim { exemption: code.to_owned(), evidence: "Giấy chứng nhận".to_owned() }
}

#[track_caller]
fn total(procedure: &str, pages: u32, copies: u32, channel: Channel) -> i64 {
    today().assess(procedure, &asked(pages, copies, channel), None).expect("an assessment").total.0
}

#[test]
fn copies_are_certified_by_page_and_copy() {
    for (pages, copies, amount) in [
        (1, 1, 2_000),
        (2, 1, 4_000),
        (3, 1, 5_000),
        (7, 1, 9_000),
        (7, 3, 27_000),
        (197, 1, 199_000),
        (198, 1, 200_000),
        (199, 1, 200_000),
        (5_000, 2, 400_000),
        (u32::MAX, 1, 200_000),
    ] {
        assert_eq!(total("2.000815", pages, copies, Channel::Counter), amount, "{pages} × {copies}");
    }
    let told = today().assess("2.000815", &asked(7, 3, Channel::Counter), None).expect("an assessment");
    let [line] = told.lines.as_slice() else { panic!("one line") };
    assert_eq!((line.quantity, line.pages, line.each, line.amount), (3, Some(7), Dong(9_000), Dong(27_000)));
    assert_eq!((line.fee.as_str(), line.kind), ("chung_thuc_ban_sao", FeeKind::Phi));
    assert_eq!(line.version, "chung_thuc_ban_sao@2017-01-01");
    assert_eq!(told.basis, ["Thông tư 226/2016/TT-BTC, Điều 4"]);
}

#[test]
fn national_fees_cost_what_their_texts_say() {
    for (procedure, counter, online) in [
        ("2.000884", 10_000, 10_000),
        ("2.001035", 50_000, 50_000),
        ("2.000913", 30_000, 30_000),
        ("2.000927", 25_000, 25_000),
        ("2.000908", 0, 0),
        ("2.000635", 8_000, 8_000),
        ("1.004222", 20_000, 10_000),
        ("1.004194", 15_000, 7_000),
        ("1.002755", 15_000, 7_000),
        ("1.010038", 10_000, 5_000),
        ("2.001263", 400_000, 400_000),
        ("1.000894", 0, 0),
        ("1.004837", 0, 0),
        ("1.001776", 0, 0),
    ] {
        assert_eq!(total(procedure, 1, 1, Channel::Counter), counter, "{procedure}");
        assert_eq!(total(procedure, 1, 1, Channel::Post), counter, "{procedure} by post");
        assert_eq!(total(procedure, 1, 1, Channel::Online), online, "{procedure} online");
    }
    assert_eq!(total("2.000635", 1, 3, Channel::Online), 24_000);
    assert_eq!(total("2.000635", 40, 3, Channel::Online), 24_000, "pages count only where a fee goes by page");
}

#[test]
fn a_procedure_of_cases_wants_its_case() {
    let schedule = today();
    let once = Asked::once(Channel::Counter);
    assert_eq!(schedule.assess("1.013855", &once, None), Err(FeeProblem::CaseNeeded));
    let cases = schedule.cases("1.013855");
    let amounts: Vec<(&str, i64)> = cases
        .iter()
        .map(|(case, _)| {
            let asked = Asked { case: Some((*case).to_owned()), ..once.clone() };
            (*case, schedule.assess("1.013855", &asked, None).expect("an assessment").total.0)
        })
        .collect();
    assert_eq!(
        amounts,
        [
            ("san_xuat_nho_le", 250_000),
            ("an_uong_duoi_200", 350_000),
            ("kinh_doanh", 500_000),
            ("an_uong_tu_200", 500_000),
            ("san_xuat_khac", 1_250_000),
        ]
    );
    let by_list = Asked { case: Some("theo_danh_sach".to_owned()), copies: 12, ..Asked::once(Channel::Online) };
    assert_eq!(schedule.assess("1.004194", &by_list, None).expect("an assessment").total, Dong(60_000));
    assert_eq!(schedule.assess("2.000884", &by_list, None), Err(FeeProblem::UnknownCase));
}

#[test]
fn what_the_province_sets_is_never_read_as_nothing() {
    let late = today().assess("1.001193", &Asked::once(Channel::Counter), None);
    let fee = "Lệ phí đăng ký khai sinh".to_owned();
    assert_eq!(late, Err(FeeProblem::NotSet { fee, by: SetBy::Province }));
    let in_time = today().assess("1.001193", &Asked::once(Channel::Counter), Some(&claim("dung_han")));
    let in_time = in_time.expect("an assessment");
    assert_eq!((in_time.total, in_time.lines[0].full), (Dong(0), None));
    assert_eq!(in_time.lines[0].exempt.as_ref().map(|exempt| exempt.code.as_str()), Some("dung_han"));
    assert!(in_time.basis.iter().any(|basis| basis.contains("Điều 11")), "{:?}", in_time.basis);
}

#[test]
fn an_amount_that_a_province_sets_holds_there_and_from_its_day() {
    let shipped = FeeBook::shipped();
    let open = shipped.on(day("2026-01-01"), None).fee("khai_sinh").expect("the fee").clone();
    let text = "Nghị quyết 12/2026/NQ-HĐND";
    let set = open.set_to(Rate::Flat(Dong(5_000)), "66", text, day("2026-07-01"));
    assert_eq!(set.version(), "khai_sinh@66@2026-07-01");
    let book = shipped.with(vec![set.clone()]).expect("a book");
    let cost = |on: &str, province: &str| {
        book.on(day(on), Some(province)).assess("1.001193", &Asked::once(Channel::Counter), None)
    };
    assert_eq!(cost("2026-07-01", "66").expect("an assessment").total, Dong(5_000));
    assert_eq!(cost("2026-07-01", "66").expect("an assessment").basis, [text]);
    for (on, province) in [("2026-06-30", "66"), ("2026-07-01", "54")] {
        assert!(matches!(cost(on, province), Err(FeeProblem::NotSet { .. })), "{on} {province}");
    }
    // Exemptions stay, and a dossier finds the version it kept.
    let poor = book.on(day("2026-07-01"), Some("66")).assess(
        "1.001193",
        &Asked::once(Channel::Counter),
        Some(&claim("ho_ngheo")),
    );
    let poor = poor.expect("an assessment");
    assert_eq!((poor.total, poor.lines[0].full), (Dong(0), Some(Dong(5_000))));
    assert_eq!(book.get("khai_sinh@66@2026-07-01"), Some(&set));
    let again = shipped.with(vec![set.clone(), set.clone()]);
    assert_eq!(again, Err(FeeDataProblem::Overlap(set.version())));
}

#[test]
fn nothing_is_charged_before_a_fee_holds() {
    let before = FeeBook::shipped().on(day("2016-12-31"), None);
    let once = Asked::once(Channel::Counter);
    assert_eq!(before.assess("2.000815", &once, None), Err(FeeProblem::UnknownProcedure));
    assert_eq!(today().assess("9.999999", &once, None), Err(FeeProblem::UnknownProcedure));
    assert_eq!(today().assess("", &once, None), Err(FeeProblem::UnknownProcedure));
}

#[test]
fn further_copies_are_a_line_of_their_own() {
    let asked = Asked { extra_copies: 2, ..Asked::once(Channel::Counter) };
    let married = today().assess("1.000894", &asked, None).expect("an assessment");
    let lines: Vec<(&str, u32, i64)> =
        married.lines.iter().map(|line| (line.fee.as_str(), line.quantity, line.amount.0)).collect();
    assert_eq!(lines, [("ket_hon", 1, 0), ("ban_sao_trich_luc", 2, 16_000)]);
    assert_eq!(married.total, Dong(16_000));
    // Who need not pay for the registration pays for copies all the same.
    let born = today().assess("1.001193", &asked, Some(&claim("dung_han"))).expect("an assessment");
    assert_eq!(born.total, Dong(16_000));
    assert_eq!(today().assess("2.000884", &asked, None), Err(FeeProblem::NoExtraCopies));
}

#[test]
fn an_exemption_needs_a_known_code_and_its_evidence() {
    let cost = |procedure, claim: &Claim| today().assess(procedure, &Asked::once(Channel::Online), Some(claim));
    let child = cost("1.004222", &claim("tre_em")).expect("an assessment");
    let [line] = child.lines.as_slice() else { panic!("one line") };
    assert_eq!((child.total, line.each, line.amount, line.full), (Dong(0), Dong(0), Dong(0), Some(Dong(10_000))));
    let exempt = line.exempt.as_ref().expect("exempt");
    assert!(exempt.words.contains("trẻ em") && exempt.evidence == "Giấy chứng nhận", "{exempt:?}");
    assert!(child.basis.contains(&exempt.basis));
    for evidence in ["", "  "] {
        let bare = Claim { evidence: evidence.to_owned(), ..claim("tre_em") };
        assert_eq!(cost("1.004222", &bare), Err(FeeProblem::EvidenceMissing));
    }
    for (procedure, code) in [("1.004222", "lạ"), ("1.004222", ""), ("2.000815", "ho_ngheo")] {
        assert_eq!(cost(procedure, &claim(code)), Err(FeeProblem::UnknownExemption), "{procedure} {code}");
    }
}

#[test]
fn numbers_begin_at_one_and_end_where_receipts_do() {
    let cost = |pages, copies| today().assess("2.001035", &asked(pages, copies, Channel::Counter), None);
    assert_eq!(cost(0, 1), Err(FeeProblem::NoPages));
    assert_eq!(cost(1, 0), Err(FeeProblem::NoCopies));
    assert_eq!(cost(0, 0), Err(FeeProblem::NoPages));
    assert_eq!(cost(1, u32::MAX).expect("an assessment").total, Dong(214_748_364_750_000));
    let dear = fee_of(Rate::Flat(AMOUNT_MOST), None, FeeUnit::Page);
    let book = FeeBook::of(vec![dear]).expect("a book");
    let most = book.on(day("2026-01-01"), None).assess("x", &asked(u32::MAX, u32::MAX, Channel::Counter), None);
    assert_eq!(most, Err(FeeProblem::TooMuch));
    let all = book.on(day("2026-01-01"), None).assess("x", &asked(1_000, 1_000, Channel::Counter), None);
    assert_eq!(all.expect("an assessment").total, MOST);
}

#[test]
fn lines_of_the_counter_go_by_their_fee() {
    let codes: Vec<&str> = today().counter_lines().map(|fee| fee.code.as_str()).collect();
    assert_eq!(codes, ["cho", "ve_sinh", "sao_chup"]);
    let page = asked(4, 2, Channel::Counter);
    let open = today().assess_fee("sao_chup", &page, None);
    assert!(matches!(open, Err(FeeProblem::NotSet { by: SetBy::Office, .. })), "{open:?}");
    assert_eq!(today().assess_fee("lạ", &page, None), Err(FeeProblem::UnknownFee));
    let set = today().fee("sao_chup").expect("the fee").set_to(
        Rate::Flat(Dong(500)),
        "66",
        "Niêm yết tại quầy",
        day("2026-01-01"),
    );
    let book = FeeBook::shipped().with(vec![set]).expect("a book");
    let cost = book.on(day("2026-11-27"), Some("66")).assess_fee("sao_chup", &page, None).expect("an assessment");
    assert_eq!((cost.lines[0].each, cost.total), (Dong(2_000), Dong(4_000)));
}

#[test]
fn a_procedure_says_when_its_fee_is_due() {
    assert_eq!(today().due_at("2.000635"), Some(DueAt::Submission));
    assert_eq!(today().due_at("2.000815"), Some(DueAt::Collection));
    assert_eq!(today().due_at("9.999999"), None);
}

/// What data of one fee is refused with.
fn refusal(change: impl FnOnce(&mut Fee)) -> Option<FeeDataProblem> {
    let mut fee = fee_of(Rate::Flat(Dong(1_000)), None, FeeUnit::Copy);
    change(&mut fee);
    FeeBook::of(vec![fee]).err()
}

#[test]
fn data_that_makes_no_sense_is_refused() {
    let version = || "phi@2020-01-01".to_owned();
    let tier = |from_page, amount| Tier { from_page, amount: Dong(amount) };
    let by_page = |tiers: Vec<Tier>, cap: Option<i64>| Rate::ByPage { tiers, cap: cap.map(Dong) };
    assert_eq!(refusal(|_| {}), None);
    assert_eq!(refusal(|fee| fee.basis = " ".into()), Some(FeeDataProblem::Blank(version())));
    assert_eq!(
        refusal(|fee| fee.province = Some(String::new())),
        Some(FeeDataProblem::Blank("phi@@2020-01-01".into()))
    );
    for amount in [-1, AMOUNT_MOST.0 + 1] {
        let amount = Rate::Flat(Dong(amount));
        assert_eq!(refusal(|fee| fee.rate = amount), Some(FeeDataProblem::Amount(version())));
    }
    for tiers in [vec![], vec![tier(2, 1)], vec![tier(1, 2), tier(1, 1)], vec![tier(1, 2), tier(5, 1), tier(3, 1)]] {
        let change = |fee: &mut Fee| (fee.unit, fee.rate) = (FeeUnit::Page, by_page(tiers, None));
        assert_eq!(refusal(change), Some(FeeDataProblem::Tiers(version())));
    }
    let of_copies = by_page(vec![tier(1, 1)], None);
    assert_eq!(refusal(|fee| fee.rate = of_copies), Some(FeeDataProblem::Tiers(version())), "copies have no tiers");
    for (rate, online) in [
        (Rate::Flat(Dong(1)), Rate::Flat(Dong(2))),
        (Rate::Open(SetBy::Province), Rate::Flat(Dong(0))),
        (Rate::Flat(Dong(1)), Rate::Open(SetBy::Province)),
        (by_page(vec![tier(1, 5)], None), by_page(vec![tier(1, 1), tier(9, 6)], None)),
        (by_page(vec![tier(1, 5)], Some(10)), by_page(vec![tier(1, 5)], Some(11))),
        (by_page(vec![tier(1, 5)], Some(10)), by_page(vec![tier(1, 4)], None)),
    ] {
        let change = |fee: &mut Fee| (fee.unit, fee.rate, fee.online) = (FeeUnit::Page, rate, Some(online));
        assert_eq!(refusal(change), Some(FeeDataProblem::OnlineDearer(version())));
    }
    assert_eq!(refusal(|fee| fee.valid_to = Some(day("2019-12-31"))), Some(FeeDataProblem::Backward(version())));
    let changes: [fn(&mut Fee); 5] = [
        |fee| fee.exemptions[0].evidence.clear(),
        |fee| fee.exemptions[0].evidence[0].clear(),
        |fee| fee.exemptions[0].words.clear(),
        |fee| fee.exemptions[0].basis.clear(),
        |fee| fee.exemptions.push(fee.exemptions[0].clone()),
    ];
    for change in changes {
        let exemption = "mien".to_owned();
        assert_eq!(refusal(change), Some(FeeDataProblem::Exemption { fee: version(), exemption }));
    }
    let two_times = |fee: &mut Fee| {
        fee.charged_for.push(Charge { due: DueAt::Acceptance, ..fee.charged_for[0].clone() });
    };
    assert_eq!(refusal(two_times), Some(FeeDataProblem::DueDiffers("x".into())));
}

#[test]
fn versions_follow_each_other_without_meeting() {
    let old = Fee { valid_to: Some(day("2024-12-31")), ..fee_of(Rate::Flat(Dong(1_000)), None, FeeUnit::Copy) };
    let new = |from: &str| Fee {
        valid_from: day(from),
        rate: Rate::Flat(Dong(2_000)),
        ..fee_of(Rate::Flat(Dong(0)), None, FeeUnit::Copy)
    };
    let book = FeeBook::of(vec![old.clone(), new("2025-01-01")]).expect("a book");
    let cost = |on: &str| book.on(day(on), None).assess("x", &Asked::once(Channel::Counter), None).expect("one").total;
    assert_eq!((cost("2024-12-31"), cost("2025-01-01")), (Dong(1_000), Dong(2_000)));
    let overlap = FeeBook::of(vec![old, new("2024-12-31")]);
    assert_eq!(overlap, Err(FeeDataProblem::Overlap("phi@2024-12-31".into())));
}

#[test]
fn files_are_read_strictly() {
    let json = |file: &str| matches!(FeeBook::from_json(&[file]), Err(FeeDataProblem::Json(_)));
    for file in ["", "[]", "{}", r#"{"fees": [], "thừa": 1}"#, r#"{"fees": [{"code": "x"}]}"#] {
        assert!(json(file), "{file}");
    }
    let stray = r#"{"fees": [], "exemptions": [{"exemption":
        {"code": "a", "name": "a", "words": "a", "evidence": ["a"], "basis": "a"}, "fees": ["lạ"]}]}"#;
    assert_eq!(FeeBook::from_json(&[stray]), Err(FeeDataProblem::UnknownFee("lạ".into())));
    assert_eq!(FeeBook::from_json(&[r#"{"fees": []}"#]), Ok(FeeBook::default()));
}

#[test]
fn shipped_fees_can_be_kept_and_are_written_in_nfc() {
    for fee in FeeBook::shipped().all() {
        let kept = serde_json::to_string(fee).expect("JSON");
        assert_eq!(serde_json::from_str::<Fee>(&kept).expect("a fee"), *fee);
        assert_eq!(kept, crate::text::nfc(&kept));
        assert_eq!(FeeBook::shipped().get(&fee.version()), Some(fee));
    }
}

#[test]
fn every_procedure_of_the_schedule_has_an_answer_or_says_why_not() {
    let schedule = today();
    let charges = schedule.fees().flat_map(|fee| &fee.charged_for);
    for charge in charges {
        for channel in [Channel::Counter, Channel::Online, Channel::Post] {
            let asked = Asked { case: charge.case.clone(), ..Asked::once(channel) };
            match schedule.assess(&charge.procedure, &asked, None) {
                Ok(told) => assert!(!told.basis.is_empty(), "{charge:?}"),
                Err(FeeProblem::NotSet { by, .. }) => assert_eq!(by, SetBy::Province, "{charge:?}"),
                Err(problem) => panic!("{charge:?}: {problem:?}"),
            }
        }
    }
}

#[test]
fn shipped_procedures_show_what_the_schedule_takes() {
    let (schedule, folder) = (today(), concat!(env!("CARGO_MANIFEST_DIR"), "/../../server/seed/procedures"));
    for file in std::fs::read_dir(folder).expect("the shipped procedures") {
        let text = std::fs::read_to_string(file.expect("a file").path()).expect("text");
        let local = crate::procedure::Procedure::from_json(&text).expect("a procedure").local;
        let charges = schedule.charges(&local.code);
        for shown in &local.fee_lines {
            let is_taken = charges.iter().any(|(fee, _)| match (shown.amount, shown.online_amount) {
                (None, _) => fee.open() == Some(SetBy::Province),
                (Some(amount), None) => fee.rate.amounts().contains(&amount) && fee.online.is_none(),
                (Some(amount), Some(online)) => {
                    fee.rate.amounts().contains(&amount) && fee.online == Some(Rate::Flat(online))
                }
            });
            assert!(is_taken, "{}: {}", local.code, shown.name);
        }
    }
}

/// A fee `phi` of the procedure `x` from 2020 on, with an exemption `mien`.
pub(super) fn fee_of(rate: Rate, online: Option<Rate>, unit: FeeUnit) -> Fee {
    let exemption = Exemption {
        code: "mien".into(),
        name: "Diện miễn".into(),
        words: "Miễn phí.".into(),
        evidence: vec!["Giấy chứng nhận".into()],
        basis: "Luật".into(),
    };
    let charge = Charge { procedure: "x".into(), counts: Counts::Asked, case: None, due: DueAt::Submission };
    Fee {
        code: "phi".into(),
        name: "Phí".into(),
        kind: FeeKind::Phi,
        unit,
        rate,
        online,
        exemptions: vec![exemption],
        basis: "Thông tư".into(),
        valid_from: day("2020-01-01"),
        valid_to: None,
        province: None,
        charged_for: vec![charge],
    }
}
