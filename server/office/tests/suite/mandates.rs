//! Standing in for colleagues: what a mandate lets somebody do, and everything it does not.

use super::{
    engine::Home,
    house::{ALLOWANCE, DONG_XUAN, House, PASSWORD, XUAN_LANH, at, trace},
};
use crate::on_both;
use domain::{
    dossier::{ActKind, Proposal},
    mandate::{MandateKind, Scope},
    role::Role,
    time::Day,
};
use office::{
    Actor, Error, Who,
    error::Problem,
    mandates::{Absence, Delegation},
    queues::{Narrow, Queue},
    staff::{NewPosition, NewStaff},
};
use uuid::Uuid;

fn id_of(who: &Who) -> Uuid {
    who.staff().expect("a member of staff").id
}

fn forbidden<T: std::fmt::Debug>(result: Result<T, Error>) {
    assert!(matches!(result, Err(Error::Forbidden)), "{result:?}");
}

fn refused(result: Result<(), Error>, problem: &Problem) {
    assert!(matches!(&result, Err(Error::Invalid(found)) if found == problem), "{result:?}, not {problem:?}");
}

/// The leader's right to approve, lent to that person from today until that many days later.
fn approval(house: &House, leader: &Who, to: &Who, days: i32) -> Delegation {
    let today = house.clock.now().day();
    Delegation {
        kind: MandateKind::Authority,
        from: id_of(leader),
        to: id_of(to),
        first: today,
        last: today.plus(days),
        scope: Scope { acts: vec![ActKind::Approve], procedures: Vec::new() },
        paper: "Quyết định số 12/QĐ-UBND".into(),
    }
}

/// Another member of staff in that role, in the same division as the one of the house.
async fn second(house: &House, role: Role, login: &str, name: &str) -> Who {
    let first = house.staff(DONG_XUAN, role).await;
    let position = first.staff().unwrap().positions[0].clone();
    let new = NewStaff {
        login: login.into(),
        name: name.into(),
        phone: None,
        password: PASSWORD.into(),
        positions: vec![NewPosition {
            office: position.office,
            role,
            title: String::new(),
            from: at("2025-07-01T00:00").day(),
            to: None,
        }],
    };
    let welcome = house.office.create_staff(&Who::operator("root"), new).await.unwrap();
    let member =
        office::who::StaffMember { id: welcome.id, name: name.into(), positions: vec![position], mandates: Vec::new() };
    Who { actor: Actor::Staff(member), acting_for: None, trace: trace() }
}

/// As that person comes in today.
async fn today(house: &House, who: &Who) -> Who {
    house.office.with_mandates(who.clone()).await.unwrap()
}

/// A dossier that waits for the leader of Đồng Xuân.
async fn before_the_leader(house: &House) -> Uuid {
    let resident = house.nay().await;
    let id = house.assigned(&resident, ALLOWANCE).await;
    let specialist = house.staff(DONG_XUAN, Role::Specialist).await;
    let command = house.command(id).await;
    house.office.submit_for_approval(&specialist, id, Proposal::Grant, String::new(), command).await.unwrap();
    id
}

on_both!(what_is_lent_is_done_in_the_lenders_place_and_every_trace_says_so);
async fn what_is_lent_is_done_in_the_lenders_place_and_every_trace_says_so(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let leader = house.staff(DONG_XUAN, Role::Leader).await;
    let director = house.staff(DONG_XUAN, Role::CentreDirector).await;
    let id = before_the_leader(&house).await;
    forbidden(office.approve_dossier(&director, id, house.command(id).await).await);

    let command = office.new_id();
    office.delegate(&leader, approval(&house, &leader, &director, 3), command).await.unwrap();
    // Sent twice, made once.
    office.delegate(&leader, approval(&house, &leader, &director, 3), command).await.unwrap();
    let page = office.mandates(&leader, None).await.unwrap();
    assert_eq!(page.rows.len(), 1);

    let director = today(&house, &director).await;
    assert!(office.dossier(&director, id).await.unwrap().next_acts.contains(&ActKind::Approve));
    office.approve_dossier(&director, id, house.command(id).await).await.unwrap();
    let view = office.dossier(&leader, id).await.unwrap();
    let event = view.events.iter().find(|event| event.mandate_id.is_some()).expect("an event under the mandate");
    assert_eq!((event.actor_id, event.acting_for), (Some(id_of(&director)), Some(id_of(&leader))));
    assert_eq!(event.actor_role.as_deref(), Some(Role::Leader.key()));
    assert_eq!(view.mandates.iter().map(|one| one.id).collect::<Vec<_>>(), [page.rows[0].id]);
    let rows = house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'approved' AND acting_for IS NOT NULL").await;
    assert_eq!(rows, 1, "the record names the person in whose place it was done");
    let made = house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'delegate'").await;
    assert_eq!(made, 1);

    // Whoever issues the letter does not sign it: the decision stands under its own name, and in whose place.
    let records = house.staff(DONG_XUAN, Role::Records).await;
    office.issue_result(&records, id, house.command(id).await).await.unwrap();
    let view = office.dossier(&leader, id).await.unwrap();
    let letter = view.papers.iter().find(|paper| paper.kind == "result").expect("the letter of the result");
    let officer = &letter.body["officer"];
    assert_eq!(officer["name"], director.staff().unwrap().name);
    assert_eq!(officer["title"], director.staff().unwrap().positions[0].title);
    assert_eq!(officer["in_place_of"]["kind"], MandateKind::Authority.key());
    assert_eq!(officer["in_place_of"]["name"], leader.staff().unwrap().name);
}

on_both!(a_paper_that_is_signed_in_anothers_place_says_in_whose);
async fn a_paper_that_is_signed_in_anothers_place_says_in_whose(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let leader = house.staff(DONG_XUAN, Role::Leader).await;
    let records = house.staff(DONG_XUAN, Role::Records).await;
    let lent = Delegation {
        scope: Scope { acts: vec![ActKind::Stop], procedures: vec![ALLOWANCE.into()] },
        kind: MandateKind::Order,
        ..approval(&house, &leader, &records, 0)
    };
    office.delegate(&leader, lent, office.new_id()).await.unwrap();
    let records = today(&house, &records).await;
    let id = house.assigned(&house.nay().await, ALLOWANCE).await;
    office.stop_dossier(&records, id, "Không còn đối tượng.".into(), house.command(id).await).await.unwrap();
    let view = office.dossier(&leader, id).await.unwrap();
    let paper = view.papers.iter().find(|paper| paper.kind == "stop").expect("form 05");
    let officer = &paper.body["officer"];
    assert_eq!(officer["name"], records.staff().unwrap().name);
    assert_eq!(officer["in_place_of"]["kind"], "order");
    assert_eq!(officer["in_place_of"]["name"], leader.staff().unwrap().name);
}

on_both!(outside_its_days_its_acts_and_its_procedures_a_mandate_lends_nothing);
async fn outside_its_days_its_acts_and_its_procedures_a_mandate_lends_nothing(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let leader = house.staff(DONG_XUAN, Role::Leader).await;
    let director = house.staff(DONG_XUAN, Role::CentreDirector).await;
    let id = before_the_leader(&house).await;
    let tomorrow = house.clock.now().day().next();
    let other = Scope { acts: vec![ActKind::Approve], procedures: vec!["1.001193".into()] };
    for asked in [
        Delegation { first: tomorrow, last: tomorrow, ..approval(&house, &leader, &director, 0) },
        Delegation { scope: other, ..approval(&house, &leader, &director, 0) },
        Delegation {
            scope: Scope { acts: vec![ActKind::ReturnForRework, ActKind::Sign], procedures: Vec::new() },
            ..approval(&house, &leader, &director, 0)
        },
    ] {
        office.delegate(&leader, asked, office.new_id()).await.unwrap();
        let who = today(&house, &director).await;
        forbidden(office.approve_dossier(&who, id, house.command(id).await).await);
    }
    // The first one begins with its day and ends with it.
    house.clock.set(tomorrow.at(domain::time::TimeOfDay::hm(8, 0)));
    let on_the_day = today(&house, &director).await;
    assert!(office.dossier(&on_the_day, id).await.unwrap().next_acts.contains(&ActKind::Approve));
    house.clock.set(tomorrow.next().start());
    let after = today(&house, &director).await;
    assert!(after.staff().unwrap().mandates.is_empty());
    forbidden(office.approve_dossier(&after, id, house.command(id).await).await);
}

on_both!(nobody_lends_what_is_not_theirs_and_nothing_is_lent_on);
async fn nobody_lends_what_is_not_theirs_and_nothing_is_lent_on(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let leader = house.staff(DONG_XUAN, Role::Leader).await;
    let director = house.staff(DONG_XUAN, Role::CentreDirector).await;
    let specialist = house.staff(DONG_XUAN, Role::Specialist).await;
    let base = approval(&house, &leader, &director, 3);

    // Only for oneself, unless one leads; never out of a position that does not hold the right.
    forbidden(office.delegate(&director, base.clone(), office.new_id()).await);
    let own = Delegation { from: id_of(&director), to: id_of(&specialist), ..base.clone() };
    refused(office.delegate(&director, own.clone(), office.new_id()).await, &Problem::NothingToLend);
    refused(office.delegate(&leader, own.clone(), office.new_id()).await, &Problem::NothingToLend);
    let clerks = Delegation { from: id_of(&specialist), ..base.clone() };
    refused(office.delegate(&leader, clerks, office.new_id()).await, &Problem::NothingToLend);
    for role in [Role::Reception, Role::Specialist, Role::Records, Role::Controller, Role::Administrator] {
        let who = house.staff(DONG_XUAN, role).await;
        forbidden(office.delegate(&who, Delegation { from: id_of(&who), ..base.clone() }, office.new_id()).await);
    }

    // The director holds the leader's right now, and cannot give it on.
    office.delegate(&leader, base.clone(), office.new_id()).await.unwrap();
    let director = today(&house, &director).await;
    refused(office.delegate(&director, own, office.new_id()).await, &Problem::NothingToLend);

    // Not to oneself, not to another unit, not to whoever controls or administers.
    let to = |to: Uuid| Delegation { to, ..base.clone() };
    refused(office.delegate(&leader, to(id_of(&leader)), office.new_id()).await, &Problem::SamePerson);
    let elsewhere = house.staff(XUAN_LANH, Role::CentreDirector).await;
    refused(office.delegate(&leader, to(id_of(&elsewhere)), office.new_id()).await, &Problem::Missing("to"));
    for role in [Role::Controller, Role::Administrator] {
        let apart = house.staff(DONG_XUAN, role).await;
        refused(office.delegate(&leader, to(id_of(&apart)), office.new_id()).await, &Problem::MayNotStandIn);
    }
    // Nor without a paper, without acts, or for days that are over.
    let wrong = Delegation { paper: "  ".into(), ..base.clone() };
    refused(office.delegate(&leader, wrong, office.new_id()).await, &Problem::Missing("paper"));
    let wrong = Delegation { scope: Scope::default(), ..base.clone() };
    refused(office.delegate(&leader, wrong, office.new_id()).await, &Problem::Missing("acts"));
    let wrong = Delegation { first: base.first.prev(), ..base.clone() };
    refused(office.delegate(&leader, wrong, office.new_id()).await, &Problem::PeriodInvalid("first"));
    let wrong = Delegation { last: base.first.prev(), ..base };
    refused(office.delegate(&leader, wrong, office.new_id()).await, &Problem::PeriodInvalid("last"));
}

on_both!(a_mandate_ends_with_the_position_it_was_given_out_of_and_when_somebody_ends_it);
async fn a_mandate_ends_with_the_position_it_was_given_out_of_and_when_somebody_ends_it(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let leader = house.staff(DONG_XUAN, Role::Leader).await;
    let director = house.staff(DONG_XUAN, Role::CentreDirector).await;
    office.delegate(&leader, approval(&house, &leader, &director, 30), office.new_id()).await.unwrap();
    let mandate = office.mandates(&leader, None).await.unwrap().rows[0].id;

    // A colleague without the right, and a leader of another unit, end nothing.
    let reception = house.staff(DONG_XUAN, Role::Reception).await;
    forbidden(office.end_mandate(&reception, mandate, office.new_id()).await);
    let elsewhere = house.staff(XUAN_LANH, Role::Leader).await;
    let ended = office.end_mandate(&elsewhere, mandate, office.new_id()).await;
    assert!(matches!(ended, Err(Error::NotFound)), "{ended:?}");
    assert_eq!(today(&house, &director).await.staff().unwrap().mandates.len(), 1);

    let command = office.new_id();
    office.end_mandate(&leader, mandate, command).await.unwrap();
    office.end_mandate(&leader, mandate, command).await.unwrap();
    assert!(today(&house, &director).await.staff().unwrap().mandates.is_empty(), "ended early");
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'end_mandate'").await, 1);

    office.delegate(&leader, approval(&house, &leader, &director, 30), office.new_id()).await.unwrap();
    assert_eq!(today(&house, &director).await.staff().unwrap().mandates.len(), 1);
    let login = super::house::login(DONG_XUAN, Role::Leader);
    office.end_staff(&Who::operator("root"), &login, None).await.unwrap();
    house.clock.set(house.clock.now().day().next().start());
    assert!(today(&house, &director).await.staff().unwrap().mandates.is_empty(), "the giver works here no more");
}

on_both!(a_substitute_finds_and_does_the_work_of_the_absent_colleague_until_the_last_day);
async fn a_substitute_finds_and_does_the_work_of_the_absent_colleague_until_the_last_day(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let away = house.staff(DONG_XUAN, Role::Specialist).await;
    let colleague = second(&house, Role::Specialist, "specialist.second", "Đinh Thị Hờ").await;
    let id = house.assigned(&house.nay().await, ALLOWANCE).await;
    let day = house.clock.now().day();
    let absence = |away: &Who, substitute: &Who| Absence {
        away: id_of(away),
        substitute: id_of(substitute),
        first: day,
        last: Day(day.0 + 1),
        paper: String::new(),
    };
    forbidden(
        office.submit_for_approval(&colleague, id, Proposal::Grant, String::new(), house.command(id).await).await,
    );
    // Of the same role, and one's own absence alone, unless one may delegate.
    let reception = house.staff(DONG_XUAN, Role::Reception).await;
    refused(office.mark_absence(&away, absence(&away, &reception), office.new_id()).await, &Problem::OfAnotherRole);
    refused(office.mark_absence(&away, absence(&away, &away), office.new_id()).await, &Problem::SamePerson);
    forbidden(office.mark_absence(&colleague, absence(&away, &colleague), office.new_id()).await);
    let administrator = house.staff(DONG_XUAN, Role::Administrator).await;
    forbidden(office.mark_absence(&administrator, absence(&administrator, &colleague), office.new_id()).await);

    let director = house.staff(DONG_XUAN, Role::CentreDirector).await;
    office.mark_absence(&director, absence(&away, &colleague), office.new_id()).await.unwrap();
    let mine = async |who: &Who| {
        let page = office.queue(who, Queue::Mine, &Narrow::default(), None).await.unwrap();
        page.rows.iter().map(|row| row.id).collect::<Vec<_>>()
    };
    assert!(mine(&colleague).await.is_empty());
    let substitute = today(&house, &colleague).await;
    assert_eq!(mine(&substitute).await, [id]);
    let command = house.command(id).await;
    office.submit_for_approval(&substitute, id, Proposal::Grant, String::new(), command).await.unwrap();
    let view = office.dossier(&director, id).await.unwrap();
    let event = view.events.last().unwrap();
    assert_eq!((event.actor_id, event.acting_for), (Some(id_of(&colleague)), Some(id_of(&away))));
    assert_eq!(view.mandates.len(), 1);

    // It ends by itself.
    let other = house.assigned(&house.resident("054090004322", "Ma Thị Hai").await, ALLOWANCE).await;
    house.clock.set(Day(day.0 + 2).at(domain::time::TimeOfDay::hm(8, 0)));
    let after = today(&house, &colleague).await;
    assert!(mine(&after).await.is_empty());
    let command = house.command(other).await;
    forbidden(office.submit_for_approval(&after, other, Proposal::Grant, String::new(), command).await);
}

on_both!(a_colleague_who_stands_in_for_nobody_acts_in_nobodys_place);
async fn a_colleague_who_stands_in_for_nobody_acts_in_nobodys_place(home: Home) {
    let house = House::open(home).await;
    let id = before_the_leader(&house).await;
    let leader = house.staff(DONG_XUAN, Role::Leader).await;
    house.office.approve_dossier(&leader, id, house.command(id).await).await.unwrap();
    let view = house.office.dossier(&leader, id).await.unwrap();
    assert!(view.events.iter().all(|event| event.acting_for.is_none() && event.mandate_id.is_none()));
    assert!(view.mandates.is_empty());
}
