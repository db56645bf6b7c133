//! Opinions of other units: who may ask, what the asked unit sees, whose time runs, and that one dossier stays one.
// long because asking and answering is told once for each side, limit and end, on both engines.

use super::{
    engine::{Home, run},
    house::{ALLOWANCE, DONG_XUAN, House, PASSWORD, XUAN_LANH, at, is_stale, trace},
    uploads::{PNG, contents},
};
use crate::on_both;
use domain::{
    dossier::{Proposal, Refusal, Stance},
    role::Role,
    time::Instant,
    unit::Offices,
};
use office::{
    Actor, Error, Uuid, Who,
    act::Command,
    answer_files::answer_question,
    dossiers::OpinionRow,
    error::Problem,
    opinions::{Answer, Question},
    past_opinions::{PastPage, Side},
    queues::{Narrow, Queue},
    registers::Reading,
    staff::{NewPosition, NewStaff},
    stuck::Stuck,
    uploads::Holder,
    who::{Position, StaffMember},
};
use std::sync::Arc;
use store::offices::{OfficeRow, insert_office};
use tokio::sync::Barrier;

const HOURS: u32 = 16;

fn question(files: Vec<Uuid>) -> Question {
    Question { unit: XUAN_LANH, words: "Thửa đất có chồng lấn không?".into(), files, hours: HOURS }
}

fn answer(stance: Stance, words: &str) -> Answer {
    Answer { stance, words: words.into(), shown: Vec::new(), files: Vec::new() }
}

/// A dossier that its specialist asks Xuân Lãnh about.
async fn asked(house: &House, files: Vec<Uuid>) -> (Uuid, OpinionRow) {
    let id = house.assigned(&house.nay().await, ALLOWANCE).await;
    (id, ask(house, id, files).await)
}

async fn ask(house: &House, id: Uuid, files: Vec<Uuid>) -> OpinionRow {
    let specialist = house.staff(DONG_XUAN, Role::Specialist).await;
    house.office.ask_opinion(&specialist, id, question(files), house.command(id).await).await.unwrap();
    house.office.dossier(&specialist, id).await.unwrap().opinions.pop().expect("a request")
}

on_both!(the_asked_unit_answers_in_its_own_time_and_the_clock_of_the_dossier_goes_on);
async fn the_asked_unit_answers_in_its_own_time_and_the_clock_of_the_dossier_goes_on(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let id = house.assigned(&house.nay().await, ALLOWANCE).await;
    let before = house.row(id).await;
    let row = ask(&house, id, Vec::new()).await;
    assert_eq!(Instant(row.respond_by), at("2026-10-14T09:00"), "two days of eight hours, from Monday at nine");
    let after = house.row(id).await;
    let clock = |row: &office::dossiers::DossierRow| (row.due_at, row.paused_at, row.status, row.resolving_office);
    assert_eq!(clock(&after), clock(&before));

    let theirs = house.staff(XUAN_LANH, Role::Specialist).await;
    let page = office.opinions(&theirs, None).await.unwrap();
    assert_eq!(page.lines.len(), 1);
    assert_eq!((Some(&page.lines[0].code), page.lines[0].asking_unit), (after.code.as_ref(), DONG_XUAN));
    assert_eq!(office.count_opinions(&theirs).await.unwrap(), 1);
    let ours = house.staff(DONG_XUAN, Role::Specialist).await;
    assert!(office.opinions(&ours, None).await.unwrap().lines.is_empty(), "who asks is not asked");
    assert_eq!(office.opinion(&theirs, row.id).await.unwrap().line.row.question, "Thửa đất có chồng lấn không?");

    let vague = office.answer_opinion(&theirs, row.id, answer(Stance::Disagree, " "), office.new_id()).await;
    assert!(matches!(vague, Err(Error::Refused(Refusal::MissingWords))), "{vague:?}");
    let command = office.new_id();
    for _ in 0..2 {
        let said = answer(Stance::AgreeWithConditions, "Chừa lối đi 2 m.");
        office.answer_opinion(&theirs, row.id, said, command).await.unwrap();
    }
    let again = office.answer_opinion(&theirs, row.id, answer(Stance::Agree, ""), office.new_id()).await;
    assert!(is_stale(&again), "{again:?}");
    assert!(office.opinions(&theirs, None).await.unwrap().lines.is_empty());
    let view = office.dossier(&ours, id).await.unwrap();
    let said = &view.opinions[0];
    assert_eq!(said.stance.as_deref(), Some("agree_with_conditions"));
    assert_eq!(said.words.as_deref(), Some("Chừa lối đi 2 m."));
    assert_eq!(said.answered_by.as_deref(), Some("Lê Văn Sang"));
    let events = house.events(id).await;
    assert_eq!(events[events.len() - 2..], ["opinion_asked", "opinion_answered"]);
    let last = view.events.last().expect("an event");
    assert_eq!((last.actor_name.as_str(), last.actor_role.as_deref()), ("Lê Văn Sang", Some("specialist")));
    assert_eq!(house.row(id).await.due_at, before.due_at, "nor does the answer move it");
}

on_both!(the_limit_is_counted_by_the_calendar_of_the_asked_unit);
async fn the_limit_is_counted_by_the_calendar_of_the_asked_unit(home: Home) {
    let house = House::open(home).await;
    let mut calendar = serde_json::to_value(domain::working_time::Calendar::official()).unwrap();
    calendar["version"] = "2026-xuan-lanh".into();
    let storm = serde_json::json!({"day": "2026-10-13", "kind": "NGHI_DOT_XUAT", "name": "Bão số 9"});
    let years = calendar["years"].as_array_mut().unwrap();
    let year = years.iter_mut().find(|year| year["year"] == 2026).expect("a published year");
    year["entries"].as_array_mut().unwrap().push(storm);
    let calendar = office::calendars::read_calendar_file(&calendar.to_string()).unwrap();
    let unit = Some("xa-xuan-lanh-ubnd");
    house.office.import_calendar(&Who::operator("lan"), unit, &calendar).await.unwrap();
    let (_, row) = asked(&house, Vec::new()).await;
    assert_eq!(Instant(row.respond_by), at("2026-10-15T09:00"), "the storm over there is no working day");
}

on_both!(the_asked_unit_opens_the_files_it_was_given_while_it_is_asked_and_nothing_else);
async fn the_asked_unit_opens_the_files_it_was_given_while_it_is_asked_and_nothing_else(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let id = house.assigned(&house.nay().await, ALLOWANCE).await;
    let reception = house.staff(DONG_XUAN, Role::Reception).await;
    let file = async |name: &str| office.upload(&reception, Holder::Dossier(id), "khac", name, PNG).await.unwrap().id;
    let (given, kept) = (file("ban-do.png").await, file("can-cuoc.png").await);
    let row = ask(&house, id, vec![given]).await;
    let theirs = house.staff(XUAN_LANH, Role::Specialist).await;
    let seen = office.opinion(&theirs, row.id).await.unwrap();
    assert_eq!(seen.files.iter().map(|file| file.id).collect::<Vec<_>>(), [given]);
    office.open_upload(&theirs, given).await.unwrap();
    assert!(matches!(office.open_upload(&theirs, kept).await, Err(Error::NotFound)));
    assert!(matches!(office.dossier(&theirs, id).await, Err(Error::Forbidden)));
    let note = office.write_note(&theirs, id, "Đã xem", &[], office.new_id()).await;
    assert!(matches!(note, Err(Error::Forbidden)), "{note:?}");
    for role in [Role::Reception, Role::Records, Role::Controller, Role::Administrator] {
        let who = house.staff(XUAN_LANH, role).await;
        assert!(matches!(office.opinion(&who, row.id).await, Err(Error::Forbidden)), "{}", role.key());
        assert!(matches!(office.open_upload(&who, given).await, Err(Error::NotFound)), "{}", role.key());
    }
    // To who is not asked it is not there, in the dossier's own unit too.
    let ours = house.staff(DONG_XUAN, Role::Leader).await;
    assert!(matches!(office.opinion(&ours, row.id).await, Err(Error::NotFound)));
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'view_opinion'").await, 1);
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'view_file'").await, 1);

    office.answer_opinion(&theirs, row.id, answer(Stance::Agree, ""), office.new_id()).await.unwrap();
    assert!(
        matches!(office.open_upload(&theirs, given).await, Err(Error::NotFound)),
        "answered, it is not asked any more"
    );
    assert!(office.opinion(&theirs, row.id).await.unwrap().files.is_empty(), "what was said stays to be read");
}

on_both!(a_request_goes_to_another_unit_with_files_of_the_dossier_and_never_on_a_sensitive_matter);
async fn a_request_goes_to_another_unit_with_files_of_the_dossier_and_never_on_a_sensitive_matter(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let id = house.assigned(&house.nay().await, ALLOWANCE).await;
    let specialist = house.staff(DONG_XUAN, Role::Specialist).await;
    let try_asking = async |asked: Question| office.ask_opinion(&specialist, id, asked, house.command(id).await).await;
    let units = office.units_to_ask(DONG_XUAN + 1);
    assert_eq!(units.iter().map(|(unit, _)| *unit).collect::<Vec<_>>(), [XUAN_LANH]);
    for unit in [DONG_XUAN, XUAN_LANH + 1, 999] {
        let refused = try_asking(Question { unit, ..question(Vec::new()) }).await;
        assert!(matches!(refused, Err(Error::Invalid(Problem::Missing("unit")))), "{unit}: {refused:?}");
    }
    for hours in [0, 241] {
        let refused = try_asking(Question { hours, ..question(Vec::new()) }).await;
        assert!(matches!(refused, Err(Error::Invalid(Problem::HoursInvalid { most: 240 }))), "{refused:?}");
    }
    let refused = try_asking(question(vec![office.new_id()])).await;
    assert!(matches!(refused, Err(Error::Invalid(Problem::Missing("files")))), "{refused:?}");
    let refused = try_asking(Question { words: " ".into(), ..question(Vec::new()) }).await;
    assert!(matches!(refused, Err(Error::Refused(Refusal::MissingQuestion))), "{refused:?}");
    // Only who holds it asks.
    let civil_status = house.staff(DONG_XUAN, Role::CivilStatus).await;
    let refused = office.ask_opinion(&civil_status, id, question(Vec::new()), house.command(id).await).await;
    assert!(matches!(refused, Err(Error::Forbidden)), "{refused:?}");
    assert_eq!(house.count("SELECT COUNT(*) FROM opinions").await, 0);

    house.change_local(ALLOWANCE, |local| local.sensitive = true).await;
    let guarded = house.assigned(&house.resident("998091112648", "Mang Thị Hoa").await, ALLOWANCE).await;
    let refused = office.ask_opinion(&specialist, guarded, question(Vec::new()), house.command(guarded).await).await;
    assert!(matches!(refused, Err(Error::Invalid(Problem::SensitiveStaysHere))), "{refused:?}");
    let offered = office.dossier(&specialist, guarded).await.unwrap().next_acts;
    assert!(!offered.contains(&domain::dossier::ActKind::AskOpinion), "nor is it offered");
}

on_both!(a_request_is_reminded_of_recalled_and_lapses_with_the_decision);
async fn a_request_is_reminded_of_recalled_and_lapses_with_the_decision(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let (id, row) = asked(&house, Vec::new()).await;
    let ours = house.staff(DONG_XUAN, Role::Specialist).await;
    let theirs = house.staff(XUAN_LANH, Role::Leader).await;
    let foreign = office.remind_opinion(&house.staff(XUAN_LANH, Role::Specialist).await, row.id, office.new_id()).await;
    assert!(matches!(foreign, Err(Error::Forbidden)), "{foreign:?}");
    office.remind_opinion(&ours, row.id, office.new_id()).await.unwrap();
    let reminded = office.opinions(&theirs, None).await.unwrap().lines[0].row.reminded_at;
    assert_eq!(reminded, Some(house.clock.now().0));

    let twice = office.ask_opinion(&ours, id, question(Vec::new()), house.command(id).await).await;
    assert!(matches!(twice, Err(Error::Refused(Refusal::AlreadyAsked))), "{twice:?}");
    let command = house.command(id).await;
    let blank = office.recall_opinion(&ours, id, row.id, "  ".into(), command).await;
    assert!(matches!(blank, Err(Error::Refused(Refusal::MissingReason))), "{blank:?}");
    office.recall_opinion(&ours, id, row.id, "Đã rõ".into(), command).await.unwrap();
    let late = office.answer_opinion(&theirs, row.id, answer(Stance::Agree, ""), office.new_id()).await;
    assert!(is_stale(&late), "{late:?}");
    let reminder = office.remind_opinion(&ours, row.id, office.new_id()).await;
    assert!(is_stale(&reminder), "{reminder:?}");

    // Asked once more, and decided without waiting.
    let second = ask(&house, id, Vec::new()).await;
    assert_eq!(second.number, 2);
    office.submit_for_approval(&ours, id, Proposal::Grant, String::new(), house.command(id).await).await.unwrap();
    let leader = house.staff(DONG_XUAN, Role::Leader).await;
    office.approve_dossier(&leader, id, house.command(id).await).await.unwrap();
    assert_eq!(office.count_opinions(&theirs).await.unwrap(), 1, "until it is issued an opinion may still matter");
    let records = house.staff(DONG_XUAN, Role::Records).await;
    office.issue_result(&records, id, house.command(id).await).await.unwrap();
    assert_eq!(office.count_opinions(&theirs).await.unwrap(), 0);
    let ends: Vec<_> = office.dossier(&ours, id).await.unwrap().opinions.into_iter().map(|one| one.ended).collect();
    assert_eq!(ends, [Some("recalled".to_owned()), Some("lapsed".to_owned())]);
}

on_both!(what_was_given_to_somebody_is_answered_by_them_or_by_who_leads);
async fn what_was_given_to_somebody_is_answered_by_them_or_by_who_leads(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let (_, row) = asked(&house, Vec::new()).await;
    let specialist = house.staff(XUAN_LANH, Role::Specialist).await;
    let civil_status = house.staff(XUAN_LANH, Role::CivilStatus).await;
    let records = house.staff(XUAN_LANH, Role::Records).await;
    let leader = house.staff(XUAN_LANH, Role::Leader).await;
    for nobody in [records.subject(), house.staff(DONG_XUAN, Role::Specialist).await.subject()] {
        let refused = office.assign_opinion(&leader, row.id, nobody, office.new_id()).await;
        assert!(matches!(refused, Err(Error::Invalid(Problem::Missing("to")))), "{refused:?}");
    }
    office.assign_opinion(&leader, row.id, civil_status.subject(), office.new_id()).await.unwrap();
    assert!(!office.opinion(&specialist, row.id).await.unwrap().may_answer);
    let refused = office.answer_opinion(&specialist, row.id, answer(Stance::Agree, ""), office.new_id()).await;
    assert!(matches!(refused, Err(Error::Forbidden)), "{refused:?}");
    for who in [&civil_status, &leader] {
        assert!(office.opinion(who, row.id).await.unwrap().may_answer);
    }
    office.answer_opinion(&leader, row.id, answer(Stance::NotOurs, "Thuộc tỉnh."), office.new_id()).await.unwrap();
}

on_both!(a_dossier_that_others_are_asked_about_is_counted_once_where_it_is_resolved);
async fn a_dossier_that_others_are_asked_about_is_counted_once_where_it_is_resolved(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let (id, row) = asked(&house, Vec::new()).await;
    let theirs = house.staff(XUAN_LANH, Role::Specialist).await;
    office.answer_opinion(&theirs, row.id, answer(Stance::Agree, ""), office.new_id()).await.unwrap();
    let today = house.clock.now().day();
    for (unit, expected) in [(DONG_XUAN, 1), (XUAN_LANH, 0)] {
        let clerk = house.staff(unit, Role::Reception).await;
        let book = office.register(&clerk, unit, today, today, Reading::Screen).await.unwrap();
        assert_eq!(book.rows.len(), expected, "the register of {unit}");
        let all = office.queue(&clerk, Queue::All, &Narrow::default(), None).await.unwrap();
        assert_eq!(all.rows.len(), expected, "the list of {unit}");
        let specialist = house.staff(unit, Role::Specialist).await;
        let counted: i64 = office.queue_counts(&specialist).await.unwrap().iter().map(|(_, count)| count).sum();
        assert_eq!(counted, expected as i64, "the figures of {unit}");
    }
    assert_eq!(house.count("SELECT COUNT(*) FROM dossier_codes WHERE code NOT LIKE 'T-%'").await, 1, "one code");
    let reception = house.staff(DONG_XUAN, Role::Reception).await;
    let events = office.dossier(&reception, id).await.unwrap().events;
    let recorded: Vec<_> = events.iter().map(office::dossiers::EventRow::recorded).collect();
    let hands = domain::dossier::control_slip::rows(&recorded);
    assert!(!hands.is_empty() && hands.iter().all(|row| row.to.office.is_none()), "it never left the unit's hands");
}

on_both!(an_opinion_past_its_limit_stands_on_the_stuck_pages_of_both_units);
async fn an_opinion_past_its_limit_stands_on_the_stuck_pages_of_both_units(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let (_, row) = asked(&house, Vec::new()).await;
    let late = async |unit| {
        let who = house.staff(unit, Role::Controller).await;
        let stuck = office.stuck(&who).await.unwrap();
        stuck.into_iter().filter(|one| matches!(one, Stuck::Opinions { .. })).collect::<Vec<_>>()
    };
    house.clock.set(Instant(row.respond_by));
    assert_eq!(late(XUAN_LANH).await, [], "its last moment still counts");
    house.clock.set(Instant(row.respond_by + 1));
    let since = Instant(row.respond_by);
    assert_eq!(late(XUAN_LANH).await, [Stuck::Opinions { asked_here: true, opinions: 1, since }]);
    assert_eq!(late(DONG_XUAN).await, [Stuck::Opinions { asked_here: false, opinions: 1, since }]);
    let theirs = house.staff(XUAN_LANH, Role::Specialist).await;
    office.answer_opinion(&theirs, row.id, answer(Stance::Agree, ""), office.new_id()).await.unwrap();
    assert!(late(XUAN_LANH).await.is_empty() && late(DONG_XUAN).await.is_empty());
}

on_both!(who_asks_and_sees_an_old_page_is_told_and_who_answers_sees_a_part_that_stands_by_itself);
async fn who_asks_and_sees_an_old_page_is_told_and_who_answers_sees_a_part_that_stands_by_itself(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let (id, row) = asked(&house, Vec::new()).await;
    let ours = house.staff(DONG_XUAN, Role::Specialist).await;
    let seen = house.row(id).await.version - 1;
    let old = Command { id: office.new_id(), seen };
    assert!(is_stale(&office.recall_opinion(&ours, id, row.id, "Thôi".into(), old).await));
    // Something else happens to the dossier while the answer is typed.
    let reception = house.staff(DONG_XUAN, Role::Reception).await;
    office.ask_withdrawal(&reception, id, String::new(), house.command(id).await).await.unwrap();
    let theirs = house.staff(XUAN_LANH, Role::Specialist).await;
    office.answer_opinion(&theirs, row.id, answer(Stance::Agree, ""), office.new_id()).await.unwrap();
}

on_both!(a_file_laid_with_an_answer_is_read_by_who_reads_the_dossier_once_that_is_given);
async fn a_file_laid_with_an_answer_is_read_by_who_reads_the_dossier_once_that_is_given(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let owner = house.nay().await;
    let id = house.assigned(&owner, ALLOWANCE).await;
    let row = ask(&house, id, Vec::new()).await;
    let ours = house.staff(DONG_XUAN, Role::Specialist).await;
    let theirs = house.staff(XUAN_LANH, Role::Specialist).await;
    let lay = async |who: &Who, name: &str| {
        let (holder, question) = office.place_for_answer(who, row.id).await?;
        office.upload(who, holder, &question, name, PNG).await.map(|file| file.id)
    };
    let (kept, wrong) = (lay(&theirs, "trich-luc.png").await.unwrap(), lay(&theirs, "nham.png").await.unwrap());
    assert!(matches!(lay(&ours, "a.png").await, Err(Error::NotFound)), "it was not they who were asked");
    let reception = house.staff(XUAN_LANH, Role::Reception).await;
    assert!(matches!(lay(&reception, "a.png").await, Err(Error::Forbidden)));
    for (who, expected) in [(&ours, "NotFound"), (&owner, "Forbidden")] {
        let question = answer_question(row.id);
        let guessed = office.upload(who, Holder::Dossier(id), &question, "a.png", PNG).await.map(|file| file.id);
        assert!(guessed.as_ref().is_err_and(|error| format!("{error:?}") == expected), "{guessed:?}");
    }
    office.open_upload(&theirs, kept).await.unwrap();
    assert!(office.dossier(&ours, id).await.unwrap().uploads.is_empty(), "it is not given yet");
    assert_eq!(office.opinion(&theirs, row.id).await.unwrap().answer_files.len(), 2);

    let shown = || vec![kept, wrong];
    let strange = Answer { shown: shown(), files: vec![office.new_id()], ..answer(Stance::Agree, "") };
    let refused = office.answer_opinion(&theirs, row.id, strange, office.new_id()).await;
    assert!(matches!(refused, Err(Error::Invalid(Problem::Missing("files")))), "{refused:?}");
    // A page that was made before the second file came, or that shows one that never did, is an old one.
    let nothing_to_see = Answer { shown: vec![kept, wrong, office.new_id()], ..answer(Stance::Agree, "") };
    let half = Answer { shown: vec![kept], files: vec![kept], ..answer(Stance::Agree, "") };
    for old in [answer(Stance::Agree, ""), half, nothing_to_see] {
        let refused = office.answer_opinion(&theirs, row.id, old, office.new_id()).await;
        assert!(is_stale(&refused), "{refused:?}");
    }
    assert_eq!(office.opinion(&theirs, row.id).await.unwrap().answer_files.len(), 2, "nothing of it happened");
    let said = Answer { shown: shown(), files: vec![kept], ..answer(Stance::Agree, "") };
    office.answer_opinion(&theirs, row.id, said, office.new_id()).await.unwrap();
    let ids = |files: Vec<office::dossiers::UploadRow>| files.into_iter().map(|file| file.id).collect::<Vec<_>>();
    assert_eq!(ids(office.dossier(&ours, id).await.unwrap().uploads), [kept], "what was chosen, and no more");
    assert_eq!(contents(office.open_upload(&ours, kept).await.unwrap()).await, PNG);
    assert!(matches!(office.open_upload(&ours, wrong).await, Err(Error::NotFound)));
    assert_eq!(ids(office.opinion(&theirs, row.id).await.unwrap().answer_files), [kept]);
    office.open_upload(&theirs, kept).await.unwrap();
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'view_file'").await, 3, "each look");
    assert!(is_stale(&lay(&theirs, "muon.png").await), "it is given");

    // It is part of a decision: its resident neither reads nor opens it.
    assert!(office.my_dossier(&owner, id).await.unwrap().uploads.is_empty());
    assert!(matches!(office.open_upload(&owner, kept).await, Err(Error::NotFound)));
}

on_both!(a_request_that_ends_without_an_answer_takes_what_was_laid_for_it_with_it);
async fn a_request_that_ends_without_an_answer_takes_what_was_laid_for_it_with_it(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let (id, recalled) = asked(&house, Vec::new()).await;
    let ours = house.staff(DONG_XUAN, Role::Specialist).await;
    let theirs = house.staff(XUAN_LANH, Role::Specialist).await;
    let lay = async |opinion: Uuid| {
        let (holder, question) = office.place_for_answer(&theirs, opinion).await.unwrap();
        office.upload(&theirs, holder, &question, "trich-luc.png", PNG).await.unwrap()
    };
    let is_gone = async |file: office::dossiers::UploadRow| {
        assert!(office.dossier(&ours, id).await.unwrap().uploads.is_empty());
        assert!(matches!(office.open_upload(&theirs, file.id).await, Err(Error::NotFound)));
        office.run_due_jobs(|| false).await.unwrap();
        assert!(office.blobs().open(&file.sha256.expect("a hash")).await.is_err(), "its bytes stay on the shelf");
    };
    let file = lay(recalled.id).await;
    office.recall_opinion(&ours, id, recalled.id, "Đã rõ".into(), house.command(id).await).await.unwrap();
    is_gone(file).await;

    // Decided without waiting: nobody answers any more.
    let lapsed = ask(&house, id, Vec::new()).await;
    let file = lay(lapsed.id).await;
    office.submit_for_approval(&ours, id, Proposal::Grant, String::new(), house.command(id).await).await.unwrap();
    let leader = house.staff(DONG_XUAN, Role::Leader).await;
    office.approve_dossier(&leader, id, house.command(id).await).await.unwrap();
    let records = house.staff(DONG_XUAN, Role::Records).await;
    office.issue_result(&records, id, house.command(id).await).await.unwrap();
    assert!(office.opinion(&theirs, lapsed.id).await.unwrap().answer_files.is_empty());
    is_gone(file).await;
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'drop_upload'").await, 2, "on the record");
}

on_both!(a_file_that_comes_while_the_answer_is_given_is_part_of_it_or_refused);
async fn a_file_that_comes_while_the_answer_is_given_is_part_of_it_or_refused(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let theirs = house.staff(XUAN_LANH, Role::Specialist).await;
    let id = house.assigned(&house.nay().await, ALLOWANCE).await;
    for round in 0..20 {
        let row = ask(&house, id, Vec::new()).await;
        let (holder, question) = office.place_for_answer(&theirs, row.id).await.unwrap();
        let start = Arc::new(Barrier::new(2));
        let coming = {
            let (office, who, start) = (office.clone(), theirs.clone(), start.clone());
            tokio::spawn(async move {
                start.wait().await;
                office.upload(&who, holder, &question, "trich-luc.png", PNG).await
            })
        };
        start.wait().await;
        let given = office.answer_opinion(&theirs, row.id, answer(Stance::Agree, ""), office.new_id()).await;
        let coming = coming.await.unwrap();
        let lying: Vec<Uuid> =
            office.opinion(&theirs, row.id).await.unwrap().answer_files.iter().map(|file| file.id).collect();
        match (given, coming) {
            // The answer was first: the file found the request ended.
            (Ok(()), Err(Error::Stale)) => assert!(lying.is_empty(), "round {round}"),
            // The file was first: whoever answers sees it before it goes.
            (Err(Error::Stale), Ok(file)) => {
                assert_eq!(lying, [file.id], "round {round}");
                let seen = Answer { shown: lying.clone(), files: lying, ..answer(Stance::Agree, "") };
                office.answer_opinion(&theirs, row.id, seen, office.new_id()).await.unwrap();
            }
            (given, coming) => panic!("round {round}: {given:?}, {:?}", coming.map(|file| file.id)),
        }
    }
    let left = "SELECT COUNT(*) FROM uploads WHERE dropped_at IS NULL AND finished_at IS NULL";
    assert_eq!(house.count(left).await, 0, "what was refused is forgotten");
}

on_both!(what_was_answered_is_listed_where_it_was_asked_and_where_it_was_answered_page_by_page);
async fn what_was_answered_is_listed_where_it_was_asked_and_where_it_was_answered_page_by_page(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let ours = house.staff(DONG_XUAN, Role::Specialist).await;
    let theirs = house.staff(XUAN_LANH, Role::Specialist).await;
    let (id, recalled) = asked(&house, Vec::new()).await;
    office.recall_opinion(&ours, id, recalled.id, "Đã rõ".into(), house.command(id).await).await.unwrap();
    let mut given = Vec::new();
    for minute in 0..31 {
        house.clock.set(at(&format!("2026-10-12T10:{minute:02}")));
        let row = ask(&house, id, Vec::new()).await;
        office.answer_opinion(&theirs, row.id, answer(Stance::Agree, ""), office.new_id()).await.unwrap();
        given.insert(0, row.id);
    }
    for (who, side) in [(&theirs, Side::Asked), (&ours, Side::Asking)] {
        let first = office.past_opinions(who, side, None).await.unwrap();
        let second = office.past_opinions(who, side, first.next).await.unwrap();
        let ids = |page: &PastPage| page.lines.iter().map(|line| line.row.id).collect::<Vec<_>>();
        assert_eq!((ids(&first), ids(&second)), (given[..30].to_vec(), given[30..].to_vec()), "{side:?}");
        assert!(second.next.is_none());
        assert_eq!(first.lines[0].row.answered_by.as_deref(), Some("Lê Văn Sang"));
        // What the one unit gave the other was given, and the other way about there is nothing.
        let other = if side == Side::Asked { Side::Asking } else { Side::Asked };
        assert!(office.past_opinions(who, other, None).await.unwrap().lines.is_empty());
    }
    let seen = office.opinion(&theirs, given[0]).await.unwrap();
    assert!(!seen.may_answer && seen.line.row.stance.as_deref() == Some("agree"), "it can be read again");
    let looks = house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'view_opinions'").await;
    assert_eq!(looks, 4, "two pages in each list; what is empty showed nothing");
    for role in [Role::Reception, Role::Records, Role::Administrator] {
        let who = house.staff(XUAN_LANH, role).await;
        let refused = office.past_opinions(&who, Side::Asked, None).await.map(|page| page.lines.len());
        assert!(matches!(refused, Err(Error::Forbidden)), "{}", role.key());
    }
}

on_both!(what_one_may_not_read_makes_no_page_of_given_opinions_short);
async fn what_one_may_not_read_makes_no_page_of_given_opinions_short(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let ours = house.staff(DONG_XUAN, Role::Specialist).await;
    let theirs = house.staff(XUAN_LANH, Role::Specialist).await;
    let resident = house.nay().await;
    let kept = house.assigned(&resident, ALLOWANCE).await;
    let other = house.assigned(&resident, ALLOWANCE).await;
    let given = async |dossier: Uuid| {
        let row = ask(&house, dossier, Vec::new()).await;
        office.answer_opinion(&theirs, row.id, answer(Stance::Agree, ""), office.new_id()).await.unwrap();
        row.id
    };
    let oldest = given(kept).await;
    for minute in 1..=31 {
        house.clock.set(at(&format!("2026-10-12T10:{minute:02}")));
        given(other).await;
    }
    let code = house.row(other).await.code.unwrap();
    let change = async |what: &str| {
        let mut tx = office.db().write().await.unwrap();
        run(&mut tx, &format!("UPDATE dossiers SET {what} WHERE code = '{code}'")).await.unwrap();
        tx.commit().await.unwrap();
    };
    let only_the_oldest = async |who: &Who, side: Side| {
        let page = office.past_opinions(who, side, None).await.unwrap();
        let ids: Vec<Uuid> = page.lines.iter().map(|line| line.row.id).collect();
        assert_eq!((ids, page.next), (vec![oldest], None), "{side:?}");
    };
    // Another unit resolves it now.
    change(&format!("resolving_office = {XUAN_LANH}")).await;
    only_the_oldest(&ours, Side::Asking).await;
    // It is one of those that nobody outside hears of.
    change("sensitive = TRUE").await;
    only_the_oldest(&theirs, Side::Asked).await;
}

/// The economic division of Đồng Xuân.
const ECONOMY: i64 = 21;

/// Lays that division down; nobody works there yet.
async fn economic_division(house: &House) {
    let shipped = Offices::shipped().get("xa-dong-xuan-kinh-te").expect("a shipped office");
    let row = OfficeRow {
        id: ECONOMY,
        key: shipped.key.clone(),
        name: shipped.name.clone(),
        kind: serde_json::to_value(shipped.kind).unwrap().as_str().unwrap().into(),
        unit_code: shipped.unit.clone(),
        organ_id: shipped.organ_id.to_string(),
        parent_key: shipped.parent.clone(),
        valid_from: 0,
        valid_to: None,
    };
    let mut tx = house.office.db().write().await.unwrap();
    insert_office(&mut tx, &row).await.unwrap();
    tx.commit().await.unwrap();
    house.office.reload_books().await.unwrap();
}

/// A specialist who works in that division.
async fn economist(house: &House) -> Who {
    let (name, role, title) = ("Đặng Thị Kiều", Role::Specialist, String::new());
    let from = house.clock.now().day();
    let position = NewPosition { office: ECONOMY, role, title: title.clone(), from, to: None };
    let new = NewStaff {
        login: "kieu.dt".into(),
        name: name.into(),
        phone: None,
        password: PASSWORD.into(),
        positions: vec![position],
    };
    let welcome = house.office.create_staff(&Who::operator("root"), new).await.unwrap();
    let positions = vec![Position { office: ECONOMY, role, title }];
    let member = StaffMember { id: welcome.id, name: name.into(), positions, mandates: Vec::new() };
    Who { actor: Actor::Staff(member), acting_for: None, trace: trace() }
}

on_both!(another_division_of_the_own_unit_is_asked_and_its_own_people_answer);
async fn another_division_of_the_own_unit_is_asked_and_its_own_people_answer(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    economic_division(&house).await;
    let id = house.assigned(&house.nay().await, ALLOWANCE).await;
    let before = house.row(id).await;
    let asker = house.staff(DONG_XUAN, Role::Specialist).await;
    let offered: Vec<i64> = office.divisions_to_ask(&asker, DONG_XUAN).into_iter().map(|(id, _)| id).collect();
    assert_eq!(offered, [ECONOMY], "the asker works in the other one");
    let ask = async |unit: i64| {
        let asked = Question { unit, ..question(Vec::new()) };
        office.ask_opinion(&asker, id, asked, house.command(id).await).await
    };
    // The committee, the centre, the secretariat and the asker's own division.
    for unit in DONG_XUAN..=DONG_XUAN + 3 {
        let refused = ask(unit).await;
        assert!(matches!(refused, Err(Error::Invalid(Problem::Missing("unit")))), "{unit}: {refused:?}");
    }
    let refused = ask(ECONOMY).await;
    assert!(matches!(refused, Err(Error::Invalid(Problem::NobodyAnswers))), "{refused:?}");
    let theirs = economist(&house).await;
    ask(ECONOMY).await.unwrap();
    let twice = ask(ECONOMY).await;
    assert!(matches!(twice, Err(Error::Refused(Refusal::AlreadyAsked))), "{twice:?}");
    let row = office.dossier(&asker, id).await.unwrap().opinions.pop().expect("a request");
    assert_eq!((row.asked_unit, Instant(row.respond_by)), (ECONOMY, at("2026-10-14T09:00")));
    assert_eq!(house.row(id).await.due_at, before.due_at, "the dossier's own clock goes on");

    // It is in the list of the people there and of nobody else; who leads the unit may answer in their place.
    assert_eq!(office.count_opinions(&theirs).await.unwrap(), 1);
    assert_eq!(office.opinions(&theirs, None).await.unwrap().lines[0].row.id, row.id);
    let civil_status = house.staff(DONG_XUAN, Role::CivilStatus).await;
    let neighbour = house.staff(XUAN_LANH, Role::Specialist).await;
    for who in [&asker, &civil_status, &neighbour] {
        assert_eq!(office.count_opinions(who).await.unwrap(), 0);
        assert!(matches!(office.opinion(who, row.id).await, Err(Error::NotFound)));
        let refused = office.answer_opinion(who, row.id, answer(Stance::Agree, ""), office.new_id()).await;
        assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
    }
    let leader = house.staff(DONG_XUAN, Role::Leader).await;
    assert!(office.opinion(&leader, row.id).await.unwrap().may_answer);
    assert_eq!(office.count_opinions(&leader).await.unwrap(), 0, "it was not the leader who was asked");
    let seen = office.opinion(&theirs, row.id).await.unwrap();
    assert_eq!(seen.colleagues.iter().map(|one| one.staff_id).collect::<Vec<_>>(), [theirs.subject()]);
    let refused = office.assign_opinion(&theirs, row.id, civil_status.subject(), office.new_id()).await;
    assert!(matches!(refused, Err(Error::Invalid(Problem::Missing("to")))), "{refused:?}");

    office.answer_opinion(&theirs, row.id, answer(Stance::Agree, ""), office.new_id()).await.unwrap();
    let said = office.dossier(&asker, id).await.unwrap().opinions.remove(0);
    assert_eq!((said.stance.as_deref(), said.answered_by.as_deref()), (Some("agree"), Some("Đặng Thị Kiều")));
    assert_eq!(office.count_opinions(&theirs).await.unwrap(), 0);
}
