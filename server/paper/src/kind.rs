//! Which paper, and by which circular.

use serde::{Deserialize, Serialize};

/// The papers this crate can print.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Receipt of the dossier with the day of return.
    ReceiptAndAppointment,
    /// Request to supplement the dossier.
    SupplementRequest,
    /// Refusal to accept the dossier.
    RefusalToAccept,
    /// Apology with a new day of return.
    ApologyAndRedate,
    /// Notice that work on the dossier stops.
    StopNotice,
    /// Control slip: who handed the dossier to whom, and when.
    ControlSlip,
    /// Register of dossiers.
    Register,
    /// What a resident keeps after filing online, before reception.
    ResidentSlip,
    /// Written answer with reasons: granting or not granting.
    ResultLetter,
    /// What went back with a withdrawal, to be signed for.
    ReturnRecord,
    /// The dossiers that pass to a unit that continues another, to be signed by both.
    HandoverList,
}

impl Kind {
    /// Every kind, in the order of the forms.
    pub const ALL: [Kind; 11] = [
        Kind::ReceiptAndAppointment,
        Kind::SupplementRequest,
        Kind::RefusalToAccept,
        Kind::ApologyAndRedate,
        Kind::StopNotice,
        Kind::ControlSlip,
        Kind::Register,
        Kind::ResidentSlip,
        Kind::ResultLetter,
        Kind::ReturnRecord,
        Kind::HandoverList,
    ];

    /// The stable name used in storage and in the `kind` field of a stored [`crate::Paper`].
    pub fn key(self) -> &'static str {
        match self {
            Kind::ReceiptAndAppointment => "receipt_and_appointment",
            Kind::SupplementRequest => "supplement_request",
            Kind::RefusalToAccept => "refusal_to_accept",
            Kind::ApologyAndRedate => "apology_and_redate",
            Kind::StopNotice => "stop_notice",
            Kind::ControlSlip => "control_slip",
            Kind::Register => "register",
            Kind::ResidentSlip => "resident_slip",
            Kind::ResultLetter => "result_letter",
            Kind::ReturnRecord => "return_record",
            Kind::HandoverList => "handover_list",
        }
    }

    /// The kind with this [`key`](Kind::key).
    pub fn from_key(key: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// The number of the form in the annex of the circular; `None` where the circular has no such form.
    ///
    /// Circular 01/2018 has six forms and no stop notice; Circular 03/2025 has seven.
    pub fn form_number(self, rules: Rules) -> Option<u8> {
        match (self, rules) {
            (Kind::ReceiptAndAppointment, _) => Some(1),
            (Kind::SupplementRequest, _) => Some(2),
            (Kind::RefusalToAccept, _) => Some(3),
            (Kind::ApologyAndRedate, _) => Some(4),
            (Kind::StopNotice, Rules::Tt01_2018) => None,
            (Kind::StopNotice, Rules::Tt03_2025) => Some(5),
            (Kind::ControlSlip, Rules::Tt01_2018) => Some(5),
            (Kind::ControlSlip, Rules::Tt03_2025) => Some(6),
            (Kind::Register, Rules::Tt01_2018) => Some(6),
            (Kind::Register, Rules::Tt03_2025) => Some(7),
            (Kind::ResidentSlip | Kind::ResultLetter | Kind::ReturnRecord | Kind::HandoverList, _) => None,
        }
    }

    pub(crate) fn template(self) -> &'static str {
        match self {
            Kind::ReceiptAndAppointment => "receipt.typ",
            Kind::SupplementRequest => "supplement.typ",
            Kind::RefusalToAccept => "refusal.typ",
            Kind::ApologyAndRedate => "apology.typ",
            Kind::StopNotice => "stop.typ",
            Kind::ControlSlip => "control_slip.typ",
            Kind::Register => "register.typ",
            Kind::ResidentSlip => "resident_slip.typ",
            Kind::ResultLetter => "result_letter.typ",
            Kind::ReturnRecord => "return_record.typ",
            Kind::HandoverList => "handover_list.typ",
        }
    }
}

/// The circular whose forms apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Rules {
    /// Circular 01/2018/TT-VPCP.
    #[serde(rename = "tt01_2018")]
    Tt01_2018,
    /// Circular 03/2025/TT-VPCP, in force from 15/09/2025.
    #[serde(rename = "tt03_2025")]
    Tt03_2025,
}

impl Rules {
    /// The circular's number, as papers cite it.
    pub fn circular(self) -> &'static str {
        match self {
            Rules::Tt01_2018 => "01/2018/TT-VPCP",
            Rules::Tt03_2025 => "03/2025/TT-VPCP",
        }
    }
}
