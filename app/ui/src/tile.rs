//! Large links to begin with.

use leptos::prelude::*;

use crate::MaybeText;
use crate::icon::{Glyph, Icon};

/// A grid of `Tile`.
#[component]
pub fn Tiles(
    /// The tiles.
    children: Children,
) -> impl IntoView {
    view! { <ul class="tiles" role="list">{children()}</ul> }
}

/// A large link with a drawing.
#[component]
pub fn Tile(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// The drawing.
    glyph: Glyph,
    /// The words of the link.
    #[prop(into)]
    title: String,
    /// One line more.
    #[prop(optional, into)]
    hint: MaybeText,
) -> impl IntoView {
    let hint = hint.into_option().map(|words| view! { <span class="tile-hint">{words}</span> });
    view! {
        <li class="tile">
            <Icon glyph=glyph />
            <div><a href=href>{title}</a>{hint}</div>
        </li>
    }
}
