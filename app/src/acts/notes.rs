//! Notes that staff leave each other.

use crate::context::{office, settle, staff};
use leptos::prelude::*;
use office::Uuid;

/// Leaves a note on a dossier.
#[server]
pub async fn write_note(dossier: Uuid, command: Uuid, #[server(default)] words: String) -> Result<(), ServerFnError> {
    let done = office().write_note(&staff(), dossier, &words, command).await;
    settle(done, |()| format!("/can-bo/ho-so/{dossier}#ghi-chu"));
    Ok(())
}
