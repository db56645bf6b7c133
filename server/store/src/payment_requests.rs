//! What payers owe. What was asked is fixed; the columns of where it stands are a copy of what its entries add up to.

use crate::{Result, StoreError, Tx, on_engine};
use domain::{money::Dong, time::Instant};
use serde::{Deserialize, Serialize};
use sqlx::{QueryBuilder, types::Json};
use uuid::Uuid;

/// One line of what is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestLine {
    /// The fee's code; empty for an amount that a clerk typed.
    pub code: String,
    /// What it is, as the payer reads it.
    pub name: String,
    pub quantity: u32,
    /// For all of the quantity.
    pub amount: Dong,
}

/// What somebody owes.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct PaymentRequestRow {
    /// Of a dossier's: where the dossier was filed.
    pub office_id: i64,
    pub id: Uuid,
    pub dossier_id: Option<Uuid>,
    /// What comes back in the note of a transfer.
    pub token: String,
    /// fee, duty or counter.
    pub purpose: String,
    /// Where it is to be paid to; none where only cash is taken.
    pub account_id: Option<Uuid>,
    pub payer_name: String,
    #[sqlx(json)]
    pub lines: Vec<RequestLine>,
    /// The sum of the lines.
    pub asked: i64,
    /// A key of [`domain::payment::request::RequestState`].
    pub status: String,
    pub paid: i64,
    pub refunded: i64,
    pub remaining: i64,
    /// The last moment to pay, included.
    pub limit_at: Option<i64>,
    /// Who asked; none where the program did.
    pub made_by: Option<Uuid>,
    pub made_by_name: String,
    pub made_at: i64,
    /// From when on nothing is owed: it is paid, cancelled or has run out.
    pub closed_at: Option<i64>,
    /// A key of [`domain::payment::request::ClosedAs`]; none for one that was paid.
    pub closed_as: Option<String>,
    pub version: i64,
}

/// Where a page of requests that ran out ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AfterLimit {
    pub limit_at: i64,
    pub id: Uuid,
}

macro_rules! columns {
    () => {
        "office_id, id, dossier_id, token, purpose, account_id, payer_name, lines, asked, status, paid, refunded, remaining,
         limit_at, made_by, made_by_name, made_at, closed_at, closed_as, version"
    };
}

pub async fn insert_request(tx: &mut Tx, row: &PaymentRequestRow) -> Result<()> {
    let q = concat!(
        "INSERT INTO payment_requests (",
        columns!(),
        ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)"
    );
    Ok(on_engine!(tx, |c| sqlx::query(q)
        .bind(row.office_id)
        .bind(row.id)
        .bind(row.dossier_id)
        .bind(&row.token)
        .bind(&row.purpose)
        .bind(row.account_id)
        .bind(&row.payer_name)
        .bind(Json(&row.lines))
        .bind(row.asked)
        .bind(&row.status)
        .bind(row.paid)
        .bind(row.refunded)
        .bind(row.remaining)
        .bind(row.limit_at)
        .bind(row.made_by)
        .bind(&row.made_by_name)
        .bind(row.made_at)
        .bind(row.closed_at)
        .bind(&row.closed_as)
        .bind(row.version)
        .execute(c)
        .await
        .map(drop))?)
}

pub async fn request_by_id(tx: &mut Tx, id: Uuid) -> Result<Option<PaymentRequestRow>> {
    let q = concat!("SELECT ", columns!(), " FROM payment_requests WHERE id = $1");
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(id).fetch_optional(c).await)?)
}

/// The same, held until the transaction ends. Whoever holds several takes them in the order of their ids, behind the
/// dossiers and before a credit.
pub async fn hold_request(tx: &mut Tx, id: Uuid) -> Result<Option<PaymentRequestRow>> {
    macro_rules! by_id {
        ($lock:literal) => {
            concat!("SELECT ", columns!(), " FROM payment_requests WHERE id = $1", $lock)
        };
    }
    // On SQLite the transaction that writes is the only one anyway.
    let q = tx.pick(by_id!(""), by_id!(" FOR UPDATE"));
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(id).fetch_optional(c).await)?)
}

pub async fn requests_by_ids(tx: &mut Tx, ids: &[Uuid]) -> Result<Vec<PaymentRequestRow>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(on_engine!(tx, |c| {
        let mut q = QueryBuilder::new(concat!("SELECT ", columns!(), " FROM payment_requests WHERE id IN ("));
        let mut list = q.separated(", ");
        for id in ids {
            list.push_bind(*id);
        }
        q.push(") ORDER BY id");
        q.build_query_as().fetch_all(c).await
    })?)
}

/// The requests that have these tokens, in every state and in no order.
pub async fn requests_by_tokens(tx: &mut Tx, tokens: &[String]) -> Result<Vec<PaymentRequestRow>> {
    if tokens.is_empty() {
        return Ok(Vec::new());
    }
    Ok(on_engine!(tx, |c| {
        let mut q = QueryBuilder::new(concat!("SELECT ", columns!(), " FROM payment_requests WHERE token IN ("));
        let mut list = q.separated(", ");
        for token in tokens {
            list.push_bind(token.clone());
        }
        q.push(")");
        q.build_query_as().fetch_all(c).await
    })?)
}

/// Every request of a dossier, the oldest first.
pub async fn requests_of_dossier(tx: &mut Tx, office: i64, dossier: Uuid) -> Result<Vec<PaymentRequestRow>> {
    let q =
        concat!("SELECT ", columns!(), " FROM payment_requests WHERE office_id = $1 AND dossier_id = $2 ORDER BY id");
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(office).bind(dossier).fetch_all(c).await)?)
}

/// Open requests at that account that owe exactly that much and were made since then, the latest first.
pub async fn owed_requests(
    tx: &mut Tx,
    account: Uuid,
    remaining: Dong,
    since: Instant,
    limit: i64,
) -> Result<Vec<PaymentRequestRow>> {
    let q = concat!(
        "SELECT ",
        columns!(),
        " FROM payment_requests WHERE closed_at IS NULL AND account_id = $1 AND remaining = $2 AND made_at >= $3
          ORDER BY made_at DESC, id DESC LIMIT $4"
    );
    Ok(on_engine!(tx, |c| sqlx::query_as(q)
        .bind(account)
        .bind(remaining.0)
        .bind(since.0)
        .bind(limit)
        .fetch_all(c)
        .await)?)
}

/// Open requests whose limit lies before that moment, the longest past first.
pub async fn requests_run_out(
    tx: &mut Tx,
    now: Instant,
    after: Option<AfterLimit>,
    limit: i64,
) -> Result<Vec<PaymentRequestRow>> {
    let q = concat!(
        "SELECT ",
        columns!(),
        " FROM payment_requests WHERE closed_at IS NULL AND limit_at IS NOT NULL AND limit_at < $1
          AND (limit_at, id) > ($2, $3) ORDER BY limit_at, id LIMIT $4"
    );
    let after = after.unwrap_or(AfterLimit { limit_at: i64::MIN, id: Uuid::nil() });
    Ok(on_engine!(tx, |c| sqlx::query_as(q)
        .bind(now.0)
        .bind(after.limit_at)
        .bind(after.id)
        .bind(limit)
        .fetch_all(c)
        .await)?)
}

/// Keeps where a request stands, if it is still at the row's version; the next one is one higher.
pub async fn save_request(tx: &mut Tx, row: &PaymentRequestRow) -> Result<()> {
    let q = "UPDATE payment_requests SET status = $3, paid = $4, refunded = $5, remaining = $6, closed_at = $7,
               closed_as = $8, version = version + 1
             WHERE office_id = $1 AND id = $2 AND version = $9 RETURNING id";
    let saved: Option<Uuid> = on_engine!(tx, |c| sqlx::query_scalar(q)
        .bind(row.office_id)
        .bind(row.id)
        .bind(&row.status)
        .bind(row.paid)
        .bind(row.refunded)
        .bind(row.remaining)
        .bind(row.closed_at)
        .bind(&row.closed_as)
        .bind(row.version)
        .fetch_optional(c)
        .await)?;
    saved.map(drop).ok_or(StoreError::Stale)
}
