//! Filling in and filing.
#![expect(clippy::too_many_arguments, reason = "a server function has one argument for each field of its form")]

use super::{
    id,
    sessions::{come_in, settle_entered},
};
use crate::{
    citizen::apply::{
        FOR_ONESELF,
        saving::{self, Entered},
    },
    context::{self, office, settle},
};
use domain::question::Typed;
use leptos::prelude::*;

/// Opens a draft, or the one already begun.
#[server]
pub async fn start_draft(
    code: String,
    #[server(default)] office_id: String,
    #[server(default)] organisation: String,
    command: String,
) -> Result<(), ServerFnError> {
    let started = async {
        let office_id = id(&office_id).map_err(|_| office::error::Problem::Missing("office_id"))?;
        let organisation = match organisation.as_str() {
            "" | FOR_ONESELF => None,
            chosen => Some(id(chosen)?),
        };
        saving::begin(&context::resident(), &code, office_id, organisation, id(&command)?).await
    };
    settle(started.await, |next| next);
    Ok(())
}

/// Saves one topic. `go` says which button was pressed; a save while typing gets a bare answer.
#[server]
pub async fn save_topic(
    draft: String,
    topic: String,
    #[server(default)] typed: Typed,
    #[server(default)] go: String,
    #[server(default)] hien: String,
    #[server(default)] ve: String,
    command: String,
) -> Result<(), ServerFnError> {
    let quiet = go == saving::WHILE_TYPING;
    let entered = Entered { draft, topic, typed, go, shown: hien, back: ve, command };
    match saving::save(&context::resident(), entered).await {
        Ok(_) if quiet => {}
        done => settle(done, |next| next),
    }
    Ok(())
}

/// Saves what was typed in a topic, then fills in the answers that were chosen out of earlier dossiers; with `all`, every
/// one that was offered.
#[server]
pub async fn prefill_draft(
    draft: String,
    topic: String,
    #[server(default)] typed: Typed,
    #[server(default)] take: Vec<String>,
    #[server(default)] all: String,
    #[server(default)] ve: String,
    prefill_command: String,
) -> Result<(), ServerFnError> {
    let chosen = saving::Chosen { draft, topic, typed, take, all: !all.is_empty(), back: ve, command: prefill_command };
    settle(saving::prefill(&context::resident(), chosen).await, |next| next);
    Ok(())
}

/// Signs in where the session had ended, then saves what was typed.
#[server]
pub async fn sign_in_and_save(
    citizen_id: String,
    password: String,
    draft: String,
    topic: String,
    #[server(default)] typed: Typed,
    #[server(default)] go: String,
    #[server(default)] hien: String,
    #[server(default)] ve: String,
    command: String,
) -> Result<(), ServerFnError> {
    match come_in(&citizen_id, password).await {
        Ok((who, token)) => {
            let entered = Entered { draft, topic, typed, go, shown: hien, back: ve, command };
            let saved = saving::save(&who, entered).await;
            settle_entered(who, &token, "save_topic", saved);
        }
        refused => settle(refused, |_| String::new()),
    }
    Ok(())
}

/// Files the draft.
#[server]
pub async fn submit_draft(
    draft: String,
    #[server(default)] declared: String,
    command: String,
) -> Result<(), ServerFnError> {
    settle(saving::submit(&context::resident(), &draft, !declared.is_empty(), &command).await, |next| next);
    Ok(())
}

/// Signs in where the session had ended, then files the draft.
#[server]
pub async fn sign_in_and_submit(
    citizen_id: String,
    password: String,
    draft: String,
    #[server(default)] declared: String,
    command: String,
) -> Result<(), ServerFnError> {
    match come_in(&citizen_id, password).await {
        Ok((who, token)) => {
            let filed = saving::submit(&who, &draft, !declared.is_empty(), &command).await;
            settle_entered(who, &token, "submit_draft", filed);
        }
        refused => settle(refused, |_| String::new()),
    }
    Ok(())
}

/// Sets a draft aside.
#[server]
pub async fn drop_draft(draft: String, command: String) -> Result<(), ServerFnError> {
    let dropped = async { office().drop_draft(&context::resident(), id(&draft)?, id(&command)?).await };
    settle(dropped.await, |()| "/ho-so".into());
    Ok(())
}

/// Takes a file out of a draft.
#[server]
pub async fn drop_upload(
    upload: String,
    command: String,
    #[server(default)] trang: String,
) -> Result<(), ServerFnError> {
    let dropped = async { office().drop_upload(&context::resident(), id(&upload)?, id(&command)?).await };
    settle(dropped.await, |row| {
        let page = if context::is_local(&trang) { trang } else { "/ho-so".into() };
        format!("{}#{}", page.split('#').next().unwrap_or_default(), context::encode(&row.question))
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::{body::Body, extract::Request};
    use leptos::server_fn::codec::{FromReq, PostUrl};
    use std::{
        pin::pin,
        task::{Context, Poll, Waker},
    };

    /// What a browser's form becomes. The body is there already, so it is read without waiting.
    fn read<T: FromReq<PostUrl, Request, ServerFnError>>(body: &'static str) -> T {
        let request = Request::builder()
            .method("POST")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .expect("a request");
        match pin!(T::from_req(request)).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(read) => read.expect("a form that can be read"),
            Poll::Pending => panic!("the body is there already"),
        }
    }

    #[test]
    fn a_topics_fields_arrive_under_their_paths_in_brackets_that_browsers_encode() {
        let entered: SaveTopic = read(
            "go=tiep&command=c&trang=%2Fban-nhap%2F1&draft=d&topic=tre&hien=child.name%2Cchild.birth&ve=\
             &typed%5Bchild.name%5D=%C4%90%E1%BB%97+Th%E1%BB%8B&typed%5Bchild.birth.day%5D=1\
             &typed%5Bmembers.0.name%5D=a%26b%3Dc%5B0%5D",
        );
        assert_eq!((entered.topic.as_str(), entered.go.as_str()), ("tre", "tiep"));
        assert_eq!(entered.typed.get("child.name").map(String::as_str), Some("Đỗ Thị"));
        assert_eq!(entered.typed.get("child.birth.day").map(String::as_str), Some("1"));
        assert_eq!(entered.typed.get("members.0.name").map(String::as_str), Some("a&b=c[0]"));
    }

    #[test]
    fn a_topic_without_any_field_is_saved_all_the_same() {
        let entered: SaveTopic = read("draft=d&topic=giay_to&command=c");
        assert!(entered.typed.is_empty() && entered.go.is_empty());
    }
}
