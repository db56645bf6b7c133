//! Another represents an organisation: who may say so, on what grounds, and what everybody sees before and after.

use super::{
    engine::Home,
    house::{ALLOWANCE, DONG_XUAN, House, XUAN_LANH, is_stale},
    organisations::{anew, employed, filed, founded},
};
use crate::on_both;
use domain::role::Role;
use office::{
    Error, Uuid, Who,
    error::Problem,
    organisations::{NewMember, NewOrganisation, OrganisationChange},
    proofs::{Seen, Whose},
    representatives::NewRepresentative,
};

const NUMBER: &str = "0314409058";
const SUCCESSOR: &str = "054185002222";
const NAME: &str = "Lê Thị Bích";

/// The successor's account, opened by themselves.
async fn opened(house: &House) -> Who {
    house.resident(SUCCESSOR, NAME).await
}

/// The same account, proven at the counter.
async fn proven(house: &House, clerk: &Who) {
    let office = &house.office;
    let seen =
        Seen { citizen_id: SUCCESSOR.into(), name: NAME.into(), card: true, whose: Some(Whose::Own), draw: None };
    office.prove_account(clerk, DONG_XUAN, seen, office.new_id()).await.unwrap();
}

/// What the clerk enters, with the representative that the page shows.
fn entered(house: &House, former: Uuid) -> NewRepresentative {
    NewRepresentative {
        number: "0314 409 058".into(),
        former: Some(former),
        citizen_id: SUCCESSOR.into(),
        name: "LÊ THỊ BÍCH".into(),
        from: Some(house.clock.now().day().prev()),
        paper: "Giấy chứng nhận đăng ký doanh nghiệp, thay đổi lần 2 ngày 20/11/2026".into(),
        seen: true,
    }
}

fn account(who: &Who) -> Uuid {
    who.resident().expect("a resident").account
}

fn is_hidden<T>(result: Result<T, Error>) -> bool {
    matches!(result, Err(Error::NotFound))
}

on_both!(the_new_representative_sees_what_was_filed_and_the_former_one_sees_and_does_nothing_more);
async fn the_new_representative_sees_what_was_filed_and_the_former_one_sees_and_does_nothing_more(home: Home) {
    let house = House::open(home).await;
    let (office, clerk) = (&house.office, house.staff(DONG_XUAN, Role::Reception).await);
    let (former, organisation) = founded(&house).await;
    let (employee, member) = employed(&house, &former, organisation, 30).await;
    let id = filed(&house, &former, organisation).await;
    let paper = office.my_dossier(&former, id).await.unwrap().papers[0].id;
    let draft = office.start_draft_for(&former, ALLOWANCE, DONG_XUAN, Some(organisation), office.new_id()).await;
    let draft = draft.unwrap();
    let successor = opened(&house).await;
    proven(&house, &clerk).await;
    assert!(is_hidden(office.my_dossier(&successor, id).await), "before, it is a stranger's");

    let shown = office.organisations_at_number(&clerk, DONG_XUAN, NUMBER).await.unwrap();
    let [line] = shown.as_slice() else { panic!("{shown:?}") };
    assert_eq!((line.organisation.id, line.representative_name.as_str()), (organisation, "Ksor H'Nay"));
    let seen = line.organisation.account_id.expect("somebody represents it");
    assert_eq!(seen, account(&former));
    let command = office.new_id();
    for _ in 0..2 {
        let done = office.change_representative(&clerk, DONG_XUAN, entered(&house, seen), command).await.unwrap();
        assert_eq!(done, organisation, "a repeat gets the same answer");
    }
    let acts = "SELECT COUNT(*) FROM audit_rows WHERE act = 'change_representative' AND office_id = 1";
    assert_eq!(house.count(acts).await, 1);

    // A page of the former one that is still open does nothing more.
    let change = OrganisationChange { organisation, name: "Khác".into(), address: "Nơi khác".into() };
    assert!(is_hidden(office.change_organisation(&former, change, office.new_id()).await));
    assert!(is_hidden(office.end_employee(&former, organisation, member, office.new_id()).await));
    let former = anew(&house, &former).await;
    assert_eq!(office.my_organisations(&former).await.unwrap(), []);
    assert!(is_hidden(office.my_dossier(&former, id).await));
    assert!(is_hidden(office.open_paper(&former, paper).await));
    assert!(is_hidden(office.draft(&former, draft).await));
    assert!(is_hidden(office.ask_withdrawal(&former, id, "Thôi.".into(), house.command(id).await).await));
    let again = office.start_draft_for(&former, ALLOWANCE, DONG_XUAN, Some(organisation), office.new_id()).await;
    assert!(is_hidden(again));

    let successor = anew(&house, &successor).await;
    assert!(office.my_dossier(&successor, id).await.is_ok());
    let mine = office.my_organisations(&successor).await.unwrap();
    assert!(mine.len() == 1 && mine[0].represents && mine[0].members.len() == 1, "{mine:?}");
    assert_eq!(office.my_disputed_organisations(&successor).await.unwrap(), 0, "nothing waits for a clerk");
    let employee = anew(&house, &employee).await;
    assert!(office.my_dossier(&employee, id).await.is_ok(), "whom the former one named stays");
    office.end_employee(&successor, organisation, member, office.new_id()).await.unwrap();
    assert!(is_hidden(office.my_dossier(&anew(&house, &employee).await, id).await), "until they are ended");
    // Its dossier goes on as it was.
    office.accept_dossier(&clerk, id, None, house.command(id).await).await.unwrap();
}

on_both!(a_representative_changes_with_a_paper_and_a_proven_account_alone_by_who_proves_accounts);
async fn a_representative_changes_with_a_paper_and_a_proven_account_alone_by_who_proves_accounts(home: Home) {
    let house = House::open(home).await;
    let (office, clerk) = (&house.office, house.staff(DONG_XUAN, Role::Reception).await);
    let (former, organisation) = founded(&house).await;
    let seen = account(&former);
    let with = |change: &dyn Fn(&mut NewRepresentative)| {
        let mut input = entered(&house, seen);
        change(&mut input);
        input
    };
    let try_it = async |who: &Who, input| office.change_representative(who, DONG_XUAN, input, office.new_id()).await;
    let tomorrow = house.clock.now().day().next();
    for (input, wrong) in [
        (with(&|one| one.number = "0314409059".into()), Problem::TaxNumberInvalid),
        (with(&|one| one.number = "054090004321".into()), Problem::HouseholdOfItsOwner),
        (with(&|one| one.former = None), Problem::Missing("former")),
        (with(&|one| one.citizen_id = "123".into()), Problem::CitizenIdInvalid),
        (with(&|one| one.name = " ".into()), Problem::NameInvalid),
        (with(&|one| one.from = None), Problem::DateInvalid("valid_from")),
        (with(&|one| one.from = Some(tomorrow)), Problem::RepresentsLater),
        (with(&|one| one.paper = "  ".into()), Problem::Missing("organisation_paper")),
        (with(&|one| one.paper = "x".repeat(251)), Problem::TooLong("organisation_paper")),
        (with(&|one| one.seen = false), Problem::Missing("paper_seen")),
        (with(&|_| ()), Problem::RepresentativeNotProven),
    ] {
        let refused = try_it(&clerk, input).await;
        assert!(matches!(&refused, Err(Error::Invalid(problem)) if *problem == wrong), "{wrong:?}: {refused:?}");
    }
    let is_not_proven =
        |result: Result<Uuid, Error>| matches!(result, Err(Error::Invalid(Problem::RepresentativeNotProven)));
    let successor = opened(&house).await;
    assert!(is_not_proven(try_it(&clerk, with(&|_| ())).await), "an account alone is not enough");
    proven(&house, &clerk).await;
    let misnamed = with(&|one| one.name = "Lê Thị Bình".into());
    assert!(is_not_proven(try_it(&clerk, misnamed).await), "a number that was mistyped is somebody else's");
    let looks = "SELECT COUNT(*) FROM audit_rows WHERE act = 'look_for_account' AND office_id = 1";
    assert_eq!(house.count(looks).await, 3, "each answer about a number is on the record");

    let elsewhere = house.staff(XUAN_LANH, Role::Reception).await;
    for foreign in [&elsewhere, &house.staff(DONG_XUAN, Role::Specialist).await, &successor, &former] {
        assert!(matches!(try_it(foreign, with(&|_| ())).await, Err(Error::Forbidden)));
        let look = office.organisations_at_number(foreign, DONG_XUAN, NUMBER).await;
        assert!(matches!(look, Err(Error::Forbidden)));
    }
    assert!(office.my_organisations(&former).await.unwrap()[0].represents, "nothing was changed yet");

    assert_eq!(try_it(&clerk, with(&|_| ())).await.unwrap(), organisation);
    assert!(is_stale(&try_it(&clerk, with(&|_| ())).await), "the clerk saw another than who represents it");
    let again = with(&|one| one.former = Some(account(&successor)));
    let refused = try_it(&clerk, again).await;
    assert!(matches!(refused, Err(Error::Invalid(Problem::RepresentativeAlready))), "{refused:?}");
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'change_representative'").await, 1);
}

on_both!(what_the_new_representative_had_claimed_themselves_becomes_one_with_the_organisation);
async fn what_the_new_representative_had_claimed_themselves_becomes_one_with_the_organisation(home: Home) {
    let house = House::open(home).await;
    let (office, clerk) = (&house.office, house.staff(DONG_XUAN, Role::Reception).await);
    let (former, organisation) = founded(&house).await;
    let theirs = filed(&house, &former, organisation).await;
    let successor = opened(&house).await;
    let claim = NewOrganisation {
        number: NUMBER.into(),
        name: "Cty Mía Đồng Xuân".into(),
        address: "Xã Đồng Xuân".into(),
        is_representative: true,
    };
    let own = office.register_organisation(&successor, claim, office.new_id()).await.unwrap();
    let successor = anew(&house, &successor).await;
    let filed_before = filed(&house, &successor, own).await;
    // The former one was named as an employee there.
    let named = NewMember {
        organisation: own,
        citizen_id: "054090004321".into(),
        name: "Ksor H'Nay".into(),
        from: Some(house.clock.now().day()),
        to: None,
    };
    office.name_employee(&successor, named, office.new_id()).await.unwrap();
    proven(&house, &clerk).await;
    assert_eq!(office.organisations_at_number(&clerk, DONG_XUAN, NUMBER).await.unwrap().len(), 2);
    let input = entered(&house, account(&former));
    office.change_representative(&clerk, DONG_XUAN, input, office.new_id()).await.unwrap();

    let successor = anew(&house, &successor).await;
    let mine = office.my_organisations(&successor).await.unwrap();
    assert!(mine.len() == 1 && mine[0].row.id == organisation && mine[0].members.is_empty(), "{mine:?}");
    for id in [theirs, filed_before] {
        assert!(office.my_dossier(&successor, id).await.is_ok());
        assert!(is_hidden(office.my_dossier(&anew(&house, &former).await, id).await), "in no standing");
    }
    let kept = house.row(filed_before).await;
    assert_eq!(kept.organisation_name.as_deref(), Some("Cty Mía Đồng Xuân"), "as it was filed");
    assert_eq!(office.organisations_at_number(&clerk, DONG_XUAN, NUMBER).await.unwrap().len(), 1);
}
