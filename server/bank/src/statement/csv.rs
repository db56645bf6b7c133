//! The CSV of a bank, by its [`Profile`].

use super::{
    Aside, Found, Problem, Profile, Reading, Statement, StatementError, account_of,
    amount::{self, Marks, Written, shown},
    made,
    rows::{Row, rows},
};
use crate::credit::{Currency, PayerAccount};
use domain::{
    text::{clean, fold},
    time::{Day, Instant, TimeOfDay},
};

/// The headings stand in one of the first rows: above them are names, addresses and the account.
const HEADINGS_WITHIN: usize = 60;

/// Where the columns stand in the rows of one file.
#[derive(Debug, Default)]
struct Places {
    date: usize,
    time: Option<usize>,
    reference: Option<usize>,
    credit: Option<usize>,
    debit: Option<usize>,
    amount: Option<usize>,
    balance: Option<usize>,
    currency: Option<usize>,
    note: usize,
    payer_name: Option<usize>,
    payer_account: Option<usize>,
    /// The last column that an entry has to reach.
    last: usize,
}

/// Reads a CSV by the first profile whose headings it has; of several, the one that knows most of its columns.
pub(super) fn read(text: &str, profiles: &[Profile], reading: Reading<'_>) -> Result<Statement, StatementError> {
    let mut best: Option<(usize, Shape<'_>)> = None;
    let mut fault = None;
    // Read by another separator than its own, a good file has quotation marks out of place.
    let likely = [',', ';', '\t', '|'].into_iter().max_by_key(|separator| text.matches(*separator).count());
    for profile in profiles.iter().filter(|profile| profile.check().is_ok()) {
        let rows = match rows(text, profile.separator) {
            Ok(rows) => rows,
            Err(error) => {
                if likely == Some(profile.separator) {
                    fault.get_or_insert(error);
                }
                continue;
            }
        };
        match headings(&rows, profile) {
            Ok(Some((at, places, known))) => {
                if best.as_ref().is_none_or(|(most, _)| known > *most) {
                    best = Some((known, Shape { profile, rows, at, places }));
                }
            }
            Ok(None) => {}
            Err(error) => {
                fault.get_or_insert(error);
            }
        }
    }
    match best {
        Some((_, shape)) => shape.read(reading),
        // A quotation mark out of place hides the headings from every profile with that separator.
        None => Err(fault.unwrap_or(Problem::NoHeadings.at(1))),
    }
}

/// A file whose headings were found.
struct Shape<'a> {
    profile: &'a Profile,
    rows: Vec<Row>,
    /// The row of the headings.
    at: usize,
    places: Places,
}

/// The row of the headings, where the columns are, and how many of them are known.
fn headings(rows: &[Row], profile: &Profile) -> Result<Option<(usize, Places, usize)>, StatementError> {
    for (at, row) in rows.iter().enumerate().take(HEADINGS_WITHIN) {
        let names: Vec<String> = row.fields.iter().map(|field| fold(field)).collect();
        let place = |wanted: &[String]| -> Result<Option<usize>, StatementError> {
            for name in wanted.iter().map(|name| fold(name)) {
                let mut found = names.iter().enumerate().filter(|(_, heading)| **heading == name);
                if let Some((place, _)) = found.next() {
                    return match found.next() {
                        Some(_) => Err(Problem::HeadingTwice(shown(&row.fields[place])).at(row.line)),
                        None => Ok(Some(place)),
                    };
                }
            }
            Ok(None)
        };
        let columns = &profile.columns;
        let (Some(date), Some(note)) = (place(&columns.date)?, place(&columns.note)?) else { continue };
        let (credit, debit, amount) = (place(&columns.credit)?, place(&columns.debit)?, place(&columns.amount)?);
        if credit.is_none() && amount.is_none() {
            continue;
        }
        let mut places = Places {
            date,
            time: place(&columns.time)?,
            reference: place(&columns.reference)?,
            credit,
            debit,
            amount,
            balance: place(&columns.balance)?,
            currency: place(&columns.currency)?,
            note,
            payer_name: place(&columns.payer_name)?,
            payer_account: place(&columns.payer_account)?,
            last: 0,
        };
        let others = [
            places.time,
            places.reference,
            credit,
            debit,
            amount,
            places.balance,
            places.currency,
            places.payer_name,
            places.payer_account,
        ];
        let known: Vec<usize> = others.into_iter().flatten().chain([date, note]).collect();
        places.last = known.iter().copied().max().unwrap_or(note);
        return Ok(Some((at, places, known.len())));
    }
    Ok(None)
}

/// Whether the first thing in the row begins with one of those words.
fn begins_with(row: &Row, words: &[String]) -> bool {
    let Some(first) = row.fields.iter().find(|field| !field.trim().is_empty()) else { return false };
    let first = fold(first);
    words.iter().any(|words| first.starts_with(&fold(words)))
}

/// What a row says of the balance: what moved it, and what it was then, by the line it stands on.
struct Balanced {
    line: usize,
    change: i64,
    after: i64,
}

impl Shape<'_> {
    fn read(self, reading: Reading<'_>) -> Result<Statement, StatementError> {
        let account = account_of(self.account(), self.rows[self.at].line, reading)?;
        let (mut found, mut balances, mut closed) = (Vec::new(), Vec::new(), false);
        for row in self.rows[self.at + 1..].iter().filter(|row| !row.is_blank()) {
            let fault = |problem: Problem| problem.at(row.line);
            // Where the note stands first, a payer's words could pass for those of a closing row: it has no day with an amount.
            let is_entry = self.day(row.field(self.places.date)).is_some()
                && self.moved(row).is_ok_and(|(amount, ..)| !amount.is_zero());
            if !is_entry && begins_with(row, &self.profile.closing) {
                closed = true;
                continue;
            }
            if !is_entry && found.is_empty() && begins_with(row, &self.profile.opening) {
                continue;
            }
            if closed {
                // Signatures and remarks may follow; an entry would be one that the sums do not count.
                if self.day(row.field(self.places.date)).is_some() {
                    return Err(fault(Problem::EntryBelow));
                }
                continue;
            }
            if row.fields.len() <= self.places.last {
                return Err(fault(Problem::ShortRow));
            }
            let entry = self.entry(row).map_err(fault)?;
            if let Some(column) = self.places.balance.filter(|_| entry.currency == Currency::VND) {
                let text = row.field(column);
                if !text.is_empty() {
                    let after = amount::read(text, self.marks()).and_then(|it| it.dong(text)).map_err(fault)?;
                    let moved = entry.amount.dong(&entry.written).map_err(fault)?;
                    let out = entry.aside == Some(Aside::Debit);
                    balances.push(Balanced { line: row.line, change: if out { -moved } else { moved }, after });
                }
            }
            found.push(entry);
        }
        if balances.len() == found.len() {
            follow(&balances)?;
        }
        made(account, None, found, reading)
    }

    fn marks(&self) -> Marks {
        Marks { thousands: self.profile.thousands, decimal: self.profile.decimal }
    }

    /// The number of the account, from the rows above the headings: behind its words in the same field, or in the next one
    /// that is not empty.
    fn account(&self) -> Option<String> {
        for row in &self.rows[..self.at] {
            for (i, field) in row.fields.iter().enumerate() {
                let (words, behind) = field.split_once(':').unwrap_or((field.as_str(), ""));
                let words = fold(words);
                if !self.profile.account.iter().any(|name| fold(name) == words) {
                    continue;
                }
                let next = || row.fields[i + 1..].iter().map(|field| field.trim()).find(|field| !field.is_empty());
                let number = Some(behind.trim()).filter(|number| !number.is_empty()).or_else(next)?;
                // Some write the currency or the holder behind the number.
                let number = number.split_whitespace().next()?;
                return Some(number.trim_matches('\'').to_owned());
            }
        }
        None
    }

    fn day(&self, text: &str) -> Option<Instant> {
        self.profile.dates.iter().find_map(|form| moment(text, form))
    }

    fn entry(&self, row: &Row) -> Result<Found, Problem> {
        let places = &self.places;
        let optional = |place: Option<usize>| place.map_or("", |place| row.field(place));
        let date = row.field(places.date);
        let mut at = self.day(date).ok_or_else(|| Problem::Date(shown(date)))?;
        let time = optional(places.time);
        if !time.is_empty() {
            let time: TimeOfDay = time.parse().map_err(|_| Problem::Date(shown(time)))?;
            at = at.day().at(time);
        }
        let currency = match optional(places.currency) {
            "" => Currency::VND,
            text => text.parse().map_err(|_| Problem::Currency(shown(text)))?,
        };
        let (amount, written, debit) = self.moved(row)?;
        Ok(Found {
            line: row.line,
            bank_ref: Some(optional(places.reference).trim_matches('\'').to_owned()),
            at,
            amount,
            written,
            currency,
            aside: debit.then_some(Aside::Debit),
            note: clean(row.field(places.note)),
            payer_name: Some(clean(optional(places.payer_name))).filter(|name| !name.is_empty()),
            payer_account: PayerAccount::new(optional(places.payer_account).trim_matches('\'')),
        })
    }

    /// What moved, how it was written, and whether it went out.
    fn moved(&self, row: &Row) -> Result<(Written, String, bool), Problem> {
        let read = |place: Option<usize>| -> Result<Option<(Written, String)>, Problem> {
            let text = place.map_or("", |place| row.field(place));
            // Empty columns are written in several ways.
            if text.is_empty() || text == "-" {
                return Ok(None);
            }
            Ok(Some((amount::read(text, self.marks())?, text.to_owned())))
        };
        if let Some((written, text)) = read(self.places.amount)? {
            let size = Written { negative: false, ..written };
            return Ok((size, text, written.negative));
        }
        let (credit, debit) = (read(self.places.credit)?, read(self.places.debit)?);
        match (credit, debit) {
            (Some((credit, _)), Some((debit, _))) if !credit.is_zero() && !debit.is_zero() => Err(Problem::NoAmount),
            // Some banks write what went out with a minus in its own column: it went out all the same.
            (_, Some((written, text))) if !written.is_zero() => {
                Ok((Written { negative: false, ..written }, text, true))
            }
            (Some((written, text)), _) => Ok((written, text, false)),
            (None, Some((written, text))) => Ok((written, text, true)),
            (None, None) => Err(Problem::NoAmount),
        }
    }
}

/// Holds balances against what moved them, in whichever order the bank lists its lines. Banks list the newest first or last.
fn follow(balances: &[Balanced]) -> Result<(), StatementError> {
    let fits = |earlier: &Balanced, later: &Balanced| earlier.after.checked_add(later.change) == Some(later.after);
    let down = balances.windows(2).find(|pair| !fits(&pair[0], &pair[1]));
    let up = balances.windows(2).find(|pair| !fits(&pair[1], &pair[0]));
    match (down, up) {
        // The order that goes further is the one that was meant.
        (Some(down), Some(up)) => Err(Problem::Balance.at(down[1].line.max(up[1].line))),
        _ => Ok(()),
    }
}

/// Reads a moment by a form such as `dd/MM/yyyy HH:mm`; `None` when it is written otherwise or is no moment.
fn moment(text: &str, form: &str) -> Option<Instant> {
    let mut digits = text.chars();
    // Year, month, day, hour, minute, second.
    let mut parts = [0_u32; 6];
    for letter in form.chars() {
        let next = digits.next()?;
        match "yMdHms".find(letter) {
            Some(part) => parts[part] = parts[part] * 10 + next.to_digit(10)?,
            None if next == letter => {}
            None => return None,
        }
    }
    if digits.next().is_some() {
        return None;
    }
    let [year, month, day, hour, minute, second] = parts;
    let day = Day::from_ymd(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?)?;
    let in_day = hour < 24 && minute < 60 && second < 60;
    in_day.then(|| day.at(TimeOfDay((hour * 3600 + minute * 60 + second) * 1000)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_read_by_the_form_of_the_bank() {
        let at = |text: &str, form: &str| moment(text, form).map(|at| at.to_string());
        assert_eq!(at("23/11/2026", "dd/MM/yyyy"), Some("2026-11-23T00:00:00+07:00".into()));
        assert_eq!(at("23-11-2026 17:05:09", "dd-MM-yyyy HH:mm:ss"), Some("2026-11-23T17:05:09+07:00".into()));
        for text in ["23/11/26", "2026/11/23", "31/02/2026", "23/11/2026 17:00", "00/00/0000", "aa/bb/cccc", ""] {
            assert_eq!(at(text, "dd/MM/yyyy"), None, "{text}");
        }
        assert_eq!(at("23/11/2026 24:00", "dd/MM/yyyy HH:mm"), None);
    }
}
