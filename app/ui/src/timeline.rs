//! What has happened, and what is still to come.

use leptos::prelude::*;

use crate::icon::{Glyph, Icon};
use crate::{MaybeText, Tone};

/// Where an entry stands in time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Moment {
    /// It happened.
    #[default]
    Past,
    /// It is happening.
    Now,
    /// It is planned.
    Planned,
}

/// A list of `TimelineEntry`, in the order given.
#[component]
pub fn Timeline(
    /// What the list is, for screen readers.
    #[prop(into)]
    label: String,
    /// The entries.
    children: Children,
) -> impl IntoView {
    view! { <ol class="timeline" role="list" aria-label=label>{children()}</ol> }
}

/// One thing that happened or will happen.
#[component]
pub fn TimelineEntry(
    /// What happens.
    #[prop(into)]
    title: String,
    /// When, in words.
    #[prop(optional, into)]
    when: MaybeText,
    /// When, for machines: an ISO 8601 date or date and time.
    #[prop(optional, into)]
    datetime: MaybeText,
    /// Who did it, or whose turn it is.
    #[prop(optional, into)]
    who: MaybeText,
    /// What the colour means.
    #[prop(optional)]
    tone: Tone,
    /// The drawing in the dot; a plain dot when left out.
    #[prop(optional)]
    glyph: Option<Glyph>,
    /// Past, now or planned.
    #[prop(optional)]
    moment: Moment,
    /// More about it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let class = match moment {
        Moment::Past => "",
        Moment::Now => " entry-now",
        Moment::Planned => " entry-planned",
    };
    let when = when.into_option().map(|words| view! { <time datetime=datetime.into_option()>{words}</time> });
    let who = who.into_option().map(|words| view! { <span class="entry-who">{words}</span> });
    let facts = (when.is_some() || who.is_some()).then(|| view! { <p class="entry-facts">{when}{who}</p> });
    view! {
        <li class=format!("entry entry-{}{class}", tone.name()) aria-current=(moment == Moment::Now).then_some("step")>
            <span class="entry-dot">{glyph.map(|glyph| view! { <Icon glyph=glyph /> })}</span>
            <p class="entry-title">{title}</p>
            {facts}
            {children.map(|children| view! { <div class="entry-more">{children()}</div> })}
        </li>
    }
}
