//! Which kinds of act a state leaves open, whoever acts and whatever the particulars.

use super::act::ActKind;
use super::refusal::Refusal;
use super::state::Dossier;
use super::status::{PaymentState, Status, StepKind, SubState};
use crate::money::Dong;

/// The kinds of act that open a dossier.
pub fn openings() -> [ActKind; 2] {
    [ActKind::Submit, ActKind::ReceiveAtCounter]
}

/// Whether the state leaves a kind of act open, whoever acts and whatever the particulars.
///
/// # Errors
/// Why not.
pub fn permitted(dossier: &Dossier, kind: ActKind) -> Result<(), Refusal> {
    let status = dossier.status;
    if openings().contains(&kind) {
        return Err(Refusal::AlreadyOpened);
    }
    match kind {
        ActKind::NotePayment if payments_open(dossier).is_empty() => return Err(Refusal::FreeOfCharge),
        // Facts beside the status, recorded on a closed dossier as well.
        ActKind::NotePayment | ActKind::NoteSync | ActKind::RemoveFile => return Ok(()),
        ActKind::OpenCorrection if status == Status::Delivered => return Ok(()),
        ActKind::SettleWithdrawal if dossier.owes_settlement() => return Ok(()),
        ActKind::Rate if status == Status::Delivered => {
            return if dossier.rating.is_none() { Ok(()) } else { Err(Refusal::AlreadyRated) };
        }
        _ => {}
    }
    if status.is_terminal() {
        return Err(Refusal::Terminal { status });
    }
    if kind == ActKind::AskWithdrawal && status == Status::Done {
        return Err(Refusal::WithdrawalAfterResult);
    }
    if !fits(dossier, kind) {
        return Err(Refusal::WrongState { status, sub_state: dossier.sub_state, act: kind });
    }
    flags(dossier, kind)
}

impl Dossier {
    /// The kinds of act that the state leaves open, whoever acts. Particulars may still be refused.
    pub fn allowed(&self) -> Vec<ActKind> {
        ActKind::ALL.iter().copied().filter(|kind| permitted(self, *kind).is_ok()).collect()
    }
}

/// Whether the kind of act has a place in this status and sub-state.
fn fits(dossier: &Dossier, kind: ActKind) -> bool {
    let (status, sub_state) = (dossier.status, dossier.sub_state);
    let working = status == Status::Processing && dossier.current_step().is_some_and(|step| step.kind.is_work());
    let examined = working && sub_state != SubState::AwaitingAssignment;
    match kind {
        ActKind::Submit
        | ActKind::ReceiveAtCounter
        | ActKind::OpenCorrection
        | ActKind::SettleWithdrawal
        | ActKind::Rate => false,
        ActKind::NotePayment | ActKind::NoteSync | ActKind::PassOn | ActKind::RemoveFile => true,
        ActKind::Accept | ActKind::RefuseToAccept => status == Status::Registered,
        ActKind::AskSupplement => matches!(status, Status::Registered | Status::Accepted) || working,
        ActKind::AnswerSupplement | ActKind::ExpireSupplement => status == Status::SupplementAsked,
        ActKind::Assign => matches!(status, Status::Accepted | Status::Processing),
        ActKind::Route => status == Status::Accepted || working,
        ActKind::AskDuty | ActKind::SuspendClock => working,
        ActKind::AskOpinion => working,
        ActKind::AnswerOpinion | ActKind::RecallOpinion => dossier.open_opinions().next().is_some(),
        ActKind::DutyMet | ActKind::ExpireDuty => status == Status::DutyAsked,
        ActKind::ResumeClock => status == Status::Processing,
        ActKind::SubmitForApproval => examined,
        ActKind::Approve => sub_state == SubState::AwaitingApproval,
        ActKind::Sign => sub_state == SubState::AwaitingSignature,
        ActKind::ReturnForRework => {
            matches!(sub_state, SubState::AwaitingApproval | SubState::AwaitingSignature | SubState::AwaitingIssue)
        }
        ActKind::DecideNotToGrant => examined || sub_state == SubState::AwaitingApproval,
        ActKind::IssueResult => examined || sub_state == SubState::AwaitingIssue,
        ActKind::FinishAtOnce => status == Status::Accepted,
        // Form 04 speaks of a term that runs.
        ActKind::Redate => matches!(status, Status::Accepted | Status::Processing),
        ActKind::Stop => dossier.received.is_some() && status != Status::Done,
        ActKind::AskWithdrawal | ActKind::DeclineWithdrawal | ActKind::ConfirmWithdrawal => status != Status::Done,
        ActKind::Deliver | ActKind::CorrectResult => status == Status::Done,
    }
}

/// What the flags beside the status forbid.
fn flags(dossier: &Dossier, kind: ActKind) -> Result<(), Refusal> {
    if dossier.is_suspended() {
        match kind {
            ActKind::SuspendClock => return Err(Refusal::AlreadyAsked),
            ActKind::AskSupplement
            | ActKind::AskDuty
            | ActKind::SubmitForApproval
            | ActKind::DecideNotToGrant
            | ActKind::IssueResult => return Err(Refusal::ClockSuspended),
            _ => {}
        }
    } else if kind == ActKind::ResumeClock {
        return Err(Refusal::ClockNotSuspended);
    }
    if dossier.withdrawal_asked {
        match kind {
            ActKind::AskWithdrawal => return Err(Refusal::AlreadyAsked),
            ActKind::Approve
            | ActKind::Sign
            | ActKind::DecideNotToGrant
            | ActKind::FinishAtOnce
            | ActKind::IssueResult
            | ActKind::ExpireSupplement
            | ActKind::ExpireDuty => return Err(Refusal::WithdrawalPending),
            _ => {}
        }
    } else if matches!(kind, ActKind::DeclineWithdrawal | ActKind::ConfirmWithdrawal) {
        return Err(Refusal::NothingAsked);
    }
    match kind {
        // The office repairs its own error.
        ActKind::AskDuty if dossier.is_free() => Err(Refusal::FreeOfCharge),
        ActKind::Redate if dossier.is_redated() => Err(Refusal::AlreadyRedated),
        ActKind::SubmitForApproval if next_of(dossier, StepKind::Approve).is_none() => Err(Refusal::NoApprovalStep),
        ActKind::ReturnForRework if step_to_rework(dossier).is_none() => Err(Refusal::NoEarlierStep),
        // A result without a decision is issued only where the flow knows no decision.
        ActKind::IssueResult if decides_ahead(dossier) => Err(Refusal::NeedsApproval),
        ActKind::DecideNotToGrant
            if dossier.sub_state != SubState::AwaitingApproval && next_of(dossier, StepKind::Approve).is_some() =>
        {
            Err(Refusal::NeedsApproval)
        }
        _ => Ok(()),
    }
}

/// The step that an act leads to, as an index into the flow; none when the act moves no dossier to a step, or ends the
/// flow. Where [`ActKind::Route`] leads is chosen: see [`routes`].
pub fn leads_to(dossier: &Dossier, kind: ActKind) -> Option<usize> {
    match kind {
        ActKind::Assign => Some(dossier.step),
        ActKind::SubmitForApproval => next_of(dossier, StepKind::Approve),
        ActKind::Approve | ActKind::Sign => Some(dossier.step + 1).filter(|step| *step < dossier.steps.len()),
        ActKind::DecideNotToGrant => next_of(dossier, StepKind::Sign).or(next_of(dossier, StepKind::Issue)),
        ActKind::ReturnForRework => step_to_rework(dossier),
        ActKind::CorrectResult => Some(0),
        _ => None,
    }
}

/// Where the fees may be said to stand from here: not where they stand already, paid back only while the office has some of
/// them, and nowhere when the office repairs its own error. Who got a part back may get another.
pub fn payments_open(dossier: &Dossier) -> Vec<PaymentState> {
    let is_open = |state: &PaymentState| {
        let has_some = dossier.payment == PaymentState::Paid || dossier.fees.held() > Dong(0);
        let has_cause = *state != PaymentState::Refunded || has_some;
        let moves = *state != dossier.payment || *state == PaymentState::Refunded;
        !dossier.is_free() && moves && has_cause
    };
    let all = [
        PaymentState::Paid,
        PaymentState::Owed,
        PaymentState::Exempt,
        PaymentState::Refunded,
        PaymentState::NothingDue,
    ];
    all.into_iter().filter(is_open).collect()
}

/// The steps that a dossier may be moved to from where it is, as indices into the flow.
pub fn routes(dossier: &Dossier) -> Vec<usize> {
    let is_elsewhere = |step: &usize| dossier.status == Status::Accepted || *step != dossier.step;
    let open = permitted(dossier, ActKind::Route).is_ok();
    let steps = (0..dossier.steps.len()).filter(|_| open);
    steps.filter(is_elsewhere).filter(|step| is_reachable(dossier, *step)).collect()
}

/// A dossier is routed to working steps; from the counter also to a flow's first step, whatever it is. Approval,
/// signature and issue are reached by deciding, not by moving.
pub(super) fn is_reachable(dossier: &Dossier, step: usize) -> bool {
    let is_work = dossier.steps.get(step).is_some_and(|step| step.kind.is_work());
    let is_first = dossier.status == Status::Accepted && step == 0;
    // Past a decision that is still to be made there is no way either.
    let skips = dossier.steps.iter().take(step).skip(dossier.step).any(|step| !step.kind.is_work());
    (is_work || is_first) && !skips
}

/// The nearest later step of that kind.
fn next_of(dossier: &Dossier, kind: StepKind) -> Option<usize> {
    (dossier.step + 1..dossier.steps.len()).find(|index| dossier.steps[*index].kind == kind)
}

/// Whether a decision or a signature of the flow still lies ahead.
fn decides_ahead(dossier: &Dossier) -> bool {
    let ahead = dossier.steps.iter().skip(dossier.step + 1);
    dossier.sub_state != SubState::AwaitingIssue
        && ahead.into_iter().any(|step| matches!(step.kind, StepKind::Approve | StepKind::Sign))
}

/// The nearest earlier working step.
fn step_to_rework(dossier: &Dossier) -> Option<usize> {
    (0..dossier.step.min(dossier.steps.len())).rev().find(|index| dossier.steps[*index].kind.is_work())
}
