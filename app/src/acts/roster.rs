//! Who works in a unit: who comes and goes, which role is held from when to when, and new keys.

use super::particulars::TypedDay;
use crate::context::{office, settle, staff};
use domain::role::Role;
use leptos::prelude::*;
use office::{Error, Uuid, error::Problem, roster::NewMember, staff::NewPosition};
use serde::{Deserialize, Serialize};

/// A role in an office, as typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct TypedPosition {
    #[serde(default)]
    pub office: String,
    #[serde(default)]
    pub role: String,
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub from: TypedDay,
    #[serde(default)]
    pub to: TypedDay,
}

impl TypedPosition {
    /// The role, the office and the days.
    fn read(self) -> Result<NewPosition, Error> {
        Ok(NewPosition {
            office: self.office.trim().parse().map_err(|_| Problem::Missing("office"))?,
            role: Role::from_key(&self.role).ok_or(Problem::Missing("role"))?,
            title: domain::text::clean(&self.title),
            from: self.from.read("from")?,
            to: self.to.read_if_typed("to")?,
        })
    }
}

/// Where a person of the list stands.
fn page_of(member: Uuid) -> String {
    format!("/can-bo/quan-tri/can-bo/{member}")
}

/// Who may not do it at all learns that before anything that was typed is looked at.
fn may_manage() -> office::Result<()> {
    office().offices_to_work_in(&staff()).map(drop)
}

/// Enters somebody who comes to work here.
#[server]
pub async fn employ(
    command: Uuid,
    #[server(default)] login: String,
    #[server(default)] name: String,
    #[server(default)] phone: String,
    #[server(default)] position: TypedPosition,
) -> Result<(), ServerFnError> {
    let done = async {
        may_manage()?;
        if login.trim().is_empty() {
            return Err(Problem::Missing("login").into());
        }
        let new = NewMember { login, name, phone, position: position.read()? };
        office().employ(&staff(), new, command).await
    };
    settle(done.await, page_of);
    Ok(())
}

/// Gives somebody a role.
#[server]
pub async fn appoint(
    member: Uuid,
    command: Uuid,
    #[server(default)] position: TypedPosition,
) -> Result<(), ServerFnError> {
    let done = async {
        may_manage()?;
        office().appoint(&staff(), member, position.read()?, command).await
    };
    settle(done.await, |()| page_of(member));
    Ok(())
}

/// Ends one role.
#[server]
pub async fn end_position(held: Uuid, command: Uuid, #[server(default)] last: TypedDay) -> Result<(), ServerFnError> {
    let done = async {
        may_manage()?;
        office().end_position(&staff(), held, last.read("last")?, command).await
    };
    settle(done.await, page_of);
    Ok(())
}

/// Ends all of somebody's work here; without a day, at once.
#[server]
pub async fn end_member(member: Uuid, command: Uuid, #[server(default)] last: TypedDay) -> Result<(), ServerFnError> {
    let done = async {
        may_manage()?;
        office().end_member(&staff(), member, last.read_if_typed("last")?, command).await
    };
    settle(done.await, |()| page_of(member));
    Ok(())
}

/// New keys for somebody who lost theirs.
#[server]
pub async fn renew_member(member: Uuid, command: Uuid) -> Result<(), ServerFnError> {
    let done = office().renew_member(&staff(), member, command).await;
    settle(done, |()| page_of(member));
    Ok(())
}
