//! A commune joins another: its open dossiers go on as they are.

use super::{
    engine::{Home, run},
    house::{ALLOWANCE, DONG_XUAN, House, SAME_DAY, XUAN_LANH, at, trace},
};
use crate::on_both;
use domain::{dossier::Status, role::Role, time::Instant};
use office::{
    Error, Who,
    queues::{Narrow, Queue},
};
use store::offices::{SuccessionRow, insert_succession};

const BASIS: &str = "Nghị quyết sắp xếp đơn vị hành chính";
const FROM: &str = "xa-dong-xuan-ubnd";

/// Đồng Xuân ends on the 14th of October, Xuân Lãnh continues it.
async fn join(house: &House) {
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
    // Nothing passes on while the office works.
    assert_eq!(office.pass_on_open_dossiers(FROM, BASIS).await.unwrap(), 0);
    let before = house.row(open).await;

    join(&house).await;
    assert_eq!(office.pass_on_open_dossiers(FROM, BASIS).await.unwrap(), 1);
    assert_eq!(office.pass_on_open_dossiers(FROM, BASIS).await.unwrap(), 0, "a repeat finds nothing left");
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
