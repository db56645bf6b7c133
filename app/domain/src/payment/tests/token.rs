use super::*;

fn found(note: &str) -> Vec<String> {
    PaymentToken::find_all(note).into_iter().map(|token| token.as_str().to_owned()).collect()
}

#[test]
fn a_token_is_dx_eight_characters_and_a_check() {
    for (bits, token) in [
        (0, "DX000000000"),
        (1, "DX00000001Y"),
        (0x12_3456_789A, "DX28T5CY4T8"),
        ((1 << 40) - 1, "DXZZZZZZZZ8"),
        (u64::MAX, "DXZZZZZZZZ8"),
    ] {
        assert_eq!(PaymentToken::from_random(bits).as_str(), token);
    }
}

#[test]
fn a_token_is_read_as_people_type_it() {
    let token = PaymentToken::parse("DX7K3MQ9X2W").unwrap();
    for typed in ["dx7k3mq9x2w", " D X 7K3M Q9X2 W ", "DX7K3M\u{200b}Q9X2W", "DX\t7K3MQ9X2\u{a0}W"] {
        assert_eq!(PaymentToken::parse(typed).as_ref(), Ok(&token), "{typed:?}");
    }
    assert_eq!(PaymentToken::parse("DXoOoOoOoIy").unwrap().as_str(), "DX00000001Y");
    assert_eq!(PaymentToken::parse("dx0000000ly").unwrap().as_str(), "DX00000001Y");
}

#[test]
fn what_is_no_token_says_why() {
    for (typed, problem) in [
        ("", TokenProblem::Empty),
        (" \n", TokenProblem::Empty),
        ("D", TokenProblem::NoPrefix),
        ("XD7K3MQ9X2W", TokenProblem::NoPrefix),
        ("7K3MQ9X2W", TokenProblem::NoPrefix),
        ("DX", TokenProblem::WrongLength { characters: 0 }),
        ("DX7K3MQ9X2", TokenProblem::WrongLength { characters: 8 }),
        ("DX7K3MQ9X2WW", TokenProblem::WrongLength { characters: 10 }),
        ("DX7K3MQ9X2U", TokenProblem::BadCharacter('U')),
        ("DX7K3M-Q9X2W", TokenProblem::BadCharacter('-')),
        ("DX7K3MQ9X2X", TokenProblem::WrongCheck),
    ] {
        assert_eq!(PaymentToken::parse(typed), Err(problem), "{typed:?}");
    }
}

#[test]
fn a_token_is_found_in_what_banks_make_of_a_note() {
    for note in [
        "DX7K3MQ9X2W",
        "dx7k3mq9x2w",
        "MBVCB.6021345678.DX7K3MQ9X2W.CT tu 0011001234567 NGUYEN VAN A toi 0123456789",
        "CKDX7K3MQ9X2WFT26331",
        "IBFT DX7K3M\r\nQ9X2W GD 331",
        "D X 7 K 3 M Q 9 X 2 W",
        "NGUYEN THI BE CHUYEN TIENDX7K3MQ9X2W-CHUYEN TIEN",
        "DX7K3MQ9X2W GD 123 DX7K3MQ9X2W",
        "Nộp phí hồ sơ dx7k3mq9x2w, xin cảm ơn",
        "/DX7K3MQ9X2W/",
    ] {
        assert_eq!(found(note), ["DX7K3MQ9X2W"], "{note}");
    }
    assert_eq!(found("nop DXOOOOOOO1Y"), ["DX00000001Y"]);
    assert_eq!(found("DX7K3MQ9X2W DX00000001Y"), ["DX7K3MQ9X2W", "DX00000001Y"]);
    assert_eq!(found("dx00000001yDX7K3MQ9X2Wdx00000001y"), ["DX00000001Y", "DX7K3MQ9X2W"]);
}

#[test]
fn a_note_without_a_whole_token_has_none() {
    for note in [
        "",
        "CHUYEN TIEN",
        "DX",
        "DX7K3MQ9X2",
        "7K3MQ9X2W",
        "DX7K3MQ9X2X",
        "DX7K3M.Q9X2W",
        "DX7K3M-Q9X2W",
        "H15.50.05.13-261008-0975",
        "ĐX7K3MQ9X2W",
    ] {
        assert_eq!(found(note), [""; 0], "{note}");
    }
}

#[test]
fn a_token_that_is_a_word_wins_over_a_run_across_words() {
    // `DX DXNS6YE4Q` passes the check by chance.
    assert_eq!(found("MBDX DXNS6YE4QZ9 CT"), ["DXNS6YE4QZ9"]);
    assert_eq!(found("DX DXNS6YE4Q"), ["DXDXNS6YE4Q"]);
    // So does `DXSYXNTHANG`, which begins inside the token before it.
    assert_eq!(found("DX6D8DXSYXNTHANG4"), ["DX6D8DXSYXN"]);
}

#[test]
fn words_may_make_a_token_by_chance() {
    assert_eq!(found("RD X12 THANG 2 NAM 2026"), ["DX12THANG2N"]);
    assert_eq!(found("RD X12 THANG 3 NAM 2026"), [""; 0]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_token_goes_out_and_comes_back(token in any_token()) {
        prop_assert_eq!(token.as_str().len(), PaymentToken::LENGTH);
        prop_assert_eq!(PaymentToken::parse(token.as_str()), Ok(token.clone()));
        prop_assert_eq!(PaymentToken::find_all(token.as_str()), vec![token.clone()]);
        let json = serde_json::to_string(&token).unwrap();
        prop_assert_eq!(serde_json::from_str::<PaymentToken>(&json).unwrap(), token);
    }

    #[test]
    fn a_token_is_found_between_words_that_cannot_hide_it(
        token in any_token(),
        before in "[A-CE-WYZ0-9 ]{0,30}",
        behind in "[A-CE-WYZ0-9 ]{0,30}",
        gaps in prop::collection::vec(0..3usize, PaymentToken::LENGTH),
        lower: bool,
    ) {
        let with_gap = |(c, gap): (char, &usize)| format!("{c}{}", " ".repeat(*gap));
        let spaced: String = token.as_str().chars().zip(&gaps).map(with_gap).collect();
        let note = format!("{before}{spaced}{behind}");
        let note = if lower { note.to_lowercase() } else { note };
        // A token may hold a DX of its own, but it begins first.
        let found = PaymentToken::find_all(&note);
        prop_assert_eq!(found.first(), Some(&token), "{}", note);
    }

    #[test]
    fn one_wrong_character_is_noticed(token in any_token(), at in 2..PaymentToken::LENGTH, by in 1..32usize) {
        let mut characters: Vec<char> = token.as_str().chars().collect();
        let known = ALPHABET.find(characters[at]).unwrap();
        characters[at] = ALPHABET.chars().nth((known + by) % 32).unwrap();
        let wrong: String = characters.into_iter().collect();
        prop_assert_eq!(PaymentToken::parse(&wrong), Err(TokenProblem::WrongCheck));
    }

    #[test]
    fn a_swap_of_neighbours_is_noticed_but_of_0_and_z(token in any_token(), at in 0..PaymentToken::LENGTH - 1) {
        let mut characters: Vec<char> = token.as_str().chars().collect();
        characters.swap(at, at + 1);
        let swapped: String = characters.iter().collect();
        prop_assume!(swapped != token.as_str());
        let read = PaymentToken::parse(&swapped);
        if matches!((characters[at], characters[at + 1]), ('0', 'Z') | ('Z', '0')) {
            prop_assert!(read.is_ok());
        } else {
            prop_assert!(read.is_err(), "{} was {}", swapped, token);
        }
    }

    #[test]
    fn any_note_is_searched(note in ".*", near in "[DdXx0-9OIL \u{111}]{0,60}") {
        let _ = PaymentToken::find_all(&note);
        for token in PaymentToken::find_all(&near) {
            prop_assert_eq!(PaymentToken::parse(token.as_str()), Ok(token));
        }
    }
}

/// The one pair of characters whose swap no check of Luhn modulo 32 can notice, in every place.
#[test]
fn a_swap_of_0_and_z_goes_unnoticed() {
    let unnoticed: Vec<(char, char)> = ALPHABET
        .chars()
        .flat_map(|a| ALPHABET.chars().map(move |b| (a, b)))
        .filter(|(a, b)| a < b)
        .filter(|(a, b)| {
            let carries = |first: char, second: char| format!("DX000000{first}{second}");
            let check =
                |carried: &str| ALPHABET.chars().find(|c| PaymentToken::parse(&format!("{carried}{c}")).is_ok());
            check(&carries(*a, *b)) == check(&carries(*b, *a))
        })
        .collect();
    assert_eq!(unnoticed, [('0', 'Z')]);
}
