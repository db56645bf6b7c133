//! Units that close and units that continue them.

use super::particulars::TypedDay;
use crate::context::{office, settle, staff};
use domain::reorganisation::By;
use leptos::prelude::*;
use office::{Uuid, error::Problem, reorganisations::NewReorganisation};
use serde::{Deserialize, Serialize};

/// Where the list of them stands.
const LIST: &str = "/can-bo/quan-tri/sap-xep";

/// Which unit gets what has that value.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct TypedLine {
    #[serde(default)]
    pub what: String,
    #[serde(default)]
    pub to: String,
}

/// Where the holder of that position works on; blank for nowhere.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct TypedPerson {
    #[serde(default)]
    pub position: String,
    #[serde(default)]
    pub to: String,
}

fn page_of(plan: Uuid) -> String {
    format!("{LIST}/{plan}")
}

/// Writes down which units close and which continue.
#[server]
pub async fn prepare_reorganisation(
    command: Uuid,
    #[server(default)] basis: String,
    #[server(default)] day: TypedDay,
    #[server(default)] closes: Vec<String>,
    #[server(default)] heirs: Vec<String>,
    #[server(default)] by: String,
    #[server(default)] rest: String,
) -> Result<(), ServerFnError> {
    let done = async {
        // Who may not do it at all learns that before anything that was typed is looked at.
        office().units_to_reorganise(&staff())?;
        let ids = |typed: &[String], field| {
            typed
                .iter()
                .map(|id| id.trim().parse().map_err(|_| Problem::Missing(field)))
                .collect::<Result<Vec<i64>, _>>()
        };
        let new = NewReorganisation {
            day: day.read("day")?,
            basis,
            closes: ids(&closes, "closes")?,
            heirs: ids(&heirs, "heirs")?,
            by: By::from_key(&by).ok_or(Problem::Missing("by"))?,
            default: rest.trim().parse().ok(),
        };
        office().prepare_reorganisation(&staff(), new, command).await
    };
    settle(done.await, page_of);
    Ok(())
}

/// Names which unit gets what, and who works on where.
#[server]
pub async fn name_heirs(
    plan: Uuid,
    seen: i64,
    command: Uuid,
    #[server(default)] lines: Vec<TypedLine>,
    #[server(default)] people: Vec<TypedPerson>,
) -> Result<(), ServerFnError> {
    let done = async {
        office().units_to_reorganise(&staff())?;
        let unit = |typed: &str| super::id::<i64>(typed);
        let lines =
            lines.into_iter().map(|line| Ok((line.what, unit(&line.to)?))).collect::<office::Result<Vec<_>>>()?;
        let person = |one: TypedPerson| {
            let to = Some(one.to.trim()).filter(|to| !to.is_empty()).map(unit).transpose()?;
            Ok((super::id(&one.position)?, to))
        };
        let people = people.into_iter().map(person).collect::<office::Result<Vec<_>>>()?;
        office().name_heirs(&staff(), (plan, seen), lines, people, command).await
    };
    settle(done.await, |()| page_of(plan));
    Ok(())
}

/// Confirms a plan: the program carries it out on its day.
#[server]
pub async fn confirm_reorganisation(plan: Uuid, seen: i64, command: Uuid) -> Result<(), ServerFnError> {
    let done = office().confirm_reorganisation(&staff(), plan, seen, command).await;
    settle(done, |()| page_of(plan));
    Ok(())
}

/// Takes the confirmation back.
#[server]
pub async fn reopen_reorganisation(plan: Uuid, seen: i64, command: Uuid) -> Result<(), ServerFnError> {
    let done = office().reopen_reorganisation(&staff(), plan, seen, command).await;
    settle(done, |()| page_of(plan));
    Ok(())
}

/// Sets a plan aside.
#[server]
pub async fn drop_reorganisation(plan: Uuid, seen: i64, command: Uuid) -> Result<(), ServerFnError> {
    let done = office().drop_reorganisation(&staff(), plan, seen, command).await;
    settle(done, |()| LIST.into());
    Ok(())
}
