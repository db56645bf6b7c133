//! A file of procedures that an administrator lays down: read as an import reads it, compared with the versions in force,
//! then published from a day on.
//!
//! Between looking and publishing the file is nowhere but in the form: written out again in one way, with a hash of it and
//! of the versions that it was compared with. What was not looked at is not published.
//!
//! Versions are every unit's; what one alone says stands beside them ([`crate::local_parts`]). So publishing asks for the
//! right in each unit that works today; looking at what a file would change, in one.

use crate::{
    Error, Office, Result, Who,
    audit::{self, Object},
    error::Problem,
    import::{Brings, FileProblem, ImportReport, brings, check_procedure_file, read_procedure_file},
    rights::Task,
};
use domain::{
    procedure::{
        ProcedureError, ProcedureFile, export::ExportRecord, import::import, local::LocalPart,
        unstructured::Unstructured,
    },
    time::Day,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use store::{Tx, offices, procedures};
use uuid::Uuid;

/// Largest file that is laid down on the page, in bytes: written into a form three times as long, it still is a form.
pub const FILE_MOST: usize = 300 * 1024;

/// Why a file cannot be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LaidProblem {
    /// No file was sent, or an empty one.
    NoFile,
    /// Larger than [`FILE_MOST`].
    TooLarge,
    /// No text in UTF-8.
    NotText,
    /// No JSON from that line and column on, each from 1.
    NotJson { line: usize, column: usize },
    /// A list without a procedure.
    Empty,
    /// A procedure that cannot be read: its place in the file, the line where it is known (both from 1), and why.
    Procedure { number: usize, line: Option<usize>, why: ProcedureError },
    /// A procedure stands in the file twice.
    Twice(String),
    /// Something of it would be lost.
    Lost(String),
    /// Its local part ends before the day from which it would hold.
    EndsBefore(String),
    /// Nothing differs from what holds on that day.
    NothingNew,
    /// Other units work by these versions too, and this person administers none of them: their names.
    OtherUnits(Vec<String>),
}

impl From<LaidProblem> for Error {
    fn from(problem: LaidProblem) -> Self {
        Problem::ProcedureFile(problem).into()
    }
}

/// A file as it was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaidFile {
    /// The file, written out again: what the form carries.
    pub text: String,
    /// The day from which it would hold.
    pub first: Day,
    /// The hash of the text, the day and the versions that it was compared with.
    pub seen: String,
    /// In the order of the file.
    pub procedures: Vec<LaidProcedure>,
    /// Units that work by these versions and that this person does not administer.
    pub elsewhere: Vec<String>,
}

/// What the file would do to one procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaidProcedure {
    pub code: String,
    pub name: String,
    pub brings: Brings,
    /// The local part that holds on that day so far.
    pub was: Option<LocalPart>,
    /// The local part that would hold.
    pub is: Option<LocalPart>,
    /// Passages that cannot be structured and would be shown word for word.
    pub remarks: Vec<Unstructured>,
}

type Files = Vec<(ExportRecord, Option<LocalPart>)>;

impl LaidFile {
    /// Whether it would change anything.
    pub fn changes_something(&self) -> bool {
        self.procedures.iter().any(|one| one.brings != Brings::Same)
    }
}

impl Office {
    /// Whether this person may lay down a file of procedures and see what it would change.
    ///
    /// **Permissions**: [`Task::ManageProcedures`] in any unit.
    pub fn may_lay_down_procedures(&self, who: &Who) -> Result<()> {
        self.units_to(who, Task::ManageProcedures).map(drop)
    }

    /// What a file would change from that day on, against the versions that hold then. Nothing is written.
    ///
    /// **Permissions**: [`Task::ManageProcedures`] in any unit.
    pub fn look_at_procedures(&self, who: &Who, text: &str, first: Day) -> Result<LaidFile> {
        self.may_lay_down_procedures(who)?;
        let (text, files) = self.read_laid(text, first)?;
        let books = self.books();
        let (mut procedures, mut held) = (Vec::with_capacity(files.len()), Vec::with_capacity(files.len()));
        for (record, given) in files {
            let versions = books.catalogue.versions_of(record.code());
            let standing = versions.iter().rfind(|version| version.valid_from <= first);
            let was = standing.and_then(|version| version.local.clone());
            let is = given.map(|local| dated(local, was.as_ref(), first));
            let imported = import(&record);
            held.push(standing.map(|version| version.id));
            procedures.push(LaidProcedure {
                code: record.code().to_owned(),
                name: imported.name,
                brings: brings(&versions, (&record, is.as_ref()), first),
                is: is.or_else(|| was.clone()),
                was,
                remarks: imported.unstructured,
            });
        }
        let seen = seal(&text, first, &held);
        Ok(LaidFile { text, first, seen, procedures, elsewhere: self.units_without(who) })
    }

    /// Publishes a file that was looked at: each procedure that differs gets a version from that day on. Drafts and dossiers
    /// keep the version they name; where one keeps that of the very day already, the new one begins the day after. Answers
    /// the codes of what is new or changed.
    ///
    /// **Permissions**: [`Task::ManageProcedures`] in every unit that works today, since all work by these versions.
    ///
    /// # Errors
    /// [`Error::Stale`] when the file, the day or what holds then is not what was looked at.
    pub async fn publish_procedures(
        &self,
        who: &Who,
        text: &str,
        first: Day,
        seen: &str,
        command: Uuid,
    ) -> Result<Vec<String>> {
        let units = self.units_to(who, Task::ManageProcedures)?;
        let (text, files) = self.read_laid(text, first)?;
        let elsewhere = self.units_without(who);
        if !elsewhere.is_empty() {
            return Err(LaidProblem::OtherUnits(elsewhere).into());
        }
        let mut tx = self.db().write().await?;
        // Two who publish hold the same unit, so that they come one after the other.
        if let Some(unit) = units.first() {
            offices::hold_office(&mut tx, *unit).await?;
        }
        if let Some(codes) = self.answered_before(&mut tx, who, command).await? {
            return Ok(codes);
        }
        let (mut dated_files, mut held) = (Vec::with_capacity(files.len()), Vec::with_capacity(files.len()));
        for (record, given) in files {
            let (id, was) = standing(&mut tx, record.code(), first).await?;
            held.push(id);
            dated_files.push((record, given.map(|local| dated(local, was.as_ref(), first))));
        }
        if seal(&text, first, &held) != seen {
            // Another process may have published in the meantime: whoever looks again sees it.
            self.read_books(&mut tx).await?;
            return Err(Error::Stale);
        }
        let mut report = ImportReport::default();
        for file in dated_files {
            self.import_procedure(&mut tx, file, Some(first), &mut report).await?;
        }
        if report.codes.is_empty() {
            return Err(LaidProblem::NothingNew.into());
        }
        let object = Object { kind: "catalogue", id: "procedures".into(), office: None };
        let detail = json!({
            "first": first, "sha256": seen, "new": report.new, "changed": report.changed, "same": report.same,
            "remarks": report.remarks, "codes": report.codes,
        });
        audit::record(self, &mut tx, who, "publish_procedures", &object, detail).await?;
        self.keep_once(&mut tx, who, command, "publish_procedures", &report.codes).await?;
        self.commit_books(tx).await?;
        Ok(report.codes)
    }

    /// The names of the units that work today and that this person does not administer.
    fn units_without(&self, who: &Who) -> Vec<String> {
        let books = self.books();
        let standing = books.places.authorities_on(self.now().day()).into_iter();
        let without = standing.filter(|unit| self.may(who, Task::ManageProcedures, unit.id).is_err());
        without.map(|unit| unit.name.clone()).collect()
    }

    /// A file as an import reads it, and written out again in one way.
    fn read_laid(&self, text: &str, first: Day) -> Result<(String, Files)> {
        if first < self.now().day() {
            return Err(Problem::PeriodInvalid("first").into());
        }
        if text.trim().is_empty() {
            return Err(LaidProblem::NoFile.into());
        }
        if text.len() > FILE_MOST {
            return Err(LaidProblem::TooLarge.into());
        }
        // Every record must come out again as it went in.
        check_procedure_file(text).map_err(|problem| laid(text, problem))?;
        let files = read_procedure_file(text).map_err(|problem| laid(text, problem))?;
        if files.is_empty() {
            return Err(LaidProblem::Empty.into());
        }
        let ended = |(_, local): &&(ExportRecord, Option<LocalPart>)| {
            local.as_ref().and_then(|local| local.valid_to).is_some_and(|last| last < first)
        };
        if let Some((record, _)) = files.iter().find(ended) {
            return Err(LaidProblem::EndsBefore(record.code().to_owned()).into());
        }
        let values: Vec<Value> = files
            .iter()
            .map(|(record, local)| match local {
                Some(local) => json!({ "record": record, "local": local }),
                None => json!(record),
            })
            .collect();
        let written = serde_json::to_string(&values).map_err(|why| Error::Broken(why.to_string()))?;
        if written.len() > FILE_MOST {
            return Err(LaidProblem::TooLarge.into());
        }
        Ok((written, files))
    }
}

/// The version of a procedure that began last by that day, and its local part.
async fn standing(tx: &mut Tx, code: &str, first: Day) -> Result<(Option<Uuid>, Option<LocalPart>)> {
    let versions = procedures::versions_of_procedure(tx, code).await?;
    let Some(row) = versions.into_iter().rfind(|version| version.valid_from <= i64::from(first.0)) else {
        return Ok((None, None));
    };
    let local = row.local.map(serde_json::from_value::<LocalPart>).transpose();
    let local = local.map_err(|why| Error::Broken(format!("procedure {code}: local part: {why}")))?;
    Ok((Some(row.id), local))
}

/// A local part from that day on; the one that holds, where it differs from it in its first day alone.
fn dated(given: LocalPart, held: Option<&LocalPart>, first: Day) -> LocalPart {
    match held {
        Some(held) if (LocalPart { valid_from: held.valid_from, ..given.clone() }) == *held => held.clone(),
        _ => LocalPart { valid_from: first, ..given },
    }
}

/// The hash that says what was looked at.
fn seal(text: &str, first: Day, held: &[Option<Uuid>]) -> String {
    let mut hash = Sha256::new();
    hash.update(text.as_bytes());
    hash.update(first.0.to_be_bytes());
    for id in held {
        hash.update(id.unwrap_or_default().as_bytes());
    }
    hex::encode(hash.finalize())
}

/// The problem of a file, with its line where it is known.
fn laid(text: &str, problem: FileProblem) -> LaidProblem {
    match problem {
        FileProblem::NotJson(why) => LaidProblem::NotJson { line: why.line(), column: why.column() },
        FileProblem::Record { number, why } => {
            let is_shape = matches!(why, ProcedureError::NotAProcedure(_));
            LaidProblem::Procedure { number, line: is_shape.then(|| line_of(text)).flatten(), why }
        }
        FileProblem::Twice(code) => LaidProblem::Twice(code),
        FileProblem::Lost { code, .. } => LaidProblem::Lost(code),
    }
}

/// The line at which a file, all of one shape, stops being what it should be.
fn line_of(text: &str) -> Option<usize> {
    let read: Value = serde_json::from_str(text).ok()?;
    let is_list = read.is_array();
    let all = match read {
        Value::Array(all) => all,
        one => vec![one],
    };
    let has_local = |one: &&Value| one.get("record").is_some() || one.get("local").is_some();
    let error = match (is_list, all.iter().filter(has_local).count()) {
        (true, 0) => serde_json::from_str::<Vec<ExportRecord>>(text).err(),
        (true, with) if with == all.len() => serde_json::from_str::<Vec<ProcedureFile>>(text).err(),
        (true, _) => None,
        (false, 0) => serde_json::from_str::<ExportRecord>(text).err(),
        (false, _) => serde_json::from_str::<ProcedureFile>(text).err(),
    };
    error.map(|error| error.line()).filter(|line| *line > 0)
}
