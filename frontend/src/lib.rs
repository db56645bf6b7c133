//! The browser side: brings the islands to life, then follows links without loading whole pages, and reads the keys of
//! the staff's pages. Where it cannot run, the site is a set of plain pages and loses nothing.

// Links the islands: without this the page stays as the server sent it.
use app as _;

mod keys;
mod navigation;

/// Called once by the page's start-up script.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
    navigation::start();
    keys::start();
}
