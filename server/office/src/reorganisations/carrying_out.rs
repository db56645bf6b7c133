//! The day has come: what closes is closed in one transaction, then each open dossier passes over in one of its own.
//!
//! Whatever breaks off in between goes on at the next look: what has begun is not begun again, and a dossier that has
//! passed over is found in no closed unit any more.

use super::{is_shut, object_of};
use crate::{
    Office, Result, Who,
    audit::{self, Object},
    staff::held,
};
use domain::{dossier::Status, time::Day};
use serde_json::json;
use std::collections::HashMap;
use store::{
    Tx, mandates,
    offices::{self, OfficeRow, SuccessionRow},
    queues::{self, Filter},
    reorganisations::{self as rows, ReorganisationRow},
    staff::{self, PositionRow},
};
use uuid::Uuid;

/// How many positions a reorganisation has moved.
#[derive(Debug, Clone, Copy, Default)]
struct Moved {
    ended: usize,
    begun: usize,
    /// Those that the plan leads on and that begin nowhere, because nobody opens that login any more.
    shut: usize,
}

impl Office {
    /// Begins each confirmed reorganisation whose day has come, passes the open dossiers of every office that has ended
    /// on, and says which reorganisations are finished. Answers how many dossiers passed over. One that cannot be begun
    /// keeps nothing else back; the first failure is the answer when all was tried.
    ///
    /// **Permissions**: the program's own worker.
    pub async fn carry_out_reorganisations(&self, holder: Uuid) -> Result<u64> {
        let mut failed = None;
        self.follow_books().await?;
        for row in self.due_reorganisations().await?.iter().filter(|row| row.begun_at.is_none()) {
            if self.hold_lease("reorganising", holder).await? {
                failed = failed.or(self.begin_reorganisation(row.id).await.err());
            }
        }
        // Another process may have begun one meanwhile.
        self.follow_books().await?;
        let passed = self.pass_on_open_dossiers(holder).await;
        self.finish_reorganisations().await?;
        failed.map_or(passed, Err)
    }

    /// Those that are confirmed and whose day has come, until they are finished.
    pub(crate) async fn due_reorganisations(&self) -> Result<Vec<ReorganisationRow>> {
        let mut tx = self.db().read().await?;
        Ok(rows::due_reorganisations(&mut tx, self.now().day()).await?)
    }

    /// Closes what closes: offices, positions, mandates; and opens the positions that go on.
    async fn begin_reorganisation(&self, id: Uuid) -> Result<()> {
        // Another process may have brought in an office, or begun another plan.
        self.reload_books().await?;
        let (books, who, now) = (self.books(), Who::system(), self.now());
        let mut tx = self.db().write().await?;
        let mut row = self.hold_reorganisation(&mut tx, id).await?;
        let seen = row.version;
        let Some(by) = row.confirmed_by.filter(|_| row.begun_at.is_none() && row.dropped_at.is_none()) else {
            return Ok(());
        };
        // The units may have changed since it was confirmed, or another plan may have closed one.
        self.check_plan(&row.plan)?;
        let last = row.plan.last_day();
        let find = |keys: &[String]| -> Vec<OfficeRow> {
            keys.iter().filter_map(|key| books.places.by_key(key).cloned()).collect()
        };
        let (closing, heirs) = (find(&row.plan.closes), find(&row.plan.heirs));
        let units: Vec<i64> = closing.iter().map(|unit| unit.id).collect();
        let within: Vec<i64> = units.iter().flat_map(|unit| books.places.offices_of_unit(*unit)).collect();
        for office in &within {
            offices::end_office(&mut tx, *office, last).await?;
        }
        self.note_successions(&mut tx, &row, &closing, &heirs).await?;
        let positions = self.move_positions(&mut tx, &row, &within, last).await?;
        let lent = mandates::mandates_going_on(&mut tx, &units, last).await?;
        for mandate in &lent {
            mandates::end_mandate(&mut tx, mandate.office_id, mandate.id, by, now).await?;
        }
        let filter = Filter { offices: units.clone(), statuses: Status::open_codes(), ..Filter::default() };
        let open = queues::count_by_office(&mut tx, &filter).await?;
        row.begun_at = Some(now.0);
        row.open_at_begin = Some(open.iter().map(|(_, dossiers)| dossiers).sum());
        rows::save_reorganisation(&mut tx, &row, seen).await?;
        for unit in &units {
            let detail = json!({
                "last_day": last.0, "heirs": row.plan.heirs, "positions_ended": positions.ended,
                "positions_begun": positions.begun, "logins_shut": positions.shut, "mandates_ended": lent.len(),
                "open": row.open_at_begin,
            });
            let object = audit::Object { office: Some(*unit), ..object_of(&row) };
            audit::record(self, &mut tx, &who, "begin_reorganisation", &object, detail).await?;
        }
        self.commit_books(tx).await
    }

    /// Says who continues what closes: each unit, and each reception.
    async fn note_successions(
        &self,
        tx: &mut Tx,
        row: &ReorganisationRow,
        closing: &[OfficeRow],
        heirs: &[OfficeRow],
    ) -> Result<()> {
        let books = self.books();
        for from in closing {
            for to in heirs {
                let desks = (
                    books.places.one_stop_of(from.id, row.plan.last_day()),
                    books.places.one_stop_of(to.id, row.plan.day),
                );
                let desks = desks.0.zip(desks.1).map(|(from, to)| (from.key.clone(), to.key.clone()));
                let pairs = std::iter::once((from.key.clone(), to.key.clone())).chain(desks);
                for (from_key, to_key) in pairs {
                    if books.places.continuing_offices(&from_key).any(|known| known.to_key == to_key) {
                        continue;
                    }
                    let (on_day, basis) = (row.on_day, row.plan.basis.clone());
                    offices::insert_succession(tx, &SuccessionRow { from_key, to_key, on_day, basis }).await?;
                }
            }
        }
        Ok(())
    }

    /// Ends every position in what closes, and begins those that the plan leads on, as whoever appoints somebody does:
    /// none for a login that is shut, none that meets another of the same role in the unit, each a line of the record.
    async fn move_positions(&self, tx: &mut Tx, row: &ReorganisationRow, within: &[i64], last: Day) -> Result<Moved> {
        let (books, who) = (self.books(), Who::system());
        let ending = staff::positions_going_on(tx, within, last).await?;
        let mut members: Vec<Uuid> = ending.iter().map(|one| one.position.staff_id).collect();
        members.sort_unstable();
        members.dedup();
        let mut all: HashMap<Uuid, Vec<PositionRow>> = HashMap::new();
        for position in staff::positions_of_all(tx, &members).await? {
            all.entry(position.staff_id).or_default().push(position);
        }
        let mut moved = Moved { ended: ending.len(), ..Moved::default() };
        let (mut begun, mut lines) = (Vec::new(), Vec::new());
        for one in &ending {
            let position = &one.position;
            let positions = all.entry(position.staff_id).or_default();
            let of = |office: i64| Object {
                kind: "staff",
                id: position.staff_id.to_string(),
                office: books.places.authority_of(office),
            };
            let shut = is_shut(one, &row.plan, self.now());
            let onward = row.plan.onward.iter().find(|onward| onward.position == position.id.to_string());
            let heir = onward.and_then(|onward| books.places.by_key(&onward.to));
            let before = held(positions);
            for known in positions.iter_mut().filter(|known| known.id == position.id) {
                known.valid_to = Some(i64::from(last.0));
            }
            let mut detail = json!({ "before": before, "after": held(positions), "reorganisation": row.id });
            if shut && heir.is_some() {
                moved.shut += 1;
                detail["login_shut"] = json!(true);
            }
            lines.push(("end_position", of(position.office_id), detail));
            let Some(heir) = heir.filter(|_| !shut) else { continue };
            let Some((from, to)) =
                free_days(position, row.on_day, positions, |other| books.places.authority_of(other) == Some(heir.id))
            else {
                continue;
            };
            // In the office of the same kind; in the committee where there is none.
            let kind = books.places.by_id(position.office_id).map(|office| office.kind.as_str());
            let same = books.places.offices_of_unit(heir.id).into_iter().filter_map(|id| books.places.by_id(id));
            let office = same
                .into_iter()
                .find(|office| Some(office.kind.as_str()) == kind && office.stands_on(row.plan.day))
                .unwrap_or(heir);
            let next = PositionRow {
                id: self.new_id(),
                office_id: office.id,
                valid_from: from,
                valid_to: to,
                ..position.clone()
            };
            let before = held(positions);
            positions.push(next.clone());
            let detail = json!({ "before": before, "after": held(positions), "reorganisation": row.id });
            lines.push(("appoint", of(office.id), detail));
            begun.push(next);
        }
        let ended: Vec<Uuid> = ending.iter().map(|one| one.position.id).collect();
        staff::end_each_position(tx, &ended, last).await?;
        staff::insert_positions(tx, &begun).await?;
        audit::record_all(self, tx, &who, lines).await?;
        moved.begun = begun.len();
        Ok(moved)
    }

    /// Says of each that has begun and has nothing left open in what closed that it is finished.
    async fn finish_reorganisations(&self) -> Result<()> {
        for due in self.due_reorganisations().await?.iter().filter(|row| row.begun_at.is_some()) {
            let mut tx = self.db().write().await?;
            let mut row = self.hold_reorganisation(&mut tx, due.id).await?;
            let seen = row.version;
            if row.finished_at.is_some() || self.left_open(&mut tx, &row).await? > 0 {
                continue;
            }
            row.finished_at = Some(self.now().0);
            rows::save_reorganisation(&mut tx, &row, seen).await?;
            let passed = rows::count_handovers(&mut tx, row.id).await?;
            let detail = json!({ "open_at_begin": row.open_at_begin, "passed": passed });
            audit::record(self, &mut tx, &Who::system(), "finish_reorganisation", &object_of(&row), detail).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    /// How many dossiers are still open in what closes.
    pub(crate) async fn left_open(&self, tx: &mut Tx, row: &ReorganisationRow) -> Result<i64> {
        let books = self.books();
        let units = row.plan.closes.iter().filter_map(|key| books.places.by_key(key)).map(|unit| unit.id);
        let filter = Filter { offices: units.collect(), statuses: Status::open_codes(), ..Filter::default() };
        Ok(queues::count_by_office(tx, &filter).await?.iter().map(|(_, dossiers)| dossiers).sum())
    }
}

/// The days on which a position goes on in a unit: from the first day of the new state to its own end, but never beside
/// another of the same role there. None where such a one holds on the first of them, or where it was never held.
fn free_days(
    position: &PositionRow,
    on_day: i64,
    positions: &[PositionRow],
    is_there: impl Fn(i64) -> bool,
) -> Option<(i64, Option<i64>)> {
    let first = position.valid_from.max(on_day);
    // Its end is what it was before the units closed.
    let mut last = position.valid_to;
    if last.is_some_and(|last| last < first) {
        return None;
    }
    let was_held = |other: &&PositionRow| other.valid_to.is_none_or(|last| last >= other.valid_from);
    let same = |other: &&PositionRow| other.role == position.role && is_there(other.office_id);
    for other in positions.iter().filter(was_held).filter(same) {
        if other.valid_to.is_some_and(|to| to < first) || last.is_some_and(|last| last < other.valid_from) {
            continue;
        }
        if other.valid_from <= first {
            return None;
        }
        last = Some(other.valid_from - 1);
    }
    Some((first, last))
}
