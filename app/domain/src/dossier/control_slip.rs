//! The control slip (form 06): through whose hands a dossier went, and whether each was in time.
//!
//! Derived from the record, so it is as append-only as the record is. It begins at reception; a dossier that is not
//! accepted yet has none. Names are not here: `seq` points at the event whose actor handed the dossier over.

use super::event::{Event, Recorded};
use super::evolve::evolve;
use super::flow::StaffRef;
use super::state::{Dossier, Timeliness, timeliness};
use super::status::{Exclusion, Status, StepKind, SubState};
use crate::{role::Role, time::Instant};

/// Where a dossier can lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The one-stop shop: before processing, and again with the result.
    Counter,
    /// A step of the flow.
    Step {
        /// Index into the flow.
        index: usize,
        /// What is done there.
        kind: StepKind,
        /// By which role.
        role: Role,
    },
}

/// Who has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The place.
    pub place: Place,
    /// The person, once somebody is assigned.
    pub staff: Option<StaffRef>,
    /// The successor office, after a reorganisation; none for the office of reception.
    pub office: Option<String>,
}

/// What the column of notes says about a stretch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
    /// Form 02 went out.
    SupplementAsked { round: u32, respond_by: Instant },
    /// The supplement came.
    SupplementAnswered,
    /// The financial duty was notified.
    DutyAsked,
    /// It was met.
    DutyMet,
    /// The law leaves time out from here.
    ClockSuspended(Exclusion),
    /// And counts again from here.
    ClockResumed,
    /// It came back from approval, signature or issue.
    ReturnedForRework { reason: String },
    /// An undelivered result was withdrawn to be corrected.
    ResultCorrected { version: u32, reason: String },
    /// Form 04.
    Redated { old_due: Instant, new_due: Instant, reason: String },
    /// The resident asked to withdraw.
    WithdrawalAsked,
    /// The clerk declined.
    WithdrawalDeclined,
    /// Handed to the successor office.
    PassedOn { basis: String },
}

/// One stretch in one pair of hands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The event that handed it over; its actor is the giver's signature.
    pub seq: u64,
    /// Who gave it; none on the first row: the applicant did.
    pub from: Option<Holder>,
    /// Who received it.
    pub to: Holder,
    /// When.
    pub received: Instant,
    /// The limit of this step, as set when it was handed over.
    pub due: Option<Instant>,
    /// When it went on; none while it lies here.
    pub handed_on: Option<Instant>,
    /// When the clock stood still meanwhile, half-open; an open pause is not listed yet.
    pub pauses: Vec<(Instant, Instant)>,
    /// Notes with their moments.
    pub remarks: Vec<(Instant, Remark)>,
}

impl Row {
    /// Early, on time or late; none while it lies here or when the step has no limit. `moved` gives the step's limit
    /// after its pauses, `is_early` whether an end is early enough to be called so; both know the calendar.
    pub fn outcome(
        &self,
        moved: impl Fn(Instant, &[(Instant, Instant)]) -> Instant,
        is_early: impl Fn(Instant, Instant) -> bool,
    ) -> Option<Timeliness> {
        Some(timeliness(self.handed_on?, moved(self.due?, &self.pauses), is_early))
    }
}

/// The rows of the slip, the oldest first. A broken record gives the rows up to the break.
pub fn rows(events: &[Recorded]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut before: Option<Dossier> = None;
    for recorded in events {
        let Some(after) = evolve(before.clone(), recorded) else { break };
        let holder_before = before.as_ref().and_then(holder);
        let holder_after = holder(&after);
        let pause_ended = before.as_ref().and_then(Dossier::open_pause).filter(|_| after.open_pause().is_none());
        if let (Some(pause), Some(row)) = (pause_ended, rows.last_mut()) {
            row.pauses.push((pause.from.max(row.received), recorded.at));
        }
        if holder_after != holder_before {
            if let Some(row) = rows.last_mut().filter(|row| row.handed_on.is_none()) {
                row.handed_on = Some(recorded.at);
                // A pause that goes on in other hands counts for both, each for its own part.
                if let Some(pause) = after.open_pause() {
                    row.pauses.push((pause.from.max(row.received), recorded.at));
                }
            }
            if let Some(to) = holder_after {
                rows.push(Row {
                    seq: recorded.seq,
                    from: holder_before,
                    to,
                    received: after.received.filter(|_| rows.is_empty()).unwrap_or(recorded.at),
                    due: after.step_due,
                    handed_on: None,
                    pauses: Vec::new(),
                    remarks: Vec::new(),
                });
            }
        }
        if let (Some(remark), Some(row)) = (remark(&recorded.event), rows.last_mut()) {
            row.remarks.push((recorded.at, remark));
        }
        before = Some(after);
    }
    rows
}

/// The dossier as a whole against its legal due moment (not form 04's): none until a result stands.
pub fn outcome(dossier: &Dossier, is_early: impl Fn(Instant, Instant) -> bool) -> Option<Timeliness> {
    Some(timeliness(dossier.finished?, dossier.due?, is_early))
}

/// Nobody holds a dossier before reception and after its end. While the resident is waited for it stays where it was.
fn holder(dossier: &Dossier) -> Option<Holder> {
    let place = match dossier.status {
        Status::Registered | Status::NotAccepted | Status::Withdrawn | Status::Stopped | Status::Delivered => {
            return None;
        }
        Status::Accepted | Status::Done => Place::Counter,
        Status::SupplementAsked => match dossier.sub_state {
            SubState::SupplementBeforeAcceptance => return None,
            SubState::SupplementAtCounter => Place::Counter,
            _ => step_place(dossier)?,
        },
        Status::Processing | Status::DutyAsked => step_place(dossier)?,
    };
    Some(Holder { place, staff: dossier.assignee.clone(), office: dossier.passed_on_to.clone() })
}

fn step_place(dossier: &Dossier) -> Option<Place> {
    dossier.current_step().map(|step| Place::Step { index: dossier.step, kind: step.kind, role: step.role })
}

fn remark(event: &Event) -> Option<Remark> {
    Some(match event {
        Event::SupplementAsked { round, respond_by, .. } => {
            Remark::SupplementAsked { round: *round, respond_by: *respond_by }
        }
        Event::SupplementAnswered { .. } => Remark::SupplementAnswered,
        Event::DutyAsked { .. } => Remark::DutyAsked,
        Event::DutyMet { .. } => Remark::DutyMet,
        Event::ClockSuspended { exclusion, .. } => Remark::ClockSuspended(*exclusion),
        Event::ClockResumed { .. } => Remark::ClockResumed,
        Event::ReturnedForRework { reason, .. } => Remark::ReturnedForRework { reason: reason.clone() },
        Event::ResultWithdrawnForCorrection { version, reason, .. } => {
            Remark::ResultCorrected { version: *version, reason: reason.clone() }
        }
        Event::Redated { old_due, new_due, reason } => {
            Remark::Redated { old_due: *old_due, new_due: *new_due, reason: reason.clone() }
        }
        Event::WithdrawalAsked { .. } => Remark::WithdrawalAsked,
        Event::WithdrawalDeclined { .. } => Remark::WithdrawalDeclined,
        Event::PassedOn { basis, .. } => Remark::PassedOn { basis: basis.clone() },
        _ => return None,
    })
}
