//! `explain unit`: the administrative unit that has a code on a day.

use super::{Refusal, words};
use clap::Args;
use domain::{
    time::Day,
    unit::{Unit, Units},
};
use serde::Serialize;

#[derive(Args, Debug)]
pub struct UnitQuestion {
    /// National code: 66 (or 066) a province, 558 a district of old, 22096 a commune.
    #[arg(value_name = "CODE", allow_hyphen_values = true)]
    code: String,
    /// The day, such as 2024-06-30; today when left out.
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
}

#[derive(Serialize)]
pub struct UnitAnswer {
    code: &'static str,
    name: &'static str,
    full_name: &'static str,
    kind: &'static str,
    parent: Option<Named>,
    valid_from: Option<Day>,
    valid_to: Option<Day>,
    successors: Vec<Named>,
    predecessors: Vec<Named>,
}

/// Another unit, as much of it as tells which.
#[derive(Serialize)]
struct Named {
    code: &'static str,
    name: &'static str,
    full_name: &'static str,
}

impl Named {
    fn of(unit: &'static Unit) -> Self {
        Self { code: &unit.code, name: &unit.name, full_name: &unit.full_name }
    }
}

impl UnitQuestion {
    pub(super) fn answer(self, today: Day) -> Result<UnitAnswer, Refusal> {
        let day = match self.on.as_deref() {
            Some(typed) => typed.parse::<Day>().map_err(|_| Refusal(words::BAD_DAY.to_owned()))?,
            None => today,
        };
        let code = self.code.trim();
        if code.is_empty() || !code.bytes().all(|b| b.is_ascii_digit()) {
            return Err(Refusal(words::BAD_UNIT_CODE.to_owned()));
        }
        let units = Units::shipped();
        let unit = units.at(code, day).ok_or_else(|| Refusal(words::no_unit_words(code, day)))?;
        let named = |others: Vec<&'static Unit>| others.into_iter().map(Named::of).collect();
        Ok(UnitAnswer {
            code: &unit.code,
            name: &unit.name,
            full_name: &unit.full_name,
            kind: unit.kind.key(),
            parent: units.parent(unit).map(Named::of),
            valid_from: unit.valid_from,
            valid_to: unit.valid_to,
            successors: named(units.successors(unit)),
            predecessors: named(units.predecessors(unit)),
        })
    }
}
