//! Buttons, and links that look like buttons.

use leptos::prelude::*;

use crate::MaybeText;
use crate::icon::{Glyph, Icon};

/// How loud a button is. One primary button on a screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The next step of the page.
    #[default]
    Primary,
    /// Another thing one may do.
    Secondary,
    /// Small matters beside a row or a file; looks like a link.
    Quiet,
    /// What cannot be undone.
    Danger,
}

impl ButtonKind {
    fn class(self) -> &'static str {
        match self {
            ButtonKind::Primary => "button",
            ButtonKind::Secondary => "button button-secondary",
            ButtonKind::Quiet => "button button-quiet",
            ButtonKind::Danger => "button button-danger",
        }
    }
}

/// A button of a form. Its words are a verb and a thing.
#[component]
pub fn Button(
    /// How loud it is.
    #[prop(optional)]
    kind: ButtonKind,
    /// `submit` when left out.
    #[prop(optional, into)]
    button_type: MaybeText,
    /// Form name, when the form has several buttons.
    #[prop(optional, into)]
    name: MaybeText,
    /// What this button sends.
    #[prop(optional, into)]
    value: MaybeText,
    /// Another address for this button than the form's.
    #[prop(optional, into)]
    formaction: MaybeText,
    /// Send the form without the browser's own checks: "save" and "go back" need it.
    #[prop(optional)]
    formnovalidate: bool,
    /// Id of a form elsewhere on the page.
    #[prop(optional, into)]
    form: MaybeText,
    /// Cannot be pressed. Prefer a button that explains when pressed.
    #[prop(optional)]
    disabled: bool,
    /// A drawing before the words.
    #[prop(optional)]
    glyph: Option<Glyph>,
    /// More words for screen readers only: whose "Delete" it is.
    #[prop(optional, into)]
    hidden_words: MaybeText,
    /// The words.
    children: Children,
) -> impl IntoView {
    let hidden_words = hidden_words.into_option().map(hidden);
    view! {
        <button
            class=kind.class()
            type=button_type.or("submit")
            name=name.into_option()
            value=value.into_option()
            formaction=formaction.into_option()
            formnovalidate=formnovalidate
            form=form.into_option()
            disabled=disabled
        >
            {glyph.map(|glyph| view! { <Icon glyph=glyph /> })}
            {children()}
            {hidden_words}
        </button>
    }
}

/// A link that looks like a button: it leads somewhere and changes nothing.
#[component]
pub fn LinkButton(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// How loud it is.
    #[prop(optional)]
    kind: ButtonKind,
    /// A drawing before the words.
    #[prop(optional)]
    glyph: Option<Glyph>,
    /// The file's name when the link downloads; may be empty.
    #[prop(optional)]
    download: Option<String>,
    /// How the place stands to this page; `external` is left to the browser's own navigation.
    #[prop(optional)]
    rel: Option<&'static str>,
    /// More words for screen readers only.
    #[prop(optional, into)]
    hidden_words: MaybeText,
    /// The words.
    children: Children,
) -> impl IntoView {
    let hidden_words = hidden_words.into_option().map(hidden);
    view! {
        <a class=kind.class() href=href download=download rel=rel>
            {glyph.map(|glyph| view! { <Icon glyph=glyph /> })}
            {children()}
            {hidden_words}
        </a>
    }
}

/// Buttons in a row, under each other on a phone.
#[component]
pub fn ButtonRow(
    /// The buttons, the most important first.
    children: Children,
) -> impl IntoView {
    view! { <div class="button-row">{children()}</div> }
}

/// Words for screen readers only, one space away from the words before them.
pub(crate) fn hidden(words: String) -> impl IntoView {
    view! { <span class="hidden-words">{format!(" {words}")}</span> }
}
