//! To the next and the previous part of a long list.

use leptos::prelude::*;

use crate::MaybeText;
use crate::icon::{Glyph, Icon};

/// Links to the next and the previous part of a long list. Draws nothing when there is neither.
#[component]
pub fn Pager(
    /// What is paged through, for screen readers.
    #[prop(into)]
    label: String,
    /// Address of the previous part, if any.
    #[prop(optional, into)]
    previous_href: MaybeText,
    /// Words of the link to it.
    #[prop(into)]
    previous_words: String,
    /// Address of the next part, if any.
    #[prop(optional, into)]
    next_href: MaybeText,
    /// Words of the link to it.
    #[prop(into)]
    next_words: String,
    /// Where one is, between the two links.
    #[prop(optional, into)]
    position: MaybeText,
) -> impl IntoView {
    if previous_href.is_none() && next_href.is_none() {
        return ().into_any();
    }
    let previous = previous_href.into_option().map(|href| {
        view! { <a class="pager-previous" rel="prev" href=href><Icon glyph=Glyph::ChevronLeft />{previous_words}</a> }
    });
    let next = next_href.into_option().map(|href| {
        view! { <a class="pager-next" rel="next" href=href>{next_words}<Icon glyph=Glyph::ChevronRight /></a> }
    });
    let position = position.into_option().map(|words| view! { <span class="pager-position">{words}</span> });
    view! { <nav class="pager" aria-label=label>{previous}{position}{next}</nav> }.into_any()
}
