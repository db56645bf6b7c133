//! The button that copies a code.

use leptos::prelude::*;

/// Beside a code: copies it, and says so. Without script, or where the browser keeps its clipboard shut, there is no
/// button, and the code is text that can be selected.
#[island]
pub fn CopyCode(
    code: String,
    /// Words of the button.
    words: String,
    /// Which code it is, read aloud after the words of the button.
    which: String,
    /// What is said when it is done.
    done: String,
) -> impl IntoView {
    let can = RwSignal::new(false);
    let said = RwSignal::new(String::new());
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| can.set(super::browser::can_copy()));
    #[cfg(feature = "hydrate")]
    let copy = {
        let (code, done) = (code.clone(), done.clone());
        move |_| {
            let (code, done) = (code.clone(), done.clone());
            wasm_bindgen_futures::spawn_local(async move {
                if super::browser::copy(&code).await {
                    said.set(done);
                }
            });
        }
    };
    #[cfg(not(feature = "hydrate"))]
    let copy = {
        drop((code, done));
        |_| ()
    };
    view! {
        <button type="button" class="button button-quiet copy" hidden=move || !can.get() on:click=copy>
            {words}
            <span class="hidden-words">{format!(" {which}")}</span>
        </button>
        <span class="copied" role="status">{move || said.get()}</span>
    }
}
