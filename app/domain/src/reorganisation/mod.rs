//! A reorganisation as a plan: which units close with which day, which continue them, and which of those gets each open
//! dossier.
//!
//! On 01/07/2025 the districts went and communes were joined (Nghị quyết 202/2025/QH15, Luật 72/2025/QH15): what was open
//! on 30/06/2025 was finished by the unit that continues, under its old code and its old due time.

#[cfg(test)]
mod tests;

use crate::{dossier::keyed, text::fold, time::Day};
use serde::{Deserialize, Serialize};

keyed! {
    /// What decides which unit goes on with a dossier.
    By {
        /// One unit continues: it gets everything.
        One = "one",
        /// The commune of the applicant's address.
        Commune = "commune",
        /// The hamlet of the applicant's address.
        Hamlet = "hamlet",
        /// The field of the procedure (lĩnh vực).
        Field = "field",
        /// Whoever has it in hand: it goes where that person goes.
        Assignee = "assignee",
        /// Each dossier picked by hand.
        Hand = "hand",
    }
}

/// What has that value goes to that unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The value, as [`Facts::of`] gives it.
    pub what: String,
    /// Key of the unit.
    pub to: String,
}

/// Which unit goes on with which dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// What is looked at.
    pub by: By,
    /// Key of the unit that gets what no line names: nothing is left over.
    pub default: String,
    /// The values that are named, each once.
    pub lines: Vec<Line>,
}

/// A position that goes on in a unit that continues.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Onward {
    /// Id of the position that ends.
    pub position: String,
    /// Key of the unit where the same role begins.
    pub to: String,
}

/// One reorganisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// First day of the new state; what closes works to the end of the day before.
    pub day: Day,
    /// What orders it, as papers name it: `Nghị quyết số 202/2025/QH15`.
    pub basis: String,
    /// Keys of the units that close.
    pub closes: Vec<String>,
    /// Keys of the units that continue them.
    pub heirs: Vec<String>,
    /// Who gets which dossier.
    pub rule: Rule,
    /// Who works on where. Whoever is not named works in the closed unit to its last day.
    #[serde(default)]
    pub onward: Vec<Onward>,
}

/// What a rule looks at in a dossier.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// Its id.
    pub id: String,
    /// Code of the commune of the applicant's address, under its number of today; empty when it is not known.
    pub commune: String,
    /// Hamlet of that address, as written; empty when it lies elsewhere or is not known.
    pub hamlet: String,
    /// Field of the procedure.
    pub field: String,
    /// Who has it in hand; empty for nobody.
    pub assignee: String,
}

/// Where a dossier lands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Landing<'a> {
    /// Key of the unit.
    pub to: &'a str,
    /// No line named it.
    pub by_default: bool,
}

/// A unit with its days, as far as a plan is checked against it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Its key.
    pub key: String,
    /// National code of its territory.
    pub unit_code: String,
    /// First day.
    pub from: Day,
    /// Last day, when one is set.
    pub to: Option<Day>,
}

/// Why a plan cannot be carried out. Keys name the unit it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanProblem {
    /// No decision is named.
    NoBasis,
    /// The name of the decision is longer than [`BASIS_MOST`] characters.
    BasisTooLong,
    /// No unit closes.
    NothingCloses,
    /// No unit continues.
    NoHeir,
    /// The one for what no line names is not among those that continue.
    NoDefault,
    /// One unit is to get everything, and several continue.
    ManyHeirs,
    /// The day lies further back than [`BACK_DAYS`].
    TooLate,
    /// The day lies further ahead than [`AHEAD_DAYS`].
    TooEarly,
    /// There is no such unit.
    UnknownUnit(String),
    /// A unit that closes does not work on the day before.
    NotThere(String),
    /// A unit that closes has another last day already: between that and the plan's day nobody would answer.
    OtherEnd(String),
    /// A unit that continues does not work on the day.
    HeirNotThere(String),
    /// A unit that continues closes too.
    HeirCloses(String),
    /// A unit that continues had the same territory before the day: two would have it at once.
    Overlap(String),
    /// A line, or a person's way, leads to a unit that does not continue.
    ForeignHeir(String),
    /// The same value is named twice, and so would lead to two units.
    TwoWays(String),
    /// Dossiers go with whoever holds them, and this person, by the name, works on in another unit than they go to.
    Parted(String),
}

/// Somebody who holds dossiers of what closes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// As [`Facts::assignee`] writes it.
    pub id: String,
    pub name: String,
    /// Ids of the positions that end.
    pub positions: Vec<String>,
}

/// How late a plan may be, in days: a decision reaches the machine after its day now and then.
pub const BACK_DAYS: i32 = 31;
/// How far ahead a plan may be, in days.
pub const AHEAD_DAYS: i32 = 366;
/// Longest name of a decision, in characters.
pub const BASIS_MOST: usize = 200;

impl Facts {
    /// The value that a rule of that kind looks at, as lines write it; empty when there is none.
    pub fn of(&self, by: By) -> String {
        match by {
            By::One => String::new(),
            By::Commune => self.commune.clone(),
            By::Hamlet => hamlet_value(&self.hamlet),
            By::Field => fold(&self.field),
            By::Assignee => self.assignee.clone(),
            By::Hand => self.id.clone(),
        }
    }
}

/// A hamlet as rules compare it: folded, without the word of its kind.
pub fn hamlet_value(name: &str) -> String {
    let folded = fold(name);
    let kinds = ["thon ", "buon ", "khu pho ", "to dan pho "];
    kinds.iter().find_map(|kind| folded.strip_prefix(kind)).unwrap_or(&folded).to_owned()
}

impl Rule {
    /// Where a dossier lands: always in one unit.
    pub fn landing(&self, facts: &Facts) -> Landing<'_> {
        let value = facts.of(self.by);
        let line = self.lines.iter().find(|line| self.by != By::One && !value.is_empty() && line.what == value);
        match line {
            Some(line) => Landing { to: &line.to, by_default: false },
            None => Landing { to: &self.default, by_default: true },
        }
    }

    /// Names where those values lead, in place of what was named for them before. What leads to the unit for everything
    /// else needs no line.
    pub fn name(&mut self, lines: Vec<Line>) {
        for line in lines {
            self.lines.retain(|known| known.what != line.what);
            if line.to != self.default && !line.what.is_empty() {
                self.lines.push(line);
            }
        }
        self.lines.sort_by(|a, b| a.what.cmp(&b.what));
    }
}

impl Plan {
    /// The last day of what closes.
    pub const fn last_day(&self) -> Day {
        self.day.prev()
    }

    /// Checks everything but the distance of the day from today: what closes and what continues, with their days.
    ///
    /// # Errors
    /// The first thing that cannot be.
    pub fn check(&self, units: &[Standing]) -> Result<(), PlanProblem> {
        let basis = self.basis.trim().chars().count();
        if basis == 0 {
            return Err(PlanProblem::NoBasis);
        }
        if basis > BASIS_MOST {
            return Err(PlanProblem::BasisTooLong);
        }
        if self.closes.is_empty() {
            return Err(PlanProblem::NothingCloses);
        }
        if self.heirs.is_empty() {
            return Err(PlanProblem::NoHeir);
        }
        if !self.heirs.contains(&self.rule.default) {
            return Err(PlanProblem::NoDefault);
        }
        if self.rule.by == By::One && self.heirs.len() > 1 {
            return Err(PlanProblem::ManyHeirs);
        }
        let find = |key: &String| {
            units.iter().find(|unit| unit.key == *key).ok_or_else(|| PlanProblem::UnknownUnit(key.clone()))
        };
        let closing = self.closes.iter().map(find).collect::<Result<Vec<_>, _>>()?;
        for unit in &closing {
            if unit.from >= self.day {
                return Err(PlanProblem::NotThere(unit.key.clone()));
            }
            if unit.to.is_some_and(|last| last != self.last_day()) {
                return Err(PlanProblem::OtherEnd(unit.key.clone()));
            }
        }
        for key in &self.heirs {
            let heir = find(key)?;
            if self.closes.contains(key) {
                return Err(PlanProblem::HeirCloses(key.clone()));
            }
            if heir.from > self.day || heir.to.is_some_and(|last| last < self.day) {
                return Err(PlanProblem::HeirNotThere(key.clone()));
            }
            if heir.from < self.day && closing.iter().any(|unit| unit.unit_code == heir.unit_code) {
                return Err(PlanProblem::Overlap(key.clone()));
            }
        }
        for (at, line) in self.rule.lines.iter().enumerate() {
            if !self.heirs.contains(&line.to) {
                return Err(PlanProblem::ForeignHeir(line.to.clone()));
            }
            if self.rule.lines[..at].iter().any(|other| other.what == line.what) {
                return Err(PlanProblem::TwoWays(line.what.clone()));
            }
        }
        match self.onward.iter().find(|onward| !self.heirs.contains(&onward.to)) {
            Some(onward) => Err(PlanProblem::ForeignHeir(onward.to.clone())),
            None => Ok(()),
        }
    }

    /// Whether dossiers that go with whoever holds them go where that person works on, in one position at least. Whoever
    /// works on nowhere leaves them to whom the rule names.
    ///
    /// # Errors
    /// The first person that is parted from them.
    pub fn check_holders(&self, holders: &[Holder]) -> Result<(), PlanProblem> {
        if self.rule.by != By::Assignee {
            return Ok(());
        }
        for holder in holders {
            let facts = Facts { assignee: holder.id.clone(), ..Facts::default() };
            let to = self.rule.landing(&facts).to;
            let mut ways = self.onward.iter().filter(|onward| holder.positions.contains(&onward.position)).peekable();
            if ways.peek().is_some() && ways.all(|onward| onward.to != to) {
                return Err(PlanProblem::Parted(holder.name.clone()));
            }
        }
        Ok(())
    }

    /// Whether the day is near enough to today to be planned or confirmed.
    ///
    /// # Errors
    /// On which side it lies too far.
    pub fn check_day(&self, today: Day) -> Result<(), PlanProblem> {
        match self.day {
            day if day < today.plus(-BACK_DAYS) => Err(PlanProblem::TooLate),
            day if day > today.plus(AHEAD_DAYS) => Err(PlanProblem::TooEarly),
            _ => Ok(()),
        }
    }
}
