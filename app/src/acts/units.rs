//! The offices of a unit.
#![expect(clippy::too_many_arguments, reason = "a server function has one argument for each field of its form")]

use super::particulars::TypedDay;
use crate::context::{encode, office, settle, staff};
use leptos::prelude::*;
use office::{Uuid, office_entries::TypedOffice};

/// Adds an office to a unit, or a unit beside it.
#[server]
pub async fn add_office(
    unit: i64,
    command: Uuid,
    #[server(default)] kind: String,
    #[server(default)] key: String,
    #[server(default)] name: String,
    #[server(default)] organ: String,
    #[server(default)] unit_code: String,
    #[server(default)] shop_name: String,
    #[server(default)] shop_organ: String,
    #[server(default)] address: String,
    #[server(default)] phone: String,
    #[server(default)] first: TypedDay,
) -> Result<(), ServerFnError> {
    let done = async {
        let (office, who) = (office(), staff());
        // Who may not do it at all learns that before anything that was typed is looked at.
        office.units_to_add_to(&who)?;
        let first = first.read_if_typed("first")?.unwrap_or_else(|| office.now().day());
        let typed = TypedOffice { unit, kind, key, name, organ, unit_code, shop_name, shop_organ, address, phone };
        office.add_office(&who, &typed, first, command).await
    };
    settle(done.await, |key| format!("/can-bo/quan-tri/don-vi?da_them={}", encode(&key)));
    Ok(())
}

/// Enters where an office is found and called.
#[server]
pub async fn enter_contact(
    place: i64,
    command: Uuid,
    #[server(default)] address: String,
    #[server(default)] phone: String,
) -> Result<(), ServerFnError> {
    let done = office().enter_contact(&staff(), place, &address, &phone, command).await;
    settle(done, |()| format!("/can-bo/quan-tri/don-vi#co-quan-{place}"));
    Ok(())
}
