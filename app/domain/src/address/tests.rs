use super::*;
use proptest::prelude::*;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn parse(typed: &str, on: &str) -> Address {
    Address::parse(Units::shipped(), typed, day(on)).unwrap()
}

const NOW: &str = "2026-11-23";

#[test]
fn an_old_address_shows_the_unit_of_today_with_the_old_names_beside_it() {
    let units = Units::shipped();
    let old = units.at("22096", day("2024-06-30")).unwrap();
    let address = Address::in_unit(units, "Số 5", "Thôn Kỳ Lộ", old);
    let shown = address.display(units, day(NOW));
    assert_eq!(shown.pieces, ["Số 5", "thôn Kỳ Lộ", "xã Phú Mỡ", "tỉnh Đắk Lắk"]);
    assert_eq!(shown.old.unwrap(), ["Xã Xuân Quang 1", "huyện Đồng Xuân", "tỉnh Phú Yên"]);
    let then = address.display(units, day("2024-06-30"));
    assert_eq!(then.pieces, ["Số 5", "thôn Kỳ Lộ", "xã Xuân Quang 1", "huyện Đồng Xuân", "tỉnh Phú Yên"]);
    assert_eq!(then.old, None);
    assert_eq!(address.as_given(), then.pieces);
    assert_eq!(address.display_down_to_hamlet(units, day(NOW)).pieces, ["Thôn Kỳ Lộ", "xã Phú Mỡ", "tỉnh Đắk Lắk"]);
}

#[test]
fn an_address_of_today_shows_no_old_names() {
    let units = Units::shipped();
    let address = Address::in_unit(units, "", "Thôn Xí Thoại", units.at("22090", day(NOW)).unwrap());
    assert_eq!(address.district, None);
    let shown = address.display(units, day(NOW));
    assert_eq!(
        shown,
        AddressPieces {
            pieces: vec!["Thôn Xí Thoại".into(), "xã Xuân Lãnh".into(), "tỉnh Đắk Lắk".into()], old: None
        }
    );
}

#[test]
fn a_typed_line_finds_the_unit_of_its_time() {
    for (typed, hamlet, house, commune, district, province) in [
        ("Thôn Xí Thoại, xã Xuân Lãnh, huyện Đồng Xuân, tỉnh Phú Yên", "Thôn Xí Thoại", "", "22090@", "558@", "54@"),
        ("Xí Thoại, Xuân Lãnh, Đồng Xuân, Phú Yên", "Xí Thoại", "", "22090@", "558@", "54@"),
        ("xi thoai, x. xuan lanh, h. dong xuan, t. phu yen", "xi thoai", "", "22090@", "558@", "54@"),
        ("Thôn Xí Thoại, xã Xuân Lãnh, tỉnh Đắk Lắk", "Thôn Xí Thoại", "", "22090@2025-07-01", "", "66@2025-07-01"),
        ("Xí Thoại, Xuân Lãnh", "Xí Thoại", "", "22090@2025-07-01", "", "66@2025-07-01"),
        (
            "Số 12, khu phố Long Châu, thị trấn La Hai, Đồng Xuân, Phú Yên",
            "khu phố Long Châu",
            "Số 12",
            "22081@",
            "558@",
            "54@",
        ),
        ("Long Châu, Đồng Xuân, Đắk Lắk", "Long Châu", "", "22081@2025-07-01", "", "66@2025-07-01"),
        ("thôn Kỳ Lộ, xã Xuân Quang 1, Đắk Lắk", "thôn Kỳ Lộ", "", "22096@", "558@", "66@2025-07-01"),
        ("12 Trần Phú, xã Phú Mỡ, tỉnh Đắk Lắk", "", "12 Trần Phú", "22096@2025-07-01", "", "66@2025-07-01"),
    ] {
        let address = parse(typed, NOW);
        let key = |place: &Option<Place>| {
            place.as_ref().map_or(String::new(), |place| place.unit.as_ref().map_or("?".into(), ToString::to_string))
        };
        assert_eq!((address.hamlet.as_str(), address.house.as_str()), (hamlet, house), "{typed}");
        assert_eq!(
            [key(&address.commune), key(&address.district), key(&address.province)],
            [commune, district, province],
            "{typed}"
        );
    }
}

#[test]
fn a_new_name_is_not_known_before_its_day() {
    let address = parse("xã Phú Mỡ, huyện Đồng Xuân, tỉnh Phú Yên", "2024-05-01");
    assert_eq!(address.commune.unwrap().unit.unwrap().to_string(), "22087@");
}

#[test]
fn places_elsewhere_are_kept_by_name() {
    let address = parse("Tổ 3, phường 1, thành phố Tuy Hòa, tỉnh Phú Yên", NOW);
    assert_eq!(address.commune, Some(Place { unit: None, name: "phường 1".into() }));
    assert_eq!(address.district, Some(Place { unit: None, name: "thành phố Tuy Hòa".into() }));
    assert_eq!(address.hamlet, "Tổ 3");
    let far = parse("45 Lê Lợi, phường Bến Nghé, quận 1, TP. Hồ Chí Minh", NOW);
    assert_eq!((far.house.as_str(), far.hamlet.as_str()), ("45 Lê Lợi", ""));
    assert_eq!(far.province, Some(Place { unit: None, name: "TP. Hồ Chí Minh".into() }));
    assert_eq!(
        far.display(Units::shipped(), day(NOW)).pieces,
        ["45 Lê Lợi", "phường Bến Nghé", "quận 1", "TP. Hồ Chí Minh"]
    );
    assert_eq!(parse("Bình Định", NOW).hamlet, "Bình Định");
}

#[test]
fn a_province_that_was_merged_shows_what_it_became() {
    let shown = parse("thôn Hai, tỉnh Phú Yên", NOW).display(Units::shipped(), day(NOW));
    assert_eq!(shown.pieces, ["thôn Hai", "tỉnh Đắk Lắk"]);
    assert_eq!(shown.old.unwrap(), ["Tỉnh Phú Yên"]);
    // The district was divided among four communes: its old name stays.
    let district = parse("huyện Đồng Xuân, tỉnh Phú Yên", NOW).display(Units::shipped(), day(NOW));
    assert_eq!((district.pieces, district.old), (vec!["Huyện Đồng Xuân".into(), "tỉnh Phú Yên".into()], None));
}

#[test]
fn nothing_and_too_much_are_refused() {
    assert_eq!(Address::parse(Units::shipped(), " , ;\n", day(NOW)), Err(AddressProblem::Empty));
    let long = "a".repeat(301);
    assert_eq!(Address::parse(Units::shipped(), &long, day(NOW)), Err(AddressProblem::TooLong { characters: 301 }));
}

proptest! {
    #[test]
    fn every_address_in_a_shipped_unit_reads_back_from_its_line(at in 4usize..19, house in "(Số [1-9][0-9]?)?", hamlet in "Thôn [A-Z][a-z]{2,6}") {
        let units = Units::shipped();
        // The two provinces, three times, and the district come first.
        let unit = &units.all()[at];
        prop_assert!(unit.kind.is_communal());
        let address = Address::in_unit(units, &house, &hamlet, unit);
        let line = address.as_given().join(", ");
        let read = Address::parse(units, &line, day(NOW)).unwrap();
        prop_assert_eq!((&read.commune, &read.district, &read.province), (&address.commune, &address.district, &address.province));
        prop_assert_eq!(read.as_given(), address.as_given());
        let json = serde_json::to_string(&address).unwrap();
        prop_assert_eq!(serde_json::from_str::<Address>(&json).unwrap(), address);
    }

    #[test]
    fn no_line_panics(typed in prop_oneof!["\\PC{0,60}", "[a-zA-Z0-9 ,.]{0,60}", "(xã|huyện|tỉnh|Xuân|Phú Mỡ|Đắk Lắk|, | ){0,12}"]) {
        if let Ok(address) = Address::parse(Units::shipped(), &typed, day(NOW)) {
            let _ = address.display(Units::shipped(), day(NOW));
            let _ = address.display_down_to_hamlet(Units::shipped(), day("2024-01-01"));
        }
    }
}
