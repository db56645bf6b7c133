//! Forms, a row for each version.

use crate::{Result, Tx, on_engine};
use domain::{question::Form, time::Instant};
use sqlx::types::Json;

pub async fn insert_form(tx: &mut Tx, form: &Form, at: Instant) -> Result<()> {
    let q = "INSERT INTO forms (key, version, body, created_at) VALUES ($1, $2, $3, $4)";
    on_engine!(tx, |c| sqlx::query(q)
        .bind(&form.key)
        .bind(i64::from(form.version))
        .bind(Json(form))
        .bind(at.0)
        .execute(c)
        .await
        .map(drop))
    .map_err(crate::db::duplicate("form version"))
}

/// Every version of every form.
pub async fn list_forms(tx: &mut Tx) -> Result<Vec<Form>> {
    let q = "SELECT body FROM forms ORDER BY key, version";
    let rows: Vec<Json<Form>> = on_engine!(tx, |c| sqlx::query_scalar(q).fetch_all(c).await)?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}
