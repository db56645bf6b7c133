//! A commune joins another: its open dossiers go on as they are.

use super::{
    engine::{Home, run},
    house::{ALLOWANCE, DONG_XUAN, House, SAME_DAY, XUAN_LANH, at, trace},
};
use crate::on_both;
use domain::{
    dossier::{ActKind, Collector, DeliveryMethod, Status},
    role::Role,
    time::Instant,
    unit::Offices,
};
use office::{
    Actor, Error, Uuid, Who,
    bus::Shown,
    counter::WalkIn,
    queues::{Narrow, Queue},
    rights::Task,
    who::{Position, StaffMember},
};
use store::offices::{OfficeRow, SuccessionRow, insert_office, insert_succession};

const BASIS: &str = "Nghị quyết sắp xếp đơn vị hành chính";
const FROM: &str = "xa-dong-xuan-ubnd";

/// Đồng Xuân ends on the 14th of October, Xuân Lãnh continues it.
pub async fn join(house: &House) {
    let last = at("2026-10-14T00:00").day();
    let mut tx = house.office.db().write().await.unwrap();
    let end = format!("UPDATE offices SET valid_to = {} WHERE id IN (1, 2, 3, 4)", last.0);
    run(&mut tx, &end).await.unwrap();
    let succession = SuccessionRow {
        from_key: FROM.into(),
        to_key: "xa-xuan-lanh-ubnd".into(),
        on_day: i64::from(last.next().0),
        basis: BASIS.into(),
    };
    insert_succession(&mut tx, &succession).await.unwrap();
    tx.commit().await.unwrap();
    house.clock.set(at("2026-10-15T08:00"));
    house.office.reload_books().await.unwrap();
}

on_both!(open_dossiers_go_on_at_the_office_that_continues_theirs);
async fn open_dossiers_go_on_at_the_office_that_continues_theirs(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let resident = house.nay().await;
    let old_clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let new_clerk = house.staff(XUAN_LANH, Role::Reception).await;
    let open = house.assigned(&resident, ALLOWANCE).await;
    let refused = house.submitted(&resident, ALLOWANCE).await;
    let command = house.command(refused).await;
    office.refuse_to_accept(&old_clerk, refused, "Trùng hồ sơ".into(), command).await.unwrap();
    let draft = house.draft(&resident, SAME_DAY).await;
    let worker = office.new_id();
    // Nothing passes on while the office works.
    assert_eq!(office.pass_on_open_dossiers(worker).await.unwrap(), 0);
    let before = house.row(open).await;

    join(&house).await;
    assert_eq!(office.pass_on_open_dossiers(worker).await.unwrap(), 1);
    assert_eq!(office.pass_on_open_dossiers(worker).await.unwrap(), 0, "a repeat finds nothing left");
    let row = house.row(open).await;
    assert_eq!((row.office_id, row.resolving_office), (DONG_XUAN, XUAN_LANH));
    assert_eq!((row.code, row.due_at, row.state.status), (before.code, before.due_at, Status::Processing));
    assert_eq!(row.assignee, None, "the new office assigns");
    assert_eq!(house.events(open).await.last().map(String::as_str), Some("passed_on"));
    assert_eq!(house.row(refused).await.resolving_office, DONG_XUAN, "what is closed stays where it was");

    // Rights, queues, files and papers go with it; the old office's people see it no more.
    let command = house.command(open).await;
    let specialist = house.staff(XUAN_LANH, Role::Specialist).await.staff().unwrap().id;
    for result in [
        office.dossier(&old_clerk, open).await.map(drop),
        office.assign_dossier(&old_clerk, open, specialist, command).await,
        office.write_note(&old_clerk, open, "Ghi chú", &[], office.new_id()).await,
    ] {
        assert!(matches!(result, Err(Error::Forbidden)), "{result:?}");
    }
    let queue = office.queue(&new_clerk, Queue::AwaitingAssignment, &Narrow::default(), None).await.unwrap();
    assert_eq!(queue.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [open]);
    office.write_note(&new_clerk, open, "Nhận bàn giao", &[], office.new_id()).await.unwrap();
    let paper = office.dossier(&new_clerk, open).await.unwrap().papers[0].id;
    office.open_paper(&new_clerk, paper).await.unwrap();
    office.assign_dossier(&new_clerk, open, specialist, command).await.unwrap();
    assert_eq!(house.row(open).await.assignee, Some(specialist));
    assert_eq!(office.my_dossier(&resident, open).await.unwrap().notes, [], "a resident sees no note");

    // The old code is still good, and names the desk to ask now.
    let row = house.row(open).await;
    let code = row.code.unwrap();
    let found = office.look_up(&Who::anyone(trace()), &code, &row.lookup_code).await.unwrap();
    assert_eq!(found.desk, "Trung tâm Phục vụ hành chính công xã Xuân Lãnh");

    // A draft that outlived its office is filed with the one that continues it, under its calendar and its codes.
    let filed = office.submit_draft(&resident, draft, true, office.new_id()).await.unwrap().dossier;
    assert_eq!(house.row(filed).await.office_id, XUAN_LANH);
    office.accept_dossier(&new_clerk, filed, None, house.command(filed).await).await.unwrap();
    let row = house.row(filed).await;
    assert_eq!(row.code.as_deref(), Some("H15.50.06.13-261015-0001"));
    assert_eq!(row.due_at.map(Instant), Some(at("2026-10-15T17:00")));
}

on_both!(a_dossier_of_the_districts_last_afternoon_is_finished_by_the_commune);
async fn a_dossier_of_the_districts_last_afternoon_is_finished_by_the_commune(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let clerk = district(&house).await;
    // The procedure of then, in force before the day the communes began.
    house.clock.set(at("2024-01-02T08:00"));
    house.publish_as_of_today(ALLOWANCE).await;

    // Monday 30/06/2025, 16:00: three working days.
    house.clock.set(at("2025-06-30T16:00"));
    let walk_in = |name: &str, number: &str, address: &str| WalkIn {
        procedure_code: ALLOWANCE.into(),
        name: name.into(),
        citizen_id: number.into(),
        address: address.into(),
        ..WalkIn::default()
    };
    let here = walk_in("Mang Thị Sương", "054190004321", "Thôn Xí Thoại, xã Xuân Lãnh, huyện Đồng Xuân, tỉnh Phú Yên");
    let id = office.receive_at_counter(&clerk, DISTRICT, here, office.new_id()).await.unwrap();
    let away = walk_in("Nguyễn Văn Tám", "054090004329", "");
    let elsewhere = office.receive_at_counter(&clerk, DISTRICT, away, office.new_id()).await.unwrap();
    let before = house.row(id).await;
    assert_eq!(before.code.as_deref(), Some("H45.58.20-250630-0001"));
    assert_eq!(before.due_at.map(Instant), Some(at("2025-07-03T17:00")));
    let of_2018 = async || house.count("SELECT COUNT(*) FROM papers WHERE rules = 'tt01_2018'").await;
    assert_eq!(of_2018().await, 2, "received before 15/09/2025");
    let worker = office.new_id();
    house.clock.set(at("2025-06-30T23:59"));
    assert_eq!(office.pass_on_open_dossiers(worker).await.unwrap(), 0, "the district works to the end of its last day");

    house.clock.set(at("2025-07-01T00:01"));
    assert_eq!(office.pass_on_open_dossiers(worker).await.unwrap(), 2);
    let row = house.row(id).await;
    assert_eq!((row.office_id, row.resolving_office), (DISTRICT, XUAN_LANH), "the commune of the address goes on");
    assert_eq!((row.code.clone(), row.due_at), (before.code, before.due_at), "the code and the promise stay");
    assert_eq!(house.events(id).await.last().map(String::as_str), Some("passed_on"));
    assert_eq!(house.row(elsewhere).await.resolving_office, DONG_XUAN, "without an address, the first that continues");

    // It is finished there, in time, under the code it was given by the district.
    house.clock.set(at("2025-07-02T09:00"));
    let reception = house.staff(XUAN_LANH, Role::Reception).await;
    office.finish_at_once(&reception, id, house.command(id).await).await.unwrap();
    let row = house.row(id).await;
    assert!(row.finished_at < row.due_at);
    house.events(id).await;
}

/// The district of before 01/07/2025, with its reception; answers the clerk who sits there.
const DISTRICT: i64 = 101;

async fn district(house: &House) -> Who {
    let mut tx = house.office.db().write().await.unwrap();
    for (place, key) in [FROM_DISTRICT, "huyen-dong-xuan-mot-cua"].iter().enumerate() {
        let shipped = Offices::shipped().get(key).expect("a shipped office");
        let row = OfficeRow {
            id: DISTRICT + place as i64,
            key: shipped.key.clone(),
            name: shipped.name.clone(),
            kind: serde_json::to_value(shipped.kind).unwrap().as_str().unwrap().into(),
            unit_code: shipped.unit.clone(),
            organ_id: shipped.organ_id.to_string(),
            parent_key: shipped.parent.clone(),
            valid_from: 0,
            valid_to: shipped.valid_to.map(|day| i64::from(day.0)),
        };
        insert_office(&mut tx, &row).await.unwrap();
    }
    let ends = Offices::shipped().successions().iter().filter(|s| s.from == FROM_DISTRICT);
    for succession in ends.filter(|s| ["xa-dong-xuan-ubnd", "xa-xuan-lanh-ubnd"].contains(&s.to.as_str())) {
        let row = SuccessionRow {
            from_key: succession.from.clone(),
            to_key: succession.to.clone(),
            on_day: i64::from(succession.day.0),
            basis: BASIS.into(),
        };
        insert_succession(&mut tx, &row).await.unwrap();
    }
    tx.commit().await.unwrap();
    house.office.reload_books().await.unwrap();
    let position = Position { office: DISTRICT + 1, role: Role::Reception, title: String::new() };
    let member = StaffMember {
        id: house.office.new_id(),
        name: "Đỗ Thị Hiền".into(),
        positions: vec![position],
        mandates: Vec::new(),
    };
    Who { actor: Actor::Staff(member), acting_for: None, trace: trace() }
}

const FROM_DISTRICT: &str = "huyen-dong-xuan-ubnd";

/// A dossier that Đồng Xuân closed by handing its result over, and one that it refused.
async fn closed(house: &House, resident: &Who) -> (Uuid, Uuid) {
    let office = &house.office;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let delivered = house.accepted(resident, ALLOWANCE).await;
    office.finish_at_once(&clerk, delivered, house.command(delivered).await).await.unwrap();
    let collector = Collector { name: "Ksor H'Nay".into(), is_applicant: true, identity_paper: None, authority: None };
    let command = house.command(delivered).await;
    office.deliver_dossier(&clerk, delivered, collector, DeliveryMethod::Counter, None, command).await.unwrap();
    let refused = house.submitted(resident, ALLOWANCE).await;
    let command = house.command(refused).await;
    office.refuse_to_accept(&clerk, refused, "Trùng hồ sơ".into(), command).await.unwrap();
    (delivered, refused)
}

/// What a search finds that finds nothing.
const NOBODY: [Uuid; 0] = [];

async fn found(house: &House, who: &Who, words: &str) -> Vec<Uuid> {
    let narrow = Narrow { search: words.into(), ..Narrow::default() };
    let page = house.office.queue(who, Queue::All, &narrow, None).await.unwrap();
    page.rows.iter().map(|row| row.id).collect()
}

on_both!(what_an_ended_office_closed_is_found_and_read_by_the_one_that_continues_it);
async fn what_an_ended_office_closed_is_found_and_read_by_the_one_that_continues_it(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let resident = house.nay().await;
    let clerk = house.staff(XUAN_LANH, Role::Reception).await;
    let (delivered, refused) = closed(&house, &resident).await;
    let code = house.row(delivered).await.code.unwrap();
    assert_eq!(found(&house, &clerk, &code).await, NOBODY, "while its office works, it is that office's own");
    assert!(matches!(office.dossier(&clerk, delivered).await, Err(Error::Forbidden)));

    join(&house).await;
    office.pass_on_open_dossiers(office.new_id()).await.unwrap();
    assert_eq!(house.row(delivered).await.resolving_office, DONG_XUAN, "what is closed stays where it was");
    assert_eq!(found(&house, &clerk, &code).await, [delivered]);
    assert_eq!(found(&house, &clerk, "ksor h nay").await.len(), 2);
    assert_eq!(found(&house, &clerk, "").await, NOBODY, "without words the list is the unit's own work");
    let narrow = Narrow { search: "ksor".into(), ..Narrow::default() };
    for queue in Queue::MENU {
        assert!(office.queue(&clerk, queue, &narrow, None).await.unwrap().rows.is_empty(), "{}", queue.key());
    }

    // Opened and printed again, on the record; with nothing to do but look.
    let views = async || house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'view_dossier'").await;
    let before = views().await;
    for id in [delivered, refused] {
        assert_eq!(office.dossier(&clerk, id).await.unwrap().next_acts, []);
    }
    assert_eq!(views().await, before + 2);
    let papers = office.dossier(&clerk, delivered).await.unwrap().papers;
    for paper in &papers {
        office.open_paper(&clerk, paper.id).await.unwrap();
    }
    let printed = house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'view_paper'").await;
    assert_eq!((printed as usize, papers.is_empty()), (papers.len(), false));
    assert!(office.control_slip(&clerk, delivered).await.is_ok());
    let shown = Shown { dossier: Some(delivered), seen: None, since: None };
    assert!(office.listen(&clerk, &Who::anyone(trace()), shown).await.is_ok(), "its page hears of it");
    let note = office.write_note(&clerk, delivered, "Ghi chú", &[], office.new_id()).await;
    assert!(matches!(note, Err(Error::Forbidden)), "{note:?}");
}

on_both!(of_a_closed_dossier_nothing_but_reading_and_repairing_outlives_its_office);
async fn of_a_closed_dossier_nothing_but_reading_and_repairing_outlives_its_office(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let resident = house.nay().await;
    let (delivered, _) = closed(&house, &resident).await;
    let open = house.accepted(&resident, ALLOWANCE).await;
    for role in Role::ALL {
        house.staff(XUAN_LANH, role).await;
    }
    join(&house).await;
    let (delivered, open) = (house.row(delivered).await, house.row(open).await);
    let outlive = [
        Task::ReadDossier,
        Task::RevealPersonalData,
        Task::ReadAudit,
        Task::SearchAudit,
        Task::ProveAccounts,
        Task::Dossier(ActKind::OpenCorrection),
        Task::Dossier(ActKind::SettleWithdrawal),
    ];
    for task in Task::all() {
        for role in Role::ALL {
            let who = house.staff(XUAN_LANH, role).await;
            let own = office.may(&who, task, XUAN_LANH).is_ok();
            let case = format!("{} {}", task.key(), role.key());
            assert_eq!(office.may_with(&who, task, &delivered).is_ok(), own && outlive.contains(&task), "{case}");
            assert!(office.may_with(&who, task, &open).is_err(), "an open one is passed on first: {case}");
            assert!(office.may(&who, task, DONG_XUAN).is_err(), "the unit itself stays foreign: {case}");
        }
    }
}

on_both!(an_error_of_an_ended_office_is_repaired_by_the_one_that_continues_it);
async fn an_error_of_an_ended_office_is_repaired_by_the_one_that_continues_it(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let resident = house.nay().await;
    let specialist = house.staff(XUAN_LANH, Role::Specialist).await;
    let clerk = house.staff(XUAN_LANH, Role::Reception).await;
    let (delivered, _) = closed(&house, &resident).await;
    let command = house.command(delivered).await;
    let early = office.open_correction(&specialist, delivered, "Sai năm sinh".into(), command).await;
    assert!(matches!(early, Err(Error::Forbidden)), "{early:?}");

    join(&house).await;
    assert_eq!(office.dossier(&specialist, delivered).await.unwrap().next_acts, [ActKind::OpenCorrection]);
    let not_hers = office.open_correction(&clerk, delivered, "Sai năm sinh".into(), command).await;
    assert!(matches!(not_hers, Err(Error::Forbidden)), "{not_hers:?}");
    let second = office.open_correction(&specialist, delivered, "Sai năm sinh".into(), command).await.unwrap();
    let again = office.open_correction(&specialist, delivered, "Sai năm sinh".into(), command).await.unwrap();
    assert_eq!(again, second, "a repeated command gives the same dossier");

    // The second is the continuing office's own, under its code; the first stays where it was closed.
    let (old, new) = (house.row(delivered).await, house.row(second).await);
    assert_eq!((old.office_id, old.resolving_office), (DONG_XUAN, DONG_XUAN));
    assert_eq!((new.office_id, new.resolving_office, new.corrects), (XUAN_LANH, XUAN_LANH, Some(delivered)));
    assert_eq!(new.code.as_deref(), Some("H15.50.06.13-261015-0001"));
    assert_eq!(house.events(delivered).await.last().map(String::as_str), Some("correction_opened"));
    assert_eq!(house.events(second).await, ["received_at_counter"]);
    let view = office.dossier(&specialist, delivered).await.unwrap();
    assert_eq!(view.events.last().unwrap().actor_role.as_deref(), Some("specialist"));
    assert_eq!(view.corrections.iter().map(|link| link.id).collect::<Vec<_>>(), [second]);
    assert_eq!(view.next_acts, [], "one repair at a time");
    let to = specialist.staff().unwrap().id;
    office.assign_dossier(&clerk, second, to, house.command(second).await).await.unwrap();
    assert_eq!(office.my_dossier(&resident, second).await.unwrap().corrects.unwrap().id, delivered);
}

on_both!(of_several_that_continue_an_office_the_one_of_the_applicants_commune_answers_for_what_it_closed);
async fn of_several_that_continue_an_office_the_one_of_the_applicants_commune_answers_for_what_it_closed(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let clerk = district(&house).await;
    house.clock.set(at("2024-01-02T08:00"));
    house.publish_as_of_today(ALLOWANCE).await;
    house.clock.set(at("2025-06-02T08:00"));
    let walk_in = WalkIn {
        procedure_code: ALLOWANCE.into(),
        name: "Mang Thị Sương".into(),
        citizen_id: "054190004321".into(),
        address: "Thôn Xí Thoại, xã Xuân Lãnh, huyện Đồng Xuân, tỉnh Phú Yên".into(),
        ..WalkIn::default()
    };
    let id = office.receive_at_counter(&clerk, DISTRICT, walk_in, office.new_id()).await.unwrap();
    office.finish_at_once(&clerk, id, house.command(id).await).await.unwrap();
    let collector =
        Collector { name: "Mang Thị Sương".into(), is_applicant: true, identity_paper: None, authority: None };
    let command = house.command(id).await;
    office.deliver_dossier(&clerk, id, collector, DeliveryMethod::Counter, None, command).await.unwrap();

    house.clock.set(at("2026-10-12T09:00"));
    let here = house.staff(XUAN_LANH, Role::Specialist).await;
    let elsewhere = house.staff(DONG_XUAN, Role::Specialist).await;
    assert_eq!(found(&house, &here, "mang thi suong").await, [id]);
    assert_eq!(found(&house, &elsewhere, "mang thi suong").await, NOBODY, "another commune has no part in it");
    assert!(matches!(office.dossier(&elsewhere, id).await, Err(Error::Forbidden)));
    let command = house.command(id).await;
    let second = office.open_correction(&here, id, "Sai năm sinh".into(), command).await.unwrap();
    assert_eq!(house.row(second).await.resolving_office, XUAN_LANH);
}
