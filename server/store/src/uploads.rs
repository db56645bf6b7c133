//! Uploaded files: a row when the bytes begin to come, finished when they are durable. Bytes lie in `Blobs`.

use crate::{Result, StoreError, Tx, on_engine};
use domain::time::Instant;
use std::collections::HashSet;
use uuid::Uuid;

#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct UploadRow {
    /// The office of the draft, tray or dossier it lies with.
    pub office_id: i64,
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
    /// Since when it waits to be scanned: until then nobody opens it.
    pub held_at: Option<i64>,
    /// When a scan found a malicious program in it and it was taken away.
    pub infected_at: Option<i64>,
}

macro_rules! columns {
    () => {
        "office_id, id, owner_id, draft_id, dossier_id, question, name, mime, size, sha256, created_at, finished_at,
         dropped_at, held_at, infected_at"
    };
}

pub async fn insert_upload(tx: &mut Tx, row: &UploadRow) -> Result<()> {
    let q =
        "INSERT INTO uploads (office_id, id, owner_id, draft_id, dossier_id, question, name, mime, size, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    on_engine!(tx, |c| sqlx::query(q)
        .bind(row.office_id)
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

/// Holds what a person uploads, and what one draft or dossier holds, until the transaction ends: of two files that come
/// at once, the second counts the first. On SQLite there is one writer anyway.
pub async fn hold_uploads(tx: &mut Tx, owner: Uuid, holder: Uuid) -> Result<()> {
    for id in [owner, holder] {
        let q = tx.pick("SELECT $1", "SELECT pg_advisory_xact_lock(hashtextextended($1, 8))");
        on_engine!(tx, |c| sqlx::query(q).bind(id.to_string()).execute(c).await.map(drop))?;
    }
    Ok(())
}

/// Enters the hash, or finds it entered, and holds it until the transaction ends: nobody takes its bytes away meanwhile.
pub async fn insert_blob(tx: &mut Tx, sha256: &str, size: i64, at: Instant) -> Result<()> {
    let q = "INSERT INTO blobs (sha256, size, created_at) VALUES ($1, $2, $3)
             ON CONFLICT (sha256) DO UPDATE SET size = excluded.size";
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(sha256).bind(size).bind(at.0).execute(c).await.map(drop))?)
}

/// Points an upload at its hash, before its bytes lie there: from now on they may not be taken away. With `held_at` they
/// wait to be scanned.
pub async fn claim_blob(
    tx: &mut Tx,
    id: Uuid,
    sha256: &str,
    (mime, size): (&str, i64),
    held_at: Option<Instant>,
) -> Result<()> {
    let q = "UPDATE uploads SET sha256 = $2, mime = $3, size = $4, held_at = $5
             WHERE id = $1 AND finished_at IS NULL AND dropped_at IS NULL RETURNING id";
    let done: Option<Uuid> = on_engine!(tx, |c| sqlx::query_scalar(q)
        .bind(id)
        .bind(sha256)
        .bind(mime)
        .bind(size)
        .bind(held_at.map(|at| at.0))
        .fetch_optional(c)
        .await)?;
    done.map(drop).ok_or(StoreError::Stale)
}

/// The last step of an upload: the bytes are durable under the hash it points at.
pub async fn finish_upload(tx: &mut Tx, id: Uuid, at: Instant) -> Result<()> {
    let q = "UPDATE uploads SET finished_at = $2
             WHERE id = $1 AND sha256 IS NOT NULL AND finished_at IS NULL AND dropped_at IS NULL RETURNING id";
    let done: Option<Uuid> = on_engine!(tx, |c| sqlx::query_scalar(q).bind(id).bind(at.0).fetch_optional(c).await)?;
    done.map(drop).ok_or(StoreError::Stale)
}

/// Holds a hash until the transaction ends; `false` when it is not entered.
pub async fn hold_blob(tx: &mut Tx, sha256: &str) -> Result<bool> {
    let q =
        tx.pick("SELECT sha256 FROM blobs WHERE sha256 = $1", "SELECT sha256 FROM blobs WHERE sha256 = $1 FOR UPDATE");
    let found: Option<String> = on_engine!(tx, |c| sqlx::query_scalar(q).bind(sha256).fetch_optional(c).await)?;
    Ok(found.is_some())
}

/// Whether an upload that counts, or is on its way, points at that hash.
pub async fn is_pointed_at(tx: &mut Tx, sha256: &str) -> Result<bool> {
    let q = "SELECT COUNT(*) FROM (SELECT id FROM uploads WHERE sha256 = $1 AND dropped_at IS NULL LIMIT 1) AS u";
    let count: i64 = on_engine!(tx, |c| sqlx::query_scalar(q).bind(sha256).fetch_one(c).await)?;
    Ok(count > 0)
}

/// Forgets a hash whose bytes are gone; dropped uploads point at nothing any more.
pub async fn forget_blob(tx: &mut Tx, sha256: &str) -> Result<()> {
    for q in ["UPDATE uploads SET sha256 = NULL WHERE sha256 = $1", "DELETE FROM blobs WHERE sha256 = $1"] {
        on_engine!(tx, |c| sqlx::query(q).bind(sha256).execute(c).await.map(drop))?;
    }
    Ok(())
}

/// Hashes entered before that moment that nothing points at.
pub async fn idle_blobs(tx: &mut Tx, before: Instant, limit: i64) -> Result<Vec<String>> {
    let q = "SELECT b.sha256 FROM blobs b WHERE b.created_at < $1
               AND NOT EXISTS (SELECT 1 FROM uploads u WHERE u.sha256 = b.sha256 AND u.dropped_at IS NULL)
             ORDER BY b.created_at LIMIT $2";
    Ok(on_engine!(tx, |c| sqlx::query_scalar(q).bind(before.0).bind(limit).fetch_all(c).await)?)
}

/// Every hash that a finished file which counts points at.
pub async fn counted_blobs(tx: &mut Tx) -> Result<Vec<String>> {
    let q = "SELECT DISTINCT sha256 FROM uploads
             WHERE sha256 IS NOT NULL AND finished_at IS NOT NULL AND dropped_at IS NULL ORDER BY sha256";
    Ok(on_engine!(tx, |c| sqlx::query_scalar(q).fetch_all(c).await)?)
}

/// Every entered hash that begins with that byte.
pub async fn known_blobs(tx: &mut Tx, first: u8) -> Result<HashSet<String>> {
    let from = format!("{first:02x}");
    // Behind every hash that begins so, and before the next byte.
    let to = first.checked_add(1).map_or_else(|| "g".to_string(), |next| format!("{next:02x}"));
    let q = "SELECT sha256 FROM blobs WHERE sha256 >= $1 AND sha256 < $2";
    let known: Vec<String> = on_engine!(tx, |c| sqlx::query_scalar(q).bind(from).bind(to).fetch_all(c).await)?;
    Ok(known.into_iter().collect())
}

/// Whether that hash is entered.
pub async fn is_blob_known(tx: &mut Tx, sha256: &str) -> Result<bool> {
    let q = "SELECT COUNT(*) FROM blobs WHERE sha256 = $1";
    let count: i64 = on_engine!(tx, |c| sqlx::query_scalar(q).bind(sha256).fetch_one(c).await)?;
    Ok(count > 0)
}

/// Sets aside uploads that began before that moment and never finished; answers how many.
pub async fn drop_unfinished_uploads(tx: &mut Tx, before: Instant, at: Instant) -> Result<u64> {
    let q = "UPDATE uploads SET dropped_at = $2 WHERE finished_at IS NULL AND dropped_at IS NULL AND created_at < $1";
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(before.0).bind(at.0).execute(c).await.map(|done| done.rows_affected()))?)
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

/// Finished files that wait to be scanned, the longest first, behind that one.
pub async fn held_uploads(tx: &mut Tx, after: (i64, Uuid), limit: i64) -> Result<Vec<UploadRow>> {
    let q = concat!(
        "SELECT ",
        columns!(),
        " FROM uploads WHERE held_at IS NOT NULL AND dropped_at IS NULL AND finished_at IS NOT NULL
            AND (held_at, id) > ($1, $2) ORDER BY held_at, id LIMIT $3"
    );
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(after.0).bind(after.1).bind(limit).fetch_all(c).await)?)
}

/// Files that wait to be scanned since before that moment, stopping at a hundred, and since when the longest waits: for
/// the page of stuck things.
pub async fn count_held_uploads(tx: &mut Tx, before: Instant) -> Result<(i64, Option<i64>)> {
    let q = "SELECT COUNT(*), MIN(u.held_at) FROM (SELECT id, held_at FROM uploads
             WHERE held_at IS NOT NULL AND dropped_at IS NULL AND held_at < $1 ORDER BY held_at, id LIMIT 100) AS u";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(before.0).fetch_one(c).await)?)
}

/// A scan found nothing: the file may be opened. `false` when it does not wait any more.
pub async fn release_upload(tx: &mut Tx, id: Uuid) -> Result<bool> {
    let q = "UPDATE uploads SET held_at = NULL
             WHERE id = $1 AND held_at IS NOT NULL AND dropped_at IS NULL RETURNING id";
    let done: Option<Uuid> = on_engine!(tx, |c| sqlx::query_scalar(q).bind(id).fetch_optional(c).await)?;
    Ok(done.is_some())
}

/// A scan found a malicious program: the file is set aside for good. Answers the dossier it lay with, if any; nothing when
/// it does not wait any more.
pub async fn drop_infected_upload(tx: &mut Tx, id: Uuid, at: Instant) -> Result<Option<Option<Uuid>>> {
    let q = "UPDATE uploads SET held_at = NULL, infected_at = $2, dropped_at = $2
             WHERE id = $1 AND held_at IS NOT NULL AND dropped_at IS NULL RETURNING dossier_id";
    Ok(on_engine!(tx, |c| sqlx::query_scalar(q).bind(id).bind(at.0).fetch_optional(c).await)?)
}

/// Files of a draft, tray or dossier that a scan took away and in whose place another is waited for, oldest first: nothing
/// came since, and nobody said that it is not needed.
pub async fn infected_uploads_of(tx: &mut Tx, holder: Uuid) -> Result<Vec<UploadRow>> {
    let q = concat!(
        "SELECT ",
        columns!(),
        " FROM uploads WHERE (draft_id = $1 OR dossier_id = $1) AND infected_at IS NOT NULL AND let_go_at IS NULL
            AND NOT EXISTS (SELECT 1 FROM uploads n WHERE (n.draft_id = $1 OR n.dossier_id = $1)
              AND n.question = uploads.question AND n.finished_at >= uploads.infected_at AND n.dropped_at IS NULL)
          ORDER BY id"
    );
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(holder).fetch_all(c).await)?)
}

/// Nothing is waited for any more in place of a file that a scan took away.
pub async fn let_upload_go(tx: &mut Tx, id: Uuid, at: Instant) -> Result<()> {
    let q = "UPDATE uploads SET let_go_at = $2 WHERE id = $1 AND infected_at IS NOT NULL AND let_go_at IS NULL";
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(id).bind(at.0).execute(c).await.map(drop))?)
}

/// The files of a draft go with it into the dossier, to its office; so do the places of those that a scan took away.
pub async fn move_uploads_to_dossier(tx: &mut Tx, draft: Uuid, office: i64, dossier: Uuid) -> Result<()> {
    let q = "UPDATE uploads SET office_id = $2, dossier_id = $3
             WHERE draft_id = $1 AND (dropped_at IS NULL OR infected_at IS NOT NULL)";
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(draft).bind(office).bind(dossier).execute(c).await.map(drop))?)
}

/// What lies in a tray goes into the dossier, to its office. What a scan took away stays behind.
pub async fn move_tray_to_dossier(tx: &mut Tx, tray: Uuid, office: i64, dossier: Uuid) -> Result<()> {
    let q = "UPDATE uploads SET office_id = $2, dossier_id = $3 WHERE draft_id = $1 AND dropped_at IS NULL";
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(tray).bind(office).bind(dossier).execute(c).await.map(drop))?)
}

/// Sets a file aside, for good. Its row stays; its bytes go when nothing else points at them.
pub async fn drop_upload(tx: &mut Tx, id: Uuid, at: Instant) -> Result<()> {
    let q = "UPDATE uploads SET dropped_at = $2 WHERE id = $1 AND dropped_at IS NULL";
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(id).bind(at.0).execute(c).await.map(drop))?)
}

/// Sets aside what a draft or a tray still waits for: an upload that ends later finds no place any more. Answers the
/// hashes they pointed at.
pub async fn drop_unfinished(tx: &mut Tx, draft: Uuid, at: Instant) -> Result<Vec<String>> {
    let q = "UPDATE uploads SET dropped_at = $2
             WHERE draft_id = $1 AND finished_at IS NULL AND dropped_at IS NULL RETURNING sha256";
    let hashes: Vec<Option<String>> =
        on_engine!(tx, |c| sqlx::query_scalar(q).bind(draft).bind(at.0).fetch_all(c).await)?;
    Ok(hashes.into_iter().flatten().collect())
}

/// Sets an upload aside that has not finished; answers the hash it pointed at. A finished one stays as it is.
pub async fn drop_unfinished_upload(tx: &mut Tx, id: Uuid, at: Instant) -> Result<Option<String>> {
    let q = "UPDATE uploads SET dropped_at = $2
             WHERE id = $1 AND finished_at IS NULL AND dropped_at IS NULL RETURNING sha256";
    let hash: Option<Option<String>> =
        on_engine!(tx, |c| sqlx::query_scalar(q).bind(id).bind(at.0).fetch_optional(c).await)?;
    Ok(hash.flatten())
}

/// Sets every file of a draft aside; answers the hashes they pointed at.
pub async fn drop_uploads_of_draft(tx: &mut Tx, draft: Uuid, at: Instant) -> Result<Vec<String>> {
    let q = "UPDATE uploads SET dropped_at = $2
             WHERE draft_id = $1 AND dossier_id IS NULL AND dropped_at IS NULL RETURNING sha256";
    let hashes: Vec<Option<String>> =
        on_engine!(tx, |c| sqlx::query_scalar(q).bind(draft).bind(at.0).fetch_all(c).await)?;
    Ok(hashes.into_iter().flatten().collect())
}

/// Sets aside what lies in trays into which nothing was laid since that moment: files of no draft and of no dossier.
/// Answers, for each, its tray and the hash it pointed at.
pub async fn drop_uploads_of_idle_trays(
    tx: &mut Tx,
    before: Instant,
    at: Instant,
) -> Result<Vec<(Uuid, Option<String>)>> {
    let q = "UPDATE uploads SET dropped_at = $2
             WHERE draft_id IS NOT NULL AND dossier_id IS NULL AND dropped_at IS NULL AND created_at < $1
               AND NOT EXISTS (SELECT 1 FROM drafts d WHERE d.id = uploads.draft_id)
               AND NOT EXISTS (SELECT 1 FROM uploads n WHERE n.draft_id = uploads.draft_id AND n.created_at >= $1)
             RETURNING draft_id, sha256";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(before.0).bind(at.0).fetch_all(c).await)?)
}

/// Bytes and number of files a person sent since then and did not take back, for the limit of a day.
pub async fn usage_of_owner(tx: &mut Tx, owner: Uuid, since: Instant) -> Result<(i64, i64)> {
    let q = "SELECT COALESCE(CAST(SUM(size) AS BIGINT), 0), COUNT(*) FROM uploads
             WHERE owner_id = $1 AND created_at >= $2 AND dropped_at IS NULL";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(owner).bind(since.0).fetch_one(c).await)?)
}

/// Files of a draft or a dossier whose bytes are here, finished or in their last step; but for the one that gives way.
pub async fn count_held(tx: &mut Tx, holder: Uuid, giving_way: Option<Uuid>) -> Result<i64> {
    let q = "SELECT COUNT(*) FROM uploads
             WHERE (draft_id = $1 OR dossier_id = $1) AND sha256 IS NOT NULL AND dropped_at IS NULL
               AND id IS DISTINCT FROM $2";
    Ok(on_engine!(tx, |c| sqlx::query_scalar(q).bind(holder).bind(giving_way).fetch_one(c).await)?)
}

/// Files of a person that began to come since then and have not ended.
pub async fn count_coming(tx: &mut Tx, owner: Uuid, since: Instant) -> Result<i64> {
    let q = "SELECT COUNT(*) FROM uploads
             WHERE owner_id = $1 AND created_at >= $2 AND finished_at IS NULL AND dropped_at IS NULL";
    Ok(on_engine!(tx, |c| sqlx::query_scalar(q).bind(owner).bind(since.0).fetch_one(c).await)?)
}

/// Uploads that began before that moment and never finished, stopping at a hundred, and when the oldest began: for the
/// page of stuck things.
pub async fn unfinished_uploads(tx: &mut Tx, before: Instant) -> Result<(i64, Option<i64>)> {
    let q = "SELECT COUNT(*), MIN(u.created_at) FROM (SELECT id, created_at FROM uploads
             WHERE finished_at IS NULL AND dropped_at IS NULL AND created_at < $1 ORDER BY created_at LIMIT 100) AS u";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(before.0).fetch_one(c).await)?)
}
