//! The command line.

mod create_staff;
mod demo_totp;
mod doctor;
mod explain;
mod import_procedures;
mod migrate;
mod seed_demo;
mod serve;
mod verify_audit;

use crate::{
    config::{Settings, make_private_folder},
    telemetry,
};
use anyhow::{Context, Result, bail};
use clap::{Parser, Subcommand};
use office::Office;
use std::{path::PathBuf, process::ExitCode};
use store::Db;

/// One program that runs a commune's one-stop shop.
#[derive(Parser)]
#[command(name = "motcua", version)]
struct Cli {
    /// Configuration file (default: ./motcua.toml when it exists).
    #[arg(long, global = true)]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the site, and do the background work unless told otherwise.
    Serve(serve::Serve),
    /// Do the background work alone, beside other processes that serve.
    Worker,
    /// Bring the tables to this program's version.
    Migrate,
    /// Fill an empty database with the demonstration.
    SeedDemo,
    /// Import procedures from a file in the national export's schema.
    ImportProcedures(import_procedures::ImportProcedures),
    /// Enter a member of staff; prints the secret of one-time codes once.
    CreateStaff(create_staff::CreateStaff),
    /// Print the one-time code of a demonstration account.
    DemoTotp(demo_totp::DemoTotp),
    /// Recompute the chain of the audit log.
    VerifyAudit(verify_audit::VerifyAudit),
    /// Say what is there and what is missing.
    Doctor,
    /// Ask the engines; answers as JSON.
    Explain(explain::Explain),
}

/// Reads the command line and does it. Every failure is one sentence on standard error.
pub fn run() -> ExitCode {
    let asked_to_explain = std::env::args_os().nth(1).is_some_and(|word| word == "explain");
    if asked_to_explain {
        return explain::run();
    }
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        // Help and version are no failure.
        Err(told) if !told.use_stderr() => told.exit(),
        Err(error) => {
            let said = error.to_string();
            let sentence = said.lines().next().unwrap_or_default().trim_start_matches("error: ");
            eprintln!("motcua: {sentence} (`motcua --help` tells more)");
            return ExitCode::from(2);
        }
    };
    match carry_out(cli) {
        Ok(code) => code,
        Err(error) => {
            let sentence = error.chain().map(ToString::to_string).collect::<Vec<_>>().join(": ");
            eprintln!("motcua: {}", sentence.replace('\n', " "));
            ExitCode::FAILURE
        }
    }
}

#[tokio::main]
async fn carry_out(cli: Cli) -> Result<ExitCode> {
    let settings = Settings::read(cli.config)?;
    match cli.command.unwrap_or(Command::Serve(serve::Serve::default())) {
        Command::Serve(serve) => serve.run(settings).await,
        Command::Worker => serve::worker(settings).await,
        Command::Migrate => migrate::run(settings).await,
        Command::SeedDemo => seed_demo::run(settings).await,
        Command::ImportProcedures(import) => import.run(settings).await,
        Command::CreateStaff(create) => create.run(settings).await,
        Command::DemoTotp(demo) => demo.run(settings).await,
        Command::VerifyAudit(verify) => verify.run(settings).await,
        Command::Doctor => doctor::run(settings).await,
        Command::Explain(explain) => Ok(explain.answer()),
    }
}

/// Opens the database of the settings; for SQLite makes its folder first.
async fn open_db(settings: &Settings) -> Result<Db> {
    if let Some(path) = settings.database_url.strip_prefix("sqlite:") {
        let path = path.trim_start_matches("//").split('?').next().unwrap_or_default();
        if let Some(folder) = std::path::Path::new(path).parent() {
            make_private_folder(folder)?;
        }
    }
    // The address may hold a password: it is not repeated.
    Db::connect(&settings.database_url).await.context("the database of DATABASE_URL (database_url)")
}

/// Opens the office on a migrated database, with logs.
async fn open_office(settings: &Settings) -> Result<Office> {
    let db = open_db(settings).await?;
    if db.is_blank().await? {
        bail!("the database has no tables yet: run `motcua migrate`");
    }
    Ok(Office::open(db, settings.clock()?, settings.office(), settings.blobs()?).await?)
}

/// Starts logs; for commands that run long.
fn with_logs(settings: &Settings) -> Result<()> {
    telemetry::start_logs(&settings.log)
}
