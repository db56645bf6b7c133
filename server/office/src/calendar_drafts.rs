//! The calendar of a year in an administrator's hands: begun with what the law gives, changed by day, compared with what
//! holds, and published for the unit, or thrown away.
//!
//! What was received before keeps the version it was received under: publishing writes a row and touches no dossier.
// long because the life of a draft stands here whole, from its beginning to the version it becomes.

use crate::{
    Error, Office, Result, Who,
    audit::{self, Object},
    calendars::VERSION_MOST,
    error::Problem,
    rights::Task,
};
use domain::{
    text,
    time::Day,
    working_time::{
        Calendar, CalendarYear, DayEntry, DayPart, EntryKind,
        compare::{self, ChangedDay, MovedDue},
        proposal::{self, ChoiceProblem, YearChoices},
    },
};
use serde_json::json;
use std::sync::Arc;
use store::{
    StoreError, Tx,
    calendar_drafts::{self, CalendarDraftRow},
    calendars::{self, Origin},
    offices,
};
use uuid::Uuid;

/// What the page of calendars needs of one unit.
pub struct UnitCalendars {
    /// The unit, by its authority.
    pub unit: i64,
    pub name: String,
    /// What holds today.
    pub standing: Arc<Calendar>,
    /// Whether it is the unit's own; else the province's.
    pub is_own: bool,
    /// A version of the unit's own that is published and yet to hold, with its first day.
    pub coming: Option<(Day, Arc<Calendar>)>,
    /// The years in the making.
    pub drafts: Vec<CalendarDraft>,
}

/// The calendar of a year in the making.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarDraft {
    pub id: Uuid,
    pub unit: i64,
    pub year: i32,
    pub source: String,
    /// Ascending by day.
    pub entries: Vec<DayEntry>,
    /// The day from which it shall hold; none for the day of its publication.
    pub valid_from: Option<Day>,
    /// Counts its changes.
    pub version: i64,
    pub staff_name: String,
    /// Whether it was published or thrown away.
    pub has_ended: bool,
    /// The version it became.
    pub published_as: Option<String>,
}

/// A draft beside what it would change.
pub struct CalendarPreview {
    pub draft: CalendarDraft,
    pub unit_name: String,
    /// The version that stands, on which the new one is built.
    pub standing: Arc<Calendar>,
    /// The calendar as it would be published.
    pub calendar: Arc<Calendar>,
    /// The first day on which it would hold.
    pub valid_from: Day,
    /// Days from then on that change, in the year and around it.
    pub changed: Vec<ChangedDay>,
    /// Receptions that would be promised another day than now.
    pub moved: Vec<MovedDue>,
    pub under_way: UnderWay,
}

/// The open dossiers of a unit by the calendar that they keep.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UnderWay {
    /// Received: each version with how many keep it, whatever is published.
    pub kept: Vec<(String, i64)>,
    /// Handed in and not received: their day is promised at reception, by what holds then.
    pub waiting: i64,
}

/// Days as they are typed: a first one, and a last one where it is more than a day.
#[derive(Debug, Clone)]
pub struct NewDays {
    pub first: Day,
    pub last: Option<Day>,
    pub kind: EntryKind,
    pub part: DayPart,
    pub name: String,
}

/// Longest name of a day, in characters.
const NAME_MOST: usize = 120;
/// Longest law or decision, in characters.
const SOURCE_MOST: usize = 300;
/// Examples of moved due moments.
const EXAMPLES: usize = 4;
/// How many years ahead of this one a calendar is prepared.
const YEARS_AHEAD: i32 = 2;

impl UnderWay {
    /// How many received dossiers keep a version, all together.
    pub fn received(&self) -> i64 {
        self.kept.iter().map(|(_, count)| count).sum()
    }
}

impl Office {
    /// The calendars of one's units: what holds, what is published to come, and what is in the making.
    ///
    /// **Permissions**: [`Task::ManageCalendars`]; the units where it is held.
    pub async fn calendars(&self, who: &Who) -> Result<Vec<UnitCalendars>> {
        let units = self.units_to(who, Task::ManageCalendars)?;
        let mut tx = self.db().read().await?;
        let drafts = calendar_drafts::open_calendar_drafts(&mut tx, &units).await?;
        drop(tx);
        let (books, today) = (self.books(), self.now().day());
        let of_unit = |unit: i64| {
            let place = books.places.by_id(unit)?;
            let coming = books.places.last_calendar(&place.key).filter(|(from, _)| *from > today);
            let drafts = drafts.iter().filter(|row| row.office_id == unit).cloned().map(CalendarDraft::from);
            Some(UnitCalendars {
                unit,
                name: place.name.clone(),
                standing: books.places.calendar_of(unit, today),
                is_own: books.places.calendar_in(&place.key, today).is_some(),
                coming,
                drafts: drafts.collect(),
            })
        };
        Ok(units.into_iter().filter_map(of_unit).collect())
    }

    /// The units whose calendar this person prepares; without one, why not.
    ///
    /// **Permissions**: [`Task::ManageCalendars`].
    pub fn units_with_calendars(&self, who: &Who) -> Result<Vec<i64>> {
        self.units_to(who, Task::ManageCalendars)
    }

    /// A draft beside what it would change, and how many dossiers it would not touch.
    ///
    /// **Permissions**: [`Task::ManageCalendars`] in its unit.
    pub async fn preview_calendar(&self, who: &Who, id: Uuid) -> Result<CalendarPreview> {
        let units = self.units_to(who, Task::ManageCalendars)?;
        let mut tx = self.db().read().await?;
        let draft = self.read_calendar_draft(&mut tx, &units, id).await?;
        let under_way = under_way(&mut tx, draft.unit).await?;
        drop(tx);
        let unit_name = self.books().places.by_id(draft.unit).map_or_else(String::new, |place| place.name.clone());
        let standing = self.base_calendar(draft.unit);
        let today = self.now().day();
        let valid_from = draft.valid_from.unwrap_or(today).max(today);
        let calendar = Arc::new(built(&standing, &draft, "-".into())?);
        let last = Day::from_ymd(draft.year, 12, 31).unwrap_or(today);
        let changed = compare::changed_days(&standing, &calendar, valid_from, last.max(valid_from));
        let moved = compare::moved_dues(&standing, &calendar, &changed, valid_from, EXAMPLES);
        Ok(CalendarPreview { draft, unit_name, standing, calendar, valid_from, changed, moved, under_way })
    }

    /// Begins the calendar of a year: with what the unit's or the province's calendar says about it, else with the days of
    /// the law and of these choices.
    ///
    /// **Permissions**: [`Task::ManageCalendars`] in the unit.
    pub async fn draft_calendar(
        &self,
        who: &Who,
        unit: i64,
        year: i32,
        choices: Option<YearChoices>,
        command: Uuid,
    ) -> Result<Uuid> {
        self.may(who, Task::ManageCalendars, unit)?;
        let books = self.books();
        let today = self.now().day();
        let place = books.places.open_authority(unit, today).ok_or(Error::NotFound)?;
        if !(today.year()..=today.year() + YEARS_AHEAD).contains(&year) {
            return Err(Problem::YearInvalid.into());
        }
        let base = self.base_calendar(unit);
        let published = [Some(base.clone()), books.places.calendar_in(crate::places::PROVINCE, today)];
        let known = published.into_iter().flatten().find(|calendar| calendar.is_published(year));
        let (source, entries) = match known {
            Some(known) => {
                let source = known.data().years.iter().find(|one| one.year == year).map(|one| one.source.clone());
                let of_year = known.entries().filter(|entry| entry.day.year() == year);
                (source.unwrap_or_default(), of_year.cloned().collect())
            }
            None => {
                let choices = choices.or_else(|| YearChoices::usual(&base, year)).ok_or(Problem::YearInvalid)?;
                let entries = proposal::propose(&base, year, choices).map_err(|problem| match problem {
                    ChoiceProblem::Tet => Problem::TetElsewhere,
                    ChoiceProblem::Year => Problem::YearInvalid,
                })?;
                (proposal::source().to_owned(), entries)
            }
        };
        let now = self.now().0;
        let draft = CalendarDraft {
            id: self.new_id(),
            unit,
            year,
            source,
            entries,
            valid_from: None,
            version: 1,
            staff_name: who.staff().map_or_else(String::new, |staff| staff.name.clone()),
            has_ended: false,
            published_as: None,
        };
        let key = place.key.clone();
        let mut tx = self.db().write().await?;
        offices::hold_office(&mut tx, unit).await?;
        if let Some(answer) = self.answered_before(&mut tx, who, command).await? {
            return Ok(answer);
        }
        let row = draft.row(now, now);
        match calendar_drafts::insert_calendar_draft(&mut tx, &row).await {
            Err(StoreError::Duplicate(_)) => return Err(Problem::YearDrafted.into()),
            done => done?,
        }
        let detail = json!({ "draft": draft.id, "unit": key, "days": draft.entries.len() });
        audit::record(self, &mut tx, who, "draft_calendar", &object(&draft), detail).await?;
        self.keep_once(&mut tx, who, command, "draft_calendar", &draft.id).await?;
        tx.commit().await?;
        Ok(draft.id)
    }

    /// Enters the decision a draft comes from, and the day from which it shall hold.
    ///
    /// **Permissions**: [`Task::ManageCalendars`] in its unit.
    pub async fn enter_calendar_basis(
        &self,
        who: &Who,
        id: Uuid,
        seen: i64,
        source: &str,
        valid_from: Option<Day>,
        command: Uuid,
    ) -> Result<()> {
        let today = self.now().day();
        self.change_calendar_draft(who, id, seen, command, |draft| {
            draft.source = read_words("source", source, SOURCE_MOST)?;
            if valid_from.is_some_and(|day| day < today || day.year() > draft.year) {
                return Err(Problem::PeriodInvalid("valid_from"));
            }
            draft.valid_from = valid_from;
            Ok(())
        })
        .await
    }

    /// Names days: off, or worked. A day that the draft names already is taken out first.
    ///
    /// **Permissions**: [`Task::ManageCalendars`] in its unit.
    pub async fn add_calendar_days(&self, who: &Who, id: Uuid, seen: i64, days: NewDays, command: Uuid) -> Result<()> {
        self.change_calendar_draft(who, id, seen, command, |draft| {
            let last = days.last.unwrap_or(days.first);
            if last < days.first {
                return Err(Problem::PeriodInvalid("last"));
            }
            let name = read_words("name", &days.name, NAME_MOST)?;
            for (field, day) in [("first", days.first), ("last", last)] {
                draft.may_name(field, day, draft.year)?;
            }
            for day in (days.first.0..=last.0).map(Day) {
                if draft.entries.iter().any(|entry| entry.day == day && entry.part.overlaps(days.part)) {
                    return Err(Problem::DayNamed("first"));
                }
                draft.add(DayEntry { day, kind: days.kind, part: days.part, name: name.clone(), source: None });
            }
            Ok(())
        })
        .await
    }

    /// Swaps a working day for a day off of the week: the first is off, the other is worked.
    ///
    /// **Permissions**: [`Task::ManageCalendars`] in its unit.
    pub async fn swap_calendar_days(
        &self,
        who: &Who,
        id: Uuid,
        seen: i64,
        (off, worked): (Day, Day),
        command: Uuid,
    ) -> Result<()> {
        self.change_calendar_draft(who, id, seen, command, |draft| {
            let base = self.base_calendar(draft.unit);
            for (field, day) in [("off", off), ("worked", worked)] {
                draft.may_name(field, day, draft.year)?;
                if draft.entries.iter().any(|entry| entry.day == day) {
                    return Err(Problem::DayNamed(field));
                }
            }
            let works = |day: Day| base.data().weekly[day.weekday() as usize];
            if !works(off) {
                return Err(Problem::OffAnyway("off"));
            }
            if works(worked) {
                return Err(Problem::WorkedAnyway("worked"));
            }
            let short = |day: Day| {
                let (_, month, day) = day.ymd();
                format!("{day}/{month}")
            };
            let (off_name, worked_name) = proposal::swap_names(&short(off), &short(worked));
            for (day, kind, name) in [(off, EntryKind::Swapped, off_name), (worked, EntryKind::MadeUp, worked_name)] {
                draft.add(DayEntry { day, kind, part: DayPart::Whole, name, source: None });
            }
            Ok(())
        })
        .await
    }

    /// Takes out what a draft says about a day.
    ///
    /// **Permissions**: [`Task::ManageCalendars`] in its unit.
    pub async fn remove_calendar_day(&self, who: &Who, id: Uuid, seen: i64, day: Day, command: Uuid) -> Result<()> {
        self.change_calendar_draft(who, id, seen, command, |draft| {
            draft.entries.retain(|entry| entry.day != day);
            Ok(())
        })
        .await
    }

    /// Throws a draft away: its row stays with the moment.
    ///
    /// **Permissions**: [`Task::ManageCalendars`] in its unit.
    pub async fn discard_calendar_draft(&self, who: &Who, id: Uuid, seen: i64, command: Uuid) -> Result<()> {
        let units = self.units_to(who, Task::ManageCalendars)?;
        let mut tx = self.db().write().await?;
        if self.answered_before::<()>(&mut tx, who, command).await?.is_some() {
            return Ok(());
        }
        let draft = self.read_calendar_draft(&mut tx, &units, id).await?;
        let now = self.now();
        let row = CalendarDraftRow { ended_at: Some(now.0), ..draft.row(now.0, now.0) };
        calendar_drafts::save_calendar_draft(&mut tx, &row, seen, now).await?;
        let detail = json!({ "draft": draft.id });
        audit::record(self, &mut tx, who, "discard_calendar_draft", &object(&draft), detail).await?;
        self.keep_once(&mut tx, who, command, "discard_calendar_draft", &()).await?;
        Ok(tx.commit().await?)
    }

    /// Publishes a draft as a version of the unit's own, built on the version `standing` that was seen. It holds for what
    /// is received from its day on; no dossier is touched. Answers the version.
    ///
    /// **Permissions**: [`Task::ManageCalendars`] in its unit.
    pub async fn publish_calendar(
        &self,
        who: &Who,
        id: Uuid,
        seen: i64,
        standing: &str,
        command: Uuid,
    ) -> Result<String> {
        let units = self.units_to(who, Task::ManageCalendars)?;
        let mut tx = self.db().write().await?;
        let unit = self.read_calendar_draft(&mut tx, &units, id).await?.unit;
        offices::hold_office(&mut tx, unit).await?;
        if let Some(answer) = self.answered_before(&mut tx, who, command).await? {
            return Ok(answer);
        }
        let draft = self.read_calendar_draft(&mut tx, &units, id).await?;
        let (today, books) = (self.now().day(), self.books());
        let place = books.places.open_authority(unit, today).ok_or(Error::NotFound)?;
        if draft.year < today.year() {
            return Err(Problem::YearInvalid.into());
        }
        let valid_from = draft.valid_from.unwrap_or(today).max(today);
        // Read in the transaction: another process may have published in the meantime.
        let own = calendars::newest_calendar(&mut tx, &place.key).await?;
        if let Some(own) = own.as_ref().filter(|own| own.valid_from > i64::from(valid_from.0)) {
            return Err(Problem::CalendarHolds { from: Day(own.valid_from as i32) }.into());
        }
        let base = match own {
            Some(own) => Some(own),
            None => calendars::newest_calendar(&mut tx, crate::places::PROVINCE).await?,
        };
        let base_calendar = base.as_ref().map_or_else(|| self.base_calendar(unit), |row| Arc::new(row.body.0.clone()));
        if base_calendar.version() != standing {
            // Another process may have published it: whoever looks again sees it.
            self.read_books(&mut tx).await?;
            return Err(Error::Stale);
        }
        let version = free_version(&mut tx, draft.year, &place.key).await?;
        let calendar = built(&base_calendar, &draft, version.clone())?;
        if calendar.data().years == base_calendar.data().years
            && calendar.data().overrides == base_calendar.data().overrides
        {
            return Err(Problem::NothingNew.into());
        }
        let now = self.now();
        let row =
            CalendarDraftRow { published_as: Some(version.clone()), ended_at: Some(now.0), ..draft.row(now.0, now.0) };
        calendar_drafts::save_calendar_draft(&mut tx, &row, seen, now).await?;
        let at = self.after(base.as_ref());
        calendars::insert_calendar_from(&mut tx, &place.key, &calendar, Origin::Published, valid_from, at).await?;
        let under_way = under_way(&mut tx, unit).await?;
        let detail = json!({
            "draft": draft.id,
            "year": draft.year,
            "valid_from": valid_from,
            "before": standing,
            "source": draft.source,
            "under_way": under_way.received(),
        });
        let object = Object { kind: "calendar", id: version.clone(), office: Some(unit) };
        audit::record(self, &mut tx, who, "publish_calendar", &object, detail).await?;
        self.keep_once(&mut tx, who, command, "publish_calendar", &version).await?;
        self.commit_books(tx).await?;
        Ok(version)
    }

    /// The version on which a unit's next one is built: its own that came last, else the province's.
    fn base_calendar(&self, unit: i64) -> Arc<Calendar> {
        let (books, today) = (self.books(), self.now().day());
        let own = books.places.by_id(unit).and_then(|place| books.places.last_calendar(&place.key));
        own.map_or_else(|| books.places.calendar_of(unit, today), |(_, calendar)| calendar)
    }

    async fn read_calendar_draft(&self, tx: &mut Tx, units: &[i64], id: Uuid) -> Result<CalendarDraft> {
        let row = calendar_drafts::calendar_draft_by_id(tx, units, id).await?.ok_or(Error::NotFound)?;
        Ok(CalendarDraft::from(row))
    }

    /// Changes an open draft, with how many days it named before and names now on the record.
    async fn change_calendar_draft(
        &self,
        who: &Who,
        id: Uuid,
        seen: i64,
        command: Uuid,
        change: impl FnOnce(&mut CalendarDraft) -> Result<(), Problem> + Send,
    ) -> Result<()> {
        let units = self.units_to(who, Task::ManageCalendars)?;
        let mut tx = self.db().write().await?;
        if self.answered_before::<()>(&mut tx, who, command).await?.is_some() {
            return Ok(());
        }
        let before = self.read_calendar_draft(&mut tx, &units, id).await?;
        let mut draft = before.clone();
        change(&mut draft)?;
        let now = self.now();
        calendar_drafts::save_calendar_draft(&mut tx, &draft.row(now.0, now.0), seen, now).await?;
        let gone: Vec<&DayEntry> = before.entries.iter().filter(|entry| !draft.entries.contains(entry)).collect();
        let new: Vec<&DayEntry> = draft.entries.iter().filter(|entry| !before.entries.contains(entry)).collect();
        let mut detail = json!({ "draft": draft.id, "removed": gone, "added": new });
        if (&draft.source, draft.valid_from) != (&before.source, before.valid_from) {
            detail["source"] = json!([before.source, draft.source]);
            detail["valid_from"] = json!([before.valid_from, draft.valid_from]);
        }
        audit::record(self, &mut tx, who, "change_calendar_draft", &object(&draft), detail).await?;
        self.keep_once(&mut tx, who, command, "change_calendar_draft", &()).await?;
        Ok(tx.commit().await?)
    }
}

impl From<CalendarDraftRow> for CalendarDraft {
    fn from(row: CalendarDraftRow) -> Self {
        Self {
            id: row.id,
            unit: row.office_id,
            year: row.year as i32,
            source: row.source,
            entries: row.entries.0,
            valid_from: row.valid_from.map(|day| Day(day as i32)),
            version: row.version,
            staff_name: row.staff_name,
            has_ended: row.ended_at.is_some(),
            published_as: row.published_as,
        }
    }
}

impl CalendarDraft {
    fn row(&self, created_at: i64, changed_at: i64) -> CalendarDraftRow {
        CalendarDraftRow {
            office_id: self.unit,
            id: self.id,
            year: i64::from(self.year),
            source: self.source.clone(),
            entries: self.entries.clone().into(),
            valid_from: self.valid_from.map(|day| i64::from(day.0)),
            version: self.version,
            staff_name: self.staff_name.clone(),
            created_at,
            changed_at,
            published_as: None,
            ended_at: None,
        }
    }

    fn may_name(&self, field: &'static str, day: Day, year: i32) -> Result<(), Problem> {
        if day.year() == year { Ok(()) } else { Err(Problem::OutsideYear(field)) }
    }

    fn add(&mut self, entry: DayEntry) {
        self.entries.push(entry);
        self.entries.sort_by_key(|entry| (entry.day, entry.part));
    }
}

/// A draft on the record: by its year, since its id says nothing to a person.
fn object(draft: &CalendarDraft) -> Object {
    Object { kind: "calendar", id: draft.year.to_string(), office: Some(draft.unit) }
}

/// The calendar that a draft makes of the one that stands.
fn built(standing: &Calendar, draft: &CalendarDraft, version: String) -> Result<Calendar> {
    let year = CalendarYear { year: draft.year, source: draft.source.clone(), entries: draft.entries.clone() };
    standing.with_year(year, version).map_err(|problem| Error::Broken(format!("a calendar in the making: {problem}")))
}

/// A name that no version has: `2027.1-xa-xuan-lanh-ubnd`.
async fn free_version(tx: &mut Tx, year: i32, unit_key: &str) -> Result<String> {
    let mut number = 1;
    loop {
        let version: String = format!("{year}.{number}-{unit_key}").chars().take(VERSION_MOST).collect();
        if calendars::calendar_of_version(tx, &version).await?.is_none() {
            return Ok(version);
        }
        number += 1;
    }
}

async fn under_way(tx: &mut Tx, unit: i64) -> Result<UnderWay> {
    /// Handed in, not received.
    const REGISTERED: i64 = 1;
    let mut found = UnderWay::default();
    for (version, status, count) in calendars::open_by_calendar(tx, unit).await? {
        match found.kept.last_mut() {
            _ if status == REGISTERED => found.waiting += count,
            Some((last, kept)) if *last == version => *kept += count,
            _ => found.kept.push((version, count)),
        }
    }
    Ok(found)
}

/// Words in one line that must be there.
fn read_words(field: &'static str, typed: &str, most: usize) -> Result<String, Problem> {
    let words = text::clean(typed);
    match words.chars().count() {
        0 => Err(Problem::Missing(field)),
        count if count > most => Err(Problem::TooLong(field)),
        _ => Ok(words),
    }
}
