//! `cargo xtask test`: everything that must pass before a change is merged.

use std::path::PathBuf;

use anyhow::Result;

use crate::client::Quality;
use crate::postgres::{POSTGRES_VARIABLE, Postgres, SOCKET_VARIABLE};
use crate::progress::Stages;
use crate::s3::S3;
use crate::workspace::{Profile, Workspace};
use crate::{apt, browser, client, command, lint, python, server, size, wasm_target};

/// Where they find a server that speaks S3.
const S3_VARIABLE: &str = "MOTCUA_TEST_S3";

/// Where they find a Python that has a mail server.
const SMTP_VARIABLE: &str = "MOTCUA_TEST_SMTP";

/// Set to 1, tests leave out what needs a server that they were not told of, instead of failing.
const QUICK_VARIABLE: &str = "MOTCUA_TEST_ONLY_SQLITE";

/// Makes all checks, or the quick ones, and prints a table of them.
///
/// # Errors
/// When one fails.
pub fn run(workspace: &Workspace, quick: bool) -> Result<()> {
    let mut stages = Stages::new();
    stages.stage("Rust for the browser", wasm_target::install_if_missing);
    if quick {
        lint::style_stages(workspace, &mut stages);
        let quick = ["--lib", "--bins", "--tests"];
        stages.stage("Unit tests and SQLite", || server_side_tests(workspace, &Servers::default(), &quick));
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
    let smtp = stages.stage("Mail server for tests", || python::with_mail_server(workspace));
    let smtp = smtp.as_ref().map(|python| python.to_string_lossy());
    let servers = Servers {
        postgres: postgres.as_ref().map(|it| &*it.url),
        socket: postgres.as_ref().map(|it| &*it.socket),
        s3: s3.as_ref().map(|it| &*it.url),
        smtp: smtp.as_deref(),
    };
    stages.stage(&servers.tested_on(), || server_side_tests(workspace, &servers, &[]));
    for (what, reason) in servers.left_out() {
        stages.cannot(what, reason);
    }
    drop(s3);

    let packages = stages.stage("npm packages", || browser::install(workspace));
    let site = stages.stage("Browser side", || client::build(workspace, Quality::Full));
    match site {
        Some(_) => drop(stages.stage("Byte budgets", || size::check(workspace))),
        None => stages.cannot("Byte budgets", "the browser side was not built"),
    }
    let program = stages.stage("Server", || server::build(workspace, Profile::Dev));
    let ready = packages.and(site).and(program);
    browser_stage(workspace, stages, "Chromium on SQLite", ready.as_ref(), None, &[]);
    // Those of the other roles once, on a PC: an engine does not know whose screen asks it.
    let stories = ["--grep", r"@story|\bpc \S*story-roles"];
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

/// Addresses of the servers that tests may use; what needs one that is not there is left out.
#[derive(Default)]
struct Servers<'a> {
    postgres: Option<&'a str>,
    /// The folder of its socket.
    socket: Option<&'a str>,
    s3: Option<&'a str>,
    smtp: Option<&'a str>,
}

impl Servers<'_> {
    /// What the tests are told of them.
    fn variables(&self) -> [(&'static str, Option<&str>); 5] {
        let all = self.postgres.is_some() && self.s3.is_some() && self.smtp.is_some();
        [
            (POSTGRES_VARIABLE, self.postgres),
            (SOCKET_VARIABLE, self.socket),
            (S3_VARIABLE, self.s3),
            (SMTP_VARIABLE, self.smtp),
            (QUICK_VARIABLE, (!all).then_some("1")),
        ]
    }

    fn tested_on(&self) -> String {
        let engines = if self.postgres.is_some() { "SQLite and PostgreSQL" } else { "SQLite" };
        let shelves = if self.s3.is_some() { "folder and S3" } else { "folder" };
        format!("Unit, property and contract tests on {engines}, {shelves}")
    }

    /// The tests that were not made, and why.
    fn left_out(&self) -> Vec<(&'static str, &'static str)> {
        let postgres = ("Contract tests on PostgreSQL", "PostgreSQL did not start");
        let s3 = ("Tests of the shelf on S3", "the S3 server did not start");
        let smtp = ("Tests of letters", "the mail server could not be installed");
        let missing = [(self.postgres, postgres), (self.s3, s3), (self.smtp, smtp)]
            .into_iter()
            .filter(|(address, _)| address.is_none());
        missing.map(|(_, left_out)| left_out).collect()
    }
}

fn server_side_tests(workspace: &Workspace, servers: &Servers<'_>, arguments: &[&str]) -> Result<()> {
    let mut cargo = workspace.cargo();
    // Whoever mends wants to see everything that is broken.
    cargo.args(["test", "--no-fail-fast"]);
    for package in lint::SERVER_SIDE {
        cargo.args(["--package", package]);
    }
    for (variable, value) in servers.variables() {
        match value {
            Some(value) => cargo.env(variable, value),
            None => cargo.env_remove(variable),
        };
    }
    command::run(cargo.args(arguments))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_one_server_the_tests_of_the_others_are_still_made() {
        let servers =
            Servers { postgres: Some("postgres://here"), socket: Some("/here"), s3: None, smtp: Some("/python") };
        let told = [
            (POSTGRES_VARIABLE, Some("postgres://here")),
            (SOCKET_VARIABLE, Some("/here")),
            (S3_VARIABLE, None),
            (SMTP_VARIABLE, Some("/python")),
            (QUICK_VARIABLE, Some("1")),
        ];
        assert_eq!(servers.variables(), told);
        assert!(servers.tested_on().ends_with("on SQLite and PostgreSQL, folder"));
        assert_eq!(servers.left_out(), [("Tests of the shelf on S3", "the S3 server did not start")]);
    }

    #[test]
    fn with_every_server_nothing_is_left_out() {
        let servers = Servers {
            postgres: Some("postgres://here"),
            socket: Some("/here"),
            s3: Some("http://here"),
            smtp: Some("/python"),
        };
        assert_eq!(servers.variables()[4], (QUICK_VARIABLE, None));
        assert!(servers.left_out().is_empty());
    }
}
