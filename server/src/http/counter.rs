//! The counter's form brings fields and scans in one. The scans go to the tray that the form names, streamed, as soon
//! as each arrives; what remains is an ordinary form, and goes the way of every act. A scan that is refused brings the
//! page back with everything else: the fields as typed, the other scans in the tray.

use super::{
    State, acts,
    uploads::{self, LONGEST},
};
use app::context::{Visitor, encode};
use axum::{
    Extension,
    body::Body,
    extract::{DefaultBodyLimit, FromRequest, Multipart, Request, State as FromState, multipart::Field},
    http::{HeaderValue, header},
    response::Response,
};
use office::{Error, Who, error::Problem, uploads::Holder};
use uuid::Uuid;

/// Address of the act.
pub const ACT: &str = "/api/app/acts/counter/receive_at_counter";

/// The most that is read of a form whose sender may not receive. Somebody whose session has ended may have scans
/// between the fields; they are read past and kept nowhere.
const BARRED_BYTES: usize = 64 * 1024 * 1024;

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
    let barred = state.office.may_receive(&visitor.staff).err();
    let mut form = Request::from_parts(parts.clone(), body);
    DefaultBodyLimit::max(if barred.is_some() { BARRED_BYTES } else { most_bytes(&state) }).apply(&mut form);
    let mut sent = Sent {
        state: &state,
        who: &visitor.staff,
        barred: barred.as_ref(),
        fields: Vec::new(),
        room: super::FORM_BYTES,
        problem: None,
    };
    let read = match Multipart::from_request(form, &()).await {
        Ok(form) => tokio::time::timeout(LONGEST, sent.read(form)).await.unwrap_or_else(|_| Err(uploads::broken_off())),
        Err(rejection) => Err(Error::Broken(rejection.to_string())),
    };
    let Sent { fields, problem, .. } = sent;
    let problem = barred.or(read.err()).or(problem);
    let done_before = match fields.iter().find(|(name, _)| name == "command").map(|(_, id)| id.parse()) {
        Some(Ok(command)) => state.office.received_before(&visitor.staff, command).await.ok().flatten().is_some(),
        _ => false,
    };
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
    parts.headers.remove(header::CONTENT_LENGTH);
    let body = encoded(&fields);
    match problem {
        // The tray of a form sent twice is emptied already: its files are where they belong.
        Some(problem) if !done_before => acts::refuse(&state, parts, ACT, body.as_bytes(), problem).await,
        _ => acts::act(FromState(state), Request::from_parts(parts, Body::from(body))).await,
    }
}

/// The largest form with as many scans as a tray takes.
fn most_bytes(state: &State) -> usize {
    let config = state.office.config();
    let scans = config.upload_max_files.saturating_mul(config.upload_max_bytes);
    usize::try_from(scans).unwrap_or(usize::MAX).saturating_add(2 * super::FORM_BYTES)
}

/// The form as it arrives.
struct Sent<'a> {
    state: &'a State,
    who: &'a Who,
    /// Why this person may lay nothing in a tray: the fields alone are read, for the page that comes again.
    barred: Option<&'a Error>,
    fields: Vec<(String, String)>,
    /// How many more bytes the fields may have, as they are sent on.
    room: usize,
    /// The first thing that was wrong with a scan.
    problem: Option<Error>,
}

impl Sent<'_> {
    async fn read(&mut self, mut form: Multipart) -> Result<(), Error> {
        while let Some(field) = uploads::next_field(&mut form).await? {
            let name = field.name().unwrap_or_default().to_string();
            match field.file_name().map(str::to_string) {
                // An empty file box sends a file without a name.
                Some(file) if file.is_empty() => {}
                Some(file) => self.keep(&name, &file, field).await?,
                None => {
                    let text = uploads::short_text(field, self.room, "form").await?;
                    match name.as_str() {
                        "tray_drop" => self.take_out(&text).await,
                        _ => self.push(name, text)?,
                    }
                }
            }
        }
        Ok(())
    }

    /// Keeps a field for the act, while there is room.
    fn push(&mut self, name: String, text: String) -> Result<(), Error> {
        let length = encode(&name).len() + encode(&text).len() + "=&".len();
        self.room = self.room.checked_sub(length).ok_or(Problem::TooLong("form"))?;
        self.fields.push((name, text));
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
        let mut bytes = uploads::bytes_of(field);
        if let Some(barred) = self.barred {
            uploads::read_past(bytes).await?;
            let words = app::errors::sentence_of(barred, &self.who.trace.request_id);
            return self.push(format!("{line}[scan_problem]"), words);
        }
        let tray = self.tray().ok_or(Error::NotFound)?;
        let paper = domain::text::clean(self.field(&format!("{line}[name]")).unwrap_or_default());
        match self.state.office.upload(self.who, Holder::Tray(tray), &paper, file, &mut bytes).await {
            // What was scanned was handed in.
            Ok(_) if self.field(&format!("{line}[on]")).is_none() => self.push(format!("{line}[on]"), "1".into()),
            Ok(_) => Ok(()),
            Err(error) => {
                let words = app::errors::sentence_of(&error, &self.who.trace.request_id);
                self.problem.get_or_insert(error);
                self.push(format!("{line}[scan_problem]"), words)?;
                uploads::read_past(bytes).await
            }
        }
    }

    /// Takes a scan out again. One that may not be taken out brings the page back, with the rest of the form.
    async fn take_out(&mut self, file: &str) {
        let (None, Some(tray), Ok(file)) = (self.barred, self.tray(), file.parse()) else { return };
        match self.state.office.drop_from_tray(self.who, tray, file).await {
            // The tray of a form sent twice is emptied already.
            Ok(()) | Err(Error::Stale) => {}
            Err(error) => {
                self.problem.get_or_insert(error);
            }
        }
    }
}

/// The fields as an ordinary form sends them.
fn encoded(fields: &[(String, String)]) -> String {
    let pair = |(name, text): &(String, String)| format!("{}={}", encode(name), encode(text));
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
