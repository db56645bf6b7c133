//! Uploads in two steps: bytes, then `finish_upload`. A file counts only when both are durable.

use crate::{
    Error, Office, Result, Who,
    audit::{self, Object},
    blobs::{KeepError, Kept},
    dossiers::RESULT_FILE,
    error::Problem,
    rights::Task,
};
use domain::time::{DAY_MS, Instant};
use serde_json::json;
use store::{
    drafts,
    uploads::{self, UploadRow},
};
use tokio::io::AsyncRead;
use uuid::Uuid;

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
/// Longest file name kept, in characters.
const NAME_MOST: usize = 120;

/// A file ready to be shown or sent.
pub struct OpenFile {
    pub row: UploadRow,
    pub file: tokio::fs::File,
}

impl Office {
    /// Takes a file for a question of a draft or a paper of a dossier, up to its last byte.
    ///
    /// **Permissions**: the draft's owner; whoever fills the tray; for a dossier its resident while a supplement is
    /// asked, or staff of its unit with [`Task::AttachFile`].
    pub async fn upload(
        &self,
        who: &Who,
        holder: Holder,
        question: &str,
        name: &str,
        bytes: impl AsyncRead + Unpin,
    ) -> Result<UploadRow> {
        let row = self.begin_upload(who, holder, question, name).await?;
        let most = self.config().upload_max_bytes;
        match self.blobs().keep(bytes, most, &row.id.simple().to_string()).await {
            Ok(kept) => self.finish_upload(who, row, &kept).await,
            Err(error) => {
                self.forget_upload(row.id).await?;
                Err(match error {
                    KeepError::TooLarge { most } => Problem::FileTooLarge { bytes: 0, most }.into(),
                    KeepError::Empty => Problem::FileEmpty.into(),
                    KeepError::Broken(error) => Error::Broken(error.to_string()),
                })
            }
        }
    }

    /// Takes a file of a draft in place of another: the old one goes once the new one has come.
    ///
    /// **Permissions**: the draft's owner.
    pub async fn replace_upload(
        &self,
        who: &Who,
        old: Uuid,
        name: &str,
        bytes: impl AsyncRead + Unpin,
    ) -> Result<UploadRow> {
        let mut tx = self.db().read().await?;
        let before = uploads::upload_by_id(&mut tx, old).await?.filter(|row| row.dropped_at.is_none());
        let before = before.ok_or(Error::NotFound)?;
        drop(tx);
        let draft = before.draft_id.ok_or(Error::NotFound)?;
        let row = self.upload(who, Holder::Draft(draft), &before.question, name, bytes).await?;
        self.drop_upload(who, old).await?;
        Ok(row)
    }

    /// The first step: the row, before any byte.
    async fn begin_upload(&self, who: &Who, holder: Holder, question: &str, name: &str) -> Result<UploadRow> {
        // What lies under this question becomes the result: never a resident's file.
        if question == RESULT_FILE && who.staff().is_none() {
            return Err(Error::Forbidden);
        }
        let mut tx = self.db().write().await?;
        let owner_id = match holder {
            Holder::Draft(id) => {
                let draft = drafts::draft_by_id(&mut tx, id).await?.ok_or(Error::NotFound)?;
                self.own_draft(who, &draft)?;
                draft.account_id
            }
            Holder::Tray(id) => self.own_tray(&mut tx, who, id).await?,
            Holder::Dossier(id) => self.may_attach(&mut tx, who, id).await?,
        };
        let now = self.now();
        let (bytes, _) = uploads::usage_of_owner(&mut tx, owner_id, Instant(now.0 - DAY_MS)).await?;
        if bytes >= self.config().upload_daily_bytes {
            return Err(Problem::QuotaReached.into());
        }
        let held = match holder {
            Holder::Draft(id) | Holder::Tray(id) => uploads::uploads_of_draft(&mut tx, id).await?.len(),
            Holder::Dossier(id) => uploads::uploads_of_dossier(&mut tx, id).await?.len(),
        };
        if held as i64 >= self.config().upload_max_files {
            return Err(Problem::QuotaReached.into());
        }
        let row = UploadRow {
            id: self.new_id(),
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
        };
        uploads::insert_upload(&mut tx, &row).await?;
        tx.commit().await?;
        Ok(row)
    }

    /// The second step: the bytes lie on the shelf, the row says where.
    async fn finish_upload(&self, who: &Who, row: UploadRow, kept: &Kept) -> Result<UploadRow> {
        let Some(mime) = infer::get(&kept.head).map(|kind| kind.mime_type()).filter(|mime| KINDS.contains(mime)) else {
            self.forget_upload(row.id).await?;
            return Err(Problem::FileKindUnknown.into());
        };
        let now = self.now();
        let mut tx = self.db().write().await?;
        uploads::insert_blob(&mut tx, &kept.sha256, kept.size, now).await?;
        uploads::finish_upload(&mut tx, row.id, &kept.sha256, mime, kept.size, now).await?;
        let object = Object { kind: "upload", id: row.id.to_string(), office: None };
        audit::record(self, &mut tx, who, "upload", &object, json!({ "bytes": kept.size, "mime": mime })).await?;
        tx.commit().await?;
        Ok(UploadRow {
            mime: mime.into(),
            size: kept.size,
            sha256: Some(kept.sha256.clone()),
            finished_at: Some(now.0),
            ..row
        })
    }

    async fn forget_upload(&self, id: Uuid) -> Result<()> {
        let mut tx = self.db().write().await?;
        uploads::drop_upload(&mut tx, id, self.now()).await?;
        Ok(tx.commit().await?)
    }

    /// Sets a file of a draft aside.
    ///
    /// **Permissions**: the draft's owner.
    pub async fn drop_upload(&self, who: &Who, id: Uuid) -> Result<UploadRow> {
        let mut tx = self.db().write().await?;
        let row = uploads::upload_by_id(&mut tx, id).await?.ok_or(Error::NotFound)?;
        let draft = drafts::draft_by_id(&mut tx, row.draft_id.ok_or(Error::NotFound)?).await?.ok_or(Error::NotFound)?;
        self.own_draft(who, &draft)?;
        if draft.submitted_as.is_some() {
            return Err(Error::Stale);
        }
        uploads::drop_upload(&mut tx, id, self.now()).await?;
        tx.commit().await?;
        Ok(row)
    }

    /// Opens a file to show or send it. A look by staff is recorded.
    ///
    /// **Permissions**: who uploaded it (staff: until there is a dossier); the resident of its dossier; staff of the dossier's unit with
    /// [`Task::ReadDossier`].
    pub async fn open_upload(&self, who: &Who, id: Uuid) -> Result<OpenFile> {
        let mut tx = self.db().read().await?;
        let row = uploads::upload_by_id(&mut tx, id).await?.filter(|row| row.dropped_at.is_none());
        let row = row.ok_or(Error::NotFound)?;
        let dossier = match row.dossier_id {
            Some(id) => store::dossiers::dossier_by_id(&mut tx, id).await?,
            None => None,
        };
        // A resident sees a result when it is issued, not while it is being prepared.
        if let Some(dossier) = dossier.as_ref().filter(|_| who.resident().is_some() && row.question == RESULT_FILE) {
            let results = store::results::results_of(&mut tx, dossier.office_id, dossier.id).await?;
            if !results.iter().any(|result| result.upload_id == Some(id)) {
                return Err(Error::NotFound);
            }
        }
        drop(tx);
        let mine = who.resident().is_some_and(|r| {
            r.account == row.owner_id || dossier.as_ref().is_some_and(|d| d.account_id == Some(r.account))
        });
        // What a clerk has just put into the tray is the clerk's own until there is a dossier.
        let in_my_tray = dossier.is_none() && who.staff().is_some_and(|staff| staff.id == row.owner_id);
        if !mine && !in_my_tray {
            let dossier = dossier.ok_or(Error::NotFound)?;
            self.may(who, Task::ReadDossier, dossier.resolving_office).map_err(|_| Error::NotFound)?;
            let object = Object { kind: "dossier", id: dossier.id.to_string(), office: Some(dossier.resolving_office) };
            self.record_view(who, "view_file", &object, json!({ "upload": id })).await?;
        }
        let sha256 = row.sha256.clone().ok_or(Error::NotFound)?;
        let file = self.blobs().open(&sha256).await.map_err(|error| Error::Broken(error.to_string()))?;
        Ok(OpenFile { row, file })
    }
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
