//! What is backed up comes back, on either engine, and nothing comes back that is not whole.

use super::{
    engine::Home,
    house::{ALLOWANCE, DONG_XUAN, House, PASSWORD, trace},
    uploads::PNG,
};
use crate::on_both;
use domain::{
    dossier::{ActKind, replay},
    feature::Feature,
    mandate::{MandateKind, Scope},
    role::Role,
};
use office::{
    Config, Office, Uuid, Who,
    backup::{CopyProblem, Manifest, copy_database, restore},
    blobs::Blobs,
    local_parts::TypedPart,
    mandates::Delegation,
    queues::{Narrow, Queue},
    sessions::Door,
    uploads::Holder,
};
use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};
use store::{Db, audit, copying, dossiers, events, jobs, uploads};
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
    office.write_note(&clerk, done, "Gọi lại “chiều”\n\\ thử", &[], office.new_id()).await.unwrap();
    let twice = office.upload(&clerk, Holder::Dossier(done), "khac", "quet.png", PNG).await.unwrap();
    office.open_upload(&clerk, twice.id).await.unwrap();
    office.seal_audit(office.new_id()).await.unwrap();
}

/// What an administrator and a leader lay down beside the work: tables with columns that engines keep in their own way.
async fn administered(house: &House) {
    let (office, today) = (&house.office, house.clock.now().day());
    let administrator = house.staff(DONG_XUAN, Role::Administrator).await;
    let part = TypedPart { online: true, contact: "Chị Lan".into(), amount: "2".into(), ..TypedPart::default() };
    let place = (DONG_XUAN, ALLOWANCE);
    office.publish_local_part(&administrator, place, &part, today, None, office.new_id()).await.unwrap();
    let (feature, days) = (Feature::ManyAtOnce, (today, None));
    office.close_feature(&administrator, DONG_XUAN, feature, days, "Thử", office.new_id()).await.unwrap();
    office.draft_calendar(&administrator, DONG_XUAN, 2027, None, office.new_id()).await.unwrap();
    let (leader, records) = (house.staff(DONG_XUAN, Role::Leader).await, house.staff(DONG_XUAN, Role::Records).await);
    let lent = Delegation {
        kind: MandateKind::Authority,
        from: leader.subject(),
        to: records.subject(),
        first: today,
        last: today.plus(3),
        scope: Scope { acts: vec![ActKind::Approve], procedures: Vec::new() },
        paper: "Quyết định số 12/QĐ-UBND".into(),
    };
    office.delegate(&leader, lent, office.new_id()).await.unwrap();
    let narrow = Narrow::default();
    office.save_view(&records, "Mọi hồ sơ", Queue::All, &narrow, office.new_id()).await.unwrap();
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
    administered(&house).await;
    lived_in(&house).await;
    let sums = copy_database(&source, &home.db).await.unwrap();
    assert_eq!(sums.len(), copying::TABLES.len());
    for table in
        ["dossiers", "dossier_events", "uploads", "audit_rows", "audit_seals", "commands", "papers", "calendars"]
    {
        assert!(sums[table].rows > 0, "{table}");
    }
    for table in ["local_parts", "feature_closures", "calendar_drafts", "mandates", "saved_views"] {
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

/// So many acts on dossiers have to fall between the begin and the end of a backup.
const ACTS_MEANWHILE: i64 = 2;
/// Backups are made until they do, at most for so long; each is slower than the one before, since more is there.
const MOST_WAITED: Duration = Duration::from_secs(240);

/// A number that a query of one number gives in that database.
async fn number(db: &Db, sql: &'static str) -> i64 {
    let mut tx = db.read().await.unwrap();
    store::on_engine!(&mut tx, |c| sqlx::query_scalar(sql).fetch_one(c).await).unwrap()
}

/// Every dossier of that database has the events that its state comes from, and every act its papers and its row of the
/// record: no table is of another moment than the others.
async fn is_of_one_moment(db: &Db) {
    let mut tx = db.read().await.unwrap();
    let sql = "SELECT id FROM dossiers";
    let ids: Vec<Uuid> = store::on_engine!(&mut tx, |c| sqlx::query_scalar(sql).fetch_all(c).await).unwrap();
    let (mut written, mut accepted) = (0, 0);
    for id in &ids {
        let row = dossiers::dossier_by_id(&mut tx, *id).await.unwrap().expect("a dossier");
        let lines = events::events_of(&mut tx, row.office_id, *id).await.unwrap();
        let recorded: Vec<_> = lines.iter().map(events::EventRow::recorded).collect();
        assert_eq!(replay(&recorded).as_ref(), Some(&row.state), "the events add up to the state");
        written += lines.len() as i64;
        accepted += i64::from(row.status == 2);
    }
    drop(tx);
    assert_eq!(number(db, "SELECT COUNT(*) FROM dossier_events").await, written, "no event is without its dossier");
    assert_eq!(number(db, "SELECT COUNT(*) FROM papers WHERE kind = 'receipt'").await, accepted);
    // The one of the filing, and the one of the reception.
    assert_eq!(number(db, "SELECT COUNT(*) FROM dossier_codes").await, ids.len() as i64 + accepted);
    assert_eq!(number(db, "SELECT COUNT(*) FROM audit_rows WHERE act = 'submitted'").await, ids.len() as i64);
    assert_eq!(number(db, "SELECT COUNT(*) FROM audit_rows WHERE act = 'accepted'").await, accepted);
}

/// Backs up while two residents file and a clerk accepts, and puts that backup into another database.
async fn is_backed_up_at_work(source: Home, target: Db) {
    let folder = source.folder.clone();
    let house = House::open(source).await;
    lived_in(&house).await;
    let stop = Arc::new(AtomicBool::new(false));
    let mut at_work = Vec::new();
    for (number, name) in [("054090004329", "Ma Văn Tám"), ("054190004330", "Lê Thị Mơ")] {
        let (house, who, stop) = (house.clone(), house.resident(number, name).await, stop.clone());
        at_work.push(tokio::spawn(async move {
            while !stop.load(Ordering::SeqCst) {
                house.accepted(&who, ALLOWANCE).await;
            }
        }));
    }
    // Somebody takes a file and drops it again, over and over: what counts in the view has its bytes in the backup.
    let (at, who, stopped) = (house.clone(), house.resident("998091112649", "Sô Minh Thuận").await, stop.clone());
    let drops = Arc::new(AtomicU32::new(0));
    let dropped = drops.clone();
    at_work.push(tokio::spawn(async move {
        let (office, draft) = (&at.office, at.draft(&who, ALLOWANCE).await);
        while !stopped.load(Ordering::SeqCst) {
            let bytes = [PNG, &dropped.load(Ordering::SeqCst).to_be_bytes()].concat();
            let row = office.upload(&who, Holder::Draft(draft), "giay-to", "mo.png", &bytes[..]).await.unwrap();
            office.drop_upload(&who, row.id, office.new_id()).await.unwrap();
            office.release_bytes(row.sha256.as_deref().unwrap()).await.unwrap();
            dropped.fetch_add(1, Ordering::SeqCst);
        }
    }));
    let (acts, began) = ("SELECT COUNT(*) FROM dossier_events", Instant::now());
    let mut made = None;
    while made.is_none() && began.elapsed() < MOST_WAITED {
        let file = folder.path().join("mot-cua.tar");
        let (before, kept) = (house.count(acts).await, drops.load(Ordering::SeqCst));
        let manifest = house.office.backup(&Who::operator("lan"), &file).await.unwrap();
        let after = house.count(acts).await;
        // However fast a disk is: acts and drops went on meanwhile.
        if after >= before + ACTS_MEANWHILE && drops.load(Ordering::SeqCst) > kept {
            made = Some((file, manifest, before..=after));
        }
    }
    stop.store(true, Ordering::SeqCst);
    for one in at_work {
        one.await.unwrap();
    }
    let (file, manifest, meanwhile) = made.expect("a backup during which somebody worked and dropped a file");
    let kept = manifest.tables["dossier_events"].rows as i64;
    assert!(meanwhile.contains(&kept), "{kept} of {meanwhile:?}");

    let blobs = Blobs::Folder(folder.path().join("elsewhere"));
    assert_eq!(restore(&target, &blobs, &file).await.unwrap(), manifest);
    is_of_one_moment(&target).await;
    let mut tx = target.read().await.unwrap();
    let hashes = uploads::counted_blobs(&mut tx).await.unwrap();
    drop(tx);
    assert_eq!(hashes.len() as u64, manifest.files);
    for sha256 in hashes {
        blobs.open(&sha256).await.expect("the bytes of a file that counts");
    }
    let restored = moved(&house, target, blobs).await;
    house.clock.set(house.clock.now().plus_ms(60_000));
    restored.seal_audit(restored.new_id()).await.unwrap();
    let verdict = restored.verify_audit().await.unwrap();
    assert_eq!((verdict.broken_at, verdict.unsealed), (None, 0));
}

on_both!(a_backup_made_while_people_work_is_of_one_moment_and_restored_on_sqlite);
async fn a_backup_made_while_people_work_is_of_one_moment_and_restored_on_sqlite(home: Home) {
    let target = blank(home.folder.path(), "restored.db").await;
    is_backed_up_at_work(home, target).await;
}

on_both!(a_backup_made_on_sqlite_while_people_work_is_restored_on_either_engine);
async fn a_backup_made_on_sqlite_while_people_work_is_restored_on_either_engine(home: Home) {
    let db = blank(home.folder.path(), "source.db").await;
    is_backed_up_at_work(Home { db, folder: home.folder.clone() }, home.db.clone()).await;
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

on_both!(nothing_goes_from_the_shelf_while_a_backup_is_written_nor_stays_for_ever);
async fn nothing_goes_from_the_shelf_while_a_backup_is_written_nor_stays_for_ever(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let who = house.nay().await;
    let draft = house.draft(&who, ALLOWANCE).await;
    let row = office.upload(&who, Holder::Draft(draft), "giay-to", "mo.png", PNG).await.unwrap();
    let sha256 = row.sha256.unwrap();
    office.drop_upload(&who, row.id, office.new_id()).await.unwrap();
    // A backup that dies keeps its lease for an hour at most.
    let (id, now) = (office.new_id(), house.clock.now());
    let mut tx = office.db().write().await.unwrap();
    assert!(jobs::hold_lease(&mut tx, &format!("backup-{id}"), id, now, 3_600_000).await.unwrap());
    tx.commit().await.unwrap();
    assert!(!office.release_bytes(&sha256).await.unwrap());
    office.blobs().open(&sha256).await.expect("its bytes");
    house.clock.set(now.plus_ms(3_600_001));
    assert!(office.release_bytes(&sha256).await.unwrap());
}

on_both!(bytes_that_a_backup_kept_go_with_the_next_sweep);
async fn bytes_that_a_backup_kept_go_with_the_next_sweep(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let who = house.nay().await;
    let draft = house.draft(&who, ALLOWANCE).await;
    let upload = async |name: &str, bytes: &'static [u8]| {
        office.upload(&who, Holder::Draft(draft), "giay-to", name, bytes).await.unwrap()
    };
    let (gone, kept) = (upload("mo.png", PNG).await, upload("ro.pdf", b"%PDF-1.7\nro").await);
    let (gone_bytes, kept_bytes) = (gone.sha256.unwrap(), kept.sha256.unwrap());
    let lease = async |backup: Uuid| {
        let mut tx = office.db().write().await.unwrap();
        let now = house.clock.now();
        assert!(jobs::hold_lease(&mut tx, &format!("backup-{backup}"), backup, now, 3_600_000).await.unwrap());
        tx.commit().await.unwrap();
    };
    lease(office.new_id()).await;
    office.drop_upload(&who, gone.id, office.new_id()).await.unwrap();
    office.run_due_jobs(|| false).await.unwrap();
    assert_eq!(house.count("SELECT COUNT(*) FROM jobs WHERE done_at IS NULL").await, 0, "nobody tries again");
    office.blobs().open(&gone_bytes).await.expect("a backup may still read them");

    // A sweep that meets the next backup leaves them to the one after it.
    house.clock.set(house.clock.now().plus_ms(25 * 3_600_000));
    lease(office.new_id()).await;
    assert_eq!(office.sweep_shelf().await.unwrap().removed, 0);
    house.clock.set(house.clock.now().plus_ms(3_600_001));
    assert_eq!(office.sweep_shelf().await.unwrap().removed, 1);
    assert!(office.blobs().open(&gone_bytes).await.is_err(), "what nobody points at stays for ever");
    office.blobs().open(&kept_bytes).await.expect("what counts stays");
}
