//! Named filters of queues.

use crate::context::{is_local, office, settle, staff};
use leptos::prelude::*;
use office::{
    Error, Uuid,
    queues::{Narrow, Queue},
};

/// The page where they are named anew and removed.
const PAGE: &str = "/can-bo/bo-loc";

/// Gives the filter of a queue a name.
#[server]
pub async fn save_view(
    command: Uuid,
    #[server(default)] queue: String,
    #[server(default)] q: String,
    #[server(default)] thu_tuc: String,
    #[server(default)] name: String,
    #[server(default)] ve: String,
) -> Result<(), ServerFnError> {
    let narrow = Narrow { search: q, procedure_code: Some(thu_tuc).filter(|code| !code.trim().is_empty()) };
    let done = match Queue::from_key(&queue) {
        Some(queue) => office().save_view(&staff(), &name, queue, &narrow, command).await,
        None => Err(Error::NotFound),
    };
    settle(done, |()| if is_local(&ve) { ve } else { PAGE.into() });
    Ok(())
}

/// Gives a named filter another name.
#[server]
pub async fn rename_view(view: Uuid, command: Uuid, #[server(default)] name: String) -> Result<(), ServerFnError> {
    let done = office().rename_view(&staff(), view, &name, command).await;
    settle(done, |()| PAGE.into());
    Ok(())
}

/// Takes a named filter out of the menu.
#[server]
pub async fn remove_view(view: Uuid, command: Uuid) -> Result<(), ServerFnError> {
    let done = office().remove_view(&staff(), view, command).await;
    settle(done, |()| PAGE.into());
    Ok(())
}
