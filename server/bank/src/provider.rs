//! Whoever tells us of payments by itself. One seam over banks that notify and gateways that payers are sent to.
//!
//! A provider here decides whether a message is genuine and what it says; what the money is for, and whether it was known
//! already, is the office's business, which keeps [`Notice::event`] and the identity of the credit in one transaction and
//! then asks the provider how to answer.

use crate::credit::Credit;
use domain::{money::Dong, time::Instant};

/// What the payer is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order<'a> {
    /// Our own name of the try to pay: unique, of letters and digits.
    pub reference: &'a str,
    pub amount: Dong,
    /// Letters without accents, digits and spaces: the payment token among them.
    pub note: &'a str,
    /// Where the payer's browser comes back to.
    pub return_to: &'a str,
    /// The address of the payer's machine.
    pub payer_address: &'a str,
    /// Until when it can be paid.
    pub until: Instant,
}

/// A message of a provider as it came, before anything of it is believed.
#[derive(Debug, Clone, Copy, Default)]
pub struct Call<'a> {
    /// Behind the question mark, as it came.
    pub query: &'a str,
    /// The headers [`crate::notification::TIMESTAMP`] and [`crate::notification::SIGNATURE`].
    pub timestamp: Option<&'a str>,
    pub signature: Option<&'a str>,
    /// Byte for byte as it came: it is signed.
    pub body: &'a [u8],
}

/// A genuine message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Identity of the message: the same when the provider sends it once more.
    pub event: String,
    /// [`Order::reference`], when the payer was sent there by us.
    pub order: Option<String>,
    pub outcome: Outcome,
}

/// What became of a payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Paid(Credit),
    /// No money came, for this reason.
    Failed {
        amount: Dong,
        failure: Failure,
    },
}

/// Why a gateway took no money.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Failure {
    /// The payer turned back.
    Cancelled,
    /// The time to pay ran out.
    Expired,
    /// Too little on the payer's account.
    Insufficient,
    /// More than the account may pay on a day.
    Limit,
    /// The account is not registered, locked, or was opened with wrong words.
    Refused,
    /// The payer's bank is not at work.
    BankDown,
    /// Money was taken, and the gateway suspects fraud: a person has to look.
    Suspicious,
    /// The gateway's own word for it.
    Other(String),
}

/// Why a message is not believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("the signature is missing or wrong")]
    Signature,
    #[error("signed too long ago, or in the future")]
    Stale,
    #[error("the message cannot be read: {0}")]
    Malformed(&'static str),
    #[error("another currency than đồng")]
    Currency,
    #[error("the amount is not above zero")]
    Amount,
    #[error("booked in the future")]
    Future,
    #[error("meant for somebody else")]
    OtherRecipient,
}

impl Refusal {
    /// Whether the message was signed by the provider: then it is a fault to look into, and no attack.
    pub const fn is_genuine(&self) -> bool {
        !matches!(self, Self::Signature | Self::Stale)
    }
}

/// What the office made of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handled {
    /// It is kept now.
    Taken,
    /// It was kept before: nothing changed.
    Known,
    /// No order has that reference.
    UnknownOrder,
    /// The order is of another amount.
    OtherAmount,
    /// It was not believed.
    Refused,
    /// It could not be kept: the provider should say it again.
    Trouble,
}

/// The answer that a provider understands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Status of HTTP.
    pub status: u16,
    /// JSON.
    pub body: String,
}

/// A bank or a gateway.
pub trait PaymentProvider: Send + Sync {
    /// The name that rows and logs keep.
    fn key(&self) -> &'static str;

    /// The address that the payer is sent to; `None` where payers open their banking app by themselves.
    fn pay_address(&self, order: &Order<'_>, now: Instant) -> Option<String>;

    /// Checks a message and reads it.
    ///
    /// # Errors
    /// Why it is not believed. Nothing of it may be kept as money then.
    fn read(&self, call: &Call<'_>, now: Instant) -> Result<Notice, Refusal>;

    /// How to answer the message.
    fn answer(&self, handled: Handled) -> Answer;
}
