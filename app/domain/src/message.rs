//! What a resident is told about a dossier by letter or short message, and when.
//!
//! A message says that something happened and until when something is due: never the matter, never a name, never a
//! personal number (decree 13/2023/NĐ-CP asks for the least that serves). The sentences are the views'.

mod address;
mod quiet;
mod reminder;

#[cfg(test)]
mod tests;

pub use address::{EmailAddress, EmailProblem, masked_address};
pub use quiet::QuietHours;
pub use reminder::{RESULT_DAYS, RESULT_DAYS_MOST, SUPPLEMENT_DAYS};

use crate::{
    dossier::{Dossier, Event, MoneyBack, PapersBack, PaymentState, PaymentWay, Recorded, Status, is_residents_matter},
    money::Dong,
    time::Instant,
};
use serde::{Deserialize, Serialize};

/// How a person is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Means {
    /// A letter by electronic mail.
    Email,
    /// A short message to a mobile telephone.
    Sms,
}

impl Means {
    /// Every means.
    pub const ALL: [Self; 2] = [Self::Email, Self::Sms];

    /// The stable key that tables and forms keep.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Sms => "sms",
        }
    }

    /// The means of that key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|means| means.key() == key)
    }
}

/// What is told. The JSON is kept in tables for good: a variant may be added, never renamed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Message {
    /// Received, with what was promised (form 01).
    Received { due: Instant },
    /// Not accepted (form 03).
    NotAccepted,
    /// Something is missing, and until when it is waited for (form 02).
    SupplementAsked { respond_by: Instant },
    /// What is missing has not come, and its limit is near.
    SupplementDueSoon { respond_by: Instant },
    /// What was missing has come; the promise as the wait has moved it, once there is one.
    SupplementReceived { due: Option<Instant> },
    /// Money is to be paid, and until when where the procedure sets a limit.
    PaymentAsked { respond_by: Option<Instant> },
    /// Money came by transfer: all that was asked for.
    MoneyReceived { amount: Dong },
    /// An apology, and the new moment (form 04).
    Redated { old_due: Instant, new_due: Instant },
    /// A version of the result is there.
    ResultReady { version: u32 },
    /// That version has been there since then, and nobody has come for it.
    ResultWaiting { version: u32, since: Instant },
    /// Given back at its resident's word.
    Withdrawn,
    /// The same, with papers that wait at the counter, or money of which is still to be said what becomes of it.
    WithdrawnOwing { papers: bool, money: bool },
    /// What a withdrawal had left open: its papers were fetched, its money went back or stays.
    WithdrawalSettled { papers: bool, money: Option<MoneyBack> },
    /// Stopped (form 05).
    Stopped,
    /// A scan took away a file that came with it: another is waited for.
    FileRemoved,
    /// The one-time code that proves an address to be its owner's. Of no dossier; the code stands nowhere but in the
    /// message itself.
    AddressCode,
}

impl Message {
    /// What an act has to say to the resident, each with the number of its event; most say nothing. `after` is the dossier
    /// as the act left it.
    pub fn of_act(recorded: &[Recorded], after: &Dossier) -> Vec<(u64, Self)> {
        let tells_of_money = |event: &Event| matches!(event, Event::Withdrawn { .. } | Event::WithdrawalSettled { .. });
        let is_told = recorded.iter().any(|one| tells_of_money(&one.event));
        let said = |event: &Event| match event {
            // A refund of a withdrawn dossier that is noted by itself settles its money; else it is told with what it
            // goes with.
            Event::PaymentNoted { state: PaymentState::Refunded, .. } if after.status == Status::Withdrawn => {
                let refunded = Self::WithdrawalSettled { papers: false, money: Some(MoneyBack::Refunded) };
                (!is_told && !after.money_to_settle).then_some(refunded)
            }
            // Whoever pays in cash stands at the counter; of a closed dossier it is first looked at what becomes of it.
            Event::PaymentNoted { state: PaymentState::Paid, paid: Some(paid), .. }
            | Event::DutyMet { paid: Some(paid), .. }
                if paid.way == PaymentWay::Transfer && !after.status.is_terminal() =>
            {
                Some(Self::MoneyReceived { amount: paid.amount })
            }
            // A result that was being made ready is no matter of the resident's, and a decided dossier waits for no file.
            Event::FileRemoved { question, .. } => {
                (is_residents_matter(question) && after.waits_for_files()).then_some(Self::FileRemoved)
            }
            other => Self::of(other),
        };
        recorded.iter().filter_map(|one| Some((one.seq, said(&one.event)?))).collect()
    }

    /// What an event has to say by itself.
    fn of(event: &Event) -> Option<Self> {
        Some(match event {
            Event::Accepted { reception } | Event::ReceivedAtCounter { reception, .. } => {
                Self::Received { due: reception.due }
            }
            Event::AcceptanceRefused { .. } => Self::NotAccepted,
            Event::SupplementAsked { respond_by, .. } => Self::SupplementAsked { respond_by: *respond_by },
            Event::SupplementAnswered { due, redated_due, .. } => {
                Self::SupplementReceived { due: (*due).max(*redated_due) }
            }
            Event::DutyAsked { respond_by, .. } => Self::PaymentAsked { respond_by: *respond_by },
            Event::Redated { old_due, new_due, .. } => Self::Redated { old_due: *old_due, new_due: *new_due },
            Event::ResultIssued { version, .. } => Self::ResultReady { version: *version },
            Event::Withdrawn { papers, money, .. } => {
                let (papers, money) = (*papers == Some(PapersBack::ToFetch), *money == Some(MoneyBack::Later));
                if papers || money { Self::WithdrawnOwing { papers, money } } else { Self::Withdrawn }
            }
            Event::WithdrawalSettled { papers, money, .. } => {
                Self::WithdrawalSettled { papers: papers.is_some(), money: *money }
            }
            Event::Stopped { .. } | Event::SupplementExpired { .. } | Event::DutyExpired { .. } => Self::Stopped,
            _ => return None,
        })
    }

    /// The stable key of what is told.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Received { .. } => "received",
            Self::NotAccepted => "not_accepted",
            Self::SupplementAsked { .. } => "supplement_asked",
            Self::SupplementDueSoon { .. } => "supplement_due_soon",
            Self::SupplementReceived { .. } => "supplement_received",
            Self::PaymentAsked { .. } => "payment_asked",
            Self::MoneyReceived { .. } => "money_received",
            Self::Redated { .. } => "redated",
            Self::ResultReady { .. } => "result_ready",
            Self::ResultWaiting { .. } => "result_waiting",
            Self::Withdrawn => "withdrawn",
            Self::WithdrawnOwing { .. } => "withdrawn_owing",
            Self::WithdrawalSettled { .. } => "withdrawal_settled",
            Self::Stopped => "stopped",
            Self::FileRemoved => "file_removed",
            Self::AddressCode => "address_code",
        }
    }

    /// Whether it is still so: a message that waited for the night or for its carrier is not sent once something later
    /// has made it wrong.
    pub fn still_holds(&self, dossier: &Dossier) -> bool {
        let open = matches!(
            dossier.status,
            Status::Accepted | Status::Processing | Status::SupplementAsked | Status::DutyAsked
        );
        match self {
            Self::Received { due } => open && dossier.current_due() == Some(*due),
            Self::NotAccepted => dossier.status == Status::NotAccepted,
            Self::SupplementAsked { respond_by } => {
                dossier.supplement.as_ref().is_some_and(|open| open.respond_by == *respond_by)
            }
            // Whoever asked for the dossier back is not pressed for papers.
            Self::SupplementDueSoon { respond_by } => {
                let waits = dossier.supplement.as_ref().is_some_and(|open| open.respond_by == *respond_by);
                waits && !dossier.withdrawal_asked
            }
            Self::SupplementReceived { due } => {
                let goes_on = matches!(dossier.status, Status::Registered | Status::Accepted | Status::Processing);
                goes_on && due.is_none_or(|due| dossier.current_due() == Some(due))
            }
            Self::PaymentAsked { respond_by } => {
                dossier.duty.as_ref().is_some_and(|duty| duty.respond_by == *respond_by)
            }
            // What came stays received, whatever becomes of the dossier.
            Self::MoneyReceived { .. } => true,
            Self::Redated { new_due, .. } => open && dossier.redated_due == Some(*new_due),
            Self::ResultReady { version } | Self::ResultWaiting { version, .. } => {
                dossier.status == Status::Done
                    && dossier.standing_result().is_some_and(|result| result.version == *version)
            }
            Self::Withdrawn => dossier.status == Status::Withdrawn,
            Self::WithdrawnOwing { papers, money } => {
                let (fetched, settled) = (!dossier.papers_to_fetch, !dossier.money_to_settle);
                dossier.status == Status::Withdrawn && !(*papers && fetched) && !(*money && settled)
            }
            Self::WithdrawalSettled { papers, money } => {
                let (waits, open) = (dossier.papers_to_fetch, dossier.money_to_settle);
                dossier.status == Status::Withdrawn && !(*papers && waits) && !(money.is_some() && open)
            }
            Self::Stopped => dossier.status == Status::Stopped,
            // Whether another has come stands with the files.
            Self::FileRemoved => dossier.waits_for_files(),
            Self::AddressCode => true,
        }
    }
}

/// The first pause after a try that failed, in milliseconds.
const FIRST_PAUSE_MS: i64 = 60_000;
/// The longest.
const LONGEST_PAUSE_MS: i64 = 3_600_000;

/// How long to wait after the `tries`th try failed, in milliseconds: from one minute to one hour, doubled each time, and
/// by `chance` up to a quarter more, so that what failed together does not come back together.
pub fn pause_after(tries: i64, chance: u8) -> i64 {
    let doubled = FIRST_PAUSE_MS << (tries - 1).clamp(0, 10);
    let pause = doubled.min(LONGEST_PAUSE_MS);
    (pause + pause / 4 * i64::from(chance) / 255).min(LONGEST_PAUSE_MS)
}
