//! Asking for what is missing, and getting it.

use crate::{
    Error, Office, Result, Who,
    act::Command,
    papers::{Facts, PaperKind},
};
use domain::{
    dossier::{Act, ActKind, Status, SupplementItem, SupplementStage},
    question::Typed,
    working_time::{self, Term, TermUnit},
};
use store::{Tx, dossiers};
use uuid::Uuid;

/// What a clerk writes in a request for supplement.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// Everything that is missing, at once.
    pub items: Vec<SupplementItem>,
    pub reason: String,
    /// On what basis, from the second round on.
    pub basis: String,
}

impl Office {
    /// Asks for everything that is missing, once: form 02. An accepted dossier's clock stands still from here.
    ///
    /// **Permissions**: reception, specialist, civil status or the centre's director of its unit.
    pub async fn ask_supplement(&self, who: &Who, id: Uuid, request: Request, command: Command) -> Result<()> {
        let Some(mut work) = self.begin(who, id, command).await? else { return Ok(()) };
        let procedure = self.procedure_of(&work.row)?;
        let calendar = self.calendar_of_version(&work.row.calendar_version);
        let term = Term { unit: TermUnit::CalendarDays, amount: procedure.days_to_supplement(), cutoff_15h: false };
        let respond_by = working_time::due(&calendar, self.now(), &term, None, &[])
            .map_err(|e| Error::Broken(format!("{e:?}")))?
            .due;
        let stage = match work.row.state.status {
            Status::Registered => SupplementStage::BeforeAcceptance,
            Status::Accepted => SupplementStage::AtCounter,
            _ => SupplementStage::AtExamination,
        };
        let Request { mut items, reason, basis } = request;
        // A line without a reason of its own is asked for the reason of the whole.
        for item in items.iter_mut().filter(|item| item.why.trim().is_empty()) {
            item.why.clone_from(&reason);
        }
        work.act(&Act::AskSupplement {
            items: items.clone(),
            stage,
            reason: reason.clone(),
            basis: basis.clone(),
            approved_by: None,
            respond_by,
        })
        .await?;
        let clock_pauses = work.row.received_at.is_some();
        let deadline = Some(respond_by);
        work.issue(PaperKind::Supplement, |facts| Facts { items, reason, basis, deadline, clock_pauses, ..facts })
            .await?;
        work.commit("ask_supplement").await
    }

    /// Answers a request: files lie with the dossier already, corrected answers come here.
    ///
    /// **Permissions**: the dossier's resident; reception when it is brought to the counter.
    pub async fn answer_supplement(&self, who: &Who, id: Uuid, corrected: Typed, command: Command) -> Result<()> {
        let Some(mut work) = self.begin(who, id, command).await? else { return Ok(()) };
        let row = &mut work.row;
        let asked: Vec<String> =
            row.state.supplement.iter().flat_map(|open| &open.items).map(|item| item.path_or_paper.clone()).collect();
        let is_asked = |path: &str| asked.iter().any(|one| path == one || path.starts_with(&format!("{one}.")));
        row.typed.extend(corrected.into_iter().filter(|(path, _)| is_asked(path)));
        let (due, redated_due) = match self.moved_dues(row)? {
            Some((due, redated_due)) => (Some(due), redated_due),
            None => {
                let procedure = self.procedure_of(row)?;
                let calendar = self.calendar_of_version(&row.calendar_version);
                row.accept_by = Some(self.acceptance_limit(&calendar, &procedure, self.now())?.0);
                (None, None)
            }
        };
        work.act(&Act::AnswerSupplement { due, redated_due }).await?;
        work.commit("answer_supplement").await
    }

    /// Whether this person may lay a file with the dossier; answers who the file then belongs to.
    pub(crate) async fn may_attach(&self, tx: &mut Tx, who: &Who, id: Uuid) -> Result<Uuid> {
        let row = dossiers::dossier_by_id(tx, id).await?.ok_or(Error::NotFound)?;
        match who.staff() {
            Some(staff) => {
                self.may(who, crate::rights::Task::AttachFile, row.resolving_office)?;
                if row.state.status.is_terminal() {
                    return Err(Error::Stale);
                }
                Ok(staff.id)
            }
            None => {
                self.may_act(who, &row, ActKind::AnswerSupplement)?;
                if row.state.status != Status::SupplementAsked {
                    return Err(Error::Stale);
                }
                Ok(who.subject())
            }
        }
    }
}
