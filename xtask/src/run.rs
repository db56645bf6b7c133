//! `cargo xtask run`: from nothing to a running site.

use std::os::unix::process::CommandExt as _;

use anyhow::{Context as _, Result};

use crate::client::Quality;
use crate::node::Packages;
use crate::progress::Steps;
use crate::workspace::{Profile, Workspace};
use crate::{client, command, demo, node, server, wasm_target};

/// Builds what is not built, creates the demonstration database if there is none, and becomes the server.
pub fn run(workspace: &Workspace, release: bool) -> Result<()> {
    let profile = if release { Profile::Release } else { Profile::Dev };
    if !workspace.server_program(profile).exists() {
        println!("The first build takes about 20 minutes on two cores; the next start takes seconds.");
    }
    let mut steps = Steps::new(6);
    steps.step("Rust for the browser", wasm_target::install_if_missing)?;
    steps.step("Optimiser for the browser's files", || {
        get_optimiser(workspace);
        Ok(())
    })?;
    steps.step("Browser side", || client::build(workspace, Quality::Full))?;
    let program = steps.step("Server (the longest step)", || server::build(workspace, profile))?;
    steps.step("Database", || {
        if demo::seed_if_new(workspace, &program)? {
            println!("      new, filled with demonstration data");
            return Ok(());
        }
        println!("      is there and stays as it is");
        command::run(server::command(workspace, &program, "seed-demo").arg("--accounts"))
    })?;
    steps.step("Start; Ctrl-C stops", || {
        println!("      http://{}", server::listen_address());
        // Becoming the server, instead of watching it, gives it the terminal and its signals.
        let error = server::command(workspace, &program, "serve").exec();
        Err(error).context("cannot start the server")
    })
}

/// Fetches wasm-opt if there is a Node to run it. Without it the site works just as well, only bigger.
fn get_optimiser(workspace: &Workspace) {
    if command::find_program("node").is_none() || command::find_program("npm").is_none() {
        println!("warning: no Node and npm here, so the WebAssembly stays about twice as big; everything works");
    } else if let Err(error) = node::install_packages(workspace, Packages::Build) {
        println!("warning: wasm-opt cannot be fetched, so the WebAssembly stays about twice as big: {error:#}");
    }
}
