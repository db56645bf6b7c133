//! Notes that staff leave each other, and whom they name.

use crate::context::{office, settle, staff};
use leptos::prelude::*;
use office::Uuid;

/// The page of the notes that name one.
const PAGE: &str = "/can-bo/nhac-den";

/// Leaves a note on a dossier, for the colleagues it names.
#[server]
pub async fn write_note(
    dossier: Uuid,
    command: Uuid,
    #[server(default)] words: String,
    #[server(default)] named: Vec<String>,
) -> Result<(), ServerFnError> {
    // Who cannot be read is nobody, and is told as nobody.
    let named: Vec<Uuid> = named.iter().map(|id| id.trim().parse().unwrap_or_default()).collect();
    let done = office().write_note(&staff(), dossier, &words, &named, command).await;
    settle(done, |()| format!("/can-bo/ho-so/{dossier}#ghi-chu"));
    Ok(())
}

/// Says why no other file is waited for in place of one that a scan took away.
#[server]
pub async fn let_file_go(
    dossier: Uuid,
    upload: Uuid,
    command: Uuid,
    #[server(default)] words: String,
) -> Result<(), ServerFnError> {
    let done = office().let_file_go(&staff(), dossier, upload, &words, command).await;
    settle(done, |()| format!("/can-bo/ho-so/{dossier}#tep"));
    Ok(())
}

/// Takes a note that names one out of what is new.
#[server]
pub async fn see_mention(note_id: Uuid, command: Uuid) -> Result<(), ServerFnError> {
    let done = office().see_mention(&staff(), note_id, command).await;
    settle(done, |()| PAGE.into());
    Ok(())
}
