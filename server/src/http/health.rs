//! Is it alive, is it ready, how is it doing.

use super::{State, address::address_of};
use axum::{
    extract::{Request, State as FromState},
    http::StatusCode,
    response::{IntoResponse, Response},
};

/// The process answers.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// The database answers and the tables are there.
pub async fn ready(FromState(state): FromState<State>) -> Response {
    if state.stopping.is_cancelled() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping\n").into_response();
    }
    match state.office.db().is_blank().await {
        Ok(false) => "ready\n".into_response(),
        Ok(true) => (StatusCode::SERVICE_UNAVAILABLE, "no tables\n").into_response(),
        Err(error) => {
            tracing::error!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "database does not answer\n").into_response()
        }
    }
}

/// Figures for Prometheus: to this machine alone unless configured. What a trusted proxy hands on is its visitor's.
pub async fn figures(FromState(state): FromState<State>, request: Request) -> Response {
    let is_here = address_of(&request, state.trusted_proxy).is_some_and(|address| address.is_loopback());
    if !is_here && !state.metrics_public {
        return StatusCode::NOT_FOUND.into_response();
    }
    state.figures.render().into_response()
}
