//! What queues, tags and residents are told of a limit: that the clock stands still in a pause, that asking for a
//! supplement makes nobody on time, and from when a dossier is due soon.

use super::{
    engine::Home,
    house::{ALLOWANCE, DONG_XUAN, House, at, trace},
};
use crate::on_both;
use domain::{
    dossier::{Exclusion, Status, SupplementItem},
    role::Role,
    time::Instant,
    working_time::OpenTerm,
};
use office::{
    Who,
    dossiers::Request,
    queues::{Narrow, Queue, standing},
};
use uuid::Uuid;

/// The ids in a queue as that person sees it, which are as many as its count says, and how each stands.
async fn listed(house: &House, who: &Who, queue: Queue) -> Vec<(Uuid, Option<OpenTerm>)> {
    let page = house.office.queue(who, queue, &Narrow::default(), None).await.unwrap();
    let counts = house.office.queue_counts(who).await.unwrap();
    let count = counts.iter().find(|(one, _)| *one == queue).expect("a queue of the menu").1;
    assert_eq!(count, page.rows.len() as i64, "{queue:?} is counted as it is listed");
    page.rows.iter().map(|row| (row.id, standing(row, house.clock.now()))).collect()
}

fn request(reason: &str) -> Request {
    let item =
        SupplementItem { path_or_paper: "applicant.phone".into(), what: "Điện thoại".into(), why: "Sai".into() };
    Request { items: vec![item], reason: reason.into(), basis: "Nghị định 118/2025/NĐ-CP".into() }
}

on_both!(a_dossier_that_waits_over_its_due_moment_is_late_nowhere);
async fn a_dossier_that_waits_over_its_due_moment_is_late_nowhere(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let resident = house.nay().await;
    let specialist = house.staff(DONG_XUAN, Role::Specialist).await;
    let suspend = async |id: Uuid| {
        let command = house.command(id).await;
        office.suspend_clock(&specialist, id, Exclusion::Verification, "Xác minh".into(), command).await.unwrap();
    };
    // Three of Monday morning, all due on Thursday at 17:00.
    let running = house.assigned(&resident, ALLOWANCE).await;
    let waits = house.assigned(&resident, ALLOWANCE).await;
    let late = house.assigned(&resident, ALLOWANCE).await;
    house.clock.set(at("2026-10-14T09:00"));
    assert_eq!(listed(&house, &specialist, Queue::DueSoon).await.len(), 3, "a working day is left");
    suspend(waits).await;
    let soon = listed(&house, &specialist, Queue::DueSoon).await;
    assert!(
        soon.len() == 2 && soon.iter().all(|(id, tag)| *id != waits && *tag == Some(OpenTerm::DueSoon)),
        "{soon:?}"
    );
    house.clock.set(at("2026-10-16T09:00"));
    suspend(late).await;

    house.clock.set(at("2026-10-20T09:00"));
    let mut overdue = listed(&house, &specialist, Queue::Overdue).await;
    overdue.sort_unstable_by_key(|(id, _)| *id);
    let mut expected = [running, late].map(|id| (id, Some(OpenTerm::Overdue)));
    expected.sort_unstable_by_key(|(id, _)| *id);
    assert_eq!(overdue, expected, "late are the one that runs and the one whose due moment lay before its pause");
    assert_eq!(listed(&house, &specialist, Queue::DueSoon).await, []);
    let mine = listed(&house, &specialist, Queue::Mine).await;
    assert!(mine.contains(&(waits, Some(OpenTerm::Paused))), "{mine:?}");

    // Whoever asks is told the day that is explained, not the one that came and went.
    let row = house.row(waits).await;
    assert_eq!(row.due_at.map(Instant), Some(at("2026-10-15T17:00")));
    // That closing by the clock of the world, read by nobody's rules: 2026-10-15T10:00:00Z.
    assert_eq!(row.due_at, Some(1_792_058_400_000));
    let explained = office.dossier(&specialist, waits).await.unwrap().due.unwrap().due;
    assert_eq!(explained, at("2026-10-21T17:00"));
    assert_eq!(office.promise_of(&row), Some(explained));
    let look_up = async |id: Uuid| {
        let row = house.row(id).await;
        office.look_up(&Who::anyone(trace()), &row.code.unwrap(), &row.lookup_code).await.unwrap()
    };
    let found = look_up(waits).await;
    assert_eq!((found.is_paused, found.is_late, found.due), (true, false, Some(explained)));
    let found = look_up(late).await;
    assert_eq!((found.is_paused, found.is_late, found.due), (true, true, Some(at("2026-10-15T17:00"))));
    let found = look_up(running).await;
    assert_eq!((found.is_paused, found.is_late), (false, true));

    // The clock goes on: so do the limit, the queue and the tag.
    office.resume_clock(&specialist, waits, house.command(waits).await).await.unwrap();
    let row = house.row(waits).await;
    assert_eq!((row.paused_at, row.due_at.map(Instant)), (None, Some(explained)));
    assert_eq!(listed(&house, &specialist, Queue::DueSoon).await, [(waits, Some(OpenTerm::DueSoon))]);
}

on_both!(a_long_term_is_listed_as_due_soon_when_a_fifth_is_left);
async fn a_long_term_is_listed_as_due_soon_when_a_fifth_is_left(home: Home) {
    let house = House::open(home).await;
    let resident = house.nay().await;
    let specialist = house.staff(DONG_XUAN, Role::Specialist).await;
    house
        .change_local(ALLOWANCE, |local| {
            local.term.amount = Some(20);
            local.other_terms.clear();
        })
        .await;
    let id = house.assigned(&resident, ALLOWANCE).await;
    let row = house.row(id).await;
    assert_eq!(row.due_at.map(Instant), Some(at("2026-11-09T17:00")));
    // 166 hours from Monday at nine to the last closing: a fifth is 33 hours and 12 minutes, four days and more.
    let from = Instant(row.due_soon_at.unwrap());
    assert_eq!(from, at("2026-11-03T15:48"));
    house.clock.set(from.plus_ms(-1));
    assert_eq!(listed(&house, &specialist, Queue::DueSoon).await, []);
    assert_eq!(listed(&house, &specialist, Queue::Mine).await, [(id, Some(OpenTerm::Comfortable))]);
    house.clock.set(from);
    assert_eq!(listed(&house, &specialist, Queue::DueSoon).await, [(id, Some(OpenTerm::DueSoon))]);
    house.clock.set(at("2026-11-09T17:00").plus_ms(1));
    assert_eq!(listed(&house, &specialist, Queue::DueSoon).await, []);
    assert_eq!(listed(&house, &specialist, Queue::Overdue).await, [(id, Some(OpenTerm::Overdue))]);
}

on_both!(asking_for_a_supplement_makes_no_late_acceptance_on_time);
async fn asking_for_a_supplement_makes_no_late_acceptance_on_time(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let resident = house.nay().await;
    let reception = house.staff(DONG_XUAN, Role::Reception).await;
    let ask_and_answer = async |id: Uuid, asked: &str, answered: &str| {
        house.clock.set(at(asked));
        office.ask_supplement(&reception, id, request("Bổ sung"), house.command(id).await).await.unwrap();
        house.clock.set(at(answered));
        let corrected = [("applicant.phone".to_string(), "0905 123 456".to_string())].into();
        office.answer_supplement(&resident, id, corrected, house.command(id).await).await.unwrap();
    };
    // Both handed in on Monday at nine: to be answered by Tuesday at nine.
    let in_time = house.submitted(&resident, ALLOWANCE).await;
    let late = house.submitted(&resident, ALLOWANCE).await;
    let limit_of = async |id: Uuid| {
        let row = house.row(id).await;
        let why = office.dossier(&reception, id).await.unwrap().due.unwrap();
        assert_eq!(Some(why.due.0), row.accept_by, "it is explained by the same rule");
        assert_eq!((row.state.status, row.queue_at), (Status::Registered, why.due.0));
        assert_eq!(row.state.waits.len(), row.state.supplement_round as usize);
        why.due
    };
    assert_eq!(limit_of(in_time).await, at("2026-10-13T09:00"));
    // One hour is left of its limit when it is sent back, and one when it comes again.
    ask_and_answer(in_time, "2026-10-13T08:00", "2026-10-16T10:00").await;
    assert_eq!(limit_of(in_time).await, at("2026-10-16T11:00"));
    // The other was late already.
    ask_and_answer(late, "2026-10-16T10:00", "2026-10-19T10:00").await;
    assert_eq!(limit_of(late).await, at("2026-10-13T09:00"), "late stays late");
    let waiting = listed(&house, &reception, Queue::AwaitingAcceptance).await;
    assert!(waiting.contains(&(late, Some(OpenTerm::Overdue))), "{waiting:?}");
    // A second time, ten minutes before its limit.
    ask_and_answer(in_time, "2026-10-19T10:00", "2026-10-20T08:00").await;
    assert_eq!(limit_of(in_time).await, at("2026-10-16T11:00"), "what had passed is not asked away");
    house.events(in_time).await;
}
