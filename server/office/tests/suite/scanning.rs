//! Files against a real clamd, which knows one malicious program: a signature of this test's own.
// long because a file that is held has one story, told on both engines from the upload to what becomes of its dossier.

use super::{
    engine::{Home, run},
    house::{ALLOWANCE, DONG_XUAN, House, SAME_DAY, XUAN_LANH, monday},
    messages::{Post, pair, send, states, told_by},
    uploads::{PNG, contents},
};
use crate::on_both;
use domain::{dossier::Proposal, message::Means, role::Role, time::Instant};
use office::{
    Config, Error, Uuid, Who,
    answer_files::answer_question,
    bulk::WhyNot,
    counter::WalkIn,
    error::Problem,
    messages::Worded,
    queues::{Narrow, Queue},
    scanner::Scanner,
    stuck::{Backlog, Stuck},
    uploads::Holder,
};
use std::{
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

/// What the signature knows.
const BAD: &[u8] = b"%PDF-1.7\na program that does harm, for a test";
/// Its MD5, which a local signature in a `.hdb` file names beside size and name.
const MD5_OF_BAD: &str = "e8aef0e8335e5bb87cef87c8bba37dc8";
/// A minute and a bit: long enough to be stuck.
const A_WHILE_MS: i64 = 61_000;

/// A clamd of the test's own, stopped with it.
struct Clamd {
    folder: PathBuf,
    port: Option<u16>,
    process: Option<Child>,
}

impl Clamd {
    /// Its settings and its one signature, below that folder. It listens on a socket, or on a port of this machine.
    fn prepare(folder: &Path, port: Option<u16>) -> Self {
        let folder = folder.join("clamd");
        let signatures = folder.join("signatures");
        std::fs::create_dir_all(&signatures).unwrap();
        let signature = format!("{MD5_OF_BAD}:{}:Test.Harm\n", BAD.len());
        std::fs::write(signatures.join("test.hdb"), signature).unwrap();
        let place = match port {
            Some(port) => format!("TCPSocket {port}\nTCPAddr 127.0.0.1"),
            None => format!("LocalSocket {}", folder.join("socket").display()),
        };
        let settings = format!("Foreground yes\nDatabaseDirectory {}\n{place}\n", signatures.display());
        std::fs::write(folder.join("clamd.conf"), settings).unwrap();
        Self { folder, port, process: None }
    }

    fn scanner(&self) -> Scanner {
        match self.port {
            Some(port) => Scanner::Tcp(format!("127.0.0.1:{port}")),
            None => Scanner::Unix(self.folder.join("socket")),
        }
    }

    /// Starts it and waits until it answers.
    async fn start(&mut self) {
        let program = ["/usr/sbin/clamd", "/usr/bin/clamd"].into_iter().find(|path| Path::new(path).exists());
        let program = program.expect("clamd of Debian's clamav-daemon: `cargo xtask test` fetches it");
        let mut clamd = Command::new(program);
        clamd.arg("-c").arg(self.folder.join("clamd.conf")).stdout(Stdio::null()).stderr(Stdio::null());
        self.process = Some(clamd.spawn().unwrap());
        for _ in 0..600 {
            if self.scanner().version().await.is_ok() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("clamd does not answer");
    }

    /// Kills it in the middle of whatever it does.
    fn kill(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill().unwrap();
            process.wait().unwrap();
        }
    }
}

impl Drop for Clamd {
    fn drop(&mut self) {
        self.kill();
    }
}

async fn house_with(home: Home, clamd: &Clamd) -> House {
    House::open_with(home, Config { scanner: Some(clamd.scanner()), ..Config::default() }).await
}

/// The same, and residents are told by every means.
async fn house_that_tells(home: Home, clamd: &Clamd) -> House {
    let config = Config {
        scanner: Some(clamd.scanner()),
        message_means: Means::ALL.to_vec(),
        message_words: |told| Worded {
            subject: told.message.key().into(),
            body: format!("{} {}", told.message.key(), told.one_time_code).trim().into(),
        },
        ..Config::default()
    };
    House::open_with(home, config).await
}

fn problem<T>(result: Result<T, Error>) -> Problem {
    match result {
        Err(Error::Invalid(problem)) => problem,
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("taken"),
    }
}

/// Bytes on the shelf, placed or aside.
fn on_the_shelf(house: &House) -> usize {
    fn below(folder: &Path) -> usize {
        let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
        let count = |path: PathBuf| if path.is_dir() { below(&path) } else { 1 };
        entries.map(|entry| count(entry.unwrap().path())).sum()
    }
    below(&house.home.folder.path().join("blobs"))
}

async fn acts(house: &House, act: &str) -> i64 {
    house.count(format!("SELECT COUNT(*) FROM audit_rows WHERE act = '{act}'").leak()).await
}

on_both!(a_bad_file_is_never_stored_whoever_sends_it);
async fn a_bad_file_is_never_stored_whoever_sends_it(home: Home) {
    let mut clamd = Clamd::prepare(home.folder.path(), None);
    clamd.start().await;
    let house = house_with(home, &clamd).await;
    let office = &house.office;
    let resident = house.nay().await;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let draft = house.draft(&resident, ALLOWANCE).await;
    let typed = office.draft(&resident, draft).await.unwrap().row.typed;
    let dossier = house.accepted(&resident, super::house::SAME_DAY).await;
    let sends = [
        (&resident, Holder::Draft(draft), "giay-to"),
        (&clerk, Holder::Tray(office.new_id()), "giay-to"),
        (&clerk, Holder::Dossier(dossier), "ket-qua"),
    ];
    for (number, (who, holder, question)) in sends.into_iter().enumerate() {
        let refused = office.upload(who, holder, question, "don.pdf", BAD).await;
        assert_eq!(problem(refused), Problem::FileInfected { name: "don.pdf".into() });
        assert_eq!(acts(&house, "refuse_infected_file").await, number as i64 + 1);
        assert_eq!(on_the_shelf(&house), 0, "bytes of a bad file");
        let clean = office.upload(who, holder, question, "anh.png", PNG).await.unwrap();
        assert_eq!(clean.held_at, None);
        assert_eq!(contents(office.open_upload(who, clean.id).await.unwrap()).await, PNG);
        std::fs::remove_dir_all(house.home.folder.path().join("blobs")).unwrap();
    }
    let left = office.draft(&resident, draft).await.unwrap();
    assert_eq!((left.row.typed, left.uploads.len()), (typed, 1), "what was typed stays");
    assert_eq!(house.count("SELECT COUNT(*) FROM uploads WHERE dropped_at IS NULL").await, 3);
    let words = "SELECT COUNT(*) FROM audit_rows WHERE CAST(detail AS TEXT) LIKE '%don.pdf%'";
    assert_eq!(house.count(words).await, 0, "the record holds no name of a file");
    let signed = "SELECT COUNT(*) FROM audit_rows WHERE CAST(detail AS TEXT) LIKE '%Test.Harm%'";
    assert_eq!(house.count(signed).await, 3);
}

on_both!(while_the_scanner_is_away_files_are_held_and_settled_when_it_is_back);
async fn while_the_scanner_is_away_files_are_held_and_settled_when_it_is_back(home: Home) {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut clamd = Clamd::prepare(home.folder.path(), Some(port));
    clamd.start().await;
    let house = house_with(home, &clamd).await;
    let office = &house.office;
    let resident = house.nay().await;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let administrator = house.staff(DONG_XUAN, Role::Administrator).await;
    let held = async || {
        let stuck = office.stuck(&administrator).await.unwrap().into_iter();
        stuck.filter(|one| matches!(one, Stuck::Held { .. })).collect::<Vec<_>>()
    };

    clamd.kill();
    let draft = house.draft(&resident, ALLOWANCE).await;
    let good = office.upload(&resident, Holder::Draft(draft), "giay-to", "tot.png", PNG).await.unwrap();
    let bad = office.upload(&resident, Holder::Draft(draft), "giay-to", "xau.pdf", BAD).await.unwrap();
    assert_eq!((good.held_at, bad.held_at), (Some(monday().0), Some(monday().0)));
    // The draft is handed in all the same, and accepted.
    let dossier = office.submit_draft(&resident, draft, true, office.new_id()).await.unwrap().dossier;
    office.accept_dossier(&clerk, dossier, None, house.command(dossier).await).await.unwrap();
    let views = acts(&house, "view_file").await;
    for who in [&resident, &clerk] {
        for file in [good.id, bad.id] {
            assert_eq!(problem(office.open_upload(who, file).await), Problem::FileHeld);
        }
    }
    let stranger = house.resident("998194000077", "Kẻ Lạ").await;
    assert!(matches!(office.open_upload(&stranger, good.id).await, Err(Error::NotFound)), "a stranger learns nothing");
    assert_eq!(acts(&house, "view_file").await, views, "nobody saw anything");
    assert_eq!(held().await, [], "not for long yet");
    house.clock.set(house.clock.now().plus_ms(A_WHILE_MS));
    assert_eq!(held().await, [Stuck::Held { files: 2, since: monday() }]);
    assert_eq!(office.scan_held_files(office.new_id()).await.unwrap(), 0, "there is nobody to ask");
    assert_eq!(held().await, [Stuck::Held { files: 2, since: monday() }]);

    clamd.start().await;
    house.clock.set(house.clock.now().plus_ms(10 * A_WHILE_MS));
    assert_eq!(office.scan_held_files(office.new_id()).await.unwrap(), 2);
    assert_eq!(held().await, []);
    assert_eq!(contents(office.open_upload(&clerk, good.id).await.unwrap()).await, PNG);
    for who in [&resident, &clerk] {
        assert!(matches!(office.open_upload(who, bad.id).await, Err(Error::NotFound)));
    }
    let hash = bad.sha256.unwrap();
    office.run_due_jobs(|| false).await.unwrap();
    assert!(office.blobs().open(&hash).await.is_err(), "its bytes stay on the shelf");
    // The life of the dossier says so, and both sides see what is missing.
    assert_eq!(house.events(dossier).await, ["submitted", "accepted", "file_removed"]);
    let names = |files: &[store::uploads::UploadRow]| files.iter().map(|file| file.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&office.my_dossier(&resident, dossier).await.unwrap().infected), ["xau.pdf"]);
    assert_eq!(names(&office.dossier(&clerk, dossier).await.unwrap().infected), ["xau.pdf"]);
    assert_eq!((acts(&house, "release_file").await, acts(&house, "remove_infected_file").await), (1, 1));

    // The resident sends another without being asked by a form, for that paper alone, and once.
    let more =
        async |question: &str| office.upload(&resident, Holder::Dossier(dossier), question, "lai.png", PNG).await;
    assert!(matches!(more("khac").await, Err(Error::Stale)), "a paper that nobody misses");
    let again = more("giay-to").await.unwrap();
    assert_eq!(again.held_at, None);
    assert!(office.my_dossier(&resident, dossier).await.unwrap().infected.is_empty());
    assert!(matches!(more("giay-to").await, Err(Error::Stale)), "it has come");
    assert_eq!(office.scan_held_files(office.new_id()).await.unwrap(), 0, "nothing is left");
}

on_both!(what_is_held_in_a_draft_or_a_tray_is_missed_there_when_it_turns_out_bad);
async fn what_is_held_in_a_draft_or_a_tray_is_missed_there_when_it_turns_out_bad(home: Home) {
    let mut clamd = Clamd::prepare(home.folder.path(), None);
    let house = house_with(home, &clamd).await;
    let office = &house.office;
    let resident = house.nay().await;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let draft = house.draft(&resident, ALLOWANCE).await;
    let tray = office.new_id();
    office.upload(&resident, Holder::Draft(draft), "giay-to", "xau.pdf", BAD).await.unwrap();
    office.upload(&clerk, Holder::Tray(tray), "giay-to", "quet.pdf", BAD).await.unwrap();
    clamd.start().await;
    assert_eq!(office.scan_held_files(office.new_id()).await.unwrap(), 2);
    let left = office.draft(&resident, draft).await.unwrap();
    assert!(left.uploads.is_empty());
    assert_eq!(left.infected.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["xau.pdf"]);
    assert!(office.tray(&clerk, tray).await.unwrap().is_empty());
    assert_eq!(office.infected_in_tray(&clerk, tray).await.unwrap().len(), 1);
    let colleague = house.staff(DONG_XUAN, Role::CentreDirector).await;
    assert!(office.infected_in_tray(&colleague, tray).await.is_ok_and(|files| files.is_empty()), "another's tray");
    office.upload(&resident, Holder::Draft(draft), "giay-to", "tot.png", PNG).await.unwrap();
    assert!(office.draft(&resident, draft).await.unwrap().infected.is_empty(), "another has come");
}

on_both!(a_resident_lets_a_bad_file_go_that_the_form_can_do_without_and_nothing_waits_for_it);
async fn a_resident_lets_a_bad_file_go_that_the_form_can_do_without_and_nothing_waits_for_it(home: Home) {
    let mut clamd = Clamd::prepare(home.folder.path(), None);
    let house = house_with(home, &clamd).await;
    let office = &house.office;
    let resident = house.nay().await;
    let stranger = house.resident("998194000077", "Kẻ Lạ").await;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let draft = house.draft(&resident, SAME_DAY).await;
    let bad = office.upload(&resident, Holder::Draft(draft), "giay-to", "xau.pdf", BAD).await.unwrap().id;
    clamd.start().await;
    assert_eq!(office.scan_held_files(office.new_id()).await.unwrap(), 1);
    assert!(matches!(office.drop_upload(&stranger, bad, office.new_id()).await, Err(Error::NotFound)));
    let gone = async || office.draft(&resident, draft).await.unwrap().infected.len();
    assert_eq!(gone().await, 1);
    for _ in 0..2 {
        office.drop_upload(&resident, bad, office.new_id()).await.unwrap();
    }
    assert_eq!((gone().await, acts(&house, "drop_upload").await), (0, 1));

    let dossier = office.submit_draft(&resident, draft, true, office.new_id()).await.unwrap().dossier;
    assert!(office.my_dossier(&resident, dossier).await.unwrap().infected.is_empty());
    office.accept_dossier(&clerk, dossier, None, house.command(dossier).await).await.unwrap();
    assert_eq!(awaiting(&house, DONG_XUAN).await, None);
    office.finish_at_once(&clerk, dossier, house.command(dossier).await).await.unwrap();
    let late = office.drop_upload(&resident, bad, office.new_id()).await;
    assert!(matches!(late, Err(Error::Stale)), "what was filed is not taken back");
}

on_both!(what_a_scan_took_from_a_tray_is_told_to_the_clerk_and_goes_into_no_dossier);
async fn what_a_scan_took_from_a_tray_is_told_to_the_clerk_and_goes_into_no_dossier(home: Home) {
    let mut clamd = Clamd::prepare(home.folder.path(), None);
    let house = house_with(home, &clamd).await;
    let office = &house.office;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let tray = office.new_id();
    let lay = async |paper: &str, name: &str, bytes: &'static [u8]| {
        office.upload(&clerk, Holder::Tray(tray), paper, name, bytes).await.unwrap().id
    };
    let bad = lay("Tờ khai", "xau.pdf", BAD).await;
    let good = lay("Giấy khai sinh", "tot.png", PNG).await;
    clamd.start().await;
    assert_eq!(office.scan_held_files(office.new_id()).await.unwrap(), 2);
    let walk_in =
        WalkIn { procedure_code: ALLOWANCE.into(), name: "Ksor H'Nay".into(), tray: Some(tray), ..WalkIn::default() };
    let command = office.new_id();
    let unseen = office.receive_at_counter(&clerk, DONG_XUAN, walk_in.clone(), command).await;
    assert_eq!(problem(unseen), Problem::FileInfected { name: "xau.pdf".into() });
    assert_eq!(house.count("SELECT COUNT(*) FROM dossiers").await, 0, "nothing of it happened");
    assert_eq!(office.tray(&clerk, tray).await.unwrap().len(), 1, "the tray is as it was");
    let gone: Vec<Uuid> = office.infected_in_tray(&clerk, tray).await.unwrap().iter().map(|file| file.id).collect();
    assert_eq!(gone, [bad]);

    let seen = WalkIn { seen_gone: gone, ..walk_in };
    let dossier = office.receive_at_counter(&clerk, DONG_XUAN, seen, command).await.unwrap();
    let view = office.dossier(&clerk, dossier).await.unwrap();
    assert_eq!(view.uploads.iter().map(|file| file.id).collect::<Vec<_>>(), [good]);
    assert!(view.infected.is_empty(), "nothing is waited for in place of it");
    assert_eq!(awaiting(&house, DONG_XUAN).await, None);
    assert_eq!(marked(&house, &clerk, Queue::AwaitingAssignment).await, (vec![dossier], vec![]));
}

on_both!(a_result_that_waits_to_be_scanned_is_not_issued);
async fn a_result_that_waits_to_be_scanned_is_not_issued(home: Home) {
    let mut clamd = Clamd::prepare(home.folder.path(), None);
    let house = house_with(home, &clamd).await;
    let office = &house.office;
    let resident = house.nay().await;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let dossier = house.accepted(&resident, super::house::SAME_DAY).await;
    office.upload(&clerk, Holder::Dossier(dossier), "ket-qua", "ket-qua.png", PNG).await.unwrap();
    let finish = async || office.finish_at_once(&clerk, dossier, house.command(dossier).await).await;
    assert_eq!(problem(finish().await), Problem::FileHeld);
    assert_eq!(house.events(dossier).await, ["submitted", "accepted"], "nothing of it happened");
    clamd.start().await;
    assert_eq!(office.scan_held_files(office.new_id()).await.unwrap(), 1);
    finish().await.unwrap();
    assert_eq!(house.events(dossier).await.last().map(String::as_str), Some("result_issued"));
}

/// A dossier, accepted while the scanner was away, with a file that a scan will take away.
async fn accepted_with_a_bad_file(house: &House, resident: &Who, procedure: &str) -> Uuid {
    let office = &house.office;
    let draft = house.draft(resident, procedure).await;
    office.upload(resident, Holder::Draft(draft), "giay-to", "xau.pdf", BAD).await.unwrap();
    let dossier = office.submit_draft(resident, draft, true, office.new_id()).await.unwrap().dossier;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    office.accept_dossier(&clerk, dossier, None, house.command(dossier).await).await.unwrap();
    dossier
}

/// How many dossiers stand on the page of stuck things because they wait for another file, and since when.
async fn awaiting(house: &House, unit: i64) -> Option<(i64, Instant)> {
    let controller = house.staff(unit, Role::Controller).await;
    let stuck = house.office.stuck(&controller).await.unwrap().into_iter();
    let mut lines = stuck.filter_map(|one| match one {
        Stuck::Dossiers { backlog: Backlog::AwaitingFile, dossiers, since, .. } => Some((dossiers, since)),
        _ => None,
    });
    let first = lines.next();
    assert_eq!(lines.next(), None, "one role holds them all here");
    first
}

/// The dossiers of a queue, and those of them that are marked because they wait for another file.
async fn marked(house: &House, who: &Who, queue: Queue) -> (Vec<Uuid>, Vec<Uuid>) {
    let page = house.office.queue(who, queue, &Narrow::default(), None).await.unwrap();
    let (mut listed, mut marked): (Vec<Uuid>, _) = (page.rows.iter().map(|row| row.id).collect(), page.awaiting_file);
    listed.sort_unstable();
    marked.sort_unstable();
    (listed, marked)
}

on_both!(a_file_found_bad_after_filing_is_told_and_its_dossier_stays_in_sight_until_another_comes);
async fn a_file_found_bad_after_filing_is_told_and_its_dossier_stays_in_sight_until_another_comes(home: Home) {
    let mut clamd = Clamd::prepare(home.folder.path(), None);
    let house = house_that_tells(home, &clamd).await;
    let office = &house.office;
    let resident = house.nay().await;
    told_by(&house, &resident, Means::Email).await;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let slow = accepted_with_a_bad_file(&house, &resident, ALLOWANCE).await;
    let quick = accepted_with_a_bad_file(&house, &resident, SAME_DAY).await;
    let mut both = vec![slow, quick];
    both.sort_unstable();
    assert_eq!(awaiting(&house, DONG_XUAN).await, None, "a file that is held is waited for otherwise");
    assert_eq!(marked(&house, &clerk, Queue::AwaitingAssignment).await, (both.clone(), vec![]));

    clamd.start().await;
    let gone = monday().plus_ms(10 * A_WHILE_MS);
    house.clock.set(gone);
    assert_eq!(office.scan_held_files(office.new_id()).await.unwrap(), 2);
    house.clock.set(gone.plus_ms(A_WHILE_MS));
    assert_eq!(awaiting(&house, DONG_XUAN).await, Some((2, gone)), "since the file is gone");
    assert_eq!(awaiting(&house, XUAN_LANH).await, None, "another unit has nothing to do with it");
    for queue in [Queue::AwaitingAssignment, Queue::AwaitingFile] {
        assert_eq!(marked(&house, &clerk, queue).await, (both.clone(), both.clone()), "{queue:?}");
    }
    // The one file comes again before the worker writes; of the other its resident is told.
    let again = async |dossier: Uuid| {
        office.upload(&resident, Holder::Dossier(dossier), "giay-to", "lai.png", PNG).await.unwrap();
    };
    again(quick).await;
    let post = Post::default();
    assert_eq!(send(&house, Means::Email, &post).await, 3);
    assert_eq!(states(&house, slow).await, [pair("received", "sent"), pair("file_removed", "sent")]);
    assert_eq!(states(&house, quick).await, [pair("received", "sent"), pair("file_removed", "dropped")]);
    assert_eq!(awaiting(&house, DONG_XUAN).await, Some((1, gone)));
    assert_eq!(marked(&house, &clerk, Queue::AwaitingAssignment).await, (both.clone(), vec![slow]));
    again(slow).await;
    assert_eq!(awaiting(&house, DONG_XUAN).await, None);
    assert_eq!(marked(&house, &clerk, Queue::AwaitingAssignment).await, (both, vec![]));
    assert_eq!(marked(&house, &clerk, Queue::AwaitingFile).await, (vec![], vec![]));
}

on_both!(a_file_found_bad_after_the_decision_is_told_to_the_unit_and_to_the_resident_once_that_is_taken_back);
async fn a_file_found_bad_after_the_decision_is_told_to_the_unit_and_to_the_resident_once_that_is_taken_back(
    home: Home,
) {
    let mut clamd = Clamd::prepare(home.folder.path(), None);
    let house = house_that_tells(home, &clamd).await;
    let office = &house.office;
    let resident = house.nay().await;
    told_by(&house, &resident, Means::Email).await;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let leader = house.staff(DONG_XUAN, Role::Leader).await;
    let [reopened, kept] = [
        accepted_with_a_bad_file(&house, &resident, SAME_DAY).await,
        accepted_with_a_bad_file(&house, &resident, SAME_DAY).await,
    ];
    for dossier in [reopened, kept] {
        office.finish_at_once(&clerk, dossier, house.command(dossier).await).await.unwrap();
    }
    clamd.start().await;
    let gone = monday().plus_ms(10 * A_WHILE_MS);
    house.clock.set(gone);
    assert_eq!(office.scan_held_files(office.new_id()).await.unwrap(), 2);
    let mut both = vec![reopened, kept];
    both.sort_unstable();
    let late = async |unit: i64| {
        let controller = house.staff(unit, Role::Controller).await;
        let stuck = office.stuck(&controller).await.unwrap().into_iter();
        let of_late = stuck.filter_map(|one| match one {
            Stuck::Dossiers { backlog: Backlog::FoundBadLate, dossiers, since, .. } => Some((dossiers, since)),
            _ => None,
        });
        of_late.collect::<Vec<_>>()
    };
    assert_eq!(late(DONG_XUAN).await, [(2, gone)]);
    assert_eq!(late(XUAN_LANH).await, [], "another unit has nothing to do with it");
    assert_eq!(awaiting(&house, DONG_XUAN).await, None, "a decided dossier waits for nothing");
    assert_eq!(marked(&house, &clerk, Queue::AwaitingCollection).await, (both.clone(), both));
    let is_told = async |dossier: Uuid| states(&house, dossier).await.contains(&pair("file_removed", "waiting"));
    assert!(!is_told(reopened).await, "nor is its resident told");

    // The unit looks: of the one the result stands.
    let file = office.dossier(&leader, kept).await.unwrap().infected[0].id;
    office.let_file_go(&leader, kept, file, "Đã đối chiếu bản chính", office.new_id()).await.unwrap();
    assert_eq!(late(DONG_XUAN).await, [(1, gone)]);
    office.correct_result(&leader, kept, "Sai tên".into(), house.command(kept).await).await.unwrap();
    assert!(!is_told(kept).await, "nothing is waited for");
    // The other is taken back: from now on another file is waited for, and its resident hears of it.
    office.correct_result(&leader, reopened, "Sai tên".into(), house.command(reopened).await).await.unwrap();
    assert_eq!(late(DONG_XUAN).await, []);
    assert_eq!(awaiting(&house, DONG_XUAN).await, Some((1, gone)));
    assert!(is_told(reopened).await);
    let post = Post::default();
    send(&house, Means::Email, &post).await;
    assert!(states(&house, reopened).await.contains(&pair("file_removed", "sent")));
}

on_both!(nothing_is_granted_while_a_file_is_waited_for_until_somebody_says_why_it_is_not_needed);
async fn nothing_is_granted_while_a_file_is_waited_for_until_somebody_says_why_it_is_not_needed(home: Home) {
    let mut clamd = Clamd::prepare(home.folder.path(), None);
    let house = house_with(home, &clamd).await;
    let office = &house.office;
    let resident = house.nay().await;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let specialist = house.staff(DONG_XUAN, Role::Specialist).await;
    let leader = house.staff(DONG_XUAN, Role::Leader).await;
    let granted = accepted_with_a_bad_file(&house, &resident, ALLOWANCE).await;
    let denied = accepted_with_a_bad_file(&house, &resident, ALLOWANCE).await;
    clamd.start().await;
    assert_eq!(office.scan_held_files(office.new_id()).await.unwrap(), 2);
    let lacks = || Problem::FileAwaited { name: "xau.pdf".into() };
    let at_once = office.finish_at_once(&clerk, granted, house.command(granted).await).await;
    assert_eq!(problem(at_once), lacks());

    for (dossier, proposal, note) in [(granted, Proposal::Grant, ""), (denied, Proposal::Deny, "Không đủ điều kiện.")]
    {
        let to = specialist.subject();
        office.assign_dossier(&clerk, dossier, to, house.command(dossier).await).await.unwrap();
        let command = house.command(dossier).await;
        office.submit_for_approval(&specialist, dossier, proposal, note.into(), command).await.unwrap();
    }
    let events = house.events(granted).await;
    let why_not = async |dossier: Uuid| office.review_many(&leader, &[dossier]).await.unwrap()[0].why_not;
    assert_eq!(why_not(granted).await, Some(WhyNot::FileAwaited));
    assert_eq!(why_not(denied).await, None, "who is refused needs no paper for it");
    let approve = async |dossier: Uuid| office.approve_dossier(&leader, dossier, house.command(dossier).await).await;
    assert_eq!(problem(approve(granted).await), lacks());
    assert_eq!(house.events(granted).await, events, "nothing of it happened");
    approve(denied).await.unwrap();

    // Whoever handles the files, or decides, says why none is needed: once, and in words.
    let file = office.dossier(&leader, granted).await.unwrap().infected[0].id;
    let command = office.new_id();
    let let_go = async |who: &Who, words: &str| office.let_file_go(who, granted, file, words, command).await;
    let cashier = house.staff(DONG_XUAN, Role::Cashier).await;
    let stranger = house.staff(XUAN_LANH, Role::Leader).await;
    for who in [&cashier, &stranger] {
        assert!(matches!(let_go(who, "Đã xem").await, Err(Error::Forbidden)));
    }
    assert_eq!(problem(let_go(&leader, "  ").await), Problem::Missing("words"));
    assert_eq!(problem(let_go(&leader, &"x".repeat(501)).await), Problem::TooLong("words"));
    assert_eq!(marked(&house, &leader, Queue::AwaitingApproval).await, (vec![granted], vec![granted]));
    for _ in 0..2 {
        let_go(&leader, "Đã xem bản chính tại quầy").await.unwrap();
    }
    let view = office.dossier(&leader, granted).await.unwrap();
    let notes: Vec<&str> = view.notes.iter().map(|note| note.words.as_str()).collect();
    assert_eq!(notes, ["xau.pdf: Đã xem bản chính tại quầy"]);
    assert!(view.infected.is_empty());
    assert_eq!(acts(&house, "let_file_go").await, 1);
    assert_eq!(marked(&house, &leader, Queue::AwaitingApproval).await, (vec![granted], vec![]));
    let late = office.let_file_go(&leader, granted, file, "Đã xem", office.new_id()).await;
    assert!(matches!(late, Err(Error::Stale)), "nothing is waited for any more");
    let more = office.upload(&resident, Holder::Dossier(granted), "giay-to", "lai.png", PNG).await;
    assert!(matches!(more, Err(Error::Stale)));
    assert_eq!(why_not(granted).await, None);
    approve(granted).await.unwrap();
}

on_both!(a_bad_file_of_an_answer_to_another_unit_keeps_no_dossier_back);
async fn a_bad_file_of_an_answer_to_another_unit_keeps_no_dossier_back(home: Home) {
    let mut clamd = Clamd::prepare(home.folder.path(), None);
    let house = house_that_tells(home, &clamd).await;
    let office = &house.office;
    let resident = house.nay().await;
    told_by(&house, &resident, Means::Email).await;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let dossier = accepted_with_a_bad_file(&house, &resident, SAME_DAY).await;
    // It lies as what an asked unit sends along.
    let mut tx = office.db().write().await.unwrap();
    let question = answer_question(office.new_id());
    run(&mut tx, &format!("UPDATE uploads SET question = '{question}' WHERE dossier_id IS NOT NULL")).await.unwrap();
    tx.commit().await.unwrap();
    clamd.start().await;
    assert_eq!(office.scan_held_files(office.new_id()).await.unwrap(), 1);
    assert_eq!(awaiting(&house, DONG_XUAN).await, None);
    assert_eq!(marked(&house, &clerk, Queue::AwaitingAssignment).await, (vec![dossier], vec![]));
    office.finish_at_once(&clerk, dossier, house.command(dossier).await).await.unwrap();
    let told = states(&house, dossier).await;
    assert!(!told.is_empty() && told.iter().all(|(kind, _)| kind != "file_removed"), "{told:?}");
}
