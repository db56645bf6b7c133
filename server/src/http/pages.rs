//! Pages: Leptos renders, this gives it what it may reach.

use super::{State, csp};
use app::context::{Retry, Visitor};
use axum::{
    body::Body,
    extract::{Request, State as FromState},
    http::{HeaderMap, StatusCode, Uri, header},
    response::Response,
};
use leptos::prelude::provide_context;

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
    let for_context = state.clone();
    let for_shell = state.clone();
    let render = leptos_axum::render_app_async_with_context(
        move || provide(&for_context, retry.clone()),
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
    let mut request = Request::new(Body::empty());
    *request.uri_mut() = retry.page.parse().unwrap_or_else(|_| Uri::from_static("/"));
    *request.headers_mut() = headers.clone();
    request.headers_mut().remove(header::CONTENT_LENGTH);
    request.headers_mut().remove(header::CONTENT_TYPE);
    request.extensions_mut().insert(visitor.clone());
    render(state, request, Some(retry)).await
}
