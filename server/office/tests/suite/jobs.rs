//! Work beside the requests: done once, whoever dies.

use super::{
    engine::{Home, run},
    house::{ALLOWANCE, DONG_XUAN, House, XUAN_LANH, trace},
};
use crate::on_both;
use domain::{
    dossier::SupplementItem,
    role::Role,
    time::{DAY_MS, Instant},
};
use office::{
    Who,
    dossiers::Request,
    stuck::{Backlog, Stuck},
};
use serde_json::json;
use store::jobs;

async fn enqueue(house: &House, kind: &str, count: usize) {
    let mut tx = house.office.db().write().await.unwrap();
    for number in 0..count {
        let payload = json!({ "sha256": format!("{number:064}") });
        house.office.enqueue(&mut tx, kind, &payload, house.clock.now()).await.unwrap();
    }
    tx.commit().await.unwrap();
}

on_both!(the_work_of_a_killed_worker_is_taken_over_and_done_once);
async fn the_work_of_a_killed_worker_is_taken_over_and_done_once(home: Home) {
    let house = House::open(home).await;
    enqueue(&house, "verify_audit", 1).await;
    // A worker claims it and is killed.
    let mut tx = house.office.db().write().await.unwrap();
    jobs::claim_job(&mut tx, house.clock.now(), 60_000).await.unwrap().expect("the job");
    tx.commit().await.unwrap();
    let nothing = async || house.office.run_due_jobs(|| false).await.unwrap();
    assert_eq!(nothing().await, 0, "the dead worker's lease holds");
    house.clock.set(house.clock.now().plus_ms(60_001));
    assert_eq!(house.office.run_due_jobs(|| false).await.unwrap(), 1);
    assert_eq!(nothing().await, 0, "done is done");
    assert_eq!(house.count("SELECT COUNT(*) FROM jobs WHERE done_at IS NOT NULL AND attempts = 2").await, 1);
}

on_both!(four_workers_do_each_piece_once);
async fn four_workers_do_each_piece_once(home: Home) {
    let house = House::open(home).await;
    enqueue(&house, "release_bytes", 40).await;
    let workers: Vec<_> = (0..4)
        .map(|_| {
            let office = house.office.clone();
            tokio::spawn(async move { office.run_due_jobs(|| false).await.unwrap() })
        })
        .collect();
    let mut ran = 0;
    for worker in workers {
        ran += worker.await.unwrap();
    }
    assert_eq!(ran, 40);
    assert_eq!(house.count("SELECT COUNT(*) FROM jobs WHERE done_at IS NOT NULL AND attempts = 1").await, 40);
}

on_both!(a_worker_that_is_asked_to_stop_finishes_what_it_has_in_hand_and_begins_nothing);
async fn a_worker_that_is_asked_to_stop_finishes_what_it_has_in_hand_and_begins_nothing(home: Home) {
    let house = House::open(home).await;
    enqueue(&house, "release_bytes", 3).await;
    let asked = std::sync::atomic::AtomicU32::new(0);
    let is_over = || asked.fetch_add(1, std::sync::atomic::Ordering::SeqCst) >= 1;
    assert_eq!(house.office.run_due_jobs(is_over).await.unwrap(), 1);
    assert_eq!(house.office.run_due_jobs(|| true).await.unwrap(), 0);
    assert_eq!(house.count("SELECT COUNT(*) FROM jobs WHERE done_at IS NULL AND attempts = 0").await, 2);
}

on_both!(the_work_of_every_day_is_put_on_the_shelf_once_a_day);
async fn the_work_of_every_day_is_put_on_the_shelf_once_a_day(home: Home) {
    let house = House::open(home).await;
    let shelved = async || house.count("SELECT COUNT(*) FROM jobs").await;
    for _ in 0..3 {
        house.office.enqueue_daily_jobs().await.unwrap();
    }
    assert_eq!(shelved().await, 3, "the check of the record, the sweep of the shelf, and what served its time");
    assert_eq!(house.office.run_due_jobs(|| false).await.unwrap(), 3);
    house.office.enqueue_daily_jobs().await.unwrap();
    assert_eq!(shelved().await, 3, "done today");
    house.clock.set(house.clock.now().plus_ms(DAY_MS));
    house.office.enqueue_daily_jobs().await.unwrap();
    assert_eq!(shelved().await, 6);
}

on_both!(what_served_its_time_is_forgotten_and_the_rest_is_not);
async fn what_served_its_time_is_forgotten_and_the_rest_is_not(home: Home) {
    let house = House::open(home).await;
    house.nay().await;
    let refused = house.office.sign_in_resident(&Who::anyone(trace()), "054090004321", "sai".into()).await;
    assert!(refused.is_err());
    let rows = async |table: &'static str| match table {
        "sessions" => house.count("SELECT COUNT(*) FROM sessions").await,
        "limits" => house.count("SELECT COUNT(*) FROM limits").await,
        _ => house.count("SELECT COUNT(*) FROM jobs WHERE done_at IS NOT NULL").await,
    };
    let forget = async || {
        enqueue(&house, "forget_old", 1).await;
        assert_eq!(house.office.run_due_jobs(|| false).await.unwrap(), 1);
    };
    forget().await;
    assert_eq!((rows("sessions").await, rows("limits").await, rows("jobs").await), (1, 2, 1), "all of today");
    house.clock.set(house.clock.now().plus_ms(2 * DAY_MS));
    forget().await;
    assert_eq!((rows("sessions").await, rows("limits").await, rows("jobs").await), (1, 0, 2), "the tries are old");
    house.clock.set(house.clock.now().plus_ms(30 * DAY_MS));
    forget().await;
    assert_eq!((rows("sessions").await, rows("jobs").await), (0, 2), "the first work and the session are long over");
}

on_both!(work_that_does_not_get_on_is_in_sight);
async fn work_that_does_not_get_on_is_in_sight(home: Home) {
    let house = House::open(home).await;
    let controller = house.staff(DONG_XUAN, Role::Controller).await;
    let jobs_in_sight = async || {
        let stuck = house.office.stuck(&controller).await.unwrap();
        let job = |one: Stuck| match one {
            Stuck::Job { kind, attempts, error, .. } => Some((kind, attempts, error)),
            _ => None,
        };
        stuck.into_iter().filter_map(job).collect::<Vec<_>>()
    };
    // One that fails.
    enqueue(&house, "no-such-work", 1).await;
    assert_eq!(house.office.run_due_jobs(|| false).await.unwrap(), 1);
    let seen = jobs_in_sight().await;
    assert_eq!((seen.len(), seen[0].1), (1, 1));
    assert!(seen[0].2.contains("no such kind of work"), "{seen:?}");
    // One that no worker has begun for ten minutes.
    enqueue(&house, "verify_audit", 1).await;
    assert_eq!(jobs_in_sight().await.len(), 1);
    house.clock.set(house.clock.now().plus_ms(10 * 60_000 + 1));
    let seen = jobs_in_sight().await;
    assert!(seen.contains(&("verify_audit".into(), 0, String::new())), "{seen:?}");
    // Uploads and the tail of the record have their own lines.
    let mut tx = house.office.db().write().await.unwrap();
    let uploads = "INSERT INTO uploads (office_id, id, owner_id, question, name, mime, size, created_at)
                   SELECT 1, id, id, '', '', '', 0, 0 FROM staff";
    run(&mut tx, uploads).await.unwrap();
    tx.commit().await.unwrap();
    let stuck = house.office.stuck(&controller).await.unwrap();
    assert!(stuck.contains(&Stuck::Uploads { files: 1, since: Instant(0) }), "{stuck:?}");
    assert!(stuck.iter().any(|one| matches!(one, Stuck::Unsealed { rows, .. } if *rows > 0)), "{stuck:?}");
}

on_both!(a_limit_that_has_passed_while_no_worker_ran_is_in_sight_until_one_has);
async fn a_limit_that_has_passed_while_no_worker_ran_is_in_sight_until_one_has(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let resident = house.nay().await;
    let specialist = house.staff(DONG_XUAN, Role::Specialist).await;
    // One that waits for a paper; one that waits for money for ever, and one for ten days.
    let supplement = house.assigned(&resident, ALLOWANCE).await;
    let item =
        SupplementItem { path_or_paper: "applicant.phone".into(), what: "Điện thoại".into(), why: "Sai".into() };
    let request = Request { items: vec![item], reason: "Bổ sung".into(), basis: String::new() };
    office.ask_supplement(&specialist, supplement, request, house.command(supplement).await).await.unwrap();
    let patient = house.assigned(&resident, ALLOWANCE).await;
    office.ask_duty(&specialist, patient, "Lệ phí".into(), house.command(patient).await).await.unwrap();
    house.change_local(ALLOWANCE, |local| local.days_to_pay = Some(10)).await;
    let duty = house.assigned(&resident, ALLOWANCE).await;
    office.ask_duty(&specialist, duty, "Lệ phí".into(), house.command(duty).await).await.unwrap();

    let late = async |unit: i64| {
        let controller = house.staff(unit, Role::Controller).await;
        let stuck = office.stuck(&controller).await.unwrap();
        let of_clocks = |one: Stuck| match one {
            Stuck::Dossiers { backlog: backlog @ (Backlog::LateSupplement | Backlog::LateDuty), dossiers, .. } => {
                Some((backlog, dossiers))
            }
            _ => None,
        };
        stuck.into_iter().filter_map(of_clocks).collect::<Vec<_>>()
    };
    let limit = Instant(house.row(supplement).await.queue_at);
    house.clock.set(limit.plus_ms(10 * 60_000));
    let of_duty = (Backlog::LateDuty, 1);
    assert_eq!(late(DONG_XUAN).await, [of_duty], "a worker has ten minutes; the duty's limit came before");
    house.clock.set(limit.plus_ms(10 * 60_000 + 1));
    assert_eq!(late(DONG_XUAN).await, [(Backlog::LateSupplement, 1), of_duty]);
    assert_eq!(late(XUAN_LANH).await, [], "each unit sees its own");
    assert_eq!(office.run_out_clocks(office.new_id()).await.unwrap(), 2);
    assert_eq!(late(DONG_XUAN).await, []);
}
