//! Importing procedures: records of the national export become versions with days of validity. What an administrator lays
//! down on the page comes in by [`crate::procedure_files`], by the same reading and the same writing.

use crate::{
    Error, Office, Result, Who,
    audit::{self, Object},
    catalogue::ProcedureVersion,
    rights::Task,
};
use domain::{
    procedure::{
        ProcedureError, ProcedureFile,
        difference::{self, FieldChange},
        export::ExportRecord,
        import::{self, Imported},
        local::LocalPart,
        unstructured::{Unstructured, Why},
    },
    time::Day,
};
use serde_json::{Value, json};
use std::{collections::BTreeSet, sync::Arc};
pub use store::procedures::RemarkRow;
use store::{
    Tx,
    procedures::{self, ProcedureRow},
};

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportReport {
    pub new: usize,
    pub changed: usize,
    pub same: usize,
    /// Passages that could not be structured and are shown word for word.
    pub remarks: usize,
    /// Codes of the new and the changed ones.
    pub codes: Vec<String>,
}

/// Why a file of procedures cannot be imported. For the operator at the command line.
#[derive(Debug, thiserror::Error)]
pub enum FileProblem {
    #[error("not JSON: {0}")]
    NotJson(#[from] serde_json::Error),
    #[error("record {number}: {why}")]
    Record {
        /// Its place in the file, from 1.
        number: usize,
        why: ProcedureError,
    },
    #[error("{0} stands in the file twice")]
    Twice(String),
    #[error("{code} would not be kept whole: {lost}")]
    Lost { code: String, lost: &'static str },
}

/// What a file would bring, read without a database.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileReport {
    /// In the order of the file.
    pub records: Vec<RecordReport>,
}

/// What one record would bring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordReport {
    pub code: String,
    pub name: String,
    /// Whether a local part stands beside it; without one it can be read, not filed.
    pub has_local: bool,
    /// Passages that cannot be structured and would be shown word for word.
    pub remarks: Vec<Unstructured>,
}

/// What an import of one record would do to what stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Brings {
    /// A procedure that has no version by then.
    New,
    /// Nothing.
    Same,
    /// A version after the one that began on that day, with what differs. Nothing differs where that one has ended.
    Next { since: Day, changes: Vec<FieldChange> },
}

/// Reads a file as an import would and reports on it, writing nothing. Each record must come out again as it went in,
/// with every term and every paper among what was read.
pub fn check_procedure_file(text: &str) -> Result<FileReport, FileProblem> {
    let mut report = FileReport::default();
    for (record, local) in read_procedure_file(text)? {
        let code = record.code().to_owned();
        let imported = import::import(&record);
        if let Some(lost) = lost(&record, &imported)? {
            return Err(FileProblem::Lost { code, lost });
        }
        let (name, remarks) = (imported.name, imported.unstructured);
        report.records.push(RecordReport { code, name, has_local: local.is_some(), remarks });
    }
    Ok(report)
}

/// What of a record is not among what was read of it.
fn lost(record: &ExportRecord, imported: &Imported) -> Result<Option<&'static str>, FileProblem> {
    let before = serde_json::to_value(record)?;
    let lines = |key: &str| before.get(key).and_then(Value::as_array).map_or(0, Vec::len);
    let papers: usize = imported.cases.iter().map(|case| case.papers.len()).sum();
    let headings = imported.cases.iter().filter(|case| case.name.is_some()).count();
    let is_whole = serde_json::to_value(import::export(imported))? == before;
    Ok(match (is_whole, imported.terms.len() == lines("cach_thuc_thuc_hien"), papers + headings == lines("tphs")) {
        (false, ..) => Some("it comes out otherwise than it went in"),
        (_, false, _) => Some("a way of filing (cach_thuc_thuc_hien) is missing among the terms"),
        (.., false) => Some("a line of the papers (tphs) is missing"),
        _ => None,
    })
}

/// Reads a file: one record, a list of records, or records with their local part.
pub fn read_procedure_file(text: &str) -> Result<Vec<(ExportRecord, Option<LocalPart>)>, FileProblem> {
    let list = match serde_json::from_str(text)? {
        Value::Array(list) => list,
        single => vec![single],
    };
    let mut codes = BTreeSet::new();
    let mut files = Vec::with_capacity(list.len());
    for (value, number) in list.into_iter().zip(1..) {
        let file = read_one(value).map_err(|why| FileProblem::Record { number, why })?;
        if !codes.insert(file.0.code().to_owned()) {
            return Err(FileProblem::Twice(file.0.code().to_owned()));
        }
        files.push(file);
    }
    Ok(files)
}

/// A record alone has neither of the two keys of a record with its local part.
fn read_one(value: Value) -> Result<(ExportRecord, Option<LocalPart>), ProcedureError> {
    let wrong = |why: serde_json::Error| ProcedureError::NotAProcedure(why.to_string());
    if value.get("record").is_some() || value.get("local").is_some() {
        let file: ProcedureFile = serde_json::from_value(value).map_err(wrong)?;
        file.check()?;
        return Ok((file.record, Some(file.local)));
    }
    let record: ExportRecord = serde_json::from_value(value).map_err(wrong)?;
    record.check()?;
    Ok((record, None))
}

impl Office {
    /// What the imports of procedures could not structure, by procedure.
    ///
    /// **Permissions**: [`Task::ReadImportRemarks`] in any unit.
    pub async fn import_remarks(&self, who: &Who) -> Result<Vec<RemarkRow>> {
        if self.units_for(who, Task::ReadImportRemarks).is_empty() {
            return Err(if who.staff().is_some() { Error::Forbidden } else { Error::SignInFirst });
        }
        let mut tx = self.db().read().await?;
        Ok(procedures::list_remarks(&mut tx).await?)
    }

    /// Imports records of the national export, each with the local part beside it when the file has one. A record
    /// that is the same changes nothing. A changed one becomes a new version, keeping the local part: from today, or
    /// from the first day of its own local part when that is later. What was imported for the same day before is
    /// taken back; where a draft or a dossier keeps it already, the new version begins the day after. Each import is on the
    /// record, with what it changed.
    ///
    /// **Permissions**: the operator at the command line.
    pub async fn import_procedures(
        &self,
        who: &Who,
        files: Vec<(ExportRecord, Option<LocalPart>)>,
    ) -> Result<ImportReport> {
        self.may_operate(who)?;
        let mut report = ImportReport::default();
        let mut tx = self.db().write().await?;
        for file in files {
            self.import_procedure(&mut tx, file, None, &mut report).await?;
        }
        let object = Object { kind: "catalogue", id: "procedures".into(), office: None };
        let ImportReport { new, changed, same, remarks, codes } = &report;
        let detail = json!({ "new": new, "changed": changed, "same": same, "remarks": remarks, "codes": codes });
        audit::record(self, &mut tx, who, "import_procedures", &object, detail).await?;
        self.commit_books(tx).await?;
        Ok(report)
    }

    /// What an import of these would change, one for each in their order, against the version in force on the day from
    /// which they would hold. Nothing is written.
    ///
    /// **Permissions**: the operator at the command line.
    pub fn preview_import(&self, who: &Who, files: &[(ExportRecord, Option<LocalPart>)]) -> Result<Vec<Brings>> {
        self.may_operate(who)?;
        let (books, today) = (self.books(), self.now().day());
        let told = |(record, given): &(ExportRecord, Option<LocalPart>)| {
            let from = given.as_ref().map_or(today, |local| local.valid_from.max(today));
            brings(&books.catalogue.versions_of(record.code()), (record, given.as_ref()), from)
        };
        Ok(files.iter().map(told).collect())
    }

    /// Imports one record with the local part that stands beside it, from the day `first`; without one, from the day
    /// that the part names, and today at the earliest.
    pub(crate) async fn import_procedure(
        &self,
        tx: &mut Tx,
        (record, given): (ExportRecord, Option<LocalPart>),
        first: Option<Day>,
        report: &mut ImportReport,
    ) -> Result<()> {
        let json = |value| serde_json::to_value(value).map_err(|e: serde_json::Error| Error::Broken(e.to_string()));
        let (code, today) = (record.code().to_owned(), self.now().day());
        let (body, given_local) = (json(&record)?, given.as_ref().map(serde_json::to_value));
        let given_local = given_local.transpose().map_err(|e| Error::Broken(e.to_string()))?;
        let versions = procedures::versions_of_procedure(tx, &code).await?;
        let mut from = match (first, &given) {
            (Some(first), _) => first,
            (None, Some(local)) if versions.is_empty() => local.valid_from,
            (None, Some(local)) => local.valid_from.max(today),
            (None, None) => today,
        };
        let before = versions.iter().rfind(|version| version.valid_from <= i64::from(from.0));
        let local = given_local.or_else(|| before.and_then(|version| version.local.clone()));
        let is_same = |version: &ProcedureRow| version.record == body && version.local == local;
        if before.is_some_and(|version| holds(version, from) && is_same(version)) {
            report.same += 1;
            return Ok(());
        }
        while let Some(taken) = versions.iter().find(|version| version.valid_from == i64::from(from.0)) {
            if is_same(taken) {
                report.same += 1;
                return Ok(());
            }
            if !procedures::is_version_kept(tx, taken.id).await? {
                procedures::remove_procedure_version(tx, taken.id).await?;
                break;
            }
            from = from.next();
        }
        procedures::close_procedure_version(tx, &code, from.prev()).await?;
        let next = versions.iter().find(|version| version.valid_from > i64::from(from.0));
        let imported = import::import(&record);
        report.codes.push(code.clone());
        let row = ProcedureRow {
            id: self.new_id(),
            code,
            valid_from: i64::from(from.0),
            valid_to: next.map(|version| version.valid_from - 1),
            name: imported.name.clone(),
            record: body,
            local,
        };
        procedures::insert_procedure_version(tx, &row, self.now()).await?;
        for (position, remark) in imported.unstructured.iter().enumerate() {
            let why = json_word(remark.why)?;
            procedures::insert_remark(tx, row.id, position as i64, &remark.field, &remark.text, &why).await?;
            report.remarks += 1;
        }
        if versions.is_empty() {
            report.new += 1;
        } else {
            report.changed += 1;
        }
        Ok(())
    }
}

/// What a record, with the local part beside it, would do to these versions of its procedure from that day on.
pub(crate) fn brings(
    versions: &[Arc<ProcedureVersion>],
    (record, given): (&ExportRecord, Option<&LocalPart>),
    from: Day,
) -> Brings {
    let Some(held) = versions.iter().rfind(|version| version.valid_from <= from) else { return Brings::New };
    // A record alone keeps the local part that is there.
    let local = given.or(held.local.as_ref());
    let changes = difference::changes((&held.imported.record, held.local.as_ref()), (record, local));
    match changes.is_empty() && held.is_in_force(from) {
        true => Brings::Same,
        false => Brings::Next { since: held.valid_from, changes },
    }
}

fn holds(version: &ProcedureRow, day: Day) -> bool {
    let day = i64::from(day.0);
    version.valid_from <= day && version.valid_to.is_none_or(|last| day <= last)
}

/// The key of a reason, as tables keep it.
fn json_word(why: Why) -> Result<String> {
    let value = serde_json::to_value(why).map_err(|e| Error::Broken(e.to_string()))?;
    Ok(value.as_str().unwrap_or_default().to_owned())
}
