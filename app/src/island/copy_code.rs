//! The button that copies a text, shares an address or prints the page.

use leptos::prelude::*;

/// [`CopyCode`] shares instead of copying.
pub const SHARE: &str = "share";
/// [`CopyCode`] prints the page instead.
pub const PRINT: &str = "print";

/// Beside a code or an address: copies it, and says so; or shares it; or prints the page. Without script, or where the
/// browser cannot, there is no button, and what stands on the page is enough.
#[island]
pub fn CopyCode(
    /// What is copied or shared.
    code: String,
    /// Words of the button.
    words: String,
    /// Which code it is, read aloud after the words of the button.
    which: String,
    /// What is said when it is copied.
    done: String,
    /// Empty to copy; [`SHARE`], [`PRINT`].
    way: String,
) -> impl IntoView {
    let can = RwSignal::new(false);
    let said = RwSignal::new(String::new());
    let class = if way.is_empty() { "button button-quiet copy" } else { "button button-secondary" };
    #[cfg(feature = "hydrate")]
    let act = {
        use super::{browser, page_act};
        let is_there = match way.as_str() {
            PRINT => true,
            SHARE => page_act::can_share(),
            _ => browser::can_copy(),
        };
        Effect::new(move |_| can.set(is_there));
        move |_| {
            if way == PRINT {
                return page_act::print_page();
            }
            let (code, done, shares) = (code.clone(), done.clone(), way == SHARE);
            wasm_bindgen_futures::spawn_local(async move {
                if shares {
                    page_act::share_address(&code).await;
                } else if browser::copy(&code).await {
                    said.set(done);
                }
            });
        }
    };
    #[cfg(not(feature = "hydrate"))]
    let act = {
        drop((code, done));
        |_| ()
    };
    view! {
        <button type="button" class=class hidden=move || !can.get() on:click=act>
            {words}
            <span class="hidden-words">{format!(" {which}")}</span>
        </button>
        <span class="copied" role="status">{move || said.get()}</span>
    }
}
