//! Signing up, in and out.

use super::id;
use crate::context::{
    self, DRAW_COOKIE, Entered, Failure, Left, RESIDENT_COOKIE, STAFF_COOKIE, is_local, office, settle, visitor,
};
use axum::http::{HeaderValue, header::SET_COOKIE};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use office::{
    Error, Who, accounts,
    sessions::{Door, Token},
};

/// Where staff see where they are signed in.
const STAFF_SESSIONS: &str = "/can-bo/phien";

/// Opens an account and signs it in.
#[server]
pub async fn sign_up(
    citizen_id: String,
    name: String,
    #[server(default)] phone: String,
    password: String,
    password_again: String,
    #[server(default)] den: String,
    command: String,
) -> Result<(), ServerFnError> {
    let input = accounts::SignUp { citizen_id, name, phone, password, password_again };
    let signed_up = async { office().sign_up(&context::resident(), input, id(&command)?).await };
    settle(signed_up.await, |token| enter(RESIDENT_COOKIE, &token, &den, "/ho-so"));
    Ok(())
}

/// Signs a resident in.
#[server]
pub async fn sign_in(
    citizen_id: String,
    password: String,
    #[server(default)] den: String,
) -> Result<(), ServerFnError> {
    let entered = office().sign_in_resident(&context::resident(), &citizen_id, password).await;
    settle(entered, |token| enter(RESIDENT_COOKIE, &token, &den, "/ho-so"));
    Ok(())
}

/// Signs a member of staff in.
#[server]
pub async fn sign_in_staff(
    login: String,
    password: String,
    code: String,
    #[server(default)] den: String,
) -> Result<(), ServerFnError> {
    let entered = office().sign_in_staff(&context::staff(), &login, password, &code).await;
    settle(entered, |token| enter(STAFF_COOKIE, &token, &den, "/can-bo"));
    Ok(())
}

/// Signs a resident out.
#[server]
pub async fn sign_out() -> Result<(), ServerFnError> {
    let visitor = visitor();
    let left = office().sign_out(&visitor.resident, visitor.resident_token.as_deref().unwrap_or_default()).await;
    settle(left, |()| leave(RESIDENT_COOKIE, "/"));
    Ok(())
}

/// Signs the resident out in another place.
#[server]
pub async fn end_session(session: String, command: String) -> Result<(), ServerFnError> {
    let ended = async { office().end_my_session(&context::resident(), &session, id(&command)?).await };
    settle(ended.await, |()| "/tai-khoan#noi-dang-nhap".into());
    Ok(())
}

/// Signs the resident out in every other place.
#[server]
pub async fn end_other_sessions(command: String) -> Result<(), ServerFnError> {
    let visitor = visitor();
    let ended = async {
        office().end_my_other_sessions(&visitor.resident, visitor.resident_token.as_deref(), id(&command)?).await
    };
    settle(ended.await, |()| "/tai-khoan#noi-dang-nhap".into());
    Ok(())
}

/// Signs a member of staff out in another place.
#[server]
pub async fn end_staff_session(session: String, command: String) -> Result<(), ServerFnError> {
    let ended = async { office().end_my_session(&context::staff(), &session, id(&command)?).await };
    settle(ended.await, |()| STAFF_SESSIONS.into());
    Ok(())
}

/// Signs a member of staff out in every other place.
#[server]
pub async fn end_other_staff_sessions(command: String) -> Result<(), ServerFnError> {
    let visitor = visitor();
    let ended =
        async { office().end_my_other_sessions(&visitor.staff, visitor.staff_token.as_deref(), id(&command)?).await };
    settle(ended.await, |()| STAFF_SESSIONS.into());
    Ok(())
}

/// Signs a member of staff out.
#[server]
pub async fn sign_out_staff() -> Result<(), ServerFnError> {
    let visitor = visitor();
    let left = office().sign_out(&visitor.staff, visitor.staff_token.as_deref().unwrap_or_default()).await;
    settle(left, |()| leave(STAFF_COOKIE, context::STAFF_DOOR));
    Ok(())
}

/// Signs a resident in on the way to an act whose session had ended.
pub(super) async fn come_in(citizen_id: &str, password: String) -> office::Result<(Who, Token)> {
    let nobody = context::resident();
    let token = office().sign_in_resident(&nobody, citizen_id, password).await?;
    let who = office().who_of_token(Door::Resident, Some(&token.0), nobody.trace.clone()).await?;
    Ok((who, token))
}

/// The end of an act that signed a resident in on its way. What is refused then comes back as after the act inside,
/// for somebody who is signed in. Only when it is somebody else's matter the form stays: its owner may come yet.
pub(super) fn settle_entered(who: Who, token: &Token, act: &'static str, done: office::Result<String>) {
    match (done, use_context::<Failure>()) {
        (Ok(next), _) => leptos_axum::redirect(&enter(RESIDENT_COOKIE, token, &next, "/ho-so")),
        (Err(error @ Error::NotFound), Some(failure)) => failure.leave(error),
        (Err(error), Some(failure)) => {
            enter(RESIDENT_COOKIE, token, "", "");
            failure.put(Left { error, entered: Some(Entered { who, token: token.0.clone(), act }) });
        }
        (Err(_), None) => leptos_axum::redirect("/"),
    }
}

/// Sets the cookie and says where to go: where the visitor was going, if that is a page of ours.
pub(super) fn enter(cookie: &str, token: &Token, wanted: &str, otherwise: &str) -> String {
    set_cookie(&format!("{cookie}={}; Path=/; Secure; HttpOnly; SameSite=Lax", token.0));
    if is_local(wanted) { wanted.to_string() } else { otherwise.to_string() }
}

fn leave(cookie: &str, next: &str) -> String {
    set_cookie(&format!("{cookie}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0"));
    next.to_string()
}

/// Keeps what a code was drawn from in the browser of the clerk who gave it, for so long as the slip can be printed.
pub(super) fn keep_draw(draw: &str) {
    // Only what a form of ours makes: letters and digits.
    if draw.chars().all(|letter| letter.is_ascii_alphanumeric()) {
        set_cookie(&format!("{DRAW_COOKIE}={draw}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=600"));
    }
}

fn set_cookie(cookie: &str) {
    if let (Some(response), Ok(value)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(cookie)) {
        response.append_header(SET_COOKIE, value);
    }
}
