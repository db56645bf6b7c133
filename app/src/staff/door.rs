//! Door.

use leptos::prelude::*;

#[component]
pub fn DoorPage() -> impl IntoView {
    view! { <main id="main"><h1>"Door"</h1></main> }
}
