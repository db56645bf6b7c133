//! Keys of the staff's pages: a stroke finds the search box, arrows go from dossier to dossier. Whoever types is left
//! alone, and without this the same places are reached by Tab.

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent, window};

/// The search boxes, the nearest first: that of the list, that of the bar.
const SEARCH: [&str; 2] = ["main #q", "#tim-ho-so"];
/// The links that open the dossiers of a list.
const ROWS: &str = ".queue-table th a";

/// Begins to listen, on a page of staff.
pub fn start() {
    let Some(win) = window() else { return };
    let preventing = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&win, "keydown", preventing, |event| {
        let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return };
        if key.alt_key() || key.ctrl_key() || key.meta_key() || event.default_prevented() {
            return;
        }
        if target_of(key).is_some_and(|target| target.focus().is_ok()) {
            event.prevent_default();
        }
    })
    .forget();
}

/// Where a key leads from where the focus stands.
fn target_of(key: &KeyboardEvent) -> Option<HtmlElement> {
    let document = window()?.document()?;
    let at = document.active_element();
    let pressed = key.key();
    if pressed == "/" {
        let types = at.as_ref().is_some_and(|at| at.closest("input, textarea, select").ok().flatten().is_some());
        let staff = document.query_selector("body.staff").ok()?;
        let found = SEARCH.iter().find_map(|box_of| document.query_selector(box_of).ok()?);
        return found.filter(|_| !types && staff.is_some())?.dyn_into().ok();
    }
    let at = at.filter(|at| at.matches(ROWS).unwrap_or(false))?;
    let rows = document.query_selector_all(ROWS).ok()?;
    let here = (0..rows.length()).find(|index| rows.item(*index).is_some_and(|row| row.is_same_node(Some(&at))))?;
    let there = match pressed.as_str() {
        "ArrowDown" => here + 1,
        "ArrowUp" => here.checked_sub(1)?,
        "Home" => 0,
        "End" => rows.length() - 1,
        _ => return None,
    };
    rows.item(there)?.dyn_into().ok()
}
