//! Acts: forms post to server functions. What is refused comes back as the page it was typed on, with the sentence
//! that says why and everything that was typed, status 422; nothing is carried in the address.

use super::{State, pages};
use app::context::{Entered, Failure, Left, Retry, Visitor};
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State as FromState},
    http::{HeaderValue, Method, StatusCode, Uri, header, request::Parts},
    response::{IntoResponse, Response},
};
use leptos::prelude::provide_context;
use office::Error;

/// Runs the server function of the address.
pub async fn act(FromState(state): FromState<State>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, super::FORM_BYTES).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let bytes = without_nul(bytes);
    let failure = Failure::default();
    let response = {
        let (state, failure) = (state.clone(), failure.clone());
        let again = Request::from_parts(parts.clone(), Body::from(bytes.clone()));
        leptos_axum::handle_server_fns_with_context(
            move || {
                pages::provide(&state, None);
                provide_context(failure.clone());
            },
            again,
        )
        .await
        .into_response()
    };
    let Some(Left { error, entered }) = failure.take() else { return see_other(response) };
    let mut parts = parts;
    let mut act = parts.uri.path().to_owned();
    // Who signed in with the very form that was refused reads the page as themselves, and stays signed in.
    if let (Some(Entered { act: form, who, token }), Some(visitor)) = (entered, parts.extensions.get_mut::<Visitor>()) {
        form.clone_into(&mut act);
        (visitor.resident, visitor.resident_token) = (who, Some(token));
    }
    let mut page = refuse(&state, parts, &act, &bytes, error).await;
    for cookie in response.headers().get_all(header::SET_COOKIE) {
        page.headers_mut().append(header::SET_COOKIE, cookie.clone());
    }
    page
}

/// The page that the refused form of that act was typed on, with the sentence and everything that was typed.
pub(super) async fn refuse(state: &State, parts: Parts, act: &str, body: &[u8], error: Error) -> Response {
    if let Error::Broken(why) = &error {
        tracing::error!(act, why, "act failed");
    }
    let status = app::errors::status_of(&error);
    let retry = Retry::new(act, body, error);
    let mut page = Request::from_parts(parts, Body::empty());
    *page.method_mut() = Method::GET;
    *page.uri_mut() = retry.page.parse::<Uri>().unwrap_or_else(|_| Uri::from_static("/"));
    page.headers_mut().remove(header::CONTENT_LENGTH);
    page.headers_mut().remove(header::CONTENT_TYPE);
    let address = HeaderValue::from_str(&retry.page).ok();
    let mut response = pages::render(state, page, Some(retry)).await;
    *response.status_mut() = status;
    if let Some(address) = address {
        response.headers_mut().insert(header::CONTENT_LOCATION, address);
    }
    response
}

/// After a post the browser must fetch with GET: 303 says so, 302 only hints.
fn see_other(mut response: Response) -> Response {
    if response.status() == StatusCode::FOUND {
        *response.status_mut() = StatusCode::SEE_OTHER;
    }
    response
}

/// A form never needs the letter NUL, and PostgreSQL cannot keep it.
fn without_nul(body: Bytes) -> Bytes {
    if !body.windows(3).any(|part| part == b"%00") && !body.contains(&0) {
        return body;
    }
    let text = String::from_utf8_lossy(&body).replace("%00", "").replace('\0', "");
    text.into_bytes().into()
}
