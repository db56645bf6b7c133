//! Who is at the door: reads the cookies once for each request, before anything else happens.

use super::{State, address::address_of, bare, networks, trace::RequestId};
use app::context::{RESIDENT_COOKIE, STAFF_COOKIE, Visitor};
use axum::{
    extract::{Request, State as FromState},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::time::Instant;
use office::{sessions::Door, who::Trace};

/// Puts a [`Visitor`] on the request, and sends strangers at staff pages to the staff's door.
pub async fn recognise(FromState(state): FromState<State>, mut request: Request, next: Next) -> Response {
    let headers = request.headers();
    let address = address_of(&request, state.trusted_proxy);
    let trace = Trace {
        address: address.map_or("-".into(), |address| address.to_string()),
        request_id: request.extensions().get::<RequestId>().map_or(String::new(), |id| id.0.clone()),
        agent: headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).map_or(String::new(), short),
        device_at: headers.get("x-device-time").and_then(|value| value.to_str().ok()?.parse().ok()).map(Instant),
    };
    let is_inside = state.staff_networks.let_in(address);
    let path = request.uri().path();
    let staff_page = path == "/can-bo" || path.starts_with("/can-bo/");
    if !is_inside && (staff_page || path == STAFF_SIGN_IN) {
        return networks::outside(&state);
    }
    // Outside the named networks nobody is staff, whatever they bring.
    let staff_token = cookie(headers, STAFF_COOKIE).filter(|_| is_inside);
    let resident_token = cookie(headers, RESIDENT_COOKIE);
    // A stream that a page opens by itself keeps nobody signed in.
    let by_itself = request.uri().path() == super::events::ADDRESS;
    let recognised = async {
        let (of_resident, of_staff) = (resident_token.as_deref(), staff_token.as_deref());
        let (resident, staff) = if by_itself {
            (
                state.office.who_of_quiet_token(Door::Resident, of_resident, trace.clone()).await?,
                state.office.who_of_quiet_token(Door::Staff, of_staff, trace.clone()).await?,
            )
        } else {
            (
                state.office.who_of_token(Door::Resident, of_resident, trace.clone()).await?,
                state.office.who_of_token(Door::Staff, of_staff, trace.clone()).await?,
            )
        };
        Ok::<_, office::Error>(Visitor { resident, staff, resident_token, staff_token })
    };
    let visitor = match recognised.await {
        Ok(visitor) => visitor,
        Err(error) => {
            tracing::error!(%error, "cannot recognise visitors");
            return bare::broken(&state, StatusCode::SERVICE_UNAVAILABLE);
        }
    };
    if staff_page && !path.starts_with(app::context::STAFF_DOOR) && visitor.staff.staff().is_none() {
        return to_staff_door(request.uri().path_and_query().map_or("/can-bo", |p| p.as_str()));
    }
    let personal = visitor.resident.resident().is_some() || visitor.staff.staff().is_some();
    request.extensions_mut().insert(visitor);
    let mut response = next.run(request).await;
    if personal {
        // A page that shows somebody's own things is nobody else's, not even this browser's cache's.
        response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    }
    response
}

/// The act at the staff's door.
const STAFF_SIGN_IN: &str = "/api/app/acts/sessions/sign_in_staff";

/// A browser's name for itself is long and says little at its end.
fn short(agent: &str) -> String {
    agent.chars().take(AGENT_MOST).collect()
}

/// Longest name of a browser that is kept, in characters.
const AGENT_MOST: usize = 200;

/// 303 to the door, remembering where the visitor was going.
fn to_staff_door(wanted: &str) -> Response {
    let place = format!("{}?den={}", app::context::STAFF_DOOR, app::context::encode(wanted));
    (StatusCode::SEE_OTHER, [(header::LOCATION, place)]).into_response()
}

/// The value of a cookie.
pub(super) fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_string())
}
