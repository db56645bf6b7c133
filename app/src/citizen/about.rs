//! Help.

use leptos::prelude::*;

#[component]
pub fn HelpPage() -> impl IntoView {
    view! { <main id="main"><h1>"Help"</h1></main> }
}
