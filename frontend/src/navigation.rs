//! Single-page navigation: a click on a link of ours, or a search form, fetches the page and swaps what differs.
//!
//! Anything unusual is a plain load: another origin, a download, a new tab, an answer that is no page, a failure.
//! Only GET is followed; forms that change something are sent as the browser sends them.

use gloo_events::{EventListener, EventListenerOptions};
use gloo_net::http::Request;
use gloo_timers::future::TimeoutFuture;
use js_sys::{Function, Reflect};
use std::cell::Cell;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{
    Document, DomParser, Element, Event, FormData, HtmlAnchorElement, HtmlElement, HtmlFormElement, MouseEvent,
    SupportedType, Url, UrlSearchParams, Window, window,
};

thread_local! {
    /// The newest navigation wins: an older answer that comes late is dropped.
    static LATEST: Cell<u32> = const { Cell::new(0) };
}

/// A wait shorter than this shows nothing.
const PATIENCE_MS: u32 = 300;
/// Parts of the page that a new page brings along; `<main>` itself comes first.
const SWAPPED: [&str; 3] = ["main", "header nav", ".side-nav"];
/// Pages under here have their own style: going there or back is a whole load.
const STAFF: &str = "/can-bo";

/// Begins to follow links.
pub fn start() {
    let Some(win) = window() else { return };
    let preventing = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&win, "click", preventing, |event| {
        if let Some(address) = link_to_follow(event) {
            event.prevent_default();
            spawn_local(go(address, Arrival::New));
        }
    })
    .forget();
    EventListener::new_with_options(&win, "submit", preventing, |event| {
        if let Some(address) = search_to_follow(event) {
            event.prevent_default();
            spawn_local(go(address, Arrival::New));
        }
    })
    .forget();
    EventListener::new(&win, "popstate", |_| {
        if let Some(address) = window().and_then(|win| win.location().href().ok()) {
            spawn_local(go(address, Arrival::Back));
        }
    })
    .forget();
}

/// How the page was reached.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Arrival {
    /// By a link or a form: a new entry of the history, from the top.
    New,
    /// By the browser's own buttons: where it was.
    Back,
}

struct Page {
    document: Document,
    address: String,
}

/// The address, when the click is an ordinary one on a link of ours.
fn link_to_follow(event: &Event) -> Option<String> {
    let click = event.dyn_ref::<MouseEvent>()?;
    let modified = click.meta_key() || click.ctrl_key() || click.shift_key() || click.alt_key();
    if event.default_prevented() || click.button() != 0 || modified {
        return None;
    }
    let target: Element = event.target()?.dyn_into().ok()?;
    let link: HtmlAnchorElement = target.closest("a[href]").ok()??.dyn_into().ok()?;
    let here = window()?.location();
    let same_page = link.pathname() == here.pathname().ok()? && link.search() == here.search().ok()?;
    let plain = link.target().is_empty() && !link.has_attribute("download") && !link.rel().contains("external");
    let jump_within = same_page && !link.hash().is_empty();
    if !plain || jump_within || !is_ours(&link.href())? {
        return None;
    }
    Some(link.href())
}

/// The address that a GET form leads to.
fn search_to_follow(event: &Event) -> Option<String> {
    if event.default_prevented() {
        return None;
    }
    let form: HtmlFormElement = event.target()?.dyn_into().ok()?;
    // Attributes, not properties: a field named "method" stands in front of the property of that name.
    let says = |name: &str| form.get_attribute(name).unwrap_or_default();
    if !matches!(says("method").as_str(), "" | "get") || !says("target").is_empty() {
        return None;
    }
    let fields: JsValue = FormData::new_with_form(&form).ok()?.into();
    let query = UrlSearchParams::new_with_str_sequence_sequence(&js_sys::Array::from(&fields)).ok()?;
    let address = Url::new_with_base(&says("action"), &window()?.location().href().ok()?).ok()?;
    address.set_search(&String::from(query.to_string()));
    is_ours(&address.href())?.then(|| address.href())
}

/// Whether an address is a page of this site in the part of it where we are.
fn is_ours(address: &str) -> Option<bool> {
    let here = window()?.location();
    let there = Url::new(address).ok()?;
    let path = there.pathname();
    let file = path.starts_with("/tep/")
        || path.starts_with("/giay-to/")
        || path.contains("/ra-ngoai/")
        || path.contains('.') && !path.starts_with("/thu-tuc/") && !path.starts_with("/nop-ho-so/");
    let staff = |path: &str| path.starts_with(STAFF);
    Some(there.origin() == here.origin().ok()? && !file && staff(&path) == staff(&here.pathname().ok()?))
}

async fn go(address: String, arrival: Arrival) {
    let Some(win) = window() else { return };
    let turn = LATEST.with(|latest| {
        latest.set(latest.get() + 1);
        latest.get()
    });
    let is_latest = move || LATEST.with(Cell::get) == turn;
    spawn_local(async move {
        TimeoutFuture::new(PATIENCE_MS).await;
        if is_latest() {
            set_busy(true);
        }
    });
    let fetched = fetch(&address).await;
    if !is_latest() {
        return;
    }
    // From here on the timer of this turn has nothing left to show.
    LATEST.with(|latest| latest.set(turn + 1));
    set_busy(false);
    if fetched.and_then(|page| show(&win, &page, &address, arrival)).is_none() {
        // The browser knows what to do with what we do not.
        let _ = win.location().set_href(&address);
    }
}

async fn fetch(address: &str) -> Option<Page> {
    let reply = Request::get(address).header("Accept", "text/html").send().await.ok()?;
    let is_page = reply.headers().get("content-type").is_some_and(|kind| kind.starts_with("text/html"));
    if !is_page || !is_ours(&reply.url())? {
        return None;
    }
    let address = reply.url();
    let text = reply.text().await.ok()?;
    let document = DomParser::new().ok()?.parse_from_string(&text, SupportedType::TextHtml).ok()?;
    Some(Page { document, address })
}

/// Puts the page in place of the one that stands here; `asked` is the address of the link, which may name a place on it.
fn show(win: &Window, page: &Page, asked: &str, arrival: Arrival) -> Option<()> {
    let document = win.document()?;
    // Checked before anything is touched: half a page is worse than a plain load.
    page.document.query_selector(SWAPPED[0]).ok()??;
    document.query_selector(SWAPPED[0]).ok()??;
    let place = asked.split_once('#').map_or("", |(_, place)| place);
    if arrival == Arrival::New {
        let mut address = page.address.clone();
        if !place.is_empty() {
            address = address + "#" + place;
        }
        win.history().ok()?.push_state_with_url(&JsValue::NULL, "", Some(&address)).ok()?;
    }
    for part in SWAPPED {
        let (old, new) = (document.query_selector(part).ok()?, page.document.query_selector(part).ok()?);
        if let (Some(old), Some(new)) = (old, new) {
            old.replace_with_with_node_1(&new).ok()?;
            hydrate_islands_in(win, &new);
        }
    }
    document.set_title(&page.document.title());
    if arrival == Arrival::New {
        win.scroll_to_with_x_and_y(0.0, 0.0);
    }
    // The keyboard starts at what matters; a screen reader reads it out.
    let place = document.get_element_by_id(place);
    if let Some(place) = place.as_ref().filter(|_| arrival == Arrival::New) {
        place.scroll_into_view();
    }
    let first = place.or(document.query_selector("main #error-summary").ok()?);
    let first = first.or(document.query_selector("main h1").ok()?);
    if let Some(heading) = first.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = heading.set_attribute("tabindex", "-1");
        let _ = heading.focus();
    }
    Some(())
}

/// Shows or hides the line at the top that says a page is on its way.
fn set_busy(busy: bool) {
    let root = window().and_then(|win| win.document()).and_then(|document| document.document_element());
    let Some(root) = root else { return };
    let _ = if busy { root.set_attribute("data-busy", "") } else { root.remove_attribute("data-busy") };
}

/// Leptos leaves the entry that its own start-up script uses: `window.__hydrateIsland(element, component)`.
fn hydrate_islands_in(win: &Window, part: &Element) {
    let entry = Reflect::get(win, &"__hydrateIsland".into()).ok().and_then(|f| f.dyn_into::<Function>().ok());
    let (Some(hydrate), Ok(islands)) = (entry, part.query_selector_all("leptos-island")) else { return };
    for index in 0..islands.length() {
        let Some(island) = islands.item(index).and_then(|node| node.dyn_into::<Element>().ok()) else { continue };
        if let Some(component) = island.get_attribute("data-component") {
            let _ = hydrate.call2(&JsValue::NULL, &island, &component.into());
        }
    }
}
