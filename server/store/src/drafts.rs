//! Drafts: what a resident typed, right or wrong, kept as the form's state.

use crate::{Result, StoreError, Tx, on_engine};
use domain::time::Instant;
use sqlx::{QueryBuilder, types::Json};
use uuid::Uuid;

pub use domain::question::Typed;

#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct DraftRow {
    pub id: Uuid,
    pub account_id: Uuid,
    /// The organisation it is filled in for; none for oneself.
    pub organisation_id: Option<Uuid>,
    pub office_id: i64,
    pub procedure_version: Uuid,
    pub procedure_code: String,
    pub form_key: String,
    pub form_version: i64,
    #[sqlx(json)]
    pub typed: Typed,
    /// Topics the resident has sent at least once: problems are shown for these alone.
    #[sqlx(json)]
    pub seen_topics: Vec<String>,
    /// Questions (paths) answered out of an earlier dossier whose topic was not saved since.
    #[sqlx(json)]
    pub prefilled: Vec<String>,
    pub version: i64,
    pub created_at: i64,
    pub updated_at: i64,
    pub submitted_as: Option<Uuid>,
    pub dropped_at: Option<i64>,
    /// What the unit said of the procedure when it was begun; none where it said nothing.
    pub local_part: Option<Uuid>,
}

macro_rules! columns {
    () => {
        "id, account_id, organisation_id, office_id, procedure_version, procedure_code, form_key, form_version, typed, seen_topics,
         prefilled, version, created_at, updated_at, submitted_as, dropped_at, local_part"
    };
}

pub async fn insert_draft(tx: &mut Tx, row: &DraftRow) -> Result<()> {
    let q = "INSERT INTO drafts (id, account_id, office_id, procedure_version, procedure_code, form_key, form_version,
               typed, seen_topics, version, created_at, updated_at, organisation_id, prefilled, local_part)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
    Ok(on_engine!(tx, |c| sqlx::query(q)
        .bind(row.id)
        .bind(row.account_id)
        .bind(row.office_id)
        .bind(row.procedure_version)
        .bind(&row.procedure_code)
        .bind(&row.form_key)
        .bind(row.form_version)
        .bind(Json(&row.typed))
        .bind(Json(&row.seen_topics))
        .bind(row.version)
        .bind(row.created_at)
        .bind(row.updated_at)
        .bind(row.organisation_id)
        .bind(Json(&row.prefilled))
        .bind(row.local_part)
        .execute(c)
        .await
        .map(drop))?)
}

pub async fn draft_by_id(tx: &mut Tx, id: Uuid) -> Result<Option<DraftRow>> {
    let q = concat!("SELECT ", columns!(), " FROM drafts WHERE id = $1");
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(id).fetch_optional(c).await)?)
}

/// Drafts still being filled in, newest first.
pub async fn open_drafts_of(tx: &mut Tx, account: Uuid) -> Result<Vec<DraftRow>> {
    let q = concat!(
        "SELECT ",
        columns!(),
        " FROM drafts WHERE account_id = $1 AND submitted_as IS NULL AND dropped_at IS NULL
          ORDER BY updated_at DESC LIMIT 50"
    );
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(account).fetch_all(c).await)?)
}

/// Saves what was typed. `Stale` when another window saved first or the draft was submitted.
pub async fn save_draft(
    tx: &mut Tx,
    id: Uuid,
    seen: i64,
    typed: &Typed,
    seen_topics: &[String],
    prefilled: &[String],
    at: Instant,
) -> Result<i64> {
    let q = "UPDATE drafts SET typed = $3, seen_topics = $4, updated_at = $5, prefilled = $6, version = version + 1
             WHERE id = $1 AND version = $2 AND submitted_as IS NULL AND dropped_at IS NULL RETURNING version";
    on_engine!(tx, |c| sqlx::query_scalar(q)
        .bind(id)
        .bind(seen)
        .bind(Json(typed))
        .bind(Json(seen_topics))
        .bind(at.0)
        .bind(Json(prefilled))
        .fetch_optional(c)
        .await)?
    .ok_or(StoreError::Stale)
}

/// Marks the draft as submitted. `Stale` when it was submitted already.
pub async fn submit_draft(tx: &mut Tx, id: Uuid, dossier: Uuid, at: Instant) -> Result<()> {
    let q = "UPDATE drafts SET submitted_as = $2, updated_at = $3, version = version + 1
             WHERE id = $1 AND submitted_as IS NULL AND dropped_at IS NULL RETURNING id";
    let done: Option<Uuid> =
        on_engine!(tx, |c| sqlx::query_scalar(q).bind(id).bind(dossier).bind(at.0).fetch_optional(c).await)?;
    done.map(drop).ok_or(StoreError::Stale)
}

/// Sets a draft aside for good: its row stays, what was typed goes.
pub async fn drop_draft(tx: &mut Tx, id: Uuid, at: Instant) -> Result<()> {
    let q = "UPDATE drafts SET dropped_at = $2, typed = $3, version = version + 1
             WHERE id = $1 AND submitted_as IS NULL";
    let nothing = Json(Typed::new());
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(id).bind(at.0).bind(&nothing).execute(c).await.map(drop))?)
}

/// Drafts that were not saved since that moment and are still being filled in, the longest untouched first.
pub async fn idle_drafts(tx: &mut Tx, before: Instant, limit: i64) -> Result<Vec<Uuid>> {
    let q = "SELECT id FROM drafts WHERE updated_at < $1 AND submitted_as IS NULL AND dropped_at IS NULL
             ORDER BY updated_at LIMIT $2";
    Ok(on_engine!(tx, |c| sqlx::query_scalar(q).bind(before.0).bind(limit).fetch_all(c).await)?)
}

/// Drafts of that person for that procedure that were begun for one of these offices, for the counter: never two
/// dossiers for one matter.
pub async fn open_drafts_of_person(
    tx: &mut Tx,
    offices: &[i64],
    citizen_id: &str,
    procedure_code: &str,
) -> Result<Vec<DraftRow>> {
    if offices.is_empty() {
        return Ok(Vec::new());
    }
    Ok(on_engine!(tx, |c| {
        let mut q = QueryBuilder::new(
            "SELECT d.id, d.account_id, d.organisation_id, d.office_id, d.procedure_version, d.procedure_code, d.form_key, d.form_version,
               d.typed, d.seen_topics, d.prefilled, d.version, d.created_at, d.updated_at, d.submitted_as, d.dropped_at, d.local_part
             FROM drafts d JOIN accounts a ON a.id = d.account_id
             WHERE d.submitted_as IS NULL AND d.dropped_at IS NULL AND a.citizen_id = ",
        );
        q.push_bind(citizen_id.to_owned()).push(" AND d.procedure_code = ").push_bind(procedure_code.to_owned());
        q.push(" AND d.office_id IN (");
        let mut list = q.separated(", ");
        for office in offices {
            list.push_bind(*office);
        }
        q.push(") ORDER BY d.updated_at DESC LIMIT 10");
        q.build_query_as().fetch_all(c).await
    })?)
}

/// What was typed so far in answer to a request for supplement.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AnswerDraftRow {
    #[sqlx(json)]
    pub typed: Typed,
    pub updated_at: i64,
}

/// Keeps what was typed in answer to a request, in place of what was kept before.
pub async fn save_answer_draft(tx: &mut Tx, office: i64, dossier: Uuid, typed: &Typed, at: Instant) -> Result<()> {
    let q = "INSERT INTO answer_drafts (office_id, dossier_id, typed, updated_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (office_id, dossier_id)
             DO UPDATE SET typed = excluded.typed, updated_at = excluded.updated_at";
    Ok(on_engine!(tx, |c| sqlx::query(q)
        .bind(office)
        .bind(dossier)
        .bind(Json(typed))
        .bind(at.0)
        .execute(c)
        .await
        .map(drop))?)
}

pub async fn answer_draft_of(tx: &mut Tx, office: i64, dossier: Uuid) -> Result<Option<AnswerDraftRow>> {
    let q = "SELECT typed, updated_at FROM answer_drafts WHERE office_id = $1 AND dossier_id = $2";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(office).bind(dossier).fetch_optional(c).await)?)
}

/// Forgets what was kept of an answer.
pub async fn delete_answer_draft(tx: &mut Tx, office: i64, dossier: Uuid) -> Result<()> {
    let q = "DELETE FROM answer_drafts WHERE office_id = $1 AND dossier_id = $2";
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(office).bind(dossier).execute(c).await.map(drop))?)
}
