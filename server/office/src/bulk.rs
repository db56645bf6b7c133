//! Many dossiers in one sending: each its own act, in its own transaction, with an outcome of its own.
//!
//! The command of the sending is kept with the outcomes; each dossier's act has a command made of it and of the dossier.
//! So a sending that is repeated, or that broke off in the middle, does what is still to be done and nothing twice.

use crate::{Error, Office, Result, Who, act::Command, audit::Object, error::Problem, rights::Task};
use domain::{
    dossier::{ActKind, Proposal, Refusal},
    feature::Feature,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};
use store::{
    StoreError, commands,
    dossiers::{self, DossierRow},
    queues,
};
use uuid::Uuid;

/// Dossiers of one sending: a page of a queue.
pub const MOST: usize = 50;

/// A dossier that was ticked, as it was on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Picked {
    pub id: Uuid,
    /// The version that was seen.
    pub seen: i64,
}

/// What became of one dossier of a sending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    pub dossier: Uuid,
    /// Why it was not done; none when it was.
    pub why: Option<WhyNot>,
}

/// Why one dossier of a sending was left as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyNot {
    /// Somebody moved it meanwhile.
    Changed,
    /// The right is another's.
    NotAllowed,
    /// There is no such dossier here.
    NotThere,
    /// The resident asks for it back: that is answered first.
    WithdrawalAsked,
    /// Another file is waited for in place of one that a scan took away.
    FileAwaited,
    /// It lies at another step.
    OtherStep,
    /// It is not given to that colleague: of another unit, or of a sensitive dossier no reader.
    WrongColleague,
    /// The program failed; it may be tried again.
    Failed,
}

/// What a sending came to.
pub struct Sent {
    /// The act: `assign_many` or `approve_many`.
    pub act: ActKind,
    pub lines: Vec<(Outcome, Option<DossierRow>)>,
}

/// One dossier that was ticked, for the leader to see before it is approved.
pub struct ReviewLine {
    pub row: DossierRow,
    /// What is proposed, and so what is approved.
    pub proposal: Option<Proposal>,
    /// Why it cannot be approved now.
    pub why_not: Option<WhyNot>,
}

/// The answer kept for a sending.
#[derive(Serialize, Deserialize)]
struct Kept {
    act: ActKind,
    outcomes: Vec<Outcome>,
}

impl Office {
    /// Gives many dossiers to one colleague.
    ///
    /// **Permissions**: as [`Office::assign_dossier`], each dossier for itself.
    pub async fn assign_many(&self, who: &Who, picked: &[Picked], to: Option<Uuid>, command: Uuid) -> Result<()> {
        self.may_do_many(who, ActKind::Assign)?;
        let picked = counted(picked)?;
        let to = to.ok_or(Problem::Missing("to"))?;
        if self.was_sent(who, command).await? {
            return Ok(());
        }
        let mut outcomes = Vec::with_capacity(picked.len());
        for one in picked {
            let done = self.assign_dossier(who, one.id, to, one.command(command)).await;
            outcomes.push(outcome(one.id, done));
        }
        self.keep_sent(who, command, "assign_many", Kept { act: ActKind::Assign, outcomes }).await
    }

    /// What of the ticked dossiers can be approved now, and what that means for each. The look is recorded: it names
    /// people.
    ///
    /// **Permissions**: as [`Office::approve_dossier`]; of dossiers that one may not read, nothing.
    pub async fn review_many(&self, who: &Who, ids: &[Uuid]) -> Result<Vec<ReviewLine>> {
        self.may_do_many(who, ActKind::Approve)?;
        let mut tx = self.db().read().await?;
        let mut rows = dossiers::dossiers_by_ids(&mut tx, &ids[..ids.len().min(MOST)]).await?;
        rows.retain(|row| self.may_with(who, Task::ReadDossier, row).is_ok());
        rows.sort_by_key(|row| (row.queue_at, row.id));
        let found: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
        let awaiting = queues::awaiting_file(&mut tx, &found).await?;
        drop(tx);
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let unit = self.units_for(who, Task::ReadQueues).first().copied();
        let object = Object { kind: "queue", id: "approve_many".into(), office: unit };
        let found: Vec<String> = found.iter().map(Uuid::to_string).collect();
        self.record_view(who, "view_queue", &object, json!({ "rows": rows.len(), "found": found })).await?;
        let lines = rows.into_iter().map(|row| {
            let lacks_a_file = awaiting.contains(&row.id) && !row.state.is_being_denied();
            let why_not = self.why_not(who, &row, ActKind::Approve);
            ReviewLine {
                proposal: row.state.proposal,
                why_not: why_not.or(lacks_a_file.then_some(WhyNot::FileAwaited)),
                row,
            }
        });
        Ok(lines.collect())
    }

    /// Approves many dossiers, those that were on the screen.
    ///
    /// **Permissions**: as [`Office::approve_dossier`], each dossier for itself.
    pub async fn approve_many(&self, who: &Who, picked: &[Picked], command: Uuid) -> Result<()> {
        self.may_do_many(who, ActKind::Approve)?;
        let picked = counted(picked)?;
        if self.was_sent(who, command).await? {
            return Ok(());
        }
        let mut outcomes = Vec::with_capacity(picked.len());
        for one in picked {
            let done = self.approve_dossier(who, one.id, one.command(command)).await;
            outcomes.push(outcome(one.id, done));
        }
        self.keep_sent(who, command, "approve_many", Kept { act: ActKind::Approve, outcomes }).await
    }

    /// What a sending of one's own came to, dossier by dossier.
    ///
    /// **Permissions**: whoever sent it; of dossiers that one may not read any more, the outcome alone.
    pub async fn sent_many(&self, who: &Who, command: Uuid) -> Result<Sent> {
        if who.staff().is_none() {
            return Err(Error::SignInFirst);
        }
        let mut tx = self.db().read().await?;
        let kept: Option<serde_json::Value> = commands::answer_of(&mut tx, who.subject(), command).await?;
        let kept: Kept = kept.and_then(|kept| serde_json::from_value(kept).ok()).ok_or(Error::NotFound)?;
        let ids: Vec<Uuid> = kept.outcomes.iter().map(|one| one.dossier).collect();
        let mut rows = dossiers::dossiers_by_ids(&mut tx, &ids).await?;
        rows.retain(|row| self.may_with(who, Task::ReadDossier, row).is_ok());
        let lines = kept.outcomes.into_iter().map(|one| {
            let at = rows.iter().position(|row| row.id == one.dossier);
            (one, at.map(|at| rows.swap_remove(at)))
        });
        Ok(Sent { act: kept.act, lines: lines.collect() })
    }

    /// Whether the person may do that with many dossiers: with any, in a unit that has not switched it off.
    ///
    /// # Errors
    /// As [`Office::may_at_all`]; [`Problem::FeatureOff`] where every unit of theirs has.
    pub fn may_do_many(&self, who: &Who, kind: ActKind) -> Result<()> {
        self.may_at_all(who, kind)?;
        let staff = who.staff().ok_or(Error::SignInFirst)?;
        let own = staff.positions.iter().map(|position| position.office);
        let offices: Vec<i64> = own.chain(staff.mandates.iter().map(|mandate| mandate.unit)).collect();
        match offices.split_first() {
            Some((first, _)) if !offices.iter().any(|office| self.has_feature(Feature::ManyAtOnce, *office)) => {
                self.needs_feature(Feature::ManyAtOnce, *first)
            }
            _ => Ok(()),
        }
    }

    /// Whether the person could do that with any dossier: by a position, or by a right that was lent.
    fn may_at_all(&self, who: &Who, kind: ActKind) -> Result<()> {
        let staff = who.staff().ok_or(Error::SignInFirst)?;
        let lent = staff.mandates.iter().any(|mandate| mandate.kind.lends() && mandate.scope.acts.contains(&kind));
        if lent || !self.units_for(who, Task::Dossier(kind)).is_empty() { Ok(()) } else { Err(Error::Forbidden) }
    }

    /// Why an act on that dossier is closed to this person now, by right or by state.
    fn why_not(&self, who: &Who, row: &DossierRow, kind: ActKind) -> Option<WhyNot> {
        if let Err(error) = self.may_act(who, row, kind) {
            return Some(WhyNot::of(&error));
        }
        if row.state.withdrawal_asked {
            return Some(WhyNot::WithdrawalAsked);
        }
        (!row.state.allowed().contains(&kind)).then_some(WhyNot::OtherStep)
    }

    async fn was_sent(&self, who: &Who, command: Uuid) -> Result<bool> {
        let mut tx = self.db().read().await?;
        Ok(commands::answer_of::<serde_json::Value>(&mut tx, who.subject(), command).await?.is_some())
    }

    /// Keeps what a sending came to. Of a twin that was faster, the outcomes stand: they are of the same acts.
    async fn keep_sent(&self, who: &Who, command: Uuid, act: &str, kept: Kept) -> Result<()> {
        let mut tx = self.db().write().await?;
        match commands::keep_answer(&mut tx, who.subject(), command, act, &kept, self.now()).await {
            Err(StoreError::Duplicate(_)) => Ok(()),
            done => {
                done?;
                Ok(tx.commit().await?)
            }
        }
    }
}

impl Picked {
    /// The command of this dossier's act, made of the sending's: the same again when the sending is repeated.
    fn command(self, sending: Uuid) -> Command {
        let digest = Sha256::new().chain_update(sending.as_bytes()).chain_update(self.id.as_bytes()).finalize();
        let mut id = [0; 16];
        id.copy_from_slice(&digest[..16]);
        Command { id: Uuid::from_bytes(id), seen: self.seen }
    }
}

impl WhyNot {
    fn of(error: &Error) -> Self {
        match error {
            Error::Stale => Self::Changed,
            Error::Forbidden
            | Error::SignInFirst
            | Error::Locked { .. }
            | Error::TooManyFromHere { .. }
            | Error::TooManyCodes { .. } => Self::NotAllowed,
            Error::NotFound => Self::NotThere,
            Error::Refused(Refusal::WithdrawalPending) => Self::WithdrawalAsked,
            Error::Refused(_) => Self::OtherStep,
            Error::Invalid(Problem::FileAwaited { .. }) => Self::FileAwaited,
            Error::Invalid(_) => Self::WrongColleague,
            Error::Broken(_) => Self::Failed,
        }
    }
}

/// What became of one dossier. What broke goes to the log here: no page is made of this error.
fn outcome(dossier: Uuid, done: Result<()>) -> Outcome {
    if let Err(Error::Broken(why)) = &done {
        tracing::error!(%dossier, why, "an act of a sending failed");
    }
    Outcome { dossier, why: done.err().as_ref().map(WhyNot::of) }
}

/// The ticked dossiers, each once; some, and no more than a page of them.
fn counted(picked: &[Picked]) -> Result<Vec<Picked>> {
    let mut each: Vec<Picked> = Vec::with_capacity(picked.len());
    for one in picked {
        if !each.iter().any(|other| other.id == one.id) {
            each.push(*one);
        }
    }
    match each.len() {
        0 => Err(Problem::Missing("ho_so").into()),
        n if n > MOST => Err(Problem::TooMany { most: MOST }.into()),
        _ => Ok(each),
    }
}
