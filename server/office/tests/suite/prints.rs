//! What papers keep of the moment they were made.

use super::{
    endings::{papers, payment},
    engine::Home,
    house::{ALLOWANCE, DONG_XUAN, House, at},
};
use crate::on_both;
use domain::{dossier::PaymentState, money::Dong, role::Role};
use office::{Error, Who, papers::PaperKind};

on_both!(form_05_keeps_where_the_money_stood);
async fn form_05_keeps_where_the_money_stood(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let resident = house.nay().await;
    let cashier = house.staff(DONG_XUAN, Role::Cashier).await;
    let leader = house.staff(DONG_XUAN, Role::Leader).await;
    house.clock.set(at("2026-10-14T09:00"));
    let id = house.assigned(&resident, ALLOWANCE).await;
    let paid = PaymentState::Paid;
    let command = house.command(id).await;
    office.note_payment(&cashier, id, paid, Some(payment()), String::new(), command).await.unwrap();
    office.stop_dossier(&leader, id, "Người nộp chuyển đi".into(), house.command(id).await).await.unwrap();
    let money = papers(&house, id, PaperKind::Stop).await[0].money.expect("where the money stands");
    assert_eq!((money.fees, money.fees_paid, money.duties_paid), (paid, Dong(50_000), Dong(0)));
}

on_both!(a_slip_keeps_where_the_centre_was_and_which_hours_it_kept);
async fn a_slip_keeps_where_the_centre_was_and_which_hours_it_kept(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let resident = house.nay().await;
    let key = "xa-dong-xuan-phuc-vu-hanh-chinh-cong";
    let operator = Who::operator("lan");
    office.set_contact(&operator, key, Some("Khu phố Long Bình"), Some("0900 000 901")).await.unwrap();
    let id = house.submitted(&resident, ALLOWANCE).await;
    office.set_contact(&operator, key, Some("Khu phố Long Hà"), Some("")).await.unwrap();
    let slip = &papers(&house, id, PaperKind::ResidentSlip).await[0];
    assert_eq!((slip.desk_address.as_str(), slip.desk_phone.as_str()), ("Khu phố Long Bình", "+84900000901"));
    assert!(slip.calendar.is_some());
    assert!(matches!(office.set_contact(&operator, "khong-co", Some("x"), None).await, Err(Error::NotFound)));
    assert!(office.set_contact(&operator, key, None, Some("12")).await.is_err());
    office.set_contact(&operator, key, None, Some("0900 000 902")).await.unwrap();
    let contact = office.books().places.contact_of(office.books().places.by_key(key).unwrap().id).cloned().unwrap();
    assert_eq!(
        (contact.address.as_str(), contact.phone.as_str()),
        ("Khu phố Long Hà", "+84900000902"),
        "what is not given stays"
    );
    assert!(matches!(office.set_contact(&resident, key, Some("x"), None).await, Err(Error::Forbidden)));
    assert_eq!(
        house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'set_contact' AND actor_kind = 'operator'").await,
        3
    );
}
