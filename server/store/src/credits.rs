//! What the bank says came, and what each part of it was used for. What came never changes; what is used of it is the
//! sum of its parts, and the table itself refuses more than came.

use crate::{Result, Tx, on_engine};
use domain::{money::Dong, time::Instant};
use sqlx::QueryBuilder;
use uuid::Uuid;

/// Money that came, or went out, as the bank tells of it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct CreditRow {
    /// The unit whose account it is.
    pub office_id: i64,
    pub id: Uuid,
    pub account_id: Uuid,
    /// What the bank calls it: unique on the account.
    pub bank_ref: String,
    /// webhook, statement or gateway: how it was heard of first.
    pub source: String,
    pub booked_at: i64,
    pub received_at: i64,
    /// Below zero for what went out.
    pub amount: i64,
    pub currency: String,
    pub note: String,
    pub payer_name: String,
    /// Masked.
    pub payer_account: String,
    /// The sum of its parts.
    pub used: i64,
    /// From when on nothing of it waits to be used.
    pub done_at: Option<i64>,
}

/// What a part of a credit was used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartKind {
    /// It pays a request.
    Request,
    /// It goes back.
    Refund,
    /// What a part had taken is free again.
    Released,
}

impl PartKind {
    /// The stable key.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Refund => "refund",
            Self::Released => "released",
        }
    }

    /// The kind of that key.
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Request, Self::Refund, Self::Released].into_iter().find(|kind| kind.key() == key)
    }
}

/// A part of a credit.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct PartRow {
    pub office_id: i64,
    pub credit_id: Uuid,
    pub id: Uuid,
    /// A key of [`PartKind`].
    pub kind: String,
    pub request_id: Option<Uuid>,
    pub refund_id: Option<Uuid>,
    pub amount: i64,
    /// None for what the program matched by itself.
    pub by_staff: Option<Uuid>,
    pub by_name: String,
    pub reason: String,
    pub at: i64,
}

/// What a request was given of credits: the kind of the part, how much, when the bank booked it, and from whom it came.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct GivenRow {
    pub kind: String,
    pub amount: i64,
    pub booked_at: i64,
    pub payer_name: String,
}

/// Where a page of credits that wait ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct After {
    pub received_at: i64,
    pub id: Uuid,
}

/// Where a page of a unit's credits ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Before {
    pub booked_at: i64,
    pub id: Uuid,
}

macro_rules! columns {
    () => {
        "c.office_id, c.id, c.account_id, c.bank_ref, c.source, c.booked_at, c.received_at, c.amount, c.currency, c.note,
         c.payer_name, c.payer_account, c.used, c.done_at"
    };
}

/// Keeps a credit. `false` when one of that account and reference is there already, whoever brought it.
pub async fn insert_credit(tx: &mut Tx, row: &CreditRow) -> Result<bool> {
    let q = "INSERT INTO credits (office_id, id, account_id, bank_ref, source, booked_at, received_at, amount, currency, note,
               payer_name, payer_account, used, done_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
             ON CONFLICT (account_id, bank_ref) DO NOTHING RETURNING id";
    let kept: Option<Uuid> = on_engine!(tx, |c| sqlx::query_scalar(q)
        .bind(row.office_id)
        .bind(row.id)
        .bind(row.account_id)
        .bind(&row.bank_ref)
        .bind(&row.source)
        .bind(row.booked_at)
        .bind(row.received_at)
        .bind(row.amount)
        .bind(&row.currency)
        .bind(&row.note)
        .bind(&row.payer_name)
        .bind(&row.payer_account)
        .bind(row.used)
        .bind(row.done_at)
        .fetch_optional(c)
        .await)?;
    Ok(kept.is_some())
}

pub async fn credit_by_id(tx: &mut Tx, id: Uuid) -> Result<Option<CreditRow>> {
    let q = concat!("SELECT ", columns!(), " FROM credits c WHERE c.id = $1");
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(id).fetch_optional(c).await)?)
}

pub async fn credit_by_ref(tx: &mut Tx, account: Uuid, bank_ref: &str) -> Result<Option<CreditRow>> {
    let q = concat!("SELECT ", columns!(), " FROM credits c WHERE c.account_id = $1 AND c.bank_ref = $2");
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(account).bind(bank_ref).fetch_optional(c).await)?)
}

/// A credit, held until the transaction ends: behind dossiers and requests.
pub async fn hold_credit(tx: &mut Tx, id: Uuid) -> Result<Option<CreditRow>> {
    macro_rules! by_id {
        ($lock:literal) => {
            concat!("SELECT ", columns!(), " FROM credits c WHERE c.id = $1", $lock)
        };
    }
    // On SQLite the transaction that writes is the only one anyway.
    let q = tx.pick(by_id!(""), by_id!(" FOR UPDATE"));
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(id).fetch_optional(c).await)?)
}

pub async fn credits_by_ids(tx: &mut Tx, ids: &[Uuid]) -> Result<Vec<CreditRow>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(on_engine!(tx, |c| {
        let mut q = QueryBuilder::new(concat!("SELECT ", columns!(), " FROM credits c WHERE c.id IN ("));
        let mut list = q.separated(", ");
        for id in ids {
            list.push_bind(*id);
        }
        q.push(")");
        q.build_query_as().fetch_all(c).await
    })?)
}

/// A page of what came to accounts of those units, the latest booked first.
pub async fn credits_of(tx: &mut Tx, offices: &[i64], before: Option<Before>, limit: i64) -> Result<Vec<CreditRow>> {
    if offices.is_empty() {
        return Ok(Vec::new());
    }
    Ok(on_engine!(tx, |c| {
        let mut q = QueryBuilder::new(concat!("SELECT ", columns!(), " FROM credits c WHERE c.office_id IN ("));
        let mut list = q.separated(", ");
        for office in offices {
            list.push_bind(*office);
        }
        q.push(")");
        if let Some(before) = before {
            q.push(" AND (c.booked_at, c.id) < (")
                .push_bind(before.booked_at)
                .push(", ")
                .push_bind(before.id)
                .push(")");
        }
        q.push(" ORDER BY c.booked_at DESC, c.id DESC LIMIT ").push_bind(limit);
        q.build_query_as().fetch_all(c).await
    })?)
}

/// Something of it waits to be used, and it lies on no tray.
macro_rules! that_wait {
    () => {
        " FROM credits c WHERE c.done_at IS NULL
            AND NOT EXISTS (SELECT 1 FROM money_tray t WHERE t.credit_id = c.id AND t.closed_at IS NULL)"
    };
}

/// A page of credits of which something waits to be used and which lie on no tray, the longest here first.
pub async fn waiting_credits(tx: &mut Tx, after: Option<After>, limit: i64) -> Result<Vec<CreditRow>> {
    let q = concat!(
        "SELECT ",
        columns!(),
        that_wait!(),
        " AND (c.received_at, c.id) > ($1, $2) ORDER BY c.received_at, c.id LIMIT $3"
    );
    let after = after.unwrap_or(After { received_at: i64::MIN, id: Uuid::nil() });
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(after.received_at).bind(after.id).bind(limit).fetch_all(c).await)?)
}

/// How many of those units' credits wait that came before then, and since when the first does.
pub async fn count_waiting(tx: &mut Tx, offices: &[i64], before: Instant) -> Result<(i64, Option<i64>)> {
    if offices.is_empty() {
        return Ok((0, None));
    }
    Ok(on_engine!(tx, |c| {
        let mut q =
            QueryBuilder::new(concat!("SELECT COUNT(*), MIN(c.received_at)", that_wait!(), " AND c.received_at < "));
        q.push_bind(before.0).push(" AND c.office_id IN (");
        let mut list = q.separated(", ");
        for office in offices {
            list.push_bind(*office);
        }
        q.push(")");
        q.build_query_as().fetch_one(c).await
    })?)
}

/// Takes that much of a credit, when so much is left; answers what is used of it then. When nothing is left it is done.
pub async fn use_amount(tx: &mut Tx, credit: &CreditRow, amount: Dong, at: Instant) -> Result<Option<i64>> {
    // What is left is a difference that fits; a sum with whatever was typed need not.
    let q = "UPDATE credits SET used = used + $3, done_at = CASE WHEN used + $3 = amount THEN $4 ELSE done_at END
             WHERE office_id = $1 AND id = $2 AND $3 <= amount - used RETURNING used";
    Ok(on_engine!(tx, |c| sqlx::query_scalar(q)
        .bind(credit.office_id)
        .bind(credit.id)
        .bind(amount.0)
        .bind(at.0)
        .fetch_optional(c)
        .await)?)
}

/// Gives that much back that was used of it: it waits to be used again. Answers what is used of it then.
pub async fn give_back(tx: &mut Tx, office: i64, id: Uuid, amount: Dong) -> Result<Option<i64>> {
    let q = "UPDATE credits SET used = used - $3, done_at = NULL WHERE office_id = $1 AND id = $2 AND used >= $3
             RETURNING used";
    Ok(on_engine!(tx, |c| sqlx::query_scalar(q).bind(office).bind(id).bind(amount.0).fetch_optional(c).await)?)
}

/// Nothing of it is waited for though it was not used: it was no money for anybody here.
pub async fn end_credit(tx: &mut Tx, office: i64, id: Uuid, at: Instant) -> Result<()> {
    let q = "UPDATE credits SET done_at = $3 WHERE office_id = $1 AND id = $2 AND done_at IS NULL";
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(office).bind(id).bind(at.0).execute(c).await.map(drop))?)
}

pub async fn insert_part(tx: &mut Tx, row: &PartRow) -> Result<()> {
    let q =
        "INSERT INTO credit_parts (office_id, credit_id, id, kind, request_id, refund_id, amount, by_staff, by_name,
               reason, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    Ok(on_engine!(tx, |c| sqlx::query(q)
        .bind(row.office_id)
        .bind(row.credit_id)
        .bind(row.id)
        .bind(&row.kind)
        .bind(row.request_id)
        .bind(row.refund_id)
        .bind(row.amount)
        .bind(row.by_staff)
        .bind(&row.by_name)
        .bind(&row.reason)
        .bind(row.at)
        .execute(c)
        .await
        .map(drop))?)
}

/// Every part of a credit, in the order in which they were made.
pub async fn parts_of_credit(tx: &mut Tx, office: i64, credit: Uuid) -> Result<Vec<PartRow>> {
    let q = "SELECT office_id, credit_id, id, kind, request_id, refund_id, amount, by_staff, by_name, reason, at
             FROM credit_parts WHERE office_id = $1 AND credit_id = $2 ORDER BY id";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(office).bind(credit).fetch_all(c).await)?)
}

/// What a request was given of credits, in the order in which it was.
pub async fn given_to_request(tx: &mut Tx, request: Uuid) -> Result<Vec<GivenRow>> {
    let q = "SELECT p.kind, p.amount, c.booked_at, c.payer_name FROM credit_parts p
             JOIN credits c ON c.office_id = p.office_id AND c.id = p.credit_id
             WHERE p.request_id = $1 ORDER BY p.id";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(request).fetch_all(c).await)?)
}
