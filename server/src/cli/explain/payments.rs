//! `explain qr-make`, `qr-read` and `token`: codes of transfers, and the tokens in their notes.

use super::{Refusal, payment_words as words};
use clap::Args;
use domain::{
    money::Dong,
    payment::{
        AccountNumber, Bin, NoteProblem, PaymentToken, TransferNote,
        qr::{self, Service, TransferOrder},
    },
};
use serde::Serialize;

#[derive(Args, Debug)]
pub struct QrMakeQuestion {
    /// The bank's number, six digits.
    #[arg(long, value_name = "DIGITS")]
    bin: String,
    /// The account, letters and digits, 19 at most.
    #[arg(long, value_name = "NUMBER")]
    account: String,
    /// How much, whole đồng from 1; without it the code is static.
    #[arg(long, value_name = "DONG", allow_negative_numbers = true)]
    amount: Option<String>,
    /// The note; diacritics and everything but letters, digits and spaces go, and 25 characters may be left.
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    note: Option<String>,
}

#[derive(Serialize)]
pub struct QrMakeAnswer {
    payload: String,
    /// The bank's name, when it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    bank: Option<&'static str>,
}

impl QrMakeQuestion {
    pub(super) fn answer(self) -> Result<QrMakeAnswer, Refusal> {
        let refuse = |sentence: &str| Refusal(sentence.to_owned());
        let bin = Bin::parse(&self.bin).map_err(|_| refuse(words::BAD_BIN))?;
        let account = AccountNumber::parse(&self.account).map_err(|_| refuse(words::BAD_ACCOUNT))?;
        let amount = match self.amount.as_deref() {
            None => None,
            Some(typed) => Some(read_amount(typed).ok_or_else(|| refuse(words::BAD_AMOUNT))?),
        };
        let note = match self.note.as_deref().map(TransferNote::parse) {
            // A note of which nothing is left is none.
            None | Some(Err(NoteProblem::Empty)) => None,
            Some(Err(NoteProblem::TooLong { characters })) => return Err(Refusal(words::long_note_words(characters))),
            Some(Ok(note)) => Some(note),
        };
        let bank = bin.bank().map(|bank| bank.name);
        let order = TransferOrder { bin, account, service: Service::Account, amount, note };
        let payload = qr::make(&order).map_err(|problem| refuse(words::make_problem_words(problem)))?;
        Ok(QrMakeAnswer { payload, bank })
    }
}

/// A whole number of digits alone.
fn read_amount(typed: &str) -> Option<Dong> {
    let is_digits = !typed.is_empty() && typed.bytes().all(|byte| byte.is_ascii_digit());
    is_digits.then(|| typed.parse().ok().map(Dong)).flatten()
}

#[derive(Args, Debug)]
pub struct QrReadQuestion {
    /// What the code holds, as it was scanned.
    #[arg(value_name = "PAYLOAD", allow_hyphen_values = true)]
    payload: String,
}

#[derive(Serialize)]
pub struct QrReadAnswer {
    bin: String,
    account: String,
    service: Option<&'static str>,
    amount: Option<Dong>,
    note: Option<String>,
    /// The bank's name, when it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    bank: Option<&'static str>,
}

impl QrReadQuestion {
    pub(super) fn answer(self) -> Result<QrReadAnswer, Refusal> {
        let problem = |problem| Refusal(words::read_problem_words(problem).to_owned());
        let scanned = qr::read(&self.payload).map_err(problem)?;
        Ok(QrReadAnswer {
            bank: scanned.bin.bank().map(|bank| bank.name),
            bin: scanned.bin.as_str().to_owned(),
            account: scanned.account.as_str().to_owned(),
            service: scanned.service.map(Service::key),
            amount: scanned.amount,
            note: scanned.note,
        })
    }
}

#[derive(Args, Debug)]
pub struct TokenQuestion {
    /// The note of a transfer, as the bank gives it.
    #[arg(value_name = "TEXT", allow_hyphen_values = true)]
    text: String,
}

#[derive(Serialize)]
pub struct TokenAnswer {
    tokens: Vec<PaymentToken>,
}

impl TokenQuestion {
    pub(super) fn answer(self) -> Result<TokenAnswer, Refusal> {
        let tokens = PaymentToken::find_all(&self.text);
        if tokens.is_empty() { Err(Refusal(words::NO_TOKEN.to_owned())) } else { Ok(TokenAnswer { tokens }) }
    }
}
