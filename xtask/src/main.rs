//! The build, the dev loop and the checks of Một Cửa: `cargo xtask …`.
//!
//! Everything that builds, starts or tests the product is here and nowhere else, so that a machine with
//! Rust, git and apt needs no other instruction. `run` is the front door, `test` is what must pass
//! before a change is merged; the other commands are the pieces of those two that are handy alone.

mod apt;
mod bench;
mod browser;
mod client;
mod command;
mod demo;
mod dev;
mod doctor;
mod guard;
mod lint;
mod migration;
mod mutants;
mod node;
mod postgres;
mod progress;
mod python;
mod run;
mod s3;
mod server;
mod size;
mod stamp;
mod test;
mod wasm_target;
mod workspace;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};
use workspace::Workspace;

#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about = "The build, the dev loop and the checks")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// From nothing to a running site with demo data
    Run {
        /// Optimise the server too (the first build takes much longer)
        #[arg(long)]
        release: bool,
    },
    /// Everything that must pass: style, lints, tests on both engines, byte budgets, the browser
    Test {
        /// Only style, lints, unit tests and SQLite: under a minute once built
        #[arg(long)]
        quick: bool,
    },
    /// Rebuild what changed, restart the server, reload the browser
    Dev,
    /// Build the browser's files into the `site` folder
    Client {
        /// For development: no wasm-opt and no compressed twins
        #[arg(long)]
        fast: bool,
    },
    /// The browser tests alone, on SQLite; further arguments go to Playwright
    E2e {
        /// Run on a PostgreSQL started for the occasion instead
        #[arg(long)]
        postgres: bool,
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        playwright: Vec<String>,
    },
    /// Compare the browser's files, and then every page of residents in the browser, with their byte budgets
    Size {
        /// Only the files
        #[arg(long)]
        files: bool,
    },
    /// Formatting, clippy, dependency bans and licences, the house rules
    Lint,
    /// Database chores
    Db {
        #[command(subcommand)]
        task: DbTask,
    },
    /// Say which tools are here, which are missing, and what needs them
    Doctor,
    /// Plant faults in a copy of the checkout, and expect of each that its test turns red (slow)
    Mutants {
        /// Only the faults of these names
        names: Vec<String>,
    },
    /// Measure page speed and load on a release build, and write docs/benchmarks.md
    Bench,
}

#[derive(Subcommand)]
enum DbTask {
    /// Create the pair of migrations (SQLite, PostgreSQL) with the next number
    New {
        /// What the migration does, such as `add_opinions`
        name: String,
    },
}

fn main() -> ExitCode {
    match Workspace::locate().and_then(|workspace| execute(&workspace, Cli::parse().task)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            if !error.is::<progress::AlreadyTold>() {
                eprintln!("\nerror: {error:#}");
            }
            ExitCode::FAILURE
        }
    }
}

fn execute(workspace: &Workspace, task: Task) -> Result<()> {
    match task {
        Task::Run { release } => run::run(workspace, release),
        Task::Test { quick } => test::run(workspace, quick),
        Task::Dev => dev::run(workspace),
        Task::Client { fast } => client::build(workspace, client::Quality::from_fast(fast)).map(drop),
        Task::E2e { postgres, playwright } => browser::run_alone(workspace, postgres, &playwright),
        Task::Size { files } => size::run(workspace, files),
        Task::Lint => lint::run(workspace),
        Task::Db { task: DbTask::New { name } } => migration::create(workspace, &name),
        Task::Mutants { names } => mutants::run(workspace, &names),
        Task::Doctor => doctor::run(workspace),
        Task::Bench => bench::run(workspace),
    }
}
