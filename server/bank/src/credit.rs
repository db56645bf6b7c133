//! Money that arrived, as the bank tells of it.

use domain::{money::Dong, time::Instant};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// Money that arrived on an account of ours. However the bank told of it, the same payment is the same credit:
/// `account` and `bank_ref` together are its identity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credit {
    /// The account it arrived on, as the bank writes its number.
    pub account: String,
    /// What the bank calls the payment: unique on the account.
    pub bank_ref: String,
    /// When the bank booked it. A statement that knows the day alone gives the beginning of the day.
    pub at: Instant,
    /// How much, in đồng; above zero.
    pub amount: Dong,
    /// Always [`Currency::VND`] in what this crate reads: other currencies are set aside.
    pub currency: Currency,
    /// What the payer wrote, as the bank passed it on.
    pub note: String,
    pub payer_name: Option<String>,
    pub payer_account: Option<PayerAccount>,
}

/// A currency by its three letters of ISO 4217.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

impl Currency {
    pub const VND: Self = Self(*b"VND");
}

/// Why a text is no currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a currency of three letters")]
pub struct NoCurrency;

impl FromStr for Currency {
    type Err = NoCurrency;
    /// Reads `VND` in either case; also the `VNĐ` that people write.
    fn from_str(text: &str) -> Result<Self, NoCurrency> {
        let text = text.trim().to_uppercase();
        if text == "VNĐ" {
            return Ok(Self::VND);
        }
        let letters: [u8; 3] = text.as_bytes().try_into().map_err(|_| NoCurrency)?;
        if letters.iter().all(u8::is_ascii_uppercase) { Ok(Self(letters)) } else { Err(NoCurrency) }
    }
}

impl TryFrom<String> for Currency {
    type Error = NoCurrency;
    fn try_from(text: String) -> Result<Self, NoCurrency> {
        text.parse()
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.to_string()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|letter| write!(f, "{}", char::from(*letter)))
    }
}

/// The account that money came from. It is kept in full for a refund, and shown masked: `Debug` and [`PayerAccount::masked`]
/// show the last four characters.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PayerAccount(String);

/// So much of an account stays readable.
const SHOWN: usize = 4;

impl PayerAccount {
    /// The account as the bank writes it; `None` for a blank one.
    pub fn new(number: &str) -> Option<Self> {
        let number: String = number.chars().filter(|c| !c.is_whitespace()).collect();
        (!number.is_empty()).then_some(Self(number))
    }

    /// The whole number, for whoever pays back.
    pub fn number(&self) -> &str {
        &self.0
    }

    /// As pages and papers show it: `•••••••6789`. A number that is not longer than what would be shown is hidden whole.
    pub fn masked(&self) -> String {
        let length = self.0.chars().count();
        let hidden = if length > SHOWN { length - SHOWN } else { length };
        self.0.chars().enumerate().map(|(i, c)| if i < hidden { '•' } else { c }).collect()
    }
}

impl fmt::Debug for PayerAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_currency_is_three_letters() {
        for text in ["VND", "vnd", " VND ", "VNĐ", "vnđ"] {
            assert_eq!(text.parse(), Ok(Currency::VND), "{text}");
        }
        assert_eq!("USD".parse::<Currency>().map(|it| it.to_string()), Ok("USD".into()));
        for text in ["", "V", "VNDD", "V1D", "đồng", "đ"] {
            assert!(text.parse::<Currency>().is_err(), "{text}");
        }
    }

    #[test]
    fn an_account_is_shown_by_its_last_four_characters_alone() {
        let masked = |number: &str| PayerAccount::new(number).map(|it| it.masked());
        assert_eq!(masked("0011 0012 3456 78"), Some("••••••••••5678".into()));
        assert_eq!(masked("1234"), Some("••••".into()), "nothing is left of a short one");
        assert_eq!(masked(" "), None);
        let account = PayerAccount::new("123456789").expect("an account");
        assert!(!format!("{account:?}").contains("12345"));
    }
}
