//! Standing in for colleagues: rights lent for a time and for a matter, and substitutes of the absent.
//!
//! A mandate is given out of a position and out of nothing else: who acts by one cannot give it on, and it ends with the
//! position of its giver, with its last day, or when somebody ends it. Which acts it lets somebody do is decided in
//! [`crate::rights`].

use crate::{
    Error, Office, Result, Who,
    audit::{self, Object},
    error::Problem,
    rights::{LENDERS, Task, lendable},
    who::{Mandate, Position},
};
use domain::{
    dossier::ActKind,
    mandate::{MandateKind, PeriodProblem, Scope, check_period},
    role::Role,
    text,
    time::Day,
};
use serde_json::json;
pub use store::mandates::{Before, MandateRow};
use store::{Tx, mandates, staff::ColleagueRow};
use uuid::Uuid;

/// Mandates of one page of the list.
const PAGE: i64 = 30;
/// Longest name of a paper, in characters.
const PAPER_MOST: usize = 200;

/// What somebody lends to a colleague.
#[derive(Debug, Clone)]
pub struct Delegation {
    pub kind: MandateKind,
    /// Whose right it is.
    pub from: Uuid,
    pub to: Uuid,
    pub first: Day,
    /// The last day, included.
    pub last: Day,
    pub scope: Scope,
    /// The paper by which it is given.
    pub paper: String,
}

/// That somebody is away, and who does the work meanwhile.
#[derive(Debug, Clone)]
pub struct Absence {
    pub away: Uuid,
    pub substitute: Uuid,
    pub first: Day,
    /// The last day, included.
    pub last: Day,
    /// The paper, when there is one.
    pub paper: String,
}

/// A page of the mandates of one's units.
pub struct MandatePage {
    /// Those that end last first.
    pub rows: Vec<MandateRow>,
    pub next: Option<Before>,
    /// Everybody who works in these units today, a line for each role.
    pub colleagues: Vec<ColleagueRow>,
}

impl Office {
    /// The mandates of one's units, in force, to come and over.
    ///
    /// **Permissions**: [`Task::ReadQueues`], in the units where it is held.
    pub async fn mandates(&self, who: &Who, before: Option<Before>) -> Result<MandatePage> {
        let units = self.units_of(who, Task::ReadQueues)?;
        let mut tx = self.db().read().await?;
        let mut rows = mandates::list_mandates(&mut tx, &units, before, PAGE + 1).await?;
        let more = rows.len() as i64 > PAGE;
        rows.truncate(PAGE as usize);
        let next = rows.last().filter(|_| more).map(|row| Before { last_day: row.last_day, id: row.id });
        let mut colleagues = Vec::new();
        for unit in units {
            colleagues.extend(self.colleagues_of(&mut tx, unit).await?);
        }
        Ok(MandatePage { rows, next, colleagues })
    }

    /// Lends a right to a colleague of the unit. Nobody lends what is not theirs.
    ///
    /// **Permissions**: [`Task::Delegate`] for one's own right; a leader also for that of a colleague in the unit.
    pub async fn delegate(&self, who: &Who, asked: Delegation, command: Uuid) -> Result<()> {
        let unit = self.unit_of(who, Task::Delegate)?;
        let staff = who.staff().ok_or(Error::SignInFirst)?;
        let leads = self.holds_in(&staff.positions, Role::Leader, unit);
        if asked.from != staff.id && !leads {
            return Err(Error::Forbidden);
        }
        if !asked.kind.lends() {
            return Err(Problem::Missing("form").into());
        }
        let mut tx = self.db().write().await?;
        if self.answered_before::<()>(&mut tx, who, command).await?.is_some() {
            return Ok(());
        }
        let colleagues = self.colleagues_of(&mut tx, unit).await?;
        // Who is both leader and director lends by the role that has the acts.
        let holds = |role: &Role| role_of(&colleagues, asked.from, *role).is_some();
        let lends = |role: &Role| asked.scope.acts.iter().all(|act| lendable(*role).contains(act));
        let role = LENDERS.into_iter().find(|role| holds(role) && lends(role));
        let role = role.or_else(|| LENDERS.into_iter().find(holds));
        let role = role.ok_or(Problem::NothingToLend)?;
        let (from, to) = (role_of(&colleagues, asked.from, role), of(&colleagues, asked.to).next());
        let (Some(from), Some(to)) = (from, to) else { return Err(Problem::Missing("to").into()) };
        if asked.to == asked.from {
            return Err(Problem::SamePerson.into());
        }
        if !may_stand_in(of(&colleagues, asked.to)) {
            return Err(Problem::MayNotStandIn.into());
        }
        let is_deputy = |one: &ColleagueRow| LENDERS.iter().any(|role| one.role == role.key());
        if asked.kind == MandateKind::Deputy && !of(&colleagues, asked.to).any(is_deputy) {
            return Err(Problem::NotADeputy.into());
        }
        if asked.scope.acts.is_empty() {
            return Err(Problem::Missing("acts").into());
        }
        let theirs = lendable(role);
        if asked.scope.acts.iter().any(|act| !theirs.contains(act)) {
            return Err(Problem::NothingToLend.into());
        }
        let paper = paper_of(&asked.paper)?;
        if paper.is_empty() {
            return Err(Problem::Missing("paper").into());
        }
        check(asked.first, asked.last, self.now().day())?;
        let row = self.row_of(who, (unit, asked.kind, role), from, to, (asked.first, asked.last), asked.scope, paper);
        self.make(tx, who, row, "delegate", command).await
    }

    /// Says that somebody is away, and which colleague of the same role does the work meanwhile. It ends by itself.
    ///
    /// **Permissions**: [`Task::MarkAbsence`] for oneself; with [`Task::Delegate`] also for a colleague in the unit.
    pub async fn mark_absence(&self, who: &Who, asked: Absence, command: Uuid) -> Result<()> {
        let unit = self.unit_of(who, Task::MarkAbsence)?;
        let staff = who.staff().ok_or(Error::SignInFirst)?;
        if asked.away != staff.id {
            self.may(who, Task::Delegate, unit)?;
        }
        let mut tx = self.db().write().await?;
        if self.answered_before::<()>(&mut tx, who, command).await?.is_some() {
            return Ok(());
        }
        let colleagues = self.colleagues_of(&mut tx, unit).await?;
        if asked.away == asked.substitute {
            return Err(Problem::SamePerson.into());
        }
        let shared = Task::MarkAbsence.roles().iter().find_map(|role| {
            let both = (role_of(&colleagues, asked.away, *role)?, role_of(&colleagues, asked.substitute, *role)?);
            Some((*role, both))
        });
        let Some((role, (away, substitute))) = shared else { return Err(Problem::OfAnotherRole.into()) };
        let paper = paper_of(&asked.paper)?;
        check(asked.first, asked.last, self.now().day())?;
        let kind = MandateKind::Substitute;
        let days = (asked.first, asked.last);
        let row = self.row_of(who, (unit, kind, role), away, substitute, days, Scope::default(), paper);
        self.make(tx, who, row, "mark_absence", command).await
    }

    /// Ends a mandate now, before its last day is over. One that has ended already stays as it is.
    ///
    /// **Permissions**: whoever gave it, whose place it is about, or [`Task::Delegate`] in its unit.
    pub async fn end_mandate(&self, who: &Who, id: Uuid, command: Uuid) -> Result<()> {
        let units = self.units_of(who, Task::MarkAbsence)?;
        let staff = who.staff().ok_or(Error::SignInFirst)?;
        let mut tx = self.db().write().await?;
        if self.answered_before::<()>(&mut tx, who, command).await?.is_some() {
            return Ok(());
        }
        let row = mandates::mandate_by_id(&mut tx, &units, id).await?.ok_or(Error::NotFound)?;
        if ![row.from_staff, row.made_by].contains(&staff.id) {
            self.may(who, Task::Delegate, row.office_id)?;
        }
        if mandates::end_mandate(&mut tx, row.office_id, row.id, staff.id, self.now()).await? {
            let object = Object { kind: "mandate", id: row.id.to_string(), office: Some(row.office_id) };
            audit::record(self, &mut tx, who, "end_mandate", &object, json!({ "last_day": row.last_day })).await?;
        }
        self.keep_once(&mut tx, who, command, "end_mandate", &()).await?;
        Ok(tx.commit().await?)
    }

    /// The same person with the mandates of today: what the door finds out for everybody who comes in.
    pub async fn with_mandates(&self, mut who: Who) -> Result<Who> {
        if let crate::Actor::Staff(staff) = &mut who.actor {
            let mut tx = self.db().read().await?;
            staff.mandates = self.mandates_in_force(&mut tx, staff.id, &staff.positions).await?;
        }
        Ok(who)
    }

    /// What lets that person, who holds these positions, stand in for others today.
    pub(crate) async fn mandates_in_force(
        &self,
        tx: &mut Tx,
        staff: Uuid,
        positions: &[Position],
    ) -> Result<Vec<Mandate>> {
        let books = self.books();
        let mut found: Vec<Mandate> = Vec::new();
        for held in mandates::mandates_in_force(tx, staff, self.now().day()).await? {
            let row = held.mandate;
            let in_unit = |office: i64| books.places.authority_of(office) == Some(row.office_id);
            let (Some(kind), Some(role)) = (MandateKind::from_key(&row.kind), Role::from_key(&row.role)) else {
                continue;
            };
            // The giver holds the role in this unit today, and who stands in still works there.
            let here: Vec<&Position> = positions.iter().filter(|position| in_unit(position.office)).collect();
            let fits = if kind.lends() {
                !here.is_empty() && here.iter().all(|position| !never_stands_in(position.role))
            } else {
                here.iter().any(|position| position.role == role)
            };
            if !in_unit(held.held_in) || !fits || found.iter().any(|one| one.id == row.id) {
                continue;
            }
            found.push(Mandate {
                id: row.id,
                kind,
                unit: row.office_id,
                from: row.from_staff,
                from_name: row.from_name,
                from_title: row.from_title,
                role,
                first: Day(row.first_day as i32),
                last: Day(row.last_day as i32),
                scope: row.scope,
                paper: row.paper,
            });
        }
        Ok(found)
    }

    /// The acts that this person may lend, or let a colleague lend: for the form.
    pub fn acts_to_lend(&self, who: &Who) -> Vec<ActKind> {
        let Some(staff) = who.staff() else { return Vec::new() };
        let leads = staff.positions.iter().any(|position| position.role == Role::Leader);
        let roles = LENDERS.into_iter().filter(|role| leads || staff.positions.iter().any(|p| p.role == *role));
        let mut acts: Vec<ActKind> = roles.flat_map(lendable).collect();
        acts.sort_unstable();
        acts.dedup();
        acts
    }

    /// The units where this member of staff may do it; refused where there is none.
    pub(crate) fn units_of(&self, who: &Who, task: Task) -> Result<Vec<i64>> {
        let units = self.units_for(who, task);
        match who.staff() {
            None => Err(Error::SignInFirst),
            Some(_) if units.is_empty() => Err(Error::Forbidden),
            Some(_) => Ok(units),
        }
    }

    /// The unit in which this person does that: the first one, for the few who work in two.
    fn unit_of(&self, who: &Who, task: Task) -> Result<i64> {
        self.units_of(who, task)?.first().copied().ok_or(Error::Forbidden)
    }

    fn holds_in(&self, positions: &[Position], role: Role, unit: i64) -> bool {
        let books = self.books();
        positions.iter().any(|p| p.role == role && books.places.authority_of(p.office) == Some(unit))
    }

    #[allow(clippy::too_many_arguments, reason = "the columns of one row")]
    fn row_of(
        &self,
        who: &Who,
        (unit, kind, role): (i64, MandateKind, Role),
        from: &ColleagueRow,
        to: &ColleagueRow,
        (first, last): (Day, Day),
        scope: Scope,
        paper: String,
    ) -> MandateRow {
        MandateRow {
            office_id: unit,
            id: self.new_id(),
            kind: kind.key().into(),
            from_staff: from.staff_id,
            from_name: from.name.clone(),
            from_title: from.title.clone(),
            to_staff: to.staff_id,
            to_name: to.name.clone(),
            role: role.key().into(),
            first_day: i64::from(first.0),
            last_day: i64::from(last.0),
            scope,
            paper,
            made_by: who.subject(),
            made_at: self.now().0,
            ended_by: None,
            ended_at: None,
        }
    }

    async fn make(&self, mut tx: Tx, who: &Who, row: MandateRow, act: &str, command: Uuid) -> Result<()> {
        mandates::insert_mandate(&mut tx, &row).await?;
        let object = Object { kind: "mandate", id: row.id.to_string(), office: Some(row.office_id) };
        let detail = json!({
            "kind": row.kind, "from": row.from_staff, "to": row.to_staff, "first_day": row.first_day,
            "last_day": row.last_day, "scope": row.scope, "paper": row.paper,
        });
        audit::record(self, &mut tx, who, act, &object, detail).await?;
        self.keep_once(&mut tx, who, command, act, &()).await?;
        Ok(tx.commit().await?)
    }
}

fn of(colleagues: &[ColleagueRow], staff: Uuid) -> impl Iterator<Item = &ColleagueRow> + Clone {
    colleagues.iter().filter(move |one| one.staff_id == staff)
}

fn role_of(colleagues: &[ColleagueRow], staff: Uuid, role: Role) -> Option<&ColleagueRow> {
    of(colleagues, staff).find(|one| one.role == role.key())
}

/// Who watches over the others, or opens no dossier, is lent nothing: the two are kept apart.
const fn never_stands_in(role: Role) -> bool {
    matches!(role, Role::Controller | Role::Administrator)
}

fn may_stand_in<'a>(mut roles: impl Iterator<Item = &'a ColleagueRow>) -> bool {
    roles.all(|one| Role::from_key(&one.role).is_some_and(|role| !never_stands_in(role)))
}

fn paper_of(typed: &str) -> Result<String> {
    let paper = text::clean(typed);
    if paper.chars().count() > PAPER_MOST { Err(Problem::TooLong("paper").into()) } else { Ok(paper) }
}

fn check(first: Day, last: Day, today: Day) -> Result<()> {
    check_period(first, last, today).map_err(|problem| {
        let field = match problem {
            PeriodProblem::BeginsInThePast => "first",
            PeriodProblem::EndsBeforeItBegins | PeriodProblem::TooLong => "last",
        };
        Problem::PeriodInvalid(field).into()
    })
}
