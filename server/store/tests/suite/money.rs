//! Money in its tables: what the database itself refuses, and that every list goes by an index, however much there is.
// long because every list of money stands here with its plan, and a row of each table.

use super::{
    engine::{Home, run},
    plans::plan_of,
    rows::{NOW, OFFICE, ground, id, people, write},
};
use crate::on_both;
use domain::{money::Dong, time::Day};
use store::{
    StoreError, Tx,
    bank_accounts::{self, BankAccountRow},
    credits::{self, CreditRow, PartKind, PartRow},
    money_tray::{self, About, TrayRow},
    payment_requests::{self, PaymentRequestRow, RequestLine},
    refunds::{self, RefundRow},
    statements::{self, StatementRow},
};
use uuid::Uuid;

/// What pages and the worker ask, as the store asks it, with the index that each goes by.
const QUERIES: &[(&str, &str, &str)] = &[
    (
        "a page of the tray",
        "SELECT id FROM money_tray WHERE closed_at IS NULL AND office_id IN (1) AND (since, id) > (0, ID)
         ORDER BY since, id LIMIT 31",
        "money_tray_open",
    ),
    (
        "how much lies on the tray",
        "SELECT COUNT(*) FROM (SELECT id FROM money_tray WHERE closed_at IS NULL AND office_id IN (1) LIMIT 100) AS counted",
        "money_tray_open",
    ),
    (
        "what has lain on the tray for long",
        "SELECT COUNT(*), MIN(since) FROM money_tray WHERE closed_at IS NULL AND since < 9 AND office_id IN (1)",
        "money_tray_open",
    ),
    (
        "the line of a credit",
        "SELECT id FROM money_tray WHERE credit_id = ID AND closed_at IS NULL",
        "money_tray_credit",
    ),
    (
        "the line of a request",
        "SELECT id FROM money_tray WHERE request_id = ID AND closed_at IS NULL",
        "money_tray_request",
    ),
    ("a line", "SELECT reason FROM money_tray WHERE id = ID", "money_tray_id"),
    (
        "a page of credits that wait and lie on no tray",
        "SELECT c.id FROM credits c WHERE c.done_at IS NULL
           AND NOT EXISTS (SELECT 1 FROM money_tray t WHERE t.credit_id = c.id AND t.closed_at IS NULL)
           AND (c.received_at, c.id) > (0, ID) ORDER BY c.received_at, c.id LIMIT 100",
        "credits_open",
    ),
    (
        "how many credits wait",
        "SELECT COUNT(*), MIN(c.received_at) FROM credits c WHERE c.done_at IS NULL
           AND NOT EXISTS (SELECT 1 FROM money_tray t WHERE t.credit_id = c.id AND t.closed_at IS NULL)
           AND c.received_at < 9 AND c.office_id IN (1)",
        "credits_open",
    ),
    (
        "a page of what came to a unit",
        "SELECT c.id FROM credits c WHERE c.office_id IN (1) AND (c.booked_at, c.id) < (9, ID)
         ORDER BY c.booked_at DESC, c.id DESC LIMIT 31",
        "credits_list",
    ),
    ("a credit", "SELECT c.used FROM credits c WHERE c.id = ID", "credits_id"),
    (
        "the credit of a reference",
        "SELECT c.id FROM credits c WHERE c.account_id = ID AND c.bank_ref = 'FT7'",
        "credits_ref",
    ),
    (
        "the parts of a credit",
        "SELECT id FROM credit_parts WHERE office_id = 1 AND credit_id = ID ORDER BY id",
        "credit_parts",
    ),
    (
        "what a request was given",
        "SELECT p.kind, p.amount, c.booked_at FROM credit_parts p
         JOIN credits c ON c.office_id = p.office_id AND c.id = p.credit_id WHERE p.request_id = ID ORDER BY p.id",
        "credit_parts_of_request",
    ),
    (
        "the requests of tokens",
        "SELECT id FROM payment_requests WHERE token IN ('DX7', 'DX8')",
        "payment_requests_token",
    ),
    ("a request", "SELECT asked FROM payment_requests WHERE id = ID", "payment_requests_id"),
    (
        "the requests of a dossier",
        "SELECT id FROM payment_requests WHERE office_id = 1 AND dossier_id = ID ORDER BY id",
        "payment_requests_of_dossier",
    ),
    (
        "requests that owe exactly so much",
        "SELECT id FROM payment_requests WHERE closed_at IS NULL AND account_id = ID AND remaining = 7 AND made_at >= 0
         ORDER BY made_at DESC, id DESC LIMIT 20",
        "payment_requests_owed",
    ),
    (
        "requests whose limit has passed",
        "SELECT id FROM payment_requests WHERE closed_at IS NULL AND limit_at IS NOT NULL AND limit_at < 9
         AND (limit_at, id) > (0, ID) ORDER BY limit_at, id LIMIT 100",
        "payment_requests_limit",
    ),
    (
        "a page of refunds under way",
        "SELECT id FROM refunds WHERE ended_at IS NULL AND office_id IN (1) AND (asked_at, id) > (0, ID)
         ORDER BY asked_at, id LIMIT 31",
        "refunds_open",
    ),
    ("the refunds of a request", "SELECT id FROM refunds WHERE request_id = ID ORDER BY id", "refunds_of_request"),
    ("the refunds of a credit", "SELECT id FROM refunds WHERE credit_id = ID ORDER BY id", "refunds_of_credit"),
    ("a refund", "SELECT amount FROM refunds WHERE id = ID", "refunds_id"),
    (
        "a page of statements",
        "SELECT id FROM statements WHERE account_id = ID AND (at, id) < (9, ID) ORDER BY at DESC, id DESC LIMIT 30",
        "statements_list",
    ),
    ("the statement of a file", "SELECT id FROM statements WHERE account_id = ID AND sha256 = '7'", "statements_"),
    (
        "an event of a provider",
        "SELECT credit_id FROM provider_events WHERE provider = 'demo' AND event_id = '7'",
        "provider_events",
    ),
    (
        "the accounts of a number",
        "SELECT id FROM bank_accounts WHERE account = '7' ORDER BY id DESC",
        "bank_accounts_number",
    ),
    (
        "the accounts of a unit",
        "SELECT id FROM bank_accounts WHERE office_id IN (1) ORDER BY office_id, id",
        "bank_accounts",
    ),
];

on_both!(every_list_of_money_goes_by_its_index);
async fn every_list_of_money_goes_by_its_index(home: Home) {
    write(&home, async |tx| {
        ground(tx).await;
        people(tx).await;
        for number in 1..=20 {
            bank_accounts::insert_bank_account(tx, &account(number)).await.unwrap();
        }
        for number in 1..=2_000_u128 {
            one_of_each(tx, number).await;
        }
        run(tx, "ANALYZE").await.unwrap();
    })
    .await;
    for (name, query, index) in QUERIES {
        let plan = plan_of(&home, query).await;
        let text = plan.join("\n");
        // The key of a table is an index of the engine's own name: on SQLite `sqlite_autoindex_<table>_1`, on PostgreSQL
        // `<table>_pkey`.
        assert!(text.contains(index), "{name} does not go by {index}:\n{text}");
        if home.db.engine() == "sqlite" {
            let whole = |step: &String| step.starts_with("SCAN") && step != "SCAN counted";
            assert!(!plan.iter().any(whole), "{name} reads a whole table:\n{text}");
            assert!(!text.contains("TEMP B-TREE"), "{name} sorts what an index could give in order:\n{text}");
        } else {
            assert!(text.contains("Index"), "{name}:\n{text}");
            assert!(!text.contains("Seq Scan"), "{name}:\n{text}");
        }
    }
}

on_both!(the_tables_refuse_what_no_act_may_do);
async fn the_tables_refuse_what_no_act_may_do(home: Home) {
    write(&home, async |tx| {
        ground(tx).await;
        people(tx).await;
        for number in [7, 8] {
            bank_accounts::insert_bank_account(tx, &account(number)).await.unwrap();
        }
        one_of_each(tx, 7).await;
    })
    .await;
    let refused = [
        // More of a credit than came, or less than nothing.
        "UPDATE credits SET used = amount + 1",
        "UPDATE credits SET used = -1",
        // One person for both.
        "UPDATE refunds SET decided_by = asked_by",
        "UPDATE refunds SET waived = amount + 1",
        "UPDATE payment_requests SET refunded = paid + 1",
        // A part, and a line, are of one thing.
        "UPDATE money_tray SET request_id = NULL, credit_id = NULL",
        "UPDATE credit_parts SET amount = 1",
        "DELETE FROM credit_parts",
    ];
    let whole = match home.db.engine() {
        "postgres" => "TRUNCATE credit_parts",
        _ => "REPLACE INTO credit_parts SELECT * FROM credit_parts",
    };
    for statement in refused.into_iter().chain([whole]) {
        let mut tx = home.db.write().await.unwrap();
        assert!(run(&mut tx, statement).await.is_err(), "{statement}");
    }
    let mut tx = home.db.write().await.unwrap();
    // The same transfer again is the one that is known, and the same file too.
    assert!(!credits::insert_credit(&mut tx, &CreditRow { id: id(90), ..credit(7) }).await.unwrap());
    let again = bank_accounts::insert_bank_account(&mut tx, &BankAccountRow { id: id(91), ..account(7) }).await;
    assert!(matches!(again, Err(StoreError::Duplicate("bank account"))), "{again:?}");
    drop(tx);
    let mut tx = home.db.write().await.unwrap();
    let again = statements::insert_statement(&mut tx, &StatementRow { id: id(92), ..statement(7) }).await;
    assert!(matches!(again, Err(StoreError::Duplicate("statement"))), "{again:?}");
    drop(tx);

    let mut tx = home.db.write().await.unwrap();
    // What is left can be taken to the last đồng, and no more; what is given back can be taken again.
    let row = credit(7);
    assert_eq!(credits::use_amount(&mut tx, &row, Dong(row.amount - 9), NOW).await.unwrap(), None);
    let all = credits::use_amount(&mut tx, &row, Dong(row.amount - 10), NOW).await.unwrap();
    assert_eq!(all, Some(row.amount));
    let done = credits::credit_by_id(&mut tx, row.id).await.unwrap().unwrap();
    assert_eq!(done.done_at, Some(NOW.0));
    assert_eq!(credits::give_back(&mut tx, OFFICE, row.id, Dong(row.amount + 1)).await.unwrap(), None);
    assert_eq!(credits::give_back(&mut tx, OFFICE, row.id, Dong(row.amount)).await.unwrap(), Some(0));
    let open = credits::credit_by_id(&mut tx, row.id).await.unwrap().unwrap();
    assert_eq!((open.used, open.done_at), (0, None));

    // A second open line about the same is not laid; when the first is closed, it is.
    let again = TrayRow { id: id(93), ..line(7) };
    assert!(!money_tray::insert_line(&mut tx, &again).await.unwrap());
    let first = money_tray::open_line(&mut tx, About::Credit(credit(7).id)).await.unwrap().expect("a line");
    assert!(money_tray::close_line(&mut tx, first.id, NOW, "xong", "Hoa").await.unwrap());
    assert!(!money_tray::close_line(&mut tx, first.id, NOW, "xong", "Hoa").await.unwrap());
    assert!(money_tray::insert_line(&mut tx, &again).await.unwrap());

    // Of two who saved the same version the second is told.
    let seen = payment_requests::request_by_id(&mut tx, asked(7).id).await.unwrap().unwrap();
    payment_requests::save_request(&mut tx, &seen).await.unwrap();
    let late = payment_requests::save_request(&mut tx, &seen).await;
    assert!(matches!(late, Err(StoreError::Stale)), "{late:?}");
    let seen = refunds::refund_by_id(&mut tx, refund(7).id).await.unwrap().unwrap();
    refunds::save_refund(&mut tx, &seen).await.unwrap();
    let late = refunds::save_refund(&mut tx, &seen).await;
    assert!(matches!(late, Err(StoreError::Stale)), "{late:?}");
    assert!(bank_accounts::end_bank_account(&mut tx, OFFICE, account(7).id, Day(20_000)).await.unwrap());
    assert!(!bank_accounts::end_bank_account(&mut tx, OFFICE, account(7).id, Day(20_001)).await.unwrap());
}

/// A row of each table, about the same money.
async fn one_of_each(tx: &mut Tx, number: u128) {
    payment_requests::insert_request(tx, &asked(number)).await.unwrap();
    assert!(credits::insert_credit(tx, &credit(number)).await.unwrap());
    refunds::insert_refund(tx, &refund(number)).await.unwrap();
    credits::insert_part(tx, &part(number)).await.unwrap();
    assert!(money_tray::insert_line(tx, &line(number)).await.unwrap());
    statements::insert_statement(tx, &statement(number)).await.unwrap();
    let event = number.to_string();
    let told = statements::insert_provider_event(tx, ("demo", &event), NOW, credit(number).id, "new").await;
    assert!(told.unwrap());
    if !is_open(number) {
        let done = money_tray::open_line(tx, About::Credit(credit(number).id)).await.unwrap().expect("a line");
        assert!(money_tray::close_line(tx, done.id, NOW, "xong", "Hoa").await.unwrap());
    }
}

/// Most of what is there is over and done with.
fn is_open(number: u128) -> bool {
    number.is_multiple_of(5) || number == 7
}

/// Of two units.
const fn office_of(number: u128) -> i64 {
    OFFICE + ((number + 1) % 2) as i64
}

const fn nth(kind: u128, number: u128) -> Uuid {
    id(kind * 100_000 + number)
}

fn account(number: u128) -> BankAccountRow {
    BankAccountRow {
        office_id: office_of(number),
        id: nth(1, number),
        bin: "970436".into(),
        account: format!("{number}"),
        holder: "UBND xã Đồng Xuân".into(),
        valid_from: 0,
        valid_to: None,
        made_by_name: "Hoa".into(),
        made_at: NOW.0,
    }
}

fn asked(number: u128) -> PaymentRequestRow {
    let amount = 50_000 + number as i64;
    PaymentRequestRow {
        office_id: office_of(number),
        id: nth(2, number),
        dossier_id: None,
        token: format!("DX{number}"),
        purpose: "counter".into(),
        account_id: Some(account(1 + number % 20).id),
        payer_name: "Ksor H'Nay".into(),
        lines: vec![RequestLine { code: String::new(), name: "Lệ phí".into(), quantity: 1, amount: Dong(amount) }],
        asked: amount,
        status: if is_open(number) { "owed".into() } else { "paid".into() },
        paid: if is_open(number) { 0 } else { amount },
        refunded: 0,
        remaining: if is_open(number) { amount } else { 0 },
        limit_at: Some(NOW.0 + number as i64),
        made_by: Some(id(2)),
        made_by_name: "Hoa".into(),
        made_at: NOW.0 + number as i64,
        closed_at: (!is_open(number)).then_some(NOW.0),
        closed_as: None,
        version: 1,
    }
}

fn credit(number: u128) -> CreditRow {
    CreditRow {
        office_id: office_of(number),
        id: nth(3, number),
        account_id: account(1 + number % 20).id,
        bank_ref: format!("FT{number}"),
        source: "webhook".into(),
        booked_at: NOW.0 + number as i64,
        received_at: NOW.0 + number as i64,
        amount: 60_000,
        currency: "VND".into(),
        note: format!("DX{number}"),
        payer_name: String::new(),
        payer_account: String::new(),
        used: 10,
        done_at: (!is_open(number)).then_some(NOW.0),
    }
}

fn part(number: u128) -> PartRow {
    PartRow {
        office_id: office_of(number),
        credit_id: credit(number).id,
        id: nth(4, number),
        kind: PartKind::Request.key().into(),
        request_id: Some(asked(number).id),
        refund_id: None,
        amount: 10,
        by_staff: None,
        by_name: String::new(),
        reason: String::new(),
        at: NOW.0,
    }
}

fn refund(number: u128) -> RefundRow {
    RefundRow {
        office_id: office_of(number),
        id: nth(5, number),
        request_id: Some(asked(number).id),
        credit_id: None,
        amount: 10,
        waived: 0,
        payee: "Ksor H'Nay".into(),
        way: "cash".into(),
        bin: None,
        account: None,
        masked_account: String::new(),
        reason: "Nộp thừa".into(),
        state: "asked".into(),
        asked_by: id(2),
        asked_by_name: "Hoa".into(),
        asked_at: NOW.0 + number as i64,
        decided_by: None,
        decided_by_name: None,
        decided_at: None,
        sendings: 0,
        remark: String::new(),
        ended_at: (!is_open(number)).then_some(NOW.0),
        version: 1,
    }
}

fn line(number: u128) -> TrayRow {
    TrayRow {
        office_id: office_of(number),
        id: nth(6, number),
        credit_id: Some(credit(number).id),
        request_id: None,
        reason: "no_token".into(),
        since: NOW.0 + number as i64,
        owner: None,
        owner_name: None,
        note: None,
        closed_at: None,
        how: None,
        closed_by: None,
    }
}

fn statement(number: u128) -> StatementRow {
    StatementRow {
        office_id: office_of(number),
        id: nth(7, number),
        account_id: account(1 + number % 20).id,
        sha256: format!("{number}"),
        format: "csv".into(),
        by_staff: id(2),
        by_name: "Hoa".into(),
        at: NOW.0,
        lines: 1,
        new_lines: 1,
        refused: Vec::new(),
    }
}
