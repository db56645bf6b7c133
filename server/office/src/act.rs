//! One act on one dossier: rights, rule, state, event, audit row, in one transaction.

use crate::{
    Error, Office, Result, Who,
    audit::{self, Object},
    bus::News,
    papers::{Facts, PaperKind},
    rights::Task,
    who::{ActingFor, Actor},
};
use domain::{
    dossier::{self, Act, ActKind, Dossier, Recorded, Status},
    person::Phone,
    role::Role,
    text,
    time::Instant,
};
use serde_json::{Value, json};
use store::{
    StoreError, Tx, commands,
    dossiers::{self, DossierRow},
    drafts,
    events::{self, EventRow},
    opinions,
};
use uuid::Uuid;

/// What a person did with a dossier they saw at a version: the id of the command makes a repeat harmless.
#[derive(Debug, Clone, Copy)]
pub struct Command {
    pub id: Uuid,
    /// The version of the dossier on the screen.
    pub seen: i64,
}

/// The acts a resident may do on their own dossier.
const RESIDENTS_OWN: [ActKind; 4] = [ActKind::Submit, ActKind::AnswerSupplement, ActKind::AskWithdrawal, ActKind::Rate];

/// The acts that grant, or let a result out.
const GRANTING: [ActKind; 4] = [ActKind::Approve, ActKind::Sign, ActKind::FinishAtOnce, ActKind::IssueResult];

/// A unit of work on one dossier: read, act, papers, commit. Dropped without [`Work::commit`], it never happened.
pub(crate) struct Work<'a> {
    pub office: &'a Office,
    /// Who works on it; after an act, with the person in whose place it was done.
    pub who: Who,
    pub tx: Tx,
    /// The dossier as the act leaves it so far.
    pub row: DossierRow,
    command: Uuid,
    results_before: u32,
}

impl Office {
    /// Begins work on a dossier. `None` when this command was carried out before: there is nothing left to do.
    pub(crate) async fn begin(&self, who: &Who, id: Uuid, command: Command) -> Result<Option<Work<'_>>> {
        let Some(work) = self.begin_beside(who, id, command.id).await? else { return Ok(None) };
        if work.row.version != command.seen {
            // Whoever may not act learns that first, not that somebody else did.
            self.may_see(who, &work.row)?;
            return Err(Error::Stale);
        }
        Ok(Some(work))
    }

    /// The same for somebody who sees a part of the dossier that stands by itself, whatever else was done with it since.
    pub(crate) async fn begin_beside(&self, who: &Who, id: Uuid, command: Uuid) -> Result<Option<Work<'_>>> {
        let mut tx = self.db().write().await?;
        // Held before anything is asked, so that the twin of a command finds the answer of the first.
        let row = self.hold_dossier(&mut tx, id).await?;
        if commands::answer_of::<Value>(&mut tx, who.subject(), command).await?.is_some() {
            return Ok(None);
        }
        let results_before = row.state.version_of_result();
        Ok(Some(Work { office: self, who: who.clone(), tx, row, command, results_before }))
    }

    /// Whether this person may know of that dossier: their own, or one that they may read.
    pub(crate) fn may_see(&self, who: &Who, row: &DossierRow) -> Result<()> {
        match &who.actor {
            Actor::Resident(resident) if resident.answers_for(row) => Ok(()),
            Actor::Resident(_) => Err(Error::NotFound),
            _ => self.may_with(who, Task::ReadDossier, row),
        }
    }

    /// Appends events, their audit rows, and what they have to say to the resident.
    pub(crate) async fn write_events(
        &self,
        tx: &mut Tx,
        who: &Who,
        row: &DossierRow,
        recorded: &[Recorded],
        (kind, command): (ActKind, Uuid),
    ) -> Result<()> {
        let (actor_kind, actor_id, actor_name) = who.label();
        let actor_role = self.acting_role(who, row, kind).map(|role| role.key().to_string());
        for event in recorded {
            let line = EventRow {
                seq: event.seq as i64,
                at: event.at.0,
                device_at: who.trace.device_at.map(|at| at.0),
                actor_kind: actor_kind.into(),
                actor_id,
                actor_name: actor_name.clone(),
                actor_role: actor_role.clone(),
                acting_for: who.acting_for.map(|one| one.person),
                mandate_id: who.acting_for.map(|one| one.mandate),
                command_id: Some(command),
                body: event.event.clone(),
            };
            events::insert_event(tx, row.office_id, row.id, &line).await?;
            // The name of the event alone: its particulars stand in the event.
            let body = serde_json::to_value(&event.event).unwrap_or(Value::Null);
            let act = body.get("kind").and_then(Value::as_str).unwrap_or("event").to_string();
            let detail = json!({ "seq": event.seq, "status": row.status });
            audit::record(self, tx, who, &act, &Object::of(row), detail).await?;
        }
        self.queue_messages(tx, row, recorded).await
    }

    /// The role in which a member of staff does that kind of act: one that may, among those held in the unit.
    fn acting_role(&self, who: &Who, row: &DossierRow, kind: ActKind) -> Option<Role> {
        let (books, task) = (self.books(), Task::Dossier(kind));
        let units = self.units_answering(task, row);
        let held = who.staff()?.positions.iter();
        let held = held.filter(|p| books.places.authority_of(p.office).is_some_and(|unit| units.contains(&unit)));
        let mut held = held.map(|position| position.role);
        let may = task.roles();
        let own = held.clone().find(|role| may.contains(role));
        own.or_else(|| self.lent_for(who, row, kind).map(|lent| lent.role)).or_else(|| held.next())
    }

    /// Whether this person may do that kind of act on that dossier.
    pub fn may_act(&self, who: &Who, row: &DossierRow, kind: ActKind) -> Result<()> {
        match &who.actor {
            Actor::Resident(resident) if resident.answers_for(row) => {
                if RESIDENTS_OWN.contains(&kind) {
                    Ok(())
                } else {
                    Err(Error::Forbidden)
                }
            }
            Actor::Resident(_) => Err(Error::NotFound),
            Actor::Staff(staff) => {
                self.may_with(who, Task::Dossier(kind), row)?;
                let role = self.acting_role(who, row, kind);
                let stands_in = self.mandate_for(who, row, kind).is_some_and(|mandate| !mandate.kind.lends());
                let allowed = match kind {
                    // Work on the merits belongs to the person it was given to, and to the director of the centre.
                    ActKind::SubmitForApproval
                    | ActKind::SuspendClock
                    | ActKind::ResumeClock
                    | ActKind::AskOpinion
                    | ActKind::RecallOpinion
                    | ActKind::AskDuty => {
                        row.assignee.is_none_or(|id| id == staff.id || stands_in) || role == Some(Role::CentreDirector)
                    }
                    // Who examines hands on what they hold, and takes nothing that was not given to them.
                    ActKind::Route if matches!(role, Some(Role::Specialist | Role::CivilStatus)) => {
                        row.assignee == Some(staff.id) || stands_in
                    }
                    _ => true,
                };
                if allowed { Ok(()) } else { Err(Error::Forbidden) }
            }
            _ => self.may_with(who, Task::Dossier(kind), row),
        }
    }

    /// Tells the pages that listen. After commit only.
    pub(crate) fn tell_moved(&self, row: &DossierRow) {
        let now = self.now();
        self.bus().tell(News::Dossier { id: row.id }, now);
        self.bus().tell(News::Queues { office: row.resolving_office }, now);
    }
}

impl Work<'_> {
    /// Does the act, if this person may and the rules allow: state, events and audit rows.
    pub async fn act(&mut self, act: &Act) -> Result<()> {
        let mandate = self.office.mandate_for(&self.who, &self.row, act.kind());
        self.who.acting_for = mandate.map(|mandate| ActingFor { person: mandate.from, mandate: mandate.id });
        self.office.act_on(&mut self.tx, &self.who, &mut self.row, act, self.command).await
    }

    /// Issues a paper of the dossier with these particulars.
    pub async fn issue(&mut self, kind: PaperKind, particulars: impl FnOnce(Facts) -> Facts) -> Result<Uuid> {
        self.office.issue_paper(&mut self.tx, &self.who, &self.row, kind, particulars).await
    }

    /// Makes the work durable under the command's id, then tells the pages. A twin of the command that was first
    /// leaves nothing to do.
    pub async fn commit(self, name: &str) -> Result<()> {
        self.commit_with(name, &Value::Null).await.map(drop)
    }

    /// The same with an answer that a repeat of the command is to get. Answers whether it was this one that was kept.
    pub async fn commit_with<T: serde::Serialize>(mut self, name: &str, answer: &T) -> Result<bool> {
        if self.row.state.version_of_result() > self.results_before {
            self.office.keep_result(&mut self.tx, &self.who, &self.row).await?;
        }
        let (subject, now) = (self.who.subject(), self.office.now());
        match commands::keep_answer(&mut self.tx, subject, self.command, name, answer, now).await {
            Ok(()) => {}
            Err(StoreError::Duplicate(_)) => return Ok(false),
            Err(other) => return Err(other.into()),
        }
        self.tx.commit().await?;
        self.office.tell_moved(&self.row);
        Ok(true)
    }
}

impl Office {
    /// Does an act on a dossier that the transaction holds: rights, rule, state, events and audit rows. Nothing is written
    /// when it is refused. Who issues no result and commits by other means than [`Work`] calls this.
    pub(crate) async fn act_on(
        &self,
        tx: &mut Tx,
        who: &Who,
        row: &mut DossierRow,
        act: &Act,
        command: Uuid,
    ) -> Result<()> {
        self.may_act(who, row, act.kind())?;
        let now = self.now();
        let (state, recorded) = dossier::apply(Some(row.state.clone()), act, now)?;
        if GRANTING.contains(&act.kind()) && !row.state.is_being_denied() {
            self.nothing_awaited(tx, row.id).await?;
        }
        let seen = row.version;
        if row.state.supplement.is_some() && state.supplement.is_none() {
            // The answer was sent, or is not waited for any more: nothing of it stays beside the dossier.
            drafts::delete_answer_draft(tx, row.office_id, row.id).await?;
        }
        if row.state.open_opinions().next().is_some() && (state.status.is_terminal() || state.status == Status::Done) {
            for asked in opinions::opinions_of_dossier(tx, row.office_id, row.id).await? {
                if asked.ended_at.is_none() {
                    self.set_answer_files_aside(tx, who, row, &asked, &[]).await?;
                }
            }
            opinions::lapse_opinions(tx, row.office_id, row.id, now).await?;
        }
        self.project(row, state, now)?;
        dossiers::save_dossier(tx, row, seen).await?;
        row.version = seen + 1;
        self.write_events(tx, who, row, &recorded, (act.kind(), command)).await
    }

    /// Copies what queues and lists need out of the state.
    pub(crate) fn project(&self, row: &mut DossierRow, state: Dossier, now: Instant) -> Result<()> {
        row.status = i64::from(state.status.code());
        row.sub_state = state.sub_state.key().into();
        row.assignee = state.assignee.as_deref().and_then(|id| id.parse().ok());
        row.holder_role = state.holder_role().map_or("", |role| role.key()).into();
        row.code.clone_from(&state.code);
        row.received_at = state.received.map(|at| at.0);
        row.original_due_at = state.original_due.map(|at| at.0);
        row.due_at = state.due.map(|at| at.0);
        row.finished_at = state.finished.map(|at| at.0);
        row.delivered_at = state.delivered.map(|at| at.0);
        row.paused_at = state.open_pause().map(|pause| pause.from.0);
        let limit = match state.status {
            Status::Registered => row.accept_by.map(Instant),
            Status::SupplementAsked => state.supplement.as_ref().map(|asked| asked.respond_by),
            Status::DutyAsked => state.duty.as_ref().and_then(|duty| duty.respond_by).or(state.due),
            Status::Accepted | Status::Processing => state.current_due(),
            Status::Done => state.finished,
            _ => state.closed,
        };
        row.queue_at = limit.unwrap_or(now).0;
        row.updated_at = now.0;
        row.search_text = search_text(row);
        row.state = state;
        row.due_soon_at = self.due_soon_of(row)?.map(|at| at.0);
        row.step_due_at = self.step_due_of(row)?.map(|at| at.0);
        Ok(())
    }
}

/// What a search finds a dossier by. Telephone numbers as they are kept, and as people here say them.
fn search_text(row: &DossierRow) -> String {
    let phone = Phone::national_of(&row.applicant_phone);
    let parts = [
        row.applicant_name.as_str(),
        row.code.as_deref().unwrap_or_default(),
        row.temporary_code.as_deref().unwrap_or_default(),
        &row.applicant_id,
        &row.applicant_phone,
        &phone,
        &row.procedure_code,
        &row.procedure_name,
        row.organisation_name.as_deref().unwrap_or_default(),
        row.organisation_number.as_deref().unwrap_or_default(),
    ];
    text::fold(&parts.join(" "))
}
