//! Answering a request for supplement: what is typed is kept until it is sent, and what is wrong is not sent.

use super::{
    engine::Home,
    house::{ALLOWANCE, DONG_XUAN, House},
    uploads::PNG,
};
use crate::on_both;
use domain::{
    dossier::{Settlement, Status, SupplementItem},
    question::Typed,
    role::Role,
};
use office::{
    Error,
    dossiers::{Request, with_answer},
    error::Problem,
    uploads::Holder,
};
use std::collections::BTreeSet;

const PHONE: &str = "applicant.phone";

fn request() -> Request {
    let item = SupplementItem { path_or_paper: PHONE.into(), what: "Điện thoại".into(), why: "Sai".into() };
    Request { items: vec![item], reason: "Bổ sung".into(), basis: String::new() }
}

fn typed(phone: &str) -> Typed {
    Typed::from([(PHONE.to_owned(), phone.to_owned()), ("applicant.name".to_owned(), "Ai Khác".to_owned())])
}

on_both!(an_answer_is_kept_right_or_wrong_until_it_is_sent);
async fn an_answer_is_kept_right_or_wrong_until_it_is_sent(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let resident = house.nay().await;
    let specialist = house.staff(DONG_XUAN, Role::Specialist).await;
    let id = house.assigned(&resident, ALLOWANCE).await;
    assert!(matches!(office.keep_answer(&resident, id, typed("0")).await, Err(Error::Stale)), "nothing is asked yet");
    office.ask_supplement(&specialist, id, request(), house.command(id).await).await.unwrap();
    assert_eq!(office.kept_answer(&resident, &house.row(id).await).await.unwrap(), None);

    office.keep_answer(&resident, id, typed("09")).await.unwrap();
    office.keep_answer(&resident, id, typed("0905")).await.unwrap();
    let (kept, _) = office.kept_answer(&resident, &house.row(id).await).await.unwrap().unwrap();
    assert_eq!(kept, Typed::from([(PHONE.to_owned(), "0905".to_owned())]), "only what was asked for, the newest");
    assert_eq!(house.row(id).await.state.status, Status::SupplementAsked, "nothing was sent");

    // Nobody else sees or changes it.
    let stranger = house.resident("998194000077", "Kẻ Lạ").await;
    assert!(matches!(office.keep_answer(&stranger, id, typed("1")).await, Err(Error::NotFound)));
    assert!(matches!(office.kept_answer(&stranger, &house.row(id).await).await, Err(Error::NotFound)));

    let wrong = office.answer_supplement(&resident, id, typed("0905"), house.command(id).await).await;
    assert!(matches!(wrong, Err(Error::Invalid(Problem::FormIncomplete { problems: 1 }))), "{wrong:?}");
    let stranger_tries = office.answer_supplement(&stranger, id, typed("0905"), house.command(id).await).await;
    assert!(matches!(stranger_tries, Err(Error::NotFound)), "a stranger does not learn what is wrong");
    assert_eq!(house.row(id).await.state.status, Status::SupplementAsked);

    office.answer_supplement(&resident, id, typed("0905 999 888"), house.command(id).await).await.unwrap();
    let row = house.row(id).await;
    assert_eq!(row.typed[PHONE], "0905 999 888");
    assert_eq!(office.kept_answer(&resident, &row).await.unwrap(), None, "what was sent is no draft any more");
}

on_both!(a_box_that_is_ticked_no_more_is_ticked_no_more);
async fn a_box_that_is_ticked_no_more_is_ticked_no_more(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let resident = house.nay().await;
    let specialist = house.staff(DONG_XUAN, Role::Specialist).await;
    let reception = house.staff(DONG_XUAN, Role::Reception).await;
    let id = house.assigned(&resident, ALLOWANCE).await;
    let pledge = "pledge.true";
    let item = SupplementItem { path_or_paper: pledge.into(), what: "Lời cam đoan".into(), why: "Xem lại".into() };
    let asked = || Request { items: vec![item.clone()], reason: "Xem lại".into(), basis: "Điều 7".into() };
    office.ask_supplement(&specialist, id, asked(), house.command(id).await).await.unwrap();
    assert_eq!(house.row(id).await.typed["pledge.true.yes"], "on");

    office.keep_answer(&resident, id, Typed::new()).await.unwrap();
    let row = house.row(id).await;
    let (kept, _) = office.kept_answer(&resident, &row).await.unwrap().unwrap();
    let form = office.my_dossier(&resident, id).await.unwrap().form;
    let shown = with_answer(&form, &row, kept);
    assert!(!shown.contains_key("pledge.true.yes"), "the page ticks it again");
    assert_eq!(shown["applicant.name"], "Ksor H'Nay", "what was not asked stays");
    let unticked = office.answer_supplement(&resident, id, Typed::new(), house.command(id).await).await;
    assert!(matches!(unticked, Err(Error::Invalid(Problem::FormIncomplete { problems: 1 }))), "{unticked:?}");
    let ticked = Typed::from([("pledge.true.yes".to_owned(), "on".to_owned())]);
    office.answer_supplement(&resident, id, ticked, house.command(id).await).await.unwrap();

    // What is brought to the counter unticks nothing.
    office.ask_supplement(&specialist, id, asked(), house.command(id).await).await.unwrap();
    office.answer_supplement(&reception, id, Typed::new(), house.command(id).await).await.unwrap();
    assert_eq!(house.row(id).await.typed["pledge.true.yes"], "on");
}

on_both!(nothing_of_an_answer_stays_beside_the_dossier_when_it_is_waited_for_no_more);
async fn nothing_of_an_answer_stays_beside_the_dossier_when_it_is_waited_for_no_more(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let resident = house.nay().await;
    let specialist = house.staff(DONG_XUAN, Role::Specialist).await;
    let kept = async || house.count("SELECT COUNT(*) FROM answer_drafts").await;
    let mut dossiers = Vec::new();
    for _ in 0..4 {
        dossiers.push(house.assigned(&resident, ALLOWANCE).await);
    }
    let [sent, withdrawn, stopped, run_out] = dossiers[..] else { panic!("four dossiers") };
    for id in [sent, withdrawn, stopped, run_out] {
        office.ask_supplement(&specialist, id, request(), house.command(id).await).await.unwrap();
        office.keep_answer(&resident, id, typed("0905")).await.unwrap();
    }
    assert_eq!(kept().await, 4);
    office.answer_supplement(&resident, sent, typed("0905 999 888"), house.command(sent).await).await.unwrap();
    assert_eq!(kept().await, 3, "the answer was sent");
    let reception = house.staff(DONG_XUAN, Role::Reception).await;
    office.ask_withdrawal(&resident, withdrawn, "Nộp nhầm".into(), house.command(withdrawn).await).await.unwrap();
    let (said, command) = (Settlement::papers_returned(), house.command(withdrawn).await);
    office.confirm_withdrawal(&reception, withdrawn, said, command).await.unwrap();
    assert_eq!(kept().await, 2, "the dossier was withdrawn");
    let leader = house.staff(DONG_XUAN, Role::Leader).await;
    office.stop_dossier(&leader, stopped, "Người nộp chuyển đi".into(), house.command(stopped).await).await.unwrap();
    assert_eq!(kept().await, 1, "the dossier was stopped");
    house.clock.set(office.now().plus_ms(400 * domain::time::DAY_MS));
    assert_eq!(office.run_out_clocks(office.new_id()).await.unwrap(), 1);
    assert_eq!(kept().await, 0, "nobody waits for it any more");
}

on_both!(only_the_resident_keeps_an_answer);
async fn only_the_resident_keeps_an_answer(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let resident = house.nay().await;
    let specialist = house.staff(DONG_XUAN, Role::Specialist).await;
    let id = house.assigned(&resident, ALLOWANCE).await;
    office.ask_supplement(&specialist, id, request(), house.command(id).await).await.unwrap();
    let by_staff = office.keep_answer(&specialist, id, typed("0905")).await;
    assert!(matches!(by_staff, Err(Error::SignInFirst)), "{by_staff:?}");
    let stranger = house.resident("054190004321", "Mang Thị Sương").await;
    assert!(matches!(office.keep_answer(&stranger, id, typed("0905")).await, Err(Error::NotFound)));
    assert_eq!(house.count("SELECT COUNT(*) FROM answer_drafts").await, 0);
}

on_both!(what_was_kept_for_one_request_does_not_come_back_in_the_next);
async fn what_was_kept_for_one_request_does_not_come_back_in_the_next(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let resident = house.nay().await;
    let specialist = house.staff(DONG_XUAN, Role::Specialist).await;
    let id = house.assigned(&resident, ALLOWANCE).await;
    office.ask_supplement(&specialist, id, request(), house.command(id).await).await.unwrap();
    office.keep_answer(&resident, id, typed("0905")).await.unwrap();
    office.answer_supplement(&resident, id, typed("0905 999 888"), house.command(id).await).await.unwrap();
    house.clock.set(office.now().plus_ms(60_000));
    let again = Request { basis: "Điều 7".into(), ..request() };
    office.ask_supplement(&specialist, id, again, house.command(id).await).await.unwrap();
    assert_eq!(office.kept_answer(&resident, &house.row(id).await).await.unwrap(), None);
}

on_both!(a_wrong_file_is_taken_back_until_the_answer_is_sent_and_nothing_that_lay_there_before);
async fn a_wrong_file_is_taken_back_until_the_answer_is_sent_and_nothing_that_lay_there_before(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let resident = house.nay().await;
    let specialist = house.staff(DONG_XUAN, Role::Specialist).await;
    let draft = house.draft(&resident, ALLOWANCE).await;
    let filed = office.upload(&resident, Holder::Draft(draft), "giay-to", "cu.png", PNG).await.unwrap().id;
    let id = office.submit_draft(&resident, draft, true, office.new_id()).await.unwrap().dossier;
    let drop = async |upload| office.drop_answer_upload(&resident, id, upload, office.new_id()).await;
    assert!(matches!(drop(filed).await, Err(Error::Stale)), "nothing is asked");

    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    office.accept_dossier(&clerk, id, None, house.command(id).await).await.unwrap();
    let to = specialist.staff().unwrap().id;
    office.assign_dossier(&clerk, id, to, house.command(id).await).await.unwrap();
    house.clock.set(office.now().plus_ms(60_000));
    office.ask_supplement(&specialist, id, request(), house.command(id).await).await.unwrap();
    let lay = async |name: &str, bytes: &'static [u8]| {
        office.upload(&resident, Holder::Dossier(id), PHONE, name, bytes).await.unwrap().id
    };
    let (wrong, right) = (lay("nham.pdf", b"%PDF-1.7\nnham").await, lay("dung.png", PNG).await);
    let scanned = office.upload(&clerk, Holder::Dossier(id), PHONE, "quet.png", PNG).await.unwrap().id;

    // Once or twice; its bytes go with it.
    for _ in 0..2 {
        drop(wrong).await.unwrap();
    }
    let left = office.my_dossier(&resident, id).await.unwrap().uploads;
    // Under a fixed clock the ids of one moment are in no order.
    let left: BTreeSet<_> = left.iter().map(|file| file.id).collect();
    assert_eq!(left, BTreeSet::from([filed, right, scanned]));
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'drop_upload'").await, 1);
    office.run_due_jobs(|| false).await.unwrap();
    assert_eq!(house.count("SELECT COUNT(*) FROM blobs").await, 1, "the bytes of the wrong file are gone");

    // What was filed, what a clerk scanned, and what is somebody else's stays.
    assert!(matches!(drop(filed).await, Err(Error::Stale)));
    assert!(matches!(drop(scanned).await, Err(Error::NotFound)));
    let stranger = house.resident("998194000077", "Kẻ Lạ").await;
    assert!(matches!(office.drop_answer_upload(&stranger, id, right, office.new_id()).await, Err(Error::NotFound)));
    assert!(matches!(office.drop_answer_upload(&clerk, id, right, office.new_id()).await, Err(Error::SignInFirst)));
    assert!(
        matches!(office.drop_upload(&resident, right, office.new_id()).await, Err(Error::NotFound)),
        "it lies in no draft"
    );

    // What was sent is sent, in this round and in the next.
    office.answer_supplement(&resident, id, typed("0905 999 888"), house.command(id).await).await.unwrap();
    assert!(matches!(drop(right).await, Err(Error::Stale)));
    drop(wrong).await.expect("what is gone stays gone");
    house.clock.set(office.now().plus_ms(60_000));
    let again = Request { basis: "Điều 7".into(), ..request() };
    office.ask_supplement(&specialist, id, again, house.command(id).await).await.unwrap();
    assert!(matches!(drop(right).await, Err(Error::Stale)));
    assert_eq!(office.my_dossier(&resident, id).await.unwrap().uploads.len(), 3);
}
