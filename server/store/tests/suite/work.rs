//! Many at once: numbers, jobs, leases.

use super::{
    engine::Home,
    rows::{NOW, id, write},
};
use crate::on_both;
use serde_json::json;
use std::{collections::HashSet, sync::Arc};
use store::{counters, jobs};
use tokio::sync::Barrier;

on_both!(numbers_are_given_once_and_without_gaps);
async fn numbers_are_given_once_and_without_gaps(home: Home) {
    let start = Arc::new(Barrier::new(8));
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let (db, start) = (home.db.clone(), start.clone());
            tokio::spawn(async move {
                start.wait().await;
                let mut numbers = Vec::new();
                for _ in 0..50 {
                    let mut tx = db.write().await.unwrap();
                    numbers.push(counters::next_number(&mut tx, 1, "dossier", "2026-10-12").await.unwrap());
                    tx.commit().await.unwrap();
                }
                numbers
            })
        })
        .collect();
    let mut all = Vec::new();
    for task in tasks {
        let numbers = task.await.unwrap();
        assert!(numbers.is_sorted(), "one desk's numbers grow");
        all.extend(numbers);
    }
    all.sort_unstable();
    assert_eq!(all, (1..=400).collect::<Vec<i64>>());
    // Another office, kind or period counts for itself.
    write(&home, async |tx| {
        for (office, kind, period) in
            [(2, "dossier", "2026-10-12"), (1, "receipt", "2026-10-12"), (1, "dossier", "2026-10-13")]
        {
            assert_eq!(counters::next_number(tx, office, kind, period).await.unwrap(), 1);
        }
    })
    .await;
}

on_both!(each_job_is_claimed_by_one_worker);
async fn each_job_is_claimed_by_one_worker(home: Home) {
    write(&home, async |tx| {
        for number in 0..40 {
            jobs::enqueue_job(tx, id(number), "test", &json!({ "number": number as u64 }), NOW).await.unwrap();
        }
        // And one that is not due yet.
        jobs::enqueue_job(tx, id(99), "test", &json!({}), NOW.plus_ms(1)).await.unwrap();
    })
    .await;
    let start = Arc::new(Barrier::new(8));
    let workers: Vec<_> = (0..8)
        .map(|_| {
            let (db, start) = (home.db.clone(), start.clone());
            tokio::spawn(async move {
                start.wait().await;
                let mut claimed = Vec::new();
                loop {
                    let mut tx = db.write().await.unwrap();
                    let Some(job) = jobs::claim_job(&mut tx, NOW, 60_000).await.unwrap() else { return claimed };
                    // Others look for work while this one holds its row.
                    tokio::task::yield_now().await;
                    tx.commit().await.unwrap();
                    assert_eq!(job.attempts, 1);
                    claimed.push(job.id);
                }
            })
        })
        .collect();
    let mut claimed = Vec::new();
    for worker in workers {
        claimed.extend(worker.await.unwrap());
    }
    assert_eq!(claimed.len(), 40);
    assert_eq!(claimed.into_iter().collect::<HashSet<_>>(), (0..40).map(id).collect());
}

on_both!(a_worker_that_dies_gives_its_job_back);
async fn a_worker_that_dies_gives_its_job_back(home: Home) {
    let mut tx = home.db.write().await.unwrap();
    let tx = &mut tx;
    jobs::enqueue_job(tx, id(1), "test", &json!({ "a": [1, null] }), NOW).await.unwrap();
    assert_eq!(jobs::claim_job(tx, NOW.plus_ms(-1), 1_000).await.unwrap(), None, "not due yet");
    let job = jobs::claim_job(tx, NOW, 1_000).await.unwrap().unwrap();
    assert_eq!((job.payload, job.attempts), (json!({ "a": [1, null] }), 1));
    assert_eq!(jobs::claim_job(tx, NOW.plus_ms(1_000), 1_000).await.unwrap(), None, "the lease still holds");
    let job = jobs::claim_job(tx, NOW.plus_ms(1_001), 1_000).await.unwrap().unwrap();
    assert_eq!(job.attempts, 2);
    // A failure waits for its next try, in sight.
    let unfinished = jobs::failing_jobs(tx, NOW).await.unwrap();
    assert_eq!((unfinished[0].attempts, unfinished[0].last_error.as_deref()), (2, None), "its first worker died");
    jobs::retry_job(tx, &job, NOW.plus_ms(9_000), "hỏng").await.unwrap();
    assert_eq!(jobs::claim_job(tx, NOW.plus_ms(8_999), 1_000).await.unwrap(), None);
    let failing = jobs::failing_jobs(tx, NOW).await.unwrap();
    assert_eq!((failing[0].attempts, failing[0].last_error.as_deref()), (2, Some("hỏng")));
    let last = jobs::claim_job(tx, NOW.plus_ms(9_000), 1_000).await.unwrap().unwrap();
    // The worker that slept through its lease comes back, and has nothing to say any more.
    assert!(!jobs::keep_job(tx, &job, NOW.plus_ms(9_000), 1_000).await.unwrap());
    assert!(!jobs::finish_job(tx, &job, NOW.plus_ms(9_000)).await.unwrap());
    jobs::retry_job(tx, &job, NOW, "too late").await.unwrap();
    assert!(jobs::keep_job(tx, &last, NOW.plus_ms(9_500), 1_000).await.unwrap());
    assert_eq!(jobs::claim_job(tx, NOW.plus_ms(10_400), 1_000).await.unwrap(), None, "it was kept for longer");
    assert!(jobs::finish_job(tx, &last, NOW.plus_ms(10_401)).await.unwrap());
    assert!(!jobs::finish_job(tx, &last, NOW.plus_ms(10_402)).await.unwrap(), "once is enough");
    assert_eq!(jobs::claim_job(tx, NOW.plus_ms(99_000), 1_000).await.unwrap(), None, "done is done");
    assert!(jobs::failing_jobs(tx, NOW.plus_ms(99_000)).await.unwrap().is_empty());
}

on_both!(a_lease_has_one_holder_at_a_time);
async fn a_lease_has_one_holder_at_a_time(home: Home) {
    let start = Arc::new(Barrier::new(8));
    let holders: Vec<_> = (0..8)
        .map(|number| {
            let (db, start) = (home.db.clone(), start.clone());
            tokio::spawn(async move {
                start.wait().await;
                let mut tx = db.write().await.unwrap();
                let held = jobs::hold_lease(&mut tx, "sealer", id(number), NOW, 1_000).await.unwrap();
                tx.commit().await.unwrap();
                held.then_some(number)
            })
        })
        .collect();
    let mut winners = Vec::new();
    for holder in holders {
        winners.extend(holder.await.unwrap());
    }
    let [winner] = winners[..] else { panic!("held by {winners:?}") };
    let mut tx = home.db.write().await.unwrap();
    let tx = &mut tx;
    let other = id(100);
    assert!(jobs::hold_lease(tx, "sealer", id(winner), NOW.plus_ms(900), 1_000).await.unwrap(), "kept on");
    assert!(!jobs::hold_lease(tx, "sealer", other, NOW.plus_ms(1_900), 1_000).await.unwrap());
    assert!(jobs::hold_lease(tx, "sealer", other, NOW.plus_ms(1_901), 1_000).await.unwrap(), "taken over");
    assert!(!jobs::hold_lease(tx, "sealer", id(winner), NOW.plus_ms(1_902), 1_000).await.unwrap());
    assert!(jobs::hold_lease(tx, "clocks", id(winner), NOW, 1_000).await.unwrap(), "another lease is another matter");
}
