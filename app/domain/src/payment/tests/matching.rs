use super::*;
use crate::payment::{
    matching::{Credit, Outcome, Payable, Proposal, ProposedBy, Reason, decide, proposals},
    request::{ClosedAs, Closing, Entry, EntryKind, fold},
};

const DUE: Dong = Dong(27_000);
const DAY_MS: i64 = crate::time::DAY_MS;

fn account(number: &str) -> AccountNumber {
    AccountNumber::parse(number).unwrap()
}

fn entry(kind: EntryKind, amount: Dong) -> Entry {
    Entry { kind, amount, at: at("2026-11-23T09:00") }
}

/// A request of 27.000 đ, opened at 8:00 and to be paid within a day.
fn request(token: &PaymentToken) -> Payable {
    Payable {
        token: token.clone(),
        account: account("0123456789"),
        standing: fold(DUE, None, &[]).unwrap(),
        opened: at("2026-11-23T08:00"),
        pay_by: Some(at("2026-11-24T08:00")),
    }
}

fn request_after(token: &PaymentToken, closing: Option<ClosedAs>, entries: &[Entry]) -> Payable {
    let closing = closing.map(|how| Closing { how, at: at("2026-11-23T10:00") });
    Payable { standing: fold(DUE, closing, entries).unwrap(), ..request(token) }
}

/// The credit that settles it.
fn credit(token: &PaymentToken) -> Credit {
    Credit {
        amount: DUE,
        currency: "VND".to_owned(),
        account: "0123456789".to_owned(),
        booked: at("2026-11-23T09:00"),
        note: format!("MBVCB.602134.{token}.CT tu 0011 NGUYEN VAN A"),
    }
}

fn token(bits: u64) -> PaymentToken {
    PaymentToken::from_random(bits)
}

#[test]
fn a_clean_credit_settles_its_request() {
    let token = token(7);
    assert_eq!(decide(&credit(&token), &[request(&token)]), Outcome::Exact(token.clone()));
    let partly = request_after(&token, None, &[entry(EntryKind::Cash, Dong(7_000))]);
    let rest = Credit { amount: Dong(20_000), ..credit(&token) };
    assert_eq!(decide(&rest, &[partly]), Outcome::Exact(token.clone()));
    let forever = Payable { pay_by: None, ..request(&token) };
    assert_eq!(decide(&credit(&token), &[forever]), Outcome::Exact(token));
}

#[test]
fn the_time_to_pay_ends_before_its_last_instant() {
    let token = token(7);
    let end = at("2026-11-24T08:00");
    let just = Credit { booked: end.plus_ms(-1), ..credit(&token) };
    assert_eq!(decide(&just, &[request(&token)]), Outcome::Exact(token.clone()));
    let late = Credit { booked: end, ..credit(&token) };
    assert_eq!(decide(&late, &[request(&token)]), Outcome::Tray(Reason::Late));
}

#[test]
fn a_request_that_is_settled_or_closed_takes_nothing_by_itself() {
    let token = token(7);
    let paid = entry(EntryKind::Cash, DUE);
    let waived = entry(EntryKind::Waiver, DUE);
    for (request, reason) in [
        (request_after(&token, None, &[paid]), Reason::Double),
        (request_after(&token, None, &[paid, paid]), Reason::Double),
        (request_after(&token, None, &[waived]), Reason::Double),
        (request_after(&token, None, &[paid, waived, entry(EntryKind::Refund, DUE)]), Reason::Double),
        (request_after(&token, Some(ClosedAs::Cancelled), &[]), Reason::Cancelled),
        (request_after(&token, Some(ClosedAs::Cancelled), &[paid]), Reason::Cancelled),
        (request_after(&token, Some(ClosedAs::Expired), &[]), Reason::SeenLate),
    ] {
        assert_eq!(decide(&credit(&token), &[request]), Outcome::Tray(reason), "{reason:?}");
    }
}

#[test]
fn an_account_is_the_same_however_the_bank_parts_its_number() {
    let vietcombank = account("0123456789");
    for written in ["0123456789", "0123 456 789", " 0123.456-789 "] {
        assert!(vietcombank.is_written(written), "{written}");
    }
    assert!(account("9704VQ1").is_written("9704vq1"));
    for written in ["", "123456789", "00123456789", "012345678", "0123/456789"] {
        assert!(!vietcombank.is_written(written), "{written}");
    }
}

#[test]
fn two_requests_of_one_token_settle_nothing() {
    let token = token(7);
    let twins = [request(&token), request(&token)];
    assert_eq!(decide(&credit(&token), &twins), Outcome::Tray(Reason::SeveralTokens));
}

/// What goes wrong with a credit or with its request.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Fault {
    Under,
    Over,
    Double,
    Late,
    TwoTokens,
    NoToken,
    Slip,
    UnknownToken,
    OtherAccount,
    OtherCurrency,
    Zero,
    Negative,
    Cancelled,
    SeenLate,
}

const FAULTS: [(Fault, Reason); 14] = [
    (Fault::Under, Reason::Under),
    (Fault::Over, Reason::Over),
    (Fault::Double, Reason::Double),
    (Fault::Late, Reason::Late),
    (Fault::TwoTokens, Reason::SeveralTokens),
    (Fault::NoToken, Reason::NoToken),
    (Fault::Slip, Reason::NoToken),
    (Fault::UnknownToken, Reason::UnknownToken),
    (Fault::OtherAccount, Reason::OtherAccount),
    (Fault::OtherCurrency, Reason::OtherCurrency),
    (Fault::Zero, Reason::NotIncoming),
    (Fault::Negative, Reason::NotIncoming),
    (Fault::Cancelled, Reason::Cancelled),
    (Fault::SeenLate, Reason::SeenLate),
];

/// Puts a fault into a clean pair, by the given measure.
fn spoil(fault: Fault, credit: &mut Credit, request: &mut Payable, other: &PaymentToken, by: i64) {
    let token = request.token.clone();
    match fault {
        Fault::Under => credit.amount = Dong((DUE.0 - by).max(1)),
        Fault::Over => credit.amount = DUE + Dong(by),
        Fault::Double => *request = request_after(&token, None, &[entry(EntryKind::Credit, DUE)]),
        Fault::Late => credit.booked = at("2026-11-24T08:00").plus_ms(by - 1),
        Fault::TwoTokens => credit.note = format!("{} {other}", credit.note),
        Fault::NoToken => credit.note = "CHUYEN TIEN".to_owned(),
        Fault::Slip => credit.note = credit.note.replace(token.as_str(), &token.as_str()[..PaymentToken::LENGTH - 1]),
        Fault::UnknownToken => request.token = other.clone(),
        Fault::OtherAccount => credit.account = "0123456780".to_owned(),
        Fault::OtherCurrency => credit.currency = "USD".to_owned(),
        Fault::Zero => credit.amount = Dong(0),
        Fault::Negative => credit.amount = Dong(-by),
        Fault::Cancelled => *request = request_after(&token, Some(ClosedAs::Cancelled), &[]),
        Fault::SeenLate => *request = request_after(&token, Some(ClosedAs::Expired), &[]),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn of_many_credits_only_the_clean_one_settles(
        wanted in any_token(),
        others in prop::collection::hash_set(any_token(), 1..6),
        by in 1..1_000_000i64,
    ) {
        let other = others.iter().find(|other| **other != wanted).cloned();
        prop_assume!(other.is_some());
        let other = other.unwrap();
        let neighbours = others.iter().filter(|other| **other != wanted).map(request);
        let clean: Vec<Payable> = neighbours.chain([request(&wanted)]).collect();
        prop_assert_eq!(decide(&credit(&wanted), &clean), Outcome::Exact(wanted.clone()));
        for (fault, reason) in FAULTS {
            let (mut credit, mut payable) = (credit(&wanted), request(&wanted));
            spoil(fault, &mut credit, &mut payable, &other, by);
            let is_neighbour = |known: &&Payable| known.token != wanted && known.token != payable.token;
            let neighbours = clean.iter().filter(is_neighbour).cloned();
            let all: Vec<Payable> = neighbours.chain([payable.clone()]).collect();
            prop_assert_eq!(decide(&credit, &all), Outcome::Tray(reason), "{:?}", fault);
        }
    }

    /// Whatever the note says: what settles by itself is named there, open, and owed exactly.
    #[test]
    fn a_proposal_settles_nothing(
        wanted in any_token(),
        note in "[A-Za-z0-9 .]{0,60}",
        amount in prop_oneof![Just(DUE.0), any::<i64>()],
        hours in -48..48i64,
    ) {
        let booked = at("2026-11-23T09:00").plus_ms(hours * 3_600_000);
        let bare = Credit { amount: Dong(amount), note, booked, ..credit(&wanted) };
        let requests = [request(&wanted)];
        let named = PaymentToken::find_all(&bare.note) == [wanted.clone()];
        match decide(&bare, &requests) {
            Outcome::Exact(token) => prop_assert!(named && token == wanted && amount == DUE.0),
            Outcome::Tray(_) => {}
        }
        let proposed = proposals(&bare, &requests, DAY_MS);
        let by_amount = Proposal { token: wanted, by: ProposedBy::Amount };
        // Opened at 8:00 of the 23rd: from the midnight before to a day after.
        let in_window = (-9..=23).contains(&hours);
        if !named {
            prop_assert_eq!(proposed == [by_amount], amount == DUE.0 && in_window, "{} hours", hours);
        }
    }
}

#[test]
fn what_is_proposed_is_named_first_then_owed_exactly_and_lately() {
    let (named, owed, older, other) = (token(1), token(2), token(3), token(4));
    let requests = [
        Payable { opened: at("2026-11-22T10:00"), ..request(&older) },
        request(&owed),
        request_after(&named, Some(ClosedAs::Cancelled), &[]),
        Payable { account: account("999"), ..request(&other) },
        request_after(&token(5), None, &[entry(EntryKind::Cash, Dong(1_000))]),
        Payable { opened: at("2026-11-22T08:59"), ..request(&token(6)) },
        Payable { opened: at("2026-11-24T00:00"), ..request(&token(7)) },
    ];
    let found = proposals(&credit(&named), &requests, DAY_MS);
    let said = |token: PaymentToken, by| Proposal { token, by };
    let expected =
        [said(named.clone(), ProposedBy::Token), said(owed, ProposedBy::Amount), said(older, ProposedBy::Amount)];
    assert_eq!(found, expected);
    for odd in [Credit { amount: Dong(0), ..credit(&named) }, Credit { currency: "USD".to_owned(), ..credit(&named) }] {
        assert!(proposals(&odd, &requests, DAY_MS).is_empty());
    }
}

/// A statement that tells the day alone books at midnight, before the request of that day was opened.
#[test]
fn a_booking_without_a_time_is_near_to_all_requests_of_its_day() {
    let bare = Credit { booked: at("2026-11-23T00:00"), note: String::new(), ..credit(&token(1)) };
    let proposed = proposals(&bare, &[request(&token(2))], DAY_MS);
    assert_eq!(proposed, [Proposal { token: token(2), by: ProposedBy::Amount }]);
}
