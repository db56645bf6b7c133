//! Acting in a colleague's place: on whose behalf, by which right, between which days and for what.
//!
//! Decree 30/2020/NĐ-CP, article 13: a deputy signs for the head (ký thay, KT.), the head of a division by order (thừa
//! lệnh, TL.), somebody else by authority (thừa ủy quyền, TUQ.), which is given in writing, for a time and for a matter,
//! and not given on. A substitute does the work of an absent colleague of the same role and signs in their own name.

use crate::{
    dossier::{ActKind, keyed},
    time::Day,
};
use serde::{Deserialize, Serialize};

keyed! {
    /// By which right somebody acts in the place of another.
    MandateKind {
        /// Ký thay: a deputy for the head.
        Deputy = "deputy",
        /// Thừa lệnh: the head of a division, by order.
        Order = "order",
        /// Thừa ủy quyền: by authority given in writing.
        Authority = "authority",
        /// Làm thay khi vắng: a colleague of the same role.
        Substitute = "substitute",
    }
}

impl MandateKind {
    /// Whether it lends a right that the person does not hold by a position. A substitute holds the role already.
    pub const fn lends(self) -> bool {
        !matches!(self, Self::Substitute)
    }
}

/// What a mandate is for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scope {
    /// The acts; none listed means none, for a substitute all of the role.
    pub acts: Vec<ActKind>,
    /// Codes of procedures; none listed means every procedure.
    pub procedures: Vec<String>,
}

impl Scope {
    /// Whether that act on a dossier of that procedure is within it.
    pub fn covers(&self, act: ActKind, procedure: &str) -> bool {
        self.acts.contains(&act) && self.covers_procedure(procedure)
    }

    /// Whether dossiers of that procedure are within it.
    pub fn covers_procedure(&self, procedure: &str) -> bool {
        self.procedures.is_empty() || self.procedures.iter().any(|code| code == procedure)
    }
}

/// Longest mandate, in days: what lasts longer is an appointment.
pub const LONGEST: i32 = 366;

/// What is wrong with the days of a mandate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeriodProblem {
    /// It would begin before today: nobody is given a right for what is already done.
    BeginsInThePast,
    /// It would end before it begins.
    EndsBeforeItBegins,
    /// It would last longer than [`LONGEST`].
    TooLong,
}

/// Checks the first and the last day, both included.
///
/// # Errors
/// What is wrong with them, the earlier day first.
pub fn check_period(first: Day, last: Day, today: Day) -> Result<(), PeriodProblem> {
    if first < today {
        Err(PeriodProblem::BeginsInThePast)
    } else if last < first {
        Err(PeriodProblem::EndsBeforeItBegins)
    } else if last.0 - first.0 >= LONGEST {
        Err(PeriodProblem::TooLong)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        crate::time::Instant::parse_local(&format!("{text}T00:00")).unwrap().day()
    }

    #[test]
    fn a_mandate_begins_today_at_the_earliest_and_ends_on_its_first_day_at_the_earliest() {
        let today = day("2026-11-23");
        assert_eq!(check_period(today, today, today), Ok(()));
        assert_eq!(check_period(today.prev(), today, today), Err(PeriodProblem::BeginsInThePast));
        assert_eq!(check_period(today.next(), today, today), Err(PeriodProblem::EndsBeforeItBegins));
    }

    #[test]
    fn a_mandate_lasts_a_year_at_the_longest() {
        let today = day("2026-11-23");
        assert_eq!(check_period(today, today.plus(LONGEST - 1), today), Ok(()));
        assert_eq!(check_period(today, today.plus(LONGEST), today), Err(PeriodProblem::TooLong));
    }

    #[test]
    fn a_scope_covers_its_acts_on_its_procedures_and_nothing_else() {
        let scope = Scope { acts: vec![ActKind::Approve], procedures: vec!["1.001193".into()] };
        assert!(scope.covers(ActKind::Approve, "1.001193"));
        assert!(!scope.covers(ActKind::Sign, "1.001193"));
        assert!(!scope.covers(ActKind::Approve, "1.000656"));
        let every = Scope { procedures: Vec::new(), ..scope };
        assert!(every.covers(ActKind::Approve, "1.000656"));
        assert!(!Scope::default().covers(ActKind::Approve, "1.000656"), "an empty scope lends nothing");
    }

    #[test]
    fn only_a_substitute_lends_nothing() {
        let lending: Vec<_> = MandateKind::ALL.iter().filter(|kind| kind.lends()).collect();
        assert_eq!(lending, [&MandateKind::Deputy, &MandateKind::Order, &MandateKind::Authority]);
    }
}
