//! The offices of a unit as its administrator sees them: a tree with days of validity, who continues whom, and where
//! each is found and called.

use crate::{Error, Office, Result, Who, error::Problem, rights::Task};
use domain::text;
use store::offices;
pub use store::offices::{ContactRow, OfficeRow, SuccessionRow};
use uuid::Uuid;

/// One office in the tree of its unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitLine {
    pub office: OfficeRow,
    /// How deep it stands: the committee at 0.
    pub depth: usize,
    pub contact: Option<ContactRow>,
    /// Which offices it continues, and since when.
    pub continues: Vec<SuccessionRow>,
    /// Which offices continue it, and since when.
    pub continued_by: Vec<SuccessionRow>,
}

/// Longest address of an office, in characters.
const ADDRESS_MOST: usize = 200;

impl Office {
    /// The offices of one's units, each unit as a tree.
    ///
    /// **Permissions**: [`Task::ManageUnits`]; the units where it is held.
    pub fn units(&self, who: &Who) -> Result<Vec<UnitLine>> {
        let books = self.books();
        let mut lines = Vec::new();
        for unit in self.units_to(who, Task::ManageUnits)? {
            for (depth, office) in books.places.tree_of(unit) {
                lines.push(UnitLine {
                    office: office.clone(),
                    depth,
                    contact: books.places.contact_of(office.id).cloned(),
                    continues: books.places.continued_offices(&office.key).cloned().collect(),
                    continued_by: books.places.continuing_offices(&office.key).cloned().collect(),
                });
            }
        }
        Ok(lines)
    }

    /// Enters where an office is found and called. An empty box takes out what stood there.
    ///
    /// **Permissions**: [`Task::ManageUnits`] in the office's unit.
    pub async fn enter_contact(&self, who: &Who, office: i64, address: &str, phone: &str, command: Uuid) -> Result<()> {
        self.may(who, Task::ManageUnits, office)?;
        if text::clean(address).chars().count() > ADDRESS_MOST {
            return Err(Problem::TooLong("address").into());
        }
        let mut tx = self.db().write().await?;
        offices::hold_office(&mut tx, office).await?;
        if self.answered_before::<()>(&mut tx, who, command).await?.is_some() {
            return Ok(());
        }
        self.write_contact(&mut tx, who, office, Some(address), Some(phone)).await?;
        self.keep_once(&mut tx, who, command, "enter_contact", &()).await?;
        self.commit_books(tx).await
    }

    /// The units where somebody may do that; without one, why not.
    pub(crate) fn units_to(&self, who: &Who, task: Task) -> Result<Vec<i64>> {
        let units = self.units_for(who, task);
        match (units.is_empty(), who.staff()) {
            (false, _) => Ok(units),
            (true, Some(_)) => Err(Error::Forbidden),
            (true, None) => Err(Error::SignInFirst),
        }
    }
}
