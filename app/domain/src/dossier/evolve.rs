//! Folding events into the state.

use super::act::{Proposal, Reception};
use super::event::{Event, Recorded};
use super::flow::StaffRef;
use super::money::Fees;
use super::opinion::{OpinionEnd, OpinionRecord};
use super::settlement::{MoneyBack, PapersBack};
use super::state::{CorrectionLink, Dossier, OpenDuty, OpenSupplement, PauseRecord, ResultRecord};
use super::status::{Channel, PauseKind, PaymentState, ResultKind, Source, Status, SubState, SupplementStage};
use crate::{money::Dong, time::Instant};
use std::collections::BTreeMap;

/// The state after one more event. `None` when the event cannot stand there: its number is not the next one, or it
/// opens a dossier that is open, or it speaks of one that is not.
pub fn evolve(dossier: Option<Dossier>, recorded: &Recorded) -> Option<Dossier> {
    let Some(mut dossier) = dossier else {
        return open(recorded);
    };
    if recorded.seq != dossier.last_seq + 1 || is_opening(&recorded.event) {
        return None;
    }
    dossier.last_seq = recorded.seq;
    change(&mut dossier, recorded.at, &recorded.event);
    Some(dossier)
}

/// The state that a whole record adds up to. `None` for an empty or a broken record.
pub fn replay(events: &[Recorded]) -> Option<Dossier> {
    let (first, rest) = events.split_first()?;
    rest.iter().try_fold(evolve(None, first)?, |dossier, recorded| evolve(Some(dossier), recorded))
}

fn is_opening(event: &Event) -> bool {
    matches!(event, Event::Submitted { .. } | Event::ReceivedAtCounter { .. })
}

fn open(recorded: &Recorded) -> Option<Dossier> {
    if recorded.seq != 1 {
        return None;
    }
    match &recorded.event {
        Event::Submitted { channel, source, corrects } => {
            let mut dossier = blank(*channel, *source, corrects.clone());
            dossier.submitted = Some(recorded.at);
            Some(dossier)
        }
        Event::ReceivedAtCounter { channel, source, corrects, reception } => {
            let mut dossier = blank(*channel, *source, corrects.clone());
            receive(&mut dossier, recorded.at, reception);
            Some(dossier)
        }
        _ => None,
    }
}

/// A dossier just registered.
fn blank(channel: Channel, source: Source, corrects: Option<String>) -> Dossier {
    Dossier {
        status: Status::Registered,
        sub_state: SubState::AwaitingAcceptance,
        channel,
        source,
        corrects,
        code: None,
        case: None,
        steps: Vec::new(),
        step: 0,
        assignee: None,
        examiner: None,
        step_since: None,
        step_due: None,
        passed_on_to: None,
        waits: Vec::new(),
        submitted: None,
        received: None,
        finished: None,
        delivered: None,
        closed: None,
        original_due: None,
        due: None,
        redated_due: None,
        pauses: Vec::new(),
        supplement_round: 0,
        supplement: None,
        duty: None,
        opinions: Vec::new(),
        proposal: None,
        decision: None,
        decision_reason: String::new(),
        withdrawal_asked: false,
        end_reason: String::new(),
        results: Vec::new(),
        corrections: Vec::new(),
        rating: None,
        payment: PaymentState::NothingDue,
        fees: Fees::default(),
        duties_paid: Dong(0),
        papers_to_fetch: false,
        money_to_settle: false,
        synced: BTreeMap::new(),
        last_seq: 1,
    }
}

fn change(dossier: &mut Dossier, at: Instant, event: &Event) {
    match event {
        // Openings never reach this place.
        Event::Submitted { .. } | Event::ReceivedAtCounter { .. } => {}
        Event::Accepted { reception } => receive(dossier, at, reception),
        Event::AcceptanceRefused { reason } => close(dossier, at, Status::NotAccepted, reason),
        Event::SupplementAsked { round, stage, items, reason, respond_by, .. } => {
            dossier.supplement_round = *round;
            dossier.supplement = Some(OpenSupplement {
                stage: *stage,
                items: items.clone(),
                reason: reason.clone(),
                asked: at,
                respond_by: *respond_by,
            });
            dossier.status = Status::SupplementAsked;
            dossier.sub_state = match stage {
                SupplementStage::BeforeAcceptance => SubState::SupplementBeforeAcceptance,
                SupplementStage::AtCounter => SubState::SupplementAtCounter,
                SupplementStage::AtExamination => SubState::SupplementAtExamination,
            };
            match stage {
                // The clock of the term has not started; that of acceptance waits: see `Dossier::waits`.
                SupplementStage::BeforeAcceptance => {}
                SupplementStage::AtCounter => pause(dossier, at, PauseKind::SupplementAtCounter),
                SupplementStage::AtExamination => pause(dossier, at, PauseKind::SupplementAtExamination),
            }
        }
        Event::SupplementAnswered { stage, due, redated_due } => {
            dossier.waits = dossier.waits(at);
            dossier.supplement = None;
            resume(dossier, at, *due, *redated_due);
            match stage {
                SupplementStage::BeforeAcceptance => {
                    dossier.status = Status::Registered;
                    dossier.sub_state = SubState::AwaitingAcceptance;
                }
                SupplementStage::AtCounter => {
                    dossier.status = Status::Accepted;
                    dossier.sub_state = SubState::AwaitingAssignment;
                }
                SupplementStage::AtExamination => back_to_step(dossier),
            }
        }
        Event::SupplementExpired { .. } | Event::DutyExpired { .. } => close(dossier, at, Status::Stopped, ""),
        Event::Assigned { step, to, step_due } => move_to(dossier, at, *step, Some(to.clone()), *step_due),
        Event::Routed { step, to, step_due } => move_to(dossier, at, *step, to.clone(), *step_due),
        Event::DutyAsked { amount_note, respond_by } => {
            dossier.duty = Some(OpenDuty { amount_note: amount_note.clone(), asked: at, respond_by: *respond_by });
            dossier.status = Status::DutyAsked;
            dossier.sub_state = SubState::AwaitingPayment;
            pause(dossier, at, PauseKind::Duty);
        }
        Event::DutyMet { due, redated_due, paid } => {
            dossier.duty = None;
            dossier.duties_paid.0 += paid.as_ref().map_or(0, |paid| paid.amount.0);
            resume(dossier, at, Some(*due), *redated_due);
            back_to_step(dossier);
        }
        Event::ClockSuspended { exclusion, .. } => pause(dossier, at, PauseKind::from(*exclusion)),
        Event::ClockResumed { due, redated_due } => resume(dossier, at, Some(*due), *redated_due),
        Event::OpinionAsked { number, office, respond_by, .. } => dossier.opinions.push(OpinionRecord {
            number: *number,
            office: office.clone(),
            asked: at,
            respond_by: *respond_by,
            ended: None,
            stance: None,
        }),
        Event::OpinionAnswered { number, stance, .. } => {
            dossier.end_opinion(*number, at, OpinionEnd::Answered, Some(*stance));
        }
        Event::OpinionRecalled { number, .. } => dossier.end_opinion(*number, at, OpinionEnd::Recalled, None),
        Event::SubmittedForApproval { step, proposal, note, to, step_due } => {
            dossier.examiner = dossier.assignee.take();
            dossier.proposal = Some(*proposal);
            dossier.decision_reason = match proposal {
                Proposal::Grant => String::new(),
                Proposal::Deny => note.clone(),
            };
            move_to(dossier, at, *step, to.clone(), *step_due);
        }
        Event::Approved { result, next, to, step_due } => {
            dossier.decision = Some(*result);
            move_on(dossier, at, *next, to.clone(), *step_due);
        }
        Event::Signed { next, to, step_due } => move_on(dossier, at, *next, to.clone(), *step_due),
        Event::ReturnedForRework { step, to, step_due, .. } => {
            forget_decision(dossier);
            move_to(dossier, at, *step, to.clone(), *step_due);
        }
        Event::DecidedNotToGrant { reason, next, to, step_due } => {
            dossier.decision = Some(ResultKind::NotGranted);
            dossier.decision_reason.clone_from(reason);
            move_on(dossier, at, *next, to.clone(), *step_due);
        }
        Event::ResultIssued { version, result, reason, reference, .. } => {
            close_pause(dossier, at);
            dossier.lapse_opinions(at);
            dossier.results.push(ResultRecord {
                version: *version,
                result: *result,
                reason: reason.clone(),
                reference: reference.clone(),
                issued: at,
                replaced: None,
            });
            dossier.status = Status::Done;
            dossier.sub_state = SubState::AwaitingCollection;
            dossier.finished = Some(at);
            dossier.step_due = None;
            // Who examined stays known for a correction; nobody holds the dossier now.
            dossier.examiner = dossier.examiner.take().or(dossier.assignee.take());
            dossier.assignee = None;
            forget_decision(dossier);
        }
        Event::Redated { new_due, .. } => {
            dossier.redated_due = Some(*new_due);
        }
        Event::Stopped { reason } => close(dossier, at, Status::Stopped, reason),
        Event::WithdrawalAsked { .. } => dossier.withdrawal_asked = true,
        Event::WithdrawalDeclined { .. } => dossier.withdrawal_asked = false,
        Event::Withdrawn { papers, money, .. } => {
            close(dossier, at, Status::Withdrawn, "");
            dossier.papers_to_fetch = *papers == Some(PapersBack::ToFetch);
            dossier.money_to_settle = *money == Some(MoneyBack::Later);
            dossier.settle_sub_state();
        }
        Event::WithdrawalSettled { papers, money, .. } => {
            dossier.papers_to_fetch &= papers.is_none();
            dossier.money_to_settle &= money.is_none();
            dossier.settle_sub_state();
        }
        Event::Delivered { .. } => {
            dossier.delivered = Some(at);
            close(dossier, at, Status::Delivered, "");
        }
        Event::ResultWithdrawnForCorrection { reason, to, step_due, .. } => {
            if let Some(result) = dossier.results.last_mut() {
                result.replaced = Some((at, reason.clone()));
            }
            dossier.finished = None;
            move_to(dossier, at, 0, to.clone(), *step_due);
        }
        Event::CorrectionOpened { dossier: other, reason } => {
            dossier.corrections.push(CorrectionLink { dossier: other.clone(), reason: reason.clone(), opened: at })
        }
        Event::PassedOn { to_office, .. } => {
            dossier.passed_on_to = Some(to_office.clone());
            dossier.assignee = None;
            // The people of the old office do not follow; the new one assigns.
            dossier.examiner = None;
            if dossier.sub_state == SubState::Examining {
                dossier.sub_state = SubState::AwaitingAssignment;
            }
        }
        Event::Rated { rating, .. } => dossier.rating = Some(*rating),
        // A file lies beside the dossier: its going moves nothing in it.
        Event::FileRemoved { .. } => {}
        Event::PaymentNoted { state, paid, .. } => {
            dossier.payment = *state;
            dossier.fees.note(*state, paid.as_ref());
            // Money that is found to have been paid is to be settled; what went back is not.
            let found = dossier.status == Status::Withdrawn && *state == PaymentState::Paid;
            dossier.money_to_settle = found || (dossier.money_to_settle && dossier.has_money());
            dossier.settle_sub_state();
        }
        Event::SyncNoted { target, state } => {
            dossier.synced.insert(*target, *state);
        }
    }
}

fn receive(dossier: &mut Dossier, at: Instant, reception: &Reception) {
    dossier.status = Status::Accepted;
    dossier.sub_state = SubState::AwaitingAssignment;
    dossier.code = Some(reception.code.clone());
    dossier.case.clone_from(&reception.case);
    dossier.steps.clone_from(&reception.steps);
    dossier.received = Some(reception.received.unwrap_or(at));
    dossier.original_due = Some(reception.due);
    dossier.due = Some(reception.due);
}

fn close(dossier: &mut Dossier, at: Instant, status: Status, reason: &str) {
    close_pause(dossier, at);
    dossier.lapse_opinions(at);
    dossier.status = status;
    dossier.sub_state = SubState::Closed;
    dossier.closed = Some(at);
    dossier.end_reason = reason.to_owned();
    dossier.supplement = None;
    dossier.duty = None;
    dossier.withdrawal_asked = false;
    dossier.assignee = None;
    dossier.step_due = None;
}

fn pause(dossier: &mut Dossier, at: Instant, kind: PauseKind) {
    close_pause(dossier, at);
    dossier.pauses.push(PauseRecord { from: at, to: None, kind });
}

fn close_pause(dossier: &mut Dossier, at: Instant) {
    if let Some(pause) = dossier.pauses.last_mut().filter(|pause| pause.to.is_none()) {
        pause.to = Some(at);
    }
}

fn resume(dossier: &mut Dossier, at: Instant, due: Option<Instant>, redated_due: Option<Instant>) {
    close_pause(dossier, at);
    dossier.due = due.or(dossier.due);
    dossier.redated_due = redated_due.or(dossier.redated_due);
}

/// Processing at that step.
fn move_to(dossier: &mut Dossier, at: Instant, step: usize, to: Option<StaffRef>, step_due: Option<Instant>) {
    dossier.status = Status::Processing;
    dossier.sub_state = dossier.sub_state_at(step, to.as_ref());
    dossier.step = step;
    dossier.assignee = to;
    dossier.step_since = Some(at);
    dossier.step_due = step_due;
}

/// To the next step, if there is one; else the result follows at once.
fn move_on(dossier: &mut Dossier, at: Instant, next: Option<usize>, to: Option<StaffRef>, step_due: Option<Instant>) {
    if let Some(step) = next {
        move_to(dossier, at, step, to, step_due);
    }
}

fn back_to_step(dossier: &mut Dossier) {
    dossier.status = Status::Processing;
    dossier.sub_state = dossier.sub_state_at(dossier.step, dossier.assignee.as_ref());
}

fn forget_decision(dossier: &mut Dossier) {
    dossier.proposal = None;
    dossier.decision = None;
    dossier.decision_reason = String::new();
}
