//! Rules across the fields of one form. Each set belongs to one form's data and names its paths.

pub mod allowance;
pub mod birth;
pub mod death;
pub mod extract;
pub mod marital_status;

use super::parsed::Parsed;
use super::problem::{Problem, ProblemKind, Warning, WarningKind};
use crate::time::Day;
use serde::{Deserialize, Serialize};

/// Which rules a form has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleSet {
    /// Birth registration (1.001193).
    Birth,
    /// Copy of a civil-status extract (2.000635).
    Extract,
    /// Monthly social allowance (1.001776).
    Allowance,
    /// Death registration (1.000656).
    Death,
    /// Certificate of marital status (1.004873).
    MaritalStatus,
}

/// Adds what the rules find to what the fields alone gave.
pub fn apply(set: RuleSet, today: Day, parsed: &mut Parsed) {
    match set {
        RuleSet::Birth => birth::apply(today, parsed),
        RuleSet::Extract => extract::apply(today, parsed),
        RuleSet::Allowance => allowance::apply(today, parsed),
        RuleSet::Death => death::apply(today, parsed),
        RuleSet::MaritalStatus => marital_status::apply(today, parsed),
    }
}

fn problem(parsed: &mut Parsed, path: &str, kind: ProblemKind) {
    parsed.problems.push(Problem { path: path.to_owned(), kind });
}

fn warning(parsed: &mut Parsed, path: &str, kind: WarningKind) {
    parsed.warnings.push(Warning { path: path.to_owned(), kind });
}

#[cfg(test)]
mod tests;
