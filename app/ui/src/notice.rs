//! Panels that say something important inside a page.

use leptos::prelude::*;

use crate::icon::{Glyph, Icon};
use crate::{MaybeText, Tone};

/// A panel with a coloured edge, an icon and, if wanted, a heading.
#[component]
pub fn Notice(
    /// What the colour means.
    #[prop(default = Tone::Info)]
    tone: Tone,
    /// The heading.
    #[prop(optional, into)]
    title: MaybeText,
    /// Another drawing than the tone's own.
    #[prop(optional)]
    glyph: Option<Glyph>,
    /// Read aloud as soon as it appears: for the outcome of what was just done.
    #[prop(optional)]
    live: bool,
    /// Id, when something links here.
    #[prop(optional, into)]
    id: MaybeText,
    /// The words.
    children: Children,
) -> impl IntoView {
    let glyph = glyph.unwrap_or(match tone {
        Tone::Info | Tone::Grey => Glyph::Info,
        Tone::Success => Glyph::Tick,
        Tone::Warn | Tone::Error => Glyph::Warning,
        Tone::Paused => Glyph::Pause,
    });
    let title = title.into_option().map(|words| view! { <h2 class="notice-title">{words}</h2> });
    view! {
        <div class=format!("notice notice-{}", tone.name()) role=live.then_some("status") id=id.into_option()>
            <Icon glyph=glyph />
            <div class="notice-body">{title}{children()}</div>
        </div>
    }
}

/// Words set apart by a line at their left side.
#[component]
pub fn Inset(
    /// The words.
    children: Children,
) -> impl IntoView {
    view! { <div class="inset">{children()}</div> }
}

/// The panel at the top of a page that says something is done: the page's heading is inside.
#[component]
pub fn ConfirmationPanel(
    /// What is done: the heading of the page.
    #[prop(into)]
    title: String,
    /// The drawing.
    #[prop(default = Glyph::Tick)]
    glyph: Glyph,
    /// The code and the promise.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="panel">
            <Icon glyph=glyph />
            <h1>{title}</h1>
            <div class="panel-body">{children()}</div>
        </div>
    }
}
