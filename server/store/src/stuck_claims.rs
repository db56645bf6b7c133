//! Who has taken something stuck in hand. Rows stay: one that holds no more has its moment.

use crate::{Result, Tx, db::duplicate, on_engine};
use domain::time::Instant;
use sqlx::QueryBuilder;
use uuid::Uuid;

/// Something stuck, in somebody's hand.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ClaimRow {
    /// The unit, by its authority.
    pub office_id: i64,
    pub id: Uuid,
    /// What it is, by a stable key.
    pub item: String,
    pub staff_id: Uuid,
    /// The name as it was then.
    pub staff_name: String,
    /// What is done about it.
    pub note: String,
    pub at: i64,
}

pub async fn insert_claim(tx: &mut Tx, row: &ClaimRow) -> Result<()> {
    let q = "INSERT INTO stuck_claims (office_id, id, item, staff_id, staff_name, note, at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)";
    on_engine!(tx, |c| sqlx::query(q)
        .bind(row.office_id)
        .bind(row.id)
        .bind(&row.item)
        .bind(row.staff_id)
        .bind(&row.staff_name)
        .bind(&row.note)
        .bind(row.at)
        .execute(c)
        .await
        .map(drop))
    .map_err(duplicate("claim of something stuck"))
}

/// Who has these things in hand in those units, the newest first.
pub async fn claims_of(tx: &mut Tx, offices: &[i64], items: &[String]) -> Result<Vec<ClaimRow>> {
    if offices.is_empty() || items.is_empty() {
        return Ok(Vec::new());
    }
    Ok(on_engine!(tx, |c| {
        let mut q = QueryBuilder::new(
            "SELECT office_id, id, item, staff_id, staff_name, note, at FROM stuck_claims
             WHERE ended_at IS NULL AND office_id IN (",
        );
        let mut list = q.separated(", ");
        for office in offices {
            list.push_bind(*office);
        }
        q.push(") AND item IN (");
        let mut list = q.separated(", ");
        for item in items {
            list.push_bind(item.clone());
        }
        q.push(") ORDER BY at DESC, id DESC");
        q.build_query_as().fetch_all(c).await
    })?)
}

/// Another has it in hand from now on.
pub async fn end_claim(tx: &mut Tx, office: i64, id: Uuid, at: Instant) -> Result<()> {
    let q = "UPDATE stuck_claims SET ended_at = $3 WHERE office_id = $1 AND id = $2 AND ended_at IS NULL";
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(office).bind(id).bind(at.0).execute(c).await.map(drop))?)
}
