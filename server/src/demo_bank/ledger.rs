//! The simulator's own book: a file to which lines are added and nothing else. What came in is recomputed from it, never
//! from the tables of the office.

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use std::{
    fs::{File, OpenOptions},
    io::{BufRead, BufReader, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

/// What is wrong with the money of a payment, on purpose.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MoneyFault {
    #[default]
    Clean,
    /// Less than asked.
    Under,
    /// More than asked.
    Over,
    /// Paid once more. The first of the two is `Clean`.
    Twice,
    /// Later than asked.
    Late,
}

/// What is wrong with the telling of it, on purpose.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeFault {
    #[default]
    Clean,
    /// Nobody is told: only the statement knows.
    Drop,
    /// Told later.
    Delay,
    /// Told twice, as the same event.
    Duplicate,
    /// Told behind the payment that comes after it.
    Reorder,
}

/// Which way the money went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Transfer,
    Gateway,
}

/// Money that came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// What the bank calls it: unique.
    pub reference: String,
    pub channel: Channel,
    pub account: String,
    /// In đồng.
    pub amount: i64,
    /// What was asked for.
    pub asked: i64,
    /// Milliseconds since 1970.
    pub at: i64,
    pub note: String,
    pub payer_name: String,
    pub payer_account: String,
    pub money: MoneyFault,
    pub notice: NoticeFault,
    /// The order of a gateway's payment.
    pub order: Option<String>,
}

/// One line of the book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Record {
    Paid(Payment),
    /// Somebody was told, and answered with that status of HTTP; none is no answer.
    Told {
        event: String,
        reference: String,
        attempt: u32,
        status: Option<u16>,
        at: i64,
    },
    /// Nobody was told, on purpose or after the last try.
    Untold {
        event: String,
        reference: String,
        at: i64,
    },
}

/// The book, open for adding.
pub struct Ledger {
    path: PathBuf,
    open: Mutex<Open>,
}

struct Open {
    file: File,
    payments: Vec<Payment>,
}

impl Ledger {
    /// Opens the book at that path, or begins it.
    ///
    /// # Errors
    /// When the file cannot be opened, or a line of it is none of a book.
    pub fn open(path: &Path) -> Result<Self> {
        let file = OpenOptions::new().create(true).append(true).read(true).mode(0o600).open(path);
        let file = file.with_context(|| format!("cannot open {}", path.display()))?;
        let mut payments = Vec::new();
        for (i, line) in BufReader::new(File::open(path)?).lines().enumerate() {
            let record = serde_json::from_str(&line?)
                .with_context(|| format!("{}: line {} is no line of a ledger", path.display(), i + 1))?;
            if let Record::Paid(payment) = record {
                payments.push(payment);
            }
        }
        Ok(Self { path: path.to_owned(), open: Mutex::new(Open { file, payments }) })
    }

    fn lock(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a payment; `make` is given its number, from 1.
    pub fn pay(&self, make: impl FnOnce(usize) -> Payment) -> Result<Payment> {
        let mut open = self.lock();
        let payment = make(open.payments.len() + 1);
        open.add(&Record::Paid(payment.clone()))?;
        open.payments.push(payment.clone());
        Ok(payment)
    }

    /// Adds another line.
    pub fn note(&self, record: &Record) -> Result<()> {
        self.lock().add(record)
    }

    /// Everything that came in, in order.
    pub fn payments(&self) -> Vec<Payment> {
        self.lock().payments.clone()
    }

    /// The file as it is.
    pub fn export(&self) -> Result<Vec<u8>> {
        // No line is half written meanwhile.
        let _open = self.lock();
        Ok(std::fs::read(&self.path)?)
    }
}

impl Open {
    fn add(&mut self, record: &Record) -> Result<()> {
        let mut line = serde_json::to_vec(record)?;
        line.push(b'\n');
        // In one writing: a program that is stopped leaves whole lines.
        self.file.write_all(&line).context("the ledger cannot be written")
    }
}
