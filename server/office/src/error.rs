//! Why an act did not happen. Which page each becomes is decided in `app`.

use domain::{dossier::Refusal, reorganisation::PlanProblem, time::Instant};
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
    /// Too many wrong tries at one account, code or dossier (429).
    #[error("locked")]
    Locked { until: Instant },
    /// Too much was asked from one address (429): by whoever sits behind it, right or wrong.
    #[error("too much was asked from this address until {until:?}")]
    TooManyFromHere { until: Instant },
    /// Codes were asked for too often (429): no wrong try, and what was sent before still serves.
    #[error("codes were asked for too often until {until:?}")]
    TooManyCodes { until: Instant },
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
    /// The password of whoever is signed in, asked for once more, is wrong; this many tries are left before a lock.
    PasswordWrong {
        tries_left: i64,
    },
    /// The account has no password, and its sign-in through the identity provider was too long ago to stand in for one.
    ConfirmAgain,
    /// The account has no password: without the identity provider nobody would enter it.
    OnlyWayIn,
    /// The password is that of an account whose number has gone to its owner.
    NumberGone,
    /// What an identity provider said opens nothing.
    Identity(domain::identity::IdentityProblem),
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
    /// A file was picked in the form and not sent yet: it would be lost.
    FileNotSent,
    /// A scan found a malicious program in the file of that name; it is not stored.
    FileInfected {
        name: String,
    },
    /// The file waits to be scanned: nobody opens it, and nobody issues it, until then.
    FileHeld,
    /// A scan took away the file of that name, and neither did another come nor did anybody say that it is not needed:
    /// nothing is granted until then.
    FileAwaited {
        name: String,
    },
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
    /// Nobody of the unit has the login that a note names.
    LoginUnknown {
        login: String,
    },
    /// The person named in a note may not read the dossier; the name is theirs, or empty for one who works here no more.
    MayNotRead {
        name: String,
    },
    /// A note names more people than are told at once.
    TooManyNamed {
        most: usize,
    },
    /// A unit is asked for an opinion on a sensitive matter: nobody outside the unit learns of it.
    SensitiveStaysHere,
    /// Nobody of the division that is asked may answer.
    NobodyAnswers,
    /// Working hours that are no number from 1 to this many.
    HoursInvalid {
        most: u32,
    },
    /// The person does not hold the right that is to be lent.
    NothingToLend,
    /// Only a deputy signs in the head's place (KT.).
    NotADeputy,
    /// Whoever controls or administers is lent nothing.
    MayNotStandIn,
    /// A substitute holds the same role in the same unit.
    OfAnotherRole,
    /// More dossiers in one sending than are taken.
    TooMany {
        most: usize,
    },
    /// More named filters than a menu holds.
    TooManyViews {
        most: usize,
    },
    /// An amount of money that is no number above zero.
    AmountInvalid,
    /// That account of that bank is open already.
    AccountTaken,
    /// More is to be used of a credit than is left of it.
    MoreThanLeft {
        left: domain::money::Dong,
    },
    /// The request was cancelled or has run out: it takes no money.
    RequestClosed,
    /// Something of the money could still be used, or has to go back.
    MoneyLeft,
    /// Who asks for a refund does not decide about it.
    OwnRefund,
    NotOpenNow,
    /// No tax number: a digit is mistyped, or there are too few.
    TaxNumberInvalid,
    /// The tax number is a personal number, of somebody else than who types it.
    TaxNumberOfAnother,
    /// The person entered that organisation before.
    OrganisationEntered,
    /// As many organisations or employees were entered as one account may have.
    ListFull,
    /// An organisation of that number waits until a clerk has said whether it is the person's.
    OrganisationWaits,
    /// No account has that number and name.
    EmployeeUnknown,
    /// The representative names themselves.
    EmployeeIsSelf,
    /// The last day lies before the first.
    EndsBeforeItBegins,
    /// A household business is its owner's, whose number it bears: nobody else comes to represent it.
    HouseholdOfItsOwner,
    /// No account of that number and name was proven by a card.
    RepresentativeNotProven,
    /// The person represents the organisation already.
    RepresentativeAlready,
    /// The day from which somebody represents an organisation has not come.
    RepresentsLater,
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
    /// A reorganisation that cannot be carried out.
    Plan(PlanProblem),
    /// The calendar of that year is being prepared already.
    YearDrafted,
    /// A year that is over, or too far ahead.
    YearInvalid,
    /// The five days of Tết do not hold the first day of the lunar year.
    TetElsewhere,
    /// The calendar in the making says something about that day already.
    DayNamed(&'static str),
    /// The day is no day of the year that the calendar is for.
    OutsideYear(&'static str),
    /// The day is off already, so it cannot be taken off.
    OffAnyway(&'static str),
    /// The day is worked already, so it cannot be made up on.
    WorkedAnyway(&'static str),
    /// A calendar that holds from that day was published before: an earlier one would hold over it.
    CalendarHolds {
        from: domain::time::Day,
    },
    /// The calendar that holds says the same.
    NothingNew,
    /// The unit has switched that off; until which day, where that is known, and why.
    FeatureOff {
        feature: domain::feature::Feature,
        last: Option<domain::time::Day>,
        reason: String,
    },
    /// It is off already on some of those days.
    OffAlready,
    /// The unit takes that procedure at its counter alone.
    NotOfferedOnline,
    /// A unit's own term that is no number from 1 up to below the general one.
    TermNotShorter {
        legal: domain::working_time::Term,
    },
    /// A unit's own amount of a fee that is no amount, or far too high.
    FeeInvalid(&'static str),
    /// The procedure has no general term that a unit could shorten.
    NothingToShorten,
    /// What the unit says of the procedure is what holds on that day already.
    SameAsHeld,
    /// An office that cannot be added as it was typed.
    OfficeEntry(crate::office_entries::EntryProblem),
    /// A file of procedures that cannot be published.
    ProcedureFile(crate::procedure_files::LaidProblem),
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
