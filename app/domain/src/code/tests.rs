use super::*;
use crate::{
    organ::{OrganId, OrganIdProblem},
    time::Day,
};
use proptest::prelude::*;

fn organ(text: &str) -> OrganId {
    OrganId::normalize(text).unwrap()
}

#[test]
fn real_codes_of_both_forms_are_read() {
    for (typed, agency, date, sequence, form) in [
        ("H15.50.05.13-261008-0975", "H15.50.05.13", "2026-10-08", "0975", CaseCodeForm::Current),
        ("G22.99-251225-020175", "G22.99", "2025-12-25", "020175", CaseCodeForm::Current),
        ("H45-240229-0001", "H45", "2024-02-29", "0001", CaseCodeForm::Current),
        ("000.18.45.H45-240315-0007", "H45.45.18", "2024-03-15", "0007", CaseCodeForm::Legacy),
        ("  h15.50.05.13-261008-0975\n", "H15.50.05.13", "2026-10-08", "0975", CaseCodeForm::Current),
        ("H15.50-261008-1234567", "H15.50", "2026-10-08", "1234567", CaseCodeForm::Current),
    ] {
        let code = CaseCode::parse(typed).unwrap();
        assert_eq!(code.organ().as_str(), agency, "{typed}");
        assert_eq!((code.day().to_string().as_str(), code.sequence(), code.form()), (date, sequence, form), "{typed}");
        assert_eq!(code.to_string(), typed.trim().to_uppercase());
    }
    let legacy = CaseCode::parse("000.18.45.H45-240315-0007").unwrap();
    assert_eq!(legacy.organ().original(), "000.18.45.H45");
}

#[test]
fn what_is_no_code_is_refused_with_its_reason() {
    for (typed, problem) in [
        (" ", CaseCodeProblem::Empty),
        ("H15.50.05.13", CaseCodeProblem::NotThreeParts),
        ("H15-261008-0001-1", CaseCodeProblem::NotThreeParts),
        ("15.50-261008-0001", CaseCodeProblem::Organ(OrganIdProblem::NoTopLevel)),
        ("H15.50.05.13.01-261008-0001", CaseCodeProblem::Organ(OrganIdProblem::TooManyLevels)),
        ("28.22.H17-261008-0001", CaseCodeProblem::OrganLayout),
        ("H15 -261008-0001", CaseCodeProblem::OrganLayout),
        ("H15.50-260230-0001", CaseCodeProblem::BadDate),
        ("H15.50-250229-0001", CaseCodeProblem::BadDate),
        ("H15.50-261301-0001", CaseCodeProblem::BadDate),
        ("H15.50-26108-0001", CaseCodeProblem::BadDate),
        ("H15.50-２６1008-0001", CaseCodeProblem::BadDate),
        ("H15.50-261008-001", CaseCodeProblem::BadSequence),
        ("H15.50-261008-00000001", CaseCodeProblem::BadSequence),
        ("H15.50-261008-00a1", CaseCodeProblem::BadSequence),
        ("000.18.45.H45-240315-00007", CaseCodeProblem::BadSequence),
    ] {
        assert_eq!(CaseCode::parse(typed), Err(problem), "{typed}");
    }
}

#[test]
fn a_new_code_has_four_digits_and_widens_past_9999_without_starting_again() {
    let day: Day = "2026-11-23".parse().unwrap();
    let new = |sequence| CaseCode::new(&organ("H15.50.05.13"), day, sequence).map(|code| code.to_string());
    assert_eq!(new(7).unwrap(), "H15.50.05.13-261123-0007");
    assert_eq!(new(9999).unwrap(), "H15.50.05.13-261123-9999");
    assert_eq!(new(10_000).unwrap(), "H15.50.05.13-261123-10000");
    assert_eq!(new(9_999_999).unwrap(), "H15.50.05.13-261123-9999999");
    assert_eq!(new(10_000_000), Err(CaseCodeProblem::BadSequence));
    assert_eq!(new(0), Err(CaseCodeProblem::BadSequence));
    let long_ago = "1999-12-31".parse().unwrap();
    assert_eq!(CaseCode::new(&organ("H45"), long_ago, 1), Err(CaseCodeProblem::BadDate));
    // An agency known by its old layout still gets codes of the current form.
    assert_eq!(CaseCode::new(&organ("000.18.45.H45"), day, 1).unwrap().to_string(), "H45.45.18-261123-0001");
}

#[test]
fn a_temporary_code_survives_copying_by_hand() {
    let code = TemporaryCode::from_random([0x12, 0x34, 0x56, 0x78, 0x9A]);
    assert_eq!(code.as_str().len(), 11);
    let written = code.as_str();
    for copy in [
        written.to_lowercase(),
        written.replace('-', ""),
        format!(" {} ", written.replace('0', "O").replace('1', "l")),
        written.replace('1', "I"),
    ] {
        assert_eq!(TemporaryCode::parse(&copy).as_ref(), Ok(&code), "{copy}");
    }
    assert_eq!(TemporaryCode::from_random([0; 5]).as_str(), "T-000000000");
    assert_eq!(TemporaryCode::parse("T-000000001"), Err(TemporaryCodeProblem::WrongCheck));
    assert_eq!(TemporaryCode::parse("X-000000000"), Err(TemporaryCodeProblem::NoPrefix));
    assert_eq!(TemporaryCode::parse("T-0000"), Err(TemporaryCodeProblem::WrongLength { characters: 4 }));
    assert_eq!(TemporaryCode::parse("T-00000000U"), Err(TemporaryCodeProblem::BadCharacter('U')));
    assert_eq!(TemporaryCode::parse(""), Err(TemporaryCodeProblem::Empty));
}

#[test]
fn a_look_up_code_forgives_what_looks_alike() {
    let code = LookupCode::from_random([0, 1, 31, 32 + 10]);
    assert_eq!(code.as_str(), "01ZA");
    for copy in ["01za", "OlZA", " o i z a ", "01-ZA"] {
        assert_eq!(LookupCode::parse(copy).as_ref(), Ok(&code), "{copy}");
    }
    assert_eq!(LookupCode::parse(""), Err(LookupCodeProblem::Empty));
    assert_eq!(LookupCode::parse("01Z"), Err(LookupCodeProblem::WrongLength { characters: 3 }));
    assert_eq!(LookupCode::parse("01ZU"), Err(LookupCodeProblem::BadCharacter('U')));
    assert!(!format!("{code:?}").contains("01ZA"));
}

proptest! {
    #[test]
    fn every_new_code_reads_back(n in 10_957i32..47_481, sequence in 1u32..=9_999_999, agency in "[A-Z][0-9]{2}(\\.[0-9]{1,3}){0,3}") {
        let code = CaseCode::new(&organ(&agency), Day(n), sequence).unwrap();
        prop_assert_eq!(code.sequence().parse::<u32>(), Ok(sequence));
        prop_assert_eq!(CaseCode::parse(&code.to_string().to_lowercase()), Ok(code));
    }

    #[test]
    fn no_text_makes_a_parser_panic(text in prop_oneof!["\\PC{0,40}", "[A-Z0-9.-]{0,30}"]) {
        if let Ok(code) = CaseCode::parse(&text) {
            prop_assert_eq!(CaseCode::parse(code.as_str()), Ok(code));
        }
        let _ = TemporaryCode::parse(&text);
        let _ = LookupCode::parse(&text);
    }

    #[test]
    fn every_temporary_code_reads_back_and_one_wrong_character_is_found(bytes in any::<[u8; 5]>(), at in 2usize..11, by in 1u8..32) {
        let code = TemporaryCode::from_random(bytes);
        prop_assert_eq!(TemporaryCode::parse(code.as_str()), Ok(code.clone()));
        let mut wrong: Vec<char> = code.as_str().chars().collect();
        wrong[at] = crockford::character(crockford::value(wrong[at]).unwrap() + by);
        prop_assert_eq!(TemporaryCode::parse(&wrong.iter().collect::<String>()), Err(TemporaryCodeProblem::WrongCheck));
    }
}
