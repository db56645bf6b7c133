//! The state of a dossier: what its events add up to.

use super::act::{Proposal, Rating, SupplementItem};
use super::flow::{StaffRef, WorkStep};
use super::money::Fees;
use super::opinion::OpinionRecord;
use super::status::{
    Channel, ClockState, PauseKind, PaymentState, ResultKind, Source, Status, StepKind, SubState, SupplementStage,
    SyncState, SyncTarget,
};
use crate::{
    money::Dong,
    role::Role,
    time::Instant,
    working_time::{Pause, clock_reading},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A stretch during which the clock of the term stood still. Half-open; `to` is none while it lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PauseRecord {
    /// First instant of the pause.
    pub from: Instant,
    /// First instant after it.
    pub to: Option<Instant>,
    /// Why.
    pub kind: PauseKind,
}

/// A request for supplement that waits for its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenSupplement {
    /// Who asked, and when in the dossier's life.
    pub stage: SupplementStage,
    /// Everything asked for.
    pub items: Vec<SupplementItem>,
    /// Why, in whole.
    pub reason: String,
    /// When it was asked.
    pub asked: Instant,
    /// The last moment of the limit.
    pub respond_by: Instant,
}

/// A financial duty that waits to be met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenDuty {
    /// What is to be paid, to whom.
    pub amount_note: String,
    /// When it was asked.
    pub asked: Instant,
    /// The last moment of the limit, when there is one.
    pub respond_by: Option<Instant>,
}

/// One version of the result. Replaced versions are kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultRecord {
    /// 1, 2, 3…
    pub version: u32,
    /// Granted or not.
    pub result: ResultKind,
    /// Why not, when it was not granted; else empty.
    pub reason: String,
    /// The paper, as an opaque id.
    pub reference: Option<String>,
    /// When it was issued.
    pub issued: Instant,
    /// When it was withdrawn to be corrected, and why.
    pub replaced: Option<(Instant, String)>,
}

/// A later dossier that repairs an error found after handover.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectionLink {
    /// The other dossier, as an opaque id.
    pub dossier: String,
    /// What was wrong.
    pub reason: String,
    /// When it was opened.
    pub opened: Instant,
}

/// A dossier. Made only by folding events: see [`super::evolve`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dossier {
    /// The national status.
    pub status: Status,
    /// Where inside the status.
    pub sub_state: SubState,
    /// How it came.
    pub channel: Channel,
    /// Which system it was entered in.
    pub source: Source,
    /// The delivered dossier whose error this one repairs.
    pub corrects: Option<String>,
    /// The code, from reception on; never changes.
    pub code: Option<String>,
    /// Key of the procedure's case whose term was taken at reception; none for the general one.
    #[serde(default)]
    pub case: Option<String>,
    /// The flow, fixed at reception; empty before.
    pub steps: Vec<WorkStep>,
    /// Index into `steps`; 0 before processing begins.
    pub step: usize,
    /// Who holds it.
    pub assignee: Option<StaffRef>,
    /// Who examined it: a return for rework goes back there.
    pub examiner: Option<StaffRef>,
    /// Since when it lies at the present step.
    #[serde(default)]
    pub step_since: Option<Instant>,
    /// When the present step is to be done by, as it was given; later by what it has waited since.
    pub step_due: Option<Instant>,
    /// The successor office, after a reorganisation.
    pub passed_on_to: Option<String>,
    /// When it lay with its resident for a supplement before it was accepted: the limit of acceptance waited too.
    #[serde(default)]
    pub waits: Vec<Pause>,
    /// When it was filed; none when the counter took it in at once.
    pub submitted: Option<Instant>,
    /// The legal moment of reception.
    pub received: Option<Instant>,
    /// When the standing result was issued.
    pub finished: Option<Instant>,
    /// When it was handed over.
    pub delivered: Option<Instant>,
    /// When it came to a terminal status.
    pub closed: Option<Instant>,
    /// The first promise; never changes.
    pub original_due: Option<Instant>,
    /// The legal due moment: the first promise, moved by pauses alone.
    pub due: Option<Instant>,
    /// The promise of form 04; set means that it has been used.
    pub redated_due: Option<Instant>,
    /// Every pause, the oldest first; at most the last is open.
    pub pauses: Vec<PauseRecord>,
    /// How many times a supplement has been asked.
    pub supplement_round: u32,
    /// The request that waits, in status 5.
    pub supplement: Option<OpenSupplement>,
    /// The duty that waits, in status 6.
    pub duty: Option<OpenDuty>,
    /// Every opinion that was asked for, the oldest first.
    #[serde(default)]
    pub opinions: Vec<OpinionRecord>,
    /// What is before the leader.
    pub proposal: Option<Proposal>,
    /// What the leader decided, until it is issued.
    pub decision: Option<ResultKind>,
    /// Why, when it is not to be granted.
    pub decision_reason: String,
    /// Whether the resident has asked to withdraw and no clerk has answered.
    pub withdrawal_asked: bool,
    /// Why a closed dossier ended without a result: reason of 3 or 8; else empty.
    pub end_reason: String,
    /// Every version of the result.
    pub results: Vec<ResultRecord>,
    /// Later dossiers that repair this one.
    pub corrections: Vec<CorrectionLink>,
    /// The resident's rating.
    pub rating: Option<Rating>,
    /// Where the fees stand.
    pub payment: PaymentState,
    /// What was paid of them, and paid back.
    #[serde(default)]
    pub fees: Fees,
    /// What was paid as financial duties.
    #[serde(default)]
    pub duties_paid: Dong,
    /// Withdrawn, and its papers lie at the counter.
    #[serde(default)]
    pub papers_to_fetch: bool,
    /// Withdrawn, and it is still to be said whether its money goes back.
    #[serde(default)]
    pub money_to_settle: bool,
    /// Copies to other systems.
    pub synced: BTreeMap<SyncTarget, SyncState>,
    /// Number of events so far.
    pub last_seq: u64,
}

impl Dossier {
    /// What the term's clock does now.
    pub fn clock(&self) -> ClockState {
        if self.received.is_none() {
            return ClockState::NotStarted;
        }
        match self.status.clock() {
            ClockState::Running if self.is_suspended() => ClockState::Paused,
            state => state,
        }
    }

    /// The due moment that the resident has been told: the later of the legal one and form 04's.
    pub fn current_due(&self) -> Option<Instant> {
        self.due.max(self.redated_due)
    }

    /// Whether a file that a scan took away is waited for: until the dossier is decided.
    pub fn waits_for_files(&self) -> bool {
        self.status != Status::Done && !self.status.is_terminal()
    }

    /// Whether it was decided, or is proposed to the leader, not to grant.
    pub fn is_being_denied(&self) -> bool {
        match self.decision {
            Some(decision) => decision == ResultKind::NotGranted,
            None => self.proposal == Some(Proposal::Deny),
        }
    }

    /// Whether form 04 has been used. It may be used once.
    pub fn is_redated(&self) -> bool {
        self.redated_due.is_some()
    }

    /// Whether an excluded interval is running within status 4.
    pub fn is_suspended(&self) -> bool {
        self.open_pause().is_some_and(|pause| pause.kind.is_exclusion())
    }

    /// The pause that lasts.
    pub fn open_pause(&self) -> Option<&PauseRecord> {
        self.pauses.last().filter(|pause| pause.to.is_none())
    }

    /// Whether a promised moment has passed without a result while the clock ran: in a pause a dossier is late only when
    /// the moment lay before it.
    pub fn has_missed(&self, promised: Instant, now: Instant) -> bool {
        clock_reading(self.open_pause().map(|pause| pause.from), self.finished.unwrap_or(now)) > promised
    }

    /// Whether the pause that lasts moves what was promised: not when it was missed before the pause began.
    pub fn pause_moves_promise(&self) -> bool {
        self.open_pause().is_some_and(|pause| self.current_due().is_some_and(|due| pause.from <= due))
    }

    /// The waits for a supplement before acceptance, an open one cut at `now`; empty ones are left out.
    pub fn waits(&self, now: Instant) -> Vec<Pause> {
        let open = self.supplement.as_ref().filter(|open| open.stage == SupplementStage::BeforeAcceptance);
        let open = open.map(|open| Pause { from: open.asked, to: now }).filter(|wait| wait.from < wait.to);
        self.waits.iter().copied().chain(open).collect()
    }

    /// The pauses as intervals for the working-time engine, an open one cut at `now`; empty ones are left out.
    pub fn pauses(&self, now: Instant) -> Vec<(Instant, Instant)> {
        let cut = |pause: &PauseRecord| (pause.from, pause.to.unwrap_or(now));
        self.pauses.iter().map(cut).filter(|(from, to)| from < to).collect()
    }

    /// The pauses since it came to the present step, as [`Self::pauses`]: each began there, for nothing moves in a pause.
    pub fn pauses_of_step(&self, now: Instant) -> Vec<(Instant, Instant)> {
        let Some(since) = self.step_since else { return Vec::new() };
        self.pauses(now).into_iter().filter(|(from, _)| *from >= since).collect()
    }

    /// Number of the newest version of the result; 0 before the first.
    pub fn version_of_result(&self) -> u32 {
        self.results.last().map_or(0, |result| result.version)
    }

    /// The result that stands: the newest, unless it was withdrawn to be corrected.
    pub fn standing_result(&self) -> Option<&ResultRecord> {
        self.results.last().filter(|result| result.replaced.is_none())
    }

    /// The step where it is, once received.
    pub fn current_step(&self) -> Option<&WorkStep> {
        self.steps.get(self.step)
    }

    /// The role whose turn it is: the counter before processing, at handover and while a withdrawal waits in 1, 2 or
    /// 9, and after a withdrawal that is not settled; the role of the step in 4, 5 (asked at examination) and 6; nobody
    /// when closed.
    pub fn holder_role(&self) -> Option<Role> {
        match self.status {
            Status::Withdrawn if self.owes_settlement() => Some(Role::Reception),
            status if status.is_terminal() => None,
            Status::Processing | Status::DutyAsked => self.current_step().map(|step| step.role),
            Status::SupplementAsked if self.sub_state == SubState::SupplementAtExamination => {
                self.current_step().map(|step| step.role)
            }
            _ => Some(Role::Reception),
        }
    }

    /// Whether no fee may be asked: the office repairs its own error.
    pub fn is_free(&self) -> bool {
        self.corrects.is_some()
    }

    /// The sub-state of a step of the flow in status 4.
    pub(super) fn sub_state_at(&self, step: usize, to: Option<&StaffRef>) -> SubState {
        match self.steps.get(step).map(|step| step.kind) {
            Some(StepKind::Verify) => SubState::AwaitingVerification,
            Some(StepKind::Opinion) => SubState::AwaitingOpinion,
            Some(StepKind::Approve) => SubState::AwaitingApproval,
            Some(StepKind::Sign) => SubState::AwaitingSignature,
            Some(StepKind::Issue) => SubState::AwaitingIssue,
            Some(StepKind::Examine) | None if to.is_some() => SubState::Examining,
            Some(StepKind::Examine) | None => SubState::AwaitingAssignment,
        }
    }
}

/// How an end compares with its due moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Timeliness {
    /// TRUOC_HAN: early by as much as the configuration asks (one working day).
    Early,
    /// DUNG_HAN.
    OnTime,
    /// QUA_HAN.
    Late,
}

/// Classifies an end. `is_early(ended, due)` knows the calendar and is asked only when the end is not late.
pub fn timeliness(ended: Instant, due: Instant, is_early: impl Fn(Instant, Instant) -> bool) -> Timeliness {
    if ended > due {
        return Timeliness::Late;
    }
    if is_early(ended, due) { Timeliness::Early } else { Timeliness::OnTime }
}
