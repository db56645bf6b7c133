//! The tray of the counter: scans of a walk-in's papers, kept before there is a dossier. Receiving the person empties
//! the tray into the dossier; a tray that nobody empties belongs to nothing, and is forgotten after some days.
//!
//! A tray is an id that the counter's page made. Its files are uploads like any other, filed under that id as those of
//! a draft are under the draft's.

use crate::{
    Error, Office, Result, Who,
    audit::{self, Object},
    error::Problem,
    rights::Task,
};
use domain::{dossier::ActKind, time::DAY_MS};
use serde_json::json;
use std::collections::{BTreeMap, HashSet};
use store::{
    Tx, commands,
    dossiers::DossierRow,
    drafts,
    uploads::{self, UploadRow},
};
use uuid::Uuid;

impl Office {
    /// The files that lie in a tray, the oldest first.
    ///
    /// **Permissions**: whoever filled it, and may receive at the counter.
    pub async fn tray(&self, who: &Who, tray: Uuid) -> Result<Vec<UploadRow>> {
        let mut tx = self.db().read().await?;
        self.own_tray(&mut tx, who, tray).await?;
        Ok(uploads::uploads_of_draft(&mut tx, tray).await?)
    }

    /// Takes a file out of a tray. One that lies elsewhere stays where it is.
    ///
    /// **Permissions**: whoever filled the tray, and may receive at the counter.
    pub async fn drop_from_tray(&self, who: &Who, tray: Uuid, file: Uuid) -> Result<()> {
        let mut tx = self.db().write().await?;
        self.own_tray(&mut tx, who, tray).await?;
        let row = uploads::upload_by_id(&mut tx, file).await?.filter(|row| row.draft_id == Some(tray));
        if let Some(row) = row.filter(|row| row.dropped_at.is_none()) {
            self.drop_scan(&mut tx, who, tray, file).await?;
            self.release_later(&mut tx, row.sha256).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Forgets the trays into which nothing was laid for [`crate::Config::tray_days`], on the record; their bytes go when
    /// nothing else points at them. Answers how many.
    ///
    /// **Permissions**: the program's own worker.
    pub async fn forget_old_trays(&self) -> Result<usize> {
        let now = self.now();
        let before = now.plus_ms(-self.config().tray_days * DAY_MS);
        let mut tx = self.db().write().await?;
        let mut trays: BTreeMap<Uuid, Vec<Option<String>>> = BTreeMap::new();
        for (tray, sha256) in uploads::drop_uploads_of_idle_trays(&mut tx, before, now).await? {
            trays.entry(tray).or_default().push(sha256);
        }
        for (tray, hashes) in &trays {
            let object = Object { kind: "tray", id: tray.to_string(), office: None };
            let detail = json!({ "files": hashes.len() });
            audit::record(self, &mut tx, &Who::system(), "forget_tray", &object, detail).await?;
        }
        let forgotten = trays.len();
        self.release_later(&mut tx, trays.into_values().flatten().flatten()).await?;
        tx.commit().await?;
        Ok(forgotten)
    }

    /// The dossier that this command of this person made at the counter, when it was carried out before.
    ///
    /// **Permissions**: the person's own commands.
    pub async fn received_before(&self, who: &Who, command: Uuid) -> Result<Option<Uuid>> {
        who.staff().ok_or(Error::SignInFirst)?;
        let mut tx = self.db().read().await?;
        Ok(commands::answer_of(&mut tx, who.subject(), command).await?)
    }

    /// Whether the tray is this person's own and not emptied yet; answers who owns its files.
    pub(crate) async fn own_tray(&self, tx: &mut Tx, who: &Who, tray: Uuid) -> Result<Uuid> {
        self.may_receive(who)?;
        let staff = who.staff().ok_or(Error::SignInFirst)?;
        if drafts::draft_by_id(tx, tray).await?.is_some() {
            return Err(Error::NotFound);
        }
        let files = uploads::uploads_of_draft(tx, tray).await?;
        if files.iter().any(|file| file.owner_id != staff.id) {
            return Err(Error::NotFound);
        }
        if files.iter().any(|file| file.dossier_id.is_some()) {
            return Err(Error::Stale);
        }
        Ok(staff.id)
    }

    /// The unit whose counter a person's trays stand on until they are emptied into a dossier: the first where they may
    /// receive.
    pub(crate) fn unit_of_trays(&self, who: &Who) -> Result<i64> {
        self.units_for(who, Task::Dossier(ActKind::ReceiveAtCounter)).first().copied().ok_or(Error::Forbidden)
    }

    /// Files what lies in the tray with the dossier. The same file twice for one paper (a form sent twice) counts once;
    /// what has not arrived by now is not waited for. What a scan took away stays behind, when the clerk has seen which it
    /// was: the person still stands there with the paper.
    ///
    /// # Errors
    /// [`Problem::FileInfected`] for a file that a scan took away and that is not among `seen_gone`.
    pub(crate) async fn empty_tray(
        &self,
        tx: &mut Tx,
        who: &Who,
        (tray, seen_gone): (Uuid, &[Uuid]),
        dossier: &DossierRow,
    ) -> Result<()> {
        self.own_tray(tx, who, tray).await?;
        let unfinished = uploads::drop_unfinished(tx, tray, self.now()).await?;
        self.release_later(tx, unfinished).await?;
        let mut seen = HashSet::new();
        for file in uploads::uploads_of_draft(tx, tray).await? {
            if !seen.insert((file.question, file.sha256)) {
                self.drop_scan(tx, who, tray, file.id).await?;
            }
        }
        uploads::move_tray_to_dossier(tx, tray, dossier.office_id, dossier.id).await?;
        // Asked after the files were moved: none of them can be taken away unseen any more.
        let gone = uploads::infected_uploads_of(tx, tray).await?;
        match gone.into_iter().find(|file| !seen_gone.contains(&file.id)) {
            Some(file) => Err(Problem::FileInfected { name: file.name }.into()),
            None => Ok(()),
        }
    }

    /// Sets a file of a tray aside, on the record.
    async fn drop_scan(&self, tx: &mut Tx, who: &Who, tray: Uuid, file: Uuid) -> Result<()> {
        uploads::drop_upload(tx, file, self.now()).await?;
        let object = Object { kind: "upload", id: file.to_string(), office: None };
        audit::record(self, tx, who, "drop_upload", &object, json!({ "tray": tray })).await
    }
}
