//! Who an identity provider says somebody is: links to accounts, and sign-ins that are under way.

use crate::{Result, Tx, on_engine};
use domain::time::Instant;
use uuid::Uuid;

/// A sign-in that was begun here and is to come back from the provider.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AttemptRow {
    pub state_hash: String,
    /// Of the cookie of the browser that began it.
    pub browser_hash: String,
    pub nonce: String,
    /// Of PKCE (RFC 7636).
    pub verifier: String,
    /// Where the person was going; empty when nowhere.
    pub next: String,
    pub begun_at: i64,
    pub expires_at: i64,
}

pub async fn insert_attempt(tx: &mut Tx, row: &AttemptRow) -> Result<()> {
    let q = "INSERT INTO identity_attempts (state_hash, browser_hash, nonce, verifier, next, begun_at, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)";
    Ok(on_engine!(tx, |c| sqlx::query(q)
        .bind(&row.state_hash)
        .bind(&row.browser_hash)
        .bind(&row.nonce)
        .bind(&row.verifier)
        .bind(&row.next)
        .bind(row.begun_at)
        .bind(row.expires_at)
        .execute(c)
        .await
        .map(drop))?)
}

/// Uses an attempt up; nothing when that browser has none of that state, when it ran out, or when it was used.
pub async fn use_attempt(
    tx: &mut Tx,
    state_hash: &str,
    browser_hash: &str,
    now: Instant,
) -> Result<Option<AttemptRow>> {
    let q = "UPDATE identity_attempts SET used_at = $3
             WHERE state_hash = $1 AND browser_hash = $2 AND used_at IS NULL AND expires_at > $3
             RETURNING state_hash, browser_hash, nonce, verifier, next, begun_at, expires_at";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(state_hash).bind(browser_hash).bind(now.0).fetch_optional(c).await)?)
}

/// Forgets attempts that ran out before that moment.
pub async fn forget_old_attempts(tx: &mut Tx, before: Instant) -> Result<()> {
    let q = "DELETE FROM identity_attempts WHERE expires_at < $1";
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(before.0).execute(c).await.map(drop))?)
}

/// The account that a provider's subject was linked to.
pub async fn account_of_subject(tx: &mut Tx, issuer: &str, subject: &str) -> Result<Option<Uuid>> {
    let q = "SELECT account_id FROM identity_links WHERE issuer = $1 AND subject = $2";
    Ok(on_engine!(tx, |c| sqlx::query_scalar(q).bind(issuer).bind(subject).fetch_optional(c).await)?)
}

/// What a provider knows an account as.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct LinkRow {
    pub issuer: String,
    pub subject: String,
    pub linked_at: i64,
}

/// What providers know an account as, the first linked first.
pub async fn links_of(tx: &mut Tx, account: Uuid) -> Result<Vec<LinkRow>> {
    let q = "SELECT issuer, subject, linked_at FROM identity_links WHERE account_id = $1
             ORDER BY linked_at, issuer, subject";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(account).fetch_all(c).await)?)
}

/// Links a provider's subject to an account, in place of the one it was linked to.
pub async fn link_subject(tx: &mut Tx, issuer: &str, subject: &str, account: Uuid, now: Instant) -> Result<()> {
    let q = "INSERT INTO identity_links (issuer, subject, account_id, linked_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (issuer, subject) DO UPDATE SET account_id = excluded.account_id, linked_at = excluded.linked_at
             WHERE identity_links.account_id <> excluded.account_id";
    Ok(on_engine!(tx, |c| sqlx::query(q)
        .bind(issuer)
        .bind(subject)
        .bind(account)
        .bind(now.0)
        .execute(c)
        .await
        .map(drop))?)
}

/// Takes a link of that account back.
pub async fn unlink_subject(tx: &mut Tx, account: Uuid, issuer: &str, subject: &str) -> Result<()> {
    let q = "DELETE FROM identity_links WHERE issuer = $1 AND subject = $2 AND account_id = $3";
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(issuer).bind(subject).bind(account).execute(c).await.map(drop))?)
}
