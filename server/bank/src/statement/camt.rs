//! camt.053, the statement of ISO 20022, in any of its versions: elements are found by their names alone.

use super::{
    Aside, Found, Problem, Reading, Statement, StatementError, account_of,
    amount::{self, Marks, Written, shown},
    made,
};
use crate::credit::{Currency, PayerAccount};
use domain::{
    text::clean,
    time::{Day, Instant, TimeOfDay},
};
use roxmltree::{Document, Node, ParsingOptions};
use std::collections::HashMap;

/// Amounts of ISO 20022.
const MARKS: Marks = Marks { thousands: None, decimal: Some('.') };
/// More elements than a statement has: the reader holds them all.
const MOST_NODES: u32 = 4_000_000;

/// Reads every statement of the file.
pub(super) fn read(text: &str, reading: Reading<'_>) -> Result<Vec<Statement>, StatementError> {
    let options = ParsingOptions { nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options)
        .map_err(|error| Problem::Xml(shown(&error.to_string())).at((error.pos().row as usize).max(1)))?;
    let file = File { lines: text.match_indices('\n').map(|(at, _)| at).collect(), reading };
    let root = document.root_element();
    if name_of(root) != "Document" {
        return Err(Problem::UnknownForm.at(file.line(root)));
    }
    let Some(message) = child(root, "BkToCstmrStmt") else { return Err(Problem::UnknownForm.at(file.line(root))) };
    let statements = children(message, "Stmt").map(|node| file.statement(node)).collect::<Result<Vec<_>, _>>()?;
    if statements.is_empty() {
        return Err(Problem::NoElement("Stmt").at(file.line(message)));
    }
    Ok(statements)
}

struct File<'a> {
    /// Where the lines end, to tell on which one a byte lies.
    lines: Vec<usize>,
    reading: Reading<'a>,
}

fn name_of<'a>(node: Node<'a, '_>) -> &'a str {
    node.tag_name().name()
}

fn children<'a, 'i: 'a>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(move |child| child.is_element() && child.tag_name().name() == name)
}

fn child<'a, 'i: 'a>(node: Node<'a, 'i>, name: &'static str) -> Option<Node<'a, 'i>> {
    children(node, name).next()
}

/// The element at the end of a path of names.
fn find<'a, 'i: 'a>(node: Node<'a, 'i>, path: &[&'static str]) -> Option<Node<'a, 'i>> {
    path.iter().try_fold(node, |node, name| child(node, name))
}

/// What stands in the element at the end of a path, without outer spaces; `None` when that is nothing.
fn text_at<'a, 'i: 'a>(node: Node<'a, 'i>, path: &[&'static str]) -> Option<&'a str> {
    find(node, path).and_then(|node| node.text()).map(str::trim).filter(|text| !text.is_empty())
}

/// The first of several paths that holds something.
fn first_text<'a, 'i: 'a>(node: Node<'a, 'i>, paths: &[&[&'static str]]) -> Option<&'a str> {
    paths.iter().copied().find_map(|path| text_at(node, path))
}

impl File<'_> {
    fn line(&self, node: Node<'_, '_>) -> usize {
        1 + self.lines.partition_point(|end| *end < node.range().start)
    }

    fn need<'a, 'i: 'a>(&self, node: Node<'a, 'i>, name: &'static str) -> Result<Node<'a, 'i>, StatementError> {
        child(node, name).ok_or_else(|| Problem::NoElement(name).at(self.line(node)))
    }

    fn statement(&self, node: Node<'_, '_>) -> Result<Statement, StatementError> {
        let number = first_text(node, &[&["Acct", "Id", "IBAN"], &["Acct", "Id", "Othr", "Id"]]);
        let account = account_of(number.map(str::to_owned), self.line(node), self.reading)?;
        let (mut found, mut booked) = (Vec::new(), HashMap::new());
        for entry in children(node, "Ntry") {
            let (entries, currency, effect) = self.entry(entry)?;
            *booked.entry(currency).or_insert(0_i128) += effect;
            found.extend(entries);
        }
        self.count(node)?;
        self.balance(node, &booked)?;
        made(account, text_at(node, &["Id"]).map(str::to_owned), found, self.reading)
    }

    /// The number of entries that the statement itself gives, when it does.
    fn count(&self, node: Node<'_, '_>) -> Result<(), StatementError> {
        let Some(said) = find(node, &["TxsSummry", "TtlNtries", "NbOfNtries"]) else { return Ok(()) };
        let held = children(node, "Ntry").count();
        match said.text().map(str::trim).and_then(|text| text.parse::<usize>().ok()) {
            Some(said) if said == held => Ok(()),
            _ => Err(Problem::Count.at(self.line(said))),
        }
    }

    /// Opening and closing balance have to follow from the entries, where the statement gives both in one currency.
    fn balance(&self, node: Node<'_, '_>, booked: &HashMap<Currency, i128>) -> Result<(), StatementError> {
        let (mut opening, mut closing) = (None, None);
        for balance in children(node, "Bal") {
            let (amount, currency, _) = self.amount(balance)?;
            let amount = if self.is_debit(balance)? { -amount.hundredths() } else { amount.hundredths() };
            match text_at(balance, &["Tp", "CdOrPrtry", "Cd"]) {
                Some("OPBD") => opening = Some((amount, currency)),
                Some("PRCD") if opening.is_none() => opening = Some((amount, currency)),
                Some("CLBD") => closing = Some((amount, currency, self.line(balance))),
                _ => {}
            }
        }
        if let (Some((from, currency)), Some((to, other, line))) = (opening, closing)
            && currency == other
            && from + booked.get(&currency).copied().unwrap_or(0) != to
        {
            return Err(Problem::Balance.at(line));
        }
        Ok(())
    }

    /// The amount of an element, its currency, and how it was written.
    fn amount(&self, node: Node<'_, '_>) -> Result<(Written, Currency, String), StatementError> {
        let amount = self.need(node, "Amt")?;
        let line = self.line(amount);
        let text = amount.text().map_or("", str::trim);
        let written = amount::read(text, MARKS).map_err(|problem| problem.at(line))?;
        let currency = amount.attribute("Ccy").unwrap_or_default();
        let currency = currency.parse().map_err(|_| Problem::Currency(shown(currency)).at(line))?;
        Ok((written, currency, text.to_owned()))
    }

    fn is_debit(&self, node: Node<'_, '_>) -> Result<bool, StatementError> {
        let side = self.need(node, "CdtDbtInd")?;
        match side.text().map(str::trim) {
            Some("CRDT") => Ok(false),
            Some("DBIT") => Ok(true),
            _ => Err(Problem::Element("CdtDbtInd").at(self.line(side))),
        }
    }

    /// What an entry tells of, payment by payment, and what it did to the balance, in hundredths.
    fn entry(&self, entry: Node<'_, '_>) -> Result<(Vec<Found>, Currency, i128), StatementError> {
        let line = self.line(entry);
        let (amount, currency, written) = self.amount(entry)?;
        let debit = self.is_debit(entry)?;
        let booked = match first_text(entry, &[&["Sts", "Cd"], &["Sts"]]) {
            Some("BOOK") => true,
            Some("PDNG" | "INFO" | "FUTR") => false,
            Some(_) => return Err(Problem::Element("Sts").at(line)),
            None => return Err(Problem::NoElement("Sts").at(line)),
        };
        let reversal = matches!(text_at(entry, &["RvslInd"]), Some("true" | "1"));
        let aside = match (booked, reversal, debit) {
            (false, ..) => Some(Aside::Pending),
            (_, true, _) => Some(Aside::Reversal),
            (.., true) => Some(Aside::Debit),
            _ => None,
        };
        let shared = Shared { entry, line, at: self.moment(entry)?, currency, aside };
        // Not `NtryRef`: many banks count by it within one statement, and begin anew in the next.
        let own = text_at(entry, &["AcctSvcrRef"]);
        let effect = match (booked, debit) {
            (false, _) => 0,
            (true, true) => -amount.hundredths(),
            (true, false) => amount.hundredths(),
        };
        let details: Vec<Node<'_, '_>> =
            children(entry, "NtryDtls").flat_map(|details| children(details, "TxDtls")).collect();
        if details.len() < 2 {
            let first = details.first().copied();
            let bank_ref = own.map(str::to_owned).or_else(|| first.and_then(reference_of));
            return Ok((vec![self.found(&shared, first, amount, written, bank_ref)], currency, effect));
        }
        // One entry over several payments: each has to say its own amount, and together they are the entry's.
        let (mut parts, mut sum) = (Vec::new(), 0_i128);
        for (i, node) in details.iter().copied().enumerate() {
            let place = if child(node, "Amt").is_some() { Some(node) } else { find(node, &["AmtDtls", "TxAmt"]) };
            let place = place.ok_or_else(|| Problem::NoElement("Amt").at(self.line(node)))?;
            let (part, part_currency, written) = self.amount(place)?;
            if part_currency != currency {
                return Err(Problem::Element("Amt").at(self.line(place)));
            }
            sum += part.hundredths();
            let bank_ref = reference_of(node).or_else(|| own.map(|own| format!("{own}/{}", i + 1)));
            parts.push(self.found(&shared, Some(node), part, written, bank_ref));
        }
        if sum != amount.hundredths() {
            return Err(Problem::Balance.at(line));
        }
        Ok((parts, currency, effect))
    }

    /// One payment of an entry.
    fn found(
        &self,
        shared: &Shared<'_, '_>,
        details: Option<Node<'_, '_>>,
        amount: Written,
        written: String,
        bank_ref: Option<String>,
    ) -> Found {
        let name = details
            .and_then(|node| first_text(node, &[&["RltdPties", "Dbtr", "Nm"], &["RltdPties", "Dbtr", "Pty", "Nm"]]));
        let number = details
            .and_then(|node| find(node, &["RltdPties", "DbtrAcct", "Id"]))
            .and_then(|id| first_text(id, &[&["IBAN"], &["Othr", "Id"]]));
        Found {
            line: details.map_or(shared.line, |node| self.line(node)),
            bank_ref,
            at: shared.at,
            amount,
            written,
            currency: shared.currency,
            aside: shared.aside,
            note: note_of(shared.entry, details),
            payer_name: name.map(clean),
            payer_account: number.and_then(PayerAccount::new),
        }
    }

    fn moment(&self, entry: Node<'_, '_>) -> Result<Instant, StatementError> {
        let date = self.need(entry, "BookgDt").or_else(|missing| child(entry, "ValDt").ok_or(missing))?;
        let text = first_text(date, &[&["DtTm"], &["Dt"]]).unwrap_or_default();
        moment(text).ok_or_else(|| Problem::Date(shown(text)).at(self.line(date)))
    }
}

/// What the payments of one entry have in common.
struct Shared<'a, 'i: 'a> {
    entry: Node<'a, 'i>,
    line: usize,
    at: Instant,
    currency: Currency,
    aside: Option<Aside>,
}

/// What the bank calls one payment of an entry.
fn reference_of(details: Node<'_, '_>) -> Option<String> {
    text_at(details, &["Refs", "AcctSvcrRef"]).map(str::to_owned)
}

fn note_of(entry: Node<'_, '_>, details: Option<Node<'_, '_>>) -> String {
    let lines: Vec<&str> = details
        .and_then(|node| child(node, "RmtInf"))
        .map(|info| children(info, "Ustrd").filter_map(|line| line.text()).collect())
        .unwrap_or_default();
    let note = clean(&lines.join(" "));
    if note.is_empty() { clean(text_at(entry, &["AddtlNtryInf"]).unwrap_or_default()) } else { note }
}

/// A date, or a date and time with or without an offset; without one it is Việt Nam's.
fn moment(text: &str) -> Option<Instant> {
    let Some((day, rest)) = text.split_once('T') else { return text.parse::<Day>().ok().map(Day::start) };
    let day: Day = day.parse().ok()?;
    let (time, rest) = rest.split_at_checked(8)?;
    let time: TimeOfDay = time.parse().ok()?;
    // Parts of a second are dropped.
    let rest = rest.strip_prefix('.').map_or(rest, |rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    let local = day.at(time);
    let offset_minutes = match rest {
        "" => return Some(local),
        "Z" => 0,
        _ => {
            let (sign, rest) = match rest.strip_prefix('+') {
                Some(rest) => (1_i64, rest),
                None => (-1, rest.strip_prefix('-')?),
            };
            let (hours, minutes) = rest.parse::<TimeOfDay>().ok()?.hour_minute();
            sign * i64::from(hours * 60 + minutes)
        }
    };
    Some(local.plus_ms((VIETNAM_MINUTES - offset_minutes) * 60_000))
}

/// Minutes that Việt Nam is ahead of UTC.
const VIETNAM_MINUTES: i64 = 7 * 60;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_read_with_any_offset() {
        let at = |text: &str| moment(text).map(|at| at.to_string());
        for text in [
            "2026-11-23T09:30:00",
            "2026-11-23T09:30:00.250+07:00",
            "2026-11-23T02:30:00Z",
            "2026-11-22T21:30:00-05:00",
        ] {
            assert_eq!(at(text), Some("2026-11-23T09:30:00+07:00".into()), "{text}");
        }
        assert_eq!(at("2026-11-23"), Some("2026-11-23T00:00:00+07:00".into()));
        for text in ["", "2026-11-31", "2026-11-23T", "2026-11-23T9:30", "2026-11-23T09:30:00+7", "2026-11-23T09:30:0ố"]
        {
            assert_eq!(at(text), None, "{text}");
        }
    }
}
