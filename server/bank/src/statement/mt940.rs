//! MT940, the statement of SWIFT: tags at the beginnings of lines, and what goes on below them.

use super::{
    Aside, Found, Problem, Reading, Seen, Statement, StatementError, account_of,
    amount::{self, Marks, Written, shown},
    made_after,
};
use crate::credit::{Currency, PayerAccount};
use domain::{text::clean, time::Day};

/// Amounts of SWIFT: a comma, also where nothing stands behind it.
const MARKS: Marks = Marks { thousands: None, decimal: Some(',') };
/// A line of free text is broken here, also in the middle of a word.
const WIDTH: usize = 65;

/// A tag with everything that stands behind it.
struct Field<'a> {
    line: usize,
    tag: &'a str,
    /// The lines of its value, without the tag.
    value: Vec<&'a str>,
}

impl<'a> Field<'a> {
    fn first(&self) -> &'a str {
        self.value.first().map_or("", |line| line.trim())
    }

    fn wrong(&self) -> StatementError {
        Problem::Field(shown(&format!(":{}:{}", self.tag, self.first()))).at(self.line)
    }
}

/// Reads every statement of the file; a page of a longer one is a statement of its own.
pub(super) fn read(text: &str, reading: Reading<'_>) -> Result<Vec<Statement>, StatementError> {
    let fields = fields(text)?;
    let (mut statements, mut seen) = (Vec::new(), Seen::new());
    let mut rest = &fields[..];
    while let Some(first) = rest.first() {
        if first.tag != "20" {
            return Err(Problem::NoField(":20:").at(first.line));
        }
        let end = rest[1..].iter().position(|field| field.tag == "20").map_or(rest.len(), |at| at + 1);
        let (one, others) = rest.split_at(end);
        statements.push(statement(one, reading, &mut seen)?);
        rest = others;
    }
    if statements.is_empty() { Err(Problem::UnknownForm.at(1)) } else { Ok(statements) }
}

/// The tag of a line and what stands behind it: `:61:…` or `:28C:…`.
fn tagged(line: &str) -> Option<(&str, &str)> {
    let (tag, value) = line.strip_prefix(':')?.split_once(':')?;
    let is_tag = matches!(tag.len(), 2 | 3)
        && tag.bytes().take(2).all(|byte| byte.is_ascii_digit())
        && tag.bytes().skip(2).all(|byte| byte.is_ascii_uppercase());
    is_tag.then_some((tag, value))
}

fn fields(text: &str) -> Result<Vec<Field<'_>>, StatementError> {
    let mut fields: Vec<Field<'_>> = Vec::new();
    for (i, line) in text.lines().enumerate() {
        let line = line.trim_end();
        // The envelope of the message.
        let line = if line.starts_with("{1:") { line.split_once("{4:").map_or("", |(_, behind)| behind) } else { line };
        if line.is_empty() || line == "-" || line.starts_with("-}") || (line.starts_with('{') && line.ends_with('}')) {
            continue;
        }
        if let Some((tag, value)) = tagged(line) {
            fields.push(Field { line: i + 1, tag, value: vec![value] });
        } else if let Some(field) = fields.last_mut() {
            field.value.push(line);
        } else {
            return Err(Problem::Field(shown(line)).at(i + 1));
        }
    }
    Ok(fields)
}

fn statement(fields: &[Field<'_>], reading: Reading<'_>, seen: &mut Seen) -> Result<Statement, StatementError> {
    let end = fields.last().map_or(1, |field| field.line);
    let need = |tags: &[&str], name: &'static str| {
        fields.iter().find(|field| tags.contains(&field.tag)).ok_or_else(|| Problem::NoField(name).at(end))
    };
    let account = need(&["25", "25P"], ":25:")?;
    let number = need(&["28C", "28"], ":28C:")?;
    let opening = need(&["60F", "60M"], ":60F:")?;
    // A page that goes on holds other payments than the pages before it, also where they say the same.
    if opening.tag != "60M" {
        seen.clear();
    }
    // A file that was cut off ends before the closing balance.
    let closing = fields.iter().find(|field| matches!(field.tag, "62F" | "62M")).ok_or_else(|| Problem::Cut.at(end))?;
    let (from, currency) = balance(opening)?;
    let (to, closing_currency) = balance(closing)?;
    if currency != closing_currency {
        return Err(closing.wrong());
    }
    let (mut found, mut sum): (Vec<Found>, i128) = (Vec::new(), from);
    let mut open = false;
    for field in fields {
        match field.tag {
            "61" => {
                let (entry, effect) = entry(field, currency).ok_or_else(|| field.wrong())?;
                sum += effect;
                found.push(entry);
                open = true;
            }
            // One tag tells more of the entry above it; the one below the closing balance is of the whole statement.
            "86" if open => {
                if let Some(entry) = found.last_mut() {
                    explain(field, entry);
                }
                open = false;
            }
            "20" | "21" | "25" | "25P" | "28" | "28C" | "60F" | "60M" | "62F" | "62M" | "64" | "65" | "86" | "13D"
            | "34F" | "90C" | "90D" => open = false,
            _ => return Err(field.wrong()),
        }
    }
    if sum != to {
        return Err(Problem::Balance.at(closing.line));
    }
    // `bank/number`, where the bank puts itself before the account.
    let named = account.first();
    let named = named.rsplit_once('/').map_or(named, |(_, number)| number);
    let account = account_of(Some(named.to_owned()), account.line, reading)?;
    let bank_id = format!("{} {}", fields.first().map_or("", Field::first), number.first());
    made_after(seen, account, Some(bank_id), found, reading)
}

/// `C261123VND1000,`: a balance in hundredths, and its currency.
fn balance(field: &Field<'_>) -> Result<(i128, Currency), StatementError> {
    let read = || {
        let text = field.first();
        let (side, rest) = text.split_at_checked(1)?;
        let (date, rest) = rest.split_at_checked(6)?;
        let (currency, amount) = rest.split_at_checked(3)?;
        day(date)?;
        let written = amount_of(amount)?;
        let size = written.hundredths();
        let size = match side {
            "C" => size,
            "D" => -size,
            _ => return None,
        };
        Some((size, currency.parse().ok()?))
    };
    read().ok_or_else(|| field.wrong())
}

/// An amount of SWIFT, which has a comma always and no sign.
fn amount_of(text: &str) -> Option<Written> {
    let plain = text.contains(',') && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b',');
    plain.then(|| amount::read(text, MARKS).ok()).flatten()
}

/// `261123`, in this century.
fn day(text: &str) -> Option<Day> {
    let number = |at: std::ops::Range<usize>| text.get(at)?.parse::<u8>().ok();
    if text.len() != 6 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Day::from_ymd(2000 + i32::from(number(0..2)?), number(2..4)?, number(4..6)?)
}

/// The day of an entry, `MMDD`, of the year that is nearest to its value day.
fn booked_on(text: &str, value: Day) -> Option<Day> {
    let (month, date) = (text.get(..2)?.parse::<u8>().ok()?, text.get(2..)?.parse::<u8>().ok()?);
    let (year, value_month, _) = value.ymd();
    let year = match (value_month, month) {
        (12, 1) => year + 1,
        (1, 12) => year - 1,
        _ => year,
    };
    Day::from_ymd(year, month, date)
}

/// An entry as it stands, `2611231123C8000,NTRFNONREF//FT26327000001`, and what it does to the balance in hundredths.
/// `None` when it cannot be read.
fn entry(field: &Field<'_>, currency: Currency) -> Option<(Found, i128)> {
    let text = field.first();
    let (date, rest) = text.split_at_checked(6)?;
    let value = day(date)?;
    let dated = rest.len() >= 4 && rest.bytes().take(4).all(|byte| byte.is_ascii_digit());
    let (booked, rest) = if dated {
        let (month_day, rest) = rest.split_at_checked(4)?;
        (booked_on(month_day, value)?, rest)
    } else {
        (value, rest)
    };
    let marks = [
        ("RC", Some(Aside::Reversal), -1),
        ("RD", Some(Aside::Reversal), 1),
        ("EC", Some(Aside::Pending), 0),
        ("ED", Some(Aside::Pending), 0),
        ("C", None, 1),
        ("D", Some(Aside::Debit), -1),
    ];
    let (mark, aside, sign) = marks.into_iter().find(|(mark, ..)| rest.starts_with(mark))?;
    let rest = &rest[mark.len()..];
    // The third letter of the currency may stand here.
    let rest = rest.strip_prefix(|c: char| c.is_ascii_uppercase()).unwrap_or(rest);
    let (written, rest) = rest.split_at(rest.find(|c: char| !(c.is_ascii_digit() || c == ','))?);
    let amount = amount_of(written)?;
    let (kind, references) = rest.split_at_checked(4)?;
    if !kind.starts_with(['N', 'F', 'S']) || !kind.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    // What stands before the strokes is a word of the payer's, and may come again tomorrow: only the bank's names a payment.
    let bank_ref = references.split_once("//").map(|(_, bank)| bank.trim()).filter(|text| *text != "NONREF");
    let bank_ref = bank_ref.map(str::to_owned);
    let found = Found {
        line: field.line,
        bank_ref,
        at: booked.start(),
        amount,
        written: written.to_owned(),
        currency,
        aside,
        note: clean(&field.value[1..].join(" ")),
        payer_name: None,
        payer_account: None,
    };
    Some((found, amount.hundredths() * sign))
}

/// What `:86:` says of the entry above it: in subfields `?20…?29` the words, `?31` the account, `?32` and `?33` the name; or in
/// free text.
fn explain(field: &Field<'_>, entry: &mut Found) {
    let text = unbroken(&field.value);
    if !text.contains("?20") {
        let note = clean(&text);
        entry.note = if note.is_empty() { std::mem::take(&mut entry.note) } else { note };
        return;
    }
    let (mut note, mut name) = (String::new(), String::new());
    for part in text.split('?').skip(1) {
        let Some((code, value)) = part.split_at_checked(2) else { continue };
        match code {
            "20" | "21" | "22" | "23" | "24" | "25" | "26" | "27" | "28" | "29" | "60" | "61" | "62" | "63" => {
                note.push_str(value);
            }
            "31" => entry.payer_account = PayerAccount::new(value),
            "32" | "33" => name.push_str(value),
            _ => {}
        }
    }
    entry.note = clean(&note);
    entry.payer_name = Some(clean(&name)).filter(|name| !name.is_empty());
}

/// Lines as one: a full line was broken by its width, a shorter one by whoever wrote it.
fn unbroken(lines: &[&str]) -> String {
    let (mut text, mut in_subfields) = (String::new(), false);
    for (i, line) in lines.iter().enumerate() {
        text.push_str(line);
        // Asked of the line, not of all that was read: a file may have a great many of them.
        in_subfields = in_subfields || line.contains("?20");
        if i + 1 < lines.len() && line.chars().count() < WIDTH && !in_subfields {
            text.push(' ');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_of_an_entry_is_of_the_nearest_year() {
        let value = |text: &str| day(text).expect("a day");
        assert_eq!(booked_on("1231", value("270101")), day("261231"));
        assert_eq!(booked_on("0102", value("261231")), day("270102"));
        assert_eq!(booked_on("0230", value("260228")), None, "there is no such day");
        assert_eq!(day("26112"), None);
        assert_eq!(day("26+123"), None);
    }

    #[test]
    fn an_amount_has_a_comma_and_no_sign() {
        for text in ["8000", "-8000,", "+8000,", "8 000,", "", ","] {
            assert!(amount_of(text).is_none(), "{text}");
        }
        assert_eq!(amount_of("8000,").map(Written::hundredths), Some(800_000));
    }
}
