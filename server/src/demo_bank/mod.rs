//! A bank and a payment gateway that do not exist: for demonstrations and tests, as a process of its own.
//!
//! Payers transfer money on a page or through a JSON API; the simulator keeps a book of its own ([`ledger`]), tells the office by
//! signed notifications ([`sender`]), plays the pages of a redirect gateway ([`gateway`]) and gives statements of the book
//! ([`statements`]). Knobs make payments and notifications go wrong: under, over, twice, late; dropped, delayed, duplicated,
//! reordered. Nothing is left to chance here: whoever tests chooses, and the book says what was chosen.

mod api;
mod gateway;
pub mod ledger;
mod pages;
pub mod qr;
mod sender;
pub mod statements;

use anyhow::Result;
use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};
use bank::{Key, redirect::Redirect};
use domain::text::{clean, without_accents};
use ledger::{Channel, Ledger, MoneyFault, NoticeFault, Payment};
use office::clock::Clock;
use sender::Sender;
use serde::{Deserialize, Serialize};
use std::{net::SocketAddr, ops::RangeInclusive, path::PathBuf, sync::Arc, time::Duration};

/// What the operator of the demonstration chose.
#[derive(Debug, Clone)]
pub struct DemoBankSettings {
    /// `demo_bank_listen`, `MOTCUA_DEMO_BANK_LISTEN`.
    pub listen: SocketAddr,
    /// `demo_bank_ledger`, `MOTCUA_DEMO_BANK_LEDGER`: the file of the book.
    pub ledger: PathBuf,
    /// `demo_bank_notify`, `MOTCUA_DEMO_BANK_NOTIFY`: the address that is told of transfers; nobody is when it is missing.
    pub notify: Option<String>,
    /// `demo_bank_ipn`, `MOTCUA_DEMO_BANK_IPN`: the address that the gateway tells.
    pub ipn: Option<String>,
    /// `MOTCUA_BANK_SECRET`, in the environment alone.
    pub bank_key: Key,
    /// `MOTCUA_GATEWAY_SECRET`, in the environment alone.
    pub gateway_key: Key,
    /// `gateway_terminal`, `MOTCUA_GATEWAY_TERMINAL`.
    pub terminal: String,
}

/// What a payer does.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Transfer {
    /// The text of a VietQR; it gives account, amount and note where they are not given.
    pub qr: String,
    pub account: String,
    pub amount: Option<i64>,
    pub note: String,
    pub payer_name: String,
    pub payer_account: String,
    pub money: MoneyFault,
    /// How much less or more, in đồng, when under- or overpaying.
    pub differs_by: Option<i64>,
    pub notice: NoticeFault,
    /// How long a late payment or a delayed notification waits, in milliseconds.
    pub wait_ms: Option<u64>,
}

/// Why nothing was transferred.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum NotPaid {
    #[error("the code cannot be read")]
    Code,
    #[error("no account")]
    Account,
    #[error("no amount that can be paid")]
    Amount,
    #[error("the ledger cannot be written")]
    Ledger,
}

/// What one payment may be, in đồng.
const PAYABLE: RangeInclusive<i64> = 1..=1_000_000_000_000;
/// An under- or overpayment differs by so much, unless it is told.
const DIFFERS_BY: i64 = 1_000;
/// A late payment and a delayed notification wait so long, unless they are told.
const WAIT: Duration = Duration::from_secs(10);
/// A request is never larger.
const FORM_BYTES: usize = 64 * 1024;

/// The simulator. Cheap to clone.
#[derive(Clone)]
pub struct DemoBank(Arc<Inner>);

struct Inner {
    clock: Clock,
    ledger: Ledger,
    sender: Sender,
    /// As the gateway: the same secret signs both ways.
    gateway: Redirect,
    terminal: String,
}

impl DemoBank {
    /// Opens the book.
    ///
    /// # Errors
    /// When the book or an address cannot be used.
    pub fn open(settings: &DemoBankSettings, clock: Clock) -> Result<Self> {
        let gateway = Redirect::new(settings.gateway_key.clone(), &settings.terminal, "/cong")?;
        Ok(Self(Arc::new(Inner {
            clock,
            ledger: Ledger::open(&settings.ledger)?,
            sender: Sender::new(settings)?,
            gateway,
            terminal: settings.terminal.clone(),
        })))
    }

    /// Does what a payer does; answers what was booked at once.
    ///
    /// # Errors
    /// Why nothing was booked.
    pub async fn transfer(&self, transfer: Transfer) -> Result<Vec<Payment>, NotPaid> {
        let code = (!transfer.qr.trim().is_empty()).then(|| qr::read(&transfer.qr)).transpose();
        let code = code.map_err(|_| NotPaid::Code)?;
        let given = |own: &str, code: Option<&str>| {
            let text = if own.trim().is_empty() { code.unwrap_or_default() } else { own };
            // A bank passes on what fits its own letters.
            clean(&without_accents(text))
        };
        let account: String = given(&transfer.account, code.as_ref().map(|code| code.account.as_str()));
        let account: String = account.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
        if account.is_empty() {
            return Err(NotPaid::Account);
        }
        let asked = transfer.amount.or_else(|| code.as_ref().and_then(|code| code.amount));
        let asked = asked.filter(|amount| PAYABLE.contains(amount)).ok_or(NotPaid::Amount)?;
        let by = transfer.differs_by.filter(|by| *by > 0).unwrap_or(DIFFERS_BY);
        let amount = match transfer.money {
            MoneyFault::Under => asked.checked_sub(by),
            MoneyFault::Over => asked.checked_add(by),
            MoneyFault::Clean | MoneyFault::Twice | MoneyFault::Late => Some(asked),
        };
        let amount = amount.filter(|amount| PAYABLE.contains(amount)).ok_or(NotPaid::Amount)?;
        let draft = Payment {
            reference: String::new(),
            channel: Channel::Transfer,
            account,
            amount,
            asked,
            at: 0,
            note: given(&transfer.note, code.as_ref().map(|code| code.note.as_str())),
            payer_name: given(&transfer.payer_name, None),
            payer_account: given(&transfer.payer_account, None),
            money: transfer.money,
            notice: transfer.notice,
            order: None,
        };
        let wait = transfer.wait_ms.map_or(WAIT, Duration::from_millis);
        if transfer.money == MoneyFault::Late {
            let bank = self.clone();
            self.0.sender.later(wait, async move {
                if bank.book(draft, wait).is_err() {
                    tracing::error!("a late payment could not be booked");
                }
            });
            return Ok(Vec::new());
        }
        let mut booked = Vec::new();
        if transfer.money == MoneyFault::Twice {
            let first = Payment { money: MoneyFault::Clean, notice: NoticeFault::Clean, ..draft.clone() };
            booked.push(self.book(first, wait)?);
        }
        booked.push(self.book(draft, wait)?);
        Ok(booked)
    }

    /// Writes a payment down and tells of it.
    fn book(&self, draft: Payment, wait: Duration) -> Result<Payment, NotPaid> {
        let now = self.0.clock.now();
        let booked = self.0.ledger.pay(|number| {
            let (year, month, day) = now.day().ymd();
            let reference = match draft.channel {
                Channel::Transfer => format!("FT{:02}{month:02}{day:02}{number:08}", year % 100),
                Channel::Gateway => format!("{}", 14_000_000 + number),
            };
            Payment { reference, at: now.0, ..draft }
        });
        let payment = booked.map_err(|error| {
            tracing::error!("{error:#}");
            NotPaid::Ledger
        })?;
        if payment.channel == Channel::Transfer {
            self.tell_of(payment.clone(), wait);
        }
        Ok(payment)
    }

    /// How many notifications are on their way or held back, and how much was booked.
    pub fn state(&self) -> BankState {
        let payments = self.0.ledger.payments();
        BankState {
            pending: self.0.sender.pending(),
            held: self.0.sender.held(),
            payments: payments.len(),
            amount: payments.iter().map(|payment| payment.amount).sum(),
        }
    }

    /// The book as it stands in its file.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn export(&self) -> Result<Vec<u8>> {
        self.0.ledger.export()
    }
}

/// The simulator at a moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankState {
    /// Notifications and payments that are on their way.
    pub pending: usize,
    /// Notifications that wait for the next one to pass them.
    pub held: usize,
    pub payments: usize,
    /// Everything that came in, in đồng.
    pub amount: i64,
}

/// The pages and the API.
pub fn router(bank: DemoBank) -> Router {
    Router::new()
        .route("/", get(pages::app).post(pages::transfer))
        .route("/kieu.css", get(pages::style))
        .route("/cong", get(gateway::opened).post(gateway::pay))
        .route("/sao-ke/{account}", get(statements::download))
        .route("/api/transfers", post(api::transfer))
        .route("/api/ledger", get(api::ledger))
        .route("/api/state", get(api::state))
        .route("/api/flush", post(api::flush))
        .layer(DefaultBodyLimit::max(FORM_BYTES))
        .with_state(bank)
}
