//! `motcua migrate`.

use super::{open_db, open_office};
use crate::{config::Settings, seed::rules};
use anyhow::Result;
use std::process::ExitCode;

/// Brings the tables to this program's version, and lays down rules that came with it where there are older ones.
pub async fn run(settings: Settings) -> Result<ExitCode> {
    let db = open_db(&settings).await?;
    db.migrate().await?;
    db.close().await;
    let office = open_office(&settings).await?;
    for line in rules::lay_down_newer(&office).await? {
        println!("{line}");
    }
    office.db().close().await;
    Ok(ExitCode::SUCCESS)
}
