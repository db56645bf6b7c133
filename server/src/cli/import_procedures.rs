//! `motcua import-procedures FILE`: procedures in the schema of the national export.

use super::open_office;
use crate::config::Settings;
use anyhow::{Context, Result};
use clap::Args;
use office::import::read_procedure_file;
use std::{path::PathBuf, process::ExitCode};

/// Import procedures from a file in the national export's schema.
#[derive(Args)]
pub struct ImportProcedures {
    /// One record, a list of records, or records with the local part beside them.
    file: PathBuf,
}

impl ImportProcedures {
    pub async fn run(self, settings: Settings) -> Result<ExitCode> {
        let shown = self.file.display();
        let text = std::fs::read_to_string(&self.file).with_context(|| format!("cannot read {shown}"))?;
        let files = read_procedure_file(&text).with_context(|| format!("{shown} cannot be imported"))?;
        let office = open_office(&settings).await?;
        let report = office.import_procedures(files).await?;
        println!(
            "new {}, changed {}, unchanged {}, passages to look at {}",
            report.new, report.changed, report.same, report.remarks
        );
        office.db().close().await;
        Ok(ExitCode::SUCCESS)
    }
}
