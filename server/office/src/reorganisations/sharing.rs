//! The open dossiers of what closes, by what a plan shares them out by: looked at one after the other, counted by value.

use super::{ValueLine, is_shut};
use crate::{Office, Result, Who};
use domain::{
    dossier::Status,
    reorganisation::{By, Facts, Holder, Plan, hamlet_value},
    text,
    time::Day,
    unit::Hamlets,
};
use std::collections::{BTreeMap, HashMap};
use store::{
    Tx,
    offices::OfficeRow,
    queues::{self, After, Filter, OpenRow},
    staff,
};

/// What lines write, with how people read it and how many open dossiers have it.
pub(super) type Values = BTreeMap<String, (String, i64)>;

/// Dossiers looked at in one reading.
const CHUNK: i64 = 200;
/// Values shown at once.
const VALUES_MOST: usize = 200;

impl Office {
    /// Looks at every open dossier of what closes, with what the rule looks at: a page at a time, none is kept.
    pub(super) async fn each_open(
        &self,
        tx: &mut Tx,
        plan: &Plan,
        mut look: impl FnMut(OpenRow, &Facts) + Send,
    ) -> Result<()> {
        let offices = self.units_of_plan(plan).0.iter().map(|unit| unit.id).collect();
        let filter = Filter { offices, statuses: Status::open_codes(), ..Filter::default() };
        let mut after = None;
        loop {
            let page = queues::list_open(tx, &filter, after, CHUNK).await?;
            let Some(last) = page.last() else { return Ok(()) };
            after = Some(After { queue_at: last.queue_at, id: last.id });
            for dossier in page {
                let facts = self.facts_of_rule(&dossier, plan);
                look(dossier, &facts);
            }
        }
    }

    /// Whether somebody may know which dossier it is and what it is about: of a sensitive one whoever may read it.
    pub(super) fn may_know(&self, who: &Who, dossier: &OpenRow) -> bool {
        let procedure = || self.books().catalogue.version(dossier.procedure_version);
        let may_read =
            || procedure().is_some_and(|procedure| self.may_handle(who, &procedure, dossier.resolving_office).is_ok());
        !dossier.sensitive || may_read()
    }

    /// Whom a plan that shares out by holders speaks of: who has something in hand or is named, with the positions that
    /// end and whose login opens by then. Nobody for a plan of another kind.
    pub(super) async fn holders_of(&self, tx: &mut Tx, plan: &Plan) -> Result<Vec<Holder>> {
        if plan.rule.by != By::Assignee {
            return Ok(Vec::new());
        }
        let (books, now) = (self.books(), self.now());
        let units: Vec<i64> = self.units_of_plan(plan).0.iter().map(|unit| unit.id).collect();
        let within: Vec<i64> = units.iter().flat_map(|unit| books.places.offices_of_unit(*unit)).collect();
        let filter = Filter { offices: units, statuses: Status::open_codes(), ..Filter::default() };
        let in_hand = queues::assignees_of(tx, &filter).await?;
        let mut holders: Vec<Holder> = Vec::new();
        for one in staff::positions_going_on(tx, &within, plan.last_day()).await? {
            let id = one.position.staff_id.to_string();
            let is_named = plan.rule.lines.iter().any(|line| line.what == id);
            if is_shut(&one, plan, now) || !(is_named || in_hand.contains(&one.position.staff_id)) {
                continue;
            }
            let position = one.position.id.to_string();
            match holders.iter_mut().find(|holder| holder.id == id) {
                Some(known) => known.positions.push(position),
                None => holders.push(Holder { id, name: one.name, positions: vec![position] }),
            }
        }
        Ok(holders)
    }

    /// The values of a rule that are known before a dossier is looked at: with none so far.
    pub(super) fn known_values(&self, plan: &Plan) -> Values {
        let mut values = Values::new();
        if plan.rule.by == By::Hamlet {
            let closing = self.units_of_plan(plan).0;
            let of = |unit: &OfficeRow, day: Day| Hamlets::shipped().of_commune(&unit.unit_code, day);
            for hamlet in closing.iter().flat_map(|unit| of(unit, plan.last_day())) {
                values.insert(hamlet_value(&hamlet.name), (hamlet.name.clone(), 0));
            }
        }
        // All of them, whether something is open there or not: that a field stands in the list says nothing.
        if plan.rule.by == By::Field {
            for (field, _) in self.books().catalogue.fields(self.now().day()) {
                values.insert(text::fold(&field), (field, 0));
            }
        }
        for line in &plan.rule.lines {
            values.entry(line.what.clone()).or_insert_with(|| (line.what.clone(), 0));
        }
        values
    }

    /// The values that the rule can tell apart, in the order of their labels.
    pub(super) fn value_lines(&self, plan: &Plan, values: Values) -> Vec<ValueLine> {
        let books = self.books();
        if matches!(plan.rule.by, By::One | By::Commune) {
            return Vec::new();
        }
        let to = |what: &str| {
            let line = plan.rule.lines.iter().find(|line| line.what == what);
            let key = line.map_or(&plan.rule.default, |line| &line.to);
            books.places.by_key(key).map_or(0, |unit| unit.id)
        };
        let line =
            |(what, (label, dossiers)): (String, (String, i64))| ValueLine { to: to(&what), what, label, dossiers };
        let mut lines: Vec<ValueLine> = values.into_iter().map(line).collect();
        lines.sort_by_key(|line| text::sort_key(&line.label));
        // Those that nobody has named yet first, so that a long list comes to its end.
        if lines.len() > VALUES_MOST {
            lines.sort_by_key(|line| plan.rule.lines.iter().any(|named| named.what == line.what));
            lines.truncate(VALUES_MOST);
        }
        lines
    }
}

/// Counts a dossier under its value.
pub(super) fn count_value(
    values: &mut Values,
    by: By,
    (row, facts): (&OpenRow, &Facts),
    names: &HashMap<String, String>,
) {
    let value = facts.of(by);
    if value.is_empty() {
        return;
    }
    let label = match by {
        By::Hamlet => facts.hamlet.clone(),
        By::Field => facts.field.clone(),
        By::Assignee => names.get(&value).cloned().unwrap_or_default(),
        _ => row.code.clone().or_else(|| row.temporary_code.clone()).unwrap_or_default(),
    };
    count_as(values, value, label);
}

/// Counts a dossier under that value, which people read as that label.
pub(super) fn count_as(values: &mut Values, value: String, label: String) {
    let entry = values.entry(value.clone()).or_insert_with(|| (label.clone(), 0));
    entry.1 += 1;
    if entry.0 == value {
        entry.0 = label;
    }
}
