//! The frame of a page: what stands around the words.

use leptos::prelude::*;

use crate::MaybeText;

/// The first thing the Tab key reaches: a link past the header, shown once it has the focus.
#[component]
pub fn SkipLink(
    /// Words of the link.
    #[prop(into)]
    words: String,
) -> impl IntoView {
    view! { <a class="skip-link" href="#main">{words}</a> }
}

/// The band at the very top that says this is not a real office.
#[component]
pub fn DemoBand(
    /// The words.
    #[prop(into)]
    words: String,
) -> impl IntoView {
    view! { <aside class="demo-band"><p class="wrap">{words}</p></aside> }
}

/// The product's own mark: an open door in its frame.
#[component]
pub fn Mark() -> impl IntoView {
    view! {
        <svg class="mark" width="36" height="36" viewBox="0 0 36 36" aria-hidden="true" focusable="false">
            <path fill="none" stroke="currentColor" stroke-width="3" d="M8 30V4.5h20V30M2 30.5h32"></path>
            <path
                fill="currentColor"
                fill-rule="evenodd"
                d="M8 4l12 5v26L8 31.5zM16 19.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3"
            ></path>
        </svg>
    }
}

/// The mark, or the emblem an office has put in itself. Never both side by side.
pub(crate) fn mark_or_emblem(src: MaybeText, alt: MaybeText) -> AnyView {
    match src.into_option() {
        Some(src) => view! { <img class="emblem" src=src alt=alt.into_option().unwrap_or_default() /> }.into_any(),
        None => view! { <Mark /> }.into_any(),
    }
}

/// The header of a resident's page.
#[component]
pub fn CitizenHeader(
    /// Address of the front page.
    #[prop(into)]
    home_href: String,
    /// Name of the office.
    #[prop(into)]
    agency: String,
    /// A line above the name: the commune, the province.
    #[prop(optional, into)]
    above: MaybeText,
    /// Address of the state emblem's picture, only when the operating office supplied one.
    #[prop(optional, into)]
    emblem_src: MaybeText,
    /// Its words for screen readers.
    #[prop(optional, into)]
    emblem_alt: MaybeText,
    /// What the links on the right are, for screen readers.
    #[prop(optional, into)]
    nav_label: MaybeText,
    /// Links on the right: `PageLink`.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let above = above.into_option().map(|words| view! { <span class="agency-above">{words}</span> });
    let links = children
        .map(|children| view! { <nav aria-label=nav_label.into_option()><ul role="list">{children()}</ul></nav> });
    view! {
        <header class="citizen-header">
            <div class="wrap">
                <a class="agency" href=home_href>
                    {mark_or_emblem(emblem_src, emblem_alt)}
                    <span class="agency-words">{above}<span class="agency-name">{agency}</span></span>
                </a>
                {links}
            </div>
        </header>
    }
}

/// A link in a header or footer.
#[component]
pub fn PageLink(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// The page is in this part.
    #[prop(optional)]
    current: bool,
    /// The words.
    #[prop(into)]
    words: String,
) -> impl IntoView {
    view! { <li><a href=href aria-current=current.then_some("page")>{words}</a></li> }
}

/// The middle of a resident's page. `before` holds the breadcrumb or the way back: inside `main`, because both change
/// with the page.
#[component]
pub fn CitizenMain(
    /// Breadcrumb or way back, above the words: `view! { … }.into_any()`.
    #[prop(optional)]
    before: Option<AnyView>,
    /// Uses the whole width instead of a reading column: front page, catalogue.
    #[prop(optional)]
    wide: bool,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! {
        <main id="main" tabindex="-1" class="citizen-main wrap">
            {before}
            <div class=if wide { "citizen-body" } else { "citizen-body column" }>{children()}</div>
        </main>
    }
}

/// The footer of a resident's page.
#[component]
pub fn CitizenFooter(
    /// Address, telephone, hours; `FooterLinks`.
    children: Children,
) -> impl IntoView {
    view! { <footer class="citizen-footer"><div class="wrap">{children()}</div></footer> }
}

/// Links in a footer.
#[component]
pub fn FooterLinks(
    /// `PageLink`s.
    children: Children,
) -> impl IntoView {
    view! { <ul class="footer-links" role="list">{children()}</ul> }
}

/// The heading of a page, with a smaller line above it: the step, the procedure.
#[component]
pub fn PageTitle(
    /// The heading.
    #[prop(into)]
    title: String,
    /// The line above.
    #[prop(optional, into)]
    caption: MaybeText,
    /// Beside the heading where there is room: a `Tag`.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let caption = caption.into_option().map(|words| view! { <p class="caption">{words}</p> });
    view! {
        <div class="page-title">
            {caption}
            <div class="page-title-line"><h1>{title}</h1>{children.map(|children| children())}</div>
        </div>
    }
}

/// A part of a page with its heading.
#[component]
pub fn Section(
    /// The heading.
    #[prop(into)]
    title: String,
    /// Id, when something links here; the heading gets `{id}-title`.
    #[prop(into)]
    id: String,
    /// The words.
    children: Children,
) -> impl IntoView {
    let title_id = format!("{id}-title");
    view! {
        <section class="section" id=id aria-labelledby=title_id>
            <h2 id=title_id.clone()>{title}</h2>
            {children()}
        </section>
    }
}
