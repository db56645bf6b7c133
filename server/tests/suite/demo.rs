//! The demonstration: seeded through the real acts, believable, the same on both engines.

use office::{Clock, Config, Office, backup::copy_database, blobs::Blobs};
use server::seed;
use std::{env, path::Path, process::Command};
use store::Db;

/// Every table of an SQLite file as text, but for what no run can repeat: the salt of the password and the times at
/// which tables were made.
const DUMP: &str = r#"
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
tables = db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%migrations' ORDER BY name")
for (table,) in tables.fetchall():
    columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})") if row[1] != "password_hash"]
    quoted = ", ".join(f'"{column}"' for column in columns)
    for row in sorted(map(repr, db.execute(f"SELECT {quoted} FROM {table}"))):
        print(table, row)
"#;

/// People of an article about the area, who must not appear in a demonstration.
const QUOTED: [&str; 4] = ["La O Thị Tím", "Trần Quốc Huy", "Nguyễn Văn Hiếu", "Huỳnh Thanh Hà"];

/// The tables of a file, one row a line.
fn dump(file: &Path) -> String {
    let printed = Command::new("python3").args(["-c", DUMP]).arg(file).output().expect("python3 runs");
    assert!(printed.status.success(), "{}", String::from_utf8_lossy(&printed.stderr));
    String::from_utf8(printed.stdout).expect("text")
}

async fn filled(url: &str) -> seed::check::Counted {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let blobs = Blobs::Folder(folder.path().join("blobs"));
    let db = Db::connect(url).await.expect("a database");
    db.migrate().await.expect("tables");
    seed::fill(db.clone(), config(), blobs.clone()).await.expect("the demonstration");
    counted(db, blobs).await
}

fn config() -> Config {
    Config { demo: true, paper_words: app::words::paper_words(), ..Config::default() }
}

/// What is counted in a database that holds the demonstration; its record holds.
async fn counted(db: Db, blobs: Blobs) -> seed::check::Counted {
    let now = domain::time::Instant::parse_local("2026-11-23T09:00").expect("a time");
    let office = Office::open(db, Clock::fixed(now, 3), config(), blobs).await.expect("the office");
    let counted = seed::check::check(&office).await.expect("a believable demonstration");
    let verdict = {
        office.seal_audit(office.new_id()).await.expect("sealed");
        office.verify_audit().await.expect("verified")
    };
    assert_eq!((verdict.broken_at, verdict.unsealed), (None, 0));
    office.db().close().await;
    counted
}

/// Tables that the demonstration fills, of each kind of column that engines keep in their own way.
const FILLED: [&str; 16] = [
    "offices",
    "procedure_versions",
    "forms",
    "accounts",
    "staff",
    "positions",
    "reorganisations",
    "dossiers",
    "dossier_codes",
    "dossier_events",
    "papers",
    "results",
    "ratings",
    "opinions",
    "audit_rows",
    "audit_seals",
];

/// Moves a demonstration into an empty database and from there into another: every table comes out the same, twice. Answers
/// what is counted where it was moved to.
async fn moved(from: String, to: String, back: String) -> seed::check::Counted {
    let source = Db::connect(&from).await.expect("a database");
    let (target, again) = (Db::connect(&to).await.expect("a database"), Db::connect(&back).await.expect("a database"));
    for empty in [&target, &again] {
        empty.migrate().await.expect("tables");
    }
    let sums = copy_database(&source, &target).await.expect("every table the same");
    for table in FILLED {
        assert!(sums[table].rows > 0, "{table} is empty");
    }
    assert_eq!(copy_database(&target, &again).await.expect("every table the same"), sums);
    source.close().await;
    again.close().await;
    let folder = tempfile::tempdir().expect("a temporary folder");
    counted(target, Blobs::Folder(folder.path().join("blobs"))).await
}

#[tokio::test]
async fn the_demonstration_on_sqlite_is_believable_and_the_same_each_time() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    filled(&format!("sqlite://{}/demo.db", folder.path().display())).await;
    let rows = dump(&folder.path().join("demo.db"));
    let folded = domain::text::fold(&rows);
    for name in QUOTED {
        assert!(!folded.contains(&domain::text::fold(name)), "{name} must not appear");
    }
    let refused = Command::new(env!("CARGO_BIN_EXE_motcua"))
        .arg("seed-demo")
        .env("DATABASE_URL", format!("sqlite://{}/demo.db", folder.path().display()))
        .env("MOTCUA_DATA", folder.path())
        .output()
        .expect("motcua runs");
    assert!(!refused.status.success() && refused.stdout.is_empty(), "a database in use was filled");
    assert_eq!(dump(&folder.path().join("demo.db")), rows);
    // A second demonstration is the first one again.
    filled(&format!("sqlite://{}/again.db", folder.path().display())).await;
    let again = dump(&folder.path().join("again.db"));
    let differing: Vec<_> = rows.lines().zip(again.lines()).filter(|(a, b)| a != b).take(3).collect();
    assert!(differing.is_empty() && rows.lines().count() == again.lines().count(), "{differing:#?}");
}

#[tokio::test]
async fn the_demonstration_on_postgresql_is_believable_that_of_sqlite_and_moves_there_and_back() {
    let Ok(server) = env::var("MOTCUA_TEST_POSTGRES") else {
        assert!(env::var("MOTCUA_TEST_ONLY_SQLITE").is_ok(), "set MOTCUA_TEST_POSTGRES to the address of a PostgreSQL");
        return;
    };
    let name = format!("demo_{}", std::process::id());
    let ask = |sql: &str| {
        let asked = Command::new("psql").args([&server, "-qc", sql]).status().expect("psql");
        assert!(asked.success(), "{sql}");
    };
    ask(&format!("CREATE DATABASE {name}"));
    let (base, _) = server.rsplit_once('/').expect("an address with a database");
    let address = format!("{base}/{name}");
    let on_postgres = tokio::spawn(async move { filled(&address).await }).await;
    ask(&format!("DROP DATABASE {name} WITH (FORCE)"));
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = |name: &str| format!("sqlite://{}/{name}.db", folder.path().display());
    let on_sqlite = filled(&file("demo")).await;
    assert_eq!(on_postgres.expect("a demonstration"), on_sqlite);
    // An office that has grown moves, and may move back.
    ask(&format!("CREATE DATABASE {name}"));
    let moving = tokio::spawn(moved(file("demo"), format!("{base}/{name}"), file("back"))).await;
    ask(&format!("DROP DATABASE {name} WITH (FORCE)"));
    assert_eq!(moving.expect("a demonstration that moved"), on_sqlite);
}
