//! The one door out of the site: from the page of a procedure to an address its record has.

use super::{State, pages};
use axum::{
    extract::{Path, Request, State as FromState},
    response::{IntoResponse, Redirect, Response},
};
use domain::procedure::away::Away;

/// Leads to the place outside that the procedure in force today names; an unknown one is a page that is not there.
pub async fn lead(
    FromState(state): FromState<State>,
    Path((code, away)): Path<(String, String)>,
    request: Request,
) -> Response {
    let (books, today) = (state.office.books(), state.office.now().day());
    let procedure = books.catalogue.in_force(&code, today);
    let address = procedure.as_ref().zip(away.parse::<Away>().ok());
    match address.and_then(|(procedure, away)| procedure.imported.address_of(away)) {
        Some(address) => Redirect::to(address).into_response(),
        None => pages::not_found(FromState(state), request).await,
    }
}
