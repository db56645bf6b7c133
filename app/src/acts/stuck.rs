//! What is stuck, taken in hand.

use super::id;
use crate::context::{here, is_local, office, settle, staff};
use leptos::prelude::*;
use office::stuck_claims::TakeOver;

/// Takes something stuck in hand, with a note.
#[server]
pub async fn take_over_stuck(
    item: String,
    command: String,
    #[server(default)] claim: String,
    #[server(default)] note: String,
    #[server(default)] trang: String,
) -> Result<(), ServerFnError> {
    let taken = async {
        let seen = if claim.is_empty() { None } else { Some(id(&claim)?) };
        office().take_over_stuck(&staff(), TakeOver { item, seen, note }, id(&command)?).await
    };
    settle(taken.await, |()| if is_local(&trang) { trang } else { here() });
    Ok(())
}
