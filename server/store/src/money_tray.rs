//! Money that a person must look at: a credit that could not be matched, a request that was paid too much. A line that
//! was looked to keeps its row, with how.

use crate::{Result, Tx, on_engine};
use domain::time::Instant;
use sqlx::QueryBuilder;
use uuid::Uuid;

/// A line of the tray, about a credit or about a request.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct TrayRow {
    /// The unit whose it is.
    pub office_id: i64,
    pub id: Uuid,
    pub credit_id: Option<Uuid>,
    pub request_id: Option<Uuid>,
    /// Why it lies there, by a stable key.
    pub reason: String,
    pub since: i64,
    /// Who looks to it.
    pub owner: Option<Uuid>,
    pub owner_name: Option<String>,
    /// Whom or what they have asked.
    pub note: Option<String>,
    pub closed_at: Option<i64>,
    /// What became of it.
    pub how: Option<String>,
    pub closed_by: Option<String>,
}

/// What a line is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// A credit, by its id.
    Credit(Uuid),
    /// A request, by its id.
    Request(Uuid),
}

/// Where a page ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct After {
    pub since: i64,
    pub id: Uuid,
}

macro_rules! columns {
    () => {
        "office_id, id, credit_id, request_id, reason, since, owner, owner_name, note, closed_at, how, closed_by"
    };
}

/// A count stops here.
const COUNT_CAP: i64 = 100;

/// Lays a line on the tray. `false` when there is an open one about the same: the first reason stays.
pub async fn insert_line(tx: &mut Tx, row: &TrayRow) -> Result<bool> {
    let q =
        "INSERT INTO money_tray (office_id, id, credit_id, request_id, reason, since) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT DO NOTHING RETURNING id";
    let laid: Option<Uuid> = on_engine!(tx, |c| sqlx::query_scalar(q)
        .bind(row.office_id)
        .bind(row.id)
        .bind(row.credit_id)
        .bind(row.request_id)
        .bind(&row.reason)
        .bind(row.since)
        .fetch_optional(c)
        .await)?;
    Ok(laid.is_some())
}

pub async fn line_by_id(tx: &mut Tx, id: Uuid) -> Result<Option<TrayRow>> {
    let q = concat!("SELECT ", columns!(), " FROM money_tray WHERE id = $1");
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(id).fetch_optional(c).await)?)
}

/// The open line about that, when there is one.
pub async fn open_line(tx: &mut Tx, about: About) -> Result<Option<TrayRow>> {
    let (q, id) = match about {
        About::Credit(id) => {
            (concat!("SELECT ", columns!(), " FROM money_tray WHERE credit_id = $1 AND closed_at IS NULL"), id)
        }
        About::Request(id) => {
            (concat!("SELECT ", columns!(), " FROM money_tray WHERE request_id = $1 AND closed_at IS NULL"), id)
        }
    };
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(id).fetch_optional(c).await)?)
}

/// A page of the open lines of those units, the oldest first.
pub async fn open_lines(tx: &mut Tx, offices: &[i64], after: Option<After>, limit: i64) -> Result<Vec<TrayRow>> {
    if offices.is_empty() {
        return Ok(Vec::new());
    }
    Ok(on_engine!(tx, |c| {
        let mut q = QueryBuilder::new(concat!(
            "SELECT ",
            columns!(),
            " FROM money_tray WHERE closed_at IS NULL AND office_id IN ("
        ));
        let mut list = q.separated(", ");
        for office in offices {
            list.push_bind(*office);
        }
        q.push(")");
        if let Some(after) = after {
            q.push(" AND (since, id) > (").push_bind(after.since).push(", ").push_bind(after.id).push(")");
        }
        q.push(" ORDER BY since, id LIMIT ").push_bind(limit);
        q.build_query_as().fetch_all(c).await
    })?)
}

/// How many open lines those units have, stopping at a hundred.
pub async fn count_lines(tx: &mut Tx, offices: &[i64]) -> Result<i64> {
    if offices.is_empty() {
        return Ok(0);
    }
    Ok(on_engine!(tx, |c| {
        let mut q = QueryBuilder::new(
            "SELECT COUNT(*) FROM (SELECT id FROM money_tray WHERE closed_at IS NULL AND office_id IN (",
        );
        let mut list = q.separated(", ");
        for office in offices {
            list.push_bind(*office);
        }
        q.push(") LIMIT ").push_bind(COUNT_CAP).push(") AS counted");
        q.build_query_scalar().fetch_one(c).await
    })?)
}

/// How many lines of those units have lain there since before then, and since when the first has.
pub async fn old_lines(tx: &mut Tx, offices: &[i64], before: Instant) -> Result<(i64, Option<i64>)> {
    if offices.is_empty() {
        return Ok((0, None));
    }
    Ok(on_engine!(tx, |c| {
        let mut q =
            QueryBuilder::new("SELECT COUNT(*), MIN(since) FROM money_tray WHERE closed_at IS NULL AND since < ");
        q.push_bind(before.0).push(" AND office_id IN (");
        let mut list = q.separated(", ");
        for office in offices {
            list.push_bind(*office);
        }
        q.push(")");
        q.build_query_as().fetch_one(c).await
    })?)
}

/// Somebody looks to it, and has asked that. `false` when it is closed.
pub async fn note_line(tx: &mut Tx, id: Uuid, owner: Uuid, owner_name: &str, note: &str) -> Result<bool> {
    let q =
        "UPDATE money_tray SET owner = $2, owner_name = $3, note = $4 WHERE id = $1 AND closed_at IS NULL RETURNING id";
    let done: Option<Uuid> = on_engine!(tx, |c| sqlx::query_scalar(q)
        .bind(id)
        .bind(owner)
        .bind(owner_name)
        .bind(note)
        .fetch_optional(c)
        .await)?;
    Ok(done.is_some())
}

/// It was looked to. `false` when it was closed before.
pub async fn close_line(tx: &mut Tx, id: Uuid, at: Instant, how: &str, by: &str) -> Result<bool> {
    let q = "UPDATE money_tray SET closed_at = $2, how = $3, closed_by = $4 WHERE id = $1 AND closed_at IS NULL
             RETURNING id";
    let done: Option<Uuid> =
        on_engine!(tx, |c| sqlx::query_scalar(q).bind(id).bind(at.0).bind(how).bind(by).fetch_optional(c).await)?;
    Ok(done.is_some())
}
