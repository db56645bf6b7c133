//! A version of what a unit says of a procedure, as the books hold it in memory.

use domain::{
    procedure::unit_part::{OwnTerm, UnitPart},
    time::{Day, Instant},
    working_time::TermUnit,
};
use serde_json::Value;
use store::local_parts::LocalPartRow;
use uuid::Uuid;

/// One version of what a unit says of a procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitPartVersion {
    pub id: Uuid,
    /// The unit, by its authority.
    pub unit: i64,
    pub code: String,
    /// 1 for the first of the procedure in the unit, and so on.
    pub number: i64,
    /// First day it holds.
    pub valid_from: Day,
    pub part: UnitPart,
    pub staff_name: String,
    pub created_at: Instant,
}

impl UnitPartVersion {
    /// The version of a row. One whose unit of time nobody knows any more shortens nothing.
    pub(crate) fn of(row: LocalPartRow) -> Self {
        let unit = row.term_unit.and_then(|key| serde_json::from_value::<TermUnit>(Value::String(key)).ok());
        let amount = row.term_amount.and_then(|amount| u32::try_from(amount).ok());
        let term = unit.zip(amount).map(|(unit, amount)| OwnTerm { unit, amount });
        Self {
            id: row.id,
            unit: row.office_id,
            code: row.code,
            number: row.number,
            valid_from: Day(row.valid_from as i32),
            part: UnitPart { online: row.online, contact: row.contact, notes: row.notes, term, fees: row.fees },
            staff_name: row.staff_name,
            created_at: Instant(row.created_at),
        }
    }
}
