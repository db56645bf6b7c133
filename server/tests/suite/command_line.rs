//! The command line as whoever starts the program meets it: streams, status, one sentence for each failure.

use std::{
    path::Path,
    process::{Command, Output},
};

/// Runs the program in a folder of its own, with nothing of this machine's settings.
fn motcua(folder: &Path, line: &[&str], settings: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_motcua"));
    command.args(line).current_dir(folder);
    for (name, _) in std::env::vars() {
        if name.starts_with("MOTCUA_") || name == "DATABASE_URL" {
            command.env_remove(name);
        }
    }
    command.envs(settings.iter().copied()).output().expect("motcua runs")
}

/// Asserts a status that is no success, nothing on standard output, one line on standard error; gives the line.
#[track_caller]
fn refused(output: &Output) -> String {
    let told = String::from_utf8(output.stderr.clone()).expect("text");
    assert!(!output.status.success() && output.stdout.is_empty(), "{} {told:?}", output.status);
    let line = told.strip_suffix('\n').unwrap_or_else(|| panic!("{told:?} is no line"));
    assert!(!line.is_empty() && !line.contains(char::is_control), "{line:?}");
    line.to_owned()
}

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
        let output = motcua(folder.path(), line, &[]);
        refused(&output);
        assert_eq!(output.status.code(), Some(2), "{line:?}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 0, "a refused line leaves nothing behind");
}

#[test]
fn help_and_version_are_answers() {
    let folder = tempfile::tempdir().expect("a folder");
    for line in ["--help", "--version", "help"] {
        let output = motcua(folder.path(), &[line], &[]);
        assert!(output.status.success() && output.stderr.is_empty() && !output.stdout.is_empty(), "{line}");
    }
}

#[test]
fn a_wrong_setting_is_one_sentence_that_names_it() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, value) in [("MOTCUA_LISTEN", "everywhere"), ("MOTCUA_DEMO", "perhaps"), ("MOTCUA_DEMO_NOW", "soon")] {
        let output = motcua(folder.path(), &["migrate"], &[(name, value)]);
        assert!(refused(&output).contains(name), "{name}");
    }
    std::fs::write(folder.path().join("wrong.toml"), "listen = \"everywhere\"\n").expect("a file");
    std::fs::write(folder.path().join("unknown.toml"), "listens = \"127.0.0.1:3000\"\n").expect("a file");
    for (file, named) in [("wrong.toml", "listen"), ("unknown.toml", "listens"), ("absent.toml", "absent.toml")] {
        let output = motcua(folder.path(), &["--config", file, "migrate"], &[]);
        assert!(refused(&output).contains(named), "{file}");
    }
    refused(&motcua(folder.path(), &["migrate"], &[("DATABASE_URL", "mysql://somewhere/else")]));
}

#[test]
fn commands_that_need_tables_say_so_on_a_database_without_any() {
    let folder = tempfile::tempdir().expect("a folder");
    refused(&motcua(folder.path(), &["verify-audit"], &[]));
    refused(&motcua(folder.path(), &["demo-totp", "nobody"], &[("MOTCUA_DEMO", "1")]));
    refused(&motcua(folder.path(), &["import-procedures", "absent.json"], &[]));
}

#[test]
fn the_doctor_names_what_is_missing_and_fails() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = motcua(folder.path(), &["doctor"], &[("MOTCUA_SITE", "nowhere")]);
    let found = String::from_utf8_lossy(&output.stdout);
    assert!(found.contains("missing  tables") && found.contains("missing  client"), "{found}");
    assert!(!output.status.success() && String::from_utf8_lossy(&output.stderr).lines().count() == 1);
}

#[test]
fn the_tables_are_made_where_the_settings_say_and_by_default_in_data() {
    let folder = tempfile::tempdir().expect("a folder");
    assert!(motcua(folder.path(), &["migrate"], &[]).status.success());
    assert!(folder.path().join("data/motcua.db").exists());
    let elsewhere = format!("sqlite://{}/a/b/other.db", folder.path().display());
    assert!(motcua(folder.path(), &["migrate"], &[("DATABASE_URL", &elsewhere)]).status.success());
    assert!(folder.path().join("a/b/other.db").exists());
}

#[test]
fn a_database_of_another_program_is_not_filled_and_stays_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("other.db");
    let make = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('CREATE TABLE theirs (x)')";
    assert!(Command::new("python3").args(["-c", make]).arg(&file).status().expect("python3 runs").success());
    let url = format!("sqlite://{}", file.display());
    let told = refused(&motcua(folder.path(), &["seed-demo"], &[("DATABASE_URL", &url)]));
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
        let output = motcua(folder.path(), line, &[]);
        assert_eq!(String::from_utf8_lossy(&output.stdout), "{\"key\":\"dong\"}\n");
    }
    let output = motcua(folder.path(), &["--config", "absent.toml", "explain", "due"], &[]);
    assert!(!refused(&output).is_ascii() && output.status.code() == Some(2));
}
