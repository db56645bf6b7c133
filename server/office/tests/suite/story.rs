//! Dossiers from the first letter typed to the last act.

use super::{
    engine::Home,
    house::{ALLOWANCE, DONG_XUAN, House, SAME_DAY, answers, at},
};
use crate::on_both;
use domain::{
    code::{CaseCode, TemporaryCode},
    dossier::{Collector, DeliveryMethod, Proposal, Rating, RatingReason, Refusal, Status, SubState, SupplementItem},
    role::Role,
    time::Instant,
};
use office::{
    Error,
    dossiers::Request,
    error::Problem,
    papers::{Facts, PaperKind},
    queues::{Narrow, Queue},
};

on_both!(a_dossier_goes_from_a_draft_to_a_rating);
async fn a_dossier_goes_from_a_draft_to_a_rating(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let resident = house.nay().await;
    let reception = house.staff(DONG_XUAN, Role::Reception).await;
    let specialist = house.staff(DONG_XUAN, Role::Specialist).await;
    let leader = house.staff(DONG_XUAN, Role::Leader).await;
    let records = house.staff(DONG_XUAN, Role::Records).await;
    let in_queue = async |who: &office::Who, queue: Queue| {
        let page = office.queue(who, queue, &Narrow::default(), None).await.unwrap();
        page.rows.iter().map(|row| row.id).collect::<Vec<_>>()
    };

    // Half a form is kept, and not taken.
    let draft = office.start_draft(&resident, ALLOWANCE, DONG_XUAN, office.new_id()).await.unwrap();
    let again = office.start_draft(&resident, ALLOWANCE, DONG_XUAN, office.new_id()).await.unwrap();
    assert_eq!(draft, again, "the draft that was begun is offered again");
    let command = office.new_id();
    let refused = office.submit_draft(&resident, draft, true, command).await;
    assert!(
        matches!(refused, Err(Error::Invalid(Problem::FormIncomplete { problems })) if problems > 0),
        "{refused:?}"
    );
    for topic in ["nguoi_nop", "noi_dung", "ket_qua"] {
        office.save_topic(&resident, draft, topic, answers(), true, None).await.unwrap();
    }
    let refused = office.submit_draft(&resident, draft, false, command).await;
    assert!(matches!(refused, Err(Error::Invalid(Problem::NotDeclared))), "{refused:?}");

    // Submitted on Monday at nine: eight working hours to accept it.
    let submitted = office.submit_draft(&resident, draft, true, command).await.unwrap();
    TemporaryCode::parse(&submitted.temporary_code).expect("a temporary code with its check character");
    let id = submitted.dossier;
    let row = house.row(id).await;
    assert_eq!((row.status, row.version, row.code.as_deref()), (1, 1, None));
    assert_eq!((row.applicant_name.as_str(), row.applicant_id.as_str()), ("Ksor H'Nay", "054090004321"));
    assert_eq!(row.accept_by.map(Instant), Some(at("2026-10-13T09:00")));
    assert_eq!(in_queue(&reception, Queue::AwaitingAcceptance).await, [id]);
    assert!(office.my_drafts(&resident).await.unwrap().is_empty(), "a submitted draft is no draft");

    // Accepted at ten: three working days, to the closing of Thursday.
    house.clock.set(at("2026-10-12T10:00"));
    office.accept_dossier(&reception, id, None, house.command(id).await).await.unwrap();
    let row = house.row(id).await;
    let code = row.code.clone().unwrap();
    assert_eq!(code, "H15.50.05.13-261012-0001");
    assert_eq!(CaseCode::parse(&code).unwrap().day(), at("2026-10-12T10:00").day());
    assert_eq!(row.due_at.map(Instant), Some(at("2026-10-15T17:00")));
    assert_eq!(row.original_due_at, row.due_at);
    assert_eq!(in_queue(&reception, Queue::AwaitingAssignment).await, [id]);

    house.clock.set(at("2026-10-12T10:30"));
    let to = specialist.staff().unwrap().id;
    office.assign_dossier(&reception, id, to, house.command(id).await).await.unwrap();
    assert_eq!(house.row(id).await.assignee, Some(to));
    assert_eq!(in_queue(&specialist, Queue::Mine).await, [id]);

    // The clock stands still while the resident is asked, and the due moment moves by as much.
    house.clock.set(at("2026-10-12T14:00"));
    let item = SupplementItem {
        path_or_paper: "applicant.phone".into(),
        what: "Số điện thoại liên hệ".into(),
        why: "Số đã khai không gọi được".into(),
    };
    let request = Request { items: vec![item], reason: "Bổ sung số điện thoại".into(), basis: String::new() };
    office.ask_supplement(&specialist, id, request, house.command(id).await).await.unwrap();
    let row = house.row(id).await;
    assert_eq!((row.state.status, row.state.sub_state), (Status::SupplementAsked, SubState::SupplementAtExamination));
    let respond_by = row.state.supplement.as_ref().unwrap().respond_by;
    assert_eq!(respond_by.day(), at("2026-10-27T00:00").day(), "fifteen days for this procedure");
    assert_eq!(row.queue_at, respond_by.0, "a waiting dossier sorts by the limit that runs");

    house.clock.set(at("2026-10-14T14:00"));
    let mut corrected = domain::question::Typed::new();
    corrected.insert("applicant.phone".into(), "0905 999 888".into());
    corrected.insert("applicant.name".into(), "Ai Khác".into());
    office.answer_supplement(&resident, id, corrected, house.command(id).await).await.unwrap();
    let row = house.row(id).await;
    assert_eq!(row.state.status, Status::Processing);
    assert_eq!(row.typed["applicant.phone"], "0905 999 888");
    assert_eq!(row.typed["applicant.name"], "Ksor H'Nay", "only what was asked for can be corrected");
    assert_eq!(row.original_due_at.map(Instant), Some(at("2026-10-15T17:00")), "the first promise never changes");
    // The clock stood still at the closing of Tuesday, so Tuesday does not count.
    assert_eq!(row.due_at.map(Instant), Some(at("2026-10-16T17:00")));

    house.clock.set(at("2026-10-15T09:00"));
    let early = office.approve_dossier(&leader, id, house.command(id).await).await;
    assert!(
        matches!(early, Err(Error::Refused(Refusal::WrongState { .. }))),
        "nobody approves what was not examined: {early:?}"
    );
    let command = house.command(id).await;
    office.submit_for_approval(&specialist, id, Proposal::Grant, "Đủ điều kiện".into(), command).await.unwrap();
    assert_eq!(in_queue(&leader, Queue::AwaitingApproval).await, [id]);
    house.clock.set(at("2026-10-15T10:00"));
    office.approve_dossier(&leader, id, house.command(id).await).await.unwrap();
    assert_eq!(in_queue(&records, Queue::AwaitingIssue).await, [id]);
    house.clock.set(at("2026-10-15T11:00"));
    office.issue_result(&records, id, house.command(id).await).await.unwrap();
    let row = house.row(id).await;
    assert_eq!((row.status, row.finished_at.map(Instant)), (9, Some(at("2026-10-15T11:00"))));
    assert_eq!(in_queue(&reception, Queue::AwaitingCollection).await, [id]);

    house.clock.set(at("2026-10-16T08:00"));
    let collector = Collector { name: "Ksor H'Nay".into(), is_applicant: true, identity_paper: None, authority: None };
    let command = house.command(id).await;
    office.deliver_dossier(&reception, id, collector, DeliveryMethod::Counter, None, command).await.unwrap();
    let command = house.command(id).await;
    let why = vec![RatingReason::Other, RatingReason::LongWait, RatingReason::Other];
    office.rate_dossier(&resident, id, Rating::Neutral, why, "Nhanh".into(), command).await.unwrap();

    // What is left of it.
    let events = [
        "submitted",
        "accepted",
        "assigned",
        "supplement_asked",
        "supplement_answered",
        "submitted_for_approval",
        "approved",
        "result_issued",
        "delivered",
        "rated",
    ];
    assert_eq!(house.events(id).await, events);
    let view = office.my_dossier(&resident, id).await.unwrap();
    assert_eq!((view.row.status, view.row.version, view.next_acts), (10, 10, vec![]));
    assert_eq!(view.row.code.as_ref(), Some(&code), "the code never changes");
    let rating = view.rating.unwrap();
    assert_eq!((rating.score, rating.words.as_str()), (2, "Nhanh"));
    assert_eq!(rating.reasons, ["long_wait", "other"], "each once, in the order of the list");
    let kinds: Vec<&str> = view.papers.iter().map(|paper| paper.kind.as_str()).collect();
    let expected = [PaperKind::ResidentSlip, PaperKind::Receipt, PaperKind::Supplement, PaperKind::Result];
    assert_eq!(kinds, expected.map(PaperKind::key));
    let receipt: Facts = serde_json::from_value(view.papers[1].body.clone()).unwrap();
    assert_eq!((receipt.code, receipt.due_at), (Some(code), Some(at("2026-10-15T17:00"))));
    assert_eq!(receipt.organ, "Ủy ban nhân dân xã Đồng Xuân");
    assert_eq!(view.papers[2].number.as_deref(), Some("01/PYCBS"));
    let letter: Facts = serde_json::from_value(view.papers[3].body.clone()).unwrap();
    let signs = letter.officer.expect("somebody signs");
    assert_eq!(
        (signs.name, signs.in_place_of),
        (leader.staff().unwrap().name.clone(), None),
        "who approved, not who issued"
    );
    assert_eq!(view.results.len(), 1);
    assert!(view.results[0].granted && view.results[0].paper_id.is_some() && view.results[0].replaced_at.is_none());

    // Every event has its row in the record, by whom it was, with nothing of the person in it.
    let controller = house.staff(DONG_XUAN, Role::Controller).await;
    let mut audit = office.audit_of_dossier(&controller, id, None).await.unwrap().rows;
    audit.reverse();
    let acts = |name: &str| audit.iter().filter(|row| row.act == name).count();
    for event in events {
        assert_eq!(acts(event), 1, "{event} is recorded once");
    }
    assert_eq!(acts("issue_paper"), 4);
    assert_eq!(audit.len(), events.len() + 4);
    let accepted = audit.iter().find(|row| row.act == "accepted").unwrap();
    assert_eq!((accepted.actor_kind.as_str(), accepted.actor_id), ("staff", Some(reception.staff().unwrap().id)));
    assert_eq!((accepted.address.as_str(), accepted.office_id), ("192.0.2.7", Some(DONG_XUAN)));
    let details: String = audit.iter().map(|row| row.detail.to_string()).collect();
    for personal in ["054090004321", "Ksor", "0905", "999 888"] {
        assert!(!details.contains(personal), "the record repeats {personal}");
    }
}

on_both!(a_same_day_matter_received_after_three_is_due_the_next_day);
async fn a_same_day_matter_received_after_three_is_due_the_next_day(home: Home) {
    let house = House::open(home).await;
    let reception = house.staff(DONG_XUAN, Role::Reception).await;
    let receive = async |moment: &str, citizen_id: &str| {
        house.clock.set(at(moment));
        let walk_in = office::counter::WalkIn {
            procedure_code: SAME_DAY.into(),
            name: "Đinh Thị Sen".into(),
            citizen_id: citizen_id.into(),
            ..Default::default()
        };
        let id = house.office.receive_at_counter(&reception, DONG_XUAN, walk_in, house.office.new_id()).await.unwrap();
        house.row(id).await
    };
    let before = receive("2026-10-12T14:59", "054190004321").await;
    assert_eq!(before.due_at.map(Instant), Some(at("2026-10-12T17:00")));
    let after = receive("2026-10-12T15:01", "054190004322").await;
    assert_eq!(after.due_at.map(Instant), Some(at("2026-10-13T17:00")));
    assert_eq!(after.code.as_deref(), Some("H15.50.05.13-261012-0002"));
    assert_eq!(after.status, 2);
    assert_eq!(house.events(after.id).await, ["received_at_counter"]);
    // The numbers of the next day begin again.
    let next = receive("2026-10-13T08:00", "054190004323").await;
    assert_eq!(next.code.as_deref(), Some("H15.50.05.13-261013-0001"));
    // The same person with the same matter open is shown it, not received again.
    let walk_in = office::counter::WalkIn {
        procedure_code: SAME_DAY.into(),
        name: "Đinh Thị Sen".into(),
        citizen_id: "054190004323".into(),
        ..Default::default()
    };
    let again = house.office.receive_at_counter(&reception, DONG_XUAN, walk_in, house.office.new_id()).await;
    assert!(matches!(again, Err(Error::Invalid(Problem::AlreadyOpen { dossier })) if dossier == next.id), "{again:?}");
}
