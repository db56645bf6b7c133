//! The queries behind every page go by an index, however many dossiers there are.

use super::{
    engine::{Home, run},
    rows::{NOW, OFFICE, dossier_row, ground, id, people, write},
};
use crate::on_both;
use domain::mandate::Scope;
use sqlx::Row;
use store::{audit, audit::AuditRow, dossiers, mandates, mandates::MandateRow};

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
        "my own queue",
        "SELECT office_id, id FROM dossiers WHERE resolving_office IN (1) AND status IN (2, 4, 5, 6) AND assignee = ID
         ORDER BY queue_at, id LIMIT 51",
    ),
    (
        "a capped count",
        "SELECT COUNT(*) FROM (SELECT id FROM dossiers WHERE resolving_office IN (1) AND status IN (1) LIMIT 100) AS counted",
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
    ("by code", "SELECT dossier_id FROM dossier_codes WHERE code = 'H15-7'"),
    ("by id", "SELECT office_id FROM dossiers WHERE id = ID"),
    ("of an account", "SELECT id FROM dossiers WHERE account_id = ID ORDER BY updated_at DESC, id DESC LIMIT 100"),
    (
        "of a person",
        "SELECT id FROM dossiers WHERE resolving_office = 1 AND applicant_id = '7' AND procedure_code = '1.001731'
          AND status NOT IN (3, 7, 8, 10) ORDER BY updated_at DESC LIMIT 20",
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
    (
        "disputed dossiers",
        "SELECT q.dossier_id FROM disputed_dossiers q JOIN dossiers d ON d.office_id = q.office_id AND d.id = q.dossier_id
          WHERE q.settled_at IS NULL AND d.resolving_office IN (1)
          ORDER BY q.since, q.dossier_id LIMIT 50",
    ),
    ("who lost a number", "SELECT id FROM accounts WHERE lost_number = '7' ORDER BY lost_at DESC LIMIT 3"),
    (
        "files that wait to be scanned",
        "SELECT id FROM uploads WHERE held_at IS NOT NULL AND dropped_at IS NULL AND finished_at IS NOT NULL
          AND (held_at, id) > (0, ID) ORDER BY held_at, id LIMIT 100",
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
            row.queue_at = NOW.0 + number as i64;
            row.due_at = Some(row.queue_at);
            row.account_id = Some(id(10_000 + number % 300));
            row.assignee = number.is_multiple_of(3).then(|| id(20_000 + number % 20));
            row.applicant_id = format!("{}", number % 400);
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
        if home.db.engine() == "sqlite" {
            let by_index = |step: &String| step.contains("INDEX") || step.contains("PRIMARY KEY");
            assert!(plan.iter().any(by_index), "{name}:\n{plan_text}");
            for table in ["dossiers", "mandates", "drafts", "dossier_codes", "r", "s", "d", "q"] {
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
async fn plan_of(home: &Home, query: &str) -> Vec<String> {
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
