//! Statements of accounts: files that somebody downloads from the bank and lays down here.
//!
//! A statement is read whole or not at all: the first thing that is wrong is told with its line. What is read has an identity
//! of its own, and so has each of its lines, so that laying the same file down twice, or two that overlap, changes nothing.
//! Lines that are no credit — money that went out, other currencies, days that have not come — are set aside by name.

mod amount;
mod camt;
mod csv;
mod error;
mod mt940;
mod profile;
mod rows;
mod text;

pub use error::{Problem, StatementError};
pub use profile::{Columns, Profile, profiles};

use crate::credit::{Credit, Currency, PayerAccount};
use domain::{
    money::Dong,
    time::{Day, Instant},
};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// A statement as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Identity of the statement: the same for the same contents, whatever the file is called.
    pub id: String,
    /// What the bank itself calls the statement, where its form has a place for it.
    pub bank_id: Option<String>,
    pub account: String,
    /// The first and the last day of its lines; `None` when it has none.
    pub days: Option<(Day, Day)>,
    /// In the order of the file.
    pub lines: Vec<Line>,
}

/// One line of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Line of the file, from 1.
    pub number: usize,
    /// Identity of the line: the same wherever the bank tells of the same movement in the same form.
    pub id: String,
    pub movement: Movement,
}

/// What a line tells of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Movement {
    Credit(Credit),
    /// No credit. It is kept beside the reason, so that nothing a bank says is lost.
    Aside(Aside, Entry),
}

/// Why a line is no credit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Aside {
    /// Money that went out.
    Debit,
    /// The bank took a credit or a debit back.
    Reversal,
    /// Announced, and not booked yet.
    Pending,
    /// Another currency than đồng.
    OtherCurrency,
    /// A day that has not come yet.
    Future,
    /// A credit below zero.
    Negative,
    /// A credit of nothing.
    Zero,
    /// The bank's reference stood in this statement already.
    Repeated,
}

impl Aside {
    /// The name that rows and logs keep.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Debit => "debit",
            Self::Reversal => "reversal",
            Self::Pending => "pending",
            Self::OtherCurrency => "other_currency",
            Self::Future => "future",
            Self::Negative => "negative",
            Self::Zero => "zero",
            Self::Repeated => "repeated",
        }
    }
}

/// A line that is no credit, as the bank wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub bank_ref: String,
    pub at: Instant,
    /// As it was written: parts of a dollar are no đồng.
    pub amount: String,
    pub currency: Currency,
    pub note: String,
}

/// What the reader has to know beside the file.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    /// What time it is: lines of later days are set aside.
    pub now: Instant,
    /// The account that the statement should be of. A file that names another is refused; one that names none is taken for this.
    pub account: Option<&'a str>,
}

/// A statement is never larger: some years of a busy account.
pub const MOST_BYTES: usize = 32 * 1024 * 1024;

/// Reads a statement of any form. MT940 and camt.053 are told by what they begin with; everything else is a CSV, whose
/// headings are looked for in the profiles, one after another.
///
/// # Errors
/// The first thing that is wrong, with its line.
pub fn read(bytes: &[u8], profiles: &[Profile], reading: Reading<'_>) -> Result<Vec<Statement>, StatementError> {
    let text = text::decode(bytes)?;
    let start = text.trim_start();
    if start.is_empty() {
        return Err(Problem::Empty.at(1));
    }
    if start.starts_with('<') {
        return camt::read(&text, reading);
    }
    if start.starts_with(":20:") || start.starts_with("{1:") {
        return mt940::read(&text, reading);
    }
    csv::read(&text, profiles, reading).map(|statement| vec![statement])
}

/// What a reader of one form found in a line, before it is known what the line is.
struct Found {
    line: usize,
    /// `None` where the bank gives no reference.
    bank_ref: Option<String>,
    at: Instant,
    amount: amount::Written,
    /// The amount as it was written.
    written: String,
    currency: Currency,
    /// What the form itself says the line is, when that is no credit.
    aside: Option<Aside>,
    note: String,
    payer_name: Option<String>,
    payer_account: Option<PayerAccount>,
}

/// How often a name stood above already, apart for what comes and for what is set aside by itself.
type Seen = HashMap<(bool, String), usize>;

/// Makes the statement of what was found.
fn made(
    account: String,
    bank_id: Option<String>,
    found: Vec<Found>,
    reading: Reading<'_>,
) -> Result<Statement, StatementError> {
    made_after(&mut Seen::new(), account, bank_id, found, reading)
}

/// Makes the statement of what was found on a page, behind the pages before it.
fn made_after(
    seen: &mut Seen,
    account: String,
    bank_id: Option<String>,
    found: Vec<Found>,
    reading: Reading<'_>,
) -> Result<Statement, StatementError> {
    let mut lines = Vec::with_capacity(found.len());
    for found in found {
        let number = found.line;
        lines.push(line_of(&account, found, seen, reading).map_err(|problem| problem.at(number))?);
    }
    let days = lines.iter().map(|line| line.movement.at().day());
    let days = days.clone().min().zip(days.max());
    let ids: Vec<&str> = lines.iter().map(|line| line.id.as_str()).collect();
    let whole = [&[account.as_str(), bank_id.as_deref().unwrap_or_default()][..], &ids[..]].concat();
    Ok(Statement { id: identity(&whole), bank_id, account, days, lines })
}

fn line_of(account: &str, found: Found, seen: &mut Seen, reading: Reading<'_>) -> Result<Line, Problem> {
    let Found { line, bank_ref, at, amount, written, currency, aside, note, payer_name, payer_account } = found;
    let payer = payer_account.as_ref().map_or("", PayerAccount::number);
    let at_text = at.0.to_string();
    let contents = [account, &at_text, &written, &note, payer_name.as_deref().unwrap_or_default(), payer];
    let own = aside.or(if currency != Currency::VND {
        Some(Aside::OtherCurrency)
    } else if amount.is_zero() {
        Some(Aside::Zero)
    } else if amount.negative {
        Some(Aside::Negative)
    } else if at.day() > reading.now.day() {
        Some(Aside::Future)
    } else {
        None
    });
    // A charge, or a payment taken back, bears the reference of the credit that it belongs to, and banks list it above as well
    // as below: only what comes is held against what came.
    let comes = matches!(own, None | Some(Aside::Future));
    // A dash stands where there is no reference.
    let given = bank_ref.filter(|reference| reference.chars().any(char::is_alphanumeric));
    let is_given = given.is_some();
    let name = given.unwrap_or_else(|| identity(&contents));
    let times = *seen.entry((comes, name.clone())).and_modify(|times| *times += 1).or_insert(1);
    let bank_ref = match (is_given, times) {
        (true, 1) => name,
        (true, _) => format!("{name}#{times}"),
        // Without a reference a line is known by all it says; of equal lines, the second is the second.
        (false, _) => format!("X{}-{times}", &name[..MADE_REF]),
    };
    let why = if comes && is_given && times > 1 { Some(Aside::Repeated) } else { own };
    let kind = why.map_or("credit", Aside::key);
    // A day that comes makes a credit of what was set aside: the identity must not know of it.
    let kind = if matches!(why, Some(Aside::Future)) { "credit" } else { kind };
    let id = identity(&[account, &bank_ref, kind, &written]);
    let movement = match why {
        Some(why) => Movement::Aside(why, Entry { bank_ref, at, amount: written, currency, note }),
        None => {
            let amount = Dong(amount.dong(&written)?);
            Movement::Credit(Credit {
                account: account.to_owned(),
                bank_ref,
                at,
                amount,
                currency,
                note,
                payer_name,
                payer_account,
            })
        }
    };
    Ok(Line { number: line, id, movement })
}

/// So many digits of a hash stand in a reference that the bank did not give.
const MADE_REF: usize = 24;

/// A hash over texts and their lengths, in hexadecimal.
fn identity(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    hex::encode(hash.finalize())
}

/// The account of a statement: the one that the file names, held against the one that was expected.
fn account_of(named: Option<String>, line: usize, reading: Reading<'_>) -> Result<String, StatementError> {
    let plain = |number: &str| number.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    match (named.filter(|number| !number.is_empty()), reading.account) {
        (Some(named), Some(expected)) if plain(&named) != plain(expected) => Err(Problem::OtherAccount.at(line)),
        (Some(_), Some(expected)) => Ok(expected.to_owned()),
        (Some(named), None) => Ok(named),
        (None, Some(expected)) => Ok(expected.to_owned()),
        (None, None) => Err(Problem::NoAccount.at(line)),
    }
}

impl Movement {
    /// When the bank booked it.
    pub const fn at(&self) -> Instant {
        match self {
            Self::Credit(credit) => credit.at,
            Self::Aside(_, entry) => entry.at,
        }
    }
}

impl Statement {
    /// The credits, in the order of the file.
    pub fn credits(&self) -> impl Iterator<Item = &Credit> {
        self.lines.iter().filter_map(|line| match &line.movement {
            Movement::Credit(credit) => Some(credit),
            Movement::Aside(..) => None,
        })
    }

    /// What is no credit, with the reason.
    pub fn aside(&self) -> impl Iterator<Item = (Aside, &Entry)> {
        self.lines.iter().filter_map(|line| match &line.movement {
            Movement::Credit(_) => None,
            Movement::Aside(why, entry) => Some((*why, entry)),
        })
    }
}

#[cfg(test)]
mod tests;
