//! Files sent by forms: the same form sent twice lays one file down.
//!
//! A phone that loses its network after the last byte sends again, a person presses twice, a browser repeats a post.
//! The form carries a command as every other does; its answer is the file that came first.

use crate::{
    Error, Office, Result, Who,
    error::Problem,
    uploads::{Holder, Way},
};
use sha2::{Digest, Sha256};
use store::uploads::{self, UploadRow};
use tokio::io::{AsyncRead, AsyncReadExt};
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
    /// Takes a file as [`Office::upload`] does, or in place of another, once for each command: a repeat gets the file
    /// that came first, and its own bytes are not kept. Other bytes under the same command are another file, picked
    /// on a page that still stands there: they are taken like any, and the file that came first gives way to them where it
    /// gave way to none.
    ///
    /// **Permissions**: as there; in place of another, the draft's owner.
    pub async fn take_sent_file(
        &self,
        who: &Who,
        command: Uuid,
        sent: Sent<'_>,
        name: &str,
        bytes: impl AsyncRead + Unpin,
    ) -> Result<UploadRow> {
        let way = self.way_of(sent, command).await;
        // Asked last: a twin that took away what this one is to replace has answered by now.
        let Some(first) = self.sent_before(who, command).await? else {
            let (way, question) = way?;
            return self.take(who, way, &question, name, bytes).await;
        };
        // Read to its end: a browser that is answered while it still sends takes that for a broken line.
        let bytes = self.read_whole(bytes).await?;
        if first.sha256 == Some(hex::encode(Sha256::digest(&bytes))) {
            return Ok(first);
        }
        let (way, question) = match sent {
            Sent::To(..) => way?,
            Sent::InPlaceOf(_) => self.way_of(Sent::InPlaceOf(first.id), command).await?,
        };
        self.take(who, way, &question, name, bytes.as_slice()).await
    }

    /// The way of that file, and the question it answers.
    async fn way_of(&self, sent: Sent<'_>, command: Uuid) -> Result<(Way, String)> {
        match sent {
            Sent::To(holder, question) => {
                Ok((Way { holder, instead: None, command: Some(command) }, question.to_owned()))
            }
            Sent::InPlaceOf(old) => {
                let (way, question) = self.way_instead_of(old).await?;
                Ok((Way { command: Some(command), ..way }, question))
            }
        }
    }

    /// The bytes of a file that may be a repeat, within the limit of one file.
    async fn read_whole(&self, mut bytes: impl AsyncRead + Unpin) -> Result<Vec<u8>> {
        let broken = |error| Error::Broken(format!("an upload was not read: {error}"));
        let most = self.config().upload_max_bytes;
        let mut whole = Vec::new();
        (&mut bytes).take(most.unsigned_abs() + 1).read_to_end(&mut whole).await.map_err(broken)?;
        if whole.len() as i64 > most {
            tokio::io::copy(&mut bytes, &mut tokio::io::sink()).await.map_err(broken)?;
            return Err(Problem::FileTooLarge { bytes: 0, most }.into());
        }
        Ok(whole)
    }

    /// The file that this command brought.
    pub(crate) async fn sent_before(&self, who: &Who, command: Uuid) -> Result<Option<UploadRow>> {
        let mut tx = self.db().read().await?;
        match self.answered_before(&mut tx, who, command).await? {
            Some(id) => Ok(Some(uploads::upload_by_id(&mut tx, id).await?.ok_or(Error::Stale)?)),
            None => Ok(None),
        }
    }
}
