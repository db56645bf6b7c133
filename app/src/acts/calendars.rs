//! The calendar of a year: begun, changed by day, published or thrown away.

use super::particulars::TypedDay;
use crate::context::{office, settle, staff};
use domain::{
    time::Day,
    working_time::{
        DayPart, EntryKind,
        proposal::{Beside, YearChoices},
    },
};
use leptos::prelude::*;
use office::{Uuid, calendar_drafts::NewDays, error::Problem};
use serde::{Deserialize, Serialize};

/// Days to be named, as typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct TypedDays {
    #[serde(default)]
    pub first: TypedDay,
    #[serde(default)]
    pub last: TypedDay,
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub part: String,
    #[serde(default)]
    pub name: String,
}

impl TypedDays {
    /// The days, what they are, and their name.
    fn read(self) -> Result<NewDays, Problem> {
        Ok(NewDays {
            first: self.first.read("first")?,
            last: self.last.read_if_typed("last")?,
            kind: EntryKind::from_key(&self.kind).ok_or(Problem::Missing("kind"))?,
            part: DayPart::from_key(&self.part).unwrap_or_default(),
            name: self.name,
        })
    }
}

/// The page of calendars.
const PAGE: &str = "/can-bo/quan-tri/lich";

/// Where a draft stands.
fn page_of(draft: Uuid) -> String {
    format!("{PAGE}/{draft}")
}

/// Begins the calendar of a year.
#[server]
pub async fn draft_calendar(
    unit: i64,
    command: Uuid,
    #[server(default)] year: String,
    #[server(default)] tet: TypedDay,
    #[server(default)] national: String,
) -> Result<(), ServerFnError> {
    let done = async {
        let (office, who) = (office(), staff());
        // Who may not do it at all learns that before anything that was typed is looked at.
        office.units_with_calendars(&who)?;
        let year = year.trim().parse::<i32>().map_err(|_| Problem::YearInvalid)?;
        let usual = YearChoices::usual(&office.calendar_of(unit), year);
        let tet_first = tet.read_if_typed("tet")?;
        let choices = usual.map(|usual| YearChoices {
            tet_first: tet_first.unwrap_or(usual.tet_first),
            national: Beside::from_key(&national).unwrap_or(usual.national),
        });
        office.draft_calendar(&who, unit, year, choices, command).await
    };
    settle(done.await, page_of);
    Ok(())
}

/// Enters the decision a draft comes from, and the day from which it shall hold.
#[server]
pub async fn enter_calendar_basis(
    draft: Uuid,
    seen: i64,
    command: Uuid,
    #[server(default)] source: String,
    #[server(default)] valid_from: TypedDay,
) -> Result<(), ServerFnError> {
    let done = async {
        office().units_with_calendars(&staff())?;
        let valid_from = valid_from.read_if_typed("valid_from")?;
        office().enter_calendar_basis(&staff(), draft, seen, &source, valid_from, command).await
    };
    settle(done.await, |()| format!("{}#can-cu", page_of(draft)));
    Ok(())
}

/// Names days in a draft.
#[server]
pub async fn add_calendar_days(
    draft: Uuid,
    seen: i64,
    command: Uuid,
    #[server(default)] days: TypedDays,
) -> Result<(), ServerFnError> {
    let done = async {
        office().units_with_calendars(&staff())?;
        office().add_calendar_days(&staff(), draft, seen, days.read()?, command).await
    };
    settle(done.await, |()| format!("{}#cac-ngay", page_of(draft)));
    Ok(())
}

/// Swaps a working day for a day off of the week.
#[server]
pub async fn swap_calendar_days(
    draft: Uuid,
    seen: i64,
    command: Uuid,
    #[server(default)] off: TypedDay,
    #[server(default)] worked: TypedDay,
) -> Result<(), ServerFnError> {
    let done = async {
        office().units_with_calendars(&staff())?;
        let days = (off.read("off")?, worked.read("worked")?);
        office().swap_calendar_days(&staff(), draft, seen, days, command).await
    };
    settle(done.await, |()| format!("{}#cac-ngay", page_of(draft)));
    Ok(())
}

/// Takes out what a draft says about a day.
#[server]
pub async fn remove_calendar_day(
    draft: Uuid,
    seen: i64,
    command: Uuid,
    #[server(default)] day: String,
) -> Result<(), ServerFnError> {
    let done = async {
        office().units_with_calendars(&staff())?;
        let day = day.parse::<Day>().map_err(|_| Problem::DateInvalid("day"))?;
        office().remove_calendar_day(&staff(), draft, seen, day, command).await
    };
    settle(done.await, |()| format!("{}#cac-ngay", page_of(draft)));
    Ok(())
}

/// Throws a draft away.
#[server]
pub async fn discard_calendar_draft(draft: Uuid, seen: i64, command: Uuid) -> Result<(), ServerFnError> {
    let done = office().discard_calendar_draft(&staff(), draft, seen, command).await;
    settle(done, |()| PAGE.into());
    Ok(())
}

/// Publishes a draft.
#[server]
pub async fn publish_calendar(
    draft: Uuid,
    seen: i64,
    command: Uuid,
    #[server(default)] standing: String,
) -> Result<(), ServerFnError> {
    let done = office().publish_calendar(&staff(), draft, seen, &standing, command).await;
    settle(done, |_| page_of(draft));
    Ok(())
}
