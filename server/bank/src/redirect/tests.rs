//! What is signed, what comes back, and what it is answered with.

use super::*;

const NOW: Instant = Instant(1_764_000_000_000);

fn gateway() -> Redirect {
    let key = Key::new("secret of the terminal").expect("a key");
    Redirect::new(key, "DONGXUAN", "https://gateway.example/pay").expect("a gateway")
}

fn order() -> Order<'static> {
    Order {
        reference: "T0001",
        amount: Dong(24_000),
        note: "DX012345678 trich luc",
        return_to: "https://motcua.example/thanh-toan/ve?lan=1",
        payer_address: "203.0.113.7",
        until: NOW.plus_ms(900_000),
    }
}

/// What the gateway says of a payment, changed.
fn said(change: impl Fn(&mut BTreeMap<&str, String>)) -> Result<Notice, Refusal> {
    let mut pairs = BTreeMap::from([
        ("vnp_TmnCode", "DONGXUAN".to_owned()),
        ("vnp_Amount", "2400000".into()),
        ("vnp_BankCode", "NCB".into()),
        ("vnp_OrderInfo", "DX012345678 trich luc".into()),
        ("vnp_PayDate", write_moment(NOW)),
        ("vnp_ResponseCode", "00".into()),
        ("vnp_TransactionStatus", "00".into()),
        ("vnp_TransactionNo", "14422574".into()),
        ("vnp_TxnRef", "T0001".into()),
    ]);
    change(&mut pairs);
    let query = gateway().signed(&pairs);
    gateway().read(&Call { query: &query, ..Call::default() }, NOW)
}

#[test]
fn the_address_is_signed_over_sorted_parameters_and_hundredths_of_a_dong() {
    let address = gateway().pay_address(&order(), NOW).expect("an address");
    let query = address.strip_prefix("https://gateway.example/pay?").expect("the gateway's address");
    let names: Vec<&str> = query.split('&').filter_map(|pair| Some(pair.split_once('=')?.0)).collect();
    assert!(names[..names.len() - 1].is_sorted(), "{names:?}");
    assert_eq!(names.last(), Some(&"vnp_SecureHash"));
    assert!(query.contains("vnp_Amount=2400000&") && query.contains("vnp_OrderInfo=DX012345678+trich+luc&"), "{query}");
    assert!(query.contains("vnp_ReturnUrl=https%3A%2F%2Fmotcua.example%2Fthanh-toan%2Fve%3Flan%3D1&"), "{query}");
    assert!(gateway().verified(query).is_ok());
    assert_eq!(gateway().pay_address(&Order { amount: Dong(0), ..order() }, NOW), None);
    assert_eq!(gateway().pay_address(&Order { amount: Dong(i64::MAX), ..order() }, NOW), None);
}

#[test]
fn a_payment_that_came_is_a_credit_of_its_order() {
    let notice = said(|_| {}).expect("a notice");
    assert_eq!(notice.order.as_deref(), Some("T0001"));
    let Outcome::Paid(credit) = notice.outcome else { panic!("nothing was paid") };
    assert_eq!((credit.amount, credit.bank_ref.as_str()), (Dong(24_000), "14422574"));
    assert_eq!(credit.at.0, NOW.0, "the moment passes whole seconds");
}

#[test]
fn every_code_of_the_gateway_means_something() {
    let means = |code: &'static str, status: &'static str| {
        let notice = said(|it| {
            it.insert("vnp_ResponseCode", code.into());
            it.insert("vnp_TransactionStatus", status.into());
        });
        match notice.expect("a notice").outcome {
            Outcome::Paid(_) => None,
            Outcome::Failed { failure, .. } => Some(failure),
        }
    };
    assert_eq!(means("00", "00"), None);
    assert_eq!(means("24", "02"), Some(Failure::Cancelled));
    assert_eq!(means("11", "02"), Some(Failure::Expired));
    assert_eq!(means("51", "02"), Some(Failure::Insufficient));
    assert_eq!(means("07", "00"), Some(Failure::Suspicious));
    assert_eq!(means("75", "02"), Some(Failure::BankDown));
    assert_eq!(means("00", "02"), Some(Failure::Other("00/02".into())), "a success over a failed transaction is none");
    assert_eq!(means("01", "00"), Some(Failure::Other("01/00".into())));
}

#[test]
fn a_changed_parameter_is_no_message_of_the_gateway() {
    let mut pairs = BTreeMap::from([("vnp_Amount", "2400000".to_owned()), ("vnp_TxnRef", "T0001".into())]);
    let query = gateway().signed(&pairs);
    assert!(gateway().verified(&query).is_ok());
    assert!(gateway().verified(&format!("{query}&utm=x")).is_ok(), "what is not the gateway's is not read");
    for changed in [
        query.replace("2400000", "2400100"),
        format!("{query}&vnp_ResponseCode=00"),
        format!("{query}&vnp_Amount=1"),
        query.split("&vnp_SecureHash").next().unwrap_or_default().to_owned(),
        query.replace("T0001", "%"),
        String::new(),
    ] {
        assert_eq!(gateway().verified(&changed).map(drop), Err(Refusal::Signature), "{changed}");
    }
    pairs.insert("vnp_Amount", "1".into());
    assert_ne!(gateway().signed(&pairs), query);
}

#[test]
fn what_is_signed_and_makes_no_sense_is_refused_by_name() {
    let wrong = |name: &'static str, value: &'static str| {
        said(|it| {
            it.insert(name, value.into());
        })
        .expect_err("a refusal")
    };
    assert_eq!(wrong("vnp_TmnCode", "OTHER"), Refusal::OtherRecipient);
    assert_eq!(wrong("vnp_CurrCode", "USD"), Refusal::Currency);
    assert_eq!(wrong("vnp_Amount", "2400050"), Refusal::Amount);
    assert_eq!(wrong("vnp_Amount", "-100"), Refusal::Amount);
    assert_eq!(wrong("vnp_Amount", "many"), Refusal::Malformed("vnp_Amount"));
    assert_eq!(wrong("vnp_PayDate", "20991231000000"), Refusal::Future);
    assert_eq!(wrong("vnp_PayDate", "20260231000000"), Refusal::Malformed("vnp_PayDate"));
    assert_eq!(wrong("vnp_TransactionNo", ""), Refusal::Malformed("vnp_TransactionNo"));
}

#[test]
fn the_gateway_is_answered_in_its_own_codes() {
    let code = |handled| gateway().answer(handled).body[12..14].to_owned();
    let all = [Handled::Taken, Handled::UnknownOrder, Handled::Known, Handled::OtherAmount, Handled::Refused];
    assert_eq!(all.map(code), ["00", "01", "02", "04", "97"]);
    assert_eq!(gateway().answer(Handled::Trouble).body, r#"{"RspCode":"99","Message":"Unknown error"}"#);
}
