//! How a dossier ends: result, handover, withdrawal, stop; and what comes after.

use super::terms::closing_of_working_day_before;
use crate::{
    Error, Office, Result, Who,
    act::Command,
    error::Problem,
    papers::{Facts, PaperKind},
};
use domain::{
    dossier::{Act, ActKind, Collector, DeliveryMethod, Posted, Rating, ResultKind},
    time::Day,
};
use store::{Tx, dossiers::DossierRow, ratings, results, results::ResultRow, uploads};
use uuid::Uuid;

/// The question that a result's file is attached under.
pub const RESULT_FILE: &str = "ket-qua";

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
        let calendar = self.calendar_of_version(&work.row.calendar_version);
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

    /// The resident asks for the dossier back; a clerk confirms.
    ///
    /// **Permissions**: the dossier's resident; reception when asked at the counter.
    pub async fn ask_withdrawal(&self, who: &Who, id: Uuid, reason: String, command: Command) -> Result<()> {
        self.plain_act(who, id, &Act::AskWithdrawal { reason }, "ask_withdrawal", command).await
    }

    /// Confirms a withdrawal: papers are back, money is settled.
    ///
    /// **Permissions**: reception or the centre's director of its unit.
    pub async fn confirm_withdrawal(
        &self,
        who: &Who,
        id: Uuid,
        papers_returned: bool,
        money_settled: bool,
        command: Command,
    ) -> Result<()> {
        let act = Act::ConfirmWithdrawal { papers_returned, money_settled };
        self.plain_act(who, id, &act, "confirm_withdrawal", command).await
    }

    /// Declines a withdrawal, with the reason.
    ///
    /// **Permissions**: reception or the centre's director of its unit.
    pub async fn decline_withdrawal(&self, who: &Who, id: Uuid, reason: String, command: Command) -> Result<()> {
        self.plain_act(who, id, &Act::DeclineWithdrawal { reason }, "decline_withdrawal", command).await
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

    /// Rates the service.
    ///
    /// **Permissions**: the dossier's resident, after delivery, once.
    pub async fn rate_dossier(
        &self,
        who: &Who,
        id: Uuid,
        rating: Rating,
        words: String,
        command: Command,
    ) -> Result<()> {
        let Some(mut work) = self.begin(who, id, command).await? else { return Ok(()) };
        let reasons = if words.trim().is_empty() { Vec::new() } else { vec![words.clone()] };
        work.act(&Act::Rate { rating, reasons }).await?;
        let score = Rating::ALL.iter().rev().position(|one| *one == rating).map_or(1, |place| place as i64 + 1);
        let (office, dossier) = (work.row.office_id, work.row.id);
        ratings::insert_rating(&mut work.tx, office, dossier, score, &words, self.now()).await?;
        work.commit("rate_dossier").await
    }

    /// Keeps the version of the result that an act just issued: the file attached for it, or a letter made from the
    /// decision.
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
                let reason = issued.reason.clone();
                Some(
                    self.issue_paper(tx, who, row, PaperKind::Result, |facts| Facts { granted, reason, ..facts })
                        .await?,
                )
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
        Ok(results::insert_result(tx, row.office_id, row.id, &result).await?)
    }
}
