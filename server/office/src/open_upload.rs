//! Opening a file that was uploaded.

use crate::{
    Error, Office, Result, Who,
    answer_files::{is_sent, opinion_of},
    audit::Object,
    blobs::Contents,
    dossiers::RESULT_FILE,
    error::Problem,
    my_data::is_held_on,
    rights::Task,
};
use serde_json::json;
use store::{
    opinions,
    uploads::{self, UploadRow},
};
use uuid::Uuid;

/// A file ready to be shown or sent.
pub struct OpenFile {
    pub row: UploadRow,
    pub file: Contents,
}

impl Office {
    /// Opens a file to show or send it; one that waits to be scanned is opened by nobody. A look by staff is recorded.
    ///
    /// **Permissions**: who uploaded it (staff: until there is a dossier); the resident of its dossier, and whoever has proven
    /// the number that it was received under ([`Office::my_dossier_with_looks`]); staff of the
    /// dossier's unit with [`Task::ReadDossier`]; when it is closed and its office has ended, of the unit that continues it; and
    /// who may answer in a unit that was given it with a question, while that stands, or that laid it with its answer.
    pub async fn open_upload(&self, who: &Who, id: Uuid) -> Result<OpenFile> {
        let mut tx = self.db().read().await?;
        let row = uploads::upload_by_id(&mut tx, id).await?.filter(|row| row.dropped_at.is_none());
        let row = row.ok_or(Error::NotFound)?;
        let dossier = match row.dossier_id {
            Some(id) => Some(self.find_dossier(&mut tx, id).await?),
            None => None,
        };
        // What comes with an opinion is part of a decision, as the opinion is.
        if who.resident().is_some() && opinion_of(&row.question).is_some() {
            return Err(Error::NotFound);
        }
        // A resident sees a result when it is issued, not while it is being prepared.
        if let Some(dossier) = dossier.as_ref().filter(|_| who.resident().is_some() && row.question == RESULT_FILE) {
            let results = store::results::results_of(&mut tx, dossier.office_id, dossier.id).await?;
            if !results.iter().any(|result| result.upload_id == Some(id)) {
                return Err(Error::NotFound);
            }
        }
        let mine = match (who.resident(), &dossier) {
            (None, _) => false,
            // A file of a dossier is seen with it; one of a draft by who laid it there.
            (Some(r), None) => r.account == row.owner_id,
            (Some(r), Some(dossier)) => r.answers_for(dossier) || is_held_on(&mut tx, r, dossier).await?,
        };
        drop(tx);
        // What a clerk has just put into the tray is the clerk's own until there is a dossier.
        let in_my_tray = dossier.is_none() && who.staff().is_some_and(|staff| staff.id == row.owner_id);
        let looked_at = if mine || in_my_tray { None } else { Some(dossier.ok_or(Error::NotFound)?) };
        if let Some(dossier) = &looked_at {
            // What was laid with an answer is read with the dossier once that is given.
            let sent = match opinion_of(&row.question) {
                None => true,
                Some(_) => {
                    let mut tx = self.db().read().await?;
                    is_sent(&opinions::opinions_of_dossier(&mut tx, dossier.office_id, dossier.id).await?, &row)
                }
            };
            let reads = sent && self.may_with(who, Task::ReadDossier, dossier).is_ok();
            if !reads && !self.may_open_asked(who, dossier, &row).await? {
                return Err(Error::NotFound);
            }
        }
        if row.held_at.is_some() {
            return Err(Problem::FileHeld.into());
        }
        if let Some(dossier) = &looked_at {
            let act = crate::audit::view_act(dossier, "view_file");
            self.record_view(who, act, &Object::of(dossier), json!({ "upload": id })).await?;
        }
        let sha256 = row.sha256.clone().ok_or(Error::NotFound)?;
        let file = self.blobs().open(&sha256).await.map_err(|error| Error::Broken(error.to_string()))?;
        Ok(OpenFile { row, file })
    }
}
