//! Standing in for colleagues: rights lent, absences, and their end.

#![expect(clippy::too_many_arguments, reason = "a server function has one argument for each field of its form")]

use super::particulars::TypedDay;
use crate::context::{office, settle, staff};
use domain::{
    dossier::ActKind,
    mandate::{MandateKind, Scope},
    time::Day,
};
use leptos::prelude::*;
use office::{
    Error, Uuid,
    error::Problem,
    mandates::{Absence, Delegation},
};

/// The page of mandates.
const PAGE: &str = "/can-bo/lam-thay";

/// Lends a right to a colleague, for a time and for a matter.
#[server]
pub async fn delegate(
    command: Uuid,
    #[server(default)] form: String,
    #[server(default)] from: String,
    #[server(default)] to: String,
    #[server(default)] acts: Vec<String>,
    #[server(default)] procedures: Vec<String>,
    #[server(default)] paper: String,
    #[server(default)]
    #[server(rename = "first-day")]
    first_day: String,
    #[server(default)]
    #[server(rename = "first-month")]
    first_month: String,
    #[server(default)]
    #[server(rename = "first-year")]
    first_year: String,
    #[server(default)]
    #[server(rename = "last-day")]
    last_day: String,
    #[server(default)]
    #[server(rename = "last-month")]
    last_month: String,
    #[server(default)]
    #[server(rename = "last-year")]
    last_year: String,
) -> Result<(), ServerFnError> {
    let read = || -> office::Result<Delegation> {
        let (from, to) = (person_or_me(&from, "from")?, person(&to, "to")?);
        let kind = MandateKind::from_key(&form).ok_or(Problem::Missing("form"))?;
        let acts = acts.iter().filter_map(|act| ActKind::from_key(act)).collect();
        let (first, last) = days([first_day, first_month, first_year], [last_day, last_month, last_year])?;
        Ok(Delegation { kind, from, to, first, last, scope: Scope { acts, procedures }, paper })
    };
    let done = match read() {
        Ok(asked) => office().delegate(&staff(), asked, command).await,
        Err(error) => Err(error),
    };
    settle(done, |()| PAGE.into());
    Ok(())
}

/// Says that somebody is away, and who does the work meanwhile.
#[server]
pub async fn mark_absence(
    command: Uuid,
    #[server(default)] from: String,
    #[server(default)] to: String,
    #[server(default)] paper: String,
    #[server(default)]
    #[server(rename = "first-day")]
    first_day: String,
    #[server(default)]
    #[server(rename = "first-month")]
    first_month: String,
    #[server(default)]
    #[server(rename = "first-year")]
    first_year: String,
    #[server(default)]
    #[server(rename = "last-day")]
    last_day: String,
    #[server(default)]
    #[server(rename = "last-month")]
    last_month: String,
    #[server(default)]
    #[server(rename = "last-year")]
    last_year: String,
) -> Result<(), ServerFnError> {
    let read = || -> office::Result<Absence> {
        let (away, substitute) = (person_or_me(&from, "from")?, person(&to, "to")?);
        let (first, last) = days([first_day, first_month, first_year], [last_day, last_month, last_year])?;
        Ok(Absence { away, substitute, first, last, paper })
    };
    let done = match read() {
        Ok(asked) => office().mark_absence(&staff(), asked, command).await,
        Err(error) => Err(error),
    };
    settle(done, |()| PAGE.into());
    Ok(())
}

/// Ends a mandate now.
#[server]
pub async fn end_mandate(mandate: Uuid, command: Uuid) -> Result<(), ServerFnError> {
    let done = office().end_mandate(&staff(), mandate, command).await;
    settle(done, |()| PAGE.into());
    Ok(())
}

fn person(typed: &str, field: &'static str) -> office::Result<Uuid> {
    typed.trim().parse().map_err(|_| Error::Invalid(Problem::Missing(field)))
}

/// The person named in that field; whoever sends the form where nobody is.
fn person_or_me(typed: &str, field: &'static str) -> office::Result<Uuid> {
    if typed.trim().is_empty() { Ok(staff().subject()) } else { person(typed, field) }
}

fn days(first: [String; 3], last: [String; 3]) -> office::Result<(Day, Day)> {
    let read = |[day, month, year]: [String; 3], field| TypedDay { day, month, year }.read(field);
    Ok((read(first, "first")?, read(last, "last")?))
}
