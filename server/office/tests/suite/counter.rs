//! The counter: scans in the tray, and never two dossiers for one matter.

use super::{
    engine::Home,
    house::{ALLOWANCE, DONG_XUAN, House, SAME_DAY, XUAN_LANH},
    uploads::{PNG, contents},
};
use crate::on_both;
use domain::{procedure::term::Channel, role::Role, time::DAY_MS};
use office::{
    Error, Uuid, Who,
    counter::WalkIn,
    error::Problem,
    import::read_procedure_file,
    queues::{Narrow, Queue},
    uploads::Holder,
};

const NUMBER: &str = "054090004321";

fn walk_in() -> WalkIn {
    WalkIn {
        procedure_code: ALLOWANCE.into(),
        name: "Ksor H'Nay".into(),
        citizen_id: NUMBER.into(),
        phone: "0905 123 456".into(),
        ..WalkIn::default()
    }
}

fn problem<T>(result: Result<T, Error>) -> Problem {
    match result {
        Err(Error::Invalid(problem)) => problem,
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("received"),
    }
}

async fn scan(house: &House, who: &Who, tray: Uuid, paper: &str, bytes: &[u8]) -> Result<Uuid, Error> {
    Ok(house.office.upload(who, Holder::Tray(tray), paper, "scan.png", bytes).await?.id)
}

on_both!(what_lies_in_the_tray_goes_into_the_dossier_once);
async fn what_lies_in_the_tray_goes_into_the_dossier_once(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let tray = office.new_id();
    let form = scan(&house, &clerk, tray, "Tờ khai", PNG).await.unwrap();
    let other = scan(&house, &clerk, tray, "Giấy khai sinh", PNG).await.unwrap();
    // A form that was sent twice brings the same scan again.
    scan(&house, &clerk, tray, "Tờ khai", PNG).await.unwrap();
    let taken_out = scan(&house, &clerk, tray, "Ảnh", PNG).await.unwrap();
    office.drop_from_tray(&clerk, tray, taken_out).await.unwrap();
    assert_eq!(problem(scan(&house, &clerk, tray, "Ảnh", b"GIF89a").await.map(drop)), Problem::FileKindUnknown);
    assert_eq!(contents(office.open_upload(&clerk, form).await.unwrap()).await, PNG, "the clerk looks at the scan");

    let command = office.new_id();
    let received = WalkIn { tray: Some(tray), ..walk_in() };
    assert_eq!(office.received_before(&clerk, command).await.unwrap(), None);
    let dossier = office.receive_at_counter(&clerk, DONG_XUAN, received.clone(), command).await.unwrap();
    let files = office.dossier(&clerk, dossier).await.unwrap().uploads;
    let mut papers: Vec<_> = files.iter().map(|file| file.question.as_str()).collect();
    papers.sort_unstable();
    assert_eq!(papers, ["Giấy khai sinh", "Tờ khai"], "each paper's scan once");
    let dropped = house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'drop_upload'").await;
    assert_eq!(dropped, 2, "what was taken out and what came twice are on the record");
    assert!(files.iter().any(|file| file.id == other));

    // A repeat is answered with the same dossier, and the tray is not filled again.
    assert_eq!(office.received_before(&clerk, command).await.unwrap(), Some(dossier));
    assert_eq!(office.receive_at_counter(&clerk, DONG_XUAN, received, command).await.unwrap(), dossier);
    assert!(matches!(scan(&house, &clerk, tray, "Tờ khai", PNG).await, Err(Error::Stale)));
    // Another person's dossier does not take what is filed already.
    let next = WalkIn { citizen_id: String::new(), name: "Sô Minh Thuận".into(), tray: Some(tray), ..walk_in() };
    let next = office.receive_at_counter(&clerk, DONG_XUAN, next, office.new_id()).await;
    assert!(matches!(next, Err(Error::Stale)), "{next:?}");
    assert_eq!(office.dossier(&clerk, dossier).await.unwrap().uploads.len(), 2);
}

on_both!(a_tray_is_its_clerk_s_own);
async fn a_tray_is_its_clerk_s_own(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let director = house.staff(DONG_XUAN, Role::CentreDirector).await;
    let stranger = house.staff(XUAN_LANH, Role::Reception).await;
    let specialist = house.staff(DONG_XUAN, Role::Specialist).await;
    let resident = house.nay().await;
    let tray = office.new_id();
    let file = scan(&house, &clerk, tray, "Tờ khai", PNG).await.unwrap();
    for other in [&director, &stranger] {
        assert!(matches!(office.tray(other, tray).await, Err(Error::NotFound)));
        assert!(matches!(scan(&house, other, tray, "Tờ khai", PNG).await, Err(Error::NotFound)));
        assert!(matches!(office.drop_from_tray(other, tray, file).await, Err(Error::NotFound)));
        assert!(office.open_upload(other, file).await.is_err());
        let taken = WalkIn { tray: Some(tray), ..walk_in() };
        let unit = if std::ptr::eq(other, &stranger) { XUAN_LANH } else { DONG_XUAN };
        assert!(matches!(office.receive_at_counter(other, unit, taken, office.new_id()).await, Err(Error::NotFound)));
    }
    assert!(matches!(scan(&house, &specialist, office.new_id(), "x", PNG).await, Err(Error::Forbidden)));
    assert!(matches!(scan(&house, &resident, office.new_id(), "x", PNG).await, Err(Error::SignInFirst)));
    // A resident's draft is no tray, and a file elsewhere stays where it is.
    let draft = house.draft(&resident, SAME_DAY).await;
    assert!(matches!(scan(&house, &clerk, draft, "x", PNG).await, Err(Error::NotFound)));
    let own = office.upload(&resident, Holder::Draft(draft), "giay-to", "a.png", PNG).await.unwrap().id;
    office.drop_from_tray(&clerk, tray, own).await.unwrap();
    assert_eq!(office.draft(&resident, draft).await.unwrap().uploads.len(), 1);
    assert_eq!(house.count("SELECT COUNT(*) FROM dossiers").await, 0);
}

on_both!(a_tray_that_nobody_empties_is_forgotten_after_some_days_and_nothing_else_is);
async fn a_tray_that_nobody_empties_is_forgotten_after_some_days_and_nothing_else_is(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let resident = house.nay().await;
    let days = |days: i64| house.clock.set(house.clock.now().plus_ms(days * DAY_MS));
    let forget = async || {
        let mut tx = office.db().write().await.unwrap();
        office.enqueue(&mut tx, "forget_old", &serde_json::json!({}), house.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        office.run_due_jobs(|| false).await.unwrap();
        assert_eq!(house.count("SELECT COUNT(*) FROM jobs WHERE done_at IS NULL").await, 0, "a job failed");
    };
    // A draft and a dossier with files, a tray that is left, and one that a clerk comes back to.
    let draft = house.draft(&resident, SAME_DAY).await;
    office.upload(&resident, Holder::Draft(draft), "giay-to", "a.png", PNG).await.unwrap();
    let emptied = office.new_id();
    scan(&house, &clerk, emptied, "Tờ khai", PNG).await.unwrap();
    let received = WalkIn { tray: Some(emptied), ..walk_in() };
    let dossier = office.receive_at_counter(&clerk, DONG_XUAN, received, office.new_id()).await.unwrap();
    let (left, used) = (office.new_id(), office.new_id());
    scan(&house, &clerk, left, "Tờ khai", b"%PDF-1.7\nbo quen").await.unwrap();
    scan(&house, &clerk, left, "Giấy khai sinh", PNG).await.unwrap();
    scan(&house, &clerk, used, "Tờ khai", PNG).await.unwrap();
    days(2);
    scan(&house, &clerk, used, "Giấy khai sinh", PNG).await.unwrap();
    forget().await;
    assert_eq!(office.tray(&clerk, left).await.unwrap().len(), 2, "not yet");

    days(2);
    forget().await;
    assert_eq!(office.tray(&clerk, left).await.unwrap(), []);
    assert_eq!(office.tray(&clerk, used).await.unwrap().len(), 2, "somebody was at it two days ago");
    assert_eq!(office.draft(&resident, draft).await.unwrap().uploads.len(), 1);
    assert_eq!(office.dossier(&clerk, dossier).await.unwrap().uploads.len(), 1);
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'forget_tray'").await, 1, "once for the tray");
    assert_eq!(house.count("SELECT COUNT(*) FROM blobs").await, 1, "only what nothing else points at goes");
    forget().await;
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'forget_tray'").await, 1);
    // The page that still stands open goes on with an empty tray.
    scan(&house, &clerk, left, "Tờ khai", PNG).await.unwrap();
}

on_both!(what_the_person_began_online_comes_first);
async fn what_the_person_began_online_comes_first(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let resident = house.nay().await;
    let draft = house.draft(&resident, ALLOWANCE).await;
    let open = office.open_matters(&clerk, DONG_XUAN, NUMBER, ALLOWANCE).await.unwrap();
    assert_eq!(open.drafts.iter().map(|row| row.id).collect::<Vec<_>>(), [draft]);

    let refused = office.receive_at_counter(&clerk, DONG_XUAN, walk_in(), office.new_id()).await;
    assert_eq!(problem(refused), Problem::DraftOpen);
    // Another matter leaves the draft alone.
    let other = WalkIn { other_matter: "Con thứ hai".into(), ..walk_in() };
    office.receive_at_counter(&clerk, DONG_XUAN, other, office.new_id()).await.unwrap();
    assert!(office.draft(&resident, draft).await.is_ok());

    // At the person's word the draft ends with the reception, on the record; it cannot be handed in any more.
    let other_procedure = house.draft(&resident, SAME_DAY).await;
    let aside = WalkIn { procedure_code: SAME_DAY.into(), set_drafts_aside: true, ..walk_in() };
    office.receive_at_counter(&clerk, DONG_XUAN, aside, office.new_id()).await.unwrap();
    let submitted = office.submit_draft(&resident, other_procedure, true, office.new_id()).await;
    assert!(submitted.is_err(), "two dossiers for one matter");
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'set_draft_aside'").await, 1);
    assert_eq!(house.count("SELECT COUNT(*) FROM dossiers").await, 2);

    // A draft that was handed in meanwhile is the dossier to go on with.
    let submitted = office.submit_draft(&resident, draft, true, office.new_id()).await.unwrap().dossier;
    let again = WalkIn { set_drafts_aside: true, ..walk_in() };
    let refused = office.receive_at_counter(&clerk, DONG_XUAN, again, office.new_id()).await;
    assert!(matches!(problem(refused), Problem::AlreadyOpen { .. }));
    assert_eq!(house.row(submitted).await.status, 1);
}

on_both!(a_draft_set_aside_at_the_counter_takes_its_files_with_it);
async fn a_draft_set_aside_at_the_counter_takes_its_files_with_it(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let resident = house.nay().await;
    let draft = house.draft(&resident, ALLOWANCE).await;
    let file = office.upload(&resident, Holder::Draft(draft), "giay-to", "a.png", PNG).await.unwrap();
    let hash = file.sha256.expect("a hash");
    let aside = WalkIn { set_drafts_aside: true, ..walk_in() };
    office.receive_at_counter(&clerk, DONG_XUAN, aside, office.new_id()).await.unwrap();
    assert!(matches!(office.open_upload(&resident, file.id).await.map(drop), Err(Error::NotFound)));
    office.run_due_jobs(|| false).await.unwrap();
    assert!(office.blobs().open(&hash).await.is_err(), "the bytes of nobody's file stay on the shelf");
}

on_both!(a_draft_begun_for_another_commune_is_neither_seen_nor_in_the_way);
async fn a_draft_begun_for_another_commune_is_neither_seen_nor_in_the_way(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let clerk = house.staff(XUAN_LANH, Role::Reception).await;
    let resident = house.nay().await;
    let draft = house.draft(&resident, ALLOWANCE).await;
    let open = office.open_matters(&clerk, XUAN_LANH, NUMBER, ALLOWANCE).await.unwrap();
    assert!(open.drafts.is_empty(), "a draft for Đồng Xuân is shown at Xuân Lãnh");
    let aside = WalkIn { set_drafts_aside: true, ..walk_in() };
    office.receive_at_counter(&clerk, XUAN_LANH, aside, office.new_id()).await.unwrap();
    assert!(office.draft(&resident, draft).await.is_ok(), "it was set aside by another commune");
}

on_both!(a_draft_that_outlived_its_office_is_seen_where_it_would_be_filed);
async fn a_draft_that_outlived_its_office_is_seen_where_it_would_be_filed(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let clerk = house.staff(XUAN_LANH, Role::Reception).await;
    let resident = house.nay().await;
    let draft = house.draft(&resident, ALLOWANCE).await;
    super::passing::join(&house).await;
    let open = office.open_matters(&clerk, XUAN_LANH, NUMBER, ALLOWANCE).await.unwrap();
    assert_eq!(open.drafts.iter().map(|row| row.id).collect::<Vec<_>>(), [draft]);
    let refused = office.receive_at_counter(&clerk, XUAN_LANH, walk_in(), office.new_id()).await;
    assert_eq!(problem(refused), Problem::DraftOpen);
}

on_both!(a_dossier_is_found_by_code_name_number_and_telephone_however_they_are_typed);
async fn a_dossier_is_found_by_code_name_number_and_telephone_however_they_are_typed(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let dossier = office.receive_at_counter(&clerk, DONG_XUAN, walk_in(), office.new_id()).await.unwrap();
    let code = house.row(dossier).await.code.unwrap();
    let last = code.rsplit('-').next().unwrap().to_string();
    let found = async |words: &str| {
        let narrow = Narrow { search: words.into(), ..Narrow::default() };
        let page = office.queue(&clerk, Queue::All, &narrow, None).await.unwrap();
        page.rows.iter().map(|row| row.id).collect::<Vec<_>>()
    };
    let said = [
        code.as_str(),
        &code.to_lowercase(),
        &last,
        "Ksor H'Nay",
        "ksor h nay",
        "NAY KSOR",
        NUMBER,
        "054 090 004 321",
        "0905123456",
        "0905 123 456",
        "0905.123.456",
        "+84 905 123 456",
        ALLOWANCE,
        "",
    ];
    for words in said {
        assert_eq!(found(words).await, [dossier], "{words:?}");
    }
    for words in ["Ksor H'Lan", "0905123457", "054090004322"] {
        assert!(found(words).await.is_empty(), "{words:?}");
    }
    // Somebody else's telephone has the last part of the code in it: a whole code finds its dossier alone.
    let phone = format!("0905 {} 12", &last);
    let other =
        WalkIn { name: "Mang Thị Hoa".into(), citizen_id: "054190004330".into(), phone: phone.clone(), ..walk_in() };
    office.receive_at_counter(&clerk, DONG_XUAN, other, office.new_id()).await.unwrap();
    assert_eq!(found(&last).await.len(), 2, "{phone}");
    assert_eq!(found(&code).await, [dossier]);
}

on_both!(an_online_filing_names_the_dossier_that_was_opened_at_the_counter_meanwhile);
async fn an_online_filing_names_the_dossier_that_was_opened_at_the_counter_meanwhile(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let owner = house.nay().await;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let filed = house.submitted(&owner, ALLOWANCE).await;
    let walk_in = WalkIn {
        procedure_code: ALLOWANCE.into(),
        name: "Ksor H'Nay".into(),
        citizen_id: "054090004321".into(),
        other_matter: "Nộp cho người con thứ hai".into(),
        ..WalkIn::default()
    };
    let received = office.receive_at_counter(&clerk, DONG_XUAN, walk_in, office.new_id()).await.unwrap();
    let matched = "SELECT COUNT(*) FROM audit_rows WHERE act = 'match_person'";
    let before = house.count(matched).await;
    let beside = office.dossier(&clerk, filed).await.unwrap().open_beside;
    assert_eq!(beside.iter().map(|row| row.id).collect::<Vec<_>>(), [received]);
    assert_eq!(house.count(matched).await, before + 1, "the look is recorded");
    // Nobody is told who may not accept, nor once it is accepted.
    let controller = house.staff(DONG_XUAN, Role::Controller).await;
    assert!(office.dossier(&controller, filed).await.unwrap().open_beside.is_empty());
    office.accept_dossier(&clerk, filed, None, house.command(filed).await).await.unwrap();
    assert!(office.dossier(&clerk, filed).await.unwrap().open_beside.is_empty());
    assert_eq!(house.count(matched).await, before + 1);
}

on_both!(staff_find_a_person_by_another_spelling_of_the_name_and_by_telex);
async fn staff_find_a_person_by_another_spelling_of_the_name_and_by_telex(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let person = WalkIn { name: "Nguyễn Thị Ái Vy".into(), citizen_id: String::new(), ..walk_in() };
    let id = office.receive_at_counter(&clerk, DONG_XUAN, person, office.new_id()).await.unwrap();
    for words in ["Nguyễn Thị Ái Vi", "nguyen thi ai vy", "ai vi", "Nguyeenx Thij", "NGUYỄN VI"] {
        let narrow = Narrow { search: words.into(), ..Narrow::default() };
        let found = office.queue(&clerk, Queue::All, &narrow, None).await.unwrap().rows;
        assert_eq!(found.iter().map(|row| row.id).collect::<Vec<_>>(), [id], "{words}");
    }
    let narrow = Narrow { search: "Nguyễn Vương".into(), ..Narrow::default() };
    assert!(office.queue(&clerk, Queue::All, &narrow, None).await.unwrap().rows.is_empty());
}

on_both!(the_counter_receives_only_what_is_filed_here_on_that_day);
async fn the_counter_receives_only_what_is_filed_here_on_that_day(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let national = include_str!("../../../seed/procedures/1.004222.json");
    // A record alone says what the law says; nobody here has stated a place or a term.
    let alone = r#"{"ma_tthc": "9.000100", "ten_tthc": "Thử nghiệm"}"#;
    for text in [national, alone] {
        office.import_procedures(&Who::system(), read_procedure_file(text).unwrap()).await.unwrap();
    }
    let receive = async |code: &str| {
        let walk_in = WalkIn { procedure_code: code.into(), ..walk_in() };
        office.receive_at_counter(&clerk, DONG_XUAN, walk_in, office.new_id()).await
    };
    for code in ["1.004222", "9.000100"] {
        assert_eq!(problem(receive(code).await), Problem::NotFiledHere, "{code}");
    }
    let catalogue = &office.books().catalogue;
    let today = house.clock.now().day();
    let term = catalogue.in_force("9.000100", today).unwrap().term_of(Channel::Counter);
    assert_eq!(term, None, "a term that nobody stated is no term");
    // A place that ended yesterday.
    house.change_local(SAME_DAY, |local| local.filed.iter_mut().for_each(|filed| filed.to = Some(today.prev()))).await;
    assert_eq!(problem(receive(SAME_DAY).await), Problem::NotFiledHere);
    assert_eq!(house.count("SELECT COUNT(*) FROM dossiers").await, 0);
    let id = receive(ALLOWANCE).await.unwrap();
    assert_eq!(house.row(id).await.code.as_deref(), Some("H15.50.05.13-261012-0001"), "no number was lost");
}
