//! Signing in and out, and the limits at the doors.

use super::{
    engine::Home,
    house::{DONG_XUAN, House, PASSWORD, login, trace},
};
use crate::on_both;
use domain::role::Role;
use office::{
    Actor, Error, Who,
    error::Problem,
    sessions::{Door, Token},
};
use totp_rs::{Builder, Secret};

pub const MINUTE: i64 = 60_000;
pub const NUMBER: &str = "054090004321";

/// The one-time code of a secret at that moment.
fn code_at(secret: &str, moment: domain::time::Instant) -> String {
    let secret = Secret::try_from_base32(secret).unwrap();
    Builder::new().with_secret(secret).build().unwrap().generate(moment.0 as u64 / 1000).to_string()
}

async fn sign_in(house: &House, code: &str) -> Result<Token, Error> {
    let login = login(DONG_XUAN, Role::Specialist);
    house.office.sign_in_staff(&Who::anyone(trace()), &login, PASSWORD.into(), code).await
}

async fn is_signed_in(house: &House, door: Door, token: &Token) -> bool {
    let who = house.office.who_of_token(door, Some(&token.0), trace()).await.unwrap();
    who.actor != Actor::Anyone
}

pub fn move_on(house: &House, minutes: i64) {
    house.clock.set(house.clock.now().plus_ms(minutes * MINUTE));
}

on_both!(five_wrong_passwords_lock_an_account_for_a_quarter_of_an_hour);
async fn five_wrong_passwords_lock_an_account_for_a_quarter_of_an_hour(home: Home) {
    let house = House::open(home).await;
    house.nay().await;
    let anyone = Who::anyone(trace());
    let attempt =
        async |password: &str| house.office.sign_in_resident(&anyone, NUMBER, password.into()).await.map(drop);
    for left in (0..5).rev() {
        let refused = attempt("sai").await;
        let expected = Problem::WrongCredentials { tries_left: left };
        assert!(matches!(&refused, Err(Error::Invalid(problem)) if *problem == expected), "{left}: {refused:?}");
    }
    let locked = attempt(PASSWORD).await;
    let end = house.clock.now().plus_ms(15 * MINUTE);
    assert!(matches!(locked, Err(Error::Locked { until }) if until == end), "{locked:?}");
    // Another account of the same address is not locked with it.
    let other = house.office.sign_in_resident(&anyone, "054190004321", "sai".into()).await;
    assert!(matches!(other, Err(Error::Invalid(Problem::WrongCredentials { tries_left: 4 }))), "an unknown number");
    move_on(&house, 15);
    attempt(PASSWORD).await.unwrap();
    // A right password forgets the wrong ones.
    for _ in 0..4 {
        attempt("sai").await.unwrap_err();
    }
    attempt(PASSWORD).await.unwrap();
    let refused = attempt("sai").await;
    assert!(matches!(refused, Err(Error::Invalid(Problem::WrongCredentials { tries_left: 4 }))), "{refused:?}");
    let refusals = house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'sign_in_refused'").await;
    assert_eq!(refusals, 11, "every refusal is on the record");
}

on_both!(a_one_time_code_never_serves_twice);
async fn a_one_time_code_never_serves_twice(home: Home) {
    let house = House::open(home).await;
    let (_, welcome) = house.employ(DONG_XUAN, Role::Specialist).await;
    let wrong = |result: Result<Token, Error>| {
        assert!(
            matches!(result, Err(Error::Invalid(Problem::WrongCredentials { .. }))),
            "{:?}",
            result.map(|_| "a token")
        );
    };
    let now = house.clock.now();
    let code = code_at(&welcome.totp_secret, now);
    let before = code_at(&welcome.totp_secret, now.plus_ms(-30_000));
    let long_before = code_at(&welcome.totp_secret, now.plus_ms(-90_000));
    wrong(sign_in(&house, &long_before).await);
    wrong(sign_in(&house, "").await);
    sign_in(&house, &code).await.unwrap();
    wrong(sign_in(&house, &code).await);
    wrong(sign_in(&house, &before).await);
    // Thirty seconds later the same code would still be in its grace.
    house.clock.set(now.plus_ms(30_000));
    wrong(sign_in(&house, &code).await);
    let next = code_at(&welcome.totp_secret, house.clock.now());
    sign_in(&house, &next).await.unwrap();

    // Two with the same code at the same moment: one comes in.
    house.clock.set(now.plus_ms(10 * MINUTE));
    let code = code_at(&welcome.totp_secret, house.clock.now());
    let both = tokio::join!(sign_in(&house, &code), sign_in(&house, &code));
    assert!(both.0.is_ok() != both.1.is_ok(), "one code opened the door twice, or never");
}

on_both!(whatever_was_wrong_the_answer_is_one_and_no_code_is_used_up_by_it);
async fn whatever_was_wrong_the_answer_is_one_and_no_code_is_used_up_by_it(home: Home) {
    let house = House::open(home).await;
    let (_, welcome) = house.employ(DONG_XUAN, Role::Specialist).await;
    let known = login(DONG_XUAN, Role::Specialist);
    let anyone = Who::anyone(trace());
    let right = code_at(&welcome.totp_secret, house.clock.now());
    let wrong = if right == "000000" { "000001" } else { "000000" };
    let refusal = async |login: &str, password: &str, code: &str| {
        house.office.sign_in_staff(&anyone, login, password.into(), code).await.map(|_| "in").unwrap_err().to_string()
    };
    // Try for try, a stranger reads the same: the right password with a wrong code, a wrong password with the right code or
    // an unused recovery code, both wrong; and a login that is nobody's.
    let recovery = welcome.recovery_codes[0].as_str();
    for (password, code) in [(PASSWORD, wrong), ("sai", right.as_str()), ("sai", recovery), ("sai", wrong)] {
        let of_somebody = refusal(&known, password, code).await;
        assert_eq!(of_somebody, refusal("khong.ai", password, code).await, "{password}, {code}");
    }
    let fifth = refusal(&known, PASSWORD, wrong).await;
    assert_eq!(fifth, refusal("khong.ai", PASSWORD, wrong).await);
    let locked = house.office.sign_in_staff(&anyone, &known, PASSWORD.into(), &right).await;
    assert!(matches!(locked, Err(Error::Locked { .. })), "{:?}", locked.map(|_| "in"));
    // The codes that came with a wrong password serve their owner all the same.
    move_on(&house, 15);
    sign_in(&house, &code_at(&welcome.totp_secret, house.clock.now())).await.unwrap();
    sign_in(&house, recovery).await.unwrap();
    let refusals = house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'sign_in_refused'").await;
    assert_eq!(refusals, 10, "every refusal is on the record");
    let told = house.count("SELECT COUNT(DISTINCT detail) FROM audit_rows WHERE act = 'sign_in_refused'");
    if house.office.db().engine() == "sqlite" {
        assert_eq!(told.await, 5, "and says no more than how many tries are left");
    }
}

on_both!(a_refused_sign_in_names_the_account_that_was_tried_and_a_locked_one_is_on_the_record);
async fn a_refused_sign_in_names_the_account_that_was_tried_and_a_locked_one_is_on_the_record(home: Home) {
    let house = House::open(home).await;
    let (member, _) = house.employ(DONG_XUAN, Role::Specialist).await;
    let account = house.nay().await.resident().unwrap().account;
    let anyone = Who::anyone(trace());
    let known = login(DONG_XUAN, Role::Specialist);
    let before = house.count("SELECT COUNT(*) FROM audit_rows").await;
    for _ in 0..6 {
        let _ = house.office.sign_in_staff(&anyone, &known, "sai".into(), "000000").await;
        let _ = house.office.sign_in_resident(&anyone, NUMBER, "sai".into()).await;
    }
    let _ = house.office.sign_in_staff(&anyone, "khong.ai", "sai".into(), "000000").await;
    let _ = house.office.sign_in_resident(&anyone, "054190009999", "sai".into()).await;
    let mut tx = house.office.db().read().await.unwrap();
    let rows = store::audit::unsealed_rows(&mut tx, before, 100).await.unwrap();
    drop(tx);
    let told = |act: &str, kind: &str, id: String| {
        rows.iter()
            .filter(|row| (row.act.as_str(), row.object_kind.as_str()) == (act, kind) && row.object_id == id)
            .count()
    };
    for (kind, id) in [("staff", member.staff().unwrap().id), ("resident", account)] {
        assert_eq!(told("sign_in_refused", kind, id.to_string()), 5);
        assert_eq!(told("sign_in_locked", kind, id.to_string()), 1);
    }
    assert_eq!(told("sign_in_refused", "sign_in", "staff-sign-in".into()), 1);
    assert_eq!(told("sign_in_refused", "sign_in", "sign-in".into()), 1);
    for row in rows {
        let text = format!("{} {}", row.object_id, row.detail);
        assert!(!text.contains("054190009999") && !text.contains(NUMBER) && !text.contains("khong.ai"), "{text}");
    }
}

on_both!(many_guesses_at_once_are_no_more_than_one_after_the_other);
async fn many_guesses_at_once_are_no_more_than_one_after_the_other(home: Home) {
    let house = House::open(home).await;
    house.nay().await;
    let guesses: Vec<_> = (0..24)
        .map(|number| {
            let (office, from) = (house.office.clone(), format!("192.0.2.{number}"));
            tokio::spawn(async move {
                let who = Who::anyone(office::who::Trace { address: from, ..trace() });
                office.sign_in_resident(&who, NUMBER, format!("đoán {number}")).await.map(drop)
            })
        })
        .collect();
    let (mut looked_at, mut turned_away) = (0, 0);
    for guess in guesses {
        match guess.await.unwrap() {
            Err(Error::Invalid(Problem::WrongCredentials { .. })) => looked_at += 1,
            Err(Error::Locked { .. }) => turned_away += 1,
            other => panic!("{other:?}"),
        }
    }
    assert_eq!((looked_at, turned_away), (5, 19));
}

on_both!(an_address_that_guesses_at_many_accounts_is_locked_and_right_ones_are_not_counted);
async fn an_address_that_guesses_at_many_accounts_is_locked_and_right_ones_are_not_counted(home: Home) {
    let house = House::open(home).await;
    house.nay().await;
    let anyone = Who::anyone(trace());
    let attempt = async |number: &str, password: &str| {
        house.office.sign_in_resident(&anyone, number, password.into()).await.map(drop)
    };
    // A whole office behind one address signs in all morning.
    for _ in 0..70 {
        attempt(NUMBER, PASSWORD).await.unwrap();
    }
    for guess in 0..60 {
        let refused = attempt(&format!("0541900{guess:05}"), "sai").await;
        assert!(
            matches!(refused, Err(Error::Invalid(Problem::WrongCredentials { tries_left: 4 }))),
            "{guess}: {refused:?}"
        );
    }
    assert!(matches!(attempt(NUMBER, PASSWORD).await, Err(Error::TooManyFromHere { .. })));
    let elsewhere = Who::anyone(office::who::Trace { address: "192.0.2.8".into(), ..trace() });
    house.office.sign_in_resident(&elsewhere, NUMBER, PASSWORD.into()).await.unwrap();
    move_on(&house, 15);
    attempt(NUMBER, PASSWORD).await.unwrap();
}

on_both!(a_recovery_code_serves_once);
async fn a_recovery_code_serves_once(home: Home) {
    let house = House::open(home).await;
    let (_, welcome) = house.employ(DONG_XUAN, Role::Specialist).await;
    let (stranger, _) = (house.employ(DONG_XUAN, Role::Records).await.1, ());
    assert_eq!(welcome.recovery_codes.len(), 8);
    let first = &welcome.recovery_codes[0];
    sign_in(&house, first).await.unwrap();
    assert!(sign_in(&house, first).await.is_err(), "used up");
    assert!(sign_in(&house, &stranger.recovery_codes[0]).await.is_err(), "somebody else's");
    sign_in(&house, &welcome.recovery_codes[1].to_uppercase()).await.unwrap();
    let kept = house.count("SELECT COUNT(*) FROM recovery_codes WHERE used_at IS NOT NULL").await;
    assert_eq!(kept, 2);
}

on_both!(a_session_of_staff_ends_when_idle_and_after_a_day_s_work_in_any_case);
async fn a_session_of_staff_ends_when_idle_and_after_a_day_s_work_in_any_case(home: Home) {
    let house = House::open(home).await;
    let (who, welcome) = house.employ(DONG_XUAN, Role::Specialist).await;
    let codes = &welcome.recovery_codes;
    let token = sign_in(&house, &codes[0]).await.unwrap();
    let signed_in = house.office.who_of_token(Door::Staff, Some(&token.0), trace()).await.unwrap();
    assert_eq!(signed_in.actor, who.actor, "with the positions of today");
    assert!(!is_signed_in(&house, Door::Resident, &token).await, "the token of one door opens no other");

    move_on(&house, 29);
    assert!(is_signed_in(&house, Door::Staff, &token).await);
    move_on(&house, 29);
    assert!(is_signed_in(&house, Door::Staff, &token).await, "every page begins the idle time anew");
    move_on(&house, 30);
    assert!(!is_signed_in(&house, Door::Staff, &token).await, "thirty minutes without a page");

    let token = sign_in(&house, &codes[1]).await.unwrap();
    for _ in 0..29 {
        move_on(&house, 20);
        assert!(is_signed_in(&house, Door::Staff, &token).await);
    }
    move_on(&house, 20);
    assert!(!is_signed_in(&house, Door::Staff, &token).await, "ten hours after the sign-in, however busy");
}

on_both!(what_a_page_does_by_itself_keeps_nobody_signed_in);
async fn what_a_page_does_by_itself_keeps_nobody_signed_in(home: Home) {
    let house = House::open(home).await;
    let (who, welcome) = house.employ(DONG_XUAN, Role::Specialist).await;
    let token = sign_in(&house, &welcome.recovery_codes[0]).await.unwrap();
    for _ in 0..2 {
        move_on(&house, 14);
        let quiet = house.office.who_of_quiet_token(Door::Staff, Some(&token.0), trace()).await.unwrap();
        assert_eq!(quiet.actor, who.actor, "the stream of news stays open meanwhile");
    }
    move_on(&house, 2);
    let quiet = house.office.who_of_quiet_token(Door::Staff, Some(&token.0), trace()).await.unwrap();
    assert_eq!(quiet.actor, Actor::Anyone, "and ends with the session");
    assert!(!is_signed_in(&house, Door::Staff, &token).await);
}

on_both!(a_token_that_signed_out_opens_nothing);
async fn a_token_that_signed_out_opens_nothing(home: Home) {
    let house = House::open(home).await;
    let resident = house.nay().await;
    let anyone = Who::anyone(trace());
    let token = house.office.sign_in_resident(&anyone, NUMBER, PASSWORD.into()).await.unwrap();
    let other = house.office.sign_in_resident(&anyone, NUMBER, PASSWORD.into()).await.unwrap();
    assert!(is_signed_in(&house, Door::Resident, &token).await);
    house.office.sign_out(&resident, &token.0).await.unwrap();
    assert!(!is_signed_in(&house, Door::Resident, &token).await);
    assert!(is_signed_in(&house, Door::Resident, &other).await, "another window stays signed in");
    assert!(!is_signed_in(&house, Door::Resident, &Token("made-up".into())).await);
    move_on(&house, 60);
    assert!(!is_signed_in(&house, Door::Resident, &other).await, "an hour without a page");

    // A copy of the table opens no door.
    let mut tx = house.office.db().read().await.unwrap();
    let stored = store::sessions::session_by_token(&mut tx, &other.0).await.unwrap();
    assert!(stored.is_none(), "the token itself is stored");
}
