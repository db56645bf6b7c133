//! A file of procedures that an administrator lays down: read into memory, for it is small, and shown on the page that
//! publishes it. It is kept nowhere: the page carries it.

use super::{
    State, pages,
    uploads::{LONGEST, SILENCE, broken_off, next_field, short_text, unreadable},
};
use app::{
    acts::particulars::TypedDay,
    context::{Beside, Visitor},
};
use axum::{
    Extension,
    extract::{Multipart, State as FromState, multipart::Field},
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use office::{
    Error,
    procedure_files::{FILE_MOST, LaidProblem},
};

/// The page of the form.
const PAGE: &str = "/can-bo/quan-tri/thu-tuc/tep";
/// Longest part of a day, in bytes.
const PART_MOST: usize = 20;
/// A file that is too large is read to its end, so that the browser reads the answer; up to here.
const READ_MOST: usize = 64 * 1024 * 1024;

/// Takes the file with the day it shall hold from, and shows what it would change. Nothing is published.
pub async fn lay_down(
    FromState(state): FromState<State>,
    Extension(visitor): Extension<Visitor>,
    headers: HeaderMap,
    form: Multipart,
) -> Response {
    let mut laid = Laid::default();
    let looking = async {
        // Who may not do it at all learns that before the file is read.
        state.office.may_lay_down_procedures(&visitor.staff)?;
        laid.read(form).await?;
        let first = laid.first().read_if_typed("first")?.unwrap_or_else(|| state.office.now().day());
        let file = laid.file.as_deref().ok_or(LaidProblem::NoFile)?;
        state.office.look_at_procedures(&visitor.staff, file, first).map(drop)
    };
    let looked = tokio::time::timeout(LONGEST, looking).await.unwrap_or_else(|_| Err(broken_off()));
    let wrong = looked.err();
    if let Some(Error::Broken(why)) = &wrong {
        tracing::error!(why, "a file of procedures was not read");
    }
    let status = wrong.as_ref().map(app::errors::status_of);
    let beside = Beside::new(laid.typed());
    let mut page = pages::render_with_file(&state, &headers, &visitor, (PAGE, beside), wrong).await;
    if let Some(status) = status {
        *page.status_mut() = status;
    }
    page.headers_mut().insert(header::CONTENT_LOCATION, HeaderValue::from_static(PAGE));
    page
}

/// What the form has brought.
#[derive(Default)]
struct Laid {
    /// Day, month and year, as typed.
    first: [String; 3],
    file: Option<String>,
}

/// The names of the three boxes of the day.
const FIRST: [&str; 3] = ["first[day]", "first[month]", "first[year]"];

impl Laid {
    /// Reads the form: the day, then the file.
    async fn read(&mut self, mut form: Multipart) -> Result<(), Error> {
        while let Some(field) = next_field(&mut form).await? {
            let name = field.name().unwrap_or_default().to_owned();
            if name == "tep" {
                self.file = Some(text_of(field).await?);
            } else if let Some(at) = FIRST.iter().position(|known| *known == name) {
                self.first[at] = short_text(field, PART_MOST, "first").await?;
            }
        }
        Ok(())
    }

    fn first(&self) -> TypedDay {
        let [day, month, year] = self.first.clone();
        TypedDay { day, month, year }
    }

    /// For the page that comes again.
    fn typed(self) -> Vec<(String, String)> {
        let first = FIRST.iter().map(ToString::to_string).zip(self.first);
        first.chain(self.file.map(|file| ("file".to_owned(), file))).collect()
    }
}

/// The text of a file, which has to be UTF-8 and small.
async fn text_of(mut field: Field<'_>) -> Result<String, Error> {
    let (mut bytes, mut read) = (Vec::new(), 0);
    loop {
        let chunk = tokio::time::timeout(SILENCE, field.chunk()).await.map_err(|_| broken_off())?;
        let Some(chunk) = chunk.map_err(|error| unreadable(&error))? else { break };
        read += chunk.len();
        if read > READ_MOST {
            return Err(LaidProblem::TooLarge.into());
        }
        if read <= FILE_MOST {
            bytes.extend_from_slice(&chunk);
        }
    }
    if read > FILE_MOST {
        return Err(LaidProblem::TooLarge.into());
    }
    // Editors of Windows put a mark before the text.
    let text = String::from_utf8(bytes).map_err(|_| LaidProblem::NotText)?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned())
}
