//! Form numbers, serials, numbers, look-up codes.

use super::*;
use proptest::prelude::*;

#[test]
fn form_numbers_are_read_and_written() {
    for (typed, kind, copies, template, written) in [
        ("01BLP0-001", FormKind::Blank, 0, 1, "01BLP0-001"),
        (" 02blp2-014\n", FormKind::Priced, 2, 14, "02BLP2-014"),
        ("01BLP9-999", FormKind::Blank, 9, 999, "01BLP9-999"),
    ] {
        let form = FormNumber::parse(typed).unwrap();
        assert_eq!((form.kind(), form.copies(), form.template()), (kind, copies, template), "{typed}");
        assert_eq!(form.to_string(), written);
        assert_eq!(FormNumber::new(kind, copies, template), Ok(form));
    }
}

#[test]
fn what_is_no_form_number_is_refused_with_its_reason() {
    for (typed, problem) in [
        ("", FormNumberProblem::Empty),
        ("01BLP0-01", FormNumberProblem::WrongShape),
        ("01BLP0-0011", FormNumberProblem::WrongShape),
        ("01BLP00001", FormNumberProblem::WrongShape),
        ("01GTT0-001", FormNumberProblem::WrongShape),
        ("0xBLP0-001", FormNumberProblem::WrongShape),
        ("01BLPx-001", FormNumberProblem::WrongShape),
        ("01BLP0-0 1", FormNumberProblem::WrongShape),
        ("01BLP0-ă1", FormNumberProblem::WrongShape),
        ("03BLP0-001", FormNumberProblem::UnknownKind),
        ("01BLP0-000", FormNumberProblem::BadTemplate),
    ] {
        assert_eq!(FormNumber::parse(typed), Err(problem), "{typed}");
    }
}

#[test]
fn serials_are_read_and_written() {
    for (typed, year, form, department, written) in [
        ("AA-24E", 2024, SerialForm::Electronic, None, "AA-24E"),
        ("bl-20e ", 2020, SerialForm::Electronic, None, "BL-20E"),
        ("KT-23T", 2023, SerialForm::SelfPrinted, None, "KT-23T"),
        ("XY-19P", 2019, SerialForm::PrintedAhead, None, "XY-19P"),
        ("01AA-25P", 2025, SerialForm::PrintedAhead, Some(1), "01AA-25P"),
    ] {
        let serial = Serial::parse(typed).unwrap();
        assert_eq!((serial.year(), serial.form(), serial.department()), (year, form, department), "{typed}");
        assert_eq!(serial.to_string(), written);
    }
}

#[test]
fn what_is_no_serial_is_refused_with_its_reason() {
    for (typed, problem) in [
        (" ", SerialProblem::Empty),
        ("AA-26", SerialProblem::WrongLength { characters: 5 }),
        ("1AA-26P", SerialProblem::WrongLength { characters: 7 }),
        ("AF-26E", SerialProblem::BadLetter('F')),
        ("WA-26E", SerialProblem::BadLetter('W')),
        ("ĐA-26E", SerialProblem::BadLetter('Đ')),
        ("A1-26E", SerialProblem::BadLetter('1')),
        ("AA26-E", SerialProblem::NoHyphen),
        ("AA-2xE", SerialProblem::BadYear),
        ("AA-26H", SerialProblem::UnknownForm('H')),
        ("00AA-26P", SerialProblem::BadDepartment),
        ("xxAA-26P", SerialProblem::BadDepartment),
        ("01AA-26E", SerialProblem::DepartmentWithoutBook),
    ] {
        assert_eq!(Serial::parse(typed), Err(problem), "{typed}");
    }
}

#[test]
fn serials_have_twenty_letters() {
    let allowed: Vec<char> = ('A'..='Z').filter(|c| Serial::parse(&format!("{c}{c}-26E")).is_ok()).collect();
    assert_eq!(allowed.iter().collect::<String>(), "ABCDEGHKLMNPQRSTUVXY");
    assert_eq!(allowed.len(), 20);
}

#[test]
fn an_electronic_serial_belongs_to_its_year_and_a_printed_one_is_used_up() {
    let (electronic, printed) = (Serial::parse("AA-26E").unwrap(), Serial::parse("AA-26P").unwrap());
    for (on, electronic_holds, printed_holds) in [
        ("2025-12-31", false, false),
        ("2026-01-01", true, true),
        ("2026-12-31", true, true),
        ("2027-01-01", false, true),
    ] {
        assert_eq!(electronic.holds_on(day(on)), electronic_holds, "{on}");
        assert_eq!(printed.holds_on(day(on)), printed_holds, "{on}");
    }
}

#[test]
fn an_electronic_receipt_has_no_sheets_and_a_printed_one_has() {
    let of = |form: &str, serial: &str| Series::new(FormNumber::parse(form).unwrap(), Serial::parse(serial).unwrap());
    assert!(of("01BLP0-001", "AA-26E").is_ok() && of("01BLP2-001", "AA-26P").is_ok());
    assert_eq!(of("01BLP2-001", "AA-26E"), Err(SeriesProblem::SheetsOfElectronic));
    assert_eq!(of("01BLP0-001", "AA-26T"), Err(SeriesProblem::PaperWithoutSheets));
}

#[test]
fn numbers_have_seven_digits_and_an_end() {
    assert_eq!(number(123).to_string(), "0000123");
    assert_eq!(ReceiptNumber::parse("0000123"), Ok(number(123)));
    assert_eq!(ReceiptNumber::parse(" 123 "), Ok(number(123)));
    for none in ["", "0", "0000000", "00000001", "-1", "+1", "1.0", "１"] {
        assert_eq!(ReceiptNumber::parse(none), Err(NotAReceiptNumber), "{none}");
    }
    assert_eq!(ReceiptNumber::new(10_000_000), Err(NotAReceiptNumber));
    assert_eq!(number(9_999_998).next(), Some(ReceiptNumber::LAST));
    assert_eq!(ReceiptNumber::LAST.next(), None);
}

#[test]
fn the_next_number_follows_the_last_in_time_and_year() {
    let morning = at("2026-11-27T09:00");
    let first = series().take(None, morning).unwrap();
    assert_eq!(first, Taken { number: number(1), at: morning });
    assert_eq!(series().take(Some(first), morning).unwrap().number, number(2), "two within one moment");
    assert_eq!(series().take(Some(first), morning.plus_ms(-1)), Err(NumberRefusal::BeforeTheLast { last: first }));
    assert_eq!(
        series().take(Some(first), at("2027-01-01T00:00")),
        Err(NumberRefusal::SerialOfAnotherYear { year: 2026, day: day("2027-01-01") })
    );
    let used_up = Taken { number: ReceiptNumber::LAST, at: morning };
    assert_eq!(series().take(Some(used_up), morning), Err(NumberRefusal::UsedUp));
}

#[test]
fn a_later_number_with_an_earlier_moment_is_found() {
    let taken = |value: u32, minute: i64| Taken { number: number(value), at: Instant(minute * 60_000) };
    let (one, two, three, four) = (taken(1, 5), taken(2, 9), taken(3, 7), taken(4, 8));
    assert_eq!(out_of_order(&[one, two]), []);
    assert_eq!(
        out_of_order(&[four, three, two, one]),
        [OutOfOrder { before: two, after: three }, OutOfOrder { before: two, after: four }]
    );
}

#[test]
fn a_look_up_code_is_read_as_it_is_copied() {
    let code = ReceiptLookupCode::from_random([0x12, 0x34, 0x56, 0x78, 0x9a, 0xbc, 0xde]);
    assert_eq!(code.as_str().len(), 12);
    assert_eq!(code.grouped().len(), 14);
    assert_eq!(ReceiptLookupCode::parse(&code.grouped().to_lowercase()), Ok(code.clone()));
    assert_eq!(format!("{code:?}"), "ReceiptLookupCode(••••)");
    assert_eq!(ReceiptLookupCode::parse(" - "), Err(ReceiptLookupCodeProblem::Empty));
    assert_eq!(ReceiptLookupCode::parse("7K3U"), Err(ReceiptLookupCodeProblem::BadCharacter('U')));
    assert_eq!(ReceiptLookupCode::parse("7K3M"), Err(ReceiptLookupCodeProblem::WrongLength { characters: 4 }));
    let zeros = ReceiptLookupCode::from_random([0; 7]);
    assert_eq!(ReceiptLookupCode::parse("OOOO-OOOO-OOOO"), Ok(zeros));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_number_of_a_series_is_given_twice_and_none_is_left_out(waits in prop::collection::vec(-3i64..1000, 1..80)) {
        let mut taken: Vec<Taken> = Vec::new();
        let mut now = at("2026-12-31T23:59");
        for wait in waits {
            now = now.plus_ms(wait);
            // A refused take takes nothing: the next one gets the number that this one did not.
            if let Ok(next) = series().take(taken.last().copied(), now) {
                taken.push(next);
            }
        }
        let numbers: Vec<u32> = taken.iter().map(|one| one.number.value()).collect();
        let whole: Vec<u32> = (1..).take(numbers.len()).collect();
        prop_assert_eq!(numbers, whole);
        prop_assert!(out_of_order(&taken).is_empty());
        prop_assert!(taken.iter().all(|one| one.at.day().year() == 2026));
    }

    #[test]
    fn what_is_written_is_read_back(
        kind in prop::sample::select(FormKind::ALL), copies in 0u8..10, template in 1u16..1000,
        value in 1u32..10_000_000,
        serial in "([0-9][1-9][ABCDEGHKLMNPQRSTUVXY]{2}-[0-9]{2}P|[ABCDEGHKLMNPQRSTUVXY]{2}-[0-9]{2}[ETP])",
    ) {
        let form = FormNumber::new(kind, copies, template).unwrap();
        prop_assert_eq!(form.to_string().len(), 10);
        prop_assert_eq!(FormNumber::parse(&form.to_string()), Ok(form));
        prop_assert_eq!(Serial::parse(&serial).unwrap().to_string(), serial.clone());
        let receipt = ReceiptRef {
            series: Series { form, serial: Serial::parse(&serial).unwrap() },
            number: number(value),
        };
        let kept = serde_json::to_string(&receipt).unwrap();
        prop_assert_eq!(serde_json::from_str::<ReceiptRef>(&kept).unwrap(), receipt);
    }

    #[test]
    fn no_text_makes_a_parser_panic(text in prop_oneof!["\\PC{0,40}", "[0-9A-Z -]{0,12}"]) {
        let _ = ReceiptNumber::parse(&text);
        let _ = ReceiptLookupCode::parse(&text);
        if let Ok(form) = FormNumber::parse(&text) {
            prop_assert_eq!(FormNumber::parse(&form.to_string()), Ok(form));
        }
        if let Ok(serial) = Serial::parse(&text) {
            prop_assert_eq!(Serial::parse(&serial.to_string()), Ok(serial));
        }
    }

    #[test]
    fn every_look_up_code_reads_back_and_one_wrong_character_is_found(
        bytes in any::<[u8; 7]>(), at in 0usize..12, by in 1u8..32,
    ) {
        use crate::code::crockford;
        let code = ReceiptLookupCode::from_random(bytes);
        prop_assert_eq!(ReceiptLookupCode::parse(&code.grouped()), Ok(code.clone()));
        let mut wrong: Vec<char> = code.as_str().chars().collect();
        wrong[at] = crockford::character(crockford::value(wrong[at]).unwrap() + by);
        let typed: String = wrong.into_iter().collect();
        prop_assert_eq!(ReceiptLookupCode::parse(&typed), Err(ReceiptLookupCodeProblem::WrongCheck));
    }
}
