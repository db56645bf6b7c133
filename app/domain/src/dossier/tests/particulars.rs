//! What is refused although the state would allow the kind of act, and what the acts leave behind.
// long because every refusal of every act stands in one place.

use super::*;
use crate::message::Message;
use ActKind as K;

fn ask(items: Vec<SupplementItem>, stage: SupplementStage, reason: &str, basis: &str) -> Act {
    Act::AskSupplement {
        items,
        stage,
        reason: reason.into(),
        basis: basis.into(),
        approved_by: None,
        respond_by: monday().plus_ms(20 * DAY),
    }
}

#[test]
fn a_reception_needs_a_code_a_flow_and_a_due_moment_after_it() {
    let mut play = Play::of(&[K::Submit]);
    let mut refused = |reception: Reception| play.act(&Act::Accept(reception)).unwrap_err();
    let good = || reception(usual_steps());
    assert_eq!(refused(Reception { code: " ".into(), ..good() }), Refusal::MissingCode);
    assert_eq!(refused(Reception { steps: vec![], ..good() }), Refusal::NoSteps);
    assert_eq!(refused(Reception { due: monday(), ..good() }), Refusal::DueBeforeReception);
    assert_eq!(refused(Reception { received: Some(hours(100)), ..good() }), Refusal::ReceivedInFuture);
    play.done(&Act::Accept(good()));
    assert!(play.act(&Act::Accept(Reception { code: "H15.1-261123-0008".into(), ..good() })).is_err());
    assert_eq!(play.state().code.as_deref(), Some("H15.50.05.13-261123-0007"));
}

#[test]
fn a_postal_dossier_is_received_on_the_day_of_its_stamp() {
    let stamped = Instant::parse_local("2026-11-20T15:30").unwrap();
    let mut play = Play::new();
    play.done(&Act::ReceiveAtCounter {
        channel: Channel::Post,
        source: Source::OneStopShop,
        corrects: None,
        reception: Reception { received: Some(stamped), ..reception(usual_steps()) },
    });
    assert_eq!(play.state().received, Some(stamped));
    assert_eq!(control_slip::rows(&play.record)[0].received, stamped);
}

#[test]
fn a_request_for_supplement_lists_everything_with_its_reason_at_its_stage() {
    let mut play = Play::of(&[K::Submit]);
    let pre = SupplementStage::BeforeAcceptance;
    assert_eq!(play.act(&ask(vec![], pre, "thiếu", "")), Err(Refusal::EmptySupplementRequest));
    let nameless = SupplementItem { what: " ".into(), ..item() };
    assert_eq!(play.act(&ask(vec![item(), nameless], pre, "thiếu", "")), Err(Refusal::EmptySupplementRequest));
    let unexplained = SupplementItem { why: String::new(), ..item() };
    assert_eq!(play.act(&ask(vec![unexplained], pre, "thiếu", "")), Err(Refusal::MissingReason));
    assert_eq!(play.act(&ask(vec![item()], pre, "", "")), Err(Refusal::MissingReason));
    let wrong = ask(vec![item()], SupplementStage::AtExamination, "thiếu", "");
    assert_eq!(play.act(&wrong), Err(Refusal::WrongStage { expected: pre }));
    let Act::AskSupplement { items, stage, reason, basis, approved_by, .. } = ask(vec![item()], pre, "thiếu", "")
    else {
        unreachable!()
    };
    let past = Act::AskSupplement { items, stage, reason, basis, approved_by, respond_by: monday() };
    assert_eq!(play.act(&past), Err(Refusal::RespondByPassed));
    play.done(&ask(vec![item(), item()], pre, "thiếu", ""));
    assert_eq!(play.state().supplement.as_ref().map(|open| open.items.len()), Some(2));
}

#[test]
fn a_second_round_of_supplement_needs_a_basis() {
    let mut play = Play::of(&[K::Submit, K::AskSupplement, K::AnswerSupplement]);
    let pre = SupplementStage::BeforeAcceptance;
    assert_eq!(play.act(&ask(vec![item()], pre, "thiếu", "")), Err(Refusal::SecondRoundNeedsBasis));
    play.done(&ask(vec![item()], pre, "thiếu", "Nghị định 118/2025/NĐ-CP"));
    assert_eq!(play.state().supplement_round, 2);
}

#[test]
fn an_answered_supplement_needs_the_new_due_moment_and_never_an_earlier_one() {
    let mut play = Play::of(&[K::ReceiveAtCounter, K::Assign, K::AskSupplement]);
    let due = play.state().due.unwrap();
    let answer = |due| Act::AnswerSupplement { due, redated_due: None };
    assert_eq!(play.act(&answer(None)), Err(Refusal::MissingDue));
    assert_eq!(play.act(&answer(Some(due.plus_ms(-1)))), Err(Refusal::DueMovedEarlier { current: due }));
    play.done(&answer(Some(due.plus_ms(DAY))));
    assert_eq!((play.state().original_due, play.state().due), (Some(due), Some(due.plus_ms(DAY))));
}

#[test]
fn form_04_is_sent_once_in_time_and_only_to_a_later_day() {
    let mut play = Play::of(&[K::ReceiveAtCounter, K::Assign]);
    let due = play.state().due.unwrap();
    let redate = |new_due, latest_allowed| Act::Redate { new_due, reason: "Chờ xác minh".into(), latest_allowed };
    let now = play.now;
    let late = redate(due.plus_ms(DAY), now.plus_ms(-1));
    assert_eq!(play.act(&late), Err(Refusal::RedateTooLate { latest_allowed: now.plus_ms(-1) }));
    let earlier = redate(due, hours(90));
    assert_eq!(play.act(&earlier), Err(Refusal::DueMovedEarlier { current: due }));
    let last_moment = play.now;
    play.done(&redate(due.plus_ms(DAY), last_moment));
    assert_eq!(play.state().current_due(), Some(due.plus_ms(DAY)));
    assert_eq!((play.state().due, play.state().original_due), (Some(due), Some(due)));
    assert_eq!(play.act(&redate(due.plus_ms(2 * DAY), hours(90))), Err(Refusal::AlreadyRedated));
}

#[test]
fn lateness_is_judged_without_form_04() {
    let mut play = Play::of(&[K::ReceiveAtCounter, K::Redate]);
    let due = play.state().due.unwrap();
    play.now = due.plus_ms(HOUR);
    play.done(&Act::FinishAtOnce { reference: None });
    assert!(play.state().finished <= play.state().current_due());
    assert_eq!(control_slip::outcome(play.state(), |_, _| true), Some(Timeliness::Late));
}

#[test]
fn an_end_at_the_due_moment_is_on_time() {
    assert_eq!(timeliness(hours(1), hours(1), |_, _| false), Timeliness::OnTime);
    assert_eq!(timeliness(hours(1), hours(1).plus_ms(-1), |_, _| true), Timeliness::Late);
    assert_eq!(timeliness(hours(1), hours(50), |ended, due| due.0 - ended.0 > DAY), Timeliness::Early);
}

#[test]
fn a_pause_moves_a_promise_of_form_04_only_when_there_is_one() {
    let mut play = Play::of(&[K::ReceiveAtCounter, K::Assign, K::AskDuty]);
    let due = play.state().due.unwrap();
    play.done(&Act::DutyMet { due, redated_due: Some(due.plus_ms(DAY)), paid: payment(monday()) });
    assert_eq!(play.state().redated_due, None);

    let mut play = Play::of(&[K::ReceiveAtCounter, K::Assign, K::Redate, K::AskDuty]);
    let promised = play.state().redated_due.unwrap();
    let back = Act::DutyMet { due, redated_due: Some(due), paid: payment(monday()) };
    assert_eq!(play.act(&back), Err(Refusal::DueMovedEarlier { current: promised }));
    play.done(&Act::DutyMet { due, redated_due: Some(promised.plus_ms(DAY)), paid: payment(monday()) });
    assert_eq!(play.state().current_due(), Some(promised.plus_ms(DAY)));
}

/// Received, a fee of 50.000 đồng paid, and asked back.
fn asked_back_after_paying() -> Play {
    Play::of(&[K::ReceiveAtCounter, K::NotePayment, K::AskWithdrawal])
}

fn said(papers: PapersBack, money: MoneyBack) -> Settlement {
    Settlement { papers, money, ..Settlement::papers_returned() }
}

#[test]
fn a_clerk_confirms_a_withdrawal_that_was_asked_and_says_what_becomes_of_the_papers() {
    let mut play = Play::of(&[K::ReceiveAtCounter]);
    let confirm = |papers| Act::ConfirmWithdrawal(said(papers, MoneyBack::NothingPaid));
    assert_eq!(play.act(&confirm(PapersBack::Returned)), Err(Refusal::NothingAsked));
    play.done(&Act::AskWithdrawal { reason: String::new() });
    assert_eq!(play.act(&Act::AskWithdrawal { reason: String::new() }), Err(Refusal::AlreadyAsked));
    let after = play.done(&confirm(PapersBack::ToFetch)).clone();
    assert_eq!((after.status, after.sub_state), (Status::Withdrawn, SubState::AwaitingSettlement));
    assert_eq!(after.holder_role(), Some(Role::Reception));
    // They are still there; that they never were is not said any more.
    let settle = |papers| Act::SettleWithdrawal(said(papers, MoneyBack::NothingPaid));
    assert_eq!(play.act(&settle(PapersBack::ToFetch)), Err(Refusal::NothingChanges));
    assert_eq!(play.act(&settle(PapersBack::NothingKept)), Err(Refusal::PapersNotReturned));
    let after = play.done(&settle(PapersBack::Returned)).clone();
    assert_eq!((after.status, after.sub_state, after.holder_role()), (Status::Withdrawn, SubState::Closed, None));
    let again = play.act(&settle(PapersBack::Returned));
    assert_eq!(again, Err(Refusal::Terminal { status: Status::Withdrawn }));
}

#[test]
fn money_that_was_paid_goes_back_with_its_particulars_or_stays_for_a_reason() {
    let play = asked_back_after_paying();
    let confirm = |money| Act::ConfirmWithdrawal(said(PapersBack::Returned, money));
    let refund = |amount, reason: &str| {
        let refund = Some(Payment { amount: Dong(amount), ..payment(monday()) });
        let said = said(PapersBack::Returned, MoneyBack::Refunded);
        Act::ConfirmWithdrawal(Settlement { refund, reason: reason.into(), ..said })
    };
    let refused = |act: &Act| play.clone().act(act).unwrap_err();
    assert_eq!(refused(&confirm(MoneyBack::NothingPaid)), Refusal::MoneyNotSettled);
    assert_eq!(refused(&confirm(MoneyBack::Kept)), Refusal::MissingReason);
    assert_eq!(refused(&confirm(MoneyBack::Refunded)), Refusal::MissingAmount);
    assert_eq!(refused(&refund(50_001, "")), Refusal::MoreThanPaid { held: Dong(50_000) });
    assert_eq!(refused(&refund(20_000, " ")), Refusal::MissingReason);
    let mut whole = play.clone();
    let after = whole.done(&refund(50_000, "")).clone();
    assert_eq!((after.payment, after.money_held(), after.has_money()), (PaymentState::Refunded, Dong(0), false));
    assert_eq!(after.sub_state, SubState::Closed);
    let mut part = play.clone();
    let after = part.done(&refund(20_000, "Đã thẩm định một phần")).clone();
    assert_eq!((after.money_held(), after.owes_settlement()), (Dong(30_000), false));
    // Where nothing was paid, nothing goes back.
    let mut free = Play::of(&[K::ReceiveAtCounter, K::AskWithdrawal]);
    for money in [MoneyBack::Refunded, MoneyBack::Kept, MoneyBack::Later] {
        assert_eq!(free.act(&confirm(money)), Err(Refusal::NothingPaid));
    }
}

#[test]
fn money_left_open_waits_at_the_counter_until_it_is_settled() {
    let mut play = asked_back_after_paying();
    play.done(&Act::ConfirmWithdrawal(said(PapersBack::ToFetch, MoneyBack::Later)));
    // One after the other, in either order.
    let kept = Settlement { reason: "Đã thẩm định".into(), ..said(PapersBack::ToFetch, MoneyBack::Kept) };
    assert!(play.done(&Act::SettleWithdrawal(kept)).owes_settlement());
    let papers = Act::SettleWithdrawal(said(PapersBack::Returned, MoneyBack::Later));
    assert!(!play.done(&papers).owes_settlement());
    // A note of the whole refund settles the money as well; a payment found afterwards opens it again.
    let mut noted = asked_back_after_paying();
    noted.done(&Act::ConfirmWithdrawal(said(PapersBack::Returned, MoneyBack::Later)));
    let note = |state| Act::NotePayment { state, paid: Some(payment(monday())), reason: "Người nộp rút".into() };
    assert!(!noted.done(&note(PaymentState::Refunded)).owes_settlement());
    assert!(noted.done(&note(PaymentState::Paid)).owes_settlement());
}

#[test]
fn the_resident_is_told_what_a_withdrawal_leaves_open_and_how_each_part_of_it_ends() {
    // What the last act has to say, which is so at once.
    let told = |play: &mut Play, act: &Act| {
        let before = play.record.len();
        play.done(act);
        let told = Message::of_act(&play.record[before..], play.state());
        assert!(told.iter().all(|(_, message)| message.still_holds(play.state())), "{told:?}");
        told.into_iter().map(|(_, message)| message).collect::<Vec<_>>()
    };
    let both = Message::WithdrawnOwing { papers: true, money: true };
    let mut play = asked_back_after_paying();
    assert_eq!(told(&mut play, &Act::ConfirmWithdrawal(said(PapersBack::ToFetch, MoneyBack::Later))), [both]);
    let fetched = Act::SettleWithdrawal(said(PapersBack::Returned, MoneyBack::Later));
    assert_eq!(told(&mut play, &fetched), [Message::WithdrawalSettled { papers: true, money: None }]);
    assert!(!both.still_holds(play.state()), "nothing waits to be fetched any more");
    let note = |state| Act::NotePayment { state, paid: Some(payment(monday())), reason: "Người nộp rút".into() };
    let refunded = Message::WithdrawalSettled { papers: false, money: Some(MoneyBack::Refunded) };
    assert_eq!(told(&mut play, &note(PaymentState::Refunded)), [refunded]);
    assert_eq!(told(&mut play, &note(PaymentState::Paid)), [], "a payment that was found is no news yet");
    assert!(!refunded.still_holds(play.state()), "money is open again");

    // A refund that goes with the withdrawal, or settles it, is told once and with it.
    let back = |papers| Settlement { refund: Some(payment(monday())), ..said(papers, MoneyBack::Refunded) };
    let mut at_once = asked_back_after_paying();
    assert_eq!(told(&mut at_once, &Act::ConfirmWithdrawal(back(PapersBack::Returned))), [Message::Withdrawn]);
    let mut later = asked_back_after_paying();
    later.done(&Act::ConfirmWithdrawal(said(PapersBack::ToFetch, MoneyBack::Later)));
    let settled = Message::WithdrawalSettled { papers: true, money: Some(MoneyBack::Refunded) };
    assert_eq!(told(&mut later, &Act::SettleWithdrawal(back(PapersBack::Returned))), [settled]);
    // Of a dossier that was not withdrawn a payment by transfer is told, and a refund says nothing.
    let mut paying = Play::of(&[K::ReceiveAtCounter]);
    let received = Message::MoneyReceived { amount: payment(monday()).amount };
    assert_eq!(told(&mut paying, &note(PaymentState::Paid)), [received]);
    let mut open = Play::of(&[K::ReceiveAtCounter, K::NotePayment]);
    assert_eq!(told(&mut open, &note(PaymentState::Refunded)), []);
}

#[test]
fn the_resident_is_told_of_a_file_that_was_taken_away_while_another_may_still_come() {
    let told = |kinds: &[ActKind], question: &str| {
        let mut play = Play::of(kinds);
        let before = play.record.len();
        play.done(&Act::RemoveFile { question: question.into(), name: "don.pdf".into() });
        let told = Message::of_act(&play.record[before..], play.state());
        assert!(told.iter().all(|(_, message)| message.still_holds(play.state())), "{told:?}");
        told.into_iter().map(|(_, message)| message).collect::<Vec<_>>()
    };
    assert_eq!(told(&[K::Submit], "giay-to"), [Message::FileRemoved]);
    assert_eq!(told(&[K::ReceiveAtCounter, K::Assign], "giay-to"), [Message::FileRemoved]);
    assert_eq!(told(&[K::ReceiveAtCounter, K::Assign], RESULT_FILE), [], "a result that staff make ready");
    let with_an_opinion = format!("{ANSWER_FILES}1");
    assert_eq!(told(&[K::ReceiveAtCounter, K::Assign], &with_an_opinion), [], "what comes with an opinion");
    let decided = [K::ReceiveAtCounter, K::FinishAtOnce];
    assert_eq!(told(&decided, "giay-to"), [], "nothing is waited for any more");
    assert!(!Message::FileRemoved.still_holds(Play::of(&decided).state()));
}

#[test]
fn the_resident_is_reminded_days_before_a_supplement_is_due_unless_its_whole_time_is_shorter() {
    let mut play = Play::of(&[K::ReceiveAtCounter, K::Assign, K::AskSupplement]);
    let limit = |play: &Play| play.state().supplement.as_ref().expect("a request").respond_by;
    let respond_by = limit(&play);
    let first = respond_by.day().plus(-5).start();
    let (place, reminder) = (-2, Message::SupplementDueSoon { respond_by });
    assert_eq!(Message::reminder(play.state(), first.plus_ms(-1)), None);
    for at in [first, first.plus_ms(3 * DAY), respond_by] {
        assert_eq!(Message::reminder(play.state(), at), Some((place, reminder)));
        assert!(reminder.still_holds(play.state()) && !reminder.is_over(at));
    }
    let past = respond_by.plus_ms(1);
    assert_eq!(Message::reminder(play.state(), past), None, "it has run out");
    assert!(reminder.is_over(past));
    // Whoever asked for it back is not pressed for papers.
    let mut asked_back = play.clone();
    asked_back.done(&Act::AskWithdrawal { reason: String::new() });
    assert_eq!(Message::reminder(asked_back.state(), first), None);
    assert!(!reminder.still_holds(asked_back.state()));
    // What has come is not missing; the next request has a reminder of its own.
    play.done(&sample(K::AnswerSupplement, play.dossier.as_ref(), play.now));
    assert_eq!(Message::reminder(play.state(), first), None);
    assert!(!reminder.still_holds(play.state()));
    let mut short = play.clone();
    play.done(&sample(K::AskSupplement, play.dossier.as_ref(), play.now));
    let respond_by = limit(&play);
    assert_eq!(Message::reminder(play.state(), respond_by), Some((-4, Message::SupplementDueSoon { respond_by })));
    let Act::AskSupplement { items, stage, reason, basis, approved_by, .. } =
        sample(K::AskSupplement, short.dossier.as_ref(), short.now)
    else {
        unreachable!()
    };
    let respond_by = short.now.plus_ms(5 * DAY);
    short.done(&Act::AskSupplement { items, stage, reason, basis, approved_by, respond_by });
    assert_eq!(Message::reminder(short.state(), respond_by), None, "the request was told five days ago");
}

#[test]
fn the_resident_is_reminded_of_a_result_that_has_waited_a_week_and_of_none_that_was_fetched() {
    let mut play = Play::of(&[K::ReceiveAtCounter, K::FinishAtOnce]);
    let since = play.state().standing_result().expect("a result").issued;
    let reminder = Message::ResultWaiting { version: 1, since };
    let after = |days: i32| since.day().plus(days).start();
    let told = [(6, None), (7, Some((-3, reminder))), (29, Some((-3, reminder))), (30, None)];
    for (days, expected) in told {
        assert_eq!(Message::reminder(play.state(), after(days)), expected, "{days} days");
    }
    assert!(reminder.still_holds(play.state()));
    play.done(&sample(K::Deliver, play.dossier.as_ref(), play.now));
    assert_eq!(Message::reminder(play.state(), after(8)), None);
    assert!(!reminder.still_holds(play.state()));
}

#[test]
fn a_duty_that_was_met_is_money_to_settle() {
    let mut play = Play::of(&[K::ReceiveAtCounter, K::Assign, K::AskDuty, K::DutyMet, K::AskWithdrawal]);
    assert_eq!(play.state().money_held(), Dong(50_000));
    let silent = Act::ConfirmWithdrawal(Settlement::papers_returned());
    assert_eq!(play.act(&silent), Err(Refusal::MoneyNotSettled));
}

#[test]
fn a_withdrawal_recorded_before_settlements_owes_nothing() {
    let event: Event = serde_json::from_str(r#"{"kind":"withdrawn"}"#).unwrap();
    assert_eq!(event, Event::Withdrawn { papers: None, money: None, reason: String::new() });
    let mut play = Play::of(&[K::ReceiveAtCounter, K::NotePayment]);
    let seq = play.state().last_seq + 1;
    play.record.push(Recorded { seq, at: play.now, event });
    let after = replay(&play.record).unwrap();
    assert_eq!((after.status, after.sub_state), (Status::Withdrawn, SubState::Closed));
}

#[test]
fn no_result_is_made_while_a_withdrawal_waits_for_its_answer() {
    let mut play = Play::of(&[K::ReceiveAtCounter, K::Assign, K::SubmitForApproval, K::AskWithdrawal]);
    let approve = Act::Approve { to: None, step_due: None, reference: None };
    assert_eq!(play.act(&approve), Err(Refusal::WithdrawalPending));
    assert_eq!(play.act(&Act::DeclineWithdrawal { reason: String::new() }), Err(Refusal::MissingReason));
    play.done(&Act::DeclineWithdrawal { reason: "Người nộp đổi ý".into() });
    play.done(&approve);
}

#[test]
fn an_excluded_interval_pauses_within_processing() {
    let mut play = Play::of(&[K::ReceiveAtCounter, K::Assign, K::SuspendClock]);
    assert_eq!((play.state().status, play.state().clock()), (Status::Processing, ClockState::Paused));
    let again = Act::SuspendClock { exclusion: Exclusion::Opinion, basis: "x".into() };
    assert_eq!(play.act(&again), Err(Refusal::AlreadyAsked));
    let up = sample(K::SubmitForApproval, None, monday());
    assert_eq!(play.act(&up), Err(Refusal::ClockSuspended));
    let due = play.state().due.unwrap();
    assert_eq!(play.state().pauses(hours(9)), [(hours(2), hours(9))]);
    assert_eq!(play.state().pauses(hours(2)), []);
    play.done(&Act::ResumeClock { due: due.plus_ms(DAY), redated_due: None });
    assert_eq!(play.state().clock(), ClockState::Running);
    assert_eq!(play.state().pauses(monday()), [(hours(2), hours(5))]);
}

#[test]
fn nobody_moves_a_dossier_past_a_decision() {
    let mut play = Play::new();
    play.done(&receive(vec![
        step(StepKind::Examine, Role::Specialist),
        step(StepKind::Approve, Role::Leader),
        step(StepKind::Verify, Role::CivilStatus),
    ]));
    for at in [1, 2, 3, usize::MAX] {
        let route = Act::Route { step: at, to: None, step_due: None };
        assert_eq!(play.act(&route), Err(Refusal::BadStep { step: at }));
    }
    play.done(&sample(K::Assign, play.dossier.as_ref(), play.now));
    assert_eq!(play.act(&Act::Route { step: 2, to: None, step_due: None }), Err(Refusal::BadStep { step: 2 }));
    assert_eq!(play.act(&Act::IssueResult { reference: None }), Err(Refusal::NeedsApproval));
    let deny = sample(K::DecideNotToGrant, play.dossier.as_ref(), play.now);
    assert_eq!(play.act(&deny), Err(Refusal::NeedsApproval));
}

#[test]
fn assigning_and_routing_must_change_something() {
    let mut play = Play::of(&[K::ReceiveAtCounter]);
    let assign = |to: &str| Act::Assign { to: to.into(), step_due: None };
    assert_eq!(play.act(&assign("")), Err(Refusal::MissingTarget));
    play.done(&assign("so-minh-thu"));
    assert_eq!(play.act(&assign("so-minh-thu")), Err(Refusal::NothingChanges));
    let stay = Act::Route { step: 0, to: Some("so-minh-thu".into()), step_due: None };
    assert_eq!(play.act(&stay), Err(Refusal::NothingChanges));
    play.done(&assign("la-mo-y-thoa"));
}

#[test]
fn somebody_else_collects_only_with_authority_and_a_number() {
    let mut play = Play::of(&[K::ReceiveAtCounter, K::FinishAtOnce]);
    let deliver = |collector| Act::Deliver { collector, method: DeliveryMethod::Counter, posted: None };
    let nameless = Collector { name: " ".into(), ..collector() };
    assert_eq!(play.act(&deliver(nameless)), Err(Refusal::MissingCollector));
    let other = Collector { is_applicant: false, ..collector() };
    assert_eq!(play.act(&deliver(other.clone())), Err(Refusal::MissingAuthority));
    let entitled = Collector { authority: Some("Giấy ủy quyền ngày 20/11/2026".into()), ..other };
    assert_eq!(play.act(&deliver(entitled.clone())), Err(Refusal::MissingIdentityPaper));
    let known = Collector { identity_paper: Some("054190004321".into()), ..entitled };
    assert_eq!(play.done(&deliver(known)).status, Status::Delivered);
}

#[test]
fn the_post_says_who_carried_it_by_which_number_and_on_which_day() {
    let mut play = Play::of(&[K::ReceiveAtCounter, K::FinishAtOnce]).waited(2 * DAY);
    let finished = play.state().finished.unwrap();
    let deliver = |posted| Act::Deliver { collector: collector(), method: DeliveryMethod::Post, posted };
    let whole = posted(play.now);
    assert_eq!(play.act(&deliver(None)), Err(Refusal::MissingPostDetails));
    for missing in
        [Posted { carrier: " ".into(), ..whole.clone() }, Posted { tracking: String::new(), ..whole.clone() }]
    {
        assert_eq!(play.act(&deliver(Some(missing))), Err(Refusal::MissingPostDetails));
    }
    let before = Posted { on: finished.day().prev(), ..whole.clone() };
    assert_eq!(play.act(&deliver(Some(before))), Err(Refusal::BeforeResult));
    let tomorrow = Posted { on: play.now.day().next(), ..whole.clone() };
    assert_eq!(play.act(&deliver(Some(tomorrow))), Err(Refusal::DayInFuture));
    assert_eq!(play.done(&deliver(Some(whole.clone()))).status, Status::Delivered);
    let last = timeline::entries(&play.record).pop().unwrap().seen;
    let expected = timeline::Seen::Delivered { method: DeliveryMethod::Post, to_applicant: true, posted: Some(whole) };
    assert_eq!(last, expected);
    // Over the counter nothing is kept of a post that was not used.
    let mut play = Play::of(&[K::ReceiveAtCounter, K::FinishAtOnce]);
    let posted = Some(posted(play.now));
    play.done(&Act::Deliver { collector: collector(), method: DeliveryMethod::Counter, posted });
    assert!(matches!(play.record.last().unwrap().event, Event::Delivered { posted: None, .. }));
}

#[test]
fn a_duty_is_left_with_who_paid_what_and_how() {
    let mut play = Play::of(&[K::ReceiveAtCounter, K::Assign, K::AskDuty]);
    let due = play.state().due.unwrap();
    let now = play.now;
    let met = |paid| Act::DutyMet { due, redated_due: None, paid };
    let good = payment(now);
    assert_eq!(play.act(&met(Payment { payer: " ".into(), ..good.clone() })), Err(Refusal::MissingPayer));
    assert_eq!(play.act(&met(Payment { amount: Dong(0), ..good.clone() })), Err(Refusal::MissingAmount));
    assert_eq!(play.act(&met(Payment { on: now.day().next(), ..good.clone() })), Err(Refusal::DayInFuture));
    assert_eq!(play.done(&met(good.clone())).clock(), ClockState::Running);
    assert!(matches!(&play.record.last().unwrap().event, Event::DutyMet { paid: Some(paid), .. } if *paid == good));
    // A record from before payments were kept is still read.
    let older: Event = serde_json::from_str(r#"{"kind":"duty_met","due":1,"redated_due":null}"#).unwrap();
    assert_eq!(older, Event::DutyMet { due: Instant(1), redated_due: None, paid: None });
}

#[test]
fn fees_are_noted_with_what_proves_them() {
    let mut play = Play::of(&[K::ReceiveAtCounter]);
    let now = play.now;
    let note = |state, paid, reason: &str| Act::NotePayment { state, paid, reason: reason.into() };
    assert_eq!(play.act(&note(PaymentState::Paid, None, "")), Err(Refusal::MissingAmount));
    assert_eq!(play.act(&note(PaymentState::Exempt, None, " ")), Err(Refusal::MissingReason));
    let back = note(PaymentState::Refunded, Some(payment(now)), "Người nộp rút hồ sơ");
    assert_eq!(play.act(&back), Err(Refusal::NothingPaid));
    play.done(&note(PaymentState::Owed, None, ""));
    play.done(&note(PaymentState::Paid, Some(payment(now)), ""));
    assert_eq!(play.act(&note(PaymentState::Refunded, Some(payment(now)), "")), Err(Refusal::MissingReason));
    play.done(&back);
    assert_eq!(play.state().payment, PaymentState::Refunded);
}

#[test]
fn money_that_changed_hands_is_not_forgotten_by_a_later_note() {
    let mut play = Play::of(&[K::ReceiveAtCounter]);
    let now = play.now;
    let note = |state, amount: i64| {
        let paid = Payment { amount: Dong(amount), ..payment(now) };
        Act::NotePayment { state, paid: (amount > 0).then_some(paid), reason: "Thêm bản sao".into() }
    };
    let money = |play: &Play| {
        let money = money(play.record.iter().map(|recorded| &recorded.event));
        assert_eq!((money.fees_paid, money.fees_refunded), (play.state().fees.paid, play.state().fees.refunded));
        (money.fees, money.fees_paid, money.fees_refunded)
    };
    play.done(&note(PaymentState::Paid, 8_000));
    play.done(&note(PaymentState::Owed, 0));
    assert_eq!(money(&play), (PaymentState::Owed, Dong(8_000), Dong(0)));
    play.done(&note(PaymentState::Paid, 2_000));
    play.done(&note(PaymentState::Exempt, 0));
    assert!(payments_open(play.state()).contains(&PaymentState::Refunded), "what was paid can be paid back");
    play.done(&note(PaymentState::Refunded, 10_000));
    assert_eq!(money(&play), (PaymentState::Refunded, Dong(10_000), Dong(10_000)));
    play.done(&note(PaymentState::NothingDue, 0));
    assert!(!payments_open(play.state()).contains(&PaymentState::Refunded), "nothing is left to pay back");
    // The particulars of form 05 from before sums were kept are still read.
    let older = r#"{"fees":"paid","fees_amount":8000,"duties_paid":0}"#;
    assert_eq!(serde_json::from_str::<Money>(older).unwrap().fees_paid, Dong(8_000));
}

#[test]
fn fees_go_back_in_parts_and_no_more_than_was_paid() {
    let mut play = Play::of(&[K::ReceiveAtCounter]);
    let now = play.now;
    let note = |state, amount: i64| {
        let paid = Payment { amount: Dong(amount), ..payment(now) };
        Act::NotePayment { state, paid: Some(paid), reason: "Nộp thừa bản sao".into() }
    };
    play.done(&note(PaymentState::Paid, 8_000));
    play.done(&note(PaymentState::Refunded, 3_000));
    assert!(payments_open(play.state()).contains(&PaymentState::Refunded));
    assert_eq!(play.act(&note(PaymentState::Refunded, 5_001)), Err(Refusal::MoreThanPaid { held: Dong(5_000) }));
    play.done(&note(PaymentState::Refunded, 5_000));
    assert_eq!((play.state().payment, play.state().fees.refunded), (PaymentState::Refunded, Dong(8_000)));
    assert_eq!(play.act(&note(PaymentState::Refunded, 1)), Err(Refusal::NothingChanges));
}

#[test]
fn what_is_asked_no_more_leaves_the_fees_paid_that_were_paid() {
    let mut play = Play::of(&[K::ReceiveAtCounter]);
    let paid = payment(play.now);
    let note = |state, paid: Option<&Payment>, reason: &str| Act::NotePayment {
        state,
        paid: paid.cloned(),
        reason: reason.into(),
    };
    play.done(&note(PaymentState::Owed, None, ""));
    assert_eq!(play.act(&note(PaymentState::Paid, None, "Tính nhầm")), Err(Refusal::MissingAmount), "nothing was paid");
    play.done(&note(PaymentState::Paid, Some(&paid), ""));
    play.done(&note(PaymentState::Owed, None, ""));
    assert_eq!(play.act(&note(PaymentState::Paid, None, " ")), Err(Refusal::MissingAmount), "a payment has its amount");
    play.done(&note(PaymentState::Paid, None, "Tính nhầm"));
    assert_eq!((play.state().payment, play.state().fees.paid), (PaymentState::Paid, paid.amount));
}

#[test]
fn the_pauses_of_a_step_are_those_that_began_there() {
    let mut play = Play::of(&[K::ReceiveAtCounter]);
    play.done(&Act::Assign { to: "so-minh-thu".into(), step_due: Some(hours(4)) });
    let since = play.state().step_since.expect("at a step");
    for kind in [K::AskSupplement, K::AnswerSupplement] {
        play.done(&sample(kind, play.dossier.as_ref(), play.now));
    }
    let pauses = play.state().pauses(play.now);
    assert_eq!((pauses.len(), play.state().step_since), (1, Some(since)), "it lies where it lay");
    assert_eq!(play.state().pauses_of_step(play.now), pauses);
    play.done(&sample(K::Route, play.dossier.as_ref(), play.now));
    assert!(play.state().pauses_of_step(play.now).is_empty(), "the next step has waited for nobody");
}

#[test]
fn the_fees_that_may_be_noted_are_those_that_are_taken() {
    let paid = Play::of(&[K::ReceiveAtCounter, K::NotePayment]);
    let back = Play::of(&[K::ReceiveAtCounter, K::NotePayment, K::NotePayment]);
    for play in [Play::of(&[K::Submit]), paid, back, Play::of(&[K::Submit, K::RefuseToAccept]), Play::correcting()] {
        let open = payments_open(play.state());
        for state in PaymentState::ALL.iter().copied() {
            let act = Act::NotePayment { state, paid: Some(payment(play.now)), reason: "Hộ nghèo".into() };
            assert_eq!(play.clone().act(&act).is_ok(), open.contains(&state), "{state:?} of {open:?}");
        }
    }
}

#[test]
fn nothing_is_asked_where_the_office_repairs_its_own_error() {
    let mut play = Play::correcting();
    assert_eq!(play.state().corrects.as_deref(), Some("ho-so-goc"));
    let owed = Act::NotePayment { state: PaymentState::Owed, paid: None, reason: String::new() };
    assert_eq!(play.act(&owed), Err(Refusal::FreeOfCharge));
    assert!(!play.state().allowed().contains(&K::NotePayment));
    play.done(&sample(K::Assign, play.dossier.as_ref(), play.now));
    let duty = sample(K::AskDuty, play.dossier.as_ref(), play.now);
    assert_eq!(play.act(&duty), Err(Refusal::FreeOfCharge));
}

#[test]
fn the_case_of_the_reception_stays_with_the_dossier() {
    let mut play = Play::of(&[K::Submit]);
    play.done(&Act::Accept(Reception { case: Some("nha_o_rieng_le".into()), ..reception(usual_steps()) }));
    assert_eq!(play.state().case.as_deref(), Some("nha_o_rieng_le"));
    play.done(&sample(K::Assign, play.dossier.as_ref(), play.now));
    assert_eq!(replay(&play.record).unwrap().case.as_deref(), Some("nha_o_rieng_le"));
}

#[test]
fn a_dossier_goes_only_to_the_steps_the_flow_leaves_open() {
    let kinds = [K::ReceiveAtCounter, K::Assign, K::Route, K::SubmitForApproval, K::Approve, K::Sign, K::IssueResult];
    let open: Vec<_> = (1..=kinds.len()).map(|count| routes(Play::of(&kinds[..count]).state())).collect();
    assert_eq!(open, [vec![0, 1], vec![1], vec![0], vec![], vec![], vec![], vec![]]);
    // What each act leads to is what it does.
    let state = |count: usize| Play::of(&kinds[..count]).state().clone();
    assert_eq!(leads_to(&state(3), K::SubmitForApproval), Some(2));
    assert_eq!(leads_to(&state(4), K::Approve), Some(state(5).step));
    assert_eq!(leads_to(&state(5), K::Sign), Some(state(6).step));
    assert_eq!(leads_to(&state(6), K::ReturnForRework), Some(1));
    assert_eq!(leads_to(&state(6), K::IssueResult), None);
}

#[test]
fn a_delivered_dossier_is_rated_once() {
    let mut play = Play::of(&[K::ReceiveAtCounter, K::FinishAtOnce, K::Deliver]);
    let rate = Act::Rate { rating: Rating::VerySatisfied, why: vec![], words: String::new() };
    play.done(&rate);
    assert_eq!((play.state().status, play.state().rating), (Status::Delivered, Some(Rating::VerySatisfied)));
    assert_eq!(play.act(&rate), Err(Refusal::AlreadyRated));
}

#[test]
fn payment_and_copies_are_axes_beside_the_status() {
    let mut play = Play::of(&[K::ReceiveAtCounter, K::Assign, K::NotePayment, K::NoteSync]);
    assert_eq!((play.state().status, play.state().sub_state), (Status::Processing, SubState::Examining));
    assert_eq!(play.state().payment, PaymentState::Paid);
    assert_eq!(play.state().synced.get(&SyncTarget::NationalPortal), Some(&SyncState::Done));
    let again = Act::NotePayment { state: PaymentState::Paid, paid: Some(payment(play.now)), reason: String::new() };
    assert_eq!(play.act(&again), Err(Refusal::NothingChanges));
}

#[test]
fn the_dossiers_holder_is_the_role_whose_turn_it_is() {
    let role = |kinds: &[ActKind]| Play::of(kinds).state().holder_role();
    assert_eq!(role(&[K::Submit]), Some(Role::Reception));
    assert_eq!(role(&[K::ReceiveAtCounter]), Some(Role::Reception));
    assert_eq!(role(&[K::ReceiveAtCounter, K::AskSupplement]), Some(Role::Reception));
    assert_eq!(role(&[K::ReceiveAtCounter, K::Assign, K::AskSupplement]), Some(Role::Specialist));
    assert_eq!(role(&[K::ReceiveAtCounter, K::Assign, K::SubmitForApproval]), Some(Role::Leader));
    assert_eq!(role(&[K::ReceiveAtCounter, K::FinishAtOnce]), Some(Role::Reception));
    assert_eq!(role(&[K::ReceiveAtCounter, K::FinishAtOnce, K::Deliver]), None);
}

#[test]
fn only_an_opening_act_opens_a_dossier_and_only_once() {
    let mut play = Play::new();
    assert_eq!(play.act(&Act::ExpireDuty), Err(Refusal::NoDossier { act: K::ExpireDuty }));
    play.done(&submit());
    assert_eq!(play.act(&submit()), Err(Refusal::AlreadyOpened));
    let linked = Act::Submit { channel: Channel::Online, source: Source::Vneid, corrects: Some(String::new()) };
    assert_eq!(decide(None, &linked, monday()), Err(Refusal::MissingTarget));
}

#[test]
fn a_broken_record_is_no_dossier() {
    let record = Play::of(&[K::Submit, K::Accept, K::Assign]).record;
    assert!(replay(&record).is_some());
    assert_eq!(replay(&[]), None);
    assert_eq!(replay(&record[1..]), None);
    assert_eq!(replay(&[record[0].clone(), record[2].clone()]), None);
    assert_eq!(replay(&[record[0].clone(), record[0].clone()]), None);
    let reopened = Recorded { seq: 2, ..record[0].clone() };
    assert_eq!(replay(&[record[0].clone(), reopened]), None);
}

#[test]
fn the_json_of_events_keeps_its_names() {
    let record = Play::of(&[K::Submit, K::Accept]).record;
    let text = serde_json::to_string(&record[1]).unwrap();
    let due = 1_795_395_600_000 + HOUR + 4 * DAY;
    let expected = format!(
        concat!(
            r#"{{"seq":2,"at":1795399200000,"event":{{"kind":"accepted","reception":"#,
            r#"{{"code":"H15.50.05.13-261123-0007","received":1795399200000,"due":{due},"steps":["#,
            r#"{{"kind":"examine","role":"specialist"}},{{"kind":"verify","role":"civil_status"}},"#,
            r#"{{"kind":"approve","role":"leader"}},{{"kind":"sign","role":"leader"}},"#,
            r#"{{"kind":"issue","role":"records"}}]}}}}}}"#
        ),
        due = due
    );
    assert_eq!(text, expected);
    let older = r#"{"kind":"submitted","channel":"online","source":"national_portal"}"#;
    let event: Event = serde_json::from_str(older).unwrap();
    assert_eq!(event, Event::Submitted { channel: Channel::Online, source: Source::NationalPortal, corrects: None });
}

#[test]
fn a_legal_due_moment_past_the_promise_of_form_04_is_the_one_that_counts() {
    let mut play = Play::of(&[K::ReceiveAtCounter, K::Assign, K::Redate, K::AskDuty]);
    let promised = play.state().redated_due.unwrap();
    play.done(&Act::DutyMet { due: promised.plus_ms(DAY), redated_due: None, paid: payment(monday()) });
    assert_eq!((play.state().current_due(), play.state().is_redated()), (Some(promised.plus_ms(DAY)), true));
}

#[test]
fn a_limit_does_not_expire_over_a_withdrawal_that_waits() {
    for request in [K::AskSupplement, K::AskDuty] {
        let mut play = Play::of(&[K::ReceiveAtCounter, K::Assign, request, K::AskWithdrawal]).waited(90 * DAY);
        let expire = if request == K::AskDuty { Act::ExpireDuty } else { Act::ExpireSupplement };
        assert_eq!(play.act(&expire), Err(Refusal::WithdrawalPending));
        play.done(&Act::DeclineWithdrawal { reason: "Người nộp đổi ý".into() });
        assert_eq!(play.done(&expire).status, Status::Stopped);
    }
}

#[test]
fn an_opinion_has_its_own_limit_and_leaves_the_term_as_it_was() {
    let mut play = Play::of(&[K::ReceiveAtCounter, K::Assign]);
    let before = (play.state().due, play.state().clock(), play.state().sub_state);
    let ask = |office: &str, question: &str, respond_by| Act::AskOpinion {
        office: office.into(),
        question: question.into(),
        files: Vec::new(),
        respond_by,
    };
    assert_eq!(play.act(&ask("xa-a", " ", hours(500))), Err(Refusal::MissingQuestion));
    assert_eq!(play.act(&ask("xa-a", "Có chồng lấn không?", play.now)), Err(Refusal::RespondByPassed));
    play.done(&ask("xa-a", "Có chồng lấn không?", hours(500)));
    assert_eq!(play.act(&ask("xa-a", "Lần nữa?", hours(500))), Err(Refusal::AlreadyAsked));
    play.done(&ask("xa-b", "Có tranh chấp không?", hours(500)));
    assert_eq!((play.state().due, play.state().clock(), play.state().sub_state), before);

    let answer = |number, stance, words: &str| Act::AnswerOpinion { number, stance, words: words.into() };
    assert_eq!(play.act(&answer(1, Stance::AgreeWithConditions, "")), Err(Refusal::MissingWords));
    assert_eq!(play.act(&answer(3, Stance::Agree, "")), Err(Refusal::NothingAsked));
    play.done(&answer(1, Stance::Agree, ""));
    assert_eq!(play.act(&answer(1, Stance::Disagree, "Không")), Err(Refusal::NothingAsked), "answered once");
    assert_eq!(play.act(&Act::RecallOpinion { number: 2, reason: " ".into() }), Err(Refusal::MissingReason));
    play.done(&ask("xa-a", "Thêm một việc?", hours(500)));
    play.done(&Act::RecallOpinion { number: 2, reason: "Đã rõ".into() });
    play.done(&Act::Stop { reason: "Thôi".into() });
    let ends: Vec<_> = play.state().opinions.iter().map(|one| one.ended.map(|(_, end)| end)).collect();
    assert_eq!(ends, [OpinionEnd::Answered, OpinionEnd::Recalled, OpinionEnd::Lapsed].map(Some));
}
