//! The document around every page.

use crate::{context::is_staff_page, routes::App};
use leptos::prelude::*;
use leptos_meta::MetaTags;
use serde::Deserialize;

/// Names of the client's files, as the build wrote them.
#[derive(Debug, Clone, Deserialize)]
pub struct SiteNames {
    /// Stem of the client: `frontend.<hash>`; its WASM is `<stem>_bg.wasm`.
    pub client: String,
    pub citizen_css: String,
    pub staff_css: String,
    pub icon: String,
}

/// The document around a page.
pub fn shell(names: &SiteNames) -> impl IntoView + use<> {
    let options = LeptosOptions::builder().output_name(names.client.clone()).build();
    let css = if is_staff_page() { names.staff_css.clone() } else { names.citizen_css.clone() };
    let icon = names.icon.clone();
    view! {
        <!DOCTYPE html>
        <html lang="vi">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="theme-color" content="#07414e"/>
                <link rel="stylesheet" href=format!("/pkg/{css}")/>
                <link rel="icon" href=format!("/pkg/{icon}") type="image/svg+xml"/>
                <HydrationScripts options islands=true/>
                <MetaTags/>
            </head>
            <body class=if is_staff_page() { "staff" } else { "citizen" }>
                <App/>
            </body>
        </html>
    }
}
