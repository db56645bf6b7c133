//! Filters of queues that a member of staff has given a name.

use crate::{Result, Tx, on_engine};
use domain::time::Instant;
use uuid::Uuid;

/// One named filter.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct SavedViewRow {
    pub staff_id: Uuid,
    pub id: Uuid,
    pub name: String,
    /// What lists are sorted by.
    pub sort_key: String,
    /// The key of the queue.
    pub queue: String,
    /// What was searched, as it was typed; empty for everything.
    pub search: String,
    /// The procedure; empty for every one.
    pub procedure_code: String,
    pub created_at: i64,
}

pub async fn insert_saved_view(tx: &mut Tx, row: &SavedViewRow) -> Result<()> {
    let q = "INSERT INTO saved_views (staff_id, id, name, sort_key, queue, search, procedure_code, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    Ok(on_engine!(tx, |c| sqlx::query(q)
        .bind(row.staff_id)
        .bind(row.id)
        .bind(&row.name)
        .bind(&row.sort_key)
        .bind(&row.queue)
        .bind(&row.search)
        .bind(&row.procedure_code)
        .bind(row.created_at)
        .execute(c)
        .await
        .map(drop))?)
}

/// The named filters of that person, in the order of their names.
pub async fn saved_views_of(tx: &mut Tx, staff: Uuid, limit: i64) -> Result<Vec<SavedViewRow>> {
    let q = "SELECT staff_id, id, name, sort_key, queue, search, procedure_code, created_at FROM saved_views
             WHERE staff_id = $1 AND removed_at IS NULL ORDER BY sort_key, id LIMIT $2";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(staff).bind(limit).fetch_all(c).await)?)
}

/// Gives it another name. `false` when the person has none of that id.
pub async fn rename_saved_view(tx: &mut Tx, staff: Uuid, id: Uuid, name: &str, sort_key: &str) -> Result<bool> {
    let q = "UPDATE saved_views SET name = $3, sort_key = $4 WHERE staff_id = $1 AND id = $2 AND removed_at IS NULL
             RETURNING id";
    let done: Option<Uuid> = on_engine!(tx, |c| sqlx::query_scalar(q)
        .bind(staff)
        .bind(id)
        .bind(name)
        .bind(sort_key)
        .fetch_optional(c)
        .await)?;
    Ok(done.is_some())
}

/// Takes it out of the menu. `false` when the person has none of that id.
pub async fn remove_saved_view(tx: &mut Tx, staff: Uuid, id: Uuid, at: Instant) -> Result<bool> {
    let q = "UPDATE saved_views SET removed_at = $3 WHERE staff_id = $1 AND id = $2 AND removed_at IS NULL
             RETURNING id";
    let done: Option<Uuid> =
        on_engine!(tx, |c| sqlx::query_scalar(q).bind(staff).bind(id).bind(at.0).fetch_optional(c).await)?;
    Ok(done.is_some())
}
