//! Whom a note names, and whether they saw it.

use crate::{Result, Tx, on_engine};
use domain::time::Instant;
use uuid::Uuid;

/// A member of staff named in a note.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct MentionRow {
    pub note_id: Uuid,
    pub staff_id: Uuid,
    /// The name as it was then.
    pub staff_name: String,
    pub seen_at: Option<i64>,
}

/// A note that names somebody, as the list of that person shows it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct MentionedRow {
    pub dossier_id: Uuid,
    pub note_id: Uuid,
    pub at: i64,
    /// Who wrote it.
    pub writer_name: String,
    pub words: String,
    pub seen_at: Option<i64>,
}

/// Where a page of one's mentions goes on: the new ones stand before those that were seen, each part the newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Before {
    pub seen: bool,
    pub note_id: Uuid,
}

/// So many new mentions are counted at most.
const COUNT_CAP: i64 = 100;

pub async fn insert_mention(tx: &mut Tx, office: i64, dossier: Uuid, row: &MentionRow) -> Result<()> {
    let q = "INSERT INTO mentions (office_id, dossier_id, note_id, staff_id, staff_name) VALUES ($1, $2, $3, $4, $5)";
    Ok(on_engine!(tx, |c| sqlx::query(q)
        .bind(office)
        .bind(dossier)
        .bind(row.note_id)
        .bind(row.staff_id)
        .bind(&row.staff_name)
        .execute(c)
        .await
        .map(drop))?)
}

/// Whom the notes of a dossier name, note by note.
pub async fn mentions_of_dossier(tx: &mut Tx, office: i64, dossier: Uuid) -> Result<Vec<MentionRow>> {
    let q = "SELECT note_id, staff_id, staff_name, seen_at FROM mentions WHERE office_id = $1 AND dossier_id = $2
             ORDER BY note_id, staff_id";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(office).bind(dossier).fetch_all(c).await)?)
}

/// The notes that name that person, and that they have seen or not, the newest first; older than one when one is given.
pub async fn mentions_of_staff(
    tx: &mut Tx,
    staff: Uuid,
    seen: bool,
    before: Option<Uuid>,
    limit: i64,
) -> Result<Vec<MentionedRow>> {
    // One text for each part, so that each goes by its own index.
    let q = if seen {
        "SELECT m.dossier_id, m.note_id, n.at, n.staff_name AS writer_name, n.words, m.seen_at FROM mentions m
         JOIN notes n ON n.office_id = m.office_id AND n.dossier_id = m.dossier_id AND n.id = m.note_id
         WHERE m.staff_id = $1 AND m.seen_at IS NOT NULL AND m.note_id < $2 ORDER BY m.note_id DESC LIMIT $3"
    } else {
        "SELECT m.dossier_id, m.note_id, n.at, n.staff_name AS writer_name, n.words, m.seen_at FROM mentions m
         JOIN notes n ON n.office_id = m.office_id AND n.dossier_id = m.dossier_id AND n.id = m.note_id
         WHERE m.staff_id = $1 AND m.seen_at IS NULL AND m.note_id < $2 ORDER BY m.note_id DESC LIMIT $3"
    };
    let before = before.unwrap_or(Uuid::max());
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(staff).bind(before).bind(limit).fetch_all(c).await)?)
}

/// How many notes name that person and were not seen; a hundred means a hundred or more.
pub async fn count_new_mentions(tx: &mut Tx, staff: Uuid) -> Result<i64> {
    let q = "SELECT COUNT(*) FROM (SELECT note_id FROM mentions WHERE staff_id = $1 AND seen_at IS NULL LIMIT $2) AS counted";
    Ok(on_engine!(tx, |c| sqlx::query_scalar(q).bind(staff).bind(COUNT_CAP).fetch_one(c).await)?)
}

/// The person saw it; who saw it before saw it then. The dossier, or `None` when no such note names that person.
pub async fn see_mention(tx: &mut Tx, staff: Uuid, note: Uuid, at: Instant) -> Result<Option<Uuid>> {
    let q = "UPDATE mentions SET seen_at = COALESCE(seen_at, $3)
             WHERE staff_id = $1 AND note_id = $2 RETURNING dossier_id";
    Ok(on_engine!(tx, |c| sqlx::query_scalar(q).bind(staff).bind(note).bind(at.0).fetch_optional(c).await)?)
}
