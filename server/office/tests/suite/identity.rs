//! Signing in through an identity provider: what each level opens, proves and takes over.

use super::{
    doors::{NUMBER, move_on},
    engine::Home,
    house::{ALLOWANCE, DONG_XUAN, House, PASSWORD, trace},
};
use crate::on_both;
use domain::{
    identity::{Assurance, IdentityProblem},
    role::Role,
};
use office::{
    Error, Who,
    error::Problem,
    identity::Identity,
    my_data::{Confirmation, MyData},
    organisations::NewOrganisation,
    proofs::{Seen, Whose},
    sessions::Door,
};

fn identity(assurance: Assurance, subject: &str, number: Option<&str>) -> Identity {
    Identity {
        issuer: "https://dinhdanh.example".into(),
        subject: subject.into(),
        assurance,
        citizen_id: number.map(Into::into),
        name: Some("Ksor H'Nay".into()),
        phone: Some("0905 123 456".into()),
    }
}

fn verified(subject: &str) -> Identity {
    identity(Assurance::Verified, subject, Some(NUMBER))
}

fn claimed(subject: &str) -> Identity {
    identity(Assurance::Claimed, subject, Some(NUMBER))
}

async fn enter(house: &House, identity: &Identity) -> Result<Who, Error> {
    enter_as(house, &Who::anyone(trace()), identity).await
}

async fn enter_as(house: &House, who: &Who, identity: &Identity) -> Result<Who, Error> {
    let token = house.office.enter_by_identity(who, None, identity).await?;
    house.office.who_of_token(Door::Resident, Some(&token.0), trace()).await
}

/// Why it was refused.
fn problem(entered: Result<Who, Error>) -> IdentityProblem {
    match entered {
        Err(Error::Invalid(Problem::Identity(problem))) => problem,
        other => panic!("{other:?}"),
    }
}

on_both!(a_sign_in_comes_back_once_within_ten_minutes_and_to_the_browser_that_began_it);
async fn a_sign_in_comes_back_once_within_ten_minutes_and_to_the_browser_that_began_it(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let late = |back: Result<office::identity::CameBack, Error>| {
        matches!(back, Err(Error::Invalid(Problem::Identity(IdentityProblem::Late))))
    };
    let begun = office.begin_identity_sign_in(None, "/ho-so").await.unwrap();
    let browser = Some(begun.browser.as_str());
    let secrets = [&begun.state, &begun.nonce, &begun.verifier, &begun.browser];
    assert!(secrets.iter().all(|secret| secret.len() == 43), "256 bits each");
    let hashed = "SELECT COUNT(*) FROM identity_attempts WHERE length(state_hash) = 64 AND length(browser_hash) = 64";
    assert_eq!(house.count(hashed).await, 1, "state and browser are kept as hashes alone");
    assert!(late(office.take_identity_sign_in(None, &begun.state).await), "no browser");
    let other = office.begin_identity_sign_in(None, "").await.unwrap();
    assert!(late(office.take_identity_sign_in(Some(&other.browser), &begun.state).await), "another browser");
    assert!(late(office.take_identity_sign_in(browser, "never begun").await));
    let back = office.take_identity_sign_in(browser, &begun.state).await.unwrap();
    assert_eq!((back.nonce, back.verifier, back.next.as_str()), (begun.nonce, begun.verifier, "/ho-so"));
    assert!(late(office.take_identity_sign_in(browser, &begun.state).await), "a replay");

    // Two windows of one browser both come back.
    let (first, second) = (
        office.begin_identity_sign_in(browser, "").await.unwrap(),
        office.begin_identity_sign_in(browser, "").await.unwrap(),
    );
    assert_eq!((first.browser.as_str(), second.browser.as_str()), (begun.browser.as_str(), begun.browser.as_str()));
    assert!(office.take_identity_sign_in(browser, &first.state).await.is_ok());
    move_on(&house, 10);
    assert!(late(office.take_identity_sign_in(browser, &second.state).await), "too late");
    let strange = office.begin_identity_sign_in(Some("short"), "").await.unwrap();
    assert_ne!(strange.browser, "short", "nothing that could be guessed is kept");
}

on_both!(a_verified_identity_opens_a_proven_account_without_a_password_and_enters_it_again);
async fn a_verified_identity_opens_a_proven_account_without_a_password_and_enters_it_again(home: Home) {
    let house = House::open(home).await;
    let who = enter(&house, &verified("a")).await.unwrap();
    let first = who.resident().expect("signed in").clone();
    assert_eq!((first.level, first.citizen_id.as_str(), first.name.as_str()), (2, NUMBER, "Ksor H'Nay"));
    assert_eq!(first.phone.as_deref(), Some("+84905123456"));
    let (proof, _) = house.office.my_proof(&who).await.unwrap();
    let (proof, office) = proof.expect("a proof");
    assert_eq!(
        (proof.how.as_str(), proof.office_id, proof.staff_name, office.as_str()),
        ("identity_provider", None, None, "")
    );
    for password in ["", PASSWORD] {
        let refused = house.office.sign_in_resident(&Who::anyone(trace()), NUMBER, password.into()).await.map(drop);
        assert!(matches!(refused, Err(Error::Invalid(Problem::WrongCredentials { .. }))), "{refused:?}");
    }
    let again = enter(&house, &verified("a")).await.unwrap();
    assert_eq!(again.resident().map(|r| r.account), Some(first.account));
    // The provider need not say the number every time, and another of its subjects with the same card is the same person.
    let unsaid = enter(&house, &identity(Assurance::Verified, "a", None)).await.unwrap();
    assert_eq!(unsaid.resident().map(|r| r.account), Some(first.account));
    let anew = enter(&house, &verified("b")).await.unwrap();
    assert_eq!(anew.resident().map(|r| r.account), Some(first.account));
    assert_eq!(house.count("SELECT COUNT(*) FROM accounts").await, 1);
    assert_eq!(house.count("SELECT COUNT(*) FROM account_proofs").await, 1, "proven once");
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'enter_by_identity'").await, 4);
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'sign_in'").await, 4);
}

on_both!(what_a_claimed_identity_says_opens_nobody_elses_account);
async fn what_a_claimed_identity_says_opens_nobody_elses_account(home: Home) {
    let house = House::open(home).await;
    let who = enter(&house, &claimed("a")).await.unwrap();
    assert_eq!(who.resident().expect("signed in").level, 0, "a number that was typed");
    assert!(enter(&house, &claimed("a")).await.is_ok(), "and comes again");
    assert_eq!(problem(enter(&house, &claimed("b")).await), IdentityProblem::LevelTooLow);
    let changed = identity(Assurance::Claimed, "a", Some("054090001234"));
    assert_eq!(problem(enter(&house, &changed).await), IdentityProblem::OtherNumber);
    assert_eq!(problem(enter(&house, &identity(Assurance::Claimed, "c", None)).await), IdentityProblem::Incomplete);
    let nameless = Identity { name: None, ..identity(Assurance::Verified, "d", Some("054090001234")) };
    assert_eq!(problem(enter(&house, &nameless).await), IdentityProblem::Incomplete);
    assert_eq!(house.count("SELECT COUNT(*) FROM account_proofs").await, 0);
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'sign_in_refused'").await, 4);

    // The provider has seen the card meanwhile: the account that this subject opened is its owner's.
    let who = enter(&house, &verified("a")).await.unwrap();
    assert_eq!(who.resident().expect("signed in").level, 2);
    assert_eq!(house.count("SELECT COUNT(*) FROM accounts").await, 1);
    assert_eq!(problem(enter(&house, &claimed("b")).await), IdentityProblem::LevelTooLow);
}

on_both!(a_verified_identity_proves_the_account_that_is_signed_in_with_all_it_holds);
async fn a_verified_identity_proves_the_account_that_is_signed_in_with_all_it_holds(home: Home) {
    let house = House::open(home).await;
    let nay = house.nay().await;
    let dossier = house.submitted(&nay, ALLOWANCE).await;
    let other = house.resident("054090001234", "Y Blin Niê").await;
    assert_eq!(problem(enter_as(&house, &other, &verified("a")).await), IdentityProblem::OtherNumber);
    assert_eq!(problem(enter_as(&house, &nay, &claimed("a")).await), IdentityProblem::LevelTooLow);
    let old = house.office.sign_in_resident(&Who::anyone(trace()), NUMBER, PASSWORD.into()).await.unwrap();
    let token = house.office.enter_by_identity(&nay, Some(&old.0), &verified("a")).await.unwrap();
    let who = house.office.who_of_token(Door::Resident, Some(&token.0), trace()).await.unwrap();
    let resident = who.resident().expect("signed in");
    assert_eq!((Some(resident.account), resident.level), (nay.resident().map(|r| r.account), 2));
    let gone = house.office.who_of_token(Door::Resident, Some(&old.0), trace()).await.unwrap();
    assert!(gone.resident().is_none(), "the session it came with has ended");
    assert!(house.office.my_dossier(&who, dossier).await.is_ok(), "what was filed stays");
    assert!(house.office.sign_in_resident(&Who::anyone(trace()), NUMBER, PASSWORD.into()).await.is_ok());
}

on_both!(a_number_goes_to_whom_the_provider_has_seen_and_what_lay_under_it_waits_for_a_clerk);
async fn a_number_goes_to_whom_the_provider_has_seen_and_what_lay_under_it_waits_for_a_clerk(home: Home) {
    let house = House::open(home).await;
    let squatter = house.nay().await;
    let dossier = house.submitted(&squatter, ALLOWANCE).await;
    let company = NewOrganisation {
        number: "0100109106".into(),
        name: "Công ty TNHH Xuân Lãnh".into(),
        address: "thôn Xí Thoại".into(),
        is_representative: true,
    };
    house.office.register_organisation(&squatter, company, house.office.new_id()).await.unwrap();
    let token = house.office.sign_in_resident(&Who::anyone(trace()), NUMBER, PASSWORD.into()).await.unwrap();
    let owner = enter(&house, &verified("a")).await.unwrap();
    assert_ne!(owner.resident().map(|r| r.account), squatter.resident().map(|r| r.account));
    let gone = house.office.who_of_token(Door::Resident, Some(&token.0), trace()).await.unwrap();
    assert!(gone.resident().is_none(), "sessions of the old account have ended");
    let told = house.office.sign_in_resident(&Who::anyone(trace()), NUMBER, PASSWORD.into()).await.map(drop);
    assert!(matches!(told, Err(Error::Invalid(Problem::NumberGone))), "{told:?}");
    assert!(matches!(house.office.my_dossier(&owner, dossier).await, Err(Error::NotFound)));
    let (proof, waiting) = house.office.my_proof(&owner).await.unwrap();
    let taken_from = proof.expect("a proof").0.taken_from;
    assert_eq!((taken_from, waiting), (squatter.resident().map(|r| r.account), 1));
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let listed = house.office.disputed_dossiers(&clerk).await.unwrap();
    assert_eq!(listed.iter().map(|row| row.dossier_id).collect::<Vec<_>>(), [dossier]);
    let waits = "SELECT COUNT(*) FROM disputed_organisations WHERE office_id = 1 AND settled_at IS NULL";
    assert_eq!(house.count(waits).await, 1, "its organisations wait for a unit that there is");
    house.office.settle_disputed_dossier(&clerk, dossier, "owner", house.office.new_id()).await.unwrap();
    assert!(house.office.my_dossier(&owner, dossier).await.is_ok());
}

on_both!(who_was_proven_at_the_counter_signs_in_through_the_provider_too);
async fn who_was_proven_at_the_counter_signs_in_through_the_provider_too(home: Home) {
    let house = House::open(home).await;
    let (nay, clerk) = (house.nay().await, house.staff(DONG_XUAN, Role::Reception).await);
    let seen =
        Seen { citizen_id: NUMBER.into(), name: "Ksor H'Nay".into(), card: true, whose: Some(Whose::Own), draw: None };
    house.office.prove_account(&clerk, DONG_XUAN, seen.clone(), house.office.new_id()).await.unwrap();
    let who = enter(&house, &verified("a")).await.unwrap();
    let resident = who.resident().expect("signed in");
    assert_eq!((Some(resident.account), resident.level), (nay.resident().map(|r| r.account), 2));
    assert_eq!(house.count("SELECT COUNT(*) FROM account_proofs").await, 2);
    // A clerk who proves it once more takes nothing back.
    house.office.prove_account(&clerk, DONG_XUAN, seen, house.office.new_id()).await.unwrap();
    assert_eq!(house.count("SELECT level FROM accounts").await, 2);
    let by_provider = house.count("SELECT COUNT(*) FROM account_proofs WHERE how = 'identity_provider'").await;
    assert_eq!(by_provider, 1);
}

on_both!(two_windows_that_come_back_at_once_open_one_account);
async fn two_windows_that_come_back_at_once_open_one_account(home: Home) {
    let house = House::open(home).await;
    let at_once = ["a", "b"].map(|subject| {
        let house = house.clone();
        tokio::spawn(async move { enter(&house, &verified(subject)).await.map(drop) })
    });
    for done in at_once {
        let done = done.await.unwrap();
        assert!(done.is_ok(), "{done:?}");
    }
    assert_eq!(house.count("SELECT COUNT(*) FROM accounts").await, 1);
    assert_eq!(house.count("SELECT COUNT(*) FROM identity_links").await, 2);
}

on_both!(who_has_no_password_takes_their_own_data_after_a_fresh_sign_in_at_the_provider);
async fn who_has_no_password_takes_their_own_data_after_a_fresh_sign_in_at_the_provider(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let must_confirm = |taken: Result<MyData, Error>| matches!(taken, Err(Error::Invalid(Problem::ConfirmAgain)));
    let token = office.enter_by_identity(&Who::anyone(trace()), None, &verified("a")).await.unwrap();
    let who = office.who_of_token(Door::Resident, Some(&token.0), trace()).await.unwrap();
    let asked = async || office.my_confirmation(&who, Some(&token.0)).await.unwrap();
    let until = Some(house.clock.now().plus_ms(5 * 60_000));
    assert_eq!(asked().await, Confirmation::Provider { until });
    let mine = office.take_my_data(&who, Some(&token.0), String::new()).await.unwrap();
    assert_eq!(mine.resident.citizen_id, NUMBER);
    assert!(must_confirm(office.take_my_data(&who, None, String::new()).await), "a session that is not named");

    // Five minutes later no guess helps, and none is counted: nobody locks themselves out.
    move_on(&house, 5);
    assert_eq!(asked().await, Confirmation::Provider { until: None });
    for _ in 0..6 {
        assert!(must_confirm(office.take_my_data(&who, Some(&token.0), PASSWORD.into()).await));
    }
    let fresh = office.enter_by_identity(&who, Some(&token.0), &verified("a")).await.unwrap();
    assert!(office.take_my_data(&who, Some(&fresh.0), String::new()).await.is_ok());
    assert!(must_confirm(office.take_my_data(&who, Some(&token.0), String::new()).await), "that of before");
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'export_my_data'").await, 2);
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'password_refused'").await, 0);

    // Whoever has a password gives it, also when they came through the provider just now.
    let number = "054090001234";
    let other = house.resident(number, "Y Blin Niê").await;
    let proven = identity(Assurance::Verified, "b", Some(number));
    let entered = office.enter_by_identity(&other, None, &proven).await.unwrap();
    assert_eq!(office.my_confirmation(&other, Some(&entered.0)).await.unwrap(), Confirmation::Password);
    let refused = office.take_my_data(&other, Some(&entered.0), String::new()).await.map(drop);
    assert!(matches!(refused, Err(Error::Invalid(Problem::PasswordWrong { .. }))), "{refused:?}");
    assert!(office.take_my_data(&other, Some(&entered.0), PASSWORD.into()).await.is_ok());
    // A session of somebody else is none of theirs.
    assert!(must_confirm(office.take_my_data(&who, Some(&entered.0), String::new()).await));
    assert!(matches!(office.my_confirmation(&Who::anyone(trace()), Some(&fresh.0)).await, Err(Error::SignInFirst)));
}

on_both!(a_link_is_taken_back_by_its_owner_who_has_another_way_in);
async fn a_link_is_taken_back_by_its_owner_who_has_another_way_in(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let token = office.enter_by_identity(&house.nay().await, None, &verified("a")).await.unwrap();
    let nay = office.who_of_token(Door::Resident, Some(&token.0), trace()).await.unwrap();
    let other = enter(&house, &identity(Assurance::Verified, "b", Some("054090001234"))).await.unwrap();
    let key = async |who: &Who| office.my_identities(who).await.unwrap()[0].key.clone();
    let (own, others) = (key(&nay).await, key(&other).await);
    assert_ne!(own, others);

    // Nobody takes back what is another's, and nobody shuts themselves out.
    let strange = office.unlink_identity(&nay, &others, office.new_id()).await;
    assert!(matches!(strange, Err(Error::Stale)), "{strange:?}");
    let only = office.unlink_identity(&other, &others, office.new_id()).await;
    assert!(matches!(only, Err(Error::Invalid(Problem::OnlyWayIn))), "{only:?}");
    let anyone = office.unlink_identity(&Who::anyone(trace()), &own, office.new_id()).await;
    assert!(matches!(anyone, Err(Error::SignInFirst)), "{anyone:?}");
    assert_eq!(house.count("SELECT COUNT(*) FROM identity_links").await, 2);

    let command = office.new_id();
    office.unlink_identity(&nay, &own, command).await.unwrap();
    office.unlink_identity(&nay, &own, command).await.unwrap();
    let late = office.unlink_identity(&nay, &own, office.new_id()).await;
    assert!(matches!(late, Err(Error::Stale)), "{late:?}");
    assert!(office.my_identities(&nay).await.unwrap().is_empty());
    assert_eq!(office.my_identities(&other).await.unwrap().len(), 1);
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'unlink_identity'").await, 1);
    // The subject that was linked is a stranger again; the password opens, and so does the card.
    assert_eq!(problem(enter(&house, &claimed("a")).await), IdentityProblem::LevelTooLow);
    let unsaid = identity(Assurance::Verified, "a", None);
    assert_eq!(problem(enter(&house, &unsaid).await), IdentityProblem::Incomplete);
    assert!(office.sign_in_resident(&Who::anyone(trace()), NUMBER, PASSWORD.into()).await.is_ok());
    assert!(enter(&house, &verified("a")).await.is_ok());
}
