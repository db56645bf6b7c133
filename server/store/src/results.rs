//! Results, every version kept: a corrected one replaces the one before, it never erases it.

use crate::{Result, Tx, on_engine};
use domain::time::Instant;
use uuid::Uuid;

#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ResultRow {
    pub version: i64,
    pub granted: bool,
    pub title: String,
    pub paper_id: Option<Uuid>,
    pub upload_id: Option<Uuid>,
    pub issued_at: i64,
    pub replaced_at: Option<i64>,
}

pub async fn insert_result(tx: &mut Tx, office: i64, dossier: Uuid, row: &ResultRow) -> Result<()> {
    let q = "INSERT INTO results (office_id, dossier_id, version, granted, title, paper_id, upload_id, issued_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    on_engine!(tx, |c| sqlx::query(q)
        .bind(office)
        .bind(dossier)
        .bind(row.version)
        .bind(row.granted)
        .bind(&row.title)
        .bind(row.paper_id)
        .bind(row.upload_id)
        .bind(row.issued_at)
        .execute(c)
        .await
        .map(drop))
    .map_err(crate::db::duplicate("result version"))
}

/// Marks every version that stood so far as replaced. Answers how many there were.
pub async fn replace_results(tx: &mut Tx, office: i64, dossier: Uuid, at: Instant) -> Result<u64> {
    let q = "UPDATE results SET replaced_at = $3 WHERE office_id = $1 AND dossier_id = $2 AND replaced_at IS NULL";
    Ok(on_engine!(tx, |c| sqlx::query(q)
        .bind(office)
        .bind(dossier)
        .bind(at.0)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?)
}

pub async fn results_of(tx: &mut Tx, office: i64, dossier: Uuid) -> Result<Vec<ResultRow>> {
    let q = "SELECT version, granted, title, paper_id, upload_id, issued_at, replaced_at
             FROM results WHERE office_id = $1 AND dossier_id = $2 ORDER BY version";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(office).bind(dossier).fetch_all(c).await)?)
}
