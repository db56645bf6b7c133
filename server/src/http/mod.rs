//! The web: pages, acts, files, streams.
//!
//! Invariant: a handler decides nothing about rights; it asks `office`, which does.

mod acts;
mod address;
mod counter;
mod csp;
mod events;
mod files;
mod flood;
mod health;
mod pages;
mod print;
mod sheets;
mod site;
mod trace;
mod uploads;
mod visitor;

pub use flood::FloodLimit;
pub use site::Site;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware,
    routing::{get, post},
};
use leptos::prelude::LeptosOptions;
use leptos_axum::{LeptosRoutes, generate_route_list_with_exclusions_and_ssg_and_context};
use metrics_exporter_prometheus::PrometheusHandle;
use office::Office;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer, csrf::CsrfLayer, timeout::TimeoutLayer};
use uploads::Desk;

/// What every handler can reach.
#[derive(Clone)]
pub struct State {
    pub office: Office,
    pub site: Arc<Site>,
    pub leptos: LeptosOptions,
    pub figures: PrometheusHandle,
    pub trusted_proxy: bool,
    pub metrics_public: bool,
    pub flood: FloodLimit,
    /// Falls when the program is asked to stop: streams end, so that requests can finish.
    pub stopping: CancellationToken,
}

impl axum::extract::FromRef<State> for LeptosOptions {
    fn from_ref(state: &State) -> Self {
        state.leptos.clone()
    }
}

/// Routes that are no Leptos page and no server function. The rights test reads this list.
pub const PLAIN_ROUTES: &[&str] = &[
    "GET /healthz",
    "GET /readyz",
    "GET /metrics",
    "GET /su-kien",
    "POST /tai-len/nhap/{draft}",
    "POST /tai-len/ho-so/{dossier}",
    "POST /can-bo/tai-len/{dossier}",
    "GET /tep/{upload}",
    "GET /giay-to/{paper}",
    "GET /so-theo-doi/{file}",
    "POST /so-theo-doi/{file}",
    "GET /phieu-kiem-soat/{file}",
];

/// A form without a file is never larger than this.
const FORM_BYTES: usize = 1024 * 1024;
/// A page that takes longer is broken.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(30);

/// The whole site.
pub fn router(state: State) -> Router {
    let (routes, _) = {
        let state = state.clone();
        // Server functions are excluded here: they answer through `acts`, which shows a refused form again.
        let acts = server_fn::axum::server_fn_paths().map(|(path, _)| path.to_string()).collect();
        generate_route_list_with_exclusions_and_ssg_and_context(app::App, Some(acts), move || {
            pages::provide(&state, None);
        })
    };
    let pages = Router::new()
        .leptos_routes_with_context(
            &state,
            routes,
            {
                let state = state.clone();
                move || pages::provide(&state, None)
            },
            {
                let state = state.clone();
                move || app::shell(&state.site.names)
            },
        )
        .route("/api/{*act}", post(acts::act))
        .route("/tep/{upload}", get(files::upload))
        .route("/giay-to/{paper}", get(files::paper))
        .route("/so-theo-doi/{file}", get(sheets::register).post(sheets::register_in_full))
        .route("/phieu-kiem-soat/{file}", get(sheets::control_slip))
        .layer(DefaultBodyLimit::max(FORM_BYTES))
        .layer(TimeoutLayer::with_status_code(axum::http::StatusCode::SERVICE_UNAVAILABLE, PATIENCE));
    let streams = Router::new()
        .route(events::ADDRESS, get(events::stream))
        // The one act whose form brings files: it goes before the route of all acts.
        .route(counter::ACT, post(counter::receive))
        .route("/tai-len/nhap/{draft}", uploads::take(Desk::Draft))
        .route("/tai-len/ho-so/{dossier}", uploads::take(Desk::Dossier))
        .route("/can-bo/tai-len/{dossier}", uploads::take(Desk::Staff));
    Router::new()
        .merge(pages)
        .merge(streams.layer(DefaultBodyLimit::disable()))
        .fallback(pages::not_found)
        .layer(middleware::from_fn_with_state(state.clone(), visitor::recognise))
        .layer(middleware::from_fn_with_state(state.clone(), flood::hold_back))
        // Below are routes that no visitor is counted at: files that are kept for ever, and the operator's.
        .route("/pkg/{file}", get(site::file))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(health::figures))
        .layer(CompressionLayer::new())
        .layer(CsrfLayer::new())
        .layer(middleware::from_fn(csp::safe_headers))
        .layer(CatchPanicLayer::new())
        .layer(middleware::from_fn_with_state(state.clone(), trace::follow))
        .with_state(state)
}
