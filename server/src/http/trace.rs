//! A number for every request, one log line for every answer: method, route, status, time. Never a query, a
//! body, a name or a code of a dossier.

use super::State;
use axum::{
    extract::{MatchedPath, Request, State as FromState},
    http::HeaderValue,
    middleware::Next,
    response::Response,
};
use tracing::Instrument;

/// The number of a request, for the audit log, the log and the page of an error.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

const HEADER: &str = "x-request-id";

/// Gives the request its number and writes the line.
pub async fn follow(FromState(state): FromState<State>, mut request: Request, next: Next) -> Response {
    let id = state.office.new_id().simple().to_string();
    request.extensions_mut().insert(RequestId(id.clone()));
    let method = request.method().clone();
    // The pattern, not the address: an address may hold a code.
    let route = request.extensions().get::<MatchedPath>().map_or("-".to_string(), |path| path.as_str().to_string());
    let began = tokio::time::Instant::now();
    let span = tracing::info_span!("request", request_id = %id);
    let mut response = next.run(request).instrument(span.clone()).await;
    let (status, ms) = (response.status().as_u16(), began.elapsed().as_secs_f64() * 1000.0);
    span.in_scope(|| tracing::info!(%method, route, status, ms, "answered"));
    metrics::counter!("motcua_requests_total", "route" => route.clone(), "status" => status.to_string()).increment(1);
    metrics::histogram!("motcua_request_seconds", "route" => route).record(ms / 1000.0);
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HEADER, value);
    }
    response
}
