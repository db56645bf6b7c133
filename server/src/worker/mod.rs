//! Work beside the requests: the audit sealer, the clocks of dossiers, rules and places that another process changed,
//! reorganisations, the dossiers of offices that have ended, money that was not matched, the jobs, reminders and the
//! messages to residents. Run inside `motcua serve` or alone as `motcua worker`; two of them never do the same piece twice, since
//! each piece is held by a lease.

use crate::carriers::Carriers;
use domain::message::Means;
use futures::{FutureExt, future::BoxFuture};
use office::Office;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// How often the sealer looks for new rows: the record is chained within a second.
const SEAL_EVERY: Duration = Duration::from_millis(700);
/// How often clocks that ran out are looked for.
const CLOCKS_EVERY: Duration = Duration::from_secs(60);
/// How often it is looked whom to remind. Reminders count days, and most fall into the quiet hours after midnight.
const REMINDERS_EVERY: Duration = Duration::from_secs(600);
/// How often offices that have ended are looked for: a dossier goes on within a minute of the day's beginning.
const PASSING_ON_EVERY: Duration = Duration::from_secs(60);
/// How often it is looked whether another process has changed rules or places: what it published holds here within a
/// minute, and at once for a dossier that keeps it.
const BOOKS_EVERY: Duration = Duration::from_secs(60);
/// How often it is looked whether the work of the day was put on the shelf.
const DAILY_EVERY: Duration = Duration::from_secs(600);
/// How often files that wait to be scanned are looked for.
const HELD_FILES_EVERY: Duration = Duration::from_secs(15);
/// How often money that was not matched yet is looked at: none waits for half an hour without lying on the tray.
const RECONCILE_EVERY: Duration = Duration::from_secs(120);
/// How often it is looked for messages to send. Mail and short messages each have a round of their own, so that one
/// carrier that does not answer holds up its own messages alone.
const MESSAGES_EVERY: Duration = Duration::from_secs(1);
/// How often the job queue is asked when it was empty.
const JOBS_EVERY: Duration = Duration::from_secs(1);

/// Who does the work, and until when.
#[derive(Clone)]
struct Worker {
    office: Office,
    holder: Uuid,
    carriers: Carriers,
    stopping: CancellationToken,
}

/// Runs until `stopping` falls, then finishes what it has in hand and seals what was recorded to the last.
pub async fn run(office: Office, carriers: Carriers, stopping: CancellationToken) {
    let worker = Worker { holder: office.new_id(), office, carriers, stopping };
    let mut tasks = JoinSet::new();
    let mut start = |name, pause, act: fn(Worker) -> BoxFuture<'static, office::Result<()>>| {
        tasks.spawn(every(pause, name, worker.clone(), act));
    };
    start("audit sealer", SEAL_EVERY, |me| async move { me.office.seal_audit(me.holder).await.map(drop) }.boxed());
    start("dossier clocks", CLOCKS_EVERY, |me| {
        async move { me.office.run_out_clocks(me.holder).await.map(drop) }.boxed()
    });
    start("reminders", REMINDERS_EVERY, |me| {
        async move { me.office.remind_residents(me.holder).await.map(drop) }.boxed()
    });
    start("books", BOOKS_EVERY, |me| async move { me.office.follow_books().await }.boxed());
    start("passing on", PASSING_ON_EVERY, |me| {
        async move { me.office.carry_out_reorganisations(me.holder).await.map(drop) }.boxed()
    });
    start("held files", HELD_FILES_EVERY, |me| {
        async move { me.office.scan_held_files(me.holder).await.map(drop) }.boxed()
    });
    start("reconciliation", RECONCILE_EVERY, |me| {
        async move { me.office.reconcile(me.holder).await.map(drop) }.boxed()
    });
    start("daily work", DAILY_EVERY, |me| async move { me.office.enqueue_daily_jobs().await }.boxed());
    start("jobs", JOBS_EVERY, |me| {
        async move { me.office.run_due_jobs(|| me.stopping.is_cancelled()).await.map(drop) }.boxed()
    });
    start("letters", MESSAGES_EVERY, |me| async move { me.send_messages(Means::Email).await }.boxed());
    start("short messages", MESSAGES_EVERY, |me| async move { me.send_messages(Means::Sms).await }.boxed());
    while tasks.join_next().await.is_some() {}
    if let Err(error) = worker.office.seal_audit(worker.holder).await {
        tracing::error!(%error, "the last rows of the record are not sealed yet");
    }
}

/// Beside a server without a worker: rules and places that another process has changed are changed here too.
pub async fn follow(office: Office, stopping: CancellationToken) {
    loop {
        if let Err(error) = office.follow_books().await {
            tracing::error!(%error, "it was not looked whether rules or places have changed; it is tried again");
        }
        tokio::select! {
            () = stopping.cancelled() => return,
            () = tokio::time::sleep(BOOKS_EVERY) => {}
        }
    }
}

impl Worker {
    async fn send_messages(&self, means: Means) -> office::Result<()> {
        let Some(carrier) = self.carriers.of(means) else { return Ok(()) };
        self.office.send_due_messages(means, carrier.as_ref(), || self.stopping.is_cancelled()).await.map(drop)
    }
}

async fn every(
    pause: Duration,
    name: &'static str,
    worker: Worker,
    act: fn(Worker) -> BoxFuture<'static, office::Result<()>>,
) {
    loop {
        if let Err(error) = act(worker.clone()).await {
            tracing::error!(%error, name, "background work failed; it is tried again");
        }
        tokio::select! {
            () = worker.stopping.cancelled() => return,
            () = tokio::time::sleep(pause) => {}
        }
    }
}
