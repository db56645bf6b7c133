//! Sessions. Only the hash of a token is stored: a copy of the table opens no door.

use crate::{Result, Tx, on_engine};
use domain::time::Instant;
use uuid::Uuid;

/// A session of a resident (`kind = "resident"`) or of a member of staff (`kind = "staff"`).
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct SessionRow {
    pub token_hash: String,
    pub kind: String,
    pub subject_id: Uuid,
    pub created_at: i64,
    pub seen_at: i64,
    pub idle_until: i64,
    pub absolute_until: i64,
    pub address: String,
    pub agent: String,
    pub ended_at: Option<i64>,
}

pub async fn insert_session(tx: &mut Tx, row: &SessionRow) -> Result<()> {
    let q = "INSERT INTO sessions (token_hash, kind, subject_id, created_at, seen_at, idle_until, absolute_until, address, agent)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    Ok(on_engine!(tx, |c| sqlx::query(q)
        .bind(&row.token_hash)
        .bind(&row.kind)
        .bind(row.subject_id)
        .bind(row.created_at)
        .bind(row.seen_at)
        .bind(row.idle_until)
        .bind(row.absolute_until)
        .bind(&row.address)
        .bind(&row.agent)
        .execute(c)
        .await
        .map(drop))?)
}

/// The session, whether or not it has run out: the caller decides by its clock.
pub async fn session_by_token(tx: &mut Tx, token_hash: &str) -> Result<Option<SessionRow>> {
    let q =
        "SELECT token_hash, kind, subject_id, created_at, seen_at, idle_until, absolute_until, address, agent, ended_at
             FROM sessions WHERE token_hash = $1";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(token_hash).fetch_optional(c).await)?)
}

/// The sessions of that person at that door that are open at that moment, the one used last first.
pub async fn open_sessions_of(tx: &mut Tx, kind: &str, subject: Uuid, now: Instant) -> Result<Vec<SessionRow>> {
    let q =
        "SELECT token_hash, kind, subject_id, created_at, seen_at, idle_until, absolute_until, address, agent, ended_at
             FROM sessions
             WHERE subject_id = $1 AND kind = $2 AND ended_at IS NULL AND idle_until > $3 AND absolute_until > $3
             ORDER BY seen_at DESC, token_hash LIMIT 50";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(subject).bind(kind).bind(now.0).fetch_all(c).await)?)
}

pub async fn touch_session(tx: &mut Tx, token_hash: &str, now: Instant, idle_until: Instant) -> Result<()> {
    let q = "UPDATE sessions SET seen_at = $2, idle_until = $3 WHERE token_hash = $1 AND ended_at IS NULL";
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(token_hash).bind(now.0).bind(idle_until.0).execute(c).await.map(drop))?)
}

pub async fn end_session(tx: &mut Tx, token_hash: &str, now: Instant) -> Result<()> {
    let q = "UPDATE sessions SET ended_at = $2 WHERE token_hash = $1 AND ended_at IS NULL";
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(token_hash).bind(now.0).execute(c).await.map(drop))?)
}

/// Ends every session of that person at that door; answers how many.
pub async fn end_sessions_of(tx: &mut Tx, kind: &str, subject: Uuid, now: Instant) -> Result<u64> {
    let q = "UPDATE sessions SET ended_at = $3
             WHERE kind = $1 AND subject_id = $2 AND ended_at IS NULL AND absolute_until > $3";
    let done = on_engine!(tx, |c| sqlx::query(q)
        .bind(kind)
        .bind(subject)
        .bind(now.0)
        .execute(c)
        .await
        .map(|done| done.rows_affected()));
    Ok(done?)
}

/// Forgets sessions that ran out before that moment.
pub async fn forget_ended_sessions(tx: &mut Tx, before: Instant) -> Result<()> {
    let q = "DELETE FROM sessions WHERE absolute_until < $1";
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(before.0).execute(c).await.map(drop))?)
}
