//! The closed lists of a dossier: status codes, sub-states, channels, kinds.

use serde::{Deserialize, Serialize};

/// A fieldless enum with a stable key for every value: the form that tables, JSON and addresses keep.
macro_rules! keyed {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $key:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $key)] $variant,)+ }

        impl $name {
            /// Every value, in the order lists show them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The stable key stored in tables and data files.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key,)+ }
            }

            /// The value of that key.
            pub fn from_key(key: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.key() == key)
            }
        }
    };
}
pub(crate) use keyed;

/// The national status code of a dossier. Stored and exchanged as the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "u8", try_from = "u8")]
#[repr(u8)]
pub enum Status {
    /// Mới đăng ký: waits for reception.
    Registered = 1,
    /// Được tiếp nhận: form 01 issued, code given.
    Accepted = 2,
    /// Không được tiếp nhận: form 03.
    NotAccepted = 3,
    /// Đang xử lý.
    Processing = 4,
    /// Yêu cầu bổ sung giấy tờ: form 02.
    SupplementAsked = 5,
    /// Yêu cầu thực hiện nghĩa vụ tài chính.
    DutyAsked = 6,
    /// Công dân yêu cầu rút hồ sơ.
    Withdrawn = 7,
    /// Dừng xử lý: form 05.
    Stopped = 8,
    /// Đã xử lý xong: on-time is measured here.
    Done = 9,
    /// Đã trả kết quả.
    Delivered = 10,
}

impl Status {
    /// Every status, by code.
    pub const ALL: [Self; 10] = [
        Self::Registered,
        Self::Accepted,
        Self::NotAccepted,
        Self::Processing,
        Self::SupplementAsked,
        Self::DutyAsked,
        Self::Withdrawn,
        Self::Stopped,
        Self::Done,
        Self::Delivered,
    ];

    /// 1 to 10.
    pub const fn code(self) -> u8 {
        self as u8
    }

    /// The status of that code.
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }

    /// Whether no act leads out of it: 3, 7, 8 and 10.
    pub const fn is_terminal(self) -> bool {
        matches!(self, Self::NotAccepted | Self::Withdrawn | Self::Stopped | Self::Delivered)
    }

    /// The codes of what somebody still has to do something with: all that are not final.
    pub fn open_codes() -> Vec<i64> {
        Self::ALL.into_iter().filter(|status| !status.is_terminal()).map(|status| i64::from(status.code())).collect()
    }

    /// What the term's clock does by the code alone. [`super::Dossier::clock`] also knows a supplement asked before
    /// acceptance (nothing runs yet) and an excluded interval (paused within 4).
    pub const fn clock(self) -> ClockState {
        match self {
            Self::Registered | Self::NotAccepted => ClockState::NotStarted,
            Self::Accepted | Self::Processing => ClockState::Running,
            Self::SupplementAsked | Self::DutyAsked => ClockState::Paused,
            Self::Withdrawn | Self::Stopped | Self::Done | Self::Delivered => ClockState::Stopped,
        }
    }
}

impl From<Status> for u8 {
    fn from(status: Status) -> Self {
        status.code()
    }
}

impl TryFrom<u8> for Status {
    type Error = &'static str;
    fn try_from(code: u8) -> Result<Self, Self::Error> {
        Self::from_code(code).ok_or("not a dossier status code")
    }
}

/// What the clock of the term does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockState {
    /// Nothing has been received yet, or never will be.
    NotStarted,
    /// Working time is being used up.
    Running,
    /// The resident, or a cause the law excludes, is being waited for.
    Paused,
    /// The office has finished.
    Stopped,
}

keyed! {
    /// Where inside its national status a dossier is.
    SubState {
        /// 1: at reception, online or by post.
        AwaitingAcceptance = "awaiting_acceptance",
        /// 2 or 4: with an office, with no person yet.
        AwaitingAssignment = "awaiting_assignment",
        /// 4: a specialist examines.
        Examining = "examining",
        /// 4: facts are being verified.
        AwaitingVerification = "awaiting_verification",
        /// 4: another office has been asked.
        AwaitingOpinion = "awaiting_opinion",
        /// 4: before the leader.
        AwaitingApproval = "awaiting_approval",
        /// 4: approved, to be signed.
        AwaitingSignature = "awaiting_signature",
        /// 4: signed, to be numbered and sealed.
        AwaitingIssue = "awaiting_issue",
        /// 9: result at the counter.
        AwaitingCollection = "awaiting_collection",
        /// 5: asked before acceptance.
        SupplementBeforeAcceptance = "supplement_before_acceptance",
        /// 5: asked by the one-stop shop after acceptance.
        SupplementAtCounter = "supplement_at_counter",
        /// 5: asked by the specialist.
        SupplementAtExamination = "supplement_at_examination",
        /// 6.
        AwaitingPayment = "awaiting_payment",
        /// 7: papers are to be fetched, or money to be settled.
        AwaitingSettlement = "awaiting_settlement",
        /// 3, 7, 8 and 10.
        Closed = "closed",
    }
}

keyed! {
    /// How a dossier reached the office.
    Channel {
        /// TRUC_TUYEN.
        Online = "online",
        /// TRUC_TIEP.
        Counter = "counter",
        /// BUU_CHINH: legal reception is the day of the arrival stamp.
        Post = "post",
        /// HO_TRO_TAI_CO_SO: helped in the hamlet; the applicant stays the resident.
        Assisted = "assisted",
    }
}

impl Channel {
    /// The code of national exchange.
    pub const fn exchange_code(self) -> &'static str {
        match self {
            Self::Online => "TRUC_TUYEN",
            Self::Counter => "TRUC_TIEP",
            Self::Post => "BUU_CHINH",
            Self::Assisted => "HO_TRO_TAI_CO_SO",
        }
    }
}

keyed! {
    /// Which system a dossier was entered in (`nguon_nop`).
    Source {
        /// CONG_TINH: the province's portal, or this program in its place.
        ProvincialPortal = "provincial_portal",
        /// CONG_DVCQG.
        NationalPortal = "national_portal",
        /// VNEID.
        Vneid = "vneid",
        /// MOT_CUA.
        OneStopShop = "one_stop_shop",
    }
}

impl Source {
    /// The code of national exchange.
    pub const fn exchange_code(self) -> &'static str {
        match self {
            Self::ProvincialPortal => "CONG_TINH",
            Self::NationalPortal => "CONG_DVCQG",
            Self::Vneid => "VNEID",
            Self::OneStopShop => "MOT_CUA",
        }
    }
}

keyed! {
    /// Who asked for a supplement, and when.
    SupplementStage {
        /// The counter, before acceptance (1 → 5).
        BeforeAcceptance = "before_acceptance",
        /// The counter, after acceptance (2 → 5).
        AtCounter = "at_counter",
        /// The specialist (4 → 5).
        AtExamination = "at_examination",
    }
}

keyed! {
    /// A stretch of time that the law leaves out of a term while the office goes on working.
    Exclusion {
        /// Verification by another authority.
        Verification = "verification",
        /// Opinion of another office.
        Opinion = "opinion",
        /// Public posting.
        PublicPosting = "public_posting",
        /// Expert examination.
        Expertise = "expertise",
        /// Days in the post.
        Post = "post",
        /// Storm, flood, epidemic, fire, failure of power, network or system.
        ForceMajeure = "force_majeure",
    }
}

keyed! {
    /// Why the clock stood still. The policy of the procedure says per kind whether the term resumes or restarts.
    PauseKind {
        /// Supplement asked by the one-stop shop.
        SupplementAtCounter = "supplement_at_counter",
        /// Supplement asked by the specialist.
        SupplementAtExamination = "supplement_at_examination",
        /// Financial duty.
        Duty = "duty",
        /// Verification by another authority.
        Verification = "verification",
        /// Opinion of another office.
        Opinion = "opinion",
        /// Public posting.
        PublicPosting = "public_posting",
        /// Expert examination.
        Expertise = "expertise",
        /// Days in the post.
        Post = "post",
        /// Force majeure.
        ForceMajeure = "force_majeure",
    }
}

impl PauseKind {
    /// Whether the pause lies within status 4 (an excluded interval) and not in a status of its own.
    pub const fn is_exclusion(self) -> bool {
        !matches!(self, Self::SupplementAtCounter | Self::SupplementAtExamination | Self::Duty)
    }
}

impl From<Exclusion> for PauseKind {
    fn from(exclusion: Exclusion) -> Self {
        match exclusion {
            Exclusion::Verification => Self::Verification,
            Exclusion::Opinion => Self::Opinion,
            Exclusion::PublicPosting => Self::PublicPosting,
            Exclusion::Expertise => Self::Expertise,
            Exclusion::Post => Self::Post,
            Exclusion::ForceMajeure => Self::ForceMajeure,
        }
    }
}

keyed! {
    /// What a step of the flow does.
    StepKind {
        /// A specialist examines.
        Examine = "examine",
        /// Facts are verified.
        Verify = "verify",
        /// Another office gives its opinion.
        Opinion = "opinion",
        /// A leader decides.
        Approve = "approve",
        /// A leader signs what was decided.
        Sign = "sign",
        /// Records number, seal and issue.
        Issue = "issue",
    }
}

impl StepKind {
    /// Whether work on the merits is done here, before any decision.
    pub const fn is_work(self) -> bool {
        matches!(self, Self::Examine | Self::Verify | Self::Opinion)
    }
}

keyed! {
    /// What came out. Both are results: refusing to grant is not refusing to accept.
    ResultKind {
        /// What was asked for.
        Granted = "granted",
        /// A reasoned written reply that it cannot be granted.
        NotGranted = "not_granted",
    }
}

keyed! {
    /// Fees of the dossier, beside its status.
    PaymentState {
        /// Nothing to pay.
        NothingDue = "nothing_due",
        /// Exempt by law.
        Exempt = "exempt",
        /// To be paid.
        Owed = "owed",
        /// Paid.
        Paid = "paid",
        /// Paid back.
        Refunded = "refunded",
    }
}

keyed! {
    /// A system that a dossier is copied to.
    SyncTarget {
        /// The national public service portal.
        NationalPortal = "national_portal",
        /// The civil status database.
        CivilStatus = "civil_status",
        /// The tax authority.
        Tax = "tax",
        /// The resident's own store of electronic papers.
        PersonalStore = "personal_store",
    }
}

keyed! {
    /// How far a copy has come.
    SyncState {
        /// To be sent.
        Waiting = "waiting",
        /// Taken by the other side.
        Done = "done",
        /// Refused by the other side.
        Failed = "failed",
    }
}
