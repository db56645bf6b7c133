//! What can be wrong with an answer, as values. Views word them.

use crate::person::Sex;
use crate::time::Day;
use serde::{Deserialize, Serialize};

/// Something that must be put right before going on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Path of the field, as in the typed map; for a date the path of the whole date.
    pub path: String,
    pub kind: ProblemKind,
}

/// Why an answer is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ProblemKind {
    /// A required answer is absent.
    Missing,
    /// More characters than `max`.
    TooLong {
        max: usize,
        got: usize,
    },
    /// The flagged parts of the date are absent or no numbers of that part.
    NotADate {
        day: bool,
        month: bool,
        year: bool,
    },
    /// Numbers in order, but the calendar has no such day.
    DateDoesNotExist {
        year: i32,
        month: u8,
        day: u8,
    },
    /// The date is after today and must not be.
    InTheFuture,
    /// The date is before today and must not be.
    InThePast,
    /// Not a whole number.
    NotANumber,
    TooSmall {
        min: i64,
    },
    TooLarge {
        max: i64,
    },
    /// Not one of the options offered.
    NotAChoice,
    /// A personal number has 12 digits; `got` were typed.
    CitizenIdLength {
        got: usize,
    },
    /// Something other than digits in a personal number.
    CitizenIdNotDigits,
    /// Twelve times the same digit.
    CitizenIdAllSame,
    NotAPhone,
    /// Digits of the national number, its zero included; ten for mobiles, eleven for landlines.
    PhoneLength {
        got: usize,
    },
    /// A number of another country.
    PhoneForeign,
    NameHasDigits,
    /// A sign that no name has.
    NameHasSymbol {
        sign: char,
    },
    /// A letter of another script.
    NameNotLatin {
        letter: char,
    },
    /// Pasted from a font before Unicode; it can be converted.
    LegacyEncoding,
    TooFewItems {
        min: usize,
    },
    TooManyItems {
        max: usize,
    },
    TooManyFiles {
        max: usize,
    },
    /// Neither mother nor father is declared.
    NoParent,
    /// A parent is not born before the child.
    ParentNotOlder,
    /// Someone declared as unknown cannot be the one who declares.
    DeclarerNotDeclared,
    /// A person cannot ask for this about themselves.
    CannotBeSelf,
    /// The record's date is before the birth of the person it is about.
    BeforeBirth,
    /// A paper about a death bears a date before it.
    BeforeDeath,
    /// A time ends before it begins.
    EndsBeforeStart,
    /// Someone married cannot marry.
    MarriedNow,
    /// Whole years of age today and the ages the group takes, ends included.
    AgeOutsideGroup {
        age: i32,
        min: i32,
        max: Option<i32>,
    },
    /// The group needs at least one child in the household who is under 16, or 16 to 22 and studying.
    NoDependentChild,
    /// The household's members must include the person asked for.
    ApplicantNotListed,
    /// Not yet of the full years at which one may marry, and the day from which that is so.
    TooYoungToMarry {
        min: i32,
        from: Day,
    },
    /// The marriage before has not ended.
    StillMarried,
    /// The law lets people so related not marry.
    KinMayNotMarry,
    /// Two people are declared with one personal number.
    SamePerson,
    /// A court decides this, no commune.
    CourtDecides,
    /// Not yet of the full years at which one may found a business, and the day from which that is so.
    TooYoungForBusiness {
        min: i32,
        from: Day,
    },
    /// The owner of another household business or of a private enterprise cannot found one more.
    AlreadyInBusiness,
    /// The own name of a household business holds a word that only companies have.
    NameOfCompany,
    /// A line of the economy has a code of four digits.
    NotATradeCode,
    /// Neither a length in metres nor an area in square metres, with at most two decimals.
    NotAMeasure,
    /// The ground floor covers more than the plot.
    GroundLargerThanPlot,
    /// All floors together are less than the ground floor.
    FloorsSmallerThanGround,
    /// For somebody of fewer years a representative files.
    RepresentativeFiles {
        under: i32,
    },
    /// Not yet of the age from which anybody has the allowance, and the day from which that is so.
    TooYoungForPension {
        min: i32,
        from: Day,
    },
    /// Below this age only people of poor and near-poor households have the allowance; from that day everybody.
    OnlyPoorBelow {
        age: i32,
        from: Day,
    },
}

/// Something to look at again; it does not stop anybody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    pub path: String,
    pub kind: WarningKind,
}

/// Why an answer looks odd.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum WarningKind {
    /// The personal number says this sex and birth year; the form says otherwise.
    CitizenIdMismatch { sex: Sex, birth_year: i32 },
    /// A name so long that papers cannot print it in one line.
    LongName { letters: usize },
    /// The one who declares says to be this parent, whose name differs.
    DeclarerNameDiffers,
    /// The group is for poor (or near-poor) households and the household is not declared so.
    HouseholdNotPoor,
    /// Whether the law lets two people marry is not clear to themselves.
    KinshipUnclear,
    /// A person of another nationality: procedures with a foreign element are others.
    ForeignElement,
    /// Who asks is younger than eighteen and may need somebody beside them.
    RequesterUnderAge { age: i32 },
    /// A child of eighteen or more asks for themselves, unless they cannot act.
    ChildOfAge { age: i32 },
    /// The child is a minor, and the other parent is said not to be needed.
    OtherParentNotHeard,
    /// The other parent does not agree; it may become a dispute, which is for a court.
    OtherParentObjects,
    /// A witness has the name of somebody it is about.
    WitnessIsParty,
    /// A recent death without the death notice that some authority gives of every death.
    DeathNoticeExpected,
    /// The death notice is of an authority that does not give one of deaths at the place declared.
    DeathNoticeOfOtherPlace,
    /// The one to be married has fewer years than the law asks.
    PartnerTooYoung { min: i32 },
    /// A general partner of a company needs the other partners' consent.
    PartnersConsent,
    /// The own name begins with the words that stand before it anyway.
    NameRepeatsKind,
    /// A business is said to have begun before it is registered.
    StartedBeforeRegistration,
    /// A work so large is designed by somebody certified.
    DesignerNeeded,
    /// A disability of a kind that a health facility tells of, without a paper of one.
    MedicalPaperExpected,
    /// Who has a pension has the allowance only when the pension is lower.
    HasPension,
}

/// A fact worth telling, neither right nor wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Notice {
    /// The birth is registered this many days after the 60 days' term (Luật Hộ tịch 2014, Đ.15).
    LateRegistration { days: i32, last_day: Day },
    /// The parents are not married: entering the father needs the recognition procedure (1.000689).
    FatherNeedsRecognition,
    /// From this age the social retirement allowance (1.014027) may apply instead.
    SocialRetirementMayApply { age: i32 },
    /// The child has no birth certificate: birth and recognition are registered together (1.000689).
    RegisterBirthTogether,
    /// The parents married: a couple's common child gets its father entered without recognition (1.004859, 1.001193).
    CommonChildMayBeEntered,
    /// The death is registered after the 15 days' term (Luật Hộ tịch 2014, Đ.33), whose last day is known when the day
    /// of the death is.
    LateDeath { last_day: Option<Day> },
    /// A child who lived less than a day needs no registration unless its parents wish it.
    NewbornDeath,
    /// The communes where the person lived before are asked (Nghị định 123/2015/NĐ-CP, Đ.22).
    EarlierHomesAreAsked,
    /// A marriage within the country needs no certificate of marital status (Nghị định 07/2025/NĐ-CP).
    MarriageNeedsNoCertificate,
    /// The certificate given before holds to the end of that day.
    EarlierCertificateHolds { until: Day },
    /// Houses of the countryside often need no building permit (Luật Xây dựng 2014, Đ.89 k.2).
    PermitMayNotBeNeeded,
    /// Of a small child the council asks its parents.
    CouncilAsksParents,
    /// A medical council's conclusion from before 01/06/2012 is what the commune's council goes by.
    CouncilConclusionCounts,
    /// Of two monthly allowances the higher one is paid.
    HigherAllowanceIsPaid,
}
