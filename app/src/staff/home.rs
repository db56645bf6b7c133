//! The desk: what waits today, one's own work first.

use super::{
    capped,
    queue::{dossier_table, nothing_in},
    queue_news, words_of,
};
use crate::{
    context::{self, office},
    format,
    words::{t, tf},
};
use domain::{role::Role, time::Instant};
use leptos::prelude::*;
use leptos_meta::Title;
use office::{
    Error, Office, Who,
    queues::{Narrow, Page, Queue},
    rights::Task,
};
use ui::{Empty, Glyph, LinkButton, PageTitle, Section, Stat, StatRow};

/// Lines of a queue that the desk shows.
const SHOWN: usize = 8;

/// What the desk shows.
struct Desk {
    counts: Vec<(Queue, i64)>,
    morning: Queue,
    first: Page,
    overdue: Option<Page>,
}

/// The desk.
#[component]
pub fn DeskPage() -> AnyView {
    let (office, who) = (office(), context::staff());
    let read_at = office.now();
    super::page(async move { read(&office, &who).await }, move |desk| show(desk, read_at))
}

async fn read(office: &Office, who: &Who) -> office::Result<Desk> {
    let mut roles: Vec<Role> = who.staff().ok_or(Error::SignInFirst)?.positions.iter().map(|p| p.role).collect();
    // Somebody may be clerk and cashier at once: the roles that move dossiers come first.
    roles.sort_unstable();
    let morning = roles.first().map_or(Queue::All, |role| Queue::of_role(*role));
    let counts = match office.queue_counts(who).await {
        // An administrator of the program alone has no queues.
        Err(Error::Forbidden) => Vec::new(),
        other => other?,
    };
    let page = async |queue| match office.queue(who, queue, &Narrow::default(), None).await {
        Err(Error::Forbidden) => Ok(Page::default()),
        other => other,
    };
    let overdue = if morning == Queue::Overdue { None } else { Some(page(Queue::Overdue).await?) };
    let own: Vec<Queue> = roles.iter().map(|role| Queue::of_role(*role)).collect();
    let mut counts = counts;
    counts.sort_by_key(|(queue, _)| own.iter().position(|one| one == queue).unwrap_or(own.len()));
    Ok(Desk { counts, first: page(morning).await?, morning, overdue })
}

fn show(desk: Desk, read_at: Instant) -> impl IntoView {
    // Whoever has no queues has nothing to hear of, and is not told that there is nothing in them.
    let has_queues = !desk.counts.is_empty();
    let news = has_queues.then(|| queue_news(read_at));
    let title = t("Việc cần làm");
    let now = office().now();
    let stats = desk
        .counts
        .iter()
        .map(|(queue, count)| {
            let (words, _) = words_of(*queue);
            view! { <Stat label=words value=capped(*count) href=format!("/can-bo/viec/{}", queue.key())/> }
        })
        .collect_view();
    let counts = has_queues.then(|| view! { <div class="desk-counts"><StatRow>{stats}</StatRow></div> });
    let overdue = desk.overdue.filter(|page| !page.rows.is_empty()).map(|page| part(Queue::Overdue, "qua-han", page));
    let morning = if has_queues {
        part(desk.morning, "buoi-sang", desk.first).into_any()
    } else {
        let words = t("Vai trò của anh/chị không giải quyết hồ sơ.");
        let manages = !office().units_for(&context::staff(), Task::ManageStaff).is_empty();
        let next = manages.then(|| view! { <LinkButton href="/can-bo/quan-tri">{t("Quản trị")}</LinkButton> });
        view! { <Empty glyph=Glyph::Users words>{next}</Empty> }.into_any()
    };
    view! {
        <Title text=title/>
        <PageTitle title caption=format::sentence_case(&format::long_day(now.day()))/>
        {news}
        {counts}
        {overdue}
        {morning}
    }
}

fn part(queue: Queue, id: &'static str, mut page: Page) -> impl IntoView {
    let (words, _) = words_of(queue);
    let more = page.rows.len() > SHOWN || page.next.is_some();
    page.rows.truncate(SHOWN);
    let list = if page.rows.is_empty() {
        view! { <Empty words=nothing_in(queue)/> }.into_any()
    } else {
        dossier_table(words, &page)
    };
    let all = more.then(|| {
        let href = format!("/can-bo/viec/{}", queue.key());
        view! { <p><a href=href>{tf("Xem tất cả: {hàng}", &[("hàng", words)])}</a></p> }
    });
    view! { <Section title=words id>{list} {all}</Section> }
}
