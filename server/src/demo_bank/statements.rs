//! Statements of the book in the forms that banks write: CSV, camt.053 and MT940.

use super::{DemoBank, ledger::Payment, pages::escaped};
use axum::{
    extract::{Path, Query, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::time::{Day, Instant};
use serde::Deserialize;
use std::fmt::Write as _;

/// The form of a statement.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    #[default]
    Csv,
    Camt,
    Mt940,
}

/// Which statement is wanted.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    dang: Form,
    /// The first and the last day, `2026-11-23`; everything without them.
    tu: Option<Day>,
    den: Option<Day>,
}

pub(super) async fn download(
    State(bank): State<DemoBank>,
    Path(account): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Response {
    let plain = !account.is_empty() && account.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !plain {
        return StatusCode::NOT_FOUND.into_response();
    }
    let payments = bank.0.ledger.payments();
    let today = bank.0.clock.now().day();
    let (from, to) = (wanted.tu.unwrap_or(Day(0)), wanted.den.unwrap_or(today));
    let (kind, ending) = match wanted.dang {
        Form::Csv => ("text/csv; charset=utf-8", "csv"),
        Form::Camt => ("application/xml", "xml"),
        Form::Mt940 => ("text/plain; charset=utf-8", "sta"),
    };
    let text = write(wanted.dang, &account, &payments, (from, to));
    let name = format!("attachment; filename=\"sao-ke-{account}.{ending}\"");
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)], text).into_response()
}

/// The entries of one account between two days, and what was on it before.
struct Book<'a> {
    account: &'a str,
    before: i64,
    entries: Vec<&'a Payment>,
    days: (Day, Day),
}

/// The statement of an account over those days, the first and the last included.
pub fn write(form: Form, account: &str, payments: &[Payment], days: (Day, Day)) -> String {
    let day = |payment: &Payment| Instant(payment.at).day();
    let own = || payments.iter().filter(|payment| payment.account == account);
    let book = Book {
        account,
        before: own().filter(|payment| day(payment) < days.0).map(|payment| payment.amount).sum(),
        entries: own().filter(|payment| (days.0..=days.1).contains(&day(payment))).collect(),
        days,
    };
    match form {
        Form::Csv => book.csv(),
        Form::Camt => book.camt(),
        Form::Mt940 => book.mt940(),
    }
}

impl Book<'_> {
    fn after(&self) -> i64 {
        self.before + self.entries.iter().map(|payment| payment.amount).sum::<i64>()
    }

    /// Read by the profile `demo` of the crate `bank`. Headings are a form's, not a page's.
    fn csv(&self) -> String {
        let mut text = format!("\u{feff}Số tài khoản,{}\r\n\r\n", self.account);
        text.push_str(
            "Thời điểm,Mã bút toán,Ghi nợ đồng,Ghi có đồng,Số dư sau bút toán,Loại tiền,Người chuyển,Tài khoản chuyển,Nội dung \
             chuyển khoản\r\n",
        );
        let mut balance = self.before;
        for payment in &self.entries {
            balance += payment.amount;
            let at = Instant(payment.at);
            let second = at.time_of_day().0 / 1000 % 60;
            let cells = [
                format!("{} {}:{second:02}", at.day(), at.time_of_day()),
                payment.reference.clone(),
                String::new(),
                payment.amount.to_string(),
                balance.to_string(),
                "VND".into(),
                payment.payer_name.clone(),
                payment.payer_account.clone(),
                payment.note.clone(),
            ];
            text.push_str(&cells.map(|cell| quoted(&cell)).join(","));
            text.push_str("\r\n");
        }
        let _ = write!(text, "Tổng cộng,,,{},{balance},,,,\r\n", balance - self.before);
        text
    }

    fn camt(&self) -> String {
        let (from, to) = self.days;
        let balance = |code: &str, amount: i64, day: Day| {
            format!(
                "<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy=\"VND\">{amount}</Amt>\
                 <CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>\n"
            )
        };
        let entries = self.entries.iter().fold(String::new(), |mut text, payment| {
            let Payment { reference, amount, note, payer_name, payer_account, .. } = payment;
            let _ = writeln!(
                text,
                "<Ntry><Amt Ccy=\"VND\">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>\
                 <BookgDt><DtTm>{}</DtTm></BookgDt><AcctSvcrRef>{reference}</AcctSvcrRef><NtryDtls><TxDtls>\
                 <RltdPties><Dbtr><Pty><Nm>{}</Nm></Pty></Dbtr><DbtrAcct><Id><Othr><Id>{}</Id></Othr></Id></DbtrAcct>\
                 </RltdPties><RmtInf><Ustrd>{}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>",
                Instant(payment.at),
                escaped(payer_name),
                escaped(payer_account),
                escaped(note)
            );
            text
        });
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt><Stmt>\n\
             <Id>{account}-{from}-{to}</Id><Acct><Id><Othr><Id>{account}</Id></Othr></Id><Ccy>VND</Ccy></Acct>\n\
             {}{}<TxsSummry><TtlNtries><NbOfNtries>{}</NbOfNtries></TtlNtries></TxsSummry>\n\
             {entries}</Stmt></BkToCstmrStmt></Document>\n",
            balance("OPBD", self.before, from),
            balance("CLBD", self.after(), to),
            self.entries.len(),
            account = self.account
        )
    }

    fn mt940(&self) -> String {
        let mut text = format!(":20:SK{}\r\n:25:{}\r\n:28C:1/1\r\n", short(self.days.1), self.account);
        let _ = write!(text, ":60F:C{}VND{},\r\n", short(self.days.0), self.before);
        for payment in &self.entries {
            let day = short(Instant(payment.at).day());
            let Payment { reference, amount, .. } = payment;
            let _ = write!(text, ":61:{day}{}C{amount},NTRFNONREF//{reference}\r\n:86:166", &day[2..]);
            for (i, part) in parts(&payment.note, 10).into_iter().enumerate() {
                let _ = write!(text, "?2{i}{part}\r\n");
            }
            if !payment.payer_account.is_empty() {
                let _ = write!(text, "?31{}\r\n", plain(&payment.payer_account));
            }
            for (i, part) in parts(&payment.payer_name, 2).into_iter().enumerate() {
                let _ = write!(text, "?3{}{part}\r\n", i + 2);
            }
        }
        let _ = write!(text, ":62F:C{}VND{},\r\n-\r\n", short(self.days.1), self.after());
        text
    }
}

/// `261123`.
fn short(day: Day) -> String {
    let (year, month, date) = day.ymd();
    format!("{:02}{month:02}{date:02}", year.rem_euclid(100))
}

/// A field that separators and quotation marks may stand in.
fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

/// Letters that MT940 may hold without meaning something else.
fn plain(text: &str) -> String {
    let kept = |c: char| c.is_ascii_alphanumeric() || " /-().,'+".contains(c);
    text.chars().map(|c| if kept(c) { c } else { ' ' }).collect()
}

/// So long is a subfield of MT940.
const SUBFIELD: usize = 27;

/// A text in subfields, none of which begins or ends with a space: readers cut those off. At least one, at most so many.
fn parts(text: &str, most: usize) -> Vec<String> {
    let text = plain(text);
    let mut rest = text.trim();
    let mut parts = Vec::new();
    while parts.len() < most {
        // All of it is ASCII.
        let mut end = rest.len().min(SUBFIELD);
        while end < rest.len() && end > 1 && rest.as_bytes()[end - 1] == b' ' {
            end -= 1;
        }
        let (part, behind) = rest.split_at(end);
        parts.push(part.to_owned());
        rest = behind;
        if rest.is_empty() {
            break;
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo_bank::ledger::{Channel, MoneyFault, NoticeFault};
    use bank::statement::{Reading, profiles, read};

    fn payment(number: i64, note: &str) -> Payment {
        Payment {
            reference: format!("FT261123{number:08}"),
            channel: Channel::Transfer,
            account: "0011001234567".into(),
            amount: 8_000 * number,
            asked: 8_000,
            at: Day(20_780).start().0 + number * 3_600_000,
            note: note.into(),
            payer_name: "KSOR H'NAY".into(),
            payer_account: "9704001234567".into(),
            money: MoneyFault::Clean,
            notice: NoticeFault::Clean,
            order: None,
        }
    }

    #[test]
    fn every_form_of_a_statement_reads_back_as_the_same_money() {
        let notes = [
            "DX012345678",
            "chuyen tien, \"trich luc\" & <sao y> DX0123456789 cho Ho Thi Lan xa Dong Xuan",
            "",
            "a:b?c",
        ];
        let mut payments: Vec<_> = (1..).zip(notes).map(|(number, note)| payment(number, note)).collect();
        payments.push(Payment { account: "999".into(), ..payment(9, "another account") });
        let reading = Reading { now: Day(20_781).start(), account: None };
        for form in [Form::Csv, Form::Camt, Form::Mt940] {
            let text = write(form, "0011001234567", &payments, (Day(20_780), Day(20_781)));
            let read =
                read(text.as_bytes(), &profiles(), reading).unwrap_or_else(|error| panic!("{form:?} {error}: {text}"));
            let credits: Vec<_> = read[0].credits().collect();
            let told: Vec<_> = credits.iter().map(|credit| (credit.bank_ref.clone(), credit.amount.0)).collect();
            let paid: Vec<_> = payments[..4].iter().map(|it| (it.reference.clone(), it.amount)).collect();
            assert_eq!(told, paid, "{form:?}");
            assert!(credits[1].note.contains("DX0123456789 cho Ho Thi Lan"), "{form:?}: {}", credits[1].note);
            assert_eq!(credits[0].payer_name.as_deref(), Some("KSOR H'NAY"), "{form:?}");
            assert_eq!(credits[0].payer_account.as_ref().map(|it| it.number()), Some("9704001234567"), "{form:?}");
        }
    }

    #[test]
    fn a_statement_begins_with_what_was_there_before() {
        let payments = [payment(1, "a"), Payment { at: Day(20_781).start().0, ..payment(2, "b") }];
        for form in [Form::Csv, Form::Camt, Form::Mt940] {
            let text = write(form, "0011001234567", &payments, (Day(20_781), Day(20_781)));
            let read = read(text.as_bytes(), &profiles(), Reading { now: Day(20_781).start(), account: None });
            let statement = read.unwrap_or_else(|error| panic!("{form:?} {error}: {text}")).remove(0);
            assert_eq!(statement.credits().map(|it| it.amount.0).collect::<Vec<_>>(), [16_000], "{form:?}");
            let before = if form == Form::Camt { "8000<" } else { "8000" };
            assert!(form == Form::Csv || text.contains(before), "{text}");
        }
    }
}
