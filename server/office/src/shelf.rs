//! Taking bytes off the shelf: those of a file that was taken back, and whatever a crash left behind.
//!
//! While a backup is written nothing goes: its rows are of one moment, and their bytes are read after it.
//!
//! Invariant: bytes go only while their hash is held and no row points at it. Whoever places bytes has pointed a row at
//! their hash before, in a transaction that holds it too: so either the row is seen here, or the bytes are placed again
//! after they went.

use crate::{
    Error, Office, Result, Who,
    audit::{self, Object},
    uploads::aside_name,
};
use serde_json::json;
use std::{io, time::Duration};
use store::{jobs, uploads};
use uuid::Uuid;

/// How long the removal of one file may take while its hash is held.
const REMOVAL: Duration = Duration::from_secs(10);
/// Hashes that one sweep takes off the shelf; the next day brings the next.
const MOST: i64 = 10_000;
const HOUR_MS: i64 = 3_600_000;
/// How the names of the leases begin under which backups keep the shelf as it is.
const BACKUPS: &str = "backup-";
/// A backup that was broken off keeps bytes no longer than this, in milliseconds.
const BACKUP_LEASE_MS: i64 = HOUR_MS;

/// What a sweep did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    /// Uploads that never finished and were set aside.
    pub unfinished: u64,
    /// Hashes whose bytes went.
    pub removed: u64,
    /// Bytes that lay aside and went.
    pub discarded: u64,
    /// Hashes that no row knew: entered now, so that they go when they are old enough.
    pub found: u64,
}

impl Office {
    /// Removes the bytes of a hash if nothing points at it any more and no backup is being written; answers whether they
    /// went. What stays for a backup's sake goes with a later sweep.
    ///
    /// **Permissions**: the program's own worker.
    pub async fn release_bytes(&self, sha256: &str) -> Result<bool> {
        let mut tx = self.db().write().await?;
        if !uploads::hold_blob(&mut tx, sha256).await? || uploads::is_pointed_at(&mut tx, sha256).await? {
            return Ok(false);
        }
        // Whoever began a backup before this transaction is seen here; whoever begins one later sees no row at this hash.
        if jobs::is_lease_held(&mut tx, BACKUPS, self.now()).await? {
            return Ok(false);
        }
        // The one place where a transaction waits for the shelf: the hash must be held until its bytes are gone.
        match tokio::time::timeout(REMOVAL, self.blobs().remove(sha256)).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => return Err(broken(error)),
            Err(_) => return Err(Error::Broken("the shelf of files did not answer in time".into())),
        }
        uploads::forget_blob(&mut tx, sha256).await?;
        let object = Object { kind: "blob", id: sha256.into(), office: None };
        audit::record(self, &mut tx, &Who::system(), "remove_bytes", &object, json!({})).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Keeps every byte on the shelf for another hour, for a backup of that id.
    pub(crate) async fn keep_shelf(&self, backup: Uuid) -> Result<()> {
        let mut tx = self.db().write().await?;
        jobs::hold_lease(&mut tx, &format!("{BACKUPS}{backup}"), backup, self.now(), BACKUP_LEASE_MS).await?;
        Ok(tx.commit().await?)
    }

    /// The backup of that id is written, or given up.
    pub(crate) async fn free_shelf(&self, backup: Uuid) -> Result<()> {
        let mut tx = self.db().write().await?;
        jobs::drop_lease(&mut tx, &format!("{BACKUPS}{backup}"), backup).await?;
        Ok(tx.commit().await?)
    }

    /// Looks for what was left behind, older than [`crate::Config::upload_orphan_hours`]: uploads that never finished,
    /// hashes that nothing points at, bytes that lie aside; and enters hashes that no row knows. What cannot be removed
    /// keeps nothing else from going; the first failure is the answer when all was tried.
    ///
    /// **Permissions**: the program's own worker.
    pub async fn sweep_shelf(&self) -> Result<Swept> {
        let now = self.now();
        let before = now.plus_ms(-self.config().upload_orphan_hours * HOUR_MS);
        let (mut swept, mut failed) = (Swept::default(), None);
        let mut tx = self.db().write().await?;
        swept.unfinished = uploads::drop_unfinished_uploads(&mut tx, before, now).await?;
        tx.commit().await?;
        let idle = {
            let mut tx = self.db().read().await?;
            uploads::idle_blobs(&mut tx, before, MOST).await?
        };
        for sha256 in idle {
            match self.release_bytes(&sha256).await {
                Ok(removed) => swept.removed += u64::from(removed),
                Err(error) => failed = failed.or(Some(error)),
            }
        }
        for name in self.blobs().lying_aside().await.map_err(broken)? {
            if self.is_coming(&name).await? {
                continue;
            }
            match self.blobs().discard(&name).await {
                Ok(()) => swept.discarded += 1,
                Err(error) => failed = failed.or(Some(broken(error))),
            }
        }
        for first in 0..=u8::MAX {
            match self.enter_strays(first).await {
                Ok(found) => swept.found += found,
                Err(error) => failed = failed.or(Some(error)),
            }
        }
        failed.map_or(Ok(swept), Err)
    }

    /// Whether the bytes that lie aside under that name belong to an upload on its way.
    async fn is_coming(&self, name: &str) -> Result<bool> {
        let Ok(id) = name.parse::<Uuid>() else { return Ok(false) };
        let mut tx = self.db().read().await?;
        let row = uploads::upload_by_id(&mut tx, id).await?;
        Ok(row.is_some_and(|row| aside_name(row.id) == name && row.finished_at.is_none() && row.dropped_at.is_none()))
    }

    /// Enters the hashes beginning with that byte that lie on the shelf and that no row knows; answers how many. They are
    /// as old as this moment.
    async fn enter_strays(&self, first: u8) -> Result<u64> {
        // The shelf first: whoever places bytes has entered their hash before.
        let lying = self.blobs().hashes_of(first).await.map_err(broken)?;
        if lying.is_empty() {
            return Ok(0);
        }
        let known = {
            let mut tx = self.db().read().await?;
            uploads::known_blobs(&mut tx, first).await?
        };
        let mut found = 0;
        for sha256 in lying.iter().filter(|sha256| !known.contains(*sha256)) {
            let mut tx = self.db().write().await?;
            if !uploads::is_blob_known(&mut tx, sha256).await? {
                uploads::insert_blob(&mut tx, sha256, 0, self.now()).await?;
                tx.commit().await?;
                found += 1;
            }
        }
        Ok(found)
    }
}

fn broken(error: io::Error) -> Error {
    Error::Broken(format!("the shelf of files: {error}"))
}
