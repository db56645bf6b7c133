//! Sign up.

use leptos::prelude::*;

#[component]
pub fn SignUpPage() -> impl IntoView {
    view! { <main id="main"><h1>"Sign up"</h1></main> }
}
