//! What a person, or the clock, asks to do with a dossier.

use super::flow::{StaffRef, WorkStep};
use super::opinion::Stance;
use super::settlement::Settlement;
use super::status::{Channel, Exclusion, PaymentState, Source, SupplementStage, SyncState, SyncTarget, keyed};
use crate::{
    money::Dong,
    time::{Day, Instant},
};
use serde::{Deserialize, Serialize};

/// An act. Texts are kept as given; a text that is required must hold more than blanks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// The resident files (→ 1): online, or put down at the counter without being accepted yet. `corrects` names the
    /// delivered dossier whose error this one repairs, free of charge.
    Submit { channel: Channel, source: Source, corrects: Option<String> },
    /// The counter takes in a complete dossier at once (→ 2).
    ReceiveAtCounter { channel: Channel, source: Source, corrects: Option<String>, reception: Reception },
    /// 1 → 2: form 01 and the code.
    Accept(Reception),
    /// 1 → 3: form 03.
    RefuseToAccept { reason: String },
    /// → 5: form 02, everything that is missing at once. `stage` must be the one the dossier is at; `basis` is
    /// required from the second round on.
    AskSupplement {
        items: Vec<SupplementItem>,
        stage: SupplementStage,
        reason: String,
        basis: String,
        approved_by: Option<StaffRef>,
        respond_by: Instant,
    },
    /// 5 → where it was asked. After acceptance `due` is the legal due moment computed with the closed pause;
    /// `redated_due` the form 04 promise when the pause moves that as well.
    AnswerSupplement { due: Option<Instant>, redated_due: Option<Instant> },
    /// 5 → 8: the limit passed without an answer.
    ExpireSupplement,
    /// Gives the dossier to a person: from 2 to the first step (→ 4), in 4 at the step where it is.
    Assign { to: StaffRef, step_due: Option<Instant> },
    /// Moves the dossier to a working step (2 → 4, or within 4), to a person or for assignment there.
    Route { step: usize, to: Option<StaffRef>, step_due: Option<Instant> },
    /// 4 → 6. Without `respond_by` the duty never expires.
    AskDuty { amount_note: String, respond_by: Option<Instant> },
    /// 6 → 4, with the due moments moved by the pause, and who paid what.
    DutyMet { due: Instant, redated_due: Option<Instant>, paid: Payment },
    /// 6 → 8: the limit passed.
    ExpireDuty,
    /// Begins an interval the law leaves out of the term; status stays 4.
    SuspendClock { exclusion: Exclusion, basis: String },
    /// Ends it, with the due moments moved by the pause.
    ResumeClock { due: Instant, redated_due: Option<Instant> },
    /// Asks another unit (its authority's key) for an opinion, with files of the dossier, by their ids. Moves no clock.
    AskOpinion { office: String, question: String, files: Vec<String>, respond_by: Instant },
    /// The asked unit answers the request of that number; in words unless it plainly agrees.
    AnswerOpinion { number: u32, stance: Stance, words: String },
    /// The request of that number is taken back, with the reason.
    RecallOpinion { number: u32, reason: String },
    /// To the next approval step. A proposal to deny needs its reason in `note`.
    SubmitForApproval { proposal: Proposal, note: String, to: Option<StaffRef>, step_due: Option<Instant> },
    /// The leader agrees with the proposal; at the last step this issues the result (→ 9). `reference` names the
    /// result's paper and counts only then.
    Approve { to: Option<StaffRef>, step_due: Option<Instant>, reference: Option<String> },
    /// The leader signs; at the last step this issues the result (→ 9).
    Sign { to: Option<StaffRef>, step_due: Option<Instant>, reference: Option<String> },
    /// Back to the working step it came from.
    ReturnForRework { reason: String, step_due: Option<Instant> },
    /// A reasoned refusal to grant: goes on to signature and issue, or straight to 9 when there is no such step.
    DecideNotToGrant { reason: String, to: Option<StaffRef>, step_due: Option<Instant>, reference: Option<String> },
    /// 2 → 9: settled at the counter.
    FinishAtOnce { reference: Option<String> },
    /// 4 → 9: numbered, sealed, issued.
    IssueResult { reference: Option<String> },
    /// Form 04, once, at `latest_allowed` at the latest (one working day before the due moment).
    Redate { new_due: Instant, reason: String, latest_allowed: Instant },
    /// → 8: form 05.
    Stop { reason: String },
    /// The resident asks; no reason is owed, so it may be empty.
    AskWithdrawal { reason: String },
    /// A clerk declines, with the reason.
    DeclineWithdrawal { reason: String },
    /// A clerk confirms (→ 7) and says what becomes of papers and money.
    ConfirmWithdrawal(Settlement),
    /// What the withdrawal left open is settled: papers are fetched, money goes back or does not.
    SettleWithdrawal(Settlement),
    /// 9 → 10. By post with its particulars.
    Deliver { collector: Collector, method: DeliveryMethod, posted: Option<Posted> },
    /// 9 → 4: an error found before handover; the old result is kept, marked replaced.
    CorrectResult { reason: String, to: Option<StaffRef>, step_due: Option<Instant> },
    /// Records on a delivered dossier that another one, `dossier`, repairs it.
    OpenCorrection { dossier: String, reason: String },
    /// A reorganisation hands the dossier to the successor office. Offices by their keys.
    PassOn { from_office: String, to_office: String, basis: String },
    /// The resident's rating, once, after delivery: what to do better, and what was written in words of one's own.
    Rate { rating: Rating, why: Vec<RatingReason>, words: String },
    /// Records that a file in which a scan found a malicious program is gone: which question or paper it answered, and
    /// its name.
    RemoveFile { question: String, name: String },
    /// Records where the fees stand: with the payment when money changed hands, with a reason when nothing is to be
    /// paid by law or money went back. Fees that were paid before are said to be paid with a reason alone when what was
    /// asked beside them is asked no more.
    NotePayment { state: PaymentState, paid: Option<Payment>, reason: String },
    /// Records how far a copy to another system has come.
    NoteSync { target: SyncTarget, state: SyncState },
}

impl Act {
    /// Which kind of act it is.
    pub fn kind(&self) -> ActKind {
        match self {
            Self::Submit { .. } => ActKind::Submit,
            Self::ReceiveAtCounter { .. } => ActKind::ReceiveAtCounter,
            Self::Accept(_) => ActKind::Accept,
            Self::RefuseToAccept { .. } => ActKind::RefuseToAccept,
            Self::AskSupplement { .. } => ActKind::AskSupplement,
            Self::AnswerSupplement { .. } => ActKind::AnswerSupplement,
            Self::ExpireSupplement => ActKind::ExpireSupplement,
            Self::Assign { .. } => ActKind::Assign,
            Self::Route { .. } => ActKind::Route,
            Self::AskDuty { .. } => ActKind::AskDuty,
            Self::DutyMet { .. } => ActKind::DutyMet,
            Self::ExpireDuty => ActKind::ExpireDuty,
            Self::SuspendClock { .. } => ActKind::SuspendClock,
            Self::ResumeClock { .. } => ActKind::ResumeClock,
            Self::AskOpinion { .. } => ActKind::AskOpinion,
            Self::AnswerOpinion { .. } => ActKind::AnswerOpinion,
            Self::RecallOpinion { .. } => ActKind::RecallOpinion,
            Self::SubmitForApproval { .. } => ActKind::SubmitForApproval,
            Self::Approve { .. } => ActKind::Approve,
            Self::Sign { .. } => ActKind::Sign,
            Self::ReturnForRework { .. } => ActKind::ReturnForRework,
            Self::DecideNotToGrant { .. } => ActKind::DecideNotToGrant,
            Self::FinishAtOnce { .. } => ActKind::FinishAtOnce,
            Self::IssueResult { .. } => ActKind::IssueResult,
            Self::Redate { .. } => ActKind::Redate,
            Self::Stop { .. } => ActKind::Stop,
            Self::AskWithdrawal { .. } => ActKind::AskWithdrawal,
            Self::DeclineWithdrawal { .. } => ActKind::DeclineWithdrawal,
            Self::ConfirmWithdrawal(_) => ActKind::ConfirmWithdrawal,
            Self::SettleWithdrawal(_) => ActKind::SettleWithdrawal,
            Self::Deliver { .. } => ActKind::Deliver,
            Self::CorrectResult { .. } => ActKind::CorrectResult,
            Self::OpenCorrection { .. } => ActKind::OpenCorrection,
            Self::PassOn { .. } => ActKind::PassOn,
            Self::Rate { .. } => ActKind::Rate,
            Self::RemoveFile { .. } => ActKind::RemoveFile,
            Self::NotePayment { .. } => ActKind::NotePayment,
            Self::NoteSync { .. } => ActKind::NoteSync,
        }
    }
}

keyed! {
    /// An act without its particulars: for the rights matrix and the screens.
    ActKind {
        /// [`Act::Submit`].
        Submit = "submit",
        /// [`Act::ReceiveAtCounter`].
        ReceiveAtCounter = "receive_at_counter",
        /// [`Act::Accept`].
        Accept = "accept",
        /// [`Act::RefuseToAccept`].
        RefuseToAccept = "refuse_to_accept",
        /// [`Act::AskSupplement`].
        AskSupplement = "ask_supplement",
        /// [`Act::AnswerSupplement`].
        AnswerSupplement = "answer_supplement",
        /// [`Act::ExpireSupplement`].
        ExpireSupplement = "expire_supplement",
        /// [`Act::Assign`].
        Assign = "assign",
        /// [`Act::Route`].
        Route = "route",
        /// [`Act::AskDuty`].
        AskDuty = "ask_duty",
        /// [`Act::DutyMet`].
        DutyMet = "duty_met",
        /// [`Act::ExpireDuty`].
        ExpireDuty = "expire_duty",
        /// [`Act::SuspendClock`].
        SuspendClock = "suspend_clock",
        /// [`Act::ResumeClock`].
        ResumeClock = "resume_clock",
        /// [`Act::AskOpinion`].
        AskOpinion = "ask_opinion",
        /// [`Act::AnswerOpinion`].
        AnswerOpinion = "answer_opinion",
        /// [`Act::RecallOpinion`].
        RecallOpinion = "recall_opinion",
        /// [`Act::SubmitForApproval`].
        SubmitForApproval = "submit_for_approval",
        /// [`Act::Approve`].
        Approve = "approve",
        /// [`Act::Sign`].
        Sign = "sign",
        /// [`Act::ReturnForRework`].
        ReturnForRework = "return_for_rework",
        /// [`Act::DecideNotToGrant`].
        DecideNotToGrant = "decide_not_to_grant",
        /// [`Act::FinishAtOnce`].
        FinishAtOnce = "finish_at_once",
        /// [`Act::IssueResult`].
        IssueResult = "issue_result",
        /// [`Act::Redate`].
        Redate = "redate",
        /// [`Act::Stop`].
        Stop = "stop",
        /// [`Act::AskWithdrawal`].
        AskWithdrawal = "ask_withdrawal",
        /// [`Act::DeclineWithdrawal`].
        DeclineWithdrawal = "decline_withdrawal",
        /// [`Act::ConfirmWithdrawal`].
        ConfirmWithdrawal = "confirm_withdrawal",
        /// [`Act::SettleWithdrawal`].
        SettleWithdrawal = "settle_withdrawal",
        /// [`Act::Deliver`].
        Deliver = "deliver",
        /// [`Act::CorrectResult`].
        CorrectResult = "correct_result",
        /// [`Act::OpenCorrection`].
        OpenCorrection = "open_correction",
        /// [`Act::PassOn`].
        PassOn = "pass_on",
        /// [`Act::Rate`].
        Rate = "rate",
        /// [`Act::RemoveFile`].
        RemoveFile = "remove_file",
        /// [`Act::NotePayment`].
        NotePayment = "note_payment",
        /// [`Act::NoteSync`].
        NoteSync = "note_sync",
    }
}

/// What form 01 fixes for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reception {
    /// The dossier's code. Never changes afterwards, whatever becomes of the office.
    pub code: String,
    /// The legal moment of reception when it is not the moment of the act: the arrival stamp of a postal dossier.
    #[serde(default)]
    pub received: Option<Instant>,
    /// The promised due moment.
    pub due: Instant,
    /// The flow of the procedure version in force: at least one step. See [`super::usual_steps`].
    pub steps: Vec<WorkStep>,
    /// Key of the procedure's case whose term was taken; none for the general one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
}

/// One thing that is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupplementItem {
    /// Path of the question, or key of the paper.
    pub path_or_paper: String,
    /// What is asked for.
    pub what: String,
    /// Why it is needed.
    pub why: String,
}

keyed! {
    /// What the specialist proposes to the leader.
    Proposal {
        /// To grant.
        Grant = "grant",
        /// Not to grant.
        Deny = "deny",
    }
}

/// Who took the result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collector {
    /// Full name as on the identity paper.
    pub name: String,
    /// Whether this is the applicant.
    pub is_applicant: bool,
    /// The identity paper shown, with its number; required unless `is_applicant`.
    #[serde(default)]
    pub identity_paper: Option<String>,
    /// What entitles somebody else to collect; required unless `is_applicant`.
    #[serde(default)]
    pub authority: Option<String>,
}

keyed! {
    /// How a result reaches the resident.
    DeliveryMethod {
        /// At the counter.
        Counter = "counter",
        /// By the public post.
        Post = "post",
        /// As an electronic paper.
        Electronic = "electronic",
    }
}

/// What the post says of a result it brought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posted {
    /// Who carried it.
    pub carrier: String,
    /// The number it is followed by.
    pub tracking: String,
    /// The day it was put into the collector's hands.
    pub on: Day,
}

/// Money that changed hands, as the clerk has seen it proven.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// Who paid, or was paid back.
    pub payer: String,
    /// How much; above zero.
    pub amount: Dong,
    /// How.
    pub way: PaymentWay,
    /// The day of the payment, which may lie before the day it is noted.
    pub on: Day,
    /// The number of the receipt or of the transfer; may be empty.
    #[serde(default)]
    pub proof: String,
}

keyed! {
    /// How money changes hands.
    PaymentWay {
        /// Cash.
        Cash = "cash",
        /// Bank transfer.
        Transfer = "transfer",
    }
}

keyed! {
    /// What a resident would have liked better: a closed list, so that it can be counted.
    RatingReason {
        /// It took long.
        LongWait = "long_wait",
        /// One had to come again and again.
        ManyTrips = "many_trips",
        /// What to do was not explained well.
        UnclearGuidance = "unclear_guidance",
        /// How one was spoken to.
        Attitude = "attitude",
        /// Papers were asked for that no rule asks for.
        ExtraPapers = "extra_papers",
        /// Hard to do on the web.
        HardOnline = "hard_online",
        /// Something else, best said in words.
        Other = "other",
    }
}

keyed! {
    /// Satisfaction, the best first.
    Rating {
        /// Rất hài lòng.
        VerySatisfied = "very_satisfied",
        /// Hài lòng.
        Satisfied = "satisfied",
        /// Bình thường.
        Neutral = "neutral",
        /// Không hài lòng.
        Dissatisfied = "dissatisfied",
    }
}
