//! What tests ask: pay, look at the book, wait until everybody was told.

use super::{DemoBank, Transfer};
use axum::{
    Json,
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;

/// Pays; answers the payments that were booked at once.
pub(super) async fn transfer(State(bank): State<DemoBank>, Json(transfer): Json<Transfer>) -> Response {
    match bank.transfer(transfer).await {
        Ok(payments) => Json(json!({ "payments": payments })).into_response(),
        Err(problem) => (StatusCode::UNPROCESSABLE_ENTITY, Json(json!({ "problem": problem }))).into_response(),
    }
}

/// The book, one JSON a line.
pub(super) async fn ledger(State(bank): State<DemoBank>) -> Response {
    match bank.export() {
        Ok(lines) => ([(header::CONTENT_TYPE, "application/x-ndjson")], lines).into_response(),
        Err(error) => {
            tracing::error!("{error:#}");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

pub(super) async fn state(State(bank): State<DemoBank>) -> Response {
    Json(bank.state()).into_response()
}

/// Sends what waits to be passed.
pub(super) async fn flush(State(bank): State<DemoBank>) -> Response {
    bank.flush().await;
    Json(bank.state()).into_response()
}
