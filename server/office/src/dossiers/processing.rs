//! Between reception and result: who holds it, what is proposed, what is decided.

use crate::{Error, Office, Result, Who, act::Command, error::Problem};
use domain::dossier::{Act, Exclusion, Proposal};
use uuid::Uuid;

impl Office {
    /// Gives the dossier to a colleague of the unit.
    ///
    /// **Permissions**: reception, the centre's director or a leader of its unit.
    pub async fn assign_dossier(&self, who: &Who, id: Uuid, to: Uuid, command: Command) -> Result<()> {
        let Some(mut work) = self.begin(who, id, command).await? else { return Ok(()) };
        let colleagues = self.colleagues_of(&mut work.tx, work.row.resolving_office).await?;
        if !colleagues.iter().any(|colleague| colleague.staff_id == to) {
            return Err(Problem::Missing("to").into());
        }
        let step_due = self.step_due(&work.row)?;
        work.act(&Act::Assign { to: to.to_string(), step_due }).await?;
        work.commit("assign_dossier").await
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
        let act = Act::SubmitForApproval { proposal, note, to: None, step_due: None };
        self.plain_act(who, id, &act, "submit_for_approval", command).await
    }

    /// Approves; at the last step the result is issued with it.
    ///
    /// **Permissions**: a leader of its unit.
    pub async fn approve_dossier(&self, who: &Who, id: Uuid, command: Command) -> Result<()> {
        let act = Act::Approve { to: None, step_due: None, reference: None };
        self.plain_act(who, id, &act, "approve_dossier", command).await
    }

    /// Sends the dossier back to the person who examined it.
    ///
    /// **Permissions**: a leader or the centre's director of its unit.
    pub async fn return_for_rework(&self, who: &Who, id: Uuid, reason: String, command: Command) -> Result<()> {
        self.plain_act(who, id, &Act::ReturnForRework { reason }, "return_for_rework", command).await
    }

    /// Decides not to grant: a reasoned result, on time or late like any other.
    ///
    /// **Permissions**: a leader of its unit.
    pub async fn decide_not_to_grant(&self, who: &Who, id: Uuid, reason: String, command: Command) -> Result<()> {
        let act = Act::DecideNotToGrant { reason, to: None, step_due: None, reference: None };
        self.plain_act(who, id, &act, "decide_not_to_grant", command).await
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

    /// A financial duty is to be met first; the clock stands still.
    ///
    /// **Permissions**: reception, specialist, civil status or the centre's director of its unit.
    pub async fn ask_duty(&self, who: &Who, id: Uuid, amount_note: String, command: Command) -> Result<()> {
        self.plain_act(who, id, &Act::AskDuty { amount_note, respond_by: None }, "ask_duty", command).await
    }

    /// The duty is met: the clock runs on.
    ///
    /// **Permissions**: reception, accountant, cashier or the centre's director of its unit.
    pub async fn duty_met(&self, who: &Who, id: Uuid, command: Command) -> Result<()> {
        let Some(mut work) = self.begin(who, id, command).await? else { return Ok(()) };
        let before = work.row.state.due.ok_or(Error::Stale)?;
        let due = self.due_of(&work.row)?.map_or(before, |due| due.due.max(before));
        let redated_due = work.row.state.redated_due.map(|redated| redated.max(due));
        work.act(&Act::DutyMet { due, redated_due }).await?;
        work.commit("duty_met").await
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
        let before = work.row.state.due.ok_or(Error::Stale)?;
        let due = self.due_of(&work.row)?.map_or(before, |due| due.due.max(before));
        let redated_due = work.row.state.redated_due.map(|redated| redated.max(due));
        work.act(&Act::ResumeClock { due, redated_due }).await?;
        work.commit("resume_clock").await
    }

    /// An act that needs nothing but itself.
    pub(crate) async fn plain_act(&self, who: &Who, id: Uuid, act: &Act, name: &str, command: Command) -> Result<()> {
        let Some(mut work) = self.begin(who, id, command).await? else { return Ok(()) };
        work.act(act).await?;
        work.commit(name).await
    }
}
