//! Counter.

use leptos::prelude::*;

#[component]
pub fn CounterPage() -> impl IntoView {
    view! { <main id="main"><h1>"Counter"</h1></main> }
}
