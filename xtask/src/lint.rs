//! What can be checked without running the product.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use crate::progress::Stages;
use crate::wasm_target::TARGET;
use crate::workspace::Workspace;
use crate::{command, migration};

/// Packages of the server's side. They are checked and tested in one cargo invocation, which never holds
/// `frontend` too: the features `ssr` and `hydrate` would unify.
pub const SERVER_SIDE: [&str; 9] = ["domain", "ui", "app", "store", "office", "paper", "seal", "bank", "server"];

/// A longer file says at its top why.
const MOST_LINES: usize = 400;
const REASON: &str = "long because";
/// How far down the reason may stand.
const TOP_LINES: usize = 10;
const SOURCES: [&str; 6] = ["rs", "ts", "js", "scss", "sql", "sh"];

/// Every check of this module, one after the other, whatever fails.
pub fn run(workspace: &Workspace) -> Result<()> {
    let mut stages = Stages::new();
    style_stages(workspace, &mut stages);
    dependencies_stage(workspace, &mut stages);
    stages.finish()
}

/// Bans, licences and sources of what is built in. `test` makes it too, in its whole round.
pub fn dependencies_stage(workspace: &Workspace, stages: &mut Stages) {
    stages.stage("Dependencies: bans, licences, sources", || dependencies(workspace));
}

/// Formatting, house rules and lints, as `lint` and `test` have in common.
pub fn style_stages(workspace: &Workspace, stages: &mut Stages) {
    stages.stage("Formatting", || command::run(workspace.cargo().args(["fmt", "--all", "--check"])));
    stages.stage("House rules", || house_rules(workspace));
    stages.stage("Clippy, server side", || clippy(workspace, &SERVER_SIDE, &["--all-targets"]));
    stages.stage("Clippy, browser side", || clippy(workspace, &["frontend"], &["--lib", "--target", TARGET]));
    stages.stage("Clippy, build program", || clippy(workspace, &["xtask"], &["--all-targets"]));
}

/// The rules and the components must compile for the browser by themselves: no tokio, no sqlx.
pub fn browser_crates(workspace: &Workspace) -> Result<()> {
    command::run(workspace.cargo().args(["check", "--package", "domain", "--package", "ui", "--target", TARGET]))
}

fn clippy(workspace: &Workspace, packages: &[&str], arguments: &[&str]) -> Result<()> {
    let mut cargo = workspace.cargo();
    cargo.arg("clippy");
    for package in packages {
        cargo.args(["--package", package]);
    }
    command::run(cargo.args(arguments).args(["--", "--deny", "warnings"]))
}

fn house_rules(workspace: &Workspace) -> Result<()> {
    migration::check(&workspace.root)?;
    let mut git = workspace.command("git");
    let listing = command::output(git.args(["ls-files", "--cached", "--others", "--exclude-standard"]))?;
    let mut too_long = Vec::new();
    for name in listing.lines().filter(|name| is_source(Path::new(name))) {
        // A file that was deleted and not yet committed is listed too.
        let Ok(text) = fs::read_to_string(workspace.root.join(name)) else { continue };
        if let Some(lines) = unexplained_length(&text) {
            too_long.push(format!("{name} ({lines} lines)"));
        }
    }
    if too_long.is_empty() {
        return Ok(());
    }
    bail!("longer than {MOST_LINES} lines without `// {REASON} …` at the top: {}", too_long.join(", "))
}

fn is_source(path: &Path) -> bool {
    path.extension().and_then(|it| it.to_str()).is_some_and(|it| SOURCES.contains(&it))
}

/// The number of lines of a text that is too long and does not say why.
fn unexplained_length(text: &str) -> Option<usize> {
    let lines = text.lines().count();
    let explained = || text.lines().take(TOP_LINES).any(|line| line.contains(REASON));
    (lines > MOST_LINES && !explained()).then_some(lines)
}

/// `cargo deny`, without its advisories, which want a network each time.
fn dependencies(workspace: &Workspace) -> Result<()> {
    let program = cargo_deny(workspace)?;
    command::run(workspace.command(program).args(["check", "bans", "licenses", "sources"]))
}

/// The installed `cargo-deny`, else one that is compiled now, once: without optimisation that takes a minute or two, and
/// it is quick enough so.
fn cargo_deny(workspace: &Workspace) -> Result<PathBuf> {
    let folder = workspace.target.join("tools");
    let ours = folder.join("bin/cargo-deny");
    if let Some(program) = command::find_program("cargo-deny").or_else(|| Some(ours.clone()).filter(|it| it.is_file()))
    {
        return Ok(program);
    }
    println!("compiling cargo-deny, once");
    // Not `--locked`: a registry mirror that lags behind may lack a version of the tool's lock file.
    let mut cargo = workspace.cargo();
    cargo.args(["install", "cargo-deny", "--debug", "--root"]).arg(&folder).current_dir(env::temp_dir());
    cargo.env("CARGO_TARGET_DIR", workspace.target.join("tools-build")).env("CARGO_PROFILE_DEV_DEBUG", "0");
    let needed = "this check needs cargo-deny: install it, or run again with a network";
    command::run(&mut cargo).context(needed)?;
    Ok(ours)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_file_needs_a_reason_at_its_top() {
        let long = "line\n".repeat(401);
        assert_eq!(unexplained_length(&long), Some(401));
        assert_eq!(unexplained_length(&"line\n".repeat(400)), None);
        assert_eq!(unexplained_length(&format!("// long because it is one table\n{long}")), None);
        assert_eq!(unexplained_length(&format!("{long}// long because\n")), Some(402));
    }

    #[test]
    fn data_and_documents_are_no_sources() {
        assert!(is_source(Path::new("app/src/lib.rs")) && is_source(Path::new("style/main.scss")));
        assert!(!is_source(Path::new("Cargo.lock")) && !is_source(Path::new("docs/long.md")));
    }
}
