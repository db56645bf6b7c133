//! Reorganisations: an administrator above the units prepares which close and which continue, looks at what that means,
//! and confirms; on its day the program carries it out.
//!
//! Until it is confirmed a plan changes nothing. Once it has begun, the units are closed and its rule says for good which
//! unit goes on with what they leave.

mod carrying_out;
mod preview;
mod sharing;

pub use preview::{
    HandoverPage, HandoverSheet, HeirLine, PersonLine, ReorganisationView, SHEET_LINES, ValueLine, sheets_of,
};
pub use store::reorganisations::{HandedRow, ReorganisationRow};

use crate::{
    Error, Office, Result, Who,
    audit::{self, Object},
    error::Problem,
    rights::Task,
};
use domain::{
    address::Address,
    reorganisation::{By, Facts, Line, Onward, Plan, PlanProblem, Rule, Standing},
    text,
    time::{Day, Instant},
    unit::Units,
};
use serde_json::json;
use store::{
    Tx,
    dossiers::DossierRow,
    offices::{self, OfficeRow},
    queues::OpenRow,
    reorganisations as rows,
    staff::NamedPositionRow,
};
use uuid::Uuid;

/// A reorganisation as it is begun on the form. Units by the ids of their authorities.
#[derive(Debug, Clone)]
pub struct NewReorganisation {
    /// First day of the new state.
    pub day: Day,
    /// The decision that orders it.
    pub basis: String,
    pub closes: Vec<i64>,
    pub heirs: Vec<i64>,
    pub by: By,
    /// Who gets what no line names; with one that continues, that one when nothing was chosen.
    pub default: Option<i64>,
}

/// Reorganisations of one page.
const PAGE: i64 = 50;

impl Office {
    /// The reorganisations that one may prepare or read, the newest first, and where the next page goes on.
    ///
    /// **Permissions**: [`Task::Reorganise`]; those whose units one stands above.
    pub async fn reorganisations(
        &self,
        who: &Who,
        before: Option<Uuid>,
    ) -> Result<(Vec<ReorganisationRow>, Option<Uuid>)> {
        self.units_to(who, Task::Reorganise)?;
        let mut tx = self.db().read().await?;
        let mut found = rows::list_reorganisations(&mut tx, before, PAGE + 1).await?;
        let more = found.len() as i64 > PAGE;
        found.truncate(PAGE as usize);
        let next = found.last().filter(|_| more).map(|row| row.id);
        found.retain(|row| self.may_read_reorganisation(who, row).is_ok());
        Ok((found, next))
    }

    /// The units that one may close or let continue: those that stand today or will.
    ///
    /// **Permissions**: [`Task::Reorganise`]; the units that one stands above.
    pub fn units_to_reorganise(&self, who: &Who) -> Result<Vec<OfficeRow>> {
        self.units_to(who, Task::Reorganise)?;
        let (books, today) = (self.books(), i64::from(self.now().day().0));
        let goes_on = |unit: &&OfficeRow| unit.valid_to.is_none_or(|last| last >= today);
        let units = books.places.authority_ids().into_iter().filter_map(|id| books.places.by_id(id));
        Ok(units.filter(goes_on).filter(|unit| self.stands_above(who, unit.id)).cloned().collect())
    }

    /// Writes down which units close and which continue. Nothing changes yet.
    ///
    /// **Permissions**: [`Task::Reorganise`] in every unit that closes or continues, or in one above it.
    pub async fn prepare_reorganisation(&self, who: &Who, new: NewReorganisation, command: Uuid) -> Result<Uuid> {
        self.units_to(who, Task::Reorganise)?;
        let plan = self.plan_of(&new)?;
        self.may_reorganise(who, &plan)?;
        self.check_plan(&plan)?;
        plan.check_day(self.now().day()).map_err(Problem::Plan)?;
        let first = *new.closes.first().ok_or(Problem::Plan(PlanProblem::NothingCloses))?;
        let mut tx = self.db().write().await?;
        offices::hold_office(&mut tx, first).await?;
        if let Some(id) = self.answered_before(&mut tx, who, command).await? {
            return Ok(id);
        }
        let row = ReorganisationRow {
            office_id: first,
            id: self.new_id(),
            on_day: i64::from(plan.day.0),
            plan,
            made_by: who.subject(),
            made_at: self.now().0,
            confirmed_by: None,
            confirmed_at: None,
            begun_at: None,
            open_at_begin: None,
            finished_at: None,
            dropped_at: None,
            version: 1,
        };
        rows::insert_reorganisation(&mut tx, &row).await?;
        audit::record(self, &mut tx, who, "prepare_reorganisation", &object_of(&row), json!({ "plan": row.plan }))
            .await?;
        self.keep_once(&mut tx, who, command, "prepare_reorganisation", &row.id).await?;
        tx.commit().await?;
        Ok(row.id)
    }

    /// Names which unit gets what has which value, and who works on where. What was named before for others stays.
    ///
    /// **Permissions**: as [`Office::prepare_reorganisation`], while it is not confirmed.
    pub async fn name_heirs(
        &self,
        who: &Who,
        (id, seen): (Uuid, i64),
        lines: Vec<(String, i64)>,
        people: Vec<(Uuid, Option<i64>)>,
        command: Uuid,
    ) -> Result<()> {
        let books = self.books();
        let key = |unit: i64| books.places.by_id(unit).map(|unit| unit.key.clone()).ok_or(Error::NotFound);
        let lines = lines.into_iter().map(|(what, to)| Ok(Line { what, to: key(to)? })).collect::<Result<Vec<_>>>()?;
        let mut onward = Vec::new();
        for (position, to) in &people {
            if let Some(to) = to {
                onward.push(Onward { position: position.to_string(), to: key(*to)? });
            }
        }
        let shown: Vec<String> = people.iter().map(|(position, _)| position.to_string()).collect();
        self.change_plan(who, (id, seen), "name_heirs", command, |row| {
            if row.confirmed_at.is_some() {
                return Err(Error::Stale);
            }
            row.plan.rule.name(lines);
            row.plan.onward.retain(|one| !shown.contains(&one.position));
            row.plan.onward.extend(onward);
            self.check_plan(&row.plan)
        })
        .await
    }

    /// Confirms it: the program carries it out on its day, or at once when that has come.
    ///
    /// **Permissions**: as [`Office::prepare_reorganisation`].
    pub async fn confirm_reorganisation(&self, who: &Who, id: Uuid, seen: i64, command: Uuid) -> Result<()> {
        let mut tx = self.db().read().await?;
        let row = rows::reorganisation_by_id(&mut tx, id).await?;
        // Of another version, or a repeat, the change itself says what there is to say.
        if let Some(row) = row.filter(|row| row.version == seen && self.may_reorganise(who, &row.plan).is_ok()) {
            let holders = self.holders_of(&mut tx, &row.plan).await?;
            row.plan.check_holders(&holders).map_err(Problem::Plan)?;
        }
        drop(tx);
        self.change_plan(who, (id, seen), "confirm_reorganisation", command, |row| {
            if row.confirmed_at.is_some() {
                return Err(Error::Stale);
            }
            self.check_plan(&row.plan)?;
            row.plan.check_day(self.now().day()).map_err(Problem::Plan)?;
            row.confirmed_by = Some(who.subject());
            row.confirmed_at = Some(self.now().0);
            Ok(())
        })
        .await
    }

    /// Takes the confirmation back, while it has not begun.
    ///
    /// **Permissions**: as [`Office::prepare_reorganisation`].
    pub async fn reopen_reorganisation(&self, who: &Who, id: Uuid, seen: i64, command: Uuid) -> Result<()> {
        self.change_plan(who, (id, seen), "reopen_reorganisation", command, |row| {
            if row.confirmed_at.is_none() || row.begun_at.is_some() {
                return Err(Error::Stale);
            }
            (row.confirmed_by, row.confirmed_at) = (None, None);
            Ok(())
        })
        .await
    }

    /// Sets a plan aside that is not confirmed. It stays on record.
    ///
    /// **Permissions**: as [`Office::prepare_reorganisation`].
    pub async fn drop_reorganisation(&self, who: &Who, id: Uuid, seen: i64, command: Uuid) -> Result<()> {
        self.change_plan(who, (id, seen), "drop_reorganisation", command, |row| {
            if row.confirmed_at.is_some() {
                return Err(Error::Stale);
            }
            row.dropped_at = Some(self.now().0);
            Ok(())
        })
        .await
    }

    /// One change of a plan: held, asked once, allowed, written on the version that was seen, on the record.
    async fn change_plan(
        &self,
        who: &Who,
        (id, seen): (Uuid, i64),
        act: &str,
        command: Uuid,
        change: impl FnOnce(&mut ReorganisationRow) -> Result<()> + Send,
    ) -> Result<()> {
        self.units_to(who, Task::Reorganise)?;
        let mut tx = self.db().write().await?;
        let mut row = self.hold_reorganisation(&mut tx, id).await?;
        self.may_reorganise(who, &row.plan)?;
        if self.answered_before::<()>(&mut tx, who, command).await?.is_some() {
            return Ok(());
        }
        if row.version != seen || row.dropped_at.is_some() {
            return Err(Error::Stale);
        }
        change(&mut row)?;
        rows::save_reorganisation(&mut tx, &row, seen).await?;
        audit::record(self, &mut tx, who, act, &object_of(&row), json!({ "plan": row.plan })).await?;
        self.keep_once(&mut tx, who, command, act, &()).await?;
        Ok(tx.commit().await?)
    }

    /// The row, held until the transaction ends.
    async fn hold_reorganisation(&self, tx: &mut Tx, id: Uuid) -> Result<ReorganisationRow> {
        let row = rows::reorganisation_by_id(tx, id).await?.ok_or(Error::NotFound)?;
        offices::hold_office(tx, row.office_id).await?;
        rows::reorganisation_by_id(tx, id).await?.ok_or(Error::NotFound)
    }

    fn plan_of(&self, new: &NewReorganisation) -> Result<Plan> {
        let books = self.books();
        let unit = |id: &i64| {
            let unit = books.places.by_id(*id).filter(|unit| books.places.authority_of(unit.id) == Some(unit.id));
            unit.ok_or(Problem::Plan(PlanProblem::UnknownUnit(id.to_string())))
        };
        let each = |ids: &[i64]| ids.iter().map(unit).collect::<Result<Vec<_>, _>>();
        let (closes, heirs) = (each(&new.closes)?, each(&new.heirs)?);
        let default = match (new.default, heirs.as_slice()) {
            (Some(id), _) => unit(&id)?.key.clone(),
            (None, [only]) => only.key.clone(),
            _ => String::new(),
        };
        let by_commune = |heir: &&&OfficeRow| new.by == By::Commune && heir.key != default;
        let lines = heirs
            .iter()
            .filter(by_commune)
            .map(|heir| Line { what: heir.unit_code.clone(), to: heir.key.clone() })
            .collect();
        let keys = |units: &[&OfficeRow]| units.iter().map(|unit| unit.key.clone()).collect();
        Ok(Plan {
            day: new.day,
            basis: text::clean(&new.basis),
            closes: keys(&closes),
            heirs: keys(&heirs),
            rule: Rule { by: new.by, default, lines },
            onward: Vec::new(),
        })
    }

    /// Checks a plan against the units as they stand, and against what has begun.
    fn check_plan(&self, plan: &Plan) -> Result<()> {
        let books = self.books();
        plan.check(&self.standings()).map_err(Problem::Plan)?;
        let twice = plan.closes.iter().find(|key| books.places.reorganisation_closing(key).is_some());
        match twice {
            Some(key) => Err(Problem::Plan(PlanProblem::NotThere(key.clone())).into()),
            None => Ok(()),
        }
    }

    /// Every unit with its days.
    fn standings(&self) -> Vec<Standing> {
        let books = self.books();
        let units = books.places.authority_ids().into_iter().filter_map(|id| books.places.by_id(id));
        let standing = |unit: &OfficeRow| Standing {
            key: unit.key.clone(),
            unit_code: unit.unit_code.clone(),
            from: Day(unit.valid_from as i32),
            to: unit.valid_to.map(|last| Day(last as i32)),
        };
        units.map(standing).collect()
    }

    /// Whether this person reorganises that unit: by a position in it, or in one above it.
    fn stands_above(&self, who: &Who, unit: i64) -> bool {
        let books = self.books();
        let mut at = Some(unit);
        // An edited table may hold a circle; no real one is so deep.
        for _ in 0..16 {
            let Some(id) = at else { return false };
            if self.may(who, Task::Reorganise, id).is_ok() {
                return true;
            }
            at = books.places.above(id);
        }
        false
    }

    /// Whether this person stands above every unit of the plan: nobody gives another unit work that it does not know of.
    fn may_reorganise(&self, who: &Who, plan: &Plan) -> Result<()> {
        let books = self.books();
        let units = plan.closes.iter().chain(&plan.heirs);
        let mut units = units.map(|key| books.places.by_key(key).map(|unit| unit.id));
        let above = units.all(|unit| unit.is_some_and(|unit| self.stands_above(who, unit)));
        if above { Ok(()) } else { Err(Error::Forbidden) }
    }

    /// The same for reading; what has begun is also read where it is continued, since nobody is above what has closed.
    fn may_read_reorganisation(&self, who: &Who, row: &ReorganisationRow) -> Result<()> {
        let books = self.books();
        let heirs = row.plan.heirs.iter().filter_map(|key| books.places.by_key(key));
        let begun = row.begun_at.is_some();
        if begun && heirs.into_iter().any(|heir| self.stands_above(who, heir.id)) {
            return Ok(());
        }
        self.may_reorganise(who, &row.plan)
    }

    /// What the rule of a plan looks at in a dossier.
    pub(crate) fn facts_of_rule<'a>(&self, dossier: impl Into<Looked<'a>>, plan: &Plan) -> Facts {
        let (books, units) = (self.books(), Units::shipped());
        let dossier: Looked<'a> = dossier.into();
        let address = Address::parse(units, dossier.address, plan.day).unwrap_or_default();
        let commune = address.unit_on(units, plan.day).map(|unit| unit.code.clone()).unwrap_or_default();
        // A hamlet of the same name elsewhere is another one.
        let ours = plan.closes.iter().chain(&plan.heirs).filter_map(|key| books.places.by_key(key));
        let is_ours = commune.is_empty() || ours.into_iter().any(|unit| unit.unit_code == commune);
        let procedure = books.catalogue.version(dossier.procedure_version);
        Facts {
            id: dossier.id.to_string(),
            commune,
            hamlet: if is_ours { address.hamlet } else { String::new() },
            field: procedure.map(|procedure| procedure.field().to_owned()).unwrap_or_default(),
            assignee: dossier.assignee.map(|id| id.to_string()).unwrap_or_default(),
        }
    }
}

/// What of a dossier decides where a rule leads it.
pub(crate) struct Looked<'a> {
    id: Uuid,
    /// The applicant's.
    address: &'a str,
    procedure_version: Uuid,
    assignee: Option<Uuid>,
}

impl<'a> From<&'a DossierRow> for Looked<'a> {
    fn from(row: &'a DossierRow) -> Self {
        let DossierRow { id, applicant_address: address, procedure_version, assignee, .. } = row;
        Self { id: *id, address, procedure_version: *procedure_version, assignee: *assignee }
    }
}

impl<'a> From<&'a OpenRow> for Looked<'a> {
    fn from(row: &'a OpenRow) -> Self {
        let OpenRow { id, applicant_address: address, procedure_version, assignee, .. } = row;
        Self { id: *id, address, procedure_version: *procedure_version, assignee: *assignee }
    }
}

/// What the record calls it.
fn object_of(row: &ReorganisationRow) -> Object {
    Object { kind: "reorganisation", id: row.id.to_string(), office: Some(row.office_id) }
}

/// Whether nobody opens the login of that position any more when it would begin in a unit that continues.
fn is_shut(one: &NamedPositionRow, plan: &Plan, now: Instant) -> bool {
    let first = Day(one.position.valid_from as i32).max(plan.day).start();
    one.disabled_at.is_some_and(|at| Instant(at) <= first.max(now))
}
