//! The command line.

mod add_offices;
mod audit_anchor;
mod backup;
mod create_staff;
mod demo_bank;
mod demo_totp;
mod doctor;
mod end_staff;
mod explain;
mod import_calendar;
mod import_procedures;
mod migrate;
mod renew_staff;
mod seed_demo;
mod serve;
mod set_contact;
mod verify_audit;

use crate::{config::Settings, folder::make_private_folder, telemetry};
use anyhow::{Context, Result, bail};
use clap::{Parser, Subcommand, error::ErrorKind};
use office::{Office, Who};
use std::{ffi::OsString, io::Write, path::PathBuf, process::ExitCode};
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
    Migrate(migrate::Migrate),
    /// Add offices that are not there yet to a database in use.
    AddOffices(add_offices::AddOffices),
    /// Fill an empty database with the demonstration.
    SeedDemo(seed_demo::SeedDemo),
    /// Import procedures from a file in the national export's schema.
    ImportProcedures(import_procedures::ImportProcedures),
    /// Import a calendar: the years to come, or a commune's own days.
    ImportCalendar(import_calendar::ImportCalendar),
    /// Enter a member of staff; prints the secret of one-time codes once.
    CreateStaff(create_staff::CreateStaff),
    /// Enter where an office is found and called.
    SetContact(set_contact::SetContact),
    /// End the positions and the login of a member of staff.
    EndStaff(end_staff::EndStaff),
    /// New one-time codes, recovery codes and, when wanted, password of a member of staff.
    RenewStaff(renew_staff::RenewStaff),
    /// Print the one-time code of a demonstration account.
    DemoTotp(demo_totp::DemoTotp),
    /// Play a bank and a payment gateway for a demonstration.
    DemoBank(demo_bank::PlayBank),
    /// Print the end of the audit log's chain on a day, to be kept elsewhere.
    AuditAnchor(audit_anchor::AuditAnchor),
    /// Recompute the chain of the audit log.
    VerifyAudit(verify_audit::VerifyAudit),
    /// Write the database and the uploaded files into one file, beside the serving.
    Backup(backup::Backup),
    /// Put a backup into an empty database and an empty folder of files.
    Restore(backup::Restore),
    /// Copy one database into another that is empty, also from one engine to the other.
    CopyDatabase(backup::CopyDatabase),
    /// Say what is there and what is missing.
    Doctor,
    /// Ask the engines; answers as JSON.
    Explain(explain::Explain),
}

/// Reads the command line and does it. Every failure is one sentence on standard error.
pub fn run() -> ExitCode {
    if asks_to_explain(std::env::args_os().skip(1)) {
        return explain::run();
    }
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        // Help and the version are answers.
        Err(answer) if matches!(answer.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => answer.exit(),
        Err(error) => return fail(&first_paragraph(&error), ExitCode::from(BAD_LINE)),
    };
    match carry_out(cli) {
        Ok(code) => code,
        Err(error) => {
            let sentence = error.chain().map(ToString::to_string).collect::<Vec<_>>().join(": ");
            fail(&sentence, ExitCode::FAILURE)
        }
    }
}

/// Whether the line is `explain …`, which reads no settings, with or without a configuration file before it.
fn asks_to_explain(mut line: impl Iterator<Item = OsString>) -> bool {
    let Some(first) = line.next() else { return false };
    let command = match first.to_str() {
        Some("--config") => line.nth(1),
        Some(word) if word.starts_with("--config=") => line.next(),
        _ => Some(first),
    };
    command.is_some_and(|word| word == "explain")
}

/// What the parser says before it goes on to usage and tips.
fn first_paragraph(error: &clap::Error) -> String {
    let text = error.render().to_string();
    let first = text.split("\n\n").next().unwrap_or_default();
    format!("{}; see motcua --help", first.strip_prefix("error: ").unwrap_or(first).trim_end())
}

/// Status of a program that was called wrongly.
const BAD_LINE: u8 = 2;

/// One line on standard error. Nothing is left to say when that is gone too; the status tells.
fn fail(sentence: &str, status: ExitCode) -> ExitCode {
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let _ = writeln!(std::io::stderr(), "motcua: {}", words.join(" "));
    status
}

#[tokio::main]
async fn carry_out(cli: Cli) -> Result<ExitCode> {
    let settings = Settings::read(cli.config)?;
    match cli.command.unwrap_or(Command::Serve(serve::Serve::default())) {
        Command::Serve(serve) => serve.run(settings).await,
        Command::Worker => serve::worker(settings).await,
        Command::Migrate(migrate) => migrate.run(settings).await,
        Command::AddOffices(add) => add.run(settings).await,
        Command::SeedDemo(seed) => seed.run(settings).await,
        Command::ImportProcedures(import) => import.run(settings).await,
        Command::ImportCalendar(import) => import.run(settings).await,
        Command::CreateStaff(create) => create.run(settings).await,
        Command::SetContact(contact) => contact.run(settings).await,
        Command::EndStaff(end) => end.run(settings).await,
        Command::RenewStaff(renew) => renew.run(settings).await,
        Command::DemoTotp(demo) => demo.run(settings).await,
        Command::DemoBank(bank) => bank.run(settings).await,
        Command::AuditAnchor(anchor) => anchor.run(settings).await,
        Command::VerifyAudit(verify) => verify.run(settings).await,
        Command::Backup(backup) => backup.run(settings).await,
        Command::Restore(restore) => restore.run(settings).await,
        Command::CopyDatabase(copy) => copy.run().await,
        Command::Doctor => doctor::run(settings).await,
        Command::Explain(explain) => Ok(explain.answer()),
    }
}

/// Opens the database of the settings; for SQLite makes its folder first.
async fn open_db(settings: &Settings) -> Result<Db> {
    if let Some(folder) = sqlite_file(settings).and_then(std::path::Path::parent) {
        make_private_folder(folder)?;
    }
    // The address may hold a password: it is not repeated.
    Db::connect(&settings.database_url).await.context("the database of DATABASE_URL (database_url)")
}

/// The file of the database of the settings, where it is one of SQLite.
fn sqlite_file(settings: &Settings) -> Option<&std::path::Path> {
    let path = settings.database_url.strip_prefix("sqlite:")?;
    Some(std::path::Path::new(path.trim_start_matches("//").split('?').next().unwrap_or_default()))
}

/// The office for a look: on the database that is there. None is made for it, and one that has no tables stays so.
async fn open_office_for_a_look(settings: &Settings) -> Result<Office> {
    if sqlite_file(settings).is_some_and(|file| !file.exists()) {
        bail!("there is no database yet");
    }
    open_office(settings).await
}

/// Opens the office on a migrated database, with logs.
async fn open_office(settings: &Settings) -> Result<Office> {
    let db = open_db(settings).await?;
    if db.is_blank().await? {
        bail!("the database has no tables yet: run `motcua migrate`");
    }
    Ok(Office::open(db, settings.clock()?, settings.office(), settings.blobs()?).await?)
}

/// Whoever sits at the terminal, by the machine's account, for the record.
fn operator() -> Who {
    let named = |name: &&str| std::env::var(name).ok().filter(|account| !account.is_empty());
    Who::operator(&["SUDO_USER", "USER", "LOGNAME"].iter().find_map(named).unwrap_or_default())
}

/// Starts logs; for commands that run long.
fn with_logs(settings: &Settings) -> Result<()> {
    telemetry::start_logs(&settings.log)
}
