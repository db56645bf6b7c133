//! How residents rate the service after the result.

use crate::{Result, Tx, on_engine};
use sqlx::types::Json;
use uuid::Uuid;

/// What a resident said of one dossier.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct RatingRow {
    /// From 1, not satisfied, to 4, very satisfied.
    pub score: i64,
    /// Keys of `domain::dossier::RatingReason`, each once.
    #[sqlx(json)]
    pub reasons: Vec<String>,
    /// In words of one's own; may be empty.
    pub words: String,
    /// Unix milliseconds.
    pub at: i64,
}

pub async fn insert_rating(tx: &mut Tx, office: i64, dossier: Uuid, row: &RatingRow) -> Result<()> {
    let q = "INSERT INTO ratings (office_id, dossier_id, score, reasons, words, at) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (office_id, dossier_id)
             DO UPDATE SET score = excluded.score, reasons = excluded.reasons, words = excluded.words";
    Ok(on_engine!(tx, |c| sqlx::query(q)
        .bind(office)
        .bind(dossier)
        .bind(row.score)
        .bind(Json(&row.reasons))
        .bind(&row.words)
        .bind(row.at)
        .execute(c)
        .await
        .map(drop))?)
}

pub async fn rating_of(tx: &mut Tx, office: i64, dossier: Uuid) -> Result<Option<RatingRow>> {
    let q = "SELECT score, reasons, words, at FROM ratings WHERE office_id = $1 AND dossier_id = $2";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(office).bind(dossier).fetch_optional(c).await)?)
}
