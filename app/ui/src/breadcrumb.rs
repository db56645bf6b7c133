//! Where the page is, and the way back.

use leptos::prelude::*;

use crate::MaybeText;
use crate::icon::{Glyph, Icon};

/// One step of the path to a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crumb {
    /// Words of the step.
    pub words: String,
    /// Its address; none for the page itself.
    pub href: MaybeText,
}

impl Crumb {
    /// A step that can be gone back to.
    pub fn new(words: impl Into<String>, href: impl Into<MaybeText>) -> Self {
        Self { words: words.into(), href: href.into() }
    }

    /// The page itself, last of the path.
    pub fn here(words: impl Into<String>) -> Self {
        Self { words: words.into(), href: MaybeText::default() }
    }
}

/// The path to the page.
#[component]
pub fn Breadcrumb(
    /// What this is, for screen readers.
    #[prop(into)]
    label: String,
    /// The steps, from the front page on.
    crumbs: Vec<Crumb>,
) -> impl IntoView {
    let steps = crumbs
        .into_iter()
        .map(|Crumb { words, href }| match href.into_option() {
            Some(href) => view! { <li><a href=href>{words}</a></li> }.into_any(),
            None => view! { <li aria-current="page">{words}</li> }.into_any(),
        })
        .collect_view();
    view! { <nav class="breadcrumb" aria-label=label><ol role="list">{steps}</ol></nav> }
}

/// The way back from a step of a form.
#[component]
pub fn BackLink(
    /// The step before.
    #[prop(into)]
    href: String,
    /// Words of the link.
    #[prop(into)]
    words: String,
) -> impl IntoView {
    view! { <a class="back-link" href=href><Icon glyph=Glyph::ChevronLeft />{words}</a> }
}
