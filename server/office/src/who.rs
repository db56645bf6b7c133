//! Who is acting, from where, and for whom.

use domain::{
    mandate::{MandateKind, Scope},
    role::Role,
    time::{Day, Instant},
};
use serde::{Deserialize, Serialize};
use store::organisations::OrganisationRow;
use uuid::Uuid;

/// The first parameter of every act.
#[derive(Debug, Clone)]
pub struct Who {
    pub actor: Actor,
    /// In whose place the actor does the act that is being done.
    pub acting_for: Option<ActingFor>,
    pub trace: Trace,
}

/// The person in whose place somebody acts, and the mandate by which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ActingFor {
    pub person: Uuid,
    pub mandate: Uuid,
}

/// The person or program that acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Somebody who has not signed in.
    Anyone,
    Resident(Resident),
    Staff(StaffMember),
    /// The program itself: clocks that run out, hand-overs between offices.
    System,
    /// Whoever sits at the terminal of the machine, by the name of that account.
    Operator(String),
}

/// A resident who signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resident {
    pub account: Uuid,
    pub name: String,
    pub citizen_id: String,
    pub phone: Option<String>,
    /// 0 = the number is claimed, 1 and 2 = proven.
    pub level: i64,
    /// The organisations that the person acts for today.
    pub organisations: Vec<OrganisationRow>,
}

/// A member of staff with the positions held today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffMember {
    pub id: Uuid,
    pub name: String,
    pub positions: Vec<Position>,
    /// What lets this person stand in for colleagues today. None of them leads on: a mandate is given out of positions.
    pub mandates: Vec<Mandate>,
}

/// A mandate in force today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mandate {
    pub id: Uuid,
    pub kind: MandateKind,
    /// The unit where it holds, by its authority.
    pub unit: i64,
    /// In whose place.
    pub from: Uuid,
    pub from_name: String,
    /// The title that stands on papers behind KT., TL. or TUQ.
    pub from_title: String,
    /// The role that is lent, or that both hold.
    pub role: Role,
    pub first: Day,
    /// The last day, included.
    pub last: Day,
    pub scope: Scope,
    /// The paper by which it was given.
    pub paper: String,
}

/// A role in an office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    pub office: i64,
    pub role: Role,
    pub title: String,
}

/// Where an act came from, for the audit log.
#[derive(Debug, Clone, Default)]
pub struct Trace {
    pub address: String,
    pub request_id: String,
    /// What the browser calls itself, cut short.
    pub agent: String,
    /// The device's own clock, when it sent one; kept apart from the server's.
    pub device_at: Option<Instant>,
}

impl Who {
    /// The program itself.
    pub fn system() -> Self {
        Self { actor: Actor::System, acting_for: None, trace: Trace::default() }
    }

    /// Whoever sits at the terminal of the machine.
    pub fn operator(account: &str) -> Self {
        let trace = Trace { address: "terminal".into(), ..Trace::default() };
        Self { actor: Actor::Operator(account.into()), acting_for: None, trace }
    }

    /// Somebody who has not signed in.
    pub const fn anyone(trace: Trace) -> Self {
        Self { actor: Actor::Anyone, acting_for: None, trace }
    }

    /// The signed-in resident, or `None`.
    pub const fn resident(&self) -> Option<&Resident> {
        match &self.actor {
            Actor::Resident(resident) => Some(resident),
            _ => None,
        }
    }

    /// The signed-in member of staff, or `None`.
    pub const fn staff(&self) -> Option<&StaffMember> {
        match &self.actor {
            Actor::Staff(staff) => Some(staff),
            _ => None,
        }
    }

    /// Kind, id and name as events and the audit log keep them.
    pub fn label(&self) -> (&'static str, Option<Uuid>, String) {
        match &self.actor {
            Actor::Anyone => ("anyone", None, String::new()),
            Actor::Resident(r) => ("resident", Some(r.account), r.name.clone()),
            Actor::Staff(s) => ("staff", Some(s.id), s.name.clone()),
            Actor::System => ("system", None, String::new()),
            Actor::Operator(account) => ("operator", None, account.clone()),
        }
    }

    /// Whose repeated commands are told apart: the account, the member of staff, or nobody.
    pub fn subject(&self) -> Uuid {
        self.label().1.unwrap_or(Uuid::nil())
    }
}

impl StaffMember {
    /// Whether this person holds that role in that office today.
    pub fn holds(&self, role: Role, office: i64) -> bool {
        self.positions.iter().any(|p| p.role == role && p.office == office)
    }

    /// The absent colleagues whose work this person does today.
    pub fn away(&self) -> Vec<Uuid> {
        let mut away: Vec<Uuid> = self.mandates.iter().filter(|m| !m.kind.lends()).map(|m| m.from).collect();
        away.sort_unstable();
        away.dedup();
        away
    }

    /// The offices this person works in, each once.
    pub fn offices(&self) -> Vec<i64> {
        let mut offices: Vec<i64> = self.positions.iter().map(|p| p.office).collect();
        offices.sort_unstable();
        offices.dedup();
        offices
    }
}
