//! How a dossier ends: result, handover, stop; and what comes after.

use super::terms::closing_of_working_day_before;
use crate::{
    Error, Office, Result, Who,
    act::Command,
    error::Problem,
    papers::{Facts, InPlaceOf, Officer, PaperKind},
};
use domain::{
    dossier::{Act, ActKind, Collector, DeliveryMethod, Event, Posted, Rating, RatingReason, ResultKind},
    mandate::MandateKind,
    time::{Day, Instant},
};
use store::{
    Tx, dossiers::DossierRow, events, mandates, ratings, ratings::RatingRow, results, results::ResultRow, staff,
    uploads,
};
use uuid::Uuid;

/// The question that a result's file is attached under.
pub const RESULT_FILE: &str = domain::dossier::RESULT_FILE;

impl Office {
    /// Apologises and gives a new date: form 04, once, a working day before the due moment at the latest. The new day is
    /// a working day of the calendar that the dossier keeps, and ends with it.
    ///
    /// **Permissions**: the centre's director or a leader of its unit.
    pub async fn redate_dossier(
        &self,
        who: &Who,
        id: Uuid,
        new_day: Day,
        reason: String,
        command: Command,
    ) -> Result<()> {
        let Some(mut work) = self.begin(who, id, command).await? else { return Ok(()) };
        self.may_act(who, &work.row, ActKind::Redate)?;
        let calendar = self.calendar_of_version(&work.row.calendar_version)?;
        let due = work.row.state.due.ok_or(Error::Stale)?;
        let new_due = calendar.closing(new_day).ok_or(Problem::DateInvalid("new_due"))?;
        let latest_allowed = closing_of_working_day_before(&calendar, due);
        work.act(&Act::Redate { new_due, reason: reason.clone(), latest_allowed }).await?;
        let (due_at, new_due_at) = (Some(due), Some(new_due));
        work.issue(PaperKind::Apology, |facts| Facts { due_at, new_due_at, reason, ..facts }).await?;
        work.commit("redate_dossier").await
    }

    /// Stops the dossier: form 05.
    ///
    /// **Permissions**: the centre's director or a leader of its unit.
    pub async fn stop_dossier(&self, who: &Who, id: Uuid, reason: String, command: Command) -> Result<()> {
        let Some(mut work) = self.begin(who, id, command).await? else { return Ok(()) };
        work.act(&Act::Stop { reason: reason.clone() }).await?;
        work.issue(PaperKind::Stop, |facts| Facts { reason, ..facts }).await?;
        work.commit("stop_dossier").await
    }

    /// Hands the result over: to the applicant or to somebody entitled, at the counter, by post with its particulars,
    /// or as an electronic paper.
    ///
    /// **Permissions**: reception or the centre's director of its unit.
    pub async fn deliver_dossier(
        &self,
        who: &Who,
        id: Uuid,
        collector: Collector,
        method: DeliveryMethod,
        posted: Option<Posted>,
        command: Command,
    ) -> Result<()> {
        self.plain_act(who, id, &Act::Deliver { collector, method, posted }, "deliver_dossier", command).await
    }

    /// Takes a result back to correct it before handover; the old version is kept, marked replaced.
    ///
    /// **Permissions**: civil status, specialist, the centre's director or a leader of its unit.
    pub async fn correct_result(&self, who: &Who, id: Uuid, reason: String, command: Command) -> Result<()> {
        let Some(mut work) = self.begin(who, id, command).await? else { return Ok(()) };
        let to = work.row.state.examiner.clone();
        let step_due = self.step_due_after(&work.row, ActKind::CorrectResult)?;
        work.act(&Act::CorrectResult { reason, to, step_due }).await?;
        let (office, dossier) = (work.row.office_id, work.row.id);
        results::replace_results(&mut work.tx, office, dossier, self.now()).await?;
        work.commit("correct_result").await
    }

    /// Rates the service, with reasons out of a fixed list and words of one's own when there are some.
    ///
    /// **Permissions**: the dossier's resident, after delivery, once.
    pub async fn rate_dossier(
        &self,
        who: &Who,
        id: Uuid,
        rating: Rating,
        why: Vec<RatingReason>,
        words: String,
        command: Command,
    ) -> Result<()> {
        let Some(mut work) = self.begin(who, id, command).await? else { return Ok(()) };
        let keys = RatingReason::ALL.iter().filter(|reason| why.contains(reason)).map(|reason| reason.key().into());
        let score = Rating::ALL.iter().rev().position(|one| *one == rating).map_or(1, |place| place as i64 + 1);
        let row = RatingRow { score, reasons: keys.collect(), words: words.clone(), at: self.now().0 };
        work.act(&Act::Rate { rating, why, words }).await?;
        let (office, dossier) = (work.row.office_id, work.row.id);
        ratings::insert_rating(&mut work.tx, office, dossier, &row).await?;
        work.commit("rate_dossier").await
    }

    /// Keeps the version of the result that an act just issued: the file attached for it, or a letter made from the
    /// decision. Where the dossier repairs an error, what was handed over before is marked as replaced.
    pub(crate) async fn keep_result(&self, tx: &mut Tx, who: &Who, row: &DossierRow) -> Result<()> {
        let Some(issued) = row.state.standing_result().cloned() else { return Ok(()) };
        let granted = issued.result == ResultKind::Granted;
        let files = uploads::uploads_of_dossier(tx, row.id).await?;
        let before = results::results_of(tx, row.office_id, row.id).await?;
        let used: Vec<Uuid> = before.iter().filter_map(|result| result.upload_id).collect();
        let upload = files.iter().rfind(|file| file.question == RESULT_FILE && !used.contains(&file.id));
        // What nobody may open yet is issued to nobody.
        if upload.is_some_and(|file| file.held_at.is_some()) {
            return Err(Problem::FileHeld.into());
        }
        let paper_id = match upload {
            Some(_) => None,
            None => {
                let (reason, decided) = (issued.reason.clone(), self.decided_by(tx, row).await?);
                let particulars = |facts: Facts| {
                    let officer = decided.or(facts.officer);
                    Facts { granted, reason, officer, ..facts }
                };
                Some(self.issue_paper(tx, who, row, PaperKind::Result, particulars).await?)
            }
        };
        let procedure = self.procedure_of(row)?;
        let result = ResultRow {
            version: i64::from(issued.version),
            granted,
            title: if granted { procedure.result_name() } else { String::new() },
            paper_id,
            upload_id: upload.map(|file| file.id),
            issued_at: issued.issued.0,
            replaced_at: None,
        };
        results::insert_result(tx, row.office_id, row.id, &result).await?;
        self.replace_repaired(tx, who, row).await
    }

    /// Who answers for the result that was just issued: the last to sign, approve or decline it, in whose place they did.
    /// `None` where it was decided and issued in one act.
    async fn decided_by(&self, tx: &mut Tx, row: &DossierRow) -> Result<Option<Officer>> {
        let events = events::events_of(tx, row.office_id, row.id).await?;
        let at_once = |event: &Event| matches!(event, Event::ResultIssued { at_once: true, .. });
        let decides = |event: &Event| {
            matches!(event, Event::Signed { .. } | Event::Approved { .. } | Event::DecidedNotToGrant { .. })
        };
        let last = events.iter().rfind(|one| at_once(&one.body) || decides(&one.body));
        let Some((decision, by)) = last.and_then(|one| Some((one, one.actor_id?))) else { return Ok(None) };
        if at_once(&decision.body) {
            return Ok(None);
        }
        let positions = staff::positions_of(tx, by, Instant(decision.at).day()).await?;
        let books = self.books();
        let unit = books.places.authority_of(row.resolving_office);
        let position = positions.into_iter().find(|one| books.places.authority_of(one.office_id) == unit);
        let in_place_of = match decision.mandate_id {
            Some(id) => {
                let used = mandates::mandates_of_dossier(tx, row.office_id, row.id).await?;
                used.into_iter().find(|one| one.id == id).and_then(|one| {
                    Some(InPlaceOf {
                        kind: MandateKind::from_key(&one.kind)?,
                        name: one.from_name,
                        title: one.from_title,
                    })
                })
            }
            None => None,
        };
        let title = position.map(|one| one.title).unwrap_or_default();
        Ok(Some(Officer { name: decision.actor_name.clone(), title, in_place_of }))
    }
}
