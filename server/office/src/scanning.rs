//! Scanning files for malicious programs, when the operator named a scanner ([`crate::Config::scanner`]).
//!
//! A file is scanned before it counts. One in which something is found is never stored. When the scanner gives no answer
//! the file is kept and *held*: it counts as handed in, but nobody opens it until the worker has had it scanned; then it is
//! released, or taken away with an event that asks for another.
//!
//! Invariant: of a held file no byte leaves the shelf but to the scanner.

use crate::{
    Error, Office, Result, Who,
    act::Command,
    audit::{self, Object},
    blobs::Received,
    error::Problem,
    rights::Task,
    scanner::{Scan, Scanner},
};
use domain::{
    dossier::{Act, is_waited_for},
    time::Instant,
};
use serde_json::{Value, json};
use store::{
    StoreError, Tx, commands, dossiers,
    notes::{self, NoteRow},
    uploads::{self, UploadRow},
};
use uuid::Uuid;

/// Held files that are read at once. The lease is asked for before each such page, and holds longer than one takes.
const PAGE: i64 = 5;
/// Longest reason why a file is not waited for, in characters.
const WHY_MOST: usize = 500;
/// How often a removal is tried when somebody else moves the dossier at the same moment.
const TRIES: u32 = 5;

impl Office {
    /// Scans bytes that lie aside. Answers since when the file is to be held; nothing when it may be opened at once.
    ///
    /// # Errors
    /// [`Problem::FileInfected`] when something was found: that stands on the record, without the bytes and the name.
    pub(crate) async fn scan_received(
        &self,
        who: &Who,
        row: &UploadRow,
        received: &Received,
    ) -> Result<Option<Instant>> {
        let Some(scanner) = &self.config().scanner else { return Ok(None) };
        let broken = |error: std::io::Error| Error::Broken(format!("the shelf of files: {error}"));
        let bytes = self.blobs().open_aside(&received.name).await.map_err(broken)?;
        match scanner.scan(bytes).await {
            Scan::Clean => Ok(None),
            Scan::Unknown(why) => {
                tracing::warn!(why, upload = %row.id, "the scanner gave no answer; the file is held");
                Ok(Some(self.now()))
            }
            Scan::Infected(signature) => {
                let object = self.object_of(row).await?;
                let detail = json!({
                    "upload": row.id, "signature": signature, "sha256": received.sha256, "bytes": received.size,
                });
                self.record_view(who, "refuse_infected_file", &object, detail).await?;
                Err(Problem::FileInfected { name: row.name.clone() }.into())
            }
        }
    }

    /// Scans the files that are held, the longest first, until the scanner answers no more or none is left. Answers how
    /// many were released or taken away. A file that cannot be scanned keeps no other back; the first failure is the
    /// answer when all were tried.
    ///
    /// **Permissions**: the program's own worker.
    pub async fn scan_held_files(&self, holder: Uuid) -> Result<u64> {
        let Some(scanner) = self.config().scanner.clone() else { return Ok(0) };
        let (mut after, mut settled, mut failed) = ((i64::MIN, Uuid::nil()), 0, None);
        loop {
            let mut tx = self.db().read().await?;
            let page = uploads::held_uploads(&mut tx, after, PAGE).await?;
            drop(tx);
            let Some(last) = page.last() else { break };
            after = (last.held_at.unwrap_or_default(), last.id);
            if !self.hold_lease("held-files", holder).await? {
                break;
            }
            if let Err(error) = scanner.version().await {
                tracing::warn!(%error, "the scanner does not answer; files stay held");
                break;
            }
            for row in &page {
                match self.scan_held_file(&scanner, row).await {
                    Ok(true) => settled += 1,
                    Ok(false) => {}
                    Err(error) => failed = failed.or(Some(error)),
                }
            }
        }
        failed.map_or(Ok(settled), Err)
    }

    /// Whether the file is held no more.
    async fn scan_held_file(&self, scanner: &Scanner, row: &UploadRow) -> Result<bool> {
        let sha256 = row.sha256.as_deref().ok_or_else(|| Error::Broken("a held file without bytes".into()))?;
        let broken = |error: std::io::Error| Error::Broken(format!("the shelf of files: {error}"));
        match scanner.scan(self.blobs().open(sha256).await.map_err(broken)?).await {
            Scan::Clean => self.release_file(row).await,
            Scan::Infected(signature) => self.remove_file(row.id, &signature).await,
            Scan::Unknown(why) => {
                tracing::warn!(why, upload = %row.id, "the scanner gave no answer; the file stays held");
                Ok(false)
            }
        }
    }

    async fn release_file(&self, row: &UploadRow) -> Result<bool> {
        let object = self.object_of(row).await?;
        let mut tx = self.db().write().await?;
        if !uploads::release_upload(&mut tx, row.id).await? {
            return Ok(false);
        }
        audit::record(self, &mut tx, &Who::system(), "release_file", &object, json!({ "upload": row.id })).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Takes a held file away. The life of its dossier says so, and so asks for another.
    async fn remove_file(&self, id: Uuid, signature: &str) -> Result<bool> {
        let mut tries = 0;
        loop {
            tries += 1;
            match self.try_to_remove_file(id, signature).await {
                // Somebody moved the dossier, or the draft became one.
                Err(Error::Stale) if tries < TRIES => {}
                other => return other,
            }
        }
    }

    async fn try_to_remove_file(&self, id: Uuid, signature: &str) -> Result<bool> {
        let (row, dossier) = {
            let mut tx = self.db().read().await?;
            let row = uploads::upload_by_id(&mut tx, id).await?.ok_or(Error::NotFound)?;
            let dossier = match row.dossier_id {
                Some(dossier) => dossiers::dossier_by_id(&mut tx, dossier).await?,
                None => None,
            };
            (row, dossier)
        };
        let (who, now) = (Who::system(), self.now());
        let detail = json!({ "upload": id, "signature": signature, "sha256": row.sha256 });
        let Some(dossier) = dossier else {
            let object = Object { kind: "upload", id: id.to_string(), office: Some(row.office_id) };
            let mut tx = self.db().write().await?;
            match uploads::drop_infected_upload(&mut tx, id, now).await? {
                None => return Ok(false),
                Some(Some(_)) => return Err(Error::Stale),
                Some(None) => {}
            }
            self.release_later(&mut tx, row.sha256).await?;
            audit::record(self, &mut tx, &who, "remove_infected_file", &object, detail).await?;
            tx.commit().await?;
            return Ok(true);
        };
        let command = Command { id: self.new_id(), seen: dossier.version };
        let Some(mut work) = self.begin(&who, dossier.id, command).await? else { return Ok(false) };
        if uploads::drop_infected_upload(&mut work.tx, id, now).await?.is_none() {
            return Ok(false);
        }
        self.release_later(&mut work.tx, row.sha256).await?;
        audit::record(self, &mut work.tx, &who, "remove_infected_file", &Object::of(&work.row), detail).await?;
        work.act(&Act::RemoveFile { question: row.question, name: row.name }).await?;
        work.commit("remove_file").await?;
        Ok(true)
    }

    /// Says why no other file is waited for in place of one that a scan took away: the paper was seen at the counter, or is
    /// not needed; of a decided dossier, why the result stands. The words stand among the notes of the dossier. A repeat of the command leaves nothing more.
    ///
    /// **Permissions**: [`Task::LetFileGo`] in its unit.
    pub async fn let_file_go(&self, who: &Who, id: Uuid, file: Uuid, words: &str, command: Uuid) -> Result<()> {
        let mut tx = self.db().write().await?;
        // Held, so that whoever decides at the same moment sees what is waited for, or that nothing is.
        let row = self.hold_dossier(&mut tx, id).await?;
        self.may_with(who, Task::LetFileGo, &row)?;
        let staff = who.staff().ok_or(Error::SignInFirst)?;
        if commands::answer_of::<Value>(&mut tx, who.subject(), command).await?.is_some() {
            return Ok(());
        }
        let words = domain::text::clean(words);
        if words.is_empty() {
            return Err(Problem::Missing("words").into());
        }
        if words.chars().count() > WHY_MOST {
            return Err(Problem::TooLong("words").into());
        }
        let awaited = uploads::infected_uploads_of(&mut tx, id).await?.into_iter().find(|one| one.id == file);
        let awaited = awaited.filter(|_| !row.state.status.is_terminal()).ok_or(Error::Stale)?;
        let now = self.now();
        uploads::let_upload_go(&mut tx, file, now).await?;
        let note = NoteRow {
            id: self.new_id(),
            at: now.0,
            staff_id: staff.id,
            staff_name: staff.name.clone(),
            words: format!("{}: {words}", awaited.name),
        };
        notes::insert_note(&mut tx, row.office_id, row.id, &note).await?;
        let detail = json!({ "note": note.id, "upload": file });
        audit::record(self, &mut tx, who, "let_file_go", &Object::of(&row), detail).await?;
        match commands::keep_answer(&mut tx, who.subject(), command, "let_file_go", &Value::Null, now).await {
            Ok(()) => tx.commit().await?,
            Err(StoreError::Duplicate(_)) => return Ok(()),
            Err(other) => return Err(other.into()),
        }
        self.tell_moved(&row);
        Ok(())
    }

    /// Nothing is granted and no result goes out while another file is waited for in place of one that a scan took away.
    ///
    /// # Errors
    /// [`Problem::FileAwaited`].
    pub(crate) async fn nothing_awaited(&self, tx: &mut Tx, dossier: Uuid) -> Result<()> {
        let gone = uploads::infected_uploads_of(tx, dossier).await?;
        match gone.into_iter().find(|file| is_waited_for(&file.question)) {
            Some(file) => Err(Problem::FileAwaited { name: file.name }.into()),
            None => Ok(()),
        }
    }

    /// What of a tray a scan took away, and what nothing came in place of yet.
    ///
    /// **Permissions**: whoever filled it, and may receive at the counter.
    pub async fn infected_in_tray(&self, who: &Who, tray: Uuid) -> Result<Vec<UploadRow>> {
        let mut tx = self.db().read().await?;
        self.own_tray(&mut tx, who, tray).await?;
        let mut files = uploads::infected_uploads_of(&mut tx, tray).await?;
        files.retain(|file| who.staff().is_some_and(|staff| staff.id == file.owner_id));
        Ok(files)
    }

    /// What a file is recorded under: its dossier, or itself until there is one.
    async fn object_of(&self, row: &UploadRow) -> Result<Object> {
        let mut tx = self.db().read().await?;
        let dossier = match row.dossier_id {
            Some(id) => dossiers::dossier_by_id(&mut tx, id).await?,
            None => None,
        };
        let of_upload = Object { kind: "upload", id: row.id.to_string(), office: Some(row.office_id) };
        Ok(dossier.as_ref().map_or(of_upload, Object::of))
    }
}
