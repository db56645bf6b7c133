//! The browser tests: Playwright in `end2end/`, with the Chromium of the system, in its headless shell.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use crate::client::Quality;
use crate::node::{self, Packages};
use crate::postgres::{POSTGRES_VARIABLE, Postgres};
use crate::workspace::{Profile, Workspace};
use crate::{apt, client, command, server};

/// Builds what the tests need, and runs them on one engine.
pub fn run_alone(workspace: &Workspace, on_postgres: bool, arguments: &[String]) -> Result<()> {
    let postgres = if on_postgres {
        apt::install_missing([apt::POSTGRES])?;
        Some(Postgres::start()?)
    } else {
        None
    };
    install(workspace)?;
    client::build(workspace, Quality::Full)?;
    let program = server::build(workspace, Profile::Dev)?;
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    run(workspace, &program, postgres.as_ref(), &arguments)
}

/// Chromium, Node and the npm packages.
pub fn install(workspace: &Workspace) -> Result<()> {
    apt::install_missing(apt::BROWSER)?;
    node::install_packages(workspace, Packages::All)
}

/// Runs Playwright. The tests start the server themselves, on SQLite unless they are given a PostgreSQL.
pub fn run(workspace: &Workspace, program: &Path, postgres: Option<&Postgres>, arguments: &[&str]) -> Result<()> {
    let chromium =
        command::find_program("chromium-headless-shell").context("Chromium's headless shell is not installed")?;
    let mut playwright = workspace.command(workspace.end2end().join("node_modules/.bin/playwright"));
    playwright.current_dir(workspace.end2end()).arg("test").args(arguments);
    playwright.env("MOTCUA_BIN", program).env("MOTCUA_SITE", workspace.site()).env("CHROME_PATH", chromium);
    match postgres {
        Some(postgres) => playwright.env(POSTGRES_VARIABLE, &postgres.url),
        None => playwright.env_remove(POSTGRES_VARIABLE),
    };
    let tally = workspace.end2end().join("test-results.txt");
    _ = fs::remove_file(&tally);
    playwright.env("MOTCUA_TALLY", &tally);
    command::run(&mut playwright).map_err(|error| match fs::read_to_string(&tally) {
        // The list of all tests is long: what failed is said again where everything ends.
        Ok(lost) if !lost.is_empty() => error.context(format!("failed:\n{lost}")),
        _ => error,
    })
}
