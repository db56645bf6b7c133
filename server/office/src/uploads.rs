//! Uploads in two steps: bytes, then `finish_upload`. A file counts only when both are durable.
//!
//! The row comes before any byte. The bytes are received aside; when their type is one of ours and the limits have room,
//! the row points at their hash and commits ([`Office::claim`]); then they are placed under it; then the row is finished.
//! Whoever removes bytes holds their hash and looks whether a row points at it ([`crate::shelf`]).

use crate::{
    Error, Office, Result, Who,
    answer_files::opinion_of,
    audit::{self, Object},
    blobs::{KeepError, Received},
    dossiers::RESULT_FILE,
    error::Problem,
    jobs,
};
use domain::time::{DAY_MS, Instant};
use serde_json::json;
use store::{
    Tx, commands, drafts,
    uploads::{self, UploadRow},
};
use tokio::io::AsyncRead;
use uuid::Uuid;

pub use crate::open_upload::OpenFile;

/// What the file belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    Draft(Uuid),
    /// What a clerk scans before there is a dossier: see [`crate::trays`].
    Tray(Uuid),
    Dossier(Uuid),
}

/// Types that are accepted, found by their first bytes and never by their name.
const KINDS: [&str; 3] = ["application/pdf", "image/jpeg", "image/png"];
/// Longest name of a file, and of the question or paper it answers, that is kept, in characters.
pub const NAME_MOST: usize = 120;
/// Most files of one person on their way at the same time, and how long a file may be on its way to count as one.
const COMING_MOST: i64 = 30;
const COMING_MS: i64 = 15 * 60_000;

impl Office {
    /// Takes a file for a question of a draft or a paper of a dossier, up to its last byte.
    ///
    /// **Permissions**: the draft's owner; whoever fills the tray; for a dossier its resident while a supplement is
    /// asked, or staff of its unit with [`crate::rights::Task::AttachFile`]; for the answer to a request for an opinion
    /// whoever may give it.
    pub async fn upload(
        &self,
        who: &Who,
        holder: Holder,
        question: &str,
        name: &str,
        bytes: impl AsyncRead + Unpin,
    ) -> Result<UploadRow> {
        let way = Way { holder, instead: None, command: None };
        self.take(who, way, question, name, bytes).await
    }

    /// Both steps of an upload; one that comes to nothing is forgotten.
    pub(crate) async fn take(
        &self,
        who: &Who,
        way: Way,
        question: &str,
        name: &str,
        bytes: impl AsyncRead + Unpin,
    ) -> Result<UploadRow> {
        let id = self.new_id();
        // Before the row: a request may be dropped while its row is being committed.
        let unfinished = Unfinished { office: self.clone(), holder: way.holder.id(), row: id, is_over: false };
        let taken = match self.begin_upload(who, way, id, question, name).await {
            Ok(row) => self.take_bytes(who, way, row, bytes).await,
            Err(error) => return unfinished.never_began(error),
        };
        // Where a twin came first, its file is the answer, and this one is forgotten.
        unfinished.end(taken.as_ref().is_ok_and(|row| row.id == id)).await?;
        taken
    }

    async fn take_bytes(
        &self,
        who: &Who,
        way: Way,
        row: UploadRow,
        bytes: impl AsyncRead + Unpin,
    ) -> Result<UploadRow> {
        let broken = |error: std::io::Error| Error::Broken(format!("the shelf of files: {error}"));
        let name = aside_name(row.id);
        let received = match self.blobs().receive(bytes, self.config().upload_max_bytes, &name).await {
            Ok(received) => received,
            Err(KeepError::TooLarge { most }) => return Err(Problem::FileTooLarge { bytes: 0, most }.into()),
            Err(KeepError::Empty) => return Err(Problem::FileEmpty.into()),
            Err(KeepError::Broken(error)) => return Err(broken(error)),
        };
        let mime = infer::get(&received.head).map(|kind| kind.mime_type()).filter(|mime| KINDS.contains(mime));
        let mime = mime.ok_or(Problem::FileKindUnknown)?;
        let held = self.scan_received(who, &row, &received).await?;
        let row = UploadRow { held_at: held.map(|at| at.0), ..row };
        self.claim(who, way, &row, &received, mime).await?;
        self.blobs().place(&received).await.map_err(broken)?;
        self.finish_upload(who, way, row, &received, mime).await
    }

    /// The way of a file that comes in place of that one of a draft, and the question both answer. The old one goes once
    /// the new one has come, and takes up no place beside it.
    pub(crate) async fn way_instead_of(&self, old: Uuid) -> Result<(Way, String)> {
        let mut tx = self.db().read().await?;
        let before = uploads::upload_by_id(&mut tx, old).await?.filter(|row| row.dropped_at.is_none());
        let before = before.ok_or(Error::NotFound)?;
        let draft = before.draft_id.ok_or(Error::NotFound)?;
        Ok((Way { holder: Holder::Draft(draft), instead: Some(old), command: None }, before.question))
    }

    /// The first step: the row, before any byte.
    async fn begin_upload(&self, who: &Who, way: Way, id: Uuid, question: &str, name: &str) -> Result<UploadRow> {
        let holder = way.holder;
        let mut tx = self.db().write().await?;
        let (owner_id, office_id) = self.may_upload(&mut tx, who, holder, question).await?;
        let now = self.now();
        uploads::hold_uploads(&mut tx, owner_id, holder.id()).await?;
        let coming = uploads::count_coming(&mut tx, owner_id, Instant(now.0 - COMING_MS)).await?;
        let (bytes, _) = uploads::usage_of_owner(&mut tx, owner_id, Instant(now.0 - DAY_MS)).await?;
        let held = uploads::count_held(&mut tx, holder.id(), way.instead).await?;
        if coming >= COMING_MOST || bytes >= self.daily_bytes_of(who) || held >= self.config().upload_max_files {
            return Err(Problem::QuotaReached.into());
        }
        let row = UploadRow {
            office_id,
            id,
            owner_id,
            draft_id: (!matches!(holder, Holder::Dossier(_))).then(|| holder.id()),
            dossier_id: matches!(holder, Holder::Dossier(_)).then(|| holder.id()),
            question: question.chars().take(NAME_MOST).collect(),
            name: safe_name(name),
            mime: String::new(),
            size: 0,
            sha256: None,
            created_at: now.0,
            finished_at: None,
            dropped_at: None,
            held_at: None,
            infected_at: None,
        };
        uploads::insert_upload(&mut tx, &row).await?;
        tx.commit().await?;
        Ok(row)
    }

    /// Most bytes this person may upload in a day.
    fn daily_bytes_of(&self, who: &Who) -> i64 {
        let config = self.config();
        if who.staff().is_some() { config.staff_upload_daily_bytes } else { config.upload_daily_bytes }
    }

    /// Whether this person may lay a file there now; answers on whose account it goes, and to which office.
    async fn may_upload(&self, tx: &mut Tx, who: &Who, holder: Holder, question: &str) -> Result<(Uuid, i64)> {
        // Under this one lies what a unit answers with, and it comes nowhere but with the answer.
        if opinion_of(question).is_some() && (who.staff().is_none() || !matches!(holder, Holder::Dossier(_))) {
            return Err(Error::Forbidden);
        }
        // What lies under this question becomes the result: never a resident's file.
        if question == RESULT_FILE && who.staff().is_none() {
            return Err(Error::Forbidden);
        }
        match holder {
            Holder::Draft(id) => {
                let draft = drafts::draft_by_id(tx, id).await?.ok_or(Error::NotFound)?;
                self.own_draft(who, &draft)?;
                if draft.submitted_as.is_some() || draft.dropped_at.is_some() {
                    return Err(Error::Stale);
                }
                Ok((draft.account_id, draft.office_id))
            }
            Holder::Tray(id) => Ok((self.own_tray(tx, who, id).await?, self.unit_of_trays(who)?)),
            Holder::Dossier(id) => self.may_attach(tx, who, id, question).await,
        }
    }

    /// Points the row at the hash of its bytes, if it still may come and the limits have room for them. Who comes at
    /// the same time waits and counts this one.
    async fn claim(&self, who: &Who, way: Way, row: &UploadRow, received: &Received, mime: &str) -> Result<()> {
        let holder = way.holder;
        let now = self.now();
        let mut tx = self.db().write().await?;
        self.may_upload(&mut tx, who, holder, &row.question).await?;
        uploads::hold_uploads(&mut tx, row.owner_id, holder.id()).await?;
        let (bytes, _) = uploads::usage_of_owner(&mut tx, row.owner_id, Instant(now.0 - DAY_MS)).await?;
        let held = uploads::count_held(&mut tx, holder.id(), way.instead).await?;
        if bytes + received.size > self.daily_bytes_of(who) || held >= self.config().upload_max_files {
            return Err(Problem::QuotaReached.into());
        }
        uploads::insert_blob(&mut tx, &received.sha256, received.size, now).await?;
        let held_at = row.held_at.map(Instant);
        uploads::claim_blob(&mut tx, row.id, &received.sha256, (mime, received.size), held_at).await?;
        Ok(tx.commit().await?)
    }

    /// The second step: the bytes lie on the shelf for good, and the row says so. What gives way goes with it; one that
    /// is gone already gave its place to another.
    async fn finish_upload(
        &self,
        who: &Who,
        way: Way,
        row: UploadRow,
        received: &Received,
        mime: &str,
    ) -> Result<UploadRow> {
        let now = self.now();
        let mut tx = self.db().write().await?;
        // Held, so that the second of two twins finds the answer of the first.
        uploads::hold_uploads(&mut tx, row.owner_id, way.holder.id()).await?;
        let first: Option<Uuid> = match way.command {
            Some(command) => self.answered_before(&mut tx, who, command).await?,
            None => None,
        };
        if let Some(first) = first {
            let first = uploads::upload_by_id(&mut tx, first).await?.ok_or(Error::Stale)?;
            if first.sha256.as_ref() == Some(&received.sha256) {
                return Ok(first);
            }
        }
        // A request for an opinion may have ended while its bytes were placed: then the file is no part of any answer. The
        // dossier is held, as by whoever answers.
        if let (Some(dossier), Some(_)) = (row.dossier_id, opinion_of(&row.question)) {
            store::dossiers::hold_dossier(&mut tx, dossier).await?;
            self.may_upload(&mut tx, who, way.holder, &row.question).await?;
        }
        uploads::finish_upload(&mut tx, row.id, now).await?;
        // A file of a dossier stands in the dossier's own record.
        let dossier = match row.dossier_id {
            Some(id) => store::dossiers::dossier_by_id(&mut tx, id).await?,
            None => None,
        };
        let of_upload = Object { kind: "upload", id: row.id.to_string(), office: Some(row.office_id) };
        let object = dossier.as_ref().map_or(of_upload, Object::of);
        let mut detail = json!({ "upload": row.id, "bytes": received.size, "mime": mime });
        if row.held_at.is_some() {
            detail["held"] = true.into();
        }
        audit::record(self, &mut tx, who, "upload", &object, detail).await?;
        if let Some(old) = way.instead
            && self.drop_file(&mut tx, who, old).await?.dropped_at.is_some()
        {
            return Err(Error::Stale);
        }
        match (way.command, first) {
            (Some(command), None) => self.keep_once(&mut tx, who, command, "upload", &row.id).await?,
            (Some(command), Some(_)) => commands::replace_answer(&mut tx, who.subject(), command, &row.id).await?,
            (None, _) => {}
        }
        tx.commit().await?;
        Ok(UploadRow {
            mime: mime.into(),
            size: received.size,
            sha256: Some(received.sha256.clone()),
            finished_at: Some(now.0),
            ..row
        })
    }

    /// Sets aside an upload that came to nothing, and its bytes with it.
    async fn forget_upload(&self, holder: Uuid, id: Uuid) -> Result<()> {
        let mut tx = self.db().write().await?;
        // Held, so that a row whose commit is still on its way is waited for.
        uploads::hold_uploads(&mut tx, holder, holder).await?;
        let hash = uploads::drop_unfinished_upload(&mut tx, id, self.now()).await?;
        self.release_later(&mut tx, hash).await?;
        tx.commit().await?;
        if let Err(error) = self.blobs().discard(&aside_name(id)).await {
            tracing::warn!(%error, "bytes of a refused file stay aside until the sweep");
        }
        Ok(())
    }

    /// Hands hashes that lost a file to the worker: their bytes go when no other file points at them.
    pub(crate) async fn release_later(&self, tx: &mut Tx, hashes: impl IntoIterator<Item = String>) -> Result<()> {
        for sha256 in hashes {
            self.enqueue(tx, jobs::RELEASE_BYTES, &json!({ "sha256": sha256 }), self.now()).await?;
        }
        Ok(())
    }

    /// Takes a file back from a draft, for good: its bytes go too, unless another file has the same. One that a scan took
    /// away is let go: the resident sends nothing in its place. Answers the file as it was.
    ///
    /// **Permissions**: the draft's owner.
    pub async fn drop_upload(&self, who: &Who, id: Uuid, command: Uuid) -> Result<UploadRow> {
        let resident = who.resident().ok_or(Error::SignInFirst)?;
        let mut tx = self.db().write().await?;
        store::accounts::hold_account(&mut tx, resident.account).await?;
        if let Some(id) = self.answered_before(&mut tx, who, command).await? {
            return uploads::upload_by_id(&mut tx, id).await?.ok_or(Error::Stale);
        }
        let row = self.drop_file(&mut tx, who, id).await?;
        self.keep_once(&mut tx, who, command, "drop_upload", &id).await?;
        tx.commit().await?;
        Ok(row)
    }

    /// The same within a transaction; answers the file as it was before.
    async fn drop_file(&self, tx: &mut Tx, who: &Who, id: Uuid) -> Result<UploadRow> {
        let row = uploads::upload_by_id(tx, id).await?.ok_or(Error::NotFound)?;
        let draft = drafts::draft_by_id(tx, row.draft_id.ok_or(Error::NotFound)?).await?.ok_or(Error::NotFound)?;
        self.own_draft(who, &draft)?;
        if draft.submitted_as.is_some() {
            return Err(Error::Stale);
        }
        let object = Object { kind: "upload", id: id.to_string(), office: None };
        if row.dropped_at.is_some() {
            // Taken back before, by the same button, one line on the record is enough. In place of one that a scan took away
            // nothing is waited for any more, neither here nor in the dossier.
            let awaited = uploads::infected_uploads_of(tx, draft.id).await?;
            if awaited.iter().any(|file| file.id == id) {
                uploads::let_upload_go(tx, id, self.now()).await?;
                audit::record(self, tx, who, "drop_upload", &object, json!({ "infected": true })).await?;
            }
            return Ok(row);
        }
        uploads::drop_upload(tx, id, self.now()).await?;
        audit::record(self, tx, who, "drop_upload", &object, json!({})).await?;
        self.release_later(tx, row.sha256.clone()).await?;
        Ok(row)
    }
}

/// Where a file is going.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Way {
    pub holder: Holder,
    /// The file that gives way to it.
    pub instead: Option<Uuid>,
    /// The form that sent it, when a repeat of it is to get the same file.
    pub command: Option<Uuid>,
}

/// An upload between its first step and its last. When the connection breaks, the request is dropped wherever it stands:
/// then this forgets the upload, so that it counts in no limit and leaves nothing behind.
struct Unfinished {
    office: Office,
    holder: Uuid,
    row: Uuid,
    is_over: bool,
}

impl Unfinished {
    async fn end(mut self, is_finished: bool) -> Result<()> {
        if !is_finished {
            self.office.forget_upload(self.holder, self.row).await?;
        }
        self.is_over = true;
        Ok(())
    }

    /// There is no row to forget: its transaction was refused.
    fn never_began<T>(mut self, error: Error) -> Result<T> {
        self.is_over = true;
        Err(error)
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        let (false, Ok(runtime)) = (self.is_over, tokio::runtime::Handle::try_current()) else { return };
        let (office, holder, row) = (self.office.clone(), self.holder, self.row);
        runtime.spawn(async move {
            if let Err(error) = office.forget_upload(holder, row).await {
                tracing::warn!(%error, "a broken-off upload stays until the sweep");
            }
        });
    }
}

/// What the bytes of an upload are called while they lie aside.
pub(crate) fn aside_name(id: Uuid) -> String {
    id.simple().to_string()
}

impl Holder {
    const fn id(self) -> Uuid {
        match self {
            Self::Draft(id) | Self::Tray(id) | Self::Dossier(id) => id,
        }
    }
}

/// The name as a person knows it, without what a path or a header could trip over.
fn safe_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = name.chars().filter(|c| !c.is_control() && !"\"<>|?*:;".contains(*c)).take(NAME_MOST).collect();
    let name = domain::text::clean(&name);
    if name.is_empty() { "tep".into() } else { name }
}
