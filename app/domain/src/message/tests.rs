use super::*;
use crate::time::TimeOfDay;

fn at(local: &str) -> Instant {
    Instant::parse_local(local).expect("a moment")
}

#[test]
fn messages_wait_from_nine_in_the_evening_to_half_past_six_in_the_morning() {
    let usual = QuietHours::USUAL;
    let morning = at("2026-11-24T06:30");
    assert_eq!(usual.end_after(at("2026-11-23T20:59:59")), None);
    for quiet in ["2026-11-23T21:00", "2026-11-23T23:59:59", "2026-11-24T00:00", "2026-11-24T06:29:59"] {
        assert_eq!(usual.end_after(at(quiet)), Some(morning), "{quiet}");
    }
    assert_eq!(usual.end_after(morning), None);
}

#[test]
fn quiet_hours_may_lie_within_a_day_or_be_none() {
    let noon = QuietHours { from: TimeOfDay::hm(11, 30), to: TimeOfDay::hm(13, 0) };
    assert_eq!(noon.end_after(at("2026-11-23T12:00")), Some(at("2026-11-23T13:00")));
    assert_eq!(noon.end_after(at("2026-11-23T13:00")), None);
    assert_eq!(noon.end_after(at("2026-11-23T11:29")), None);
    let none = QuietHours { from: TimeOfDay::hm(7, 0), to: TimeOfDay::hm(7, 0) };
    assert_eq!(none.end_after(at("2026-11-23T07:00")), None);
}

#[test]
fn pauses_grow_from_a_minute_to_an_hour_and_are_spread() {
    assert_eq!(pause_after(1, 0), 60_000);
    assert_eq!(pause_after(1, 255), 75_000);
    assert_eq!(pause_after(2, 0), 120_000);
    for tries in [7, 20, i64::MAX] {
        assert_eq!(pause_after(tries, 0), 3_600_000);
        assert_eq!(pause_after(tries, 255), 3_600_000);
    }
    assert_eq!(pause_after(0, 0), 60_000);
}

#[test]
fn an_address_is_read_as_mail_servers_read_it_and_shown_masked() {
    let read = |typed: &str| EmailAddress::parse(typed).map(|address| address.as_str().to_string());
    assert_eq!(read("  Nay.Ksor+xa@Gmail.COM "), Ok("Nay.Ksor+xa@gmail.com".into()));
    for wrong in [
        "",
        "nay",
        "@gmail.com",
        "nay@",
        "nay@gmail",
        "nay@@gmail.com",
        "nay ksor@gmail.com",
        "nay@gmail..com",
        ".nay@gmail.com",
        "nay.@gmail.com",
        "nay@-gmail.com",
        "này@gmail.com",
        "nay@gmail.com\r\nBcc: x@y.z",
        "\"nay\"@gmail.com",
    ] {
        assert_eq!(read(wrong), Err(EmailProblem), "{wrong}");
    }
    assert_eq!(read(&format!("{}@gmail.com", "n".repeat(65))), Err(EmailProblem));
    let nay = EmailAddress::parse("nay@gmail.com").expect("an address");
    assert_eq!(format!("{nay:?}"), "n•••@gmail.com");
    assert_eq!(masked_address(Means::Sms, "+84905123456"), "09•• ••• 456");
    assert_eq!(masked_address(Means::Email, "what is this"), "•••");
}

#[test]
fn every_key_of_a_message_is_the_one_that_tables_keep() {
    let due = at("2026-11-27T17:00");
    let all = [
        Message::Received { due },
        Message::NotAccepted,
        Message::SupplementAsked { respond_by: due },
        Message::SupplementDueSoon { respond_by: due },
        Message::SupplementReceived { due: None },
        Message::PaymentAsked { respond_by: None },
        Message::MoneyReceived { amount: Dong(24_000) },
        Message::Redated { old_due: due, new_due: due },
        Message::ResultReady { version: 1 },
        Message::ResultWaiting { version: 1, since: due },
        Message::Withdrawn,
        Message::WithdrawnOwing { papers: true, money: false },
        Message::WithdrawalSettled { papers: false, money: Some(MoneyBack::Kept) },
        Message::Stopped,
        Message::FileRemoved,
        Message::AddressCode,
    ];
    for message in all {
        let json = serde_json::to_value(message).expect("JSON");
        assert_eq!(json["kind"], message.key());
        assert_eq!(serde_json::from_value::<Message>(json).expect("a message"), message);
    }
}
