//! Dossiers: the columns that queues and lists need. The truth they are rebuilt from is in `events`.

use crate::{Result, StoreError, Tx, drafts::Typed, on_engine};
use domain::dossier::Dossier;
use serde::{Deserialize, Serialize};
use sqlx::{QueryBuilder, types::Json};
use uuid::Uuid;

/// A paper that the dossier holds: ticked at the counter or uploaded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperListed {
    pub name: String,
    pub originals: u32,
    pub copies: u32,
}

#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct DossierRow {
    /// Where it was filed: part of the key of everything about it, for good.
    pub office_id: i64,
    pub id: Uuid,
    /// Who resolves it now. Rights and queues go by this.
    pub resolving_office: i64,
    pub code: Option<String>,
    pub temporary_code: Option<String>,
    pub lookup_code: String,
    pub status: i64,
    pub sub_state: String,
    pub assignee: Option<Uuid>,
    pub holder_role: String,
    pub channel: String,
    pub source: String,
    pub account_id: Option<Uuid>,
    pub applicant_name: String,
    pub applicant_id: String,
    pub applicant_phone: String,
    pub applicant_address: String,
    /// The organisation it was filed for online; who acts for that sees it.
    pub organisation_id: Option<Uuid>,
    /// Tax number, name and address of the organisation it is for, as they were when it was filed; none where the
    /// applicant files for nobody else.
    pub organisation_number: Option<String>,
    pub organisation_name: Option<String>,
    pub organisation_address: Option<String>,
    pub search_text: String,
    pub procedure_code: String,
    pub procedure_name: String,
    pub procedure_version: Uuid,
    pub calendar_version: String,
    pub form_key: String,
    pub form_version: i64,
    #[sqlx(json)]
    pub typed: Typed,
    #[sqlx(json)]
    pub papers_listed: Vec<PaperListed>,
    #[sqlx(json)]
    pub state: Dossier,
    pub sensitive: bool,
    pub submitted_at: Option<i64>,
    pub accept_by: Option<i64>,
    pub received_at: Option<i64>,
    pub original_due_at: Option<i64>,
    pub due_at: Option<i64>,
    pub finished_at: Option<i64>,
    pub delivered_at: Option<i64>,
    pub queue_at: i64,
    /// Since when the clock of its term stands still.
    pub paused_at: Option<i64>,
    /// From when the limit that runs is due soon.
    pub due_soon_at: Option<i64>,
    /// When the step where it lies is to be done by.
    pub step_due_at: Option<i64>,
    pub corrects: Option<Uuid>,
    pub updated_at: i64,
    pub version: i64,
    /// What the unit said of the procedure when it was received; none where it said nothing.
    pub local_part: Option<Uuid>,
}

/// The columns of [`DossierRow`].
macro_rules! dossier_columns {
    () => {
        "office_id, id, resolving_office, code, temporary_code, lookup_code, status, sub_state, assignee, holder_role,
         channel, source, account_id, applicant_name, applicant_id, applicant_phone, applicant_address, search_text, procedure_code,
         procedure_name, procedure_version, calendar_version, form_key, form_version, typed, papers_listed, state,
         sensitive, submitted_at, accept_by, received_at, original_due_at, due_at, finished_at, delivered_at, queue_at,
         paused_at, due_soon_at, step_due_at, corrects, updated_at, version, organisation_id, organisation_number,
         organisation_name, organisation_address, local_part"
    };
}

pub async fn insert_dossier(tx: &mut Tx, row: &DossierRow) -> Result<()> {
    let q = concat!(
        "INSERT INTO dossiers (",
        dossier_columns!(),
        ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
           $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42,
           $43, $44, $45, $46, $47)"
    );
    on_engine!(tx, |c| sqlx::query(q)
        .bind(row.office_id)
        .bind(row.id)
        .bind(row.resolving_office)
        .bind(&row.code)
        .bind(&row.temporary_code)
        .bind(&row.lookup_code)
        .bind(row.status)
        .bind(&row.sub_state)
        .bind(row.assignee)
        .bind(&row.holder_role)
        .bind(&row.channel)
        .bind(&row.source)
        .bind(row.account_id)
        .bind(&row.applicant_name)
        .bind(&row.applicant_id)
        .bind(&row.applicant_phone)
        .bind(&row.applicant_address)
        .bind(&row.search_text)
        .bind(&row.procedure_code)
        .bind(&row.procedure_name)
        .bind(row.procedure_version)
        .bind(&row.calendar_version)
        .bind(&row.form_key)
        .bind(row.form_version)
        .bind(Json(&row.typed))
        .bind(Json(&row.papers_listed))
        .bind(Json(&row.state))
        .bind(row.sensitive)
        .bind(row.submitted_at)
        .bind(row.accept_by)
        .bind(row.received_at)
        .bind(row.original_due_at)
        .bind(row.due_at)
        .bind(row.finished_at)
        .bind(row.delivered_at)
        .bind(row.queue_at)
        .bind(row.paused_at)
        .bind(row.due_soon_at)
        .bind(row.step_due_at)
        .bind(row.corrects)
        .bind(row.updated_at)
        .bind(row.version)
        .bind(row.organisation_id)
        .bind(&row.organisation_number)
        .bind(&row.organisation_name)
        .bind(&row.organisation_address)
        .bind(row.local_part)
        .execute(c)
        .await
        .map(drop))
    .map_err(crate::db::duplicate("dossier"))
}

/// Enters a code in the directory. `Duplicate` when it names a dossier already.
pub async fn insert_code(tx: &mut Tx, code: &str, office: i64, dossier: Uuid) -> Result<()> {
    let q = "INSERT INTO dossier_codes (code, office_id, dossier_id) VALUES ($1, $2, $3)";
    on_engine!(tx, |c| sqlx::query(q).bind(code).bind(office).bind(dossier).execute(c).await.map(drop))
        .map_err(crate::db::duplicate("dossier code"))
}

pub async fn dossier_by_id(tx: &mut Tx, id: Uuid) -> Result<Option<DossierRow>> {
    let q = concat!("SELECT ", dossier_columns!(), " FROM dossiers WHERE id = $1");
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(id).fetch_optional(c).await)?)
}

/// Those of them that exist, in no order.
pub async fn dossiers_by_ids(tx: &mut Tx, ids: &[Uuid]) -> Result<Vec<DossierRow>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(on_engine!(tx, |c| {
        let mut q = QueryBuilder::new(concat!("SELECT ", dossier_columns!(), " FROM dossiers WHERE id IN ("));
        let mut list = q.separated(", ");
        for id in ids {
            list.push_bind(*id);
        }
        q.push(")");
        q.build_query_as().fetch_all(c).await
    })?)
}

/// One dossier, held until the transaction ends: whoever acts on it at the same time waits, and sees what was done.
pub async fn hold_dossier(tx: &mut Tx, id: Uuid) -> Result<Option<DossierRow>> {
    macro_rules! by_id {
        ($lock:literal) => {
            concat!("SELECT ", dossier_columns!(), " FROM dossiers WHERE id = $1", $lock)
        };
    }
    // On SQLite the transaction that writes is the only one anyway.
    let q = tx.pick(by_id!(""), by_id!(" FOR UPDATE"));
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(id).fetch_optional(c).await)?)
}

/// By the code of reception or the temporary code, through the directory.
pub async fn dossier_by_code(tx: &mut Tx, code: &str) -> Result<Option<DossierRow>> {
    let q = "SELECT dossier_id FROM dossier_codes WHERE code = $1";
    let id: Option<Uuid> = on_engine!(tx, |c| sqlx::query_scalar(q).bind(code).fetch_optional(c).await)?;
    match id {
        Some(id) => dossier_by_id(tx, id).await,
        None => Ok(None),
    }
}

/// Dossiers that an account filed for itself, the newest change first.
pub async fn dossiers_of_account(tx: &mut Tx, account: Uuid, limit: i64) -> Result<Vec<DossierRow>> {
    let q = concat!(
        "SELECT ",
        dossier_columns!(),
        " FROM dossiers WHERE account_id = $1 AND organisation_id IS NULL ORDER BY updated_at DESC, id DESC LIMIT $2"
    );
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(account).bind(limit).fetch_all(c).await)?)
}

/// Dossiers of a personal number that lie with no account, of no organisation, and about which nobody had to say whose they
/// are: as a counter receives them. The newest change first.
pub async fn dossiers_of_number(tx: &mut Tx, citizen_id: &str, limit: i64) -> Result<Vec<DossierRow>> {
    // Every office is named, so that the index of persons is used, which has the office in front.
    let q = concat!(
        "SELECT ",
        dossier_columns!(),
        " FROM dossiers WHERE resolving_office IN (SELECT id FROM offices) AND applicant_id = $1
            AND account_id IS NULL AND organisation_number IS NULL
            AND NOT EXISTS (SELECT 1 FROM disputed_dossiers q
              WHERE q.office_id = dossiers.office_id AND q.dossier_id = dossiers.id)
          ORDER BY updated_at DESC, id DESC LIMIT $2"
    );
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(citizen_id).bind(limit).fetch_all(c).await)?)
}

/// Dossiers of these organisations, whoever filed them, the newest change first.
pub async fn dossiers_of_organisations(tx: &mut Tx, organisations: &[Uuid], limit: i64) -> Result<Vec<DossierRow>> {
    if organisations.is_empty() {
        return Ok(Vec::new());
    }
    Ok(on_engine!(tx, |c| {
        let mut q =
            QueryBuilder::new(concat!("SELECT ", dossier_columns!(), " FROM dossiers WHERE organisation_id IN ("));
        let mut list = q.separated(", ");
        for organisation in organisations {
            list.push_bind(*organisation);
        }
        q.push(") ORDER BY updated_at DESC, id DESC LIMIT ").push_bind(limit);
        q.build_query_as().fetch_all(c).await
    })?)
}

/// Open dossiers of that organisation, by its tax number, for that procedure that the office resolves: never two for one
/// matter, whoever brings it.
pub async fn open_dossiers_of_organisation(
    tx: &mut Tx,
    office: i64,
    number: &str,
    procedure_code: &str,
) -> Result<Vec<DossierRow>> {
    let q = concat!(
        "SELECT ",
        dossier_columns!(),
        " FROM dossiers WHERE resolving_office = $1 AND organisation_number = $2 AND procedure_code = $3
          AND status NOT IN (3, 7, 8, 10) ORDER BY updated_at DESC LIMIT 20"
    );
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(office).bind(number).bind(procedure_code).fetch_all(c).await)?)
}

/// Open dossiers that the person files for nobody else, for that procedure, that the office resolves: never two for one
/// matter.
pub async fn open_dossiers_of_person(
    tx: &mut Tx,
    office: i64,
    citizen_id: &str,
    procedure_code: &str,
) -> Result<Vec<DossierRow>> {
    let q = concat!(
        "SELECT ",
        dossier_columns!(),
        " FROM dossiers WHERE resolving_office = $1 AND applicant_id = $2 AND procedure_code = $3
          AND organisation_number IS NULL AND status NOT IN (3, 7, 8, 10) ORDER BY updated_at DESC LIMIT 20"
    );
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(office).bind(citizen_id).bind(procedure_code).fetch_all(c).await)?)
}

/// Saves the moving columns; fails with `Stale` when somebody else moved the dossier since `seen`.
pub async fn save_dossier(tx: &mut Tx, row: &DossierRow, seen: i64) -> Result<()> {
    let q = "UPDATE dossiers SET code = $4, status = $5, sub_state = $6, assignee = $7, holder_role = $8, state = $9,
               typed = $10, papers_listed = $11, accept_by = $12, received_at = $13, original_due_at = $14, due_at = $15,
               finished_at = $16, delivered_at = $17, queue_at = $18, search_text = $19, calendar_version = $20,
               updated_at = $21, resolving_office = $22, paused_at = $23, due_soon_at = $24, step_due_at = $25,
               local_part = $26, version = version + 1
             WHERE office_id = $1 AND id = $2 AND version = $3 RETURNING version";
    let version: Option<i64> = on_engine!(tx, |c| sqlx::query_scalar(q)
        .bind(row.office_id)
        .bind(row.id)
        .bind(seen)
        .bind(&row.code)
        .bind(row.status)
        .bind(&row.sub_state)
        .bind(row.assignee)
        .bind(&row.holder_role)
        .bind(Json(&row.state))
        .bind(Json(&row.typed))
        .bind(Json(&row.papers_listed))
        .bind(row.accept_by)
        .bind(row.received_at)
        .bind(row.original_due_at)
        .bind(row.due_at)
        .bind(row.finished_at)
        .bind(row.delivered_at)
        .bind(row.queue_at)
        .bind(&row.search_text)
        .bind(&row.calendar_version)
        .bind(row.updated_at)
        .bind(row.resolving_office)
        .bind(row.paused_at)
        .bind(row.due_soon_at)
        .bind(row.step_due_at)
        .bind(row.local_part)
        .fetch_optional(c)
        .await)?;
    version.map(drop).ok_or(StoreError::Stale)
}

/// Dossiers filed with an office and received from `from` up to but not at `to`, in the order of reception.
pub async fn received_between(
    tx: &mut Tx,
    office: i64,
    from: domain::time::Instant,
    to: domain::time::Instant,
    limit: i64,
) -> Result<Vec<DossierRow>> {
    let q = concat!(
        "SELECT ",
        dossier_columns!(),
        " FROM dossiers WHERE office_id = $1 AND received_at >= $2 AND received_at < $3
          ORDER BY received_at, id LIMIT $4"
    );
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(office).bind(from.0).bind(to.0).bind(limit).fetch_all(c).await)?)
}
