//! The library of reasons: what it holds, and the forms that add, change and retire a text.

use super::own_form::OwnForm;
use crate::{
    context::{self, office},
    words::{t, tf},
};
use domain::reason::ReasonKind;
use leptos::prelude::*;
use leptos_meta::Title;
use office::{Who, reasons::ReasonRow, rights::Task};
use ui::{Button, Checkbox, Choice, Empty, Glyph, PageTitle, Radios, Section, Tag, TextArea, TextField, Tone};

/// The address of the page.
pub(crate) const PATH: &str = "/can-bo/mau-ly-do";

/// The library.
#[component]
pub fn ReasonsPage() -> AnyView {
    let (office, who) = (office(), context::staff());
    let reader = who.clone();
    super::page(async move { office.reasons(&reader).await }, move |reasons| show(&who, &reasons))
}

/// What a kept text is for.
pub(crate) const fn kind_words(kind: ReasonKind) -> &'static str {
    match kind {
        ReasonKind::Supplement => t("Yêu cầu bổ sung"),
        ReasonKind::Refusal => t("Từ chối, không đủ điều kiện"),
        ReasonKind::Extension => t("Xin lỗi và hẹn lại"),
    }
}

fn show(who: &Who, reasons: &[ReasonRow]) -> impl IntoView + use<> {
    let title = t("Mẫu lý do");
    let add = OwnForm::new("reasons/add_reason");
    let mut problem = add.problem_on_top();
    let parts = ReasonKind::ALL
        .iter()
        .map(|kind| {
            let of_kind: Vec<&ReasonRow> = reasons.iter().filter(|row| row.kind == kind.key()).collect();
            let empty = of_kind
                .is_empty()
                .then(|| view! { <Empty glyph=Glyph::Paper words=t("Chưa có mẫu nào. Thêm mẫu ở cuối trang.")/> });
            let lines = of_kind
                .into_iter()
                .map(|row| {
                    let (line, wrong) = line(who, row);
                    if problem.is_none() {
                        problem = wrong;
                    }
                    line
                })
                .collect::<Vec<_>>();
            view! {
                <Section title=kind_words(*kind) id=format!("mau-{}", kind.key())>
                    {empty}
                    <ul class="staff-notes" role="list">{lines}</ul>
                </Section>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <Title text=title/>
        {problem}
        <PageTitle title caption=t("Câu viết sẵn để bắt đầu; khi gửi vẫn sửa được. Đổi mẫu không đổi văn bản đã gửi.")/>
        {parts}
        {add_form(who, add)}
    }
}

/// One text, with its forms for whoever may change it; and what was wrong with one of them.
fn line(who: &Who, row: &ReasonRow) -> (AnyView, Option<AnyView>) {
    let own = row.owner_id.is_some();
    let may = own || office().may(who, Task::KeepSharedReasons, row.office_id).is_ok();
    let tag = own.then(|| view! { " " <Tag tone=Tone::Info glyph=Glyph::User words=t("Của tôi")/> });
    let id = row.id.to_string();
    let change = OwnForm::of_line("reasons/change_reason", "text", &id);
    let retire = OwnForm::of_line("reasons/retire_reason", "text", &id);
    let wrong = change.problem_on_top().or_else(|| retire.problem_on_top());
    let forms = may.then(|| {
        let open = change.came_back() || retire.came_back();
        let summary = tf("Sửa hoặc bỏ mẫu: {tên}", &[("tên", &row.title)]);
        let hidden = hidden(row);
        let fields = view! { {hidden} {fields(&change, Some(row))} };
        let change = change.draw(fields, view! { <Button>{t("Lưu mẫu")}</Button> });
        let name = tf("Bỏ mẫu này: {tên}", &[("tên", &row.title)]);
        let button = view! {
            <button class="button button-secondary" type="submit" aria-label=name>{t("Bỏ mẫu này")}</button>
        };
        let retire = retire.draw(self::hidden(row), button);
        view! {
            <details class="details staff-act" open=open>
                <summary>{summary}</summary>
                <div class="details-body">{change} {retire}</div>
            </details>
        }
    });
    let (title, words) = (row.title.clone(), row.words.clone());
    let line = view! {
        <li>
            <p><strong>{title}</strong> {tag}</p>
            <p class="note-words">{words}</p>
            {forms}
        </li>
    };
    (line.into_any(), wrong)
}

fn hidden(row: &ReasonRow) -> AnyView {
    view! {
        <input type="hidden" name="text" value=row.id.to_string()/>
        <input type="hidden" name="seen" value=row.version.to_string()/>
    }
    .into_any()
}

fn fields(form: &OwnForm, row: Option<&ReasonRow>) -> AnyView {
    let kinds = ReasonKind::ALL.iter().map(|kind| Choice::new(kind.key(), kind_words(*kind))).collect::<Vec<_>>();
    let was = |field: &str, kept: Option<String>| form.typed(field).or(kept);
    let kind = was("kind", row.map(|row| row.kind.clone())).unwrap_or_else(|| ReasonKind::Supplement.key().into());
    view! {
        <Radios id=form.id("kind") name="kind" legend=t("Dùng khi") error=form.wrong("kind") options=kinds value=kind/>
        <TextField
            id=form.id("title")
            name="title"
            label=t("Tên mẫu")
            error=form.wrong("title")
            value=was("title", row.map(|row| row.title.clone()))
            max_length=80
            required=true
        />
        <TextArea
            id=form.id("words")
            name="words"
            label=t("Câu viết sẵn")
            hint=t("Viết để người nộp hiểu ngay phải làm gì. Không ghi tên, số của ai.")
            error=form.wrong("words")
            rows=3
            max_length=2000
            value=was("words", row.map(|row| row.words.clone()))
            required=true
        />
    }
    .into_any()
}

fn add_form(who: &Who, form: OwnForm) -> AnyView {
    let may_share = !office().units_for(who, Task::KeepSharedReasons).is_empty();
    let shared = may_share.then(|| {
        let checked = form.typed("shared").is_some() || !form.came_back();
        view! { <Checkbox id=form.id("shared") name="shared" label=t("Dùng chung cho cả đơn vị") checked/> }
    });
    let open = form.came_back();
    let fields = view! { {fields(&form, None)} {shared} };
    let drawn = form.draw(fields, view! { <Button>{t("Thêm mẫu")}</Button> });
    view! {
        <Section title=t("Thêm mẫu") id="them-mau">
            <details class="details staff-act" open=open>
                <summary>{t("Mở biểu mẫu")}</summary>
                <div class="details-body">{drawn}</div>
            </details>
        </Section>
    }
    .into_any()
}
