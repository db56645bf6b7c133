//! Calendars, each version a row that never changes: a dossier points at the one it was received under.

use crate::{Result, Tx, on_engine};
use domain::{time::Instant, working_time::Calendar};
use sqlx::types::Json;

pub async fn insert_calendar(tx: &mut Tx, scope: &str, calendar: &Calendar, at: Instant) -> Result<()> {
    let q = "INSERT INTO calendars (version, scope, body, created_at) VALUES ($1, $2, $3, $4)";
    on_engine!(tx, |c| sqlx::query(q)
        .bind(calendar.version())
        .bind(scope)
        .bind(Json(calendar))
        .bind(at.0)
        .execute(c)
        .await
        .map(drop))
    .map_err(crate::db::duplicate("calendar version"))
}

/// Every version with its scope (a province's or a commune's key), oldest first.
pub async fn list_calendars(tx: &mut Tx) -> Result<Vec<(String, Calendar)>> {
    let q = "SELECT scope, body FROM calendars ORDER BY created_at, version";
    let rows: Vec<(String, Json<Calendar>)> = on_engine!(tx, |c| sqlx::query_as(q).fetch_all(c).await)?;
    Ok(rows.into_iter().map(|(scope, body)| (scope, body.0)).collect())
}
