//! Account.

use leptos::prelude::*;

#[component]
pub fn AccountPage() -> impl IntoView {
    view! { <main id="main"><h1>"Account"</h1></main> }
}
