//! The list of units and the questions asked of it.

use super::{Succession, Unit, UnitKey};
use crate::{text::fold, time::Day};
use std::sync::LazyLock;

/// Units with their successions; checked when read, never changed after.
#[derive(Debug, Clone, Default)]
pub struct Units {
    units: Vec<Unit>,
    successions: Vec<Succession>,
}

/// What is wrong with a data file of units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnitDataProblem {
    /// Not the expected JSON; the reader's message.
    Json(String),
    /// A unit ends before it begins.
    BackwardPeriod(UnitKey),
    /// Two units have one code on one day.
    Overlap(UnitKey),
    /// The unit above does not exist.
    UnknownParent(UnitKey),
    /// A succession names a unit that does not exist.
    UnknownUnit(UnitKey),
    /// A succession whose units do not meet on its day.
    BadDay(UnitKey),
}

/// A unit found by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitMatch<'a> {
    /// The unit that bears, or bore, the name.
    pub unit: &'a Unit,
    /// What it is on the day asked for: itself while it lasts, else the units it passed into.
    pub current: Vec<&'a Unit>,
}

/// More steps than any unit will ever have; a guard against a circle in edited data.
const MOST_STEPS: usize = 32;

static SHIPPED: LazyLock<Units> = LazyLock::new(|| {
    Units::from_json(include_str!("../../data/units/units.json"), include_str!("../../data/units/successions.json"))
        .expect("the shipped files are read by a test")
});

impl Units {
    /// The shipped units: Phú Yên with huyện Đồng Xuân until 30/06/2025, Đắk Lắk with its four communes there since
    /// (Quyết định 19/2025/QĐ-TTg for the codes).
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// Reads two files, a list of [`Unit`] and a list of [`Succession`], and checks them against each other.
    pub fn from_json(units: &str, successions: &str) -> Result<Self, UnitDataProblem> {
        let json = |error: serde_json::Error| UnitDataProblem::Json(error.to_string());
        let read = Self {
            units: serde_json::from_str(units).map_err(json)?,
            successions: serde_json::from_str(successions).map_err(json)?,
        };
        read.check()?;
        Ok(read)
    }

    /// Every unit of every time.
    pub fn all(&self) -> &[Unit] {
        &self.units
    }

    /// The unit of a stored key.
    pub fn get(&self, key: &UnitKey) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.code == key.code && unit.valid_from == key.valid_from)
    }

    /// The unit that has the code on that day. `54` and `054` are the same province.
    pub fn at(&self, code: &str, day: Day) -> Option<&Unit> {
        let code = code.trim();
        let exact = |code: &str| self.units.iter().find(|unit| unit.code == code && unit.is_valid_on(day));
        exact(code).or_else(|| code.strip_prefix('0').filter(|short| short.len() == 2).and_then(exact))
    }

    /// The unit above, during the unit's own time.
    pub fn parent(&self, unit: &Unit) -> Option<&Unit> {
        let code = unit.parent.as_deref()?;
        self.units.iter().find(|above| above.code == code && overlap(above, unit))
    }

    /// The units right under it on that day.
    pub fn children(&self, unit: &Unit, day: Day) -> Vec<&Unit> {
        let under = |child: &&Unit| child.parent.as_deref() == Some(unit.code.as_str()) && child.is_valid_on(day);
        if unit.is_valid_on(day) { self.units.iter().filter(under).collect() } else { Vec::new() }
    }

    /// The successions out of a unit, each with the unit after.
    pub fn successions_of(&self, unit: &Unit) -> Vec<(&Succession, &Unit)> {
        let key = unit.key();
        let out = self.successions.iter().filter(|succession| succession.from == key);
        out.filter_map(|succession| Some((succession, self.get(&succession.to)?))).collect()
    }

    /// The units that a unit passed into. A district has none: its communes passed on, it was abolished.
    pub fn successors(&self, unit: &Unit) -> Vec<&Unit> {
        self.successions_of(unit).into_iter().map(|(_, after)| after).collect()
    }

    /// The units that passed into a unit.
    pub fn predecessors(&self, unit: &Unit) -> Vec<&Unit> {
        let key = unit.key();
        let into = self.successions.iter().filter(|succession| succession.to == key);
        into.filter_map(|succession| self.get(&succession.from)).collect()
    }

    /// What a unit is on that day: itself while it lasts, else the end of the chain of its successors. A unit without
    /// successors, such as an abolished district, answers with what its last units below have become.
    pub fn successor_today<'a>(&'a self, unit: &'a Unit, day: Day) -> Vec<&'a Unit> {
        let mut found = Vec::new();
        self.follow(unit, day, MOST_STEPS, &mut found);
        found
    }

    /// Units whose name holds every word of the query, as beginnings of words: those of that day first, then old ones
    /// with what they have become. Units that begin later are not found.
    pub fn find_by_name(&self, query: &str, day: Day) -> Vec<UnitMatch<'_>> {
        let query = fold(query);
        if query.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<(bool, bool, UnitMatch<'_>)> = self
            .units
            .iter()
            .filter(|unit| unit.is_valid_on(day) || unit.has_ended_by(day))
            .filter_map(|unit| {
                let name = fold(&unit.full_name);
                let holds = query.split(' ').all(|word| name.split(' ').any(|part| part.starts_with(word)));
                let exact = query == name || query == fold(&unit.name);
                let current = || self.successor_today(unit, day);
                holds.then(|| (!exact, unit.has_ended_by(day), UnitMatch { unit, current: current() }))
            })
            .collect();
        found.sort_by_key(|(inexact, old, _)| (*inexact, *old));
        found.into_iter().map(|(_, _, found)| found).collect()
    }

    fn follow<'a>(&'a self, unit: &'a Unit, day: Day, steps: usize, found: &mut Vec<&'a Unit>) {
        if !unit.has_ended_by(day) || steps == 0 {
            if !found.contains(&unit) {
                found.push(unit);
            }
            return;
        }
        let mut next = self.successors(unit);
        if next.is_empty()
            && let Some(last) = unit.valid_to
        {
            next = self.children(unit, last);
        }
        next.into_iter().for_each(|after| self.follow(after, day, steps - 1, found));
    }

    fn check(&self) -> Result<(), UnitDataProblem> {
        for (at, unit) in self.units.iter().enumerate() {
            if unit.valid_from.zip(unit.valid_to).is_some_and(|(from, to)| to < from) {
                return Err(UnitDataProblem::BackwardPeriod(unit.key()));
            }
            if self.units[..at].iter().any(|other| other.code == unit.code && overlap(other, unit)) {
                return Err(UnitDataProblem::Overlap(unit.key()));
            }
            if unit.parent.is_some() && self.parent(unit).is_none() {
                return Err(UnitDataProblem::UnknownParent(unit.key()));
            }
        }
        for succession in &self.successions {
            let find = |key: &UnitKey| self.get(key).ok_or_else(|| UnitDataProblem::UnknownUnit(key.clone()));
            let (before, after) = (find(&succession.from)?, find(&succession.to)?);
            let first = succession.day;
            // A unit that loses a part goes on; one that passes whole ends the day before.
            let leaves = before.is_valid_on(first.prev());
            if !leaves || !after.is_valid_on(first) || before == after {
                return Err(UnitDataProblem::BadDay(succession.from.clone()));
            }
        }
        Ok(())
    }
}

fn overlap(a: &Unit, b: &Unit) -> bool {
    let starts_in_time = |x: &Unit, y: &Unit| match (x.valid_from, y.valid_to) {
        (Some(from), Some(to)) => from <= to,
        _ => true,
    };
    starts_in_time(a, b) && starts_in_time(b, a)
}
