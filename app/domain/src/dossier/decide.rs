//! Which events an act causes, or why it is refused.
// long because every act is decided in one match.

use super::act::{
    Act, Collector, DeliveryMethod, Payment, Posted, Proposal, Rating, RatingReason, Reception, SupplementItem,
};
use super::event::{Event, Recorded};
use super::evolve::evolve;
use super::flow::StaffRef;
use super::permitted::{is_reachable, leads_to, payments_open, permitted};
use super::refusal::Refusal;
use super::settlement::{settled, withdrawn};
use super::state::Dossier;
use super::status::{PaymentState, ResultKind, Status, SupplementStage};
use crate::{money::Dong, time::Instant};

/// Answers an act with the events it causes, in order; at least one. `at` is the server's time.
///
/// # Errors
/// The first [`Refusal`] found: first whether the state leaves the kind of act open, then the particulars.
pub fn decide(dossier: Option<&Dossier>, act: &Act, at: Instant) -> Result<Vec<Event>, Refusal> {
    let Some(dossier) = dossier else {
        return open(act, at);
    };
    permitted(dossier, act.kind())?;
    change(dossier, act, at)
}

/// [`decide`], then the events numbered and folded in.
///
/// # Errors
/// As [`decide`].
pub fn apply(dossier: Option<Dossier>, act: &Act, at: Instant) -> Result<(Dossier, Vec<Recorded>), Refusal> {
    let events = decide(dossier.as_ref(), act, at)?;
    let first = dossier.as_ref().map_or(1, |dossier| dossier.last_seq + 1);
    let recorded: Vec<_> = (first..).zip(events).map(|(seq, event)| Recorded { seq, at, event }).collect();
    let after = recorded.iter().fold(dossier, evolve);
    Ok((after.ok_or(Refusal::NoDossier { act: act.kind() })?, recorded))
}

fn open(act: &Act, at: Instant) -> Result<Vec<Event>, Refusal> {
    let event = match act.clone() {
        Act::Submit { channel, source, corrects } => {
            named_if_given(corrects.as_deref())?;
            Event::Submitted { channel, source, corrects }
        }
        Act::ReceiveAtCounter { channel, source, corrects, reception } => {
            named_if_given(corrects.as_deref())?;
            Event::ReceivedAtCounter { channel, source, corrects, reception: received(reception, at)? }
        }
        other => return Err(Refusal::NoDossier { act: other.kind() }),
    };
    Ok(vec![event])
}

fn change(dossier: &Dossier, act: &Act, at: Instant) -> Result<Vec<Event>, Refusal> {
    let event = match act.clone() {
        Act::Submit { .. } | Act::ReceiveAtCounter { .. } => return Err(Refusal::AlreadyOpened),
        Act::Accept(reception) => Event::Accepted { reception: received(reception, at)? },
        Act::RefuseToAccept { reason } => Event::AcceptanceRefused { reason: required(reason)? },
        Act::AskSupplement { items, stage, reason, basis, approved_by, respond_by } => {
            check_supplement(dossier, &items, stage, &basis)?;
            in_future(respond_by, at)?;
            let round = dossier.supplement_round + 1;
            Event::SupplementAsked { round, stage, items, reason: required(reason)?, basis, approved_by, respond_by }
        }
        Act::AnswerSupplement { due, redated_due } => {
            let stage = dossier.supplement.as_ref().ok_or(Refusal::NothingAsked)?.stage;
            if stage == SupplementStage::BeforeAcceptance {
                Event::SupplementAnswered { stage, due: None, redated_due: None }
            } else {
                let (due, redated_due) = moved_dues(dossier, due.ok_or(Refusal::MissingDue)?, redated_due)?;
                Event::SupplementAnswered { stage, due: Some(due), redated_due }
            }
        }
        Act::ExpireSupplement => {
            let respond_by = dossier.supplement.as_ref().ok_or(Refusal::NothingAsked)?.respond_by;
            Event::SupplementExpired { respond_by: passed(respond_by, at)? }
        }
        Act::Assign { to, step_due } => {
            let to = target(to)?;
            if dossier.status == Status::Processing && dossier.assignee.as_ref() == Some(&to) {
                return Err(Refusal::NothingChanges);
            }
            Event::Assigned { step: dossier.step, to, step_due }
        }
        Act::Route { step, to, step_due } => {
            check_route(dossier, step, to.as_ref())?;
            Event::Routed { step, to, step_due }
        }
        Act::AskDuty { amount_note, respond_by } => {
            if let Some(respond_by) = respond_by {
                in_future(respond_by, at)?;
            }
            Event::DutyAsked { amount_note: required(amount_note)?, respond_by }
        }
        Act::DutyMet { due, redated_due, paid } => {
            let (due, redated_due) = moved_dues(dossier, due, redated_due)?;
            Event::DutyMet { due, redated_due, paid: Some(proven(paid, at)?) }
        }
        Act::ExpireDuty => {
            let duty = dossier.duty.as_ref().ok_or(Refusal::NothingAsked)?;
            Event::DutyExpired { respond_by: passed(duty.respond_by.ok_or(Refusal::NoLimit)?, at)? }
        }
        Act::SuspendClock { exclusion, basis } => Event::ClockSuspended { exclusion, basis: required(basis)? },
        Act::ResumeClock { due, redated_due } => {
            let (due, redated_due) = moved_dues(dossier, due, redated_due)?;
            Event::ClockResumed { due, redated_due }
        }
        Act::AskOpinion { office, question, files, respond_by } => {
            let office = target(office)?;
            if dossier.open_opinions().any(|open| open.office == office) {
                return Err(Refusal::AlreadyAsked);
            }
            in_future(respond_by, at)?;
            let question = required(question).map_err(|_| Refusal::MissingQuestion)?;
            let number = dossier.opinions.len() as u32 + 1;
            Event::OpinionAsked { number, office, question, files, respond_by }
        }
        Act::AnswerOpinion { number, stance, words } => {
            let number = open_opinion(dossier, number)?;
            let words = if stance.needs_words() { required(words).map_err(|_| Refusal::MissingWords)? } else { words };
            Event::OpinionAnswered { number, stance, words }
        }
        Act::RecallOpinion { number, reason } => {
            Event::OpinionRecalled { number: open_opinion(dossier, number)?, reason: required(reason)? }
        }
        Act::SubmitForApproval { proposal, note, to, step_due } => {
            let step = leads_to(dossier, act.kind()).ok_or(Refusal::NoApprovalStep)?;
            let note = if proposal == Proposal::Deny { required(note)? } else { note };
            Event::SubmittedForApproval { step, proposal, note, to: target_if_given(to)?, step_due }
        }
        Act::Approve { to, step_due, reference } => {
            let result = match dossier.proposal {
                Some(Proposal::Deny) => ResultKind::NotGranted,
                Some(Proposal::Grant) | None => ResultKind::Granted,
            };
            let next = leads_to(dossier, act.kind());
            let approved = Event::Approved { result, next, to: target_if_given(to)?, step_due };
            let reason = dossier.decision_reason.clone();
            return Ok(with_result(dossier, approved, next, (result, reason, reference)));
        }
        Act::Sign { to, step_due, reference } => {
            let next = leads_to(dossier, act.kind());
            let signed = Event::Signed { next, to: target_if_given(to)?, step_due };
            let result = dossier.decision.unwrap_or(ResultKind::Granted);
            let reason = dossier.decision_reason.clone();
            return Ok(with_result(dossier, signed, next, (result, reason, reference)));
        }
        Act::ReturnForRework { reason, step_due } => {
            let step = leads_to(dossier, act.kind()).ok_or(Refusal::NoEarlierStep)?;
            Event::ReturnedForRework { reason: required(reason)?, step, to: dossier.examiner.clone(), step_due }
        }
        Act::DecideNotToGrant { reason, to, step_due, reference } => {
            let reason = required(reason)?;
            let next = leads_to(dossier, act.kind());
            let to = target_if_given(to)?;
            let decided = Event::DecidedNotToGrant { reason: reason.clone(), next, to, step_due };
            return Ok(with_result(dossier, decided, next, (ResultKind::NotGranted, reason, reference)));
        }
        Act::FinishAtOnce { reference } => issued(dossier, (ResultKind::Granted, String::new(), reference), true),
        Act::IssueResult { reference } => {
            let result = dossier.decision.unwrap_or(ResultKind::Granted);
            issued(dossier, (result, dossier.decision_reason.clone(), reference), false)
        }
        Act::Redate { new_due, reason, latest_allowed } => {
            if at > latest_allowed {
                return Err(Refusal::RedateTooLate { latest_allowed });
            }
            let old_due = dossier.current_due().ok_or(Refusal::MissingDue)?;
            if new_due <= old_due {
                return Err(Refusal::DueMovedEarlier { current: old_due });
            }
            Event::Redated { old_due, new_due, reason: required(reason)? }
        }
        Act::Stop { reason } => Event::Stopped { reason: required(reason)? },
        Act::AskWithdrawal { reason } => Event::WithdrawalAsked { reason },
        Act::DeclineWithdrawal { reason } => Event::WithdrawalDeclined { reason: required(reason)? },
        Act::ConfirmWithdrawal(said) => return withdrawn(dossier, &said, at),
        Act::SettleWithdrawal(said) => return settled(dossier, &said, at),
        Act::Deliver { collector, method, posted } => {
            check_collector(&collector)?;
            let posted = match method {
                DeliveryMethod::Post => Some(brought(dossier, posted, at)?),
                DeliveryMethod::Counter | DeliveryMethod::Electronic => None,
            };
            Event::Delivered { collector, method, posted }
        }
        Act::CorrectResult { reason, to, step_due } => Event::ResultWithdrawnForCorrection {
            version: dossier.version_of_result(),
            reason: required(reason)?,
            to: target_if_given(to)?,
            step_due,
        },
        Act::OpenCorrection { dossier: other, reason } => {
            let other = target(other)?;
            if dossier.corrections.iter().any(|link| link.dossier == other) {
                return Err(Refusal::NothingChanges);
            }
            Event::CorrectionOpened { dossier: other, reason: required(reason)? }
        }
        Act::PassOn { from_office, to_office, basis } => {
            let to_office = target(to_office)?;
            if dossier.passed_on_to.as_ref() == Some(&to_office) {
                return Err(Refusal::NothingChanges);
            }
            Event::PassedOn { from_office: target(from_office)?, to_office, basis: required(basis)? }
        }
        Act::Rate { rating, why, words } => rated(rating, &why, words),
        Act::RemoveFile { question, name } => Event::FileRemoved { question, name },
        Act::NotePayment { state, paid, reason } => note_payment(dossier, state, paid, reason, at)?,
        Act::NoteSync { target, state } => {
            if dossier.synced.get(&target) == Some(&state) {
                return Err(Refusal::NothingChanges);
            }
            Event::SyncNoted { target, state }
        }
    };
    Ok(vec![event])
}

/// The reception with its legal moment filled in.
fn received(reception: Reception, at: Instant) -> Result<Reception, Refusal> {
    let received = reception.received.unwrap_or(at);
    if reception.code.trim().is_empty() {
        return Err(Refusal::MissingCode);
    }
    if reception.steps.is_empty() {
        return Err(Refusal::NoSteps);
    }
    if received > at {
        return Err(Refusal::ReceivedInFuture);
    }
    if reception.due <= received {
        return Err(Refusal::DueBeforeReception);
    }
    Ok(Reception { received: Some(received), ..reception })
}

fn check_supplement(
    dossier: &Dossier,
    items: &[SupplementItem],
    stage: SupplementStage,
    basis: &str,
) -> Result<(), Refusal> {
    let expected = match dossier.status {
        Status::Registered => SupplementStage::BeforeAcceptance,
        Status::Accepted => SupplementStage::AtCounter,
        _ => SupplementStage::AtExamination,
    };
    if stage != expected {
        return Err(Refusal::WrongStage { expected });
    }
    if items.is_empty() || items.iter().any(|item| item.what.trim().is_empty()) {
        return Err(Refusal::EmptySupplementRequest);
    }
    if items.iter().any(|item| item.why.trim().is_empty()) {
        return Err(Refusal::MissingReason);
    }
    if dossier.supplement_round > 0 && basis.trim().is_empty() {
        return Err(Refusal::SecondRoundNeedsBasis);
    }
    Ok(())
}

fn check_route(dossier: &Dossier, step: usize, to: Option<&StaffRef>) -> Result<(), Refusal> {
    if to.is_some_and(|to| to.trim().is_empty()) {
        return Err(Refusal::MissingTarget);
    }
    if !is_reachable(dossier, step) {
        return Err(Refusal::BadStep { step });
    }
    let same = dossier.status == Status::Processing && dossier.step == step && dossier.assignee.as_ref() == to;
    if same { Err(Refusal::NothingChanges) } else { Ok(()) }
}

fn check_collector(collector: &Collector) -> Result<(), Refusal> {
    if collector.name.trim().is_empty() {
        return Err(Refusal::MissingCollector);
    }
    let authority = collector.authority.as_deref().unwrap_or_default();
    if !collector.is_applicant && authority.trim().is_empty() {
        return Err(Refusal::MissingAuthority);
    }
    let identity = collector.identity_paper.as_deref().unwrap_or_default();
    if !collector.is_applicant && identity.trim().is_empty() {
        return Err(Refusal::MissingIdentityPaper);
    }
    Ok(())
}

/// What the post says, whole: it cannot have brought a result before there was one.
fn brought(dossier: &Dossier, posted: Option<Posted>, at: Instant) -> Result<Posted, Refusal> {
    let is_whole = |posted: &Posted| !posted.carrier.trim().is_empty() && !posted.tracking.trim().is_empty();
    let posted = posted.filter(is_whole).ok_or(Refusal::MissingPostDetails)?;
    if posted.on > at.day() {
        return Err(Refusal::DayInFuture);
    }
    if dossier.finished.is_some_and(|finished| posted.on < finished.day()) {
        return Err(Refusal::BeforeResult);
    }
    Ok(posted)
}

/// A rating with each reason once, in the order of the list.
fn rated(rating: Rating, why: &[RatingReason], words: String) -> Event {
    let why = RatingReason::ALL.iter().copied().filter(|reason| why.contains(reason)).collect();
    let reasons = if words.trim().is_empty() { Vec::new() } else { vec![words] };
    Event::Rated { rating, why, reasons }
}

/// A payment that can be kept: somebody paid something, not later than now.
pub(super) fn proven(paid: Payment, at: Instant) -> Result<Payment, Refusal> {
    if paid.payer.trim().is_empty() {
        return Err(Refusal::MissingPayer);
    }
    if paid.amount <= Dong(0) {
        return Err(Refusal::MissingAmount);
    }
    if paid.on > at.day() {
        return Err(Refusal::DayInFuture);
    }
    Ok(paid)
}

/// Whether what is owed now was asked for beside fees that were paid: when it is asked no more, for a reason, they are still
/// paid, and no money changes hands.
fn is_paid_before(dossier: &Dossier) -> bool {
    dossier.payment == PaymentState::Owed && dossier.fees.held() > Dong(0)
}

/// Money that changed hands needs its particulars; being exempt, or getting money back, needs a reason.
fn note_payment(
    dossier: &Dossier,
    state: PaymentState,
    paid: Option<Payment>,
    reason: String,
    at: Instant,
) -> Result<Event, Refusal> {
    let goes_back_again = dossier.payment == state && payments_open(dossier).contains(&state);
    if dossier.payment == state && !goes_back_again {
        return Err(Refusal::NothingChanges);
    }
    if !payments_open(dossier).contains(&state) {
        return Err(Refusal::NothingPaid);
    }
    let paid = match state {
        PaymentState::Paid if paid.is_none() && is_paid_before(dossier) && !reason.trim().is_empty() => None,
        PaymentState::Paid | PaymentState::Refunded => Some(proven(paid.ok_or(Refusal::MissingAmount)?, at)?),
        PaymentState::NothingDue | PaymentState::Exempt | PaymentState::Owed => None,
    };
    let held = dossier.fees.held();
    if goes_back_again && paid.as_ref().is_some_and(|paid| paid.amount > held) {
        return Err(Refusal::MoreThanPaid { held });
    }
    let reason = match state {
        PaymentState::Exempt | PaymentState::Refunded => required(reason)?,
        PaymentState::NothingDue | PaymentState::Owed | PaymentState::Paid => reason,
    };
    Ok(Event::PaymentNoted { state, paid, reason })
}

/// The due moments after a pause: never earlier than before.
fn moved_dues(
    dossier: &Dossier,
    due: Instant,
    redated_due: Option<Instant>,
) -> Result<(Instant, Option<Instant>), Refusal> {
    if let Some(current) = dossier.due.filter(|current| due < *current) {
        return Err(Refusal::DueMovedEarlier { current });
    }
    // Without form 04 there is no promise to move.
    let Some(current) = dossier.redated_due else {
        return Ok((due, None));
    };
    match redated_due {
        Some(new) if new < current => Err(Refusal::DueMovedEarlier { current }),
        other => Ok((due, other)),
    }
}

/// The step's own event, and the result when no step follows.
fn with_result(
    dossier: &Dossier,
    event: Event,
    next: Option<usize>,
    result: (ResultKind, String, Option<String>),
) -> Vec<Event> {
    if next.is_some() { vec![event] } else { vec![event, issued(dossier, result, false)] }
}

fn issued(
    dossier: &Dossier,
    (result, reason, reference): (ResultKind, String, Option<String>),
    at_once: bool,
) -> Event {
    let version = dossier.version_of_result() + 1;
    Event::ResultIssued { version, result, reason, reference, at_once }
}

/// The number of an opinion that is waited for.
fn open_opinion(dossier: &Dossier, number: u32) -> Result<u32, Refusal> {
    dossier.open_opinions().find(|open| open.number == number).map(|open| open.number).ok_or(Refusal::NothingAsked)
}

/// A text that must hold more than blanks.
pub(super) fn required(text: String) -> Result<String, Refusal> {
    if text.trim().is_empty() { Err(Refusal::MissingReason) } else { Ok(text) }
}

/// A name that must not be blank.
fn target(name: String) -> Result<String, Refusal> {
    if name.trim().is_empty() { Err(Refusal::MissingTarget) } else { Ok(name) }
}

fn target_if_given(name: Option<String>) -> Result<Option<String>, Refusal> {
    name.map(target).transpose()
}

fn named_if_given(name: Option<&str>) -> Result<(), Refusal> {
    if name.is_some_and(|name| name.trim().is_empty()) { Err(Refusal::MissingTarget) } else { Ok(()) }
}

fn in_future(moment: Instant, at: Instant) -> Result<(), Refusal> {
    if moment > at { Ok(()) } else { Err(Refusal::RespondByPassed) }
}

/// The limit, once it has passed; its last moment still counts.
fn passed(limit: Instant, at: Instant) -> Result<Instant, Refusal> {
    if at > limit { Ok(limit) } else { Err(Refusal::NotExpired { until: limit }) }
}
