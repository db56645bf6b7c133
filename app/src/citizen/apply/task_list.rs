//! The parts of a form, each with its state.

use super::{for_organisation, heading_of, param, saved_words, submitted_already};
use crate::{
    acts::id,
    context::{self, office},
    errors, status,
    words::t,
};
use domain::{
    question::{Scope, Topic, parse, shown_questions, shown_topics},
    time::Instant,
};
use leptos::prelude::*;
use leptos_meta::Title;
use office::drafts::Draft;
use ui::{BackLink, CitizenMain, Confirm, Details, Glyph, LinkButton, PageTitle, Tag, Task, TaskList, Tone};

/// How far a topic has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Progress {
    Untouched,
    Lacking,
    Done,
}

/// The parts of a draft.
#[component]
pub fn TaskListPage() -> impl IntoView {
    let (draft, office, who) = (param("id"), office(), context::resident());
    errors::page(async move { office.draft(&who, id(&draft)?).await }, |draft| show(&draft))
}

/// How far a topic has come. Touched means that something is typed, a file has come, or it was sent once.
fn progress(draft: &Draft, topic: &Topic) -> Progress {
    let today = office().now().day();
    let clean = parse(&draft.form, &draft.typed, today, Scope::Topic(&topic.id)).problems.is_empty();
    let seen = draft.row.seen_topics.contains(&topic.id);
    let typed = shown_questions(&draft.form, &draft.typed).iter().filter(|one| one.topic.id == topic.id).any(|one| {
        draft.typed.iter().any(|(path, text)| {
            !text.trim().is_empty()
                && path.strip_prefix(&one.path).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    });
    match (seen || typed, clean) {
        (false, _) => Progress::Untouched,
        (true, false) => Progress::Lacking,
        (true, true) => Progress::Done,
    }
}

fn show(draft: &Draft) -> AnyView {
    if let Some(elsewhere) = submitted_already(draft) {
        return elsewhere;
    }
    let key = draft.row.id.to_string();
    let topics: Vec<(&Topic, Progress)> =
        shown_topics(&draft.form, &draft.typed).into_iter().map(|topic| (topic, progress(draft, topic))).collect();
    let all_done = topics.iter().all(|(_, progress)| *progress == Progress::Done);
    let first_open = topics.iter().find(|(_, progress)| *progress != Progress::Done).map(|(topic, _)| topic.id.clone());
    let tasks = topics
        .into_iter()
        .map(|(topic, progress)| {
            let (tone, glyph, words) = match progress {
                Progress::Untouched => (Tone::Grey, Glyph::Pen, t("Chưa khai")),
                Progress::Lacking => (Tone::Warn, Glyph::PaperPlus, t("Còn thiếu")),
                Progress::Done => (Tone::Success, Glyph::Tick, t("Đã xong")),
            };
            view! {
                <Task id=format!("phan-{}", topic.id) title=topic.title.clone() href=format!("/ban-nhap/{key}/muc/{}", topic.id)>
                    <Tag tone glyph=glyph words/>
                </Task>
            }
        })
        .collect_view();
    let review = format!("/ban-nhap/{key}/xem-lai");
    let next = match first_open {
        Some(topic) => view! {
            <LinkButton href=format!("/ban-nhap/{key}/muc/{topic}")>{t("Khai tiếp")}</LinkButton>
            <LinkButton href=review kind=ui::ButtonKind::Secondary>{t("Xem lại và nộp")}</LinkButton>
        }
        .into_any(),
        None => view! { <LinkButton href=review>{t("Xem lại và nộp")}</LinkButton> }.into_any(),
    };
    let books = office().books();
    let today = office().now().day();
    let desk = books.places.one_stop_of(draft.row.office_id, today).map(|desk| desk.name.clone()).unwrap_or_default();
    let draft_words = status::draft();
    let saved = saved_words(Instant(draft.row.updated_at));
    let name = heading_of(draft.procedure.is_sensitive(), &draft.procedure.name);
    let before = view! { <BackLink href="/ho-so" words=t("Hồ sơ của tôi")/> }.into_any();
    let applies_for = for_organisation(draft);
    view! {
        <Title text=name.clone()/>
        <CitizenMain before>
            {errors::refused("drop_draft")}
            <PageTitle title=name caption=desk>
                <Tag tone=draft_words.tone glyph=draft_words.glyph words=draft_words.words/>
            </PageTitle>
            {applies_for}
            <p>{if all_done {
                t("Đã khai đủ các phần. Xem lại một lượt rồi nộp.")
            } else {
                t("Khai từng phần, theo thứ tự nào cũng được.")
            }}</p>
            <TaskList>{tasks}</TaskList>
            <p class="hint">{saved}</p>
            <div class="button-row">{next}</div>
            <Details summary=t("Bỏ bản nháp này")>
                <Confirm
                    title=t("Bỏ bản nháp này?")
                    action="/api/app/acts/drafts/drop_draft"
                    confirm_words=t("Bỏ bản nháp")
                    cancel_href=format!("/ban-nhap/{key}")
                    cancel_words=t("Giữ lại")
                >
                    <p>{t("Những gì đã khai và tệp đã tải lên không lấy lại được.")}</p>
                    <input type="hidden" name="trang" value=context::here()/>
                    <input type="hidden" name="draft" value=key.clone()/>
                    <input type="hidden" name="command" value=context::command_of("drop_draft")/>
                </Confirm>
            </Details>
        </CitizenMain>
    }
    .into_any()
}
