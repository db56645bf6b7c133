//! Internal notes on a dossier: staff see them, residents never.

use crate::{Result, Tx, on_engine};
use uuid::Uuid;

#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct NoteRow {
    pub id: Uuid,
    pub at: i64,
    pub staff_id: Uuid,
    pub staff_name: String,
    pub words: String,
}

pub async fn insert_note(tx: &mut Tx, office: i64, dossier: Uuid, row: &NoteRow) -> Result<()> {
    let q = "INSERT INTO notes (office_id, dossier_id, id, at, staff_id, staff_name, words) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    Ok(on_engine!(tx, |c| sqlx::query(q)
        .bind(office)
        .bind(dossier)
        .bind(row.id)
        .bind(row.at)
        .bind(row.staff_id)
        .bind(&row.staff_name)
        .bind(&row.words)
        .execute(c)
        .await
        .map(drop))?)
}

pub async fn notes_of(tx: &mut Tx, office: i64, dossier: Uuid) -> Result<Vec<NoteRow>> {
    let q =
        "SELECT id, at, staff_id, staff_name, words FROM notes WHERE office_id = $1 AND dossier_id = $2 ORDER BY id";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(office).bind(dossier).fetch_all(c).await)?)
}
