//! One topic of a form: its questions, its papers, and what is wrong with them.

use super::{
    FORM, files, for_organisation, heading_of, param, prefill, problems,
    question::{Asking, is_file},
    saving, sign_in_again, submitted_already,
};
use crate::{
    acts::id,
    context::{self, office},
    errors, format,
    island::{Autosave, FieldCheck, SaveWords, checked_fields},
    words::{t, tf},
};
use domain::{
    question::{Scope, ShownQuestion, Topic, Typed, parse, same::said_before, shown_questions, shown_topics},
    time::Instant,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use office::{drafts::Draft, prefill::Offer};
use ui::{BackLink, Button, ButtonKind, ButtonRow, CitizenMain, ErrorSummary, Notice, PageTitle, ProblemLink, Tone};

/// One topic.
#[component]
pub fn TopicPage() -> impl IntoView {
    if let Some(again) = sign_in_again::for_save() {
        return again;
    }
    let (draft, topic) = (param("id"), param("topic"));
    let (office, who) = (office(), context::resident());
    errors::page(
        async move {
            let draft = office.draft(&who, id(&draft)?).await?;
            let shown = shown_topics(&draft.form, &draft.typed).iter().any(|one| one.id == topic);
            let offers = office.prefill_offers(&who, &draft, &topic).await?;
            if shown { Ok((draft, topic, offers)) } else { Err(office::Error::NotFound) }
        },
        |(draft, topic, offers)| show(&draft, &topic, &offers),
    )
}

fn show(draft: &Draft, topic_id: &str, offers: &[Offer]) -> AnyView {
    if let Some(elsewhere) = submitted_already(draft) {
        return elsewhere;
    }
    let Some(topic) = draft.form.topic(topic_id) else { return errors::error_page(&office::Error::NotFound) };
    let query = use_query_map().read_untracked().clone();
    let back = query.get("ve").unwrap_or_default();
    let mut typed = as_typed(draft, topic_id);
    let said = said_before(&draft.form, &typed, topic_id);
    typed.extend(said.clone());
    let today = office().now().day();
    let parsed = parse(&draft.form, &typed, today, Scope::Topic(topic_id));
    let seen = draft.row.seen_topics.iter().any(|one| one == topic_id);
    let errors: Vec<(String, String)> = if seen {
        parsed.problems.iter().map(|one| (one.path.clone(), problems::problem(&draft.form, one))).collect()
    } else {
        Vec::new()
    };
    let links: Vec<ProblemLink> =
        errors.iter().map(|(path, words)| ProblemLink::new(path.clone(), words.clone())).collect();
    let warnings: Vec<(String, String)> = if seen {
        parsed.warnings.iter().map(|one| (one.path.clone(), problems::warning(one))).collect()
    } else {
        Vec::new()
    };
    let lets_go = !warnings.is_empty() && links.is_empty();
    let asking = Asking { form: &draft.form, typed: &typed, errors: errors.into_iter().collect(), today };
    let all = shown_questions(&draft.form, &typed);
    let shown: Vec<ShownQuestion<'_>> = all.into_iter().filter(|one| one.topic.id == topic_id).collect();
    let on_screen = shown.iter().map(|one| one.path.as_str()).collect::<Vec<_>>().join(",");
    let checked = checked_fields(shown.iter().map(|one| (one.path.as_str(), one.question)));
    let topic_key = topic_id.to_owned();
    let fields = asking.fields(&shown);
    let files: Vec<AnyView> = shown
        .iter()
        .filter(|one| is_file(one.question))
        .map(|one| files::file_question(draft, one.question, &one.path, asking.errors.get(&one.path).cloned()))
        .collect();
    let has_both = shown.iter().any(|one| !is_file(one.question)) && !files.is_empty();
    let headline = tf("Còn {n} chỗ cần sửa trước khi đi tiếp.", &[("n", &links.len().to_string())]);
    let is_sensitive = draft.procedure.is_sensitive();
    let (title, procedure) = (topic.title.clone(), heading_of(is_sensitive, &draft.procedure.name));
    let (key, here) = (draft.row.id.to_string(), context::here());
    let caption = format!("{procedure} · {}", steps(draft, &typed, topic));
    // The window's title stays in the browser's history: of a sensitive matter it says no topic.
    let window = if is_sensitive { caption.clone() } else { title.clone() };
    let go = if lets_go { saving::STILL_RIGHT } else { saving::ON };
    let on_words = if lets_go { t("Vẫn đúng, đi tiếp") } else { t("Lưu và tiếp tục") };
    let more = (query.get("hoi-them").is_some() && links.is_empty()).then(|| {
        view! { <Notice live=true>{t("Theo câu trả lời vừa chọn, có thêm câu hỏi bên dưới. Khai nốt rồi đi tiếp.")}</Notice> }
    });
    let intro = (!topic.intro.is_empty()).then(|| view! { <p>{topic.intro.clone()}</p> });
    let saved = saved_words(Instant(draft.row.updated_at));
    let applies_for = for_organisation(draft);
    let (offered, taken) = (prefill::card(offers), prefill::taken(draft, topic_id, &said));
    let before = view! { <BackLink href=format!("/ban-nhap/{key}") words=t("Danh sách các phần")/> }.into_any();
    view! {
        <Title text=window/>
        <CitizenMain before>
            {errors::refused("save_topic")}
            {errors::refused("drop_upload")}
            {errors::refused("upload")}
            <ErrorSummary headline problems=links/>
            <PageTitle title caption/>
            {applies_for}
            {intro}
            {more}
            {warnings_view(warnings)}
            {taken}
            <form id=FORM method="post" action="/api/app/acts/drafts/save_topic" novalidate=true>
                // The first button of a form is the one that Enter presses.
                <button type="submit" name="go" value=go class="hidden-words" tabindex="-1" aria-hidden="true">
                    {on_words}
                </button>
                <input type="hidden" name="trang" value=here/>
                <input type="hidden" name="command" value=context::command_of("save_topic")/>
                <input type="hidden" name="draft" value=key.clone()/>
                <input type="hidden" name="topic" value=topic_key/>
                <input type="hidden" name="hien" value=on_screen/>
                <input type="hidden" name="ve" value=back/>
                {offered}
                {fields}
            </form>
            {has_both.then(save_first)}
            {files}
            <FieldCheck form_id=FORM.to_owned() fields=checked today=today.0/>
            <Autosave form_id=FORM.to_owned() words=SaveWords::new(saved)/>
            <ButtonRow>
                <Button name="go" value=go form=FORM>{on_words}</Button>
                <Button kind=ButtonKind::Secondary name="go" value=saving::LATER form=FORM>{t("Lưu, làm sau")}</Button>
            </ButtonRow>
        </CitizenMain>
    }
    .into_any()
}

/// The draft's answers, and over them what was typed into a form that was refused.
fn as_typed(draft: &Draft, topic: &str) -> Typed {
    let mut typed = draft.typed.clone();
    let Some(retry) = context::retry_of("save_topic") else { return typed };
    typed.retain(|path, _| {
        let of_topic = draft.form.owner(path).is_some_and(|(owner, _)| owner.id == topic);
        !of_topic || draft.form.question(path).is_some_and(is_file)
    });
    let fields = retry.typed_all().iter();
    typed.extend(fields.filter_map(|(name, text)| {
        let path = name.strip_prefix("typed[")?.strip_suffix(']')?;
        Some((path.to_owned(), text.clone()))
    }));
    typed
}

/// `Phần 2 trên 6`.
fn steps(draft: &Draft, typed: &Typed, topic: &Topic) -> String {
    let topics = shown_topics(&draft.form, typed);
    let place = topics.iter().position(|one| one.id == topic.id).map_or(1, |index| index + 1);
    tf("Phần {n} trên {m}", &[("n", &place.to_string()), ("m", &topics.len().to_string())])
}

/// `Đã lưu lúc 09:42. …`; with the day when it was another day.
pub fn saved_words(at: Instant) -> String {
    let today = at.day() == office().now().day();
    let when = if today { format::time(at) } else { format::moment(at) };
    tf("Đã lưu lúc {giờ}. Có thể đóng máy và làm tiếp sau.", &[("giờ", &when)])
}

fn warnings_view(warnings: Vec<(String, String)>) -> Option<AnyView> {
    if warnings.is_empty() {
        return None;
    }
    let lines = warnings
        .into_iter()
        .map(|(path, words)| view! { <li><a href=format!("#{path}")>{words}</a></li> })
        .collect_view();
    Some(view! { <Notice tone=Tone::Warn title=t("Nên kiểm tra lại") live=true><ul>{lines}</ul></Notice> }.into_any())
}

/// Without script a file's form sends the file alone: what was typed above it must be saved first.
fn save_first() -> AnyView {
    view! {
        <noscript>
            <p class="hint">{t("Trước khi tải giấy tờ lên, bấm “Lưu phần đã khai” để giữ những gì vừa nhập.")}</p>
            <Button kind=ButtonKind::Secondary name="go" value=saving::STAY form=FORM>{t("Lưu phần đã khai")}</Button>
        </noscript>
    }
    .into_any()
}
