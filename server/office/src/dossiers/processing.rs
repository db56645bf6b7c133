//! Between reception and result: who holds it, at which step, what is proposed, what is decided.

use crate::{Error, Office, Result, Who, act::Command, error::Problem};
use domain::dossier::{Act, ActKind, Exclusion, Proposal};
use store::{Tx, dossiers::DossierRow};
use uuid::Uuid;

impl Office {
    /// Gives the dossier to a colleague of the unit.
    ///
    /// **Permissions**: reception, the centre's director or a leader of its unit.
    pub async fn assign_dossier(&self, who: &Who, id: Uuid, to: Uuid, command: Command) -> Result<()> {
        let Some(mut work) = self.begin(who, id, command).await? else { return Ok(()) };
        self.may_act(who, &work.row, ActKind::Assign)?;
        self.check_colleague(&mut work.tx, &work.row, to).await?;
        let step_due = self.step_due_after(&work.row, ActKind::Assign)?;
        work.act(&Act::Assign { to: to.to_string(), step_due }).await?;
        work.commit("assign_dossier").await
    }

    /// Moves the dossier to another working step of its flow, to a colleague of the unit or for assignment there.
    ///
    /// **Permissions**: reception, the centre's director or a leader of its unit; a specialist or civil-status officer
    /// for what they hold.
    pub async fn route_dossier(
        &self,
        who: &Who,
        id: Uuid,
        step: usize,
        to: Option<Uuid>,
        command: Command,
    ) -> Result<()> {
        let Some(mut work) = self.begin(who, id, command).await? else { return Ok(()) };
        self.may_act(who, &work.row, ActKind::Route)?;
        if let Some(to) = to {
            self.check_colleague(&mut work.tx, &work.row, to).await?;
        }
        let step_due = self.step_due(&work.row, step)?;
        work.act(&Act::Route { step, to: to.map(|to| to.to_string()), step_due }).await?;
        work.commit("route_dossier").await
    }

    /// Puts the dossier before the leader with a proposal.
    ///
    /// **Permissions**: the specialist or civil-status officer it was given to.
    pub async fn submit_for_approval(
        &self,
        who: &Who,
        id: Uuid,
        proposal: Proposal,
        note: String,
        command: Command,
    ) -> Result<()> {
        let Some(mut work) = self.begin(who, id, command).await? else { return Ok(()) };
        let step_due = self.step_due_after(&work.row, ActKind::SubmitForApproval)?;
        work.act(&Act::SubmitForApproval { proposal, note, to: None, step_due }).await?;
        work.commit("submit_for_approval").await
    }

    /// Approves; at the last step the result is issued with it.
    ///
    /// **Permissions**: a leader of its unit.
    pub async fn approve_dossier(&self, who: &Who, id: Uuid, command: Command) -> Result<()> {
        let Some(mut work) = self.begin(who, id, command).await? else { return Ok(()) };
        let step_due = self.step_due_after(&work.row, ActKind::Approve)?;
        work.act(&Act::Approve { to: None, step_due, reference: None }).await?;
        work.commit("approve_dossier").await
    }

    /// Signs what was decided, where the flow has a step for it; at the last step the result is issued with it.
    ///
    /// **Permissions**: a leader of its unit.
    pub async fn sign_dossier(&self, who: &Who, id: Uuid, command: Command) -> Result<()> {
        let Some(mut work) = self.begin(who, id, command).await? else { return Ok(()) };
        let step_due = self.step_due_after(&work.row, ActKind::Sign)?;
        work.act(&Act::Sign { to: None, step_due, reference: None }).await?;
        work.commit("sign_dossier").await
    }

    /// Sends the dossier back to the person who examined it.
    ///
    /// **Permissions**: a leader or the centre's director of its unit.
    pub async fn return_for_rework(&self, who: &Who, id: Uuid, reason: String, command: Command) -> Result<()> {
        let Some(mut work) = self.begin(who, id, command).await? else { return Ok(()) };
        let step_due = self.step_due_after(&work.row, ActKind::ReturnForRework)?;
        work.act(&Act::ReturnForRework { reason, step_due }).await?;
        work.commit("return_for_rework").await
    }

    /// Decides not to grant: a reasoned result, on time or late like any other.
    ///
    /// **Permissions**: a leader of its unit.
    pub async fn decide_not_to_grant(&self, who: &Who, id: Uuid, reason: String, command: Command) -> Result<()> {
        let Some(mut work) = self.begin(who, id, command).await? else { return Ok(()) };
        let step_due = self.step_due_after(&work.row, ActKind::DecideNotToGrant)?;
        work.act(&Act::DecideNotToGrant { reason, to: None, step_due, reference: None }).await?;
        work.commit("decide_not_to_grant").await
    }

    /// Issues the result: numbered and sealed.
    ///
    /// **Permissions**: records or civil status of its unit.
    pub async fn issue_result(&self, who: &Who, id: Uuid, command: Command) -> Result<()> {
        self.plain_act(who, id, &Act::IssueResult { reference: None }, "issue_result", command).await
    }

    /// Settles at once what needs no examination.
    ///
    /// **Permissions**: reception, civil status or the centre's director of its unit.
    pub async fn finish_at_once(&self, who: &Who, id: Uuid, command: Command) -> Result<()> {
        self.plain_act(who, id, &Act::FinishAtOnce { reference: None }, "finish_at_once", command).await
    }

    /// Begins a stretch that the law leaves out of the term.
    ///
    /// **Permissions**: specialist, civil status or the centre's director of its unit.
    pub async fn suspend_clock(
        &self,
        who: &Who,
        id: Uuid,
        exclusion: Exclusion,
        basis: String,
        command: Command,
    ) -> Result<()> {
        self.plain_act(who, id, &Act::SuspendClock { exclusion, basis }, "suspend_clock", command).await
    }

    /// Ends it.
    ///
    /// **Permissions**: specialist, civil status or the centre's director of its unit.
    pub async fn resume_clock(&self, who: &Who, id: Uuid, command: Command) -> Result<()> {
        let Some(mut work) = self.begin(who, id, command).await? else { return Ok(()) };
        self.may_act(who, &work.row, ActKind::ResumeClock)?;
        let (due, redated_due) = self.moved_dues(&work.row)?.ok_or(Error::Stale)?;
        work.act(&Act::ResumeClock { due, redated_due }).await?;
        work.commit("resume_clock").await
    }

    /// An act that needs nothing but itself.
    pub(crate) async fn plain_act(&self, who: &Who, id: Uuid, act: &Act, name: &str, command: Command) -> Result<()> {
        let Some(mut work) = self.begin(who, id, command).await? else { return Ok(()) };
        work.act(act).await?;
        work.commit(name).await
    }

    /// A dossier is given to people of the unit that resolves it who may have to do with it, and to nobody else.
    async fn check_colleague(&self, tx: &mut Tx, row: &DossierRow, to: Uuid) -> Result<()> {
        let colleagues = self.colleagues_for(tx, row).await?;
        if colleagues.iter().any(|colleague| colleague.staff_id == to) {
            Ok(())
        } else {
            Err(Problem::Missing("to").into())
        }
    }
}
