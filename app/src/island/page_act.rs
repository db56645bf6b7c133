//! What a browser does with the page itself: prints it, or hands its address on.

use leptos::prelude::*;

/// A button that prints the page, or shares that address in the phone's own way. Without script, or where the browser
/// cannot, there is no button, and what the page says beside it is enough.
#[island]
pub fn PageAct(
    /// Words of the button.
    words: String,
    /// The address to share; empty for a button that prints.
    share: String,
) -> impl IntoView {
    let can = RwSignal::new(false);
    #[cfg(feature = "hydrate")]
    let act = {
        let share_is_there = share.is_empty() || browser::share().is_some();
        Effect::new(move |_| can.set(share_is_there));
        move |_| browser::act(&share)
    };
    #[cfg(not(feature = "hydrate"))]
    let act = {
        drop(share);
        |_| ()
    };
    view! {
        <button type="button" class="button button-secondary" hidden=move || !can.get() on:click=act>
            {words}
        </button>
    }
}

#[cfg(feature = "hydrate")]
mod browser {
    use js_sys::{Function, Object, Promise, Reflect};
    use wasm_bindgen::{JsCast as _, JsValue};

    /// The phone's own way to share, where it has one.
    pub fn share() -> Option<Function> {
        let navigator = web_sys::window()?.navigator();
        Reflect::get(&navigator, &JsValue::from_str("share")).ok()?.dyn_into().ok()
    }

    /// Prints, or shares that address. Somebody who thinks better of it is told nothing.
    pub fn act(address: &str) {
        let Some(window) = web_sys::window() else { return };
        if address.is_empty() {
            let _ = window.print();
            return;
        }
        let (Some(share), what) = (share(), Object::new()) else { return };
        let _ = Reflect::set(&what, &JsValue::from_str("url"), &JsValue::from_str(address));
        if let Some(asked) =
            share.call1(&window.navigator(), &what).ok().and_then(|asked| asked.dyn_into::<Promise>().ok())
        {
            wasm_bindgen_futures::spawn_local(async move {
                let _ = wasm_bindgen_futures::JsFuture::from(asked).await;
            });
        }
    }
}
