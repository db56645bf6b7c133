//! The tables are the same on both engines, and so is what the engines promise.

use super::{
    engine::{Engine, Home, run, run_on},
    rows::{NOW, OFFICE, dossier_row, drafted, ground, id, office_row, people, write},
};
use crate::on_both;
use sqlx::Row;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs::Permissions,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};
use store::{
    Db, audit, audit::AuditRow, audit::SealRow, copying, dossiers, drafts, events, local_parts,
    local_parts::LocalPartRow, offices, on_engine, results, results::ResultRow, staff, staff::PositionRow, uploads,
};

/// Table → column → (kind of value, whether it may be missing).
type Tables = BTreeMap<String, BTreeMap<String, (&'static str, bool)>>;

/// Tables, and names of indexes.
type Shape = (Tables, BTreeSet<String>);

#[test]
fn both_engines_have_the_same_migrations() {
    let names = |engine: &str| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations").join(engine);
        let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
        files.collect::<BTreeSet<_>>()
    };
    assert!(!names("sqlite").is_empty());
    assert_eq!(names("sqlite"), names("postgres"));
}

#[tokio::test(flavor = "multi_thread")]
async fn both_engines_have_the_same_tables_columns_and_indexes() {
    let seen: Arc<Mutex<Vec<Shape>>> = Arc::default();
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let seen = seen.clone();
        run_on(engine, move |home| async move {
            let shape = (tables_of(&home).await, indexes_of(&home).await);
            seen.lock().unwrap().push(shape);
        })
        .await;
    }
    let seen = seen.lock().unwrap();
    let (tables, indexes) = &seen[0];
    assert!(tables.len() > 20 && tables.contains_key("dossiers") && indexes.contains("dossiers_queue"));
    // A quick round has seen one engine alone.
    if let Some((others, other_indexes)) = seen.get(1) {
        for (table, columns) in tables {
            assert_eq!(Some(columns), others.get(table), "table {table}");
        }
        assert_eq!(tables.len(), others.len());
        assert_eq!(indexes, other_indexes);
    }
}

async fn tables_of(home: &Home) -> Tables {
    let mut tables = Tables::new();
    match &home.db {
        Db::Sqlite { read, .. } => {
            let q = "SELECT m.name AS t, c.name AS c, c.type AS k, c.\"notnull\" = 0 AND c.pk = 0 AS n
                     FROM sqlite_master m, pragma_table_info(m.name) c
                     WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE '_sqlx_%'";
            for row in sqlx::query(q).fetch_all(read).await.unwrap() {
                let kind: String = row.get("k");
                let kind = match kind.as_str() {
                    "INTEGER" => "number",
                    "TEXT" => "text",
                    "BLOB" => "id",
                    other => panic!("a column of kind {other}"),
                };
                tables.entry(row.get("t")).or_default().insert(row.get("c"), (kind, row.get("n")));
            }
        }
        Db::Postgres { read, .. } => {
            let q =
                "SELECT table_name::text AS t, column_name::text AS c, data_type::text AS k, is_nullable = 'YES' AS n
                     FROM information_schema.columns
                     WHERE table_schema = current_schema() AND table_name NOT LIKE '\\_sqlx\\_%'";
            for row in sqlx::query(q).fetch_all(read).await.unwrap() {
                let kind: String = row.get("k");
                let kind = match kind.as_str() {
                    "bigint" | "boolean" => "number",
                    "text" | "jsonb" => "text",
                    "uuid" => "id",
                    other => panic!("a column of kind {other}"),
                };
                tables.entry(row.get("t")).or_default().insert(row.get("c"), (kind, row.get("n")));
            }
        }
    }
    tables
}

/// Names of the indexes that a migration names.
async fn indexes_of(home: &Home) -> BTreeSet<String> {
    let names: Vec<String> = match &home.db {
        Db::Sqlite { read, .. } => {
            let q = "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL";
            sqlx::query_scalar(q).fetch_all(read).await.unwrap()
        }
        Db::Postgres { read, .. } => {
            let q = "SELECT i.relname::text FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
                     JOIN pg_namespace n ON n.oid = i.relnamespace
                     WHERE n.nspname = current_schema()
                       AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.oid AND c.contype IN ('p', 'u'))";
            sqlx::query_scalar(q).fetch_all(read).await.unwrap()
        }
    };
    names.into_iter().collect()
}

on_both!(every_connection_is_durable_and_keeps_references);
async fn every_connection_is_durable_and_keeps_references(home: Home) {
    match &home.db {
        Db::Sqlite { read, write } => {
            for (pool, size) in [(read, 8), (write, 1)] {
                assert_eq!(pool.options().get_max_connections(), size);
                // All at once, so that each is another one.
                let mut all = Vec::new();
                for _ in 0..size {
                    all.push(pool.acquire().await.unwrap());
                }
                for connection in &mut all {
                    let connection = &mut **connection;
                    let full: i64 = sqlx::query_scalar("PRAGMA synchronous").fetch_one(&mut *connection).await.unwrap();
                    let keys: i64 =
                        sqlx::query_scalar("PRAGMA foreign_keys").fetch_one(&mut *connection).await.unwrap();
                    let mode: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(connection).await.unwrap();
                    assert_eq!((full, keys, mode.as_str()), (2, 1, "wal"));
                }
            }
        }
        Db::Postgres { read, write } => {
            for pool in [read, write] {
                let mut connection = pool.acquire().await.unwrap();
                let commit: String =
                    sqlx::query_scalar("SHOW synchronous_commit").fetch_one(&mut *connection).await.unwrap();
                assert_eq!(commit, "on");
            }
        }
    }
    // A reference into nowhere is refused.
    let mut tx = home.db.write().await.unwrap();
    let refused = dossiers::insert_dossier(&mut tx, &dossier_row(1, OFFICE)).await.unwrap_err();
    let store::StoreError::Db(refused) = refused else { panic!("{refused:?}") };
    assert!(refused.as_database_error().is_some_and(|error| error.is_foreign_key_violation()), "{refused}");
}

on_both!(what_only_reads_cannot_write);
async fn what_only_reads_cannot_write(home: Home) {
    let mut tx = home.db.read().await.unwrap();
    offices::insert_office(&mut tx, &office_row(1)).await.unwrap_err();
    drop(tx);
    let mut tx = home.db.read().await.unwrap();
    assert!(offices::list_offices(&mut tx).await.unwrap().is_empty());
}

on_both!(a_migration_runs_once_and_a_blank_database_is_known);
async fn a_migration_runs_once_and_a_blank_database_is_known(home: Home) {
    assert!(!home.db.is_blank().await.unwrap());
    write(&home, async |tx| offices::insert_office(tx, &office_row(1)).await.unwrap()).await;
    home.db.migrate().await.unwrap();
    let mut tx = home.db.read().await.unwrap();
    assert_eq!(offices::list_offices(&mut tx).await.unwrap(), [office_row(1)]);
    drop(tx);
    let blank = Db::connect(&format!("sqlite:{}", home.folder.path().join("blank.db").display())).await.unwrap();
    assert!(blank.is_blank().await.unwrap());
    assert!(matches!(Db::connect("mysql://localhost").await, Err(store::StoreError::UnknownEngine)));
}

on_both!(every_table_is_copied_and_every_column_known_for_what_it_is);
async fn every_table_is_copied_and_every_column_known_for_what_it_is(home: Home) {
    let tables = tables_of(&home).await;
    let known: BTreeSet<&str> = copying::TABLES.iter().copied().collect();
    assert_eq!(tables.keys().map(String::as_str).collect::<BTreeSet<_>>(), known);
    let Db::Postgres { read, .. } = &home.db else { return };
    let q = "SELECT table_name::text, column_name::text, data_type::text FROM information_schema.columns
             WHERE table_schema = current_schema() AND data_type IN ('jsonb', 'boolean')
               AND table_name NOT LIKE '\\_sqlx\\_%'";
    let declared: Vec<(String, String, String)> = sqlx::query_as(q).fetch_all(read).await.unwrap();
    let told = copying::special_columns();
    let mut declared: Vec<_> = declared.iter().map(|(t, c, k)| (t.as_str(), c.as_str(), k == "jsonb")).collect();
    let mut told: Vec<_> = told.collect();
    declared.sort_unstable();
    told.sort_unstable();
    assert_eq!(told, declared);
}

on_both!(what_lay_there_before_takes_the_office_of_where_it_lies);
async fn what_lay_there_before_takes_the_office_of_where_it_lies(home: Home) {
    let blank = Db::connect(&format!("sqlite:{}", home.folder.path().join("before.db").display())).await.unwrap();
    let mut tx = home.db.write().await.unwrap();
    let engine = tx.pick("sqlite", "postgres");
    if engine == "sqlite" {
        tx = blank.write().await.unwrap();
    } else {
        run(&mut tx, "CREATE SCHEMA before; SET LOCAL search_path TO before").await.unwrap();
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations").join(engine);
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let at = files.iter().position(|file| file.ends_with("0011_office_in_keys.sql")).unwrap();
    let migrate = async |tx: &mut store::Tx, files: &[PathBuf]| {
        for file in files {
            run(tx, &std::fs::read_to_string(file).unwrap()).await.unwrap();
        }
    };
    migrate(&mut tx, &files[..at]).await;
    // What today's functions write beside; a later migration brings it.
    let kind = tx.pick("BLOB", "UUID");
    let list = tx.pick("TEXT NOT NULL DEFAULT '[]'", "JSONB NOT NULL DEFAULT '[]'");
    let later = [
        ("drafts", "prefilled", list),
        ("drafts", "organisation_id", kind),
        ("dossiers", "organisation_id", kind),
        ("dossiers", "organisation_number", "TEXT"),
        ("dossiers", "organisation_name", "TEXT"),
        ("dossiers", "organisation_address", "TEXT"),
        ("drafts", "local_part", kind),
        ("dossiers", "local_part", kind),
        ("calendars", "valid_from", tx.pick("INTEGER", "BIGINT")),
    ];
    for (table, column, kind) in later {
        run(&mut tx, &format!("ALTER TABLE {table} ADD COLUMN {column} {kind}")).await.unwrap();
    }
    ground(&mut tx).await;
    people(&mut tx).await;
    offices::insert_office(&mut tx, &office_row(3)).await.unwrap();
    dossiers::insert_dossier(&mut tx, &dossier_row(40, 2)).await.unwrap();
    let (draft, tray, dossier) = (drafted(20, OFFICE), id(21), id(40));
    drafts::insert_draft(&mut tx, &draft).await.unwrap();
    let post = PositionRow {
        id: id(50),
        staff_id: id(2),
        office_id: 3,
        role: "reception".into(),
        title: String::new(),
        valid_from: 0,
        valid_to: None,
    };
    staff::insert_position(&mut tx, &post).await.unwrap();
    for (upload, owner, draft, dossier) in [
        (id(30), id(1), Some(draft.id), None),
        (id(31), id(2), Some(tray), None),
        (id(32), id(1), Some(id(22)), Some(dossier)),
        (id(33), id(9), Some(id(23)), None),
    ] {
        let q = "INSERT INTO uploads (id, owner_id, draft_id, dossier_id, question, name, mime, size, created_at)
                 VALUES ($1, $2, $3, $4, 'q', 'a.png', '', 7, 8)";
        let done = on_engine!(&mut tx, |c| sqlx::query(q)
            .bind(upload)
            .bind(owner)
            .bind(draft)
            .bind(dossier)
            .execute(c)
            .await
            .map(drop));
        done.unwrap();
    }
    let result = ResultRow {
        version: 1,
        granted: true,
        title: "Trích lục".into(),
        paper_id: None,
        upload_id: Some(id(32)),
        issued_at: 9,
        replaced_at: None,
    };
    results::insert_result(&mut tx, 2, dossier, &result).await.unwrap();
    for (table, column, _) in later {
        run(&mut tx, &format!("ALTER TABLE {table} DROP COLUMN {column}")).await.unwrap();
    }

    migrate(&mut tx, &files[at..]).await;
    assert_eq!(drafts::draft_by_id(&mut tx, draft.id).await.unwrap(), Some(draft));
    for (upload, office) in [(30, OFFICE), (31, 3), (32, 2), (33, 0)] {
        let row = uploads::upload_by_id(&mut tx, id(upload)).await.unwrap().unwrap();
        assert_eq!((row.office_id, row.size, row.name.as_str()), (office, 7, "a.png"), "file {upload}");
    }
    assert_eq!(results::results_of(&mut tx, 2, dossier).await.unwrap(), [result]);
    // The result still holds on to its file.
    assert!(run(&mut tx, "DELETE FROM uploads WHERE office_id = 2").await.is_err());
}

#[tokio::test]
async fn the_files_of_sqlite_are_this_user_s_alone() {
    let folder = tempfile::tempdir().unwrap();
    let mode = |name: &str| std::fs::metadata(folder.path().join(name)).unwrap().permissions().mode() & 0o777;
    let db = Db::connect(&format!("sqlite:{}", folder.path().join("own.db").display())).await.unwrap();
    db.migrate().await.unwrap();
    // Open, with something written: the file and what SQLite lays beside it.
    for name in ["own.db", "own.db-wal", "own.db-shm"] {
        assert_eq!(mode(name), 0o600, "{name}");
    }
    db.close().await;
    // What the operator gave a file stays.
    std::fs::set_permissions(folder.path().join("own.db"), Permissions::from_mode(0o640)).unwrap();
    let db = Db::connect(&format!("sqlite:{}", folder.path().join("own.db").display())).await.unwrap();
    assert!(!db.is_blank().await.unwrap(), "and what is in it");
    assert_eq!(mode("own.db"), 0o640);
    db.close().await;
    let nowhere = Db::connect(&format!("sqlite:{}", folder.path().join("no/such.db").display())).await;
    assert!(nowhere.is_err());
}

on_both!(the_record_and_the_events_are_append_only);
async fn the_record_and_the_events_are_append_only(home: Home) {
    write(&home, async |tx| {
        ground(tx).await;
        dossiers::insert_dossier(tx, &dossier_row(1, OFFICE)).await.unwrap();
        let event = events::EventRow {
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
            body: domain::dossier::Event::Withdrawn { papers: None, money: None, reason: String::new() },
        };
        events::insert_event(tx, OFFICE, id(1), &event).await.unwrap();
        audit::insert_audit_row(tx, &audit_row()).await.unwrap();
        let seal = SealRow { seq: 1, row_id: 1, hash: "-".into() };
        audit::insert_seal(tx, &seal, NOW).await.unwrap();
        let part = LocalPartRow {
            office_id: OFFICE,
            id: id(2),
            code: "1.001731".into(),
            number: 1,
            valid_from: 0,
            online: true,
            contact: String::new(),
            notes: String::new(),
            term_unit: None,
            term_amount: None,
            fees: Vec::new(),
            staff_name: "Hoa".into(),
            created_at: NOW.0,
        };
        local_parts::insert_local_part(tx, &part).await.unwrap();
    })
    .await;
    let guarded =
        [("audit_rows", "act"), ("audit_seals", "hash"), ("dossier_events", "actor_name"), ("local_parts", "code")];
    for (table, column) in guarded {
        let mut statements = vec![
            format!("UPDATE {table} SET {column} = 'x'"),
            format!("DELETE FROM {table}"),
            format!("DELETE FROM {table} WHERE {column} <> 'x'"),
        ];
        if home.db.engine() == "postgres" {
            statements.push(format!("TRUNCATE {table}"));
        } else {
            statements.push(format!("REPLACE INTO {table} SELECT * FROM {table}"));
        }
        for statement in statements {
            let mut tx = home.db.write().await.unwrap();
            let refused = run(&mut tx, &statement).await.expect_err(&statement).to_string();
            assert!(refused.contains("append-only"), "{statement}: {refused}");
        }
        let mut tx = home.db.read().await.unwrap();
        let q = format!("SELECT COUNT(*) FROM {table}");
        let left: i64 = on_engine!(&mut tx, |c| sqlx::query_scalar(sqlx::AssertSqlSafe(q)).fetch_one(c).await).unwrap();
        assert_eq!(left, 1, "{table}");
    }
}

fn audit_row() -> AuditRow {
    AuditRow {
        id: 0,
        at: NOW.0,
        actor_kind: "system".into(),
        actor_id: None,
        actor_name: String::new(),
        acting_for: None,
        office_id: None,
        act: "test".into(),
        object_kind: "test".into(),
        object_id: String::new(),
        detail: serde_json::json!({}),
        address: String::new(),
        request_id: String::new(),
    }
}
