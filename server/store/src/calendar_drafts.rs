//! Calendars of a year that an administrator prepares. Rows stay: one that was published or thrown away has its moment.

use crate::{Result, StoreError, Tx, db::duplicate, on_engine};
use domain::{time::Instant, working_time::DayEntry};
use sqlx::{QueryBuilder, types::Json};
use uuid::Uuid;

/// The calendar of a year in the making.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct CalendarDraftRow {
    /// The unit, by its authority.
    pub office_id: i64,
    pub id: Uuid,
    pub year: i64,
    /// The law or decision the year comes from.
    pub source: String,
    pub entries: Json<Vec<DayEntry>>,
    /// The day from which it shall hold; none for the day of its publication.
    pub valid_from: Option<i64>,
    /// Counts its changes.
    pub version: i64,
    /// Who began it, by the name of then.
    pub staff_name: String,
    pub created_at: i64,
    pub changed_at: i64,
    /// The version of the calendar it became.
    pub published_as: Option<String>,
    /// When it was published or thrown away.
    pub ended_at: Option<i64>,
}

const COLUMNS: &str = "office_id, id, year, source, entries, valid_from, version, staff_name, created_at, changed_at,
    published_as, ended_at";

pub async fn insert_calendar_draft(tx: &mut Tx, row: &CalendarDraftRow) -> Result<()> {
    let q = "INSERT INTO calendar_drafts (office_id, id, year, source, entries, valid_from, version, staff_name,
               created_at, changed_at, published_as, ended_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    on_engine!(tx, |c| sqlx::query(q)
        .bind(row.office_id)
        .bind(row.id)
        .bind(row.year)
        .bind(&row.source)
        .bind(&row.entries)
        .bind(row.valid_from)
        .bind(row.version)
        .bind(&row.staff_name)
        .bind(row.created_at)
        .bind(row.changed_at)
        .bind(&row.published_as)
        .bind(row.ended_at)
        .execute(c)
        .await
        .map(drop))
    .map_err(duplicate("calendar draft of a year"))
}

/// The drafts of those units that are neither published nor thrown away, by year.
pub async fn open_calendar_drafts(tx: &mut Tx, units: &[i64]) -> Result<Vec<CalendarDraftRow>> {
    if units.is_empty() {
        return Ok(Vec::new());
    }
    Ok(on_engine!(tx, |c| {
        let mut q = QueryBuilder::new("SELECT ");
        q.push(COLUMNS).push(" FROM calendar_drafts WHERE ended_at IS NULL AND office_id IN (");
        let mut list = q.separated(", ");
        for unit in units {
            list.push_bind(*unit);
        }
        q.push(") ORDER BY office_id, year");
        q.build_query_as().fetch_all(c).await
    })?)
}

/// The draft of that id in one of those units, also one that has ended.
pub async fn calendar_draft_by_id(tx: &mut Tx, units: &[i64], id: Uuid) -> Result<Option<CalendarDraftRow>> {
    if units.is_empty() {
        return Ok(None);
    }
    Ok(on_engine!(tx, |c| {
        let mut q = QueryBuilder::new("SELECT ");
        q.push(COLUMNS).push(" FROM calendar_drafts WHERE id = ").push_bind(id).push(" AND office_id IN (");
        let mut list = q.separated(", ");
        for unit in units {
            list.push_bind(*unit);
        }
        q.push(")");
        q.build_query_as().fetch_optional(c).await
    })?)
}

/// Saves what changes of a draft that is still open.
///
/// # Errors
/// [`StoreError::Stale`] when it is not as it was seen, or has ended.
pub async fn save_calendar_draft(tx: &mut Tx, row: &CalendarDraftRow, seen: i64, now: Instant) -> Result<()> {
    let q = "UPDATE calendar_drafts SET source = $4, entries = $5, valid_from = $6, published_as = $7, ended_at = $8,
               changed_at = $9, version = version + 1
             WHERE office_id = $1 AND id = $2 AND version = $3 AND ended_at IS NULL RETURNING id";
    let done: Option<Uuid> = on_engine!(tx, |c| sqlx::query_scalar(q)
        .bind(row.office_id)
        .bind(row.id)
        .bind(seen)
        .bind(&row.source)
        .bind(&row.entries)
        .bind(row.valid_from)
        .bind(&row.published_as)
        .bind(row.ended_at)
        .bind(now.0)
        .fetch_optional(c)
        .await)?;
    done.map(drop).ok_or(StoreError::Stale)
}
