//! Who works in a unit is its administrator's to say: inside the unit, never of oneself, and never the last one.

use super::{
    engine::Home,
    house::{DONG_XUAN, House, XUAN_LANH, login, trace},
};
use crate::on_both;
use domain::{role::Role, time::Day};
use office::{
    Error, Uuid, Who,
    error::Problem,
    roster::{NewMember, RosterFilter},
    sessions::Door,
    staff::NewPosition,
};

fn today(house: &House) -> Day {
    house.clock.now().day()
}

fn position(house: &House, office: i64, role: Role) -> NewPosition {
    NewPosition { office, role, title: String::new(), from: today(house), to: None }
}

fn lan(house: &House) -> NewMember {
    NewMember {
        login: " Lan.HT ".into(),
        name: "Hờ Thị  Lan".into(),
        phone: String::new(),
        position: position(house, DONG_XUAN + 1, Role::Reception),
    }
}

fn problem<T>(result: Result<T, Error>) -> Problem {
    match result {
        Err(Error::Invalid(problem)) => problem,
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("it was done"),
    }
}

fn me(who: &Who) -> Uuid {
    who.staff().unwrap().id
}

on_both!(somebody_new_is_entered_once_and_comes_in_with_the_first_keys);
async fn somebody_new_is_entered_once_and_comes_in_with_the_first_keys(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let administrator = house.staff(DONG_XUAN, Role::Administrator).await;
    let colleague = house.staff(XUAN_LANH, Role::Administrator).await;
    let command = office.new_id();
    let member = office.employ(&administrator, lan(&house), command).await.unwrap();
    assert_eq!(office.employ(&administrator, lan(&house), command).await.unwrap(), member, "the form sent twice");
    let keys = office.first_keys(&administrator, member).expect("the keys are shown");
    assert!(office.first_keys(&colleague, member).is_none(), "to whoever made them and to nobody else");
    let anyone = Who::anyone(trace());
    let code = &keys.recovery_codes[0];
    let token = office.sign_in_staff(&anyone, "lan.ht", keys.password.clone(), code).await.unwrap();
    let who = office.who_of_token(Door::Staff, Some(&token.0), trace()).await.unwrap();
    assert!(who.staff().unwrap().holds(Role::Reception, DONG_XUAN + 1));

    // New keys shut the old ones out; after ten minutes they are seen no more.
    office.renew_member(&administrator, member, office.new_id()).await.unwrap();
    assert!(office.who_of_token(Door::Staff, Some(&token.0), trace()).await.unwrap().staff().is_none());
    let new = office.first_keys(&administrator, member).unwrap();
    assert_ne!(new.password, keys.password);
    house.clock.set(house.clock.now().plus_ms(10 * 60_000));
    assert!(office.first_keys(&administrator, member).is_none());

    assert_eq!(problem(office.employ(&administrator, lan(&house), office.new_id()).await), Problem::LoginTaken);
    let odd = NewMember { login: "Lân Hờ".into(), ..lan(&house) };
    assert_eq!(problem(office.employ(&administrator, odd, office.new_id()).await), Problem::LoginInvalid);
    let foreign =
        NewMember { login: "ma.xl".into(), position: position(&house, XUAN_LANH + 1, Role::Leader), ..lan(&house) };
    assert!(matches!(office.employ(&administrator, foreign, office.new_id()).await, Err(Error::Forbidden)));
    let rows = "SELECT COUNT(*) FROM audit_rows WHERE act IN ('create_staff', 'renew_staff') AND office_id = 1";
    assert_eq!(house.count(rows).await, 2);
    let told = "SELECT COUNT(*) FROM audit_rows WHERE CAST(detail AS TEXT) LIKE '%secret%'";
    assert_eq!(house.count(told).await, 0, "no key stands in the record");
}

on_both!(the_list_is_of_the_own_unit_and_is_searched_without_diacritics);
async fn the_list_is_of_the_own_unit_and_is_searched_without_diacritics(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let administrator = house.staff(DONG_XUAN, Role::Administrator).await;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let stranger = house.staff(XUAN_LANH, Role::Leader).await;
    let find = async |words: &str, ended| {
        let filter = RosterFilter { words: words.into(), office: None, ended };
        let page = office.roster(&administrator, &filter, None).await.unwrap();
        page.members.into_iter().map(|one| one.id).collect::<Vec<_>>()
    };
    assert_eq!(find("", false).await, vec![me(&administrator), me(&clerk)], "by the given name: Lâm, Mai");
    assert_eq!(find("nguyen mai", false).await, vec![me(&clerk)]);
    assert_eq!(find("tuấn", false).await, Vec::<Uuid>::new());
    assert!(matches!(office.member(&administrator, me(&stranger)).await, Err(Error::NotFound)));
    assert!(matches!(office.roster(&clerk, &RosterFilter::default(), None).await, Err(Error::Forbidden)));
    office.end_member(&administrator, me(&clerk), None, office.new_id()).await.unwrap();
    assert_eq!(find("", false).await, vec![me(&administrator)]);
    assert_eq!(find("", true).await, vec![me(&clerk)]);
}

on_both!(a_list_longer_than_a_page_is_turned_over_without_losing_anybody);
async fn a_list_longer_than_a_page_is_turned_over_without_losing_anybody(home: Home) {
    let house = House::open(home).await;
    let administrator = house.staff(DONG_XUAN, Role::Administrator).await;
    let mut tx = house.office.db().write().await.unwrap();
    for number in 0..60_u128 {
        let row = store::staff::StaffRow {
            id: Uuid::from_u128(number + 1),
            login: format!("nguoi.{number}"),
            name: "Ksor H'Nay".into(),
            sort_key: domain::text::sort_key("Ksor H'Nay"),
            phone: None,
            password_hash: String::new(),
            totp_secret: String::new(),
            totp_last_step: 0,
            created_at: 0,
            disabled_at: None,
        };
        store::staff::insert_staff(&mut tx, &row).await.unwrap();
        let held = store::staff::PositionRow {
            id: Uuid::from_u128(number + 1_000),
            staff_id: row.id,
            office_id: DONG_XUAN,
            role: "specialist".into(),
            title: String::new(),
            valid_from: 0,
            valid_to: None,
        };
        store::staff::insert_position(&mut tx, &held).await.unwrap();
    }
    tx.commit().await.unwrap();
    let filter = RosterFilter::default();
    let first = house.office.roster(&administrator, &filter, None).await.unwrap();
    let second = house.office.roster(&administrator, &filter, first.next).await.unwrap();
    assert_eq!((first.members.len(), second.members.len(), second.next), (50, 11, None));
    let mut all: Vec<Uuid> = first.members.iter().chain(&second.members).map(|one| one.id).collect();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 61);
}

on_both!(roles_begin_and_end_on_days_and_never_twice_at_once);
async fn roles_begin_and_end_on_days_and_never_twice_at_once(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let administrator = house.staff(DONG_XUAN, Role::Administrator).await;
    let clerk = me(&house.staff(DONG_XUAN, Role::Reception).await);
    let day = today(&house);
    let cashier = || NewPosition { to: Some(day.plus(10)), ..position(&house, DONG_XUAN + 2, Role::Cashier) };
    let command = office.new_id();
    office.appoint(&administrator, clerk, cashier(), command).await.unwrap();
    office.appoint(&administrator, clerk, cashier(), command).await.unwrap();
    assert_eq!(problem(office.appoint(&administrator, clerk, cashier(), office.new_id()).await), Problem::HeldAlready);
    let backwards = NewPosition { to: Some(day.prev()), ..position(&house, DONG_XUAN + 2, Role::Records) };
    let refused = office.appoint(&administrator, clerk, backwards, office.new_id()).await;
    assert_eq!(problem(refused), Problem::DateInvalid("to"));
    let held = office.member(&administrator, clerk).await.unwrap().member.positions;
    let cash = held.iter().find(|one| one.role == Role::Cashier).unwrap().id;
    let later = office.end_position(&administrator, cash, day.plus(11), office.new_id()).await;
    assert_eq!(problem(later), Problem::DateInvalid("last"), "an end moves earlier, never later");
    office.end_position(&administrator, cash, day.plus(2), office.new_id()).await.unwrap();
    let held = office.member(&administrator, clerk).await.unwrap().member.positions;
    assert_eq!(held.iter().find(|one| one.role == Role::Cashier).unwrap().to, Some(day.plus(2)));
    let foreign =
        office.appoint(&administrator, clerk, position(&house, XUAN_LANH, Role::Leader), office.new_id()).await;
    assert!(matches!(foreign, Err(Error::Forbidden)));
    let both = "SELECT COUNT(*) FROM audit_rows WHERE act IN ('appoint', 'end_position')
                AND CAST(detail AS TEXT) LIKE '%before%' AND CAST(detail AS TEXT) LIKE '%after%'";
    assert_eq!(house.count(both).await, 2, "what was and what is stand in the record");
}

on_both!(nobody_ends_themselves_or_the_last_administrator);
async fn nobody_ends_themselves_or_the_last_administrator(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let administrator = house.staff(DONG_XUAN, Role::Administrator).await;
    let oneself = me(&administrator);
    assert_eq!(problem(office.end_member(&administrator, oneself, None, office.new_id()).await), Problem::NotOneself);
    assert_eq!(problem(office.renew_member(&administrator, oneself, office.new_id()).await), Problem::NotOneself);
    let more = position(&house, DONG_XUAN, Role::Leader);
    assert_eq!(problem(office.appoint(&administrator, oneself, more, office.new_id()).await), Problem::NotOneself);

    // A second one, for ten days: in those days either may go, on the last of them the other one stays.
    let second = NewMember {
        position: NewPosition {
            to: Some(today(&house).plus(10)),
            ..position(&house, DONG_XUAN + 2, Role::Administrator)
        },
        ..lan(&house)
    };
    let second = office.employ(&administrator, second, office.new_id()).await.unwrap();
    let keys = office.first_keys(&administrator, second).unwrap();
    let anyone = Who::anyone(trace());
    let token = office.sign_in_staff(&anyone, "lan.ht", keys.password, &keys.recovery_codes[0]).await.unwrap();
    let lan = office.who_of_token(Door::Staff, Some(&token.0), trace()).await.unwrap();
    let day = today(&house).plus(20);
    assert_eq!(problem(office.end_member(&lan, oneself, Some(day), office.new_id()).await), Problem::LastAdministrator);
    let held = office.member(&lan, oneself).await.unwrap().member.positions[0].id;
    assert_eq!(problem(office.end_position(&lan, held, day, office.new_id()).await), Problem::LastAdministrator);
    office.end_member(&lan, oneself, Some(today(&house)), office.new_id()).await.unwrap();
    house.clock.set(today(&house).next().start().plus_ms(9 * 3_600_000));
    assert!(office.sign_in_staff(&anyone, &login(DONG_XUAN, Role::Administrator), "x".into(), "x").await.is_err());
}

on_both!(whoever_works_in_another_unit_too_is_not_shut_out_by_one_of_them);
async fn whoever_works_in_another_unit_too_is_not_shut_out_by_one_of_them(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let administrator = house.staff(DONG_XUAN, Role::Administrator).await;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let mut tx = office.db().write().await.unwrap();
    let there = store::staff::PositionRow {
        id: office.new_id(),
        staff_id: me(&clerk),
        office_id: XUAN_LANH + 1,
        role: "reception".into(),
        title: String::new(),
        valid_from: i64::from(today(&house).0),
        valid_to: None,
    };
    store::staff::insert_position(&mut tx, &there).await.unwrap();
    tx.commit().await.unwrap();
    assert!(office.member(&administrator, me(&clerk)).await.unwrap().works_elsewhere);
    let renewed = office.renew_member(&administrator, me(&clerk), office.new_id()).await;
    assert_eq!(problem(renewed), Problem::WorksElsewhere);
    let ended = office.end_member(&administrator, me(&clerk), None, office.new_id()).await;
    assert_eq!(problem(ended), Problem::WorksElsewhere);
    let there = office.end_position(&administrator, there.id, today(&house), office.new_id()).await;
    assert!(matches!(there, Err(Error::NotFound)), "a role of another unit is not theirs to end");
}
