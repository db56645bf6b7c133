//! Start.

use leptos::prelude::*;

#[component]
pub fn StartPage() -> impl IntoView {
    view! { <main id="main"><h1>"Start"</h1></main> }
}

#[component]
pub fn TaskListPage() -> impl IntoView {
    view! { <main id="main"><h1>"Tasks"</h1></main> }
}

#[component]
pub fn TopicPage() -> impl IntoView {
    view! { <main id="main"><h1>"Topic"</h1></main> }
}

#[component]
pub fn ReviewPage() -> impl IntoView {
    view! { <main id="main"><h1>"Review"</h1></main> }
}
