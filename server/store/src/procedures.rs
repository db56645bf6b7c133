//! Procedures: the record as it came and the local part, a row for each version.

use crate::{Result, Tx, on_engine};
use domain::time::{Day, Instant};
use serde_json::Value;
use sqlx::types::Json;
use uuid::Uuid;

/// One version of a procedure. `record` is the national export as it came, `local` what this office adds.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct ProcedureRow {
    pub id: Uuid,
    pub code: String,
    pub valid_from: i64,
    pub valid_to: Option<i64>,
    pub name: String,
    #[sqlx(json)]
    pub record: Value,
    #[sqlx(json(nullable))]
    pub local: Option<Value>,
}

/// A passage of a record that could not be structured.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct RemarkRow {
    pub procedure_code: String,
    pub field: String,
    pub verbatim: String,
    pub why: String,
}

pub async fn insert_procedure_version(tx: &mut Tx, row: &ProcedureRow, at: Instant) -> Result<()> {
    let q = "INSERT INTO procedure_versions (id, code, valid_from, valid_to, name, record, local, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    on_engine!(tx, |c| sqlx::query(q)
        .bind(row.id)
        .bind(&row.code)
        .bind(row.valid_from)
        .bind(row.valid_to)
        .bind(&row.name)
        .bind(Json(&row.record))
        .bind(row.local.as_ref().map(Json))
        .bind(at.0)
        .execute(c)
        .await
        .map(drop))
    .map_err(crate::db::duplicate("procedure version"))
}

/// Ends the version that holds on that day and after it, so that the next can begin the day after.
pub async fn close_procedure_version(tx: &mut Tx, code: &str, last_day: Day) -> Result<()> {
    let q = "UPDATE procedure_versions SET valid_to = $2
             WHERE code = $1 AND valid_from <= $2 AND (valid_to IS NULL OR valid_to > $2)";
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(code).bind(i64::from(last_day.0)).execute(c).await.map(drop))?)
}

/// The versions of one procedure, the earliest first.
pub async fn versions_of_procedure(tx: &mut Tx, code: &str) -> Result<Vec<ProcedureRow>> {
    let q = "SELECT id, code, valid_from, valid_to, name, record, local FROM procedure_versions
             WHERE code = $1 ORDER BY valid_from";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(code).fetch_all(c).await)?)
}

/// Whether a draft or a dossier keeps that version.
pub async fn is_version_kept(tx: &mut Tx, version: Uuid) -> Result<bool> {
    let q = "SELECT EXISTS (SELECT 1 FROM drafts WHERE procedure_version = $1)
                 OR EXISTS (SELECT 1 FROM dossiers WHERE procedure_version = $1)";
    Ok(on_engine!(tx, |c| sqlx::query_scalar(q).bind(version).fetch_one(c).await)?)
}

/// Takes back a version that nothing keeps, with its remarks.
pub async fn remove_procedure_version(tx: &mut Tx, version: Uuid) -> Result<()> {
    for q in ["DELETE FROM import_remarks WHERE procedure_version = $1", "DELETE FROM procedure_versions WHERE id = $1"]
    {
        on_engine!(tx, |c| sqlx::query(q).bind(version).execute(c).await.map(drop))?;
    }
    Ok(())
}

/// Every version, for the catalogue that the office keeps in memory.
pub async fn list_procedure_versions(tx: &mut Tx) -> Result<Vec<ProcedureRow>> {
    let q =
        "SELECT id, code, valid_from, valid_to, name, record, local FROM procedure_versions ORDER BY code, valid_from";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).fetch_all(c).await)?)
}

pub async fn insert_remark(
    tx: &mut Tx,
    version: Uuid,
    position: i64,
    field: &str,
    verbatim: &str,
    why: &str,
) -> Result<()> {
    let q =
        "INSERT INTO import_remarks (procedure_version, position, field, verbatim, why) VALUES ($1, $2, $3, $4, $5)";
    Ok(on_engine!(tx, |c| sqlx::query(q)
        .bind(version)
        .bind(position)
        .bind(field)
        .bind(verbatim)
        .bind(why)
        .execute(c)
        .await
        .map(drop))?)
}

/// What could not be structured in the versions that are open, by procedure code.
pub async fn list_remarks(tx: &mut Tx) -> Result<Vec<RemarkRow>> {
    let q = "SELECT v.code AS procedure_code, r.field, r.verbatim, r.why
             FROM import_remarks r JOIN procedure_versions v ON v.id = r.procedure_version
             WHERE v.valid_to IS NULL ORDER BY v.code, r.position";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).fetch_all(c).await)?)
}
