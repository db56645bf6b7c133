//! Named filters: the form that keeps one, and the page where they are named anew and removed.

use super::{own_form::OwnForm, words_of};
use crate::{
    context::{self, office},
    words::{t, tf},
};
use leptos::prelude::*;
use leptos_meta::Title;
use office::{queues::Queue, saved_views::SavedViewRow};
use ui::{Button, Empty, Glyph, PageTitle, TextField};

/// The address of the page.
pub(crate) const PATH: &str = "/can-bo/bo-loc";

/// Where a named filter leads.
pub(crate) fn address_of(row: &SavedViewRow) -> String {
    let pair = |name: &str, value: &str| {
        if value.is_empty() { String::new() } else { format!("{name}={}&", context::encode(value)) }
    };
    let query = pair("q", &row.search) + &pair("thu_tuc", &row.procedure_code);
    format!("/can-bo/viec/{}?{}", row.queue, query.trim_end_matches('&'))
}

/// One's own named filters.
#[component]
pub fn SavedViewsPage() -> AnyView {
    let (office, who) = (office(), context::staff());
    super::page(async move { office.saved_views(&who).await }, |views| show(&views))
}

fn show(views: &[SavedViewRow]) -> impl IntoView + use<> {
    let title = t("Bộ lọc đã lưu");
    let mut problem = None;
    let lines = views
        .iter()
        .map(|row| {
            let (line, wrong) = line(row);
            if problem.is_none() {
                problem = wrong;
            }
            line
        })
        .collect::<Vec<_>>();
    let list = if lines.is_empty() {
        let words = t("Chưa lưu bộ lọc nào. Lọc một danh sách việc rồi chọn Lưu bộ lọc này.");
        view! { <Empty glyph=Glyph::List words/> }.into_any()
    } else {
        view! { <ul class="staff-notes" role="list">{lines}</ul> }.into_any()
    };
    view! {
        <Title text=title/>
        {problem}
        <PageTitle title caption=t("Chỉ mình anh/chị thấy. Bộ lọc hiện trong thanh bên.")/>
        {list}
    }
}

fn line(row: &SavedViewRow) -> (AnyView, Option<AnyView>) {
    let id = row.id.to_string();
    let rename = OwnForm::of_line("saved_views/rename_view", "view", &id);
    let remove = OwnForm::of_line("saved_views/remove_view", "view", &id);
    let wrong = rename.problem_on_top().or_else(|| remove.problem_on_top());
    let open = rename.came_back() || remove.came_back();
    let queue = Queue::from_key(&row.queue).map_or("", |queue| words_of(queue).0);
    let about = [queue, &row.search, &row.procedure_code].into_iter().filter(|part| !part.is_empty());
    let about = about.collect::<Vec<_>>().join(" · ");
    let (href, name) = (address_of(row), row.name.clone());
    let summary = tf("Đổi tên hoặc bỏ: {tên}", &[("tên", &row.name)]);
    let fields = view! {
        <input type="hidden" name="view" value=id.clone()/>
        <TextField
            id=rename.id("name")
            name="name"
            label=t("Tên bộ lọc")
            error=rename.wrong("name")
            value=rename.typed("name").unwrap_or_else(|| row.name.clone())
            max_length=40
            required=true
        />
    };
    let rename = rename.draw(fields, view! { <Button>{t("Đổi tên")}</Button> });
    let label = tf("Bỏ bộ lọc này: {tên}", &[("tên", &row.name)]);
    let button = view! {
        <button class="button button-secondary" type="submit" aria-label=label>{t("Bỏ bộ lọc này")}</button>
    };
    let remove = remove.draw(view! { <input type="hidden" name="view" value=id/> }, button);
    let line = view! {
        <li>
            <p><a href=href>{name}</a></p>
            <p class="sub">{about}</p>
            <details class="details staff-act" open=open>
                <summary>{summary}</summary>
                <div class="details-body">{rename} {remove}</div>
            </details>
        </li>
    };
    (line.into_any(), wrong)
}

/// The form that keeps the filter of a queue under a name, where something is filtered.
pub(crate) fn save_form(queue: Queue, search: &str, procedure: &str) -> AnyView {
    let form = OwnForm::new("saved_views/save_view");
    let (problem, open) = (form.problem_on_top(), form.came_back());
    let hidden = [("queue", queue.key()), ("q", search), ("thu_tuc", procedure)];
    let hidden = hidden.map(|(name, value)| view! { <input type="hidden" name=name value=value.to_string()/> });
    let hidden = hidden.into_iter().collect_view();
    // What is too long stands in the search box above, which is another form.
    let too_long = form.wrong("q");
    let too_long = too_long.map(|words| view! { <p class="error-line" id=form.id("q") tabindex="-1">{words}</p> });
    let fields = view! {
        {hidden}
        {too_long}
        <input type="hidden" name="ve" value=context::here()/>
        <TextField
            id=form.id("name")
            name="name"
            label=t("Tên bộ lọc")
            hint=t("Bộ lọc hiện trong thanh bên của riêng anh/chị.")
            error=form.wrong("name")
            value=form.typed("name")
            max_length=40
            required=true
        />
    };
    let drawn = form.draw(fields, view! { <Button>{t("Lưu bộ lọc")}</Button> });
    view! {
        {problem}
        <details class="details staff-act" open=open>
            <summary>{t("Lưu bộ lọc này")}</summary>
            <div class="details-body">{drawn}</div>
        </details>
    }
    .into_any()
}
