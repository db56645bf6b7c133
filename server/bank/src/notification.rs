//! A bank that tells of each transfer by a signed request (webhook).
//!
//! The request carries the moment of signing ([`TIMESTAMP`], seconds since 1970) and the HMAC-SHA256 of
//! `moment.body` in hexadecimal ([`SIGNATURE`]). A message is believed within [`WINDOW_MS`] of its signing; within that it is the
//! event's identity that makes a second sending harmless. A bank that tries again signs again, with the same event.

use crate::{
    credit::{Credit, Currency, PayerAccount},
    mac::Key,
    provider::{Answer, Call, Handled, Notice, Order, Outcome, PaymentProvider, Refusal},
};
use domain::{money::Dong, text::clean, time::Instant};
use serde::{Deserialize, Serialize};

/// Header of the moment of signing.
pub const TIMESTAMP: &str = "x-bank-timestamp";
/// Header of the signature.
pub const SIGNATURE: &str = "x-bank-signature";
/// A message is believed so long before and after its signing, in milliseconds.
pub const WINDOW_MS: i64 = 5 * 60 * 1000;
/// Clocks of two houses differ: a booking so far ahead is none of the future.
const CLOCKS_MS: i64 = 5 * 60 * 1000;
/// The beginning of 2000. An earlier booking is a count of seconds, and what was booked then would never be late.
const EARLIEST_MS: i64 = 946_684_800_000;
/// No message is longer.
pub const MOST_BYTES: usize = 64 * 1024;
/// Nor is a name of an event or of a payment.
const LONGEST_NAME: usize = 100;

/// What the bank writes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Identity of the event.
    pub event: String,
    pub account: String,
    /// What the bank calls the payment; its statements say the same.
    pub reference: String,
    /// When it was booked: milliseconds since 1970.
    pub at: i64,
    /// Whole units of the currency.
    pub amount: i64,
    pub currency: String,
    #[serde(default)]
    pub note: String,
    #[serde(default)]
    pub payer_name: Option<String>,
    #[serde(default)]
    pub payer_account: Option<String>,
}

/// The bank's side of a notification: moment and signature of a body, for whoever plays the bank.
pub fn sign(key: &Key, body: &[u8], now: Instant) -> (String, String) {
    let moment = now.0.div_euclid(1000).to_string();
    let signature = key.sign_sha256(&[moment.as_bytes(), b".", body]);
    (moment, signature)
}

/// A bank whose transfers are told of by notifications.
#[derive(Debug, Clone)]
pub struct BankTransfer {
    key: Key,
    /// Accounts of ours; money on another is none of ours. Empty believes every account.
    accounts: Vec<String>,
}

impl BankTransfer {
    pub const fn new(key: Key, accounts: Vec<String>) -> Self {
        Self { key, accounts }
    }

    fn check(&self, call: &Call<'_>, now: Instant) -> Result<(), Refusal> {
        let (Some(moment), Some(signature)) = (call.timestamp, call.signature) else { return Err(Refusal::Signature) };
        // The signature first: whoever cannot sign learns nothing of clocks.
        if !self.key.verify_sha256(&[moment.as_bytes(), b".", call.body], signature) {
            return Err(Refusal::Signature);
        }
        let seconds: i64 = moment.parse().map_err(|_| Refusal::Malformed("timestamp"))?;
        let apart = seconds.checked_mul(1000).and_then(|ms| now.0.checked_sub(ms));
        match apart {
            Some(apart) if apart.unsigned_abs() <= WINDOW_MS.unsigned_abs() => Ok(()),
            _ => Err(Refusal::Stale),
        }
    }
}

impl PaymentProvider for BankTransfer {
    fn key(&self) -> &'static str {
        "bank_transfer"
    }

    fn pay_address(&self, _: &Order<'_>, _: Instant) -> Option<String> {
        None
    }

    fn read(&self, call: &Call<'_>, now: Instant) -> Result<Notice, Refusal> {
        if call.body.len() > MOST_BYTES {
            return Err(Refusal::Malformed("body"));
        }
        self.check(call, now)?;
        let message: Message = serde_json::from_slice(call.body).map_err(|_| Refusal::Malformed("body"))?;
        let named = |name: &str| !name.trim().is_empty() && name.len() <= LONGEST_NAME;
        if !named(&message.event) || !named(&message.reference) || !named(&message.account) {
            return Err(Refusal::Malformed("event, reference or account"));
        }
        let currency: Currency = message.currency.parse().map_err(|_| Refusal::Currency)?;
        if currency != Currency::VND {
            return Err(Refusal::Currency);
        }
        if !self.accounts.is_empty() && !self.accounts.contains(&message.account) {
            return Err(Refusal::OtherRecipient);
        }
        if message.amount <= 0 {
            return Err(Refusal::Amount);
        }
        if message.at < EARLIEST_MS {
            return Err(Refusal::Malformed("at"));
        }
        if message.at > now.0.saturating_add(CLOCKS_MS) {
            return Err(Refusal::Future);
        }
        let credit = Credit {
            account: message.account,
            // Statements are read without outer spaces, and tell of the same payment.
            bank_ref: message.reference.trim().to_owned(),
            at: Instant(message.at),
            amount: Dong(message.amount),
            currency,
            note: clean(&message.note),
            payer_name: message.payer_name.map(|name| clean(&name)).filter(|name| !name.is_empty()),
            payer_account: message.payer_account.as_deref().and_then(PayerAccount::new),
        };
        Ok(Notice { event: message.event, order: None, outcome: Outcome::Paid(credit) })
    }

    /// Money without an order goes to the tray: it is taken all the same. Only trouble of ours asks for another sending.
    fn answer(&self, handled: Handled) -> Answer {
        let (status, word) = match handled {
            Handled::Taken | Handled::UnknownOrder | Handled::OtherAmount => (200, "taken"),
            Handled::Known => (200, "known"),
            Handled::Refused => (401, "refused"),
            Handled::Trouble => (503, "again"),
        };
        Answer { status, body: format!("{{\"result\":\"{word}\"}}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Instant = Instant(1_764_000_000_000);

    fn key() -> Key {
        Key::new("a secret of both sides").expect("a key")
    }

    fn bank() -> BankTransfer {
        BankTransfer::new(key(), vec!["0011001234567".into()])
    }

    fn message() -> Message {
        Message {
            event: "e-1".into(),
            account: "0011001234567".into(),
            reference: "FT1".into(),
            at: NOW.0 - 2_000,
            amount: 24_000,
            currency: "VND".into(),
            note: "DX 0123 4567 8".into(),
            payer_name: Some("KSOR H'NAY".into()),
            payer_account: Some("970436 123456789".into()),
        }
    }

    fn read(message: &Message, signed: Instant, now: Instant) -> Result<Notice, Refusal> {
        let body = serde_json::to_vec(message).expect("JSON");
        let (moment, signature) = sign(&key(), &body, signed);
        let call = Call { timestamp: Some(&moment), signature: Some(&signature), body: &body, ..Call::default() };
        bank().read(&call, now)
    }

    #[test]
    fn a_signed_message_is_a_credit() {
        let notice = read(&message(), NOW, NOW).expect("a notice");
        assert_eq!(notice.event, "e-1");
        let Outcome::Paid(credit) = notice.outcome else { panic!("nothing was paid") };
        assert_eq!((credit.amount, credit.bank_ref.as_str()), (Dong(24_000), "FT1"));
        assert_eq!(credit.payer_account.map(|it| it.masked()), Some("•••••••••••6789".into()));
    }

    #[test]
    fn a_payment_is_named_as_a_statement_names_it() {
        let spaced = Message { reference: " FT1 ".into(), ..message() };
        let Outcome::Paid(credit) = read(&spaced, NOW, NOW).expect("a notice").outcome else { panic!("nothing") };
        assert_eq!(credit.bank_ref, "FT1");
    }

    #[test]
    fn a_forged_or_changed_message_is_refused() {
        let body = serde_json::to_vec(&message()).expect("JSON");
        let (moment, signature) = sign(&key(), &body, NOW);
        let call = Call { timestamp: Some(&moment), signature: Some(&signature), body: &body, ..Call::default() };
        assert!(bank().read(&call, NOW).is_ok());
        let changed = String::from_utf8(body.clone()).expect("text").replace("24000", "24001");
        let later = (moment.parse::<i64>().expect("seconds") + 1).to_string();
        let forged = "0".repeat(64);
        for call in [
            Call { body: changed.as_bytes(), ..call },
            Call { timestamp: Some(&later), ..call },
            Call { signature: Some(&forged), ..call },
            Call { signature: None, ..call },
            Call { timestamp: None, ..call },
        ] {
            assert_eq!(bank().read(&call, NOW), Err(Refusal::Signature), "{call:?}");
        }
    }

    #[test]
    fn a_message_is_believed_for_some_minutes_and_never_again() {
        let at = |ms: i64| read(&message(), NOW, NOW.plus_ms(ms)).map(drop);
        assert_eq!(at(WINDOW_MS), Ok(()));
        assert_eq!(at(WINDOW_MS + 1_000), Err(Refusal::Stale));
        assert_eq!(read(&message(), NOW.plus_ms(WINDOW_MS + 1_000), NOW).map(drop), Err(Refusal::Stale));
    }

    #[test]
    fn what_is_no_money_of_ours_is_refused_by_name() {
        let wrong = |change: fn(&mut Message)| {
            let mut message = message();
            change(&mut message);
            read(&message, NOW, NOW).expect_err("a refusal")
        };
        assert_eq!(wrong(|it| it.currency = "USD".into()), Refusal::Currency);
        assert_eq!(wrong(|it| it.amount = 0), Refusal::Amount);
        assert_eq!(wrong(|it| it.amount = -24_000), Refusal::Amount);
        assert_eq!(wrong(|it| it.at += 86_400_000), Refusal::Future);
        for at in [NOW.0 / 1000, 0, -1, i64::MIN] {
            let told = read(&Message { at, ..message() }, NOW, NOW);
            assert_eq!(told, Err(Refusal::Malformed("at")), "{at}");
        }
        assert_eq!(wrong(|it| it.account = "999".into()), Refusal::OtherRecipient);
        assert!(matches!(wrong(|it| it.event.clear()), Refusal::Malformed(_)));
        assert!(wrong(|it| it.amount = 0).is_genuine() && !Refusal::Stale.is_genuine());
    }

    #[test]
    fn only_trouble_of_ours_asks_for_another_sending() {
        let status = |handled| bank().answer(handled).status;
        assert_eq!((status(Handled::Taken), status(Handled::Known), status(Handled::UnknownOrder)), (200, 200, 200));
        assert_eq!((status(Handled::Refused), status(Handled::Trouble)), (401, 503));
    }
}
