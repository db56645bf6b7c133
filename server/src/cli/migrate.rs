//! `motcua migrate`.

use super::open_db;
use crate::config::Settings;
use anyhow::Result;
use std::process::ExitCode;

/// Brings the tables to this program's version.
pub async fn run(settings: Settings) -> Result<ExitCode> {
    let db = open_db(&settings).await?;
    db.migrate().await?;
    db.close().await;
    Ok(ExitCode::SUCCESS)
}
