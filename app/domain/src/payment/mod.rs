//! Money that residents owe and pay: the code they scan, the token that finds their transfer, what a request stands at,
//! which credit of the bank belongs to it, money that goes back, and the cash of a day.
//!
//! Everything here is a decision over values: nothing is sent, stored or timed. Amounts are whole đồng
//! ([`crate::money::Dong`]); members of staff are named by their id, a text that two people never share.
//!
//! - [`qr`]: VietQR, the payload a banking app scans, made and read.
//! - [`PaymentToken`]: `DX…`, the eleven characters that come back in the bank's transfer note.
//! - [`request`]: what a payer owes, as the sum of its entries.
//! - [`matching`]: whether a credit settles a request by itself or waits for a person.
//! - [`refund`]: money that goes back, asked by one person and approved by another.
//! - [`shift`]: the cash of one cashier, counted and explained.

mod bank;
pub mod matching;
mod note;
pub mod qr;
pub mod refund;
pub mod request;
pub mod shift;
mod token;

pub use bank::{AccountNumber, AccountProblem, BANKS, Bank, Bin, NotABin};
pub use note::{NoteProblem, TransferNote};
pub use token::{PaymentToken, TokenProblem};

#[cfg(test)]
mod tests;
