//! Answers, each with its question and a link to change it.

use leptos::prelude::*;

use crate::MaybeText;
use crate::button::hidden;

/// Questions and answers, as rows of `SummaryRow`.
#[component]
pub fn SummaryList(
    /// The rows.
    children: Children,
) -> impl IntoView {
    view! { <dl class="summary-list">{children()}</dl> }
}

/// One question with its answer.
#[component]
pub fn SummaryRow(
    /// The question, in short.
    #[prop(into)]
    label: String,
    /// Where the answer can be changed.
    #[prop(optional, into)]
    change_href: MaybeText,
    /// The word of the link that changes the answer; the label is added for screen readers.
    #[prop(optional, into)]
    change_words: MaybeText,
    /// The answer.
    children: Children,
) -> impl IntoView {
    let change = change_href.into_option().zip(change_words.into_option()).map(|(href, words)| {
        view! { <dd class="summary-change"><a href=href>{words}{hidden(label.clone())}</a></dd> }
    });
    view! {
        <div class="summary-row">
            <dt>{label}</dt>
            <dd>{children()}</dd>
            {change}
        </div>
    }
}

/// A summary list of one person or thing, with a heading of its own.
#[component]
pub fn SummaryCard(
    /// Whose answers these are.
    #[prop(into)]
    title: String,
    /// Where all of them can be changed.
    #[prop(optional, into)]
    change_href: MaybeText,
    /// The word of the link that changes them; the title is added for screen readers.
    #[prop(optional, into)]
    change_words: MaybeText,
    /// A `SummaryList`.
    children: Children,
) -> impl IntoView {
    let change = change_href.into_option().zip(change_words.into_option()).map(|(href, words)| {
        view! { <a href=href>{words}{hidden(title.clone())}</a> }
    });
    view! {
        <section class="summary-card">
            <div class="summary-card-head"><h2>{title}</h2>{change}</div>
            {children()}
        </section>
    }
}
