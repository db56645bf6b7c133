//! The counter's form brings fields and scans in one. The scans go to the tray that the form names, streamed, as soon
//! as each arrives; what remains is an ordinary form, and goes the way of every act. A scan that is refused brings the
//! page back with everything else: the fields as typed, the other scans in the tray.

use super::{State, acts};
use app::context::Visitor;
use axum::{
    Extension,
    body::Body,
    extract::{
        FromRequest, Multipart, Request, State as FromState,
        multipart::{Field, MultipartError},
    },
    http::{HeaderValue, header},
    response::Response,
};
use futures::TryStreamExt;
use office::{Error, Who, uploads::Holder};
use std::io;
use tokio_util::io::StreamReader;
use uuid::Uuid;

/// Address of the act.
pub const ACT: &str = "/api/app/acts/counter/receive_at_counter";

/// Receives a walk-in, from a form with or without files.
pub async fn receive(
    FromState(state): FromState<State>,
    Extension(visitor): Extension<Visitor>,
    request: Request,
) -> Response {
    let kind = request.headers().get(header::CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
    if !kind.starts_with(b"multipart/form-data") {
        return acts::act(FromState(state), request).await;
    }
    let (mut parts, body) = request.into_parts();
    let mut sent = Sent { state: &state, who: &visitor.staff, fields: Vec::new(), problem: None };
    let read = match Multipart::from_request(Request::from_parts(parts.clone(), body), &()).await {
        Ok(form) => sent.read(form).await,
        Err(rejection) => Err(Error::Broken(rejection.to_string())),
    };
    let problem = read.err().or(sent.problem);
    let done_before = match sent.fields.iter().find(|(name, _)| name == "command").map(|(_, id)| id.parse()) {
        Some(Ok(command)) => state.office.received_before(&visitor.staff, command).await.ok().flatten().is_some(),
        _ => false,
    };
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
    parts.headers.remove(header::CONTENT_LENGTH);
    let body = encoded(&sent.fields);
    match problem {
        // The tray of a form sent twice is emptied already: its files are where they belong.
        Some(problem) if !done_before => acts::refuse(&state, parts, ACT, body.as_bytes(), problem).await,
        _ => acts::act(FromState(state), Request::from_parts(parts, Body::from(body))).await,
    }
}

/// The form as it arrives.
struct Sent<'a> {
    state: &'a State,
    who: &'a Who,
    fields: Vec<(String, String)>,
    /// The first thing that was wrong with a scan.
    problem: Option<Error>,
}

impl Sent<'_> {
    async fn read(&mut self, mut form: Multipart) -> Result<(), Error> {
        let mut room = super::FORM_BYTES;
        while let Some(field) = form.next_field().await.map_err(broken)? {
            let name = field.name().unwrap_or_default().to_string();
            match field.file_name().map(str::to_string) {
                // An empty file box sends a file without a name.
                Some(file) if file.is_empty() => {}
                Some(file) => self.keep(&name, &file, field).await?,
                None => {
                    let text = field.text().await.map_err(broken)?.replace('\0', "");
                    room = room.checked_sub(text.len()).ok_or_else(|| Error::Broken("a form too long".into()))?;
                    match name.as_str() {
                        "tray_drop" => self.take_out(&text).await?,
                        _ => self.fields.push((name, text)),
                    }
                }
            }
        }
        Ok(())
    }

    fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _)| known == name).map(|(_, text)| text.as_str())
    }

    fn tray(&self) -> Option<Uuid> {
        self.field("tray")?.parse().ok()
    }

    /// Lays a scan in the tray, under the name of its paper. A refused one is told at its line, and the rest is read on:
    /// also of somebody whose session has ended, so that nothing typed is lost.
    async fn keep(&mut self, name: &str, file: &str, field: Field<'_>) -> Result<(), Error> {
        let Some(line) = name.strip_suffix("[scan]").map(str::to_string) else { return Ok(()) };
        let tray = self.tray().ok_or(Error::NotFound)?;
        let paper = domain::text::clean(self.field(&format!("{line}[name]")).unwrap_or_default());
        let bytes = StreamReader::new(field.map_err(io::Error::other));
        match self.state.office.upload(self.who, Holder::Tray(tray), &paper, file, bytes).await {
            // What was scanned was handed in.
            Ok(_) if self.field(&format!("{line}[on]")).is_none() => {
                self.fields.push((format!("{line}[on]"), "1".into()));
            }
            Ok(_) => {}
            Err(error) => {
                self.fields.push((format!("{line}[scan_problem]"), app::errors::sentence(&error)));
                self.problem.get_or_insert(error);
            }
        }
        Ok(())
    }

    async fn take_out(&self, file: &str) -> Result<(), Error> {
        let (Some(tray), Ok(file)) = (self.tray(), file.parse()) else { return Ok(()) };
        match self.state.office.drop_from_tray(self.who, tray, file).await {
            // The tray of a form sent twice is emptied already.
            Ok(()) | Err(Error::Stale) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

fn broken(error: MultipartError) -> Error {
    Error::Broken(error.to_string())
}

/// The fields as an ordinary form sends them.
fn encoded(fields: &[(String, String)]) -> String {
    let pair =
        |(name, text): &(String, String)| format!("{}={}", app::context::encode(name), app::context::encode(text));
    fields.iter().map(pair).collect::<Vec<_>>().join("&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_of_a_field_reaches_the_act() {
        let fields =
            [("papers[0][name]".to_string(), "Tờ khai & bản sao + 1=2".to_string()), ("a".into(), String::new())];
        let body = encoded(&fields);
        let retry = app::context::Retry::new(ACT, body.as_bytes(), Error::NotFound);
        assert_eq!(retry.typed_all(), fields);
    }
}
