//! How residents rate the service after the result.

use crate::{Result, Tx, on_engine};
use domain::time::Instant;
use uuid::Uuid;

pub async fn insert_rating(
    tx: &mut Tx,
    office: i64,
    dossier: Uuid,
    score: i64,
    words: &str,
    at: Instant,
) -> Result<()> {
    let q = "INSERT INTO ratings (office_id, dossier_id, score, words, at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (office_id, dossier_id) DO UPDATE SET score = excluded.score, words = excluded.words";
    Ok(on_engine!(tx, |c| sqlx::query(q)
        .bind(office)
        .bind(dossier)
        .bind(score)
        .bind(words)
        .bind(at.0)
        .execute(c)
        .await
        .map(drop))?)
}

pub async fn rating_of(tx: &mut Tx, office: i64, dossier: Uuid) -> Result<Option<(i64, String)>> {
    let q = "SELECT score, words FROM ratings WHERE office_id = $1 AND dossier_id = $2";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(office).bind(dossier).fetch_optional(c).await)?)
}
