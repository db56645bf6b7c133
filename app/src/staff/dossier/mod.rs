//! A dossier on one screen: the facts and the acts on the left, the paper that is read on the right.

mod acts;
mod audit;
mod beside;
mod ending;
mod events;
mod facts;
mod forms;
mod handover;
mod header;
mod messages;
mod money;
mod notes;
mod opinions;
mod papers;
mod steps;
mod supplement;
mod withdrawal;

use crate::{
    context::{self, Retry, office},
    format,
    words::{t, tf},
};
use domain::time::Instant;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use office::{Error, Uuid, audit::AuditPage, dossiers::DossierView, papers::PaperKind};
use std::sync::Arc;
use ui::{Breadcrumb, Crumb, Notice, Pane, Section, Tone, TwoPane};

pub(super) use facts::reason_fields;
pub(crate) use facts::shown as answer_words;
pub(super) use opinions::state_tag as opinion_tag;

/// What the address asks for.
#[derive(Clone)]
struct Asked {
    id: Uuid,
    /// The file in the right pane.
    shown: Option<Uuid>,
    /// The command by which was said why personal numbers are needed in full.
    reveal: Option<Uuid>,
    /// The record is wanted: its newest page, or what is older than a row.
    audit: Option<Option<i64>>,
    /// The dossier was received a moment ago.
    is_new: bool,
}

/// One dossier.
#[component]
pub fn DossierPage() -> AnyView {
    let id = use_params_map().with_untracked(|params| params.get("id")).and_then(|id| id.parse::<Uuid>().ok());
    let Some(id) = id else { return super::problem_page(&Error::NotFound) };
    let asked = use_query_map().with_untracked(|query| {
        let text = |name: &str| query.get(name).unwrap_or_default().trim().to_string();
        Asked {
            id,
            shown: text("xem").parse().ok(),
            reveal: text("hien").parse().ok(),
            audit: audit::asked(&text("nhat_ky")),
            is_new: query.get("moi").is_some(),
        }
    });
    let (office, who, wanted) = (office(), context::staff(), asked.clone());
    let reading = async move {
        let view = match wanted.reveal {
            Some(command) => office.dossier_in_full(&who, wanted.id, command).await?,
            None => office.dossier(&who, wanted.id).await?,
        };
        let audit = match wanted.audit {
            Some(before) => Some(office.audit_of_dossier(&who, wanted.id, before).await?),
            None => None,
        };
        Ok((view, audit))
    };
    super::page(reading, move |(view, audit)| show(Arc::new(view), audit, &asked))
}

fn show(view: Arc<DossierView>, audit: Option<AuditPage>, asked: &Asked) -> impl IntoView + use<> {
    let full = view.in_full;
    let row = &view.row;
    let code = row.code.clone().or_else(|| row.temporary_code.clone()).unwrap_or_default();
    let title = tf("Hồ sơ {mã}", &[("mã", &code)]);
    let crumbs = vec![Crumb::new(t("Việc cần làm"), "/can-bo"), Crumb::here(code.clone())];
    let left = {
        let view = view.clone();
        move || {
            view! {
                {header::header(&view)}
                {beside::open_beside(&view)}
                {acts::acts(&view)}
                {opinions::opinions(&view)}
                {facts::facts(&view, full)}
                {papers::listed(&view)}
                {events::events(&view, full)}
                {messages::messages(&view)}
                {notes::notes(&view)}
                {audit::audit(&view, audit.as_ref())}
            }
        }
    };
    let right = papers::right_pane(&view, asked.shown);
    view! {
        <Title text=title/>
        <Breadcrumb label=t("Đường dẫn") crumbs/>
        {asked.is_new.then(|| received_notice(&view))}
        {moved_notice(&view)}
        {super::dossier_news(row)}
        {forms::problem_on_top()}
        <div class="staff-dossier">
            <TwoPane>
                <Pane label=t("Hồ sơ")>{left()}</Pane>
                <Pane label=t("Tệp đang xem") sticky=true>{right}</Pane>
            </TwoPane>
        </div>
    }
}

/// After reception at the counter: the code, and form 01 to print.
fn received_notice(view: &DossierView) -> Option<AnyView> {
    let receipt = view.papers.iter().find(|paper| paper.kind == PaperKind::Receipt.key())?;
    let title = tf("Đã tiếp nhận hồ sơ {mã}", &[("mã", view.row.code.as_deref()?)]);
    let due = view.row.due_at.map(|at| tf("Hẹn trả kết quả: {lúc}.", &[("lúc", &format::until(Instant(at)))]));
    let href = format!("/giay-to/{}.pdf", receipt.id);
    let view = view! {
        <Notice tone=Tone::Success title live=true>
            <p>{due}</p>
            <p class="links">
                // The cursor stands here: Enter prints.
                <a class="button" href=href target="_blank" rel="noopener" accesskey="i" autofocus=true>
                    {t("In Giấy tiếp nhận (Mẫu 01)")}
                    " "
                    <kbd aria-hidden="true">"Enter"</kbd>
                </a>
                " "
                <a href="/can-bo/quay" accesskey="n">{t("Tiếp nhận người tiếp theo")} " " <kbd aria-hidden="true">"Alt + N"</kbd></a>
            </p>
        </Notice>
    };
    Some(view.into_any())
}

/// Somebody else was first: who and when; and what was typed, when its form is no longer on the page.
fn moved_notice(view: &DossierView) -> Option<AnyView> {
    let retry = use_context::<Retry>().filter(|retry| matches!(*retry.error, Error::Stale))?;
    let last = view.events.last()?;
    let name = if last.actor_name.is_empty() { t("Người nộp").to_string() } else { last.actor_name.clone() };
    let words = tf(
        "{tên} vừa làm hồ sơ này lúc {lúc}: {việc}. Việc vừa bấm chưa được ghi. Xem lại rồi làm tiếp nếu vẫn cần.",
        &[("tên", &name), ("lúc", &format::moment(Instant(last.at))), ("việc", events::title_of(&last.body))],
    );
    let typed = typed_words(&retry).map(|text| view! { <li class="note-words">{text}</li> }).collect::<Vec<_>>();
    let kept = (!typed.is_empty()).then(|| {
        view! { <p>{t("Nội dung đã gõ còn giữ ở đây:")}</p> <ul>{typed}</ul> }
    });
    Some(view! { <Notice tone=Tone::Warn live=true id="loi"><p>{words}</p>{kept}</Notice> }.into_any())
}

/// Every text that was typed, in the order of the form: what the page itself put there is left out, and so is what was
/// chosen from a list, which is chosen again in a moment.
fn typed_words(retry: &Retry) -> impl Iterator<Item = String> {
    const OWN: [&str; 9] = ["trang", "dossier", "seen", "command", "ve", "case", "hien", "opinion", "upload"];
    const CHOSEN: [&str; 12] = [
        "unit",
        "files[]",
        "proposal",
        "exclusion",
        "state",
        "step",
        "to",
        "to[collector]",
        "to[method]",
        "paid[way]",
        "papers",
        "money",
    ];
    // A line of a request for supplement counts when it was ticked or written; its key is the page's own.
    let of_a_line = |name: &str| name.ends_with("[on]") || name.ends_with("[path]") || name.ends_with("[what]");
    let is_date = |name: &str| ["day", "month", "year"].iter().any(|part| name.trim_end_matches(']').ends_with(part));
    let is_words = |name: &str| !OWN.contains(&name) && !CHOSEN.contains(&name) && !of_a_line(name) && !is_date(name);
    let typed = retry.typed_all().iter().filter(|(name, text)| is_words(name) && !text.trim().is_empty());
    typed.map(|(_, text)| text.clone()).collect::<Vec<_>>().into_iter()
}

/// A part of the left pane.
fn part(title: &'static str, id: &'static str, body: AnyView) -> AnyView {
    view! { <Section title id>{body}</Section> }.into_any()
}
