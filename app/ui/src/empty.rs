//! A list with nothing in it.

use leptos::prelude::*;

use crate::icon::{Glyph, Icon};

/// A list with nothing in it: says so, and what to do next.
#[component]
pub fn Empty(
    /// The drawing.
    #[prop(default = Glyph::Paper)]
    glyph: Glyph,
    /// What there is none of.
    #[prop(into)]
    words: String,
    /// What to do next: a link or a button.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Icon glyph=glyph />
            <p>{words}</p>
            {children.map(|children| view! { <div class="empty-next">{children()}</div> })}
        </div>
    }
}
