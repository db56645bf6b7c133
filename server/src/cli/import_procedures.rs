//! `motcua import-procedures FILE`: procedures in the schema of the national export.

use super::{open_office, open_office_for_a_look, operator};
use crate::config::Settings;
use anyhow::{Context, Result};
use clap::Args;
use domain::procedure::difference::{FieldChange, Line, Part};
use office::import::{Brings, FileReport, check_procedure_file, read_procedure_file};
use std::{path::PathBuf, process::ExitCode};

/// Import procedures from a file in the national export's schema.
#[derive(Args)]
pub struct ImportProcedures {
    /// One record, a list of records, or records with the local part beside them.
    file: PathBuf,
    /// Read the file and report what could not be structured, and what would change of the procedures in force where
    /// there is a database; write nothing, and need none.
    #[arg(long)]
    check: bool,
}

impl ImportProcedures {
    pub async fn run(self, settings: Settings) -> Result<ExitCode> {
        let shown = self.file.display();
        let text = std::fs::read_to_string(&self.file).with_context(|| format!("cannot read {shown}"))?;
        if self.check {
            let report = check_procedure_file(&text).with_context(|| format!("{shown} cannot be imported"))?;
            // Without a database there is the report all the same; why nothing was compared is said.
            let compared = compared(&settings, &text).await.map_err(|why| format!("{why:#}"));
            print!("{}", told(&report, &compared));
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

/// What the file would change of what stands in the database, one for each record.
async fn compared(settings: &Settings, text: &str) -> Result<Vec<Brings>> {
    let files = read_procedure_file(text)?;
    let office = open_office_for_a_look(settings).await?;
    let brings = office.preview_import(&operator(), &files);
    office.db().close().await;
    Ok(brings?)
}

/// A line for each record, what it would change and its passages below it, and the sum.
fn told(report: &FileReport, compared: &Result<Vec<Brings>, String>) -> String {
    let mut text = String::new();
    let brought = compared.as_deref().unwrap_or_default();
    for (at, record) in report.records.iter().enumerate() {
        let local = if record.has_local { "with its local part" } else { "record alone" };
        text.push_str(&format!("{} {} ({local})\n", record.code, record.name));
        text.push_str(&brought.get(at).map(change_lines).unwrap_or_default());
        for remark in &record.remarks {
            // A passage may hold line ends; each remark is one line.
            let line = remark.to_string();
            text.push_str(&format!("  {}\n", line.split_whitespace().collect::<Vec<_>>().join(" ")));
        }
    }
    let remarks: usize = report.records.iter().map(|record| record.remarks.len()).sum();
    let sum = match compared {
        Ok(brought) => {
            let count = |is: fn(&Brings) -> bool| brought.iter().filter(|one| is(one)).count();
            let new = count(|one| matches!(one, Brings::New));
            let same = count(|one| matches!(one, Brings::Same));
            format!("new {new}, changed {}, unchanged {same}", brought.len() - new - same)
        }
        Err(why) => format!("not compared: {}", why.split_whitespace().collect::<Vec<_>>().join(" ")),
    };
    text.push_str(&format!("records {}, passages to look at {remarks}, {sum}\n", report.records.len()));
    text
}

/// What an import of a record would change: `-` before a line that would go, `+` before one that would come.
fn change_lines(brings: &Brings) -> String {
    match brings {
        Brings::New => "  new\n".into(),
        Brings::Same => "  unchanged\n".into(),
        Brings::Next { since, changes } => {
            let fields: String = changes.iter().map(field_lines).collect();
            format!("  changes the version of {since}\n{fields}")
        }
    }
}

fn field_lines(change: &FieldChange) -> String {
    let part = match change.part {
        Part::Record => "record",
        Part::Local => "local",
    };
    let key = &change.key;
    let told = |sign: char, lines: &[Line]| {
        let line = |line: &Line| format!("  {sign} {part}.{key} | {}\n", cells(line));
        lines.iter().map(line).collect::<String>()
    };
    match (change.was.as_slice(), change.is.as_slice()) {
        ([], []) => format!("  ~ {part}.{key} | order or spaces alone\n"),
        (was, is) => format!("{}{}", told('-', was), told('+', is)),
    }
}

fn cells(line: &[(String, String)]) -> String {
    let cell = |(key, words): &(String, String)| match key.is_empty() {
        true => words.clone(),
        false => format!("{key}: {words}"),
    };
    line.iter().map(cell).collect::<Vec<_>>().join("; ")
}
