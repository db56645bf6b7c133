//! The parts of a long piece of work, each with its state.

use leptos::prelude::*;

use crate::MaybeText;

/// A list of `Task`.
#[component]
pub fn TaskList(
    /// The tasks.
    children: Children,
) -> impl IntoView {
    view! { <ul class="task-list" role="list">{children()}</ul> }
}

/// One part of the work.
#[component]
pub fn Task(
    /// Unique on the page; ties the state to the link for screen readers.
    #[prop(into)]
    id: String,
    /// What is to be done.
    #[prop(into)]
    title: String,
    /// Where it is done; left out while it cannot be started.
    #[prop(optional, into)]
    href: MaybeText,
    /// One more line under the title.
    #[prop(optional, into)]
    hint: MaybeText,
    /// The state: a `Tag`, or plain words when it is done.
    children: Children,
) -> impl IntoView {
    let state = format!("{id}-state");
    let title = match href.into_option() {
        Some(href) => view! { <a href=href aria-describedby=state.clone()>{title}</a> }.into_any(),
        None => view! { <span>{title}</span> }.into_any(),
    };
    let hint = hint.into_option().map(|words| view! { <p class="hint">{words}</p> });
    view! {
        <li class="task" id=id>
            <div class="task-title">{title}{hint}</div>
            <div class="task-state" id=state>{children()}</div>
        </li>
    }
}
