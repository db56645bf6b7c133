//! Programs of tests that come from Python, each in an environment of its own.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::command;
use crate::workspace::Workspace;

/// The mail server of the tests. A new version needs a new round of the tests, so it is named whole.
const MAIL_SERVER: &str = "aiosmtpd==1.4.6";

/// The Python that has the mail server, for `MOTCUA_TEST_SMTP`: each test starts a server of its own with it.
///
/// # Errors
/// When it cannot be installed.
pub fn with_mail_server(workspace: &Workspace) -> Result<PathBuf> {
    Ok(environment(workspace, "smtp", MAIL_SERVER)?.join("bin/python"))
}

/// An environment with that package, made anew when another version is wanted.
///
/// # Errors
/// When it cannot be installed.
pub fn environment(workspace: &Workspace, name: &str, package: &str) -> Result<PathBuf> {
    let environment = workspace.target.join("tools").join(name);
    let note = environment.join("installed");
    if fs::read_to_string(&note).is_ok_and(|installed| installed == package) {
        return Ok(environment);
    }
    println!("installing {package}, once");
    command::output(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&environment))
        .with_context(|| format!("a Python environment is needed for {package}"))?;
    let mut pip = Command::new(environment.join("bin/pip"));
    pip.args(["install", "--quiet", "--disable-pip-version-check", package]);
    command::output(&mut pip).with_context(|| format!("{package} is needed for the tests"))?;
    fs::write(&note, package).with_context(|| format!("cannot write {}", note.display()))?;
    Ok(environment)
}

/// Whether Python can make an environment here: Debian keeps that in a package of its own.
pub fn can_make_environments() -> bool {
    command::succeeds(Command::new("python3").args(["-c", "import ensurepip, venv"]))
}
