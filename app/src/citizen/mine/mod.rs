//! One's own dossiers.

mod dossier;
mod list;
mod next_thing;
pub(crate) mod qr;
mod rating;
mod submitted;
mod supplement;
mod timeline;

pub use dossier::DossierPage;
pub use list::ListPage;
pub use submitted::SubmittedPage;
pub(crate) use timeline::{Told, told};

use crate::{
    context::{self, office},
    words::{t, tf},
};
use domain::time::Instant;
use leptos::prelude::*;
use office::{
    Office,
    dossiers::{DossierRow, DossierView},
};
use ui::Details;

/// The hidden fields of an act on this dossier.
fn hidden(view: &DossierView, act: &str) -> AnyView {
    let (key, seen) = (view.row.id.to_string(), view.row.version.to_string());
    view! {
        <input type="hidden" name="trang" value=context::here()/>
        <input type="hidden" name="dossier" value=key/>
        <input type="hidden" name="seen" value=seen/>
        <input type="hidden" name="command" value=context::command_of(act)/>
    }
    .into_any()
}

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

/// How a dossier is called in headings: by its procedure; a sensitive one by its code, since others may see the screen.
fn heading_of(row: &DossierRow) -> String {
    if row.sensitive { neutral_name(row) } else { row.procedure_name.clone() }
}

/// Its code in words.
fn neutral_name(row: &DossierRow) -> String {
    let code = row.code.as_deref().or(row.temporary_code.as_deref()).unwrap_or_default();
    tf("Hồ sơ {mã}", &[("mã", code)])
}

/// What a dossier that a heading does not name is about, folded away.
fn matter_of(row: &DossierRow) -> Option<AnyView> {
    let name = row.sensitive.then(|| row.procedure_name.clone())?;
    Some(view! { <Details summary=t("Hồ sơ này về việc gì")><p>{name.clone()}</p></Details> }.into_any())
}
