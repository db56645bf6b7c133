//! Work to be done after the act, each piece under a lease: a worker that dies gives it back.

use crate::{Result, Tx, on_engine};
use domain::time::Instant;
use serde_json::Value;
use sqlx::types::Json;
use uuid::Uuid;

#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct JobRow {
    pub id: Uuid,
    pub kind: String,
    #[sqlx(json)]
    pub payload: Value,
    pub attempts: i64,
}

/// Jobs that do not get on, for the page of stuck things. Without an error, no worker has brought them to an end.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct FailingJobRow {
    pub id: Uuid,
    pub kind: String,
    pub attempts: i64,
    pub last_error: Option<String>,
    pub created_at: i64,
}

pub async fn enqueue_job(tx: &mut Tx, id: Uuid, kind: &str, payload: &Value, run_at: Instant) -> Result<()> {
    let q = "INSERT INTO jobs (id, kind, payload, run_at, attempts, created_at) VALUES ($1, $2, $3, $4, 0, $4)";
    Ok(on_engine!(tx, |c| sqlx::query(q)
        .bind(id)
        .bind(kind)
        .bind(Json(payload))
        .bind(run_at.0)
        .execute(c)
        .await
        .map(drop))?)
}

/// Takes the next job due, for `lease_ms`.
pub async fn claim_job(tx: &mut Tx, now: Instant, lease_ms: i64) -> Result<Option<JobRow>> {
    macro_rules! claim {
        ($lock:literal) => {
            concat!(
                "UPDATE jobs SET attempts = attempts + 1, locked_until = $1 + $2 WHERE id = (
                   SELECT id FROM jobs
                   WHERE done_at IS NULL AND run_at <= $1 AND (locked_until IS NULL OR locked_until < $1)
                   ORDER BY run_at, id LIMIT 1 ",
                $lock,
                ") RETURNING id, kind, payload, attempts"
            )
        };
    }
    let q = tx.pick(claim!(""), claim!("FOR UPDATE SKIP LOCKED"));
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(now.0).bind(lease_ms).fetch_optional(c).await)?)
}

/// Keeps a claimed job for `lease_ms` more; `false` when another worker has taken it over.
pub async fn keep_job(tx: &mut Tx, job: &JobRow, now: Instant, lease_ms: i64) -> Result<bool> {
    let q = "UPDATE jobs SET locked_until = $3 WHERE id = $1 AND attempts = $2 AND done_at IS NULL RETURNING id";
    let kept: Option<Uuid> = on_engine!(tx, |c| sqlx::query_scalar(q)
        .bind(job.id)
        .bind(job.attempts)
        .bind(now.0 + lease_ms)
        .fetch_optional(c)
        .await)?;
    Ok(kept.is_some())
}

/// The claimed job is done; `false` when another worker has taken it over.
pub async fn finish_job(tx: &mut Tx, job: &JobRow, now: Instant) -> Result<bool> {
    let q = "UPDATE jobs SET done_at = $3, locked_until = NULL, last_error = NULL
             WHERE id = $1 AND attempts = $2 AND done_at IS NULL RETURNING id";
    let done: Option<Uuid> =
        on_engine!(tx, |c| sqlx::query_scalar(q).bind(job.id).bind(job.attempts).bind(now.0).fetch_optional(c).await)?;
    Ok(done.is_some())
}

/// Puts a failed job back for another try at `run_at`, unless another worker has taken it over.
pub async fn retry_job(tx: &mut Tx, job: &JobRow, run_at: Instant, error: &str) -> Result<()> {
    let q = "UPDATE jobs SET run_at = $3, locked_until = NULL, last_error = $4
             WHERE id = $1 AND attempts = $2 AND done_at IS NULL";
    Ok(on_engine!(tx, |c| sqlx::query(q)
        .bind(job.id)
        .bind(job.attempts)
        .bind(run_at.0)
        .bind(error)
        .execute(c)
        .await
        .map(drop))?)
}

/// Jobs that failed and wait for another try, were due before `late`, or whose worker stopped in the middle.
pub async fn failing_jobs(tx: &mut Tx, late: Instant) -> Result<Vec<FailingJobRow>> {
    let q = "SELECT id, kind, attempts, last_error, created_at FROM jobs
             WHERE done_at IS NULL AND (last_error IS NOT NULL OR attempts > 1 OR run_at < $1)
             ORDER BY created_at LIMIT 100";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(late.0).fetch_all(c).await)?)
}

/// Whether a job of that kind waits, or was put on the shelf since then.
pub async fn is_job_known(tx: &mut Tx, kind: &str, since: Instant) -> Result<bool> {
    let q = "SELECT COUNT(*) FROM jobs WHERE kind = $1 AND (done_at IS NULL OR created_at >= $2)";
    let count: i64 = on_engine!(tx, |c| sqlx::query_scalar(q).bind(kind).bind(since.0).fetch_one(c).await)?;
    Ok(count > 0)
}

/// Forgets jobs done before that moment.
pub async fn forget_done_jobs(tx: &mut Tx, before: Instant) -> Result<()> {
    let q = "DELETE FROM jobs WHERE done_at < $1";
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(before.0).execute(c).await.map(drop))?)
}

/// Takes or keeps a named lease; `false` when another holder has it.
pub async fn hold_lease(tx: &mut Tx, name: &str, holder: Uuid, now: Instant, lease_ms: i64) -> Result<bool> {
    let q = "INSERT INTO leases (name, holder, until) VALUES ($1, $2, $3)
             ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
               WHERE leases.holder = excluded.holder OR leases.until < $4
             RETURNING holder";
    let held: Option<Uuid> = on_engine!(tx, |c| sqlx::query_scalar(q)
        .bind(name)
        .bind(holder)
        .bind(now.0 + lease_ms)
        .bind(now.0)
        .fetch_optional(c)
        .await)?;
    Ok(held.is_some())
}

/// Whether any lease whose name begins so is held.
pub async fn is_lease_held(tx: &mut Tx, front: &str, now: Instant) -> Result<bool> {
    // Not by what lies between two names: each database sorts text in its own way.
    let q = "SELECT COUNT(*) FROM leases WHERE name LIKE $1 AND until >= $2";
    let names = format!("{front}%");
    let count: i64 = on_engine!(tx, |c| sqlx::query_scalar(q).bind(names).bind(now.0).fetch_one(c).await)?;
    Ok(count > 0)
}

/// Gives a lease back.
pub async fn drop_lease(tx: &mut Tx, name: &str, holder: Uuid) -> Result<()> {
    let q = "DELETE FROM leases WHERE name = $1 AND holder = $2";
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(name).bind(holder).execute(c).await.map(drop))?)
}
