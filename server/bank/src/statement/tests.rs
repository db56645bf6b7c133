//! Statements of every form: what is read, what is set aside, and that no broken file is read for a whole one.

use super::*;
use proptest::prelude::*;

/// Noon of 24 November 2026 in Việt Nam.
const NOW: Instant = Day(20_781).at(domain::time::TimeOfDay(12 * 3_600_000));

const CSV: &str = "\u{feff}NGÂN HÀNG VÍ DỤ,,,,,\n\
    Số tài khoản:,0011001234567 - VND,,,,\n\
    Từ ngày 22/11/2026 đến ngày 24/11/2026,,,,,\n\
    \n\
    Ngày giao dịch,Số tham chiếu,Số tiền ghi nợ,Số tiền ghi có,Số dư,Mô tả\n\
    Số dư đầu kỳ,,,,\"100,000\",\n\
    22/11/2026,FT1,,\"24,000\",\"124,000\",\"KSOR H'NAY chuyen tien, DX012345678\"\n\
    23/11/2026,FT2,\"11,000\",0,\"113,000\",Phi quan ly\n\
    23/11/2026 09:30:00,FT3,,\"27,000\",\"140,000\",DX876543210\n\
    Tổng cộng,,\"11,000\",\"51,000\",,\n\
    Ngày 24 tháng 11 năm 2026,,,,,Giao dịch viên\n";

const MT940: &str = "{1:F01BFTVVNVXAXXX0000000000}{2:I940XN}{4:\r\n\
    :20:SK241126\r\n\
    :25:BFTVVNVX/0011001234567\r\n\
    :28C:00328/001\r\n\
    :60F:C261122VND100000,\r\n\
    :61:2611221122CD24000,NTRFNONREF//FT1\r\n\
    :86:KSOR H'NAY chuyen tien, DX012345678\r\n\
    :61:2611231123D11000,NCHGNONREF//FT2\r\n\
    :86:Phi quan ly\r\n\
    :61:261123C27000,NTRFNONREF//FT3\r\n\
    :86:166?00GIRO?20DX8765?2143210?30970436?31123456789?32HO THI LAN\r\n\
    :62F:C261123VND140000,\r\n\
    -}\r\n";

const CAMT: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">
 <BkToCstmrStmt>
  <GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-11-24T06:00:00+07:00</CreDtTm></GrpHdr>
  <Stmt>
   <Id>S1</Id>
   <Acct><Id><Othr><Id>0011001234567</Id></Othr></Id><Ccy>VND</Ccy></Acct>
   <Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="VND">100000</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
   <Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="VND">140000.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
   <TxsSummry><TtlNtries><NbOfNtries>3</NbOfNtries></TtlNtries></TxsSummry>
   <Ntry>
    <Amt Ccy="VND">24000.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
    <BookgDt><Dt>2026-11-22</Dt></BookgDt><AcctSvcrRef>FT1</AcctSvcrRef>
    <NtryDtls><TxDtls>
     <RltdPties><Dbtr><Pty><Nm>KSOR H&apos;NAY</Nm></Pty></Dbtr><DbtrAcct><Id><Othr><Id>123456789</Id></Othr></Id></DbtrAcct></RltdPties>
     <RmtInf><Ustrd>chuyen tien</Ustrd><Ustrd>DX012345678</Ustrd></RmtInf>
    </TxDtls></NtryDtls>
   </Ntry>
   <Ntry>
    <Amt Ccy="VND">11000</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts>
    <BookgDt><Dt>2026-11-23</Dt></BookgDt><AcctSvcrRef>FT2</AcctSvcrRef><AddtlNtryInf>Phi quan ly</AddtlNtryInf>
   </Ntry>
   <Ntry>
    <Amt Ccy="VND">27000</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
    <BookgDt><DtTm>2026-11-23T02:30:00Z</DtTm></BookgDt><AcctSvcrRef>FT3</AcctSvcrRef>
    <NtryDtls>
     <TxDtls><Amt Ccy="VND">20000</Amt><RmtInf><Ustrd>DX876543210</Ustrd></RmtInf></TxDtls>
     <TxDtls><Refs><AcctSvcrRef>FT3B</AcctSvcrRef></Refs><Amt Ccy="VND">7000</Amt><RmtInf><Ustrd>DX11</Ustrd></RmtInf></TxDtls>
    </NtryDtls>
   </Ntry>
  </Stmt>
 </BkToCstmrStmt>
</Document>
"#;

fn reading() -> Reading<'static> {
    Reading { now: NOW, account: None }
}

fn all(text: &str) -> Result<Vec<Statement>, StatementError> {
    read(text.as_bytes(), &profiles(), reading())
}

#[track_caller]
fn one(text: &str) -> Statement {
    let mut statements = all(text).expect("a statement");
    assert_eq!(statements.len(), 1);
    statements.remove(0)
}

#[track_caller]
fn broken(text: &str) -> (usize, Problem) {
    let error = all(text).expect_err("a broken file");
    (error.line, error.problem)
}

/// References, amounts and notes of the credits.
fn credits(statement: &Statement) -> Vec<(&str, i64, &str)> {
    statement.credits().map(|it| (it.bank_ref.as_str(), it.amount.0, it.note.as_str())).collect()
}

#[test]
fn the_csv_of_a_bank_is_read_by_its_headings() {
    let statement = one(CSV);
    assert_eq!(statement.account, "0011001234567");
    let expected = [("FT1", 24_000, "KSOR H'NAY chuyen tien, DX012345678"), ("FT3", 27_000, "DX876543210")];
    assert_eq!(credits(&statement), expected);
    assert_eq!(statement.lines.iter().map(|line| line.number).collect::<Vec<_>>(), [7, 8, 9]);
    let aside: Vec<_> = statement.aside().map(|(why, entry)| (why, entry.amount.as_str())).collect();
    assert_eq!(aside, [(Aside::Debit, "11,000")]);
    let last = statement.credits().last().expect("a credit");
    assert_eq!(last.at.to_string(), "2026-11-23T09:30:00+07:00");
    assert_eq!(
        statement.days.map(|(from, to)| (from.to_string(), to.to_string())),
        Some(("2026-11-22".into(), "2026-11-23".into()))
    );
}

#[test]
fn mt940_is_read_with_its_subfields() {
    let statement = one(MT940);
    assert_eq!(
        (statement.account.as_str(), statement.bank_id.as_deref()),
        ("0011001234567", Some("SK241126 00328/001"))
    );
    let expected = [("FT1", 24_000, "KSOR H'NAY chuyen tien, DX012345678"), ("FT3", 27_000, "DX876543210")];
    assert_eq!(credits(&statement), expected);
    let last = statement.credits().last().expect("a credit");
    assert_eq!(last.payer_name.as_deref(), Some("HO THI LAN"));
    assert_eq!(last.payer_account.as_ref().map(|it| it.masked()), Some("•••••6789".into()));
    assert_eq!(statement.aside().map(|(why, _)| why).collect::<Vec<_>>(), [Aside::Debit]);
}

#[test]
fn camt_053_is_read_payment_by_payment() {
    let statement = one(CAMT);
    assert_eq!((statement.account.as_str(), statement.bank_id.as_deref()), ("0011001234567", Some("S1")));
    let expected =
        [("FT1", 24_000, "chuyen tien DX012345678"), ("FT3/1", 20_000, "DX876543210"), ("FT3B", 7_000, "DX11")];
    assert_eq!(credits(&statement), expected);
    let first = statement.credits().next().expect("a credit");
    assert_eq!(first.payer_name.as_deref(), Some("KSOR H'NAY"));
    assert_eq!(statement.lines[0].number, 14, "the details of the entry");
    assert_eq!(statement.aside().map(|(why, _)| why).collect::<Vec<_>>(), [Aside::Debit]);
}

#[test]
fn the_same_file_is_the_same_statement_and_every_line_the_same_line() {
    for text in [CSV, MT940, CAMT] {
        assert_eq!(one(text), one(text));
    }
    // A statement of more days holds the earlier lines as the same lines.
    let shorter = CSV.replace("23/11/2026 09:30:00,FT3,,\"27,000\",\"140,000\",DX876543210\n", "");
    let ids = |statement: Statement| statement.lines.into_iter().map(|line| line.id).collect::<Vec<_>>();
    assert_ne!(one(CSV).id, one(&shorter).id);
    assert_eq!(ids(one(CSV))[..2], ids(one(&shorter))[..]);
    assert_eq!(ids(one(CSV)).iter().collect::<std::collections::HashSet<_>>().len(), 3);
}

#[test]
fn lines_without_a_reference_are_told_apart_by_what_they_say() {
    let rows = "Ngày giao dịch,Số tiền ghi có,Mô tả\n23/11/2026,8000,a\n23/11/2026,8000,a\n23/11/2026,8000,b\n";
    let given = Reading { account: Some("99"), ..reading() };
    let read = |text: &str| super::read(text.as_bytes(), &profiles(), given).expect("a statement").remove(0);
    let (first, again) = (read(rows), read(rows));
    assert_eq!(first, again);
    let refs: std::collections::HashSet<_> = first.credits().map(|it| it.bank_ref.clone()).collect();
    assert_eq!(refs.len(), 3, "two equal payments are two");
    assert_eq!(all(rows).map(drop), Err(Problem::NoAccount.at(1)));
}

#[test]
fn what_is_no_credit_is_set_aside_by_name() {
    let row = |row: &str| {
        let head =
            "Số tài khoản,0011001234567\nNgày giao dịch,Mã giao dịch,Phát sinh nợ,Phát sinh có,Loại tiền,Diễn giải\n";
        let statement = one(&format!("{head}{row}\n"));
        let found: Vec<_> = statement.aside().map(|(why, _)| why).collect();
        (statement.credits().count(), found)
    };
    assert_eq!(row("23/11/2026,A,,8000,VND,x"), (1, vec![]));
    assert_eq!(row("23/11/2026,A,8000,,VND,x"), (0, vec![Aside::Debit]));
    assert_eq!(row("23/11/2026,A,-8000,,VND,x"), (0, vec![Aside::Debit]), "out is out, however it is written");
    assert_eq!(row("23/11/2026,A,,12.50,USD,x"), (0, vec![Aside::OtherCurrency]));
    assert_eq!(row("25/11/2026,A,,8000,VND,x"), (0, vec![Aside::Future]));
    assert_eq!(row("23/11/2026,A,,-8000,VND,x"), (0, vec![Aside::Negative]));
    assert_eq!(row("23/11/2026,A,,0,VND,x"), (0, vec![Aside::Zero]));
    assert_eq!(row("23/11/2026,A,,8000,VND,x\n23/11/2026,A,,8000,VND,x"), (1, vec![Aside::Repeated]));
    let pending = MT940.replace(":61:261123C27000", ":61:261123EC27000").replace("VND140000", "VND113000");
    assert_eq!(one(&pending).aside().map(|(why, _)| why).collect::<Vec<_>>(), [Aside::Debit, Aside::Pending]);
    let back = CAMT.replace("<CdtDbtInd>DBIT</CdtDbtInd>", "<CdtDbtInd>DBIT</CdtDbtInd><RvslInd>true</RvslInd>");
    assert_eq!(one(&back).aside().map(|(why, _)| why).collect::<Vec<_>>(), [Aside::Reversal]);
}

#[test]
fn a_charge_above_its_payment_does_not_pass_for_it() {
    let head = "Số tài khoản,0011001234567\nNgày giao dịch,Mã giao dịch,Phát sinh nợ,Phát sinh có,Diễn giải\n";
    let (charge, payment) = ("23/11/2026,FT1,1100,,Phi\n", "23/11/2026,FT1,,8000,DX012345678\n");
    for rows in [format!("{charge}{payment}"), format!("{payment}{charge}")] {
        let statement = one(&format!("{head}{rows}"));
        assert_eq!(credits(&statement), [("FT1", 8_000, "DX012345678")], "{rows}");
        assert_eq!(statement.aside().map(|(why, _)| why).collect::<Vec<_>>(), [Aside::Debit], "{rows}");
    }
}

#[test]
fn a_dash_is_no_reference() {
    let head = "Số tài khoản,0011001234567\nNgày giao dịch,Mã giao dịch,Phát sinh có,Diễn giải\n";
    let statement = one(&format!("{head}23/11/2026,-,8000,a\n23/11/2026,-,9000,b\n"));
    assert_eq!(statement.credits().map(|it| it.amount.0).collect::<Vec<_>>(), [8_000, 9_000]);
    assert!(statement.credits().all(|it| it.bank_ref.starts_with('X')));
}

#[test]
fn a_number_that_comes_again_in_the_next_statement_names_no_payment() {
    let counted = CAMT.replace("<AcctSvcrRef>FT1</AcctSvcrRef>", "<NtryRef>1</NtryRef>");
    let of_the_payer = MT940.replace("NTRFNONREF//FT1", "NTRFTHANHTOAN");
    for (today, tomorrow) in [
        (&counted, counted.replace("<Dt>2026-11-22", "<Dt>2026-11-23")),
        (&of_the_payer, of_the_payer.replace(":61:2611221122C", ":61:2611231123C")),
    ] {
        assert_ne!(*today, tomorrow);
        let first = |text: &str| one(text).credits().next().map(|it| (it.bank_ref.clone(), it.amount.0));
        assert_eq!(first(today).map(|(_, amount)| amount), Some(24_000));
        assert_ne!(first(today), first(&tomorrow), "two payments");
        assert_eq!(first(today), first(today));
    }
}

#[test]
fn equal_payments_on_two_pages_are_two() {
    let page = |number: &str, from: &str, to: &str| {
        format!(
            ":20:SK\n:25:0011001234567\n:28C:7/{number}\n:60{from},\n:61:261123C8000,NTRFNONREF\n:86:nop tien\n:62{to},\n-\n"
        )
    };
    let first = page("1", "F:C261123VND0", "M:C261123VND8000");
    let second = page("2", "M:C261123VND8000", "F:C261123VND16000");
    let refs = |text: &str| -> Vec<String> {
        let statements = all(text).expect("statements");
        statements.iter().flat_map(Statement::credits).map(|it| it.bank_ref.clone()).collect()
    };
    let both = refs(&format!("{first}{second}"));
    assert_eq!(both.len(), 2);
    assert_ne!(both[0], both[1]);
    // The same statement twice in one file is one all the same.
    let whole = page("1", "F:C261123VND0", "F:C261123VND8000");
    let twice = refs(&format!("{whole}{whole}"));
    assert_eq!(twice[0], twice[1]);
}

#[test]
fn an_explanation_of_very_many_lines_is_read_in_time() {
    let since = std::time::Instant::now();
    let long = MT940.replace(":86:Phi quan ly", &format!(":86:Phi quan ly{}", "\r\na".repeat(500_000)));
    let statement = one(&long);
    let notes: Vec<&str> = statement.aside().map(|(_, entry)| &entry.note[..15]).collect();
    assert_eq!(notes, ["Phi quan ly a a"]);
    assert!(since.elapsed().as_secs() < 30, "{:?}", since.elapsed());
}

#[test]
fn the_words_of_a_payer_do_not_close_a_statement() {
    let text = "Số tài khoản,0011001234567\n\
        Mô tả,Ngày giao dịch,Số tham chiếu,Số tiền ghi nợ,Số tiền ghi có\n\
        So du dau ky DX876543210,22/11/2026,FT1,,9000\n\
        Tong cong ty A nop DX012345678,23/11/2026,FT2,,8000\n\
        Tổng cộng,,,0,17000\n";
    let expected = [("FT1", 9_000, "So du dau ky DX876543210"), ("FT2", 8_000, "Tong cong ty A nop DX012345678")];
    assert_eq!(credits(&one(text)), expected);
}

#[test]
fn a_day_that_comes_makes_a_credit_of_the_same_line() {
    let early = Reading { now: NOW.plus_ms(-2 * domain::time::DAY_MS), account: None };
    let read = |reading| super::read(CSV.as_bytes(), &profiles(), reading).expect("a statement").remove(0);
    let (before, after) = (read(early), read(reading()));
    assert_eq!(before.aside().filter(|(why, _)| *why == Aside::Future).count(), 1);
    assert_eq!(before.id, after.id);
}

#[test]
fn every_fault_is_told_with_its_line() {
    for (text, line, problem) in [
        (String::new(), 1, Problem::Empty),
        ("a,b\nc,d\n".into(), 1, Problem::NoHeadings),
        (CSV.replace("24,000\",\"124", "24.000\",\"124"), 7, Problem::Amount("24.000".into())),
        (CSV.replace("24,000\",\"124,000", "24,000.50\",\"124,000"), 7, Problem::PartOfDong("24,000.50".into())),
        (CSV.replace("124,000", "125,000"), 8, Problem::Balance),
        (CSV.replace("22/11/2026,FT1", "31/11/2026,FT1"), 7, Problem::Date("31/11/2026".into())),
        (CSV.replace("11,000\",0", "11,000\",5"), 8, Problem::NoAmount),
        (CSV.replace(",Phi quan ly", ""), 8, Problem::ShortRow),
        (CSV.replace(",Số dư,Mô tả", ",Mô tả,Mô tả"), 5, Problem::HeadingTwice("Mô tả".into())),
        (format!("{CSV}24/11/2026,FT9,,1,,x\n"), 12, Problem::EntryBelow),
        (CSV.replace("DX876543210", "\"DX876543210"), 9, Problem::Quotes),
        (MT940.replace(":62F:C261123VND140000,\r\n", ""), 11, Problem::Cut),
        (MT940.replace("VND140000", "VND140001"), 12, Problem::Balance),
        (MT940.replace(":25:BFTVVNVX/0011001234567\r\n", ""), 11, Problem::NoField(":25:")),
        (MT940.replace("C27000,N", "C27000N"), 10, Problem::Field(":61:261123C27000NTRFNONREF//FT3".into())),
        (
            MT940.replace(":61:2611231123", ":61:2611230230"),
            8,
            Problem::Field(":61:2611230230D11000,NCHGNONREF//FT2".into()),
        ),
        (CAMT.replace("140000.00", "140001.00"), 9, Problem::Balance),
        (CAMT.replace("<NbOfNtries>3", "<NbOfNtries>4"), 10, Problem::Count),
        (CAMT.replace(">7000<", ">7001<"), 23, Problem::Balance),
        (CAMT.replace("<Dt>2026-11-22", "<Dt>2026-11-32"), 13, Problem::Date("2026-11-32".into())),
        (CAMT.replace("BkToCstmrStmt", "Other"), 2, Problem::UnknownForm),
        (CAMT.replace("Ccy=\"VND\">24000", ">24000"), 12, Problem::Currency(String::new())),
    ] {
        assert_eq!(broken(&text), (line, problem), "{text}");
    }
    let (line, problem) = broken(&CAMT.replace("</BookgDt><AcctSvcrRef>FT2", "<AcctSvcrRef>FT2"));
    assert!(line > 19 && matches!(problem, Problem::Xml(_)), "{line} {problem:?}");
    let doctype = CAMT.replace("<Document ", "<!DOCTYPE x [<!ENTITY a \"aaaa\">]>\n<Document ");
    assert!(matches!(broken(&doctype).1, Problem::Xml(_)), "entities of its own are none of a statement's");
}

#[test]
fn a_statement_of_another_account_is_refused() {
    for text in [CSV, MT940, CAMT] {
        let reading = |account| Reading { now: NOW, account: Some(account) };
        let read = |account| super::read(text.as_bytes(), &profiles(), reading(account)).map_err(|error| error.problem);
        assert_eq!(read("999").map(drop), Err(Problem::OtherAccount));
        assert!(read("0011 0012 34567").is_ok(), "spaces mean nothing");
    }
}

/// Every credit of a file is one of the whole file's: reading half of it never makes other money.
fn nothing_new(bytes: &[u8], whole: &[Credit]) -> Result<(), TestCaseError> {
    match read(bytes, &profiles(), Reading { now: NOW, account: Some("0011001234567") }) {
        Err(error) => {
            let lines = bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count() + 1;
            prop_assert!((1..=lines).contains(&error.line), "line {} of {lines}", error.line);
        }
        Ok(statements) => {
            for credit in statements.iter().flat_map(Statement::credits) {
                let known = whole.iter().any(|it| it.bank_ref == credit.bank_ref && it.amount == credit.amount);
                prop_assert!(known, "{credit:?}");
            }
        }
    }
    Ok(())
}

fn whole(text: &str) -> Vec<Credit> {
    one(text).credits().cloned().collect()
}

#[test]
fn a_file_that_was_cut_off_anywhere_makes_no_other_money() {
    for text in [CSV, MT940, CAMT] {
        let credits = whole(text);
        for end in 0..text.len() {
            nothing_new(&text.as_bytes()[..end], &credits).expect("nothing new");
        }
    }
    // The forms that close themselves are whole or nothing.
    let end = MT940.find(":62F:").expect("a closing balance");
    assert!((0..end).all(|end| all(&MT940[..end]).is_err()));
    let end = CAMT.rfind("</Document>").expect("an end");
    assert!((0..end).filter(|end| CAMT.is_char_boundary(*end)).all(|end| all(&CAMT[..end]).is_err()));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_a_reader_fall(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes, &profiles(), reading());
    }

    #[test]
    fn a_file_with_some_bytes_changed_is_read_or_refused_where_it_stands(
        form in 0..3_usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut bytes = [CSV, MT940, CAMT][form].as_bytes().to_vec();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Err(error) = read(&bytes, &profiles(), reading()) {
            let lines = bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count() + 1;
            prop_assert!((1..=lines).contains(&error.line), "{error}");
        }
    }

    #[test]
    fn lines_taken_out_of_a_file_with_balances_are_missed(form in 0..2_usize, at in any::<prop::sample::Index>()) {
        let text = [CSV, MT940][form];
        let entries: Vec<usize> = text
            .lines()
            .enumerate()
            .filter(|(_, line)| line.contains("FT2") || (form == 1 && line.contains("FT1")))
            .map(|(i, _)| i)
            .collect();
        let gone = entries[at.index(entries.len())];
        let rest: Vec<&str> = text.lines().enumerate().filter(|(i, _)| *i != gone).map(|(_, line)| line).collect();
        prop_assert!(all(&rest.join("\n")).is_err());
    }
}
