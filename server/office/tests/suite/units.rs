//! The offices of a unit as its administrator sees and corrects them.

use super::{
    engine::Home,
    house::{DONG_XUAN, House, XUAN_LANH},
};
use crate::on_both;
use domain::{reorganisation::By, role::Role, unit::Offices};
use office::{
    Actor, Error, Who,
    error::Problem,
    new_offices::AddProblem,
    office_entries::{EntryProblem, TypedOffice},
    reorganisations::NewReorganisation,
    who::Position,
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

/// A division of Đồng Xuân as it is typed.
fn division() -> TypedOffice {
    TypedOffice {
        unit: DONG_XUAN,
        kind: "division".into(),
        key: "xa-dong-xuan-dan-toc".into(),
        name: " Phòng Dân tộc  xã Đồng Xuân ".into(),
        organ: "h15.50.05.04".into(),
        address: "Thôn Long Hà".into(),
        phone: "0257 3872 123".into(),
        ..TypedOffice::default()
    }
}

/// A commune that will begin, as it is typed.
fn commune() -> TypedOffice {
    TypedOffice {
        kind: "peoples_committee".into(),
        key: "xa-moi-ubnd".into(),
        name: "Ủy ban nhân dân xã Mới".into(),
        organ: "H15.50.77".into(),
        unit_code: "22999".into(),
        shop_name: "Trung tâm Phục vụ hành chính công xã Mới".into(),
        shop_organ: "H15.50.77.13".into(),
        ..division()
    }
}

on_both!(a_division_is_entered_once_by_the_administrator_of_its_unit_and_by_no_other);
async fn a_division_is_entered_once_by_the_administrator_of_its_unit_and_by_no_other(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let administrator = house.staff(DONG_XUAN, Role::Administrator).await;
    let first = house.clock.now().day().plus(30);
    let seen = office.preview_office(&administrator, &division(), first).unwrap();
    assert_eq!(seen.rows.len(), 1);
    assert_eq!(
        (seen.rows[0].name.as_str(), seen.rows[0].organ_id.as_str()),
        ("Phòng Dân tộc xã Đồng Xuân", "H15.50.05.04")
    );
    assert!(office.books().places.by_key("xa-dong-xuan-dan-toc").is_none(), "looking adds nothing");
    for who in [house.staff(XUAN_LANH, Role::Administrator).await, house.staff(DONG_XUAN, Role::Leader).await] {
        let asked = office.add_office(&who, &division(), first, office.new_id()).await;
        assert!(matches!(asked, Err(Error::Forbidden)));
    }
    let command = office.new_id();
    for _ in 0..2 {
        let key = office.add_office(&administrator, &division(), first, command).await.unwrap();
        assert_eq!(key, "xa-dong-xuan-dan-toc");
    }
    let books = office.books();
    let added = books.places.by_key("xa-dong-xuan-dan-toc").unwrap();
    assert_eq!(books.places.authority_of(added.id), Some(DONG_XUAN));
    assert!(!added.stands_on(first.prev()) && added.stands_on(first));
    assert_eq!(books.places.contact_of(added.id).unwrap().phone, "+842573872123");
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'add_office' AND office_id = 1").await, 1);
    let again = office.add_office(&administrator, &division(), first, office.new_id()).await;
    assert!(matches!(again, Err(Error::Invalid(Problem::OfficeEntry(EntryProblem::KeyTaken)))));
}

on_both!(a_unit_that_will_begin_is_entered_with_its_one_stop_shop_and_nobody_works_there_yet);
async fn a_unit_that_will_begin_is_entered_with_its_one_stop_shop_and_nobody_works_there_yet(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let administrator = house.staff(DONG_XUAN, Role::Administrator).await;
    let first = house.clock.now().day().plus(30);
    office.add_office(&administrator, &commune(), first, office.new_id()).await.unwrap();
    let books = office.books();
    let unit = books.places.by_key("xa-moi-ubnd").unwrap().id;
    assert_eq!(books.places.one_stop_of(unit, first).unwrap().organ_id, "H15.50.77.13");
    assert!(books.places.open_authority(unit, first.prev()).is_none());
    assert!(books.places.contact_of(unit).is_none(), "the contact is that of its one-stop shop");
    assert!(office.units(&administrator).unwrap().iter().all(|line| line.office.id != unit));
    // The record is that of the unit that entered it.
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'add_office' AND office_id = 1").await, 2);
}

on_both!(an_office_that_breaks_the_rule_of_the_file_is_refused_at_its_field);
async fn an_office_that_breaks_the_rule_of_the_file_is_refused_at_its_field(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let administrator = house.staff(DONG_XUAN, Role::Administrator).await;
    let today = house.clock.now().day();
    let taken = office.books().places.by_id(XUAN_LANH).unwrap().clone();
    let taken_problem = |field| EntryProblem::OrganTaken { field, name: taken.name.clone() };
    let entry = |typed: TypedOffice, problem: EntryProblem| (typed, Problem::OfficeEntry(problem));
    let cases = [
        (TypedOffice { kind: "police".into(), ..division() }, Problem::Missing("kind")),
        (TypedOffice { key: " ".into(), ..division() }, Problem::Missing("key")),
        (TypedOffice { name: " ".into(), ..division() }, Problem::Missing("name")),
        (TypedOffice { organ: String::new(), ..division() }, Problem::Missing("organ")),
        (TypedOffice { phone: "12".into(), ..division() }, Problem::PhoneInvalid),
        (TypedOffice { shop_name: String::new(), ..commune() }, Problem::Missing("shop_name")),
        entry(TypedOffice { key: "Xã Mới".into(), ..division() }, EntryProblem::KeyInvalid),
        entry(TypedOffice { key: "xa-xuan-lanh-ubnd".into(), ..division() }, EntryProblem::KeyTaken),
        entry(TypedOffice { organ: "15.50".into(), ..division() }, EntryProblem::OrganInvalid { field: "organ" }),
        entry(TypedOffice { organ: taken.organ_id.clone(), ..division() }, taken_problem("organ")),
        entry(TypedOffice { shop_organ: taken.organ_id.clone(), ..commune() }, taken_problem("shop_organ")),
        entry(
            TypedOffice { shop_organ: "H15.50.77".into(), ..commune() },
            EntryProblem::OrganTaken { field: "shop_organ", name: commune().name },
        ),
        entry(TypedOffice { unit_code: "2299".into(), ..commune() }, EntryProblem::UnitCodeInvalid),
        entry(TypedOffice { kind: "one_stop_shop".into(), ..division() }, EntryProblem::OneStopShops),
    ];
    for (typed, told) in cases {
        match office.add_office(&administrator, &typed, today, office.new_id()).await {
            Err(Error::Invalid(problem)) => assert_eq!(problem, told, "{typed:?}"),
            other => panic!("{typed:?}: {other:?}"),
        }
    }
    let days = [
        (today.prev(), Problem::PeriodInvalid("first")),
        (today.plus(400), Problem::OfficeEntry(EntryProblem::TooFarAhead)),
    ];
    for (first, told) in days {
        let asked = office.add_office(&administrator, &division(), first, office.new_id()).await;
        assert!(matches!(asked, Err(Error::Invalid(problem)) if problem == told));
    }
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'add_office'").await, 0);
}
