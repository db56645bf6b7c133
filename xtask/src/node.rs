//! Node and the npm packages in `end2end/`. The product needs none of it: a site built without Node has
//! bigger WebAssembly, and that is all.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::command;
use crate::stamp::{self, Inputs};
use crate::workspace::Workspace;

/// Playwright's minimum.
const LEAST_MAJOR: u32 = 20;

/// Which npm packages are wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Packages {
    /// `binaryen` for `wasm-opt`, which is a plain dependency.
    Build,
    /// The browser tests too, which are development dependencies.
    All,
}

/// The optimiser, if it is installed and there is a Node to run it.
pub fn wasm_opt(workspace: &Workspace) -> Option<PathBuf> {
    command::find_program("node")?;
    Some(workspace.end2end().join("node_modules/.bin/wasm-opt")).filter(|program| program.is_file())
}

/// The version of the installed `binaryen`.
pub fn binaryen_version(workspace: &Workspace) -> Option<String> {
    let text = fs::read_to_string(workspace.end2end().join("node_modules/binaryen/package.json")).ok()?;
    let package: serde_json::Value = serde_json::from_str(&text).ok()?;
    package["version"].as_str().map(str::to_owned)
}

/// The version of Node, such as `v20.20.2`.
pub fn version() -> Option<String> {
    command::output(Command::new("node").arg("--version")).ok()
}

/// Brings `end2end/node_modules` in line with the lock file.
///
/// # Errors
/// When Node is missing or too old, or npm cannot fetch something.
pub fn install_packages(workspace: &Workspace, packages: Packages) -> Result<()> {
    let version = version().context("Node is needed")?;
    if packages == Packages::All && major(&version).is_none_or(|major| major < LEAST_MAJOR) {
        bail!("Node {version} is too old for the browser tests, which need {LEAST_MAJOR} or newer");
    }
    let folder = workspace.end2end();
    if packages == Packages::Build && wasm_opt(workspace).is_some() {
        return Ok(());
    }
    let mut inputs = Inputs::default();
    inputs.add("lock", &fs::read(folder.join("package-lock.json")).context("end2end/package-lock.json")?);
    // One stamp for both sets: `npm ci` for the small one would remove the rest.
    inputs.add("all", &[u8::from(packages == Packages::All)]);
    inputs.add("folder", folder.to_string_lossy().as_bytes());
    let is_there = || folder.join("node_modules").is_dir();
    stamp::unless_done(workspace, "npm", &inputs, is_there, || {
        let mut npm = workspace.command("npm");
        npm.current_dir(&folder).args(["ci", "--no-audit", "--no-fund"]);
        if packages == Packages::Build {
            npm.arg("--omit=dev");
        }
        command::run(&mut npm)
    })?;
    Ok(())
}

/// `v20.20.2` → 20.
fn major(version: &str) -> Option<u32> {
    version.trim_start_matches('v').split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_the_first_number() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("18"), Some(18));
        assert_eq!(major("nightly"), None);
    }
}
