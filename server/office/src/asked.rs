//! Who is asked for an opinion and answers: another unit, by its people; or a division of the dossier's own unit, by those
//! who work in that very office.

use crate::{Office, Result, Who, opinions::ANSWER};
use domain::role::Role;
use store::{
    Tx,
    opinions::OpinionRow,
    staff::{self, ColleagueRow},
};

/// The kind of office that is asked inside its own unit (phòng chuyên môn).
const DIVISION: &str = "division";

impl Office {
    /// The units that may be asked for an opinion on a dossier of that office.
    pub fn units_to_ask(&self, office: i64) -> Vec<(i64, String)> {
        let books = self.books();
        let own = books.places.authority_of(office);
        let units = books.places.authorities_on(self.now().day()).into_iter();
        units.filter(|unit| Some(unit.id) != own).map(|unit| (unit.id, unit.name.clone())).collect()
    }

    /// The divisions of that office's unit that this person may ask: those where they do not work themselves.
    pub fn divisions_to_ask(&self, who: &Who, office: i64) -> Vec<(i64, String)> {
        let (books, today) = (self.books(), self.now().day());
        let Some(staff) = who.staff() else { return Vec::new() };
        let works_in = |id: i64| staff.positions.iter().any(|one| one.office == id);
        let offices = books.places.offices_of_unit(office).into_iter().filter_map(|id| books.places.by_id(id));
        let asked = offices.filter(|one| one.kind == DIVISION && one.stands_on(today) && !works_in(one.id));
        asked.map(|one| (one.id, one.name.clone())).collect()
    }

    /// Whether that office is one that is asked inside its own unit.
    pub(crate) fn is_division(&self, office: i64) -> bool {
        self.books().places.by_id(office).is_some_and(|office| office.kind == DIVISION)
    }

    /// Whether this person answers what that office is asked: in a unit whoever may answer there; in a division whoever works
    /// in it and may, and who leads its unit.
    pub(crate) fn answers_there(&self, who: &Who, office: i64) -> bool {
        if !self.is_division(office) {
            return self.units_for(who, ANSWER).contains(&office);
        }
        let books = self.books();
        let unit = books.places.authority_of(office);
        let in_unit = |at: i64| unit.is_some() && books.places.authority_of(at) == unit;
        who.staff().is_some_and(|staff| {
            staff.positions.iter().any(|one| {
                ANSWER.roles().contains(&one.role) && (one.office == office || leads(one.role) && in_unit(one.office))
            })
        })
    }

    /// The office that answers now: the asked one, or the one that continues it.
    pub(crate) fn unit_now(&self, row: &OpinionRow) -> i64 {
        let books = self.books();
        let key = books.places.by_id(row.asked_unit).map(|office| office.key.as_str());
        let now = key.and_then(|key| books.places.continuing(key, self.now().day()));
        now.map_or(row.asked_unit, |office| office.id)
    }

    /// The offices whose requests this person may answer: their units with those that these continue, and the divisions
    /// where they work.
    pub(crate) fn units_asked(&self, who: &Who) -> Result<Vec<i64>> {
        let (units, books, today) = (self.units_of(who, ANSWER)?, self.books(), self.now().day());
        let positions = who.staff().map(|staff| staff.positions.as_slice()).unwrap_or_default();
        let own = positions.iter().filter(|one| ANSWER.roles().contains(&one.role)).map(|one| one.office);
        let divisions = own.filter(|office| self.is_division(*office));
        Ok(units.iter().flat_map(|unit| books.places.continued_by(*unit, today)).chain(divisions).collect())
    }

    /// Whether nobody else was given it, or this person leads where it was asked.
    pub(crate) fn is_ones_own(&self, who: &Who, row: &OpinionRow) -> bool {
        let Some(staff) = who.staff() else { return false };
        let books = self.books();
        let unit = books.places.authority_of(self.unit_now(row));
        let in_unit = |at: i64| unit.is_some() && books.places.authority_of(at) == unit;
        let mut held = staff.positions.iter().filter(|one| in_unit(one.office));
        row.assignee.is_none_or(|to| to == staff.id) || held.any(|one| leads(one.role))
    }

    /// Who of a unit, or of a division, may answer, each role on a line.
    pub(crate) async fn answerers(&self, tx: &mut Tx, office: i64) -> Result<Vec<ColleagueRow>> {
        let mut colleagues = match self.is_division(office) {
            true => staff::colleagues_in(tx, &[office], self.now().day()).await?,
            false => self.colleagues_of(tx, office).await?,
        };
        colleagues.retain(|one| Role::from_key(&one.role).is_some_and(|role| ANSWER.roles().contains(&role)));
        Ok(colleagues)
    }
}

const fn leads(role: Role) -> bool {
    matches!(role, Role::Leader | Role::CentreDirector)
}
