//! Days on which a unit has a feature switched off.

use domain::{feature::Feature, time::Day};
use store::feature_closures::ClosureRow;
use uuid::Uuid;

/// A feature that is off, or will be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closure {
    pub id: Uuid,
    pub unit: i64,
    pub feature: Feature,
    pub first: Day,
    /// None until it is switched on again.
    pub last: Option<Day>,
    pub reason: String,
    pub staff_name: String,
}

impl Closure {
    pub(crate) fn of(row: ClosureRow) -> Option<Self> {
        Some(Self {
            id: row.id,
            unit: row.office_id,
            feature: Feature::from_key(&row.feature)?,
            first: Day(row.first_day as i32),
            last: row.last_day.map(|day| Day(day as i32)),
            reason: row.reason,
            staff_name: row.staff_name,
        })
    }

    /// Whether it is off on that day.
    pub fn holds_on(&self, day: Day) -> bool {
        self.first <= day && self.last.is_none_or(|last| day <= last)
    }

    pub(crate) fn overlaps(&self, first: Day, last: Option<Day>) -> bool {
        self.last.is_none_or(|own| first <= own) && last.is_none_or(|last| self.first <= last)
    }
}
