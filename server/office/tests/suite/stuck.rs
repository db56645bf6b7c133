//! Everything stuck stands on one page, whoever of those who may read it looks.

use super::{
    engine::{Home, run},
    house::{ALLOWANCE, DONG_XUAN, House, XUAN_LANH, at},
};
use crate::on_both;
use domain::{role::Role, time::Instant};
use office::{
    Error,
    dossiers::Request,
    error::Problem,
    queues::{Narrow, Queue},
    stuck::{Backlog, Stuck},
    stuck_claims::TakeOver,
};
use uuid::Uuid;

/// The lines of dossiers as the holder of a role sees them.
async fn backlogs(house: &House, unit: i64, role: Role) -> Vec<Stuck> {
    let who = house.staff(unit, role).await;
    let stuck = house.office.stuck(&who).await.unwrap();
    stuck.into_iter().filter(|one| matches!(one, Stuck::Dossiers { .. })).collect()
}

fn line(backlog: Backlog, holder: Role, dossiers: i64, since: Instant) -> Stuck {
    Stuck::Dossiers { backlog, holder: Some(holder), dossiers, since }
}

on_both!(every_backlog_of_dossiers_is_in_sight_with_its_holder_and_its_age);
async fn every_backlog_of_dossiers_is_in_sight_with_its_holder_and_its_age(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let resident = house.nay().await;
    let reception = house.staff(DONG_XUAN, Role::Reception).await;
    house.submitted(&resident, ALLOWANCE).await;
    let unassigned = house.accepted(&resident, ALLOWANCE).await;
    let paused = house.accepted(&resident, ALLOWANCE).await;
    let assigned = house.assigned(&resident, ALLOWANCE).await;
    let finished = house.accepted(&resident, ALLOWANCE).await;
    house.clock.set(at("2026-10-12T10:00"));
    office.finish_at_once(&reception, finished, house.command(finished).await).await.unwrap();
    let request = Request {
        items: vec![domain::dossier::SupplementItem {
            path_or_paper: String::new(),
            what: "Đơn".into(),
            why: "Chưa ký".into(),
        }],
        reason: "Bổ sung".into(),
        basis: String::new(),
    };
    office.ask_supplement(&reception, paused, request, house.command(paused).await).await.unwrap();
    assert_eq!(backlogs(&house, DONG_XUAN, Role::Controller).await, [], "nothing is stuck yet");

    let step = Instant(house.row(unassigned).await.step_due_at.expect("the first step has hours"));
    let due = Instant(house.row(assigned).await.due_at.unwrap());
    let supplement = Instant(house.row(paused).await.queue_at);
    assert!(step < due && due < supplement);
    let (accept_by, issued) = (at("2026-10-13T09:00"), at("2026-10-12T10:00"));
    let acceptance = line(Backlog::LateAcceptance, Role::Reception, 1, accept_by);
    let assignment = line(Backlog::LateAssignment, Role::Reception, 1, step);
    let overdue = [line(Backlog::Overdue, Role::Reception, 1, due), line(Backlog::Overdue, Role::Specialist, 1, due)];
    house.clock.set(due);
    let seen = backlogs(&house, DONG_XUAN, Role::Controller).await;
    assert_eq!(seen, [acceptance.clone(), assignment.clone()]);
    house.clock.set(due.plus_ms(1));
    let seen = backlogs(&house, DONG_XUAN, Role::Controller).await;
    assert_eq!(seen, [&[acceptance.clone(), assignment.clone()][..], &overdue].concat());

    house.clock.set(supplement.max(issued.plus_ms(30 * domain::time::DAY_MS)).plus_ms(10 * 60_000 + 1));
    let all = [
        &[acceptance, assignment, line(Backlog::LateSupplement, Role::Reception, 1, supplement)][..],
        &overdue,
        &[line(Backlog::NotCollected, Role::Reception, 1, issued)],
    ]
    .concat();
    // Who may open no dossier counts them all the same; and nobody counts those of another unit.
    for role in [Role::Administrator, Role::Controller, Role::Leader, Role::CentreDirector] {
        assert_eq!(backlogs(&house, DONG_XUAN, role).await, all, "{role:?}");
        assert_eq!(backlogs(&house, XUAN_LANH, role).await, [], "{role:?}");
    }
    let administrator = house.staff(DONG_XUAN, Role::Administrator).await;
    let queue = office.queue(&administrator, Queue::Overdue, &Narrow::default(), None).await;
    assert!(matches!(queue, Err(Error::Forbidden)));
    let refused = office.stuck(&reception).await;
    assert!(matches!(refused, Err(Error::Forbidden)), "{refused:?}");
}

on_both!(open_dossiers_of_an_office_that_ended_are_in_sight_until_they_are_passed_on);
async fn open_dossiers_of_an_office_that_ended_are_in_sight_until_they_are_passed_on(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let resident = house.nay().await;
    let open: [Uuid; 2] = [house.assigned(&resident, ALLOWANCE).await, house.submitted(&resident, ALLOWANCE).await];
    super::passing::join(&house).await;
    let ended = line(Backlog::EndedOffice, Role::Administrator, 2, at("2026-10-15T00:00"));
    // The worker had its ten minutes at midnight.
    for role in [Role::Administrator, Role::Controller] {
        assert_eq!(backlogs(&house, XUAN_LANH, role).await, std::slice::from_ref(&ended), "{role:?}");
    }
    assert_eq!(office.pass_on_open_dossiers(office.new_id()).await.unwrap(), open.len() as u64);
    let after = backlogs(&house, XUAN_LANH, Role::Controller).await;
    assert!(!after.contains(&ended), "{after:?}");

    // An office that nobody continues is everybody's.
    let mut tx = office.db().write().await.unwrap();
    run(&mut tx, "UPDATE dossiers SET resolving_office = 1").await.unwrap();
    run(&mut tx, "DELETE FROM office_successions").await.unwrap();
    tx.commit().await.unwrap();
    office.reload_books().await.unwrap();
    assert!(backlogs(&house, XUAN_LANH, Role::Controller).await.contains(&ended));
}

on_both!(something_stuck_is_in_one_persons_hand_until_it_is_done);
async fn something_stuck_is_in_one_persons_hand_until_it_is_done(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let resident = house.nay().await;
    let dossier = house.submitted(&resident, ALLOWANCE).await;
    house.clock.set(at("2026-10-14T09:00"));
    let leader = house.staff(DONG_XUAN, Role::Leader).await;
    let director = house.staff(DONG_XUAN, Role::CentreDirector).await;
    let item = line(Backlog::LateAcceptance, Role::Reception, 1, at("2026-10-13T09:00")).item();
    let take = |seen: Option<Uuid>, note: &str| TakeOver { item: item.clone(), seen, note: note.into() };
    let blank = office.take_over_stuck(&leader, take(None, "  "), office.new_id()).await;
    assert!(matches!(blank, Err(Error::Invalid(Problem::Missing("note")))), "{blank:?}");
    let command = office.new_id();
    for _ in 0..2 {
        office.take_over_stuck(&leader, take(None, "Tiếp nhận trong sáng nay"), command).await.unwrap();
    }
    let stuck = office.stuck(&leader).await.unwrap();
    let first = office.stuck_claims(&director, &stuck).await.unwrap();
    assert_eq!(first.len(), 1);
    assert_eq!((&first[0].item, first[0].note.as_str()), (&item, "Tiếp nhận trong sáng nay"));
    assert_eq!(first[0].staff_id, leader.subject());

    // Whoever did not see that somebody has it is told; whoever saw it takes it over.
    let late = office.take_over_stuck(&director, take(None, "Tôi gọi"), office.new_id()).await;
    assert!(matches!(late, Err(Error::Stale)), "{late:?}");
    office.take_over_stuck(&director, take(Some(first[0].id), "Tôi gọi"), office.new_id()).await.unwrap();
    let second = office.stuck_claims(&leader, &stuck).await.unwrap();
    assert_eq!(second.iter().map(|claim| claim.staff_id).collect::<Vec<_>>(), [director.subject()]);

    // Who only reads the page takes nothing, and what is stuck elsewhere is not there to take.
    let controller = house.staff(DONG_XUAN, Role::Controller).await;
    let refused = office.take_over_stuck(&controller, take(None, "Tôi"), office.new_id()).await;
    assert!(matches!(refused, Err(Error::Forbidden)), "{refused:?}");
    let stranger = house.staff(XUAN_LANH, Role::Leader).await;
    assert_eq!(office.stuck_claims(&stranger, &stuck).await.unwrap(), []);
    let elsewhere = office.take_over_stuck(&stranger, take(None, "Tôi"), office.new_id()).await;
    assert!(matches!(elsewhere, Err(Error::Stale)), "{elsewhere:?}");

    // Done; what gets stuck in the same way later is in nobody's hand yet.
    let reception = house.staff(DONG_XUAN, Role::Reception).await;
    office.accept_dossier(&reception, dossier, None, house.command(dossier).await).await.unwrap();
    house.submitted(&resident, ALLOWANCE).await;
    house.clock.set(at("2026-10-16T09:00"));
    let stuck = office.stuck(&leader).await.unwrap();
    assert!(stuck.iter().any(|one| one.item() == item));
    assert_eq!(office.stuck_claims(&leader, &stuck).await.unwrap(), []);
    office.take_over_stuck(&leader, take(None, "Tiếp nhận ngay"), office.new_id()).await.unwrap();
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'take_over_stuck'").await, 3);
    assert_eq!(house.count("SELECT COUNT(*) FROM stuck_claims WHERE ended_at IS NULL").await, 1);
}
