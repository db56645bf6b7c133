//! What belongs to a resident is shown to nobody else outside the office, and no more of it than is due.

use super::{
    engine::Home,
    house::{ALLOWANCE, DONG_XUAN, House, PASSWORD, SAME_DAY, answers, at, trace},
    organisations::{anew, employed, filed as organisation_files, founded},
    uploads::{PNG, contents},
};
use crate::on_both;
use domain::{question::Typed, role::Role};
use office::{
    Error, Who,
    bus::Shown,
    counter::WalkIn,
    dossiers::RESULT_FILE,
    papers::Facts,
    proofs::{Seen, Whose},
    queues::{Narrow, Queue},
    registers::Reading,
    reveal::Reveal,
    uploads::Holder,
};

fn not_found<T>(result: Result<T, Error>) {
    assert!(matches!(result, Err(Error::NotFound)), "{:?}", result.map(|_| "something"));
}

on_both!(another_resident_finds_nothing);
async fn another_resident_finds_nothing(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let owner = house.nay().await;
    let stranger = house.resident("054190001111", "Rơ Chăm H'Lan").await;
    let id = house.submitted(&owner, ALLOWANCE).await;
    let paper = office.my_dossier(&owner, id).await.unwrap().papers[0].id;
    office.open_paper(&owner, paper).await.unwrap();
    let draft = house.draft(&owner, SAME_DAY).await;
    let upload = office.upload(&owner, Holder::Draft(draft), "giay-to", "a.png", PNG).await.unwrap().id;
    let command = house.command(id).await;
    let old = office::act::Command { seen: command.seen - 1, ..command };

    not_found(office.my_dossier(&stranger, id).await);
    not_found(office.open_paper(&stranger, paper).await);
    not_found(office.draft(&stranger, draft).await);
    not_found(office.save_topic(&stranger, draft, "noi_dung", answers(), true, None).await);
    not_found(office.submit_draft(&stranger, draft, true, office.new_id()).await);
    not_found(office.drop_draft(&stranger, draft, office.new_id()).await);
    not_found(office.open_upload(&stranger, upload).await);
    not_found(office.drop_upload(&stranger, upload, office.new_id()).await);
    not_found(office.upload(&stranger, Holder::Draft(draft), "giay-to", "a.png", PNG).await);
    not_found(office.upload(&stranger, Holder::Dossier(id), "giay-to", "a.png", PNG).await);
    not_found(office.answer_supplement(&stranger, id, Typed::new(), command).await);
    not_found(office.ask_withdrawal(&stranger, id, String::new(), command).await);
    not_found(office.ask_withdrawal(&stranger, id, String::new(), old).await);
    not_found(office.listen(&Who::anyone(trace()), &stranger, Shown { dossier: Some(id), ..Shown::default() }).await);
    assert!(office.my_dossiers(&stranger).await.unwrap().is_empty());
    assert!(office.my_drafts(&stranger).await.unwrap().is_empty());

    // A resident is no member of staff, and nobody is a resident without the door.
    assert!(matches!(office.dossier(&owner, id).await, Err(Error::Forbidden)));
    assert!(matches!(office.queue(&owner, Queue::All, &Narrow::default(), None).await, Err(Error::SignInFirst)));
    let anyone = Who::anyone(trace());
    assert!(matches!(office.my_dossier(&anyone, id).await, Err(Error::SignInFirst)));
    assert!(matches!(office.dossier(&anyone, id).await, Err(Error::SignInFirst)));
    assert!(matches!(office.open_paper(&anyone, paper).await, Err(Error::SignInFirst)));
    not_found(office.open_upload(&anyone, upload).await);

    // A file of a draft is not the office's before it is filed.
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    not_found(office.open_upload(&clerk, upload).await);

    // Nothing of the owner's changed in all this.
    assert_eq!(house.events(id).await, ["submitted"]);
    office.submit_draft(&owner, draft, true, office.new_id()).await.unwrap();
    assert_eq!(contents(office.open_upload(&clerk, upload).await.unwrap()).await, PNG);
}

on_both!(a_number_that_is_only_claimed_opens_nothing_filed_under_it);
async fn a_number_that_is_only_claimed_opens_nothing_filed_under_it(home: Home) {
    let house = House::open(home).await;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let walk_in = WalkIn {
        procedure_code: SAME_DAY.into(),
        name: "Ksor H'Nay".into(),
        citizen_id: "054090004321".into(),
        ..Default::default()
    };
    let command = house.office.new_id();
    let id = house.office.receive_at_counter(&clerk, DONG_XUAN, walk_in, command).await.unwrap();
    // Somebody opens an account with the same number.
    let claimant = house.nay().await;
    assert_eq!(claimant.resident().unwrap().level, 0);
    assert!(house.office.my_dossiers(&claimant).await.unwrap().is_empty());
    not_found(house.office.my_dossier(&claimant, id).await);
}

on_both!(the_file_of_own_data_has_what_a_counter_received_under_the_number_once_that_is_proven);
async fn the_file_of_own_data_has_what_a_counter_received_under_the_number_once_that_is_proven(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let receive = async |procedure: &str, name: &str| {
        let (procedure_code, name) = (procedure.into(), name.into());
        let walk_in = WalkIn { procedure_code, name, citizen_id: "054090004321".into(), ..Default::default() };
        office.receive_at_counter(&clerk, DONG_XUAN, walk_in, office.new_id()).await.unwrap()
    };
    let own = receive(SAME_DAY, "KSOR H'NAY").await;
    let mistyped = receive(ALLOWANCE, "Mang Thị Hoa").await;
    let file = office.upload(&clerk, Holder::Dossier(own), "khac", "don.png", PNG).await.unwrap().id;
    office.write_note(&clerk, own, "Chỉ nội bộ biết", &[], office.new_id()).await.unwrap();
    office.dossier(&clerk, own).await.unwrap();

    let claimant = house.nay().await;
    let filed = house.submitted(&claimant, ALLOWANCE).await;
    let taken = async |who: &Who| {
        let mut ids = office.take_my_data(who, None, PASSWORD.into()).await.unwrap().dossiers;
        ids.sort_unstable();
        ids
    };
    assert_eq!(taken(&claimant).await, [filed], "the number is only claimed");
    not_found(office.my_dossier_with_looks(&claimant, own).await);
    not_found(office.open_upload(&claimant, file).await);

    let name = "Ksor H'Nay".into();
    let seen = Seen { citizen_id: "054090004321".into(), name, card: true, whose: Some(Whose::Own), draw: None };
    office.prove_account(&clerk, DONG_XUAN, seen, office.new_id()).await.unwrap();
    let owner = anew(&house, &claimant).await;
    let mut expected = [own, filed];
    expected.sort_unstable();
    assert_eq!(taken(&owner).await, expected);
    let mine = office.my_dossier_with_looks(&owner, own).await.unwrap();
    assert_eq!(mine.view.uploads.iter().map(|upload| upload.id).collect::<Vec<_>>(), [file]);
    assert!(mine.view.notes.is_empty(), "notes are the staff's");
    assert!(mine.looks.iter().any(|look| look.act == "view_dossier"));
    assert_eq!(contents(office.open_upload(&owner, file).await.unwrap()).await, PNG);
    not_found(office.my_dossier_with_looks(&owner, mistyped).await);
    let neighbour = house.resident("054190001111", "Rơ Chăm H'Lan").await;
    not_found(office.my_dossier_with_looks(&neighbour, own).await);
    not_found(office.open_upload(&neighbour, file).await);
}

on_both!(the_file_of_own_data_has_the_dossiers_of_organisations_that_one_acts_for_today);
async fn the_file_of_own_data_has_the_dossiers_of_organisations_that_one_acts_for_today(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let (representative, organisation) = founded(&house).await;
    let (employee, member) = employed(&house, &representative, organisation, 3).await;
    let by_employee = organisation_files(&house, &employee, organisation).await;
    let taken = async |who: &Who| office.take_my_data(who, None, PASSWORD.into()).await.unwrap().dossiers;
    for who in [&representative, &employee] {
        assert_eq!(taken(who).await, [by_employee], "as on their pages");
        office.my_dossier_with_looks(who, by_employee).await.unwrap();
    }
    office.end_employee(&representative, organisation, member, office.new_id()).await.unwrap();
    assert!(taken(&anew(&house, &employee).await).await.is_empty(), "it is the organisation's");
}

on_both!(a_resident_sees_a_result_when_it_is_issued_and_not_before);
async fn a_resident_sees_a_result_when_it_is_issued_and_not_before(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let owner = house.nay().await;
    let id = house.assigned(&owner, ALLOWANCE).await;
    let [specialist, leader, records] = [Role::Specialist, Role::Leader, Role::Records];
    let specialist = house.staff(DONG_XUAN, specialist).await;
    let file = office.upload(&specialist, Holder::Dossier(id), RESULT_FILE, "qd.png", PNG).await.unwrap().id;
    let colleague = house.staff(DONG_XUAN, Role::CivilStatus).await;
    assert_eq!(contents(office.open_upload(&colleague, file).await.unwrap()).await, PNG);
    let grant = domain::dossier::Proposal::Grant;
    office.submit_for_approval(&specialist, id, grant, String::new(), house.command(id).await).await.unwrap();

    assert!(office.my_dossier(&owner, id).await.unwrap().uploads.is_empty(), "a draft of the result is shown");
    not_found(office.open_upload(&owner, file).await);

    let leader = house.staff(DONG_XUAN, leader).await;
    office.approve_dossier(&leader, id, house.command(id).await).await.unwrap();
    not_found(office.open_upload(&owner, file).await);
    let records = house.staff(DONG_XUAN, records).await;
    office.issue_result(&records, id, house.command(id).await).await.unwrap();
    let view = office.my_dossier(&owner, id).await.unwrap();
    assert_eq!(view.results[0].upload_id, Some(file));
    assert_eq!(view.uploads.iter().map(|upload| upload.id).collect::<Vec<_>>(), [file]);
    assert_eq!(contents(office.open_upload(&owner, file).await.unwrap()).await, PNG);
}

on_both!(a_resident_cannot_slip_in_a_result);
async fn a_resident_cannot_slip_in_a_result(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let owner = house.nay().await;
    let draft = house.draft(&owner, ALLOWANCE).await;
    let forged = office.upload(&owner, Holder::Draft(draft), RESULT_FILE, "qd.png", PNG).await;
    assert!(matches!(forged, Err(Error::Forbidden)), "{:?}", forged.map(|row| row.id));
    let submitted = office.submit_draft(&owner, draft, true, office.new_id()).await.unwrap();
    assert!(office.my_dossier(&owner, submitted.dossier).await.unwrap().uploads.is_empty());
}

on_both!(letters_no_database_takes_break_nothing);
async fn letters_no_database_takes_break_nothing(home: Home) {
    let house = House::open(home).await;
    let owner = house.nay().await;
    let draft = house.office.start_draft(&owner, ALLOWANCE, DONG_XUAN, house.office.new_id()).await.unwrap();
    let mut typed = answers();
    typed.insert("request.text".into(), "Đề\0 nghị".into());
    let draft = house.office.save_topic(&owner, draft, "noi_dung", typed, true, None).await.unwrap();
    assert_eq!(draft.typed["request.text"], "Đề nghị");
}

on_both!(numbers_are_in_full_for_who_said_why_on_that_dossier_and_for_some_minutes);
async fn numbers_are_in_full_for_who_said_why_on_that_dossier_and_for_some_minutes(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let owner = house.nay().await;
    let (id, other) = (house.accepted(&owner, ALLOWANCE).await, house.accepted(&owner, SAME_DAY).await);
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let colleague = house.staff(DONG_XUAN, Role::CentreDirector).await;
    let (reason, command) = (Reveal::read("compare_papers", "").unwrap(), office.new_id());
    office.reveal_personal_data(&clerk, id, &reason, command).await.unwrap();
    let in_full = async |who: &Who, id, command| office.dossier_in_full(who, id, command).await.unwrap().in_full;
    assert!(in_full(&clerk, id, command).await);
    assert!(!in_full(&clerk, other, command).await, "another dossier");
    assert!(!in_full(&colleague, id, command).await, "another person, by the same address");
    assert!(!in_full(&clerk, id, office.new_id()).await, "a made-up address");
    let accepting = house.command(other).await;
    office.write_note(&clerk, other, "x", &[], accepting.id).await.unwrap();
    assert!(!in_full(&clerk, other, accepting.id).await, "the command of another act");
    house.clock.set(at("2026-10-12T09:10"));
    assert!(!in_full(&clerk, id, command).await, "ten minutes later");

    for role in [Role::Controller, Role::Accountant, Role::Cashier] {
        let reader = house.staff(DONG_XUAN, role).await;
        let refused = office.reveal_personal_data(&reader, id, &reason, office.new_id()).await;
        assert!(matches!(refused, Err(Error::Forbidden)), "{role:?}");
    }
}

on_both!(who_may_not_see_numbers_finds_the_telephone_masked_on_prints);
async fn who_may_not_see_numbers_finds_the_telephone_masked_on_prints(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let owner = house.nay().await;
    let id = house.accepted(&owner, ALLOWANCE).await;
    let receipt = office.my_dossier(&owner, id).await.unwrap().papers.into_iter().find(|paper| paper.kind == "receipt");
    let receipt = receipt.unwrap().id;
    let phone = async |who: &Who| {
        let facts: Facts = serde_json::from_value(office.open_paper(who, receipt).await.unwrap().body).unwrap();
        facts.applicant.unwrap().phone
    };
    assert_eq!(phone(&owner).await, "+84905123456");
    assert_eq!(phone(&house.staff(DONG_XUAN, Role::Reception).await).await, "+84905123456");
    for role in [Role::Controller, Role::Accountant, Role::Cashier] {
        let shown = phone(&house.staff(DONG_XUAN, role).await).await;
        assert!(shown.contains('•') && !shown.contains("905123"), "{role:?}: {shown}");
    }
}

on_both!(the_register_leaves_with_whole_numbers_for_a_reason_alone);
async fn the_register_leaves_with_whole_numbers_for_a_reason_alone(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let owner = house.nay().await;
    house.accepted(&owner, ALLOWANCE).await;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let controller = house.staff(DONG_XUAN, Role::Controller).await;
    let (day, reason) = (house.clock.now().day(), Reveal::read("other", "đối soát sổ giấy").unwrap());
    let masked = office.register(&clerk, DONG_XUAN, day, day, Reading::Export("pdf")).await.unwrap();
    assert!(!masked.numbers_in_full && masked.may_reveal);
    let full = office.register(&clerk, DONG_XUAN, day, day, Reading::ExportInFull("pdf", &reason)).await.unwrap();
    assert!(full.numbers_in_full);
    let mut tx = office.db().read().await.unwrap();
    let rows = store::audit::rows_of_object(&mut tx, "register", &format!("{day}/{day}"), None, 10).await.unwrap();
    assert!(rows.iter().any(|row| row.detail["in_full"]["words"] == "đối soát sổ giấy"), "the reason is on the record");
    drop(tx);
    let refused = office.register(&controller, DONG_XUAN, day, day, Reading::ExportInFull("pdf", &reason)).await;
    assert!(matches!(refused, Err(Error::Forbidden)));
    assert!(!office.register(&controller, DONG_XUAN, day, day, Reading::Screen).await.unwrap().may_reveal);
}
