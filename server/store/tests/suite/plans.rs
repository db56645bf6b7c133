//! The queries behind every page go by an index, however many dossiers there are.
// long because every query behind a page is one table with its plan.

use super::{
    engine::{Home, run},
    rows::{NOW, OFFICE, dossier_row, ground, id, people, write},
};
use crate::on_both;
use domain::{dossier::OpinionEnd, mandate::Scope, time::Instant};
use sqlx::Row;
use store::{
    audit,
    audit::AuditRow,
    dossiers,
    dossiers::DossierRow,
    mandates,
    mandates::MandateRow,
    mentions,
    mentions::MentionRow,
    notes,
    notes::NoteRow,
    opinions,
    opinions::{Ending, OpinionRow},
    reasons,
    reasons::ReasonRow,
    saved_views,
    saved_views::SavedViewRow,
};

/// What is asked most, as `queues`, `dossiers` and `audit` ask it, with one office as most people have.
const QUERIES: &[(&str, &str)] = &[
    (
        "a page of a queue",
        "SELECT office_id, id FROM dossiers WHERE resolving_office IN (1) AND status IN (4) AND (queue_at, id) > (0, ID)
         ORDER BY queue_at, id LIMIT 51",
    ),
    (
        "a page of a queue of several statuses",
        "SELECT office_id, id FROM dossiers WHERE resolving_office IN (1) AND status IN (2, 4)
         AND due_at < COALESCE(paused_at, 9)
         ORDER BY queue_at, id LIMIT 51",
    ),
    (
        "a page of a queue without the sensitive dossiers that one may not read",
        "SELECT office_id, id FROM dossiers WHERE resolving_office IN (1) AND status IN (4)
         AND (NOT sensitive OR (resolving_office = 1 AND procedure_version IN (ID))) AND (queue_at, id) > (0, ID)
         ORDER BY queue_at, id LIMIT 51",
    ),
    (
        "a page of what is open in a unit that closes",
        "SELECT id, applicant_address, procedure_version, queue_at FROM dossiers WHERE resolving_office IN (1)
         AND status IN (1, 2, 4, 5, 6) AND (queue_at, id) > (0, ID) ORDER BY queue_at, id LIMIT 200",
    ),
    (
        "my own queue",
        "SELECT office_id, id FROM dossiers WHERE resolving_office IN (1) AND status IN (2, 4, 5, 6) AND assignee = ID
         ORDER BY queue_at, id LIMIT 51",
    ),
    (
        "a capped count",
        "SELECT COUNT(*) FROM (SELECT id FROM dossiers WHERE resolving_office IN (1) AND status IN (1) LIMIT 100) AS counted",
    ),
    (
        "a page of withdrawals to settle",
        "SELECT office_id, id FROM dossiers WHERE resolving_office IN (1) AND sub_state = 'awaiting_settlement'
         AND (NOT sensitive OR (resolving_office = 1 AND procedure_version IN (ID))) AND (queue_at, id) > (0, ID)
         ORDER BY queue_at, id LIMIT 51",
    ),
    (
        "a capped count of withdrawals to settle",
        "SELECT COUNT(*) FROM (SELECT id FROM dossiers WHERE resolving_office IN (1)
           AND sub_state = 'awaiting_settlement' LIMIT 100) AS counted",
    ),
    (
        "what the counter received under a number",
        "SELECT office_id, id FROM dossiers WHERE resolving_office IN (SELECT id FROM offices) AND applicant_id = '7'
           AND account_id IS NULL AND organisation_number IS NULL
           AND NOT EXISTS (SELECT 1 FROM disputed_dossiers q
             WHERE q.office_id = dossiers.office_id AND q.dossier_id = dossiers.id)
         ORDER BY updated_at DESC, id DESC LIMIT 100",
    ),
    (
        "what lets somebody stand in for others today",
        "SELECT id FROM mandates WHERE to_staff = ID AND first_day <= 20500 AND last_day >= 20500 AND ended_at IS NULL",
    ),
    (
        "a page of mandates",
        "SELECT id FROM mandates WHERE office_id IN (1) AND (last_day, id) < (19500, ID)
         ORDER BY last_day DESC, id DESC LIMIT 31",
    ),
    (
        "the texts that a reason begins with",
        "SELECT id FROM reasons WHERE retired_at IS NULL AND office_id IN (1) AND (owner_id IS NULL OR owner_id = ID)
         ORDER BY kind, sort_key, id LIMIT 300",
    ),
    (
        "the new notes that name somebody",
        "SELECT m.note_id FROM mentions m
         JOIN notes n ON n.office_id = m.office_id AND n.dossier_id = m.dossier_id AND n.id = m.note_id
         WHERE m.staff_id = ID AND m.seen_at IS NULL AND m.note_id < ID ORDER BY m.note_id DESC LIMIT 31",
    ),
    (
        "the notes that name somebody and were seen",
        "SELECT m.note_id FROM mentions m
         JOIN notes n ON n.office_id = m.office_id AND n.dossier_id = m.dossier_id AND n.id = m.note_id
         WHERE m.staff_id = ID AND m.seen_at IS NOT NULL AND m.note_id < ID ORDER BY m.note_id DESC LIMIT 31",
    ),
    (
        "how many new notes name somebody",
        "SELECT COUNT(*) FROM (SELECT note_id FROM mentions WHERE staff_id = ID AND seen_at IS NULL LIMIT 100) AS counted",
    ),
    (
        "what a unit is asked for",
        "SELECT o.id FROM opinions o WHERE o.ended_at IS NULL AND o.asked_unit IN (1) AND (o.respond_by, o.id) > (0, ID)
         ORDER BY o.respond_by, o.id LIMIT 31",
    ),
    (
        "how much a unit is asked for",
        "SELECT COUNT(*) FROM (SELECT id FROM opinions WHERE ended_at IS NULL AND asked_unit IN (1) LIMIT 100) AS counted",
    ),
    (
        "late answers of a unit",
        "SELECT COUNT(*), MIN(respond_by) FROM opinions WHERE ended_at IS NULL AND respond_by < 9 AND asked_unit IN (1)",
    ),
    (
        "late answers that dossiers of a unit wait for",
        "SELECT COUNT(*), MIN(o.respond_by) FROM opinions o
         JOIN dossiers d ON d.office_id = o.office_id AND d.id = o.dossier_id
         WHERE o.ended_at IS NULL AND o.respond_by < 9 AND d.resolving_office IN (1)",
    ),
    (
        "the opinions that a unit gave",
        "SELECT o.id FROM opinions o WHERE o.ended = 'answered' AND o.asked_unit IN (1)
         AND EXISTS (SELECT 1 FROM dossiers d WHERE d.office_id = o.office_id AND d.id = o.dossier_id AND NOT d.sensitive)
         AND (o.ended_at, o.id) < (9, ID)
         ORDER BY o.ended_at DESC, o.id DESC LIMIT 31",
    ),
    (
        "the opinions that were given on dossiers of a unit",
        "SELECT o.id FROM opinions o WHERE o.ended = 'answered' AND o.office_id IN (1)
         AND EXISTS (SELECT 1 FROM dossiers d WHERE d.office_id = o.office_id AND d.id = o.dossier_id
           AND +d.resolving_office IN (1)
           AND (NOT d.sensitive OR (d.resolving_office = 1 AND d.procedure_version IN (ID))))
         AND (o.ended_at, o.id) < (9, ID)
         ORDER BY o.ended_at DESC, o.id DESC LIMIT 31",
    ),
    ("a request for an opinion", "SELECT o.number FROM opinions o WHERE o.id = ID"),
    (
        "one's own named filters",
        "SELECT id FROM saved_views WHERE staff_id = ID AND removed_at IS NULL ORDER BY sort_key, id LIMIT 20",
    ),
    (
        "the open dossiers of a unit by their calendar",
        "SELECT calendar_version, status, COUNT(*) FROM dossiers
         WHERE resolving_office = 1 AND status IN (1, 2, 4, 5, 6) GROUP BY calendar_version, status",
    ),
    (
        "the calendars in the making",
        "SELECT id FROM calendar_drafts WHERE ended_at IS NULL AND office_id IN (1) ORDER BY office_id, year",
    ),
    (
        "what units have switched off",
        "SELECT id FROM feature_closures WHERE ended_at IS NULL AND (last_day IS NULL OR last_day >= 0) AND office_id = 1
         ORDER BY first_day, id",
    ),
    (
        "what a unit says of its procedures",
        "SELECT id FROM local_parts WHERE office_id = 1 ORDER BY code, valid_from, number, id",
    ),
    ("the number of the books", "SELECT number FROM books WHERE id = 1"),
    ("by code", "SELECT dossier_id FROM dossier_codes WHERE code = 'H15-7'"),
    ("by id", "SELECT office_id FROM dossiers WHERE id = ID"),
    (
        "of an account",
        "SELECT id FROM dossiers WHERE account_id = ID AND organisation_id IS NULL
          ORDER BY updated_at DESC, id DESC LIMIT 100",
    ),
    (
        "of an organisation",
        "SELECT id FROM dossiers WHERE organisation_id IN (ID) ORDER BY updated_at DESC, id DESC LIMIT 100",
    ),
    (
        "what an organisation has open",
        "SELECT id FROM dossiers WHERE resolving_office = 1 AND organisation_number = '7' AND procedure_code = '1.001731'
          AND status NOT IN (3, 7, 8, 10) ORDER BY updated_at DESC LIMIT 20",
    ),
    (
        "whom an account acts for as an employee",
        "SELECT organisation_id FROM organisation_members WHERE account_id = ID AND ended_at IS NULL AND valid_from <= 9
          AND (valid_to IS NULL OR valid_to >= 9)",
    ),
    (
        "the days of an employee",
        "SELECT o.number FROM organisation_members m JOIN organisations o ON o.id = m.organisation_id
          WHERE m.account_id = ID ORDER BY m.named_at, m.id",
    ),
    (
        "of a person",
        "SELECT id FROM dossiers WHERE resolving_office = 1 AND applicant_id = '7' AND procedure_code = '1.001731'
          AND organisation_number IS NULL AND status NOT IN (3, 7, 8, 10) ORDER BY updated_at DESC LIMIT 20",
    ),
    (
        "rows of the record without a link",
        "SELECT r.id FROM audit_rows r LEFT JOIN audit_seals s ON s.row_id = r.id
          WHERE r.id > 1900 AND s.row_id IS NULL ORDER BY r.id LIMIT 500",
    ),
    (
        "the end of the record on a day",
        "SELECT seq FROM audit_seals WHERE sealed_at < 9 ORDER BY sealed_at DESC, seq DESC LIMIT 1",
    ),
    (
        "what keeps a version of a procedure",
        "SELECT EXISTS (SELECT 1 FROM drafts WHERE procedure_version = ID)
             OR EXISTS (SELECT 1 FROM dossiers WHERE procedure_version = ID)",
    ),
    (
        "the code of an account",
        "SELECT id FROM account_codes WHERE account_id = ID AND used_at IS NULL AND replaced_at IS NULL
          AND expires_at > 9 ORDER BY id DESC LIMIT 1",
    ),
    ("the proof of an account", "SELECT id FROM account_proofs WHERE account_id = ID ORDER BY id DESC LIMIT 1"),
    ("the account of a provider's subject", "SELECT account_id FROM identity_links WHERE issuer = '7' AND subject = '7'"),
    ("what providers know an account as", "SELECT issuer, subject, linked_at FROM identity_links WHERE account_id = ID"),
    (
        "what was filed last for the organisations of an account",
        "SELECT d.resolving_office FROM organisations o JOIN dossiers d ON d.organisation_id = o.id
          WHERE o.account_id = ID ORDER BY d.updated_at DESC, d.id DESC LIMIT 1",
    ),
    (
        "the organisation of a number that an account represents",
        "SELECT id FROM organisations WHERE account_id = ID AND number = '7'",
    ),
    (
        "disputed dossiers",
        "SELECT q.dossier_id FROM disputed_dossiers q JOIN dossiers d ON d.office_id = q.office_id AND d.id = q.dossier_id
          WHERE q.settled_at IS NULL AND d.resolving_office IN (1)
          ORDER BY q.since, q.dossier_id LIMIT 50",
    ),
    (
        "sensitive dossiers that wait for an owner",
        "SELECT d.id FROM disputed_dossiers q JOIN dossiers d ON d.office_id = q.office_id AND d.id = q.dossier_id
          WHERE q.owner = ID AND q.settled_at IS NULL AND d.sensitive LIMIT 100",
    ),
    (
        "organisations that wait for a clerk",
        "SELECT q.organisation_id FROM disputed_organisations q JOIN organisations o ON o.id = q.organisation_id
          WHERE q.settled_at IS NULL AND q.office_id IN (1)
          ORDER BY q.since, q.organisation_id LIMIT 50",
    ),
    (
        "the dispute of an organisation",
        "SELECT owner FROM disputed_organisations WHERE organisation_id = ID ORDER BY since DESC LIMIT 1",
    ),
    (
        "what waits for an owner",
        "SELECT q.organisation_id FROM disputed_organisations q JOIN organisations o ON o.id = q.organisation_id
          WHERE q.owner = ID AND q.settled_at IS NULL AND o.number = '7' LIMIT 1",
    ),
    ("who lost a number", "SELECT id FROM accounts WHERE lost_number = '7' ORDER BY lost_at DESC LIMIT 3"),
    (
        "files that wait to be scanned",
        "SELECT id FROM uploads WHERE held_at IS NOT NULL AND dropped_at IS NULL AND finished_at IS NOT NULL
          AND (held_at, id) > (0, ID) ORDER BY held_at, id LIMIT 100",
    ),
    (
        "dossiers that wait for another file",
        "SELECT u.dossier_id FROM uploads u WHERE u.infected_at IS NOT NULL AND u.let_go_at IS NULL
          AND u.dossier_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM uploads n WHERE n.dossier_id = u.dossier_id
            AND n.question = u.question AND n.finished_at >= u.infected_at AND n.dropped_at IS NULL)
          AND u.dossier_id IN (ID, ID)",
    ),
    (
        "a count of dossiers that wait for another file",
        "SELECT COUNT(*) FROM (SELECT id FROM dossiers WHERE resolving_office IN (1) AND status IN (1, 2, 4, 5, 6)
          AND id IN (SELECT u.dossier_id FROM uploads u WHERE u.infected_at IS NOT NULL AND u.let_go_at IS NULL
            AND u.dossier_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM uploads n WHERE n.dossier_id = u.dossier_id
              AND n.question = u.question AND n.finished_at >= u.infected_at AND n.dropped_at IS NULL))
          LIMIT 100) AS counted",
    ),
    (
        "the next message to send",
        "SELECT id FROM messages WHERE state = 'waiting' AND means = 'email' AND send_at <= 9
          AND (locked_until IS NULL OR locked_until < 9) ORDER BY send_at, id LIMIT 1",
    ),
    (
        "messages of a dossier",
        "SELECT id FROM messages WHERE office_id = 1 AND dossier_id = ID AND seq IS NOT NULL ORDER BY seq",
    ),
    (
        "messages that were refused",
        "SELECT m.id FROM messages m JOIN dossiers d ON d.office_id = m.office_id AND d.id = m.dossier_id
          WHERE m.state = 'refused' AND d.resolving_office IN (1) ORDER BY m.settled_at, m.id LIMIT 50",
    ),
    (
        "the newest code of an account",
        "SELECT id FROM messages WHERE account_id = ID AND office_id = 0 ORDER BY created_at DESC, id DESC LIMIT 1",
    ),
    (
        "the record of an office in some days",
        "SELECT r.id FROM audit_rows r WHERE r.at >= 5 AND (r.at, r.id) < (9, 0) AND r.office_id = 1
          ORDER BY r.at DESC, r.id DESC LIMIT 51",
    ),
    (
        "what one person did in some days",
        "SELECT r.id FROM audit_rows r WHERE r.at >= 5 AND (r.at, r.id) < (9, 0) AND r.actor_id = ID
          AND (r.office_id IS NULL OR r.office_id IN (1)) ORDER BY r.at DESC, r.id DESC LIMIT 51",
    ),
    (
        "what one person did of one kind",
        "SELECT r.id FROM audit_rows r WHERE r.actor_id = ID AND r.act = 'prefill_draft'
          ORDER BY r.at DESC, r.id DESC LIMIT 10000",
    ),
    (
        "what others did about one person in some days",
        "SELECT r.id FROM audit_rows r WHERE r.at >= 5 AND (r.at, r.id) < (9, 0) AND r.object_kind = 'staff'
          AND r.object_id = '7' AND (r.actor_id IS NULL OR r.actor_id <> ID) ORDER BY r.at DESC, r.id DESC LIMIT 51",
    ),
    (
        "what was done with the catalogue in some days",
        "SELECT r.id FROM audit_rows r WHERE r.at >= 5 AND (r.at, r.id) < (9, 0) AND +r.office_id IS NULL
          AND r.object_kind = 'catalogue' ORDER BY r.at DESC, r.id DESC LIMIT 51",
    ),
    (
        "who has something stuck in hand",
        "SELECT id FROM stuck_claims WHERE ended_at IS NULL AND office_id IN (1) AND item IN ('held', 'uploads')
          ORDER BY at DESC, id DESC",
    ),
    (
        "the reorganisations whose day has come",
        "SELECT id FROM reorganisations WHERE finished_at IS NULL AND dropped_at IS NULL AND on_day <= 5
          AND confirmed_at IS NOT NULL ORDER BY on_day, id",
    ),
    (
        "what passed over to one unit",
        "SELECT h.dossier_id FROM handovers h WHERE h.reorganisation_id = ID AND h.heir_id = 1 AND h.dossier_id > ID
          ORDER BY h.dossier_id LIMIT 51",
    ),
    ("who points at a hash", "SELECT id FROM uploads WHERE sha256 = '7' AND dropped_at IS NULL LIMIT 1"),
];

on_both!(the_daily_queries_go_by_an_index);
async fn the_daily_queries_go_by_an_index(home: Home) {
    write(&home, async |tx| {
        ground(tx).await;
        people(tx).await;
        for number in 1..=2_000_u128 {
            let mut row = dossier_row(number, OFFICE + (number % 2) as i64);
            row.status = 1 + (number % 10) as i64;
            if number % 100 == 6 {
                row.sub_state = "awaiting_settlement".into();
            }
            row.queue_at = NOW.0 + number as i64;
            row.due_at = Some(row.queue_at);
            row.account_id = Some(id(10_000 + number % 300));
            row.assignee = number.is_multiple_of(3).then(|| id(20_000 + number % 20));
            row.applicant_id = format!("{}", number % 400);
            row.organisation_id = number.is_multiple_of(5).then(|| id(30_000 + number % 100));
            row.organisation_number = number.is_multiple_of(5).then(|| format!("{}", number % 100));
            dossiers::insert_dossier(tx, &row).await.unwrap();
            dossiers::insert_code(tx, &format!("H15-{number}"), row.office_id, row.id).await.unwrap();
            let line = AuditRow {
                id: 0,
                at: NOW.0,
                actor_kind: "system".into(),
                actor_id: None,
                actor_name: String::new(),
                acting_for: None,
                office_id: None,
                act: "test".into(),
                object_kind: "dossier".into(),
                object_id: row.id.to_string(),
                detail: serde_json::json!({}),
                address: String::new(),
                request_id: String::new(),
            };
            audit::insert_audit_row(tx, &line).await.unwrap();
            mandates::insert_mandate(tx, &mandate(number)).await.unwrap();
            reasons::insert_reason(tx, &reason(number)).await.unwrap();
            saved_views::insert_saved_view(tx, &saved_view(number)).await.unwrap();
            let note = NoteRow {
                id: id(60_000 + number),
                at: NOW.0,
                staff_id: id(2),
                staff_name: "Hoa".into(),
                words: "Xem giúp.".into(),
            };
            notes::insert_note(tx, row.office_id, row.id, &note).await.unwrap();
            let (note_id, staff_name) = (note.id, "Hoa".into());
            let mention = MentionRow { note_id, staff_id: id(2), staff_name, seen_at: None };
            mentions::insert_mention(tx, row.office_id, row.id, &mention).await.unwrap();
            if !number.is_multiple_of(50) {
                mentions::see_mention(tx, id(2), note_id, NOW).await.unwrap();
            }
            let opinion = opinion(&row, number);
            opinions::insert_opinion(tx, &opinion).await.unwrap();
            if !number.is_multiple_of(50) {
                let end = if number.is_multiple_of(7) { OpinionEnd::Recalled } else { OpinionEnd::Answered };
                let ending = Ending { end, stance: None, words: "", by: "" };
                opinions::end_opinion(tx, opinion.id, Instant(NOW.0 + number as i64), ending).await.unwrap();
            }
            let seal = audit::SealRow { seq: number as i64, row_id: number as i64, hash: "-".into() };
            if number < 1_990 {
                audit::insert_seal(tx, &seal, NOW).await.unwrap();
            }
        }
        run(tx, "ANALYZE").await.unwrap();
    })
    .await;
    for (name, query) in QUERIES {
        let plan = plan_of(&home, query).await;
        let plan_text = plan.join("\n");
        if name.contains("to settle") {
            // Withdrawn dossiers only grow in number: what is settled is not read over and over.
            assert!(plan_text.contains("dossiers_to_settle"), "{name}:\n{plan_text}");
        }
        if name.starts_with("the opinions that") {
            // What was answered only grows too: a page is read in its order, and no more of it.
            let index = if name.ends_with("gave") { "opinions_given" } else { "opinions_received" };
            assert!(plan_text.contains(index), "{name}:\n{plan_text}");
        }
        if home.db.engine() == "sqlite" {
            let by_index = |step: &String| step.contains("INDEX") || step.contains("PRIMARY KEY");
            assert!(plan.iter().any(by_index), "{name}:\n{plan_text}");
            let tables = [
                "dossiers",
                "mandates",
                "reasons",
                "saved_views",
                "drafts",
                "dossier_codes",
                "organisation_members",
                "r",
                "s",
                "d",
                "q",
                "m",
                "n",
                "mentions",
                "o",
                "opinions",
            ];
            for table in tables {
                let whole = format!("SCAN {table}");
                assert!(!plan.contains(&whole), "{name} reads all of {table}:\n{plan_text}");
            }
            // By an index, not along the whole of it.
            assert!(plan.iter().any(|step| step.starts_with("SEARCH")), "{name}:\n{plan_text}");
        } else {
            assert!(plan_text.contains("Index"), "{name}:\n{plan_text}");
            assert!(!plan_text.contains("Seq Scan"), "{name}:\n{plan_text}");
        }
    }
}

/// The steps of the engine's plan. PostgreSQL reads a table of some pages whole because that is quicker: it is asked
/// whether it could do otherwise.
pub async fn plan_of(home: &Home, query: &str) -> Vec<String> {
    let mut tx = home.db.write().await.unwrap();
    match &mut tx {
        store::Tx::Sqlite(tx) => {
            let q = format!("EXPLAIN QUERY PLAN {}", query.replace("ID", "x'01920000000070008000000000000007'"));
            let rows = sqlx::query(sqlx::AssertSqlSafe(q)).fetch_all(&mut **tx).await.unwrap();
            rows.iter().map(|row| row.get::<String, _>("detail")).collect()
        }
        store::Tx::Postgres(tx) => {
            sqlx::query("SET LOCAL enable_seqscan = off").execute(&mut **tx).await.unwrap();
            let q = format!("EXPLAIN {}", query.replace("ID", "'01920000-0000-7000-8000-000000000007'::uuid"));
            sqlx::query_scalar(sqlx::AssertSqlSafe(q)).fetch_all(&mut **tx).await.unwrap()
        }
    }
}

/// A mandate of the one member of staff, each ended a day after the one before.
fn mandate(number: u128) -> MandateRow {
    MandateRow {
        office_id: OFFICE + (number % 2) as i64,
        id: id(30_000 + number),
        kind: "authority".into(),
        from_staff: id(2),
        from_name: "Hoa".into(),
        from_title: "Chủ tịch".into(),
        to_staff: id(2),
        to_name: "Hoa".into(),
        role: "leader".into(),
        first_day: 18_590 + number as i64,
        last_day: 18_600 + number as i64,
        scope: Scope::default(),
        paper: String::new(),
        made_by: id(2),
        made_at: NOW.0,
        ended_by: None,
        ended_at: None,
    }
}

/// A text of one of two units.
fn reason(number: u128) -> ReasonRow {
    ReasonRow {
        office_id: OFFICE + (number % 2) as i64,
        id: id(40_000 + number),
        kind: "supplement".into(),
        title: format!("{number}"),
        sort_key: format!("{number:05}"),
        words: "Ảnh mờ.".into(),
        owner_id: None,
        version: 1,
        changed_at: NOW.0,
        retired_at: number.is_multiple_of(5).then_some(NOW.0),
    }
}

/// A named filter of the one member of staff.
fn saved_view(number: u128) -> SavedViewRow {
    SavedViewRow {
        staff_id: id(2),
        id: id(50_000 + number),
        name: format!("{number}"),
        sort_key: format!("{number:05}"),
        queue: "qua-han".into(),
        search: String::new(),
        procedure_code: String::new(),
        created_at: NOW.0,
    }
}

/// What another unit is asked about that dossier.
fn opinion(row: &DossierRow, number: u128) -> OpinionRow {
    OpinionRow {
        office_id: row.office_id,
        dossier_id: row.id,
        number: 1,
        id: id(70_000 + number),
        asked_unit: OFFICE + ((number + 1) % 2) as i64,
        asked_by: id(2),
        asked_by_name: "Hoa".into(),
        question: "Có chồng lấn không?".into(),
        files: Vec::new(),
        asked_at: NOW.0,
        respond_by: NOW.0 + number as i64,
        assignee: None,
        reminded_at: None,
        ended_at: None,
        ended: None,
        stance: None,
        words: None,
        answered_by: None,
    }
}
