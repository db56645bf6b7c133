//! The simulated bank: what it is paid, whom it tells and how, and what its own book says afterwards.

use super::program::{Running, motcua, refused};
use axum::{
    Router,
    body::Bytes,
    extract::{RawQuery, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use bank::{
    Key,
    notification::{BankTransfer, SIGNATURE, TIMESTAMP},
    provider::{Call, Handled, Notice, Order, Outcome, PaymentProvider},
    redirect::Redirect,
    statement,
};
use domain::{
    money::Dong,
    time::{Day, Instant},
};
use office::Clock;
use reqwest::{Client, Url, redirect::Policy};
use serde_json::{Value, json};
use server::demo_bank::{DemoBank, DemoBankSettings, router};
use std::{
    collections::HashSet,
    process::Command,
    sync::{Arc, Mutex},
    time::Duration,
};
use tempfile::TempDir;

const SECRET: &str = "a secret of this test alone";
const ACCOUNT: &str = "0011001234567";
/// When the tests happen.
const NOW: Instant = Day(20_781).start();

fn key() -> Key {
    Key::new(SECRET).expect("a key")
}

fn gateway(address: &str) -> Redirect {
    Redirect::new(key(), "DONGXUAN", address).expect("a gateway")
}

/// Whoever is told: it checks signatures, and remembers what it heard in order.
#[derive(Clone, Default)]
struct Ears {
    heard: Arc<Mutex<Vec<Notice>>>,
    /// So many messages are answered with trouble first.
    deaf_for: Arc<Mutex<usize>>,
}

impl Ears {
    fn hear(&self, provider: &dyn PaymentProvider, call: &Call<'_>) -> Handled {
        let Ok(notice) = provider.read(call, NOW) else { return Handled::Refused };
        let mut deaf_for = self.deaf_for.lock().expect("a count");
        if *deaf_for > 0 {
            *deaf_for -= 1;
            return Handled::Trouble;
        }
        let mut heard = self.heard.lock().expect("a list");
        let known = heard.iter().any(|it| it.event == notice.event);
        heard.push(notice);
        if known { Handled::Known } else { Handled::Taken }
    }

    fn credits(&self) -> Vec<(String, i64)> {
        let heard = self.heard.lock().expect("a list");
        heard
            .iter()
            .filter_map(|notice| match &notice.outcome {
                Outcome::Paid(credit) => Some((credit.bank_ref.clone(), credit.amount.0)),
                Outcome::Failed { .. } => None,
            })
            .collect()
    }
}

fn answered(provider: &dyn PaymentProvider, handled: Handled) -> Response {
    let answer = provider.answer(handled);
    (StatusCode::from_u16(answer.status).expect("a status"), answer.body).into_response()
}

async fn notified(State(ears): State<Ears>, headers: HeaderMap, body: Bytes) -> Response {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let call = Call { timestamp: header(TIMESTAMP), signature: header(SIGNATURE), body: &body, ..Call::default() };
    let bank = BankTransfer::new(key(), vec![ACCOUNT.into()]);
    answered(&bank, ears.hear(&bank, &call))
}

async fn ipn(State(ears): State<Ears>, RawQuery(query): RawQuery) -> Response {
    let gateway = gateway("");
    let query = query.unwrap_or_default();
    answered(&gateway, ears.hear(&gateway, &Call { query: &query, ..Call::default() }))
}

async fn serve(router: Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

/// A simulator and somebody it tells.
struct Bank {
    address: String,
    ears: Ears,
    web: Client,
    folder: TempDir,
}

impl Bank {
    async fn start() -> Self {
        let ears = Ears::default();
        let heard = Router::new().route("/bao-co", post(notified)).route("/ipn", get(ipn)).with_state(ears.clone());
        let office = serve(heard).await;
        let folder = TempDir::new().expect("a folder");
        let settings = DemoBankSettings {
            listen: ([127, 0, 0, 1], 0).into(),
            ledger: folder.path().join("ledger.jsonl"),
            notify: Some(format!("{office}/bao-co")),
            ipn: Some(format!("{office}/ipn")),
            bank_key: key(),
            gateway_key: key(),
            terminal: "DONGXUAN".into(),
        };
        let bank = DemoBank::open(&settings, Clock::fixed(NOW, 1)).expect("a bank");
        let address = serve(router(bank)).await;
        let web = Client::builder().redirect(Policy::none()).build().expect("a client");
        Self { address, ears, web, folder }
    }

    async fn post(&self, address: &str, kind: &str, body: String) -> reqwest::Response {
        let request = self.web.post(format!("{}{address}", self.address)).header("content-type", kind);
        request.body(body).send().await.expect("an answer")
    }

    async fn get(&self, address: &str) -> (u16, String) {
        let answer = self.web.get(format!("{}{address}", self.address)).send().await.expect("an answer");
        (answer.status().as_u16(), answer.text().await.expect("text"))
    }

    /// Pays by the API; answers the references that were booked.
    async fn pay(&self, transfer: Value) -> Vec<String> {
        let answer = self.post("/api/transfers", "application/json", transfer.to_string()).await;
        assert_eq!(answer.status().as_u16(), 200, "{transfer}");
        let answer: Value = serde_json::from_str(&answer.text().await.expect("text")).expect("JSON");
        let payments = answer["payments"].as_array().expect("a list").iter();
        payments.map(|payment| payment["reference"].as_str().expect("a reference").to_owned()).collect()
    }

    /// Waits until nothing is on its way.
    async fn settle(&self) {
        for _ in 0..1_500 {
            let state: Value = serde_json::from_str(&self.get("/api/state").await.1).expect("JSON");
            if state["pending"] == 0 && state["held"] == 0 {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("somebody is told for ever");
    }

    /// The sums of the book, by somebody who knows nothing of this program.
    fn sums(&self) -> Value {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/peers/ledger_sums.py");
        let ledger = self.folder.path().join("ledger.jsonl");
        let told = Command::new("python3").arg(script).arg(ledger).output().expect("python3 runs");
        assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
        serde_json::from_slice(&told.stdout).expect("JSON")
    }
}

fn transfer(amount: i64, more: Value) -> Value {
    let mut transfer =
        json!({ "account": ACCOUNT, "amount": amount, "note": "DX012345678", "payer_name": "Hồ Thị Lan" });
    for (name, value) in more.as_object().expect("an object") {
        transfer[name] = value.clone();
    }
    transfer
}

#[tokio::test]
async fn every_fault_that_is_chosen_happens_and_the_book_says_so() {
    let bank = Bank::start().await;
    let clean = bank.pay(transfer(24_000, json!({}))).await;
    let under = bank.pay(transfer(24_000, json!({ "money": "under", "differs_by": 4_000 }))).await;
    let over = bank.pay(transfer(24_000, json!({ "money": "over" }))).await;
    let twice = bank.pay(transfer(27_000, json!({ "money": "twice" }))).await;
    let late = bank.pay(transfer(8_000, json!({ "money": "late", "wait_ms": 50 }))).await;
    let dropped = bank.pay(transfer(10_000, json!({ "notice": "drop" }))).await;
    let doubled = bank.pay(transfer(11_000, json!({ "notice": "duplicate" }))).await;
    bank.pay(transfer(12_000, json!({ "notice": "delay", "wait_ms": 50 }))).await;
    bank.settle().await;
    let heard = bank.ears.credits();
    let amount = |reference: &str| heard.iter().find(|(known, _)| known == reference).map(|(_, amount)| *amount);
    assert_eq!(amount(&clean[0]), Some(24_000));
    assert_eq!((amount(&under[0]), amount(&over[0])), (Some(20_000), Some(25_000)));
    assert_eq!((twice.len(), amount(&twice[0]), amount(&twice[1])), (2, Some(27_000), Some(27_000)));
    assert!(late.is_empty(), "it was booked later");
    assert_eq!(heard.iter().filter(|(_, amount)| *amount == 8_000).count(), 1);
    assert_eq!(amount(&dropped[0]), None);
    assert_eq!(heard.iter().filter(|(reference, _)| *reference == doubled[0]).count(), 2);
    assert_eq!(heard.iter().filter(|(_, amount)| *amount == 12_000).count(), 1);

    let sums = bank.sums();
    assert_eq!(sums["paid"], 24_000 + 20_000 + 25_000 + 2 * 27_000 + 8_000 + 10_000 + 11_000 + 12_000);
    assert_eq!(sums["accounts"][ACCOUNT], sums["paid"]);
    assert_eq!(sums["money"], json!({ "clean": 5, "under": 1, "over": 1, "twice": 1, "late": 1 }));
    assert_eq!(sums["notice"], json!({ "clean": 6, "drop": 1, "duplicate": 1, "delay": 1 }));
    assert_eq!(sums["wrong"].as_array().map(Vec::len), Some(4));
    assert_eq!(sums["untold"], json!([dropped[0]]));
}

#[tokio::test]
async fn a_notification_is_passed_by_the_one_behind_it() {
    let bank = Bank::start().await;
    let first = bank.pay(transfer(1_000, json!({ "notice": "reorder" }))).await;
    let second = bank.pay(transfer(2_000, json!({}))).await;
    bank.settle().await;
    let order: Vec<String> = bank.ears.credits().into_iter().map(|(reference, _)| reference).collect();
    assert_eq!(order, [second[0].clone(), first[0].clone()]);
}

#[tokio::test]
async fn somebody_who_does_not_answer_is_told_again_as_the_same_event() {
    let bank = Bank::start().await;
    *bank.ears.deaf_for.lock().expect("a count") = 2;
    let paid = bank.pay(transfer(24_000, json!({}))).await;
    bank.settle().await;
    assert_eq!(bank.ears.credits(), [(paid[0].clone(), 24_000)]);
    let (_, book) = bank.get("/api/ledger").await;
    let lines: Vec<Value> = book.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let told: Vec<_> = lines.iter().filter(|line| line["kind"] == "told").collect();
    let statuses: Vec<_> = told.iter().map(|line| line["status"].as_u64()).collect();
    assert_eq!(statuses, [Some(503), Some(503), Some(200)]);
    let events: HashSet<_> = told.iter().map(|line| line["event"].to_string()).collect();
    assert_eq!(events.len(), 1);
}

#[tokio::test]
async fn statements_of_the_book_are_the_money_of_the_book() {
    let bank = Bank::start().await;
    for amount in [24_000, 27_000, 8_000] {
        bank.pay(transfer(amount, json!({ "notice": "drop" }))).await;
    }
    let profiles = statement::profiles();
    let reading = statement::Reading { now: NOW, account: Some(ACCOUNT) };
    for kind in ["csv", "camt", "mt940"] {
        let (status, text) = bank.get(&format!("/sao-ke/{ACCOUNT}?dang={kind}&tu=2026-11-24&den=2026-11-24")).await;
        assert_eq!(status, 200);
        let read = statement::read(text.as_bytes(), &profiles, reading).expect("a statement");
        let amounts: Vec<i64> = read[0].credits().map(|credit| credit.amount.0).collect();
        assert_eq!(amounts, [24_000, 27_000, 8_000], "{kind}");
    }
    assert_eq!(bank.get("/sao-ke/..%2Fx").await.0, 404);
}

#[tokio::test]
async fn a_payer_scans_a_code_on_the_page_or_is_told_what_is_wrong() {
    let bank = Bank::start().await;
    let code = "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA530370454061800005802VN62340107NPS68690819thanh toan don hang63042E2E";
    let form = |qr: &str, amount: &str| {
        let mut url = Url::parse("http://x/").expect("an address");
        url.query_pairs_mut().append_pair("qr", qr).append_pair("amount", amount).append_pair("money", "clean");
        url.query().unwrap_or_default().to_owned()
    };
    let kind = "application/x-www-form-urlencoded";
    let answer = bank.post("/", kind, form(code, "")).await;
    assert_eq!(answer.status().as_u16(), 303);
    let (_, page) = bank.get(answer.headers()["location"].to_str().expect("text")).await;
    assert!(page.contains("thanh toan don hang") && page.contains("180.000"), "{page}");
    let wrong = [(code.replace("180000", "190000"), ""), (String::new(), "8000"), (code.to_owned(), "-1")];
    for (qr, amount) in wrong {
        let answer = bank.post("/", kind, form(&qr, amount)).await;
        assert_eq!(answer.status().as_u16(), 422, "{qr} {amount}");
        assert!(answer.text().await.expect("text").contains("role=\"alert\""));
    }
    assert_eq!(bank.sums()["paid"], 180_000);
}

/// Opens the gateway's page of an order, and presses a knob on it.
async fn press(bank: &Bank, office: &Redirect, order: &Order<'_>, outcome: &str) -> reqwest::Response {
    let address = Url::parse(&office.pay_address(order, NOW).expect("an address")).expect("an address");
    let query = address.query().unwrap_or_default().to_owned();
    assert_eq!(bank.get(&format!("/cong?{query}")).await.0, 200);
    let mut form = Url::parse("http://x/").expect("an address");
    form.query_pairs_mut().append_pair("query", &query).append_pair("outcome", outcome);
    let body = form.query().unwrap_or_default().to_owned();
    let answer = bank.post("/cong", "application/x-www-form-urlencoded", body).await;
    bank.settle().await;
    answer
}

#[tokio::test]
async fn the_gateway_tells_the_office_and_sends_the_payer_back() {
    let bank = Bank::start().await;
    let office = gateway(&format!("{}/cong", bank.address));
    let order = Order {
        reference: "T0001",
        amount: Dong(24_000),
        note: "DX012345678 trich luc",
        return_to: "http://127.0.0.1:9/thanh-toan/ve",
        payer_address: "127.0.0.1",
        until: NOW.plus_ms(900_000),
    };
    let back = |answer: &reqwest::Response| {
        assert_eq!(answer.status().as_u16(), 303);
        let address = Url::parse(answer.headers()["location"].to_str().expect("text")).expect("an address");
        assert_eq!(address.path(), "/thanh-toan/ve");
        let query = address.query().unwrap_or_default().to_owned();
        office.read(&Call { query: &query, ..Call::default() }, NOW).expect("a notice")
    };
    let paid = back(&press(&bank, &office, &order, "paid").await);
    assert_eq!(paid.order.as_deref(), Some("T0001"));
    assert!(matches!(&paid.outcome, Outcome::Paid(credit) if credit.amount == Dong(24_000)));
    assert_eq!(*bank.ears.heard.lock().expect("a list"), std::slice::from_ref(&paid), "the same on both ways");
    let again = back(&press(&bank, &office, &order, "paid").await);
    assert_eq!(again, paid, "an order is paid once");

    let second = Order { reference: "T0002", ..order.clone() };
    assert!(matches!(back(&press(&bank, &office, &second, "cancelled").await).outcome, Outcome::Failed { .. }));
    let third = Order { reference: "T0003", ..order.clone() };
    assert_eq!(press(&bank, &office, &third, "lost").await.status().as_u16(), 200, "the browser stays away");
    let late = Order { reference: "T0004", until: NOW.plus_ms(-1_000), ..order.clone() };
    assert!(matches!(back(&press(&bank, &office, &late, "paid").await).outcome, Outcome::Failed { .. }));
    assert_eq!(bank.sums()["paid"], 48_000);
    assert_eq!(bank.get("/cong?vnp_Amount=1&vnp_SecureHash=00").await.0, 400);
}

#[test]
fn the_bank_is_played_in_a_demonstration_alone() {
    let folder = TempDir::new().expect("a folder");
    let said = refused(&mut motcua(folder.path(), &["demo-bank"]));
    assert!(said.contains("MOTCUA_DEMO"), "{said}");
    let wrong = [
        ("MOTCUA_DEMO_BANK_LISTEN", "here"),
        ("MOTCUA_DEMO_BANK_NOTIFY", "somewhere"),
        ("MOTCUA_BANK_SECRET", "open"),
        ("MOTCUA_GATEWAY_TERMINAL", "a b"),
    ];
    for (name, value) in wrong {
        let said = refused(motcua(folder.path(), &["demo-bank"]).env("MOTCUA_DEMO", "1").env(name, value));
        assert!(said.contains(name), "{said}");
        assert!(name != "MOTCUA_BANK_SECRET" || !said.contains("open"), "{said}");
    }
    let settings = [("MOTCUA_DEMO", "1"), ("MOTCUA_DEMO_BANK_LISTEN", "127.0.0.1:0")];
    let running = Running::start_as(folder.path(), &["demo-bank"], &settings, 1);
    assert!(running.said[0].contains("http://127.0.0.1:"), "{:?}", running.said);
    assert!(std::net::TcpStream::connect(&running.address).is_ok());
    assert!(folder.path().join("data/demo-bank.jsonl").exists());
}
