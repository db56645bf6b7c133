//! Stuck.

use leptos::prelude::*;

#[component]
pub fn StuckPage() -> impl IntoView {
    view! { <main id="main"><h1>"Stuck"</h1></main> }
}
