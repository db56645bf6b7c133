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

/// Jobs that failed and wait for another try, for the page of stuck things.
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

pub async fn finish_job(tx: &mut Tx, id: Uuid, now: Instant) -> Result<()> {
    let q = "UPDATE jobs SET done_at = $2, locked_until = NULL, last_error = NULL WHERE id = $1";
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(id).bind(now.0).execute(c).await.map(drop))?)
}

/// Puts a failed job back for another try at `run_at`.
pub async fn retry_job(tx: &mut Tx, id: Uuid, run_at: Instant, error: &str) -> Result<()> {
    let q = "UPDATE jobs SET run_at = $2, locked_until = NULL, last_error = $3 WHERE id = $1";
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(id).bind(run_at.0).bind(error).execute(c).await.map(drop))?)
}

pub async fn failing_jobs(tx: &mut Tx) -> Result<Vec<FailingJobRow>> {
    let q = "SELECT id, kind, attempts, last_error, created_at FROM jobs
             WHERE done_at IS NULL AND last_error IS NOT NULL ORDER BY created_at LIMIT 100";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).fetch_all(c).await)?)
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
