//! Opinions that other units are asked for, and their answers.

use crate::context::{office, settle, staff};
use domain::dossier::Stance;
use leptos::prelude::*;
use office::{
    Error, Uuid,
    act::Command,
    error::Problem,
    opinions::{Answer, HOURS_MOST, Question},
};

/// The page of what one's unit is asked for.
const PAGE: &str = "/can-bo/xin-y-kien";

/// Asks another unit.
#[server]
pub async fn ask_opinion(
    dossier: Uuid,
    seen: i64,
    command: Uuid,
    #[server(default)] unit: String,
    #[server(default)] question: String,
    #[server(default)] files: Vec<String>,
    #[server(default)] hours: String,
) -> Result<(), ServerFnError> {
    let read = || -> office::Result<Question> {
        let files = files.iter().map(|id| id.trim().parse().map_err(|_| Problem::Missing("files")));
        Ok(Question {
            unit: unit.trim().parse().map_err(|_| Problem::Missing("unit"))?,
            words: question,
            files: files.collect::<Result<_, _>>()?,
            hours: hours.trim().parse().map_err(|_| Problem::HoursInvalid { most: HOURS_MOST })?,
        })
    };
    let done = match read() {
        Ok(asked) => office().ask_opinion(&staff(), dossier, asked, Command { id: command, seen }).await,
        Err(error) => Err(error),
    };
    settle(done, |()| format!("/can-bo/ho-so/{dossier}#y-kien"));
    Ok(())
}

/// Takes a request back.
#[server]
pub async fn recall_opinion(
    dossier: Uuid,
    seen: i64,
    command: Uuid,
    opinion: Uuid,
    #[server(default)] reason: String,
) -> Result<(), ServerFnError> {
    let done = office().recall_opinion(&staff(), dossier, opinion, reason, Command { id: command, seen }).await;
    settle(done, |()| format!("/can-bo/ho-so/{dossier}#y-kien"));
    Ok(())
}

/// Reminds the asked unit.
#[server]
pub async fn remind_opinion(dossier: Uuid, opinion: Uuid, command: Uuid) -> Result<(), ServerFnError> {
    let done = office().remind_opinion(&staff(), opinion, command).await;
    settle(done, |()| format!("/can-bo/ho-so/{dossier}#y-kien"));
    Ok(())
}

/// Gives a request to a colleague of the asked unit.
#[server]
pub async fn assign_opinion(opinion: Uuid, command: Uuid, #[server(default)] to: String) -> Result<(), ServerFnError> {
    let done = match to.trim().parse() {
        Ok(to) => office().assign_opinion(&staff(), opinion, to, command).await,
        Err(_) => Err(Error::Invalid(Problem::Missing("to"))),
    };
    settle(done, |()| format!("{PAGE}/{opinion}"));
    Ok(())
}

/// Answers a request. `laid` is every file that the form showed, `files` those that go with the answer; `tep` is the name of
/// one that was picked and not sent.
#[server]
pub async fn answer_opinion(
    opinion: Uuid,
    command: Uuid,
    #[server(default)] stance: String,
    #[server(default)] words: String,
    #[server(default)] laid: Vec<String>,
    #[server(default)] files: Vec<String>,
    #[server(default)] tep: String,
) -> Result<(), ServerFnError> {
    let read = || -> office::Result<Answer> {
        let ids = |typed: &[String]| -> Result<Vec<Uuid>, Problem> {
            typed.iter().map(|id| id.trim().parse().map_err(|_| Problem::Missing("files"))).collect()
        };
        let stance = Stance::from_key(&stance).ok_or(Problem::Missing("stance"))?;
        if !tep.is_empty() {
            return Err(Problem::FileNotSent.into());
        }
        Ok(Answer { stance, words, shown: ids(&laid)?, files: ids(&files)? })
    };
    let done = match read() {
        Ok(answer) => office().answer_opinion(&staff(), opinion, answer, command).await,
        Err(error) => Err(error),
    };
    settle(done, |()| PAGE.into());
    Ok(())
}
