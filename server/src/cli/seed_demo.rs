//! .
use crate::config::Settings;
use anyhow::Result;
use std::process::ExitCode;
use store::Db;
pub async fn run(_s: Settings) -> Result<ExitCode> {
    Ok(ExitCode::SUCCESS)
}
pub async fn ensure_rules(_db: &Db, _s: &Settings) -> Result<()> {
    Ok(())
}
