//! Why an act is not possible.

use super::act::ActKind;
use super::status::{Status, SubState, SupplementStage};
use crate::{money::Dong, time::Instant};

/// Why an act was refused. The sentence that says it lives in the views.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The dossier does not exist yet and this act does not open one.
    NoDossier { act: ActKind },
    /// This act opens a dossier, and this one is open already.
    AlreadyOpened,
    /// Not from here.
    WrongState { status: Status, sub_state: SubState, act: ActKind },
    /// The dossier is closed for good.
    Terminal { status: Status },
    /// A required reason, basis or explanation is blank.
    MissingReason,
    /// The code is blank.
    MissingCode,
    /// The reception names no step.
    NoSteps,
    /// The due moment is not after the reception.
    DueBeforeReception,
    /// The reception lies in the future.
    ReceivedInFuture,
    /// The pause moved the due moment, and the new one was not given.
    MissingDue,
    /// A due moment may not move earlier than this one.
    DueMovedEarlier { current: Instant },
    /// The request for supplement lists nothing.
    EmptySupplementRequest,
    /// The request is made at another stage than the dossier is at.
    WrongStage { expected: SupplementStage },
    /// A further request for supplement must say on what basis.
    SecondRoundNeedsBasis,
    /// An opinion is asked for without a question.
    MissingQuestion,
    /// An opinion that says nothing without words came without them.
    MissingWords,
    /// The moment to answer by is not in the future.
    RespondByPassed,
    /// Nothing of the kind has been asked.
    NothingAsked,
    /// It has been asked already.
    AlreadyAsked,
    /// The limit has not passed yet.
    NotExpired { until: Instant },
    /// No limit was set, so it cannot pass.
    NoLimit,
    /// There is no such working step.
    BadStep { step: usize },
    /// The step is the one where the dossier is, with the same person.
    NothingChanges,
    /// The flow has no approval step ahead.
    NoApprovalStep,
    /// The decision belongs to an approval step of the flow.
    NeedsApproval,
    /// There is no working step to return to.
    NoEarlierStep,
    /// An excluded interval is running; end it first.
    ClockSuspended,
    /// No excluded interval is running.
    ClockNotSuspended,
    /// Form 04 may be used once.
    AlreadyRedated,
    /// Form 04 had to be sent by then.
    RedateTooLate { latest_allowed: Instant },
    /// A result exists: it can no longer be withdrawn.
    WithdrawalAfterResult,
    /// The resident has asked to withdraw; a clerk answers that first.
    WithdrawalPending,
    /// The resident's papers are not back.
    PapersNotReturned,
    /// Money is not settled.
    MoneyNotSettled,
    /// The collector's name is blank.
    MissingCollector,
    /// The collector is not the applicant and shows no authority.
    MissingAuthority,
    /// Somebody collects for the applicant, and no identity paper was noted.
    MissingIdentityPaper,
    /// By post, and the carrier or the number is blank.
    MissingPostDetails,
    /// It is said to have come before there was a result.
    BeforeResult,
    /// A day on which something is said to have happened has not come yet.
    DayInFuture,
    /// Nobody is named who paid.
    MissingPayer,
    /// Money is said to have changed hands, and no amount above zero was noted.
    MissingAmount,
    /// Nothing was paid that could go back.
    NothingPaid,
    /// More than `held`, what the office has of it, is said to have gone back.
    MoreThanPaid { held: Dong },
    /// The office repairs its own error: nothing may be asked for it.
    FreeOfCharge,
    /// Rated already.
    AlreadyRated,
    /// The office or dossier named is blank.
    MissingTarget,
}
