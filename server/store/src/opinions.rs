//! Opinions that units are asked for: the copy that the queue of the asked unit reads. The truth is in the dossier's events.

use crate::{Result, Tx, on_engine};
use domain::{
    dossier::{OpinionEnd, Stance},
    time::Instant,
};
use sqlx::{QueryBuilder, types::Json};
use uuid::Uuid;

/// A request for an opinion.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct OpinionRow {
    /// Where the dossier was filed.
    pub office_id: i64,
    pub dossier_id: Uuid,
    /// 1, 2, 3… in the dossier.
    pub number: i64,
    pub id: Uuid,
    /// The asked unit, by its authority.
    pub asked_unit: i64,
    pub asked_by: Uuid,
    pub asked_by_name: String,
    pub question: String,
    /// Files of the dossier that the asked unit may open while it is asked.
    #[sqlx(json)]
    pub files: Vec<Uuid>,
    pub asked_at: i64,
    /// The last moment of its own limit.
    pub respond_by: i64,
    /// Who of the asked unit answers.
    pub assignee: Option<Uuid>,
    pub reminded_at: Option<i64>,
    pub ended_at: Option<i64>,
    /// A key of [`OpinionEnd`].
    pub ended: Option<String>,
    /// A key of [`Stance`].
    pub stance: Option<String>,
    /// The words of the answer, or the reason why it was recalled.
    pub words: Option<String>,
    /// Who answered, by the name of then.
    pub answered_by: Option<String>,
}

/// Where a page of open requests ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct After {
    pub respond_by: i64,
    pub id: Uuid,
}

/// Where a page of given opinions ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Before {
    pub ended_at: i64,
    pub id: Uuid,
}

/// Of which unit the given opinions are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Of the one that was asked and answered.
    Asked,
    /// Of the one where the dossiers were filed.
    Asking,
}

/// How a request ends, with what its row keeps of it.
#[derive(Debug, Clone, Copy)]
pub struct Ending<'a> {
    pub end: OpinionEnd,
    pub stance: Option<Stance>,
    pub words: &'a str,
    pub by: &'a str,
}

macro_rules! columns {
    () => {
        "o.office_id, o.dossier_id, o.number, o.id, o.asked_unit, o.asked_by, o.asked_by_name, o.question, o.files, o.asked_at,
         o.respond_by, o.assignee, o.reminded_at, o.ended_at, o.ended, o.stance, o.words, o.answered_by"
    };
}

/// A count stops here.
const COUNT_CAP: i64 = 100;

pub async fn insert_opinion(tx: &mut Tx, row: &OpinionRow) -> Result<()> {
    let q =
        "INSERT INTO opinions (office_id, dossier_id, number, id, asked_unit, asked_by, asked_by_name, question, files,
               asked_at, respond_by)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    Ok(on_engine!(tx, |c| sqlx::query(q)
        .bind(row.office_id)
        .bind(row.dossier_id)
        .bind(row.number)
        .bind(row.id)
        .bind(row.asked_unit)
        .bind(row.asked_by)
        .bind(&row.asked_by_name)
        .bind(&row.question)
        .bind(Json(&row.files))
        .bind(row.asked_at)
        .bind(row.respond_by)
        .execute(c)
        .await
        .map(drop))?)
}

pub async fn opinion_by_id(tx: &mut Tx, id: Uuid) -> Result<Option<OpinionRow>> {
    let q = concat!("SELECT ", columns!(), " FROM opinions o WHERE o.id = $1");
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(id).fetch_optional(c).await)?)
}

/// Every opinion that was asked for on a dossier, the oldest first.
pub async fn opinions_of_dossier(tx: &mut Tx, office: i64, dossier: Uuid) -> Result<Vec<OpinionRow>> {
    let q = concat!(
        "SELECT ",
        columns!(),
        " FROM opinions o WHERE o.office_id = $1 AND o.dossier_id = $2 ORDER BY o.number"
    );
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(office).bind(dossier).fetch_all(c).await)?)
}

macro_rules! push_units {
    ($q:expr, $units:expr) => {{
        $q.push("(");
        let mut list = $q.separated(", ");
        for unit in $units {
            list.push_bind(*unit);
        }
        $q.push(")");
    }};
}

/// What those units are asked for and have not answered, the most urgent first.
pub async fn open_opinions(tx: &mut Tx, units: &[i64], after: Option<After>, limit: i64) -> Result<Vec<OpinionRow>> {
    if units.is_empty() {
        return Ok(Vec::new());
    }
    Ok(on_engine!(tx, |c| {
        let mut q = QueryBuilder::new(concat!(
            "SELECT ",
            columns!(),
            " FROM opinions o WHERE o.ended_at IS NULL AND o.asked_unit IN "
        ));
        push_units!(q, units);
        if let Some(after) = after {
            q.push(" AND (o.respond_by, o.id) > (")
                .push_bind(after.respond_by)
                .push(", ")
                .push_bind(after.id)
                .push(")");
        }
        q.push(" ORDER BY o.respond_by, o.id LIMIT ").push_bind(limit);
        q.build_query_as().fetch_all(c).await
    })?)
}

/// Opinions that those units gave, or that were given on dossiers filed there, the newest first. The first leave sensitive
/// dossiers out; the others hold what those units resolve now, and of sensitive dossiers those of an office and of versions
/// of procedures that are `readable`.
pub async fn given_opinions(
    tx: &mut Tx,
    side: Side,
    units: &[i64],
    readable: &[(i64, Vec<Uuid>)],
    before: Option<Before>,
    limit: i64,
) -> Result<Vec<OpinionRow>> {
    if units.is_empty() {
        return Ok(Vec::new());
    }
    // The key of `OpinionEnd::Answered`, written out: the indexes hold these rows alone.
    Ok(on_engine!(tx, |c| {
        let mut q =
            QueryBuilder::new(concat!("SELECT ", columns!(), " FROM opinions o WHERE o.ended = 'answered' AND "));
        q.push(match side {
            Side::Asked => "o.asked_unit IN ",
            Side::Asking => "o.office_id IN ",
        });
        push_units!(q, units);
        // The sign keeps SQLite from going by the offices of dossiers: the page is read in its own order.
        q.push(" AND EXISTS (SELECT 1 FROM dossiers d WHERE d.office_id = o.office_id AND d.id = o.dossier_id");
        match side {
            Side::Asked => {
                q.push(" AND NOT d.sensitive)");
            }
            Side::Asking => {
                q.push(" AND +d.resolving_office IN ");
                push_units!(q, units);
                q.push(" AND (NOT d.sensitive");
                for (office, versions) in readable {
                    q.push(" OR (d.resolving_office = ").push_bind(*office).push(" AND d.procedure_version IN ");
                    push_units!(q, versions);
                    q.push(")");
                }
                q.push("))");
            }
        }
        if let Some(before) = before {
            q.push(" AND (o.ended_at, o.id) < (").push_bind(before.ended_at).push(", ").push_bind(before.id).push(")");
        }
        q.push(" ORDER BY o.ended_at DESC, o.id DESC LIMIT ").push_bind(limit);
        q.build_query_as().fetch_all(c).await
    })?)
}

/// How many those units have not answered, stopping at a hundred.
pub async fn count_open_opinions(tx: &mut Tx, units: &[i64]) -> Result<i64> {
    if units.is_empty() {
        return Ok(0);
    }
    Ok(on_engine!(tx, |c| {
        let mut q = QueryBuilder::new(
            "SELECT COUNT(*) FROM (SELECT id FROM opinions WHERE ended_at IS NULL AND asked_unit IN ",
        );
        push_units!(q, units);
        q.push(" LIMIT ").push_bind(COUNT_CAP).push(") AS counted");
        q.build_query_scalar().fetch_one(c).await
    })?)
}

/// How many of those units' answers are late, and since when the first is.
pub async fn late_answers(tx: &mut Tx, units: &[i64], now: Instant) -> Result<(i64, Option<i64>)> {
    if units.is_empty() {
        return Ok((0, None));
    }
    Ok(on_engine!(tx, |c| {
        let mut q = QueryBuilder::new(
            "SELECT COUNT(*), MIN(respond_by) FROM opinions WHERE ended_at IS NULL AND respond_by < ",
        );
        q.push_bind(now.0).push(" AND asked_unit IN ");
        push_units!(q, units);
        q.build_query_as().fetch_one(c).await
    })?)
}

/// How many answers that dossiers of those units wait for are late, and since when the first is.
pub async fn late_for_askers(tx: &mut Tx, units: &[i64], now: Instant) -> Result<(i64, Option<i64>)> {
    if units.is_empty() {
        return Ok((0, None));
    }
    Ok(on_engine!(tx, |c| {
        let mut q = QueryBuilder::new(
            "SELECT COUNT(*), MIN(o.respond_by) FROM opinions o
             JOIN dossiers d ON d.office_id = o.office_id AND d.id = o.dossier_id
             WHERE o.ended_at IS NULL AND o.respond_by < ",
        );
        q.push_bind(now.0).push(" AND d.resolving_office IN ");
        push_units!(q, units);
        q.build_query_as().fetch_one(c).await
    })?)
}

/// Gives an open request to somebody of the asked unit. `false` when it is open no more.
pub async fn assign_opinion(tx: &mut Tx, id: Uuid, to: Uuid) -> Result<bool> {
    let q = "UPDATE opinions SET assignee = $2 WHERE id = $1 AND ended_at IS NULL RETURNING id";
    let done: Option<Uuid> = on_engine!(tx, |c| sqlx::query_scalar(q).bind(id).bind(to).fetch_optional(c).await)?;
    Ok(done.is_some())
}

/// Notes that the asked unit was reminded. `false` when the request is open no more.
pub async fn remind_opinion(tx: &mut Tx, id: Uuid, at: Instant) -> Result<bool> {
    let q = "UPDATE opinions SET reminded_at = $2 WHERE id = $1 AND ended_at IS NULL RETURNING id";
    let done: Option<Uuid> = on_engine!(tx, |c| sqlx::query_scalar(q).bind(id).bind(at.0).fetch_optional(c).await)?;
    Ok(done.is_some())
}

/// The request is answered or recalled.
pub async fn end_opinion(tx: &mut Tx, id: Uuid, at: Instant, ending: Ending<'_>) -> Result<()> {
    let q = "UPDATE opinions SET ended_at = $2, ended = $3, stance = $4, words = $5, answered_by = $6
             WHERE id = $1 AND ended_at IS NULL";
    Ok(on_engine!(tx, |c| sqlx::query(q)
        .bind(id)
        .bind(at.0)
        .bind(ending.end.key())
        .bind(ending.stance.map(Stance::key))
        .bind(ending.words)
        .bind(ending.by)
        .execute(c)
        .await
        .map(drop))?)
}

/// Nothing on that dossier is waited for any more.
pub async fn lapse_opinions(tx: &mut Tx, office: i64, dossier: Uuid, at: Instant) -> Result<()> {
    let q =
        "UPDATE opinions SET ended_at = $3, ended = $4 WHERE office_id = $1 AND dossier_id = $2 AND ended_at IS NULL";
    Ok(on_engine!(tx, |c| sqlx::query(q)
        .bind(office)
        .bind(dossier)
        .bind(at.0)
        .bind(OpinionEnd::Lapsed.key())
        .execute(c)
        .await
        .map(drop))?)
}
