//! A gateway that payers are sent to, in the shape of VNPay 2.1.0.
//!
//! The payer's browser goes to the gateway with an address that we sign. It comes back with parameters that the gateway signs
//! (the *return*), and the gateway calls us with the same parameters (the *server notification*, IPN). Both are read by
//! [`Redirect::read`]; only the notification is money, since a browser may never come back, or come back twice.
//!
//! Signed is everything but the signature itself: pairs in the order of their names, written as forms are, HMAC-SHA512 in
//! hexadecimal. Amounts are in hundredths of a đồng.

use crate::{
    credit::{Credit, Currency},
    mac::Key,
    provider::{Answer, Call, Failure, Handled, Notice, Order, Outcome, PaymentProvider, Refusal},
    query,
};
use domain::{
    money::Dong,
    time::{Day, Instant, TimeOfDay},
};
use std::collections::BTreeMap;

/// Version of the gateway's form.
const VERSION: &str = "2.1.0";
/// The parameters that sign the others.
const HASH: &str = "vnp_SecureHash";
const HASH_KIND: &str = "vnp_SecureHashType";
/// The gateway counts in hundredths of a đồng.
const HUNDREDTHS: i64 = 100;

/// Why a gateway cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the name of the terminal is made of letters and digits")]
pub struct NoTerminal;

/// A gateway, and what we are called there.
#[derive(Debug, Clone)]
pub struct Redirect {
    key: Key,
    /// `vnp_TmnCode`.
    terminal: String,
    /// The gateway's page.
    address: String,
}

impl Redirect {
    /// # Errors
    /// When the terminal's name could not stand in an address.
    pub fn new(key: Key, terminal: &str, address: &str) -> Result<Self, NoTerminal> {
        if terminal.is_empty() || !terminal.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(NoTerminal);
        }
        Ok(Self { key, terminal: terminal.to_owned(), address: address.to_owned() })
    }

    /// The pairs with their signature: for the address that payers are sent to, and for whoever plays the gateway.
    pub fn signed(&self, pairs: &BTreeMap<&str, String>) -> String {
        let text = query::write(pairs.iter().map(|(name, value)| (*name, value.as_str())));
        let signature = self.key.sign_sha512(&[text.as_bytes()]);
        format!("{text}&{HASH}={signature}")
    }

    /// The pairs of a query whose signature is right; the signature is left out.
    ///
    /// # Errors
    /// [`Refusal::Signature`] when it is missing or wrong, or when the query could be read in two ways.
    pub fn verified(&self, query: &str) -> Result<BTreeMap<String, String>, Refusal> {
        let mut pairs: BTreeMap<String, String> = query::read(query).ok_or(Refusal::Signature)?.into_iter().collect();
        let signature = pairs.remove(HASH).ok_or(Refusal::Signature)?;
        pairs.remove(HASH_KIND);
        // What others hang on to the address is not signed, and not read.
        pairs.retain(|name, _| name.starts_with("vnp_"));
        let text = query::write(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        if self.key.verify_sha512(&[text.as_bytes()], &signature) { Ok(pairs) } else { Err(Refusal::Signature) }
    }
}

impl PaymentProvider for Redirect {
    fn key(&self) -> &'static str {
        "redirect"
    }

    fn pay_address(&self, order: &Order<'_>, now: Instant) -> Option<String> {
        let amount = order.amount.0.checked_mul(HUNDREDTHS).filter(|amount| *amount > 0)?;
        let pairs = BTreeMap::from([
            ("vnp_Version", VERSION.to_owned()),
            ("vnp_Command", "pay".into()),
            ("vnp_TmnCode", self.terminal.clone()),
            ("vnp_Amount", amount.to_string()),
            ("vnp_CurrCode", "VND".into()),
            ("vnp_TxnRef", order.reference.into()),
            ("vnp_OrderInfo", order.note.into()),
            ("vnp_OrderType", "other".into()),
            ("vnp_Locale", "vn".into()),
            ("vnp_ReturnUrl", order.return_to.into()),
            ("vnp_IpAddr", order.payer_address.into()),
            ("vnp_CreateDate", write_moment(now)),
            ("vnp_ExpireDate", write_moment(order.until)),
        ]);
        Some(format!("{}?{}", self.address, self.signed(&pairs)))
    }

    fn read(&self, call: &Call<'_>, now: Instant) -> Result<Notice, Refusal> {
        let pairs = self.verified(call.query)?;
        let need = |name: &'static str| {
            pairs.get(name).map(String::as_str).filter(|text| !text.is_empty()).ok_or(Refusal::Malformed(name))
        };
        if need("vnp_TmnCode")? != self.terminal {
            return Err(Refusal::OtherRecipient);
        }
        if pairs.get("vnp_CurrCode").is_some_and(|currency| currency != "VND") {
            return Err(Refusal::Currency);
        }
        let hundredths: i64 = need("vnp_Amount")?.parse().map_err(|_| Refusal::Malformed("vnp_Amount"))?;
        if hundredths <= 0 || hundredths % HUNDREDTHS != 0 {
            return Err(Refusal::Amount);
        }
        let amount = Dong(hundredths / HUNDREDTHS);
        let (reference, transaction) = (need("vnp_TxnRef")?, need("vnp_TransactionNo")?);
        let (code, status) = (need("vnp_ResponseCode")?, need("vnp_TransactionStatus")?);
        let outcome = match failure(code, status) {
            Some(failure) => Outcome::Failed { amount, failure },
            None => {
                let at = read_moment(need("vnp_PayDate")?).ok_or(Refusal::Malformed("vnp_PayDate"))?;
                // Clocks of two houses differ by minutes, not by a day.
                if at.day() > now.day() {
                    return Err(Refusal::Future);
                }
                Outcome::Paid(Credit {
                    account: self.terminal.clone(),
                    bank_ref: transaction.to_owned(),
                    at,
                    amount,
                    currency: Currency::VND,
                    note: need("vnp_OrderInfo")?.to_owned(),
                    payer_name: None,
                    // The gateway keeps to itself whose money it was.
                    payer_account: None,
                })
            }
        };
        // A payment that failed has no transaction of its own.
        let event = format!("{reference}/{transaction}/{code}/{status}");
        Ok(Notice { event, order: Some(reference.to_owned()), outcome })
    }

    fn answer(&self, handled: Handled) -> Answer {
        let (code, message) = match handled {
            Handled::Taken => ("00", "Confirm Success"),
            Handled::UnknownOrder => ("01", "Order not Found"),
            Handled::Known => ("02", "Order already confirmed"),
            Handled::OtherAmount => ("04", "Invalid Amount"),
            Handled::Refused => ("97", "Invalid Signature"),
            Handled::Trouble => ("99", "Unknown error"),
        };
        // The gateway reads the code, not the status.
        Answer { status: 200, body: format!("{{\"RspCode\":\"{code}\",\"Message\":\"{message}\"}}") }
    }
}

/// What the gateway's codes mean; `None` when the money came. The status has the last word: a code of success over a
/// transaction that is none is no success.
fn failure(code: &str, status: &str) -> Option<Failure> {
    Some(match (code, status) {
        ("00", "00") => return None,
        ("07", _) | (_, "07") => Failure::Suspicious,
        ("24", _) => Failure::Cancelled,
        ("11", _) => Failure::Expired,
        ("51", _) => Failure::Insufficient,
        ("65", _) => Failure::Limit,
        ("09" | "10" | "12" | "13" | "79", _) => Failure::Refused,
        ("75", _) => Failure::BankDown,
        _ => Failure::Other(format!("{code}/{status}")),
    })
}

/// `20261123093000`, local time of Việt Nam.
pub fn write_moment(at: Instant) -> String {
    let ((year, month, day), (hour, minute)) = (at.day().ymd(), at.time_of_day().hour_minute());
    let second = at.time_of_day().0 / 1000 % 60;
    format!("{year:04}{month:02}{day:02}{hour:02}{minute:02}{second:02}")
}

/// Reads what [`write_moment`] writes.
pub fn read_moment(text: &str) -> Option<Instant> {
    if text.len() != 14 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = |at: std::ops::Range<usize>| text.get(at)?.parse::<u32>().ok();
    let day = Day::from_ymd(
        i32::try_from(number(0..4)?).ok()?,
        u8::try_from(number(4..6)?).ok()?,
        u8::try_from(number(6..8)?).ok()?,
    )?;
    let (hour, minute, second) = (number(8..10)?, number(10..12)?, number(12..14)?);
    let in_day = hour < 24 && minute < 60 && second < 60;
    in_day.then(|| day.at(TimeOfDay((hour * 3600 + minute * 60 + second) * 1000)))
}

#[cfg(test)]
mod tests;
