//! The record is searched inside the unit, without opening a dossier, and every search is a row of it.

use super::{
    engine::Home,
    house::{ALLOWANCE, DONG_XUAN, House, PASSWORD, XUAN_LANH, login, trace},
};
use crate::on_both;
use domain::role::Role;
use office::{
    Error, Who,
    audit_search::{ActGroup, AuditQuery, Unknown},
    reveal::Reveal,
};

fn everything(house: &House) -> AuditQuery {
    let today = house.clock.now().day();
    AuditQuery { code: String::new(), login: String::new(), group: None, from: today, to: today }
}

on_both!(the_record_is_searched_by_dossier_person_kind_and_day);
async fn the_record_is_searched_by_dossier_person_kind_and_day(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let resident = house.nay().await;
    let first = house.accepted(&resident, ALLOWANCE).await;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let reveal = Reveal::read("call", "gọi cho chị Nay ở cuối xóm").unwrap();
    office.reveal_personal_data(&clerk, first, &reveal, office.new_id()).await.unwrap();
    for searcher in [Role::Administrator, Role::Controller] {
        let who = house.staff(DONG_XUAN, searcher).await;
        let all = office.search_audit(&who, &everything(&house), None).await.unwrap();
        assert!(all.acts.windows(2).all(|two| (two[0].at, two[0].id) > (two[1].at, two[1].id)), "the newest first");
        let code = house.row(first).await.code.unwrap();
        let of_dossier = AuditQuery { code: code.clone(), ..everything(&house) };
        let acts = office.search_audit(&who, &of_dossier, None).await.unwrap().acts;
        assert!(acts.iter().any(|one| one.act == "accepted") && acts.iter().all(|one| one.object == code));
        assert!(
            acts.iter().all(|one| one.actor_kind != "resident" || one.actor_name.is_empty()),
            "no applicant's name"
        );
        let reveals = AuditQuery { group: Some(ActGroup::Reveals), ..everything(&house) };
        let acts = office.search_audit(&who, &reveals, None).await.unwrap().acts;
        assert_eq!(acts.len(), 1);
        assert!(acts[0].reason.is_some() && !format!("{acts:?}").contains("chị Nay"), "free words stay out");
        let of_clerk = AuditQuery { login: login(DONG_XUAN, Role::Reception), ..everything(&house) };
        let acts = office.search_audit(&who, &of_clerk, None).await.unwrap().acts;
        let clerks = login(DONG_XUAN, Role::Reception);
        assert!(acts.iter().any(|one| one.act == "accepted"), "what the clerk did");
        assert!(acts.iter().any(|one| one.act == "create_staff"), "what was done about the clerk");
        assert!(acts.iter().all(|one| one.actor_kind == "staff" || one.object == clerks));
        let both = AuditQuery { code, login: clerks, ..everything(&house) };
        let acts = office.search_audit(&who, &both, None).await.unwrap().acts;
        assert!(!acts.is_empty() && acts.iter().all(|one| one.object_kind == "dossier" && one.actor_kind == "staff"));
        let day = house.clock.now().day().prev();
        let yesterday = AuditQuery { from: day, to: day, ..everything(&house) };
        assert!(office.search_audit(&who, &yesterday, None).await.unwrap().acts.is_empty());
    }
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'search_audit' AND office_id = 1").await, 12);
}

on_both!(nobody_searches_the_record_of_another_unit);
async fn nobody_searches_the_record_of_another_unit(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let resident = house.nay().await;
    let dossier = house.accepted(&resident, ALLOWANCE).await;
    let stranger = house.staff(XUAN_LANH, Role::Administrator).await;
    let all = office.search_audit(&stranger, &everything(&house), None).await.unwrap();
    assert!(all.acts.is_empty(), "{:?}", all.acts);
    let code = AuditQuery { code: house.row(dossier).await.code.unwrap(), ..everything(&house) };
    assert_eq!(office.search_audit(&stranger, &code, None).await.unwrap().unknown, Some(Unknown::Dossier));
    let person = AuditQuery { login: login(DONG_XUAN, Role::Reception), ..everything(&house) };
    assert_eq!(office.search_audit(&stranger, &person, None).await.unwrap().unknown, Some(Unknown::Person));
    let leader = house.staff(DONG_XUAN, Role::Leader).await;
    assert!(matches!(office.search_audit(&leader, &everything(&house), None).await, Err(Error::Forbidden)));
}

on_both!(a_door_is_searched_for_one_person_with_what_was_refused_there);
async fn a_door_is_searched_for_one_person_with_what_was_refused_there(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let who = house.staff(DONG_XUAN, Role::Controller).await;
    house.staff(DONG_XUAN, Role::Records).await;
    let records = login(DONG_XUAN, Role::Records);
    let anyone = Who::anyone(trace());
    assert!(office.sign_in_staff(&anyone, &records, PASSWORD.into(), "000000").await.is_err());
    let doors = AuditQuery { group: Some(ActGroup::Doors), ..everything(&house) };
    assert_eq!(office.search_audit(&who, &doors, None).await.unwrap().unknown, Some(Unknown::WhoseDoor));
    let of_records = AuditQuery { login: format!(" {} ", records.to_uppercase()), ..doors };
    let acts = office.search_audit(&who, &of_records, None).await.unwrap().acts;
    assert_eq!(acts.len(), 1);
    let one = &acts[0];
    assert_eq!((one.act.as_str(), one.actor_kind.as_str(), &one.object), ("sign_in_refused", "anyone", &records));
    // What found nothing is on the record too.
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'search_audit'").await, 2);
}

on_both!(a_sensitive_dossier_is_found_by_no_code_and_named_by_none);
async fn a_sensitive_dossier_is_found_by_no_code_and_named_by_none(home: Home) {
    let house = House::open(home).await;
    house.change_local(ALLOWANCE, |local| local.sensitive = true).await;
    let office = &house.office;
    let resident = house.nay().await;
    let dossier = house.accepted(&resident, ALLOWANCE).await;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    office.dossier(&clerk, dossier).await.unwrap();
    let code = house.row(dossier).await.code.unwrap();
    for searcher in [Role::Administrator, Role::Controller] {
        let who = house.staff(DONG_XUAN, searcher).await;
        let views = AuditQuery { group: Some(ActGroup::Views), ..everything(&house) };
        let acts = office.search_audit(&who, &views, None).await.unwrap().acts;
        let look = acts.iter().find(|one| one.act == "view_sensitive_dossier").expect("the look stands there");
        assert_eq!((look.actor_kind.as_str(), look.object.as_str()), ("staff", ""));
        let all = office.search_audit(&who, &everything(&house), None).await.unwrap();
        assert!(!format!("{all:?}").contains(&code), "no line names it");
        let by_code = AuditQuery { code: code.clone(), ..everything(&house) };
        assert_eq!(office.search_audit(&who, &by_code, None).await.unwrap().unknown, Some(Unknown::Dossier));
    }
}

on_both!(a_search_longer_than_a_page_is_turned_over_without_a_gap);
async fn a_search_longer_than_a_page_is_turned_over_without_a_gap(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let who = house.staff(DONG_XUAN, Role::Administrator).await;
    for number in 0..60 {
        // Two rows of one moment, then a later one: the number decides between them.
        if number % 2 == 0 {
            house.clock.set(house.clock.now().plus_ms(1));
        }
        office.enter_contact(&who, DONG_XUAN + number % 3, "Thôn Long Hà", "", office.new_id()).await.unwrap();
    }
    // The catalogue was imported once: it belongs to every unit.
    let query = AuditQuery { group: Some(ActGroup::Rules), ..everything(&house) };
    let first = office.search_audit(&who, &query, None).await.unwrap();
    let second = office.search_audit(&who, &query, first.older).await.unwrap();
    assert_eq!((first.acts.len(), second.acts.len(), second.older), (50, 11, None));
    assert_eq!(second.acts.last().map(|one| one.act.as_str()), Some("import_procedures"));
    let mut ids: Vec<i64> = first.acts.iter().chain(&second.acts).map(|one| one.id).collect();
    ids.dedup();
    assert_eq!(ids.len(), 61);
}
