//! What a browser does with a page as a whole: prints it, or hands its address on in the phone's own way.

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};

/// The phone's own way to share, where it has one.
fn share() -> Option<Function> {
    let navigator = web_sys::window()?.navigator();
    Reflect::get(&navigator, &JsValue::from_str("share")).ok()?.dyn_into().ok()
}

/// Whether there is one.
pub fn can_share() -> bool {
    share().is_some()
}

/// Shares an address. Somebody who thinks better of it is told nothing.
pub async fn share_address(address: &str) {
    let (Some(window), Some(share), what) = (web_sys::window(), share(), Object::new()) else { return };
    let _ = Reflect::set(&what, &JsValue::from_str("url"), &JsValue::from_str(address));
    if let Ok(asked) = share.call1(&window.navigator(), &what) {
        let _ = wasm_bindgen_futures::JsFuture::from(Promise::from(asked)).await;
    }
}

/// Prints the page.
pub fn print_page() {
    if let Some(window) = web_sys::window() {
        let _ = window.print();
    }
}
