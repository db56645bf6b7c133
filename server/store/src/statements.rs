//! Statements of accounts that were read in, and the events that providers told of: each once.

use crate::{Result, Tx, db::duplicate, on_engine};
use domain::time::Instant;
use serde::{Deserialize, Serialize};
use sqlx::types::Json;
use uuid::Uuid;

/// A line of a statement that was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedLine {
    /// Its number in the file, from 1.
    pub line: u32,
    /// Why, by a stable key.
    pub reason: String,
}

/// A statement that was read in.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct StatementRow {
    pub office_id: i64,
    pub id: Uuid,
    pub account_id: Uuid,
    /// Of the file.
    pub sha256: String,
    /// What sort of file it was, by the key of its reader.
    pub format: String,
    pub by_staff: Uuid,
    pub by_name: String,
    pub at: i64,
    /// Lines in the file.
    pub lines: i64,
    /// Those that brought a credit that had not been heard of.
    pub new_lines: i64,
    #[sqlx(json)]
    pub refused: Vec<RefusedLine>,
}

/// What a provider told of.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ProviderEventRow {
    pub provider: String,
    /// What the provider calls it.
    pub event_id: String,
    pub at: i64,
    /// The credit it brought, or that was known.
    pub credit_id: Uuid,
    /// new or known.
    pub outcome: String,
}

/// Where a page of statements ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Before {
    pub at: i64,
    pub id: Uuid,
}

macro_rules! columns {
    () => {
        "office_id, id, account_id, sha256, format, by_staff, by_name, at, lines, new_lines, refused"
    };
}

/// `Duplicate("statement")` when the same file was read in for that account.
pub async fn insert_statement(tx: &mut Tx, row: &StatementRow) -> Result<()> {
    let q = concat!("INSERT INTO statements (", columns!(), ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)");
    on_engine!(tx, |c| sqlx::query(q)
        .bind(row.office_id)
        .bind(row.id)
        .bind(row.account_id)
        .bind(&row.sha256)
        .bind(&row.format)
        .bind(row.by_staff)
        .bind(&row.by_name)
        .bind(row.at)
        .bind(row.lines)
        .bind(row.new_lines)
        .bind(Json(&row.refused))
        .execute(c)
        .await
        .map(drop))
    .map_err(duplicate("statement"))
}

/// The statement that the same file was, for that account.
pub async fn statement_of_file(tx: &mut Tx, account: Uuid, sha256: &str) -> Result<Option<StatementRow>> {
    let q = concat!("SELECT ", columns!(), " FROM statements WHERE account_id = $1 AND sha256 = $2");
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(account).bind(sha256).fetch_optional(c).await)?)
}

pub async fn statement_by_id(tx: &mut Tx, id: Uuid) -> Result<Option<StatementRow>> {
    let q = concat!("SELECT ", columns!(), " FROM statements WHERE id = $1");
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(id).fetch_optional(c).await)?)
}

/// A page of the statements of an account, the newest first.
pub async fn statements_of(
    tx: &mut Tx,
    account: Uuid,
    before: Option<Before>,
    limit: i64,
) -> Result<Vec<StatementRow>> {
    let q = concat!(
        "SELECT ",
        columns!(),
        " FROM statements WHERE account_id = $1 AND (at, id) < ($2, $3) ORDER BY at DESC, id DESC LIMIT $4"
    );
    let before = before.unwrap_or(Before { at: i64::MAX, id: Uuid::max() });
    Ok(on_engine!(tx, |c| sqlx::query_as(q)
        .bind(account)
        .bind(before.at)
        .bind(before.id)
        .bind(limit)
        .fetch_all(c)
        .await)?)
}

/// What a provider told of under that id, when it did.
pub async fn provider_event(tx: &mut Tx, provider: &str, event_id: &str) -> Result<Option<ProviderEventRow>> {
    let q =
        "SELECT provider, event_id, at, credit_id, outcome FROM provider_events WHERE provider = $1 AND event_id = $2";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(provider).bind(event_id).fetch_optional(c).await)?)
}

/// Keeps what a provider told of. `false` when it had told of that before.
pub async fn insert_provider_event(
    tx: &mut Tx,
    (provider, event_id): (&str, &str),
    at: Instant,
    credit: Uuid,
    outcome: &str,
) -> Result<bool> {
    let q = "INSERT INTO provider_events (provider, event_id, at, credit_id, outcome) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (provider, event_id) DO NOTHING RETURNING event_id";
    let kept: Option<String> = on_engine!(tx, |c| sqlx::query_scalar(q)
        .bind(provider)
        .bind(event_id)
        .bind(at.0)
        .bind(credit)
        .bind(outcome)
        .fetch_optional(c)
        .await)?;
    Ok(kept.is_some())
}
