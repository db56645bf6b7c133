//! Look-up by code and look-up code, without an account.

use super::{
    engine::Home,
    house::{ALLOWANCE, House, at, trace},
};
use crate::on_both;
use domain::dossier::Status;
use office::{Error, Who, who::Trace};

const HOUR: i64 = 3_600_000;

fn from(address: &str) -> Who {
    Who::anyone(Trace { address: address.into(), ..trace() })
}

on_both!(both_codes_together_tell_status_and_dates);
async fn both_codes_together_tell_status_and_dates(home: Home) {
    let house = House::open(home).await;
    let resident = house.nay().await;
    let id = house.accepted(&resident, ALLOWANCE).await;
    let row = house.row(id).await;
    let (code, lookup_code) = (row.code.unwrap(), row.lookup_code);
    let found = house.office.look_up(&from("192.0.2.1"), &code, &lookup_code).await.unwrap();
    assert_eq!((found.code.as_str(), found.status), (code.as_str(), Status::Accepted));
    assert_eq!(found.due, Some(at("2026-10-15T17:00")));
    assert_eq!(found.desk, "Trung tâm Phục vụ hành chính công xã Đồng Xuân");
    let shown = format!("{found:?}");
    for personal in ["Ksor", "054090004321", "0905"] {
        assert!(!shown.contains(personal), "a stranger is shown {personal}");
    }
    // As people copy it: small letters and blanks; and by the temporary code as well.
    let typed = format!(" {} ", lookup_code.to_lowercase());
    house.office.look_up(&from("192.0.2.1"), &code.to_lowercase(), &typed).await.unwrap();
    house.office.look_up(&from("192.0.2.1"), &row.temporary_code.unwrap(), &lookup_code).await.unwrap();
}

on_both!(five_wrong_look_up_codes_lock_a_dossier_for_an_hour);
async fn five_wrong_look_up_codes_lock_a_dossier_for_an_hour(home: Home) {
    let house = House::open(home).await;
    let resident = house.nay().await;
    let id = house.accepted(&resident, ALLOWANCE).await;
    let row = house.row(id).await;
    let (code, right) = (row.code.unwrap(), row.lookup_code);
    let wrong = if right == "0000" { "0001" } else { "0000" };
    let unknown = "H15.50.05.13-261012-9999";
    // A wrong look-up code and a code that does not exist answer alike, try for try.
    for attempt in 0..5 {
        for code in [code.as_str(), unknown] {
            let refused = house.office.look_up(&from("192.0.2.1"), code, wrong).await;
            assert!(matches!(refused, Err(Error::NotFound)), "try {attempt} of {code}: {refused:?}");
        }
    }
    let end = house.clock.now().plus_ms(HOUR);
    for (code, typed) in [(code.as_str(), wrong), (code.as_str(), right.as_str()), (unknown, wrong)] {
        // Another address is no way round.
        let locked = house.office.look_up(&from("192.0.2.2"), code, typed).await;
        assert!(matches!(locked, Err(Error::Locked { until }) if until == end), "{code}: {locked:?}");
    }
    house.clock.set(end.plus_ms(-1));
    assert!(matches!(house.office.look_up(&from("192.0.2.2"), &code, &right).await, Err(Error::Locked { .. })));
    house.clock.set(end);
    house.office.look_up(&from("192.0.2.2"), &code, &right).await.unwrap();
    // A right pair forgets the wrong tries before it.
    for _ in 0..2 {
        for _ in 0..4 {
            let refused = house.office.look_up(&from("192.0.2.2"), &code, wrong).await;
            assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
        }
        house.office.look_up(&from("192.0.2.2"), &code, &right).await.unwrap();
    }
}

on_both!(both_codes_of_a_dossier_have_five_wrong_tries_together);
async fn both_codes_of_a_dossier_have_five_wrong_tries_together(home: Home) {
    let house = House::open(home).await;
    let resident = house.nay().await;
    let id = house.accepted(&resident, ALLOWANCE).await;
    let row = house.row(id).await;
    let (code, temporary, right) = (row.code.unwrap(), row.temporary_code.unwrap(), row.lookup_code);
    let wrong = if right == "0000" { "0001" } else { "0000" };
    for code in [&code, &temporary, &code, &temporary, &code] {
        let refused = house.office.look_up(&from("192.0.2.1"), code, wrong).await;
        assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
    }
    for code in [&code, &temporary] {
        let locked = house.office.look_up(&from("192.0.2.1"), code, &right).await;
        assert!(matches!(locked, Err(Error::Locked { .. })), "{locked:?}");
    }
    house.clock.set(house.clock.now().plus_ms(HOUR));
    // A right pair with the one forgets the wrong tries with the other.
    for _ in 0..2 {
        for _ in 0..4 {
            let refused = house.office.look_up(&from("192.0.2.1"), &temporary, wrong).await;
            assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
        }
        house.office.look_up(&from("192.0.2.1"), &code, &right).await.unwrap();
    }
}

on_both!(an_address_that_looks_up_too_much_waits);
async fn an_address_that_looks_up_too_much_waits(home: Home) {
    let house = House::open(home).await;
    let resident = house.nay().await;
    let id = house.accepted(&resident, ALLOWANCE).await;
    let row = house.row(id).await;
    let (code, right) = (row.code.unwrap(), row.lookup_code);
    for _ in 0..60 {
        house.office.look_up(&from("192.0.2.1"), &code, &right).await.unwrap();
    }
    let end = house.clock.now().plus_ms(10 * 60_000);
    let waits = house.office.look_up(&from("192.0.2.1"), &code, &right).await;
    assert!(matches!(waits, Err(Error::TooManyFromHere { until }) if until == end), "nothing was wrong: {waits:?}");
    house.office.look_up(&from("192.0.2.2"), &code, &right).await.unwrap();
    house.clock.set(end);
    house.office.look_up(&from("192.0.2.1"), &code, &right).await.unwrap();
}
