//! Proofs of accounts, the codes printed with them, and the dossiers that wait for a clerk since their number changed
//! hands.

use crate::{Result, StoreError, Tx, on_engine};
use domain::time::Instant;
use sqlx::QueryBuilder;
use uuid::Uuid;

/// That an account is its owner's: somebody of the office saw the person and the card, or an identity provider did.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ProofRow {
    pub account_id: Uuid,
    pub id: Uuid,
    pub level: i64,
    /// `counter` or `identity_provider`.
    pub how: String,
    pub at: i64,
    /// Where and by whom it was given, at the counter.
    pub office_id: Option<i64>,
    pub staff_id: Option<Uuid>,
    pub staff_name: Option<String>,
    /// The account that held the number before, when it had to give it back.
    pub taken_from: Option<Uuid>,
}

/// A code that sets a new password once. Only its hash is kept.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct CodeRow {
    pub account_id: Uuid,
    /// The proof it was drawn with.
    pub id: Uuid,
    pub code_hash: String,
    pub issued_at: i64,
    pub expires_at: i64,
    pub used_at: Option<i64>,
    /// When a newer code took its place.
    pub replaced_at: Option<i64>,
}

/// A dossier that is shown to no resident until a clerk has said whose it is.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct DisputedRow {
    pub office_id: i64,
    pub dossier_id: Uuid,
    pub filed_by: Uuid,
    pub owner: Uuid,
    pub since: i64,
    pub code: String,
    pub applicant_name: String,
    pub procedure_name: String,
    pub sensitive: bool,
}

pub async fn insert_proof(tx: &mut Tx, row: &ProofRow) -> Result<()> {
    let q = "INSERT INTO account_proofs (account_id, id, level, how, at, office_id, staff_id, staff_name, taken_from)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    Ok(on_engine!(tx, |c| sqlx::query(q)
        .bind(row.account_id)
        .bind(row.id)
        .bind(row.level)
        .bind(&row.how)
        .bind(row.at)
        .bind(row.office_id)
        .bind(row.staff_id)
        .bind(&row.staff_name)
        .bind(row.taken_from)
        .execute(c)
        .await
        .map(drop))?)
}

pub async fn proof_by_id(tx: &mut Tx, id: Uuid) -> Result<Option<ProofRow>> {
    let q = "SELECT account_id, id, level, how, at, office_id, staff_id, staff_name, taken_from
             FROM account_proofs WHERE id = $1";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(id).fetch_optional(c).await)?)
}

/// The newest proof of an account.
pub async fn last_proof_of(tx: &mut Tx, account: Uuid) -> Result<Option<ProofRow>> {
    let q = "SELECT account_id, id, level, how, at, office_id, staff_id, staff_name, taken_from
             FROM account_proofs WHERE account_id = $1 ORDER BY id DESC LIMIT 1";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(account).fetch_optional(c).await)?)
}

/// Every proof of an account, the newest first.
pub async fn proofs_of(tx: &mut Tx, account: Uuid) -> Result<Vec<ProofRow>> {
    let q = "SELECT account_id, id, level, how, at, office_id, staff_id, staff_name, taken_from
             FROM account_proofs WHERE account_id = $1 ORDER BY id DESC";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(account).fetch_all(c).await)?)
}

/// Puts a code in the place of those the account has.
pub async fn replace_code(tx: &mut Tx, row: &CodeRow) -> Result<()> {
    let q = "UPDATE account_codes SET replaced_at = $2
             WHERE account_id = $1 AND used_at IS NULL AND replaced_at IS NULL";
    on_engine!(tx, |c| sqlx::query(q).bind(row.account_id).bind(row.issued_at).execute(c).await.map(drop))?;
    let q = "INSERT INTO account_codes (account_id, id, code_hash, issued_at, expires_at) VALUES ($1, $2, $3, $4, $5)";
    Ok(on_engine!(tx, |c| sqlx::query(q)
        .bind(row.account_id)
        .bind(row.id)
        .bind(&row.code_hash)
        .bind(row.issued_at)
        .bind(row.expires_at)
        .execute(c)
        .await
        .map(drop))?)
}

/// The code of an account that still opens something.
pub async fn open_code_of(tx: &mut Tx, account: Uuid, now: Instant) -> Result<Option<CodeRow>> {
    let q = "SELECT account_id, id, code_hash, issued_at, expires_at, used_at, replaced_at FROM account_codes
             WHERE account_id = $1 AND used_at IS NULL AND replaced_at IS NULL AND expires_at > $2
             ORDER BY id DESC LIMIT 1";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(account).bind(now.0).fetch_optional(c).await)?)
}

/// The code that was drawn with a proof, whatever became of it.
pub async fn code_of_proof(tx: &mut Tx, account: Uuid, proof: Uuid) -> Result<Option<CodeRow>> {
    let q = "SELECT account_id, id, code_hash, issued_at, expires_at, used_at, replaced_at FROM account_codes
             WHERE account_id = $1 AND id = $2";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(account).bind(proof).fetch_optional(c).await)?)
}

/// Uses a code up; answers whether it was still there to use.
pub async fn use_code(tx: &mut Tx, account: Uuid, id: Uuid, now: Instant) -> Result<bool> {
    let q = "UPDATE account_codes SET used_at = $3
             WHERE account_id = $1 AND id = $2 AND used_at IS NULL AND replaced_at IS NULL AND expires_at > $3";
    let done = on_engine!(tx, |c| sqlx::query(q)
        .bind(account)
        .bind(id)
        .bind(now.0)
        .execute(c)
        .await
        .map(|d| d.rows_affected()))?;
    Ok(done == 1)
}

/// Forgets codes that ran out before that moment.
pub async fn forget_old_codes(tx: &mut Tx, before: Instant) -> Result<()> {
    let q = "DELETE FROM account_codes WHERE expires_at < $1";
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(before.0).execute(c).await.map(drop))?)
}

/// Takes every dossier that an account filed for itself out of its sight, for a clerk to look at; answers how many. What
/// it filed for an organisation goes with that.
pub async fn dispute_dossiers(tx: &mut Tx, filed_by: Uuid, owner: Uuid, now: Instant) -> Result<u64> {
    let q = "INSERT INTO disputed_dossiers (office_id, dossier_id, filed_by, owner, since)
             SELECT office_id, id, account_id, $2, $3 FROM dossiers WHERE account_id = $1 AND organisation_id IS NULL
             ON CONFLICT (office_id, dossier_id) DO UPDATE SET filed_by = excluded.filed_by, owner = excluded.owner,
               since = excluded.since, settled_at = NULL, settled_by = NULL, belongs = NULL";
    let done = on_engine!(tx, |c| sqlx::query(q)
        .bind(filed_by)
        .bind(owner)
        .bind(now.0)
        .execute(c)
        .await
        .map(|done| done.rows_affected()))?;
    let q = "UPDATE dossiers SET account_id = NULL WHERE account_id = $1 AND organisation_id IS NULL";
    on_engine!(tx, |c| sqlx::query(q).bind(filed_by).execute(c).await.map(drop))?;
    Ok(done)
}

/// Says whose a disputed dossier is. `Stale` when it was said already, or was never asked.
pub async fn settle_dispute(
    tx: &mut Tx,
    office: i64,
    dossier: Uuid,
    by: Uuid,
    belongs: &str,
    now: Instant,
) -> Result<Uuid> {
    let q = "UPDATE disputed_dossiers SET settled_at = $3, settled_by = $4, belongs = $5
             WHERE office_id = $1 AND dossier_id = $2 AND settled_at IS NULL RETURNING owner";
    let owner: Option<Uuid> = on_engine!(tx, |c| sqlx::query_scalar(q)
        .bind(office)
        .bind(dossier)
        .bind(now.0)
        .bind(by)
        .bind(belongs)
        .fetch_optional(c)
        .await)?;
    owner.ok_or(StoreError::Stale)
}

/// Whether somebody had, or has, to say whose that dossier is.
pub async fn was_disputed(tx: &mut Tx, office: i64, dossier: Uuid) -> Result<bool> {
    let q = "SELECT COUNT(*) FROM disputed_dossiers WHERE office_id = $1 AND dossier_id = $2";
    let count: i64 = on_engine!(tx, |c| sqlx::query_scalar(q).bind(office).bind(dossier).fetch_one(c).await)?;
    Ok(count > 0)
}

/// Gives a dossier to an account.
pub async fn give_dossier(tx: &mut Tx, office: i64, dossier: Uuid, account: Uuid) -> Result<()> {
    let q = "UPDATE dossiers SET account_id = $3 WHERE office_id = $1 AND id = $2";
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(office).bind(dossier).bind(account).execute(c).await.map(drop))?)
}

/// Disputed dossiers that those offices resolve, the oldest first.
pub async fn disputed_dossiers(tx: &mut Tx, offices: &[i64], limit: i64) -> Result<Vec<DisputedRow>> {
    Ok(on_engine!(tx, |c| {
        let mut q = QueryBuilder::new(
            "SELECT q.office_id, q.dossier_id, q.filed_by, q.owner, q.since,
               COALESCE(d.code, d.temporary_code, '') AS code, d.applicant_name, d.procedure_name, d.sensitive
             FROM disputed_dossiers q JOIN dossiers d ON d.office_id = q.office_id AND d.id = q.dossier_id
             WHERE q.settled_at IS NULL AND d.resolving_office IN (",
        );
        let mut list = q.separated(", ");
        for office in offices {
            list.push_bind(*office);
        }
        q.push(") ORDER BY q.since, q.dossier_id LIMIT ").push_bind(limit);
        q.build_query_as().fetch_all(c).await
    })?)
}

/// How many dossiers wait until a clerk has said whether they are this owner's: a hundred at most.
pub async fn count_disputed_of(tx: &mut Tx, owner: Uuid) -> Result<i64> {
    let q = "SELECT COUNT(*) FROM
             (SELECT 1 FROM disputed_dossiers WHERE owner = $1 AND settled_at IS NULL LIMIT 100) AS counted";
    Ok(on_engine!(tx, |c| sqlx::query_scalar(q).bind(owner).fetch_one(c).await)?)
}

/// The sensitive ones of them.
pub async fn sensitive_disputed_of(tx: &mut Tx, owner: Uuid) -> Result<Vec<Uuid>> {
    let q = "SELECT d.id FROM disputed_dossiers q JOIN dossiers d ON d.office_id = q.office_id AND d.id = q.dossier_id
             WHERE q.owner = $1 AND q.settled_at IS NULL AND d.sensitive LIMIT 100";
    Ok(on_engine!(tx, |c| sqlx::query_scalar(q).bind(owner).fetch_all(c).await)?)
}
