//! What happened to a dossier: facts in the past tense, enough to rebuild its state.
//!
//! The JSON names are kept in tables for good: a variant or a field may be added, never renamed.

use super::act::{
    Collector, DeliveryMethod, Payment, Posted, Proposal, Rating, RatingReason, Reception, SupplementItem,
};
use super::flow::StaffRef;
use super::opinion::Stance;
use super::settlement::{MoneyBack, PapersBack};
use super::status::{Channel, Exclusion, PaymentState, ResultKind, Source, SupplementStage, SyncState, SyncTarget};
use crate::time::Instant;
use serde::{Deserialize, Serialize};

/// The question that a result's file answers: staff put it there, and nobody else.
pub const RESULT_FILE: &str = "ket-qua";
/// How the questions begin under which files of answers to requests for an opinion lie: no matter of the resident's, and
/// nothing that the dossier waits for.
pub const ANSWER_FILES: &str = "tep-y-kien-";

/// Whether a file under that question is waited for when a scan takes it away: the resident's or the clerk's, in place of
/// which another one has to come.
pub fn is_waited_for(question: &str) -> bool {
    !question.starts_with(ANSWER_FILES)
}

/// Whether a file under that question is a matter of the dossier's resident, who is told when a scan takes it away and sends
/// another: neither a result that staff make ready nor what comes with an opinion.
pub fn is_residents_matter(question: &str) -> bool {
    question != RESULT_FILE && is_waited_for(question)
}

/// One event in its place: `seq` counts from 1 without gaps, `at` is the server's time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// 1, 2, 3…
    pub seq: u64,
    /// When.
    pub at: Instant,
    /// What.
    pub event: Event,
}

/// A fact. Optional fields are absent from older records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// → 1.
    Submitted { channel: Channel, source: Source, corrects: Option<String> },
    /// → 2 at the counter. `reception.received` is always set in events.
    ReceivedAtCounter { channel: Channel, source: Source, corrects: Option<String>, reception: Reception },
    /// 1 → 2. `reception.received` is always set in events.
    Accepted { reception: Reception },
    /// 1 → 3.
    AcceptanceRefused { reason: String },
    /// → 5.
    SupplementAsked {
        round: u32,
        stage: SupplementStage,
        items: Vec<SupplementItem>,
        reason: String,
        basis: String,
        approved_by: Option<StaffRef>,
        respond_by: Instant,
    },
    /// 5 → back.
    SupplementAnswered { stage: SupplementStage, due: Option<Instant>, redated_due: Option<Instant> },
    /// 5 → 8.
    SupplementExpired { respond_by: Instant },
    /// A person has it. From 2 this is also the start of processing.
    Assigned { step: usize, to: StaffRef, step_due: Option<Instant> },
    /// At another step.
    Routed { step: usize, to: Option<StaffRef>, step_due: Option<Instant> },
    /// 4 → 6.
    DutyAsked { amount_note: String, respond_by: Option<Instant> },
    /// 6 → 4.
    DutyMet {
        due: Instant,
        redated_due: Option<Instant>,
        #[serde(default)]
        paid: Option<Payment>,
    },
    /// 6 → 8.
    DutyExpired { respond_by: Instant },
    /// The clock stands still within 4.
    ClockSuspended { exclusion: Exclusion, basis: String },
    /// The clock runs again.
    ClockResumed { due: Instant, redated_due: Option<Instant> },
    /// Another unit was asked for an opinion.
    OpinionAsked { number: u32, office: String, question: String, files: Vec<String>, respond_by: Instant },
    /// It gave it.
    OpinionAnswered { number: u32, stance: Stance, words: String },
    /// It is not waited for any more.
    OpinionRecalled { number: u32, reason: String },
    /// Before the leader.
    SubmittedForApproval {
        step: usize,
        proposal: Proposal,
        note: String,
        to: Option<StaffRef>,
        step_due: Option<Instant>,
    },
    /// The leader agreed; `next` is the step it goes to, none when the result follows at once.
    Approved { result: ResultKind, next: Option<usize>, to: Option<StaffRef>, step_due: Option<Instant> },
    /// Signed; `next` as above.
    Signed { next: Option<usize>, to: Option<StaffRef>, step_due: Option<Instant> },
    /// Back to a working step.
    ReturnedForRework {
        reason: String,
        step: usize,
        to: Option<StaffRef>,
        #[serde(default)]
        step_due: Option<Instant>,
    },
    /// Decided not to grant; `next` as above.
    DecidedNotToGrant { reason: String, next: Option<usize>, to: Option<StaffRef>, step_due: Option<Instant> },
    /// → 9. Versions count from 1.
    ResultIssued { version: u32, result: ResultKind, reason: String, reference: Option<String>, at_once: bool },
    /// Form 04.
    Redated { old_due: Instant, new_due: Instant, reason: String },
    /// → 8.
    Stopped { reason: String },
    /// The resident wants it back.
    WithdrawalAsked { reason: String },
    /// The clerk said no.
    WithdrawalDeclined { reason: String },
    /// → 7. Older records say nothing of papers and money: both were settled before.
    Withdrawn {
        #[serde(default)]
        papers: Option<PapersBack>,
        #[serde(default)]
        money: Option<MoneyBack>,
        /// Why money stays; else empty.
        #[serde(default)]
        reason: String,
    },
    /// What the withdrawal had left open, as far as it was settled now.
    WithdrawalSettled {
        #[serde(default)]
        papers: Option<PapersBack>,
        #[serde(default)]
        money: Option<MoneyBack>,
        /// Why money stays; else empty.
        #[serde(default)]
        reason: String,
    },
    /// → 10.
    Delivered {
        collector: Collector,
        method: DeliveryMethod,
        #[serde(default)]
        posted: Option<Posted>,
    },
    /// 9 → 4; that version is replaced.
    ResultWithdrawnForCorrection {
        version: u32,
        reason: String,
        to: Option<StaffRef>,
        #[serde(default)]
        step_due: Option<Instant>,
    },
    /// Another dossier repairs this one.
    CorrectionOpened { dossier: String, reason: String },
    /// To the successor office.
    PassedOn {
        /// Which office ended; empty in what was written before it was kept.
        #[serde(default)]
        from_office: String,
        to_office: String,
        basis: String,
    },
    /// Rated by the resident. `reasons` holds what was written in words of one's own, when something was.
    Rated {
        rating: Rating,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        why: Vec<RatingReason>,
        reasons: Vec<String>,
    },
    /// A scan found a malicious program in a file, and the file is gone: another is asked for.
    FileRemoved { question: String, name: String },
    /// Fees.
    PaymentNoted {
        state: PaymentState,
        #[serde(default)]
        paid: Option<Payment>,
        #[serde(default)]
        reason: String,
    },
    /// Copies to other systems.
    SyncNoted { target: SyncTarget, state: SyncState },
}
