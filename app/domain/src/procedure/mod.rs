//! Procedures as data: the national record as it came, what an importer could make of it, and the local part.
//!
//! The record of the national catalogue ([`export::ExportRecord`]) is kept word for word and written out again
//! unchanged. [`import::import`] reads from it what can be read without guessing; the rest is listed as
//! [`unstructured::Unstructured`] for a person to look at. What the commune itself decides or states — where dossiers are
//! filed, the term with its source, the steps, the form — is the [`local::LocalPart`], which has dates of validity.
//! What one unit of several says beside it is its [`unit_part::UnitPart`].

pub mod away;
pub mod difference;
pub mod export;
pub mod fee;
pub mod import;
pub mod local;
pub mod paper;
pub mod search;
pub mod term;
pub mod unit_part;
pub mod unstructured;

use crate::time::Day;
use export::ExportRecord;
use import::Imported;
use local::{FilingPlace, LocalPart, LocalProblem, OnlineLevel};
use serde::{Deserialize, Serialize};
use std::fmt;
use term::Channel;

/// A procedure as residents and staff meet it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Procedure {
    pub imported: Imported,
    pub local: LocalPart,
}

/// A procedure in a file: the national record and our own part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProcedureFile {
    pub record: ExportRecord,
    pub local: LocalPart,
}

/// Why a procedure's file cannot be used. For those who write the catalogue, not for residents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProcedureError {
    /// Not JSON of this shape; the parser's own words.
    NotAProcedure(String),
    /// The record's code is none of the national catalogue's, such as `1.001193`.
    NotACode(String),
    /// The record of that code has no name.
    NoName(String),
    /// The record's code and the local part's differ.
    CodesDiffer {
        record: String,
        local: String,
    },
    Local(LocalProblem),
}

impl fmt::Display for ProcedureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAProcedure(why) => write!(f, "not a procedure: {why}"),
            Self::NotACode(code) => write!(f, "\"{code}\" is no code of a procedure, such as 1.001193"),
            Self::NoName(code) => write!(f, "{code} has no name"),
            Self::CodesDiffer { record, local } => write!(f, "record {record} beside a local part of {local}"),
            Self::Local(problem) => write!(f, "local part: {problem:?}"),
        }
    }
}
impl std::error::Error for ProcedureError {}

impl ProcedureFile {
    /// Whether both parts can be used, and are of one procedure.
    pub fn check(&self) -> Result<(), ProcedureError> {
        self.record.check()?;
        if self.record.code() != self.local.code {
            let (record, local) = (self.record.code().to_owned(), self.local.code.clone());
            return Err(ProcedureError::CodesDiffer { record, local });
        }
        self.local.check().map_err(ProcedureError::Local)
    }
}

impl Procedure {
    /// Reads a procedure's file and checks its local part.
    pub fn from_json(text: &str) -> Result<Self, ProcedureError> {
        let file: ProcedureFile =
            serde_json::from_str(text).map_err(|why| ProcedureError::NotAProcedure(why.to_string()))?;
        file.check()?;
        Ok(Self { imported: import::import(&file.record), local: file.local })
    }

    /// The national code, such as `1.001193`.
    pub fn code(&self) -> &str {
        &self.local.code
    }

    /// The name as the national catalogue has it, spaces collapsed.
    pub fn name(&self) -> &str {
        &self.imported.name
    }

    /// Whether a resident may fill in and file this procedure here, online, on that day: the record lists the
    /// online channel, dossiers are filed here, and the level is more than information.
    pub fn can_apply_online(&self, day: Day) -> bool {
        self.imported.channels.contains(&Channel::Online)
            && self.local.is_valid_on(day)
            && self.local.is_filed_at(FilingPlace::Here, day)
            && self.local.level != OnlineLevel::InformationOnly
    }

    /// The text a catalogue search looks through: folded name, code, keywords and field.
    pub fn search_text(&self) -> String {
        search::search_text(&self.imported.record, &self.local)
    }
}

#[cfg(test)]
mod tests;
