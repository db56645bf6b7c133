//! Queue.

use leptos::prelude::*;

#[component]
pub fn QueuePage() -> impl IntoView {
    view! { <main id="main"><h1>"Queue"</h1></main> }
}
