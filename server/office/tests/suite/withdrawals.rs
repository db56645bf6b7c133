//! What a withdrawal owes: papers handed back or to be fetched, money refunded or not; in sight until it is settled.

use super::{
    endings::{papers, payment},
    engine::Home,
    house::{ALLOWANCE, DONG_XUAN, House, SAME_DAY, XUAN_LANH, at},
    messages::{self, Post, pair, send, states},
};
use crate::on_both;
use domain::{
    dossier::{MoneyBack, PapersBack, PaymentState, Refusal, Settlement, Status, SubState},
    message::{Means, Message},
    money::Dong,
    role::Role,
};
use office::{
    Config, Error, Uuid, Who,
    counter::WalkIn,
    messages::Worded,
    papers::{PaperKind, Returned},
    queues::{Narrow, Queue},
    stuck::{Backlog, Stuck},
};
use store::dossiers::PaperListed;

fn refused<T: std::fmt::Debug>(result: Result<T, Error>) -> Refusal {
    match result {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

fn said(papers: PapersBack, money: MoneyBack) -> Settlement {
    Settlement { papers, money, ..Settlement::papers_returned() }
}

/// Received at the counter with an original, and asked back there by somebody who is told by telephone.
async fn asked_back(house: &House) -> Uuid {
    let office = &house.office;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let original = PaperListed { name: "Giấy chứng sinh".into(), originals: 1, copies: 0 };
    let walk_in = WalkIn {
        procedure_code: SAME_DAY.into(),
        name: "Sô Minh Thuận".into(),
        phone: "0905 123 456".into(),
        papers: vec![original],
        tell_by_phone: true,
        ..WalkIn::default()
    };
    let id = office.receive_at_counter(&clerk, DONG_XUAN, walk_in, office.new_id()).await.unwrap();
    office.ask_withdrawal(&clerk, id, String::new(), house.command(id).await).await.unwrap();
    id
}

/// A fee was paid for it, and its resident asks for it back.
async fn asked_back_after_paying(house: &House, resident: &Who, procedure: &str) -> Uuid {
    let office = &house.office;
    let cashier = house.staff(DONG_XUAN, Role::Cashier).await;
    let id = house.assigned(resident, procedure).await;
    let (state, command) = (PaymentState::Paid, house.command(id).await);
    office.note_payment(&cashier, id, state, Some(payment()), String::new(), command).await.unwrap();
    office.ask_withdrawal(resident, id, String::new(), house.command(id).await).await.unwrap();
    id
}

/// The withdrawn dossiers that are not settled, as a role of a unit sees them.
async fn in_sight(house: &House, unit: i64, role: Role) -> Vec<(Option<Role>, i64)> {
    let who = house.staff(unit, role).await;
    let stuck = house.office.stuck(&who).await.unwrap().into_iter();
    let line = |one: Stuck| match one {
        Stuck::Dossiers { backlog: Backlog::NotSettled, holder, dossiers, .. } => Some((holder, dossiers)),
        _ => None,
    };
    stuck.filter_map(line).collect()
}

/// What waits in the queue of papers and money, as reception of a unit sees it: as many as its count says.
async fn in_queue(house: &House, unit: i64) -> Vec<Uuid> {
    let clerk = house.staff(unit, Role::Reception).await;
    let page = house.office.queue(&clerk, Queue::AwaitingSettlement, &Narrow::default(), None).await.unwrap();
    let counts = house.office.queue_counts(&clerk).await.unwrap();
    let count = counts.iter().find(|(queue, _)| *queue == Queue::AwaitingSettlement).expect("a queue of the menu").1;
    assert_eq!(count, page.rows.len() as i64, "it is counted as it is listed");
    page.rows.iter().map(|row| row.id).collect()
}

/// Nothing waits.
const NOTHING: [Uuid; 0] = [];

on_both!(papers_that_wait_at_the_counter_are_in_sight_until_they_are_fetched);
async fn papers_that_wait_at_the_counter_are_in_sight_until_they_are_fetched(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let specialist = house.staff(DONG_XUAN, Role::Specialist).await;
    let id = asked_back(&house).await;
    let kept = said(PapersBack::NothingKept, MoneyBack::NothingPaid);
    let denied = office.confirm_withdrawal(&clerk, id, kept, house.command(id).await).await;
    assert_eq!(refused(denied), Refusal::PapersNotReturned, "an original was ticked");
    assert_eq!(house.row(id).await.state.status, Status::Accepted, "nothing of it happened");

    let waits = said(PapersBack::ToFetch, MoneyBack::NothingPaid);
    office.confirm_withdrawal(&clerk, id, waits, house.command(id).await).await.unwrap();
    let row = house.row(id).await;
    assert_eq!((row.status, row.sub_state.as_str(), row.holder_role.as_str()), (7, "awaiting_settlement", "reception"));
    assert_eq!(papers(&house, id, PaperKind::ReturnSlip).await.len(), 0, "nobody signs for what is not in hand");
    house.clock.set(at("2026-10-16T10:00"));
    for role in [Role::Administrator, Role::Controller, Role::Leader, Role::CentreDirector] {
        assert_eq!(in_sight(&house, DONG_XUAN, role).await, [(Some(Role::Reception), 1)], "{role:?}");
        assert_eq!(in_sight(&house, XUAN_LANH, role).await, [], "{role:?}");
    }
    assert_eq!(in_queue(&house, DONG_XUAN).await, [id]);
    assert_eq!(in_queue(&house, XUAN_LANH).await, NOTHING, "each unit has its own");
    let second = asked_back(&house).await;
    let waits = said(PapersBack::ToFetch, MoneyBack::NothingPaid);
    office.confirm_withdrawal(&clerk, second, waits, house.command(second).await).await.unwrap();
    assert_eq!(in_queue(&house, DONG_XUAN).await, [id, second], "the oldest first");
    office.settle_withdrawal(&clerk, second, Settlement::papers_returned(), house.command(second).await).await.unwrap();

    let returned = Settlement::papers_returned();
    let foreign = office.settle_withdrawal(&specialist, id, returned.clone(), house.command(id).await).await;
    assert!(matches!(foreign, Err(Error::Forbidden)), "{foreign:?}");
    let command = house.command(id).await;
    for _ in 0..2 {
        // A repeat of the command hands nothing back twice.
        office.settle_withdrawal(&clerk, id, returned.clone(), command).await.unwrap();
    }
    assert_eq!(in_sight(&house, DONG_XUAN, Role::Controller).await, []);
    assert_eq!(in_queue(&house, DONG_XUAN).await, NOTHING);
    let row = house.row(id).await;
    assert_eq!((row.state.sub_state, row.holder_role.as_str()), (SubState::Closed, ""));
    let slips = papers(&house, id, PaperKind::ReturnSlip).await;
    let expected = Returned { papers: Some(PapersBack::Returned), money: None, refund: None };
    assert_eq!(slips.iter().map(|slip| slip.returned.clone()).collect::<Vec<_>>(), [Some(expected)]);
    assert_eq!(slips[0].papers[0].name, "Giấy chứng sinh");
    assert_eq!(house.events(id).await.iter().filter(|name| *name == "withdrawal_settled").count(), 1);
    let again = office.settle_withdrawal(&clerk, id, returned, house.command(id).await).await;
    assert_eq!(refused(again), Refusal::Terminal { status: Status::Withdrawn });
}

on_both!(money_that_was_paid_is_refunded_in_words_or_stays_for_a_reason);
async fn money_that_was_paid_is_refunded_in_words_or_stays_for_a_reason(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let resident = house.nay().await;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    house.clock.set(at("2026-10-14T10:00"));
    let refunded = asked_back_after_paying(&house, &resident, ALLOWANCE).await;
    let later = asked_back_after_paying(&house, &resident, SAME_DAY).await;
    let silent = Settlement::papers_returned();
    let denied = office.confirm_withdrawal(&clerk, refunded, silent, house.command(refunded).await).await;
    assert_eq!(refused(denied), Refusal::MoneyNotSettled);
    let back = Settlement { refund: Some(payment()), ..said(PapersBack::NothingKept, MoneyBack::Refunded) };
    office.confirm_withdrawal(&clerk, refunded, back, house.command(refunded).await).await.unwrap();
    let row = house.row(refunded).await;
    assert_eq!((row.state.payment, row.state.money_held()), (PaymentState::Refunded, Dong(0)));
    assert_eq!(house.events(refunded).await.iter().rev().take(2).collect::<Vec<_>>(), ["payment_noted", "withdrawn"]);
    let slip = papers(&house, refunded, PaperKind::ReturnSlip).await.pop().unwrap();
    assert_eq!(slip.returned.and_then(|returned| returned.refund), Some(payment()));

    // Nothing is said of the money yet: it waits, and the reason is owed in the end.
    let open = said(PapersBack::NothingKept, MoneyBack::Later);
    office.confirm_withdrawal(&clerk, later, open, house.command(later).await).await.unwrap();
    house.clock.set(at("2026-10-15T10:00"));
    assert_eq!(in_sight(&house, DONG_XUAN, Role::Leader).await, [(Some(Role::Reception), 1)]);
    let kept = said(PapersBack::Returned, MoneyBack::Kept);
    let denied = office.settle_withdrawal(&clerk, later, kept.clone(), house.command(later).await).await;
    assert_eq!(refused(denied), Refusal::MissingReason);
    let kept = Settlement { reason: "Đã thẩm định".into(), ..kept };
    office.settle_withdrawal(&clerk, later, kept, house.command(later).await).await.unwrap();
    assert_eq!(in_sight(&house, DONG_XUAN, Role::Leader).await, []);
    let slip = papers(&house, later, PaperKind::ReturnSlip).await.pop().unwrap();
    assert_eq!(slip.reason, "Đã thẩm định");
    assert_eq!(slip.returned.map(|returned| (returned.papers, returned.money)), Some((None, Some(MoneyBack::Kept))));
}

on_both!(what_an_ended_office_left_open_is_settled_by_the_one_that_continues_it);
async fn what_an_ended_office_left_open_is_settled_by_the_one_that_continues_it(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let heir = house.staff(XUAN_LANH, Role::Reception).await;
    let id = asked_back(&house).await;
    let waits = said(PapersBack::ToFetch, MoneyBack::NothingPaid);
    office.confirm_withdrawal(&clerk, id, waits, house.command(id).await).await.unwrap();
    super::passing::join(&house).await;
    assert_eq!(in_sight(&house, XUAN_LANH, Role::Controller).await, [(Some(Role::Reception), 1)]);
    assert_eq!(in_queue(&house, XUAN_LANH).await, [id]);
    office.settle_withdrawal(&heir, id, Settlement::papers_returned(), house.command(id).await).await.unwrap();
    assert_eq!(in_sight(&house, XUAN_LANH, Role::Controller).await, []);
    assert_eq!(in_queue(&house, XUAN_LANH).await, NOTHING);
}

on_both!(a_resident_is_told_what_a_withdrawal_leaves_open_and_how_each_part_of_it_ends);
async fn a_resident_is_told_what_a_withdrawal_leaves_open_and_how_each_part_of_it_ends(home: Home) {
    let house = messages::open(home).await;
    let office = &house.office;
    let resident = house.nay().await;
    messages::told_by(&house, &resident, Means::Email).await;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let cashier = house.staff(DONG_XUAN, Role::Cashier).await;
    house.clock.set(at("2026-10-14T10:00"));
    let slow = asked_back_after_paying(&house, &resident, ALLOWANCE).await;
    let quick = asked_back_after_paying(&house, &resident, SAME_DAY).await;
    for id in [slow, quick] {
        let open = said(PapersBack::ToFetch, MoneyBack::Later);
        office.confirm_withdrawal(&clerk, id, open, house.command(id).await).await.unwrap();
    }
    // All of it is settled before a worker ran: what waited is no news any more.
    let all = Settlement { refund: Some(payment()), ..said(PapersBack::Returned, MoneyBack::Refunded) };
    office.settle_withdrawal(&clerk, quick, all, house.command(quick).await).await.unwrap();
    let post = Post::default();
    assert_eq!(send(&house, Means::Email, &post).await, 2);
    let received = pair("received", "dropped");
    assert_eq!(states(&house, slow).await, [received.clone(), pair("withdrawn_owing", "sent")]);
    let expected = [received, pair("withdrawn_owing", "dropped"), pair("withdrawal_settled", "sent")];
    assert_eq!(states(&house, quick).await, expected, "the refund is told with what it settles");

    // One after the other: papers are fetched, and whoever keeps the money notes its refund.
    let fetched = said(PapersBack::Returned, MoneyBack::Later);
    office.settle_withdrawal(&clerk, slow, fetched, house.command(slow).await).await.unwrap();
    let (refunded, why) = (PaymentState::Refunded, "Người nộp rút hồ sơ".to_string());
    office.note_payment(&cashier, slow, refunded, Some(payment()), why, house.command(slow).await).await.unwrap();
    assert_eq!(in_queue(&house, DONG_XUAN).await, NOTHING);
    assert_eq!(send(&house, Means::Email, &post).await, 2);
    let told: Vec<Message> = messages::messages(&house, slow).await.into_iter().skip(2).map(|row| row.body).collect();
    let papers = Message::WithdrawalSettled { papers: true, money: None };
    let money = Message::WithdrawalSettled { papers: false, money: Some(MoneyBack::Refunded) };
    assert_eq!(told, [papers, money]);
}

on_both!(whoever_has_papers_to_fetch_is_told_of_the_counter_that_keeps_them_now);
async fn whoever_has_papers_to_fetch_is_told_of_the_counter_that_keeps_them_now(home: Home) {
    let config = Config {
        message_means: Means::ALL.to_vec(),
        message_words: |told| Worded {
            subject: String::new(),
            body: format!("{}: {}, {}", told.message.key(), told.office_name, told.desk_address),
        },
        ..Config::default()
    };
    let house = House::open_with(home, config).await;
    let office = &house.office;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let counter = "xa-xuan-lanh-phuc-vu-hanh-chinh-cong";
    office.set_contact(&Who::operator("lan"), counter, Some("Thôn Lãnh Vân"), None).await.unwrap();
    let id = asked_back(&house).await;
    let waits = said(PapersBack::ToFetch, MoneyBack::NothingPaid);
    office.confirm_withdrawal(&clerk, id, waits, house.command(id).await).await.unwrap();
    // Its office ends before a worker ran.
    super::passing::join(&house).await;
    let post = Post::default();
    assert_eq!(send(&house, Means::Sms, &post).await, 1);
    assert_eq!(post.bodies(), ["withdrawn_owing: Uy ban nhan dan xa Xuan Lanh, Thon Lanh Van"]);
}
