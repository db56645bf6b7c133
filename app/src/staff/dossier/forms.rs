//! The frame of an act's form: hidden parts, what was typed before, the sentence of a refusal, the button.

use crate::{
    context::{self, Retry, office},
    errors::refused,
    words::t,
};
use leptos::prelude::*;
use office::{Error, dossiers::DossierView};
use ui::TextArea;

/// A form of one act on one dossier.
pub(super) struct Form<'a> {
    pub view: &'a DossierView,
    /// Name of the act's server function.
    pub act: &'static str,
    retry: Option<Retry>,
}

/// The button that does it.
pub(super) struct Go {
    pub words: String,
    pub look: Look,
}

/// How an act stands on the page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// The next step: open, with the page's one main button and its key.
    Next,
    /// Folded away until wanted.
    Other,
    /// Folded away; cannot be undone.
    Final,
}

impl<'a> Form<'a> {
    pub fn new(view: &'a DossierView, act: &'static str) -> Self {
        Self { view, act, retry: context::retry_of(act) }
    }

    /// What was typed in that field before the act was refused.
    pub fn typed(&self, field: &str) -> Option<String> {
        self.retry.as_ref().and_then(|retry| retry.typed(field))
    }

    /// Whether this form comes again because it was refused.
    pub fn came_back(&self) -> bool {
        self.retry.is_some()
    }

    /// A box for a reason; every form has its own id for it.
    pub fn reason(&self, name: &'static str, label: &'static str, hint: &'static str) -> AnyView {
        let id = format!("{}-{name}", self.act);
        let value = self.typed(name);
        view! { <TextArea id name label hint rows=2 max_length=2000 value required=true/> }.into_any()
    }

    /// The form with these fields.
    pub fn draw(self, fields: AnyView, go: Go) -> AnyView {
        let row = &self.view.row;
        let hidden = [
            ("trang", context::here()),
            ("dossier", row.id.to_string()),
            ("seen", row.version.to_string()),
            ("command", office().new_id().to_string()),
        ];
        let hidden = hidden.map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).into_iter();
        let hidden = hidden.collect_view();
        let action = format!("/api/app/acts/dossiers/{}", self.act);
        // Who came second is told at the top of the page, with what was typed.
        let stale = self.retry.as_ref().is_some_and(|retry| matches!(*retry.error, Error::Stale));
        let wrong = (!stale).then(|| refused(self.act)).flatten();
        let (class, key) = match go.look {
            Look::Next => ("button", Some("s")),
            Look::Other => ("button button-secondary", None),
            Look::Final => ("button button-danger", None),
        };
        let hint = key.map(|_| view! { <span class="hint-keys"><kbd>"Alt + S"</kbd></span> });
        let keep = (go.look == Look::Final).then(|| {
            let href = format!("/can-bo/ho-so/{}", row.id);
            view! { <a class="button button-secondary" href=href>{t("Giữ nguyên hồ sơ")}</a> }
        });
        view! {
            {wrong}
            <form class="staff-form" method="post" action=action>
                {hidden}
                {fields}
                <div class="button-row">
                    <button class=class type="submit" accesskey=key>{go.words}</button>
                    {keep}
                    {hint}
                </div>
            </form>
        }
        .into_any()
    }
}

/// An act on the page: open when it is the next one or came back refused, else folded.
pub(super) fn fold(title: &'static str, look: Look, open: bool, form: AnyView) -> AnyView {
    if look == Look::Next {
        return view! { <div class="staff-act staff-act-next"><h3>{title}</h3>{form}</div> }.into_any();
    }
    view! {
        <details class="details staff-act" open=open>
            <summary>{title}</summary>
            <div class="details-body">{form}</div>
        </details>
    }
    .into_any()
}
