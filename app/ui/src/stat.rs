//! A figure with what it is made of.

use leptos::prelude::*;

use crate::MaybeText;

/// Several `Stat` beside each other.
#[component]
pub fn StatRow(
    /// The figures.
    children: Children,
) -> impl IntoView {
    view! { <dl class="stats">{children()}</dl> }
}

/// One figure. A share shows its numerator and denominator too.
#[component]
pub fn Stat(
    /// What is counted.
    #[prop(into)]
    label: String,
    /// The figure, already written in the reader's way.
    #[prop(into)]
    value: String,
    /// Numerator and denominator, "1.458/1.604".
    #[prop(optional, into)]
    fraction: MaybeText,
    /// One more line: the period, the comparison.
    #[prop(optional, into)]
    note: MaybeText,
    /// Where the things counted are listed.
    #[prop(optional, into)]
    href: MaybeText,
) -> impl IntoView {
    let label = match href.into_option() {
        Some(href) => view! { <a href=href>{label}</a> }.into_any(),
        None => label.into_any(),
    };
    let fraction = fraction.into_option().map(|words| view! { <span class="stat-fraction">{words}</span> });
    let note = note.into_option().map(|words| view! { <dd class="stat-note">{words}</dd> });
    view! {
        <div class="stat">
            <dt>{label}</dt>
            <dd class="stat-value">{value}{fraction}</dd>
            {note}
        </div>
    }
}
