//! Why an act did not happen. Which page each becomes is decided in `app`.

use domain::{dossier::Refusal, time::Instant};
use store::StoreError;

/// An act that did not happen.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nobody is signed in: the page offers the door.
    #[error("sign in first")]
    SignInFirst,
    /// Signed in, but not allowed (403).
    #[error("not allowed")]
    Forbidden,
    /// No such thing, or none that this person may know of (404).
    #[error("not found")]
    NotFound,
    /// Somebody else moved the thing in the meantime (409): the page shows both versions.
    #[error("changed by someone else")]
    Stale,
    /// The rules refuse (422).
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// The input is wrong (422); which part, by field.
    #[error("invalid input: {0:?}")]
    Invalid(Problem),
    /// Too many tries (429).
    #[error("locked")]
    Locked { until: Instant },
    /// A bug or a broken machine (500).
    #[error("broken: {0}")]
    Broken(String),
}

/// What is wrong with an input, as a value; the sentence is the view's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// Number, login, password or one-time code wrong, and nobody is told which; this many tries are left before a lock.
    WrongCredentials {
        tries_left: i64,
    },
    /// Number or code from the counter wrong, or the code is over; this many tries are left before a lock.
    WrongCode {
        tries_left: i64,
    },
    /// The password is that of an account whose number has gone to its owner.
    NumberGone,
    CitizenIdInvalid,
    CitizenIdTaken,
    NameInvalid,
    PhoneInvalid,
    /// A telephone that receives no short message.
    PhoneNotMobile,
    EmailInvalid,
    /// The code that proves an address is wrong, or serves no more; this many tries are left.
    CodeWrong {
        tries_left: i64,
    },
    PasswordTooShort {
        least: usize,
    },
    PasswordsDiffer,
    Missing(&'static str),
    TooLong(&'static str),
    FileTooLarge {
        bytes: i64,
        most: i64,
    },
    FileKindUnknown,
    FileEmpty,
    /// A scan found a malicious program in the file of that name; it is not stored.
    FileInfected {
        name: String,
    },
    /// The file waits to be scanned: nobody opens it, and nobody issues it, until then.
    FileHeld,
    QuotaReached,
    /// The form still has problems: this many.
    FormIncomplete {
        problems: usize,
    },
    NotDeclared,
    NotFiledHere,
    /// The same person already has this matter open.
    AlreadyOpen {
        dossier: uuid::Uuid,
    },
    /// The same person has an online draft of this matter: it is handed in, or set aside at the person's word.
    DraftOpen,
    /// A dossier that repairs this one is open already.
    CorrectionOpen {
        dossier: uuid::Uuid,
    },
    DateInvalid(&'static str),
    /// Days of a mandate that do not follow each other, begin in the past or lie too far apart.
    PeriodInvalid(&'static str),
    /// One cannot stand in for oneself.
    SamePerson,
    /// The person does not hold the right that is to be lent.
    NothingToLend,
    /// Only a deputy signs in the head's place (KT.).
    NotADeputy,
    /// Whoever controls or administers is lent nothing.
    MayNotStandIn,
    /// A substitute holds the same role in the same unit.
    OfAnotherRole,
    /// An amount of money that is no number above zero.
    AmountInvalid,
    NotOpenNow,
    /// The login of somebody who works here no more.
    LoginShut,
    /// A login that is no short word of letters, digits, dots and dashes.
    LoginInvalid,
    LoginTaken,
    /// Nobody changes what they themselves may do.
    NotOneself,
    /// Nobody would be left who administers the unit from that day on.
    LastAdministrator,
    /// The person works in another unit too, whose administrator has a say.
    WorksElsewhere,
    /// The person holds that role in that office on some of those days already.
    HeldAlready,
}

pub type Result<T, E = Error> = std::result::Result<T, E>;

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Stale => Self::Stale,
            other => Self::Broken(other.to_string()),
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Self::Invalid(problem)
    }
}
