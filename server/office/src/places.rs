//! Offices in time and the calendars they work by, in memory.

use crate::{
    Error, Office, Result, Who,
    audit::{self, Object},
    closures::Closure,
    error::Problem,
    unit_parts::UnitPartVersion,
};
use domain::{feature::Feature, person::Phone, text, time::Day, working_time::Calendar};
use serde_json::json;
use std::{collections::HashMap, sync::Arc};
pub use store::offices::OfficeRow;
use store::{
    Tx, calendars, feature_closures, local_parts,
    offices::{self, ContactRow, SuccessionRow},
    reorganisations::{self, ReorganisationRow},
};

/// The offices of every time.
pub struct Places {
    offices: Vec<OfficeRow>,
    successions: Vec<SuccessionRow>,
    /// Id of each office → id of the authority (People's Committee) it belongs to.
    authorities: HashMap<i64, i64>,
    contacts: Vec<ContactRow>,
    /// Reorganisations that have begun, by their days.
    reorganisations: Vec<ReorganisationRow>,
    /// Every version of every calendar, oldest first.
    calendars: Vec<Version>,
    /// What units have switched off, or will, since the books were read.
    pub(crate) closures: Vec<Closure>,
    /// What units say of procedures, those of one procedure in the order in which they hold.
    pub(crate) unit_parts: Vec<UnitPartVersion>,
}

/// A version of a calendar.
struct Version {
    /// A province's or a commune's key.
    scope: String,
    /// The first day on which it holds for what is received.
    valid_from: Day,
    calendar: Arc<Calendar>,
}

/// Kind of an authority.
const COMMITTEE: &str = "peoples_committee";
/// Kind of a reception.
const ONE_STOP: &str = "one_stop_shop";
/// Scope of the province's calendar.
pub const PROVINCE: &str = "province";

impl Places {
    pub(crate) async fn read(tx: &mut Tx) -> Result<Self> {
        let offices = offices::list_offices(tx).await?;
        let by_key: HashMap<&str, &OfficeRow> = offices.iter().map(|office| (office.key.as_str(), office)).collect();
        let authority = |office: &OfficeRow| {
            let mut at = by_key.get(office.key.as_str()).copied()?;
            // An edited table may hold a circle; no real one is so deep.
            for _ in 0..16 {
                match at.parent_key.as_deref().and_then(|key| by_key.get(key)) {
                    Some(above) if at.kind != COMMITTEE => at = above,
                    _ => break,
                }
            }
            Some(at.id)
        };
        let authorities = offices.iter().filter_map(|office| Some((office.id, authority(office)?))).collect();
        let calendars = calendars::list_calendars(tx).await?.into_iter().map(|known| Version {
            scope: known.scope,
            valid_from: Day(known.valid_from as i32),
            calendar: Arc::new(known.body.0),
        });
        let calendars = calendars.collect();
        let contacts = offices::list_contacts(tx).await?;
        let reorganisations = reorganisations::begun_reorganisations(tx).await?;
        let successions = offices::list_successions(tx).await?;
        // Also what is over: the books may be read on a clock that stands elsewhere.
        let closures = feature_closures::closures_from(tx, 0).await?.into_iter().filter_map(Closure::of).collect();
        let unit_parts = local_parts::list_local_parts(tx).await?.into_iter().map(UnitPartVersion::of).collect();
        Ok(Self { successions, authorities, contacts, reorganisations, calendars, closures, unit_parts, offices })
    }

    /// What has a feature off in the unit of that office on that day.
    pub fn closure_on(&self, feature: Feature, office: i64, day: Day) -> Option<&Closure> {
        let unit = self.authority_of(office)?;
        self.closures.iter().find(|one| one.unit == unit && one.feature == feature && one.holds_on(day))
    }

    /// The offices of every time, by their ids.
    pub(crate) fn all(&self) -> &[OfficeRow] {
        &self.offices
    }

    /// The office of that id.
    pub fn by_id(&self, id: i64) -> Option<&OfficeRow> {
        self.offices.iter().find(|office| office.id == id)
    }

    /// The office of that key.
    pub fn by_key(&self, key: &str) -> Option<&OfficeRow> {
        self.offices.iter().find(|office| office.key == key)
    }

    /// The unit an office belongs to: its People's Committee's id.
    pub fn authority_of(&self, office: i64) -> Option<i64> {
        self.authorities.get(&office).copied()
    }

    /// The unit that the one above this unit's committee belongs to.
    pub fn above(&self, unit: i64) -> Option<i64> {
        let above = self.by_key(self.by_id(unit)?.parent_key.as_deref()?)?;
        self.authority_of(above.id).filter(|above| *above != unit)
    }

    /// The reorganisation that has closed the unit of that key.
    pub fn reorganisation_closing(&self, key: &str) -> Option<&ReorganisationRow> {
        self.reorganisations.iter().rev().find(|row| row.plan.closes.iter().any(|closed| closed == key))
    }

    /// The People's Committee of that id, if it works on that day.
    pub fn open_authority(&self, id: i64, day: Day) -> Option<&OfficeRow> {
        self.by_id(id).filter(|office| office.kind == COMMITTEE && office.stands_on(day))
    }

    /// The People's Committees that work on that day.
    pub fn authorities_on(&self, day: Day) -> Vec<&OfficeRow> {
        self.offices.iter().filter(|office| office.kind == COMMITTEE && office.stands_on(day)).collect()
    }

    /// Ids of every People's Committee there ever was.
    pub fn authority_ids(&self) -> Vec<i64> {
        self.offices.iter().filter(|office| office.kind == COMMITTEE).map(|office| office.id).collect()
    }

    /// Ids of the People's Committees whose last day lies before that day.
    pub fn authorities_ended_before(&self, day: Day) -> Vec<i64> {
        let ended = |office: &&OfficeRow| office.valid_to.is_some_and(|last| last < i64::from(day.0));
        self.offices.iter().filter(|office| office.kind == COMMITTEE).filter(ended).map(|office| office.id).collect()
    }

    /// What the law says that one office continues the other by, directly or over others between them.
    pub fn basis_of_succession(&self, from_key: &str, to_key: &str) -> Option<String> {
        let direct = self.successions.iter().find(|s| s.from_key == from_key && s.to_key == to_key);
        let any = || self.successions.iter().find(|s| s.from_key == from_key);
        direct.or_else(any).map(|succession| succession.basis.clone())
    }

    /// Every office of the unit, of every time.
    pub fn offices_of_unit(&self, office: i64) -> Vec<i64> {
        let unit = self.authority_of(office);
        self.offices.iter().map(|o| o.id).filter(|id| unit.is_some() && self.authority_of(*id) == unit).collect()
    }

    /// The reception of a unit on that day.
    pub fn one_stop_of(&self, office: i64, day: Day) -> Option<&OfficeRow> {
        let unit = self.authority_of(office)?;
        self.offices.iter().find(|o| o.kind == ONE_STOP && o.stands_on(day) && self.authority_of(o.id) == Some(unit))
    }

    /// Where an office is found and called, as far as it has been entered.
    pub fn contact_of(&self, office: i64) -> Option<&ContactRow> {
        self.contacts.iter().find(|contact| contact.office_id == office)
    }

    /// Who continues the office of that key on that day: itself while it stands, else the first successor that does.
    pub fn continuing(&self, key: &str, day: Day) -> Option<&OfficeRow> {
        self.continuing_in(key, &[], day)
    }

    /// The same, where several continue it: rather the one in one of these units, by their codes.
    pub fn continuing_in(&self, key: &str, unit_codes: &[&str], day: Day) -> Option<&OfficeRow> {
        let mut at = self.by_key(key)?;
        for _ in 0..16 {
            if at.stands_on(day) {
                return Some(at);
            }
            let next = self.successions.iter().filter(|s| s.from_key == at.key && s.on_day <= i64::from(day.0));
            let next: Vec<&OfficeRow> = next.filter_map(|s| self.by_key(&s.to_key)).collect();
            let rest = self.reorganisation_closing(&at.key).map(|row| row.plan.rule.default.as_str());
            at = next
                .iter()
                .find(|office| unit_codes.contains(&office.unit_code.as_str()))
                .or_else(|| next.iter().find(|office| Some(office.key.as_str()) == rest))
                .or(next.first())?;
        }
        None
    }

    /// Ids of the People's Committees whose matters are that one's on that day: itself, and those that have ended and
    /// that it continues.
    pub fn continued_by(&self, authority: i64, day: Day) -> Vec<i64> {
        let goes_on = |office: &&OfficeRow| self.continuing(&office.key, day).is_some_and(|next| next.id == authority);
        self.offices.iter().filter(|office| office.kind == COMMITTEE).filter(goes_on).map(|office| office.id).collect()
    }

    /// Ids of every office that continues an office, at once or through others.
    pub fn successors_of(&self, office: i64) -> Vec<i64> {
        let mut found: Vec<&OfficeRow> = self.by_id(office).into_iter().collect();
        let mut at = 0;
        while let Some(from) = found.get(at).map(|office| office.key.as_str()) {
            let next = self.successions.iter().filter(|s| s.from_key == from).filter_map(|s| self.by_key(&s.to_key));
            let new: Vec<&OfficeRow> = next.filter(|office| !found.iter().any(|known| known.id == office.id)).collect();
            found.extend(new);
            at += 1;
        }
        found.into_iter().skip(1).map(|office| office.id).collect()
    }

    /// Which offices that one continues, and since when.
    pub fn continued_offices(&self, key: &str) -> impl Iterator<Item = &SuccessionRow> {
        self.successions.iter().filter(move |succession| succession.to_key == key)
    }

    /// Which offices continue that one, and since when.
    pub fn continuing_offices(&self, key: &str) -> impl Iterator<Item = &SuccessionRow> {
        self.successions.iter().filter(move |succession| succession.from_key == key)
    }

    /// The offices of a unit as a tree: each with how deep it stands, the committee first.
    pub fn tree_of(&self, authority: i64) -> Vec<(usize, &OfficeRow)> {
        let mut tree = Vec::new();
        let Some(top) = self.by_id(authority) else { return tree };
        let mut ahead = vec![(0, top)];
        while let Some((depth, office)) = ahead.pop() {
            tree.push((depth, office));
            let below = self.offices.iter().rev().filter(|one| {
                one.parent_key.as_deref() == Some(office.key.as_str()) && self.authority_of(one.id) == Some(authority)
            });
            // An edited table may hold a circle.
            let below = below.filter(|one| !tree.iter().any(|(_, known)| known.id == one.id));
            ahead.extend(below.map(|one| (depth + 1, one)).collect::<Vec<_>>());
        }
        tree
    }

    /// The calendar in force for an office on that day: its unit's own, else the province's. Of those that hold by then
    /// the one that came last.
    pub fn calendar_of(&self, office: i64, day: Day) -> Arc<Calendar> {
        let unit = self.authority_of(office).and_then(|id| self.by_id(id)).map(|office| office.key.clone());
        unit.as_deref()
            .and_then(|scope| self.calendar_in(scope, day))
            .or_else(|| self.calendar_in(PROVINCE, day))
            .unwrap_or_else(|| Arc::new(Calendar::official().clone()))
    }

    /// The calendar of a scope in force on that day, if it has one.
    pub fn calendar_in(&self, scope: &str, day: Day) -> Option<Arc<Calendar>> {
        let holds = |version: &&Version| version.scope == scope && version.valid_from <= day;
        self.calendars.iter().rev().find(holds).map(|version| version.calendar.clone())
    }

    /// The version of a unit that came last, with the first day on which it holds: also one that is yet to hold.
    pub fn last_calendar(&self, unit_key: &str) -> Option<(Day, Arc<Calendar>)> {
        let own = |version: &&Version| version.scope == unit_key;
        self.calendars.iter().rev().find(own).map(|version| (version.valid_from, version.calendar.clone()))
    }

    /// A version of a calendar, if there is one of that name; the shipped one is there before it was laid down.
    pub fn calendar_of_version(&self, version: &str) -> Option<Arc<Calendar>> {
        let known = self.calendars.iter().find(|known| known.calendar.version() == version);
        let shipped = Calendar::official();
        let shipped = || (shipped.version() == version).then(|| Arc::new(shipped.clone()));
        known.map(|known| known.calendar.clone()).or_else(shipped)
    }
}

impl Office {
    /// Enters where an office is found and called, on the record. What is not given stays as it was; an empty one goes.
    ///
    /// **Permissions**: the operator at the terminal.
    pub async fn set_contact(&self, who: &Who, key: &str, address: Option<&str>, phone: Option<&str>) -> Result<()> {
        self.may_operate(who)?;
        let office = self.books().places.by_key(key).ok_or(Error::NotFound)?.id;
        let mut tx = self.db().write().await?;
        self.write_contact(&mut tx, who, office, address, phone).await?;
        self.commit_books(tx).await
    }

    /// The same in an act's own transaction, with what it was before and is now on the record.
    pub(crate) async fn write_contact(
        &self,
        tx: &mut Tx,
        who: &Who,
        office: i64,
        address: Option<&str>,
        phone: Option<&str>,
    ) -> Result<()> {
        let books = self.books();
        let key = books.places.by_id(office).ok_or(Error::NotFound)?.key.clone();
        let before = books.places.contact_of(office).cloned();
        let before = before.unwrap_or(ContactRow { office_id: office, address: String::new(), phone: String::new() });
        let phone = match phone.map(str::trim) {
            None => before.phone.clone(),
            Some("") => String::new(),
            Some(typed) => Phone::parse(typed).map_err(|_| Problem::PhoneInvalid)?.as_str().to_owned(),
        };
        let address = address.map_or_else(|| before.address.clone(), text::clean);
        let row = ContactRow { office_id: office, address, phone };
        self.keep_contact(tx, who, key, (&before, &row)).await
    }

    /// Keeps the contact of the office of that key, with the one before on the record.
    pub(crate) async fn keep_contact(
        &self,
        tx: &mut Tx,
        who: &Who,
        key: String,
        (before, row): (&ContactRow, &ContactRow),
    ) -> Result<()> {
        offices::set_contact(tx, row).await?;
        let object = Object { kind: "office", id: key, office: Some(row.office_id) };
        let was = json!({ "address": before.address, "phone": before.phone });
        let detail = json!({ "address": row.address, "phone": row.phone, "before": was });
        audit::record(self, tx, who, "set_contact", &object, detail).await
    }
}
