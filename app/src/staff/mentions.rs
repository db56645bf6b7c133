//! Where colleagues named the reader in a note: what is new first, each with the way to its dossier.

use super::own_form::OwnForm;
use crate::{
    context::{self, office},
    format,
    words::{t, tf},
};
use domain::time::Instant;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use office::mentions::{Before, MentionLine, MentionPage};
use ui::{Empty, Glyph, PageTitle, Pager, Tag, Tone};

/// The address of the page.
pub(crate) const PATH: &str = "/can-bo/nhac-den";

/// One's own list.
#[component]
pub fn MentionsPage() -> AnyView {
    let before = use_query_map().with_untracked(|query| query.get("sau")).and_then(|text| before_of(&text));
    let (office, who) = (office(), context::staff());
    super::page(async move { office.mentions(&who, before).await }, move |page| show(&page, before))
}

fn show(page: &MentionPage, before: Option<Before>) -> impl IntoView + use<> {
    let title = t("Nhắc đến tôi");
    let mut problem = None;
    let lines = page
        .lines
        .iter()
        .map(|one| {
            let (line, wrong) = line(one);
            if problem.is_none() {
                problem = wrong;
            }
            line
        })
        .collect::<Vec<_>>();
    let list = if lines.is_empty() {
        let words = t("Chưa có ghi chú nào nhắc đến anh/chị.");
        view! { <Empty glyph=Glyph::Tick words/> }.into_any()
    } else {
        view! { <ul class="staff-notes" role="list">{lines}</ul> }.into_any()
    };
    let next = page.next.map(|before| format!("{PATH}?sau={}", text_of(before)));
    let start = before.map(|_| PATH.to_string());
    view! {
        <Title text=title/>
        {problem}
        <PageTitle title caption=t("Ghi chú nội bộ có nhắc tên anh/chị; chưa xem đứng trước")/>
        {list}
        <Pager
            label=t("Trang của danh sách")
            previous_href=start
            previous_words=t("Về trang đầu")
            next_href=next
            next_words=t("Trang sau")
        />
    }
}

fn line(one: &MentionLine) -> (AnyView, Option<AnyView>) {
    let row = &one.row;
    let head = format!("{} – {}", row.writer_name, format::moment(Instant(row.at)));
    let about = match &one.dossier {
        Some(dossier) => {
            let code = dossier.code.clone().or_else(|| dossier.temporary_code.clone()).unwrap_or_default();
            let (href, procedure) = (format!("/can-bo/ho-so/{}#ghi-chu", dossier.id), dossier.procedure_name.clone());
            view! { <p><a class="code" href=href>{code}</a> " " <span class="sub">{procedure}</span></p> }.into_any()
        }
        None => view! { <p class="sub">{t("Hồ sơ này không còn thuộc phần việc của anh/chị.")}</p> }.into_any(),
    };
    let code = one.dossier.as_ref().and_then(|dossier| dossier.code.clone().or_else(|| dossier.temporary_code.clone()));
    let (seen, problem) = match row.seen_at {
        Some(at) => {
            let words = tf("Đã xem {lúc}", &[("lúc", &format::moment(Instant(at)))]);
            (view! { <p class="sub">{words}</p> }.into_any(), None)
        }
        None => see_form(&row.note_id.to_string(), code.as_deref()),
    };
    let is_new = row.seen_at.is_none().then(|| view! { <Tag tone=Tone::Info glyph=Glyph::Info words=t("Chưa xem")/> });
    let words = row.words.clone();
    let line = view! {
        <li>
            {about}
            <p class="sub">{head} " " {is_new}</p>
            <p class="note-words">{words}</p>
            {seen}
        </li>
    };
    (line.into_any(), problem)
}

/// The button that takes the line out of what is new, and what went wrong with it.
fn see_form(note: &str, code: Option<&str>) -> (AnyView, Option<AnyView>) {
    let form = OwnForm::of_line("notes/see_mention", "note_id", note);
    let problem = form.problem_on_top();
    let label = tf("Đã xem ghi chú về hồ sơ {mã}", &[("mã", code.unwrap_or_default())]);
    let button = view! {
        <button class="button button-secondary" type="submit" aria-label=label>{t("Đã xem")}</button>
    };
    (form.draw(view! { <input type="hidden" name="note_id" value=note.to_string()/> }, button), problem)
}

/// A place in the list as its address says it.
fn text_of(before: Before) -> String {
    format!("{}.{}", if before.seen { "da-xem" } else { "moi" }, before.note_id)
}

/// Reads it back.
fn before_of(text: &str) -> Option<Before> {
    let (part, id) = text.split_once('.')?;
    let seen = match part {
        "da-xem" => true,
        "moi" => false,
        _ => return None,
    };
    Some(Before { seen, note_id: id.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_in_the_list_is_read_back_from_the_address() {
        let note_id = "0198c0de-0000-7000-8000-000000000001".parse().expect("an id");
        for seen in [true, false] {
            let before = Before { seen, note_id };
            assert_eq!(before_of(&text_of(before)), Some(before));
        }
        assert!(before_of("moi.x").is_none() && before_of("cũ.0198c0de-0000-7000-8000-000000000001").is_none());
    }
}
