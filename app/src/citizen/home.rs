//! Home.

use leptos::prelude::*;

#[component]
pub fn HomePage() -> impl IntoView {
    view! { <main id="main"><h1>"Home"</h1></main> }
}
