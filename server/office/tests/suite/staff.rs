//! Positions have a first and a last day, logins end, and lost secrets are renewed.

use super::{
    engine::Home,
    house::{ALLOWANCE, DONG_XUAN, House, PASSWORD, at, login, trace},
};
use crate::on_both;
use domain::role::Role;
use office::{
    Error, Who,
    error::Problem,
    sessions::{Door, Token},
    staff::{NewPosition, NewStaff},
};

fn operator() -> Who {
    Who::operator("lan")
}

async fn sign_in(house: &House, name: &str, password: &str, code: &str) -> Result<Token, Error> {
    house.office.sign_in_staff(&Who::anyone(trace()), name, password.into(), code).await
}

async fn comes_in(house: &House, token: &Token) -> Option<usize> {
    let who = house.office.who_of_token(Door::Staff, Some(&token.0), trace()).await.unwrap();
    who.staff().map(|member| member.positions.len())
}

on_both!(whoever_stops_working_here_does_so_at_once_or_with_a_last_day);
async fn whoever_stops_working_here_does_so_at_once_or_with_a_last_day(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let (reception, specialist) = (login(DONG_XUAN, Role::Reception), login(DONG_XUAN, Role::Specialist));
    let (clerk, first) = house.employ(DONG_XUAN, Role::Reception).await;
    let (colleague, second) = house.employ(DONG_XUAN, Role::Specialist).await;
    let resident = house.nay().await;
    let dossier = house.accepted(&resident, ALLOWANCE).await;
    let to = colleague.staff().unwrap().id;
    office.assign_dossier(&clerk, dossier, to, house.command(dossier).await).await.unwrap();
    let goes_on = sign_in(&house, &reception, PASSWORD, &first.recovery_codes[0]).await.unwrap();
    let ends = sign_in(&house, &specialist, PASSWORD, &second.recovery_codes[0]).await.unwrap();

    // At once: the session, the login and the list of colleagues.
    let ended = office.end_staff(&operator(), &specialist, None).await.unwrap();
    assert_eq!((ended.positions, ended.sessions, ended.in_hand), (1, 1, 1));
    assert_eq!(comes_in(&house, &ends).await, None);
    let again = sign_in(&house, &specialist, PASSWORD, &second.recovery_codes[1]).await;
    assert!(matches!(again, Err(Error::Invalid(Problem::WrongCredentials { .. }))));
    let colleagues = office.dossier(&clerk, dossier).await.unwrap().colleagues;
    assert!(colleagues.iter().all(|one| one.staff_id != to), "nobody is given work who is gone");
    let renewed = office.renew_staff(&operator(), &specialist, None).await.map(|_| ());
    assert!(matches!(renewed, Err(Error::Invalid(Problem::LoginShut))));

    // With a last day: until its end everything is as it was.
    let last = house.clock.now().day();
    let ended = office.end_staff(&operator(), &reception.to_uppercase(), Some(last)).await.unwrap();
    assert_eq!((ended.positions, ended.sessions), (1, 0));
    assert_eq!(comes_in(&house, &goes_on).await, Some(1));
    assert!(office.dossier(&clerk, dossier).await.unwrap().colleagues.len() == 1);
    house.clock.set(last.next().start());
    assert_eq!(comes_in(&house, &goes_on).await, None);
    assert!(sign_in(&house, &reception, PASSWORD, &first.recovery_codes[1]).await.is_err());
    assert!(matches!(office.end_staff(&operator(), "khong.ai", None).await, Err(Error::NotFound)));
    let rows = house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'end_staff' AND actor_name = 'lan'").await;
    assert_eq!(rows, 2);
}

on_both!(renewing_opens_the_door_to_the_new_secrets_alone);
async fn renewing_opens_the_door_to_the_new_secrets_alone(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let name = login(DONG_XUAN, Role::Reception);
    let (_, old) = house.employ(DONG_XUAN, Role::Reception).await;
    let session = sign_in(&house, &name, PASSWORD, &old.recovery_codes[0]).await.unwrap();
    let new = office.renew_staff(&operator(), &name, None).await.unwrap();
    assert_eq!((new.id, new.recovery_codes.len()), (old.id, 8));
    assert_ne!(new.totp_secret, old.totp_secret);
    assert_eq!(comes_in(&house, &session).await, None, "who holds the lost telephone is out");
    assert!(sign_in(&house, &name, PASSWORD, &old.recovery_codes[1]).await.is_err());
    sign_in(&house, &name, PASSWORD, &new.recovery_codes[0]).await.unwrap();
    let newer = office.renew_staff(&operator(), &name, Some("mat khau khac han".into())).await.unwrap();
    assert!(sign_in(&house, &name, PASSWORD, &newer.recovery_codes[0]).await.is_err());
    sign_in(&house, &name, "mat khau khac han", &newer.recovery_codes[0]).await.unwrap();
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'renew_staff'").await, 2);
    let secrets = "SELECT COUNT(*) FROM audit_rows WHERE CAST(detail AS TEXT) LIKE '%mat khau%'";
    assert_eq!(house.count(secrets).await, 0);
}

on_both!(a_position_holds_from_its_first_day_to_its_last);
async fn a_position_holds_from_its_first_day_to_its_last(home: Home) {
    let house = House::open(home).await;
    let (first, last) = (at("2026-11-01T00:00").day(), at("2026-11-30T00:00").day());
    let position =
        |from, to| NewPosition { office: DONG_XUAN + 1, role: Role::Reception, title: String::new(), from, to };
    let new = |from, to| NewStaff {
        login: "lan.ht".into(),
        name: "Hờ Thị Lan".into(),
        phone: None,
        password: PASSWORD.into(),
        positions: vec![position(from, to)],
    };
    let turned = house.office.create_staff(&operator(), new(last, Some(first))).await.map(|_| ());
    assert!(matches!(turned, Err(Error::Invalid(Problem::DateInvalid("to")))));
    let stranger = house.nay().await;
    assert!(matches!(house.office.create_staff(&stranger, new(first, None)).await, Err(Error::Forbidden)));
    let welcome = house.office.create_staff(&operator(), new(first, Some(last))).await.unwrap();
    for (day, code, held) in [("2026-10-31", 0, 0), ("2026-11-01", 1, 1), ("2026-11-30", 2, 1), ("2026-12-01", 3, 0)] {
        house.clock.set(at(&format!("{day}T09:00")));
        let token = sign_in(&house, "lan.ht", PASSWORD, &welcome.recovery_codes[code]).await.unwrap();
        assert_eq!(comes_in(&house, &token).await, Some(held), "{day}");
    }
}

on_both!(a_member_of_staff_signs_out_the_places_of_their_own_and_no_others);
async fn a_member_of_staff_signs_out_the_places_of_their_own_and_no_others(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let name = login(DONG_XUAN, Role::Reception);
    let (clerk, welcome) = house.employ(DONG_XUAN, Role::Reception).await;
    let colleague = house.staff(DONG_XUAN, Role::Specialist).await;
    let mut tokens = Vec::new();
    for code in &welcome.recovery_codes[..3] {
        tokens.push(sign_in(&house, &name, PASSWORD, code).await.unwrap());
    }
    let own = Some(tokens[0].0.as_str());
    let open = office.my_sessions(&clerk, own).await.unwrap();
    assert_eq!(open.iter().filter(|place| place.is_this).count(), 1);
    let other = open.iter().find(|place| !place.is_this).unwrap().key.clone();

    office.end_my_session(&colleague, &other, office.new_id()).await.unwrap();
    assert_eq!(office.my_sessions(&clerk, own).await.unwrap().len(), open.len(), "a colleague's key names nothing");
    let command = office.new_id();
    for _ in 0..2 {
        office.end_my_session(&clerk, &other, command).await.unwrap();
    }
    assert_eq!(office.my_sessions(&clerk, own).await.unwrap().len(), open.len() - 1);
    office.end_my_other_sessions(&clerk, own, office.new_id()).await.unwrap();
    let left = office.my_sessions(&clerk, own).await.unwrap();
    assert!(left.len() == 1 && left[0].is_this);
    assert!(comes_in(&house, &tokens[0]).await.is_some() && comes_in(&house, &tokens[2]).await.is_none());
    let rows =
        "SELECT COUNT(*) FROM audit_rows WHERE act IN ('end_session', 'end_other_sessions') AND object_kind = 'staff'";
    assert_eq!(house.count(rows).await, 3);
}
