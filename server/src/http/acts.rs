//! Acts: forms post to server functions. What is refused comes back as the page it was typed on, with the sentence
//! that says why and everything that was typed, status 422; nothing is carried in the address.

use super::{State, pages};
use app::context::{Entered, Failure, Left, Retry, Visitor};
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State as FromState},
    http::{HeaderValue, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use leptos::prelude::provide_context;

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
    let status = app::errors::status_of(&error);
    let act = entered.as_ref().map_or(parts.uri.path(), |entered| entered.act);
    let retry = Retry::new(act, &bytes, error);
    let mut parts = parts;
    if let (Some(Entered { who, token, .. }), Some(visitor)) = (entered, parts.extensions.get_mut::<Visitor>()) {
        (visitor.resident, visitor.resident_token) = (who, Some(token));
    }
    let cookies: Vec<HeaderValue> = response.headers().get_all(header::SET_COOKIE).iter().cloned().collect();
    let mut page = Request::from_parts(parts, Body::empty());
    *page.method_mut() = Method::GET;
    *page.uri_mut() = retry.page.parse::<Uri>().unwrap_or_else(|_| Uri::from_static("/"));
    page.headers_mut().remove(header::CONTENT_LENGTH);
    page.headers_mut().remove(header::CONTENT_TYPE);
    let address = HeaderValue::from_str(&retry.page).ok();
    let mut response = pages::render(&state, page, Some(retry)).await;
    *response.status_mut() = status;
    for cookie in cookies {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
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
