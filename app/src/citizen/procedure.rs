//! Procedure.

use leptos::prelude::*;

#[component]
pub fn ProcedurePage() -> impl IntoView {
    view! { <main id="main"><h1>"Procedure"</h1></main> }
}
