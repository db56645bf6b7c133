//! The command line as whoever starts the program meets it: streams, status, one sentence for each failure.

use super::program::{motcua, refused};
use std::process::{Command, Stdio};

#[test]
fn a_line_that_is_no_command_is_refused_with_one_sentence_and_status_2() {
    let folder = tempfile::tempdir().expect("a folder");
    let lines: [&[&str]; 8] = [
        &["bogus"],
        &["--bogus"],
        &["serve", "--bogus"],
        &["serve", "surplus"],
        &["import-procedures"],
        &["demo-totp"],
        &["create-staff", "--login", "x"],
        &["--config"],
    ];
    for line in lines {
        refused(&mut motcua(folder.path(), line));
        let status = motcua(folder.path(), line).stderr(Stdio::null()).status().expect("motcua runs");
        assert_eq!(status.code(), Some(2), "{line:?}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 0, "a refused line leaves nothing behind");
}

#[test]
fn help_and_version_are_answers() {
    let folder = tempfile::tempdir().expect("a folder");
    for line in ["--help", "--version", "help"] {
        let output = motcua(folder.path(), &[line]).output().expect("motcua runs");
        assert!(output.status.success() && output.stderr.is_empty() && !output.stdout.is_empty(), "{line}");
    }
}

#[test]
fn the_doctor_names_what_is_missing_and_fails() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = motcua(folder.path(), &["doctor"]).env("MOTCUA_SITE", "nowhere").output().expect("motcua runs");
    let found = String::from_utf8_lossy(&output.stdout);
    assert!(found.contains("missing  tables") && found.contains("missing  client"), "{found}");
    assert!(!output.status.success() && String::from_utf8_lossy(&output.stderr).lines().count() == 1);
}

#[test]
fn the_tables_are_made_where_the_settings_say_and_by_default_in_data() {
    let folder = tempfile::tempdir().expect("a folder");
    let migrate = || motcua(folder.path(), &["migrate"]);
    assert!(migrate().status().expect("motcua runs").success());
    assert!(folder.path().join("data/motcua.db").exists());
    let elsewhere = format!("sqlite://{}/a/b/other.db", folder.path().display());
    assert!(migrate().env("DATABASE_URL", &elsewhere).status().expect("motcua runs").success());
    assert!(folder.path().join("a/b/other.db").exists());
}

#[test]
fn a_database_of_another_program_is_not_filled_and_stays_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("other.db");
    let make = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('CREATE TABLE theirs (x)')";
    assert!(Command::new("python3").args(["-c", make]).arg(&file).status().expect("python3 runs").success());
    let url = format!("sqlite://{}", file.display());
    let told = refused(motcua(folder.path(), &["seed-demo"]).env("DATABASE_URL", &url));
    assert!(told.contains("empty database"), "{told}");
    let ask =
        "import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute('SELECT name FROM sqlite_master').fetchall())";
    let asked = Command::new("python3").args(["-c", ask]).arg(&file).output().expect("python3 runs");
    assert_eq!(String::from_utf8_lossy(&asked.stdout).trim(), "[('theirs',)]");
}

#[test]
fn explain_is_asked_with_a_configuration_file_before_it_too() {
    let folder = tempfile::tempdir().expect("a folder");
    for line in
        [&["--config", "absent.toml", "explain", "fold", "Đồng"][..], &["--config=x", "explain", "fold", "Đồng"]]
    {
        let output = motcua(folder.path(), line).output().expect("motcua runs");
        assert_eq!(String::from_utf8_lossy(&output.stdout), "{\"key\":\"dong\"}\n");
    }
    let asked = ["--config", "absent.toml", "explain", "due"];
    let output = motcua(folder.path(), &asked).output().expect("motcua runs");
    let told = String::from_utf8(output.stderr).expect("text");
    assert!(!told.is_ascii() && told.lines().count() == 1 && output.stdout.is_empty(), "{told:?}");
    assert_eq!(output.status.code(), Some(2));
}
