//! What a resident does with a dossier of their own.
#![expect(clippy::too_many_arguments, reason = "a server function has one argument for each field of its form")]

use super::{
    id,
    sessions::{come_in, settle_entered},
};
use crate::{
    citizen::apply::saving,
    context::{self, office, settle},
};
use domain::{
    dossier::{Rating, RatingReason},
    question::Typed,
};
use leptos::prelude::*;
use office::{Who, act::Command, error::Problem};

/// Sends what was asked for; while typing, or before a file goes without script, only keeps it.
#[server]
pub async fn answer_supplement(
    dossier: String,
    seen: i64,
    command: String,
    #[server(default)] typed: Typed,
    #[server(default)] go: String,
) -> Result<(), ServerFnError> {
    let quiet = go == saving::WHILE_TYPING;
    match answer(&context::resident(), &dossier, seen, &command, typed, &go).await {
        Ok(_) if quiet => {}
        done => settle(done, |next| next),
    }
    Ok(())
}

async fn answer(who: &Who, dossier: &str, seen: i64, command: &str, typed: Typed, go: &str) -> office::Result<String> {
    if go == saving::WHILE_TYPING || go == saving::STAY {
        office().keep_answer(who, id(dossier)?, typed).await?;
        return Ok(format!("{}#bo-sung", page_of(dossier)));
    }
    let command = Command { id: id(command)?, seen };
    office().answer_supplement(who, id(dossier)?, typed, command).await?;
    Ok(page_of(dossier))
}

/// Takes back a file of an answer that was not sent yet.
#[server]
pub async fn drop_answer_upload(dossier: String, upload: String, command: String) -> Result<(), ServerFnError> {
    let who = context::resident();
    let dropped = async { office().drop_answer_upload(&who, id(&dossier)?, id(&upload)?, id(&command)?).await };
    settle(dropped.await, |()| format!("{}#bo-sung", page_of(&dossier)));
    Ok(())
}

/// Signs in where the session had ended, then does what the form was for.
#[server]
pub async fn sign_in_and_go_on(
    citizen_id: String,
    password: String,
    act: String,
    dossier: String,
    seen: i64,
    command: String,
    #[server(default)] typed: Typed,
    #[server(default)] go: String,
    #[server(default)] reason: String,
    #[server(default)] rating: String,
    #[server(default)] why: Vec<String>,
    #[server(default)] words: String,
) -> Result<(), ServerFnError> {
    let (who, token) = match come_in(&citizen_id, password).await {
        Ok(came) => came,
        Err(refused) => {
            settle(Err::<(), _>(refused), |()| String::new());
            return Ok(());
        }
    };
    let (act, done) = match act.as_str() {
        "answer_supplement" => ("answer_supplement", answer(&who, &dossier, seen, &command, typed, &go).await),
        "ask_withdrawal" => ("ask_withdrawal", withdraw(&who, &dossier, seen, &command, reason).await),
        "rate_dossier" => ("rate_dossier", rate(&who, &dossier, seen, &command, &rating, &why, words).await),
        _ => ("", Err(office::Error::NotFound)),
    };
    settle_entered(who, &token, act, done);
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
    settle(withdraw(&context::resident(), &dossier, seen, &command, reason).await, |next| next);
    Ok(())
}

async fn withdraw(who: &Who, dossier: &str, seen: i64, command: &str, reason: String) -> office::Result<String> {
    let command = Command { id: id(command)?, seen };
    office().ask_withdrawal(who, id(dossier)?, reason, command).await?;
    Ok(page_of(dossier))
}

/// Rates the service.
#[server]
pub async fn rate_dossier(
    dossier: String,
    seen: i64,
    command: String,
    #[server(default)] rating: String,
    #[server(default)] why: Vec<String>,
    #[server(default)] words: String,
) -> Result<(), ServerFnError> {
    settle(rate(&context::resident(), &dossier, seen, &command, &rating, &why, words).await, |next| next);
    Ok(())
}

async fn rate(
    who: &Who,
    dossier: &str,
    seen: i64,
    command: &str,
    rating: &str,
    why: &[String],
    words: String,
) -> office::Result<String> {
    // Who may not rate learns that first, not that something is missing.
    who.resident().ok_or(office::Error::SignInFirst)?;
    let rating = Rating::from_key(rating).ok_or(Problem::Missing("rating"))?;
    let why = why.iter().filter_map(|key| RatingReason::from_key(key)).collect();
    let command = Command { id: id(command)?, seen };
    office().rate_dossier(who, id(dossier)?, rating, why, words, command).await?;
    Ok(page_of(dossier))
}

fn page_of(dossier: &str) -> String {
    format!("/ho-so/{}", context::encode(dossier))
}
