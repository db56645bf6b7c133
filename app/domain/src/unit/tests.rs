use super::*;
use crate::{organ::OrganId, time::Day};
use proptest::prelude::*;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn codes<'a>(units: impl IntoIterator<Item = &'a Unit>) -> Vec<&'a str> {
    let mut codes: Vec<_> = units.into_iter().map(|unit| unit.code.as_str()).collect();
    codes.sort_unstable();
    codes
}

const BEFORE: &str = "2025-06-30";
const AFTER: &str = "2025-07-01";

#[test]
fn a_code_used_again_is_another_unit_on_another_day() {
    let units = Units::shipped();
    let then = units.at("22096", day("2024-06-30")).unwrap();
    assert_eq!((then.name.as_str(), then.valid_to), ("Xuân Quang 1", Some(day(BEFORE))));
    assert_eq!(units.parent(then).unwrap().full_name, "Huyện Đồng Xuân");
    let now = units.at("22096", day("2025-07-02")).unwrap();
    assert_eq!((now.full_name.as_str(), now.valid_from, now.valid_to), ("Xã Phú Mỡ", Some(day(AFTER)), None));
    assert_eq!(units.parent(now).unwrap().key().to_string(), "66@2025-07-01");
    assert_eq!(codes(units.successors(then)), ["22096"]);
    assert_eq!(codes(units.predecessors(now)), ["22087", "22096"]);
    assert_eq!(units.at("22087", day(BEFORE)).unwrap().name, "Phú Mỡ");
    assert_eq!(units.at("22087", day(AFTER)), None);
    assert_ne!(then.key(), now.key());
}

#[test]
fn eleven_communes_became_four() {
    let units = Units::shipped();
    let district = units.at("558", day(BEFORE)).unwrap();
    assert_eq!(units.children(district, day(BEFORE)).len(), 11);
    assert_eq!(units.at("558", day(AFTER)), None);
    for (after, name, before) in [
        ("22081", "Đồng Xuân", vec!["22081", "22093", "22099", "22102", "22105"]),
        ("22090", "Xuân Lãnh", vec!["22084", "22090"]),
        ("22096", "Phú Mỡ", vec!["22087", "22096"]),
        ("22111", "Xuân Phước", vec!["22108", "22111"]),
    ] {
        let unit = units.at(after, day(AFTER)).unwrap();
        assert_eq!(unit.name, name);
        assert_eq!(codes(units.predecessors(unit)), before, "{name}");
        assert_eq!(units.parent(unit).unwrap().name, "Đắk Lắk");
    }
    assert!(units.successors(district).is_empty());
    assert_eq!(codes(units.successor_today(district, day("2026-11-23"))), ["22081", "22090", "22096", "22111"]);
}

#[test]
fn a_province_is_found_by_two_digits_or_three() {
    let units = Units::shipped();
    assert_eq!(units.at("54", day(BEFORE)), units.at("054", day(BEFORE)));
    assert_eq!(units.at("054", day(BEFORE)).unwrap().name, "Phú Yên");
    assert_eq!(units.at("54", day(AFTER)), None);
    assert_ne!(units.at("66", day(BEFORE)), units.at("066", day(AFTER)));
    assert_eq!(codes(units.predecessors(units.at("66", day(AFTER)).unwrap())), ["54", "66"]);
    for wrong in ["", "0", "0054", "999", "x"] {
        assert_eq!(units.at(wrong, day(BEFORE)), None);
    }
}

#[test]
fn units_are_found_by_old_and_new_names() {
    let units = Units::shipped();
    let found = |query: &str, on: &str| -> Vec<(String, Vec<String>)> {
        let matches = units.find_by_name(query, day(on));
        matches
            .iter()
            .map(|m| (m.unit.key().to_string(), m.current.iter().map(|unit| unit.full_name.clone()).collect()))
            .collect()
    };
    let owned = |key: &str, name: &str| (key.to_owned(), vec![name.to_owned()]);
    assert_eq!(found("xuân quang 1", "2026-11-23"), [owned("22096@", "Xã Phú Mỡ")]);
    assert_eq!(found("thi tran la hai", "2026-11-23"), [owned("22081@", "Xã Đồng Xuân")]);
    assert_eq!(found("Phú Mỡ", "2026-11-23"), [owned("22096@2025-07-01", "Xã Phú Mỡ"), owned("22087@", "Xã Phú Mỡ")]);
    assert_eq!(found("phú mỡ", "2024-01-01"), [owned("22087@", "Xã Phú Mỡ")]);
    assert_eq!(found("Phú Yên", "2026-11-23"), [owned("54@", "Tỉnh Đắk Lắk")]);
    assert!(found("  ", "2026-11-23").is_empty());
    assert!(found("Sài Gòn", "2026-11-23").is_empty());
}

#[test]
fn a_chain_of_changes_is_followed_through_splits_and_parts() {
    let units = r#"[
        {"code":"1","name":"A","full_name":"Xã A","kind":"commune","parent":null,"valid_from":null,"valid_to":"2019-12-31"},
        {"code":"1","name":"A mới","full_name":"Phường A mới","kind":"ward","parent":null,"valid_from":"2020-01-01","valid_to":"2024-12-31"},
        {"code":"2","name":"B","full_name":"Phường B","kind":"ward","parent":null,"valid_from":"2025-01-01","valid_to":null},
        {"code":"3","name":"C","full_name":"Phường C","kind":"ward","parent":null,"valid_from":null,"valid_to":null}]"#;
    let successions = r#"[
        {"from":"1@","to":"1@2020-01-01","kind":"upgrade","scope":"whole","day":"2020-01-01","basis":"x"},
        {"from":"1@2020-01-01","to":"2@2025-01-01","kind":"split","scope":{"part":{"share_permille":700}},"day":"2025-01-01","basis":"x"},
        {"from":"1@2020-01-01","to":"3@","kind":"split","scope":{"part":{"share_permille":null}},"day":"2025-01-01","basis":"x"}]"#;
    let units = Units::from_json(units, successions).unwrap();
    let first = units.at("1", day("2019-01-01")).unwrap();
    assert_eq!(codes(units.successor_today(first, day("2019-06-01"))), ["1"]);
    assert_eq!(units.successor_today(first, day("2021-01-01"))[0].name, "A mới");
    assert_eq!(codes(units.successor_today(first, day("2026-01-01"))), ["2", "3"]);
    let parts = units.successions_of(units.at("1", day("2021-01-01")).unwrap());
    assert_eq!(parts[0].0.scope, Scope::Part { share_permille: Some(700) });
    assert_eq!(parts[0].0.kind, SuccessionKind::Split);
}

#[test]
fn contradicting_data_is_refused() {
    let unit = |code: &str, from: &str, to: &str, parent: &str| {
        format!(
            r#"{{"code":"{code}","name":"A","full_name":"Xã A","kind":"commune","parent":{parent},"valid_from":{from},"valid_to":{to}}}"#
        )
    };
    let read =
        |units: &[String], successions: &str| Units::from_json(&format!("[{}]", units.join(",")), successions).err();
    let a = unit("1", "null", "\"2024-12-31\"", "null");
    assert_eq!(read(&[a.clone(), unit("1", "\"2025-01-01\"", "null", "null")], "[]"), None);
    assert!(matches!(
        read(&[a.clone(), unit("1", "\"2024-12-31\"", "null", "null")], "[]"),
        Some(UnitDataProblem::Overlap(_))
    ));
    assert!(matches!(read(&[unit("1", "null", "null", "\"9\"")], "[]"), Some(UnitDataProblem::UnknownParent(_))));
    let backward = unit("1", "\"2025-01-01\"", "\"2024-01-01\"", "null");
    assert!(matches!(read(&[backward], "[]"), Some(UnitDataProblem::BackwardPeriod(_))));
    let into = |to: &str, day: &str| {
        format!(r#"[{{"from":"1@","to":"{to}","kind":"merge","scope":"whole","day":"{day}","basis":"x"}}]"#)
    };
    assert!(matches!(read(std::slice::from_ref(&a), &into("2@", "2025-01-01")), Some(UnitDataProblem::UnknownUnit(_))));
    let b = unit("2", "\"2025-01-01\"", "null", "null");
    assert!(matches!(
        read(&[a.clone(), b.clone()], &into("2@2025-01-01", "2024-06-01")),
        Some(UnitDataProblem::BadDay(_))
    ));
    assert_eq!(read(&[a, b], &into("2@2025-01-01", "2025-01-01")), None);
    assert!(matches!(read(&[], "{"), Some(UnitDataProblem::Json(_))));
}

#[test]
fn hamlets_follow_their_commune_through_the_merger() {
    let hamlets = Hamlets::shipped();
    let then = hamlets.find("Xí Thoại", "22090", day("2024-05-01")).unwrap();
    assert_eq!((then.name.as_str(), then.confirmed), ("Thôn Xí Thoại", true));
    let now = hamlets.on(then, day("2026-11-23")).unwrap();
    assert_eq!((now.name.as_str(), now.commune.as_str()), ("Thôn Xí Thoại", "22090"));
    assert_ne!(now.key, then.key);
    let moved = hamlets.find("thôn phú tiến", "22087", day(BEFORE)).unwrap();
    assert_eq!(hamlets.on(moved, day(AFTER)).unwrap().commune, "22096");
    assert_eq!(hamlets.find("Phú Tiến", "22087", day(AFTER)), None);
    assert_eq!(hamlets.find("khu phố Long Châu", "22081", day(AFTER)).unwrap().kind, HamletKind::Quarter);
    let units = Units::shipped();
    for hamlet in hamlets.all() {
        let unit = units.at(&hamlet.commune, hamlet.valid_from.unwrap_or(day(BEFORE))).unwrap();
        assert_eq!((hamlet.valid_from, hamlet.valid_to), (unit.valid_from, unit.valid_to), "{}", hamlet.key);
        assert!(hamlets.on(hamlet, day("2026-11-23")).is_some(), "{}", hamlet.key);
        assert_eq!(hamlets.all().iter().filter(|other| other.key == hamlet.key).count(), 1);
    }
}

#[test]
fn offices_stand_in_units_and_under_offices_of_their_time() {
    let (units, offices) = (Units::shipped(), Offices::shipped());
    for office in offices.all() {
        let on = office.valid_from.unwrap_or(day(BEFORE));
        assert!(units.at(&office.unit, on).is_some(), "{}", office.key);
        assert!(office.parent.as_deref().is_none_or(|key| offices.get(key).unwrap().is_valid_on(on)), "{}", office.key);
        assert_eq!(offices.of_organ(&office.organ_id, on), Some(office), "one identifier, one office");
        assert!(!office.configured);
    }
    for succession in offices.successions() {
        let (before, after) = (offices.get(&succession.from).unwrap(), offices.get(&succession.to).unwrap());
        assert!(before.is_valid_on(succession.day.prev()) && after.is_valid_on(succession.day));
    }
    for commune in ["22081", "22090", "22096", "22111"] {
        assert_eq!(offices.of_unit(commune, day("2026-11-23")).len(), 6);
    }
    assert_eq!(offices.of_unit("558", day(BEFORE)).len(), 15);
    let centre = OrganId::normalize("13.05.50.H15").unwrap();
    assert_eq!(offices.of_organ(&centre, day(AFTER)).map(|office| office.kind), Some(OfficeKind::OneStopShop));
}

#[test]
fn an_open_dossier_of_the_district_passes_to_the_commune_of_the_matter() {
    let (units, offices) = (Units::shipped(), Offices::shipped());
    let district = offices.get("huyen-dong-xuan-ubnd").unwrap();
    let commune = units.at("22087", day(BEFORE));
    let continuing =
        |office, commune, on: &str| offices.continuing(units, office, commune, day(on)).map(|o| o.name.as_str());
    // Received on 30/06/2025 at 16:00, due on 03/07/2025.
    assert_eq!(continuing(district, commune, "2025-06-30"), Some("Ủy ban nhân dân huyện Đồng Xuân"));
    assert_eq!(continuing(district, commune, "2025-07-03"), Some("Ủy ban nhân dân xã Phú Mỡ"));
    assert_eq!(continuing(district, None, "2025-07-03"), Some("Ủy ban nhân dân xã Đồng Xuân"));
    let land = offices.get("huyen-dong-xuan-tai-nguyen-moi-truong").unwrap();
    assert_eq!(continuing(land, units.at("22084", day(BEFORE)), AFTER), Some("Phòng Kinh tế xã Xuân Lãnh"));
    let inspectors = offices.get("huyen-dong-xuan-thanh-tra").unwrap();
    assert_eq!(continuing(inspectors, units.at("22111", day(AFTER)), AFTER), Some("Ủy ban nhân dân xã Xuân Phước"));
    let desk = offices.get("xa-xuan-quang-3-2024-mot-cua").unwrap();
    assert_eq!(continuing(desk, None, AFTER), Some("Trung tâm Phục vụ hành chính công xã Xuân Phước"));
    assert_eq!(offices.predecessors(offices.get("xa-phu-mo-ubnd").unwrap()).len(), 3);
}

#[test]
fn a_unit_key_reads_back_and_nonsense_is_refused() {
    for text in ["22096@2025-07-01", "22087@"] {
        assert_eq!(text.parse::<UnitKey>().unwrap().to_string(), text);
    }
    for text in ["", "22096", "@", "x@", "22096@2025-02-30"] {
        assert_eq!(text.parse::<UnitKey>(), Err(UnitKeyProblem), "{text}");
    }
}

proptest! {
    #[test]
    fn one_code_is_at_most_one_unit_on_any_day(code in "[0-9]{1,5}|22(08|09|10|11)[0-9]|54|66|558", n in 18_000i32..23_000) {
        let units = Units::shipped();
        let of_code = units.all().iter().filter(|unit| unit.code == code && unit.is_valid_on(Day(n))).count();
        prop_assert!(of_code <= 1);
        prop_assert_eq!(of_code == 1 || code.starts_with('0'), units.at(&code, Day(n)).is_some() || code.starts_with('0'));
    }

    #[test]
    fn every_unit_leads_to_units_of_the_day(n in 20_270i32..23_000) {
        let units = Units::shipped();
        for unit in units.all().iter().filter(|unit| unit.valid_from.is_none_or(|from| from <= Day(n))) {
            let current = units.successor_today(unit, Day(n));
            prop_assert!(!current.is_empty() && current.iter().all(|unit| unit.is_valid_on(Day(n))));
        }
    }

    #[test]
    fn no_query_panics(query in "\\PC{0,20}") {
        let _ = Units::shipped().find_by_name(&query, Day(20_000));
        let _ = Units::shipped().at(&query, Day(20_000));
        let _ = Hamlets::shipped().find(&query, "22090", Day(20_000));
    }
}
