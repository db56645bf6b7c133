//! An error found after handover: a linked, free dossier with a clock of its own.

use super::{
    engine::Home,
    house::{ALLOWANCE, DONG_XUAN, House, XUAN_LANH, at, monday, trace},
};
use crate::on_both;
use domain::{
    dossier::{ActKind, Collector, DeliveryMethod, PaymentState, Refusal, Status},
    procedure::local::FilingPlace,
    role::Role,
    time::Instant,
};
use office::{
    Error, Who,
    error::Problem,
    papers::{Facts, PaperKind},
    registers::Reading,
};
use uuid::Uuid;

const REASON: &str = "Sai năm sinh: đúng là 1990";

/// A dossier whose result the resident has taken home.
async fn delivered(house: &House, resident: &Who) -> Uuid {
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let id = house.accepted(resident, ALLOWANCE).await;
    house.office.finish_at_once(&clerk, id, house.command(id).await).await.unwrap();
    deliver(house, id).await;
    id
}

/// The resident takes the result home.
async fn deliver(house: &House, id: Uuid) {
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let collector = Collector { name: "Ksor H'Nay".into(), is_applicant: true, identity_paper: None, authority: None };
    let command = house.command(id).await;
    house.office.deliver_dossier(&clerk, id, collector, DeliveryMethod::Counter, None, command).await.unwrap();
}

on_both!(an_error_found_after_handover_is_repaired_by_a_linked_free_dossier);
async fn an_error_found_after_handover_is_repaired_by_a_linked_free_dossier(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let resident = house.nay().await;
    let specialist = house.staff(DONG_XUAN, Role::Specialist).await;
    let first = delivered(&house, &resident).await;
    // Weeks later.
    house.clock.set(at("2026-11-02T09:00"));
    let command = house.command(first).await;
    let silent = office.open_correction(&specialist, first, "  ".into(), command).await;
    assert!(matches!(silent, Err(Error::Refused(Refusal::MissingReason))), "{silent:?}");
    let second = office.open_correction(&specialist, first, REASON.into(), command).await.unwrap();
    let again = office.open_correction(&specialist, first, REASON.into(), command).await.unwrap();
    assert_eq!(again, second, "a repeated command gives the same dossier");
    assert_eq!(house.count("SELECT COUNT(*) FROM dossiers").await, 2);

    // A clock and a code of its own; the first stays as it was.
    let (old, new) = (house.row(first).await, house.row(second).await);
    assert_eq!((old.status, new.status), (10, 2));
    assert_eq!(new.code.as_deref(), Some("H15.50.05.13-261102-0001"));
    assert_eq!(new.received_at.map(Instant), Some(at("2026-11-02T09:00")));
    assert_eq!(new.due_at.map(Instant), Some(at("2026-11-05T17:00")));
    assert_eq!((new.corrects, new.state.corrects.clone()), (Some(first), Some(first.to_string())));
    assert_eq!((new.account_id, &new.applicant_name, &new.typed), (old.account_id, &old.applicant_name, &old.typed));
    assert_eq!(house.events(first).await.last().map(String::as_str), Some("correction_opened"));
    assert_eq!(house.events(second).await, ["received_at_counter"]);

    // Both show each other, to staff and to the resident.
    for (view, other) in [
        (office.dossier(&specialist, second).await.unwrap(), first),
        (office.my_dossier(&resident, second).await.unwrap(), first),
    ] {
        let link = view.corrects.expect("the first");
        assert_eq!((link.id, link.reason.as_str(), Some(link.code)), (other, REASON, old.code.clone()));
    }
    for view in [office.dossier(&specialist, first).await.unwrap(), office.my_dossier(&resident, first).await.unwrap()]
    {
        let link = view.corrections.first().expect("the second").clone();
        assert_eq!((link.id, link.reason.as_str(), link.status), (second, REASON, Status::Accepted));
        assert!(!view.next_acts.contains(&ActKind::OpenCorrection), "one repair at a time");
    }
    let receipt = office.my_dossier(&resident, second).await.unwrap().papers;
    let receipt = receipt.iter().find(|paper| paper.kind == PaperKind::Receipt.key()).expect("form 01").body.clone();
    let facts: Facts = serde_json::from_value(receipt).unwrap();
    assert_eq!((facts.corrects, facts.reason.as_str()), (old.code, REASON));

    // Nothing may be asked for it.
    let cashier = house.staff(DONG_XUAN, Role::Cashier).await;
    let command = house.command(second).await;
    let owed = office.note_payment(&cashier, second, PaymentState::Owed, None, String::new(), command).await;
    assert!(matches!(owed, Err(Error::Refused(Refusal::FreeOfCharge))), "{owed:?}");
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let to = specialist.staff().unwrap().id;
    office.assign_dossier(&clerk, second, to, house.command(second).await).await.unwrap();
    let duty = office.ask_duty(&specialist, second, "Lệ phí".into(), house.command(second).await).await;
    assert!(matches!(duty, Err(Error::Refused(Refusal::FreeOfCharge))), "{duty:?}");

    // A second repair waits for the first to end.
    let command = house.command(first).await;
    let twice = office.open_correction(&specialist, first, REASON.into(), command).await;
    assert!(
        matches!(twice, Err(Error::Invalid(Problem::CorrectionOpen { dossier })) if dossier == second),
        "{twice:?}"
    );
    let director = house.staff(DONG_XUAN, Role::CentreDirector).await;
    office.stop_dossier(&director, second, "Gia đình không cần nữa".into(), house.command(second).await).await.unwrap();
    let third = office.open_correction(&specialist, first, REASON.into(), command).await.unwrap();
    assert_ne!(third, second);
    let links = office.my_dossier(&resident, first).await.unwrap().corrections;
    assert_eq!(links.iter().map(|link| link.id).collect::<Vec<_>>(), [second, third]);
}

on_both!(only_whoever_answers_for_the_merits_opens_a_repair_and_only_after_handover);
async fn only_whoever_answers_for_the_merits_opens_a_repair_and_only_after_handover(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let resident = house.nay().await;
    let id = delivered(&house, &resident).await;
    let command = house.command(id).await;
    let by_resident = office.open_correction(&resident, id, REASON.into(), command).await;
    assert!(matches!(by_resident, Err(Error::Forbidden)), "{by_resident:?}");
    for role in Role::ALL {
        let who = house.staff(DONG_XUAN, role).await;
        let may = [Role::CivilStatus, Role::Specialist, Role::CentreDirector, Role::Leader].contains(&role);
        let offered =
            office.dossier(&who, id).await.is_ok_and(|view| view.next_acts.contains(&ActKind::OpenCorrection));
        assert_eq!(offered, may, "{}", role.key());
        if !may {
            let result = office.open_correction(&who, id, REASON.into(), command).await;
            assert!(matches!(result, Err(Error::Forbidden)), "{}: {result:?}", role.key());
        }
        let stranger = house.staff(XUAN_LANH, role).await;
        let result = office.open_correction(&stranger, id, REASON.into(), command).await;
        assert!(matches!(result, Err(Error::Forbidden)), "{}: {result:?}", role.key());
    }
    assert_eq!(house.count("SELECT COUNT(*) FROM dossiers").await, 1);

    let leader = house.staff(DONG_XUAN, Role::Leader).await;
    let open = house.accepted(&resident, ALLOWANCE).await;
    let early = office.open_correction(&leader, open, REASON.into(), house.command(open).await).await;
    assert!(matches!(early, Err(Error::Refused(Refusal::WrongState { .. }))), "{early:?}");
}

on_both!(an_error_made_here_is_repaired_here_wherever_the_procedure_is_filed_by_then);
async fn an_error_made_here_is_repaired_here_wherever_the_procedure_is_filed_by_then(home: Home) {
    let house = House::open(home).await;
    let resident = house.nay().await;
    let specialist = house.staff(DONG_XUAN, Role::Specialist).await;
    let first = delivered(&house, &resident).await;
    house
        .change_local(ALLOWANCE, |local| {
            local.filed.truncate(1);
            local.filed[0].place = FilingPlace::NationalPortal;
        })
        .await;
    let command = house.command(first).await;
    let second = house.office.open_correction(&specialist, first, REASON.into(), command).await.unwrap();
    assert_eq!(house.row(second).await.status, 2);
}

on_both!(the_result_of_a_repair_stands_in_place_of_the_one_that_was_handed_over);
async fn the_result_of_a_repair_stands_in_place_of_the_one_that_was_handed_over(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let resident = house.nay().await;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let specialist = house.staff(DONG_XUAN, Role::Specialist).await;
    let first = delivered(&house, &resident).await;
    let old = office.my_dossier(&resident, first).await.unwrap().results[0].clone();
    house.clock.set(at("2026-11-02T09:00"));
    let second = office.open_correction(&specialist, first, REASON.into(), house.command(first).await).await.unwrap();
    // While it is being repaired nothing stands in its place yet.
    let view = office.my_dossier(&resident, first).await.unwrap();
    assert_eq!((view.results[0].replaced_at, view.replaced_by), (None, None));

    let issued = at("2026-11-02T10:00");
    house.clock.set(issued);
    office.finish_at_once(&clerk, second, house.command(second).await).await.unwrap();
    let code = house.row(second).await.code.unwrap();
    for view in [office.my_dossier(&resident, first).await.unwrap(), office.dossier(&specialist, first).await.unwrap()]
    {
        let by = view.replaced_by.expect("the repair");
        assert_eq!((by.id, by.code.as_str(), by.may_open), (second, code.as_str(), true));
        assert_eq!(view.results.len(), 1, "the old version is kept");
        assert_eq!((view.results[0].replaced_at.map(Instant), view.results[0].paper_id), (Some(issued), old.paper_id));
    }
    let new = office.my_dossier(&resident, second).await.unwrap();
    assert_eq!((new.results[0].replaced_at, new.replaced_by), (None, None));
    assert_ne!(new.results[0].paper_id, old.paper_id);
    let of_first = first.to_string();
    let marks = office.audit_of_dossier(&house.staff(DONG_XUAN, Role::Controller).await, first, None).await.unwrap();
    let marks: Vec<_> = marks.rows.into_iter().filter(|row| row.act == "replace_result").collect();
    assert_eq!((marks.len(), marks[0].object_id.as_str()), (1, of_first.as_str()));
    assert_eq!(marks[0].detail["by"], code.as_str());

    // It is still opened, by those who could before and by nobody else.
    let letter = old.paper_id.expect("a letter");
    assert_eq!(office.open_paper(&resident, letter).await.unwrap().id, letter);
    assert_eq!(office.open_paper(&specialist, letter).await.unwrap().id, letter);
    let neighbour = house.resident("054090004329", "Sô Minh Thuận").await;
    let elsewhere = house.staff(XUAN_LANH, Role::Specialist).await;
    assert!(matches!(office.open_paper(&neighbour, letter).await, Err(Error::NotFound)));
    assert!(matches!(office.my_dossier(&neighbour, first).await, Err(Error::NotFound)));
    assert!(office.open_paper(&elsewhere, letter).await.is_err());
    assert!(matches!(office.dossier(&elsewhere, first).await, Err(Error::Forbidden)));

    // The register names the other dossier; who looks it up with its codes learns that it was replaced, not by which.
    let day = monday().day();
    let page = office.register(&clerk, DONG_XUAN, day, day, Reading::Screen).await.unwrap();
    assert_eq!(page.ways[&first].replaced_by.as_ref(), Some(&code));
    let stranger = Who::anyone(trace());
    for (id, replaced) in [(first, true), (second, false)] {
        let row = house.row(id).await;
        let found = office.look_up(&stranger, &row.code.unwrap(), &row.lookup_code).await.unwrap();
        assert_eq!(found.is_replaced, replaced);
        assert!(!replaced || !format!("{found:?}").contains(&code), "{found:?}");
    }

    // A repair that was itself wrong is replaced with what it had repaired; the first mark stays.
    deliver(&house, second).await;
    let third = office.open_correction(&specialist, first, REASON.into(), house.command(first).await).await.unwrap();
    let again = at("2026-11-02T11:00");
    house.clock.set(again);
    office.finish_at_once(&clerk, third, house.command(third).await).await.unwrap();
    for (id, when) in [(first, issued), (second, again)] {
        let view = office.my_dossier(&resident, id).await.unwrap();
        assert_eq!(view.results[0].replaced_at.map(Instant), Some(when));
        assert_eq!(view.replaced_by.map(|by| by.id), Some(third));
    }
}

on_both!(a_repair_without_a_result_of_its_own_stands_in_place_of_nothing);
async fn a_repair_without_a_result_of_its_own_stands_in_place_of_nothing(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let resident = house.nay().await;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let specialist = house.staff(DONG_XUAN, Role::Specialist).await;
    let director = house.staff(DONG_XUAN, Role::CentreDirector).await;
    let first = delivered(&house, &resident).await;
    let open =
        async || office.open_correction(&specialist, first, REASON.into(), house.command(first).await).await.unwrap();
    let stopped = open().await;
    let command = house.command(stopped).await;
    office.stop_dossier(&director, stopped, "Không có sai sót".into(), command).await.unwrap();
    let view = office.my_dossier(&resident, first).await.unwrap();
    assert_eq!((view.results[0].replaced_at, view.replaced_by), (None, None));

    // What is taken back before handover leaves the mark of the recall, and names nothing in its place.
    let second = open().await;
    office.finish_at_once(&clerk, second, house.command(second).await).await.unwrap();
    assert_eq!(office.my_dossier(&resident, first).await.unwrap().replaced_by.map(|by| by.id), Some(second));
    office.correct_result(&specialist, second, "Sai tên".into(), house.command(second).await).await.unwrap();
    let view = office.my_dossier(&resident, first).await.unwrap();
    assert_eq!((view.results[0].replaced_at.is_some(), view.replaced_by), (true, None));
}
