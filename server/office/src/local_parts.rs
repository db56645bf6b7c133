//! What units add to procedures beside the versions that all of them share: compared with what holds, then published from a
//! day on. A version is never changed; a draft and a dossier name the one that they were begun and received under.
//!
//! The rows are in memory with the offices: neither a page nor a term asks a query.
// long because what is typed is read, compared and published by the same rules.

use crate::{
    Error, Office, Result, Who,
    audit::{self, Object},
    catalogue::{ProcedureVersion, Search},
    error::Problem,
    places::Places,
    rights::Task,
};
use domain::{
    dossier::Channel as Came,
    money::Dong,
    procedure::{
        local::{LocalFee, LocalPart},
        unit_part::{FEES_MOST, OwnFee, OwnTerm, UnitPart, UnitPartField, UnitPartProblem, open_fees, shortened_from},
    },
    text,
    time::Day,
    working_time::{Term, TermUnit},
};
use serde_json::{Value, json};
use std::sync::Arc;
use store::{
    dossiers::DossierRow,
    drafts::DraftRow,
    local_parts::{self, LocalPartRow},
    offices,
};
use uuid::Uuid;

pub use crate::unit_parts::UnitPartVersion;

/// What an administrator typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedPart {
    pub online: bool,
    pub contact: String,
    pub notes: String,
    /// Days or hours, as the general term is counted; blank for the term as it is laid down.
    pub amount: String,
    /// Of the fees that are laid down without an amount.
    pub fees: Vec<TypedFee>,
}

/// What was typed of a fee.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedFee {
    /// Its name in the common part.
    pub name: String,
    /// As people write money; blank where the unit gives it none.
    pub amount: String,
    /// The resolution that sets it.
    pub source: String,
}

/// What a refused form calls the amount and the basis of each fee without an amount, in their order.
pub const FEE_FIELDS: [[&str; 2]; FEES_MOST] =
    [["fee-0", "source-0"], ["fee-1", "source-1"], ["fee-2", "source-2"], ["fee-3", "source-3"]];

/// A procedure in the list.
pub struct ProcedureLine {
    pub code: String,
    pub name: String,
    /// Names of one's units that say something of their own today.
    pub own: Vec<String>,
    /// Whether one of them says something else from a later day on.
    pub to_come: bool,
}

/// A page of the list, by code.
pub struct ProcedureLines {
    pub lines: Vec<ProcedureLine>,
    /// The code after which the next page begins.
    pub next: Option<String>,
}

/// What narrows the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LineFilter {
    pub words: String,
    /// Only those of which a unit says or will say something of its own.
    pub own: bool,
}

/// What one unit says of a procedure.
pub struct UnitSays {
    pub unit: i64,
    pub name: String,
    /// What holds today.
    pub held: UnitPart,
    /// Every version, the latest first.
    pub versions: Vec<UnitPartVersion>,
}

/// A procedure with what one's units say of it.
pub struct UnitsSay {
    pub procedure: Arc<ProcedureVersion>,
    /// The last version of the shared rules with the one before it, where there are two; the last may be one to come.
    pub last_two: Option<(Arc<ProcedureVersion>, Arc<ProcedureVersion>)>,
    pub units: Vec<UnitSays>,
}

/// What publishing would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    pub part: UnitPart,
    pub first: Day,
    /// What holds on that day so far, and its id; none where the unit has said nothing.
    pub held: UnitPart,
    pub held_id: Option<Uuid>,
    pub changed: Vec<UnitPartField>,
}

/// Lines of a page of the list.
const PAGE: usize = 50;

impl Places {
    /// What the unit of that office says of a procedure on that day; none where it has said nothing.
    pub fn unit_part_on(&self, code: &str, office: i64, day: Day) -> Option<&UnitPartVersion> {
        let unit = self.authority_of(office)?;
        // Sorted by the day they hold from, and then by their number.
        self.unit_parts.iter().rfind(|one| one.unit == unit && one.code == code && one.valid_from <= day)
    }

    pub(crate) fn unit_part(&self, id: Uuid) -> Option<&UnitPartVersion> {
        self.unit_parts.iter().find(|one| one.id == id)
    }
}

impl Office {
    /// What the unit of that office says of a procedure today.
    pub fn unit_part(&self, code: &str, office: i64) -> UnitPart {
        let books = self.books();
        let held = books.places.unit_part_on(code, office, self.now().day());
        held.map(|one| one.part.clone()).unwrap_or_default()
    }

    /// The id of that version, for what begins or is received now.
    pub(crate) fn unit_part_id(&self, code: &str, office: i64) -> Option<Uuid> {
        self.books().places.unit_part_on(code, office, self.now().day()).map(|one| one.id)
    }

    /// What the unit of a draft says otherwise today than when the draft was begun. Nothing while this process does not know
    /// what it said then.
    pub fn changed_since_begun(&self, draft: &DraftRow) -> Vec<UnitPartField> {
        let books = self.books();
        let begun = match draft.local_part {
            None => Some(UnitPart::default()),
            Some(id) => books.places.unit_part(id).map(|known| known.part.clone()),
        };
        // A draft may outlive the office it was begun for.
        let (from, today) = (books.places.by_id(draft.office_id), self.now().day());
        let office =
            from.and_then(|from| books.places.continuing(&from.key, today)).map_or(draft.office_id, |to| to.id);
        let now = self.unit_part(&draft.procedure_code, office);
        begun.map(|begun| now.changed_from(&begun)).unwrap_or_default()
    }

    /// The term of a dossier: of its case, on its channel, under what the unit said when it was received. A record alone has
    /// none: what it says is shown, and no promise is made of it.
    pub(crate) fn term_of_dossier(&self, procedure: &ProcedureVersion, row: &DossierRow) -> Result<Option<Term>> {
        self.term_of_case(procedure, row, row.state.case.as_deref())
    }

    /// The same in another case.
    pub(crate) fn term_of_case(
        &self,
        procedure: &ProcedureVersion,
        row: &DossierRow,
        case: Option<&str>,
    ) -> Result<Option<Term>> {
        let books = self.books();
        let part = match row.local_part {
            None => UnitPart::default(),
            Some(id) => {
                let known = books.places.unit_part(id);
                known.ok_or_else(|| Error::Broken("a dossier without its local part".into()))?.part.clone()
            }
        };
        Ok(procedure.term_in(&part, case, row.state.channel))
    }

    /// The term that a unit promises today for what comes that way.
    pub fn term_in_unit(&self, procedure: &ProcedureVersion, office: i64, came: Came) -> Option<Term> {
        procedure.term_in(&self.unit_part(&procedure.code, office), None, came)
    }

    /// The units that say something of their own of a procedure today: each with its id, its name, and what it says.
    pub fn units_that_say(&self, code: &str) -> Vec<(i64, String, UnitPart)> {
        let (books, today) = (self.books(), self.now().day());
        let said = books.places.authorities_on(today).into_iter().filter_map(|unit| {
            let part = &books.places.unit_part_on(code, unit.id, today)?.part;
            part.says_something().then(|| (unit.id, unit.name.clone(), part.clone()))
        });
        said.collect()
    }

    /// The procedures in force, by code, with which of one's units say something of their own.
    ///
    /// **Permissions**: [`Task::ManageProcedures`]; the units where it is held.
    pub fn procedure_lines(&self, who: &Who, filter: &LineFilter, after: Option<&str>) -> Result<ProcedureLines> {
        let units = self.units_to(who, Task::ManageProcedures)?;
        let (books, today) = (self.books(), self.now().day());
        let words = filter.words.trim();
        let found: Vec<Arc<ProcedureVersion>> = match words.is_empty() {
            true => books.catalogue.all(today).cloned().collect(),
            false => books.catalogue.search(&Search { words: words.into(), ..Search::default() }, today),
        };
        let line = |procedure: &Arc<ProcedureVersion>| {
            let says = |unit: &&i64| {
                let held = books.places.unit_part_on(&procedure.code, **unit, today);
                held.is_some_and(|one| one.part.says_something())
            };
            let own = units.iter().filter(says).filter_map(|unit| Some(books.places.by_id(*unit)?.name.clone()));
            let own: Vec<String> = own.collect();
            let to_come = books
                .places
                .unit_parts
                .iter()
                .any(|one| one.code == procedure.code && units.contains(&one.unit) && one.valid_from > today);
            ProcedureLine { code: procedure.code.clone(), name: procedure.name.clone(), own, to_come }
        };
        let mut lines: Vec<ProcedureLine> = found.iter().map(line).collect();
        lines.retain(|line| !filter.own || line.to_come || !line.own.is_empty());
        lines.sort_by(|one, other| one.code.cmp(&other.code));
        lines.retain(|line| after.is_none_or(|after| line.code.as_str() > after));
        let more = lines.len() > PAGE;
        lines.truncate(PAGE);
        let next = lines.last().filter(|_| more).map(|line| line.code.clone());
        Ok(ProcedureLines { lines, next })
    }

    /// A procedure with what one's units say of it, and said before.
    ///
    /// **Permissions**: [`Task::ManageProcedures`]; the units where it is held.
    pub fn units_say(&self, who: &Who, code: &str) -> Result<UnitsSay> {
        let units = self.units_to(who, Task::ManageProcedures)?;
        let (books, today) = (self.books(), self.now().day());
        let procedure = books.catalogue.in_force(code, today).ok_or(Error::NotFound)?;
        let of_unit = |unit: i64| {
            let versions = books.places.unit_parts.iter().rev().filter(|one| one.unit == unit && one.code == code);
            Some(UnitSays {
                unit,
                name: books.places.by_id(unit)?.name.clone(),
                held: self.unit_part(code, unit),
                versions: versions.cloned().collect(),
            })
        };
        let mut versions = books.catalogue.versions_of(code);
        let last = versions.pop();
        let last_two = versions.pop().zip(last);
        Ok(UnitsSay { units: units.into_iter().filter_map(of_unit).collect(), last_two, procedure })
    }

    /// What publishing that from that day on would change.
    ///
    /// **Permissions**: [`Task::ManageProcedures`] in the unit.
    pub fn compare_local_part(
        &self,
        who: &Who,
        (unit, code): (i64, &str),
        typed: &TypedPart,
        first: Day,
    ) -> Result<Comparison> {
        self.may(who, Task::ManageProcedures, unit)?;
        let part = self.read_part(code, typed, first)?;
        let books = self.books();
        Ok(compared(part, first, books.places.unit_part_on(code, unit, first)))
    }

    /// Publishes what a unit says of a procedure, from a day on, in place of the version that was seen beside it.
    ///
    /// **Permissions**: [`Task::ManageProcedures`] in the unit.
    ///
    /// # Errors
    /// [`Error::Stale`] when another version was published in the meantime.
    pub async fn publish_local_part(
        &self,
        who: &Who,
        (unit, code): (i64, &str),
        typed: &TypedPart,
        first: Day,
        seen: Option<Uuid>,
        command: Uuid,
    ) -> Result<()> {
        self.may(who, Task::ManageProcedures, unit)?;
        let (now, books) = (self.now(), self.books());
        let place = books.places.open_authority(unit, now.day()).ok_or(Error::NotFound)?;
        let part = self.read_part(code, typed, first)?;
        let mut tx = self.db().write().await?;
        // Two who publish at once come one after the other.
        offices::hold_office(&mut tx, unit).await?;
        if self.answered_before::<()>(&mut tx, who, command).await?.is_some() {
            return Ok(());
        }
        let known = local_parts::local_parts_of(&mut tx, unit, code).await?;
        let number = known.len() as i64 + 1;
        let held = known.into_iter().map(UnitPartVersion::of).rfind(|one| one.valid_from <= first);
        let change = compared(part, first, held.as_ref());
        if change.held_id != seen {
            // Another process may have published it: whoever looks again sees it.
            self.read_books(&mut tx).await?;
            return Err(Error::Stale);
        }
        if change.changed.is_empty() {
            return Err(Problem::SameAsHeld.into());
        }
        let part = change.part;
        let term_unit = part.term.map(|own| unit_key(own.unit)).transpose()?;
        let row = LocalPartRow {
            office_id: unit,
            id: self.new_id(),
            code: code.into(),
            number,
            valid_from: i64::from(first.0),
            online: part.online,
            contact: part.contact,
            notes: part.notes,
            term_unit,
            term_amount: part.term.map(|own| i64::from(own.amount)),
            fees: part.fees,
            staff_name: who.staff().map_or_else(String::new, |staff| staff.name.clone()),
            created_at: now.0,
        };
        local_parts::insert_local_part(&mut tx, &row).await?;
        let object = Object { kind: "office", id: place.key.clone(), office: Some(unit) };
        let detail = json!({
            "procedure": code, "number": row.number, "before": seen, "first": first, "online": row.online,
            "contact": row.contact, "notes": row.notes, "term": [row.term_unit, row.term_amount],
            "fees": row.fees,
        });
        audit::record(self, &mut tx, who, "publish_local_part", &object, detail).await?;
        self.keep_once(&mut tx, who, command, "publish_local_part", &()).await?;
        self.commit_books(tx).await
    }

    /// What was typed, checked against the procedure that is in force on the day it shall hold from.
    fn read_part(&self, code: &str, typed: &TypedPart, first: Day) -> Result<UnitPart> {
        if first < self.now().day() {
            return Err(Problem::PeriodInvalid("first").into());
        }
        let procedure = self.books().catalogue.in_force(code, first).ok_or(Error::NotFound)?;
        let legal = procedure.local.as_ref().map(|local| &local.term);
        let term = match typed.amount.trim() {
            "" => None,
            amount => {
                let unit = legal.map_or(TermUnit::WorkingDays, |legal| legal.unit);
                // What is no number is no term that could be shorter.
                Some(OwnTerm { unit, amount: amount.parse().unwrap_or(0) })
            }
        };
        let (contact, notes) = (text::clean(&typed.contact), text::clean(&typed.notes));
        let fees = read_fees(procedure.local.as_ref(), &typed.fees)?;
        let part = UnitPart { online: typed.online, contact, notes, term, fees };
        part.check(legal).and_then(|()| part.check_fees(procedure.local.as_ref())).map_err(refused)?;
        Ok(part)
    }
}

/// The amounts that were typed, in the order of the fees; a fee whose boxes are both blank has none of the unit's.
fn read_fees(local: Option<&LocalPart>, typed: &[TypedFee]) -> Result<Vec<OwnFee>> {
    let open: Vec<&LocalFee> = local.map(|local| open_fees(local).collect()).unwrap_or_default();
    let said = |one: &&TypedFee| !(one.amount.trim().is_empty() && one.source.trim().is_empty());
    // The procedure has changed since its form was drawn: nothing that was typed is passed over.
    if typed.iter().filter(said).any(|one| !open.iter().any(|fee| fee.name == one.name)) {
        return Err(Error::Stale);
    }
    let mut fees = Vec::new();
    for (fee, [amount_field, _]) in open.into_iter().zip(FEE_FIELDS) {
        let Some(one) = typed.iter().filter(said).find(|one| one.name == fee.name) else { continue };
        let amount = Dong::parse(&one.amount).ok_or(Problem::FeeInvalid(amount_field))?;
        fees.push(OwnFee { name: fee.name.clone(), amount, source: text::clean(&one.source) });
    }
    Ok(fees)
}

/// Why a part was not read, at its field.
fn refused(problem: UnitPartProblem) -> Error {
    let field = |fee: usize, box_of_it: usize| FEE_FIELDS.get(fee).map_or("fee-0", |fields| fields[box_of_it]);
    match problem {
        UnitPartProblem::ContactTooLong => Problem::TooLong("contact").into(),
        UnitPartProblem::NotesTooLong => Problem::TooLong("notes").into(),
        UnitPartProblem::NothingToShorten => Problem::NothingToShorten.into(),
        UnitPartProblem::NotShorter { legal } => Problem::TermNotShorter { legal }.into(),
        UnitPartProblem::NoSuchFee => Error::Stale,
        UnitPartProblem::AmountOutOfBounds { fee } => Problem::FeeInvalid(field(fee, 0)).into(),
        UnitPartProblem::NoSource { fee } => Problem::Missing(field(fee, 1)).into(),
        UnitPartProblem::SourceTooLong { fee } => Problem::TooLong(field(fee, 1)).into(),
    }
}

impl ProcedureVersion {
    /// The fees that are laid down without an amount, so that a unit may give them one.
    pub fn open_fees(&self) -> Vec<&LocalFee> {
        self.local.as_ref().map(|local| open_fees(local).collect()).unwrap_or_default()
    }

    /// The general term, where a unit may promise a shorter one.
    pub fn may_be_shortened(&self) -> Option<Term> {
        self.local.as_ref().and_then(|local| shortened_from(&local.term))
    }
}

fn compared(part: UnitPart, first: Day, held: Option<&UnitPartVersion>) -> Comparison {
    let (held_id, held) = (held.map(|one| one.id), held.map(|one| one.part.clone()).unwrap_or_default());
    let changed = part.changed_from(&held);
    Comparison { part, first, held, held_id, changed }
}

/// The stable key of what a term is counted in.
fn unit_key(unit: TermUnit) -> Result<String> {
    match serde_json::to_value(unit) {
        Ok(Value::String(key)) => Ok(key),
        other => Err(Error::Broken(format!("a unit of time without a key: {other:?}"))),
    }
}
