//! Calendars, each version a row that never changes: a dossier points at the one it was received under.

use crate::{Result, Tx, on_engine};
use domain::{time::Instant, working_time::Calendar};
use sqlx::types::Json;

/// Where a version came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// With the program.
    Shipped,
    /// From a file, by the operator.
    Imported,
}

/// One version of a calendar.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct CalendarRow {
    /// A province's or a commune's key.
    pub scope: String,
    pub body: Json<Calendar>,
    origin: String,
    pub created_at: i64,
}

impl Origin {
    const fn key(self) -> &'static str {
        match self {
            Self::Shipped => "shipped",
            Self::Imported => "imported",
        }
    }
}

impl CalendarRow {
    /// Whether the operator imported it.
    pub fn is_imported(&self) -> bool {
        self.origin == Origin::Imported.key()
    }
}

/// A version that came with the program.
pub async fn insert_calendar(tx: &mut Tx, scope: &str, calendar: &Calendar, at: Instant) -> Result<()> {
    insert_calendar_from(tx, scope, calendar, Origin::Shipped, at).await
}

/// A version and where it came from.
pub async fn insert_calendar_from(
    tx: &mut Tx,
    scope: &str,
    calendar: &Calendar,
    origin: Origin,
    at: Instant,
) -> Result<()> {
    let q = "INSERT INTO calendars (version, scope, body, origin, created_at) VALUES ($1, $2, $3, $4, $5)";
    on_engine!(tx, |c| sqlx::query(q)
        .bind(calendar.version())
        .bind(scope)
        .bind(Json(calendar))
        .bind(origin.key())
        .bind(at.0)
        .execute(c)
        .await
        .map(drop))
    .map_err(crate::db::duplicate("calendar version"))
}

/// The version of that name, whatever its scope.
pub async fn calendar_of_version(tx: &mut Tx, version: &str) -> Result<Option<CalendarRow>> {
    let q = "SELECT scope, body, origin, created_at FROM calendars WHERE version = $1";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(version).fetch_optional(c).await)?)
}

/// The version in force in a scope: the one that came last.
pub async fn newest_calendar(tx: &mut Tx, scope: &str) -> Result<Option<CalendarRow>> {
    let q = "SELECT scope, body, origin, created_at FROM calendars WHERE scope = $1
             ORDER BY created_at DESC, version DESC LIMIT 1";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(scope).fetch_optional(c).await)?)
}

/// Every version with its scope (a province's or a commune's key), oldest first.
pub async fn list_calendars(tx: &mut Tx) -> Result<Vec<(String, Calendar)>> {
    let q = "SELECT scope, body FROM calendars ORDER BY created_at, version";
    let rows: Vec<(String, Json<Calendar>)> = on_engine!(tx, |c| sqlx::query_as(q).fetch_all(c).await)?;
    Ok(rows.into_iter().map(|(scope, body)| (scope, body.0)).collect())
}
