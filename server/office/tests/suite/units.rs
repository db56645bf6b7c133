//! The offices of a unit as its administrator sees and corrects them.

use super::{
    engine::Home,
    house::{DONG_XUAN, House, XUAN_LANH},
};
use crate::on_both;
use domain::role::Role;
use office::{Error, error::Problem};

on_both!(an_administrator_sees_the_own_unit_as_a_tree_and_no_other);
async fn an_administrator_sees_the_own_unit_as_a_tree_and_no_other(home: Home) {
    let house = House::open(home).await;
    let administrator = house.staff(DONG_XUAN, Role::Administrator).await;
    let lines = house.office.units(&administrator).unwrap();
    let depths: Vec<(i64, usize)> = lines.iter().map(|line| (line.office.id, line.depth)).collect();
    assert_eq!(depths[0], (DONG_XUAN, 0), "the committee stands first");
    assert_eq!(lines.len(), 4);
    assert!(depths[1..].iter().all(|(_, depth)| *depth > 0));
    let leader = house.staff(DONG_XUAN, Role::Leader).await;
    assert!(matches!(house.office.units(&leader), Err(Error::Forbidden)));
}

on_both!(a_contact_is_entered_once_with_what_it_was_before_on_the_record);
async fn a_contact_is_entered_once_with_what_it_was_before_on_the_record(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let administrator = house.staff(DONG_XUAN, Role::Administrator).await;
    let command = office.new_id();
    let enter = async |phone: &str, command| {
        office.enter_contact(&administrator, DONG_XUAN + 1, " Thôn Long Hà ", phone, command).await
    };
    assert!(matches!(enter("12", command).await, Err(Error::Invalid(Problem::PhoneInvalid))));
    enter("0257 3872 123", command).await.unwrap();
    let contact = office.books().places.contact_of(DONG_XUAN + 1).cloned().unwrap();
    assert_eq!(contact.address, "Thôn Long Hà");
    // The same form once more, and then another that takes the number out.
    enter("0905 000 000", command).await.unwrap();
    assert_eq!(office.books().places.contact_of(DONG_XUAN + 1).unwrap().phone, contact.phone);
    enter("", office.new_id()).await.unwrap();
    assert_eq!(office.books().places.contact_of(DONG_XUAN + 1).unwrap().phone, "");
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'set_contact' AND office_id = 2").await, 2);
    let foreign = office.enter_contact(&administrator, XUAN_LANH + 1, "", "", office.new_id()).await;
    assert!(matches!(foreign, Err(Error::Forbidden)));
}
