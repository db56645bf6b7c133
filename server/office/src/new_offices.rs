//! Offices that come to an installation in use: units that will begin, divisions that were forgotten. What stands is left
//! as it is; what ends, and who continues whom, is a reorganisation's. A file comes in here; one office that an administrator
//! types comes in by [`crate::office_entries`], under the same rule.

use crate::{
    Error, Office, Result, Who,
    audit::{self, Object},
};
use domain::unit::{Office as Place, OfficeKind, Offices};
use serde_json::json;
use store::{
    StoreError, Tx,
    offices::{self, OfficeRow, SuccessionRow},
};

/// Why offices were not added. For the operator at the command line.
#[derive(Debug, thiserror::Error)]
pub enum AddProblem {
    #[error("this database has no offices yet: `motcua migrate --offices FILE` lays down the first ones")]
    NoneYet,
    #[error("{key} is there already, with another \"{fact}\": what stands is not changed by a file")]
    OtherFacts { key: String, fact: &'static str },
    #[error("{0} needs its first day (\"valid_from\")")]
    NoFirstDay(String),
    #[error("the identifier of {key} is that of {other}, and it begins every code for ever")]
    OrganTaken { key: String, other: String },
    #[error("{0} has a one-stop shop already")]
    SecondOneStopShop(String),
    #[error("{from} is not continued by {to} here: who continues whom is a reorganisation's to say")]
    UnknownSuccession { from: String, to: String },
    #[error(transparent)]
    Office(#[from] Error),
}

impl From<StoreError> for AddProblem {
    fn from(error: StoreError) -> Self {
        Self::Office(error.into())
    }
}

/// The first day of an office that stood before the records begin.
const BEFORE_THE_RECORDS: i64 = 0;

/// The kinds of offices by the words that rows and forms keep them by.
const KINDS: [(OfficeKind, &str); 5] = [
    (OfficeKind::PeoplesCommittee, "peoples_committee"),
    (OfficeKind::OneStopShop, "one_stop_shop"),
    (OfficeKind::Secretariat, "secretariat"),
    (OfficeKind::Division, "division"),
    (OfficeKind::Police, "police"),
];

/// The word of a kind.
pub fn kind_word(kind: OfficeKind) -> &'static str {
    KINDS.iter().find(|(known, _)| *known == kind).map_or("", |(_, word)| word)
}

/// The kind of a word.
pub fn kind_of_word(word: &str) -> Option<OfficeKind> {
    KINDS.iter().find(|(_, known)| *known == word).map(|(kind, _)| *kind)
}

/// The row of an office of a file, under that id.
pub fn office_row(place: &Place, id: i64) -> OfficeRow {
    OfficeRow {
        id,
        key: place.key.clone(),
        name: place.name.clone(),
        kind: kind_word(place.kind).into(),
        unit_code: place.unit.clone(),
        organ_id: place.organ_id.to_string(),
        parent_key: place.parent.clone(),
        valid_from: place.valid_from.map_or(BEFORE_THE_RECORDS, |day| i64::from(day.0)),
        valid_to: place.valid_to.map(|day| i64::from(day.0)),
    }
}

impl Office {
    /// Adds the offices of a file whose keys are not there yet, with their days; those that are there must be in it as they
    /// are. All of them or none, each on the record. Answers what was added: the same file again adds nothing.
    ///
    /// **Permissions**: the operator at the terminal.
    pub async fn add_offices(&self, who: &Who, places: &Offices) -> Result<Vec<OfficeRow>, AddProblem> {
        self.may_operate(who)?;
        let mut tx = self.db().write().await?;
        let known = offices::list_offices(&mut tx).await?;
        let successions = offices::list_successions(&mut tx).await?;
        let added = to_add(&known, &successions, places)?;
        self.write_offices(&mut tx, who, &added, None).await?;
        // The same file again changes nothing that others would have to read.
        if !added.is_empty() {
            self.commit_books(tx).await?;
        }
        Ok(added)
    }

    /// Writes offices that were found good, each on the record of its own unit, or of the unit `at`.
    pub(crate) async fn write_offices(
        &self,
        tx: &mut Tx,
        who: &Who,
        rows: &[OfficeRow],
        at: Option<i64>,
    ) -> Result<()> {
        for row in rows {
            match offices::insert_office(tx, row).await {
                // Another one came first: whoever looks again sees it.
                Err(StoreError::Duplicate(_)) => return Err(Error::Stale),
                done => done?,
            }
            let object = Object { kind: "office", id: row.key.clone(), office: at.or(Some(row.id)) };
            let days = json!({ "from": row.valid_from, "to": row.valid_to });
            let detail = json!({ "name": row.name, "organ_id": row.organ_id, "above": row.parent_key, "days": days });
            audit::record(self, tx, who, "add_office", &object, detail).await?;
        }
        Ok(())
    }
}

/// The rows that the file adds to what is known, in its order. The form of an administrator asks here too.
pub(crate) fn to_add(
    known: &[OfficeRow],
    successions: &[SuccessionRow],
    places: &Offices,
) -> Result<Vec<OfficeRow>, AddProblem> {
    let Some(last) = known.iter().map(|row| row.id).max() else { return Err(AddProblem::NoneYet) };
    for one in places.successions() {
        let is_it = |row: &SuccessionRow| {
            row.from_key == one.from && row.to_key == one.to && row.on_day == i64::from(one.day.0)
        };
        if !successions.iter().any(is_it) {
            return Err(AddProblem::UnknownSuccession { from: one.from.clone(), to: one.to.clone() });
        }
    }
    let mut added = Vec::new();
    for place in places.all() {
        if let Some(row) = known.iter().find(|row| row.key == place.key) {
            if let Some(fact) = other_fact(row, place) {
                return Err(AddProblem::OtherFacts { key: place.key.clone(), fact });
            }
            continue;
        }
        if place.valid_from.is_none() {
            return Err(AddProblem::NoFirstDay(place.key.clone()));
        }
        let row = office_row(place, last + 1 + added.len() as i64);
        let mut beside = known.iter().filter(|one| one.valid_to.is_none_or(|last| last >= row.valid_from));
        if let Some(other) = beside.clone().find(|one| one.organ_id == row.organ_id) {
            return Err(AddProblem::OrganTaken { key: row.key, other: other.key.clone() });
        }
        let shop = |one: &OfficeRow| one.kind == row.kind && one.parent_key == row.parent_key;
        if place.kind == OfficeKind::OneStopShop && beside.any(shop) {
            return Err(AddProblem::SecondOneStopShop(row.parent_key.unwrap_or(row.key)));
        }
        added.push(row);
    }
    Ok(added)
}

/// The first fact in which the file differs from what stands, by its name in the file.
fn other_fact(row: &OfficeRow, place: &Place) -> Option<&'static str> {
    let read = office_row(place, row.id);
    let facts = [
        ("name", read.name == row.name),
        ("kind", read.kind == row.kind),
        ("unit", read.unit_code == row.unit_code),
        ("organ_id", read.organ_id == row.organ_id),
        ("parent", read.parent_key == row.parent_key),
        ("valid_from", read.valid_from == row.valid_from),
        ("valid_to", read.valid_to == row.valid_to),
    ];
    facts.into_iter().find(|(_, same)| !same).map(|(fact, _)| fact)
}
