//! Papers the office issued: the data that feeds the print, so that each can be printed again as it was.

use crate::{Result, Tx, on_engine};
use serde_json::Value;
use sqlx::types::Json;
use uuid::Uuid;

#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct PaperRow {
    pub office_id: i64,
    pub dossier_id: Uuid,
    pub id: Uuid,
    pub kind: String,
    /// The circular whose form it follows, by key.
    pub rules: String,
    pub number: Option<String>,
    pub issued_at: i64,
    pub for_resident: bool,
    #[sqlx(json)]
    pub body: Value,
}

pub async fn insert_paper(tx: &mut Tx, row: &PaperRow) -> Result<()> {
    let q = "INSERT INTO papers (office_id, dossier_id, id, kind, rules, number, issued_at, for_resident, body)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    Ok(on_engine!(tx, |c| sqlx::query(q)
        .bind(row.office_id)
        .bind(row.dossier_id)
        .bind(row.id)
        .bind(&row.kind)
        .bind(&row.rules)
        .bind(&row.number)
        .bind(row.issued_at)
        .bind(row.for_resident)
        .bind(Json(&row.body))
        .execute(c)
        .await
        .map(drop))?)
}

pub async fn paper_by_id(tx: &mut Tx, id: Uuid) -> Result<Option<PaperRow>> {
    let q = "SELECT office_id, dossier_id, id, kind, rules, number, issued_at, for_resident, body FROM papers WHERE id = $1";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(id).fetch_optional(c).await)?)
}

pub async fn papers_of(tx: &mut Tx, office: i64, dossier: Uuid) -> Result<Vec<PaperRow>> {
    let q = "SELECT office_id, dossier_id, id, kind, rules, number, issued_at, for_resident, body
             FROM papers WHERE office_id = $1 AND dossier_id = $2 ORDER BY id";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(office).bind(dossier).fetch_all(c).await)?)
}
