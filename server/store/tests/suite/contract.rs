//! What every function may rely on: unique keys, versions, transactions.

use super::{
    engine::Home,
    rows::{
        NOW, OFFICE, account_row, dossier_row, drafted, ground, id, office_row, people, procedure_row, staff_row, write,
    },
};
use crate::on_both;
use domain::{dossier::Event, time::Day, working_time::Calendar};
use store::{
    StoreError, Tx, accounts, audit, audit::SealRow, books, calendars, commands, counters, dossiers, drafts, events,
    events::EventRow, limits, limits::Limit, offices, offices::SuccessionRow, procedures, results, results::ResultRow,
    staff, uploads, uploads::UploadRow,
};

/// Runs an insert in a transaction of its own, twice: the second is a duplicate of that name.
macro_rules! taken_once {
    ($home:expr, $what:literal, |$tx:ident| $insert:expr) => {{
        let mut tx = $home.db.write().await.unwrap();
        let $tx = &mut tx;
        $insert.await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = $home.db.write().await.unwrap();
        let $tx = &mut tx;
        let again = $insert.await;
        assert!(matches!(again, Err(StoreError::Duplicate($what))), "{}: {again:?}", $what);
    }};
}

on_both!(a_unique_key_is_taken_once);
async fn a_unique_key_is_taken_once(home: Home) {
    taken_once!(home, "office", |tx| offices::insert_office(tx, &office_row(9)));
    let succession =
        SuccessionRow { from_key: "office-9".into(), to_key: "office-1".into(), on_day: 1, basis: "-".into() };
    taken_once!(home, "office succession", |tx| offices::insert_succession(tx, &succession));
    write(&home, async |tx| ground(tx).await).await;
    taken_once!(home, "account", |tx| accounts::insert_account(tx, &account_row(1, "054090004321")));
    let mut tx = home.db.write().await.unwrap();
    // The same number under another id.
    let again = accounts::insert_account(&mut tx, &account_row(3, "054090004321")).await;
    assert!(matches!(again, Err(StoreError::Duplicate("account"))), "{again:?}");
    drop(tx);
    taken_once!(home, "staff login", |tx| staff::insert_staff(tx, &staff_row(2, "hoa")));
    let procedure = procedure_row(id(50), "2.000635", Day(10));
    taken_once!(home, "procedure version", |tx| procedures::insert_procedure_version(tx, &procedure, NOW));
    let calendar = {
        let mut calendar = serde_json::to_value(Calendar::official()).unwrap();
        calendar["version"] = "another".into();
        serde_json::from_value::<Calendar>(calendar).unwrap()
    };
    taken_once!(home, "calendar version", |tx| calendars::insert_calendar(tx, "xa", &calendar, NOW));
    taken_once!(home, "dossier", |tx| dossiers::insert_dossier(tx, &dossier_row(1, OFFICE)));
    taken_once!(home, "dossier code", |tx| dossiers::insert_code(tx, "H15-1", OFFICE, id(1)));
    let event = EventRow {
        seq: 1,
        at: NOW.0,
        device_at: None,
        actor_kind: "system".into(),
        actor_id: None,
        actor_name: String::new(),
        actor_role: None,
        acting_for: None,
        mandate_id: None,
        command_id: None,
        body: Event::Withdrawn { papers: None, money: None, reason: String::new() },
    };
    taken_once!(home, "event", |tx| events::insert_event(tx, OFFICE, id(1), &event));
    taken_once!(home, "command", |tx| commands::keep_answer(tx, id(1), id(2), "test", &7, NOW));
    taken_once!(home, "audit seal", |tx| audit::insert_seal(tx, &seal(), NOW));
    let result = ResultRow {
        version: 1,
        granted: true,
        title: "-".into(),
        paper_id: None,
        upload_id: None,
        issued_at: NOW.0,
        replaced_at: None,
    };
    taken_once!(home, "result version", |tx| results::insert_result(tx, OFFICE, id(1), &result));
}

fn seal() -> SealRow {
    SealRow { seq: 1, row_id: 1, hash: "-".into() }
}

on_both!(an_answer_is_kept_for_its_own_person);
async fn an_answer_is_kept_for_its_own_person(home: Home) {
    write(&home, async |tx| commands::keep_answer(tx, id(1), id(9), "test", &"một", NOW).await.unwrap()).await;
    let mut tx = home.db.read().await.unwrap();
    let mine: Option<String> = commands::answer_of(&mut tx, id(1), id(9)).await.unwrap();
    assert_eq!(mine.as_deref(), Some("một"));
    let of_another: Option<String> = commands::answer_of(&mut tx, id(2), id(9)).await.unwrap();
    assert_eq!(of_another, None);
    let misread: Result<Option<i64>, _> = commands::answer_of(&mut tx, id(1), id(9)).await;
    assert!(matches!(misread, Err(StoreError::Unreadable(_))), "{misread:?}");
}

on_both!(a_dossier_comes_back_as_it_was_written_and_moves_once);
async fn a_dossier_comes_back_as_it_was_written_and_moves_once(home: Home) {
    let row = dossier_row(1, OFFICE);
    write(&home, async |tx| {
        ground(tx).await;
        dossiers::insert_dossier(tx, &row).await.unwrap();
        dossiers::insert_dossier(tx, &dossier_row(2, OFFICE)).await.unwrap();
        dossiers::insert_code(tx, "T-1", OFFICE, row.id).await.unwrap();
    })
    .await;
    let mut tx = home.db.read().await.unwrap();
    assert_eq!(dossiers::dossier_by_id(&mut tx, row.id).await.unwrap().as_ref(), Some(&row));
    assert_eq!(dossiers::dossier_by_code(&mut tx, "T-1").await.unwrap().as_ref(), Some(&row));
    assert_eq!(dossiers::dossier_by_id(&mut tx, id(99)).await.unwrap(), None);
    drop(tx);

    let mut moved = row.clone();
    moved.code = Some("H15-1".into());
    moved.status = 2;
    moved.assignee = Some(id(7));
    moved.typed.insert("request.text".into(), "khác".into());
    moved.received_at = Some(NOW.0 + 1);
    moved.due_at = Some(NOW.0 + 2);
    moved.queue_at = NOW.0 + 2;
    moved.resolving_office = 2;
    write(&home, async |tx| dossiers::save_dossier(tx, &moved, 1).await.unwrap()).await;
    moved.version = 2;
    let mut tx = home.db.write().await.unwrap();
    assert_eq!(dossiers::dossier_by_id(&mut tx, row.id).await.unwrap().as_ref(), Some(&moved));
    let stale = dossiers::save_dossier(&mut tx, &row, 1).await;
    assert!(matches!(stale, Err(StoreError::Stale)), "{stale:?}");
    assert_eq!(dossiers::hold_dossier(&mut tx, row.id).await.unwrap().as_ref(), Some(&moved));
    let other = dossiers::dossier_by_id(&mut tx, id(2)).await.unwrap().unwrap();
    assert_eq!(other, dossier_row(2, OFFICE), "its neighbour stays as it was");
}

on_both!(a_draft_moves_once_and_is_submitted_once);
async fn a_draft_moves_once_and_is_submitted_once(home: Home) {
    let draft = drafted(20, OFFICE);
    write(&home, async |tx| {
        ground(tx).await;
        people(tx).await;
        drafts::insert_draft(tx, &draft).await.unwrap();
    })
    .await;
    let mut tx = home.db.write().await.unwrap();
    assert_eq!(drafts::draft_by_id(&mut tx, draft.id).await.unwrap().as_ref(), Some(&draft));
    assert_eq!(drafts::save_draft(&mut tx, draft.id, 1, &draft.typed, &[], &[], NOW).await.unwrap(), 2);
    let stale = drafts::save_draft(&mut tx, draft.id, 1, &draft.typed, &[], &[], NOW).await;
    assert!(matches!(stale, Err(StoreError::Stale)), "another window saved first: {stale:?}");
    assert_eq!(drafts::open_drafts_of(&mut tx, id(1)).await.unwrap().len(), 1);
    let of_person = async |tx: &mut Tx, offices: &[i64]| {
        drafts::open_drafts_of_person(tx, offices, "054090004321", "1.001731").await.unwrap().len()
    };
    assert_eq!(of_person(&mut tx, &[draft.office_id + 1, draft.office_id]).await, 1);
    assert_eq!(of_person(&mut tx, &[draft.office_id + 1]).await, 0, "begun for another office");
    assert_eq!(of_person(&mut tx, &[]).await, 0);
    drafts::submit_draft(&mut tx, draft.id, id(1), NOW).await.unwrap();
    let again = drafts::submit_draft(&mut tx, draft.id, id(2), NOW).await;
    assert!(matches!(again, Err(StoreError::Stale)), "{again:?}");
    let late = drafts::save_draft(&mut tx, draft.id, 3, &draft.typed, &[], &[], NOW).await;
    assert!(matches!(late, Err(StoreError::Stale)), "a submitted draft is typed in no more: {late:?}");
    assert!(drafts::open_drafts_of(&mut tx, id(1)).await.unwrap().is_empty());
}

on_both!(an_upload_counts_when_it_is_finished);
async fn an_upload_counts_when_it_is_finished(home: Home) {
    let upload = |number| UploadRow {
        office_id: OFFICE,
        id: id(number),
        owner_id: id(1),
        draft_id: Some(id(20)),
        dossier_id: None,
        question: "giay-to".into(),
        name: "a.png".into(),
        mime: String::new(),
        size: 0,
        sha256: None,
        created_at: NOW.0,
        finished_at: None,
        dropped_at: None,
        held_at: None,
        infected_at: None,
    };
    let mut tx = home.db.write().await.unwrap();
    for number in [30, 31, 32] {
        uploads::insert_upload(&mut tx, &upload(number)).await.unwrap();
    }
    assert!(uploads::uploads_of_draft(&mut tx, id(20)).await.unwrap().is_empty());
    assert_eq!(uploads::unfinished_uploads(&mut tx, NOW.plus_ms(1)).await.unwrap(), (3, Some(NOW.0)));
    assert_eq!(uploads::unfinished_uploads(&mut tx, NOW).await.unwrap(), (0, None), "not old enough yet");
    for _ in 0..2 {
        uploads::insert_blob(&mut tx, "ab", 70, NOW).await.unwrap();
    }
    let early = uploads::finish_upload(&mut tx, id(30), NOW).await;
    assert!(matches!(early, Err(StoreError::Stale)), "it points at no bytes yet: {early:?}");
    for number in [30, 31] {
        uploads::hold_uploads(&mut tx, id(1), id(20)).await.unwrap();
        uploads::claim_blob(&mut tx, id(number), "ab", ("image/png", 70), None).await.unwrap();
        uploads::finish_upload(&mut tx, id(number), NOW).await.unwrap();
    }
    assert_eq!(uploads::drop_unfinished_upload(&mut tx, id(30), NOW).await.unwrap(), None, "it is finished");
    assert_eq!(uploads::drop_unfinished_upload(&mut tx, id(32), NOW).await.unwrap(), None);
    let late = uploads::claim_blob(&mut tx, id(32), "ab", ("image/png", 70), None).await;
    assert!(matches!(late, Err(StoreError::Stale)), "{late:?}");
    assert_eq!(uploads::count_held(&mut tx, id(20), None).await.unwrap(), 2);
    assert_eq!(uploads::count_coming(&mut tx, id(1), NOW).await.unwrap(), 0);
    assert_eq!(uploads::usage_of_owner(&mut tx, id(1), NOW).await.unwrap(), (140, 2));
    assert_eq!(uploads::usage_of_owner(&mut tx, id(1), NOW.plus_ms(1)).await.unwrap(), (0, 0));
    uploads::drop_upload(&mut tx, id(31), NOW).await.unwrap();
    uploads::move_uploads_to_dossier(&mut tx, id(20), OFFICE + 1, id(40)).await.unwrap();
    let moved = uploads::uploads_of_dossier(&mut tx, id(40)).await.unwrap();
    assert_eq!(moved.iter().map(|row| (row.office_id, row.id)).collect::<Vec<_>>(), [(OFFICE + 1, id(30))]);
    // One file of the two is left: the bytes stay until it goes too.
    assert!(uploads::hold_blob(&mut tx, "ab").await.unwrap() && uploads::is_pointed_at(&mut tx, "ab").await.unwrap());
    assert!(uploads::idle_blobs(&mut tx, NOW.plus_ms(1), 9).await.unwrap().is_empty());
    uploads::drop_upload(&mut tx, id(30), NOW).await.unwrap();
    assert!(!uploads::is_pointed_at(&mut tx, "ab").await.unwrap());
    assert!(uploads::idle_blobs(&mut tx, NOW, 9).await.unwrap().is_empty(), "not old enough yet");
    assert_eq!(uploads::idle_blobs(&mut tx, NOW.plus_ms(1), 9).await.unwrap(), ["ab"]);
    uploads::forget_blob(&mut tx, "ab").await.unwrap();
    assert!(!uploads::hold_blob(&mut tx, "ab").await.unwrap());
    assert_eq!(uploads::upload_by_id(&mut tx, id(30)).await.unwrap().unwrap().sha256, None);
}

on_both!(work_that_is_dropped_never_happened);
async fn work_that_is_dropped_never_happened(home: Home) {
    for _ in 0..20 {
        let mut tx = home.db.write().await.unwrap();
        offices::insert_office(&mut tx, &office_row(5)).await.unwrap();
        assert_eq!(counters::next_number(&mut tx, 5, "dossier", "2026").await.unwrap(), 1);
        drop(tx);
    }
    let mut tx = home.db.write().await.unwrap();
    assert!(offices::list_offices(&mut tx).await.unwrap().is_empty());
    assert_eq!(counters::next_number(&mut tx, 5, "dossier", "2026").await.unwrap(), 1, "no number was used up");
}

on_both!(the_number_of_the_books_counts_what_is_durable);
async fn the_number_of_the_books_counts_what_is_durable(home: Home) {
    let number = async || books::books_number(&mut home.db.read().await.unwrap()).await.unwrap();
    assert_eq!(number().await, 0, "nothing was changed yet");
    for _ in 0..2 {
        write(&home, async |tx| books::raise_books(tx).await.unwrap()).await;
    }
    let mut tx = home.db.write().await.unwrap();
    books::raise_books(&mut tx).await.unwrap();
    drop(tx);
    assert_eq!(number().await, 2);
}

on_both!(a_reader_waits_for_no_writer_and_sees_one_state);
async fn a_reader_waits_for_no_writer_and_sees_one_state(home: Home) {
    let mut writer = home.db.write().await.unwrap();
    offices::insert_office(&mut writer, &office_row(1)).await.unwrap();
    let mut reader = home.db.read().await.unwrap();
    assert!(offices::list_offices(&mut reader).await.unwrap().is_empty(), "what is not durable is not seen");
    writer.commit().await.unwrap();
    assert!(offices::list_offices(&mut reader).await.unwrap().is_empty(), "one state, from its first look on");
    drop(reader);
    let mut reader = home.db.read().await.unwrap();
    assert_eq!(offices::list_offices(&mut reader).await.unwrap().len(), 1);
}

on_both!(tries_fill_a_window_lock_and_are_forgotten);
async fn tries_fill_a_window_lock_and_are_forgotten(home: Home) {
    let limit = Limit { tries: 3, window_ms: 1_000, lock_ms: 5_000 };
    let mut tx = home.db.write().await.unwrap();
    let tx = &mut tx;
    assert_eq!(limits::locked_until(tx, "door", "hoa", NOW).await.unwrap(), None);
    assert_eq!(limits::count_try(tx, "door", "hoa", limit, NOW).await.unwrap(), 2);
    assert_eq!(limits::count_try(tx, "door", "hoa", limit, NOW.plus_ms(999)).await.unwrap(), 1);
    // The window has passed: counting begins anew.
    assert_eq!(limits::count_try(tx, "door", "hoa", limit, NOW.plus_ms(1_000)).await.unwrap(), 2);
    limits::clear_tries(tx, "door", "hoa").await.unwrap();
    assert_eq!(limits::count_try(tx, "door", "hoa", limit, NOW.plus_ms(1_001)).await.unwrap(), 2);
    assert_eq!(limits::count_try(tx, "door", "hoa", limit, NOW.plus_ms(1_002)).await.unwrap(), 1);
    assert_eq!(limits::count_try(tx, "door", "hoa", limit, NOW.plus_ms(1_003)).await.unwrap(), 0);
    let until = NOW.plus_ms(6_003);
    assert_eq!(limits::locked_until(tx, "door", "hoa", NOW.plus_ms(1_003)).await.unwrap(), Some(until));
    assert_eq!(limits::locked_until(tx, "door", "hoa", until.plus_ms(-1)).await.unwrap(), Some(until));
    assert_eq!(limits::locked_until(tx, "door", "hoa", until).await.unwrap(), None);
    // Neither another door nor another person is locked with it.
    assert_eq!(limits::locked_until(tx, "window", "hoa", NOW).await.unwrap(), None);
    assert_eq!(limits::locked_until(tx, "door", "mai", NOW).await.unwrap(), None);
    assert_eq!(limits::count_try(tx, "door", "hoa", limit, until).await.unwrap(), 2, "after a lock, all tries again");
}

on_both!(the_hashes_of_a_first_byte_are_those_and_no_others);
async fn the_hashes_of_a_first_byte_are_those_and_no_others(home: Home) {
    let hash = |first: &str| format!("{first}{}", "5".repeat(62));
    write(&home, async |tx| {
        for first in ["00", "09", "0a", "0f", "10", "9f", "a0", "fe", "ff"] {
            uploads::insert_blob(tx, &hash(first), 1, NOW).await.unwrap();
        }
    })
    .await;
    let mut tx = home.db.read().await.unwrap();
    for (first, known) in [(0x00, "00"), (0x09, "09"), (0x0f, "0f"), (0x9f, "9f"), (0xa0, "a0"), (0xff, "ff")] {
        let found = uploads::known_blobs(&mut tx, first).await.unwrap();
        assert_eq!(found.into_iter().collect::<Vec<_>>(), [hash(known)]);
    }
    assert!(uploads::known_blobs(&mut tx, 0x0b).await.unwrap().is_empty());
}
