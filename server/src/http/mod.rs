//! The web: pages, acts, files, streams.
//!
//! Invariant: a handler decides nothing about rights; it asks `office`, which does.

mod acts;
mod address;
mod away;
mod bare;
mod counter;
mod csp;
mod events;
mod files;
mod flood;
mod health;
mod identity;
mod my_data;
mod networks;
mod pages;
mod print;
mod procedure_files;
pub mod routes;
mod sheets;
mod site;
mod trace;
mod uploads;
mod visitor;

pub use flood::FloodLimit;
pub use networks::StaffNetworks;
pub use site::Site;

use crate::identity::Provider;
use axum::{Router, extract::DefaultBodyLimit, http::StatusCode, middleware};
use leptos::prelude::LeptosOptions;
use leptos_axum::{AxumRouteListing, LeptosRoutes, generate_route_list_with_exclusions_and_ssg_and_context};
use metrics_exporter_prometheus::PrometheusHandle;
use office::Office;
use routes::{Kind, routes_of};
use std::{any::Any, sync::Arc};
use tokio_util::sync::CancellationToken;
use tower_http::{
    catch_panic::CatchPanicLayer, compression::CompressionLayer, csrf::CsrfLayer, set_header::SetResponseHeaderLayer,
    timeout::TimeoutLayer,
};

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
    pub staff_networks: StaffNetworks,
    /// What residents may sign in through, beside number and password.
    pub identity: Option<Arc<Provider>>,
    /// Falls when the program is asked to stop: streams end, so that requests can finish.
    pub stopping: CancellationToken,
}

impl axum::extract::FromRef<State> for LeptosOptions {
    fn from_ref(state: &State) -> Self {
        state.leptos.clone()
    }
}

/// A form without a file is never larger than this.
const FORM_BYTES: usize = 1024 * 1024;
/// A page that takes longer is broken.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(30);

/// What Leptos gives the router: the pages, and the acts that it is to leave alone.
fn listed(state: &State) -> Vec<AxumRouteListing> {
    let state = state.clone();
    // Server functions are excluded here: they answer through `acts`, which shows a refused form again.
    let acts = server_fn::axum::server_fn_paths().map(|(path, _)| path.to_string()).collect();
    let provide = move || pages::provide(&state, None);
    generate_route_list_with_exclusions_and_ssg_and_context(app::App, Some(acts), provide).0
}

/// The addresses of the pages that the router is given, as axum writes them: `/ho-so/{id}`.
pub fn page_addresses(state: &State) -> Vec<String> {
    // What is left alone answers to no method.
    let pages = listed(state).into_iter().filter(|one| one.methods().next().is_some());
    pages.map(|page| page.path().to_string()).collect()
}

/// What every answer goes through last. A fault of the program becomes a page that says nothing of what it was, and nothing
/// leaves without the headers that keep it from harm.
pub fn guarded(router: Router<State>, state: &State) -> Router<State> {
    let told = state.clone();
    // The log has the fault's place in the code, by `telemetry`.
    let broken = move |_: Box<dyn Any + Send>| bare::broken(&told, StatusCode::INTERNAL_SERVER_ERROR);
    router.layer(CatchPanicLayer::custom(broken)).layer(middleware::from_fn(csp::safe_headers))
}

/// The whole site.
pub fn router(state: State) -> Router {
    let pages = Router::new()
        .leptos_routes_with_context(
            &state,
            listed(&state),
            {
                let state = state.clone();
                move || pages::provide(&state, None)
            },
            {
                let state = state.clone();
                move || app::shell(&state.site.names)
            },
        )
        .merge(routes_of(Kind::Short))
        .layer(DefaultBodyLimit::max(FORM_BYTES))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, PATIENCE));
    let site = Router::new()
        .merge(pages)
        .merge(routes_of(Kind::Long).layer(DefaultBodyLimit::disable()))
        .fallback(pages::not_found)
        .layer(middleware::from_fn_with_state(state.clone(), visitor::recognise))
        .layer(middleware::from_fn_with_state(state.clone(), flood::hold_back))
        // Below are routes that no visitor is counted at: files that are kept for ever, and the operator's.
        .merge(routes_of(Kind::Bare))
        .layer(CsrfLayer::new())
        .layer(CompressionLayer::new());
    guarded(site, &state).layer(middleware::from_fn_with_state(state.clone(), trace::follow)).with_state(state)
}

/// Tells browsers that this host speaks TLS and nothing else, for a year.
pub fn only_over_tls(router: Router) -> Router {
    let value = axum::http::HeaderValue::from_static("max-age=31536000");
    router.layer(SetResponseHeaderLayer::overriding(axum::http::header::STRICT_TRANSPORT_SECURITY, value))
}
