//! `cargo xtask doctor`: what is here, what is missing, and what needs it.

use std::process::Command;

use anyhow::{Result, bail};

use crate::workspace::Workspace;
use crate::{apt, command, node, wasm_target};

/// A thing that may be here.
struct Finding {
    what: &'static str,
    /// Its version or place.
    found: Option<String>,
    needed_for: &'static str,
    /// Nothing works without it, and xtask cannot fetch it.
    is_vital: bool,
}

/// Prints a table.
///
/// # Errors
/// When something vital is missing.
pub fn run(workspace: &Workspace) -> Result<()> {
    println!("checkout  {}\noutput    {}\n", workspace.root.display(), workspace.target.display());
    let findings = findings(workspace);
    for finding in &findings {
        let found = finding.found.as_deref().unwrap_or("MISSING");
        println!("{:<24} {:<44} {}", finding.what, found, finding.needed_for);
    }
    println!("\nWhat is missing is fetched by the command that needs it (Debian packages by apt-get).");
    let vital: Vec<_> = findings.iter().filter(|it| it.is_vital && it.found.is_none()).map(|it| it.what).collect();
    if vital.is_empty() { Ok(()) } else { bail!("nothing works without: {}", vital.join(", ")) }
}

fn findings(workspace: &Workspace) -> Vec<Finding> {
    let vital =
        |what, program: &str| Finding { what, found: version(program), needed_for: "everything", is_vital: true };
    let other = |what, found, needed_for| Finding { what, found, needed_for, is_vital: false };
    let mut findings =
        vec![vital("rustc", "rustc"), vital("cargo", "cargo"), vital("C compiler", "cc"), vital("git", "git")];
    let target = wasm_target::is_installed().then(|| wasm_target::TARGET.to_owned());
    findings.push(other("Rust for the browser", target, "browser side"));
    findings.push(other("Node", version("node"), "small WebAssembly, browser tests"));
    let wasm_opt = node::wasm_opt(workspace).and(node::binaryen_version(workspace));
    findings.push(other("wasm-opt (binaryen)", wasm_opt, "small WebAssembly"));
    findings.push(other("cargo-deny", version("cargo-deny"), "lint"));
    findings.extend(
        apt::all().chain([apt::LIGHTHOUSE]).map(|package| other(package.name, package.found(), package.needed_for)),
    );
    findings
}

/// The first line a program says about its version.
fn version(program: &str) -> Option<String> {
    let text = command::output(Command::new(program).arg("--version")).ok()?;
    text.lines().next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_one_line_and_a_missing_program_has_none() {
        assert!(version("git").is_some_and(|text| text.starts_with("git version") && !text.contains('\n')));
        assert_eq!(version("no-such-program-anywhere"), None);
    }
}
