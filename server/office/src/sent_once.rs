//! Files sent by forms: the same form sent twice lays one file down.
//!
//! A phone that loses its network after the last byte sends again, a person presses twice, a browser repeats a post.
//! The form carries a command as every other does; its answer is the file that came first.

use crate::{Error, Office, Result, Who, uploads::Holder};
use serde_json::Value;
use store::{
    StoreError, commands,
    uploads::{self, UploadRow},
};
use tokio::io::AsyncRead;
use uuid::Uuid;

/// What a file is sent for.
#[derive(Debug, Clone, Copy)]
pub enum Sent<'a> {
    /// A question of a draft, or a paper of a dossier.
    To(Holder, &'a str),
    /// In place of that file of a draft.
    InPlaceOf(Uuid),
}

impl Office {
    /// Takes a file as [`Office::upload`] and [`Office::replace_upload`] do, once for each command: a repeat gets the
    /// file that came first, and its own bytes are not kept.
    ///
    /// **Permissions**: as theirs.
    pub async fn take_sent_file(
        &self,
        who: &Who,
        command: Uuid,
        sent: Sent<'_>,
        name: &str,
        mut bytes: impl AsyncRead + Unpin,
    ) -> Result<UploadRow> {
        if let Some(first) = self.sent_before(who, command).await? {
            // Read to its end: a browser that is answered while it still sends takes that for a broken line.
            let read = tokio::io::copy(&mut bytes, &mut tokio::io::sink()).await;
            return read.map(|_| first).map_err(|error| Error::Broken(format!("an upload was not read: {error}")));
        }
        let row = match sent {
            Sent::To(holder, question) => self.upload(who, holder, question, name, bytes).await?,
            Sent::InPlaceOf(old) => self.replace_upload(who, old, name, bytes).await?,
        };
        let now = self.now();
        let mut tx = self.db().write().await?;
        match commands::keep_answer(&mut tx, who.subject(), command, "upload", &row.id, now).await {
            Ok(()) => {
                tx.commit().await?;
                return Ok(row);
            }
            Err(StoreError::Duplicate(_)) => drop(tx),
            Err(other) => return Err(other.into()),
        }
        // A twin was first while this one came: one of the two is enough.
        let mut tx = self.db().write().await?;
        uploads::drop_upload(&mut tx, row.id, now).await?;
        self.release_later(&mut tx, row.sha256.clone()).await?;
        tx.commit().await?;
        self.sent_before(who, command).await?.ok_or(Error::Stale)
    }

    /// The file that this command brought.
    async fn sent_before(&self, who: &Who, command: Uuid) -> Result<Option<UploadRow>> {
        let mut tx = self.db().read().await?;
        let answer: Option<Value> = commands::answer_of(&mut tx, who.subject(), command).await?;
        let Some(answer) = answer else { return Ok(None) };
        // The command of something else is none of a file's.
        let id = answer.as_str().and_then(|id| id.parse().ok()).ok_or(Error::Stale)?;
        Ok(Some(uploads::upload_by_id(&mut tx, id).await?.ok_or(Error::Stale)?))
    }
}
