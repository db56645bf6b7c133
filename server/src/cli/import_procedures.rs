//! `motcua import-procedures FILE`: procedures in the schema of the national export.

use super::{open_office, operator};
use crate::config::Settings;
use anyhow::{Context, Result};
use clap::Args;
use office::import::{FileReport, check_procedure_file, read_procedure_file};
use std::{path::PathBuf, process::ExitCode};

/// Import procedures from a file in the national export's schema.
#[derive(Args)]
pub struct ImportProcedures {
    /// One record, a list of records, or records with the local part beside them.
    file: PathBuf,
    /// Read the file and report what could not be structured; write nothing, and need no database.
    #[arg(long)]
    check: bool,
}

impl ImportProcedures {
    pub async fn run(self, settings: Settings) -> Result<ExitCode> {
        let shown = self.file.display();
        let text = std::fs::read_to_string(&self.file).with_context(|| format!("cannot read {shown}"))?;
        if self.check {
            let report = check_procedure_file(&text).with_context(|| format!("{shown} cannot be imported"))?;
            print!("{}", told(&report));
            return Ok(ExitCode::SUCCESS);
        }
        let files = read_procedure_file(&text).with_context(|| format!("{shown} cannot be imported"))?;
        let office = open_office(&settings).await?;
        let report = office.import_procedures(&operator(), files).await?;
        println!(
            "new {}, changed {}, unchanged {}, passages to look at {}",
            report.new, report.changed, report.same, report.remarks
        );
        office.db().close().await;
        Ok(ExitCode::SUCCESS)
    }
}

/// A line for each record, its passages below it, and the sum.
fn told(report: &FileReport) -> String {
    let mut text = String::new();
    for record in &report.records {
        let local = if record.has_local { "with its local part" } else { "record alone" };
        text.push_str(&format!("{} {} ({local})\n", record.code, record.name));
        for remark in &record.remarks {
            // A passage may hold line ends; each remark is one line.
            let line = remark.to_string();
            text.push_str(&format!("  {}\n", line.split_whitespace().collect::<Vec<_>>().join(" ")));
        }
    }
    let remarks: usize = report.records.iter().map(|record| record.remarks.len()).sum();
    text.push_str(&format!("records {}, passages to look at {remarks}\n", report.records.len()));
    text
}
