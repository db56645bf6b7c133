//! The library of reasons: whose a text is, who changes it, and that it only prefills.

use super::{
    engine::Home,
    house::{DONG_XUAN, House, XUAN_LANH},
};
use crate::on_both;
use domain::{reason::ReasonKind, role::Role};
use office::{
    Error, Who,
    error::Problem,
    reasons::{ReasonRow, ReasonText, ShippedReason},
};

fn text(title: &str, shared: bool) -> ReasonText {
    let (title, words) = (title.into(), "Ảnh mờ.\nÔng/bà chụp lại.".into());
    ReasonText { kind: ReasonKind::Supplement, title, words, shared }
}

async fn named(house: &House, who: &Who, title: &str) -> Option<ReasonRow> {
    house.office.reasons(who).await.unwrap().into_iter().find(|row| row.title == title)
}

on_both!(a_shared_text_is_found_in_its_unit_and_ones_own_by_oneself_alone);
async fn a_shared_text_is_found_in_its_unit_and_ones_own_by_oneself_alone(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let director = house.staff(DONG_XUAN, Role::CentreDirector).await;
    let reception = house.staff(DONG_XUAN, Role::Reception).await;
    let elsewhere = house.staff(XUAN_LANH, Role::Reception).await;
    let command = office.new_id();
    office.add_reason(&director, text("Ảnh mờ", true), command).await.unwrap();
    office.add_reason(&director, text("Ảnh mờ", true), command).await.unwrap();
    office.add_reason(&reception, text("Của riêng", false), office.new_id()).await.unwrap();
    assert_eq!(office.reasons(&reception).await.unwrap().len(), 2, "sent twice, added once");
    assert!(named(&house, &director, "Của riêng").await.is_none());
    assert!(office.reasons(&elsewhere).await.unwrap().is_empty());
    assert_eq!(named(&house, &reception, "Ảnh mờ").await.unwrap().words, "Ảnh mờ.\nÔng/bà chụp lại.");

    let refused = office.add_reason(&reception, text("Chung", true), office.new_id()).await;
    assert!(matches!(refused, Err(Error::Forbidden)), "{refused:?}");
    let controller = house.staff(DONG_XUAN, Role::Controller).await;
    assert!(matches!(office.reasons(&controller).await, Err(Error::Forbidden)));
    let empty = ReasonText { words: " \n ".into(), ..text("Trống", false) };
    let wrong = office.add_reason(&reception, empty, office.new_id()).await;
    assert!(matches!(wrong, Err(Error::Invalid(Problem::Missing("words")))), "{wrong:?}");
    let long = text(&"a".repeat(81), false);
    let wrong = office.add_reason(&reception, long, office.new_id()).await;
    assert!(matches!(wrong, Err(Error::Invalid(Problem::TooLong("title")))), "{wrong:?}");
}

on_both!(a_text_is_changed_by_its_owner_and_a_shared_one_by_whoever_leads);
async fn a_text_is_changed_by_its_owner_and_a_shared_one_by_whoever_leads(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let director = house.staff(DONG_XUAN, Role::CentreDirector).await;
    let leader = house.staff(DONG_XUAN, Role::Leader).await;
    let reception = house.staff(DONG_XUAN, Role::Reception).await;
    office.add_reason(&director, text("Chung", true), office.new_id()).await.unwrap();
    office.add_reason(&reception, text("Của riêng", false), office.new_id()).await.unwrap();
    let shared = named(&house, &reception, "Chung").await.unwrap();
    let own = named(&house, &reception, "Của riêng").await.unwrap();

    let id = office.new_id();
    let refused = office.change_reason(&reception, shared.id, 1, text("Khác", false), id).await;
    assert!(matches!(refused, Err(Error::Forbidden)), "{refused:?}");
    // Of somebody else's own text nobody learns that it is there.
    let refused = office.change_reason(&leader, own.id, 1, text("Khác", false), id).await;
    assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
    let elsewhere = house.staff(XUAN_LANH, Role::Leader).await;
    let refused = office.retire_reason(&elsewhere, shared.id, 1, id).await;
    assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");

    office.change_reason(&leader, shared.id, 1, text("Chung, đã sửa", false), office.new_id()).await.unwrap();
    let changed = named(&house, &reception, "Chung, đã sửa").await.unwrap();
    assert_eq!((changed.id, changed.version, changed.owner_id), (shared.id, 2, None), "a shared one stays shared");
    let late = office.change_reason(&director, shared.id, 1, text("Muộn", false), office.new_id()).await;
    assert!(matches!(late, Err(Error::Stale)), "{late:?}");
    office.retire_reason(&reception, own.id, 1, office.new_id()).await.unwrap();
    assert!(named(&house, &reception, "Của riêng").await.is_none());
    let again = office.retire_reason(&reception, own.id, 2, office.new_id()).await;
    assert!(matches!(again, Err(Error::Stale)), "{again:?}");
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_rows WHERE object_kind = 'reason'").await, 4);
}

on_both!(shipped_texts_are_laid_down_once_and_what_a_unit_did_with_them_stays);
async fn shipped_texts_are_laid_down_once_and_what_a_unit_did_with_them_stays(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let shipped: Vec<ShippedReason> =
        serde_json::from_str(include_str!("../../../seed/reasons.json")).expect("the shipped texts");
    assert!(shipped.len() >= 12);
    let operator = Who::operator("root");
    assert!(office.lay_down_reasons(&operator, &shipped).await.unwrap() >= shipped.len());
    let leader = house.staff(DONG_XUAN, Role::Leader).await;
    let reasons = office.reasons(&leader).await.unwrap();
    assert_eq!(reasons.len(), shipped.len());
    for kind in ReasonKind::ALL {
        assert!(reasons.iter().any(|row| row.kind == kind.key()), "{} has a text", kind.key());
    }
    office.retire_reason(&leader, reasons[0].id, 1, office.new_id()).await.unwrap();
    assert_eq!(office.lay_down_reasons(&operator, &shipped).await.unwrap(), 0);
    assert_eq!(office.reasons(&leader).await.unwrap().len(), shipped.len() - 1);
    let refused = office.lay_down_reasons(&leader, &shipped).await;
    assert!(matches!(refused, Err(Error::Forbidden)), "{refused:?}");
}
