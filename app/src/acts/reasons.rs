//! The library of reasons.

use crate::context::{office, settle, staff};
use domain::reason::ReasonKind;
use leptos::prelude::*;
use office::{Uuid, error::Problem, reasons::ReasonText};

/// The page of the library.
const PAGE: &str = "/can-bo/mau-ly-do";

/// Adds a text, shared or one's own.
#[server]
pub async fn add_reason(
    command: Uuid,
    #[server(default)] kind: String,
    #[server(default)] title: String,
    #[server(default)] words: String,
    #[server(default)] shared: String,
) -> Result<(), ServerFnError> {
    let done = match typed(&kind, title, words, !shared.is_empty()) {
        Ok(typed) => office().add_reason(&staff(), typed, command).await,
        Err(error) => Err(error),
    };
    settle(done, |()| PAGE.into());
    Ok(())
}

/// Changes a text.
#[server]
pub async fn change_reason(
    text: Uuid,
    seen: i64,
    command: Uuid,
    #[server(default)] kind: String,
    #[server(default)] title: String,
    #[server(default)] words: String,
) -> Result<(), ServerFnError> {
    let done = match typed(&kind, title, words, false) {
        Ok(typed) => office().change_reason(&staff(), text, seen, typed, command).await,
        Err(error) => Err(error),
    };
    settle(done, |()| PAGE.into());
    Ok(())
}

/// Retires a text.
#[server]
pub async fn retire_reason(text: Uuid, seen: i64, command: Uuid) -> Result<(), ServerFnError> {
    let done = office().retire_reason(&staff(), text, seen, command).await;
    settle(done, |()| PAGE.into());
    Ok(())
}

fn typed(kind: &str, title: String, words: String, shared: bool) -> office::Result<ReasonText> {
    let kind = ReasonKind::from_key(kind).ok_or(Problem::Missing("kind"))?;
    Ok(ReasonText { kind, title, words, shared })
}
