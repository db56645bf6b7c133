//! The standard library for the browser.

use std::fs;
use std::process::Command;

use anyhow::{Result, bail};

use crate::command;

pub const TARGET: &str = "wasm32-unknown-unknown";

/// Whether this toolchain can compile for the browser.
pub fn is_installed() -> bool {
    let mut rustc = Command::new("rustc");
    rustc.args(["--print", "target-libdir", "--target", TARGET]);
    command::output(&mut rustc).is_ok_and(|folder| fs::read_dir(folder).is_ok_and(|mut files| files.next().is_some()))
}

/// Adds it with rustup when it is missing.
///
/// # Errors
/// When there is no rustup, or rustup cannot fetch it.
pub fn install_if_missing() -> Result<()> {
    if is_installed() {
        return Ok(());
    }
    if command::find_program("rustup").is_none() {
        bail!("this Rust cannot compile for {TARGET}, and there is no rustup to add it");
    }
    command::run(Command::new("rustup").args(["target", "add", TARGET]))
}
