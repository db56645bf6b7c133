//! Internal notes, and the form that adds one.

use crate::{
    context::{self, office},
    errors::{field_of, refused, sentence},
    format,
    words::t,
};
use domain::time::Instant;
use leptos::prelude::*;
use office::{dossiers::DossierView, rights::Task};
use ui::TextArea;

/// The notes of a dossier.
pub(super) fn notes(view: &DossierView) -> AnyView {
    let list = view
        .notes
        .iter()
        .map(|note| {
            let head = format!("{} – {}", note.staff_name, format::moment(Instant(note.at)));
            let words = note.words.clone();
            view! { <li><p class="sub">{head}</p><p class="note-words">{words}</p></li> }
        })
        .collect_view();
    let empty = view.notes.is_empty().then(|| view! { <p class="sub">{t("Chưa có ghi chú nào.")}</p> });
    let may = office().may_with(&context::staff(), Task::WriteNote, &view.row).is_ok();
    let form = may.then(|| form(view));
    let body = view! { {empty} <ul class="staff-notes" role="list">{list}</ul> {form} };
    super::part(t("Ghi chú nội bộ"), "ghi-chu", body.into_any())
}

fn form(view: &DossierView) -> AnyView {
    let retry = context::retry_of("write_note");
    let typed = retry.as_ref().and_then(|retry| retry.typed("words"));
    let error = retry.filter(|retry| field_of(&retry.error, |_| false).is_some()).map(|retry| sentence(&retry.error));
    let refused = error.is_none().then(|| refused("write_note")).flatten();
    let (dossier, command) = (view.row.id.to_string(), context::command_of("write_note"));
    view! {
        {refused}
        <form class="staff-form" method="post" action="/api/app/acts/notes/write_note">
            <input type="hidden" name="trang" value=context::here()/>
            <input type="hidden" name="command" value=command/>
            <input type="hidden" name="dossier" value=dossier/>
            <TextArea
                id="words"
                label=t("Thêm ghi chú")
                hint=t("Chỉ cán bộ trong đơn vị đọc được. Không ghi số định danh.")
                error
                rows=2
                max_length=2000
                value=typed
                required=true
            />
            <button class="button button-secondary" type="submit">{t("Ghi lại")}</button>
        </form>
    }
    .into_any()
}
