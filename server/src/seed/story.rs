//! What `stories.json` holds: one dossier a story, the courses they take, and the words people wrote.

use anyhow::{Context, Result};
use domain::{dossier::SupplementItem, person::Sex, time::Day};
use office::Office;
use serde::Deserialize;
use std::collections::BTreeMap;
use store::dossiers::{self, DossierRow};
use uuid::Uuid;

/// The data file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Book {
    /// Courses that dossiers take, by name: acts with the time that passes before each.
    pub plots: BTreeMap<String, Vec<String>>,
    pub words: Words,
    pub stories: Vec<Story>,
}

/// What people wrote; stories take them in turn.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    pub ask: Vec<Missing>,
    pub ask_reason: String,
    pub refuse: Vec<String>,
    pub redate: Vec<String>,
    pub stop: Vec<String>,
    pub deny: Vec<String>,
    #[serde(rename = "return")]
    pub rework: Vec<String>,
    pub correct: Vec<String>,
    pub correct_delivered: Vec<String>,
    pub withdraw: Vec<String>,
    pub decline: Vec<String>,
    pub suspend: Vec<String>,
    /// What another unit is asked.
    pub opinion: Vec<String>,
    pub duty: Vec<String>,
    pub note: Vec<String>,
    pub rating: Vec<String>,
}

/// Something that a request for supplement asks for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Missing {
    path: String,
    what: String,
    why: String,
}

impl Missing {
    /// As the request has it.
    pub fn item(&self) -> SupplementItem {
        SupplementItem { path_or_paper: self.path.clone(), what: self.what.clone(), why: self.why.clone() }
    }
}

/// One dossier.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Story {
    /// Local time of filing.
    pub at: String,
    /// Key of the authority it was filed with.
    pub office: String,
    pub resident: String,
    /// Key of the resident it is about as much, such as who marries them.
    #[serde(default)]
    pub with: Option<String>,
    pub procedure: String,
    pub online: bool,
    pub plot: String,
    pub matter: String,
    /// Key of the procedure's case, when it is none of the general ones.
    #[serde(default)]
    pub case: Option<String>,
    #[serde(default)]
    pub child: Option<Child>,
    #[serde(default)]
    pub deceased: Option<Deceased>,
    /// Whom the resident is going to marry abroad.
    #[serde(default)]
    pub partner: Option<Partner>,
    /// The year in which the resident was given such a paper before.
    #[serde(default)]
    pub earlier: Option<i32>,
    #[serde(skip)]
    pub(super) number: usize,
}

/// A newborn child.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Child {
    pub name: String,
    pub sex: Sex,
    pub birth: Day,
}

/// Somebody of the family who died.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deceased {
    pub name: String,
    pub sex: Sex,
    pub birth: Day,
    pub citizen_id: String,
    pub death: Day,
    pub cause: String,
    /// The hospital and where it stands; `None` at home.
    #[serde(default)]
    pub hospital: Option<Hospital>,
}

/// A hospital.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hospital {
    pub name: String,
    pub commune: String,
    pub province: String,
}

/// Somebody of another country.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Partner {
    pub name: String,
    pub birth: Day,
    pub country: String,
    pub passport: String,
    /// The authority that is to register the marriage.
    pub authority: String,
}

impl Story {
    /// Its place in the book, from 1.
    pub const fn number(&self) -> usize {
        self.number
    }

    /// Whose turn it is where several could do its work. The first stories are told by those who are first in the file.
    pub const fn turn(&self) -> usize {
        self.number.saturating_sub(TOLD_BY_THE_FIRST)
    }

    /// The words of this story, of those that stories take in turn.
    pub fn pick<'a, T>(&self, from: &'a [T]) -> Result<&'a T> {
        from.get(self.number % from.len().max(1)).context("no words in stories.json")
    }
}

/// Stories whose work is done by the first of each role: those that tests and guides tell of.
const TOLD_BY_THE_FIRST: usize = 119;

/// Reads a dossier as it is now.
pub async fn read(office: &Office, id: Uuid) -> Result<DossierRow> {
    let mut tx = office.db().read().await?;
    dossiers::dossier_by_id(&mut tx, id).await?.context("a dossier that was not kept")
}
