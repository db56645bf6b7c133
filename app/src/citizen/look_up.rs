//! Lookup.

use leptos::prelude::*;

#[component]
pub fn LookUpPage() -> impl IntoView {
    view! { <main id="main"><h1>"Lookup"</h1></main> }
}
