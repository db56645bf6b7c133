//! An office that an administrator enters on a form: what was typed is read by the rules that a file of offices is read by
//! ([`crate::new_offices`]), looked at, and then added.
//!
//! A division stands in the administrator's own unit. A People's Committee that will begin stands beside it, with its
//! one-stop shop: nobody works there until the operator says who administers it.

use crate::{
    Error, Office, Result, Who,
    error::Problem,
    new_offices::{AddProblem, kind_of_word, to_add},
    rights::Task,
};
use domain::{
    organ::OrganId,
    person::Phone,
    reorganisation::AHEAD_DAYS,
    text,
    time::Day,
    unit::{Office as Place, OfficeKind, Offices, OfficesProblem},
};
use store::offices::{self, ContactRow, OfficeRow};
use uuid::Uuid;

/// What an administrator typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedOffice {
    /// The own unit that it is a part of, or stands beside: the id of its authority.
    pub unit: i64,
    /// The word of its kind.
    pub kind: String,
    /// Its stable key: small Latin letters, digits and hyphens.
    pub key: String,
    pub name: String,
    /// Its electronic identifier, which begins the codes of what it receives.
    pub organ: String,
    /// Of a People's Committee: the code of its administrative unit.
    pub unit_code: String,
    /// Of a People's Committee: the name of its one-stop shop.
    pub shop_name: String,
    /// Of a People's Committee: the identifier of its one-stop shop.
    pub shop_organ: String,
    /// Where it is found; of a People's Committee, where its one-stop shop is. May be blank.
    pub address: String,
    /// Where it is called; may be blank.
    pub phone: String,
}

/// What would be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeEntry {
    /// The office; a People's Committee with its one-stop shop after it.
    pub rows: Vec<OfficeRow>,
    /// Where the last of them is found and called.
    pub contact: ContactRow,
}

/// Why what was typed is no office that could be added. `field` is that of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryProblem {
    /// No key: small Latin letters, digits and hyphens.
    KeyInvalid,
    /// An office has that key, and it is its for ever.
    KeyTaken,
    /// No identifier as Quyết định 20/2020/QĐ-TTg writes it.
    OrganInvalid { field: &'static str },
    /// An office that stands then has that identifier.
    OrganTaken { field: &'static str, name: String },
    /// No code of an administrative unit: five digits.
    UnitCodeInvalid,
    /// A People's Committee has exactly one one-stop shop.
    OneStopShops,
    /// It would begin further ahead than anything is planned.
    TooFarAhead,
}

impl From<EntryProblem> for Error {
    fn from(problem: EntryProblem) -> Self {
        Problem::OfficeEntry(problem).into()
    }
}

/// The kinds that an administrator may enter. The police stand under no People's Committee: theirs is the operator's.
pub const ENTERED_KINDS: [OfficeKind; 4] =
    [OfficeKind::Division, OfficeKind::Secretariat, OfficeKind::OneStopShop, OfficeKind::PeoplesCommittee];

/// What the key of a one-stop shop has after that of its committee.
const SHOP_KEY_END: &str = "-mot-cua";
/// Longest key, in letters.
const KEY_MOST: usize = 60;
/// Longest name, in characters.
const NAME_MOST: usize = 200;
/// Longest address, in characters.
const ADDRESS_MOST: usize = 200;
/// Digits of the code of an administrative unit of a commune.
const UNIT_CODE_DIGITS: usize = 5;

impl Office {
    /// The own units that an office may be a part of, or stand beside.
    ///
    /// **Permissions**: [`Task::ManageUnits`]; the units where it is held.
    pub fn units_to_add_to(&self, who: &Who) -> Result<Vec<OfficeRow>> {
        let (units, books, today) = (self.units_to(who, Task::ManageUnits)?, self.books(), self.now().day());
        let standing = units.into_iter().filter_map(|unit| books.places.open_authority(unit, today).cloned());
        Ok(standing.collect())
    }

    /// What would be added. Nothing is written.
    ///
    /// **Permissions**: [`Task::ManageUnits`] in its unit; of a People's Committee, in the one that it stands beside.
    pub fn preview_office(&self, who: &Who, typed: &TypedOffice, first: Day) -> Result<OfficeEntry> {
        self.may(who, Task::ManageUnits, typed.unit)?;
        self.read_entry(typed, first, self.books().places.all())
    }

    /// Adds an office with where it is found and called, each on the record of the unit that adds it. Answers its key.
    ///
    /// **Permissions**: [`Task::ManageUnits`] in its unit; of a People's Committee, in the one that it stands beside.
    ///
    /// # Errors
    /// [`Error::Stale`] when another office was added at the same moment.
    pub async fn add_office(&self, who: &Who, typed: &TypedOffice, first: Day, command: Uuid) -> Result<String> {
        self.may(who, Task::ManageUnits, typed.unit)?;
        let mut tx = self.db().write().await?;
        offices::hold_office(&mut tx, typed.unit).await?;
        if let Some(key) = self.answered_before(&mut tx, who, command).await? {
            return Ok(key);
        }
        let known = offices::list_offices(&mut tx).await?;
        let OfficeEntry { rows, contact } = self.read_entry(typed, first, &known)?;
        let (Some(added), Some(found)) = (rows.first(), rows.last()) else {
            return Err(Error::Broken("an entry without an office".into()));
        };
        self.write_offices(&mut tx, who, &rows, Some(typed.unit)).await?;
        if !(contact.address.is_empty() && contact.phone.is_empty()) {
            let before = ContactRow { office_id: found.id, address: String::new(), phone: String::new() };
            self.keep_contact(&mut tx, who, found.key.clone(), (&before, &contact)).await?;
        }
        let key = added.key.clone();
        self.keep_once(&mut tx, who, command, "add_office", &key).await?;
        self.commit_books(tx).await?;
        Ok(key)
    }

    /// What was typed, held against the rule of the files of offices: against the offices of its unit as a file is read
    /// whole, and against all others as what a file adds.
    fn read_entry(&self, typed: &TypedOffice, first: Day, known: &[OfficeRow]) -> Result<OfficeEntry> {
        let (books, today) = (self.books(), self.now().day());
        let unit = books.places.open_authority(typed.unit, today).ok_or(Error::NotFound)?;
        let kind = kind_of_word(&typed.kind).filter(|kind| ENTERED_KINDS.contains(kind));
        let kind = kind.ok_or(Problem::Missing("kind"))?;
        let is_committee = kind == OfficeKind::PeoplesCommittee;
        let key = typed.key.trim().to_owned();
        match key.len() {
            0 => return Err(Problem::Missing("key").into()),
            length if length > KEY_MOST => return Err(Problem::TooLong("key").into()),
            _ => {}
        }
        let place = Place {
            name: read_words("name", &typed.name)?,
            organ_id: read_organ("organ", &typed.organ)?,
            unit: if is_committee { read_unit_code(&typed.unit_code)? } else { unit.unit_code.clone() },
            // One that begins stands where the one beside it does.
            parent: if is_committee { unit.parent_key.clone() } else { Some(unit.key.clone()) },
            valid_from: Some(read_first(first, today)?),
            valid_to: None,
            // Whoever enters it says so.
            configured: true,
            kind,
            key: key.clone(),
        };
        let mut new = vec![place.clone()];
        if is_committee {
            new.push(Place {
                key: format!("{key}{SHOP_KEY_END}"),
                name: read_words("shop_name", &typed.shop_name)?,
                organ_id: read_organ("shop_organ", &typed.shop_organ)?,
                kind: OfficeKind::OneStopShop,
                parent: Some(key),
                ..place
            });
        }
        let address = text::clean(&typed.address);
        if address.chars().count() > ADDRESS_MOST {
            return Err(Problem::TooLong("address").into());
        }
        let phone = match typed.phone.trim() {
            "" => String::new(),
            typed => Phone::parse(typed).map_err(|_| Problem::PhoneInvalid)?.as_str().to_owned(),
        };
        if new.iter().any(|one| known.iter().any(|row| row.key == one.key)) {
            return Err(EntryProblem::KeyTaken.into());
        }
        // What the rule of a whole file needs to see: its unit as it stands, or the one above a committee.
        let around = if is_committee { books.places.above(unit.id) } else { Some(unit.id) };
        let around = around.map(|unit| books.places.tree_of(unit)).unwrap_or_default();
        let around = around.into_iter().filter_map(|(_, row)| known.iter().find(|one| one.id == row.id));
        let mut all = around.map(place_of).collect::<Result<Vec<Place>>>()?;
        all.extend(new.iter().cloned());
        let name_of =
            |key: &str| known.iter().find(|row| row.key == key).map_or(key, |row| row.name.as_str()).to_owned();
        let field_of = |key: &str| {
            if new.last().is_some_and(|shop| is_committee && shop.key == key) { "shop_organ" } else { "organ" }
        };
        let file = Offices::checked(all, Vec::new()).map_err(|problem| -> Error {
            match problem {
                OfficesProblem::BadKey(_) => EntryProblem::KeyInvalid.into(),
                OfficesProblem::RepeatedKey(_) => EntryProblem::KeyTaken.into(),
                OfficesProblem::RepeatedOrgan(key) => {
                    // The one that stands there, or the other one of the form.
                    let organ = new.iter().find(|one| one.key == key).map(|one| one.organ_id.to_string());
                    let other = known.iter().find(|row| Some(&row.organ_id) == organ.as_ref());
                    let name = other.map_or_else(|| text::clean(&typed.name), |row| row.name.clone());
                    EntryProblem::OrganTaken { field: field_of(&key), name }.into()
                }
                OfficesProblem::OneStopShops(_) => EntryProblem::OneStopShops.into(),
                other => Error::Broken(format!("the offices of {} are no whole file: {other:?}", unit.key)),
            }
        })?;
        let rows = to_add(known, &[], &file).map_err(|problem| -> Error {
            match problem {
                AddProblem::OtherFacts { .. } => EntryProblem::KeyTaken.into(),
                AddProblem::OrganTaken { key, other } => {
                    EntryProblem::OrganTaken { field: field_of(&key), name: name_of(&other) }.into()
                }
                AddProblem::SecondOneStopShop(_) => EntryProblem::OneStopShops.into(),
                AddProblem::Office(error) => error,
                other => Error::Broken(other.to_string()),
            }
        })?;
        let office_id = rows.last().map(|row| row.id).ok_or(EntryProblem::KeyTaken)?;
        Ok(OfficeEntry { rows, contact: ContactRow { office_id, address, phone } })
    }
}

/// A known office as a file has it.
fn place_of(row: &OfficeRow) -> Result<Place> {
    let broken = || Error::Broken(format!("the office {} is none that a file could hold", row.key));
    Ok(Place {
        key: row.key.clone(),
        name: row.name.clone(),
        kind: kind_of_word(&row.kind).ok_or_else(broken)?,
        unit: row.unit_code.clone(),
        organ_id: OrganId::normalize(&row.organ_id).map_err(|_| broken())?,
        parent: row.parent_key.clone(),
        valid_from: Some(row.valid_from).filter(|day| *day > 0).map(|day| Day(day as i32)),
        valid_to: row.valid_to.map(|day| Day(day as i32)),
        configured: true,
    })
}

/// Words in one line that must be there.
fn read_words(field: &'static str, typed: &str) -> Result<String, Problem> {
    let words = text::clean(typed);
    match words.chars().count() {
        0 => Err(Problem::Missing(field)),
        count if count > NAME_MOST => Err(Problem::TooLong(field)),
        _ => Ok(words),
    }
}

fn read_organ(field: &'static str, typed: &str) -> Result<OrganId> {
    if typed.trim().is_empty() {
        return Err(Problem::Missing(field).into());
    }
    OrganId::normalize(typed).map_err(|_| EntryProblem::OrganInvalid { field }.into())
}

fn read_unit_code(typed: &str) -> Result<String> {
    let code = typed.trim();
    match code.len() {
        0 => Err(Problem::Missing("unit_code").into()),
        UNIT_CODE_DIGITS if code.bytes().all(|byte| byte.is_ascii_digit()) => Ok(code.to_owned()),
        _ => Err(EntryProblem::UnitCodeInvalid.into()),
    }
}

/// The first day: from today on, since what was received before has its office, and no further than a plan may lie.
fn read_first(first: Day, today: Day) -> Result<Day> {
    if first < today {
        return Err(Problem::PeriodInvalid("first").into());
    }
    if first > today.plus(AHEAD_DAYS) {
        return Err(EntryProblem::TooFarAhead.into());
    }
    Ok(first)
}
