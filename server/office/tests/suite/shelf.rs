//! The shelf of files: the same promises in a folder and in a bucket, and nothing left behind.

use super::{
    engine::{Engine, Home, run_on},
    house::{ALLOWANCE, House, SAME_DAY},
    uploads::{PNG, contents},
};
use crate::on_both;
use office::{
    Config, Error,
    blobs::{Blobs, Bucket, BucketSettings, KeepError, Secret},
    error::Problem,
    shelf::Swept,
    uploads::Holder,
};
use sha2::{Digest, Sha256};
use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    sync::Barrier,
};

const HOUR: i64 = 3_600_000;
/// Address of a server that speaks S3 and asks nobody who he is: `http://127.0.0.1:port`.
const SERVER: &str = "MOTCUA_TEST_S3";
const BUCKET: &str = "motcua-test";

/// A test for both shelves: `on_both_shelves!(name)` beside `async fn name(house: House)`.
macro_rules! on_both_shelves {
    ($name:ident) => {
        mod $name {
            use super::*;

            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn folder() {
                run_on(Engine::Sqlite, async |home: Home| super::$name(House::open(home).await).await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn bucket() {
                let Some(blobs) = bucket_of_ones_own().await else { return };
                run_on(Engine::Sqlite, async |home: Home| {
                    super::$name(House::open_on(home, Config::default(), blobs).await).await;
                })
                .await;
            }
        }
    };
}

/// A prefix of its own for each test; `None` in a quick round. A round that forgot the server fails.
async fn bucket_of_ones_own() -> Option<Blobs> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let server = match std::env::var(SERVER) {
        Ok(server) => server,
        Err(_) if std::env::var("MOTCUA_TEST_ONLY_SQLITE").is_ok_and(|set| set == "1") => return None,
        Err(_) => panic!(
            "set {SERVER} to the address of a server that speaks S3 (http://host:port), or MOTCUA_TEST_ONLY_SQLITE=1 for a \
             quick round without it"
        ),
    };
    let host = server.strip_prefix("http://").expect("an http address").trim_end_matches('/');
    let mut line = tokio::net::TcpStream::connect(host).await.expect("the S3 server answers");
    let request = format!("PUT /{BUCKET} HTTP/1.1\r\nhost: {host}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    line.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    line.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let settings = BucketSettings {
        bucket: BUCKET.into(),
        prefix: format!("{}/{}", std::process::id(), COUNT.fetch_add(1, Ordering::SeqCst)),
        endpoint: Some(server),
        region: "us-east-1".into(),
        access_key: Secret::new("test".into()),
        secret_key: Secret::new("test".into()),
        session_token: None,
    };
    Some(Blobs::Bucket(Bucket::at(&settings).unwrap()))
}

fn hash_of(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// Bytes that look like a PDF and repeat nothing.
fn pdf(size: usize) -> Vec<u8> {
    let noise = (0_u64..).flat_map(|n| n.wrapping_mul(0x9E37_79B9_7F4A_7C15).to_be_bytes());
    b"%PDF-1.7\n".iter().copied().chain(noise).take(size).collect()
}

async fn on_shelf(house: &House) -> Vec<String> {
    let mut hashes = Vec::new();
    for first in 0..=u8::MAX {
        hashes.extend(house.office.blobs().hashes_of(first).await.unwrap());
    }
    hashes
}

async fn run_jobs(house: &House) {
    house.office.run_due_jobs(|| false).await.unwrap();
    assert_eq!(house.count("SELECT COUNT(*) FROM jobs WHERE done_at IS NULL").await, 0, "a job failed");
}

/// Nothing lies on the shelf or aside, and no row speaks of anything there.
async fn nothing_is_left(house: &House) {
    assert_eq!(on_shelf(house).await, Vec::<String>::new());
    assert_eq!(house.office.blobs().lying_aside().await.unwrap(), Vec::<String>::new());
    assert_eq!(house.count("SELECT COUNT(*) FROM blobs").await, 0);
    assert_eq!(house.count("SELECT COUNT(*) FROM uploads WHERE sha256 IS NOT NULL").await, 0);
}

on_both_shelves!(what_was_taken_comes_back_byte_for_byte_small_and_large);
async fn what_was_taken_comes_back_byte_for_byte_small_and_large(house: House) {
    let office = &house.office;
    let resident = house.nay().await;
    let draft = house.draft(&resident, ALLOWANCE).await;
    office.blobs().check().await.unwrap();
    // In one piece; exactly a part; in two parts, the second small; in two parts nearly full.
    for size in [1_000, 5 << 20, (5 << 20) + 1, (10 << 20) - 1] {
        let bytes = pdf(size);
        let row = office.upload(&resident, Holder::Draft(draft), "giay-to", "a.pdf", &bytes[..]).await.unwrap();
        let hash = hash_of(&bytes);
        assert_eq!((row.size, row.sha256.as_deref()), (size as i64, Some(hash.as_str())));
        assert!(contents(office.open_upload(&resident, row.id).await.unwrap()).await == bytes, "{size} bytes differ");
        let first = u8::from_str_radix(&hash[..2], 16).unwrap();
        assert!(office.blobs().hashes_of(first).await.unwrap().contains(&hash));
    }
    assert_eq!(on_shelf(&house).await.len(), 4);
    assert_eq!(office.blobs().lying_aside().await.unwrap(), Vec::<String>::new());
    let nowhere = office.blobs().open(&hash_of(b"nothing")).await;
    assert_eq!(nowhere.err().map(|error| error.kind()), Some(std::io::ErrorKind::NotFound));
}

on_both_shelves!(a_refused_file_leaves_nothing_behind);
async fn a_refused_file_leaves_nothing_behind(house: House) {
    let office = &house.office;
    let resident = house.nay().await;
    let draft = house.draft(&resident, ALLOWANCE).await;
    let too_large = pdf((10 << 20) + 1);
    for bytes in [&b"<html>"[..], b"", &too_large] {
        let refused = office.upload(&resident, Holder::Draft(draft), "giay-to", "a.pdf", bytes).await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "{:?}", refused.map(|row| row.id));
    }
    nothing_is_left(&house).await;
    assert_eq!(house.count("SELECT COUNT(*) FROM uploads WHERE dropped_at IS NULL").await, 0);
}

on_both_shelves!(a_connection_that_breaks_leaves_nothing_behind);
async fn a_connection_that_breaks_leaves_nothing_behind(house: House) {
    let resident = house.nay().await;
    let draft = house.draft(&resident, ALLOWANCE).await;
    // The server drops the request of a connection that is gone, wherever it stands: in its first transaction, in the
    // commit of it, or among the bytes.
    for tenths_of_a_millisecond in 0..60 {
        let (mut phone, line) = tokio::io::duplex(1 << 20);
        let upload = {
            let (office, resident) = (house.office.clone(), resident.clone());
            tokio::spawn(async move { office.upload(&resident, Holder::Draft(draft), "giay-to", "a.pdf", line).await })
        };
        phone.write_all(&pdf(200_000)).await.unwrap();
        tokio::time::sleep(Duration::from_micros(100 * tenths_of_a_millisecond)).await;
        upload.abort();
        assert!(upload.await.is_err());
        // Never so many on their way that the limit of a person ends one before its connection does.
        if tenths_of_a_millisecond % 20 == 19 {
            all_forgotten(&house).await;
        }
    }
    assert!(house.count("SELECT COUNT(*) FROM uploads").await > 0, "no upload ever began");
    nothing_is_left(&house).await;
}

/// Waits until no upload is on its way any more and nothing lies aside.
async fn all_forgotten(house: &House) {
    let began = "SELECT COUNT(*) FROM uploads WHERE dropped_at IS NULL";
    for _ in 0..1_000 {
        if house.count(began).await == 0 && house.office.blobs().lying_aside().await.unwrap().is_empty() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{} uploads stay on their way", house.count(began).await);
}

on_both_shelves!(a_file_taken_back_leaves_no_bytes_unless_another_has_the_same);
async fn a_file_taken_back_leaves_no_bytes_unless_another_has_the_same(house: House) {
    let office = &house.office;
    let resident = house.nay().await;
    let draft = house.draft(&resident, ALLOWANCE).await;
    let other = house.draft(&resident, SAME_DAY).await;
    let upload =
        async |draft| office.upload(&resident, Holder::Draft(draft), "giay-to", "a.png", PNG).await.unwrap().id;
    let (one, two) = (upload(draft).await, upload(other).await);
    office.drop_upload(&resident, one, office.new_id()).await.unwrap();
    run_jobs(&house).await;
    assert_eq!(contents(office.open_upload(&resident, two).await.unwrap()).await, PNG);
    // A draft that is set aside takes its files with it.
    office.drop_draft(&resident, other, office.new_id()).await.unwrap();
    run_jobs(&house).await;
    nothing_is_left(&house).await;
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'remove_bytes'").await, 1);
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_rows WHERE act IN ('drop_upload', 'drop_draft')").await, 2);
    // The same bytes may come again.
    let again = upload(draft).await;
    assert_eq!(contents(office.open_upload(&resident, again).await.unwrap()).await, PNG);
    // What was filed is not taken back with a draft.
    office.submit_draft(&resident, draft, true, office.new_id()).await.unwrap();
    office.drop_draft(&resident, draft, office.new_id()).await.unwrap();
    run_jobs(&house).await;
    assert_eq!(contents(office.open_upload(&resident, again).await.unwrap()).await, PNG);
}

on_both_shelves!(the_sweep_takes_what_a_crash_left_and_nothing_that_counts);
async fn the_sweep_takes_what_a_crash_left_and_nothing_that_counts(house: House) {
    let office = &house.office;
    let blobs = office.blobs();
    let resident = house.nay().await;
    let draft = house.draft(&resident, ALLOWANCE).await;
    let kept = office.upload(&resident, Holder::Draft(draft), "giay-to", "a.png", PNG).await.unwrap().id;
    // Left by a crash: bytes aside that belong to nobody; bytes on the shelf that no row knows; an upload that had pointed
    // its row at its bytes when the power went.
    blobs.receive(&b"half"[..], 100, "not-an-upload").await.unwrap();
    let stray = blobs.receive(&b"stray"[..], 100, "stray").await.unwrap();
    blobs.place(&stray).await.unwrap();
    let cut_off = {
        let (office, resident) = (office.clone(), resident.clone());
        let (phone, line) = tokio::io::duplex(64);
        let upload =
            tokio::spawn(async move { office.upload(&resident, Holder::Draft(draft), "giay-to", "b.pdf", line).await });
        (upload, phone)
    };
    while house.count("SELECT COUNT(*) FROM uploads WHERE finished_at IS NULL").await == 0 {
        tokio::task::yield_now().await;
    }

    // Today nothing goes but what lies aside without an upload; the stray is entered.
    let swept = office.sweep_shelf().await.unwrap();
    assert_eq!(swept, Swept { unfinished: 0, removed: 0, discarded: 1, found: 1 });
    house.clock.set(house.clock.now().plus_ms(24 * HOUR));
    assert_eq!(office.sweep_shelf().await.unwrap(), Swept::default());
    // A day later it goes, and the upload that never came to its end is given up.
    house.clock.set(house.clock.now().plus_ms(1));
    let swept = office.sweep_shelf().await.unwrap();
    assert_eq!((swept.unfinished, swept.removed, swept.found), (1, 1, 0));
    assert_eq!(on_shelf(&house).await, [hash_of(PNG)]);
    assert_eq!(contents(office.open_upload(&resident, kept).await.unwrap()).await, PNG);
    // Whoever is given up cannot come to an end any more.
    let (upload, mut phone) = cut_off;
    phone.write_all(&pdf(2_000)).await.unwrap();
    drop(phone);
    let late = upload.await.unwrap();
    assert!(matches!(late, Err(Error::Stale)), "{:?}", late.map(|row| row.id));
    run_jobs(&house).await;
    assert_eq!(office.sweep_shelf().await.unwrap(), Swept::default());
    assert_eq!(on_shelf(&house).await, [hash_of(PNG)]);
    assert_eq!(blobs.lying_aside().await.unwrap(), Vec::<String>::new());
}

on_both!(a_file_that_cannot_be_removed_keeps_nothing_else_from_going);
async fn a_file_that_cannot_be_removed_keeps_nothing_else_from_going(home: Home) {
    let root = home.folder.path().join("blobs");
    let house = House::open(home).await;
    let office = &house.office;
    let blobs = office.blobs();
    for (name, bytes) in [("one", b"one"), ("two", b"two")] {
        let stray = blobs.receive(&bytes[..], 100, name).await.unwrap();
        blobs.place(&stray).await.unwrap();
        assert_eq!(office.sweep_shelf().await.unwrap().found, 1);
        house.clock.set(house.clock.now().plus_ms(1));
    }
    // The older of the two is no file any more.
    let stuck = hash_of(b"one");
    let place = root.join(&stuck[..2]).join(&stuck[2..4]).join(&stuck);
    std::fs::remove_file(&place).unwrap();
    std::fs::create_dir(&place).unwrap();
    blobs.receive(&b"half"[..], 100, "not-an-upload").await.unwrap();
    house.clock.set(house.clock.now().plus_ms(25 * HOUR));
    assert!(matches!(office.sweep_shelf().await, Err(Error::Broken(_))), "somebody must look at it");
    assert_eq!(on_shelf(&house).await, Vec::<String>::new(), "the other went");
    assert_eq!(blobs.lying_aside().await.unwrap(), Vec::<String>::new());
    assert_eq!(house.count("SELECT COUNT(*) FROM blobs").await, 1);
}

#[tokio::test]
async fn a_bucket_that_is_not_there_or_does_not_answer_is_an_error_without_its_keys() {
    let Some(Blobs::Bucket(_)) = bucket_of_ones_own().await else { return };
    let at = |bucket: &str, endpoint: String| {
        let settings = BucketSettings {
            bucket: bucket.into(),
            prefix: String::new(),
            endpoint: Some(endpoint),
            region: "us-east-1".into(),
            access_key: Secret::new("open-sesame".into()),
            secret_key: Secret::new("very-secret".into()),
            session_token: None,
        };
        Blobs::Bucket(Bucket::at(&settings).unwrap())
    };
    let nobody = at(BUCKET, "http://127.0.0.1:9".into());
    let missing = at("no-such-bucket", std::env::var(SERVER).unwrap());
    for blobs in [nobody, missing] {
        let error = blobs.check().await.unwrap_err().to_string();
        assert!(!error.contains("sesame") && !error.contains("secret"), "{error}");
        let refused = blobs.receive(PNG, 1_000, "one").await;
        assert!(matches!(refused, Err(KeepError::Broken(_))), "nothing may count as kept: {refused:?}");
    }
}

on_both!(files_that_come_at_once_do_not_pass_the_limits);
async fn files_that_come_at_once_do_not_pass_the_limits(home: Home) {
    let size = PNG.len() as i64;
    let config = Config { upload_daily_bytes: 5 * size, upload_max_files: 3, ..Config::default() };
    let house = House::open_with(home, config).await;
    let resident = house.nay().await;
    let one = house.draft(&resident, ALLOWANCE).await;
    let two = house.draft(&resident, SAME_DAY).await;
    let taken_at_once = async |draft| {
        let start = Arc::new(Barrier::new(12));
        let uploads: Vec<_> = (0..12)
            .map(|_| {
                let (office, resident, start) = (house.office.clone(), resident.clone(), start.clone());
                tokio::spawn(async move {
                    start.wait().await;
                    office.upload(&resident, Holder::Draft(draft), "giay-to", "a.png", PNG).await
                })
            })
            .collect();
        let mut taken = 0;
        for upload in uploads {
            match upload.await.unwrap() {
                Ok(_) => taken += 1,
                Err(Error::Invalid(Problem::QuotaReached)) => {}
                Err(other) => panic!("{other:?}"),
            }
        }
        taken
    };
    assert_eq!(taken_at_once(one).await, 3, "files of one draft");
    assert_eq!(taken_at_once(two).await, 2, "bytes of one day");
    assert_eq!(house.count("SELECT CAST(SUM(size) AS BIGINT) FROM uploads WHERE dropped_at IS NULL").await, 5 * size);
}

on_both!(bytes_that_somebody_counts_on_never_go);
async fn bytes_that_somebody_counts_on_never_go(home: Home) {
    let house = House::open_with(home, Config { upload_max_files: 1_000, ..Config::default() }).await;
    let resident = house.nay().await;
    let draft = house.draft(&resident, ALLOWANCE).await;
    let upload = || {
        let (office, resident) = (house.office.clone(), resident.clone());
        async move { office.upload(&resident, Holder::Draft(draft), "giay-to", "a.png", PNG).await.unwrap().id }
    };
    let mut last = upload().await;
    for round in 0..200 {
        // One window takes the file back while another brings the same bytes, and the worker is at it.
        house.office.drop_upload(&resident, last, house.office.new_id()).await.unwrap();
        let coming = tokio::spawn(upload());
        let office = house.office.clone();
        let going = tokio::spawn(async move { office.run_due_jobs(|| false).await.unwrap() });
        last = coming.await.unwrap();
        going.await.unwrap();
        let opened = house.office.open_upload(&resident, last).await;
        let opened = opened.unwrap_or_else(|error| panic!("round {round}: the bytes are gone: {error}"));
        assert_eq!(contents(opened).await, PNG, "round {round}");
    }
    assert_eq!(house.count("SELECT COUNT(*) FROM jobs WHERE done_at IS NULL").await, 0);
}
