//! The steps of a flow with their hours, and the case that decides the term.

use super::{
    engine::Home,
    house::{ALLOWANCE, DONG_XUAN, House, SAME_DAY, at},
};
use crate::on_both;
use domain::{
    dossier::{ActKind, Proposal, Status, StepKind, SubState},
    procedure::local::{LocalPart, WorkStep},
    role::Role,
    time::Instant,
};
use office::{
    Error,
    counter::WalkIn,
    error::Problem,
    papers::{Facts, PaperKind},
};

/// Examine, verify, approve, sign, issue: 8, 4, 4, 2 and 2 hours.
fn long_flow(local: &mut LocalPart) {
    let step = |key: &str, role, kind, hours| WorkStep { key: key.into(), name: key.into(), role, kind, hours };
    local.steps = vec![
        step("tiep_nhan", Role::Reception, None, 2),
        step("tham_dinh", Role::Specialist, None, 8),
        step("xac_minh", Role::CivilStatus, Some(StepKind::Verify), 4),
        step("trinh_ky", Role::Leader, None, 4),
        step("ky", Role::Leader, Some(StepKind::Sign), 2),
        step("phat_hanh", Role::Records, None, 2),
    ];
}

on_both!(a_dossier_goes_through_every_step_of_its_procedure_each_with_its_limit);
async fn a_dossier_goes_through_every_step_of_its_procedure_each_with_its_limit(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    house.change_local(ALLOWANCE, long_flow).await;
    let resident = house.nay().await;
    let specialist = house.staff(DONG_XUAN, Role::Specialist).await;
    let civil_status = house.staff(DONG_XUAN, Role::CivilStatus).await;
    let leader = house.staff(DONG_XUAN, Role::Leader).await;
    let records = house.staff(DONG_XUAN, Role::Records).await;
    let reception = house.staff(DONG_XUAN, Role::Reception).await;
    let id = house.accepted(&resident, ALLOWANCE).await;
    let state = async || {
        let row = house.row(id).await;
        (row.state.sub_state, row.state.step_due)
    };
    // Sent to the division without a person: eight hours from nine o'clock end the next morning.
    office.route_dossier(&reception, id, 0, None, house.command(id).await).await.unwrap();
    assert_eq!(state().await, (SubState::AwaitingAssignment, Some(at("2026-10-13T09:00"))));
    // Whoever examines hands on what they hold, and takes nothing that was not given to them.
    let command = house.command(id).await;
    let taken = office.route_dossier(&specialist, id, 1, None, command).await;
    assert!(matches!(taken, Err(Error::Forbidden)), "{taken:?}");
    let to = specialist.staff().unwrap().id;
    office.assign_dossier(&reception, id, to, command).await.unwrap();
    house.clock.set(at("2026-10-12T14:00"));
    let elsewhere = office.route_dossier(&specialist, id, 1, Some(resident.subject()), house.command(id).await).await;
    assert!(matches!(elsewhere, Err(Error::Invalid(Problem::Missing("to")))), "{elsewhere:?}");
    let to = civil_status.staff().unwrap().id;
    office.route_dossier(&specialist, id, 1, Some(to), house.command(id).await).await.unwrap();
    assert_eq!(state().await, (SubState::AwaitingVerification, Some(at("2026-10-13T08:00"))));
    assert_eq!(house.row(id).await.assignee, Some(to));
    // No decision is passed over by moving a dossier.
    for step in [2, 3, 4, 9] {
        let result = office.route_dossier(&reception, id, step, None, house.command(id).await).await;
        assert!(matches!(result, Err(Error::Refused(_))), "{result:?}");
    }

    house.clock.set(at("2026-10-13T09:00"));
    let command = house.command(id).await;
    office.submit_for_approval(&civil_status, id, Proposal::Grant, String::new(), command).await.unwrap();
    assert_eq!(state().await, (SubState::AwaitingApproval, Some(at("2026-10-13T15:00"))));
    let view = office.dossier(&leader, id).await.unwrap();
    assert!(view.next_acts.contains(&ActKind::Approve) && !view.next_acts.contains(&ActKind::Sign));
    assert!(!view.next_acts.contains(&ActKind::Route), "from before the leader there is no other way");
    let early = office.sign_dossier(&leader, id, house.command(id).await).await;
    assert!(matches!(early, Err(Error::Refused(_))), "{early:?}");
    office.approve_dossier(&leader, id, house.command(id).await).await.unwrap();
    assert_eq!(state().await, (SubState::AwaitingSignature, Some(at("2026-10-13T11:00"))));
    assert!(house.row(id).await.finished_at.is_none(), "approved is not signed");
    let view = office.dossier(&leader, id).await.unwrap();
    assert!(view.next_acts.contains(&ActKind::Sign) && !view.next_acts.contains(&ActKind::Approve));
    let by_other = office.sign_dossier(&records, id, house.command(id).await).await;
    assert!(matches!(by_other, Err(Error::Forbidden)), "{by_other:?}");
    // Back for rework, and up again: the step to work at has a limit as well.
    office.return_for_rework(&leader, id, "Thiếu căn cứ".into(), house.command(id).await).await.unwrap();
    assert_eq!(state().await, (SubState::AwaitingVerification, Some(at("2026-10-13T15:00"))));
    let command = house.command(id).await;
    office.submit_for_approval(&civil_status, id, Proposal::Grant, String::new(), command).await.unwrap();
    office.approve_dossier(&leader, id, house.command(id).await).await.unwrap();
    let command = house.command(id).await;
    for _ in 0..2 {
        office.sign_dossier(&leader, id, command).await.unwrap();
    }
    assert_eq!(state().await.0, SubState::AwaitingIssue);
    assert!(house.row(id).await.finished_at.is_none(), "signed is not issued");
    office.issue_result(&records, id, house.command(id).await).await.unwrap();
    assert_eq!(house.row(id).await.state.status, Status::Done);
    assert_eq!(house.events(id).await.iter().filter(|name| *name == "signed").count(), 1);
}

on_both!(a_step_never_has_longer_than_the_dossier);
async fn a_step_never_has_longer_than_the_dossier(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let resident = house.nay().await;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let to = house.staff(DONG_XUAN, Role::CivilStatus).await.subject();
    house.clock.set(at("2026-10-12T14:30"));
    let id = house.accepted(&resident, SAME_DAY).await;
    // Four hours from half past two would end the next day; the promise is for today.
    office.assign_dossier(&clerk, id, to, house.command(id).await).await.unwrap();
    assert_eq!(house.row(id).await.state.step_due, Some(at("2026-10-12T17:00")));
}

on_both!(a_dossier_keeps_the_case_it_was_accepted_in_and_its_term);
async fn a_dossier_keeps_the_case_it_was_accepted_in_and_its_term(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let resident = house.nay().await;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let case = || Some("can_xac_minh".to_string());
    let id = house.submitted(&resident, SAME_DAY).await;
    let command = house.command(id).await;
    let unknown = office.accept_dossier(&clerk, id, Some("khac".into()), command).await;
    assert!(matches!(unknown, Err(Error::Invalid(Problem::Missing("case")))), "{unknown:?}");
    office.accept_dossier(&clerk, id, case(), command).await.unwrap();
    let row = house.row(id).await;
    assert_eq!(row.state.case, case());
    assert_eq!(row.due_at.map(Instant), Some(at("2026-10-15T17:00")), "three working days when facts are verified");
    let view = office.my_dossier(&resident, id).await.unwrap();
    assert_eq!(view.due.as_ref().map(|due| due.due.0), row.due_at, "why it is that day follows the same term");
    let receipt = view.papers.iter().find(|paper| paper.kind == PaperKind::Receipt.key()).expect("form 01");
    let facts: Facts = serde_json::from_value(receipt.body.clone()).unwrap();
    assert_eq!((facts.case, facts.term.map(|term| term.amount)), (case(), Some(3)));
    house.events(id).await;

    // At the counter the same; without a case the general term counts.
    let walk_in = |number: &str, case: Option<String>| WalkIn {
        procedure_code: SAME_DAY.into(),
        name: "Đinh Thị Sen".into(),
        citizen_id: number.into(),
        case,
        ..WalkIn::default()
    };
    let command = office.new_id();
    let general = office.receive_at_counter(&clerk, DONG_XUAN, walk_in("054190004321", None), command).await.unwrap();
    assert_eq!(house.row(general).await.due_at.map(Instant), Some(at("2026-10-12T17:00")));
    let command = office.new_id();
    let verified =
        office.receive_at_counter(&clerk, DONG_XUAN, walk_in("054190004322", case()), command).await.unwrap();
    assert_eq!(house.row(verified).await.due_at.map(Instant), Some(at("2026-10-15T17:00")));
}
