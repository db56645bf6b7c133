//! The rules a dossier was received under, and the due moments they give.

use crate::{Error, Office, Result, catalogue::ProcedureVersion};
use domain::{
    dossier::{ActKind, leads_to},
    time::Instant,
    working_time::{self, Calendar, Due, Pause},
};
use std::sync::Arc;
use store::dossiers::DossierRow;

impl Office {
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
        self.books().places.calendar_of(office)
    }

    /// The calendar a dossier keeps.
    pub fn calendar_of_version(&self, version: &str) -> Arc<Calendar> {
        self.books().places.calendar_of_version(version)
    }

    /// When the dossier is due and why, with its pauses up to now; `None` before acceptance.
    pub(crate) fn due_of(&self, row: &DossierRow) -> Result<Option<Due>> {
        let Some(received) = row.state.received else { return Ok(None) };
        let procedure = self.procedure_of(row)?;
        let Some(term) = procedure.term(row) else { return Ok(None) };
        let calendar = self.calendar_of_version(&row.calendar_version);
        let until = row.state.finished.or(row.state.closed).unwrap_or_else(|| self.now());
        let pauses: Vec<Pause> = row.state.pauses(until).into_iter().map(|(from, to)| Pause { from, to }).collect();
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

    /// Why a waiting dossier must be accepted by then.
    pub(crate) fn waiting_of(&self, row: &DossierRow) -> Result<Option<Due>> {
        let Some(submitted) = row.submitted_at.filter(|_| row.received_at.is_none()) else { return Ok(None) };
        let procedure = self.procedure_of(row)?;
        let calendar = self.calendar_of_version(&row.calendar_version);
        let due = working_time::acceptance_limit(&calendar, Instant(submitted), procedure.acceptance_hours());
        due.map(Some).map_err(|e| Error::Broken(format!("{e:?}")))
    }

    /// When a step of the flow is to be done by, for a dossier that goes there now: its hours from now, and not past
    /// the dossier's own due moment while that still lies ahead.
    pub(crate) fn step_due(&self, row: &DossierRow, step: usize) -> Result<Option<Instant>> {
        let procedure = self.procedure_of(row)?;
        let calendar = self.calendar_of_version(&row.calendar_version);
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
