//! Catalogue.

use leptos::prelude::*;

#[component]
pub fn CataloguePage() -> impl IntoView {
    view! { <main id="main"><h1>"Catalogue"</h1></main> }
}
