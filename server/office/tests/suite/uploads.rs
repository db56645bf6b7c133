//! Files: what is taken, what is refused, and that what was taken is there.

use super::{
    engine::Home,
    house::{ALLOWANCE, DONG_XUAN, House},
};
use crate::on_both;
use domain::{question::Typed, role::Role, time::DAY_MS};
use office::{
    Config, Error,
    error::Problem,
    sent_once::Sent,
    uploads::{Holder, OpenFile},
};
use sha2::{Digest, Sha256};
use tokio::io::AsyncReadExt;

/// A picture of one point.
pub const PNG: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8, 0,
    0, 0, 0, 0x3A, 0x7E, 0x9B, 0x55, 0, 0, 0, 10, b'I', b'D', b'A', b'T', 0x78, 0x9C, 0x63, 0, 0, 0, 2, 0, 1, 0x48,
    0xAF, 0xA4, 0x71, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xAE, 0x42, 0x60, 0x82,
];

/// The bytes of an opened file.
pub async fn contents(mut opened: OpenFile) -> Vec<u8> {
    let mut bytes = Vec::new();
    opened.file.read_to_end(&mut bytes).await.unwrap();
    bytes
}

fn problem<T>(result: Result<T, Error>) -> Problem {
    match result {
        Err(Error::Invalid(problem)) => problem,
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("taken"),
    }
}

on_both!(a_file_gives_way_to_another_only_when_that_has_come);
async fn a_file_gives_way_to_another_only_when_that_has_come(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let resident = house.nay().await;
    let draft = house.draft(&resident, ALLOWANCE).await;
    let old = office.upload(&resident, Holder::Draft(draft), "giay-to", "mo.png", PNG).await.unwrap();
    let left = async || {
        let files = office.draft(&resident, draft).await.unwrap().uploads;
        files.into_iter().map(|file| (file.name, file.question)).collect::<Vec<_>>()
    };
    let refused = office.take_sent_file(&resident, office.new_id(), Sent::InPlaceOf(old.id), "x.png", &b"MZ"[..]).await;
    assert!(matches!(problem(refused), Problem::FileKindUnknown));
    assert_eq!(left().await, [("mo.png".to_owned(), "giay-to".to_owned())], "the old one stays until then");
    let stranger = house.resident("998194000077", "Kẻ Lạ").await;
    assert!(matches!(
        office.take_sent_file(&stranger, office.new_id(), Sent::InPlaceOf(old.id), "x.png", PNG).await,
        Err(Error::NotFound)
    ));
    office.take_sent_file(&resident, office.new_id(), Sent::InPlaceOf(old.id), "ro.png", PNG).await.unwrap();
    assert_eq!(left().await, [("ro.png".to_owned(), "giay-to".to_owned())]);
    assert!(
        matches!(
            office.take_sent_file(&resident, office.new_id(), Sent::InPlaceOf(old.id), "x.png", PNG).await,
            Err(Error::NotFound)
        ),
        "gone"
    );
}

on_both!(a_file_that_gives_way_takes_up_no_place);
async fn a_file_that_gives_way_takes_up_no_place(home: Home) {
    let house = House::open_with(home, Config { upload_max_files: 1, ..Config::default() }).await;
    let office = &house.office;
    let resident = house.nay().await;
    let draft = house.draft(&resident, ALLOWANCE).await;
    let old = office.upload(&resident, Holder::Draft(draft), "giay-to", "mo.png", PNG).await.unwrap().id;
    let more = office.upload(&resident, Holder::Draft(draft), "giay-to", "hai.png", PNG).await;
    assert!(matches!(problem(more), Problem::QuotaReached));
    // Two windows send a clearer one at once: one of them takes the place.
    let (one, two) = tokio::join!(
        office.take_sent_file(&resident, office.new_id(), Sent::InPlaceOf(old), "ro.png", PNG),
        office.take_sent_file(&resident, office.new_id(), Sent::InPlaceOf(old), "ro hon.png", PNG)
    );
    assert!(one.is_ok() != two.is_ok(), "{one:?}, {two:?}");
    let files = office.draft(&resident, draft).await.unwrap().uploads;
    assert_eq!(files.iter().map(|file| file.id).collect::<Vec<_>>(), [one.or(two).unwrap().id]);
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'drop_upload'").await, 1);
}

on_both!(a_file_is_known_by_its_bytes_and_kept_whole);
async fn a_file_is_known_by_its_bytes_and_kept_whole(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let resident = house.nay().await;
    let draft = house.draft(&resident, ALLOWANCE).await;
    let holder = Holder::Draft(draft);
    let row = office.upload(&resident, holder, "giay-to", "../../giấy khai sinh.pdf", PNG).await.unwrap();
    assert_eq!((row.name.as_str(), row.mime.as_str()), ("giấy khai sinh.pdf", "image/png"));
    assert_eq!(row.size, PNG.len() as i64);
    let hash = hex::encode(Sha256::digest(PNG));
    assert_eq!(row.sha256.as_deref(), Some(hash.as_str()));
    assert!(row.finished_at.is_some());
    let place = house.home.folder.path().join("blobs").join(&hash[..2]).join(&hash[2..4]).join(&hash);
    assert_eq!(std::fs::read(place).unwrap(), PNG);
    assert_eq!(contents(office.open_upload(&resident, row.id).await.unwrap()).await, PNG);
    let coming = std::fs::read_dir(house.home.folder.path().join("blobs/coming")).unwrap().count();
    assert_eq!(coming, 0, "something half-written was left");

    // The same bytes twice are two files of one content.
    let twin = office.upload(&resident, holder, "giay-to", "b.png", PNG).await.unwrap();
    assert_ne!(twin.id, row.id);
    assert_eq!(house.count("SELECT COUNT(*) FROM blobs").await, 1);
    assert_eq!(house.count("SELECT COUNT(*) FROM uploads WHERE finished_at IS NOT NULL").await, 2);

    // One set aside is gone for its owner; the other stays.
    office.drop_upload(&resident, twin.id, office.new_id()).await.unwrap();
    let left: Vec<_> = office.draft(&resident, draft).await.unwrap().uploads.into_iter().map(|file| file.id).collect();
    assert_eq!(left, [row.id]);
    assert!(matches!(office.open_upload(&resident, twin.id).await, Err(Error::NotFound)), "a dropped file is shown");
    assert_eq!(contents(office.open_upload(&resident, row.id).await.unwrap()).await, PNG);

    // What was filed stays filed.
    let submitted = office.submit_draft(&resident, draft, true, office.new_id()).await.unwrap();
    assert!(matches!(office.drop_upload(&resident, row.id, office.new_id()).await, Err(Error::Stale)));
    let filed: Vec<_> = office.my_dossier(&resident, submitted.dossier).await.unwrap().uploads;
    assert_eq!(filed.iter().map(|file| file.id).collect::<Vec<_>>(), [row.id]);
    // Without a request for supplement nothing is added to it.
    let more = office.upload(&resident, Holder::Dossier(submitted.dossier), "giay-to", "c.png", PNG).await;
    assert!(matches!(more, Err(Error::Stale)), "{:?}", more.map(|row| row.id));
}

on_both!(what_is_no_picture_and_no_pdf_is_refused);
async fn what_is_no_picture_and_no_pdf_is_refused(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let resident = house.nay().await;
    let draft = house.draft(&resident, ALLOWANCE).await;
    let files: [(&str, &[u8]); 4] = [
        ("don.pdf", b"Kinh gui Uy ban nhan dan xa"),
        ("anh.png", b"<html><script>alert(1)</script></html>"),
        ("anh.jpg", b"GIF89a\x01\x00\x01\x00"),
        ("a.pdf", b"PK\x03\x04"),
    ];
    for (name, bytes) in files {
        let refused = office.upload(&resident, Holder::Draft(draft), "giay-to", name, bytes).await;
        assert_eq!(problem(refused), Problem::FileKindUnknown, "{name}");
    }
    let refused = office.upload(&resident, Holder::Draft(draft), "giay-to", "trong.pdf", &b""[..]).await;
    assert_eq!(problem(refused), Problem::FileEmpty);
    let pdf = office.upload(&resident, Holder::Draft(draft), "giay-to", "x.png", &b"%PDF-1.7\n1 0 obj"[..]).await;
    assert_eq!(pdf.unwrap().mime, "application/pdf");
    let jpeg =
        office.upload(&resident, Holder::Draft(draft), "giay-to", "x", &[0xFF, 0xD8, 0xFF, 0xE0, 0, 16][..]).await;
    assert_eq!(jpeg.unwrap().mime, "image/jpeg");
    assert_eq!(office.draft(&resident, draft).await.unwrap().uploads.len(), 2);
}

on_both!(a_file_too_large_and_a_day_too_full_are_refused);
async fn a_file_too_large_and_a_day_too_full_are_refused(home: Home) {
    let size = PNG.len() as i64;
    let config =
        Config { upload_max_bytes: size, upload_daily_bytes: 3 * size, upload_max_files: 2, ..Config::default() };
    let house = House::open_with(home, config).await;
    let office = &house.office;
    let resident = house.nay().await;
    let [one, two] = [ALLOWANCE, super::house::SAME_DAY];
    let (one, two) = (house.draft(&resident, one).await, house.draft(&resident, two).await);
    let upload = async |draft, bytes: &'static [u8]| {
        office.upload(&resident, Holder::Draft(draft), "giay-to", "a.png", bytes).await
    };
    let larger: &'static [u8] = Box::leak([PNG, &[0]].concat().into_boxed_slice());
    assert_eq!(problem(upload(one, larger).await), Problem::FileTooLarge { bytes: 0, most: size });
    // The largest file allowed; twice, as many as one draft holds.
    upload(one, PNG).await.unwrap();
    let second = upload(one, PNG).await.unwrap();
    assert_eq!(problem(upload(one, PNG).await), Problem::QuotaReached);
    // Another draft has room for files, the day for one more.
    upload(two, PNG).await.unwrap();
    assert_eq!(problem(upload(two, PNG).await), Problem::QuotaReached);
    // A file set aside gives its bytes back; so does the next day.
    office.drop_upload(&resident, second.id, office.new_id()).await.unwrap();
    upload(two, PNG).await.unwrap();
    house.clock.set(house.clock.now().plus_ms(DAY_MS + 1));
    upload(one, PNG).await.unwrap();
    assert_eq!(house.count("SELECT COUNT(*) FROM uploads WHERE finished_at IS NULL AND dropped_at IS NULL").await, 0);
}

on_both!(a_clerk_who_scans_for_everybody_has_a_day_of_their_own_size);
async fn a_clerk_who_scans_for_everybody_has_a_day_of_their_own_size(home: Home) {
    let usual = Config::default();
    assert!(usual.staff_upload_daily_bytes >= 20 * usual.upload_daily_bytes);
    let size = PNG.len() as i64;
    let config = Config { upload_daily_bytes: size, staff_upload_daily_bytes: 4 * size, ..usual };
    let house = House::open_with(home, config).await;
    let office = &house.office;
    let resident = house.nay().await;
    let draft = house.draft(&resident, ALLOWANCE).await;
    let own = async || office.upload(&resident, Holder::Draft(draft), "giay-to", "a.png", PNG).await;
    own().await.unwrap();
    assert_eq!(problem(own().await), Problem::QuotaReached, "a resident");

    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let dossier = house.accepted(&resident, super::house::SAME_DAY).await;
    // In the tray and in a dossier, for whoever comes: all counts for the clerk, and none of it for the resident.
    for holder in [Holder::Tray(office.new_id()), Holder::Tray(office.new_id()), Holder::Dossier(dossier)] {
        office.upload(&clerk, holder, "giay-to", "a.png", PNG).await.unwrap();
    }
    let last = Holder::Dossier(dossier);
    office.upload(&clerk, last, "giay-to", "a.png", PNG).await.unwrap();
    let over = office.upload(&clerk, last, "giay-to", "a.png", PNG).await;
    assert_eq!(problem(over), Problem::QuotaReached, "a clerk");
    house.clock.set(house.clock.now().plus_ms(DAY_MS + 1));
    office.upload(&clerk, last, "giay-to", "a.png", PNG).await.unwrap();
}

on_both!(a_file_sent_twice_by_one_form_is_one_file);
async fn a_file_sent_twice_by_one_form_is_one_file(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let owner = house.nay().await;
    let draft = house.draft(&owner, ALLOWANCE).await;
    let to = Sent::To(Holder::Draft(draft), "giay-to");
    let command = office.new_id();
    let first = office.take_sent_file(&owner, command, to, "a.png", PNG).await.unwrap();
    let again = office.take_sent_file(&owner, command, to, "a.png", PNG).await.unwrap();
    assert_eq!(first.id, again.id);
    let other = office.take_sent_file(&owner, office.new_id(), to, "a.png", PNG).await.unwrap();
    assert_ne!(first.id, other.id, "another form brings another file");
    // In place of another: the repeat finds what took its place.
    let command = office.new_id();
    let new = office.take_sent_file(&owner, command, Sent::InPlaceOf(other.id), "b.png", PNG).await.unwrap();
    let again = office.take_sent_file(&owner, command, Sent::InPlaceOf(other.id), "b.png", PNG).await.unwrap();
    assert_eq!(new.id, again.id);
    // At the same moment, in a form of its own.
    let command = office.new_id();
    let (one, two) = tokio::join!(
        office.take_sent_file(&owner, command, to, "c.png", PNG),
        office.take_sent_file(&owner, command, to, "c.png", PNG)
    );
    assert_eq!(one.unwrap().id, two.unwrap().id);
    let held = office.draft(&owner, draft).await.unwrap().uploads;
    assert_eq!(held.len(), 3, "{:?}", held.iter().map(|row| &row.name).collect::<Vec<_>>());
    // What failed is no answer: the next try of the form counts.
    let command = office.new_id();
    assert!(office.take_sent_file(&owner, command, to, "d.txt", &b"abc"[..]).await.is_err());
    office.take_sent_file(&owner, command, to, "d.png", PNG).await.unwrap();
}

on_both!(another_file_picked_on_the_same_page_is_never_taken_for_a_repeat);
async fn another_file_picked_on_the_same_page_is_never_taken_for_a_repeat(home: Home) {
    const CLEARER: &[u8] = b"%PDF-1.7\nro hon";
    let house = House::open(home).await;
    let office = &house.office;
    let owner = house.nay().await;
    let draft = house.draft(&owner, ALLOWANCE).await;
    let to = Sent::To(Holder::Draft(draft), "giay-to");
    let names = async || {
        let files = office.draft(&owner, draft).await.unwrap().uploads;
        let mut names: Vec<_> = files.into_iter().map(|file| file.name).collect();
        names.sort();
        names
    };
    // The answer to the first was lost, and a clearer picture is picked; then both at once, on a page of its own.
    let command = office.new_id();
    office.take_sent_file(&owner, command, to, "a.png", PNG).await.unwrap();
    office.take_sent_file(&owner, command, to, "b.pdf", CLEARER).await.unwrap();
    assert_eq!(names().await, ["a.png", "b.pdf"]);
    let repeat = office.take_sent_file(&owner, command, to, "b.pdf", CLEARER).await.unwrap();
    assert_eq!((repeat.name.as_str(), names().await.len()), ("b.pdf", 2));
    let command = office.new_id();
    let (one, two) = tokio::join!(
        office.take_sent_file(&owner, command, to, "c.png", PNG),
        office.take_sent_file(&owner, command, to, "d.pdf", CLEARER)
    );
    let (one, two) = (one.unwrap(), two.unwrap());
    assert_eq!(names().await, ["a.png", "b.pdf", "c.png", "d.pdf"]);
    // In place of one: what came first under the command gives way, and a twin is a twin.
    let command = office.new_id();
    let instead = Sent::InPlaceOf(one.id);
    office.take_sent_file(&owner, command, instead, "e.pdf", CLEARER).await.unwrap();
    office.take_sent_file(&owner, command, instead, "f.png", PNG).await.unwrap();
    assert_eq!(names().await, ["a.png", "b.pdf", "d.pdf", "f.png"]);
    let (command, instead) = (office.new_id(), Sent::InPlaceOf(two.id));
    let (one, two) = tokio::join!(
        office.take_sent_file(&owner, command, instead, "g.png", PNG),
        office.take_sent_file(&owner, command, instead, "g.png", PNG)
    );
    assert_eq!(one.unwrap().id, two.unwrap().id);
    assert_eq!(names().await, ["a.png", "b.pdf", "f.png", "g.png"]);
}

on_both!(a_save_that_comes_again_late_undoes_nothing);
async fn a_save_that_comes_again_late_undoes_nothing(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let owner = house.nay().await;
    let draft = house.draft(&owner, ALLOWANCE).await;
    const TOPIC: &str = "noi_dung";
    let save = async |words: &str, command| {
        let typed = Typed::from([("request.text".to_owned(), words.to_owned())]);
        let saved = office.save_topic(&owner, draft, TOPIC, typed, false, Some(command)).await.unwrap();
        saved.typed["request.text"].clone()
    };
    let (first, second) = (office.new_id(), office.new_id());
    assert_eq!(save("A", first).await, "A");
    assert_eq!(save("B", second).await, "B");
    assert_eq!(save("A", first).await, "B", "a repeat of the first");
    // A page that was left and come back to sends other words under its old command: they are kept, to and fro.
    assert_eq!(save("C", first).await, "C");
    assert_eq!(save("A", first).await, "A");
    let stored = office.draft(&owner, draft).await.unwrap().typed["request.text"].clone();
    assert_eq!(stored, "A");
}

on_both!(a_draft_set_aside_is_not_begun_again_by_its_old_form);
async fn a_draft_set_aside_is_not_begun_again_by_its_old_form(home: Home) {
    let house = House::open(home).await;
    let (office, owner) = (&house.office, house.nay().await);
    let (begin, end) = (office.new_id(), office.new_id());
    let first = office.start_draft(&owner, ALLOWANCE, DONG_XUAN, begin).await.unwrap();
    for _ in 0..2 {
        office.drop_draft(&owner, first, end).await.unwrap();
    }
    let second = office.start_draft(&owner, ALLOWANCE, DONG_XUAN, begin).await.unwrap();
    assert_ne!(first, second);
    assert_eq!(office.start_draft(&owner, ALLOWANCE, DONG_XUAN, begin).await.unwrap(), second);
    office.drop_draft(&owner, first, end).await.unwrap();
    assert!(office.draft(&owner, second).await.is_ok(), "the old button sets nothing else aside");
}

on_both!(a_draft_that_nobody_touched_for_half_a_year_is_set_aside_with_what_was_typed);
async fn a_draft_that_nobody_touched_for_half_a_year_is_set_aside_with_what_was_typed(home: Home) {
    let house = House::open(home).await;
    let (office, owner) = (&house.office, house.nay().await);
    let old = house.draft(&owner, ALLOWANCE).await;
    office.upload(&owner, Holder::Draft(old), "giay-to", "mo.png", PNG).await.unwrap();
    let filed = house.submitted(&house.resident("998091112648", "Mang Thị Hoa").await, ALLOWANCE).await;
    house.clock.set(office.now().plus_ms(180 * DAY_MS));
    assert_eq!(office.forget_old_drafts().await.unwrap(), 0, "not yet");
    let stranger = house.resident("998194000077", "Nguyễn Thị Mai").await;
    let young = house.draft(&stranger, ALLOWANCE).await;
    house.clock.set(office.now().plus_ms(1));
    assert_eq!(office.forget_old_drafts().await.unwrap(), 1);
    assert_eq!(office.forget_old_drafts().await.unwrap(), 0);
    assert!(matches!(office.draft(&owner, old).await, Err(Error::NotFound)));
    assert!(office.draft(&stranger, young).await.is_ok());
    assert!(!house.row(filed).await.typed.is_empty(), "what was filed stays");
    let mut tx = office.db().read().await.unwrap();
    let row = store::drafts::draft_by_id(&mut tx, old).await.unwrap().unwrap();
    assert!(row.typed.is_empty() && row.dropped_at.is_some());
    drop(tx);
    assert_eq!(house.count("SELECT COUNT(*) FROM uploads WHERE dropped_at IS NULL AND dossier_id IS NULL").await, 0);
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'forget_draft'").await, 1);
}

on_both!(what_is_taken_back_twice_is_taken_back_once);
async fn what_is_taken_back_twice_is_taken_back_once(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let owner = house.nay().await;
    let draft = house.draft(&owner, ALLOWANCE).await;
    let file = office.upload(&owner, Holder::Draft(draft), "giay-to", "a.png", PNG).await.unwrap().id;
    for _ in 0..2 {
        office.drop_upload(&owner, file, office.new_id()).await.unwrap();
    }
    for _ in 0..2 {
        office.drop_draft(&owner, draft, office.new_id()).await.unwrap();
    }
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_rows WHERE act IN ('drop_upload', 'drop_draft')").await, 2);
    let stranger = house.resident("054190001111", "Rơ Chăm H'Lan").await;
    assert!(matches!(office.drop_draft(&stranger, draft, office.new_id()).await, Err(office::Error::NotFound)));
}
