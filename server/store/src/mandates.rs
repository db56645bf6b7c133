//! Who acts in whose place, from which day to which, for what. Rows stay: what was done under them points at them.

use crate::{Result, Tx, on_engine};
use domain::{
    mandate::Scope,
    time::{Day, Instant},
};
use sqlx::{QueryBuilder, types::Json};
use uuid::Uuid;

/// One mandate.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct MandateRow {
    /// The unit, by its authority.
    pub office_id: i64,
    pub id: Uuid,
    pub kind: String,
    pub from_staff: Uuid,
    /// Name and title as they were when it was made.
    pub from_name: String,
    pub from_title: String,
    pub to_staff: Uuid,
    pub to_name: String,
    /// The role that is lent, or that both hold.
    pub role: String,
    /// Both days are included.
    pub first_day: i64,
    pub last_day: i64,
    #[sqlx(json)]
    pub scope: Scope,
    /// The paper by which it was given.
    pub paper: String,
    pub made_by: Uuid,
    pub made_at: i64,
    pub ended_by: Option<Uuid>,
    /// When it was ended before its last day was over.
    pub ended_at: Option<i64>,
}

/// A mandate, with an office where its giver holds the role on the day that was asked about.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct HeldMandateRow {
    #[sqlx(flatten)]
    pub mandate: MandateRow,
    pub held_in: i64,
}

/// Where a page of the list ended: its last row's last day and id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Before {
    pub last_day: i64,
    pub id: Uuid,
}

macro_rules! columns {
    () => {
        "m.office_id, m.id, m.kind, m.from_staff, m.from_name, m.from_title, m.to_staff, m.to_name, m.role, m.first_day,
         m.last_day, m.scope, m.paper, m.made_by, m.made_at, m.ended_by, m.ended_at"
    };
}

pub async fn insert_mandate(tx: &mut Tx, row: &MandateRow) -> Result<()> {
    let q = "INSERT INTO mandates (office_id, id, kind, from_staff, from_name, from_title, to_staff, to_name, role,
               first_day, last_day, scope, paper, made_by, made_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
    Ok(on_engine!(tx, |c| sqlx::query(q)
        .bind(row.office_id)
        .bind(row.id)
        .bind(&row.kind)
        .bind(row.from_staff)
        .bind(&row.from_name)
        .bind(&row.from_title)
        .bind(row.to_staff)
        .bind(&row.to_name)
        .bind(&row.role)
        .bind(row.first_day)
        .bind(row.last_day)
        .bind(Json(&row.scope))
        .bind(&row.paper)
        .bind(row.made_by)
        .bind(row.made_at)
        .execute(c)
        .await
        .map(drop))?)
}

/// The mandate of that id in one of those units.
pub async fn mandate_by_id(tx: &mut Tx, units: &[i64], id: Uuid) -> Result<Option<MandateRow>> {
    if units.is_empty() {
        return Ok(None);
    }
    Ok(on_engine!(tx, |c| {
        let mut q = QueryBuilder::new(concat!("SELECT ", columns!(), " FROM mandates m WHERE m.id = "));
        q.push_bind(id).push(" AND m.office_id IN (");
        let mut list = q.separated(", ");
        for unit in units {
            list.push_bind(*unit);
        }
        q.push(")");
        q.build_query_as().fetch_optional(c).await
    })?)
}

/// What lets that person stand in for others on that day: once for every position in which the giver holds the role
/// then. Of a giver who holds it no more, or works here no more, nothing.
pub async fn mandates_in_force(tx: &mut Tx, to: Uuid, day: Day) -> Result<Vec<HeldMandateRow>> {
    let q = concat!(
        "SELECT ",
        columns!(),
        ", p.office_id AS held_in FROM mandates m
         JOIN staff s ON s.id = m.from_staff
         JOIN positions p ON p.staff_id = m.from_staff AND p.role = m.role
         WHERE m.to_staff = $1 AND m.first_day <= $2 AND m.last_day >= $2 AND m.ended_at IS NULL
           AND p.valid_from <= $2 AND (p.valid_to IS NULL OR p.valid_to >= $2)
           AND (s.disabled_at IS NULL OR s.disabled_at >= $3)
         ORDER BY m.id, p.id"
    );
    let (number, end) = (i64::from(day.0), day.next().start());
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(to).bind(number).bind(end.0).fetch_all(c).await)?)
}

/// One page of the mandates of those units, those that end last first.
pub async fn list_mandates(tx: &mut Tx, units: &[i64], before: Option<Before>, limit: i64) -> Result<Vec<MandateRow>> {
    if units.is_empty() {
        return Ok(Vec::new());
    }
    Ok(on_engine!(tx, |c| {
        let mut q = QueryBuilder::new(concat!("SELECT ", columns!(), " FROM mandates m WHERE m.office_id IN ("));
        let mut list = q.separated(", ");
        for unit in units {
            list.push_bind(*unit);
        }
        q.push(")");
        if let Some(before) = before {
            q.push(" AND (m.last_day, m.id) < (").push_bind(before.last_day).push(", ").push_bind(before.id).push(")");
        }
        q.push(" ORDER BY m.last_day DESC, m.id DESC LIMIT ").push_bind(limit);
        q.build_query_as().fetch_all(c).await
    })?)
}

/// The mandates under which something was done with that dossier.
pub async fn mandates_of_dossier(tx: &mut Tx, office: i64, dossier: Uuid) -> Result<Vec<MandateRow>> {
    let q = concat!(
        "SELECT ",
        columns!(),
        " FROM mandates m WHERE m.id IN
           (SELECT e.mandate_id FROM dossier_events e WHERE e.office_id = $1 AND e.dossier_id = $2)"
    );
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(office).bind(dossier).fetch_all(c).await)?)
}

/// Ends a mandate before its time. `false` when it was ended before.
pub async fn end_mandate(tx: &mut Tx, office: i64, id: Uuid, by: Uuid, at: Instant) -> Result<bool> {
    let q = "UPDATE mandates SET ended_by = $3, ended_at = $4 WHERE office_id = $1 AND id = $2 AND ended_at IS NULL
             RETURNING id";
    let done: Option<Uuid> =
        on_engine!(tx, |c| sqlx::query_scalar(q).bind(office).bind(id).bind(by).bind(at.0).fetch_optional(c).await)?;
    Ok(done.is_some())
}

/// The mandates of those units that go on after that day.
pub async fn mandates_going_on(tx: &mut Tx, units: &[i64], last: Day) -> Result<Vec<MandateRow>> {
    if units.is_empty() {
        return Ok(Vec::new());
    }
    Ok(on_engine!(tx, |c| {
        let mut q = QueryBuilder::new(concat!(
            "SELECT ",
            columns!(),
            " FROM mandates m WHERE m.ended_at IS NULL AND m.last_day > "
        ));
        q.push_bind(i64::from(last.0)).push(" AND m.office_id IN (");
        let mut list = q.separated(", ");
        for unit in units {
            list.push_bind(*unit);
        }
        q.push(") ORDER BY m.last_day, m.id");
        q.build_query_as().fetch_all(c).await
    })?)
}
