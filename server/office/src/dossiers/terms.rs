//! The rules a dossier was received under, and the due moments they give.

use crate::{Error, Office, Result, catalogue::ProcedureVersion};
use domain::{
    dossier::{ActKind, Status, leads_to},
    time::Instant,
    working_time::{self, Calendar, Due, DueSoonRule, Pause, PausePolicy},
};
use std::sync::Arc;
use store::{
    Tx,
    dossiers::{self, DossierRow},
};
use uuid::Uuid;

impl Office {
    /// The dossier of that id, whose rules the books know.
    pub(crate) async fn find_dossier(&self, tx: &mut Tx, id: Uuid) -> Result<DossierRow> {
        let row = dossiers::dossier_by_id(tx, id).await?.ok_or(Error::NotFound)?;
        self.know_rules_of(tx, &row).await?;
        Ok(row)
    }

    /// The same, held until the transaction ends.
    pub(crate) async fn hold_dossier(&self, tx: &mut Tx, id: Uuid) -> Result<DossierRow> {
        let row = dossiers::hold_dossier(tx, id).await?.ok_or(Error::NotFound)?;
        self.know_rules_of(tx, &row).await?;
        Ok(row)
    }

    /// Reads the books anew where they lack a rule that a dossier keeps: another process has laid it down since they were
    /// read. What is still missing then is an error to whoever asks for it.
    pub(crate) async fn know_rules_of(&self, tx: &mut Tx, row: &DossierRow) -> Result<()> {
        if self.books().knows(row) { Ok(()) } else { self.read_books(tx).await }
    }

    /// The version of the procedure the dossier keeps.
    pub(crate) fn procedure_of(&self, row: &DossierRow) -> Result<Arc<ProcedureVersion>> {
        let books = self.books();
        books
            .catalogue
            .version(row.procedure_version)
            .ok_or_else(|| Error::Broken("a dossier without its procedure".into()))
    }

    /// The calendar in force for an office now.
    pub fn calendar_of(&self, office: i64) -> Arc<Calendar> {
        self.books().places.calendar_of(office, self.now().day())
    }

    /// The calendar of that version.
    ///
    /// # Errors
    /// [`Error::Broken`] when the books have none: no other is taken in its place, since it would promise another day.
    pub fn calendar_of_version(&self, version: &str) -> Result<Arc<Calendar>> {
        let known = self.books().places.calendar_of_version(version);
        known.ok_or_else(|| Error::Broken(format!("no calendar {version}")))
    }

    /// The same; one that another process has published since the books were read is looked up anew.
    pub async fn find_calendar(&self, version: &str) -> Result<Arc<Calendar>> {
        if self.books().places.calendar_of_version(version).is_none() {
            self.reload_books().await?;
        }
        self.calendar_of_version(version)
    }

    /// When the dossier is due and why, with its pauses up to now; `None` before acceptance.
    pub(crate) fn due_of(&self, row: &DossierRow) -> Result<Option<Due>> {
        let Some(received) = row.state.received else { return Ok(None) };
        let procedure = self.procedure_of(row)?;
        let Some(term) = self.term_of_dossier(&procedure, row)? else { return Ok(None) };
        let calendar = self.calendar_of_version(&row.calendar_version)?;
        let until = row.state.finished.or(row.state.closed).unwrap_or_else(|| self.now());
        let pauses = pauses_of(row, until);
        let policy = (!pauses.is_empty()).then(|| procedure.pause_policy());
        working_time::due(&calendar, received, &term, policy, &pauses)
            .map(Some)
            .map_err(|e| Error::Broken(format!("{e:?}")))
    }

    /// The legal due moment and the promise of form 04, as the pauses up to now have moved them: neither moves
    /// earlier. `None` before acceptance.
    pub(crate) fn moved_dues(&self, row: &DossierRow) -> Result<Option<(Instant, Option<Instant>)>> {
        let Some(before) = row.state.due else { return Ok(None) };
        let due = self.due_of(row)?.map_or(before, |due| due.due.max(before));
        Ok(Some((due, row.state.redated_due.map(|redated| redated.max(due)))))
    }

    /// What a resident is promised: form 04's moment or the legal one, as the pauses up to now have moved it. Where that
    /// cannot be told, the moment that was promised stands, and the log says so: one dossier does not hide the others.
    pub fn promise_of(&self, row: &DossierRow) -> Option<Instant> {
        if row.state.open_pause().is_none() {
            return row.state.current_due();
        }
        match self.moved_dues(row) {
            Ok(moved) => moved.map(|(due, redated)| redated.unwrap_or(due)),
            Err(error) => {
                tracing::error!(dossier = %row.id, %error, "the promise of a dossier in a pause cannot be told");
                row.state.current_due()
            }
        }
    }

    /// Why a waiting dossier must be accepted by then.
    pub(crate) fn waiting_of(&self, row: &DossierRow) -> Result<Option<Due>> {
        let Some(submitted) = row.submitted_at.filter(|_| row.received_at.is_none()) else { return Ok(None) };
        let calendar = self.calendar_of_version(&row.calendar_version)?;
        let waits = row.state.waits(self.now());
        self.acceptance_limit(&calendar, &*self.procedure_of(row)?, Instant(submitted), &waits).map(Some)
    }

    /// Until when a submitted dossier must be accepted or answered, and why: later by what it waited for its resident.
    pub(crate) fn acceptance_limit(
        &self,
        calendar: &Calendar,
        procedure: &ProcedureVersion,
        submitted: Instant,
        waits: &[Pause],
    ) -> Result<Due> {
        working_time::acceptance_limit(calendar, submitted, procedure.acceptance_hours(), waits)
            .map_err(|e| Error::Broken(format!("{e:?}")))
    }

    /// From when the limit that runs is due soon: that of acceptance, then the due moment. `None` when none runs.
    pub(crate) fn due_soon_of(&self, row: &DossierRow) -> Result<Option<Instant>> {
        let state = &row.state;
        let (starts, due, pauses) = match state.status {
            Status::Registered => (row.submitted_at.map(Instant), row.accept_by.map(Instant), state.waits.clone()),
            Status::Accepted | Status::Processing | Status::SupplementAsked | Status::DutyAsked => {
                (state.received, state.due, pauses_of(row, self.now()))
            }
            _ => return Ok(None),
        };
        let Some((mut starts, due)) = starts.zip(due) else { return Ok(None) };
        if state.received.is_some() && self.procedure_of(row)?.pause_policy() == PausePolicy::Restart {
            starts = pauses.last().map_or(starts, |last| last.to);
        }
        let calendar = self.calendar_of_version(&row.calendar_version)?;
        Ok(Some(working_time::due_soon_from(&calendar, starts, due, &pauses, DueSoonRule::default())))
    }

    /// When the step where a dossier lies is to be done by: accepted and given to nobody yet, the first one.
    pub(crate) fn step_due_of(&self, row: &DossierRow) -> Result<Option<Instant>> {
        match (row.state.status, row.state.received) {
            (Status::Processing, _) => {
                let calendar = self.calendar_of_version(&row.calendar_version)?;
                let waited = row.state.pauses_of_step(self.now());
                Ok(row.state.step_due.map(|due| working_time::moved_by(&calendar, due, &waited)))
            }
            (Status::Accepted, Some(received)) => {
                let Some(hours) = self.procedure_of(row)?.hours_of_step(0) else { return Ok(None) };
                let calendar = self.calendar_of_version(&row.calendar_version)?;
                let dues = working_time::step_dues(&calendar, received, &[hours], &pauses_of(row, self.now()));
                Ok(dues.map_err(|e| Error::Broken(format!("{e:?}")))?.first().map(|step| step.due))
            }
            _ => Ok(None),
        }
    }

    /// When a step of the flow is to be done by, for a dossier that goes there now: its hours from now, and not past
    /// the dossier's own due moment while that still lies ahead.
    pub(crate) fn step_due(&self, row: &DossierRow, step: usize) -> Result<Option<Instant>> {
        let procedure = self.procedure_of(row)?;
        let calendar = self.calendar_of_version(&row.calendar_version)?;
        let Some(hours) = procedure.hours_of_step(step) else { return Ok(None) };
        let now = self.now();
        let dues =
            working_time::step_dues(&calendar, now, &[hours], &[]).map_err(|e| Error::Broken(format!("{e:?}")))?;
        let last = row.state.current_due().filter(|due| *due > now);
        Ok(dues.first().map(|step| last.map_or(step.due, |last| step.due.min(last))))
    }

    /// The same for the step that an act leads to.
    pub(crate) fn step_due_after(&self, row: &DossierRow, kind: ActKind) -> Result<Option<Instant>> {
        leads_to(&row.state, kind).map_or(Ok(None), |step| self.step_due(row, step))
    }
}

/// The pauses of a dossier's term, an open one cut at `until`.
fn pauses_of(row: &DossierRow, until: Instant) -> Vec<Pause> {
    row.state.pauses(until).into_iter().map(|(from, to)| Pause { from, to }).collect()
}

/// The closing of the working day before the one a moment lies in: form 04 goes out by then at the latest.
pub(crate) fn closing_of_working_day_before(calendar: &Calendar, due: Instant) -> Instant {
    let mut day = due.day().prev();
    for _ in 0..LONGEST_HOLIDAY {
        if let Some(closing) = calendar.closing(day) {
            return closing;
        }
        day = day.prev();
    }
    due
}

/// No office is closed for so many days on end.
const LONGEST_HOLIDAY: usize = 60;
