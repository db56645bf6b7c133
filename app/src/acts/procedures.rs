//! What a unit says of a procedure, and new versions of procedures from a file that was laid down.
#![expect(clippy::too_many_arguments, reason = "a server function has one argument for each field of its form")]

use super::particulars::TypedDay;
use crate::context::{office, settle, staff};
use leptos::prelude::*;
use office::{
    Error, Uuid,
    local_parts::{TypedFee, TypedPart},
};
use serde::{Deserialize, Serialize};

/// The amount of a fee, with what sets it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct SentFee {
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub amount: String,
    #[serde(default)]
    pub source: String,
}

/// Publishes what a unit says of a procedure, from a day on. `held` is the version that it was compared with; blank for none.
#[server]
pub async fn publish_local_part(
    unit: i64,
    code: String,
    command: Uuid,
    #[server(default)] held: String,
    #[server(default)] online: String,
    #[server(default)] contact: String,
    #[server(default)] notes: String,
    #[server(default)] amount: String,
    #[server(default)] fees: Vec<SentFee>,
    #[server(default)] first: TypedDay,
) -> Result<(), ServerFnError> {
    let done = async {
        let (office, who) = (office(), staff());
        // Who may not do it at all learns that before anything that was typed is looked at.
        office.units_say(&who, &code)?;
        let held: Option<Uuid> = match held.trim() {
            "" => None,
            id => Some(id.parse().map_err(|_| Error::Stale)?),
        };
        let first = first.read_if_typed("first")?.unwrap_or_else(|| office.now().day());
        let fees = fees.into_iter().map(|SentFee { name, amount, source }| TypedFee { name, amount, source }).collect();
        let part = TypedPart { online: online != "0", contact, notes, amount, fees };
        office.publish_local_part(&who, (unit, &code), &part, first, held, command).await
    };
    settle(done.await, |()| format!("/can-bo/quan-tri/thu-tuc/{code}"));
    Ok(())
}

/// Publishes a file of procedures that was looked at, from a day on. `file` is what the page wrote out of it, `seen` the hash
/// of what was looked at.
#[server]
pub async fn publish_procedures(
    command: Uuid,
    #[server(default)] file: String,
    #[server(default)] seen: String,
    #[server(default)] first: TypedDay,
) -> Result<(), ServerFnError> {
    let done = async {
        let (office, who) = (office(), staff());
        // Who may not do it at all learns that before anything that was typed is looked at.
        office.may_lay_down_procedures(&who)?;
        let first = first.read_if_typed("first")?.unwrap_or_else(|| office.now().day());
        office.publish_procedures(&who, &file, first, &seen, command).await
    };
    settle(done.await, |codes| format!("/can-bo/quan-tri/thu-tuc/tep?da_cong_bo={}", codes.join("+")));
    Ok(())
}
