//! Wrong tries, counted in the database: they hold across processes and restarts.

use crate::{Result, Tx, on_engine};
use domain::time::Instant;

/// How many tries a window holds before the subject is locked.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    pub tries: i64,
    pub window_ms: i64,
    pub lock_ms: i64,
}

/// Until when the subject is locked, if it is.
pub async fn locked_until(tx: &mut Tx, scope: &str, subject: &str, now: Instant) -> Result<Option<Instant>> {
    let q = "SELECT locked_until FROM limits WHERE scope = $1 AND subject = $2 AND locked_until > $3";
    let until: Option<i64> =
        on_engine!(tx, |c| sqlx::query_scalar(q).bind(scope).bind(subject).bind(now.0).fetch_optional(c).await)?;
    Ok(until.map(Instant))
}

/// Takes one try before it is known whether it is right, so that many at once cannot outrun the count; answers how many
/// are left (0 = this was the last), or the end of the lock. A right one gives it back by [`clear_tries`].
pub async fn take_try(
    tx: &mut Tx,
    scope: &str,
    subject: &str,
    limit: Limit,
    now: Instant,
) -> Result<std::result::Result<i64, Instant>> {
    hold_limit(tx, scope, subject, now).await?;
    if let Some(until) = locked_until(tx, scope, subject, now).await? {
        return Ok(Err(until));
    }
    Ok(Ok(count_try(tx, scope, subject, limit, now).await?))
}

/// Gives one try back, with the lock it brought: it was a right one.
pub async fn give_back_try(tx: &mut Tx, scope: &str, subject: &str, limit: Limit) -> Result<()> {
    // A lock empties the count, so the try that brought it leaves all the others counted.
    let q = "UPDATE limits SET
               tries = CASE WHEN locked_until > 0 AND tries = 0 THEN $3 - 1 WHEN tries > 0 THEN tries - 1 ELSE 0 END,
               locked_until = 0
             WHERE scope = $1 AND subject = $2";
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(scope).bind(subject).bind(limit.tries).execute(c).await.map(drop))?)
}

/// Holds the count of that subject until the transaction ends.
async fn hold_limit(tx: &mut Tx, scope: &str, subject: &str, now: Instant) -> Result<()> {
    let q = "INSERT INTO limits (scope, subject, window_start, tries, locked_until) VALUES ($1, $2, $3, 0, 0)
             ON CONFLICT (scope, subject) DO UPDATE SET scope = excluded.scope";
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(scope).bind(subject).bind(now.0).execute(c).await.map(drop))?)
}

/// Counts one try; answers how many are left before the lock (0 = locked now).
pub async fn count_try(tx: &mut Tx, scope: &str, subject: &str, limit: Limit, now: Instant) -> Result<i64> {
    let q = "INSERT INTO limits (scope, subject, window_start, tries, locked_until) VALUES ($1, $2, $3, 1, 0)
             ON CONFLICT (scope, subject) DO UPDATE SET
               tries = CASE WHEN limits.window_start + $4 <= $3 THEN 1 ELSE limits.tries + 1 END,
               window_start = CASE WHEN limits.window_start + $4 <= $3 THEN $3 ELSE limits.window_start END
             RETURNING tries";
    let tries: i64 = on_engine!(tx, |c| sqlx::query_scalar(q)
        .bind(scope)
        .bind(subject)
        .bind(now.0)
        .bind(limit.window_ms)
        .fetch_one(c)
        .await)?;
    if tries >= limit.tries {
        let q = "UPDATE limits SET locked_until = $3, tries = 0, window_start = $4 WHERE scope = $1 AND subject = $2";
        on_engine!(tx, |c| sqlx::query(q)
            .bind(scope)
            .bind(subject)
            .bind(now.0 + limit.lock_ms)
            .bind(now.0)
            .execute(c)
            .await
            .map(drop))?;
        return Ok(0);
    }
    Ok(limit.tries - tries)
}

/// Forgets the tries, after a right one.
pub async fn clear_tries(tx: &mut Tx, scope: &str, subject: &str) -> Result<()> {
    let q = "UPDATE limits SET tries = 0, locked_until = 0 WHERE scope = $1 AND subject = $2";
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(scope).bind(subject).execute(c).await.map(drop))?)
}

/// Forgets counts whose window began before that moment and that lock nothing.
pub async fn forget_old_tries(tx: &mut Tx, before: Instant, now: Instant) -> Result<()> {
    let q = "DELETE FROM limits WHERE window_start < $1 AND locked_until < $2";
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(before.0).bind(now.0).execute(c).await.map(drop))?)
}
