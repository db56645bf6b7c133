//! List.

use leptos::prelude::*;

#[component]
pub fn ListPage() -> impl IntoView {
    view! { <main id="main"><h1>"List"</h1></main> }
}

#[component]
pub fn DossierPage() -> impl IntoView {
    view! { <main id="main"><h1>"Dossier"</h1></main> }
}

#[component]
pub fn SubmittedPage() -> impl IntoView {
    view! { <main id="main"><h1>"Submitted"</h1></main> }
}
