//! Through the identity provider and back: two addresses that show nothing. What came of it stands on the page of the door,
//! so that no code of the provider stays in the address or in the browser's history.

use super::{State, pages, visitor::cookie};
use app::context::{IDENTITY_COOKIE, IDENTITY_DOOR, RESIDENT_COOKIE, Visitor, encode, is_local};
use axum::{
    Extension,
    extract::{Query, Request, State as FromState},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{AppendHeaders, IntoResponse, Response},
};
use domain::identity::IdentityProblem;
use office::{Error, Who, error::Problem, sessions::Token};
use serde::Deserialize;

/// Where a sign-in begins: a link, because browsers hold the way on of a form against the page's policy.
pub const DOOR: &str = IDENTITY_DOOR;

/// Where somebody was going.
#[derive(Deserialize)]
pub struct Going {
    #[serde(default)]
    den: String,
}

/// What the provider sends back with the person (RFC 6749, 4.1.2).
#[derive(Deserialize)]
pub struct Brought {
    #[serde(default)]
    state: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    error: String,
}

/// Sends a person to the provider.
pub async fn begin(
    FromState(state): FromState<State>,
    Extension(visitor): Extension<Visitor>,
    Query(going): Query<Going>,
    request: Request,
) -> Response {
    let Some(provider) = state.identity.clone() else { return pages::not_found(FromState(state), request).await };
    let next = if is_local(&going.den) { going.den } else { String::new() };
    let browser = cookie(request.headers(), IDENTITY_COOKIE);
    let begun = match state.office.begin_identity_sign_in(browser.as_deref(), &next).await {
        Ok(begun) => begun,
        Err(error) => return refuse(&visitor.resident, &next, &error),
    };
    // Whoever is signed in here confirms who is there: that the browser is signed in at the provider too says nothing.
    let anew = visitor.resident.resident().is_some();
    match provider.address(&begun, anew).await {
        Ok(address) => {
            let kept = format!(
                "{IDENTITY_COOKIE}={}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age={}",
                begun.browser,
                office::identity::ATTEMPT_MS / 1000
            );
            on_to(&address, vec![kept])
        }
        Err(problem) => refuse(&visitor.resident, &next, &Error::Invalid(Problem::Identity(problem))),
    }
}

/// Signs in whom the provider sent back, or says on the page of the door why not.
pub async fn come_back(
    FromState(state): FromState<State>,
    Extension(visitor): Extension<Visitor>,
    Query(brought): Query<Brought>,
    request: Request,
) -> Response {
    let Some(provider) = state.identity.clone() else { return pages::not_found(FromState(state), request).await };
    let who = &visitor.resident;
    let browser = cookie(request.headers(), IDENTITY_COOKIE);
    let came = match state.office.take_identity_sign_in(browser.as_deref(), &brought.state).await {
        Ok(came) => came,
        Err(error) => return refuse(who, "", &error),
    };
    let said = match brought.error.as_str() {
        "" if brought.code.is_empty() => Err(IdentityProblem::Unsound),
        "" => provider.identify(&came, brought.code).await,
        error => Err(of_provider(error)),
    };
    let entered: office::Result<Token> = match said {
        Ok(identity) => {
            let token = visitor.resident_token.as_deref();
            state.office.enter_by_identity(who, token, &identity).await
        }
        Err(problem) => Err(state.office.refuse_identity(who, problem).await.unwrap_or_else(|error| error)),
    };
    match entered {
        Ok(token) => {
            let next = if is_local(&came.next) { came.next.as_str() } else { "/ho-so" };
            let session = format!("{RESIDENT_COOKIE}={}; Path=/; Secure; HttpOnly; SameSite=Lax", token.0);
            on_to(next, vec![session])
        }
        Err(error) => refuse(who, &came.next, &error),
    }
}

/// What an error of the provider means (RFC 6749, 4.1.2.1; OpenID Connect Core, 3.1.2.6).
fn of_provider(error: &str) -> IdentityProblem {
    match error {
        "access_denied" | "interaction_required" | "login_required" | "consent_required" => IdentityProblem::Declined,
        "temporarily_unavailable" | "server_error" => IdentityProblem::Unreachable,
        _ => {
            tracing::warn!(
                "the identity provider refuses what this installation asks: look at its name and scopes there"
            );
            IdentityProblem::Unsound
        }
    }
}

/// 303 to the door, or for who is signed in to the account, which says what happened.
fn refuse(who: &Who, next: &str, error: &Error) -> Response {
    let problem = match error {
        Error::Invalid(Problem::Identity(problem)) => problem.key(),
        error => {
            tracing::error!(%error, "a sign-in through the identity provider failed");
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
    };
    if who.resident().is_some() {
        return on_to(&format!("/tai-khoan?dinh_danh={problem}"), Vec::new());
    }
    let going = if next.is_empty() { String::new() } else { format!("&den={}", encode(next)) };
    on_to(&format!("/dang-nhap?dinh_danh={problem}{going}"), Vec::new())
}

fn on_to(address: &str, cookies: Vec<String>) -> Response {
    let mut headers = HeaderMap::new();
    match address.parse() {
        Ok(address) => headers.insert(header::LOCATION, address),
        Err(_) => return StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let cookies = AppendHeaders(cookies.into_iter().map(|cookie| (header::SET_COOKIE, cookie)));
    (StatusCode::SEE_OTHER, headers, cookies).into_response()
}
