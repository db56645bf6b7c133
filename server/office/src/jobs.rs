//! Work after the act. A job is a row written with the act; whoever runs it holds it by a lease.

use crate::{Office, Result, audit};
use domain::time::Instant;
use serde_json::Value;
use store::{Tx, jobs};

/// How long a piece of work may take before another worker takes it over.
const LEASE_MS: i64 = 60_000;
/// The longest pause between two tries.
const LONGEST_PAUSE_MS: i64 = 3_600_000;

/// The kinds of work. An old kind stays here while rows of it may remain.
const VERIFY_AUDIT: &str = "verify_audit";

impl Office {
    /// Puts work on the shelf, in the act's own transaction.
    pub async fn enqueue(&self, tx: &mut Tx, kind: &str, payload: &Value, run_at: Instant) -> Result<()> {
        Ok(jobs::enqueue_job(tx, self.new_id(), kind, payload, run_at).await?)
    }

    /// Runs what is due, one piece after another. Answers how many ran.
    ///
    /// **Permissions**: the program's own worker.
    pub async fn run_due_jobs(&self) -> Result<u64> {
        let mut ran = 0;
        loop {
            let mut tx = self.db().write().await?;
            let Some(job) = jobs::claim_job(&mut tx, self.now(), LEASE_MS).await? else { return Ok(ran) };
            tx.commit().await?;
            let done = self.run_job(&job.kind).await;
            let mut tx = self.db().write().await?;
            match done {
                Ok(()) => jobs::finish_job(&mut tx, job.id, self.now()).await?,
                Err(error) => {
                    let pause = 1_000_i64.saturating_mul(1 << job.attempts.clamp(0, 12)).min(LONGEST_PAUSE_MS);
                    jobs::retry_job(&mut tx, job.id, self.now().plus_ms(pause), &error.to_string()).await?;
                }
            }
            tx.commit().await?;
            ran += 1;
        }
    }

    async fn run_job(&self, kind: &str) -> Result<()> {
        match kind {
            VERIFY_AUDIT => match self.verify_audit().await?.broken_at {
                None => Ok(()),
                Some(audit::Broken { seq, .. }) => {
                    Err(crate::Error::Broken(format!("the audit chain breaks at link {seq}")))
                }
            },
            other => Err(crate::Error::Broken(format!("no such kind of work: {other}"))),
        }
    }
}
