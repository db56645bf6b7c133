//! The record of who did and saw what: appended in the act's own transaction, chained by one sealer beside it.

use crate::{Result, Tx, on_engine};
use domain::time::Instant;
use serde_json::Value;
use sqlx::{QueryBuilder, types::Json};
use uuid::Uuid;

/// One line of the record. It holds ids and reasons, never the personal data itself.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct AuditRow {
    /// Given by the database; 0 when inserting.
    pub id: i64,
    pub at: i64,
    pub actor_kind: String,
    pub actor_id: Option<Uuid>,
    pub actor_name: String,
    pub acting_for: Option<Uuid>,
    pub office_id: Option<i64>,
    pub act: String,
    pub object_kind: String,
    pub object_id: String,
    #[sqlx(json)]
    pub detail: Value,
    pub address: String,
    pub request_id: String,
}

/// One link of the chain.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct SealRow {
    pub seq: i64,
    pub row_id: i64,
    pub hash: String,
}

/// Rows written by one statement: an engine takes only so many values in one.
const AT_ONCE: usize = 500;

macro_rules! columns {
    () => {
        "r.id, r.at, r.actor_kind, r.actor_id, r.actor_name, r.acting_for, r.office_id, r.act, r.object_kind, r.object_id,
         r.detail, r.address, r.request_id"
    };
}

pub async fn insert_audit_row(tx: &mut Tx, row: &AuditRow) -> Result<()> {
    let q = "INSERT INTO audit_rows (at, actor_kind, actor_id, actor_name, acting_for, office_id, act, object_kind,
               object_id, detail, address, request_id)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    Ok(on_engine!(tx, |c| sqlx::query(q)
        .bind(row.at)
        .bind(&row.actor_kind)
        .bind(row.actor_id)
        .bind(&row.actor_name)
        .bind(row.acting_for)
        .bind(row.office_id)
        .bind(&row.act)
        .bind(&row.object_kind)
        .bind(&row.object_id)
        .bind(Json(&row.detail))
        .bind(&row.address)
        .bind(&row.request_id)
        .execute(c)
        .await
        .map(drop))?)
}

/// Appends many rows, in their order.
pub async fn insert_audit_rows(tx: &mut Tx, rows: &[AuditRow]) -> Result<()> {
    for rows in rows.chunks(AT_ONCE) {
        on_engine!(tx, |c| {
            let mut q = QueryBuilder::new(
                "INSERT INTO audit_rows (at, actor_kind, actor_id, actor_name, acting_for, office_id, act, object_kind,
                   object_id, detail, address, request_id) ",
            );
            q.push_values(rows, |mut line, row| {
                line.push_bind(row.at).push_bind(row.actor_kind.clone()).push_bind(row.actor_id);
                line.push_bind(row.actor_name.clone()).push_bind(row.acting_for).push_bind(row.office_id);
                line.push_bind(row.act.clone()).push_bind(row.object_kind.clone()).push_bind(row.object_id.clone());
                line.push_bind(Json(row.detail.clone())).push_bind(row.address.clone());
                line.push_bind(row.request_id.clone());
            });
            q.build().execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// The newest link of the chain.
pub async fn last_seal(tx: &mut Tx) -> Result<Option<SealRow>> {
    let q = "SELECT seq, row_id, hash FROM audit_seals ORDER BY seq DESC LIMIT 1";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).fetch_optional(c).await)?)
}

/// The newest link of those made before that moment.
pub async fn last_seal_before(tx: &mut Tx, before: Instant) -> Result<Option<SealRow>> {
    let q = "SELECT seq, row_id, hash FROM audit_seals WHERE sealed_at < $1 ORDER BY sealed_at DESC, seq DESC LIMIT 1";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(before.0).fetch_optional(c).await)?)
}

/// Rows without a link yet, oldest id first. On PostgreSQL ids commit out of order, so a row may appear behind
/// rows already sealed: it is sealed then, in the order it is seen. `after_id` spares the scan of what was sealed
/// long ago.
pub async fn unsealed_rows(tx: &mut Tx, after_id: i64, limit: i64) -> Result<Vec<AuditRow>> {
    let q = concat!(
        "SELECT ",
        columns!(),
        " FROM audit_rows r LEFT JOIN audit_seals s ON s.row_id = r.id
          WHERE r.id > $1 AND s.row_id IS NULL ORDER BY r.id LIMIT $2"
    );
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(after_id).bind(limit).fetch_all(c).await)?)
}

pub async fn insert_seal(tx: &mut Tx, seal: &SealRow, at: Instant) -> Result<()> {
    let q = "INSERT INTO audit_seals (seq, row_id, hash, sealed_at) VALUES ($1, $2, $3, $4)";
    on_engine!(tx, |c| sqlx::query(q)
        .bind(seal.seq)
        .bind(seal.row_id)
        .bind(&seal.hash)
        .bind(at.0)
        .execute(c)
        .await
        .map(drop))
    .map_err(crate::db::duplicate("audit seal"))
}

/// Links after `seq`, in order, for the verifier.
pub async fn seals_after(tx: &mut Tx, seq: i64, limit: i64) -> Result<Vec<SealRow>> {
    let q = "SELECT seq, row_id, hash FROM audit_seals WHERE seq > $1 ORDER BY seq LIMIT $2";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(seq).bind(limit).fetch_all(c).await)?)
}

/// The rows of links `from..=to`, for the verifier.
pub async fn rows_of_seals(tx: &mut Tx, from: i64, to: i64) -> Result<Vec<AuditRow>> {
    let q = concat!(
        "SELECT ",
        columns!(),
        " FROM audit_seals s JOIN audit_rows r ON r.id = s.row_id WHERE s.seq BETWEEN $1 AND $2 ORDER BY s.seq"
    );
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(from).bind(to).fetch_all(c).await)?)
}

/// What was recorded of that object, newest first; older than the row `before`, when one is given.
pub async fn rows_of_object(
    tx: &mut Tx,
    kind: &str,
    id: &str,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<AuditRow>> {
    let q = concat!(
        "SELECT ",
        columns!(),
        " FROM audit_rows r WHERE r.object_kind = $1 AND r.object_id = $2 AND r.id < $3 ORDER BY r.id DESC LIMIT $4"
    );
    let before = before.unwrap_or(i64::MAX);
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(kind).bind(id).bind(before).bind(limit).fetch_all(c).await)?)
}

/// What one person did of one kind, the newest first.
pub async fn rows_of_actor(tx: &mut Tx, actor: Uuid, act: &str, limit: i64) -> Result<Vec<AuditRow>> {
    let q = concat!(
        "SELECT ",
        columns!(),
        " FROM audit_rows r WHERE r.actor_id = $1 AND r.act = $2 ORDER BY r.at DESC, r.id DESC LIMIT $3"
    );
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(actor).bind(act).bind(limit).fetch_all(c).await)?)
}

/// Rows not sealed yet, stopping at a thousand.
pub async fn count_unsealed(tx: &mut Tx) -> Result<i64> {
    let q = "SELECT COUNT(*) FROM (SELECT r.id FROM audit_rows r LEFT JOIN audit_seals s ON s.row_id = r.id
             WHERE s.row_id IS NULL LIMIT 1000) AS u";
    Ok(on_engine!(tx, |c| sqlx::query_scalar(q).fetch_one(c).await)?)
}

/// Rows older than `before` that are not sealed, stopping at a thousand, and the moment of the oldest; looks at the newest
/// rows alone.
pub async fn count_unsealed_before(tx: &mut Tx, before: Instant) -> Result<(i64, Option<i64>)> {
    let q = "SELECT COUNT(*), MIN(u.at) FROM (SELECT r.id, r.at FROM audit_rows r LEFT JOIN audit_seals s ON s.row_id = r.id
             WHERE r.id > (SELECT COALESCE(MAX(row_id), 0) - 10000 FROM audit_seals)
               AND s.row_id IS NULL AND r.at < $1 ORDER BY r.id LIMIT 1000) AS u";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(before.0).fetch_one(c).await)?)
}

/// What a search of the record is narrowed to.
#[derive(Debug, Clone, Copy)]
pub struct AuditFilter<'a> {
    /// Rows of these offices, where neither a person nor a dossier narrows the search.
    pub offices: &'a [i64],
    /// Kinds of objects that are every unit's: rows of no office about them are found beside those of the offices.
    pub common: &'a [&'a str],
    /// What that member of staff did and what was done about them, in those offices or in none.
    pub person: Option<Uuid>,
    /// What was done with that dossier, wherever; with a person, by them.
    pub dossier: Option<Uuid>,
    /// Names of acts; none for all.
    pub acts: &'a [&'a str],
    /// The first moment.
    pub from: Instant,
    /// The first moment that is too late.
    pub to: Instant,
}

/// One way along an index.
enum Walk<'a> {
    /// What was done in an office.
    In(i64),
    /// What was done about such objects, in no office.
    Common(&'a str),
    /// What a member of staff did.
    By(Uuid),
    /// What others did about a member of staff.
    About(Uuid),
    /// What was done with a dossier.
    With(Uuid),
}

/// Rows of the record, the newest first, older than that moment and number when they are given. Each way goes by an
/// index of its own and ends with the page, so the length of the record does not matter.
pub async fn search_rows(
    tx: &mut Tx,
    filter: &AuditFilter<'_>,
    older: Option<(i64, i64)>,
    limit: i64,
) -> Result<Vec<AuditRow>> {
    if filter.offices.is_empty() {
        return Ok(Vec::new());
    }
    let (at, id) = older.unwrap_or((filter.to.0, 0));
    let walks: Vec<Walk<'_>> = match (filter.dossier, filter.person) {
        (Some(dossier), _) => vec![Walk::With(dossier)],
        (None, Some(person)) => vec![Walk::By(person), Walk::About(person)],
        (None, None) => {
            let everywhere = filter.common.iter().copied().map(Walk::Common);
            filter.offices.iter().copied().map(Walk::In).chain(everywhere).collect()
        }
    };
    Ok(on_engine!(tx, |c| {
        let mut q = QueryBuilder::new("");
        for (number, walk) in walks.iter().enumerate() {
            q.push(if number == 0 { "SELECT * FROM (" } else { " UNION ALL SELECT * FROM (" });
            q.push(concat!("SELECT ", columns!(), " FROM audit_rows r WHERE r.at >= ")).push_bind(filter.from.0);
            q.push(" AND (r.at, r.id) < (").push_bind(at).push(", ").push_bind(id).push(")");
            match walk {
                Walk::In(office) => {
                    q.push(" AND r.office_id = ").push_bind(*office);
                }
                Walk::Common(kind) => {
                    // The sign keeps the engine off the index by office: residents fill the rows of no office.
                    q.push(" AND +r.office_id IS NULL AND r.object_kind = ").push_bind((*kind).to_owned());
                }
                Walk::By(person) => {
                    q.push(" AND r.actor_id = ").push_bind(*person);
                }
                Walk::About(person) => {
                    q.push(" AND r.object_kind = 'staff' AND r.object_id = ").push_bind(person.to_string());
                    // The person's own acts came by the other way.
                    q.push(" AND (r.actor_id IS NULL OR r.actor_id <> ").push_bind(*person).push(")");
                }
                Walk::With(dossier) => {
                    q.push(" AND r.object_kind = 'dossier' AND r.object_id = ").push_bind(dossier.to_string());
                    if let Some(person) = filter.person {
                        q.push(" AND r.actor_id = ").push_bind(person);
                    }
                }
            }
            if matches!(walk, Walk::By(_) | Walk::About(_)) {
                q.push(" AND (r.office_id IS NULL OR r.office_id IN (");
                let mut list = q.separated(", ");
                for office in filter.offices {
                    list.push_bind(*office);
                }
                q.push("))");
            }
            if !filter.acts.is_empty() {
                q.push(" AND r.act IN (");
                let mut list = q.separated(", ");
                for act in filter.acts {
                    list.push_bind((*act).to_owned());
                }
                q.push(")");
            }
            q.push(" ORDER BY r.at DESC, r.id DESC LIMIT ").push_bind(limit).push(") AS w");
        }
        q.push(" ORDER BY at DESC, id DESC LIMIT ").push_bind(limit);
        q.build_query_as().fetch_all(c).await
    })?)
}

/// Codes of those dossiers, or their temporary codes; of sensitive ones none.
pub async fn codes_of(tx: &mut Tx, ids: &[Uuid]) -> Result<Vec<(Uuid, String)>> {
    let select = "SELECT id, COALESCE(code, temporary_code, '') FROM dossiers WHERE NOT sensitive AND id IN (";
    names(tx, select, ids).await
}

/// Logins of those members of staff.
pub async fn logins_of(tx: &mut Tx, ids: &[Uuid]) -> Result<Vec<(Uuid, String)>> {
    names(tx, "SELECT id, login FROM staff WHERE id IN (", ids).await
}

async fn names(tx: &mut Tx, select: &'static str, ids: &[Uuid]) -> Result<Vec<(Uuid, String)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(on_engine!(tx, |c| {
        let mut q = QueryBuilder::new(select);
        let mut list = q.separated(", ");
        for id in ids {
            list.push_bind(*id);
        }
        q.push(")");
        q.build_query_as().fetch_all(c).await
    })?)
}
