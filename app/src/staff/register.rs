//! Register.

use leptos::prelude::*;

#[component]
pub fn RegisterPage() -> impl IntoView {
    view! { <main id="main"><h1>"Register"</h1></main> }
}
