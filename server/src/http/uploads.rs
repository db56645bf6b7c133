//! Files come in as plain multipart forms, with or without script; the bytes are streamed, never held in memory.

use super::State;
use app::context::{Beside, Visitor};
use axum::{
    Extension,
    extract::{
        Multipart, Path, State as FromState,
        multipart::{Field, MultipartError},
    },
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::{MethodRouter, post},
};
use futures::{Stream, StreamExt, TryStreamExt};
use office::{Error, Who, error::Problem, sent_once::Sent, uploads::Holder};
use std::{io, time::Duration};
use store::uploads::UploadRow;
use tokio::io::AsyncRead;
use tokio_util::io::StreamReader;
use uuid::Uuid;

/// Where a file is laid, and by whom.
#[derive(Debug, Clone, Copy)]
pub enum Desk {
    /// A resident's file for a draft.
    Draft,
    /// A resident's file for a dossier that asks for one.
    Dossier,
    /// A scan or a result that staff attach.
    Staff,
    /// What a unit lays with its answer to a request for an opinion.
    Opinion,
}

/// Longest name of a question or a paper, in bytes: more is no form of ours.
const QUESTION_MOST: usize = 1_000;
/// A connection that brings nothing for so long has broken.
pub(super) const SILENCE: Duration = Duration::from_secs(60);
/// The largest file over the slowest line of a phone takes less.
pub(super) const LONGEST: Duration = Duration::from_secs(30 * 60);

impl Desk {
    const fn who(self, visitor: &Visitor) -> &Who {
        match self {
            Self::Draft | Self::Dossier => &visitor.resident,
            Self::Staff | Self::Opinion => &visitor.staff,
        }
    }

    /// Where the file is laid that is sent to an address with that id, and for what when the address says it.
    async fn place(self, state: &State, visitor: &Visitor, id: Uuid) -> Result<(Holder, Option<String>), Error> {
        match self {
            Self::Draft => Ok((Holder::Draft(id), None)),
            Self::Dossier | Self::Staff => Ok((Holder::Dossier(id), None)),
            Self::Opinion => {
                let (holder, question) = state.office.place_for_answer(&visitor.staff, id).await?;
                Ok((holder, Some(question)))
            }
        }
    }
}

/// The route that takes files at a desk; the last part of its address is the draft, the dossier or the request.
pub fn take(desk: Desk) -> MethodRouter<State> {
    post(
        async move |FromState(state): FromState<State>,
                    Extension(visitor): Extension<Visitor>,
                    Path(id): Path<Uuid>,
                    headers: HeaderMap,
                    form: Multipart| {
            let mut read = ReadForm { room: super::FORM_BYTES, ..ReadForm::default() };
            let reading = async {
                let (holder, question) = desk.place(&state, &visitor, id).await?;
                read.file(&state, desk.who(&visitor), (holder, question), form).await
            };
            let taken = tokio::time::timeout(LONGEST, reading).await.unwrap_or_else(|_| Err(broken_off()));
            // A page that was shown again stands at this address, where there is none to go back to: the form names it.
            let page = read.page.unwrap_or_else(|| app::context::local_referer(&headers));
            if read.beside.is_empty() {
                answer(&state, &headers, &visitor, &page, taken).await
            } else {
                show_again(&state, &headers, &visitor, (&page, read.beside), taken).await
            }
        },
    )
}

/// What a form has brought beside its file.
#[derive(Default)]
struct ReadForm {
    /// The page it stands on.
    page: Option<String>,
    /// Where the address says the question: the fields of the form in which the file box stands.
    beside: Vec<(String, String)>,
    /// How many more bytes those may have.
    room: usize,
}

impl ReadForm {
    /// Reads the form: `trang` (the page it stands on), `command` (a repeat brings nothing new), `cau` (the question or
    /// paper) or `thay` (the file that gives way), then `tep` (the file). Where the address says the question, the box stands
    /// in a form with other fields and a command of its own: the file's is `tep_command`, and the others are kept.
    async fn file(
        &mut self,
        state: &State,
        who: &Who,
        (holder, fixed): (Holder, Option<String>),
        mut form: Multipart,
    ) -> Result<UploadRow, Error> {
        let (mut command, mut question, mut old) = (None, String::new(), None);
        while let Some(field) = next_field(&mut form).await? {
            let name = field.name().unwrap_or_default().to_string();
            match name.as_str() {
                "trang" => {
                    let typed = short_text(field, QUESTION_MOST, "trang").await?;
                    self.page = Some(typed).filter(|page| app::context::is_local(page));
                }
                "tep" => {
                    let name = field.file_name().unwrap_or_default().to_string();
                    let sent = match &fixed {
                        Some(question) => Sent::To(holder, question),
                        None => old.map_or(Sent::To(holder, &question), Sent::InPlaceOf),
                    };
                    let command = command.unwrap_or_else(|| state.office.new_id());
                    return state.office.take_sent_file(who, command, sent, &name, bytes_of(field)).await;
                }
                "tep_command" if fixed.is_some() => {
                    command = short_text(field, QUESTION_MOST, "command").await?.trim().parse::<Uuid>().ok();
                }
                _ if fixed.is_some() => self.keep(name, field).await?,
                "cau" => question = short_text(field, QUESTION_MOST, "cau").await?,
                "command" => {
                    command = short_text(field, QUESTION_MOST, "command").await?.trim().parse::<Uuid>().ok();
                }
                "thay" => old = short_text(field, QUESTION_MOST, "thay").await?.trim().parse::<Uuid>().ok(),
                _ => {}
            }
        }
        Err(Problem::FileEmpty.into())
    }

    /// Keeps a field for the page that comes again, while there is room.
    async fn keep(&mut self, name: String, field: Field<'_>) -> Result<(), Error> {
        let text = short_text(field, self.room, "form").await?;
        self.room = self.room.checked_sub(name.len() + text.len()).ok_or(Problem::TooLong("form"))?;
        self.beside.push((name, text));
        Ok(())
    }
}

/// The next part of a form, unless the connection falls silent.
pub(super) async fn next_field(form: &mut Multipart) -> Result<Option<Field<'_>>, Error> {
    let field = tokio::time::timeout(SILENCE, form.next_field()).await;
    field.map_err(|_| broken_off())?.map_err(|error| unreadable(&error))
}

/// A field that is text, and is not read on when it has more bytes than `most`. Without NUL: nobody types one, and
/// PostgreSQL keeps none.
pub(super) async fn short_text(mut field: Field<'_>, most: usize, name: &'static str) -> Result<String, Error> {
    let mut text = Vec::new();
    loop {
        let chunk = tokio::time::timeout(SILENCE, field.chunk()).await.map_err(|_| broken_off())?;
        let Some(chunk) = chunk.map_err(|error| unreadable(&error))? else { break };
        if text.len() + chunk.len() > most {
            return Err(Problem::TooLong(name).into());
        }
        text.extend_from_slice(&chunk);
    }
    Ok(String::from_utf8_lossy(&text).replace('\0', ""))
}

/// The bytes of a file, to be read as they come.
pub(super) fn bytes_of(field: Field<'_>) -> impl AsyncRead + Unpin + Send {
    StreamReader::new(Box::pin(without_silence(field.map_err(io::Error::other))))
}

/// Reads to the end of a file that is not kept, so that what comes after it can be read.
pub(super) async fn read_past(mut bytes: impl AsyncRead + Unpin) -> Result<(), Error> {
    let read = tokio::io::copy(&mut bytes, &mut tokio::io::sink()).await;
    read.map(drop).map_err(|error| Error::Broken(format!("an upload was not read: {error}")))
}

/// The bytes, until nothing comes for too long.
fn without_silence<B>(bytes: impl Stream<Item = io::Result<B>> + Send) -> impl Stream<Item = io::Result<B>> + Send {
    futures::stream::unfold(Box::pin(bytes), |mut bytes| async move {
        let next = match tokio::time::timeout(SILENCE, bytes.next()).await {
            Ok(next) => next?,
            Err(_) => Err(io::Error::new(io::ErrorKind::TimedOut, "the connection brings nothing")),
        };
        Some((next, bytes))
    })
}

pub(super) fn unreadable(error: &MultipartError) -> Error {
    Error::Broken(format!("an upload was not read: {error}"))
}

pub(super) fn broken_off() -> Error {
    Error::Broken("an upload was broken off".into())
}

/// JSON for script; for a plain form back to the page, or the page again with the sentence.
async fn answer(
    state: &State,
    headers: &HeaderMap,
    visitor: &Visitor,
    back: &str,
    taken: Result<UploadRow, Error>,
) -> Response {
    let json = headers.get(header::ACCEPT).is_some_and(|accepts| accepts.as_bytes().starts_with(b"application/json"));
    match taken {
        Ok(row) if json => {
            let body = serde_json::json!({ "id": row.id, "name": row.name, "size": row.size, "mime": row.mime });
            (StatusCode::CREATED, axum::Json(body)).into_response()
        }
        Ok(row) => Redirect::to(&format!("{back}#{}", row.question)).into_response(),
        Err(error) if json => {
            let words = app::errors::sentence_of(&error, &visitor.staff.trace.request_id);
            (app::errors::status_of(&error), axum::Json(serde_json::json!({ "problem": words }))).into_response()
        }
        Err(error) => {
            let status = app::errors::status_of(&error);
            let retry = app::context::Retry::of_page(back, error);
            let mut page = super::pages::render_again(state, headers, visitor, retry).await;
            *page.status_mut() = status;
            page
        }
    }
}

/// The page again with what was typed beside the file, and what was wrong with that.
async fn show_again(
    state: &State,
    headers: &HeaderMap,
    visitor: &Visitor,
    (page, beside): (&str, Vec<(String, String)>),
    taken: Result<UploadRow, Error>,
) -> Response {
    let wrong = taken.err();
    let status = wrong.as_ref().map_or(StatusCode::OK, app::errors::status_of);
    let mut again = super::pages::render_with_file(state, headers, visitor, (page, Beside::new(beside)), wrong).await;
    *again.status_mut() = status;
    if let Ok(address) = HeaderValue::from_str(page) {
        again.headers_mut().insert(header::CONTENT_LOCATION, address);
    }
    again
}
