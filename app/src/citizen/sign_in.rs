//! Sign in.

use leptos::prelude::*;

#[component]
pub fn SignInPage() -> impl IntoView {
    view! { <main id="main"><h1>"Sign in"</h1></main> }
}
