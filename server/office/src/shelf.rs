//! Taking bytes off the shelf: those of a file that was taken back, and whatever a crash left behind.
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
use store::uploads;
use uuid::Uuid;

/// How long the removal of one file may take while its hash is held.
const REMOVAL: Duration = Duration::from_secs(10);
/// Hashes that one sweep takes off the shelf; the next day brings the next.
const MOST: i64 = 10_000;
const HOUR_MS: i64 = 3_600_000;

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
    /// Removes the bytes of a hash if nothing points at it any more; answers whether they went.
    ///
    /// **Permissions**: the program's own worker.
    pub async fn release_bytes(&self, sha256: &str) -> Result<bool> {
        let mut tx = self.db().write().await?;
        if !uploads::hold_blob(&mut tx, sha256).await? || uploads::is_pointed_at(&mut tx, sha256).await? {
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

    /// Looks for what was left behind, older than [`crate::Config::upload_orphan_hours`]: uploads that never finished,
    /// hashes that nothing points at, bytes that lie aside; and enters hashes that no row knows.
    ///
    /// **Permissions**: the program's own worker.
    pub async fn sweep_shelf(&self) -> Result<Swept> {
        let now = self.now();
        let before = now.plus_ms(-self.config().upload_orphan_hours * HOUR_MS);
        let mut swept = Swept::default();
        let mut tx = self.db().write().await?;
        swept.unfinished = uploads::drop_unfinished_uploads(&mut tx, before, now).await?;
        tx.commit().await?;
        let idle = {
            let mut tx = self.db().read().await?;
            uploads::idle_blobs(&mut tx, before, MOST).await?
        };
        for sha256 in idle {
            swept.removed += u64::from(self.release_bytes(&sha256).await?);
        }
        for name in self.blobs().lying_aside().await.map_err(broken)? {
            if !self.is_coming(&name).await? {
                self.blobs().discard(&name).await.map_err(broken)?;
                swept.discarded += 1;
            }
        }
        for first in 0..=u8::MAX {
            for sha256 in self.blobs().hashes_of(first).await.map_err(broken)? {
                swept.found += u64::from(self.enter_stray(&sha256).await?);
            }
        }
        Ok(swept)
    }

    /// Whether the bytes that lie aside under that name belong to an upload on its way.
    async fn is_coming(&self, name: &str) -> Result<bool> {
        let Ok(id) = name.parse::<Uuid>() else { return Ok(false) };
        let mut tx = self.db().read().await?;
        let row = uploads::upload_by_id(&mut tx, id).await?;
        Ok(row.is_some_and(|row| aside_name(row.id) == name && row.finished_at.is_none() && row.dropped_at.is_none()))
    }

    /// Enters a hash that lies on the shelf and that no row knows. It is as old as this moment.
    async fn enter_stray(&self, sha256: &str) -> Result<bool> {
        {
            let mut tx = self.db().read().await?;
            if uploads::is_blob_known(&mut tx, sha256).await? {
                return Ok(false);
            }
        }
        let mut tx = self.db().write().await?;
        if uploads::is_blob_known(&mut tx, sha256).await? {
            return Ok(false);
        }
        uploads::insert_blob(&mut tx, sha256, 0, self.now()).await?;
        tx.commit().await?;
        Ok(true)
    }
}

fn broken(error: io::Error) -> Error {
    Error::Broken(format!("the shelf of files: {error}"))
}
