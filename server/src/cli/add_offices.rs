//! `motcua add-offices FILE`: offices that come to an installation in use.

use super::{migrate::read_offices, open_office, operator};
use crate::config::Settings;
use anyhow::{Context, Result};
use clap::Args;
use domain::time::Day;
use std::{path::PathBuf, process::ExitCode};

/// Add the offices of a file that a database in use does not have yet.
#[derive(Args)]
pub struct AddOffices {
    /// A file as of `motcua migrate --offices`: what stands already must be in it as it is
    file: PathBuf,
}

impl AddOffices {
    /// Adds them. A site that is running knows them from its next start on.
    pub async fn run(self, settings: Settings) -> Result<ExitCode> {
        let places = read_offices(&self.file)?;
        let office = open_office(&settings).await?;
        let added = office.add_offices(&operator(), &places).await;
        let added = added.with_context(|| format!("{} cannot be added", self.file.display()))?;
        for row in &added {
            println!("office {} from {}", row.key, Day(row.valid_from as i32));
        }
        println!("offices added {}", added.len());
        office.db().close().await;
        Ok(ExitCode::SUCCESS)
    }
}
