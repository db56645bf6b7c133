//! The question before something that cannot be undone.

use leptos::prelude::*;

/// The question before something that cannot be undone, as a page part with its own form.
#[component]
pub fn Confirm(
    /// The question.
    #[prop(into)]
    title: String,
    /// Where the form goes, with POST.
    #[prop(into)]
    action: String,
    /// Words of the button that does it: a verb and a thing.
    #[prop(into)]
    confirm_words: String,
    /// Where one goes when nothing is done.
    #[prop(into)]
    cancel_href: String,
    /// Words of the link that keeps things as they are.
    #[prop(into)]
    cancel_words: String,
    /// The act destroys something: a red button.
    #[prop(default = true)]
    danger: bool,
    /// What will happen, and any hidden inputs or fields of the form.
    children: Children,
) -> impl IntoView {
    view! {
        <form class="confirm" method="post" action=action>
            <h2>{title}</h2>
            {children()}
            <div class="button-row">
                <button class=if danger { "button button-danger" } else { "button" } type="submit">{confirm_words}</button>
                <a class="button button-secondary" href=cancel_href>{cancel_words}</a>
            </div>
        </form>
    }
}
