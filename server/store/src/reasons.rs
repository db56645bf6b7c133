//! Texts that staff begin a reason with: shared in a unit, or of one member of staff. They prefill; what is sent is kept
//! where it was sent.

use crate::{Result, StoreError, Tx, on_engine};
use domain::time::Instant;
use sqlx::QueryBuilder;
use uuid::Uuid;

/// One text.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ReasonRow {
    /// The unit, by its authority.
    pub office_id: i64,
    pub id: Uuid,
    pub kind: String,
    pub title: String,
    /// What lists are sorted by.
    pub sort_key: String,
    pub words: String,
    /// Whose own it is; none for one that the unit shares.
    pub owner_id: Option<Uuid>,
    pub version: i64,
    pub changed_at: i64,
    pub retired_at: Option<i64>,
}

/// Adds a text. `false` when one of that id is there already.
pub async fn insert_reason(tx: &mut Tx, row: &ReasonRow) -> Result<bool> {
    let q =
        "INSERT INTO reasons (office_id, id, kind, title, sort_key, words, owner_id, version, changed_at, retired_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (office_id, id) DO NOTHING RETURNING id";
    let added: Option<Uuid> = on_engine!(tx, |c| sqlx::query_scalar(q)
        .bind(row.office_id)
        .bind(row.id)
        .bind(&row.kind)
        .bind(&row.title)
        .bind(&row.sort_key)
        .bind(&row.words)
        .bind(row.owner_id)
        .bind(row.version)
        .bind(row.changed_at)
        .bind(row.retired_at)
        .fetch_optional(c)
        .await)?;
    Ok(added.is_some())
}

/// The texts in use that a person of those units finds: shared ones and the person's own.
pub async fn reasons_for(tx: &mut Tx, units: &[i64], owner: Uuid, limit: i64) -> Result<Vec<ReasonRow>> {
    if units.is_empty() {
        return Ok(Vec::new());
    }
    Ok(on_engine!(tx, |c| {
        let mut q = QueryBuilder::new(
            "SELECT office_id, id, kind, title, sort_key, words, owner_id, version, changed_at, retired_at
             FROM reasons WHERE retired_at IS NULL AND office_id IN (",
        );
        let mut list = q.separated(", ");
        for unit in units {
            list.push_bind(*unit);
        }
        q.push(") AND (owner_id IS NULL OR owner_id = ").push_bind(owner);
        q.push(") ORDER BY kind, sort_key, id LIMIT ").push_bind(limit);
        q.build_query_as().fetch_all(c).await
    })?)
}

/// The text of that id in one of those units.
pub async fn reason_by_id(tx: &mut Tx, units: &[i64], id: Uuid) -> Result<Option<ReasonRow>> {
    if units.is_empty() {
        return Ok(None);
    }
    Ok(on_engine!(tx, |c| {
        let mut q = QueryBuilder::new(
            "SELECT office_id, id, kind, title, sort_key, words, owner_id, version, changed_at, retired_at
             FROM reasons WHERE id = ",
        );
        q.push_bind(id).push(" AND office_id IN (");
        let mut list = q.separated(", ");
        for unit in units {
            list.push_bind(*unit);
        }
        q.push(")");
        q.build_query_as().fetch_optional(c).await
    })?)
}

/// Changes a text, or retires it. `Stale` when somebody was faster than the version seen.
pub async fn save_reason(tx: &mut Tx, row: &ReasonRow, seen: i64, now: Instant) -> Result<()> {
    let q = "UPDATE reasons SET kind = $4, title = $5, sort_key = $6, words = $7, retired_at = $8, changed_at = $9,
               version = version + 1
             WHERE office_id = $1 AND id = $2 AND version = $3 AND retired_at IS NULL RETURNING id";
    let done: Option<Uuid> = on_engine!(tx, |c| sqlx::query_scalar(q)
        .bind(row.office_id)
        .bind(row.id)
        .bind(seen)
        .bind(&row.kind)
        .bind(&row.title)
        .bind(&row.sort_key)
        .bind(&row.words)
        .bind(row.retired_at)
        .bind(now.0)
        .fetch_optional(c)
        .await)?;
    done.map(drop).ok_or(StoreError::Stale)
}
