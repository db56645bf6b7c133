//! Money that comes by transfer: what is asked for, what the bank says came, which of it pays what, what a person must
//! look at, what goes back.
//!
//! A credit is kept first and matched then, each in a transaction of its own ([`taking`]): whoever told of it may go
//! once it is kept, and what could not be matched is tried again and lies on the tray after half an hour at the latest
//! ([`reconciling`]). A credit is used up by parts ([`ledger`]): never more than came, each part once. What a request
//! comes to is noted on its dossier in the transaction of the part that pays it.
//!
//! Whoever holds several rows takes them in one order: dossiers, requests, the credit, the refund; each by id.

mod accounts;
mod ledger;
mod matching;
mod reading;
mod reconciling;
mod refunds;
mod requests;
mod statements;
mod taking;

pub use accounts::TypedAccount;
pub use matching::Share;
pub use reading::{CreditPage, CreditView, RefundPage, TrayLine, TrayPage};
pub use reconciling::Reconciled;
pub use refunds::{AskedRefund, RefundOf};
pub use requests::NewRequest;
pub use statements::{Imported, StatementFile};
pub use store::{
    bank_accounts::BankAccountRow,
    credits::{CreditRow, PartKind, PartRow},
    money_tray::TrayRow,
    payment_requests::{PaymentRequestRow, RequestLine},
    refunds::RefundRow,
    statements::{RefusedLine, StatementRow},
};
pub use taking::{ArrivedCredit, CreditOutcome, ProviderEvent, Source, Taken};

use crate::{Error, Office, Result, Who, error::Problem, rights::Task, who::Actor};
use domain::{dossier::Refusal, payment::matching::Reason, text};

/// What a payer is asked to pay for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The fees of a dossier.
    Fee,
    /// The financial duty that a dossier waits for.
    Duty,
    /// Something at the counter, with or without a dossier; nothing is noted on one.
    Counter,
}

impl Purpose {
    /// Every purpose.
    pub const ALL: [Self; 3] = [Self::Fee, Self::Duty, Self::Counter];

    /// The stable key.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Fee => "fee",
            Self::Duty => "duty",
            Self::Counter => "counter",
        }
    }

    /// The purpose of that key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.key() == key)
    }
}

/// Why money lies on the tray.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrayReason {
    /// The program does not match it by itself.
    Matching(Reason),
    /// The bank told of it twice, with another amount or currency.
    Differs,
    /// Something of it waits to be used, and nobody has looked for half an hour.
    Unreconciled,
    /// It was to go back, and did not.
    Returned,
    /// A request holds more than is due.
    OverPaid,
    /// A request that asks for nothing any more holds money.
    Held,
    /// A request is paid, and its dossier takes no note of it.
    NotNoted,
}

impl TrayReason {
    /// The stable key.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Matching(reason) => reason.key(),
            Self::Differs => "differs",
            Self::Unreconciled => "unreconciled",
            Self::Returned => "returned",
            Self::OverPaid => "over_paid",
            Self::Held => "held",
            Self::NotNoted => "not_noted",
        }
    }

    /// The reason of that key.
    pub fn from_key(key: &str) -> Option<Self> {
        let own =
            [Self::Differs, Self::Unreconciled, Self::Returned, Self::OverPaid, Self::Held, Self::NotNoted].into_iter();
        own.chain(Reason::ALL.iter().copied().map(Self::Matching)).find(|reason| reason.key() == key)
    }
}

/// Longest words that a person writes beside money, in characters.
pub const WORDS_MOST: usize = 500;
/// The currency of requests.
const CURRENCY: &str = "VND";
/// How long money may wait to be used before it lies on the tray: half an hour.
pub const UNRECONCILED_MS: i64 = 30 * 60_000;

impl Office {
    /// Whether this person may do that with money of that office: in the unit it is of, or in one that continues it.
    pub(crate) fn may_with_money(&self, who: &Who, task: Task, office: i64) -> Result<()> {
        match &who.actor {
            Actor::System => Ok(()),
            Actor::Anyone => Err(Error::SignInFirst),
            Actor::Resident(_) | Actor::Operator(_) => Err(Error::Forbidden),
            Actor::Staff(_) => {
                let units = self.with_ended(&self.units_for(who, task));
                let unit = self.books().places.authority_of(office).unwrap_or(office);
                if units.contains(&unit) { Ok(()) } else { Err(Error::Forbidden) }
            }
        }
    }
}

/// Words that may be missing.
fn few_words(typed: &str, field: &'static str) -> Result<String> {
    let words = text::clean(typed);
    if words.chars().count() > WORDS_MOST { Err(Problem::TooLong(field).into()) } else { Ok(words) }
}

/// A reason, which may not be missing.
fn reason_of(typed: &str) -> Result<String> {
    let words = few_words(typed, "reason")?;
    if words.is_empty() { Err(Refusal::MissingReason.into()) } else { Ok(words) }
}

/// So much of an account stays readable: its last characters.
const SHOWN: usize = 4;

/// The number of an account as lists show it. One that is not longer than what would be shown is hidden whole; one that
/// came masked stays as it is.
fn masked(account: &str) -> String {
    let characters: Vec<char> = account.chars().filter(|c| !c.is_whitespace()).collect();
    let hidden = if characters.len() > SHOWN { characters.len() - SHOWN } else { characters.len() };
    characters.iter().enumerate().map(|(at, c)| if at < hidden { '•' } else { *c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_an_account_the_last_four_characters_are_shown() {
        assert_eq!(masked("0011012345678"), "•••••••••5678");
        assert_eq!(masked(" 0011 0123 "), "••••0123");
        for short in ["1234", "12", ""] {
            assert!(masked(short).chars().all(|c| c == '•'), "{short}");
        }
        // Masking twice is masking once.
        assert_eq!(masked(&masked("0011012345678")), masked("0011012345678"));
    }

    #[test]
    fn every_reason_has_a_key_of_its_own() {
        let own = [TrayReason::Differs, TrayReason::Unreconciled, TrayReason::Returned, TrayReason::OverPaid];
        let more = [TrayReason::Held, TrayReason::NotNoted];
        let every = own.into_iter().chain(more).chain(Reason::ALL.iter().copied().map(TrayReason::Matching));
        for reason in every {
            assert_eq!(TrayReason::from_key(reason.key()), Some(reason));
        }
        assert_eq!(TrayReason::from_key("no_such_reason"), None);
    }
}
