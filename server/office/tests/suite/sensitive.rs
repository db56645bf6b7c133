//! Sensitive matters: who learns that such a dossier is there, whose it is and what it is about.

use super::{
    engine::Home,
    house::{ALLOWANCE, DONG_XUAN, House, SAME_DAY, XUAN_LANH, at, trace},
};
use crate::on_both;
use domain::{
    dossier::{Collector, DeliveryMethod, Proposal},
    role::Role,
};
use office::{
    Actor, Error, Uuid, Who,
    bus::Shown,
    counter::WalkIn,
    queues::{Narrow, Queue},
    registers::Reading,
    reveal::Reveal,
    stuck::{Backlog, Stuck},
    who::Position,
};

/// The roles whose steps the procedure passes, with the leader.
const READERS: [Role; 4] = [Role::Reception, Role::Specialist, Role::Leader, Role::Records];

fn reads(role: Role) -> bool {
    READERS.contains(&role)
}

/// Makes the procedure of most tests a sensitive one from now on.
async fn guard(house: &House) {
    house.change_local(ALLOWANCE, |local| local.sensitive = true).await;
}

fn searched(words: &str) -> Narrow {
    Narrow { search: words.into(), ..Narrow::default() }
}

on_both!(lists_counts_and_searches_hold_it_for_those_whose_steps_it_passes_alone);
async fn lists_counts_and_searches_hold_it_for_those_whose_steps_it_passes_alone(home: Home) {
    let house = House::open(home).await;
    guard(&house).await;
    let office = &house.office;
    let resident = house.nay().await;
    let guarded = [house.submitted(&resident, ALLOWANCE).await, house.assigned(&resident, ALLOWANCE).await];
    let ordinary = house.submitted(&resident, SAME_DAY).await;
    let code = house.row(guarded[1]).await.code.unwrap();
    for role in Role::ALL {
        let who = house.staff(DONG_XUAN, role).await;
        let Ok(all) = office.queue(&who, Queue::All, &Narrow::default(), None).await else {
            assert_eq!(role, Role::Administrator);
            continue;
        };
        let has = |id: Uuid| all.rows.iter().any(|row| row.id == id);
        assert!(has(ordinary), "{} sees what is not sensitive", role.key());
        assert!(guarded.iter().all(|id| has(*id) == reads(role)), "{}", role.key());
        for words in ["ksor", "054090004321", &code, "1.001731", "0905 123 456"] {
            let found = office.queue(&who, Queue::All, &searched(words), None).await.unwrap();
            let named = found.rows.iter().any(|row| guarded.contains(&row.id));
            assert_eq!(named, reads(role), "{} searches {words}", role.key());
        }
        let narrow = Narrow { procedure_code: Some(ALLOWANCE.into()), ..Narrow::default() };
        let of_procedure = office.queue(&who, Queue::All, &narrow, None).await.unwrap();
        assert_eq!(of_procedure.rows.len(), if reads(role) { 2 } else { 0 }, "{}", role.key());
        // A count says what its list shows.
        for (queue, count) in office.queue_counts(&who).await.unwrap() {
            let list = office.queue(&who, queue, &Narrow::default(), None).await.unwrap();
            assert_eq!(list.rows.len() as i64, count, "{} {}", role.key(), queue.key());
        }
    }
}

on_both!(it_is_opened_under_its_own_right_and_every_look_at_it_has_a_name_of_its_own);
async fn it_is_opened_under_its_own_right_and_every_look_at_it_has_a_name_of_its_own(home: Home) {
    let house = House::open(home).await;
    guard(&house).await;
    let office = &house.office;
    let resident = house.nay().await;
    let id = house.assigned(&resident, ALLOWANCE).await;
    let reception = house.staff(DONG_XUAN, Role::Reception).await;
    let paper = office.dossier(&reception, id).await.unwrap().papers[0].id;
    let forbidden = |result: Result<(), Error>, what: &str, role: Role| {
        assert!(matches!(result, Err(Error::Forbidden)), "{what} by {}: {result:?}", role.key());
    };
    let reason = || Reveal::read("call", "").unwrap();
    let shown = Shown { dossier: Some(id), ..Shown::default() };
    let nobody = Who::anyone(trace());
    for role in Role::ALL {
        let who = house.staff(DONG_XUAN, role).await;
        if reads(role) {
            office.dossier(&who, id).await.unwrap();
            office.open_paper(&who, paper).await.unwrap();
            office.export_control_slip(&who, id).await.unwrap();
            office.listen(&who, &nobody, shown).await.map(drop).unwrap();
            office.last_mover(&who, id).await.unwrap();
            continue;
        }
        forbidden(office.dossier(&who, id).await.map(drop), "dossier", role);
        forbidden(office.open_paper(&who, paper).await.map(drop), "paper", role);
        forbidden(office.control_slip(&who, id).await.map(drop), "slip", role);
        forbidden(office.export_control_slip(&who, id).await.map(drop), "export", role);
        forbidden(office.reveal_personal_data(&who, id, &reason(), office.new_id()).await, "numbers", role);
        forbidden(office.audit_of_dossier(&who, id, None).await.map(drop), "record", role);
        forbidden(office.last_mover(&who, id).await.map(drop), "news", role);
        forbidden(office.write_note(&who, id, "đã xem", &[], office.new_id()).await, "note", role);
        forbidden(office.stop_dossier(&who, id, "nghỉ".into(), house.command(id).await).await, "stop", role);
        let news = office.listen(&who, &nobody, shown).await.map(drop);
        assert!(matches!(news, Err(Error::NotFound)), "{}: {news:?}", role.key());
    }
    for (act, looks) in [
        // The look of the test's own first.
        ("view_sensitive_dossier", 1 + 2 * READERS.len() as i64),
        ("view_sensitive_paper", READERS.len() as i64),
        ("export_sensitive_control_slip", READERS.len() as i64),
    ] {
        let rows = match act {
            "view_sensitive_dossier" => "SELECT COUNT(*) FROM audit_rows WHERE act = 'view_sensitive_dossier'",
            "view_sensitive_paper" => "SELECT COUNT(*) FROM audit_rows WHERE act = 'view_sensitive_paper'",
            _ => "SELECT COUNT(*) FROM audit_rows WHERE act = 'export_sensitive_control_slip'",
        };
        assert_eq!(house.count(rows).await, looks, "{act}");
    }
    let plain = "SELECT COUNT(*) FROM audit_rows WHERE act IN ('view_dossier', 'view_paper', 'export_control_slip')";
    assert_eq!(house.count(plain).await, 0);
    let stranger = house.staff(XUAN_LANH, Role::Leader).await;
    forbidden(office.dossier(&stranger, id).await.map(drop), "dossier elsewhere", Role::Leader);
}

on_both!(the_book_counts_it_and_names_it_to_its_readers_alone);
async fn the_book_counts_it_and_names_it_to_its_readers_alone(home: Home) {
    let house = House::open(home).await;
    guard(&house).await;
    let office = &house.office;
    let resident = house.nay().await;
    let id = house.assigned(&resident, ALLOWANCE).await;
    let who = house.staff(DONG_XUAN, Role::Specialist).await;
    office.submit_for_approval(&who, id, Proposal::Grant, String::new(), house.command(id).await).await.unwrap();
    let leader = house.staff(DONG_XUAN, Role::Leader).await;
    office.approve_dossier(&leader, id, house.command(id).await).await.unwrap();
    let records = house.staff(DONG_XUAN, Role::Records).await;
    office.issue_result(&records, id, house.command(id).await).await.unwrap();
    let reception = house.staff(DONG_XUAN, Role::Reception).await;
    let collector = Collector {
        name: "Ksor H'Nay".into(),
        is_applicant: true,
        identity_paper: Some("Thẻ căn cước".into()),
        authority: None,
    };
    let command = house.command(id).await;
    office.deliver_dossier(&reception, id, collector, DeliveryMethod::Counter, None, command).await.unwrap();
    let matter = house.row(id).await.procedure_name;

    let (from, to) = (at("2026-10-01T00:00").day(), at("2026-10-31T00:00").day());
    for role in [Role::Reception, Role::Leader, Role::Records, Role::CentreDirector, Role::Controller] {
        let who = house.staff(DONG_XUAN, role).await;
        let page = office.register(&who, DONG_XUAN, from, to, Reading::Export("pdf")).await.unwrap();
        assert_eq!(page.rows.len(), 1, "{} counts it", role.key());
        let told = format!("{:?} {:?}", page.rows, page.ways);
        for words in ["Ksor", "054090004321", "905123456", "Long Thăng", matter.as_str(), ALLOWANCE] {
            assert_eq!(told.contains(words), reads(role), "{} is told {words}: {told}", role.key());
        }
        assert!(page.rows[0].code.is_some() && page.rows[0].received_at.is_some(), "its line stays");
    }
}

on_both!(at_the_counter_only_a_reader_receives_it_or_asks_who_has_one_open);
async fn at_the_counter_only_a_reader_receives_it_or_asks_who_has_one_open(home: Home) {
    let house = House::open(home).await;
    guard(&house).await;
    let office = &house.office;
    let walk_in = || WalkIn { procedure_code: ALLOWANCE.into(), name: "Sô Minh Thuận".into(), ..WalkIn::default() };
    let director = house.staff(DONG_XUAN, Role::CentreDirector).await;
    let refused = office.receive_at_counter(&director, DONG_XUAN, walk_in(), office.new_id()).await;
    assert!(matches!(refused, Err(Error::Forbidden)), "{refused:?}");
    let refused = office.open_matters(&director, DONG_XUAN, "054090004321", ALLOWANCE).await;
    assert!(matches!(refused, Err(Error::Forbidden)), "what a person has open is a matter too");
    office.open_matters(&director, DONG_XUAN, "054090004321", SAME_DAY).await.unwrap();
    let reception = house.staff(DONG_XUAN, Role::Reception).await;
    let id = office.receive_at_counter(&reception, DONG_XUAN, walk_in(), office.new_id()).await.unwrap();
    assert!(house.row(id).await.sensitive);
}

on_both!(a_look_up_by_code_says_how_it_stands_and_nothing_of_whose_or_what);
async fn a_look_up_by_code_says_how_it_stands_and_nothing_of_whose_or_what(home: Home) {
    let house = House::open(home).await;
    guard(&house).await;
    let resident = house.nay().await;
    let id = house.accepted(&resident, ALLOWANCE).await;
    let row = house.row(id).await;
    let found = house.office.look_up(&Who::anyone(trace()), &row.code.unwrap(), &row.lookup_code).await.unwrap();
    assert_eq!(found.status, domain::dossier::Status::Accepted);
    let told = format!("{found:?}");
    for words in ["Ksor", "054090004321", &row.procedure_name, ALLOWANCE] {
        assert!(!told.contains(words), "{words}: {told}");
    }
    // Its resident reads it in full, as ever.
    let own = house.office.my_dossier(&resident, id).await.unwrap();
    assert_eq!(own.row.procedure_name, row.procedure_name);
}

on_both!(what_was_filed_before_a_procedure_became_sensitive_stays_as_it_was);
async fn what_was_filed_before_a_procedure_became_sensitive_stays_as_it_was(home: Home) {
    let house = House::open(home).await;
    let resident = house.nay().await;
    let before = house.accepted(&resident, ALLOWANCE).await;
    house.clock.set(at("2026-10-13T09:00"));
    house.publish_as_of_today(ALLOWANCE).await;
    guard(&house).await;
    let after = house.accepted(&resident, ALLOWANCE).await;
    let director = house.staff(DONG_XUAN, Role::CentreDirector).await;
    house.office.dossier(&director, before).await.unwrap();
    assert!(matches!(house.office.dossier(&director, after).await.map(drop), Err(Error::Forbidden)));
    let page = house.office.queue(&director, Queue::All, &Narrow::default(), None).await.unwrap();
    assert_eq!(page.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [before]);
}

on_both!(it_is_given_to_its_readers_alone);
async fn it_is_given_to_its_readers_alone(home: Home) {
    let house = House::open(home).await;
    guard(&house).await;
    let office = &house.office;
    let resident = house.nay().await;
    let id = house.accepted(&resident, ALLOWANCE).await;
    let reception = house.staff(DONG_XUAN, Role::Reception).await;
    let other = house.staff(DONG_XUAN, Role::CivilStatus).await.staff().unwrap().id;
    let specialist = house.staff(DONG_XUAN, Role::Specialist).await.staff().unwrap().id;
    let offered = office.dossier(&reception, id).await.unwrap().colleagues;
    assert!(offered.iter().all(|colleague| colleague.staff_id != other), "nobody is offered who may not open it");
    let refused = office.assign_dossier(&reception, id, other, house.command(id).await).await;
    assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
    office.assign_dossier(&reception, id, specialist, house.command(id).await).await.unwrap();
    // Of what is not sensitive everybody of the unit may be given something, as before.
    let ordinary = house.accepted(&resident, SAME_DAY).await;
    office.assign_dossier(&reception, ordinary, other, house.command(ordinary).await).await.unwrap();
}

on_both!(what_is_stuck_is_counted_as_ones_queues_show_it_and_whole_for_who_has_none);
async fn what_is_stuck_is_counted_as_ones_queues_show_it_and_whole_for_who_has_none(home: Home) {
    let house = House::open(home).await;
    guard(&house).await;
    let office = &house.office;
    let resident = house.nay().await;
    house.submitted(&resident, ALLOWANCE).await;
    house.submitted(&resident, SAME_DAY).await;
    house.clock.set(at("2026-10-14T09:00"));
    let late = async |who: &Who| {
        let of_acceptance = |one: Stuck| match one {
            Stuck::Dossiers { backlog: Backlog::LateAcceptance, dossiers, .. } => Some(dossiers),
            _ => None,
        };
        office.stuck(who).await.unwrap().into_iter().filter_map(of_acceptance).sum::<i64>()
    };
    for (role, expected) in [(Role::CentreDirector, 1), (Role::Controller, 1), (Role::Leader, 2)] {
        let who = house.staff(DONG_XUAN, role).await;
        assert_eq!(late(&who).await, expected, "{}", role.key());
        let counts = office.queue_counts(&who).await.unwrap();
        assert!(counts.contains(&(Queue::AwaitingAcceptance, expected)), "{}: {counts:?}", role.key());
    }
    // Who has no queue of that unit has nothing to hold the number against, and is to see that something is late.
    let mut administrator = house.staff(DONG_XUAN, Role::Administrator).await;
    assert_eq!(late(&administrator).await, 2);
    if let Actor::Staff(staff) = &mut administrator.actor {
        staff.positions.push(Position { office: XUAN_LANH, role: Role::CentreDirector, title: String::new() });
    }
    assert_eq!(late(&administrator).await, 2, "with the queues of another unit too");
    if let Actor::Staff(staff) = &mut administrator.actor {
        staff.positions.push(Position { office: DONG_XUAN, role: Role::CentreDirector, title: String::new() });
    }
    assert_eq!(late(&administrator).await, 1);
}
