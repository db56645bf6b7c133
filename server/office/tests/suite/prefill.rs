//! Answers of earlier dossiers go into a draft by consent, and nobody else's do.

use super::{
    engine::Home,
    house::{ALLOWANCE, DONG_XUAN, House},
};
use crate::on_both;
use domain::question::Typed;
use office::{Error, Who, error::Problem, prefill::Offer, who::Actor};
use std::collections::BTreeSet;

const BIRTH: &str = "1.001193";
const TOPIC: &str = "nguoi_khai";

/// The same person after a clerk has seen the card.
fn proven(who: &Who) -> Who {
    let mut who = who.clone();
    if let Actor::Resident(resident) = &mut who.actor {
        resident.level = 1;
    }
    who
}

fn paths(offers: &[Offer]) -> Vec<&str> {
    offers.iter().map(|offer| offer.path.as_str()).collect()
}

fn chosen(path: &str) -> BTreeSet<String> {
    [path.to_owned()].into()
}

on_both!(a_proven_person_takes_over_what_they_choose_and_it_stays_marked_until_saved);
async fn a_proven_person_takes_over_what_they_choose_and_it_stays_marked_until_saved(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let claimed = house.nay().await;
    let earlier = house.submitted(&claimed, ALLOWANCE).await;
    let id = office.start_draft(&claimed, BIRTH, DONG_XUAN, office.new_id()).await.unwrap();
    let me = proven(&claimed);
    let draft = office.draft(&me, id).await.unwrap();
    assert_eq!(office.prefill_offers(&claimed, &draft, TOPIC).await.unwrap(), [], "a number that nobody compared");
    let offers = office.prefill_offers(&me, &draft, TOPIC).await.unwrap();
    assert_eq!(paths(&offers), ["declarer.name", "declarer.home", "declarer.phone"]);
    assert!(offers.iter().all(|offer| offer.dossier == earlier && !offer.code.is_empty()));
    let stranger = proven(&house.resident("998091112648", "Mang Thị Hoa").await);
    let refused = office.prefill_draft(&stranger, id, TOPIC, &chosen("declarer.home"), office.new_id()).await;
    assert!(matches!(refused, Err(Error::NotFound)));
    let nothing = office.prefill_draft(&me, id, TOPIC, &BTreeSet::new(), office.new_id()).await;
    assert!(matches!(nothing, Err(Error::Invalid(Problem::Missing("take")))));

    let command = office.new_id();
    for _ in 0..2 {
        office.prefill_draft(&me, id, TOPIC, &chosen("declarer.home"), command).await.unwrap();
    }
    let draft = office.draft(&me, id).await.unwrap();
    assert_eq!(draft.row.prefilled, ["declarer.home"]);
    assert_eq!(draft.typed["declarer.home.commune"], "Xã Đồng Xuân");
    assert!(!draft.typed.contains_key("declarer.phone"), "what was not chosen stays open");
    assert_eq!(paths(&office.prefill_offers(&me, &draft, TOPIC).await.unwrap()), ["declarer.name", "declarer.phone"]);
    let rows = "SELECT COUNT(*) FROM audit_rows WHERE act = 'prefill_draft'";
    assert_eq!(house.count(rows).await, 1);
    let values =
        "SELECT COUNT(*) FROM audit_rows WHERE act = 'prefill_draft' AND CAST(detail AS TEXT) LIKE '%Long Thăng%'";
    assert_eq!(house.count(values).await, 0, "the record says which, not what");

    let typed: Typed = draft.typed.clone();
    office.save_topic(&me, id, TOPIC, typed.clone(), false, None).await.unwrap();
    assert_eq!(office.draft(&me, id).await.unwrap().row.prefilled.len(), 1, "a save while typing is no look at it");
    office.save_topic(&me, id, TOPIC, typed, false, Some(office.new_id())).await.unwrap();
    assert_eq!(office.draft(&me, id).await.unwrap().row.prefilled, [""; 0]);
}

on_both!(nothing_goes_out_of_a_sensitive_matter_into_another);
async fn nothing_goes_out_of_a_sensitive_matter_into_another(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    house.change_local(ALLOWANCE, |local| local.sensitive = true).await;
    let me = proven(&house.nay().await);
    house.submitted(&me, ALLOWANCE).await;
    let id = office.start_draft(&me, BIRTH, DONG_XUAN, office.new_id()).await.unwrap();
    let draft = office.draft(&me, id).await.unwrap();
    assert_eq!(office.prefill_offers(&me, &draft, TOPIC).await.unwrap(), []);
}
