//! Money that goes back. Whom, where and how much are fixed when it is asked for; the number of the account is
//! forgotten when it is needed no more.

use crate::{Result, StoreError, Tx, on_engine};
use sqlx::QueryBuilder;
use std::fmt;
use uuid::Uuid;

/// A refund, of a request or of a credit that belongs to none. Its debug form shows no account.
#[derive(Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct RefundRow {
    /// That of the request or of the credit.
    pub office_id: i64,
    pub id: Uuid,
    pub request_id: Option<Uuid>,
    pub credit_id: Option<Uuid>,
    pub amount: i64,
    /// So much of what was due of the request is not asked any more, because it went back.
    pub waived: i64,
    pub payee: String,
    /// cash or transfer.
    pub way: String,
    /// The bank it goes to.
    pub bin: Option<String>,
    /// In full until it is sent, rejected or given up.
    pub account: Option<String>,
    /// Masked for good; empty for cash.
    pub masked_account: String,
    pub reason: String,
    /// A key of [`domain::payment::refund::RefundState`].
    pub state: String,
    pub asked_by: Uuid,
    pub asked_by_name: String,
    pub asked_at: i64,
    /// Never who asked.
    pub decided_by: Option<Uuid>,
    pub decided_by_name: Option<String>,
    pub decided_at: Option<i64>,
    pub sendings: i64,
    pub remark: String,
    /// The payee has it, or it was rejected or given up.
    pub ended_at: Option<i64>,
    pub version: i64,
}

impl fmt::Debug for RefundRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RefundRow")
            .field("id", &self.id)
            .field("amount", &self.amount)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

/// Where a page ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct After {
    pub asked_at: i64,
    pub id: Uuid,
}

macro_rules! columns {
    () => {
        "office_id, id, request_id, credit_id, amount, waived, payee, way, bin, account, masked_account, reason, state,
         asked_by, asked_by_name, asked_at, decided_by, decided_by_name, decided_at, sendings, remark, ended_at, version"
    };
}

pub async fn insert_refund(tx: &mut Tx, row: &RefundRow) -> Result<()> {
    let q = concat!(
        "INSERT INTO refunds (",
        columns!(),
        ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)"
    );
    Ok(on_engine!(tx, |c| sqlx::query(q)
        .bind(row.office_id)
        .bind(row.id)
        .bind(row.request_id)
        .bind(row.credit_id)
        .bind(row.amount)
        .bind(row.waived)
        .bind(&row.payee)
        .bind(&row.way)
        .bind(&row.bin)
        .bind(&row.account)
        .bind(&row.masked_account)
        .bind(&row.reason)
        .bind(&row.state)
        .bind(row.asked_by)
        .bind(&row.asked_by_name)
        .bind(row.asked_at)
        .bind(row.decided_by)
        .bind(&row.decided_by_name)
        .bind(row.decided_at)
        .bind(row.sendings)
        .bind(&row.remark)
        .bind(row.ended_at)
        .bind(row.version)
        .execute(c)
        .await
        .map(drop))?)
}

pub async fn refund_by_id(tx: &mut Tx, id: Uuid) -> Result<Option<RefundRow>> {
    let q = concat!("SELECT ", columns!(), " FROM refunds WHERE id = $1");
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(id).fetch_optional(c).await)?)
}

/// The same, held until the transaction ends: behind the request or the credit that it is of.
pub async fn hold_refund(tx: &mut Tx, id: Uuid) -> Result<Option<RefundRow>> {
    macro_rules! by_id {
        ($lock:literal) => {
            concat!("SELECT ", columns!(), " FROM refunds WHERE id = $1", $lock)
        };
    }
    // On SQLite the transaction that writes is the only one anyway.
    let q = tx.pick(by_id!(""), by_id!(" FOR UPDATE"));
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(id).fetch_optional(c).await)?)
}

/// Every refund of a request, the oldest first.
pub async fn refunds_of_request(tx: &mut Tx, request: Uuid) -> Result<Vec<RefundRow>> {
    let q = concat!("SELECT ", columns!(), " FROM refunds WHERE request_id = $1 ORDER BY id");
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(request).fetch_all(c).await)?)
}

/// Every refund of a credit that belongs to no request, the oldest first.
pub async fn refunds_of_credit(tx: &mut Tx, credit: Uuid) -> Result<Vec<RefundRow>> {
    let q = concat!("SELECT ", columns!(), " FROM refunds WHERE credit_id = $1 ORDER BY id");
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(credit).fetch_all(c).await)?)
}

/// A page of the refunds under way in those units, the longest asked first.
pub async fn open_refunds(tx: &mut Tx, offices: &[i64], after: Option<After>, limit: i64) -> Result<Vec<RefundRow>> {
    if offices.is_empty() {
        return Ok(Vec::new());
    }
    Ok(on_engine!(tx, |c| {
        let mut q = QueryBuilder::new(concat!(
            "SELECT ",
            columns!(),
            " FROM refunds WHERE ended_at IS NULL AND office_id IN ("
        ));
        let mut list = q.separated(", ");
        for office in offices {
            list.push_bind(*office);
        }
        q.push(")");
        if let Some(after) = after {
            q.push(" AND (asked_at, id) > (").push_bind(after.asked_at).push(", ").push_bind(after.id).push(")");
        }
        q.push(" ORDER BY asked_at, id LIMIT ").push_bind(limit);
        q.build_query_as().fetch_all(c).await
    })?)
}

/// Keeps where a refund stands, if it is still at the row's version; the next one is one higher.
pub async fn save_refund(tx: &mut Tx, row: &RefundRow) -> Result<()> {
    let q = "UPDATE refunds SET account = $3, state = $4, decided_by = $5, decided_by_name = $6, decided_at = $7,
               sendings = $8, remark = $9, ended_at = $10, waived = $11, version = version + 1
             WHERE office_id = $1 AND id = $2 AND version = $12 RETURNING id";
    let saved: Option<Uuid> = on_engine!(tx, |c| sqlx::query_scalar(q)
        .bind(row.office_id)
        .bind(row.id)
        .bind(&row.account)
        .bind(&row.state)
        .bind(row.decided_by)
        .bind(&row.decided_by_name)
        .bind(row.decided_at)
        .bind(row.sendings)
        .bind(&row.remark)
        .bind(row.ended_at)
        .bind(row.waived)
        .bind(row.version)
        .fetch_optional(c)
        .await)?;
    saved.map(drop).ok_or(StoreError::Stale)
}
