//! Money that comes by transfer: what pays what by itself, what waits for a person and why, and that no đồng is used twice or
//! lost.
// long because every fault of a credit and every step of a refund is told once, on both engines.

use super::{
    engine::{Home, run},
    house::{ALLOWANCE, DONG_XUAN, House, XUAN_LANH, at, monday},
    messages,
    races::at_once,
};
use crate::on_both;
use domain::{
    dossier::{Event, Payment, PaymentState, PaymentWay, Refusal, Status},
    message::{Means, Message},
    money::Dong,
    payment::{AccountNumber, Bin, PaymentToken, matching::ProposedBy, refund::Destination},
    role::Role,
    time::{Day, Instant},
};
use office::{
    Config, Error, Office, Uuid, Who,
    backup::copy_database,
    blobs::Blobs,
    bus::News,
    error::Problem,
    payments::{
        ArrivedCredit, AskedRefund, CreditOutcome, NewRequest, PaymentRequestRow, ProviderEvent, Purpose, Reconciled,
        RefundOf, RefundRow, RefusedLine, RequestLine, Share, Source, StatementFile, Taken, TrayReason, TypedAccount,
    },
    stuck::Stuck,
};
use store::{Db, credits, on_engine, payment_requests, refunds};

/// The first account of Đồng Xuân, and another.
const ACCOUNT: &str = "0123456789";
const OTHER: &str = "9876543210";
/// What is asked for in most tests.
const FEE: i64 = 50_000;

/// How much of credits their parts add up to, where that is not what is used; and how much more is used than came.
const PARTS_THAT_DO_NOT_ADD_UP: &str = "SELECT COUNT(*) FROM credits c WHERE c.used <> (
    SELECT COALESCE(SUM(CASE p.kind WHEN 'released' THEN -p.amount ELSE p.amount END), 0) FROM credit_parts p
    WHERE p.credit_id = c.id) OR (c.used > c.amount AND c.used > 0)";

fn typed_account(number: &str, from: Option<Day>) -> TypedAccount {
    TypedAccount { bin: "970436".into(), number: number.into(), holder: "UBND xã Đồng Xuân".into(), from }
}

async fn account(house: &House, number: &str) -> Uuid {
    let administrator = house.staff(DONG_XUAN, Role::Administrator).await;
    let typed = typed_account(number, None);
    house.office.add_bank_account(&administrator, DONG_XUAN, &typed, house.office.new_id()).await.unwrap()
}

/// A house whose commune has an account.
async fn open(home: Home) -> House {
    let house = House::open(home).await;
    account(&house, ACCOUNT).await;
    house
}

fn asked(dossier: Option<Uuid>, purpose: Purpose, amount: i64) -> NewRequest {
    let line = RequestLine { code: String::new(), name: "Lệ phí".into(), quantity: 1, amount: Dong(amount) };
    let payer_name = if dossier.is_none() { "So Thị Liên".into() } else { String::new() };
    NewRequest { dossier, office: DONG_XUAN, purpose, lines: vec![line], payer_name, limit: None }
}

async fn ask(house: &House, dossier: Option<Uuid>, purpose: Purpose, amount: i64) -> PaymentRequestRow {
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let new = asked(dossier, purpose, amount);
    let id = house.office.request_fee(&clerk, new, house.office.new_id()).await.unwrap();
    request(house, id).await
}

/// Something at the counter, without a dossier.
async fn at_counter(house: &House, amount: i64) -> PaymentRequestRow {
    ask(house, None, Purpose::Counter, amount).await
}

async fn request(house: &House, id: Uuid) -> PaymentRequestRow {
    let mut tx = house.office.db().read().await.unwrap();
    payment_requests::request_by_id(&mut tx, id).await.unwrap().expect("a request")
}

async fn used(house: &House, credit: Uuid) -> i64 {
    let mut tx = house.office.db().read().await.unwrap();
    credits::credit_by_id(&mut tx, credit).await.unwrap().expect("a credit").used
}

async fn refund(house: &House, id: Uuid) -> RefundRow {
    let mut tx = house.office.db().read().await.unwrap();
    refunds::refund_by_id(&mut tx, id).await.unwrap().expect("a refund")
}

fn arrived(house: &House, reference: &str, amount: i64, note: &str) -> ArrivedCredit {
    ArrivedCredit {
        account: ACCOUNT.into(),
        bin: None,
        bank_ref: reference.into(),
        booked: house.clock.now(),
        amount: Dong(amount),
        currency: "VND".into(),
        note: note.into(),
        payer_name: "KSOR H NAY".into(),
        payer_account: "0011012345678".into(),
    }
}

async fn take(house: &House, credit: &ArrivedCredit) -> Taken {
    house.office.take_credit(&Who::system(), credit, Source::Webhook, None).await.unwrap()
}

/// A credit without a token: it waits for a person.
async fn nameless(house: &House, reference: &str, amount: i64) -> Uuid {
    let taken = take(house, &arrived(house, reference, amount, "chuyen tien")).await;
    assert!(matches!(taken.outcome, CreditOutcome::OnTray(_)), "{taken:?}");
    taken.credit
}

/// Keys of the reasons on the tray, as the accountant of Đồng Xuân sees them.
async fn on_tray(house: &House) -> Vec<String> {
    let accountant = house.staff(DONG_XUAN, Role::Accountant).await;
    let page = house.office.money_tray(&accountant, None).await.unwrap();
    page.lines.into_iter().map(|line| line.row.reason).collect()
}

fn transfer() -> Destination {
    Destination::Transfer {
        bin: Bin::parse("970436").unwrap(),
        account: AccountNumber::parse("0011012345678").unwrap(),
    }
}

fn back(of: RefundOf, amount: i64) -> AskedRefund {
    let (payee, reason) = ("Ksor H'Nay".into(), "Nộp thừa".into());
    AskedRefund { of, amount: Dong(amount), payee, to: transfer(), reason }
}

fn invalid<T: std::fmt::Debug>(result: Result<T, Error>) -> Problem {
    match result {
        Err(Error::Invalid(problem)) => problem,
        other => panic!("{other:?}"),
    }
}

fn refused<T: std::fmt::Debug>(result: Result<T, Error>) -> Refusal {
    match result {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

on_both!(a_clean_credit_pays_its_request_and_is_noted_on_the_dossier);
async fn a_clean_credit_pays_its_request_and_is_noted_on_the_dossier(home: Home) {
    let house = open(home).await;
    let resident = house.nay().await;
    let id = house.accepted(&resident, ALLOWANCE).await;
    let fee = ask(&house, Some(id), Purpose::Fee, FEE).await;
    assert_eq!((fee.status.as_str(), fee.remaining, fee.payer_name.as_str()), ("owed", FEE, "Ksor H'Nay"));
    assert_eq!(house.row(id).await.state.payment, PaymentState::Owed);
    assert_eq!(house.office.payment_requests_of(&resident, id).await.unwrap(), std::slice::from_ref(&fee));

    // As banks pass notes on: in capitals, glued to their own words, broken by a space.
    let (front, end) = fee.token.split_at(5);
    let note = format!("MBVCB.123.{front} {end} CAM ON");
    let taken = take(&house, &arrived(&house, "FT26286001", FEE, &note)).await;
    assert!(taken.is_new && taken.outcome == CreditOutcome::Settled, "{taken:?}");
    let paid = request(&house, fee.id).await;
    assert_eq!((paid.status.as_str(), paid.paid, paid.remaining), ("paid", FEE, 0));
    assert_eq!((paid.closed_at, paid.closed_as), (Some(monday().0), None));

    let row = house.row(id).await;
    assert_eq!((row.state.payment, row.state.fees.paid), (PaymentState::Paid, Dong(FEE)));
    assert_eq!(house.events(id).await, ["submitted", "accepted", "payment_noted", "payment_noted"]);
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let noted = house.office.dossier(&clerk, id).await.unwrap().events.pop().unwrap();
    assert_eq!(noted.actor_kind, "system");
    let Event::PaymentNoted { paid: Some(payment), .. } = noted.body.clone() else { panic!("{:?}", noted.body) };
    let told = (payment.payer.as_str(), payment.amount, payment.way, payment.proof.as_str());
    assert_eq!(told, ("KSOR H NAY", Dong(FEE), PaymentWay::Transfer, "FT26286001"));

    assert_eq!(on_tray(&house).await, [""; 0]);
    assert_eq!(house.count("SELECT COUNT(*) FROM credit_parts WHERE by_staff IS NULL").await, 1);
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'settle_credit'").await, 1);
    assert_eq!(house.count("SELECT COUNT(*) FROM credits WHERE payer_account LIKE '%0011012345678%'").await, 0);
}

on_both!(a_fee_is_asked_once_and_cancelled_while_it_is_open);
async fn a_fee_is_asked_once_and_cancelled_while_it_is_open(home: Home) {
    let house = open(home).await;
    let office = &house.office;
    let id = house.accepted(&house.nay().await, ALLOWANCE).await;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let command = office.new_id();
    let first = office.request_fee(&clerk, asked(Some(id), Purpose::Fee, FEE), command).await.unwrap();
    // Pressed twice it is one; asked for twice it is refused.
    assert_eq!(office.request_fee(&clerk, asked(Some(id), Purpose::Fee, FEE), command).await.unwrap(), first);
    let again = office.request_fee(&clerk, asked(Some(id), Purpose::Fee, FEE), office.new_id()).await;
    assert_eq!(refused(again), Refusal::AlreadyAsked);
    let no_duty = office.request_fee(&clerk, asked(Some(id), Purpose::Duty, FEE), office.new_id()).await;
    assert_eq!(refused(no_duty), Refusal::NothingAsked);
    for amount in [0, -1, i64::MAX] {
        let result = office.request_fee(&clerk, asked(None, Purpose::Counter, amount), office.new_id()).await;
        assert_eq!(invalid(result), Problem::AmountInvalid, "{amount}");
    }
    let blank = office.cancel_payment_request(&clerk, first, " ", office.new_id()).await;
    assert_eq!(refused(blank), Refusal::MissingReason);
    let command = office.new_id();
    for _ in 0..2 {
        office.cancel_payment_request(&clerk, first, "Tính nhầm", command).await.unwrap();
    }
    let row = request(&house, first).await;
    assert_eq!((row.status.as_str(), row.closed_as.as_deref()), ("cancelled", Some("cancelled")));
    assert_eq!(house.row(id).await.state.payment, PaymentState::NothingDue);
    // And then another may be asked for.
    ask(&house, Some(id), Purpose::Fee, FEE).await;
    assert_eq!(house.count("SELECT COUNT(*) FROM payment_requests").await, 2);
}

on_both!(what_was_paid_stays_paid_when_what_was_asked_beside_it_is_cancelled);
async fn what_was_paid_stays_paid_when_what_was_asked_beside_it_is_cancelled(home: Home) {
    let house = open(home).await;
    let id = house.accepted(&house.nay().await, ALLOWANCE).await;
    let first = ask(&house, Some(id), Purpose::Fee, FEE).await;
    take(&house, &arrived(&house, "FT1", FEE, &first.token)).await;
    let second = ask(&house, Some(id), Purpose::Fee, 8_000).await;
    assert_eq!(house.row(id).await.state.payment, PaymentState::Owed);
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    house.office.cancel_payment_request(&clerk, second.id, "Thừa một bản", house.office.new_id()).await.unwrap();
    let row = house.row(id).await;
    assert_eq!((row.state.payment, row.state.fees.paid), (PaymentState::Paid, Dong(FEE)));
    assert_eq!(on_tray(&house).await, [""; 0]);
}

on_both!(a_notification_and_a_line_of_a_statement_of_one_transfer_are_one_credit);
async fn a_notification_and_a_line_of_a_statement_of_one_transfer_are_one_credit(home: Home) {
    let house = House::open(home).await;
    let account = account(&house, ACCOUNT).await;
    let office = &house.office;
    let wanted = at_counter(&house, FEE).await;
    let credit = arrived(&house, "FT1", FEE, &wanted.token);
    let event = |id: &str| ProviderEvent { provider: "demo".into(), id: id.into() };
    let told =
        async |id: &str| office.take_credit(&Who::system(), &credit, Source::Webhook, Some(&event(id))).await.unwrap();
    let first = told("e1").await;
    assert!(first.is_new);
    // Another bank's way to write the number is the same number.
    let parted = ArrivedCredit { account: "0123-456 789".into(), ..credit.clone() };
    let again = office.take_credit(&Who::system(), &parted, Source::Gateway, None).await.unwrap();
    assert_eq!((again.credit, again.is_new), (first.credit, false));
    // The same event replayed, and another event of the same transfer.
    for id in ["e1", "e2", "e2"] {
        let again = told(id).await;
        assert_eq!((again.credit, again.is_new, again.outcome), (first.credit, false, CreditOutcome::Settled), "{id}");
    }
    assert_eq!(house.count("SELECT COUNT(*) FROM provider_events").await, 2);

    let accountant = house.staff(DONG_XUAN, Role::Accountant).await;
    let next = at_counter(&house, 20_000).await;
    let file = StatementFile {
        sha256: "ab".repeat(32),
        format: "csv".into(),
        lines: 5,
        credits: vec![
            (1, credit.clone()),
            (2, arrived(&house, "FT2", 20_000, &next.token)),
            (3, ArrivedCredit { account: OTHER.into(), ..arrived(&house, "FT3", 1, "") }),
            (4, ArrivedCredit { amount: Dong(FEE + 1), ..credit.clone() }),
        ],
        refused: vec![RefusedLine { line: 5, reason: "no_amount".into() }],
    };
    let imported = office.import_statement(&accountant, account, &file, office.new_id()).await.unwrap();
    assert!(!imported.was_known);
    assert_eq!((imported.statement.lines, imported.statement.new_lines), (5, 1));
    let why: Vec<_> = imported.statement.refused.iter().map(|one| (one.line, one.reason.as_str())).collect();
    assert_eq!(why, [(3, "other_account"), (4, "differs"), (5, "no_amount")]);
    assert_eq!(request(&house, next.id).await.status, "paid");
    // What the bank tells with another amount is looked at by a person.
    assert_eq!(on_tray(&house).await, [TrayReason::Differs.key()]);
    let again = office.import_statement(&accountant, account, &file, office.new_id()).await.unwrap();
    assert_eq!((again.was_known, again.statement), (true, imported.statement));

    assert_eq!(house.count("SELECT COUNT(*) FROM credits").await, 2);
    assert_eq!(house.count("SELECT COUNT(*) FROM credit_parts").await, 2);
    assert_eq!(house.count("SELECT COUNT(*) FROM statements").await, 1);
    assert_eq!(request(&house, wanted.id).await.paid, FEE);
}

on_both!(an_event_whose_id_comes_with_another_transfer_loses_no_money);
async fn an_event_whose_id_comes_with_another_transfer_loses_no_money(home: Home) {
    let house = open(home).await;
    let event = ProviderEvent { provider: "demo".into(), id: "e1".into() };
    let told = async |credit: &ArrivedCredit| {
        house.office.take_credit(&Who::system(), credit, Source::Webhook, Some(&event)).await.unwrap()
    };
    let wanted = at_counter(&house, FEE).await;
    let first = told(&arrived(&house, "FT1", FEE, &wanted.token)).await;
    assert_eq!((first.is_new, first.outcome), (true, CreditOutcome::Settled));
    let other = told(&arrived(&house, "FT2", 20_000, "chuyen tien")).await;
    assert!(other.is_new && other.credit != first.credit, "{other:?}");
    assert!(matches!(other.outcome, CreditOutcome::OnTray(_)), "{other:?}");
    // The first transfer once more, and then with another amount.
    let again = told(&arrived(&house, "FT1", FEE, &wanted.token)).await;
    assert_eq!((again.credit, again.is_new, again.outcome), (first.credit, false, CreditOutcome::Settled));
    let mut news = house.office.bus().listen();
    let more = told(&arrived(&house, "FT1", FEE + 1, &wanted.token)).await;
    assert_eq!(
        (more.credit, more.is_new, more.outcome),
        (first.credit, false, CreditOutcome::OnTray(TrayReason::Differs))
    );
    assert_eq!(house.count("SELECT COUNT(*) FROM credits").await, 2);
    assert_eq!(house.count("SELECT COUNT(*) FROM credit_parts").await, 1);
    assert_eq!(house.count("SELECT COUNT(*) FROM provider_events").await, 1);
    let is_of_the_unit = |told: News| matches!(told, News::Queues { office } if office == DONG_XUAN);
    assert!(std::iter::from_fn(|| news.try_recv().ok()).any(is_of_the_unit), "pages that show the tray hear of it");
    // Of what lies on the tray for another reason already, the record has it.
    told(&arrived(&house, "FT2", 20_001, "chuyen tien")).await;
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'find_credit_differs'").await, 2);
}

on_both!(each_fault_of_a_credit_lies_on_the_tray_with_its_reason);
async fn each_fault_of_a_credit_lies_on_the_tray_with_its_reason(home: Home) {
    let house = open(home).await;
    let office = &house.office;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let [open, cancelled, late, ran_out, paid] = [
        at_counter(&house, FEE).await,
        at_counter(&house, FEE).await,
        limited(&house, "2026-10-12T10:00").await,
        limited(&house, "2026-10-12T10:00").await,
        at_counter(&house, FEE).await,
    ];
    office.cancel_payment_request(&clerk, cancelled.id, "Tính nhầm", office.new_id()).await.unwrap();
    take(&house, &arrived(&house, "FT0", FEE, &paid.token)).await;
    account(&house, OTHER).await;
    let before = arrived(&house, "in-time", FEE, &ran_out.token);
    house.clock.set(at("2026-10-12T11:00"));
    let stranger = PaymentToken::from_random(7);
    let plain = |reference: &str, amount: i64, note: &str| arrived(&house, reference, amount, note);
    let faults = [
        ("no_token", plain("1", FEE, "chuyen tien")),
        ("several_tokens", plain("2", FEE, &format!("{} {}", open.token, paid.token))),
        ("unknown_token", plain("3", FEE, stranger.as_str())),
        ("under", plain("4", FEE - 1, &open.token)),
        ("over", plain("5", FEE + 1, &open.token)),
        ("double", plain("6", FEE, &paid.token)),
        ("cancelled", plain("7", FEE, &cancelled.token)),
        ("late", plain("8", FEE, &late.token)),
        ("other_account", ArrivedCredit { account: OTHER.into(), ..plain("9", FEE, &open.token) }),
        ("not_incoming", plain("10", -FEE, &open.token)),
        ("other_currency", ArrivedCredit { currency: "usd".into(), ..plain("11", FEE, &open.token) }),
    ];
    for (reason, credit) in &faults {
        let taken = take(&house, credit).await;
        let CreditOutcome::OnTray(why) = taken.outcome else { panic!("{reason}: {taken:?}") };
        assert_eq!(why.key(), *reason);
        assert_eq!(used(&house, taken.credit).await, 0, "{reason}");
    }
    // Booked in time, heard of when the request had run out.
    assert_eq!(office.reconcile(office.new_id()).await.unwrap(), Reconciled { expired: 2, ..Reconciled::default() });
    let seen_late = take(&house, &before).await;
    assert!(matches!(seen_late.outcome, CreditOutcome::OnTray(why) if why.key() == "seen_late"), "{seen_late:?}");

    let mut expected: Vec<String> = faults.iter().map(|(reason, _)| (*reason).to_owned()).collect();
    expected.push("seen_late".into());
    let (mut seen, mut wanted) = (on_tray(&house).await, expected);
    seen.sort_unstable();
    wanted.sort_unstable();
    assert_eq!(seen, wanted);
    let row = request(&house, open.id).await;
    assert_eq!((row.status.as_str(), row.paid), ("owed", 0));
    for (id, status) in [(late.id, "expired"), (ran_out.id, "expired"), (cancelled.id, "cancelled"), (paid.id, "paid")]
    {
        assert_eq!(request(&house, id).await.status, status);
    }
    // An account that nobody has here is no account, and whoever tells of it hears so.
    let nowhere = ArrivedCredit { account: "555".into(), ..plain("12", FEE, &open.token) };
    let result = office.take_credit(&Who::system(), &nowhere, Source::Webhook, None).await;
    assert_eq!(invalid(result), Problem::Missing("account"));
    let blank = office.take_credit(&Who::system(), &plain(" ", FEE, &open.token), Source::Webhook, None).await;
    assert_eq!(invalid(blank), Problem::Missing("bank_ref"));
}

/// A request at the counter that is to be paid by then.
async fn limited(house: &House, until: &str) -> PaymentRequestRow {
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let new = NewRequest { limit: Some(at(until)), ..asked(None, Purpose::Counter, FEE) };
    let id = house.office.request_fee(&clerk, new, house.office.new_id()).await.unwrap();
    request(house, id).await
}

on_both!(two_who_take_the_same_credit_at_once_take_it_once);
async fn two_who_take_the_same_credit_at_once_take_it_once(home: Home) {
    let house = open(home).await;
    const ROUNDS: i64 = 30;
    for round in 0..ROUNDS {
        let wanted = at_counter(&house, FEE + round).await;
        let credit = arrived(&house, &format!("FT{round}"), FEE + round, &wanted.token);
        let take = |source: Source| {
            let (office, credit) = (house.office.clone(), credit.clone());
            // Half the rounds are one event told twice, half are a notification and a gateway.
            let event = ProviderEvent { provider: "demo".into(), id: format!("e{round}") };
            let event = (round % 2 == 0).then_some(event);
            async move { office.take_credit(&Who::system(), &credit, source, event.as_ref()).await }
        };
        let (one, two) = at_once(take(Source::Webhook), take(Source::Gateway)).await;
        let (one, two) = (one.unwrap(), two.unwrap());
        assert_eq!(one.credit, two.credit, "round {round}");
        assert!(one.is_new != two.is_new, "round {round}: {one:?} {two:?}");
        let paid = request(&house, wanted.id).await;
        assert_eq!((paid.status.as_str(), paid.paid), ("paid", FEE + round), "round {round}");
    }
    assert_eq!(house.count("SELECT COUNT(*) FROM credits").await, ROUNDS);
    assert_eq!(house.count("SELECT COUNT(*) FROM credit_parts").await, ROUNDS);
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'settle_credit'").await, ROUNDS);
    assert_eq!(on_tray(&house).await, [""; 0]);
}

on_both!(of_a_credit_no_more_is_used_than_came_whoever_lays_it_where_at_once);
async fn of_a_credit_no_more_is_used_than_came_whoever_lays_it_where_at_once(home: Home) {
    let house = open(home).await;
    let accountant = house.staff(DONG_XUAN, Role::Accountant).await;
    for round in 0..20 {
        let credit = nameless(&house, &format!("FT{round}"), 100_000).await;
        let (left, right) = (at_counter(&house, 70_000).await.id, at_counter(&house, 70_000).await.id);
        let give = |request: Uuid| {
            let (office, who) = (house.office.clone(), accountant.clone());
            let shares = [Share { request, amount: Dong(70_000) }];
            let command = office.new_id();
            async move { office.split_credit(&who, credit, &shares, "Người nộp đã gọi", command).await }
        };
        let (one, two) = at_once(give(left), give(right)).await;
        assert!(one.is_ok() != two.is_ok(), "round {round}: {one:?} {two:?}");
        let (lost, other) = if one.is_ok() { (two, right) } else { (one, left) };
        assert_eq!(invalid(lost), Problem::MoreThanLeft { left: Dong(30_000) }, "round {round}");
        assert_eq!(used(&house, credit).await, 70_000);
        // All that is left, by a double click.
        let (office, command) = (&house.office, house.office.new_id());
        for _ in 0..2 {
            office.attach_credit(&accountant, credit, other, "Phần còn lại", command).await.unwrap();
        }
        let row = request(&house, other).await;
        assert_eq!((row.status.as_str(), row.remaining), ("partly_paid", 40_000));
        let more = office.attach_credit(&accountant, credit, other, "Lần nữa", office.new_id()).await;
        assert_eq!(invalid(more), Problem::MoreThanLeft { left: Dong(0) });
    }
    assert_eq!(on_tray(&house).await, [""; 0], "what is used up waits for nobody");
    assert_eq!(house.count(PARTS_THAT_DO_NOT_ADD_UP).await, 0);
    // All shares or none, and none that is nothing.
    let credit = nameless(&house, "FT-all", 100_000).await;
    let (one, two) = (at_counter(&house, 60_000).await.id, at_counter(&house, 60_000).await.id);
    let split = async |amounts: [i64; 2]| {
        let shares =
            [Share { request: one, amount: Dong(amounts[0]) }, Share { request: two, amount: Dong(amounts[1]) }];
        house.office.split_credit(&accountant, credit, &shares, "Hai việc", house.office.new_id()).await
    };
    assert_eq!(invalid(split([60_000, 60_000]).await), Problem::MoreThanLeft { left: Dong(40_000) });
    assert_eq!(invalid(split([60_000, 0]).await), Problem::AmountInvalid);
    // An amount that no sum can hold is more than is left, whatever was used before it.
    assert_eq!(invalid(split([60_000, i64::MAX]).await), Problem::MoreThanLeft { left: Dong(40_000) });
    assert_eq!((used(&house, credit).await, request(&house, one).await.paid), (0, 0));
    split([60_000, 40_000]).await.unwrap();
    assert_eq!(house.count(PARTS_THAT_DO_NOT_ADD_UP).await, 0);
}

on_both!(a_person_asks_about_money_finds_whose_it_is_and_closes_what_was_none);
async fn a_person_asks_about_money_finds_whose_it_is_and_closes_what_was_none(home: Home) {
    let house = open(home).await;
    let office = &house.office;
    let accountant = house.staff(DONG_XUAN, Role::Accountant).await;
    let wanted = at_counter(&house, FEE).await;
    let credit = nameless(&house, "FT1", FEE).await;
    // Nobody paid by it yet: it is proposed, and that is all.
    let seen = office.credit(&accountant, credit).await.unwrap();
    let proposed: Vec<_> = seen.proposals.iter().map(|(why, row)| (why.by, row.id)).collect();
    assert_eq!(proposed, [(ProposedBy::Amount, wanted.id)]);
    let line = seen.line.expect("a line").id;
    office.ask_about_credit(&accountant, line, "Đã gọi ngân hàng", office.new_id()).await.unwrap();
    let page = office.money_tray(&accountant, None).await.unwrap();
    assert_eq!(page.lines[0].row.note.as_deref(), Some("Đã gọi ngân hàng"));
    assert_eq!(page.lines[0].row.owner, Some(accountant.subject()));
    // Money is not closed away.
    let closed = office.close_money_line(&accountant, line, "Không rõ", office.new_id()).await;
    assert_eq!(invalid(closed), Problem::MoneyLeft);
    let silent = office.attach_credit(&accountant, credit, wanted.id, "", office.new_id()).await;
    assert_eq!(refused(silent), Refusal::MissingReason);
    office.attach_credit(&accountant, credit, wanted.id, "Người nộp đưa biên lai", office.new_id()).await.unwrap();
    assert_eq!(on_tray(&house).await, [""; 0]);
    let seen = office.credit(&accountant, credit).await.unwrap();
    assert_eq!((seen.parts.len(), seen.parts[0].by_staff), (1, Some(accountant.subject())));

    // What went out is no money for anybody here.
    let out = take(&house, &arrived(&house, "FT2", -10_000, "phi dich vu")).await.credit;
    let line = office.credit(&accountant, out).await.unwrap().line.expect("a line").id;
    office.close_money_line(&accountant, line, "Phí ngân hàng", office.new_id()).await.unwrap();
    assert_eq!(on_tray(&house).await, [""; 0]);
    assert_eq!(office.reconcile(office.new_id()).await.unwrap(), Reconciled::default());
    // A cancelled request takes no money.
    let gone = at_counter(&house, FEE).await;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    office.cancel_payment_request(&clerk, gone.id, "Thôi", office.new_id()).await.unwrap();
    let other = nameless(&house, "FT3", FEE).await;
    let given = office.attach_credit(&accountant, other, gone.id, "Thử", office.new_id()).await;
    assert_eq!(invalid(given), Problem::RequestClosed);
}

on_both!(a_duty_that_is_paid_lets_the_clock_run_on_by_itself);
async fn a_duty_that_is_paid_lets_the_clock_run_on_by_itself(home: Home) {
    let house = open(home).await;
    let office = &house.office;
    let specialist = house.staff(DONG_XUAN, Role::Specialist).await;
    let id = house.assigned(&house.nay().await, ALLOWANCE).await;
    house.clock.set(at("2026-10-13T08:00"));
    office.ask_duty(&specialist, id, "Lệ phí 50.000 đồng".into(), house.command(id).await).await.unwrap();
    let duty = office.request_fee(&specialist, asked(Some(id), Purpose::Duty, FEE), office.new_id()).await.unwrap();
    let token = request(&house, duty).await.token;
    // A part of it meets no duty.
    house.clock.set(at("2026-10-14T08:00"));
    let accountant = house.staff(DONG_XUAN, Role::Accountant).await;
    let part = take(&house, &arrived(&house, "FT1", 20_000, &token)).await;
    assert!(matches!(part.outcome, CreditOutcome::OnTray(why) if why.key() == "under"), "{part:?}");
    office.attach_credit(&accountant, part.credit, duty, "Nộp trước một phần", office.new_id()).await.unwrap();
    assert_eq!(house.row(id).await.state.status, Status::DutyAsked);
    // Tuesday and Wednesday close while it waits.
    house.clock.set(at("2026-10-15T08:00"));
    let rest = take(&house, &arrived(&house, "FT2", 30_000, &token)).await;
    assert_eq!(rest.outcome, CreditOutcome::Settled);
    let row = house.row(id).await;
    assert_eq!(row.state.status, Status::Processing);
    assert_eq!(row.due_at.map(Instant), Some(at("2026-10-19T17:00")));
    assert_eq!(house.events(id).await.last().map(String::as_str), Some("duty_met"));
    assert_eq!(row.state.duties_paid, Dong(FEE));
    assert_eq!(request(&house, duty).await.status, "paid");
}

on_both!(whoever_asked_to_be_told_hears_of_money_that_came_once);
async fn whoever_asked_to_be_told_hears_of_money_that_came_once(home: Home) {
    let house = messages::open(home).await;
    account(&house, ACCOUNT).await;
    let resident = house.nay().await;
    messages::told_by(&house, &resident, Means::Email).await;
    let id = house.accepted(&resident, ALLOWANCE).await;
    let fee = ask(&house, Some(id), Purpose::Fee, FEE).await;
    let credit = arrived(&house, "FT1", FEE, &fee.token);
    for _ in 0..2 {
        take(&house, &credit).await;
    }
    let told: Vec<Message> = messages::messages(&house, id).await.into_iter().map(|row| row.body).collect();
    let received = Message::MoneyReceived { amount: Dong(FEE) };
    assert_eq!(told.iter().filter(|message| **message == received).count(), 1, "{told:?}");
    assert_eq!(told.len(), 2, "it was received, and paid: {told:?}");
}

on_both!(money_is_kept_where_its_dossier_takes_no_note_of_it);
async fn money_is_kept_where_its_dossier_takes_no_note_of_it(home: Home) {
    let house = open(home).await;
    let office = &house.office;
    let accountant = house.staff(DONG_XUAN, Role::Accountant).await;
    let id = house.accepted(&house.nay().await, ALLOWANCE).await;
    let fee = ask(&house, Some(id), Purpose::Fee, FEE).await;
    // Somebody has seen it at the bank and noted it by hand meanwhile.
    let paid = Payment {
        payer: "Ksor H'Nay".into(),
        amount: Dong(FEE),
        way: PaymentWay::Transfer,
        on: house.clock.now().day(),
        proof: "FT1".into(),
    };
    let command = house.command(id).await;
    office.note_payment(&accountant, id, PaymentState::Paid, Some(paid), String::new(), command).await.unwrap();
    let taken = take(&house, &arrived(&house, "FT1", FEE, &fee.token)).await;
    assert_eq!(taken.outcome, CreditOutcome::Settled);
    assert_eq!(request(&house, fee.id).await.status, "paid");
    assert_eq!(house.row(id).await.state.fees.paid, Dong(FEE), "it is not counted twice");
    assert_eq!(on_tray(&house).await, [TrayReason::NotNoted.key()]);
    let page = office.money_tray(&accountant, None).await.unwrap();
    assert_eq!(page.lines[0].request.as_ref().map(|row| row.id), Some(fee.id));
    office.close_money_line(&accountant, page.lines[0].row.id, "Nộp hai lần", office.new_id()).await.unwrap();
    assert_eq!(on_tray(&house).await, [""; 0]);
}

on_both!(what_was_paid_in_cash_by_hand_is_asked_by_transfer_no_more);
async fn what_was_paid_in_cash_by_hand_is_asked_by_transfer_no_more(home: Home) {
    let house = open(home).await;
    let office = &house.office;
    let resident = house.nay().await;
    let accountant = house.staff(DONG_XUAN, Role::Accountant).await;
    let in_cash = |amount: i64| Payment {
        payer: "Ksor H'Nay".into(),
        amount: Dong(amount),
        way: PaymentWay::Cash,
        on: house.clock.now().day(),
        proof: String::new(),
    };
    // Cash, or a word that nothing is due.
    for (state, paid) in
        [(PaymentState::Paid, Some(in_cash(FEE))), (PaymentState::Exempt, None), (PaymentState::NothingDue, None)]
    {
        let id = house.accepted(&resident, ALLOWANCE).await;
        let fee = ask(&house, Some(id), Purpose::Fee, FEE).await;
        let command = house.command(id).await;
        office.note_payment(&accountant, id, state, paid, "Hộ nghèo".into(), command).await.unwrap();
        let row = request(&house, fee.id).await;
        assert_eq!((row.status.as_str(), row.remaining, row.closed_as.as_deref()), ("cancelled", 0, Some("cancelled")));
        // Whoever transfers it all the same is seen by a person, and what was noted stands.
        let taken = take(&house, &arrived(&house, &format!("FT-{}", state.key()), FEE, &fee.token)).await;
        assert!(matches!(taken.outcome, CreditOutcome::OnTray(why) if why.key() == "cancelled"), "{taken:?}");
        assert_eq!(house.row(id).await.state.payment, state);
    }
    let cancelled = "SELECT COUNT(*) FROM audit_rows WHERE act = 'cancel_payment_request'";
    assert_eq!(house.count(cancelled).await, 3);

    // A duty that was met in cash.
    let specialist = house.staff(DONG_XUAN, Role::Specialist).await;
    let id = house.assigned(&resident, ALLOWANCE).await;
    office.ask_duty(&specialist, id, "Lệ phí".into(), house.command(id).await).await.unwrap();
    let duty = ask(&house, Some(id), Purpose::Duty, FEE).await;
    office.duty_met(&accountant, id, in_cash(FEE), house.command(id).await).await.unwrap();
    assert_eq!(request(&house, duty.id).await.status, "cancelled");

    // Of which a part came, it is not closed away.
    let id = house.accepted(&resident, ALLOWANCE).await;
    let fee = ask(&house, Some(id), Purpose::Fee, FEE).await;
    let part = take(&house, &arrived(&house, "FT-part", 20_000, &fee.token)).await;
    office.attach_credit(&accountant, part.credit, fee.id, "Một phần", office.new_id()).await.unwrap();
    let command = house.command(id).await;
    let paid = Some(in_cash(30_000));
    office.note_payment(&accountant, id, PaymentState::Paid, paid, String::new(), command).await.unwrap();
    assert_eq!(request(&house, fee.id).await.status, "partly_paid");
}

on_both!(a_refund_takes_two_people_and_never_more_than_was_paid);
async fn a_refund_takes_two_people_and_never_more_than_was_paid(home: Home) {
    let house = open(home).await;
    let office = &house.office;
    let id = house.accepted(&house.nay().await, ALLOWANCE).await;
    let fee = ask(&house, Some(id), Purpose::Fee, FEE).await;
    take(&house, &arrived(&house, "FT1", FEE, &fee.token)).await;
    let accountant = house.staff(DONG_XUAN, Role::Accountant).await;
    let director = house.staff(DONG_XUAN, Role::CentreDirector).await;
    let leader = house.staff(DONG_XUAN, Role::Leader).await;
    let cashier = house.staff(DONG_XUAN, Role::Cashier).await;
    let of = RefundOf::Request(fee.id);
    let ask_back = async |who: &Who, amount: i64| office.ask_refund(who, back(of, amount), office.new_id()).await;

    assert_eq!(refused(ask_back(&accountant, FEE + 1).await), Refusal::MoreThanPaid { held: Dong(FEE) });
    assert_eq!(invalid(ask_back(&accountant, 0).await), Problem::AmountInvalid);
    let first = ask_back(&accountant, 30_000).await.unwrap();
    // What was asked for holds its amount back.
    assert_eq!(refused(ask_back(&director, 20_001).await), Refusal::MoreThanPaid { held: Dong(20_000) });
    let own = ask_back(&director, 20_000).await.unwrap();
    let decided = office.decide_refund(&director, own, true, "", office.new_id()).await;
    assert_eq!(invalid(decided), Problem::OwnRefund);
    let decided = office.decide_refund(&accountant, first, true, "", office.new_id()).await;
    assert!(matches!(decided, Err(Error::Forbidden)), "{decided:?}");
    assert_eq!(office.refund_to_send(&cashier, first).await.unwrap().account, None, "nobody has approved it");
    let early = office.refund_sent(&cashier, first, "UNC 1", None, office.new_id()).await;
    assert!(matches!(early, Err(Error::Stale)), "{early:?}");
    let silent = office.decide_refund(&leader, own, false, "", office.new_id()).await;
    assert_eq!(refused(silent), Refusal::MissingReason);
    office.decide_refund(&leader, own, false, "Không đúng", office.new_id()).await.unwrap();
    let row = refund(&house, own).await;
    assert_eq!((row.state.as_str(), row.account, row.decided_by), ("rejected", None, Some(leader.subject())));

    let command = office.new_id();
    for _ in 0..2 {
        office.decide_refund(&leader, first, true, "", command).await.unwrap();
    }
    assert_eq!(office.refund_to_send(&cashier, first).await.unwrap().account.as_deref(), Some("0011012345678"));
    office.refund_sent(&cashier, first, "UNC 1", None, office.new_id()).await.unwrap();
    let row = refund(&house, first).await;
    assert_eq!((row.state.as_str(), row.account, row.masked_account.as_str()), ("sent", None, "•••••••••5678"));
    assert_eq!(request(&house, fee.id).await.refunded, 0, "nobody has it yet");
    office.refund_failed(&cashier, first, "Sai tên", office.new_id()).await.unwrap();
    for typed in [None, Some("0011012345679"), Some("5678")] {
        let again = office.refund_sent(&cashier, first, "UNC 2", typed, office.new_id()).await;
        assert_eq!(invalid(again), Problem::Missing("account"), "{typed:?}");
    }
    office.refund_sent(&cashier, first, "UNC 2", Some("0011012345678"), office.new_id()).await.unwrap();
    let command = office.new_id();
    for _ in 0..2 {
        office.refund_done(&cashier, first, command).await.unwrap();
    }
    let row = refund(&house, first).await;
    assert_eq!((row.state.as_str(), row.sendings), ("done", 2));
    let paid = request(&house, fee.id).await;
    assert_eq!(
        (paid.paid, paid.refunded, paid.status.as_str()),
        (FEE, 30_000, "paid"),
        "what went back is not asked anew"
    );
    let dossier = house.row(id).await;
    assert_eq!((dossier.state.payment, dossier.state.fees.refunded), (PaymentState::Refunded, Dong(30_000)));
    assert_eq!(house.count("SELECT COUNT(*) FROM refunds WHERE account IS NOT NULL").await, 0);
    let kept = "SELECT COUNT(*) FROM audit_rows WHERE act LIKE '%refund%' AND actor_id IS NULL";
    assert_eq!(house.count(kept).await, 0, "each step has its person");
}

/// Asks for so much of a request back, and brings it all the way to the payer.
async fn give_back(house: &House, request: Uuid, amount: i64) {
    let office = &house.office;
    let accountant = house.staff(DONG_XUAN, Role::Accountant).await;
    let leader = house.staff(DONG_XUAN, Role::Leader).await;
    let cashier = house.staff(DONG_XUAN, Role::Cashier).await;
    let asked = back(RefundOf::Request(request), amount);
    let refund = office.ask_refund(&accountant, asked, office.new_id()).await.unwrap();
    office.decide_refund(&leader, refund, true, "", office.new_id()).await.unwrap();
    office.refund_sent(&cashier, refund, "UNC", None, office.new_id()).await.unwrap();
    office.refund_done(&cashier, refund, office.new_id()).await.unwrap();
}

on_both!(fees_that_go_back_in_parts_are_noted_part_by_part_and_once);
async fn fees_that_go_back_in_parts_are_noted_part_by_part_and_once(home: Home) {
    let house = open(home).await;
    let office = &house.office;
    let accountant = house.staff(DONG_XUAN, Role::Accountant).await;
    let id = house.accepted(&house.nay().await, ALLOWANCE).await;
    let fee = ask(&house, Some(id), Purpose::Fee, FEE).await;
    take(&house, &arrived(&house, "FT1", FEE, &fee.token)).await;
    for (amount, noted) in [(10_000, 10_000), (15_000, 25_000)] {
        give_back(&house, fee.id, amount).await;
        let row = house.row(id).await;
        assert_eq!((row.state.payment, row.state.fees.refunded), (PaymentState::Refunded, Dong(noted)));
    }
    assert_eq!(on_tray(&house).await, [""; 0]);
    // The next one is noted by hand before the payer has it: it is not counted twice, and a person looks.
    let paid = Payment {
        payer: "Ksor H'Nay".into(),
        amount: Dong(5_000),
        way: PaymentWay::Cash,
        on: house.clock.now().day(),
        proof: String::new(),
    };
    let (state, reason, command) = (PaymentState::Refunded, "Nộp thừa".to_string(), house.command(id).await);
    office.note_payment(&accountant, id, state, Some(paid), reason, command).await.unwrap();
    give_back(&house, fee.id, 5_000).await;
    assert_eq!(house.row(id).await.state.fees.refunded, Dong(30_000));
    assert_eq!(on_tray(&house).await, [TrayReason::NotNoted.key()]);
    assert_eq!(request(&house, fee.id).await.refunded, 30_000);
}

on_both!(two_refunds_at_once_give_no_more_than_is_there);
async fn two_refunds_at_once_give_no_more_than_is_there(home: Home) {
    let house = open(home).await;
    let accountant = house.staff(DONG_XUAN, Role::Accountant).await;
    let director = house.staff(DONG_XUAN, Role::CentreDirector).await;
    for round in 0..20 {
        // Every other round of money that belongs to no request.
        let reference = format!("FT{round}");
        let of = if round % 2 == 0 {
            let wanted = at_counter(&house, FEE).await;
            take(&house, &arrived(&house, &reference, FEE, &wanted.token)).await;
            RefundOf::Request(wanted.id)
        } else {
            RefundOf::Credit(nameless(&house, &reference, FEE).await)
        };
        let ask_back = |who: &Who| {
            let (office, who) = (house.office.clone(), who.clone());
            let command = office.new_id();
            async move { office.ask_refund(&who, back(of, 30_000), command).await }
        };
        let (one, two) = at_once(ask_back(&accountant), ask_back(&director)).await;
        assert!(one.is_ok() != two.is_ok(), "round {round}: {one:?} {two:?}");
        let lost = if one.is_ok() { two } else { one };
        assert_eq!(refused(lost), Refusal::MoreThanPaid { held: Dong(20_000) }, "round {round}");
    }
    assert_eq!(house.count("SELECT COUNT(*) FROM refunds").await, 20);
    assert_eq!(house.count(PARTS_THAT_DO_NOT_ADD_UP).await, 0);
}

on_both!(what_came_too_much_stays_in_sight_until_it_goes_back);
async fn what_came_too_much_stays_in_sight_until_it_goes_back(home: Home) {
    let house = open(home).await;
    let office = &house.office;
    let accountant = house.staff(DONG_XUAN, Role::Accountant).await;
    let leader = house.staff(DONG_XUAN, Role::Leader).await;
    let cashier = house.staff(DONG_XUAN, Role::Cashier).await;
    let id = house.accepted(&house.nay().await, ALLOWANCE).await;
    let fee = ask(&house, Some(id), Purpose::Fee, FEE).await;
    let more = take(&house, &arrived(&house, "FT1", FEE + 6_000, &fee.token)).await;
    office.attach_credit(&accountant, more.credit, fee.id, "Nộp thừa", office.new_id()).await.unwrap();
    assert_eq!(request(&house, fee.id).await.status, "overpaid");
    assert_eq!(house.row(id).await.state.fees.paid, Dong(FEE), "the dossier knows what was due");
    assert_eq!(on_tray(&house).await, [TrayReason::OverPaid.key()]);
    let of = RefundOf::Request(fee.id);
    let asked = office.ask_refund(&accountant, back(of, 6_000), office.new_id()).await.unwrap();
    assert_eq!(on_tray(&house).await, [""; 0], "it is on its way");
    office.decide_refund(&leader, asked, true, "", office.new_id()).await.unwrap();
    office.give_up_refund(&accountant, asked, "Sai tài khoản", office.new_id()).await.unwrap();
    assert_eq!(on_tray(&house).await, [TrayReason::OverPaid.key()]);
    let asked = office.ask_refund(&accountant, back(of, 6_000), office.new_id()).await.unwrap();
    office.decide_refund(&leader, asked, true, "", office.new_id()).await.unwrap();
    office.refund_sent(&cashier, asked, "UNC 7", None, office.new_id()).await.unwrap();
    office.refund_done(&cashier, asked, office.new_id()).await.unwrap();
    let row = request(&house, fee.id).await;
    assert_eq!((row.status.as_str(), row.paid, row.refunded), ("paid", FEE + 6_000, 6_000));
    assert_eq!(house.row(id).await.state.payment, PaymentState::Paid, "no fee went back");
    assert_eq!(on_tray(&house).await, [""; 0]);

    // Money of nobody: it is held back while it is on its way, and back on the tray when it does not go.
    let credit = nameless(&house, "FT2", 40_000).await;
    let asked = office.ask_refund(&accountant, back(RefundOf::Credit(credit), 40_000), office.new_id()).await.unwrap();
    assert_eq!((on_tray(&house).await, used(&house, credit).await), (Vec::new(), 40_000));
    office.decide_refund(&leader, asked, false, "Chưa rõ của ai", office.new_id()).await.unwrap();
    assert_eq!(on_tray(&house).await, [TrayReason::Returned.key()]);
    assert_eq!(used(&house, credit).await, 0);
    assert_eq!(house.count(PARTS_THAT_DO_NOT_ADD_UP).await, 0);
}

on_both!(nothing_that_came_waits_longer_than_half_an_hour_without_lying_on_the_tray);
async fn nothing_that_came_waits_longer_than_half_an_hour_without_lying_on_the_tray(home: Home) {
    let house = House::open(home).await;
    let account = account(&house, ACCOUNT).await;
    let office = &house.office;
    let (worker, other) = (office.new_id(), office.new_id());
    let accountant = house.staff(DONG_XUAN, Role::Accountant).await;
    let leader = house.staff(DONG_XUAN, Role::Leader).await;
    let stuck = async || {
        let stuck = office.stuck(&leader).await.unwrap();
        let money = |one: Stuck| if let Stuck::Money { lines, since } = one { Some((lines, since)) } else { None };
        stuck.into_iter().find_map(money)
    };
    // Kept by a process that died before it matched it.
    let wanted = at_counter(&house, FEE).await;
    let row = credits::CreditRow {
        office_id: DONG_XUAN,
        id: office.new_id(),
        account_id: account,
        bank_ref: "FT1".into(),
        source: "webhook".into(),
        booked_at: monday().0,
        received_at: monday().0,
        amount: FEE,
        currency: "VND".into(),
        note: wanted.token.clone(),
        payer_name: String::new(),
        payer_account: String::new(),
        used: 0,
        done_at: None,
    };
    let mut tx = office.db().write().await.unwrap();
    assert!(credits::insert_credit(&mut tx, &row).await.unwrap());
    tx.commit().await.unwrap();
    house.clock.set(monday().plus_ms(30 * 60_000 + 1));
    assert_eq!(stuck().await, Some((1, monday())), "also where no worker has looked");
    assert_eq!(office.reconcile(worker).await.unwrap(), Reconciled { settled: 1, ..Reconciled::default() });
    assert_eq!(request(&house, wanted.id).await.status, "paid");
    assert_eq!(stuck().await, None);
    // Two workers never do one piece twice.
    assert_eq!(office.reconcile(other).await.unwrap(), Reconciled::default());

    // A rest that somebody took off the tray.
    let since = house.clock.now();
    let credit = nameless(&house, "FT2", 100_000).await;
    let part = at_counter(&house, 30_000).await.id;
    office.attach_credit(&accountant, nameless(&house, "FT3", 1_000).await, part, "Đủ", office.new_id()).await.unwrap();
    let shares = [Share { request: part, amount: Dong(29_000) }];
    office.split_credit(&accountant, credit, &shares, "Một phần", office.new_id()).await.unwrap();
    let mut tx = office.db().write().await.unwrap();
    run(&mut tx, "UPDATE money_tray SET closed_at = 1, how = 'x' WHERE closed_at IS NULL").await.unwrap();
    tx.commit().await.unwrap();
    house.clock.set(since.plus_ms(30 * 60_000));
    assert_eq!(office.reconcile(worker).await.unwrap(), Reconciled::default(), "not yet");
    assert_eq!(on_tray(&house).await, [""; 0]);
    house.clock.set(since.plus_ms(30 * 60_000 + 1));
    assert_eq!(office.reconcile_now(&accountant).await.unwrap(), Reconciled { laid: 1, ..Reconciled::default() });
    assert_eq!(on_tray(&house).await, [TrayReason::Unreconciled.key()]);
    assert_eq!(office.reconcile(worker).await.unwrap(), Reconciled::default(), "it lies there");
    assert_eq!(stuck().await, None, "somebody has half an hour to look");
    house.clock.set(since.plus_ms(61 * 60_000));
    assert!(matches!(stuck().await, Some((1, _))));
    let line = Stuck::Money { lines: 1, since };
    assert_eq!((line.owner(), line.item().as_str()), (Some(Role::Accountant), "money"));
    assert_eq!(used(&house, credit).await, 29_000);
}

on_both!(money_is_its_own_units_and_each_step_its_own_right);
async fn money_is_its_own_units_and_each_step_its_own_right(home: Home) {
    let house = open(home).await;
    let office = &house.office;
    let wanted = at_counter(&house, FEE).await;
    let credit = nameless(&house, "FT1", FEE).await;
    let accountant = house.staff(DONG_XUAN, Role::Accountant).await;
    let line = office.credit(&accountant, credit).await.unwrap().line.unwrap().id;
    let refund = office.ask_refund(&accountant, back(RefundOf::Credit(credit), 10_000), office.new_id()).await.unwrap();
    let forbidden = |result: Result<(), Error>| assert!(matches!(result, Err(Error::Forbidden)), "{result:?}");
    for role in Role::ALL {
        let stranger = house.staff(XUAN_LANH, role).await;
        forbidden(office.attach_credit(&stranger, credit, wanted.id, "Thử", office.new_id()).await);
        forbidden(office.ask_about_credit(&stranger, line, "Thử", office.new_id()).await);
        forbidden(office.close_money_line(&stranger, line, "Thử", office.new_id()).await);
        forbidden(office.cancel_payment_request(&stranger, wanted.id, "Thử", office.new_id()).await);
        forbidden(office.decide_refund(&stranger, refund, true, "", office.new_id()).await);
        forbidden(office.refund_sent(&stranger, refund, "", None, office.new_id()).await);
        forbidden(office.refund_to_send(&stranger, refund).await.map(drop));
        forbidden(office.credit(&stranger, credit).await.map(drop));
        let asked = asked(None, Purpose::Counter, FEE);
        forbidden(office.request_fee(&stranger, asked, office.new_id()).await.map(drop));
        forbidden(office.take_credit(&stranger, &arrived(&house, "FT2", 1, ""), Source::Webhook, None).await.map(drop));
        if let Ok(page) = office.money_tray(&stranger, None).await {
            assert!(page.lines.is_empty(), "{}", role.key());
        }
        if let Ok(page) = office.credits(&stranger, None).await {
            assert!(page.rows.is_empty(), "{}", role.key());
        }
    }
    // Who takes cash does not match, who receives does not read what came, who controls changes nothing.
    let cashier = house.staff(DONG_XUAN, Role::Cashier).await;
    forbidden(office.attach_credit(&cashier, credit, wanted.id, "Thử", office.new_id()).await);
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    forbidden(office.money_tray(&clerk, None).await.map(drop));
    let controller = house.staff(DONG_XUAN, Role::Controller).await;
    assert_eq!(office.money_tray(&controller, None).await.unwrap().lines.len(), 1);
    forbidden(office.reconcile_now(&controller).await.map(drop));
    let nobody = Who::anyone(super::house::trace());
    let result = office.money_tray(&nobody, None).await;
    assert!(matches!(result, Err(Error::SignInFirst)), "{result:?}");
    let resident = house.nay().await;
    let result = office.take_credit(&resident, &arrived(&house, "FT3", 1, ""), Source::Webhook, None).await;
    assert!(matches!(result, Err(Error::Forbidden)), "{result:?}");
    // The same account is not opened twice for one day, and one that ended asks for nothing.
    let administrator = house.staff(DONG_XUAN, Role::Administrator).await;
    let add =
        async |typed: TypedAccount| office.add_bank_account(&administrator, DONG_XUAN, &typed, office.new_id()).await;
    let (today, first) = (monday().day(), monday().day().plus(-30));
    assert_eq!(invalid(add(typed_account(ACCOUNT, None)).await), Problem::AccountTaken);
    let known = office.bank_accounts(&administrator).await.unwrap();
    office.end_bank_account(&administrator, known[0].id, office.new_id()).await.unwrap();
    assert_eq!(at_counter(&house, FEE).await.account_id, None);
    assert_eq!(invalid(add(typed_account(ACCOUNT, None)).await), Problem::AccountTaken, "today is the ended one's");
    assert_eq!(invalid(add(typed_account(OTHER, Some(today.next()))).await), Problem::DateInvalid("from"));
    let later = add(typed_account(OTHER, Some(first))).await.unwrap();
    let early = ArrivedCredit { account: OTHER.into(), booked: first.start(), ..arrived(&house, "FT9", 1_000, "") };
    take(&house, &early).await;
    let before = ArrivedCredit { booked: first.prev().start(), ..early };
    let result = office.take_credit(&Who::system(), &before, Source::Webhook, None).await;
    assert_eq!(invalid(result), Problem::Missing("account"));
    assert_eq!(at_counter(&house, FEE).await.account_id, Some(later));
}

on_both!(money_of_one_unit_pays_nothing_of_another_and_shows_no_payer_of_it);
async fn money_of_one_unit_pays_nothing_of_another_and_shows_no_payer_of_it(home: Home) {
    let house = open(home).await;
    let office = &house.office;
    // The neighbour's account has the same number, at another bank.
    let neighbour = house.staff(XUAN_LANH, Role::Administrator).await;
    let typed = TypedAccount { bin: "970415".into(), ..typed_account(ACCOUNT, None) };
    office.add_bank_account(&neighbour, XUAN_LANH, &typed, office.new_id()).await.unwrap();
    let clerk = house.staff(XUAN_LANH, Role::Reception).await;
    let new = NewRequest { office: XUAN_LANH, ..asked(None, Purpose::Counter, FEE) };
    let id = office.request_fee(&clerk, new, office.new_id()).await.unwrap();
    let wanted = request(&house, id).await;
    let credit = ArrivedCredit { bin: Some("970436".into()), ..arrived(&house, "FT1", FEE, &wanted.token) };
    let taken = take(&house, &credit).await;
    assert!(matches!(taken.outcome, CreditOutcome::OnTray(why) if why.key() == "other_account"), "{taken:?}");
    assert_eq!(request(&house, id).await.paid, 0);

    // Whose it is and for what is the neighbour's.
    let accountant = house.staff(DONG_XUAN, Role::Accountant).await;
    let seen = office.credit(&accountant, taken.credit).await.unwrap();
    let named: Vec<_> = seen.proposals.iter().map(|(why, row)| (why.by, row.id, row.remaining)).collect();
    assert_eq!(named, [(ProposedBy::Token, id, FEE)]);
    assert!(seen.proposals.iter().all(|(_, row)| row.payer_name.is_empty() && row.lines.is_empty()));
    let there = ArrivedCredit { bin: Some("970415".into()), ..arrived(&house, "FT1", FEE, &wanted.token) };
    assert_eq!(take(&house, &there).await.outcome, CreditOutcome::Settled);
}

on_both!(who_pays_by_a_code_of_an_account_that_has_ended_is_not_turned_away);
async fn who_pays_by_a_code_of_an_account_that_has_ended_is_not_turned_away(home: Home) {
    let house = House::open(home).await;
    let account = account(&house, ACCOUNT).await;
    let office = &house.office;
    let (first, second) = (at_counter(&house, FEE).await, at_counter(&house, 20_000).await);
    let administrator = house.staff(DONG_XUAN, Role::Administrator).await;
    office.end_bank_account(&administrator, account, office.new_id()).await.unwrap();
    house.clock.set(at("2026-10-14T08:00"));
    let paid = take(&house, &arrived(&house, "FT1", FEE, &first.token)).await;
    assert_eq!((paid.is_new, paid.outcome), (true, CreditOutcome::Settled));
    assert_eq!(request(&house, first.id).await.status, "paid");
    // What asks for nothing of ours is another's by now.
    let stranger = arrived(&house, "FT2", FEE, "chuyen tien");
    let result = office.take_credit(&Who::system(), &stranger, Source::Webhook, None).await;
    assert_eq!(invalid(result), Problem::Missing("account"));
    let accountant = house.staff(DONG_XUAN, Role::Accountant).await;
    let file = StatementFile {
        sha256: "ef".repeat(32),
        format: "csv".into(),
        lines: 2,
        credits: vec![(1, stranger), (2, arrived(&house, "FT3", 20_000, &second.token))],
        refused: Vec::new(),
    };
    let imported = office.import_statement(&accountant, account, &file, office.new_id()).await.unwrap().statement;
    let why: Vec<_> = imported.refused.iter().map(|one| (one.line, one.reason.as_str())).collect();
    assert_eq!((imported.new_lines, why), (1, vec![(1, "other_account")]));
    assert_eq!(request(&house, second.id).await.status, "paid");
}

/// Requests whose columns are not what their parts and refunds add up to.
const REQUESTS_THAT_DO_NOT_ADD_UP: &str = "SELECT COUNT(*) FROM payment_requests r
    WHERE r.paid <> (SELECT COALESCE(SUM(CASE p.kind WHEN 'released' THEN -p.amount ELSE p.amount END), 0)
        FROM credit_parts p WHERE p.request_id = r.id)
      OR r.refunded <> (SELECT COALESCE(SUM(f.amount), 0) FROM refunds f WHERE f.request_id = r.id AND f.state = 'done')";
/// Credits of which something waits, and that lie on no tray.
const CREDITS_OUT_OF_SIGHT: &str = "SELECT COUNT(*) FROM credits c WHERE c.done_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM money_tray t WHERE t.credit_id = c.id AND t.closed_at IS NULL)";
/// Requests that hold more than is due and than goes back, and that lie on no tray.
const REQUESTS_OUT_OF_SIGHT: &str = "SELECT COUNT(*) FROM payment_requests r
    WHERE r.paid - r.refunded - CASE WHEN r.closed_as IS NOT NULL THEN 0
        ELSE r.asked - (SELECT COALESCE(SUM(f.waived), 0) FROM refunds f WHERE f.request_id = r.id) END
      > (SELECT COALESCE(SUM(f.amount), 0) FROM refunds f
         WHERE f.request_id = r.id AND f.state IN ('asked', 'approved', 'sent', 'failed'))
    AND NOT EXISTS (SELECT 1 FROM money_tray t WHERE t.request_id = r.id AND t.closed_at IS NULL)";

/// Done, or refused for a reason that a person reads.
fn answered<T: std::fmt::Debug>(result: Result<T, Error>) -> Option<T> {
    match result {
        Ok(done) => Some(done),
        Err(Error::Invalid(_) | Error::Refused(_) | Error::Stale) => None,
        Err(other) => panic!("{other:?}"),
    }
}

on_both!(whatever_is_done_in_whatever_order_the_money_adds_up_and_stays_in_sight);
async fn whatever_is_done_in_whatever_order_the_money_adds_up_and_stays_in_sight(home: Home) {
    let house = open(home).await;
    let office = &house.office;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let accountant = house.staff(DONG_XUAN, Role::Accountant).await;
    let leader = house.staff(DONG_XUAN, Role::Leader).await;
    let cashier = house.staff(DONG_XUAN, Role::Cashier).await;
    // A generator of its own, so that a failure comes again.
    let mut state = 20_261_012_u64;
    let mut pick = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let some = |amount: usize| 10_000 * (1 + amount as i64);
    let mut requests = vec![at_counter(&house, FEE).await];
    let mut credits = vec![nameless(&house, "FT-first", FEE).await];
    let mut refunds: Vec<Uuid> = Vec::new();
    for step in 0..160 {
        let asked = requests[pick(requests.len())].clone();
        let credit = credits[pick(credits.len())];
        let new = office.new_id();
        match pick(8) {
            0 => requests.push(at_counter(&house, some(pick(5))).await),
            1 => {
                let note = if pick(4) == 0 { "chuyen tien" } else { asked.token.as_str() };
                let taken = take(&house, &arrived(&house, &format!("FT{step}"), some(pick(6)), note)).await;
                credits.push(taken.credit);
            }
            2 => {
                answered(office.attach_credit(&accountant, credit, asked.id, "Thử", new).await);
            }
            3 => {
                let other = requests[pick(requests.len())].id;
                let shares = [(asked.id, some(pick(2))), (other, some(pick(2)))];
                let shares = shares.map(|(request, amount)| Share { request, amount: Dong(amount) });
                answered(office.split_credit(&accountant, credit, &shares, "Thử", new).await);
            }
            4 => {
                let of = if pick(2) == 0 { RefundOf::Request(asked.id) } else { RefundOf::Credit(credit) };
                let amount = some(pick(3));
                refunds.extend(answered(office.ask_refund(&accountant, back(of, amount), new).await));
            }
            5 | 6 if !refunds.is_empty() => {
                let refund = refunds[pick(refunds.len())];
                let again = Some("0011012345678");
                let done = match pick(7) {
                    0 | 1 => office.decide_refund(&leader, refund, true, "", new).await,
                    2 => office.decide_refund(&leader, refund, false, "Thử", new).await,
                    3 => office.refund_sent(&cashier, refund, "UNC", again, new).await,
                    4 => office.refund_done(&cashier, refund, new).await,
                    5 => office.refund_failed(&cashier, refund, "Thử", new).await,
                    _ => office.give_up_refund(&accountant, refund, "Thử", new).await,
                };
                answered(done);
            }
            _ => {
                answered(office.cancel_payment_request(&clerk, asked.id, "Thử", new).await);
            }
        }
        for wrong in
            [PARTS_THAT_DO_NOT_ADD_UP, REQUESTS_THAT_DO_NOT_ADD_UP, CREDITS_OUT_OF_SIGHT, REQUESTS_OUT_OF_SIGHT]
        {
            assert_eq!(house.count(wrong).await, 0, "step {step}: {wrong}");
        }
    }
    // It was no round of refusals alone.
    for there in [
        "SELECT COUNT(*) FROM credit_parts WHERE kind = 'request'",
        "SELECT COUNT(*) FROM credit_parts WHERE kind = 'refund'",
        "SELECT COUNT(*) FROM payment_requests WHERE closed_as = 'cancelled'",
        "SELECT COUNT(*) FROM refunds WHERE decided_by IS NOT NULL",
    ] {
        assert!(house.count(there).await > 0, "{there}");
    }
}

on_both!(money_survives_a_copy_of_the_database);
async fn money_survives_a_copy_of_the_database(home: Home) {
    let folder = home.folder.clone();
    let house = House::open(home).await;
    let account = account(&house, ACCOUNT).await;
    let office = &house.office;
    let accountant = house.staff(DONG_XUAN, Role::Accountant).await;
    let wanted = at_counter(&house, FEE).await;
    let event = ProviderEvent { provider: "demo".into(), id: "e1".into() };
    let credit = arrived(&house, "FT1", FEE, &wanted.token);
    office.take_credit(&Who::system(), &credit, Source::Webhook, Some(&event)).await.unwrap();
    let waiting = nameless(&house, "FT2", FEE).await;
    office.ask_refund(&accountant, back(RefundOf::Credit(waiting), 10_000), office.new_id()).await.unwrap();
    let file = StatementFile {
        sha256: "cd".repeat(32),
        format: "csv".into(),
        lines: 1,
        credits: vec![(1, credit.clone())],
        refused: vec![RefusedLine { line: 1, reason: "thử “ngoặc”".into() }],
    };
    office.import_statement(&accountant, account, &file, office.new_id()).await.unwrap();

    let there = Db::connect(&format!("sqlite:{}", folder.path().join("there.db").display())).await.unwrap();
    there.migrate().await.unwrap();
    let sums = copy_database(office.db(), &there).await.unwrap();
    for table in [
        "bank_accounts",
        "payment_requests",
        "credits",
        "credit_parts",
        "refunds",
        "money_tray",
        "statements",
        "provider_events",
    ] {
        assert!(sums[table].rows > 0, "{table}");
    }
    let back = Db::connect(&format!("sqlite:{}", folder.path().join("back.db").display())).await.unwrap();
    back.migrate().await.unwrap();
    assert_eq!(copy_database(&there, &back).await.unwrap(), sums);

    // The office goes on there: what was told before is known, and what waits still waits.
    let blobs = Blobs::Folder(folder.path().join("blobs"));
    let moved = Office::open(there, house.clock.clone(), Config::default(), blobs).await.unwrap();
    let again = moved.take_credit(&Who::system(), &credit, Source::Webhook, Some(&event)).await.unwrap();
    assert_eq!((again.is_new, again.outcome), (false, CreditOutcome::Settled));
    assert_eq!(moved.money_tray(&accountant, None).await.unwrap().lines.len(), 1);
    let mut tx = moved.db().read().await.unwrap();
    let parts: i64 = on_engine!(&mut tx, |c| sqlx::query_scalar(PARTS_THAT_DO_NOT_ADD_UP).fetch_one(c).await).unwrap();
    assert_eq!(parts, 0);
}
