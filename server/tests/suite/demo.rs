//! The demonstration: seeded through the real acts, believable, the same on both engines.

use office::{Clock, Config, Office, blobs::Blobs};
use server::seed;
use std::{env, process::Command};
use store::Db;

async fn filled(url: &str) -> seed::check::Counted {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let blobs = Blobs::Folder(folder.path().join("blobs"));
    let db = Db::connect(url).await.expect("a database");
    db.migrate().await.expect("tables");
    let config = Config { demo: true, paper_words: app::words::paper_words(), ..Config::default() };
    seed::fill(db.clone(), config.clone(), blobs.clone()).await.expect("the demonstration");
    let now = domain::time::Instant::parse_local("2026-11-23T09:00").expect("a time");
    let office = Office::open(db, Clock::fixed(now, 3), config, blobs).await.expect("the office");
    let counted = seed::check::check(&office).await.expect("a believable demonstration");
    let verdict = {
        office.seal_audit(office.new_id()).await.expect("sealed");
        office.verify_audit().await.expect("verified")
    };
    assert_eq!((verdict.broken_at, verdict.unsealed), (None, 0));
    office.db().close().await;
    counted
}

#[tokio::test]
async fn the_demonstration_on_sqlite_is_believable() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    filled(&format!("sqlite://{}/demo.db", folder.path().display())).await;
}

#[tokio::test]
async fn the_demonstration_on_postgresql_is_believable() {
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
    filled(&format!("{base}/{name}")).await;
    ask(&format!("DROP DATABASE {name}"));
}
