//! Uploaded files: a row when the bytes begin to come, finished when they are durable. Bytes lie in `Blobs`.

use crate::{Result, StoreError, Tx, on_engine};
use domain::time::Instant;
use uuid::Uuid;

#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct UploadRow {
    pub id: Uuid,
    pub owner_id: Uuid,
    pub draft_id: Option<Uuid>,
    pub dossier_id: Option<Uuid>,
    /// The question (path) or paper the file answers.
    pub question: String,
    pub name: String,
    pub mime: String,
    pub size: i64,
    pub sha256: Option<String>,
    pub created_at: i64,
    pub finished_at: Option<i64>,
    pub dropped_at: Option<i64>,
}

macro_rules! columns {
    () => {
        "id, owner_id, draft_id, dossier_id, question, name, mime, size, sha256, created_at, finished_at, dropped_at"
    };
}

pub async fn insert_upload(tx: &mut Tx, row: &UploadRow) -> Result<()> {
    let q = "INSERT INTO uploads (id, owner_id, draft_id, dossier_id, question, name, mime, size, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    on_engine!(tx, |c| sqlx::query(q)
        .bind(row.id)
        .bind(row.owner_id)
        .bind(row.draft_id)
        .bind(row.dossier_id)
        .bind(&row.question)
        .bind(&row.name)
        .bind(&row.mime)
        .bind(row.size)
        .bind(row.created_at)
        .execute(c)
        .await
        .map(drop))
    .map_err(crate::db::duplicate("upload"))
}

pub async fn insert_blob(tx: &mut Tx, sha256: &str, size: i64, at: Instant) -> Result<()> {
    let q = "INSERT INTO blobs (sha256, size, created_at) VALUES ($1, $2, $3) ON CONFLICT (sha256) DO NOTHING";
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(sha256).bind(size).bind(at.0).execute(c).await.map(drop))?)
}

/// The second step of an upload: the bytes are durable under that hash.
pub async fn finish_upload(tx: &mut Tx, id: Uuid, sha256: &str, mime: &str, size: i64, at: Instant) -> Result<()> {
    let q = "UPDATE uploads SET sha256 = $2, mime = $3, size = $4, finished_at = $5
             WHERE id = $1 AND dropped_at IS NULL RETURNING id";
    let done: Option<Uuid> = on_engine!(tx, |c| sqlx::query_scalar(q)
        .bind(id)
        .bind(sha256)
        .bind(mime)
        .bind(size)
        .bind(at.0)
        .fetch_optional(c)
        .await)?;
    done.map(drop).ok_or(StoreError::Stale)
}

pub async fn upload_by_id(tx: &mut Tx, id: Uuid) -> Result<Option<UploadRow>> {
    let q = concat!("SELECT ", columns!(), " FROM uploads WHERE id = $1");
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(id).fetch_optional(c).await)?)
}

/// Finished, not dropped files of a draft, oldest first.
pub async fn uploads_of_draft(tx: &mut Tx, draft: Uuid) -> Result<Vec<UploadRow>> {
    let q = concat!(
        "SELECT ",
        columns!(),
        " FROM uploads WHERE draft_id = $1 AND finished_at IS NOT NULL AND dropped_at IS NULL ORDER BY id"
    );
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(draft).fetch_all(c).await)?)
}

/// Finished, not dropped files of a dossier, oldest first.
pub async fn uploads_of_dossier(tx: &mut Tx, dossier: Uuid) -> Result<Vec<UploadRow>> {
    let q = concat!(
        "SELECT ",
        columns!(),
        " FROM uploads WHERE dossier_id = $1 AND finished_at IS NOT NULL AND dropped_at IS NULL ORDER BY id"
    );
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(dossier).fetch_all(c).await)?)
}

/// The draft's files go with it into the dossier.
pub async fn move_uploads_to_dossier(tx: &mut Tx, draft: Uuid, dossier: Uuid) -> Result<()> {
    let q = "UPDATE uploads SET dossier_id = $2 WHERE draft_id = $1 AND dropped_at IS NULL";
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(draft).bind(dossier).execute(c).await.map(drop))?)
}

/// Sets a file aside; its row and bytes stay until retention says otherwise.
pub async fn drop_upload(tx: &mut Tx, id: Uuid, at: Instant) -> Result<()> {
    let q = "UPDATE uploads SET dropped_at = $2 WHERE id = $1 AND dropped_at IS NULL";
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(id).bind(at.0).execute(c).await.map(drop))?)
}

/// Sets aside what a draft or a tray still waits for: an upload that ends later finds no place any more.
pub async fn drop_unfinished(tx: &mut Tx, draft: Uuid, at: Instant) -> Result<()> {
    let q = "UPDATE uploads SET dropped_at = $2 WHERE draft_id = $1 AND finished_at IS NULL AND dropped_at IS NULL";
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(draft).bind(at.0).execute(c).await.map(drop))?)
}

/// Bytes and number of files a person or a dossier's draft holds, for the limits.
pub async fn usage_of_owner(tx: &mut Tx, owner: Uuid, since: Instant) -> Result<(i64, i64)> {
    let q = "SELECT COALESCE(CAST(SUM(size) AS BIGINT), 0), COUNT(*) FROM uploads
             WHERE owner_id = $1 AND created_at >= $2 AND dropped_at IS NULL";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(owner).bind(since.0).fetch_one(c).await)?)
}

/// Uploads that began before that moment and never finished, for the page of stuck things.
pub async fn unfinished_uploads(tx: &mut Tx, before: Instant) -> Result<i64> {
    let q = "SELECT COUNT(*) FROM (SELECT id FROM uploads
             WHERE finished_at IS NULL AND dropped_at IS NULL AND created_at < $1 LIMIT 100) AS u";
    Ok(on_engine!(tx, |c| sqlx::query_scalar(q).bind(before.0).fetch_one(c).await)?)
}
