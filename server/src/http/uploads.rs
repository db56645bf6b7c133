//! Files come in as plain multipart forms, with or without script; the bytes are streamed, never held in memory.

use super::State;
use app::context::Visitor;
use axum::{
    Extension,
    extract::{Multipart, Path, State as FromState},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use futures::TryStreamExt;
use office::{Error, Who, error::Problem, uploads::Holder};
use std::io;
use store::uploads::UploadRow;
use tokio_util::io::StreamReader;
use uuid::Uuid;

/// A resident's file for a draft.
pub async fn to_draft(
    FromState(state): FromState<State>,
    Extension(visitor): Extension<Visitor>,
    Path(draft): Path<Uuid>,
    headers: HeaderMap,
    form: Multipart,
) -> Response {
    answer(&state, &headers, &visitor, take(&state, &visitor.resident, Holder::Draft(draft), form).await).await
}

/// A resident's file for a dossier that asks for one.
pub async fn to_dossier(
    FromState(state): FromState<State>,
    Extension(visitor): Extension<Visitor>,
    Path(dossier): Path<Uuid>,
    headers: HeaderMap,
    form: Multipart,
) -> Response {
    answer(&state, &headers, &visitor, take(&state, &visitor.resident, Holder::Dossier(dossier), form).await).await
}

/// A scan or a result that staff attach.
pub async fn by_staff(
    FromState(state): FromState<State>,
    Extension(visitor): Extension<Visitor>,
    Path(dossier): Path<Uuid>,
    headers: HeaderMap,
    form: Multipart,
) -> Response {
    answer(&state, &headers, &visitor, take(&state, &visitor.staff, Holder::Dossier(dossier), form).await).await
}

/// Reads the form: `cau` (the question or paper) or `thay` (the file that gives way), then `tep` (the file).
async fn take(state: &State, who: &Who, holder: Holder, mut form: Multipart) -> Result<UploadRow, Error> {
    let broken = |error: axum::extract::multipart::MultipartError| Error::Broken(error.to_string());
    let (mut question, mut old) = (String::new(), None);
    while let Some(field) = form.next_field().await.map_err(broken)? {
        match field.name() {
            Some("cau") => question = field.text().await.map_err(broken)?,
            Some("thay") => old = field.text().await.map_err(broken)?.trim().parse::<Uuid>().ok(),
            Some("tep") => {
                let name = field.file_name().unwrap_or_default().to_string();
                let bytes = StreamReader::new(field.map_err(io::Error::other));
                if let Some(old) = old {
                    return state.office.replace_upload(who, old, &name, bytes).await;
                }
                return state.office.upload(who, holder, &question, &name, bytes).await;
            }
            _ => {}
        }
    }
    Err(Problem::FileEmpty.into())
}

/// JSON for script; for a plain form back to the page, or the page again with the sentence.
async fn answer(state: &State, headers: &HeaderMap, visitor: &Visitor, taken: Result<UploadRow, Error>) -> Response {
    let json = headers.get(header::ACCEPT).is_some_and(|accepts| accepts.as_bytes().starts_with(b"application/json"));
    let back = app::context::local_referer(headers);
    match taken {
        Ok(row) if json => {
            let body = serde_json::json!({ "id": row.id, "name": row.name, "size": row.size, "mime": row.mime });
            (StatusCode::CREATED, axum::Json(body)).into_response()
        }
        Ok(row) => Redirect::to(&format!("{back}#{}", row.question)).into_response(),
        Err(error) if json => {
            let words = app::errors::sentence(&error);
            (app::errors::status_of(&error), axum::Json(serde_json::json!({ "problem": words }))).into_response()
        }
        Err(error) => {
            let status = app::errors::status_of(&error);
            let retry = app::context::Retry::of_page(&back, error);
            let mut page = super::pages::render_again(state, headers, visitor, retry).await;
            *page.status_mut() = status;
            page
        }
    }
}
