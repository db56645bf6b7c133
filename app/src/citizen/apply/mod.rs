//! Filling in and filing: start, the list of topics, a topic, the review.

mod files;
mod prefill;
mod problems;
mod question;
mod review;
pub(crate) mod saving;
pub(super) mod sign_in_again;
mod start;
mod task_list;
mod topic;

pub use review::ReviewPage;
pub(crate) use start::FOR_ONESELF;
pub use start::StartPage;
pub use task_list::TaskListPage;
pub use topic::TopicPage;

pub(crate) use files::ACCEPTED;
pub(super) use files::{Upload, What, accepted_words, upload_form};
pub(super) use question::{Asking, is_file, suggestions};
pub(super) use topic::saved_words;

use crate::{
    context,
    words::{t, tf},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use office::drafts::Draft;

/// Id of a topic's form, for buttons and files that stand outside it.
const FORM: &str = "khai";

/// A part of the page's address.
pub(super) fn param(name: &str) -> String {
    use_params_map().read_untracked().get(name).unwrap_or_default()
}

/// For which organisation a draft is filled in.
fn for_organisation(draft: &Draft) -> Option<AnyView> {
    let who = context::resident();
    let name = who.resident()?.acts_for(draft.row.organisation_id?)?.name.clone();
    Some(view! { <p>{tf("Nộp cho: {tên}.", &[("tên", &name)])}</p> }.into_any())
}

/// A draft that was filed has no pages any more: its dossier has.
fn submitted_already(draft: &Draft) -> Option<AnyView> {
    let dossier = draft.row.submitted_as?;
    leptos_axum::redirect(&format!("/ho-so/{dossier}"));
    Some(view! { <p>{t("Hồ sơ này đã nộp. Không cần nộp lại.")}</p> }.into_any())
}

/// How a draft is called in headings: by its procedure; by no name when its matter is a sensitive one, since others may
/// see the screen.
pub(super) fn heading_of(sensitive: bool, procedure: &str) -> String {
    if sensitive { t("Hồ sơ đang khai").into() } else { procedure.to_owned() }
}
