//! What is backed up comes back, on either engine, and nothing comes back that is not whole.

use super::{
    engine::Home,
    house::{ALLOWANCE, DONG_XUAN, House, PASSWORD, trace},
    uploads::PNG,
};
use crate::on_both;
use domain::role::Role;
use office::{
    Config, Office, Who,
    backup::{CopyProblem, Manifest, copy_database, restore},
    blobs::Blobs,
    queues::{Narrow, Queue},
    sessions::Door,
    uploads::Holder,
};
use std::path::Path;
use store::{Db, audit, copying};
use tokio::io::AsyncReadExt;

/// An empty database of SQLite with the tables.
async fn blank(folder: &Path, name: &str) -> Db {
    let db = Db::connect(&format!("sqlite:{}", folder.join(name).display())).await.unwrap();
    db.migrate().await.unwrap();
    db
}

/// A little of everything, with a file.
async fn lived_in(house: &House) {
    let office = &house.office;
    let resident = house.nay().await;
    let draft = house.draft(&resident, ALLOWANCE).await;
    office.upload(&resident, Holder::Draft(draft), "giay-to", "mo.png", PNG).await.unwrap();
    let done = house.accepted(&house.resident("998091112648", "Mang Thị Hoa").await, ALLOWANCE).await;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    office.write_note(&clerk, done, "Gọi lại “chiều”\n\\ thử", office.new_id()).await.unwrap();
    let twice = office.upload(&clerk, Holder::Dossier(done), "khac", "quet.png", PNG).await.unwrap();
    office.open_upload(&clerk, twice.id).await.unwrap();
    office.seal_audit(office.new_id()).await.unwrap();
}

/// The office over another database and shelf.
async fn moved(house: &House, db: Db, blobs: Blobs) -> Office {
    Office::open(db, house.clock.clone(), Config::default(), blobs).await.unwrap()
}

on_both!(everything_moves_to_another_engine_and_back_and_is_the_same);
async fn everything_moves_to_another_engine_and_back_and_is_the_same(home: Home) {
    let folder = home.folder.clone();
    let source = blank(folder.path(), "source.db").await;
    let house = House::open(Home { db: source.clone(), folder: folder.clone() }).await;
    lived_in(&house).await;
    let sums = copy_database(&source, &home.db).await.unwrap();
    assert_eq!(sums.len(), copying::TABLES.len());
    for table in
        ["dossiers", "dossier_events", "uploads", "audit_rows", "audit_seals", "commands", "papers", "calendars"]
    {
        assert!(sums[table].rows > 0, "{table}");
    }
    let again = copy_database(&source, &home.db).await;
    assert!(matches!(again, Err(CopyProblem::NotEmpty)), "{again:?}");
    let back = blank(folder.path(), "back.db").await;
    assert_eq!(copy_database(&home.db, &back).await.unwrap(), sums);

    // The office goes on there: the chain holds, and its rows are numbered behind those that came.
    let office = moved(&house, home.db.clone(), Blobs::Folder(folder.path().join("blobs"))).await;
    let before = office.verify_audit().await.unwrap();
    assert_eq!((before.broken_at, before.unsealed), (None, 0));
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let moved_in = office.queue(&clerk, Queue::All, &Narrow::default(), None).await.unwrap();
    assert_eq!(moved_in.rows.len(), 1);
    // The lease of the sealer came along, and runs out.
    house.clock.set(house.clock.now().plus_ms(60_000));
    office.seal_audit(office.new_id()).await.unwrap();
    let after = office.verify_audit().await.unwrap();
    assert_eq!((after.broken_at, after.sealed), (None, before.sealed + 1));
}

on_both!(a_backup_made_while_serving_is_restored_whole_or_not_at_all);
async fn a_backup_made_while_serving_is_restored_whole_or_not_at_all(home: Home) {
    let folder = home.folder.clone();
    let house = House::open(home).await;
    lived_in(&house).await;
    let (office, operator) = (&house.office, Who::operator("lan"));
    let file = folder.path().join("mot-cua.tar");
    let clerk = house.staff(DONG_XUAN, Role::Administrator).await;
    assert!(office.backup(&clerk, &file).await.is_err(), "no member of staff carries everything away");
    let made: Manifest = office.backup(&operator, &file).await.unwrap();
    assert_eq!((made.files, made.file_bytes), (1, PNG.len() as u64), "one file of two rows, once");
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'backup'").await, 1);
    assert!(!folder.path().join("mot-cua.partial").exists());
    // What is done after it is none of it.
    house.resident("998194000077", "Nguyễn Thị Mai").await;

    let db = blank(folder.path(), "restored.db").await;
    let blobs = Blobs::Folder(folder.path().join("restored"));
    assert_eq!(restore(&db, &blobs, &file).await.unwrap(), made);
    let again = restore(&db, &blobs, &file).await;
    assert!(matches!(again, Err(CopyProblem::NotEmpty)), "{again:?}");
    let restored = moved(&house, db, blobs).await;
    assert_eq!(restored.verify_audit().await.unwrap().broken_at, None);
    let anyone = Who::anyone(trace());
    let token = house.office.sign_in_resident(&anyone, "054090004321", PASSWORD.into()).await.unwrap();
    let who = house.office.who_of_token(Door::Resident, Some(&token.0), trace()).await.unwrap();
    let draft = restored.my_drafts(&who).await.unwrap().remove(0);
    let upload = restored.draft(&who, draft.row.id).await.unwrap().uploads.remove(0);
    let mut bytes = Vec::new();
    restored.open_upload(&who, upload.id).await.unwrap().file.read_to_end(&mut bytes).await.unwrap();
    assert_eq!(bytes, PNG);

    // A file that was broken off, and one in which a byte of a row changed.
    let whole = std::fs::read(&file).unwrap();
    let at = whole.windows(8).position(|part| part == "Mang Thị".as_bytes().get(..8).unwrap()).expect("a name");
    let mut touched = whole.clone();
    touched[at] = b'N';
    for (name, bytes) in [("half.tar", &whole[..whole.len() / 2]), ("touched.tar", &touched[..])] {
        let file = folder.path().join(name);
        std::fs::write(&file, bytes).unwrap();
        let db = blank(folder.path(), &format!("{name}.db")).await;
        let refused = restore(&db, &Blobs::Folder(folder.path().join(format!("{name}.blobs"))), &file).await;
        assert!(matches!(refused, Err(CopyProblem::NotWhole(_) | CopyProblem::Differs(_))), "{name}: {refused:?}");
        let mut tx = db.read().await.unwrap();
        assert!(!copying::is_anything_there(&mut tx).await.unwrap(), "{name}: nothing is kept");
        assert!(audit::seals_after(&mut tx, 0, 1).await.unwrap().is_empty());
    }
}
