//! What a reorganisation means, before it is confirmed; and the lists that both sides sign.

use super::{
    ReorganisationRow, is_shut, object_of,
    sharing::{count_as, count_value},
};
use crate::{Error, Office, Result, Who, error::Problem, rights::Task};
use domain::reorganisation::{By, Plan, PlanProblem};
use serde_json::json;
use std::collections::{BTreeMap, HashMap};
use store::{
    Tx,
    mandates::{self, MandateRow},
    offices::OfficeRow,
    queues::OpenRow,
    reorganisations::{self as rows, HandedRow},
    staff,
};
use uuid::Uuid;

/// A unit that continues, with what comes to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeirLine {
    pub office: OfficeRow,
    /// Open dossiers that come to it, or have come since it began.
    pub dossiers: i64,
    /// Those of them that no line names; none once it has begun.
    pub by_default: i64,
}

/// A value that the rule looks at, with the unit it leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueLine {
    /// As lines write it.
    pub what: String,
    /// As people read it. A plan by hand has none for a sensitive dossier that whoever looks may not read.
    pub label: String,
    /// Open dossiers that have it.
    pub dossiers: i64,
    /// Id of the unit.
    pub to: i64,
}

/// A position that ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonLine {
    pub position: Uuid,
    pub name: String,
    pub role: String,
    pub title: String,
    pub office: i64,
    /// Where the same role begins; none when the person works in what closes to its last day.
    pub to: Option<i64>,
    /// Whether nobody opens that login any more by then: the role begins nowhere, whatever was planned.
    pub shut: bool,
}

/// A reorganisation with what it means now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReorganisationView {
    pub row: ReorganisationRow,
    pub closes: Vec<OfficeRow>,
    pub heirs: Vec<HeirLine>,
    /// Dossiers that are open in what closes; once it has begun, that were then, with those that came by another plan
    /// since.
    pub open: i64,
    /// Once it has begun: how many have not passed over yet.
    pub left: i64,
    /// Before it has begun. Of a long list only the first, those that nobody has named yet before the others.
    pub values: Vec<ValueLine>,
    /// Open dossiers of sensitive matters that whoever looks may not read, where a value would say what they are about:
    /// they pass over as the others do, and are counted under no value.
    pub withheld: i64,
    /// The same.
    pub people: Vec<PersonLine>,
    /// Mandates that end.
    pub mandates: Vec<MandateRow>,
    /// Why it could not be confirmed now.
    pub problem: Option<PlanProblem>,
}

/// One page of the list of what passes to a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandoverPage {
    pub row: ReorganisationRow,
    pub closes: Vec<OfficeRow>,
    pub heir: OfficeRow,
    pub lines: Vec<HandedRow>,
    /// How many stand on the whole list.
    pub total: i64,
    pub next: Option<Uuid>,
}

/// A part of that list as it is printed and signed: nearly always the whole of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandoverSheet {
    pub row: ReorganisationRow,
    pub closes: Vec<OfficeRow>,
    pub heir: OfficeRow,
    pub lines: Vec<HandedRow>,
    /// How many stand on the whole list.
    pub total: i64,
    /// Which part it is, from 1, and of how many.
    pub part: u16,
    pub parts: i64,
    /// The number of its first line.
    pub first: usize,
}

/// Lines of one page of a list.
const LIST_PAGE: usize = 200;
/// Lines of one print: a longer list is printed and signed in parts, each within one request's time and memory.
pub const SHEET_LINES: usize = 2000;

impl Office {
    /// A reorganisation with what it means: how many dossiers come to whom, who stops working where, what ends.
    ///
    /// **Permissions**: [`Task::Reorganise`] above its units; once it has begun, above one that continues. It shows staff
    /// by name, of dossiers numbers alone; a plan by hand their codes, those of sensitive ones to
    /// whoever may read them, and that look is recorded.
    pub async fn reorganisation(&self, who: &Who, id: Uuid) -> Result<ReorganisationView> {
        let mut tx = self.db().read().await?;
        let row = self.readable(&mut tx, who, id).await?;
        let (closes, heirs) = self.units_of_plan(&row.plan);
        if row.begun_at.is_some() {
            let passed: HashMap<i64, i64> = rows::count_handovers(&mut tx, row.id).await?.into_iter().collect();
            let line = |office: OfficeRow| HeirLine {
                dossiers: passed.get(&office.id).copied().unwrap_or_default(),
                by_default: 0,
                office,
            };
            let left = self.left_open(&mut tx, &row).await?;
            return Ok(ReorganisationView {
                heirs: heirs.into_iter().map(line).collect(),
                // Another plan may have led more through what closed.
                open: row.open_at_begin.unwrap_or_default().max(passed.values().sum::<i64>() + left),
                left,
                values: Vec::new(),
                withheld: 0,
                people: Vec::new(),
                mandates: Vec::new(),
                problem: None,
                closes,
                row,
            });
        }
        let units: Vec<i64> = closes.iter().map(|unit| unit.id).collect();
        let (people, names) = self.people_of(&mut tx, &row.plan, &units).await?;
        let (mut open, mut withheld) = (0, 0);
        let (mut shares, mut values) = (HashMap::<String, (i64, i64)>::new(), self.known_values(&row.plan));
        self.each_open(&mut tx, &row.plan, |dossier, facts| {
            open += 1;
            let landing = row.plan.rule.landing(facts);
            let share = shares.entry(landing.to.to_owned()).or_default();
            share.0 += 1;
            share.1 += i64::from(landing.by_default);
            match row.plan.rule.by {
                By::Field if !self.may_know(who, &dossier) => withheld += 1,
                // It has its line, so that it can be led somewhere, and nothing says which it is.
                By::Hand if !self.may_know(who, &dossier) => count_as(&mut values, facts.of(By::Hand), String::new()),
                by => count_value(&mut values, by, (&dossier, facts), &names),
            }
        })
        .await?;
        let line = |office: OfficeRow| {
            let (dossiers, by_default) = shares.get(&office.key).copied().unwrap_or_default();
            HeirLine { office, dossiers, by_default }
        };
        let heirs = heirs.into_iter().map(line).collect();
        let problem = match self.check_plan(&row.plan) {
            Err(Error::Invalid(Problem::Plan(problem))) => Some(problem),
            _ => row.plan.check_day(self.now().day()).err(),
        };
        let problem = match row.confirmed_at {
            None if problem.is_none() => row.plan.check_holders(&self.holders_of(&mut tx, &row.plan).await?).err(),
            _ => problem,
        };
        let values = self.value_lines(&row.plan, values);
        let mandates = mandates::mandates_going_on(&mut tx, &units, row.plan.last_day()).await?;
        drop(tx);
        if row.plan.rule.by == By::Hand {
            let detail = json!({ "rows": values.len() });
            self.record_view(who, "view_reorganisation_dossiers", &object_of(&row), detail).await?;
        }
        Ok(ReorganisationView { heirs, open, left: 0, values, withheld, people, mandates, problem, closes, row })
    }

    /// What passes to one unit, a page of it: as the rule stands now; once it has begun, what has passed over. The look
    /// is recorded.
    ///
    /// **Permissions**: as [`Office::reorganisation`]. It shows no applicant: a dossier is named by its code. Of a sensitive
    /// one the matter is left out; the code too while the list is only what is to come, for whoever may not read it: what
    /// both sides sign has a code on each line.
    pub async fn handover_list(&self, who: &Who, id: Uuid, heir: i64, after: Option<Uuid>) -> Result<HandoverPage> {
        let mut tx = self.db().read().await?;
        let row = self.readable(&mut tx, who, id).await?;
        let (closes, heirs) = self.units_of_plan(&row.plan);
        let heir = heirs.into_iter().find(|unit| unit.id == heir).ok_or(Error::NotFound)?;
        let (mut lines, total) = self.handed_rows(&mut tx, (who, &row), &heir, after, LIST_PAGE + 1).await?;
        drop(tx);
        let more = lines.len() > LIST_PAGE;
        lines.truncate(LIST_PAGE);
        let next = lines.last().filter(|_| more).map(|line| line.dossier_id);
        let detail = json!({ "heir": heir.key, "rows": lines.len() });
        self.record_view(who, "view_handover_list", &object_of(&row), detail).await?;
        Ok(HandoverPage { row, closes, heir, lines, total, next })
    }

    /// The same list to be printed and signed, in parts of [`SHEET_LINES`] lines; parts count from 1. The look is
    /// recorded as that of the page is.
    ///
    /// **Permissions**: as [`Office::handover_list`].
    ///
    /// # Errors
    /// [`Error::NotFound`] for a part that the list does not have.
    pub async fn print_handover_list(&self, who: &Who, id: Uuid, heir: i64, part: u16) -> Result<HandoverSheet> {
        let mut tx = self.db().read().await?;
        let row = self.readable(&mut tx, who, id).await?;
        let (closes, heirs) = self.units_of_plan(&row.plan);
        let heir = heirs.into_iter().find(|unit| unit.id == heir).ok_or(Error::NotFound)?;
        let before = usize::from(part.checked_sub(1).ok_or(Error::NotFound)?) * SHEET_LINES;
        let (mut lines, total) = self.handed_rows(&mut tx, (who, &row), &heir, None, before + SHEET_LINES).await?;
        drop(tx);
        // A list without a line is a list all the same, of one part.
        let parts = sheets_of(total).max(1);
        if i64::from(part) > parts {
            return Err(Error::NotFound);
        }
        let lines = lines.split_off(before.min(lines.len()));
        let detail = json!({ "heir": heir.key, "rows": lines.len(), "part": part, "print": true });
        self.record_view(who, "view_handover_list", &object_of(&row), detail).await?;
        Ok(HandoverSheet { row, closes, heir, lines, total, part, parts, first: before + 1 })
    }

    /// What passes to a unit, at most so many lines after that dossier; and how many stand on the whole list.
    async fn handed_rows(
        &self,
        tx: &mut Tx,
        (who, row): (&Who, &ReorganisationRow),
        heir: &OfficeRow,
        after: Option<Uuid>,
        most: usize,
    ) -> Result<(Vec<HandedRow>, i64)> {
        if row.begun_at.is_some() {
            let counted = rows::count_handovers(tx, row.id).await?;
            let total = counted.iter().find(|(to, _)| *to == heir.id).map_or(0, |(_, dossiers)| *dossiers);
            let mut lines = rows::list_handovers(tx, row.id, heir.id, after, most as i64).await?;
            lines.iter_mut().for_each(close);
            return Ok((lines, total));
        }
        let (at, mut total, mut lines) = (self.now().0, 0, BTreeMap::new());
        self.each_open(tx, &row.plan, |dossier, facts| {
            if row.plan.rule.landing(facts).to != heir.key {
                return;
            }
            total += 1;
            if after.is_none_or(|after| dossier.id > after) {
                let (id, may_know) = (dossier.id, self.may_know(who, &dossier));
                let mut line = listed(dossier, at);
                close(&mut line);
                if !may_know {
                    (line.code, line.temporary_code) = (None, None);
                }
                lines.insert(id, line);
            }
            // The lines of this page and no more, in the order of their ids.
            if lines.len() > most {
                lines.pop_last();
            }
        })
        .await?;
        Ok((lines.into_values().collect(), total))
    }

    async fn readable(&self, tx: &mut Tx, who: &Who, id: Uuid) -> Result<ReorganisationRow> {
        self.units_to(who, Task::Reorganise)?;
        let row = rows::reorganisation_by_id(tx, id).await?.filter(|row| row.dropped_at.is_none());
        let row = row.ok_or(Error::NotFound)?;
        self.may_read_reorganisation(who, &row)?;
        Ok(row)
    }

    pub(super) fn units_of_plan(&self, plan: &Plan) -> (Vec<OfficeRow>, Vec<OfficeRow>) {
        let books = self.books();
        let find = |keys: &[String]| keys.iter().filter_map(|key| books.places.by_key(key).cloned()).collect();
        (find(&plan.closes), find(&plan.heirs))
    }

    /// The positions that end, and the names of everybody who holds one.
    async fn people_of(
        &self,
        tx: &mut Tx,
        plan: &Plan,
        units: &[i64],
    ) -> Result<(Vec<PersonLine>, HashMap<String, String>)> {
        let books = self.books();
        let within: Vec<i64> = units.iter().flat_map(|unit| books.places.offices_of_unit(*unit)).collect();
        let held = staff::positions_going_on(tx, &within, plan.last_day()).await?;
        let names = held.iter().map(|one| (one.position.staff_id.to_string(), one.name.clone())).collect();
        let now = self.now();
        let line = |one: staff::NamedPositionRow| {
            let (id, shut) = (one.position.id.to_string(), is_shut(&one, plan, now));
            let onward = plan.onward.iter().find(|onward| onward.position == id).filter(|_| !shut);
            PersonLine {
                position: one.position.id,
                name: one.name,
                role: one.position.role,
                title: one.position.title,
                office: one.position.office_id,
                to: onward.and_then(|onward| books.places.by_key(&onward.to)).map(|unit| unit.id),
                shut,
            }
        };
        Ok((held.into_iter().map(line).collect(), names))
    }
}

/// In how many parts a list of that many lines is printed; none without a line.
pub const fn sheets_of(total: i64) -> i64 {
    let lines = SHEET_LINES as i64;
    (total + lines - 1) / lines
}

/// Leaves out what a sensitive dossier is about: that is for whose steps it passes.
fn close(line: &mut HandedRow) {
    if line.sensitive {
        line.procedure_name.clear();
    }
}

/// A dossier as the list shows it, now.
fn listed(row: OpenRow, at: i64) -> HandedRow {
    HandedRow {
        dossier_id: row.id,
        office_id: row.resolving_office,
        code: row.code,
        temporary_code: row.temporary_code,
        procedure_name: row.procedure_name,
        sensitive: row.sensitive,
        received_at: row.received_at,
        status: row.status,
        due_at: row.due_at,
        at,
    }
}
