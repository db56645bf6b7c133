//! The other ways a dossier goes: limits that pass, form 04, withdrawal, refusals, corrections.

use super::{
    engine::Home,
    house::{ALLOWANCE, DONG_XUAN, House, SAME_DAY, at},
};
use crate::on_both;
use domain::{
    dossier::{
        Collector, DeliveryMethod, Event, MoneyBack, Payment, PaymentState, PaymentWay, Posted, Proposal, Refusal,
        Settlement, Status, SupplementItem,
    },
    money::Dong,
    role::Role,
    time::Instant,
};
use office::{
    Config, Error,
    dossiers::Request,
    error::Problem,
    papers::{Facts, PaperKind, RanOut},
};
use uuid::Uuid;

fn refusal<T>(result: Result<T, Error>) -> Refusal {
    match result {
        Err(Error::Refused(refusal)) => refusal,
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("done"),
    }
}

fn request() -> Request {
    let item =
        SupplementItem { path_or_paper: "applicant.phone".into(), what: "Điện thoại".into(), why: "Sai".into() };
    Request { items: vec![item], reason: "Bổ sung".into(), basis: String::new() }
}

/// What a cashier notes.
pub fn payment() -> Payment {
    Payment {
        payer: "Ksor H'Nay".into(),
        amount: Dong(50_000),
        way: PaymentWay::Cash,
        on: at("2026-10-14T00:00").day(),
        proof: "0000123".into(),
    }
}

/// The papers of that kind, the oldest first.
pub async fn papers(house: &House, id: Uuid, kind: PaperKind) -> Vec<Facts> {
    let row = house.row(id).await;
    let mut tx = house.office.db().read().await.unwrap();
    let mut papers = store::papers::papers_of(&mut tx, row.office_id, id).await.unwrap();
    papers.retain(|paper| paper.kind == kind.key());
    // Under a fixed clock the ids of one moment are in no order.
    papers.sort_by_key(|paper| paper.issued_at);
    papers.into_iter().map(|paper| serde_json::from_value(paper.body).unwrap()).collect()
}

on_both!(a_supplement_that_never_came_ends_the_dossier_by_itself);
async fn a_supplement_that_never_came_ends_the_dossier_by_itself(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let resident = house.nay().await;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let specialist = house.staff(DONG_XUAN, Role::Specialist).await;
    let id = house.assigned(&resident, ALLOWANCE).await;
    let withdrawing = house.assigned(&resident, SAME_DAY).await;
    for dossier in [id, withdrawing] {
        office.ask_supplement(&specialist, dossier, request(), house.command(dossier).await).await.unwrap();
    }
    let command = house.command(withdrawing).await;
    office.ask_withdrawal(&resident, withdrawing, "Không cần nữa".into(), command).await.unwrap();
    // The other procedure gives thirty days, this one fifteen.
    let limit = Instant(house.row(id).await.queue_at);
    assert_eq!(limit.day(), at("2026-10-27T00:00").day());
    let worker = office.new_id();
    assert_eq!(office.run_out_clocks(worker).await.unwrap(), 0);
    house.clock.set(limit);
    assert_eq!(office.run_out_clocks(worker).await.unwrap(), 0, "the last moment of the limit still counts");
    house.clock.set(limit.plus_ms(1));
    assert_eq!(office.run_out_clocks(office.new_id()).await.unwrap(), 0, "another worker holds the lease");
    assert_eq!(office.run_out_clocks(worker).await.unwrap(), 1);
    assert_eq!(office.run_out_clocks(worker).await.unwrap(), 0);
    let row = house.row(id).await;
    assert_eq!(row.state.status, Status::Stopped);
    assert_eq!(house.events(id).await.last().map(String::as_str), Some("supplement_expired"));
    let stop = papers(&house, id, PaperKind::Stop).await;
    assert_eq!(stop.iter().map(|facts| facts.reason.as_str()).collect::<Vec<_>>(), ["Bổ sung"]);
    let by_system = "SELECT COUNT(*) FROM audit_rows WHERE act = 'supplement_expired' AND actor_kind = 'system'";
    assert_eq!(house.count(by_system).await, 1);
    // Too late to answer now.
    let late = office.answer_supplement(&resident, id, Default::default(), house.command(id).await).await;
    assert_eq!(refusal(late), Refusal::Terminal { status: Status::Stopped });

    // A withdrawal that waits for its clerk is never overtaken by the clock.
    house.clock.set(at("2026-12-31T09:00"));
    assert_eq!(office.run_out_clocks(worker).await.unwrap(), 0);
    let command = house.command(withdrawing).await;
    office.confirm_withdrawal(&clerk, withdrawing, Settlement::papers_returned(), command).await.unwrap();
    assert_eq!(house.row(withdrawing).await.state.status, Status::Withdrawn);
}

on_both!(form_04_goes_out_in_time_once_or_not_at_all);
async fn form_04_goes_out_in_time_once_or_not_at_all(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let resident = house.nay().await;
    let director = house.staff(DONG_XUAN, Role::CentreDirector).await;
    let [one, two] = [house.assigned(&resident, ALLOWANCE).await, house.assigned(&resident, ALLOWANCE).await];
    // Due at the closing of Thursday: by the closing of Wednesday at the latest.
    assert_eq!(house.row(one).await.due_at.map(Instant), Some(at("2026-10-15T17:00")));
    let redate = async |id: Uuid, day: &str, reason: &str| {
        let (day, command) = (at(&format!("{day}T00:00")).day(), house.command(id).await);
        office.redate_dossier(&director, id, day, reason.into(), command).await
    };
    house.clock.set(at("2026-10-14T17:00"));
    assert_eq!(refusal(redate(one, "2026-10-19", " ").await), Refusal::MissingReason);
    let saturday = redate(one, "2026-10-17", "Chờ xác minh").await;
    assert!(matches!(saturday, Err(Error::Invalid(Problem::DateInvalid("new_due")))), "{saturday:?}");
    let earlier = redate(one, "2026-10-15", "Chờ xác minh").await;
    assert_eq!(refusal(earlier), Refusal::DueMovedEarlier { current: at("2026-10-15T17:00") });
    redate(one, "2026-10-19", "Chờ xác minh").await.unwrap();
    let row = house.row(one).await;
    assert_eq!(row.state.redated_due, Some(at("2026-10-19T17:00")));
    assert_eq!(row.due_at.map(Instant), Some(at("2026-10-15T17:00")), "lateness is judged by the legal due moment");
    let apology = papers(&house, one, PaperKind::Apology).await.pop().unwrap();
    assert_eq!((apology.due_at, apology.new_due_at), (row.due_at.map(Instant), Some(at("2026-10-19T17:00"))));
    assert_eq!(refusal(redate(one, "2026-10-20", "Lại chờ").await), Refusal::AlreadyRedated);

    house.clock.set(at("2026-10-14T17:01"));
    let late = redate(two, "2026-10-19", "Chờ xác minh").await;
    assert_eq!(refusal(late), Refusal::RedateTooLate { latest_allowed: at("2026-10-14T17:00") });
    assert_eq!(house.row(two).await.state.redated_due, None);
    assert_eq!(house.count("SELECT COUNT(*) FROM papers WHERE kind = 'apology'").await, 1);
    // The refused one used up no number.
    assert_eq!(house.count("SELECT value FROM counters WHERE kind = 'apology'").await, 1);
}

on_both!(a_withdrawal_needs_its_clerk);
async fn a_withdrawal_needs_its_clerk(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let resident = house.nay().await;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let specialist = house.staff(DONG_XUAN, Role::Specialist).await;
    let leader = house.staff(DONG_XUAN, Role::Leader).await;
    let id = house.assigned(&resident, SAME_DAY).await;
    let early = office.confirm_withdrawal(&clerk, id, Settlement::papers_returned(), house.command(id).await).await;
    assert_eq!(refusal(early), Refusal::NothingAsked);
    office.ask_withdrawal(&resident, id, String::new(), house.command(id).await).await.unwrap();
    let command = house.command(id).await;
    office.submit_for_approval(&specialist, id, Proposal::Grant, String::new(), command).await.unwrap();
    // No result comes into being while the resident waits for an answer.
    let approved = office.approve_dossier(&leader, id, house.command(id).await).await;
    assert_eq!(refusal(approved), Refusal::WithdrawalPending);
    let again = office.ask_withdrawal(&resident, id, String::new(), house.command(id).await).await;
    assert_eq!(refusal(again), Refusal::AlreadyAsked);
    let silent = office.decline_withdrawal(&clerk, id, String::new(), house.command(id).await).await;
    assert_eq!(refusal(silent), Refusal::MissingReason);
    office.decline_withdrawal(&clerk, id, "Đã thẩm định xong".into(), house.command(id).await).await.unwrap();
    office.ask_withdrawal(&resident, id, "Vẫn rút".into(), house.command(id).await).await.unwrap();
    // Nothing was paid, so nothing goes back.
    let refund = Settlement { money: MoneyBack::Refunded, ..Settlement::papers_returned() };
    let nothing = office.confirm_withdrawal(&clerk, id, refund, house.command(id).await).await;
    assert_eq!(refusal(nothing), Refusal::NothingPaid);
    // The resident cannot confirm in the clerk's place.
    let own = office.confirm_withdrawal(&resident, id, Settlement::papers_returned(), house.command(id).await).await;
    assert!(matches!(own, Err(Error::Forbidden)), "{own:?}");
    office.confirm_withdrawal(&clerk, id, Settlement::papers_returned(), house.command(id).await).await.unwrap();
    let row = house.row(id).await;
    assert_eq!((row.state.status, row.finished_at), (Status::Withdrawn, None));
    let ended = ["withdrawal_asked", "withdrawal_declined", "withdrawal_asked", "withdrawn"];
    let events: Vec<String> = house.events(id).await.into_iter().filter(|name| name.starts_with("withdraw")).collect();
    assert_eq!(events, ended);
}

on_both!(a_corrected_result_keeps_the_one_before);
async fn a_corrected_result_keeps_the_one_before(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let resident = house.nay().await;
    let specialist = house.staff(DONG_XUAN, Role::Specialist).await;
    let leader = house.staff(DONG_XUAN, Role::Leader).await;
    let id = house.assigned(&resident, SAME_DAY).await;
    let decide = async |proposal: Proposal, note: &str| {
        let command = house.command(id).await;
        office.submit_for_approval(&specialist, id, proposal, note.into(), command).await.unwrap();
        office.approve_dossier(&leader, id, house.command(id).await).await.unwrap();
    };
    decide(Proposal::Grant, "").await;
    assert_eq!(house.row(id).await.state.status, Status::Done);
    let silent = office.correct_result(&leader, id, String::new(), house.command(id).await).await;
    assert_eq!(refusal(silent), Refusal::MissingReason);
    house.clock.set(at("2026-10-12T14:00"));
    office.correct_result(&leader, id, "Sai tên".into(), house.command(id).await).await.unwrap();
    let row = house.row(id).await;
    assert_eq!((row.state.status, row.finished_at), (Status::Processing, None));
    assert_eq!(row.assignee, specialist.staff().map(|staff| staff.id), "back to the person who examined it");
    house.clock.set(at("2026-10-12T15:00"));
    decide(Proposal::Deny, "Không đủ điều kiện").await;

    let results = office.my_dossier(&resident, id).await.unwrap().results;
    let versions: Vec<_> = results.iter().map(|r| (r.version, r.granted, r.replaced_at.map(Instant))).collect();
    assert_eq!(versions, [(1, true, Some(at("2026-10-12T14:00"))), (2, false, None)]);
    assert_ne!(results[0].paper_id, results[1].paper_id);
    let letters = papers(&house, id, PaperKind::Result).await;
    assert_eq!(letters.len(), 2);
    assert_eq!((letters[1].granted, letters[1].reason.as_str()), (false, "Không đủ điều kiện"));
    house.events(id).await;
}

on_both!(a_refusal_to_accept_is_final_and_says_why);
async fn a_refusal_to_accept_is_final_and_says_why(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let resident = house.nay().await;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let id = house.submitted(&resident, ALLOWANCE).await;
    let silent = office.refuse_to_accept(&clerk, id, "  ".into(), house.command(id).await).await;
    assert_eq!(refusal(silent), Refusal::MissingReason);
    let reason = "Không thuộc thẩm quyền";
    office.refuse_to_accept(&clerk, id, reason.into(), house.command(id).await).await.unwrap();
    let row = house.row(id).await;
    assert_eq!((row.state.status, row.code), (Status::NotAccepted, None));
    let form_03 = papers(&house, id, PaperKind::Refusal).await;
    assert_eq!(form_03.iter().map(|facts| facts.reason.as_str()).collect::<Vec<_>>(), [reason]);
    let accepted = office.accept_dossier(&clerk, id, None, house.command(id).await).await;
    assert_eq!(refusal(accepted), Refusal::Terminal { status: Status::NotAccepted });
    assert_eq!(house.count("SELECT COUNT(*) FROM counters WHERE kind = 'dossier'").await, 0, "no code was used up");
}

on_both!(a_duty_stops_the_clock_until_it_is_met);
async fn a_duty_stops_the_clock_until_it_is_met(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let resident = house.nay().await;
    let specialist = house.staff(DONG_XUAN, Role::Specialist).await;
    let cashier = house.staff(DONG_XUAN, Role::Cashier).await;
    let id = house.assigned(&resident, ALLOWANCE).await;
    house.clock.set(at("2026-10-13T08:00"));
    office.ask_duty(&specialist, id, "Lệ phí 50.000 đồng".into(), house.command(id).await).await.unwrap();
    assert_eq!(house.row(id).await.state.status, Status::DutyAsked);
    // Tuesday and Wednesday close while it waits.
    house.clock.set(at("2026-10-15T08:00"));
    office.duty_met(&cashier, id, payment(), house.command(id).await).await.unwrap();
    let row = house.row(id).await;
    assert_eq!(row.state.status, Status::Processing);
    assert_eq!(row.due_at.map(Instant), Some(at("2026-10-19T17:00")));
    assert_eq!(row.queue_at, row.due_at.unwrap());
    assert_eq!(house.events(id).await.last().map(String::as_str), Some("duty_met"));
    let noted = office.dossier(&cashier, id).await.unwrap().events.pop().unwrap().body;
    assert!(matches!(noted, Event::DutyMet { paid: Some(paid), .. } if paid == payment()), "who paid what is kept");
}

on_both!(a_duty_that_was_not_met_in_time_stops_the_dossier_where_the_procedure_says_so);
async fn a_duty_that_was_not_met_in_time_stops_the_dossier_where_the_procedure_says_so(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let resident = house.nay().await;
    let specialist = house.staff(DONG_XUAN, Role::Specialist).await;
    // Received before the procedure had a limit: it waits for ever.
    let patient = house.assigned(&resident, ALLOWANCE).await;
    office.ask_duty(&specialist, patient, "Lệ phí".into(), house.command(patient).await).await.unwrap();
    house.change_local(ALLOWANCE, |local| local.days_to_pay = Some(10)).await;
    let id = house.assigned(&resident, ALLOWANCE).await;
    office.ask_duty(&specialist, id, "Lệ phí 50.000 đồng".into(), house.command(id).await).await.unwrap();
    let limit = house.row(id).await.state.duty.unwrap().respond_by.unwrap();
    assert_eq!(limit, at("2026-10-22T17:00"), "ten days, to the closing of the last");
    let worker = office.new_id();
    house.clock.set(limit);
    assert_eq!(office.run_out_clocks(worker).await.unwrap(), 0);
    house.clock.set(limit.plus_ms(1));
    assert_eq!(office.run_out_clocks(worker).await.unwrap(), 1);
    assert_eq!(office.run_out_clocks(worker).await.unwrap(), 0);
    assert_eq!(house.row(id).await.state.status, Status::Stopped);
    assert_eq!(house.row(patient).await.state.status, Status::DutyAsked);
    assert_eq!(house.events(id).await.last().map(String::as_str), Some("duty_expired"));
    let stop = papers(&house, id, PaperKind::Stop).await;
    assert_eq!((stop[0].ran_out, stop[0].deadline), (Some(RanOut::Duty), Some(limit)));
}

on_both!(clocks_run_out_to_the_last_of_them_whatever_stands_before);
async fn clocks_run_out_to_the_last_of_them_whatever_stands_before(home: Home) {
    // A worker that reads two at a time, and the first three cannot be ended.
    let house = House::open_with(home, Config { worker_batch: 2, ..Config::default() }).await;
    let office = &house.office;
    let resident = house.nay().await;
    let specialist = house.staff(DONG_XUAN, Role::Specialist).await;
    let mut dossiers = Vec::new();
    for minute in 0..7 {
        house.clock.set(at("2026-10-12T09:00").plus_ms(minute * 60_000));
        let id = house.assigned(&resident, ALLOWANCE).await;
        office.ask_supplement(&specialist, id, request(), house.command(id).await).await.unwrap();
        dossiers.push(id);
    }
    for id in &dossiers[..3] {
        office.ask_withdrawal(&resident, *id, String::new(), house.command(*id).await).await.unwrap();
    }
    house.clock.set(at("2026-12-01T09:00"));
    assert_eq!(office.run_out_clocks(office.new_id()).await.unwrap(), 4);
    for id in &dossiers[3..] {
        assert_eq!(house.row(*id).await.state.status, Status::Stopped);
    }
}

on_both!(fees_are_noted_beside_the_clock);
async fn fees_are_noted_beside_the_clock(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let resident = house.nay().await;
    let cashier = house.staff(DONG_XUAN, Role::Cashier).await;
    let specialist = house.staff(DONG_XUAN, Role::Specialist).await;
    let id = house.assigned(&resident, ALLOWANCE).await;
    house.clock.set(at("2026-10-14T10:00"));
    let due = house.row(id).await.due_at;
    let command = house.command(id).await;
    let paid = PaymentState::Paid;
    let by_specialist = office.note_payment(&specialist, id, paid, Some(payment()), String::new(), command).await;
    assert!(matches!(by_specialist, Err(Error::Forbidden)), "{by_specialist:?}");
    let without = office.note_payment(&cashier, id, paid, None, String::new(), command).await;
    assert_eq!(refusal(without), Refusal::MissingAmount);
    for _ in 0..2 {
        // A repeat of the command notes nothing more.
        office.note_payment(&cashier, id, paid, Some(payment()), String::new(), command).await.unwrap();
    }
    let row = house.row(id).await;
    assert_eq!((row.state.payment, row.due_at, row.state.status), (paid, due, Status::Processing));
    assert_eq!(
        (row.state.fees.paid, row.state.fees.refunded),
        (payment().amount, Dong(0)),
        "the money stands there once"
    );
    assert_eq!(house.events(id).await.iter().filter(|name| *name == "payment_noted").count(), 1);
}

on_both!(a_result_goes_by_post_or_to_somebody_entitled_with_what_proves_it);
async fn a_result_goes_by_post_or_to_somebody_entitled_with_what_proves_it(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let resident = house.nay().await;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let finish = async || {
        let id = house.accepted(&resident, ALLOWANCE).await;
        office.finish_at_once(&clerk, id, house.command(id).await).await.unwrap();
        id
    };
    let applicant = Collector { name: "Ksor H'Nay".into(), is_applicant: true, identity_paper: None, authority: None };
    let by_post = finish().await;
    house.clock.set(at("2026-10-15T09:00"));
    let command = house.command(by_post).await;
    let bare = office.deliver_dossier(&clerk, by_post, applicant.clone(), DeliveryMethod::Post, None, command).await;
    assert_eq!(refusal(bare), Refusal::MissingPostDetails);
    let posted = Posted {
        carrier: "Bưu điện Đồng Xuân".into(),
        tracking: "EL123456789VN".into(),
        on: at("2026-10-14T00:00").day(),
    };
    let details = Some(posted.clone());
    office.deliver_dossier(&clerk, by_post, applicant, DeliveryMethod::Post, details, command).await.unwrap();
    let view = office.my_dossier(&resident, by_post).await.unwrap();
    assert_eq!(view.row.state.status, Status::Delivered);
    let last = view.events.last().unwrap().body.clone();
    assert!(
        matches!(last, Event::Delivered { posted: Some(kept), .. } if kept == posted),
        "what the post says is kept"
    );

    let by_other = finish().await;
    let other = Collector {
        name: "Rơ Ô H'Bia".into(),
        is_applicant: false,
        identity_paper: None,
        authority: Some("Giấy ủy quyền".into()),
    };
    let command = house.command(by_other).await;
    let nameless =
        office.deliver_dossier(&clerk, by_other, other.clone(), DeliveryMethod::Counter, None, command).await;
    assert_eq!(refusal(nameless), Refusal::MissingIdentityPaper);
    let known = Collector { identity_paper: Some("054190004321".into()), ..other };
    office.deliver_dossier(&clerk, by_other, known, DeliveryMethod::Counter, None, command).await.unwrap();
    assert_eq!(house.row(by_other).await.state.status, Status::Delivered);
    house.events(by_other).await;
}
