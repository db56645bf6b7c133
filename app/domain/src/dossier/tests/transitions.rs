//! Each transition of the lifecycle by name.

use super::*;
use ActKind as K;

/// Status and sub-state after sample acts of these kinds.
fn after(kinds: &[ActKind]) -> (u8, SubState) {
    let play = Play::of(kinds);
    (play.state().status.code(), play.state().sub_state)
}

const EXAMINING: [ActKind; 2] = [K::ReceiveAtCounter, K::Assign];

fn after_examining(kinds: &[ActKind]) -> (u8, SubState) {
    after(&[&EXAMINING, kinds].concat())
}

#[test]
fn submitting_registers() {
    assert_eq!(after(&[K::Submit]), (1, SubState::AwaitingAcceptance));
}

#[test]
fn a_registered_dossier_is_accepted() {
    assert_eq!(after(&[K::Submit, K::Accept]), (2, SubState::AwaitingAssignment));
}

#[test]
fn a_registered_dossier_is_supplemented_before_acceptance_and_waits_again() {
    assert_eq!(after(&[K::Submit, K::AskSupplement]), (5, SubState::SupplementBeforeAcceptance));
    let play = Play::of(&[K::Submit, K::AskSupplement, K::AnswerSupplement]);
    assert_eq!((play.state().status, play.state().sub_state), (Status::Registered, SubState::AwaitingAcceptance));
    assert_eq!((play.state().pauses.len(), play.state().clock()), (0, ClockState::NotStarted));
    // The term has not begun; what it waited for its resident is known for the limit of acceptance.
    let wait = Pause { from: hours(1), to: hours(2) };
    assert_eq!(play.state().waits(hours(9)), [wait]);
    let asked = Play::of(&[K::Submit, K::AskSupplement]);
    assert_eq!(asked.state().waits(hours(9)), [Pause { to: hours(9), ..wait }]);
    assert_eq!(asked.state().waits(hours(1)), []);
    let later = Play::of(&[K::Submit, K::AskSupplement, K::AnswerSupplement, K::Accept, K::AskSupplement]);
    assert_eq!(later.state().waits(hours(9)), [wait], "after acceptance the term's own clock waits");
}

#[test]
fn a_dossier_that_waits_has_missed_only_what_lay_before_its_pause() {
    let play = Play::of(&[K::ReceiveAtCounter, K::Assign, K::SuspendClock]);
    let since = play.state().open_pause().expect("it waits").from;
    let missed = |promised| play.state().has_missed(promised, since.plus_ms(DAY));
    assert!(missed(since.plus_ms(-1)) && !missed(since) && !missed(since.plus_ms(1)));
    let running = Play::of(&[K::ReceiveAtCounter]);
    assert!(running.state().has_missed(since, since.plus_ms(1)) && !running.state().has_missed(since, since));
}

#[test]
fn a_registered_dossier_is_not_accepted() {
    assert_eq!(after(&[K::Submit, K::RefuseToAccept]), (3, SubState::Closed));
}

#[test]
fn a_resident_withdraws_before_acceptance() {
    assert_eq!(after(&[K::Submit, K::AskWithdrawal, K::ConfirmWithdrawal]), (7, SubState::Closed));
    let pre = [K::Submit, K::AskSupplement, K::AskWithdrawal, K::ConfirmWithdrawal];
    assert_eq!(after(&pre), (7, SubState::Closed));
}

#[test]
fn the_counter_receives_at_once() {
    assert_eq!(after(&[K::ReceiveAtCounter]), (2, SubState::AwaitingAssignment));
}

#[test]
fn an_accepted_dossier_goes_to_processing() {
    assert_eq!(after(&[K::ReceiveAtCounter, K::Assign]), (4, SubState::Examining));
    assert_eq!(after(&[K::ReceiveAtCounter, K::Route]), (4, SubState::Examining));
    let mut play = Play::of(&[K::ReceiveAtCounter]);
    play.done(&Act::Route { step: 0, to: None, step_due: None });
    assert_eq!(play.state().sub_state, SubState::AwaitingAssignment);
}

#[test]
fn an_accepted_dossier_is_settled_at_once() {
    let play = Play::of(&[K::ReceiveAtCounter, K::FinishAtOnce]);
    assert_eq!((play.state().status, play.state().finished), (Status::Done, Some(hours(1))));
    assert_eq!(play.state().standing_result().map(|r| r.result), Some(ResultKind::Granted));
}

#[test]
fn a_specialist_asks_for_a_supplement_and_gets_the_dossier_back() {
    assert_eq!(after_examining(&[K::AskSupplement]), (5, SubState::SupplementAtExamination));
    let play = Play::of(&[&EXAMINING[..], &[K::AskSupplement, K::AnswerSupplement]].concat());
    assert_eq!((play.state().status, play.state().sub_state), (Status::Processing, SubState::Examining));
    assert_eq!(play.state().assignee.as_deref(), Some("so-minh-thu"));
    assert_eq!(play.state().pauses(play.now), [(hours(2), hours(3))]);
}

#[test]
fn the_counter_asks_for_a_supplement_after_acceptance_and_gets_it_back() {
    let kinds = [K::ReceiveAtCounter, K::AskSupplement, K::AnswerSupplement];
    assert_eq!(after(&kinds), (2, SubState::AwaitingAssignment));
}

#[test]
fn a_supplement_that_never_comes_stops_the_dossier_at_every_stage() {
    for kinds in [
        vec![K::Submit, K::AskSupplement],
        vec![K::ReceiveAtCounter, K::AskSupplement],
        vec![K::ReceiveAtCounter, K::Assign, K::AskSupplement],
    ] {
        let mut play = Play::of(&kinds);
        let until = play.state().supplement.as_ref().unwrap().respond_by;
        play.now = until;
        assert_eq!(play.act(&Act::ExpireSupplement), Err(Refusal::NotExpired { until }));
        play.now = until.plus_ms(1);
        assert_eq!(play.done(&Act::ExpireSupplement).status, Status::Stopped);
        assert_eq!(play.state().open_pause(), None);
    }
}

#[test]
fn a_late_supplement_is_taken_while_the_dossier_has_not_been_stopped() {
    let mut play = Play::of(&[K::Submit, K::AskSupplement]).waited(90 * DAY);
    play.done(&Act::AnswerSupplement { due: None, redated_due: None });
    assert_eq!(play.state().status, Status::Registered);
}

#[test]
fn a_financial_duty_pauses_and_returns() {
    assert_eq!(after_examining(&[K::AskDuty]), (6, SubState::AwaitingPayment));
    let play = Play::of(&[&EXAMINING[..], &[K::AskDuty, K::DutyMet]].concat());
    assert_eq!((play.state().status, play.state().sub_state), (Status::Processing, SubState::Examining));
    assert_eq!(play.state().pauses, [PauseRecord { from: hours(2), to: Some(hours(3)), kind: PauseKind::Duty }]);
}

#[test]
fn a_financial_duty_that_is_not_met_stops_the_dossier_when_it_has_a_limit() {
    let mut play = Play::of(&[&EXAMINING[..], &[K::AskDuty]].concat()).waited(30 * DAY);
    assert_eq!(play.done(&Act::ExpireDuty).status, Status::Stopped);
    let mut play = Play::of(&EXAMINING);
    play.done(&Act::AskDuty { amount_note: "Tiền sử dụng đất".into(), respond_by: None });
    assert_eq!(play.waited(900 * DAY).act(&Act::ExpireDuty), Err(Refusal::NoLimit));
}

#[test]
fn a_dossier_without_a_result_is_withdrawn_from_2_4_5_and_6() {
    let away = [K::AskWithdrawal, K::ConfirmWithdrawal];
    assert_eq!(after(&[&[K::ReceiveAtCounter][..], &away].concat()), (7, SubState::Closed));
    assert_eq!(after_examining(&away), (7, SubState::Closed));
    assert_eq!(after_examining(&[&[K::AskSupplement][..], &away].concat()), (7, SubState::Closed));
    assert_eq!(after_examining(&[&[K::AskDuty][..], &away].concat()), (7, SubState::Closed));
}

#[test]
fn a_result_can_no_longer_be_withdrawn() {
    let mut play = Play::of(&[K::ReceiveAtCounter, K::FinishAtOnce]);
    assert_eq!(play.act(&Act::AskWithdrawal { reason: String::new() }), Err(Refusal::WithdrawalAfterResult));
}

#[test]
fn not_granting_is_a_result_with_its_reason_and_not_a_refusal_to_accept() {
    let mut play = Play::new();
    play.done(&receive(usual_steps()));
    play.done(&sample(K::Assign, play.dossier.as_ref(), play.now));
    play.done(&sample(K::SubmitForApproval, play.dossier.as_ref(), play.now));
    play.done(&Act::DecideNotToGrant {
        reason: "Đất đang có tranh chấp".into(),
        to: None,
        step_due: None,
        reference: Some("van-ban-12".into()),
    });
    let result = play.state().standing_result().unwrap();
    assert_eq!(play.state().status, Status::Done);
    assert_eq!((result.result, result.reason.as_str()), (ResultKind::NotGranted, "Đất đang có tranh chấp"));
    assert_eq!(result.reference.as_deref(), Some("van-ban-12"));
    assert_eq!(play.done(&sample(K::Deliver, None, monday())).status, Status::Delivered);
}

#[test]
fn an_approved_proposal_to_deny_gives_the_reasoned_result_through_signature_and_issue() {
    let mut play = Play::of(&EXAMINING);
    let deny =
        |note: &str| Act::SubmitForApproval { proposal: Proposal::Deny, note: note.into(), to: None, step_due: None };
    assert_eq!(play.act(&deny(" ")), Err(Refusal::MissingReason));
    play.done(&deny("Thiếu điều kiện về chỗ ở"));
    for kind in [K::Approve, K::Sign, K::IssueResult] {
        play.done(&sample(kind, play.dossier.as_ref(), play.now));
    }
    let result = play.state().standing_result().unwrap();
    assert_eq!((result.result, result.reason.as_str()), (ResultKind::NotGranted, "Thiếu điều kiện về chỗ ở"));
}

#[test]
fn approval_signature_and_issue_lead_to_the_result_and_handover_ends_it() {
    let walk = [K::SubmitForApproval, K::Approve, K::Sign, K::IssueResult, K::Deliver];
    let expected = [
        (4, SubState::AwaitingApproval),
        (4, SubState::AwaitingSignature),
        (4, SubState::AwaitingIssue),
        (9, SubState::AwaitingCollection),
        (10, SubState::Closed),
    ];
    for (count, expected) in (1..).zip(expected) {
        assert_eq!(after_examining(&walk[..count]), expected);
    }
}

#[test]
fn the_leaders_approval_at_the_last_step_issues_the_result() {
    let mut play = Play::new();
    play.done(&receive(usual_steps()));
    for kind in [K::Assign, K::SubmitForApproval, K::Approve] {
        play.done(&sample(kind, play.dossier.as_ref(), play.now));
    }
    assert_eq!(play.state().status, Status::Done);
    let kinds: Vec<_> = play.record.iter().rev().take(2).map(|r| &r.event).collect();
    assert!(matches!(kinds[..], [Event::ResultIssued { version: 1, .. }, Event::Approved { next: None, .. }]));
}

#[test]
fn a_flow_without_decision_issues_from_examination() {
    let mut play = Play::new();
    play.done(&receive(vec![step(StepKind::Examine, Role::CivilStatus)]));
    play.done(&sample(K::Assign, play.dossier.as_ref(), play.now));
    let to_leader = sample(K::SubmitForApproval, play.dossier.as_ref(), play.now);
    assert_eq!(play.act(&to_leader), Err(Refusal::NoApprovalStep));
    assert_eq!(play.done(&Act::IssueResult { reference: None }).status, Status::Done);
}

#[test]
fn two_levels_of_approval_follow_each_other() {
    let mut play = Play::new();
    play.done(&receive(vec![
        step(StepKind::Examine, Role::Specialist),
        step(StepKind::Approve, Role::CentreDirector),
        step(StepKind::Approve, Role::Leader),
    ]));
    for kind in [K::Assign, K::SubmitForApproval, K::Approve] {
        play.done(&sample(kind, play.dossier.as_ref(), play.now));
    }
    assert_eq!(play.state().holder_role(), Some(Role::Leader));
    assert_eq!(play.state().sub_state, SubState::AwaitingApproval);
    assert_eq!(play.done(&sample(K::Approve, None, monday())).status, Status::Done);
}

#[test]
fn a_return_for_rework_goes_back_to_who_examined() {
    for up in [vec![], vec![K::Approve], vec![K::Approve, K::Sign]] {
        let kinds = [&EXAMINING[..], &[K::Route, K::SubmitForApproval], &up, &[K::ReturnForRework]].concat();
        let play = Play::of(&kinds);
        assert_eq!(play.state().assignee.as_deref(), Some("ksor-y-bluh"));
        assert_eq!((play.state().step, play.state().sub_state), (1, SubState::AwaitingVerification));
        assert_eq!((play.state().proposal, play.state().decision), (None, None));
    }
}

#[test]
fn an_error_before_handover_makes_a_new_version_and_keeps_both() {
    let mut play = Play::of(&[K::ReceiveAtCounter, K::FinishAtOnce]);
    let due = play.state().current_due();
    play.done(&Act::CorrectResult {
        reason: "Sai tên đệm".into(),
        to: Some("so-minh-thu".into()),
        step_due: Some(hours(30)),
    });
    assert_eq!((play.state().status, play.state().sub_state), (Status::Processing, SubState::Examining));
    assert_eq!((play.state().finished, play.state().standing_result()), (None, None));
    assert_eq!(play.state().step_due, Some(hours(30)));
    assert_eq!((play.state().current_due(), play.state().clock()), (due, ClockState::Running));
    for kind in [K::SubmitForApproval, K::Approve, K::Sign, K::IssueResult] {
        play.done(&sample(kind, play.dossier.as_ref(), play.now));
    }
    let versions: Vec<_> = play.state().results.iter().map(|r| (r.version, r.replaced.is_some())).collect();
    assert_eq!(versions, [(1, true), (2, false)]);
    assert_eq!(play.state().version_of_result(), 2);
}

#[test]
fn an_error_after_handover_opens_a_linked_free_dossier_with_its_own_clock() {
    let mut old = Play::of(&[K::ReceiveAtCounter, K::FinishAtOnce, K::Deliver]);
    let correct = Act::CorrectResult { reason: "Sai năm sinh".into(), to: None, step_due: None };
    assert_eq!(old.act(&correct), Err(Refusal::Terminal { status: Status::Delivered }));
    old.done(&Act::OpenCorrection { dossier: "ho-so-b".into(), reason: "Sai năm sinh".into() });
    assert_eq!(old.state().status, Status::Delivered);
    assert_eq!(old.state().corrections[0].dossier, "ho-so-b");
    let again = Act::OpenCorrection { dossier: "ho-so-b".into(), reason: "Sai năm sinh".into() };
    assert_eq!(old.act(&again), Err(Refusal::NothingChanges));

    let mut new = Play::new().waited(40 * DAY);
    let at = new.now;
    new.done(&Act::ReceiveAtCounter {
        channel: Channel::Counter,
        source: Source::OneStopShop,
        corrects: Some("ho-so-a".into()),
        reception: Reception { due: at.plus_ms(DAY), ..reception(usual_steps()) },
    });
    assert!(new.state().is_free() && !old.state().is_free());
    assert_eq!((new.state().received, new.state().original_due), (Some(at), Some(at.plus_ms(DAY))));
}

#[test]
fn a_dossier_is_stopped_with_a_reason() {
    let mut play = Play::of(&EXAMINING);
    assert_eq!(play.act(&Act::Stop { reason: "\u{a0} ".into() }), Err(Refusal::MissingReason));
    assert_eq!(play.done(&Act::Stop { reason: "Người nộp qua đời".into() }).status, Status::Stopped);
    assert_eq!(play.state().end_reason, "Người nộp qua đời");
}

#[test]
fn a_reorganisation_keeps_code_clock_and_step_and_frees_the_assignment() {
    let mut play = Play::of(&[&EXAMINING[..], &[K::Route]].concat());
    let before = play.state().clone();
    play.done(&Act::PassOn {
        from_office: "huyen-dong-xuan".into(),
        to_office: "xa-xuan-lanh".into(),
        basis: "Nghị quyết 202/2025/QH15".into(),
    });
    let after = play.state();
    assert_eq!((&after.code, after.due, after.step), (&before.code, before.due, before.step));
    assert_eq!((after.status, after.sub_state), (Status::Processing, SubState::AwaitingVerification));
    assert_eq!((after.assignee.as_ref(), after.passed_on_to.as_deref()), (None, Some("xa-xuan-lanh")));
    assert_eq!(
        (after.received, after.step_due, after.open_pause()),
        (before.received, before.step_due, before.open_pause())
    );
}

#[test]
fn the_leaders_decision_not_to_grant_is_signed_and_issued_where_the_flow_says_so() {
    let walk = [K::SubmitForApproval, K::DecideNotToGrant, K::Sign, K::IssueResult];
    let expected = [
        (4, SubState::AwaitingApproval),
        (4, SubState::AwaitingSignature),
        (4, SubState::AwaitingIssue),
        (9, SubState::AwaitingCollection),
    ];
    for (count, expected) in (1..).zip(expected) {
        assert_eq!(after_examining(&walk[..count]), expected);
    }
    let play = Play::of(&[&EXAMINING[..], &walk].concat());
    assert_eq!(play.state().standing_result().map(|r| r.result), Some(ResultKind::NotGranted));
}

#[test]
fn an_opinion_is_awaited_at_its_step_and_an_unassigned_one_waits_for_assignment() {
    let mut play = Play::new();
    play.done(&receive(vec![
        step(StepKind::Opinion, Role::Specialist),
        step(StepKind::Examine, Role::Specialist),
        step(StepKind::Issue, Role::Records),
    ]));
    play.done(&Act::Route { step: 0, to: None, step_due: None });
    assert_eq!(play.state().sub_state, SubState::AwaitingOpinion);
    play.done(&Act::Route { step: 1, to: None, step_due: Some(hours(30)) });
    assert_eq!((play.state().sub_state, play.state().step_due), (SubState::AwaitingAssignment, Some(hours(30))));
    play.done(&Act::Assign { to: "so-minh-thu".into(), step_due: None });
    assert_eq!(play.done(&Act::IssueResult { reference: None }).status, Status::Done);
}
