//! What the applicant was told by letter or short message, and what did not go.

use crate::{
    citizen::message_line,
    context::{self, office},
    errors::refused,
    message_words,
    staff::refused_message::{resend_form, told_form, told_too_late},
    words::{t, tf},
};
use leptos::prelude::*;
use office::{
    dossiers::DossierView,
    messages::{MessageRow, MessageState},
    rights::Task,
};

/// Every message of the dossier, the newest first; nothing where nobody is told.
pub(super) fn messages(view: &DossierView) -> Option<AnyView> {
    if view.messages.is_empty() {
        return None;
    }
    let may = office().may_with(&context::staff(), Task::ResendMessage, &view.row).is_ok();
    let entry = |row: &MessageRow| {
        let is_refused = row.state == MessageState::Refused.key();
        let again = (may && is_refused).then(|| {
            let (message, which) = (row.id.to_string(), message_words::heading(&row.body));
            view! { {resend_form(&message, which.into())} {told_form(&message, which.into())} }
        });
        let told = row.told_how.as_ref().map(|words| tf("({ghi chú})", &[("ghi chú", words)]));
        view! { <li>{message_line(row)} " " {told} {again}</li> }
    };
    let lines = view.messages.iter().rev().map(entry).collect_view();
    let body = view! { {refused("resend_message")} {told_too_late()} <ul>{lines}</ul> };
    Some(super::part(t("Tin gửi người nộp"), "tin", body.into_any()))
}
