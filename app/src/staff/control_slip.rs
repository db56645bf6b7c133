//! Control slip.

use leptos::prelude::*;

#[component]
pub fn ControlSlipPage() -> impl IntoView {
    view! { <main id="main"><h1>"Control slip"</h1></main> }
}
