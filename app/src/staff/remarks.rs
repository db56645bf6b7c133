//! Remarks.

use leptos::prelude::*;

#[component]
pub fn RemarksPage() -> impl IntoView {
    view! { <main id="main"><h1>"Remarks"</h1></main> }
}
