//! The frame of a staff page: bar, side navigation, work area.

use leptos::prelude::*;

use crate::MaybeText;
use crate::icon::{Glyph, Icon};
use crate::page::mark_or_emblem;

/// The bar at the top of every staff page.
#[component]
pub fn StaffBar(
    /// Address of the work list.
    #[prop(into)]
    home_href: String,
    /// Name of the office, in short.
    #[prop(into)]
    agency: String,
    /// Address of the state emblem's picture, only when the operating office supplied one.
    #[prop(optional, into)]
    emblem_src: MaybeText,
    /// Its words for screen readers.
    #[prop(optional, into)]
    emblem_alt: MaybeText,
    /// A `SearchBox` and the signed-in person's menu.
    children: Children,
) -> impl IntoView {
    view! {
        <header class="staff-bar">
            <a class="agency" href=home_href>
                {mark_or_emblem(emblem_src, emblem_alt)}
                <span class="agency-name">{agency}</span>
            </a>
            {children()}
        </header>
    }
}

/// The navigation at the side: a row above the work area on a narrow screen.
#[component]
pub fn SideNav(
    /// What this is, for screen readers.
    #[prop(into)]
    label: String,
    /// `SideNavItem`s.
    children: Children,
) -> impl IntoView {
    view! { <nav class="side-nav" aria-label=label><ul role="list">{children()}</ul></nav> }
}

/// One place of the side navigation.
#[component]
pub fn SideNavItem(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// The drawing.
    glyph: Glyph,
    /// The words.
    #[prop(into)]
    words: String,
    /// How many things wait there.
    #[prop(optional, into)]
    count: MaybeText,
    /// The page is here.
    #[prop(optional)]
    current: bool,
) -> impl IntoView {
    let count = count.into_option().map(|count| view! { <span class="count">{count}</span> });
    view! {
        <li>
            <a href=href aria-current=current.then_some("page")>
                <Icon glyph=glyph />
                <span class="side-nav-words">{words}</span>
                {count}
            </a>
        </li>
    }
}

/// Everything under the bar: side navigation and work area.
#[component]
pub fn StaffMain(
    /// The `SideNav`: `view! { … }.into_any()`.
    nav: AnyView,
    /// The work area.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="staff-frame">
            {nav}
            <main id="main" tabindex="-1" class="staff-main">{children()}</main>
        </div>
    }
}

/// A line of small fields that narrow a list, sent with GET: the address is the state.
#[component]
pub fn FilterBar(
    /// What this is, for screen readers.
    #[prop(into)]
    label: String,
    /// Where the list is.
    #[prop(into)]
    action: String,
    /// Fields and the button.
    children: Children,
) -> impl IntoView {
    view! { <form class="filter-bar" role="search" aria-label=label method="get" action=action>{children()}</form> }
}

/// The paper on the left, the work on the right; under each other on a narrow screen.
#[component]
pub fn TwoPane(
    /// Two `Pane`s.
    children: Children,
) -> impl IntoView {
    view! { <div class="two-pane">{children()}</div> }
}

/// One half of a `TwoPane`.
#[component]
pub fn Pane(
    /// What this half holds, for screen readers.
    #[prop(into)]
    label: String,
    /// Stays in sight while the other half scrolls: the paper that is read.
    #[prop(optional)]
    sticky: bool,
    /// What it holds.
    children: Children,
) -> impl IntoView {
    view! { <section class=if sticky { "pane pane-sticky" } else { "pane" } aria-label=label tabindex=sticky.then_some("0")>{children()}</section> }
}

/// The acts of the screen, always in sight at its lower edge.
#[component]
pub fn ActionBar(
    /// What this is, for screen readers.
    #[prop(into)]
    label: String,
    /// Words on the left: the due date, how many rows are ticked.
    #[prop(optional, into)]
    words: MaybeText,
    /// Buttons, with `Kbd` hints.
    children: Children,
) -> impl IntoView {
    let words = words.into_option().map(|words| view! { <p class="action-bar-words">{words}</p> });
    view! { <div class="action-bar" role="group" aria-label=label>{words}<div class="action-bar-acts">{children()}</div></div> }
}

/// A key of the keyboard that does the same.
#[component]
pub fn Kbd(
    /// Name of the key.
    #[prop(into)]
    key: String,
) -> impl IntoView {
    view! { <kbd>{key}</kbd> }
}
