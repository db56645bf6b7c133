//! Pages: Leptos renders, this gives it what it may reach.

use super::{State, csp};
use app::context::{Beside, Retry, Visitor};
use axum::{
    body::Body,
    extract::{Request, State as FromState},
    http::{HeaderMap, StatusCode, Uri, header},
    response::Response,
};
use leptos::prelude::provide_context;
use office::Error;

/// What a page or an act can ask for while it is made.
pub fn provide(state: &State, retry: Option<Retry>) {
    provide_context(state.office.clone());
    if let Some(retry) = retry {
        provide_context(retry);
    }
    csp::set_policy();
}

/// Renders the page of the request's address.
pub async fn render(state: &State, request: Request<Body>, retry: Option<Retry>) -> Response {
    render_beside(state, request, retry, None).await
}

async fn render_beside(
    state: &State,
    request: Request<Body>,
    retry: Option<Retry>,
    beside: Option<Beside>,
) -> Response {
    let for_context = state.clone();
    let for_shell = state.clone();
    let render = leptos_axum::render_app_async_with_context(
        move || {
            provide(&for_context, retry.clone());
            if let Some(beside) = beside.clone() {
                provide_context(beside);
            }
        },
        move || app::shell(&for_shell.site.names),
    );
    render(request).await
}

/// An address without a page: a helpful page, and 404.
pub async fn not_found(FromState(state): FromState<State>, request: Request) -> Response {
    let wants_page = request
        .headers()
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_none_or(|accepts| accepts.contains("text/html") || accepts.contains("*/*"));
    let mut response = if wants_page { render(&state, request, None).await } else { Response::new(Body::empty()) };
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

/// Shows the page of `retry` again for the same visitor, after something other than a server function was refused.
pub async fn render_again(state: &State, headers: &HeaderMap, visitor: &Visitor, retry: Retry) -> Response {
    let request = request_for(&retry.page, headers, visitor);
    render(state, request, Some(retry)).await
}

/// Shows that page again with what was typed beside a file that was sent from it, and what was wrong with the file.
pub async fn render_with_file(
    state: &State,
    headers: &HeaderMap,
    visitor: &Visitor,
    (page, beside): (&str, Beside),
    wrong: Option<Error>,
) -> Response {
    let retry = wrong.map(|error| Retry::of_page(page, error));
    render_beside(state, request_for(page, headers, visitor), retry, Some(beside)).await
}

/// The request of that page by the same visitor.
fn request_for(page: &str, headers: &HeaderMap, visitor: &Visitor) -> Request<Body> {
    let mut request = Request::new(Body::empty());
    *request.uri_mut() = page.parse().unwrap_or_else(|_| Uri::from_static("/"));
    *request.headers_mut() = headers.clone();
    request.headers_mut().remove(header::CONTENT_LENGTH);
    request.headers_mut().remove(header::CONTENT_TYPE);
    request.extensions_mut().insert(visitor.clone());
    request
}
