//! Internal notes, and the form that adds one.

use crate::{
    context::{self, office},
    errors::{field_of, refused, sentence},
    format,
    words::{t, tf},
};
use domain::time::Instant;
use leptos::prelude::*;
use office::{
    dossiers::{ColleagueRow, DossierView, MentionRow},
    rights::Task,
};
use ui::{Checkboxes, Details, TextArea};

/// The notes of a dossier.
pub(super) fn notes(view: &DossierView) -> AnyView {
    let list = view
        .notes
        .iter()
        .map(|note| {
            let head = format!("{} – {}", note.staff_name, format::moment(Instant(note.at)));
            let words = note.words.clone();
            let named: Vec<&MentionRow> = view.mentions.iter().filter(|mention| mention.note_id == note.id).collect();
            let named = (!named.is_empty()).then(|| view! { <p class="sub">{named_words(&named)}</p> });
            view! { <li><p class="sub">{head}</p><p class="note-words">{words}</p>{named}</li> }
        })
        .collect_view();
    let empty = view.notes.is_empty().then(|| view! { <p class="sub">{t("Chưa có ghi chú nào.")}</p> });
    let may = office().may_with(&context::staff(), Task::WriteNote, &view.row).is_ok();
    let form = may.then(|| form(view));
    let body = view! { {empty} <ul class="staff-notes" role="list">{list}</ul> {form} };
    super::part(t("Ghi chú nội bộ"), "ghi-chu", body.into_any())
}

/// Whom a note names, and who of them saw it.
fn named_words(named: &[&MentionRow]) -> String {
    let one = |mention: &&MentionRow| match mention.seen_at {
        Some(at) => tf("{tên} (đã xem {lúc})", &[("tên", &mention.staff_name), ("lúc", &format::moment(Instant(at)))]),
        None => tf("{tên} (chưa xem)", &[("tên", &mention.staff_name)]),
    };
    tf("Nhắc đến: {những ai}", &[("những ai", &named.iter().map(one).collect::<Vec<_>>().join(", "))])
}

/// The colleagues to choose from, folded: most notes name nobody.
fn colleagues(view: &DossierView, chosen: Vec<String>) -> Option<AnyView> {
    let readers: Vec<&ColleagueRow> = view.readers.iter().collect();
    let options = super::super::mandates::people(&readers, Some(context::staff().subject()));
    if options.is_empty() {
        return None;
    }
    let open = !chosen.is_empty();
    let fold = view! {
        <Details summary=t("Nhắc đồng nghiệp") open>
            <Checkboxes
                id="named"
                name="named[]"
                legend=t("Nhắc ai xem ghi chú này")
                hint=t("Người được chọn thấy ghi chú trong danh sách Nhắc đến tôi.")
                options
                values=chosen
            />
        </Details>
    };
    Some(fold.into_any())
}

fn form(view: &DossierView) -> AnyView {
    let retry = context::retry_of("write_note");
    let typed = retry.as_ref().and_then(|retry| retry.typed("words"));
    let error = retry.filter(|retry| field_of(&retry.error, |_| false).is_some()).map(|retry| sentence(&retry.error));
    let typed_all = context::retry_of("write_note").map(|retry| retry.typed_all().to_vec()).unwrap_or_default();
    let chosen = typed_all.into_iter().filter(|(name, _)| name == "named[]").map(|(_, id)| id).collect();
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
                hint=t("Chỉ cán bộ trong đơn vị đọc được. Không ghi số định danh. Gõ @ và tên đăng nhập để nhắc một người.")
                error
                rows=2
                max_length=2000
                value=typed
                required=true
            />
            {colleagues(view, chosen)}
            <button class="button button-secondary" type="submit">{t("Lưu ghi chú")}</button>
        </form>
    }
    .into_any()
}
