//! `cargo xtask test`: everything that must pass before a change is merged.

use std::path::PathBuf;

use anyhow::Result;

use crate::client::Quality;
use crate::postgres::Postgres;
use crate::progress::Stages;
use crate::s3::S3;
use crate::workspace::{Profile, Workspace};
use crate::{apt, browser, client, command, lint, server, size, wasm_target};

/// Where the tests find a PostgreSQL; without it they run on SQLite alone.
pub const POSTGRES_VARIABLE: &str = "MOTCUA_TEST_POSTGRES";

/// Where they find a server that speaks S3.
const S3_VARIABLE: &str = "MOTCUA_TEST_S3";

/// Makes all checks, or the quick ones, and prints a table of them.
///
/// # Errors
/// When one fails.
pub fn run(workspace: &Workspace, quick: bool) -> Result<()> {
    let mut stages = Stages::new();
    stages.stage("Rust for the browser", wasm_target::install_if_missing);
    if quick {
        lint::style_stages(workspace, &mut stages);
        stages.stage("Unit tests and SQLite", || server_side_tests(workspace, None, &["--lib", "--bins", "--tests"]));
    } else {
        all(workspace, &mut stages);
    }
    stages.finish()
}

fn all(workspace: &Workspace, stages: &mut Stages) {
    stages.stage("Debian packages", || apt::install_missing(apt::all()));
    lint::style_stages(workspace, stages);
    lint::dependencies_stage(workspace, stages);
    stages.stage("Rules and components compile for the browser", || lint::browser_crates(workspace));
    stages.stage("Build program's own tests", || command::run(workspace.cargo().args(["test", "--package", "xtask"])));

    let postgres = stages.stage("PostgreSQL starts", Postgres::start);
    let s3 = stages.stage("S3 server starts", || S3::start(workspace));
    let on_both = "Unit, property and contract tests on SQLite and PostgreSQL, folder and S3";
    match (&postgres, s3) {
        (Some(postgres), Some(s3)) => {
            stages.stage(on_both, || server_side_tests(workspace, Some((postgres, &s3)), &[]));
        }
        _ => stages.cannot(on_both, "a server they need did not start"),
    }

    let packages = stages.stage("npm packages", || browser::install(workspace));
    let site = stages.stage("Browser side", || client::build(workspace, Quality::Full));
    match site {
        Some(_) => drop(stages.stage("Byte budgets", || size::check(workspace))),
        None => stages.cannot("Byte budgets", "the browser side was not built"),
    }
    let program = stages.stage("Server", || server::build(workspace, Profile::Dev));
    let ready = packages.and(site).and(program);
    browser_stage(workspace, stages, "Chromium on SQLite", ready.as_ref(), None, &[]);
    let stories = ["--grep", "@story"];
    match &postgres {
        Some(postgres) => {
            browser_stage(
                workspace,
                stages,
                "Chromium on PostgreSQL, stories",
                ready.as_ref(),
                Some(postgres),
                &stories,
            );
        }
        None => stages.cannot("Chromium on PostgreSQL, stories", "PostgreSQL did not start"),
    }
}

fn browser_stage(
    workspace: &Workspace,
    stages: &mut Stages,
    what: &str,
    program: Option<&PathBuf>,
    postgres: Option<&Postgres>,
    arguments: &[&str],
) {
    match program {
        Some(program) => drop(stages.stage(what, || browser::run(workspace, program, postgres, arguments))),
        None => stages.cannot(what, "not everything it needs was built"),
    }
}

/// Without servers, what needs one is left out: the quick round.
fn server_side_tests(workspace: &Workspace, servers: Option<(&Postgres, &S3)>, arguments: &[&str]) -> Result<()> {
    let mut cargo = workspace.cargo();
    // Whoever mends wants to see everything that is broken.
    cargo.args(["test", "--no-fail-fast"]);
    for package in lint::SERVER_SIDE {
        cargo.args(["--package", package]);
    }
    match servers {
        Some((postgres, s3)) => cargo.env(POSTGRES_VARIABLE, &postgres.url).env(S3_VARIABLE, &s3.url),
        None => cargo.env_remove(POSTGRES_VARIABLE).env_remove(S3_VARIABLE).env("MOTCUA_TEST_ONLY_SQLITE", "1"),
    };
    command::run(cargo.args(arguments))
}
