//! Reorganisations with their plans, and the dossiers that passed over by each.

use crate::{Result, StoreError, Tx, db::duplicate, on_engine};
use domain::{reorganisation::Plan, time::Day};
use sqlx::{QueryBuilder, types::Json};
use uuid::Uuid;

/// One reorganisation, with how far it has come.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ReorganisationRow {
    /// The first unit that closes, by its authority.
    pub office_id: i64,
    pub id: Uuid,
    /// First day of the new state.
    pub on_day: i64,
    #[sqlx(json)]
    pub plan: Plan,
    pub made_by: Uuid,
    pub made_at: i64,
    pub confirmed_by: Option<Uuid>,
    pub confirmed_at: Option<i64>,
    pub begun_at: Option<i64>,
    /// Dossiers that were open in the units that close, when it began.
    pub open_at_begin: Option<i64>,
    pub finished_at: Option<i64>,
    pub dropped_at: Option<i64>,
    pub version: i64,
}

/// A dossier that passed over, as it was then.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct HandoverRow {
    /// The unit it left, by its authority.
    pub office_id: i64,
    pub reorganisation_id: Uuid,
    /// The unit that goes on with it.
    pub heir_id: i64,
    pub dossier_id: Uuid,
    /// Where it was filed.
    pub dossier_office: i64,
    pub status: i64,
    pub due_at: Option<i64>,
    pub at: i64,
}

/// A line of the list that both sides sign: no personal data.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct HandedRow {
    pub dossier_id: Uuid,
    /// The unit it left.
    pub office_id: i64,
    pub code: Option<String>,
    pub temporary_code: Option<String>,
    pub procedure_name: String,
    pub sensitive: bool,
    pub received_at: Option<i64>,
    /// As it was when it passed over.
    pub status: i64,
    pub due_at: Option<i64>,
    pub at: i64,
}

macro_rules! columns {
    () => {
        "office_id, id, on_day, plan, made_by, made_at, confirmed_by, confirmed_at, begun_at, open_at_begin,
         finished_at, dropped_at, version"
    };
}

pub async fn insert_reorganisation(tx: &mut Tx, row: &ReorganisationRow) -> Result<()> {
    let q = "INSERT INTO reorganisations (office_id, id, on_day, plan, made_by, made_at, version)
             VALUES ($1, $2, $3, $4, $5, $6, $7)";
    on_engine!(tx, |c| sqlx::query(q)
        .bind(row.office_id)
        .bind(row.id)
        .bind(row.on_day)
        .bind(Json(&row.plan))
        .bind(row.made_by)
        .bind(row.made_at)
        .bind(row.version)
        .execute(c)
        .await
        .map(drop))
    .map_err(duplicate("reorganisation"))
}

/// Writes plan and moments of a row that was read at that version. `Stale` when somebody else was first.
pub async fn save_reorganisation(tx: &mut Tx, row: &ReorganisationRow, seen: i64) -> Result<()> {
    let q = "UPDATE reorganisations SET on_day = $4, plan = $5, confirmed_by = $6, confirmed_at = $7, begun_at = $8,
               open_at_begin = $9, finished_at = $10, dropped_at = $11, version = $3 + 1
             WHERE office_id = $1 AND id = $2 AND version = $3 RETURNING id";
    let done: Option<Uuid> = on_engine!(tx, |c| sqlx::query_scalar(q)
        .bind(row.office_id)
        .bind(row.id)
        .bind(seen)
        .bind(row.on_day)
        .bind(Json(&row.plan))
        .bind(row.confirmed_by)
        .bind(row.confirmed_at)
        .bind(row.begun_at)
        .bind(row.open_at_begin)
        .bind(row.finished_at)
        .bind(row.dropped_at)
        .fetch_optional(c)
        .await)?;
    done.map(drop).ok_or(StoreError::Stale)
}

/// The reorganisation of that id.
pub async fn reorganisation_by_id(tx: &mut Tx, id: Uuid) -> Result<Option<ReorganisationRow>> {
    let q = concat!("SELECT ", columns!(), " FROM reorganisations WHERE id = $1");
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(id).fetch_optional(c).await)?)
}

/// Those that were not set aside, the newest first; older than that one when one is given.
pub async fn list_reorganisations(tx: &mut Tx, before: Option<Uuid>, limit: i64) -> Result<Vec<ReorganisationRow>> {
    Ok(on_engine!(tx, |c| {
        let mut q = QueryBuilder::new(concat!("SELECT ", columns!(), " FROM reorganisations WHERE dropped_at IS NULL"));
        if let Some(before) = before {
            q.push(" AND id < ").push_bind(before);
        }
        q.push(" ORDER BY id DESC LIMIT ").push_bind(limit);
        q.build_query_as().fetch_all(c).await
    })?)
}

/// Those whose day has come by that day and that are neither finished nor set aside, the earliest first.
pub async fn due_reorganisations(tx: &mut Tx, day: Day) -> Result<Vec<ReorganisationRow>> {
    let q = concat!(
        "SELECT ",
        columns!(),
        " FROM reorganisations WHERE finished_at IS NULL AND dropped_at IS NULL AND on_day <= $1
          AND confirmed_at IS NOT NULL ORDER BY on_day, id"
    );
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(i64::from(day.0)).fetch_all(c).await)?)
}

/// Those that have begun, by their days: what closed is continued by their rules for good.
pub async fn begun_reorganisations(tx: &mut Tx) -> Result<Vec<ReorganisationRow>> {
    let q = concat!(
        "SELECT ",
        columns!(),
        " FROM reorganisations WHERE begun_at IS NOT NULL ORDER BY on_day, begun_at, id"
    );
    Ok(on_engine!(tx, |c| sqlx::query_as(q).fetch_all(c).await)?)
}

/// Notes that a dossier passed over. `Duplicate` when it did so before.
pub async fn insert_handover(tx: &mut Tx, row: &HandoverRow) -> Result<()> {
    let q =
        "INSERT INTO handovers (office_id, reorganisation_id, heir_id, dossier_id, dossier_office, status, due_at, at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    on_engine!(tx, |c| sqlx::query(q)
        .bind(row.office_id)
        .bind(row.reorganisation_id)
        .bind(row.heir_id)
        .bind(row.dossier_id)
        .bind(row.dossier_office)
        .bind(row.status)
        .bind(row.due_at)
        .bind(row.at)
        .execute(c)
        .await
        .map(drop))
    .map_err(duplicate("handover"))
}

/// How many passed over to each unit. Counts everything: for the page of one reorganisation.
pub async fn count_handovers(tx: &mut Tx, reorganisation: Uuid) -> Result<Vec<(i64, i64)>> {
    let q = "SELECT heir_id, COUNT(*) FROM handovers WHERE reorganisation_id = $1 GROUP BY heir_id ORDER BY heir_id";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(reorganisation).fetch_all(c).await)?)
}

/// What passed over to one unit, in the order of the dossiers' ids; after that one when one is given.
pub async fn list_handovers(
    tx: &mut Tx,
    reorganisation: Uuid,
    heir: i64,
    after: Option<Uuid>,
    limit: i64,
) -> Result<Vec<HandedRow>> {
    let q = "SELECT h.dossier_id, h.office_id, d.code, d.temporary_code, d.procedure_name, d.sensitive, d.received_at,
               h.status, h.due_at, h.at
             FROM handovers h JOIN dossiers d ON d.office_id = h.dossier_office AND d.id = h.dossier_id
             WHERE h.reorganisation_id = $1 AND h.heir_id = $2 AND h.dossier_id > $3 ORDER BY h.dossier_id LIMIT $4";
    let after = after.unwrap_or(Uuid::nil());
    Ok(on_engine!(tx, |c| sqlx::query_as(q)
        .bind(reorganisation)
        .bind(heir)
        .bind(after)
        .bind(limit)
        .fetch_all(c)
        .await)?)
}
