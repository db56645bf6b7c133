//! The register (form 07) and the control slip (form 06), from the dossiers and their events.
//!
//! The books of an office that has ended are read by whoever may read the register of an office that continues it.

use crate::{Error, Office, Result, Who, dossiers::DossierView, reveal::Reveal, rights::Task};
use domain::{
    dossier::{DeliveryMethod, Event},
    time::{Day, Instant},
};
use serde_json::json;
use std::collections::HashMap;
use store::{
    dossiers::{self, DossierRow},
    events,
};
use uuid::Uuid;

/// A page of the register.
pub struct RegisterPage {
    pub unit: i64,
    pub from: Day,
    pub to: Day,
    pub rows: Vec<DossierRow>,
    /// How each dossier went on, by its id.
    pub ways: HashMap<Uuid, Way>,
    /// Whether telephone numbers are written out: they were asked for with a reason.
    pub numbers_in_full: bool,
    /// Whether this person may ask for them.
    pub may_reveal: bool,
    /// The register goes on beyond what a page can hold: narrow the days.
    pub more: bool,
}

/// What the book notes of a dossier beyond its own columns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Way {
    /// When the office that resolves got it: the first time somebody was given it.
    pub forwarded: Option<Instant>,
    pub collector: Option<String>,
    pub method: Option<DeliveryMethod>,
    /// Code of the dossier whose result stands in place of its own.
    pub replaced_by: Option<String>,
}

/// What a register is read for; an export is on the record as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading<'a> {
    Screen,
    /// Out of the program, as a file of that kind.
    Export(&'static str),
    /// The same with telephone numbers in full, for that reason.
    ExportInFull(&'static str, &'a Reveal),
}

/// A register that somebody may read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Book {
    pub unit: i64,
    /// The office as it is, or was, called.
    pub name: String,
    /// Its last day, when it has ended.
    pub last_day: Option<Day>,
}

/// Lines of a register at once: a busy month of a commune.
const MOST: i64 = 2_000;
/// Kinds of the events that a [`Way`] is made of.
const TELLING: [&str; 3] = ["assigned", "routed", "delivered"];

impl Office {
    /// The registers a person may read: of their own units, then of the offices that these continue.
    ///
    /// **Permissions**: [`Task::ReadRegister`] in the unit or in one that continues it.
    pub fn books_of(&self, who: &Who) -> Vec<Book> {
        let (books, today) = (self.books(), self.now().day());
        let own = self.units_for(who, Task::ReadRegister);
        let mut found: Vec<Book> = books
            .places
            .authority_ids()
            .into_iter()
            .filter(|unit| self.continues(&own, *unit))
            .filter_map(|unit| books.places.by_id(unit))
            .map(|office| Book {
                unit: office.id,
                name: office.name.clone(),
                last_day: office.valid_to.map(|day| Day(day as i32)).filter(|last| *last < today),
            })
            .collect();
        found.sort_by_key(|book| (book.last_day.is_some(), domain::text::sort_key(&book.name)));
        found
    }

    /// The dossiers received between two days (both counted), in the order of reception.
    ///
    /// **Permissions**: [`Task::ReadRegister`] in that unit, or in one that continues it after it has ended; the person and
    /// the matter of a sensitive dossier with [`Task::ReadSensitive`]; numbers in full with [`Task::RevealPersonalData`] there.
    pub async fn register(
        &self,
        who: &Who,
        unit: i64,
        from: Day,
        to: Day,
        reading: Reading<'_>,
    ) -> Result<RegisterPage> {
        who.staff().ok_or(Error::SignInFirst)?;
        if !self.continues(&self.units_for(who, Task::ReadRegister), unit) {
            return Err(Error::Forbidden);
        }
        let may_reveal = self.continues(&self.units_for(who, Task::RevealPersonalData), unit);
        let numbers_in_full = matches!(reading, Reading::ExportInFull(..));
        if numbers_in_full && !may_reveal {
            return Err(Error::Forbidden);
        }
        let (first, end) = (from.start(), to.next().start());
        let mut tx = self.db().read().await?;
        let mut rows = dossiers::received_between(&mut tx, unit, first, end, MOST + 1).await?;
        let mut ways = ways_of(events::events_of_received(&mut tx, unit, first, end, MOST, &TELLING).await?);
        for (id, by) in self.replacements_of(&mut tx, &rows).await? {
            ways.entry(id).or_default().replaced_by = by.code;
        }
        drop(tx);
        let more = rows.len() as i64 > MOST;
        rows.truncate(MOST as usize);
        for row in &mut rows {
            let way = ways.entry(row.id).or_default();
            if row.sensitive && self.may_with(who, Task::ReadDossier, row).is_err() {
                close(row, way);
            }
        }
        let object = crate::audit::Object { kind: "register", id: format!("{from}/{to}"), office: Some(unit) };
        let (act, detail) = match reading {
            Reading::Screen => ("view_register", json!({ "rows": rows.len() })),
            Reading::Export(kind) => ("export_register", json!({ "rows": rows.len(), "as": kind })),
            Reading::ExportInFull(kind, reveal) => {
                ("export_register", json!({ "rows": rows.len(), "as": kind, "in_full": reveal.detail() }))
            }
        };
        self.record_view(who, act, &object, detail).await?;
        Ok(RegisterPage { unit, from, to, rows, ways, numbers_in_full, may_reveal, more })
    }

    /// A dossier with its events, for the control slip.
    ///
    /// **Permissions**: [`Task::ReadDossier`] in its unit.
    pub async fn control_slip(&self, who: &Who, id: Uuid) -> Result<DossierView> {
        let view = self.dossier(who, id).await?;
        if view.row.received_at.is_none() {
            return Err(Error::NotFound);
        }
        Ok(view)
    }

    /// The same, to be taken away as a file.
    ///
    /// **Permissions**: [`Task::ReadDossier`] in its unit.
    pub async fn export_control_slip(&self, who: &Who, id: uuid::Uuid) -> Result<DossierView> {
        let view = self.control_slip(who, id).await?;
        let object = crate::audit::Object::of(&view.row);
        self.record_view(who, crate::audit::view_act(&view.row, "export_control_slip"), &object, json!({})).await?;
        Ok(view)
    }

    /// Whether one of these units is that unit, or continues it now that it has ended.
    fn continues(&self, own: &[i64], unit: i64) -> bool {
        let books = self.books();
        let ended = books.places.by_id(unit).is_some_and(|office| !office.stands_on(self.now().day()));
        own.contains(&unit) || ended && books.places.successors_of(unit).iter().any(|next| own.contains(next))
    }
}

/// Leaves of a sensitive dossier what a book needs to be complete for who may not open it: that it is there, when it came
/// and how it stands. No person and no matter.
fn close(row: &mut DossierRow, way: &mut Way) {
    for words in [
        &mut row.applicant_name,
        &mut row.applicant_id,
        &mut row.applicant_phone,
        &mut row.applicant_address,
        &mut row.procedure_code,
        &mut row.procedure_name,
        &mut row.search_text,
        &mut row.lookup_code,
    ] {
        words.clear();
    }
    row.organisation_id = None;
    row.organisation_number = None;
    row.organisation_name = None;
    row.organisation_address = None;
    row.typed.clear();
    row.papers_listed.clear();
    way.collector = None;
}

/// What the events say about each dossier, in the order in which they happened.
fn ways_of(recorded: Vec<(Uuid, i64, Event)>) -> HashMap<Uuid, Way> {
    let mut ways: HashMap<Uuid, Way> = HashMap::new();
    for (dossier, at, event) in recorded {
        let way = ways.entry(dossier).or_default();
        match event {
            Event::Assigned { .. } | Event::Routed { .. } => way.forwarded = way.forwarded.or(Some(Instant(at))),
            Event::Delivered { collector, method, .. } => {
                way.collector = Some(collector.name);
                way.method = Some(method);
            }
            _ => {}
        }
    }
    ways
}
