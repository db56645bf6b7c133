//! Many dossiers in one sending: each its own act and its own outcome, and nothing twice.

use super::{
    engine::Home,
    house::{ALLOWANCE, DONG_XUAN, House, XUAN_LANH},
};
use crate::on_both;
use domain::{
    dossier::{ActKind, Proposal},
    mandate::{MandateKind, Scope},
    role::Role,
};
use office::{
    Error,
    bulk::{Picked, WhyNot},
    error::Problem,
    mandates::Delegation,
};
use uuid::Uuid;

const PEOPLE: [(&str, &str); 3] =
    [("054090004321", "Ksor H'Nay"), ("054090004322", "Ma Thị Hai"), ("054090004323", "La O Thị Tím")];

async fn pick(house: &House, id: Uuid) -> Picked {
    Picked { id, seen: house.row(id).await.version }
}

/// Dossiers of three people that wait for the leader of Đồng Xuân.
async fn before_the_leader(house: &House) -> Vec<Uuid> {
    let specialist = house.staff(DONG_XUAN, Role::Specialist).await;
    let mut ids = Vec::new();
    for (number, name) in PEOPLE {
        let resident = house.resident(number, name).await;
        let id = house.assigned(&resident, ALLOWANCE).await;
        let command = house.command(id).await;
        house.office.submit_for_approval(&specialist, id, Proposal::Grant, String::new(), command).await.unwrap();
        ids.push(id);
    }
    ids
}

on_both!(each_dossier_of_a_sending_has_its_own_outcome_and_a_repeat_changes_nothing);
async fn each_dossier_of_a_sending_has_its_own_outcome_and_a_repeat_changes_nothing(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let leader = house.staff(DONG_XUAN, Role::Leader).await;
    let ids = before_the_leader(&house).await;
    let nowhere = office.new_id();
    let review = office.review_many(&leader, &[ids[0], ids[1], nowhere]).await.unwrap();
    assert_eq!(review.len(), 2, "what is not there is not shown");
    assert!(review.iter().all(|line| line.why_not.is_none() && line.proposal == Some(Proposal::Grant)));

    let mut picked = Vec::new();
    for id in &ids {
        picked.push(pick(&house, *id).await);
    }
    picked.push(Picked { id: nowhere, seen: 1 });
    // Ticked twice is ticked once.
    picked.push(picked[0]);
    // Somebody sends the second one back before the leader presses.
    let command = house.command(ids[1]).await;
    office.return_for_rework(&leader, ids[1], "Thiếu biên bản.".into(), command).await.unwrap();
    let review = office.review_many(&leader, &ids).await.unwrap();
    let left = review.iter().find(|line| line.row.id == ids[1]).unwrap();
    assert_eq!(left.why_not, Some(WhyNot::OtherStep));

    let command = office.new_id();
    office.approve_many(&leader, &picked, command).await.unwrap();
    let outcomes = async || {
        let sent = office.sent_many(&leader, command).await.unwrap();
        sent.lines.iter().map(|(one, _)| (one.dossier, one.why)).collect::<Vec<_>>()
    };
    let first = outcomes().await;
    let changed = (ids[1], Some(WhyNot::Changed));
    assert_eq!(first, [(ids[0], None), changed, (ids[2], None), (nowhere, Some(WhyNot::NotThere))]);
    let before = (house.events(ids[0]).await, house.events(ids[1]).await);
    office.approve_many(&leader, &picked, command).await.unwrap();
    assert_eq!(outcomes().await, first);
    assert_eq!((house.events(ids[0]).await, house.events(ids[1]).await), before);
    assert_eq!(before.0.iter().filter(|name| *name == "approved").count(), 1);
    // Nobody else reads what was sent.
    let director = house.staff(DONG_XUAN, Role::CentreDirector).await;
    assert!(matches!(office.sent_many(&director, command).await, Err(Error::NotFound)));
}

on_both!(two_sendings_of_one_command_at_once_do_each_act_once);
async fn two_sendings_of_one_command_at_once_do_each_act_once(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let leader = house.staff(DONG_XUAN, Role::Leader).await;
    let ids = before_the_leader(&house).await;
    let mut picked = Vec::new();
    for id in &ids {
        picked.push(pick(&house, *id).await);
    }
    let command = office.new_id();
    let (one, two) =
        tokio::join!(office.approve_many(&leader, &picked, command), office.approve_many(&leader, &picked, command));
    one.unwrap();
    two.unwrap();
    for id in &ids {
        assert_eq!(house.events(*id).await.iter().filter(|name| *name == "approved").count(), 1);
    }
    let sent = office.sent_many(&leader, command).await.unwrap();
    assert!(sent.lines.iter().all(|(outcome, row)| outcome.why.is_none() && row.is_some()));
}

on_both!(many_are_assigned_to_a_colleague_of_the_unit_and_to_nobody_else);
async fn many_are_assigned_to_a_colleague_of_the_unit_and_to_nobody_else(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let director = house.staff(DONG_XUAN, Role::CentreDirector).await;
    let mut picked = Vec::new();
    for (number, name) in PEOPLE {
        let resident = house.resident(number, name).await;
        let id = house.accepted(&resident, ALLOWANCE).await;
        picked.push(pick(&house, id).await);
    }
    let elsewhere = house.staff(XUAN_LANH, Role::Specialist).await.staff().unwrap().id;
    let command = office.new_id();
    office.assign_many(&director, &picked, Some(elsewhere), command).await.unwrap();
    let sent = office.sent_many(&director, command).await.unwrap();
    assert!(sent.lines.iter().all(|(outcome, _)| outcome.why == Some(WhyNot::WrongColleague)));

    let to = house.staff(DONG_XUAN, Role::Specialist).await.staff().unwrap().id;
    let command = office.new_id();
    office.assign_many(&director, &picked, Some(to), command).await.unwrap();
    for one in &picked {
        assert_eq!(house.row(one.id).await.assignee, Some(to));
    }
    let wrong = |result: Result<(), Error>| match result {
        Err(Error::Invalid(problem)) => problem,
        other => panic!("{other:?}"),
    };
    let id = office.new_id();
    assert_eq!(wrong(office.assign_many(&director, &[], Some(to), id).await), Problem::Missing("ho_so"));
    assert_eq!(wrong(office.assign_many(&director, &picked, None, id).await), Problem::Missing("to"));
    let crowd: Vec<Picked> = (0..=office::bulk::MOST).map(|_| Picked { id: office.new_id(), seen: 1 }).collect();
    let most = office::bulk::MOST;
    assert_eq!(wrong(office.assign_many(&director, &crowd, Some(to), id).await), Problem::TooMany { most });
}

on_both!(nobody_approves_many_who_may_not_approve_one);
async fn nobody_approves_many_who_may_not_approve_one(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let ids = before_the_leader(&house).await;
    let picked = [pick(&house, ids[0]).await];
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Leader) {
        let who = house.staff(DONG_XUAN, role).await;
        let sent = office.approve_many(&who, &picked, office.new_id()).await;
        assert!(matches!(sent, Err(Error::Forbidden)), "{}: {sent:?}", role.key());
        assert!(matches!(office.review_many(&who, &ids).await, Err(Error::Forbidden)), "{}", role.key());
    }
    // The leader of another unit is told that there is nothing.
    let elsewhere = house.staff(XUAN_LANH, Role::Leader).await;
    assert!(office.review_many(&elsewhere, &ids).await.unwrap().is_empty());
    let command = office.new_id();
    office.approve_many(&elsewhere, &picked, command).await.unwrap();
    let sent = office.sent_many(&elsewhere, command).await.unwrap();
    assert_eq!(sent.lines[0].0.why, Some(WhyNot::NotAllowed));
    assert!(sent.lines[0].1.is_none(), "of a foreign dossier the outcome alone is told");

    // By a right that was lent, in the lender's place.
    let leader = house.staff(DONG_XUAN, Role::Leader).await;
    let director = house.staff(DONG_XUAN, Role::CentreDirector).await;
    let today = house.clock.now().day();
    let lent = Delegation {
        kind: MandateKind::Deputy,
        from: leader.staff().unwrap().id,
        to: director.staff().unwrap().id,
        first: today,
        last: today,
        scope: Scope { acts: vec![ActKind::Approve], procedures: Vec::new() },
        paper: "Phân công số 3".into(),
    };
    office.delegate(&leader, lent, office.new_id()).await.unwrap();
    let director = office.with_mandates(director).await.unwrap();
    let command = office.new_id();
    office.approve_many(&director, &picked, command).await.unwrap();
    assert!(office.sent_many(&director, command).await.unwrap().lines[0].0.why.is_none());
    let view = office.dossier(&leader, ids[0]).await.unwrap();
    assert!(view.events.iter().any(|event| event.acting_for == Some(leader.staff().unwrap().id)));
}
