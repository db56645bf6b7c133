//! Dossier.

use leptos::prelude::*;

#[component]
pub fn DossierPage() -> impl IntoView {
    view! { <main id="main"><h1>"Dossier"</h1></main> }
}
