//! Proof at the counter, the code that follows it, and a number that goes to its owner.

use super::{
    doors::{NUMBER, move_on},
    engine::Home,
    house::{ALLOWANCE, DONG_XUAN, House, PASSWORD, XUAN_LANH, is_stale, trace},
};
use crate::on_both;
use domain::role::Role;
use office::{
    Error, Who,
    account_codes::NewPassword,
    error::Problem,
    proofs::{AtNumber, CodeSeen, Seen, Whose},
    sessions::Door,
    stuck::Stuck,
};
use uuid::Uuid;

const DRAW: &str = "00112233445566778899aabbccddeeff";
const NEW: &str = "mat khau hoan toan moi";

/// A card of that number, with a code wanted.
fn card(number: &str, whose: Option<Whose>) -> Seen {
    let name = "Ksor H'Nay".into();
    Seen { citizen_id: number.into(), name, card: true, whose, draw: Some(DRAW.into()) }
}

/// Proves it, and answers the proof with the digits of its code.
async fn proven(house: &House, clerk: &Who, whose: Option<Whose>) -> (Uuid, String) {
    let proof = house.office.prove_account(clerk, DONG_XUAN, card(NUMBER, whose), house.office.new_id()).await.unwrap();
    match house.office.proof(clerk, proof, Some(DRAW)).await.unwrap().code {
        CodeSeen::Open { digits, .. } => (proof, digits),
        other => panic!("{other:?}"),
    }
}

fn new_password(code: &str) -> NewPassword {
    NewPassword { citizen_id: NUMBER.into(), code: code.into(), password: NEW.into(), password_again: NEW.into() }
}

async fn level(house: &House) -> i64 {
    house.count("SELECT level FROM accounts WHERE citizen_id = '054090004321'").await
}

async fn resident_of(house: &House, password: &str) -> Result<Who, Error> {
    let token = house.office.sign_in_resident(&Who::anyone(trace()), NUMBER, password.into()).await?;
    house.office.who_of_token(Door::Resident, Some(&token.0), trace()).await
}

on_both!(a_clerk_who_saw_the_card_marks_the_account_as_its_owners_on_the_record);
async fn a_clerk_who_saw_the_card_marks_the_account_as_its_owners_on_the_record(home: Home) {
    let house = House::open(home).await;
    let (office, clerk) = (&house.office, house.staff(DONG_XUAN, Role::Reception).await);
    let resident = house.nay().await;
    let try_it = async |seen: Seen| office.prove_account(&clerk, DONG_XUAN, seen, office.new_id()).await.map(drop);
    let wrong = [
        (Seen { citizen_id: "123".into(), ..card(NUMBER, None) }, Problem::CitizenIdInvalid),
        (Seen { name: " ".into(), ..card(NUMBER, None) }, Problem::NameInvalid),
        (Seen { card: false, ..card(NUMBER, Some(Whose::Own)) }, Problem::Missing("seen")),
        (card(NUMBER, None), Problem::Missing("whose")),
        (Seen { draw: Some("1".into()), ..card(NUMBER, Some(Whose::Own)) }, Problem::Missing("draw")),
    ];
    for (seen, expected) in wrong {
        let refused = try_it(seen).await;
        assert!(matches!(&refused, Err(Error::Invalid(problem)) if *problem == expected), "{refused:?}");
    }
    assert_eq!(level(&house).await, 0);
    let at = office.account_at_number(&clerk, DONG_XUAN, NUMBER).await.unwrap();
    assert!(matches!(at, AtNumber::Claimed { .. }), "{at:?}");

    let command = office.new_id();
    let seen = Seen { draw: None, ..card(NUMBER, Some(Whose::Own)) };
    let proof = office.prove_account(&clerk, DONG_XUAN, seen.clone(), command).await.unwrap();
    assert_eq!(office.prove_account(&clerk, DONG_XUAN, seen, command).await.unwrap(), proof, "once");
    assert_eq!(house.count("SELECT COUNT(*) FROM account_proofs").await, 1);
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'prove_account' AND office_id = 1").await, 1);
    assert_eq!(level(&house).await, 1);
    let view = office.proof(&clerk, proof, None).await.unwrap();
    assert_eq!((view.code, view.number.as_str(), view.disputed), (CodeSeen::None, "0540••••••21", 0));
    let (mine, waiting) = office.my_proof(&resident).await.unwrap();
    let (mine, place) = mine.expect("a proof");
    assert_eq!((mine.id, mine.staff_name.as_deref(), waiting), (proof, Some("Nguyễn Thị Mai"), 0));
    assert!(place.contains("Đồng Xuân"), "{place}");
    assert!(resident_of(&house, PASSWORD).await.is_ok(), "the password stays as it was");

    for foreign in [house.staff(XUAN_LANH, Role::Reception).await, house.staff(DONG_XUAN, Role::Specialist).await] {
        assert!(matches!(office.proof(&foreign, proof, Some(DRAW)).await, Err(Error::Forbidden)));
        let seen = card(NUMBER, Some(Whose::Strangers));
        let refused = office.prove_account(&foreign, DONG_XUAN, seen, office.new_id()).await;
        assert!(matches!(refused, Err(Error::Forbidden)));
    }
}

on_both!(a_code_from_the_counter_sets_a_password_once_and_ends_every_other_session);
async fn a_code_from_the_counter_sets_a_password_once_and_ends_every_other_session(home: Home) {
    let house = House::open(home).await;
    let (office, clerk) = (&house.office, house.staff(DONG_XUAN, Role::Reception).await);
    let anyone = Who::anyone(trace());
    house.nay().await;
    let old = office.sign_in_resident(&anyone, NUMBER, PASSWORD.into()).await.unwrap();
    let (proof, code) = proven(&house, &clerk, Some(Whose::Own)).await;
    assert!(code.len() == 8 && code.chars().all(|digit| digit.is_ascii_digit()), "{code}");
    let kept = house.count("SELECT COUNT(*) FROM account_codes WHERE code_hash LIKE '$argon2id$%'").await;
    assert_eq!(kept, 1, "a code is kept as its hash alone");
    let director = house.staff(DONG_XUAN, Role::CentreDirector).await;
    for (who, draw) in [(&clerk, None), (&clerk, Some("ffffffffffffffffffffffffffffffff")), (&director, Some(DRAW))] {
        let seen = office.proof(who, proof, draw).await.unwrap().code;
        assert!(matches!(seen, CodeSeen::Hidden { .. }), "{seen:?}");
    }

    let wrong = office.set_password_by_code(&anyone, new_password("00000000"), office.new_id()).await.map(drop);
    assert!(matches!(wrong, Err(Error::Invalid(Problem::WrongCode { tries_left: 4 }))), "{wrong:?}");
    let command = office.new_id();
    // Read aloud in two breaths, and typed so.
    let spoken = format!("{} {}", &code[..4], &code[4..]);
    let set = office.set_password_by_code(&anyone, new_password(&spoken), command).await.unwrap();
    let who = office.who_of_token(Door::Resident, Some(&set.0), trace()).await.unwrap();
    assert_eq!(who.resident().expect("signed in").level, 1);
    let gone = office.who_of_token(Door::Resident, Some(&old.0), trace()).await.unwrap();
    assert!(gone.resident().is_none(), "the other session has ended");
    assert!(resident_of(&house, PASSWORD).await.is_err() && resident_of(&house, NEW).await.is_ok());
    assert_eq!(office.proof(&clerk, proof, Some(DRAW)).await.unwrap().code, CodeSeen::Over);

    let again = office.set_password_by_code(&anyone, new_password(&code), command).await.unwrap();
    let who = office.who_of_token(Door::Resident, Some(&again.0), trace()).await.unwrap();
    assert!(who.resident().is_some(), "pressed twice is signed in twice");
    let second = office.set_password_by_code(&anyone, new_password(&code), office.new_id()).await.map(drop);
    assert!(matches!(second, Err(Error::Invalid(Problem::WrongCode { .. }))), "{second:?}");
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'set_password_by_code'").await, 1);
}

on_both!(a_code_ends_with_its_day_with_a_newer_one_and_with_five_wrong_tries);
async fn a_code_ends_with_its_day_with_a_newer_one_and_with_five_wrong_tries(home: Home) {
    let house = House::open(home).await;
    let (office, clerk) = (&house.office, house.staff(DONG_XUAN, Role::Reception).await);
    let anyone = Who::anyone(trace());
    let set =
        async |code: &str| office.set_password_by_code(&anyone, new_password(code), office.new_id()).await.map(drop);
    // Nobody has an account with that number yet: the proof opens one that no password fits.
    let (first, code) = proven(&house, &clerk, None).await;
    assert_eq!((level(&house).await, resident_of(&house, "").await.is_err()), (1, true));
    let seen = Seen { draw: Some("another draw of the same clerk".into()), ..card(NUMBER, None) };
    office.prove_account(&clerk, DONG_XUAN, seen, office.new_id()).await.unwrap();
    assert_eq!(office.proof(&clerk, first, Some(DRAW)).await.unwrap().code, CodeSeen::Over);
    assert!(matches!(set(&code).await, Err(Error::Invalid(Problem::WrongCode { tries_left: 4 }))));

    let (_, code) = proven(&house, &clerk, None).await;
    move_on(&house, 24 * 60);
    assert!(matches!(set(&code).await, Err(Error::Invalid(Problem::WrongCode { .. }))), "a day later it is over");

    let (_, code) = proven(&house, &clerk, None).await;
    let mut last = set("00000000").await;
    while matches!(last, Err(Error::Invalid(Problem::WrongCode { tries_left })) if tries_left > 0) {
        last = set("00000000").await;
    }
    assert!(matches!(set(&code).await, Err(Error::Locked { .. })), "the right one comes too late");
    move_on(&house, 15);
    assert!(set(&code).await.is_ok(), "and opens when the lock is over");
}

on_both!(a_number_goes_to_its_owner_and_what_was_filed_under_it_waits_for_a_clerk);
async fn a_number_goes_to_its_owner_and_what_was_filed_under_it_waits_for_a_clerk(home: Home) {
    let house = House::open(home).await;
    let (office, clerk) = (&house.office, house.staff(DONG_XUAN, Role::Reception).await);
    let squatter = house.nay().await;
    let token = office.sign_in_resident(&Who::anyone(trace()), NUMBER, PASSWORD.into()).await.unwrap();
    let (theirs, strange) = (house.submitted(&squatter, ALLOWANCE).await, house.accepted(&squatter, ALLOWANCE).await);
    let (proof, code) = proven(&house, &clerk, Some(Whose::Strangers)).await;
    let view = office.proof(&clerk, proof, None).await.unwrap();
    assert_eq!((view.disputed, view.proof.taken_from), (2, squatter.resident().map(|r| r.account)));

    let gone = office.who_of_token(Door::Resident, Some(&token.0), trace()).await.unwrap();
    assert!(gone.resident().is_none(), "sessions of the old account have ended");
    let told = resident_of(&house, PASSWORD).await;
    assert!(matches!(told, Err(Error::Invalid(Problem::NumberGone))), "{told:?}");
    let stranger = resident_of(&house, "doan mo").await;
    assert!(matches!(stranger, Err(Error::Invalid(Problem::WrongCredentials { .. }))), "nobody else learns of it");

    office.set_password_by_code(&Who::anyone(trace()), new_password(&code), office.new_id()).await.unwrap();
    let owner = resident_of(&house, NEW).await.unwrap();
    assert_eq!(office.my_dossiers(&owner).await.unwrap(), [], "not the owner's before a clerk has looked");
    assert!(matches!(office.my_dossier(&owner, theirs).await, Err(Error::NotFound)));
    assert!(matches!(office.my_dossier(&squatter, theirs).await, Err(Error::NotFound)), "nor the old account's");
    assert_eq!(office.my_proof(&owner).await.unwrap().1, 2);

    let controller = house.staff(DONG_XUAN, Role::Controller).await;
    let is_waiting = async || {
        let stuck = office.stuck(&controller).await.unwrap();
        stuck.iter().find_map(|one| match one {
            Stuck::Disputed { dossiers, .. } => Some(*dossiers),
            _ => None,
        })
    };
    assert_eq!(is_waiting().await, Some(2));
    let listed = office.disputed_dossiers(&clerk).await.unwrap();
    assert_eq!(listed.iter().map(|row| row.dossier_id).collect::<Vec<_>>(), {
        let mut ids = vec![theirs, strange];
        ids.sort_unstable();
        ids
    });
    let elsewhere = house.staff(XUAN_LANH, Role::Reception).await;
    assert_eq!(office.disputed_dossiers(&elsewhere).await.unwrap(), []);
    let settle =
        async |who: &Who, id, belongs: &str, command| office.settle_disputed_dossier(who, id, belongs, command).await;
    assert!(matches!(settle(&elsewhere, theirs, "owner", office.new_id()).await, Err(Error::Forbidden)));
    let unsaid = settle(&clerk, theirs, "", office.new_id()).await;
    assert!(matches!(unsaid, Err(Error::Invalid(Problem::Missing("belongs")))), "{unsaid:?}");

    let command = office.new_id();
    settle(&clerk, theirs, "owner", command).await.unwrap();
    settle(&clerk, theirs, "owner", command).await.unwrap();
    assert!(is_stale(&settle(&clerk, theirs, "nobody", office.new_id()).await), "said once and for good");
    settle(&clerk, strange, "nobody", office.new_id()).await.unwrap();
    let seen: Vec<Uuid> = office.my_dossiers(&owner).await.unwrap().into_iter().map(|row| row.id).collect();
    assert_eq!(seen, [theirs]);
    let foreign = office.my_dossier_with_looks(&owner, strange).await.map(drop);
    assert!(matches!(foreign, Err(Error::NotFound)), "number and name are the owner's, the matter is not: {foreign:?}");
    assert_eq!((is_waiting().await, office.my_proof(&owner).await.unwrap().1), (None, 0));
    let told = house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'settle_disputed_dossier'").await;
    assert_eq!(told, 2);
}

on_both!(two_clerks_who_prove_one_new_number_open_one_account);
async fn two_clerks_who_prove_one_new_number_open_one_account(home: Home) {
    let house = House::open(home).await;
    let clerks = [house.staff(DONG_XUAN, Role::Reception).await, house.staff(DONG_XUAN, Role::CentreDirector).await];
    let at_once = clerks.map(|clerk| {
        let office = house.office.clone();
        tokio::spawn(async move {
            office.prove_account(&clerk, DONG_XUAN, card(NUMBER, None), office.new_id()).await.map(drop)
        })
    });
    for done in at_once {
        let done = done.await.unwrap();
        assert!(done.is_ok() || is_stale(&done), "{done:?}");
    }
    assert_eq!(house.count("SELECT COUNT(*) FROM accounts").await, 1);
    let open = house.count("SELECT COUNT(*) FROM account_codes WHERE used_at IS NULL AND replaced_at IS NULL").await;
    assert_eq!(open, 1, "one code opens it");
}

on_both!(a_sensitive_dossier_that_waits_for_its_owner_is_there_for_its_readers_alone);
async fn a_sensitive_dossier_that_waits_for_its_owner_is_there_for_its_readers_alone(home: Home) {
    let house = House::open(home).await;
    house.change_local(ALLOWANCE, |local| local.sensitive = true).await;
    let (office, clerk) = (&house.office, house.staff(DONG_XUAN, Role::Reception).await);
    let director = house.staff(DONG_XUAN, Role::CentreDirector).await;
    let squatter = house.nay().await;
    let guarded = house.submitted(&squatter, ALLOWANCE).await;
    let (proof, _) = proven(&house, &clerk, Some(Whose::Strangers)).await;
    let named = office.disputed_dossiers(&clerk).await.unwrap();
    assert!(!named[0].applicant_name.is_empty() && !named[0].procedure_name.is_empty(), "{named:?}");
    assert_eq!(office.disputed_dossiers(&director).await.unwrap(), []);
    // Neither beside the number under which it was filed, nor as a number on the page of what is stuck.
    for (who, waits) in [(&clerk, 1), (&director, 0)] {
        assert_eq!(office.proof(who, proof, None).await.unwrap().disputed, waits);
    }
    for (role, waits) in [(Role::Leader, 1), (Role::Administrator, 1), (Role::CentreDirector, 0), (Role::Controller, 0)]
    {
        let stuck = office.stuck(&house.staff(DONG_XUAN, role).await).await.unwrap();
        let of_dossiers = |one: &Stuck| match one {
            Stuck::Disputed { dossiers, .. } => Some(*dossiers),
            _ => None,
        };
        assert_eq!(stuck.iter().filter_map(of_dossiers).sum::<i64>(), waits, "{}", role.key());
    }
    let refused = office.settle_disputed_dossier(&director, guarded, "owner", office.new_id()).await;
    assert!(matches!(refused, Err(Error::Forbidden)), "{refused:?}");
    office.settle_disputed_dossier(&clerk, guarded, "owner", office.new_id()).await.unwrap();
}
