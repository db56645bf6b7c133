//! Personal numbers in full, for a reason.

use crate::context::{office, settle, staff};
use leptos::prelude::*;
use office::{Uuid, reveal::Reveal};

/// Says why personal numbers of a dossier are needed in full, and opens its page so.
#[server]
pub async fn reveal_personal_data(
    dossier: Uuid,
    command: Uuid,
    #[server(default)] hien: String,
    #[server(default)] hien_ro: String,
) -> Result<(), ServerFnError> {
    let done = async {
        let reveal = Reveal::read(&hien, &hien_ro)?;
        office().reveal_personal_data(&staff(), dossier, &reveal, command).await
    };
    settle(done.await, |()| format!("/can-bo/ho-so/{dossier}?hien={command}#noi-dung"));
    Ok(())
}
