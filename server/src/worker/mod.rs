//! Work beside the requests: the audit sealer, the clocks of dossiers, the dossiers of offices that have ended, the
//! jobs. Run inside `motcua serve` or alone
//! as `motcua worker`; two of them never do the same piece twice, since each piece is held by a lease.

use office::Office;
use std::{future::Future, time::Duration};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// How often the sealer looks for new rows: the record is chained within a second.
const SEAL_EVERY: Duration = Duration::from_millis(700);
/// How often clocks that ran out are looked for.
const CLOCKS_EVERY: Duration = Duration::from_secs(60);
/// How often offices that have ended are looked for: a dossier goes on within a minute of the day's beginning.
const PASSING_ON_EVERY: Duration = Duration::from_secs(60);
/// How often it is looked whether the work of the day was put on the shelf.
const DAILY_EVERY: Duration = Duration::from_secs(600);
/// How often the job queue is asked when it was empty.
const JOBS_EVERY: Duration = Duration::from_secs(1);

/// Runs until `stopping` falls, then finishes what it has in hand and seals what was recorded to the last.
pub async fn run(office: Office, stopping: CancellationToken) {
    let (holder, sealing) = (office.new_id(), office.clone());
    let mut tasks = JoinSet::new();
    tasks.spawn(every(SEAL_EVERY, stopping.clone(), "audit sealer", {
        let office = office.clone();
        move || {
            let office = office.clone();
            async move { office.seal_audit(holder).await.map(drop) }
        }
    }));
    tasks.spawn(every(CLOCKS_EVERY, stopping.clone(), "dossier clocks", {
        let office = office.clone();
        move || {
            let office = office.clone();
            async move { office.run_out_clocks(holder).await.map(drop) }
        }
    }));
    tasks.spawn(every(PASSING_ON_EVERY, stopping.clone(), "passing on", {
        let office = office.clone();
        move || {
            let office = office.clone();
            async move { office.pass_on_open_dossiers(holder).await.map(drop) }
        }
    }));
    tasks.spawn(every(DAILY_EVERY, stopping.clone(), "daily work", {
        let office = office.clone();
        move || {
            let office = office.clone();
            async move { office.enqueue_daily_jobs().await }
        }
    }));
    tasks.spawn(every(JOBS_EVERY, stopping.clone(), "jobs", move || {
        let (office, stopping) = (office.clone(), stopping.clone());
        async move { office.run_due_jobs(|| stopping.is_cancelled()).await.map(drop) }
    }));
    while tasks.join_next().await.is_some() {}
    if let Err(error) = sealing.seal_audit(holder).await {
        tracing::error!(%error, "the last rows of the record are not sealed yet");
    }
}

async fn every<F, Fut>(pause: Duration, stopping: CancellationToken, name: &'static str, mut work: F)
where
    F: FnMut() -> Fut,
    Fut: Future<Output = office::Result<()>>,
{
    loop {
        if let Err(error) = work().await {
            tracing::error!(%error, name, "background work failed; it is tried again");
        }
        tokio::select! {
            () = stopping.cancelled() => return,
            () = tokio::time::sleep(pause) => {}
        }
    }
}
