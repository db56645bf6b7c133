//! Desk.

use leptos::prelude::*;

#[component]
pub fn DeskPage() -> impl IntoView {
    view! { <main id="main"><h1>"Desk"</h1></main> }
}
