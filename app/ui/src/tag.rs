//! The state of a thing: words, icon and colour together.

use leptos::prelude::*;

use crate::Tone;
use crate::icon::{Glyph, Icon};

/// The state of a thing: words, icon and colour together, so that it reads in black and white too.
#[component]
pub fn Tag(
    /// What the colour means.
    tone: Tone,
    /// The drawing before the words.
    #[prop(optional)]
    glyph: Option<Glyph>,
    /// The words.
    #[prop(into)]
    words: String,
) -> impl IntoView {
    view! {
        <strong class=format!("tag tag-{}", tone.name())>
            {glyph.map(|glyph| view! { <Icon glyph=glyph /> })}
            <span>{words}</span>
        </strong>
    }
}
