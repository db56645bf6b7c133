//! The offices of a unit as its administrator sees and corrects them.

use super::{
    engine::Home,
    house::{DONG_XUAN, House, XUAN_LANH},
};
use crate::on_both;
use domain::{reorganisation::By, role::Role, unit::Offices};
use office::{
    Actor, Error, Who, error::Problem, new_offices::AddProblem, reorganisations::NewReorganisation, who::Position,
};
use serde_json::{Value, json};

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

/// A file of an installation with a unit that begins on 01/01/2027, changed.
fn file(change: impl FnOnce(&mut Value)) -> Offices {
    let office = |key: &str, kind: &str, organ: &str, above: Option<&str>| {
        json!({"key": key, "name": format!("{key} mới"), "kind": kind, "unit": "22999", "organ_id": organ, "parent": above,
               "valid_from": "2027-01-01", "valid_to": null, "configured": true})
    };
    let unit = office("xa-moi-ubnd", "peoples_committee", "H15.50.77", None);
    let centre = office("xa-moi-mot-cua", "one_stop_shop", "H15.50.77.13", Some("xa-moi-ubnd"));
    let mut file = json!({ "offices": [unit, centre] });
    change(&mut file);
    Offices::of_installation(&file.to_string()).unwrap()
}

on_both!(a_unit_that_will_begin_is_added_beside_what_stands_and_may_continue_another);
async fn a_unit_that_will_begin_is_added_beside_what_stands_and_may_continue_another(home: Home) {
    let house = House::open(home).await;
    let (office, operator) = (&house.office, Who::operator("lan"));
    let administrator = house.staff(DONG_XUAN, Role::Administrator).await;
    let asked = office.add_offices(&administrator, &file(|_| {})).await;
    assert!(matches!(asked, Err(AddProblem::Office(Error::Forbidden))), "offices are the operator's to add");
    let before = house.count("SELECT COUNT(*) FROM offices").await;
    let added = office.add_offices(&operator, &file(|_| {})).await.unwrap();
    assert_eq!(added.iter().map(|row| row.key.as_str()).collect::<Vec<_>>(), ["xa-moi-ubnd", "xa-moi-mot-cua"]);
    assert!(office.add_offices(&operator, &file(|_| {})).await.unwrap().is_empty(), "the same file again");

    // What cannot be leaves nothing behind, also where the office before it in the file could.
    let division = |key: &str, kind: &str, organ: &str| {
        json!({"key": key, "name": key, "kind": kind, "unit": "22999", "organ_id": organ, "parent": "xa-moi-ubnd",
               "valid_from": "2027-01-01", "valid_to": null, "configured": true})
    };
    let with = |more: Value| {
        file(|file| {
            let offices = file["offices"].as_array_mut().unwrap();
            offices.push(division("xa-moi-van-phong", "secretariat", "H15.50.77.01"));
            offices.push(more);
        })
    };
    let mut no_day = division("xa-moi-kinh-te", "division", "H15.50.77.02");
    no_day["valid_from"] = Value::Null;
    let taken = office.books().places.by_id(XUAN_LANH).unwrap().organ_id.clone();
    let another_shop = file(|file| {
        file["offices"][1]["key"] = "xa-moi-quay-hai".into();
        file["offices"][1]["organ_id"] = "H15.50.77.14".into();
    });
    let succession = json!([{"from": "xa-moi-mot-cua", "to": "xa-moi-ubnd", "day": "2027-01-01"}]);
    let wrong = [
        (
            file(|file| file["offices"][1]["name"] = "Tên khác".into()),
            "xa-moi-mot-cua is there already, with another \"name\"",
        ),
        (with(no_day), "xa-moi-kinh-te needs its first day"),
        (with(division("xa-moi-kinh-te", "division", &taken)), "is that of xa-xuan-lanh-ubnd"),
        (another_shop, "xa-moi-ubnd has a one-stop shop already"),
        (file(|file| file["successions"] = succession), "who continues whom is a reorganisation's"),
    ];
    for (file, told) in wrong {
        let said = office.add_offices(&operator, &file).await.unwrap_err().to_string();
        assert!(said.contains(told), "{said}");
    }
    assert_eq!(house.count("SELECT COUNT(*) FROM offices").await, before + 2);
    let record = "SELECT COUNT(*) FROM audit_rows WHERE act = 'add_office' AND actor_kind = 'operator'";
    assert_eq!(house.count(record).await, 2);

    // It is a unit like the others from its day on.
    let books = office.books();
    let (unit, first) = (books.places.by_key("xa-moi-ubnd").unwrap().id, "2027-01-01".parse().unwrap());
    assert!(books.places.open_authority(unit, house.clock.now().day()).is_none());
    assert_eq!(books.places.one_stop_of(unit, first).unwrap().key, "xa-moi-mot-cua");
    let mut above = administrator;
    if let Actor::Staff(staff) = &mut above.actor {
        staff.positions.push(Position { office: unit, role: Role::Administrator, title: String::new() });
    }
    let new = NewReorganisation {
        day: first,
        basis: "Nghị quyết minh họa".into(),
        closes: vec![DONG_XUAN],
        heirs: vec![unit],
        by: By::One,
        default: None,
    };
    let id = office.prepare_reorganisation(&above, new, office.new_id()).await.unwrap();
    assert_eq!(office.reorganisation(&above, id).await.unwrap().problem, None);
}
