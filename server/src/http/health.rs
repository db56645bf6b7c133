//! Is it alive, is it ready, how is it doing.

use super::State;
use axum::{
    extract::{ConnectInfo, State as FromState},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use std::net::SocketAddr;

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

/// Figures for Prometheus: to this machine alone unless configured.
pub async fn figures(FromState(state): FromState<State>, ConnectInfo(peer): ConnectInfo<SocketAddr>) -> Response {
    if !peer.ip().is_loopback() && !state.metrics_public {
        return StatusCode::NOT_FOUND.into_response();
    }
    state.figures.render().into_response()
}
