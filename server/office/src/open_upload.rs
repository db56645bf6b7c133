//! Opening a file that was uploaded.

use crate::{
    Error, Office, Result, Who, audit::Object, blobs::Contents, dossiers::RESULT_FILE, error::Problem, rights::Task,
};
use serde_json::json;
use store::uploads::{self, UploadRow};
use uuid::Uuid;

/// A file ready to be shown or sent.
pub struct OpenFile {
    pub row: UploadRow,
    pub file: Contents,
}

impl Office {
    /// Opens a file to show or send it; one that waits to be scanned is opened by nobody. A look by staff is recorded.
    ///
    /// **Permissions**: who uploaded it (staff: until there is a dossier); the resident of its dossier; staff of the
    /// dossier's unit with [`Task::ReadDossier`]; when it is closed and its office has ended, of the unit that continues it.
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
        let looked_at = if mine || in_my_tray { None } else { Some(dossier.ok_or(Error::NotFound)?) };
        if let Some(dossier) = &looked_at {
            self.may_with(who, Task::ReadDossier, dossier).map_err(|_| Error::NotFound)?;
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
