//! A commune joins another: its open dossiers go on as they are.

use super::{
    engine::{Home, run},
    house::{ALLOWANCE, DONG_XUAN, House, SAME_DAY, XUAN_LANH, at, trace},
};
use crate::on_both;
use domain::{dossier::Status, role::Role, time::Instant, unit::Offices};
use office::{
    Actor, Error, Who,
    counter::WalkIn,
    queues::{Narrow, Queue},
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
        office.write_note(&old_clerk, open, "Ghi chú", office.new_id()).await,
    ] {
        assert!(matches!(result, Err(Error::Forbidden)), "{result:?}");
    }
    let queue = office.queue(&new_clerk, Queue::AwaitingAssignment, &Narrow::default(), None).await.unwrap();
    assert_eq!(queue.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [open]);
    office.write_note(&new_clerk, open, "Nhận bàn giao", office.new_id()).await.unwrap();
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
    office.accept_dossier(&new_clerk, filed, house.command(filed).await).await.unwrap();
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
    let member =
        StaffMember { id: house.office.new_id(), name: "Đỗ Thị Hiền".into(), positions: vec![position] };
    Who { actor: Actor::Staff(member), acting_for: None, trace: trace() }
}

const FROM_DISTRICT: &str = "huyen-dong-xuan-ubnd";
