use super::*;
use proptest::prelude::*;
use std::cmp::Ordering;

/// Text like what forms receive: Vietnamese, highland letters, symbols, old fonts and anything else.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof!["\\PC{0,24}", "[a-zA-ZđĐăâêôơưàảãáạễộửÑƀ̆'’ʼ .\\-0-9§©Ô·]{0,24}", "[a-z]{1,12}( [a-z]{1,8}){0,3}"]
}

#[test]
fn the_search_key_drops_accents_case_and_punctuation() {
    for (text, key) in [
        ("Đồng Xuân", "dong xuan"),
        ("ĐỒNG  XUÂN", "dong xuan"),
        ("ĐONG XUAN", "dong xuan"),
        ("\u{D0}ồng Xuân", "dong xuan"),
        ("H'Lan", "h lan"),
        ("H’Lan", "h lan"),
        ("H\u{02BC}Lan", "h lan"),
        ("H'Ƀlŭ Ksơr Niê", "h blu ksor nie"),
        ("ƀ č ĕ ê̆ ĭ ŏ ô̆ ơ̆ ŭ ư̆ ñ", "b c e e i o o o u u n"),
        ("Bà Rịa - Vũng Tàu", "ba ria vung tau"),
        ("H15.50.05.13", "h15 50 05 13"),
        ("  ...  ", ""),
        ("hoà", "hoa"),
        ("hòa", "hoa"),
    ] {
        assert_eq!(fold(text), key, "{text}");
    }
}

#[test]
fn decomposed_and_composed_typing_have_the_same_key_and_the_same_clean_text() {
    let composed = "Nguyễn Thị Hường";
    let decomposed: String = unicode_normalization::UnicodeNormalization::nfd(composed).collect();
    assert_ne!(composed, decomposed);
    assert_eq!(fold(composed), fold(&decomposed));
    assert_eq!(clean(&format!("  {decomposed}\u{200B}\t\n")), composed);
    assert_eq!(nfc(&decomposed), composed);
}

#[test]
fn a_query_finds_i_for_y_where_spelling_varies_and_nowhere_else() {
    let variants = |query: &str| search_terms(query).into_iter().map(|term| term.variants).collect::<Vec<_>>();
    assert_eq!(variants("Quý"), [["quy", "qui"]]);
    assert_eq!(variants("lí"), [["li", "ly"]]);
    assert_eq!(variants("Yến"), [["yen", "ien"]]);
    assert_eq!(variants("mai"), [["mai"]]);
    assert_eq!(variants("Thúy"), [["thuy"]]);
    assert!(variants("  -- ").is_empty());
}

#[test]
fn a_query_typed_in_telex_by_mistake_still_finds() {
    let terms = search_terms("ddoongf xuaan");
    let key = fold("Ủy ban nhân dân xã Đồng Xuân");
    assert!(terms.iter().all(|term| term.is_in(&key)), "{terms:?}");
    assert!(!search_terms("đồng nai")[1].is_in(&key));
}

#[test]
fn one_slip_is_forgiven_in_words_of_four_letters() {
    for (word, candidate, expected) in [
        ("xuân", "xuan", true),
        ("xaun", "xuan", true),
        ("xuann", "xuan", true),
        ("xuam", "xuan", true),
        ("khai", "khia", true),
        ("xuuann", "xuan", false),
        ("hai", "ha", false),
        ("lan", "len", false),
        ("sinh", "hnis", false),
        ("abcd", "badc", false),
        ("Phước", "Phuoc", true),
    ] {
        assert_eq!(matches_with_one_typo(word, candidate), expected, "{word} {candidate}");
        assert_eq!(matches_with_one_typo(candidate, word), expected, "{candidate} {word}");
    }
}

#[test]
fn telex_is_read_only_where_it_can_be_nothing_else() {
    for (typed, read) in [
        ("ddoongf xuaan", "đồng xuân"),
        ("DDoongf Xuaan", "Đồng Xuân"),
        ("nguyeenx", "nguyễn"),
        ("nguyenex", "nguyễn"),
        ("dduowcj", "được"),
        ("truwowngf", "trường"),
        ("truongwf", "trường"),
        ("hoaf", "hòa"),
        ("thuys", "thúy"),
        ("toans", "toán"),
        ("quys", "quý"),
        ("giaos", "giáo"),
        ("muaw", "mưa"),
        ("khuyur", "khuỷu"),
        ("tuw", "tư"),
        ("hoawcj", "hoặc"),
        ("Thij", "Thị"),
        ("xuan", "xuan"),
        ("dong", "dong"),
        ("Ksor H'Lan", "Ksor H'Lan"),
        ("boss", "boss"),
        ("đồng", "đồng"),
        ("H15.50.05", "H15.50.05"),
    ] {
        assert_eq!(decode_telex(typed), read, "{typed}");
    }
    assert_eq!(decode_telex_slip("xuan"), None);
}

#[test]
fn text_from_old_fonts_is_recognised_and_read() {
    for (old, encoding, read) in [
        ("§ång Xu©n", LegacyEncoding::Tcvn3, "Đồng Xuân"),
        ("NguyÔn V¨n B×nh", LegacyEncoding::Tcvn3, "Nguyễn Văn Bình"),
        ("Ph\u{AD}íc", LegacyEncoding::Tcvn3, "Phước"),
        ("Ñoàng Xuaân", LegacyEncoding::Vni, "Đồng Xuân"),
        ("Nguyeãn Vaên Bình", LegacyEncoding::Vni, "Nguyễn Văn Bình"),
        ("TRAÀN THÒ ÑAØO", LegacyEncoding::Vni, "TRẦN THỊ ĐÀO"),
        ("Phöôùc", LegacyEncoding::Vni, "Phước"),
    ] {
        assert_eq!(legacy_encoding(old), Some(encoding), "{old}");
        assert_eq!(convert_legacy_encoding(old).as_deref(), Some(read), "{old}");
    }
}

#[test]
fn unicode_names_of_every_local_people_are_not_taken_for_old_fonts() {
    for name in [
        "Nguyễn Văn Hiếu",
        "La O Thị Tím",
        "H'Ƀlŭ Ksơr Niê",
        "Y Ñu Êban",
        "Kpá Hờ Lôt",
        "Hoà Thúy Quý",
        "Müller Noël Anaïs",
        "Loïc Martin",
        "Sô Minh Ô",
        "Mlô Duôn Du",
        "ĐỖ THỊ HÀ",
    ] {
        assert_eq!(legacy_encoding(name), None, "{name}");
        assert!(!looks_like_legacy_encoding(name));
    }
}

#[test]
fn free_text_is_of_an_old_font_only_when_most_of_it_is() {
    for old in [
        "Xin cÊp giÊy phÐp x©y dùng nhµ ë",
        "Thöûa ñaát soá 12, tôø baûn ñoà soá 3",
        "§ång Xu©n",
        "Th\u{AD}a «ng, t«i ®· nép ®¬n",
    ] {
        assert!(is_mostly_legacy(old), "{old}");
    }
    for text in [
        "",
        "Xây nhà ở hai tầng, diện tích sàn 150 m², cách đường 3,5 m ± 0,1",
        "© 2026 Trung tâm đo đạc, điều 5 § 2",
        "Theo ghi chú t¹ của bản vẽ, nhiệt độ 30°C, 1½ sào",
        "«Quán cơm bình dân»",
        "Đất của ông Loïc Martin và bà Anaïs Müller",
        "H'Ƀlŭ Ksơr Niê ở buôn Bô̆k",
    ] {
        assert!(!is_mostly_legacy(text), "{text}");
    }
}

#[test]
fn single_names_sort_by_letter_and_then_by_tone() {
    let sorted = ["An", "Ân", "Bình", "Dũng", "Đạt", "Đức", "Em", "Hà", "Hạ"];
    for pair in sorted.windows(2) {
        assert_eq!(compare_names(pair[0], pair[1]), Ordering::Less, "{pair:?}");
    }
    let tones = ["Ma", "Mà", "Mả", "Mã", "Má", "Mạ", "Mai", "Mã Lan"];
    assert!(tones[..7].windows(2).all(|pair| compare_names(pair[0], pair[1]) == Ordering::Less));
    assert_eq!(sort_key("hòa"), sort_key("HOÀ"));
    assert_eq!(sort_key("Đạt"), sort_key("\u{D0}ạt"));
}

#[test]
fn names_sort_by_given_then_family_then_middle_name() {
    let mut names = [
        "Trần Quốc Huy",
        "Nguyễn Văn Hiếu",
        "La O Thị Tím",
        "La O Anh Tím",
        "Huỳnh Thanh Hà",
        "Y Moan Niê",
        "H’Lan Niê",
        "Niê Thị Lan",
        "Hồ Thị Lan",
        "La Văn Tím",
        "La Mo Tím",
        "Nguyễn Thị Hà",
        "Đỗ Văn Hiếu",
        "An",
    ];
    names.sort_by(|a, b| compare_names(a, b));
    assert_eq!(
        names,
        [
            "An",
            "Huỳnh Thanh Hà",
            "Nguyễn Thị Hà",
            "Đỗ Văn Hiếu",
            "Nguyễn Văn Hiếu",
            "Trần Quốc Huy",
            "Hồ Thị Lan",
            "H’Lan Niê",
            "Niê Thị Lan",
            "Y Moan Niê",
            "La Văn Tím",
            "La Mo Tím",
            "La O Anh Tím",
            "La O Thị Tím",
        ]
    );
}

#[test]
fn letters_of_the_whole_part_count_before_its_tones() {
    // Middle names `Thị Ân` and `Thi An`: the letters decide, although the tone of the first word differs.
    assert_eq!(compare_names("Lê Thị An Hoa", "Lê Thi Ân Hoa"), Ordering::Less);
    assert_eq!(compare_names("Lê Thi An Hoa", "Lê Thị An Hoa"), Ordering::Less);
}

#[test]
fn a_key_is_digits_only_so_that_every_collation_keeps_its_order() {
    assert!(sort_key("H'Ƀlŭ Ksơr Niê 王").bytes().all(|b| b.is_ascii_digit()));
}

proptest! {
    #[test]
    fn folding_twice_is_folding_once(text in any_text()) {
        let key = fold(&text);
        prop_assert_eq!(fold(&key), key);
    }

    #[test]
    fn cleaning_twice_is_cleaning_once_and_keeps_the_search_key(text in any_text()) {
        let cleaned = clean(&text);
        prop_assert_eq!(clean(&cleaned), cleaned.clone());
        prop_assert_eq!(fold(&cleaned), fold(&text));
    }

    #[test]
    fn comparing_names_agrees_with_their_keys_and_is_total(a in any_text(), b in any_text(), c in any_text()) {
        let keys = sort_key(&a).cmp(&sort_key(&b));
        if keys != Ordering::Equal {
            prop_assert_eq!(compare_names(&a, &b), keys);
        }
        prop_assert_eq!(compare_names(&a, &b), compare_names(&b, &a).reverse());
        if compare_names(&a, &b).is_le() && compare_names(&b, &c).is_le() {
            prop_assert!(compare_names(&a, &c).is_le());
        }
        prop_assert_eq!(compare_names(&a, &a), Ordering::Equal);
    }

    #[test]
    fn decoding_never_panics_and_settles(text in any_text()) {
        let once = decode_telex(&text);
        prop_assert_eq!(decode_telex(&once), once.clone());
        let _ = convert_legacy_encoding(&text);
        let _ = search_terms(&text);
        let _ = matches_with_one_typo(&text, &once);
    }
}

#[test]
fn a_text_without_accents_keeps_case_and_punctuation() {
    assert_eq!(without_accents("UBND xã Đồng Xuân: đã có kết quả."), "UBND xa Dong Xuan: da co ket qua.");
    assert_eq!(without_accents("H'Ƀlŭ Ksơr Niê, ƀuôn 8.000\u{a0}đ"), "H'Blu Ksor Nie, buon 8.000 d");
}
