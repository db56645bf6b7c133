//! Files that are laid with the answer to a request for an opinion: files of the dossier like the others, taken and scanned
//! as those, under a question of their own that names the request.
//!
//! Until it is answered the asked unit alone sees them; then whoever may read the dossier does. Its resident never: an
//! opinion is part of a decision, and so is what comes with it.

use crate::{
    Error, Office, Result, Who,
    act::Work,
    audit::{self, Object},
    error::Problem,
    uploads::Holder,
};
use domain::dossier::{ANSWER_FILES, OpinionEnd};
use serde_json::json;
use store::{
    Tx,
    dossiers::DossierRow,
    opinions::OpinionRow,
    uploads::{self, UploadRow},
};
use uuid::Uuid;

/// The question under which files of the answer to that request lie.
pub fn answer_question(opinion: Uuid) -> String {
    format!("{ANSWER_FILES}{opinion}")
}

/// The request to whose answer a file belongs that lies under that question.
pub fn opinion_of(question: &str) -> Option<Uuid> {
    question.strip_prefix(ANSWER_FILES)?.parse().ok()
}

/// Whether a file of a dossier is out of the hands of who answers: every one but those of a request that was not answered.
pub(crate) fn is_sent(opinions: &[OpinionRow], file: &UploadRow) -> bool {
    let answered = |one: &OpinionRow| one.ended.as_deref() == Some(OpinionEnd::Answered.key());
    opinion_of(&file.question).is_none_or(|id| opinions.iter().any(|one| one.id == id && answered(one)))
}

/// What lies with the dossier for the answer to that request, the oldest first.
pub(crate) async fn answer_files(tx: &mut Tx, opinion: &OpinionRow) -> Result<Vec<UploadRow>> {
    let mut files = uploads::uploads_of_dossier(tx, opinion.dossier_id).await?;
    files.retain(|file| opinion_of(&file.question) == Some(opinion.id));
    Ok(files)
}

impl Office {
    /// Where a file for the answer to a request is laid, and under which question.
    ///
    /// **Permissions**: as [`Office::answer_opinion`].
    pub async fn place_for_answer(&self, who: &Who, opinion: Uuid) -> Result<(Holder, String)> {
        self.units_of(who, crate::opinions::ANSWER)?;
        let mut tx = self.db().read().await?;
        let (row, _) = self.asked_of(&mut tx, who, opinion).await?;
        Ok((Holder::Dossier(row.dossier_id), answer_question(opinion)))
    }

    /// Whether this person may lay a file with the answer to that request, which is on that dossier.
    pub(crate) async fn may_lay_with_answer(&self, tx: &mut Tx, who: &Who, opinion: Uuid, dossier: Uuid) -> Result<()> {
        let (row, _) = self.asked_of(tx, who, opinion).await?;
        if row.dossier_id != dossier {
            return Err(Error::NotFound);
        }
        if row.ended_at.is_some() {
            return Err(Error::Stale);
        }
        if self.is_ones_own(who, &row) { Ok(()) } else { Err(Error::Forbidden) }
    }

    /// Of what lies for an answer the chosen files go with it; the others are set aside, for good. `shown` is what whoever
    /// answers had before their eyes.
    ///
    /// # Errors
    /// `Stale` when something else lies there now; `Missing("files")` when something was chosen that was not shown.
    pub(crate) async fn choose_answer_files(
        &self,
        who: &Who,
        work: &mut Work<'_>,
        opinion: &OpinionRow,
        (shown, chosen): (&[Uuid], &[Uuid]),
    ) -> Result<()> {
        if chosen.iter().any(|id| !shown.contains(id)) {
            return Err(Problem::Missing("files").into());
        }
        let lying = answer_files(&mut work.tx, opinion).await?;
        let is_shown = |file: &UploadRow| shown.contains(&file.id);
        if !lying.iter().all(is_shown) || shown.iter().any(|id| lying.iter().all(|file| file.id != *id)) {
            return Err(Error::Stale);
        }
        self.set_answer_files_aside(&mut work.tx, who, &work.row, opinion, chosen).await
    }

    /// What lies for the answer to a request that ends is set aside but for those files. The dossier is held: a file that
    /// comes to its end meanwhile finds that the request has ended ([`Office::upload`]).
    pub(crate) async fn set_answer_files_aside(
        &self,
        tx: &mut Tx,
        who: &Who,
        dossier: &DossierRow,
        opinion: &OpinionRow,
        kept: &[Uuid],
    ) -> Result<()> {
        for file in answer_files(tx, opinion).await?.into_iter().filter(|file| !kept.contains(&file.id)) {
            uploads::drop_upload(tx, file.id, self.now()).await?;
            let detail = json!({ "upload": file.id });
            audit::record(self, tx, who, "drop_upload", &Object::of(dossier), detail).await?;
            self.release_later(tx, file.sha256).await?;
        }
        Ok(())
    }
}
