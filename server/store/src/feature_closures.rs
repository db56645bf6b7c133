//! On which days a unit has switched off a feature. Rows stay: one that holds no more has its moment.

use crate::{Result, StoreError, Tx, on_engine};
use domain::time::Instant;
use uuid::Uuid;

/// A feature that is off in a unit.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ClosureRow {
    /// The unit, by its authority.
    pub office_id: i64,
    pub id: Uuid,
    /// The stable key.
    pub feature: String,
    pub first_day: i64,
    /// None until it is switched on again.
    pub last_day: Option<i64>,
    /// Why, as residents and colleagues read it.
    pub reason: String,
    /// Who switched it off, by the name of then.
    pub staff_name: String,
    pub created_at: i64,
    /// When it was switched on again before its last day.
    pub ended_at: Option<i64>,
}

pub async fn insert_closure(tx: &mut Tx, row: &ClosureRow) -> Result<()> {
    let q = "INSERT INTO feature_closures (office_id, id, feature, first_day, last_day, reason, staff_name, created_at,
               ended_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    Ok(on_engine!(tx, |c| sqlx::query(q)
        .bind(row.office_id)
        .bind(row.id)
        .bind(&row.feature)
        .bind(row.first_day)
        .bind(row.last_day)
        .bind(&row.reason)
        .bind(&row.staff_name)
        .bind(row.created_at)
        .bind(row.ended_at)
        .execute(c)
        .await
        .map(drop))?)
}

/// What is off, or will be, from that day on: in every unit, by its first day.
pub async fn closures_from(tx: &mut Tx, day: i64) -> Result<Vec<ClosureRow>> {
    let q = "SELECT office_id, id, feature, first_day, last_day, reason, staff_name, created_at, ended_at
             FROM feature_closures WHERE ended_at IS NULL AND (last_day IS NULL OR last_day >= $1)
             ORDER BY office_id, first_day, id";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(day).fetch_all(c).await)?)
}

/// Switches it on again.
///
/// # Errors
/// [`StoreError::Stale`] when it was before.
pub async fn end_closure(tx: &mut Tx, office: i64, id: Uuid, at: Instant) -> Result<()> {
    let q =
        "UPDATE feature_closures SET ended_at = $3 WHERE office_id = $1 AND id = $2 AND ended_at IS NULL RETURNING id";
    let done: Option<Uuid> =
        on_engine!(tx, |c| sqlx::query_scalar(q).bind(office).bind(id).bind(at.0).fetch_optional(c).await)?;
    done.map(drop).ok_or(StoreError::Stale)
}
