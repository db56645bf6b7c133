//! One's own dossiers.

mod dossier;
mod list;
mod next_thing;
pub(crate) mod qr;
mod submitted;
mod supplement;
mod timeline;

pub use dossier::DossierPage;
pub use list::ListPage;
pub use submitted::SubmittedPage;

use crate::context::office;
use domain::time::Instant;
use office::{Office, dossiers::DossierView};

/// The reception that a dossier of that office is at today, by its name.
fn desk_of(office_id: i64) -> String {
    let office: Office = office();
    let (books, today) = (office.books(), office.now().day());
    let desk = books.places.one_stop_of(office_id, today).or_else(|| books.places.by_id(office_id));
    desk.map(|desk| desk.name.clone()).unwrap_or_default()
}

/// What the resident is promised: in a pause as it has moved so far, by the same days as those explained.
fn promise_of(view: &DossierView) -> Option<Instant> {
    office().promise_of(&view.row)
}
