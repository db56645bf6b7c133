//! Work after the act. A job is a row written with the act; whoever runs it holds it by a lease.
//!
//! A worker keeps its lease while it works. One that was killed keeps it no longer, and another takes the job over; one
//! that merely slept too long finds its job taken and lets go of it: the number of the try tells them apart.

use crate::{Error, Office, Result, audit};
use domain::time::{DAY_MS, Instant};
use serde_json::{Value, json};
use std::time::Duration;
use store::{
    Tx, identities,
    jobs::{self, JobRow},
    limits, messages, proofs, sessions,
};

/// How long a piece of work may be without a sign before another worker takes it over.
const LEASE_MS: i64 = 60_000;
/// How often a worker gives a sign.
const SIGN: Duration = Duration::from_secs(15);
/// The longest pause between two tries.
const LONGEST_PAUSE_MS: i64 = 3_600_000;

// The kinds of work, each a constant here with its words in `app::record_words`. An old kind stays while rows of it may
// remain.

/// Recomputes the chain of the audit log; a break stays in sight as a job that fails.
pub const VERIFY_AUDIT: &str = "verify_audit";
/// Takes the bytes of a hash off the shelf when nothing points at it.
pub(crate) const RELEASE_BYTES: &str = "release_bytes";
/// Looks for what was left on the shelf.
const SWEEP_SHELF: &str = "sweep_shelf";
/// Forgets what served its time: sessions that ran out, tries, done work, codes that proved addresses, trays that
/// nobody emptied.
const FORGET_OLD: &str = "forget_old";

/// What is done once a day.
const DAILY: [&str; 3] = [VERIFY_AUDIT, SWEEP_SHELF, FORGET_OLD];
/// Sessions that ran out and done work are remembered this long.
const REMEMBERED_MS: i64 = 30 * DAY_MS;

impl Office {
    /// Puts work on the shelf, in the act's own transaction.
    pub async fn enqueue(&self, tx: &mut Tx, kind: &str, payload: &Value, run_at: Instant) -> Result<()> {
        Ok(jobs::enqueue_job(tx, self.new_id(), kind, payload, run_at).await?)
    }

    /// Puts the work of every day on the shelf, unless it waits there or was put there within a day. Two workers at the
    /// same moment may put it there twice; doing it twice does no harm.
    ///
    /// **Permissions**: the program's own worker.
    pub async fn enqueue_daily_jobs(&self) -> Result<()> {
        let now = self.now();
        let mut tx = self.db().write().await?;
        for kind in DAILY {
            if !jobs::is_job_known(&mut tx, kind, now.plus_ms(1 - DAY_MS)).await? {
                self.enqueue(&mut tx, kind, &json!({}), now).await?;
            }
        }
        Ok(tx.commit().await?)
    }

    /// Runs what is due, one piece after another, until nothing is or `is_over`. Answers how many ran.
    ///
    /// **Permissions**: the program's own worker.
    pub async fn run_due_jobs(&self, is_over: impl Fn() -> bool) -> Result<u64> {
        let mut ran = 0;
        while !is_over() {
            let mut tx = self.db().write().await?;
            let Some(job) = jobs::claim_job(&mut tx, self.now(), LEASE_MS).await? else { break };
            tx.commit().await?;
            let done = tokio::select! {
                done = self.run_job(&job) => done,
                lost = self.keep_lease(&job) => {
                    lost?;
                    tracing::warn!(kind = job.kind, "another worker took this work over");
                    continue;
                }
            };
            let mut tx = self.db().write().await?;
            match done {
                Ok(()) => drop(jobs::finish_job(&mut tx, &job, self.now()).await?),
                Err(error) => {
                    let pause = 1_000_i64.saturating_mul(1 << job.attempts.clamp(0, 12)).min(LONGEST_PAUSE_MS);
                    tracing::warn!(%error, kind = job.kind, attempts = job.attempts, "work failed; it is tried again");
                    jobs::retry_job(&mut tx, &job, self.now().plus_ms(pause), &error.to_string()).await?;
                }
            }
            tx.commit().await?;
            ran += 1;
        }
        Ok(ran)
    }

    /// Gives signs while the work goes on; ends when another worker has taken it over.
    async fn keep_lease(&self, job: &JobRow) -> Result<()> {
        loop {
            tokio::time::sleep(SIGN).await;
            let mut tx = self.db().write().await?;
            if !jobs::keep_job(&mut tx, job, self.now(), LEASE_MS).await? {
                return Ok(());
            }
            tx.commit().await?;
        }
    }

    async fn run_job(&self, job: &JobRow) -> Result<()> {
        match job.kind.as_str() {
            VERIFY_AUDIT => match self.verify_audit().await?.broken_at {
                None => Ok(()),
                Some(audit::Broken { seq, .. }) => Err(Error::Broken(format!("the audit chain breaks at link {seq}"))),
            },
            RELEASE_BYTES => {
                let sha256 =
                    job.payload["sha256"].as_str().ok_or_else(|| Error::Broken("no hash to release".into()))?;
                self.release_bytes(sha256).await.map(drop)
            }
            SWEEP_SHELF => {
                let swept = self.sweep_shelf().await?;
                tracing::info!(
                    unfinished = swept.unfinished,
                    removed = swept.removed,
                    discarded = swept.discarded,
                    found = swept.found,
                    "the shelf was swept"
                );
                Ok(())
            }
            FORGET_OLD => {
                let now = self.now();
                let mut tx = self.db().write().await?;
                sessions::forget_ended_sessions(&mut tx, now.plus_ms(-REMEMBERED_MS)).await?;
                limits::forget_old_tries(&mut tx, now.plus_ms(-DAY_MS), now).await?;
                proofs::forget_old_codes(&mut tx, now.plus_ms(-REMEMBERED_MS)).await?;
                identities::forget_old_attempts(&mut tx, now.plus_ms(-DAY_MS)).await?;
                jobs::forget_done_jobs(&mut tx, now.plus_ms(-REMEMBERED_MS)).await?;
                messages::forget_code_messages(&mut tx, now.plus_ms(-REMEMBERED_MS)).await?;
                tx.commit().await?;
                self.forget_old_trays().await?;
                self.forget_old_drafts().await.map(drop)
            }
            other => Err(Error::Broken(format!("no such kind of work: {other}"))),
        }
    }
}
