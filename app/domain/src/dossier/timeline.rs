//! What the resident may see of a dossier's life.
//!
//! Staff appear as a role, never by id; notes to the leader, reworks, proposals and a decision that is not issued yet
//! stay inside; so do copies to other systems and who collected, beyond whether it was the applicant.

use super::act::{DeliveryMethod, Posted, SupplementItem};
use super::event::{Event, Recorded};
use super::evolve::evolve;
use super::settlement::{MoneyBack, PapersBack};
use super::state::Dossier;
use super::status::{Channel, Exclusion, PaymentState, ResultKind, Status};
use crate::{money::Dong, role::Role, time::Instant};

/// One line of the timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The event it comes from.
    pub seq: u64,
    /// When.
    pub at: Instant,
    /// What.
    pub seen: Seen,
}

/// What happened, as far as the resident is concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// Filed.
    Submitted { channel: Channel },
    /// Received; the first promise.
    Accepted { code: String, received: Instant, due: Instant },
    /// Not accepted.
    NotAccepted { reason: String },
    /// Everything that is missing.
    SupplementAsked { items: Vec<SupplementItem>, reason: String, respond_by: Instant },
    /// The supplement arrived; the due moment now, when the term runs.
    SupplementAnswered { due: Option<Instant> },
    /// The limit passed: stopped.
    SupplementExpired,
    /// It is with people of that role now; none when the step's role is unknown.
    InHandsOf { role: Option<Role> },
    /// Money to be paid elsewhere.
    DutyAsked { amount_note: String, respond_by: Option<Instant> },
    /// Paid; the due moment now, and how much as far as it was noted.
    DutyMet { due: Instant, amount: Option<Dong> },
    /// The limit passed: stopped.
    DutyExpired,
    /// Time that does not count begins.
    ClockSuspended { exclusion: Exclusion },
    /// And ends; the due moment now.
    ClockResumed { due: Instant },
    /// The opinion of another unit, by its authority's key, is waited for.
    OpinionAsked { office: String },
    /// It came; what it says stays inside until the dossier is decided.
    OpinionAnswered { office: String },
    /// It is not waited for any more.
    OpinionRecalled { office: String },
    /// A result, or a reasoned reply; `version` above 1 is a corrected one.
    ResultIssued { version: u32, result: ResultKind, reason: String },
    /// Form 04: with the apology.
    Redated { old_due: Instant, new_due: Instant, reason: String },
    /// Stopped.
    Stopped { reason: String },
    /// The resident asked to withdraw.
    WithdrawalAsked,
    /// Declined.
    WithdrawalDeclined { reason: String },
    /// Withdrawn; what becomes of papers and money, and why money stays.
    Withdrawn { papers: Option<PapersBack>, money: Option<MoneyBack>, reason: String },
    /// Papers were fetched, or money was settled.
    WithdrawalSettled { papers: Option<PapersBack>, money: Option<MoneyBack>, reason: String },
    /// Handed over.
    Delivered { method: DeliveryMethod, to_applicant: bool, posted: Option<Posted> },
    /// An error was found before handover; the result is being made again.
    BeingCorrected { reason: String },
    /// An error was found after handover; another dossier repairs it, free of charge.
    CorrectionOpened { dossier: String, reason: String },
    /// Another office goes on with it, by that decision; the code stays.
    PassedOn { from_office: String, to_office: String, basis: String },
    /// A file was dangerous and is gone; another is asked for.
    FileRemoved { name: String },
    /// Fees.
    Payment { state: PaymentState, amount: Option<Dong>, reason: String },
}

/// The resident's timeline, the oldest first. A broken record gives the lines up to the break.
pub fn entries(events: &[Recorded]) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut dossier: Option<Dossier> = None;
    let mut shown_role: Option<Role> = None;
    for recorded in events {
        let Some(after) = evolve(dossier, recorded) else { break };
        if let Some(seen) = seen(&recorded.event, &after) {
            entries.push(Entry { seq: recorded.seq, at: recorded.at, seen });
        }
        // Passing between two people of one role is not news; passing to another role is.
        if after.status == Status::Processing {
            let role = after.current_step().map(|step| step.role);
            if role != shown_role {
                entries.push(Entry { seq: recorded.seq, at: recorded.at, seen: Seen::InHandsOf { role } });
                shown_role = role;
            }
        } else if after.status == Status::Done {
            shown_role = None;
        }
        dossier = Some(after);
    }
    entries
}

fn seen(event: &Event, after: &Dossier) -> Option<Seen> {
    Some(match event {
        Event::Submitted { channel, .. } => Seen::Submitted { channel: *channel },
        Event::ReceivedAtCounter { reception, .. } | Event::Accepted { reception } => Seen::Accepted {
            code: reception.code.clone(),
            received: after.received.or(reception.received)?,
            due: reception.due,
        },
        Event::AcceptanceRefused { reason } => Seen::NotAccepted { reason: reason.clone() },
        Event::SupplementAsked { items, reason, respond_by, .. } => {
            Seen::SupplementAsked { items: items.clone(), reason: reason.clone(), respond_by: *respond_by }
        }
        Event::SupplementAnswered { .. } => Seen::SupplementAnswered { due: after.current_due() },
        Event::SupplementExpired { .. } => Seen::SupplementExpired,
        Event::DutyAsked { amount_note, respond_by } => {
            Seen::DutyAsked { amount_note: amount_note.clone(), respond_by: *respond_by }
        }
        Event::DutyMet { paid, .. } => {
            Seen::DutyMet { due: after.current_due()?, amount: paid.as_ref().map(|paid| paid.amount) }
        }
        Event::DutyExpired { .. } => Seen::DutyExpired,
        Event::ClockSuspended { exclusion, .. } => Seen::ClockSuspended { exclusion: *exclusion },
        Event::ClockResumed { .. } => Seen::ClockResumed { due: after.current_due()? },
        Event::OpinionAsked { office, .. } => Seen::OpinionAsked { office: office.clone() },
        Event::OpinionAnswered { number, .. } => {
            Seen::OpinionAnswered { office: after.opinion(*number)?.office.clone() }
        }
        Event::OpinionRecalled { number, .. } => {
            Seen::OpinionRecalled { office: after.opinion(*number)?.office.clone() }
        }
        Event::ResultIssued { version, result, reason, .. } => {
            Seen::ResultIssued { version: *version, result: *result, reason: reason.clone() }
        }
        Event::Redated { old_due, new_due, reason } => {
            Seen::Redated { old_due: *old_due, new_due: *new_due, reason: reason.clone() }
        }
        Event::Stopped { reason } => Seen::Stopped { reason: reason.clone() },
        Event::WithdrawalAsked { .. } => Seen::WithdrawalAsked,
        Event::WithdrawalDeclined { reason } => Seen::WithdrawalDeclined { reason: reason.clone() },
        Event::Withdrawn { papers, money, reason } => {
            Seen::Withdrawn { papers: *papers, money: *money, reason: reason.clone() }
        }
        Event::WithdrawalSettled { papers, money, reason } => {
            Seen::WithdrawalSettled { papers: *papers, money: *money, reason: reason.clone() }
        }
        Event::Delivered { collector, method, posted } => {
            Seen::Delivered { method: *method, to_applicant: collector.is_applicant, posted: posted.clone() }
        }
        Event::ResultWithdrawnForCorrection { reason, .. } => Seen::BeingCorrected { reason: reason.clone() },
        Event::CorrectionOpened { dossier, reason } => {
            Seen::CorrectionOpened { dossier: dossier.clone(), reason: reason.clone() }
        }
        Event::PassedOn { from_office, to_office, basis } => {
            Seen::PassedOn { from_office: from_office.clone(), to_office: to_office.clone(), basis: basis.clone() }
        }
        Event::FileRemoved { name, .. } => Seen::FileRemoved { name: name.clone() },
        Event::PaymentNoted { state, paid, reason } => {
            Seen::Payment { state: *state, amount: paid.as_ref().map(|paid| paid.amount), reason: reason.clone() }
        }
        Event::Assigned { .. }
        | Event::Routed { .. }
        | Event::SubmittedForApproval { .. }
        | Event::Approved { .. }
        | Event::Signed { .. }
        | Event::ReturnedForRework { .. }
        | Event::DecidedNotToGrant { .. }
        | Event::Rated { .. }
        | Event::SyncNoted { .. } => return None,
    })
}
