// long because every vector of numbers, cards, phones and dates stands in one place.
use super::*;
use crate::time::Day;
use proptest::prelude::*;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

const TODAY: &str = "2026-11-23";

#[test]
fn a_citizen_number_tells_province_sex_and_birth_year() {
    for (number, province, sex, year) in [
        ("054090123456", "Phú Yên", Sex::Male, 1990),
        ("054190123456", "Phú Yên", Sex::Female, 1990),
        ("054205000123", "Phú Yên", Sex::Male, 2005),
        ("066312000001", "Đắk Lắk", Sex::Female, 2012),
        ("001 090.123-456", "Hà Nội", Sex::Male, 1990),
        ("096099999999", "Cà Mau", Sex::Male, 1999),
    ] {
        let facts = CitizenId::parse(number).unwrap().facts(day(TODAY));
        let expected = CitizenIdFacts { province: Some(province), sex, birth_year: year, warnings: vec![] };
        assert_eq!(facts, expected, "{number}");
    }
}

#[test]
fn an_unknown_province_and_a_birth_after_today_are_warnings_only() {
    let facts = CitizenId::parse("003227000001").unwrap().facts(day(TODAY));
    assert_eq!(facts.province, None);
    assert_eq!((facts.sex, facts.birth_year), (Sex::Male, 2027));
    assert_eq!(facts.warnings, [CitizenIdWarning::UnknownProvince, CitizenIdWarning::BirthYearInFuture]);
    assert_eq!(CitizenId::parse("054226000001").unwrap().facts(day(TODAY)).warnings, []);
    assert_eq!(CitizenId::parse("054899000001").unwrap().birth_year(), 2399);
}

#[test]
fn what_is_no_citizen_number_is_refused_with_its_reason() {
    for (typed, problem) in [
        ("", CitizenIdProblem::Empty),
        (" .- ", CitizenIdProblem::Empty),
        ("05419012345", CitizenIdProblem::WrongLength { digits: 11 }),
        ("0541901234567", CitizenIdProblem::WrongLength { digits: 13 }),
        ("221234567", CitizenIdProblem::WrongLength { digits: 9 }),
        ("05419012345a", CitizenIdProblem::NotDigits),
        ("０５４１９０１２３４５６", CitizenIdProblem::NotDigits),
        ("054/190/123456", CitizenIdProblem::NotDigits),
        ("000000000000", CitizenIdProblem::AllSameDigit),
        ("777777777777", CitizenIdProblem::AllSameDigit),
    ] {
        assert_eq!(CitizenId::parse(typed), Err(problem), "{typed}");
    }
}

#[test]
fn made_up_people_are_known_on_a_demonstration_only() {
    let id = CitizenId::parse("998190000001").unwrap();
    assert_eq!(id.facts(day(TODAY)).warnings, [CitizenIdWarning::UnknownProvince]);
    let shown = id.facts_in(Demo::Yes, day(TODAY));
    assert!(shown.province.is_some() && shown.warnings.is_empty());
}

#[test]
fn a_number_that_disagrees_with_the_form_warns() {
    let id = CitizenId::parse("054190123456").unwrap();
    let birth = PartialDate::parse("05/01/1991").unwrap();
    assert_eq!(
        id.check_against(Some(Sex::Male), Some(birth)),
        [
            CitizenIdWarning::SexDiffers { number_says: Sex::Female },
            CitizenIdWarning::BirthYearDiffers { number_says: 1990 },
        ]
    );
    assert_eq!(id.check_against(Some(Sex::Female), PartialDate::parse("1990").ok()), []);
    assert_eq!(id.check_against(None, None), []);
}

#[test]
fn personal_numbers_show_masked_in_lists_and_logs() {
    let id = CitizenId::parse("054090123456").unwrap();
    assert_eq!(id.masked(), "0540••••••56");
    assert_eq!(format!("{id:?}"), "CitizenId(0540••••••56)");
    assert_eq!(Phone::parse("0905123456").unwrap().masked(), "09•• ••• 456");
    assert_eq!(OldIdNumber::parse("221 234 567").unwrap().masked(), "221•••••7");
    assert_eq!(Passport::parse("b1234567").unwrap().masked(), "B••••567");
}

#[test]
fn the_shipped_lists_are_complete() {
    assert_eq!(BirthProvince::all().iter().filter(|province| !province.demo).count(), 63);
    assert!(BirthProvince::all().iter().all(|province| province.code.len() == 3));
    assert_eq!(EthnicGroup::all().len(), 55);
    for (at, group) in EthnicGroup::all().iter().enumerate() {
        assert_eq!(group.code, format!("{:02}", at + 1));
    }
    for (code, name) in [("12", "Ê Đê"), ("13", "Ba Na"), ("17", "Chăm"), ("1", "Kinh"), ("54", "Rơ Măm")] {
        assert_eq!(EthnicGroup::of_code(code).unwrap().name, name);
    }
    assert_eq!(EthnicGroup::of_name("ê-đê").unwrap().code, "12");
    assert_eq!(EthnicGroup::of_name("Ra glai").unwrap().code, "21");
    assert_eq!(EthnicGroup::of_code(EthnicGroup::FOREIGNER).unwrap().code, "55");
    assert_eq!(EthnicGroup::of_code("56"), None);
}

#[test]
fn a_person_may_add_a_local_group_to_the_official_one() {
    let identity = EthnicIdentity::parse("17", " H'roi ").unwrap();
    assert_eq!((identity.code.as_str(), identity.local_group.as_deref()), ("17", Some("H'roi")));
    assert_eq!(EthnicIdentity::parse("1", "").unwrap().local_group, None);
    assert_eq!(EthnicIdentity::parse("00", ""), Err(EthnicIdentityProblem::UnknownCode));
}

#[test]
fn names_of_every_local_people_are_kept_as_typed() {
    for name in [
        "La O Thị Tím",
        "Trần Quốc Huy",
        "H'Ƀlŭ Ksơr Niê",
        "H’Lan",
        "H\u{02BC}Lan Niê Kđăm",
        "Y Ñơ̆m Êban",
        "Bô̆k Ê̆nuôl",
        "Mang",
        "Ô",
        "Nguyễn-Lê Anna Müller",
    ] {
        assert_eq!(FullName::parse(name).unwrap().as_str(), name);
    }
    assert_eq!(FullName::parse("  La  O\u{A0}Thị Tím ").unwrap().as_str(), "La O Thị Tím");
    assert_eq!(FullName::parse("\u{D0}inh Thị \u{D0}ào").unwrap().as_str(), "Đinh Thị Đào");
}

#[test]
fn papers_print_names_in_capitals() {
    for (name, upper) in [
        ("La O Thị Tím", "LA O THỊ TÍM"),
        ("H'ƀlŭ Ksơr Niê", "H'ɃLŬ KSƠR NIÊ"),
        ("đặng thị đào", "ĐẶNG THỊ ĐÀO"),
        ("Ñơ̆m ê̆ban ĭ", "ÑƠ̆M Ê̆BAN Ĭ"),
    ] {
        assert_eq!(FullName::parse(name).unwrap().upper(), upper);
    }
}

#[test]
fn what_is_no_name_is_refused_with_its_reason() {
    for (typed, problem) in [
        ("  ", NameProblem::Empty),
        ("Nguyễn Văn 2", NameProblem::Digit),
        ("Lan <b>", NameProblem::Symbol('<')),
        ("Lan, Hoa", NameProblem::Symbol(',')),
        ("Lan - Hoa", NameProblem::Symbol('-')),
        ("'", NameProblem::Symbol('\'')),
        ("Lan 🙂", NameProblem::Symbol('🙂')),
        ("王小明", NameProblem::NotLatin('王')),
        ("Иван", NameProblem::NotLatin('И')),
        ("NguyÔn V¨n An", NameProblem::LegacyEncoding),
        ("Nguyeãn Vaên An", NameProblem::LegacyEncoding),
    ] {
        assert_eq!(FullName::parse(typed), Err(problem), "{typed}");
    }
    assert_eq!(FullName::parse(&"a".repeat(101)), Err(NameProblem::TooLong { letters: 101 }));
    assert!(FullName::parse(&"ơ̆".repeat(100)).is_ok());
    assert!(FullName::parse(&format!("a{}", "\u{301}".repeat(9))).is_err());
}

#[test]
fn phone_numbers_have_one_stored_form_however_typed() {
    for (typed, stored, shown) in [
        ("0905123456", "+84905123456", "0905 123 456"),
        ("0905 123 456", "+84905123456", "0905 123 456"),
        ("+84 905.123.456", "+84905123456", "0905 123 456"),
        ("+84 (0)905-123-456", "+84905123456", "0905 123 456"),
        ("84905123456", "+84905123456", "0905 123 456"),
        ("0084905123456", "+84905123456", "0905 123 456"),
        ("0841234567", "+84841234567", "0841 234 567"),
        ("01651234567", "+84351234567", "0351 234 567"),
        ("01201234567", "+84701234567", "0701 234 567"),
        ("01291234567", "+84821234567", "0821 234 567"),
        ("01991234567", "+84591234567", "0591 234 567"),
        ("+84 165 123 4567", "+84351234567", "0351 234 567"),
        ("(0257) 3822123", "+842573822123", "0257 3822 123"),
        ("02623822123", "+842623822123", "0262 3822 123"),
        ("05003822123", "+842623822123", "0262 3822 123"),
        ("02438221234", "+842438221234", "024 3822 1234"),
    ] {
        let phone = Phone::parse(typed).unwrap();
        assert_eq!((phone.as_str(), phone.display().as_str()), (stored, shown), "{typed}");
        assert_eq!(Phone::parse(phone.as_str()).as_ref(), Ok(&phone));
        assert_eq!(Phone::parse(&phone.display()).as_ref(), Ok(&phone));
    }
    assert!(Phone::parse("0905123456").unwrap().is_mobile());
    assert!(!Phone::parse("02573822123").unwrap().is_mobile());
}

#[test]
fn every_prefix_that_was_shortened_in_2018_has_its_new_one() {
    let renumbered = [
        ("0120", "070"),
        ("0121", "079"),
        ("0122", "077"),
        ("0126", "076"),
        ("0128", "078"),
        ("0123", "083"),
        ("0124", "084"),
        ("0125", "085"),
        ("0127", "081"),
        ("0129", "082"),
        ("0162", "032"),
        ("0163", "033"),
        ("0164", "034"),
        ("0165", "035"),
        ("0166", "036"),
        ("0167", "037"),
        ("0168", "038"),
        ("0169", "039"),
        ("0186", "056"),
        ("0188", "058"),
        ("0199", "059"),
    ];
    for (old, new) in renumbered {
        let phone = Phone::parse(&format!("{old}1234567"));
        assert_eq!(phone.map(|phone| phone.national()), Ok(format!("{new}1234567")), "{old}");
    }
    assert_eq!(Phone::national_of("+84905123456"), "0905123456");
    assert_eq!(Phone::national_of(""), "");
    assert_eq!(Phone::national_of("máy bàn 84"), "máy bàn 84");
}

#[test]
fn what_is_no_phone_number_is_refused_with_its_reason() {
    for (typed, problem) in [
        ("", PhoneProblem::Empty),
        ("+", PhoneProblem::NotDigits),
        ("gọi chị Lan", PhoneProblem::NotDigits),
        ("090512345", PhoneProblem::WrongLength { digits: 9 }),
        ("09051234567", PhoneProblem::WrongLength { digits: 11 }),
        ("0257382212", PhoneProblem::WrongLength { digits: 10 }),
        ("1022", PhoneProblem::WrongLength { digits: 4 }),
        ("0605123456", PhoneProblem::UnknownPrefix),
        ("01111234567", PhoneProblem::UnknownPrefix),
        ("+1 202 555 0100", PhoneProblem::Foreign),
    ] {
        assert_eq!(Phone::parse(typed), Err(problem), "{typed}");
    }
}

#[test]
fn a_date_of_birth_may_lack_day_and_month() {
    for (typed, shown, stored) in [
        ("1950", "1950", "1950"),
        ("3/1950", "03/1950", "1950-03"),
        ("03/1950", "03/1950", "1950-03"),
        ("5/1/1950", "05/01/1950", "1950-01-05"),
        ("05-01-1950", "05/01/1950", "1950-01-05"),
        ("5.1.1950", "05/01/1950", "1950-01-05"),
        ("05 01 1950", "05/01/1950", "1950-01-05"),
        ("05011950", "05/01/1950", "1950-01-05"),
        ("1950-01-05", "05/01/1950", "1950-01-05"),
        ("29/02/2024", "29/02/2024", "2024-02-29"),
    ] {
        let date = PartialDate::parse(typed).unwrap();
        assert_eq!((date.to_string().as_str(), date.stored().as_str()), (shown, stored), "{typed}");
    }
}

#[test]
fn what_is_no_date_of_birth_is_refused_with_its_reason() {
    for (typed, problem) in [
        ("", PartialDateProblem::Empty),
        ("50", PartialDateProblem::YearOutOfRange),
        ("1/1/50", PartialDateProblem::YearOutOfRange),
        ("1799", PartialDateProblem::YearOutOfRange),
        ("13/1950", PartialDateProblem::MonthOutOfRange),
        ("30/02/1950", PartialDateProblem::NoSuchDay),
        ("29/02/2023", PartialDateProblem::NoSuchDay),
        ("0/1/1950", PartialDateProblem::NoSuchDay),
        ("năm 1950", PartialDateProblem::NotNumbers),
        ("1/2/3/1950", PartialDateProblem::NotNumbers),
    ] {
        assert_eq!(PartialDate::parse(typed), Err(problem), "{typed}");
    }
    assert_eq!(PartialDate::parse_fields("5", "", "1950"), Err(PartialDateProblem::MonthMissing));
    assert_eq!(PartialDate::parse_fields("5", "1", ""), Err(PartialDateProblem::YearMissing));
    assert_eq!(PartialDate::parse_fields(" ", "", ""), Err(PartialDateProblem::Empty));
    assert_eq!(PartialDate::parse_fields("", "3", "1950"), Ok(PartialDate::YearMonth(1950, 3)));
}

#[test]
fn age_is_a_range_when_the_birthday_is_unknown() {
    let age = |born: &str, on: &str| PartialDate::parse(born).unwrap().age_on(day(on)).map(|age| (age.min, age.max));
    assert_eq!(age("23/11/2008", "2026-11-23"), Some((18, 18)));
    assert_eq!(age("24/11/2008", "2026-11-23"), Some((17, 17)));
    assert_eq!(age("2008", "2026-11-23"), Some((17, 18)));
    assert_eq!(age("11/2008", "2026-11-23"), Some((17, 18)));
    assert_eq!(age("10/2008", "2026-11-23"), Some((18, 18)));
    assert_eq!(age("29/02/2008", "2026-02-28"), Some((17, 17)));
    assert_eq!(age("29/02/2008", "2026-03-01"), Some((18, 18)));
    assert_eq!(age("2026", "2026-11-23"), Some((0, 0)));
    assert_eq!(age("24/11/2026", "2026-11-23"), None);
    assert!(PartialDate::parse("2027").unwrap().is_after(day(TODAY)));
    assert!(!PartialDate::parse("2026").unwrap().is_after(day(TODAY)));
}

const CARD: &str =
    "054190123456|221234567|Sô Thị Lan|05011990|Nữ|Thôn Xí Thoại, Xuân Lãnh, Đồng Xuân, Phú Yên|01072021";

#[test]
fn the_code_of_a_card_is_read_with_seven_fields_or_more() {
    let card = IdCard::parse(CARD).unwrap();
    assert_eq!(card.citizen_id.as_str(), "054190123456");
    assert_eq!(card.old_id.as_ref().map(OldIdNumber::as_str), Some("221234567"));
    assert_eq!(card.name.as_str(), "Sô Thị Lan");
    assert_eq!(card.birth, PartialDate::parse("05/01/1990").ok());
    assert_eq!(card.sex, Some(Sex::Female));
    assert_eq!(card.address, "Thôn Xí Thoại, Xuân Lãnh, Đồng Xuân, Phú Yên");
    assert_eq!(card.issued, Some(day("2021-07-01")));
    assert!(card.further.is_empty());

    let later =
        IdCard::parse("\u{FEFF}054190123456||H'Ƀlŭ Niê|00001990|Nữ|Xã Xuân Lãnh, Đắk Lắk|01082025||Y Moan|H'Lan|\r\n")
            .unwrap();
    assert_eq!((later.old_id, later.birth), (None, Some(PartialDate::Year(1990))));
    assert_eq!(later.further, ["", "Y Moan", "H'Lan", ""]);

    let highland = IdCard::parse("054090123456||Y Bar Niê|05011990|Nam|Buôn Ma Thuột|01072021").unwrap();
    assert_eq!(highland.name.as_str(), "Y Bar Niê");
}

#[test]
fn what_is_no_card_is_refused_with_its_reason() {
    assert_eq!(IdCard::parse(" \n"), Err(IdCardProblem::Empty));
    assert_eq!(IdCard::parse("https://example.vn/|a|b"), Err(IdCardProblem::NotACard));
    assert_eq!(IdCard::parse("054190123456"), Err(IdCardProblem::NotACard));
    assert_eq!(
        IdCard::parse("05419012345||A|05011990|Nam|B|01072021"),
        Err(IdCardProblem::CitizenId(CitizenIdProblem::WrongLength { digits: 11 }))
    );
    assert_eq!(
        IdCard::parse("054190123456||A @|05011990|Nam|B|01072021"),
        Err(IdCardProblem::Name(NameProblem::Symbol('@')))
    );
}

#[test]
fn a_scan_through_a_vietnamese_keyboard_is_recognised_and_its_numbers_are_kept() {
    let legible = LegibleFields {
        citizen_id: CitizenId::parse("054190123456").ok(),
        old_id: OldIdNumber::parse("221234567").ok(),
        birth: PartialDate::parse("05/01/1990").ok(),
        sex: Some(Sex::Female),
        issued: Some(day("2021-07-01")),
    };
    for scanned in [
        "054190123456|221234567|Soo Thij Lan|05011990|Nuwx|Thoon Xis Thoaij, Xuaan Lanhx|01072021",
        "054190123456|221234567|Mang Thij Las|05011990|Nuwx|Xis|01072021",
        "054190123456|221234567|So6 Thi5 Lan|05011990|Nu74|Xi1 Thoai5|01072021",
        "054190123456|221234567|S\u{FFFD} Th\u{FFFD} Lan|05011990|N\u{FFFD}|Xu\u{FFFD}n L\u{FFFD}nh|01072021",
        "054190123456Ư221234567ƯSô Thị LanƯ05011990ƯNữƯXuân LãnhƯ01072021",
        "054190123456}221234567}Sô Thị Lan}05011990}Nữ}Xuân Lãnh}01072021",
    ] {
        assert_eq!(IdCard::parse(scanned), Err(IdCardProblem::MangledByTelex(Box::new(legible.clone()))), "{scanned}");
    }
}

#[test]
fn other_papers_are_read_too() {
    assert!(Passport::parse("B1234567").unwrap().looks_vietnamese());
    assert!(Passport::parse(" p 01234567 ").unwrap().looks_vietnamese());
    assert!(!Passport::parse("AB123456").unwrap().looks_vietnamese());
    assert_eq!(Passport::parse("ABCDEFG"), Err(PassportProblem::NoDigit));
    assert_eq!(Passport::parse("1234"), Err(PassportProblem::WrongLength { characters: 4 }));
    assert_eq!(OldIdNumber::parse("22123456"), Err(OldIdNumberProblem::WrongLength { digits: 8 }));
    assert_eq!(Sex::from_card("NỮ"), Some(Sex::Female));
    assert_eq!(Sex::from_key(Sex::Male.key()), Some(Sex::Male));
}

proptest! {
    #[test]
    fn no_text_makes_a_parser_panic(text in prop_oneof!["\\PC{0,40}", "[0-9+ .()-]{0,20}", "[0-9A-Za-zơữ|\\[\\]{}]{0,80}"]) {
        let _ = CitizenId::parse(&text).map(|id| (id.masked(), id.facts(Day(20_000)), id.check_against(Some(Sex::Male), None)));
        let _ = OldIdNumber::parse(&text).map(|number| number.masked());
        let _ = Passport::parse(&text).map(|number| (number.masked(), number.looks_vietnamese()));
        let _ = Phone::parse(&text).map(|phone| (phone.display(), phone.masked()));
        let _ = PartialDate::parse(&text).map(|date| (date.earliest(), date.latest(), date.age_on(Day(20_000))));
        let _ = FullName::parse(&text).map(|name| (name.upper(), name.sort_key(), name.fold()));
        let _ = IdCard::parse(&text);
        let _ = IdCard::parse(&format!("054190123456{text}|05011990|{text}|05011990|||"));
        let _ = EthnicGroup::of_code(&text);
    }

    #[test]
    fn a_name_that_was_kept_is_kept_again(text in "[A-Za-zđĐăâêôơưàảãáạễộửÑƀ̆'’ʼ -]{1,30}") {
        if let Ok(name) = FullName::parse(&text) {
            prop_assert_eq!(FullName::parse(name.as_str()), Ok(name.clone()));
            let json = serde_json::to_string(&name).unwrap();
            prop_assert_eq!(serde_json::from_str::<FullName>(&json).unwrap(), name);
        }
    }

    #[test]
    fn every_partial_date_reads_back_from_its_shown_and_stored_form(n in -60_000i32..80_000) {
        let full = Day(n);
        let (year, month, _) = full.ymd();
        for date in [PartialDate::Full(full), PartialDate::YearMonth(year, month), PartialDate::Year(year)] {
            prop_assert_eq!(PartialDate::parse(&date.to_string()), Ok(date));
            prop_assert_eq!(PartialDate::parse(&date.stored()), Ok(date));
            prop_assert!(date.earliest() <= full && full <= date.latest());
            let age = date.age_on(full.plus(10_000)).unwrap();
            prop_assert!(age.min <= age.max && age.max - age.min <= 1);
        }
    }

    #[test]
    fn every_number_of_twelve_mixed_digits_is_one(digits in "[0-9]{11}") {
        let number = format!("{digits}{}", if digits.ends_with('0') { '1' } else { '0' });
        prop_assert_eq!(CitizenId::parse(&number).map(|id| id.as_str().to_owned()), Ok(number));
    }
}
