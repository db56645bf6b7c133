//! Organisations apply: through their representative, and through employees within the days that were named.
// long because what an organisation sees, files and loses is told once for each standing, on both engines.

use super::{
    engine::Home,
    house::{ALLOWANCE, DONG_XUAN, House, PASSWORD, SAME_DAY, XUAN_LANH, answers, is_stale, trace},
};
use crate::on_both;
use domain::{organisation::TaxNumber, role::Role, time::DAY_MS};
use office::{
    Error, Uuid, Who,
    account_codes::NewPassword,
    counter::{WalkIn, WalkInOrganisation},
    error::Problem,
    organisations::{NewMember, NewOrganisation, OrganisationChange},
    papers::Facts,
    proofs::{CodeSeen, Seen, Whose},
    registers::Reading,
    sessions::Door,
    stuck::Stuck,
};

const NUMBER: &str = "0314409058";
const EMPLOYEE: &str = "054185001111";
const DRAW: &str = "00112233445566778899aabbccddeeff";

fn company() -> NewOrganisation {
    NewOrganisation {
        number: NUMBER.into(),
        name: "Công ty TNHH Mía Đồng Xuân".into(),
        address: "Thôn Long Thăng, xã Đồng Xuân".into(),
        is_representative: true,
    }
}

fn problem<T>(result: Result<T, Error>) -> Problem {
    match result {
        Err(Error::Invalid(problem)) => problem,
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("done"),
    }
}

fn is_hidden<T>(result: Result<T, Error>) -> bool {
    matches!(result, Err(Error::NotFound))
}

/// The same person as they are when they come anew.
pub async fn anew(house: &House, who: &Who) -> Who {
    let number = who.resident().expect("a resident").citizen_id.clone();
    let anyone = Who::anyone(trace());
    let token = house.office.sign_in_resident(&anyone, &number, PASSWORD.into()).await.unwrap();
    house.office.who_of_token(Door::Resident, Some(&token.0), trace()).await.unwrap()
}

/// A representative and the organisation that they entered.
pub async fn founded(house: &House) -> (Who, Uuid) {
    let who = house.nay().await;
    let id = house.office.register_organisation(&who, company(), house.office.new_id()).await.unwrap();
    (anew(house, &who).await, id)
}

/// An employee named from today on for so many days more.
pub async fn employed(house: &House, representative: &Who, organisation: Uuid, days: i64) -> (Who, Uuid) {
    let who = house.resident(EMPLOYEE, "Mang Thị Hoa").await;
    let today = house.clock.now();
    let input = NewMember {
        organisation,
        citizen_id: EMPLOYEE.into(),
        name: "mang thị hoa".into(),
        from: Some(today.day()),
        to: Some(today.plus_ms(days * DAY_MS).day()),
    };
    let member = house.office.name_employee(representative, input, house.office.new_id()).await.unwrap();
    (anew(house, &who).await, member)
}

/// A dossier filed online for an organisation.
pub async fn filed(house: &House, who: &Who, organisation: Uuid) -> Uuid {
    let office = &house.office;
    let draft = office.start_draft_for(who, ALLOWANCE, DONG_XUAN, Some(organisation), office.new_id()).await.unwrap();
    let draft_row = office.draft(who, draft).await.unwrap();
    assert_eq!(draft_row.typed["organisation.number"], NUMBER, "what is known is not asked again");
    let mut typed = answers();
    typed.insert("applicant.acts".into(), "to_chuc".into());
    typed.insert("organisation.name".into(), "Công ty TNHH Mía Đồng Xuân".into());
    typed.insert("organisation.number".into(), NUMBER.into());
    for topic in &draft_row.form.topics {
        office.save_topic(who, draft, &topic.id, typed.clone(), true, None).await.unwrap();
    }
    office.submit_draft(who, draft, true, office.new_id()).await.unwrap().dossier
}

on_both!(a_dossier_for_an_organisation_names_it_everywhere_and_its_person_beside_it);
async fn a_dossier_for_an_organisation_names_it_everywhere_and_its_person_beside_it(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let (who, organisation) = founded(&house).await;
    let id = filed(&house, &who, organisation).await;
    let row = house.row(id).await;
    assert_eq!(row.organisation_id, Some(organisation));
    assert_eq!(row.organisation_number.as_deref(), Some(NUMBER));
    assert_eq!(row.organisation_name.as_deref(), Some("Công ty TNHH Mía Đồng Xuân"));
    assert_eq!(row.applicant_name, "Ksor H'Nay", "the person who files stays the person");

    let slip = office.my_dossier(&who, id).await.unwrap().papers[0].id;
    let facts: Facts = serde_json::from_value(office.open_paper(&who, slip).await.unwrap().body).unwrap();
    assert_eq!(facts.organisation.map(|one| one.number), Some(NUMBER.to_string()));
    let reception = house.staff(DONG_XUAN, Role::Reception).await;
    office.accept_dossier(&reception, id, None, house.command(id).await).await.unwrap();
    let receipt = office.dossier(&reception, id).await.unwrap().papers;
    let receipt = receipt.iter().find(|paper| paper.kind == "receipt").expect("form 01");
    let facts: Facts = serde_json::from_value(receipt.body.clone()).unwrap();
    assert_eq!(facts.organisation.map(|one| one.name), row.organisation_name);
    let today = house.clock.now().day();
    let register = office.register(&reception, DONG_XUAN, today, today, Reading::Screen).await.unwrap();
    assert_eq!(register.rows[0].organisation_name, row.organisation_name);
}

on_both!(an_employee_files_and_sees_within_the_days_named_and_not_outside_them);
async fn an_employee_files_and_sees_within_the_days_named_and_not_outside_them(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let (representative, organisation) = founded(&house).await;
    let theirs = filed(&house, &representative, organisation).await;
    let own = house.submitted(&representative, SAME_DAY).await;
    let (employee, _) = employed(&house, &representative, organisation, 7).await;
    assert!(office.my_dossier(&employee, theirs).await.is_ok(), "colleagues see what was filed for the organisation");
    assert!(is_hidden(office.my_dossier(&employee, own).await), "and not what the representative filed for themselves");
    let listed = |rows: Vec<store::dossiers::DossierRow>| rows.into_iter().map(|row| row.id).collect::<Vec<_>>();
    assert_eq!(listed(office.my_dossiers(&employee).await.unwrap()), [theirs]);
    let draft =
        office.start_draft_for(&employee, SAME_DAY, DONG_XUAN, Some(organisation), office.new_id()).await.unwrap();
    let withdrawn = office.ask_withdrawal(&employee, theirs, "Nộp nhầm.".into(), house.command(theirs).await).await;
    withdrawn.expect("an employee acts on it");
    // A session that goes on past the last day sees no more, on its next page.
    house.clock.set(house.clock.now().plus_ms(8 * DAY_MS));
    let employee = anew(&house, &employee).await;
    assert!(employee.resident().unwrap().organisations.is_empty());
    assert!(is_hidden(office.my_dossier(&employee, theirs).await));
    assert!(is_hidden(office.draft(&employee, draft).await), "nor the draft begun for it");
    assert!(is_hidden(office.submit_draft(&employee, draft, true, office.new_id()).await));
    let again = office.start_draft_for(&employee, ALLOWANCE, DONG_XUAN, Some(organisation), office.new_id()).await;
    assert!(is_hidden(again));
    assert!(
        office.my_dossiers(&employee).await.unwrap().is_empty()
            && office.my_drafts(&employee).await.unwrap().is_empty()
    );
    assert!(office.my_dossier(&anew(&house, &representative).await, theirs).await.is_ok());
}

on_both!(who_filed_for_an_organisation_and_was_ended_sees_it_no_more);
async fn who_filed_for_an_organisation_and_was_ended_sees_it_no_more(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let (representative, organisation) = founded(&house).await;
    let (employee, member) = employed(&house, &representative, organisation, 30).await;
    let id = filed(&house, &employee, organisation).await;
    let paper = office.my_dossier(&employee, id).await.unwrap().papers[0].id;
    assert!(office.my_dossier(&representative, id).await.is_ok(), "the representative sees what employees file");
    assert!(
        is_hidden(office.end_employee(&employee, organisation, member, office.new_id()).await),
        "nobody else ends it"
    );
    let command = office.new_id();
    for _ in 0..2 {
        office.end_employee(&representative, organisation, member, command).await.unwrap();
    }
    let ended = house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'end_employee'").await;
    assert_eq!(ended, 1, "a repeat ends nothing twice");
    let employee = anew(&house, &employee).await;
    assert!(is_hidden(office.my_dossier(&employee, id).await));
    assert!(is_hidden(office.open_paper(&employee, paper).await));
    let withdrawn = office.ask_withdrawal(&employee, id, "Thôi.".into(), house.command(id).await).await;
    assert!(is_hidden(withdrawn));
}

on_both!(two_people_may_claim_one_number_and_neither_sees_the_others);
async fn two_people_may_claim_one_number_and_neither_sees_the_others(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let (representative, organisation) = founded(&house).await;
    let id = filed(&house, &representative, organisation).await;
    let other = house.resident(EMPLOYEE, "Mang Thị Hoa").await;
    let claimed = office.register_organisation(&other, company(), office.new_id()).await.unwrap();
    assert_ne!(claimed, organisation);
    let other = anew(&house, &other).await;
    assert!(is_hidden(office.my_dossier(&other, id).await));
    assert!(office.my_dossiers(&other).await.unwrap().is_empty());
    let begun = office.start_draft_for(&other, ALLOWANCE, DONG_XUAN, Some(organisation), office.new_id()).await;
    assert!(is_hidden(begun));
    let stranger =
        NewMember { organisation, citizen_id: EMPLOYEE.into(), name: "Mang Thị Hoa".into(), ..NewMember::default() };
    let named = NewMember { from: Some(house.clock.now().day()), ..stranger };
    assert!(is_hidden(office.name_employee(&other, named, office.new_id()).await));
}

on_both!(an_organisation_is_entered_once_by_its_representative_with_a_number_that_is_one);
async fn an_organisation_is_entered_once_by_its_representative_with_a_number_that_is_one(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let who = house.nay().await;
    let with = |change: fn(&mut NewOrganisation)| {
        let mut input = company();
        change(&mut input);
        input
    };
    for (input, wrong) in [
        (with(|one| one.number = "0314409059".into()), Problem::TaxNumberInvalid),
        (with(|one| one.number = "054185001111".into()), Problem::TaxNumberOfAnother),
        (with(|one| one.name = "  ".into()), Problem::Missing("organisation_name")),
        (with(|one| one.name = "x".repeat(201)), Problem::TooLong("organisation_name")),
        (with(|one| one.address = String::new()), Problem::Missing("organisation_address")),
        (with(|one| one.is_representative = false), Problem::Missing("is_representative")),
    ] {
        assert_eq!(problem(office.register_organisation(&who, input, office.new_id()).await), wrong);
    }
    let command = office.new_id();
    let first = office.register_organisation(&who, company(), command).await.unwrap();
    assert_eq!(office.register_organisation(&who, company(), command).await.unwrap(), first, "a repeat");
    let twice = office.register_organisation(&who, company(), office.new_id()).await;
    assert_eq!(problem(twice), Problem::OrganisationEntered);
    // The owner of a household business has it under their own number.
    let own = with(|one| one.number = "054090004321".into());
    office.register_organisation(&who, own, office.new_id()).await.unwrap();
    assert_eq!(office.my_organisations(&who).await.unwrap().len(), 2);
    let anyone = Who::anyone(trace());
    let refused = office.register_organisation(&anyone, company(), office.new_id()).await;
    assert!(matches!(refused, Err(Error::SignInFirst)));
}

on_both!(the_representative_changes_name_and_address_and_what_was_filed_keeps_what_it_was_filed_with);
async fn the_representative_changes_name_and_address_and_what_was_filed_keeps_what_it_was_filed_with(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let (who, organisation) = founded(&house).await;
    let (employee, _) = employed(&house, &who, organisation, 30).await;
    let id = filed(&house, &who, organisation).await;
    let change =
        |name: &str, address: &str| OrganisationChange { organisation, name: name.into(), address: address.into() };
    let seat = company().address;
    let (long, longer) = ("x".repeat(201), "x".repeat(251));
    for (input, wrong) in [
        (change("  ", &seat), Problem::Missing("organisation_name")),
        (change(&long, &seat), Problem::TooLong("organisation_name")),
        (change("Công ty", ""), Problem::Missing("organisation_address")),
        (change("Công ty", &longer), Problem::TooLong("organisation_address")),
    ] {
        assert_eq!(problem(office.change_organisation(&who, input, office.new_id()).await), wrong);
    }
    let renamed = || change(" Công ty TNHH Mía  Xuân Phước", "Thôn Phú Hội, xã Xuân Phước");
    let of_employee = office.change_organisation(&employee, renamed(), office.new_id()).await;
    assert!(is_hidden(of_employee), "an employee changes nothing of it");
    let of_nobody = office.change_organisation(&Who::anyone(trace()), renamed(), office.new_id()).await;
    assert!(matches!(of_nobody, Err(Error::SignInFirst)));

    let command = office.new_id();
    for _ in 0..2 {
        office.change_organisation(&who, renamed(), command).await.unwrap();
    }
    // The same words once more change nothing.
    office.change_organisation(&who, renamed(), office.new_id()).await.unwrap();
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'change_organisation'").await, 1);
    let mine = office.my_organisations(&who).await.unwrap().remove(0).row;
    let now = (mine.number.as_str(), mine.name.as_str(), mine.address.as_str());
    assert_eq!(now, (NUMBER, "Công ty TNHH Mía Xuân Phước", "Thôn Phú Hội, xã Xuân Phước"));

    let reception = house.staff(DONG_XUAN, Role::Reception).await;
    office.accept_dossier(&reception, id, None, house.command(id).await).await.unwrap();
    let row = house.row(id).await;
    assert_eq!((row.organisation_name, row.organisation_address), (Some(company().name), Some(seat)));
    let papers = office.dossier(&reception, id).await.unwrap().papers;
    let receipt = papers.iter().find(|paper| paper.kind == "receipt").expect("form 01");
    let facts: Facts = serde_json::from_value(receipt.body.clone()).unwrap();
    assert_eq!(facts.organisation.map(|one| one.name), Some(company().name), "also on a paper of later");
    let who = anew(&house, &who).await;
    let begun = office.start_draft_for(&who, ALLOWANCE, DONG_XUAN, Some(organisation), office.new_id()).await.unwrap();
    assert_eq!(office.draft(&who, begun).await.unwrap().typed["organisation.name"], "Công ty TNHH Mía Xuân Phước");
}

on_both!(an_employee_is_somebody_with_an_account_of_that_name_and_days_in_order);
async fn an_employee_is_somebody_with_an_account_of_that_name_and_days_in_order(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let (who, organisation) = founded(&house).await;
    house.resident(EMPLOYEE, "Mang Thị Hoa").await;
    let today = house.clock.now().day();
    let good = NewMember {
        organisation,
        citizen_id: EMPLOYEE.into(),
        name: "Mang Thị Hoa".into(),
        from: Some(today),
        to: None,
    };
    let another = |change: fn(&mut NewMember)| {
        let mut input = good.clone();
        change(&mut input);
        input
    };
    for (input, wrong) in [
        (another(|one| one.citizen_id = "05418500111".into()), Problem::CitizenIdInvalid),
        (another(|one| one.name = "Hoa 5".into()), Problem::NameInvalid),
        (another(|one| one.from = None), Problem::DateInvalid("valid_from")),
        (another(|one| one.to = one.from.map(domain::time::Day::prev)), Problem::EndsBeforeItBegins),
        (another(|one| one.citizen_id = "054185002222".into()), Problem::EmployeeUnknown),
        (another(|one| one.name = "Mang Thị Hồng".into()), Problem::EmployeeUnknown),
        (
            another(|one| {
                one.citizen_id = "054090004321".into();
                one.name = "Ksor H'Nay".into();
            }),
            Problem::EmployeeIsSelf,
        ),
    ] {
        assert_eq!(problem(office.name_employee(&who, input, office.new_id()).await), wrong);
    }
    let command = office.new_id();
    let first = office.name_employee(&who, good.clone(), command).await.unwrap();
    assert_eq!(office.name_employee(&who, good.clone(), command).await.unwrap(), first, "a repeat");
    assert_eq!(office.my_organisations(&who).await.unwrap()[0].members.len(), 1);
}

on_both!(an_organisation_walks_in_by_its_person_and_has_no_second_dossier_for_one_matter);
async fn an_organisation_walks_in_by_its_person_and_has_no_second_dossier_for_one_matter(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let brought = || WalkIn {
        procedure_code: ALLOWANCE.into(),
        name: "Ksor H'Nay".into(),
        citizen_id: "054090004321".into(),
        organisation: WalkInOrganisation {
            number: "0314 409 058".into(),
            name: company().name,
            address: company().address,
        },
        ..WalkIn::default()
    };
    let id = office.receive_at_counter(&clerk, DONG_XUAN, brought(), office.new_id()).await.unwrap();
    let row = house.row(id).await;
    assert_eq!(row.organisation_number.as_deref(), Some(NUMBER));
    assert_eq!((row.organisation_id, row.applicant_name.as_str()), (None, "Ksor H'Nay"));
    // Another person of the same organisation brings the same matter.
    let again = WalkIn { citizen_id: EMPLOYEE.into(), name: "Mang Thị Hoa".into(), ..brought() };
    let refused = office.receive_at_counter(&clerk, DONG_XUAN, again, office.new_id()).await;
    assert_eq!(problem(refused), Problem::AlreadyOpen { dossier: id });
    let number = TaxNumber::parse(NUMBER).unwrap();
    let shown = office.open_matters_of_organisation(&clerk, DONG_XUAN, &number, ALLOWANCE).await.unwrap();
    assert_eq!(shown.dossiers.iter().map(|row| row.id).collect::<Vec<_>>(), [id], "the clerk sees which");
    let another = WalkIn { other_matter: "Cơ sở thứ hai".into(), ..brought() };
    office.receive_at_counter(&clerk, DONG_XUAN, another, office.new_id()).await.unwrap();
    // The same person has the same matter of their own.
    let own = WalkIn { organisation: WalkInOrganisation::default(), ..brought() };
    office.receive_at_counter(&clerk, DONG_XUAN, own, office.new_id()).await.unwrap();
    for (change, wrong) in [
        (("0314409059", "Công ty", "Đồng Xuân"), Problem::TaxNumberInvalid),
        ((NUMBER, " ", "Đồng Xuân"), Problem::Missing("organisation[name]")),
        ((NUMBER, "Công ty", ""), Problem::Missing("organisation[address]")),
    ] {
        let (number, name, address) = change;
        let organisation = WalkInOrganisation { number: number.into(), name: name.into(), address: address.into() };
        let walk_in = WalkIn { organisation, ..brought() };
        let refused = office.receive_at_counter(&clerk, DONG_XUAN, walk_in, office.new_id()).await;
        assert_eq!(problem(refused), wrong);
    }
}

/// Proves a number for somebody else than who opened the account; answers the proof, and the owner, signed in.
async fn taken_back(house: &House, clerk: &Who, number: &str, name: &str) -> (Uuid, Who) {
    let (office, anyone) = (&house.office, Who::anyone(trace()));
    let seen = Seen {
        citizen_id: number.into(),
        name: name.into(),
        card: true,
        whose: Some(Whose::Strangers),
        draw: Some(DRAW.into()),
    };
    let proof = office.prove_account(clerk, DONG_XUAN, seen, office.new_id()).await.unwrap();
    let code = match office.proof(clerk, proof, Some(DRAW)).await.unwrap().code {
        CodeSeen::Open { digits, .. } => digits,
        other => panic!("{other:?}"),
    };
    let input =
        NewPassword { citizen_id: number.into(), code, password: PASSWORD.into(), password_again: PASSWORD.into() };
    let token = office.set_password_by_code(&anyone, input, office.new_id()).await.unwrap();
    (proof, office.who_of_token(Door::Resident, Some(&token.0), trace()).await.unwrap())
}

on_both!(an_organisation_whose_representative_had_anothers_number_waits_for_a_clerk_and_nobody_acts_for_it);
async fn an_organisation_whose_representative_had_anothers_number_waits_for_a_clerk_and_nobody_acts_for_it(home: Home) {
    let house = House::open(home).await;
    let (office, clerk) = (&house.office, house.staff(DONG_XUAN, Role::Reception).await);
    let (squatter, organisation) = founded(&house).await;
    let (employee, _) = employed(&house, &squatter, organisation, 30).await;
    let id = filed(&house, &squatter, organisation).await;
    let (proof, owner) = taken_back(&house, &clerk, "054090004321", "Ksor H'Nay").await;
    let view = office.proof(&clerk, proof, None).await.unwrap();
    assert_eq!((view.disputed, view.organisations), (0, 1), "what was filed for an organisation goes with it");

    let employee = anew(&house, &employee).await;
    assert!(employee.resident().unwrap().organisations.is_empty(), "whom it named acts no more");
    for who in [&employee, &owner] {
        assert!(is_hidden(office.my_dossier(who, id).await));
        let begun = office.start_draft_for(who, SAME_DAY, DONG_XUAN, Some(organisation), office.new_id()).await;
        assert!(is_hidden(begun));
    }
    let entered = office.register_organisation(&squatter, company(), office.new_id()).await;
    assert!(matches!(entered, Err(Error::SignInFirst)), "nor does the old account in a window still open");
    assert_eq!(office.my_organisations(&owner).await.unwrap(), []);
    assert_eq!(office.my_disputed_organisations(&owner).await.unwrap(), 1);
    let again = office.register_organisation(&owner, company(), office.new_id()).await;
    assert_eq!(problem(again), Problem::OrganisationWaits);

    let controller = house.staff(DONG_XUAN, Role::Controller).await;
    let is_waiting = async || {
        let stuck = office.stuck(&controller).await.unwrap();
        stuck.iter().find_map(|one| match one {
            Stuck::DisputedOrganisations { organisations, .. } => Some(*organisations),
            _ => None,
        })
    };
    assert_eq!(is_waiting().await, Some(1));
    let listed = office.disputed_organisations(&clerk).await.unwrap();
    let [line] = listed.as_slice() else { panic!("{listed:?}") };
    let named = (line.organisation_id, line.number.as_str(), line.owner_name.as_str());
    assert_eq!(named, (organisation, NUMBER, "Ksor H'Nay"));
    let elsewhere = house.staff(XUAN_LANH, Role::Reception).await;
    assert_eq!(office.disputed_organisations(&elsewhere).await.unwrap(), []);
    let settle = async |who: &Who, belongs: &str, command| {
        office.settle_disputed_organisation(who, organisation, belongs, command).await
    };
    for foreign in [&elsewhere, &house.staff(DONG_XUAN, Role::Specialist).await] {
        assert!(matches!(settle(foreign, "owner", office.new_id()).await, Err(Error::Forbidden)));
    }
    assert_eq!(problem(settle(&clerk, "", office.new_id()).await), Problem::Missing("belongs"));

    let command = office.new_id();
    settle(&clerk, "owner", command).await.unwrap();
    settle(&clerk, "owner", command).await.unwrap();
    assert!(is_stale(&settle(&clerk, "nobody", office.new_id()).await), "said once and for good");
    let owner = anew(&house, &owner).await;
    assert!(office.my_dossier(&owner, id).await.is_ok(), "its dossiers come with it");
    let mine = office.my_organisations(&owner).await.unwrap();
    assert!(mine.len() == 1 && mine[0].represents && mine[0].members.is_empty(), "{mine:?}");
    assert!(is_hidden(office.my_dossier(&anew(&house, &employee).await, id).await), "not those whom the other named");
    assert_eq!((is_waiting().await, office.my_disputed_organisations(&owner).await.unwrap()), (None, 0));
    let told = house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'settle_disputed_organisation'").await;
    assert_eq!(told, 1);
}

on_both!(for_an_organisation_that_is_somebody_elses_nobody_acts_any_more);
async fn for_an_organisation_that_is_somebody_elses_nobody_acts_any_more(home: Home) {
    let house = House::open(home).await;
    let (office, clerk) = (&house.office, house.staff(DONG_XUAN, Role::Reception).await);
    let (squatter, organisation) = founded(&house).await;
    let id = filed(&house, &squatter, organisation).await;
    let (_, owner) = taken_back(&house, &clerk, "054090004321", "Ksor H'Nay").await;
    office.settle_disputed_organisation(&clerk, organisation, "nobody", office.new_id()).await.unwrap();
    let claimed = office.register_organisation(&owner, company(), office.new_id()).await.unwrap();
    assert_ne!(claimed, organisation, "the owner claims the number like anybody");
    let owner = anew(&house, &owner).await;
    assert!(is_hidden(office.my_dossier(&owner, id).await));
    // Its dossier goes on at the counter.
    office.accept_dossier(&clerk, id, None, house.command(id).await).await.unwrap();
}

on_both!(an_employee_whose_number_was_anothers_acts_no_more_and_the_organisation_keeps_what_was_filed);
async fn an_employee_whose_number_was_anothers_acts_no_more_and_the_organisation_keeps_what_was_filed(home: Home) {
    let house = House::open(home).await;
    let (office, clerk) = (&house.office, house.staff(DONG_XUAN, Role::Reception).await);
    let (representative, organisation) = founded(&house).await;
    let (employee, _) = employed(&house, &representative, organisation, 30).await;
    let id = filed(&house, &employee, organisation).await;
    let (proof, owner) = taken_back(&house, &clerk, EMPLOYEE, "Mang Thị Hoa").await;
    let view = office.proof(&clerk, proof, None).await.unwrap();
    assert_eq!((view.disputed, view.organisations), (0, 0), "nothing waits for a clerk");
    assert!(office.my_dossier(&representative, id).await.is_ok());
    assert!(is_hidden(office.my_dossier(&owner, id).await), "the number's owner was never named");
    assert!(office.my_organisations(&representative).await.unwrap()[0].members.is_empty());
}
