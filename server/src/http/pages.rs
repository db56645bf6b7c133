//! Pages: Leptos renders, this gives it what it may reach.

use super::{State, csp};
use app::context::Retry;
use axum::{
    body::Body,
    extract::{Request, State as FromState},
    http::{StatusCode, header},
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
    let mut response = if wants_page {
        render(&state, request, None).await
    } else {
        Response::new(Body::empty())
    };
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}
