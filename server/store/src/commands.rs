//! Answers to commands already carried out: a repeated command gets the same answer and changes nothing.

use crate::{Result, Tx, on_engine};
use domain::time::Instant;
use serde::{Serialize, de::DeserializeOwned};
use sqlx::types::Json;
use uuid::Uuid;

/// The answer kept for that command of that person, when it was carried out before.
pub async fn answer_of<T: DeserializeOwned + Send + Unpin>(tx: &mut Tx, subject: Uuid, id: Uuid) -> Result<Option<T>> {
    let q = "SELECT answer FROM commands WHERE subject_id = $1 AND id = $2";
    let row: Option<Json<serde_json::Value>> =
        on_engine!(tx, |c| sqlx::query_scalar(q).bind(subject).bind(id).fetch_optional(c).await)?;
    row.map(|answer| serde_json::from_value(answer.0).map_err(|_| crate::StoreError::Unreadable("command answer")))
        .transpose()
}

/// Keeps another answer in place of the one kept for that command.
pub async fn replace_answer<T: Serialize>(tx: &mut Tx, subject: Uuid, id: Uuid, answer: &T) -> Result<()> {
    let q = "UPDATE commands SET answer = $3 WHERE subject_id = $1 AND id = $2";
    let answer = serde_json::to_value(answer).map_err(|_| crate::StoreError::Unreadable("command answer"))?;
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(subject).bind(id).bind(Json(&answer)).execute(c).await.map(drop))?)
}

/// Keeps the answer, in the act's own transaction. `Duplicate("command")` when a twin of the command, running at
/// the same time, was first: roll back and read its answer.
pub async fn keep_answer<T: Serialize>(
    tx: &mut Tx,
    subject: Uuid,
    id: Uuid,
    act: &str,
    answer: &T,
    at: Instant,
) -> Result<()> {
    let q = "INSERT INTO commands (subject_id, id, act, answer, created_at) VALUES ($1, $2, $3, $4, $5)";
    let answer = serde_json::to_value(answer).map_err(|_| crate::StoreError::Unreadable("command answer"))?;
    on_engine!(tx, |c| sqlx::query(q)
        .bind(subject)
        .bind(id)
        .bind(act)
        .bind(Json(&answer))
        .bind(at.0)
        .execute(c)
        .await
        .map(drop))
    .map_err(crate::db::duplicate("command"))
}
