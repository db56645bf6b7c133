//! Named filters: one's own, a menu's worth, and nothing twice.

use super::{
    engine::Home,
    house::{DONG_XUAN, House},
};
use crate::on_both;
use domain::role::Role;
use office::{
    Error,
    error::Problem,
    queues::{Narrow, Queue},
};

on_both!(a_named_filter_is_ones_own_to_keep_rename_and_remove);
async fn a_named_filter_is_ones_own_to_keep_rename_and_remove(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let reception = house.staff(DONG_XUAN, Role::Reception).await;
    let director = house.staff(DONG_XUAN, Role::CentreDirector).await;
    let narrow = Narrow { search: " Ksor ".into(), procedure_code: Some("1.001193".into()) };
    let command = office.new_id();
    for _ in 0..2 {
        office.save_view(&reception, "Khai sinh nhà Ksor", Queue::AwaitingAcceptance, &narrow, command).await.unwrap();
    }
    let views = office.saved_views(&reception).await.unwrap();
    assert_eq!(views.len(), 1, "sent twice, kept once");
    let kept = (views[0].queue.as_str(), views[0].search.as_str(), views[0].procedure_code.as_str());
    assert_eq!(kept, ("cho-tiep-nhan", "Ksor", "1.001193"));
    assert!(office.saved_views(&director).await.unwrap().is_empty());

    let id = views[0].id;
    let foreign = office.rename_view(&director, id, "Của tôi", office.new_id()).await;
    assert!(matches!(foreign, Err(Error::NotFound)), "{foreign:?}");
    office.remove_view(&director, id, office.new_id()).await.unwrap();
    office.rename_view(&reception, id, "Tên khác", office.new_id()).await.unwrap();
    assert_eq!(office.saved_views(&reception).await.unwrap()[0].name, "Tên khác", "a stranger removed nothing");
    office.remove_view(&reception, id, office.new_id()).await.unwrap();
    office.remove_view(&reception, id, office.new_id()).await.unwrap();
    assert!(office.saved_views(&reception).await.unwrap().is_empty());
    let gone = office.rename_view(&reception, id, "Lại", office.new_id()).await;
    assert!(matches!(gone, Err(Error::NotFound)), "{gone:?}");
    // What was searched may be somebody's name: the record does not repeat it.
    assert_eq!(
        house
            .count("SELECT COUNT(*) FROM audit_rows WHERE act = 'save_view' AND CAST(detail AS TEXT) LIKE '%Ksor%'")
            .await,
        0
    );
}

on_both!(a_named_filter_needs_a_name_and_a_menu_holds_twenty);
async fn a_named_filter_needs_a_name_and_a_menu_holds_twenty(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let reception = house.staff(DONG_XUAN, Role::Reception).await;
    let (queue, all) = (Queue::Overdue, Narrow::default());
    let wrong = office.save_view(&reception, "  ", queue, &all, office.new_id()).await;
    assert!(matches!(wrong, Err(Error::Invalid(Problem::Missing("name")))), "{wrong:?}");
    for number in 0..20 {
        office.save_view(&reception, &format!("Bộ lọc {number}"), queue, &all, office.new_id()).await.unwrap();
    }
    let full = office.save_view(&reception, "Thêm nữa", queue, &all, office.new_id()).await;
    assert!(matches!(full, Err(Error::Invalid(Problem::TooManyViews { most: 20 }))), "{full:?}");
    let administrator = house.staff(DONG_XUAN, Role::Administrator).await;
    let refused = office.save_view(&administrator, "x", queue, &all, office.new_id()).await;
    assert!(matches!(refused, Err(Error::Forbidden)), "{refused:?}");
}
