//! Who works in a unit, as its administrator sees and changes it: who comes, which role is held where from when to when,
//! who goes, and new keys for whoever lost theirs.
//!
//! An administrator acts inside the own unit, never on oneself, and never so that nobody is left who administers it.
// long because every act on who works in a unit stands here, each with its guards.

use crate::{
    Error, Office, Result, Who,
    audit::{self, Object},
    error::Problem,
    rights::Task,
    staff::{NewPosition, held},
};
use domain::{
    person::{FullName, Phone},
    role::Role,
    text,
    time::{Day, Instant},
};
use serde_json::json;
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};
use store::{
    Tx,
    offices::{self, OfficeRow},
    staff::{self, ListedRow, PositionRow, StaffRow},
};
use uuid::Uuid;

/// A member of staff in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub id: Uuid,
    pub login: String,
    pub name: String,
    /// From when on the login is shut.
    pub shut: Option<Instant>,
    /// Every position, the earliest first.
    pub positions: Vec<Held>,
}

/// A position of a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    pub id: Uuid,
    pub office: i64,
    pub role: Role,
    pub title: String,
    pub from: Day,
    pub to: Option<Day>,
    /// Whether it lies in a unit of whoever looks.
    pub is_here: bool,
}

/// A page of the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RosterPage {
    /// Sorted as Vietnamese names are.
    pub members: Vec<Member>,
    /// Where the next page goes on.
    pub next: Option<Uuid>,
}

/// What narrows the list.
#[derive(Debug, Clone, Default)]
pub struct RosterFilter {
    /// Parts of a name or a login, with or without diacritics.
    pub words: String,
    pub office: Option<i64>,
    /// Those who work here no more, in place of those who do.
    pub ended: bool,
}

/// Somebody who comes to work here, as typed.
#[derive(Debug, Clone)]
pub struct NewMember {
    pub login: String,
    pub name: String,
    pub phone: String,
    pub position: NewPosition,
}

/// One member with what the page about them needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberView {
    pub member: Member,
    /// Open dossiers in this person's hands, stopping at a hundred.
    pub in_hand: i64,
    /// Whether whoever looks looks at oneself.
    pub is_oneself: bool,
    /// Whether a position that goes on lies in another unit.
    pub works_elsewhere: bool,
}

/// What opens the door to somebody new, shown to whoever entered them, for some minutes and never again.
#[derive(Clone, PartialEq, Eq)]
pub struct FirstKeys {
    pub login: String,
    pub password: String,
    /// Base32, for the authenticator.
    pub totp_secret: String,
    pub recovery_codes: Vec<String>,
    /// Until when they are shown.
    pub until: Instant,
}

/// First keys, in the memory of this process alone, by whose they are and who made them.
pub(crate) type Safe = Mutex<HashMap<(Uuid, Uuid), FirstKeys>>;

/// Lines of a page.
const PAGE: usize = 50;
/// Rows read at once while a page is filled.
const CHUNK: i64 = 200;
/// How long first keys are shown.
const KEYS_MS: i64 = 10 * 60_000;
/// Letters of a first password: none that is taken for another on paper. One stands twice, to make thirty-two.
const PASSWORD_LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789x";
/// Longest title, in characters.
const TITLE_MOST: usize = 100;

impl Member {
    /// Whether this person works here on that day or will: the login opens, and a position here goes on.
    pub fn is_active(&self, now: Instant) -> bool {
        let today = now.day();
        self.shut.is_none_or(|at| at > now)
            && self.positions.iter().any(|one| one.is_here && one.to.is_none_or(|last| last >= today))
    }
}

impl Office {
    /// Who works in one's units, or did.
    ///
    /// **Permissions**: [`Task::ManageStaff`]; the units where it is held.
    pub async fn roster(&self, who: &Who, filter: &RosterFilter, after: Option<Uuid>) -> Result<RosterPage> {
        let here = self.offices_to_staff(who)?;
        let offices: Vec<i64> = match filter.office {
            Some(office) => here.iter().copied().filter(|one| *one == office).collect(),
            None => here.clone(),
        };
        let words: Vec<String> = text::fold(&filter.words).split_whitespace().map(str::to_owned).collect();
        let now = self.now();
        let mut tx = self.db().read().await?;
        let mut place = match after {
            Some(id) => staff::staff_by_id(&mut tx, id).await?.map(|row| (row.sort_key, row.id)),
            None => None,
        };
        let mut page = RosterPage::default();
        loop {
            let after = place.as_ref().map(|(key, id)| (key.as_str(), *id));
            let rows = staff::staff_in_offices(&mut tx, &offices, after, CHUNK).await?;
            let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
            let mut positions = by_member(staff::positions_of_all(&mut tx, &ids).await?, &here);
            let is_last = (rows.len() as i64) < CHUNK;
            place = rows.last().map(|row| (row.sort_key.clone(), row.id));
            for row in rows {
                let member = member(row, &mut positions);
                let folded = text::fold(&format!("{} {}", member.name, member.login));
                let is_meant = words.iter().all(|word| folded.contains(word.as_str()));
                if !is_meant || member.is_active(now) == filter.ended {
                    continue;
                }
                if page.members.len() == PAGE {
                    page.next = page.members.last().map(|last| last.id);
                    return Ok(page);
                }
                page.members.push(member);
            }
            if is_last {
                return Ok(page);
            }
        }
    }

    /// One member of one's units.
    ///
    /// **Permissions**: [`Task::ManageStaff`] in a unit where the person holds or held a position.
    pub async fn member(&self, who: &Who, id: Uuid) -> Result<MemberView> {
        let here = self.offices_to_staff(who)?;
        let mut tx = self.db().read().await?;
        let (member, _) = self.member_here(&mut tx, &here, id).await?;
        let in_hand = self.count_in_hand(&mut tx, id).await?;
        let works_elsewhere = self.works_elsewhere(&member.positions);
        Ok(MemberView { in_hand, is_oneself: who.subject() == id, works_elsewhere, member })
    }

    /// The offices where somebody can be given a role: those of one's units that stand today or will.
    ///
    /// **Permissions**: [`Task::ManageStaff`]; the units where it is held.
    pub fn offices_to_work_in(&self, who: &Who) -> Result<Vec<OfficeRow>> {
        let (books, today) = (self.books(), i64::from(self.now().day().0));
        let here = self.offices_to_staff(who)?;
        let goes_on = |office: &&OfficeRow| office.valid_to.is_none_or(|last| last >= today);
        Ok(here.iter().filter_map(|id| books.places.by_id(*id)).filter(goes_on).cloned().collect())
    }

    /// Enters somebody who comes to work here, with a first role and first keys, which [`Office::first_keys`] shows.
    ///
    /// **Permissions**: [`Task::ManageStaff`] in the unit of the office they come to.
    pub async fn employ(&self, who: &Who, new: NewMember, command: Uuid) -> Result<Uuid> {
        let NewMember { login, name, phone, position } = new;
        self.may(who, Task::ManageStaff, position.office)?;
        let login = read_login(&login)?;
        let name = FullName::parse(&name).map_err(|_| Problem::NameInvalid)?;
        let phone = match phone.trim() {
            "" => None,
            typed => Some(Phone::parse(typed).map_err(|_| Problem::PhoneInvalid)?.as_str().to_owned()),
        };
        self.check_position(&position)?;
        let password = self.first_password();
        let (totp_secret, recovery_codes) = self.new_secrets();
        let row = StaffRow {
            id: self.new_id(),
            sort_key: text::sort_key(name.as_str()),
            name: name.as_str().to_owned(),
            phone,
            password_hash: self.hash_password(password.clone()).await?,
            totp_secret: totp_secret.clone(),
            totp_last_step: 0,
            created_at: self.now().0,
            disabled_at: None,
            login,
        };
        let unit = self.books().places.authority_of(position.office).ok_or(Error::Forbidden)?;
        let mut tx = self.db().write().await?;
        offices::hold_office(&mut tx, unit).await?;
        if let Some(first) = self.answered_before::<Uuid>(&mut tx, who, command).await? {
            return Ok(first);
        }
        self.insert_member(&mut tx, who, &row, vec![position], &recovery_codes, Some(unit)).await?;
        self.keep_once(&mut tx, who, command, "employ", &row.id).await?;
        tx.commit().await?;
        self.put_in_safe(
            who,
            row.id,
            FirstKeys { login: row.login, password, totp_secret, recovery_codes, until: self.now().plus_ms(KEYS_MS) },
        );
        Ok(row.id)
    }

    /// What opens the door to that person, for whoever made it, for ten minutes and in this process alone; later, new
    /// keys are made.
    ///
    /// **Permissions**: whoever made them.
    pub fn first_keys(&self, who: &Who, member: Uuid) -> Option<FirstKeys> {
        let safe = self.0.first_keys.lock().unwrap_or_else(PoisonError::into_inner);
        safe.get(&(member, who.subject())).filter(|keys| keys.until > self.now()).cloned()
    }

    /// Gives somebody a role in an office from a day on.
    ///
    /// **Permissions**: [`Task::ManageStaff`] in the office's unit and in one where the person is known; never oneself.
    pub async fn appoint(&self, who: &Who, member: Uuid, position: NewPosition, command: Uuid) -> Result<()> {
        let here = self.offices_to_staff(who)?;
        self.may(who, Task::ManageStaff, position.office)?;
        let mut tx = self.db().write().await?;
        let unit = self.hold_unit_of(&mut tx, position.office).await?;
        if self.answered_before::<()>(&mut tx, who, command).await?.is_some() {
            return Ok(());
        }
        let (known, before) = self.member_here(&mut tx, &here, member).await?;
        not_oneself(who, member)?;
        if known.shut.is_some_and(|at| at <= position.from.start().max(self.now())) {
            return Err(Problem::LoginShut.into());
        }
        self.check_position(&position)?;
        let meets = |one: &Held| {
            let begins_before_its_end = one.to.is_none_or(|last| position.from <= last);
            begins_before_its_end && position.to.is_none_or(|last| one.from <= last)
        };
        let same = |one: &&Held| one.office == position.office && one.role == position.role;
        if known.positions.iter().filter(same).any(meets) {
            return Err(Problem::HeldAlready.into());
        }
        let row = self.position_row(member, position);
        staff::insert_position(&mut tx, &row).await?;
        let after: Vec<PositionRow> = before.iter().cloned().chain([row]).collect();
        self.record_positions(&mut tx, who, "appoint", (member, unit), &before, &after).await?;
        self.keep_once(&mut tx, who, command, "appoint", &()).await?;
        Ok(tx.commit().await?)
    }

    /// Ends one role with that day: its last one, or the day before it began when it never shall.
    ///
    /// **Permissions**: [`Task::ManageStaff`] in the unit of the office; never oneself, never the last administrator.
    pub async fn end_position(&self, who: &Who, position: Uuid, last: Day, command: Uuid) -> Result<Uuid> {
        let here = self.offices_to_staff(who)?;
        let mut tx = self.db().write().await?;
        let row = staff::position_by_id(&mut tx, position).await?.filter(|row| here.contains(&row.office_id));
        let row = row.ok_or(Error::NotFound)?;
        let unit = self.hold_unit_of(&mut tx, row.office_id).await?;
        if self.answered_before::<()>(&mut tx, who, command).await?.is_some() {
            return Ok(row.staff_id);
        }
        not_oneself(who, row.staff_id)?;
        if i64::from(last.0) < row.valid_from - 1 || row.valid_to.is_some_and(|to| i64::from(last.0) >= to) {
            return Err(Problem::DateInvalid("last").into());
        }
        if row.role == Role::Administrator.key() {
            self.leave_an_administrator(&mut tx, unit, row.staff_id, last).await?;
        }
        let before = staff::positions_of_all(&mut tx, &[row.staff_id]).await?;
        staff::end_position(&mut tx, position, last).await?;
        let after = staff::positions_of_all(&mut tx, &[row.staff_id]).await?;
        self.record_positions(&mut tx, who, "end_position", (row.staff_id, unit), &before, &after).await?;
        self.keep_once(&mut tx, who, command, "end_position", &()).await?;
        tx.commit().await?;
        Ok(row.staff_id)
    }

    /// Ends all of somebody's work here, at once or with a last day.
    ///
    /// **Permissions**: [`Task::ManageStaff`] in the unit of every position that goes on; never oneself, never the last
    /// administrator.
    pub async fn end_member(&self, who: &Who, member: Uuid, last: Option<Day>, command: Uuid) -> Result<()> {
        let here = self.offices_to_staff(who)?;
        let mut tx = self.db().write().await?;
        let units = self.hold_units(&mut tx, who).await?;
        if self.answered_before::<()>(&mut tx, who, command).await?.is_some() {
            return Ok(());
        }
        let (known, _) = self.member_here(&mut tx, &here, member).await?;
        not_oneself(who, member)?;
        let today = self.now().day();
        if last.is_some_and(|last| last < today) {
            return Err(Problem::DateInvalid("last").into());
        }
        if self.works_elsewhere(&known.positions) {
            return Err(Problem::WorksElsewhere.into());
        }
        let end = last.unwrap_or(today);
        for held in known.positions.iter().filter(|held| held.role == Role::Administrator && held.is_here) {
            if held.to.is_none_or(|to| to > end) {
                let unit = self.books().places.authority_of(held.office).ok_or(Error::NotFound)?;
                self.leave_an_administrator(&mut tx, unit, member, end).await?;
            }
        }
        self.end_work(&mut tx, who, member, last, units.first().copied()).await?;
        self.keep_once(&mut tx, who, command, "end_member", &()).await?;
        Ok(tx.commit().await?)
    }

    /// New keys for somebody who lost theirs: password, one-time codes, recovery codes. Every session ends.
    ///
    /// **Permissions**: [`Task::ManageStaff`] in the unit of every position that goes on; never oneself.
    pub async fn renew_member(&self, who: &Who, member: Uuid, command: Uuid) -> Result<()> {
        let here = self.offices_to_staff(who)?;
        let password = self.first_password();
        let hash = self.hash_password(password.clone()).await?;
        let mut tx = self.db().write().await?;
        let units = self.hold_units(&mut tx, who).await?;
        if self.answered_before::<()>(&mut tx, who, command).await?.is_some() {
            return Ok(());
        }
        let (known, _) = self.member_here(&mut tx, &here, member).await?;
        not_oneself(who, member)?;
        if self.works_elsewhere(&known.positions) {
            return Err(Problem::WorksElsewhere.into());
        }
        let row = staff::staff_by_id(&mut tx, member).await?.ok_or(Error::NotFound)?;
        let welcome = self.renew_secrets(&mut tx, who, &row, Some(hash), units.first().copied()).await?;
        self.keep_once(&mut tx, who, command, "renew_member", &()).await?;
        tx.commit().await?;
        self.put_in_safe(
            who,
            member,
            FirstKeys {
                login: row.login,
                password,
                totp_secret: welcome.totp_secret,
                recovery_codes: welcome.recovery_codes,
                until: self.now().plus_ms(KEYS_MS),
            },
        );
        Ok(())
    }

    /// Every office of the units whose staff one manages, of every time.
    fn offices_to_staff(&self, who: &Who) -> Result<Vec<i64>> {
        let (books, units) = (self.books(), self.units_to(who, Task::ManageStaff)?);
        Ok(units.iter().flat_map(|unit| books.places.offices_of_unit(*unit)).collect())
    }

    async fn member_here(&self, tx: &mut Tx, here: &[i64], id: Uuid) -> Result<(Member, Vec<PositionRow>)> {
        let row = staff::staff_by_id(tx, id).await?.ok_or(Error::NotFound)?;
        let rows = staff::positions_of_all(tx, &[id]).await?;
        if !rows.iter().any(|row| here.contains(&row.office_id)) {
            return Err(Error::NotFound);
        }
        let StaffRow { id, login, name, sort_key, disabled_at, .. } = row;
        let listed = ListedRow { id, login, name, sort_key, disabled_at };
        Ok((member(listed, &mut by_member(rows.clone(), here)), rows))
    }

    /// Whether a position that goes on lies in a unit of somebody else.
    fn works_elsewhere(&self, positions: &[Held]) -> bool {
        let today = self.now().day();
        positions.iter().any(|one| !one.is_here && one.to.is_none_or(|last| last >= today))
    }

    fn check_position(&self, position: &NewPosition) -> Result<()> {
        if position.to.is_some_and(|to| to < position.from) {
            return Err(Problem::DateInvalid("to").into());
        }
        if position.title.chars().count() > TITLE_MOST {
            return Err(Problem::TooLong("title").into());
        }
        let books = self.books();
        let stands = books.places.by_id(position.office).is_some_and(|office| office.stands_on(position.from));
        if stands { Ok(()) } else { Err(Problem::DateInvalid("from").into()) }
    }

    async fn hold_unit_of(&self, tx: &mut Tx, office: i64) -> Result<i64> {
        let unit = self.books().places.authority_of(office).ok_or(Error::NotFound)?;
        offices::hold_office(tx, unit).await?;
        Ok(unit)
    }

    /// Holds every unit whose staff one manages, in the order of their ids, so that two never wait for each other.
    async fn hold_units(&self, tx: &mut Tx, who: &Who) -> Result<Vec<i64>> {
        let units = self.units_to(who, Task::ManageStaff)?;
        for unit in &units {
            offices::hold_office(tx, *unit).await?;
        }
        Ok(units)
    }

    /// Whether somebody else administers the unit on the day after the last one.
    async fn leave_an_administrator(&self, tx: &mut Tx, unit: i64, leaving: Uuid, last: Day) -> Result<()> {
        let offices = self.books().places.offices_of_unit(unit);
        let colleagues = staff::colleagues_in(tx, &offices, last.next()).await?;
        let stays = colleagues.iter().any(|one| one.role == Role::Administrator.key() && one.staff_id != leaving);
        if stays { Ok(()) } else { Err(Problem::LastAdministrator.into()) }
    }

    async fn record_positions(
        &self,
        tx: &mut Tx,
        who: &Who,
        act: &str,
        (member, unit): (Uuid, i64),
        before: &[PositionRow],
        after: &[PositionRow],
    ) -> Result<()> {
        let object = Object { kind: "staff", id: member.to_string(), office: Some(unit) };
        audit::record(self, tx, who, act, &object, json!({ "before": held(before), "after": held(after) })).await
    }

    /// Sixteen letters in fours, nearly eighty bits: to be copied from a slip of paper once.
    fn first_password(&self) -> String {
        let letters = self.0.clock.random_bytes::<16>().map(|byte| PASSWORD_LETTERS[usize::from(byte % 32)]);
        let parts: Vec<String> = letters.chunks(4).map(|part| String::from_utf8_lossy(part).into_owned()).collect();
        parts.join("-")
    }

    fn put_in_safe(&self, who: &Who, member: Uuid, keys: FirstKeys) {
        let mut safe = self.0.first_keys.lock().unwrap_or_else(PoisonError::into_inner);
        safe.retain(|_, old| old.until > self.now());
        // Keys that somebody else made for the same person open nothing any more.
        safe.retain(|(of, _), _| *of != member);
        safe.insert((member, who.subject()), keys);
    }
}

fn not_oneself(who: &Who, member: Uuid) -> Result<()> {
    if who.subject() == member { Err(Problem::NotOneself.into()) } else { Ok(()) }
}

/// Three to forty letters, digits, dots and dashes, in small letters.
fn read_login(typed: &str) -> Result<String> {
    let login = typed.trim().to_lowercase();
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '_');
    let fits = (3..=40).contains(&login.len()) && login.chars().all(is_plain);
    if fits { Ok(login) } else { Err(Problem::LoginInvalid.into()) }
}

fn by_member(rows: Vec<PositionRow>, here: &[i64]) -> HashMap<Uuid, Vec<Held>> {
    let mut all: HashMap<Uuid, Vec<Held>> = HashMap::new();
    for row in rows {
        // A role of a newer program is not shown by an older one.
        let Some(role) = Role::from_key(&row.role) else { continue };
        // Ended before it began: it was never held.
        if row.valid_to.is_some_and(|last| last < row.valid_from) {
            continue;
        }
        all.entry(row.staff_id).or_default().push(Held {
            id: row.id,
            office: row.office_id,
            role,
            title: row.title,
            from: Day(row.valid_from as i32),
            to: row.valid_to.map(|day| Day(day as i32)),
            is_here: here.contains(&row.office_id),
        });
    }
    all
}

fn member(row: ListedRow, positions: &mut HashMap<Uuid, Vec<Held>>) -> Member {
    Member {
        positions: positions.remove(&row.id).unwrap_or_default(),
        id: row.id,
        login: row.login,
        name: row.name,
        shut: row.disabled_at.map(Instant),
    }
}
