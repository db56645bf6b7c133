//! The record: who did and saw what.
//!
//! Rows are written in the act's own transaction and carry no hash, so no act waits for another. One sealer,
//! holding a lease, chains them within a second, in the order it sees them. An edited, deleted or reordered row
//! breaks the chain and [`Office::verify_audit`] says where.

use crate::{Office, Result, Who};
use serde_json::Value;
use sha2::{Digest, Sha256};
pub use store::audit::AuditRow;
use store::{
    Tx,
    audit::{self, SealRow},
    dossiers::DossierRow,
    jobs,
};
use uuid::Uuid;

/// The thing an audit row speaks of.
#[derive(Debug, Clone)]
pub struct Object {
    pub kind: &'static str,
    pub id: String,
    pub office: Option<i64>,
}

impl Object {
    /// A dossier, in the unit that works on it.
    pub fn of(row: &DossierRow) -> Self {
        Self { kind: "dossier", id: row.id.to_string(), office: Some(row.resolving_office) }
    }
}

/// A page of the record.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditPage {
    /// The newest first.
    pub rows: Vec<AuditRow>,
    /// Where the next page goes on, when there is one.
    pub older: Option<i64>,
}

/// What the verifier found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Links of the chain that hold.
    pub sealed: i64,
    /// Rows that no link covers yet.
    pub unsealed: i64,
    /// The first link that does not hold.
    pub broken_at: Option<Broken>,
}

/// Where and how the chain breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    pub seq: i64,
    pub row_id: i64,
    pub how: Fault,
}

/// How a link fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The row's content is not what was sealed.
    Edited,
    /// The row is gone.
    Deleted,
    /// A link is missing or out of order.
    Reordered,
}

/// The hash before the first row.
const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";
/// How long the sealer's lease holds.
const LEASE_MS: i64 = 10_000;
/// Rows of a page of the record.
const AUDIT_PAGE: i64 = 50;
/// Rows sealed in one transaction.
const BATCH: i64 = 500;
/// A row that commits later than rows with so many greater ids is found by the verifier, not by the sealer.
const LATE_COMMIT: i64 = 10_000;

/// Appends one row, inside the act's transaction.
pub(crate) async fn record(
    office: &Office,
    tx: &mut Tx,
    who: &Who,
    act: &str,
    object: &Object,
    detail: Value,
) -> Result<()> {
    audit::insert_audit_row(tx, &row_of(office, who, act, object, detail)).await?;
    Ok(())
}

/// Appends many rows at once, each an act on an object with its detail.
pub(crate) async fn record_all(
    office: &Office,
    tx: &mut Tx,
    who: &Who,
    lines: Vec<(&'static str, Object, Value)>,
) -> Result<()> {
    let rows = lines.into_iter().map(|(act, object, detail)| row_of(office, who, act, &object, detail));
    audit::insert_audit_rows(tx, &rows.collect::<Vec<_>>()).await?;
    Ok(())
}

fn row_of(office: &Office, who: &Who, act: &str, object: &Object, detail: Value) -> AuditRow {
    let (actor_kind, actor_id, actor_name) = who.label();
    AuditRow {
        id: 0,
        at: office.now().0,
        actor_kind: actor_kind.into(),
        actor_id,
        actor_name,
        acting_for: who.acting_for.map(|one| one.person),
        office_id: object.office,
        act: act.into(),
        object_kind: object.kind.into(),
        object_id: object.id.clone(),
        detail,
        address: who.trace.address.clone(),
        request_id: who.trace.request_id.clone(),
    }
}

impl Office {
    /// Records a look at something, in a transaction of its own, before the page is shown.
    pub(crate) async fn record_view(&self, who: &Who, act: &str, object: &Object, detail: Value) -> Result<()> {
        let mut tx = self.db().write().await?;
        record(self, &mut tx, who, act, object, detail).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Chains the rows that wait, if the lease can be had. Answers how many links were added.
    ///
    /// **Permissions**: the program's own worker.
    pub async fn seal_audit(&self, holder: Uuid) -> Result<u64> {
        let mut sealed = 0;
        loop {
            let mut tx = self.db().write().await?;
            if !jobs::hold_lease(&mut tx, "audit-sealer", holder, self.now(), LEASE_MS).await? {
                return Ok(sealed);
            }
            let last = audit::last_seal(&mut tx).await?;
            let after = last.as_ref().map_or(0, |seal| (seal.row_id - LATE_COMMIT).max(0));
            let rows = audit::unsealed_rows(&mut tx, after, BATCH).await?;
            let (mut seq, mut hash) = last.map_or((0, GENESIS.to_string()), |seal| (seal.seq, seal.hash));
            for row in &rows {
                seq += 1;
                hash = link(&hash, seq, row);
                audit::insert_seal(&mut tx, &SealRow { seq, row_id: row.id, hash: hash.clone() }, self.now()).await?;
            }
            tx.commit().await?;
            sealed += rows.len() as u64;
            if (rows.len() as i64) < BATCH {
                return Ok(sealed);
            }
        }
    }

    /// Recomputes the whole chain.
    ///
    /// **Permissions**: the operator at the command line.
    pub async fn verify_audit(&self) -> Result<Verdict> {
        let mut tx = self.db().read().await?;
        let unsealed = audit::count_unsealed(&mut tx).await?;
        let (mut sealed, mut hash) = (0, GENESIS.to_string());
        loop {
            let seals = audit::seals_after(&mut tx, sealed, BATCH).await?;
            let Some(last) = seals.last() else { break };
            let rows = audit::rows_of_seals(&mut tx, sealed, last.seq).await?;
            let mut rows = rows.into_iter().map(|row| (row.id, row)).collect::<std::collections::HashMap<_, _>>();
            for seal in seals {
                let broken = |how| Verdict {
                    sealed,
                    unsealed,
                    broken_at: Some(Broken { seq: seal.seq, row_id: seal.row_id, how }),
                };
                if seal.seq != sealed + 1 {
                    return Ok(broken(Fault::Reordered));
                }
                let Some(row) = rows.remove(&seal.row_id) else { return Ok(broken(Fault::Deleted)) };
                hash = link(&hash, seal.seq, &row);
                if hash != seal.hash {
                    return Ok(broken(Fault::Edited));
                }
                sealed = seal.seq;
            }
        }
        Ok(Verdict { sealed, unsealed, broken_at: None })
    }

    /// The newest link of the chain: its place and its hash, to be kept where the database's owner cannot write.
    ///
    /// **Permissions**: the operator at the command line.
    pub async fn end_of_audit(&self) -> Result<Option<(i64, String)>> {
        let mut tx = self.db().read().await?;
        Ok(audit::last_seal(&mut tx).await?.map(|seal| (seal.seq, seal.hash)))
    }

    /// Whether the chain still goes through a link that was its end once. A chain that was cut or made anew does not.
    ///
    /// **Permissions**: the operator at the command line.
    pub async fn audit_goes_through(&self, seq: i64, hash: &str) -> Result<bool> {
        let mut tx = self.db().read().await?;
        let seals = audit::seals_after(&mut tx, seq - 1, 1).await?;
        Ok(seals.first().is_some_and(|seal| seal.seq == seq && seal.hash == hash))
    }

    /// A page of what was recorded of one dossier, the newest first; older than a row of the page before, when one is
    /// given. The look is recorded too.
    ///
    /// **Permissions**: [`crate::rights::Task::ReadAudit`] in the dossier's unit; when it is closed and its office has ended,
    /// in the unit that continues it.
    pub async fn audit_of_dossier(&self, who: &Who, id: Uuid, before: Option<i64>) -> Result<AuditPage> {
        let mut tx = self.db().read().await?;
        let row = self.find_dossier(&mut tx, id).await?;
        self.may_with(who, crate::rights::Task::ReadAudit, &row)?;
        let mut rows = audit::rows_of_object(&mut tx, "dossier", &id.to_string(), before, AUDIT_PAGE + 1).await?;
        drop(tx);
        let older = (rows.len() as i64 > AUDIT_PAGE).then(|| rows.truncate(AUDIT_PAGE as usize));
        let older = older.and_then(|()| rows.last()).map(|last| last.id);
        self.record_view(
            who,
            view_act(&row, "view_audit"),
            &Object::of(&row),
            serde_json::json!({ "rows": rows.len() }),
        )
        .await?;
        Ok(AuditPage { rows, older })
    }
}

/// How the record names a look at a dossier: one at a sensitive dossier by a name of its own.
pub(crate) fn view_act(row: &store::dossiers::DossierRow, act: &'static str) -> &'static str {
    match act {
        _ if !row.sensitive => act,
        "view_dossier" => "view_sensitive_dossier",
        "view_paper" => "view_sensitive_paper",
        "view_file" => "view_sensitive_file",
        "view_audit" => "view_sensitive_audit",
        "export_control_slip" => "export_sensitive_control_slip",
        other => other,
    }
}

/// The hash of a link: over the hash before it, its place and every column of its row, each with its length.
fn link(before: &str, seq: i64, row: &AuditRow) -> String {
    let mut hash = Sha256::new();
    let id = |id: Option<Uuid>| id.map_or(String::new(), |id| id.to_string());
    for part in [
        before.to_string(),
        seq.to_string(),
        row.id.to_string(),
        row.at.to_string(),
        row.actor_kind.clone(),
        id(row.actor_id),
        row.actor_name.clone(),
        id(row.acting_for),
        row.office_id.map_or(String::new(), |office| office.to_string()),
        row.act.clone(),
        row.object_kind.clone(),
        row.object_id.clone(),
        // serde_json sorts the keys of an object, so the engines' own order of keys does not matter.
        row.detail.to_string(),
        row.address.clone(),
        row.request_id.clone(),
    ] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    hex::encode(hash.finalize())
}
