//! Calendars, each version a row that never changes: a dossier points at the one it was received under.

use crate::{Result, Tx, on_engine};
use domain::{
    time::{Day, Instant},
    working_time::Calendar,
};
use sqlx::types::Json;

/// Where a version came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// With the program.
    Shipped,
    /// From a file, by the operator.
    Imported,
    /// From a draft, by an administrator of the unit.
    Published,
}

/// One version of a calendar.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct CalendarRow {
    /// A province's or a commune's key.
    pub scope: String,
    pub body: Json<Calendar>,
    origin: String,
    /// The first day on which it holds for what is received; 0 since it came.
    pub valid_from: i64,
    pub created_at: i64,
}

impl Origin {
    const fn key(self) -> &'static str {
        match self {
            Self::Shipped => "shipped",
            Self::Imported => "imported",
            Self::Published => "published",
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
    insert_calendar_from(tx, scope, calendar, Origin::Shipped, Day(0), at).await
}

/// A version, where it came from, and the first day on which it holds: day 0 for since it came.
pub async fn insert_calendar_from(
    tx: &mut Tx,
    scope: &str,
    calendar: &Calendar,
    origin: Origin,
    valid_from: Day,
    at: Instant,
) -> Result<()> {
    let q = "INSERT INTO calendars (version, scope, body, origin, created_at, valid_from)
             VALUES ($1, $2, $3, $4, $5, $6)";
    on_engine!(tx, |c| sqlx::query(q)
        .bind(calendar.version())
        .bind(scope)
        .bind(Json(calendar))
        .bind(origin.key())
        .bind(at.0)
        .bind(i64::from(valid_from.0))
        .execute(c)
        .await
        .map(drop))
    .map_err(crate::db::duplicate("calendar version"))
}

/// The version of that name, whatever its scope.
pub async fn calendar_of_version(tx: &mut Tx, version: &str) -> Result<Option<CalendarRow>> {
    let q = "SELECT scope, body, origin, valid_from, created_at FROM calendars WHERE version = $1";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(version).fetch_optional(c).await)?)
}

/// The version in force in a scope: the one that came last.
pub async fn newest_calendar(tx: &mut Tx, scope: &str) -> Result<Option<CalendarRow>> {
    let q = "SELECT scope, body, origin, valid_from, created_at FROM calendars WHERE scope = $1
             ORDER BY created_at DESC, version DESC LIMIT 1";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(scope).fetch_optional(c).await)?)
}

/// A version as the books hold it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct KnownCalendar {
    /// A province's or a commune's key.
    pub scope: String,
    pub body: Json<Calendar>,
    /// The first day on which it holds; 0 since it came.
    pub valid_from: i64,
}

/// Every version, oldest first.
pub async fn list_calendars(tx: &mut Tx) -> Result<Vec<KnownCalendar>> {
    let q = "SELECT scope, body, valid_from FROM calendars ORDER BY created_at, version";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).fetch_all(c).await)?)
}

/// How many open dossiers of a unit keep which version: version, status, count.
pub async fn open_by_calendar(tx: &mut Tx, unit: i64) -> Result<Vec<(String, i64, i64)>> {
    let q = "SELECT calendar_version, status, COUNT(*) FROM dossiers
             WHERE resolving_office = $1 AND status IN (1, 2, 4, 5, 6)
             GROUP BY calendar_version, status ORDER BY calendar_version, status";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(unit).fetch_all(c).await)?)
}
