//! The offices of a unit.

use crate::context::{office, settle, staff};
use leptos::prelude::*;
use office::Uuid;

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
