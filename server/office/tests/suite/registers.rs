//! The register: whose books somebody reads, also of offices that have ended, and what they say.

use super::{
    engine::Home,
    house::{ALLOWANCE, DONG_XUAN, House, XUAN_LANH, at},
    passing::join,
};
use crate::on_both;
use domain::{
    dossier::{Collector, DeliveryMethod},
    role::Role,
};
use office::{
    Error, Who,
    registers::{Reading, Way},
};

on_both!(the_books_of_an_office_that_ended_are_read_where_it_goes_on);
async fn the_books_of_an_office_that_ended_are_read_where_it_goes_on(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let resident = house.nay().await;
    let dossier = house.accepted(&resident, ALLOWANCE).await;
    let code = house.row(dossier).await.code;
    let clerk = house.staff(XUAN_LANH, Role::Reception).await;
    let (from, to) = (at("2026-10-01T00:00").day(), at("2026-10-31T00:00").day());
    let read = async |who: &Who, unit| office.register(who, unit, from, to, Reading::Screen).await;

    // While an office works, its book is its own.
    assert_eq!(office.books_of(&clerk).iter().map(|book| book.unit).collect::<Vec<_>>(), [XUAN_LANH]);
    assert!(matches!(read(&clerk, DONG_XUAN).await, Err(Error::Forbidden)));

    join(&house).await;
    let books = office.books_of(&clerk);
    assert_eq!(books.iter().map(|book| book.unit).collect::<Vec<_>>(), [XUAN_LANH, DONG_XUAN]);
    assert_eq!(books[0].last_day, None);
    assert_eq!(
        (books[1].name.as_str(), books[1].last_day),
        ("Ủy ban nhân dân xã Đồng Xuân", Some(at("2026-10-14T00:00").day()))
    );
    let page = read(&clerk, DONG_XUAN).await.unwrap();
    assert_eq!(page.rows.iter().map(|row| row.code.clone()).collect::<Vec<_>>(), [code]);
    assert!(page.may_reveal);

    // Only who may read the register where it goes on; and no book of an office that works.
    let specialist = house.staff(XUAN_LANH, Role::Specialist).await;
    assert!(office.books_of(&specialist).is_empty());
    assert!(matches!(read(&specialist, DONG_XUAN).await, Err(Error::Forbidden)));
    let controller = house.staff(XUAN_LANH, Role::Controller).await;
    assert!(!read(&controller, DONG_XUAN).await.unwrap().numbers_in_full, "who may not reveal gets no numbers");
    assert!(matches!(read(&resident, DONG_XUAN).await, Err(Error::SignInFirst)));
    assert!(matches!(read(&clerk, 999).await, Err(Error::Forbidden)));
}

on_both!(the_book_tells_the_way_of_a_dossier_and_an_export_is_on_the_record);
async fn the_book_tells_the_way_of_a_dossier_and_an_export_is_on_the_record(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let resident = house.nay().await;
    let reception = house.staff(DONG_XUAN, Role::Reception).await;
    let lying = house.accepted(&resident, ALLOWANCE).await;
    let given = house.assigned(&resident, ALLOWANCE).await;
    let forwarded = house.clock.now();
    house.clock.set(forwarded.plus_ms(3_600_000));
    let [specialist, leader, records] = [Role::Specialist, Role::Leader, Role::Records];
    let grant = domain::dossier::Proposal::Grant;
    let who = house.staff(DONG_XUAN, specialist).await;
    office.submit_for_approval(&who, given, grant, String::new(), house.command(given).await).await.unwrap();
    let who = house.staff(DONG_XUAN, leader).await;
    office.approve_dossier(&who, given, house.command(given).await).await.unwrap();
    let who = house.staff(DONG_XUAN, records).await;
    office.issue_result(&who, given, house.command(given).await).await.unwrap();
    let collector = Collector {
        name: "Sô Minh Thuận".into(),
        is_applicant: false,
        identity_paper: Some("999066045678".into()),
        authority: Some("Giấy ủy quyền".into()),
    };
    office
        .deliver_dossier(&reception, given, collector, DeliveryMethod::Counter, None, house.command(given).await)
        .await
        .unwrap();

    let day = forwarded.day();
    let page = office.register(&reception, DONG_XUAN, day, day, Reading::Export("xlsx")).await.unwrap();
    assert_eq!(page.rows.len(), 2);
    assert_eq!(page.ways[&lying], Way::default());
    let way = Way {
        forwarded: Some(forwarded),
        collector: Some("Sô Minh Thuận".into()),
        method: Some(DeliveryMethod::Counter),
        replaced_by: None,
    };
    assert_eq!(page.ways[&given], way);
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'export_register'").await, 1);
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'view_register'").await, 0);
    let before = office.register(&reception, DONG_XUAN, day.prev(), day.prev(), Reading::Screen).await.unwrap();
    assert!(before.rows.is_empty() && before.ways.is_empty());
}
