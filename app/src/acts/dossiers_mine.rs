//! What a resident does with a dossier of their own.

use super::id;
use crate::context::{self, office, settle};
use domain::{dossier::Rating, question::Typed};
use leptos::prelude::*;
use office::{act::Command, error::Problem};

/// Sends what was asked for.
#[server]
pub async fn answer_supplement(
    dossier: String,
    seen: i64,
    command: String,
    #[server(default)] typed: Typed,
) -> Result<(), ServerFnError> {
    let answered = async {
        let command = Command { id: id(&command)?, seen };
        office().answer_supplement(&context::resident(), id(&dossier)?, typed, command).await
    };
    settle(answered.await, |()| page_of(&dossier));
    Ok(())
}

/// Asks for the dossier back.
#[server]
pub async fn ask_withdrawal(
    dossier: String,
    seen: i64,
    command: String,
    #[server(default)] reason: String,
) -> Result<(), ServerFnError> {
    let asked = async {
        let command = Command { id: id(&command)?, seen };
        office().ask_withdrawal(&context::resident(), id(&dossier)?, reason, command).await
    };
    settle(asked.await, |()| page_of(&dossier));
    Ok(())
}

/// Rates the service.
#[server]
pub async fn rate_dossier(
    dossier: String,
    seen: i64,
    command: String,
    #[server(default)] rating: String,
    #[server(default)] words: String,
) -> Result<(), ServerFnError> {
    let rated = async {
        let rating = Rating::from_key(&rating).ok_or(Problem::Missing("rating"))?;
        let command = Command { id: id(&command)?, seen };
        office().rate_dossier(&context::resident(), id(&dossier)?, rating, words, command).await
    };
    settle(rated.await, |()| page_of(&dossier));
    Ok(())
}

fn page_of(dossier: &str) -> String {
    format!("/ho-so/{}", context::encode(dossier))
}
