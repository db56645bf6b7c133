//! Opening an account, and what that may tell a stranger.

use super::{
    doors::{MINUTE, NUMBER, move_on},
    engine::Home,
    house::{House, PASSWORD, trace},
};
use crate::on_both;
use office::{
    Error, Who,
    accounts::SignUp,
    error::Problem,
    sessions::{Door, Token},
    who::Trace,
};

/// What the resident of most tests types to open an account.
fn as_nay() -> SignUp {
    SignUp {
        citizen_id: NUMBER.into(),
        name: "Ksor H'Nay".into(),
        phone: String::new(),
        password: PASSWORD.into(),
        password_again: PASSWORD.into(),
    }
}

on_both!(asking_which_numbers_have_an_account_comes_to_an_end);
async fn asking_which_numbers_have_an_account_comes_to_an_end(home: Home) {
    let house = House::open(home).await;
    house.nay().await;
    let input = as_nay();
    let anyone = Who::anyone(trace());
    for _ in 0..60 {
        let refused = house.office.sign_up(&anyone, input.clone(), house.office.new_id()).await.map(drop);
        assert!(matches!(refused, Err(Error::Invalid(Problem::CitizenIdTaken))), "{refused:?}");
    }
    let refused = house.office.sign_up(&anyone, input, house.office.new_id()).await.map(drop);
    assert!(matches!(refused, Err(Error::TooManyFromHere { .. })), "nobody tried wrongly: {refused:?}");
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'sign_up'").await, 1);
}

on_both!(a_new_account_forgives_no_wrong_guess_and_brings_none);
async fn a_new_account_forgives_no_wrong_guess_and_brings_none(home: Home) {
    let house = House::open(home).await;
    let anyone = Who::anyone(trace());
    let guess = async |number: usize| {
        house.office.sign_in_resident(&anyone, &format!("0541900{number:05}"), "sai".into()).await.map(drop)
    };
    for number in 0..59 {
        assert!(matches!(guess(number).await, Err(Error::Invalid(_))));
    }
    house.nay().await;
    assert!(matches!(guess(59).await, Err(Error::Invalid(_))), "the sixtieth guess is looked at");
    assert!(matches!(guess(60).await, Err(Error::TooManyFromHere { .. })), "and is the last");
    // After the lock the count begins anew, whoever opens an account then.
    move_on(&house, 15);
    house.resident("054190004321", "Rơ Chăm H'Lan").await;
    assert!(matches!(guess(61).await, Err(Error::Invalid(_))));
    assert!(matches!(guess(62).await, Err(Error::Invalid(_))), "one guess locked the address");
}

on_both!(many_sign_ups_at_once_ask_no_more_than_one_after_the_other);
async fn many_sign_ups_at_once_ask_no_more_than_one_after_the_other(home: Home) {
    let house = House::open(home).await;
    house.nay().await;
    let mut tx = house.office.db().write().await.unwrap();
    for _ in 0..56 {
        let limit = store::limits::Limit { tries: 60, window_ms: 15 * MINUTE, lock_ms: 15 * MINUTE };
        let now = house.clock.now();
        store::limits::count_try(&mut tx, "sign-in-address", &trace().address, limit, now).await.unwrap();
    }
    tx.commit().await.unwrap();
    let asking: Vec<_> = (0..12)
        .map(|_| {
            let office = house.office.clone();
            let input = as_nay();
            tokio::spawn(async move { office.sign_up(&Who::anyone(trace()), input, office.new_id()).await.map(drop) })
        })
        .collect();
    let mut told = 0;
    for asked in asking {
        told += usize::from(matches!(asked.await.unwrap(), Err(Error::Invalid(Problem::CitizenIdTaken))));
    }
    assert_eq!(told, 4);
}

on_both!(an_account_is_opened_once_for_a_number_and_with_a_password_worth_the_name);
async fn an_account_is_opened_once_for_a_number_and_with_a_password_worth_the_name(home: Home) {
    let house = House::open(home).await;
    let good = SignUp { citizen_id: "054 090 004 321".into(), ..as_nay() };
    let sign_up =
        async |input: SignUp| match house.office.sign_up(&Who::anyone(trace()), input, house.office.new_id()).await {
            Ok(_) => None,
            Err(Error::Invalid(problem)) => Some(problem),
            Err(other) => panic!("{other:?}"),
        };
    let cases = [
        (SignUp { citizen_id: "12345".into(), ..good.clone() }, Problem::CitizenIdInvalid),
        (SignUp { name: "  ".into(), ..good.clone() }, Problem::NameInvalid),
        (SignUp { phone: "123".into(), ..good.clone() }, Problem::PhoneInvalid),
        (SignUp { password: "ngắn".into(), ..good.clone() }, Problem::PasswordTooShort { least: 8 }),
        (SignUp { password_again: "khác hẳn".into(), ..good.clone() }, Problem::PasswordsDiffer),
    ];
    for (input, expected) in cases {
        assert_eq!(sign_up(input).await, Some(expected));
    }
    assert_eq!(house.count("SELECT COUNT(*) FROM accounts").await, 0);
    assert_eq!(sign_up(good.clone()).await, None);
    assert_eq!(sign_up(SignUp { citizen_id: NUMBER.into(), ..good }).await, Some(Problem::CitizenIdTaken));
    let stored = house.count("SELECT COUNT(*) FROM accounts WHERE password_hash LIKE '$argon2id$%'").await;
    assert_eq!(stored, 1, "a password is kept as its hash alone");
}

on_both!(a_sign_up_pressed_twice_is_signed_in_twice_to_one_account);
async fn a_sign_up_pressed_twice_is_signed_in_twice_to_one_account(home: Home) {
    let house = House::open(home).await;
    let (office, anyone, command) = (&house.office, Who::anyone(trace()), house.office.new_id());
    let subject_of = async |token: Token| {
        let who = office.who_of_token(Door::Resident, Some(&token.0), trace()).await.unwrap();
        who.resident().expect("a resident").account
    };
    let first = subject_of(office.sign_up(&anyone, as_nay(), command).await.unwrap()).await;
    let second = subject_of(office.sign_up(&anyone, as_nay(), command).await.unwrap()).await;
    assert_eq!(first, second);
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'sign_up'").await, 1);
    let taken = |answer: office::Result<Token>| matches!(answer, Err(Error::Invalid(Problem::CitizenIdTaken)));
    let other = "mot mat khau khac";
    let guess = SignUp { password: other.into(), password_again: other.into(), ..as_nay() };
    assert!(taken(office.sign_up(&anyone, guess, command).await), "the same form with another password");
    assert!(taken(office.sign_up(&anyone, as_nay(), office.new_id()).await), "another form");
}

on_both!(a_resident_signs_out_a_telephone_that_was_lent_from_another);
async fn a_resident_signs_out_a_telephone_that_was_lent_from_another(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    house.nay().await;
    let from = |agent: &str| Who::anyone(Trace { agent: agent.into(), ..trace() });
    let sign_in = async |agent: &str| office.sign_in_resident(&from(agent), NUMBER, PASSWORD.into()).await.unwrap();
    let who = async |token: &Token| office.who_of_token(Door::Resident, Some(&token.0), trace()).await.unwrap();
    let (own, lent, lost) = (sign_in("own").await, sign_in("lent").await, sign_in("lost").await);
    let me = who(&own).await;
    let places = async || {
        let mut places = office.my_sessions(&me, Some(&own.0)).await.unwrap();
        places.retain(|place| !place.agent.is_empty());
        places.sort_by(|a, b| a.agent.cmp(&b.agent));
        places
    };
    let open = places().await;
    let told: Vec<_> = open.iter().map(|place| (place.agent.as_str(), place.is_this)).collect();
    assert_eq!(told, [("lent", false), ("lost", false), ("own", true)]);
    assert!(!own.0.contains(&open[2].key), "the key opens nothing");

    let command = office.new_id();
    for _ in 0..2 {
        office.end_my_session(&me, &open[0].key, command).await.unwrap();
    }
    assert!(who(&lent).await.resident().is_none() && who(&lost).await.resident().is_some());
    let stranger = house.resident("998091112648", "Mang Thị Hoa").await;
    office.end_my_session(&stranger, &open[1].key, office.new_id()).await.unwrap();
    assert!(who(&lost).await.resident().is_some(), "a stranger's key names nothing of theirs");
    assert_eq!(places().await.len(), 2);
    office.end_my_other_sessions(&me, Some(&own.0), office.new_id()).await.unwrap();
    assert!(who(&lost).await.resident().is_none() && who(&own).await.resident().is_some());
    let nobody = office.my_sessions(&Who::anyone(trace()), None).await;
    assert!(matches!(nobody, Err(Error::SignInFirst)));
    let rows = "SELECT COUNT(*) FROM audit_rows WHERE act IN ('end_session', 'end_other_sessions')";
    assert_eq!(house.count(rows).await, 3);
}
