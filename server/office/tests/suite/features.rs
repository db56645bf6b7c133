//! A feature that a unit has off refuses in the office too, and what is under way goes on.

use super::{
    engine::Home,
    house::{ALLOWANCE, DONG_XUAN, House, XUAN_LANH, at},
};
use crate::on_both;
use domain::{dossier::ActKind, feature::Feature, role::Role, time::Day};
use office::{Error, Who, counter::WalkIn, error::Problem};

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn invalid<T: std::fmt::Debug>(done: Result<T, Error>) -> Problem {
    match done {
        Err(Error::Invalid(problem)) => problem,
        other => panic!("not refused: {other:?}"),
    }
}

/// Switches a feature off in Đồng Xuân from today on.
async fn close(house: &House, administrator: &Who, feature: Feature) {
    let office = &house.office;
    let days = (office.now().day(), None);
    office.close_feature(administrator, DONG_XUAN, feature, days, "Thử", office.new_id()).await.unwrap();
}

on_both!(applying_online_is_off_on_its_days_in_its_unit_and_what_was_begun_goes_on);
async fn applying_online_is_off_on_its_days_in_its_unit_and_what_was_begun_goes_on(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let administrator = house.staff(DONG_XUAN, Role::Administrator).await;
    let (resident, other) = (house.nay().await, house.resident("998091112648", "Mang Thị Hoa").await);
    let begun = office.start_draft(&resident, ALLOWANCE, DONG_XUAN, office.new_id()).await.unwrap();
    let days = (day("2026-10-13"), Some(day("2026-10-14")));
    let command = office.new_id();
    let switch = async || {
        let feature = Feature::ApplyOnline;
        office.close_feature(&administrator, DONG_XUAN, feature, days, " Nâng cấp  đường truyền ", command).await
    };
    switch().await.unwrap();
    switch().await.unwrap();
    assert_eq!(house.count("SELECT COUNT(*) FROM feature_closures").await, 1, "the same form twice");
    let start = async |who: &Who, unit| office.start_draft(who, ALLOWANCE, unit, office.new_id()).await;
    assert!(office.has_feature(Feature::ApplyOnline, DONG_XUAN + 1), "not yet");

    house.clock.set(at("2026-10-13T08:00"));
    let off = Problem::FeatureOff {
        feature: Feature::ApplyOnline,
        last: Some(day("2026-10-14")),
        reason: "Nâng cấp đường truyền".into(),
    };
    assert_eq!(invalid(start(&other, DONG_XUAN).await), off);
    start(&other, XUAN_LANH).await.unwrap();
    assert_eq!(start(&resident, DONG_XUAN).await.unwrap(), begun, "what was begun is opened again");
    house.clock.set(at("2026-10-15T08:00"));
    start(&other, DONG_XUAN).await.unwrap();
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'close_feature' AND office_id = 1").await, 1);
}

on_both!(many_at_once_and_short_messages_and_organisations_refuse_while_they_are_off);
async fn many_at_once_and_short_messages_and_organisations_refuse_while_they_are_off(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let administrator = house.staff(DONG_XUAN, Role::Administrator).await;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let elsewhere = house.staff(XUAN_LANH, Role::Reception).await;
    for feature in [Feature::ManyAtOnce, Feature::ShortMessages, Feature::Organisations] {
        close(&house, &administrator, feature).await;
    }
    let many = office.assign_many(&clerk, &[], None, office.new_id()).await;
    assert!(matches!(invalid(many), Problem::FeatureOff { feature: Feature::ManyAtOnce, last: None, .. }));
    assert!(office.may_do_many(&elsewhere, ActKind::Assign).is_ok());
    assert_eq!(invalid(office.assign_many(&elsewhere, &[], None, office.new_id()).await), Problem::Missing("ho_so"));

    let mut walk_in = WalkIn {
        procedure_code: ALLOWANCE.into(),
        name: "Ksor H'Nay".into(),
        citizen_id: "054090004321".into(),
        phone: "0905 123 456".into(),
        ..WalkIn::default()
    };
    walk_in.tell_by_phone = true;
    let told = office.receive_at_counter(&clerk, DONG_XUAN, walk_in.clone(), office.new_id()).await;
    assert!(matches!(invalid(told), Problem::FeatureOff { feature: Feature::ShortMessages, .. }));
    walk_in.tell_by_phone = false;
    walk_in.organisation.number = "0100109106".into();
    walk_in.organisation.name = "Hợp tác xã Long Hà".into();
    walk_in.organisation.address = "Thôn Long Hà".into();
    let filed = office.receive_at_counter(&clerk, DONG_XUAN, walk_in.clone(), office.new_id()).await;
    assert!(matches!(invalid(filed), Problem::FeatureOff { feature: Feature::Organisations, .. }));

    let known = office.features(&administrator).unwrap();
    let closures: Vec<_> = known[0].features.iter().flat_map(|(_, closures)| closures).collect();
    let of = |feature| closures.iter().find(|one| one.feature == feature).unwrap().id;
    office.open_feature(&administrator, of(Feature::Organisations), office.new_id()).await.unwrap();
    office.receive_at_counter(&clerk, DONG_XUAN, walk_in, office.new_id()).await.unwrap();
    let again = office.open_feature(&administrator, of(Feature::Organisations), office.new_id()).await;
    assert!(matches!(again, Err(Error::NotFound)), "{again:?}");
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'open_feature'").await, 1);
}

on_both!(a_feature_is_switched_off_in_ones_own_unit_for_days_to_come_with_a_reason);
async fn a_feature_is_switched_off_in_ones_own_unit_for_days_to_come_with_a_reason(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let administrator = house.staff(DONG_XUAN, Role::Administrator).await;
    let leader = house.staff(DONG_XUAN, Role::Leader).await;
    let off = async |who: &Who, unit, first: &str, last: Option<&str>, reason: &str| {
        let days = (day(first), last.map(day));
        office.close_feature(who, unit, Feature::ApplyOnline, days, reason, office.new_id()).await
    };
    assert!(matches!(off(&administrator, XUAN_LANH, "2026-10-12", None, "x").await, Err(Error::Forbidden)));
    assert!(matches!(off(&leader, DONG_XUAN, "2026-10-12", None, "x").await, Err(Error::Forbidden)));
    assert!(matches!(office.features(&leader).map(drop), Err(Error::Forbidden)));
    assert_eq!(invalid(off(&administrator, DONG_XUAN, "2026-10-12", None, " ").await), Problem::Missing("reason"));
    let early = off(&administrator, DONG_XUAN, "2026-10-11", None, "x").await;
    assert_eq!(invalid(early), Problem::PeriodInvalid("first"));
    let turned = off(&administrator, DONG_XUAN, "2026-10-14", Some("2026-10-13"), "x").await;
    assert_eq!(invalid(turned), Problem::PeriodInvalid("last"));
    off(&administrator, DONG_XUAN, "2026-10-14", Some("2026-10-16"), "x").await.unwrap();
    assert_eq!(invalid(off(&administrator, DONG_XUAN, "2026-10-16", None, "x").await), Problem::OffAlready);
    off(&administrator, DONG_XUAN, "2026-10-17", None, "x").await.unwrap();
    let foreign = house.staff(XUAN_LANH, Role::Administrator).await;
    let id = office.features(&administrator).unwrap()[0].features[0].1[0].id;
    let other = office.open_feature(&foreign, id, office.new_id()).await;
    assert!(matches!(other, Err(Error::NotFound)), "{other:?}");
}
