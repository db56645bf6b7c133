//! What banks and payment gateways say, read into one shape, [`Credit`].
//!
//! Two ways lead here. A **statement** ([`statement`]) is a file that somebody downloaded: the CSV of a bank, camt.053 or
//! MT940. A **provider** ([`provider`]) speaks by itself: the bank by a signed notification of a transfer
//! ([`notification`]), a gateway by an address that the payer is sent to and by what comes back ([`redirect`]).
//!
//! Invariant: pure functions of bytes, secrets and a moment. There is no database, no network and no clock here; nothing
//! panics on bad input, and nothing that a file says of money is dropped without a word.

pub mod credit;
pub mod mac;
pub mod notification;
pub mod provider;
mod query;
pub mod redirect;
pub mod statement;

pub use credit::{Credit, Currency, PayerAccount};
pub use mac::Key;
pub use provider::{PaymentProvider, Refusal};
pub use statement::{Statement, StatementError};
