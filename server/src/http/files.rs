//! Files and papers go out: always as what they are, never run by the browser, never kept by a cache.

use super::State;
use app::context::Visitor;
use axum::{
    Extension,
    body::Body,
    extract::{Path, Query, State as FromState},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use office::{Error, Who, error::Problem};
use serde::Deserialize;
use tokio_util::io::ReaderStream;
use uuid::Uuid;

/// Whether the visitor wants to keep the file rather than look at it.
#[derive(Deserialize)]
pub struct Wish {
    #[serde(default)]
    tai: Option<String>,
}

/// An uploaded file. Staff and residents come by the same address: whoever may see it sees it.
pub async fn upload(
    FromState(state): FromState<State>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<Uuid>,
    Query(wish): Query<Wish>,
) -> Response {
    let opened = match as_either(&visitor) {
        [first, second] => match state.office.open_upload(first, id).await {
            Err(Error::NotFound | Error::Forbidden | Error::SignInFirst) => state.office.open_upload(second, id).await,
            other => other,
        },
    };
    match opened {
        Ok(file) => {
            let body = Body::from_stream(ReaderStream::new(file.file));
            send(body, &file.row.mime, &file.row.name, wish.tai.is_some())
        }
        Err(error @ Error::Invalid(Problem::FileHeld)) => {
            let (status, words) = (app::errors::status_of(&error), app::errors::sentence(&error));
            super::bare::page(&state, status, app::words::t("Chưa mở được tệp này"), &[&words])
        }
        Err(error) => app::errors::status_of(&error).into_response(),
    }
}

/// A printed paper, rendered from the data kept when it was issued.
pub async fn paper(
    FromState(state): FromState<State>,
    Extension(visitor): Extension<Visitor>,
    Path(name): Path<String>,
    Query(wish): Query<Wish>,
) -> Response {
    let Ok(id) = name.trim_end_matches(".pdf").parse::<Uuid>() else {
        return app::errors::status_of(&Error::NotFound).into_response();
    };
    let found = match as_either(&visitor) {
        [first, second] => match state.office.open_paper(first, id).await {
            Err(Error::NotFound | Error::Forbidden | Error::SignInFirst) => state.office.open_paper(second, id).await,
            other => other,
        },
    };
    match found {
        Ok(row) => match super::print::pdf(&state, row).await {
            Ok((name, bytes)) => send(Body::from(bytes), "application/pdf", &name, wish.tai.is_some()),
            Err(error) => app::errors::status_of(&error).into_response(),
        },
        Err(error) => app::errors::status_of(&error).into_response(),
    }
}

/// Staff first: at an office PC somebody may be signed in at both doors.
fn as_either(visitor: &Visitor) -> [&Who; 2] {
    if visitor.staff.staff().is_some() {
        [&visitor.staff, &visitor.resident]
    } else {
        [&visitor.resident, &visitor.staff]
    }
}

/// A file with headers that keep it a file.
pub(super) fn send(body: Body, mime: &str, name: &str, keep: bool) -> Response {
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    let kind = HeaderValue::from_str(mime).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CONTENT_TYPE, kind);
    let way = if keep { "attachment" } else { "inline" };
    let disposition = format!("{way}; filename*=UTF-8''{}", app::context::encode(name));
    if let Ok(value) = HeaderValue::from_str(&disposition) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    // The browser's own viewer of PDF refuses to open in a sandbox; it runs no script of the file either way.
    let policy = if mime == "application/pdf" {
        "default-src 'none'; frame-ancestors 'self'"
    } else {
        "default-src 'none'; frame-ancestors 'self'; sandbox"
    };
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    response
}
