//! What the islands ask of the browser.

use gloo_net::http::Request;
use js_sys::{Date, JSON, Reflect};
use std::cell::Cell;
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use web_sys::{Element, FormData, HtmlFormElement, ProgressEvent, XmlHttpRequest};

/// How a save in the background ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    Done,
    SignInFirst,
    Offline,
    Failed,
}

/// The value of `go` that saves without showing problems.
const WHILE_TYPING: &str = "tu-luu";

/// The form of that id.
pub fn form_by_id(id: &str) -> Option<HtmlFormElement> {
    web_sys::window()?.document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// Posts the form in the background as a save while typing.
pub async fn save(form: &HtmlFormElement) -> Saved {
    let request = Request::post(&action_of(form))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .header("Accept", "application/json")
        .body(body_of(form));
    let Ok(request) = request else { return Saved::Failed };
    match request.send().await {
        Ok(answer) if answer.ok() => Saved::Done,
        Ok(answer) if answer.status() == 401 => Saved::SignInFirst,
        Ok(_) => Saved::Failed,
        Err(_) => Saved::Offline,
    }
}

/// Where a form goes. The attribute, not the property: a field named "action" stands in front of the property.
fn action_of(form: &HtmlFormElement) -> String {
    form.get_attribute("action").unwrap_or_default()
}

/// The fields of a form with what they hold, as a browser would send them; files are left out.
pub fn fields_of(form: &HtmlFormElement) -> Vec<(String, String)> {
    let Ok(data) = FormData::new_with_form(form) else { return Vec::new() };
    let Ok(Some(pairs)) = js_sys::try_iter(&data) else { return Vec::new() };
    let pair = |pair: Result<JsValue, JsValue>| {
        let pair: js_sys::Array = pair.ok()?.into();
        Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
    };
    pairs.filter_map(pair).collect()
}

fn body_of(form: &HtmlFormElement) -> String {
    let mut body = format!("go={WHILE_TYPING}");
    for (name, value) in fields_of(form) {
        for part in ["&", &encoded(&name), "=", &encoded(&value)] {
            body.push_str(part);
        }
    }
    body
}

fn encoded(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}

/// Sends a file's form; `progress` gets hundredths, `done` nothing when it arrived, else the sentence of the server
/// or an empty one when there was no answer.
pub fn send_file(
    form: &HtmlFormElement,
    progress: impl Fn(u32) + 'static,
    done: impl Fn(Option<String>) + Clone + 'static,
) {
    let (Ok(request), Ok(data)) = (XmlHttpRequest::new(), FormData::new_with_form(form)) else {
        return done(Some(String::new()));
    };
    if request.open("POST", &action_of(form)).is_err() {
        return done(Some(String::new()));
    }
    let _ = request.set_request_header("Accept", "application/json");
    let on_progress = Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| {
        if event.total() > 0.0 {
            progress((event.loaded() / event.total() * 100.0) as u32);
        }
    });
    if let Ok(upload) = request.upload() {
        upload.set_onprogress(Some(on_progress.as_ref().unchecked_ref()));
    }
    let (answered, to_say) = (request.clone(), done.clone());
    let on_load = Closure::<dyn Fn()>::new(move || {
        let arrived = answered.status().is_ok_and(|status| (200..300).contains(&status));
        to_say(if arrived { None } else { Some(problem_of(&answered)) });
    });
    let failed = done.clone();
    let on_error = Closure::<dyn Fn()>::new(move || failed(Some(String::new())));
    request.set_onload(Some(on_load.as_ref().unchecked_ref()));
    request.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    // They live as long as the request.
    on_progress.forget();
    on_load.forget();
    on_error.forget();
    if request.send_with_opt_form_data(Some(&data)).is_err() {
        done(Some(String::new()));
    }
}

fn problem_of(request: &XmlHttpRequest) -> String {
    let text = request.response_text().ok().flatten().unwrap_or_default();
    JSON::parse(&text)
        .and_then(|body| Reflect::get(&body, &JsValue::from_str("problem")))
        .ok()
        .and_then(|problem| problem.as_string())
        .unwrap_or_default()
}

fn by_id(id: &str) -> Option<Element> {
    web_sys::window()?.document()?.get_element_by_id(id)
}

/// Whether a line above the field of that id says that something is wrong.
pub fn has_problem(id: &str) -> bool {
    error_id(id).is_some()
}

/// The id of the line above a field; the whole of an address has one of its own.
fn error_id(id: &str) -> Option<String> {
    [format!("{id}-error"), format!("{id}-nhom-error")].into_iter().find(|id| by_id(id).is_some())
}

/// Draws above the field of that id what is wrong with it, as the server would have; with nothing, takes it away.
pub fn show_problem(id: &str, words: Option<&str>) {
    let Some(control) = by_id(id) else { return };
    let drawn = error_id(id);
    let line = drawn.as_deref().and_then(by_id);
    let around = line.as_ref().unwrap_or(&control);
    let Some(field) = around.closest(".field").ok().flatten() else { return };
    let line_id = drawn.unwrap_or_else(|| format!("{id}-error"));
    match (words, line) {
        (Some(words), Some(line)) => line.set_text_content(Some(words)),
        (Some(words), None) => {
            let above = field.query_selector(":scope > .hint").ok().flatten();
            let Some(above) = above.or_else(|| field.query_selector(":scope > .label").ok().flatten()) else { return };
            let Some(line) = field.owner_document().and_then(|document| document.create_element("p").ok()) else {
                return;
            };
            line.set_id(&line_id);
            line.set_class_name("error-line");
            line.set_text_content(Some(words));
            let _ = above.insert_adjacent_element("afterend", &line);
        }
        (None, Some(line)) => line.remove(),
        (None, None) => return,
    }
    let wrong = words.is_some();
    let _ = field.class_list().toggle_with_force("field-wrong", wrong);
    if let Ok(boxes) = field.query_selector_all("input, textarea") {
        for one in (0..boxes.length()).filter_map(|at| boxes.item(at)?.dyn_into::<Element>().ok()) {
            let _ =
                if wrong { one.set_attribute("aria-invalid", "true") } else { one.remove_attribute("aria-invalid") };
        }
    }
    let described = if field.tag_name() == "FIELDSET" { field } else { control };
    let before = described.get_attribute("aria-describedby").unwrap_or_default();
    let mut ids: Vec<&str> = before.split_whitespace().filter(|one| *one != line_id).collect();
    if wrong {
        ids.push(&line_id);
    }
    let _ = if ids.is_empty() {
        described.remove_attribute("aria-describedby")
    } else {
        described.set_attribute("aria-describedby", &ids.join(" "))
    };
}

thread_local! {
    /// Whether a finger or a mouse button is down; nothing until somebody wants to know.
    static PRESSED: Cell<Option<bool>> = const { Cell::new(None) };
}

/// Begins to watch for presses, once for all pages.
pub fn watch_presses() {
    let Some(window) = web_sys::window().filter(|_| PRESSED.get().is_none()) else { return };
    for (event, down) in [("pointerdown", true), ("pointerup", false), ("pointercancel", false)] {
        // It lives as long as the site is open.
        gloo_events::EventListener::new(&window, event, move |_| PRESSED.set(Some(down))).forget();
    }
    PRESSED.set(Some(false));
}

/// Whether something is being pressed.
pub fn is_pressed() -> bool {
    PRESSED.get().unwrap_or_default()
}

/// Puts a text on the clipboard.
pub async fn copy(text: &str) -> bool {
    let Some(clipboard) = web_sys::window().map(|window| window.navigator().clipboard()) else { return false };
    wasm_bindgen_futures::JsFuture::from(clipboard.write_text(text)).await.is_ok()
}

/// Whether this page may write to the clipboard: only on a safe connection.
pub fn can_copy() -> bool {
    web_sys::window().is_some_and(|window| {
        Reflect::get(&window.navigator(), &JsValue::from_str("clipboard")).is_ok_and(|found| found.is_object())
    })
}

/// Shows a page of ours anew, also when the address is that of a form just sent.
pub fn show_again(page: &str) {
    let Some(location) = web_sys::window().map(|window| window.location()) else { return };
    let here = format!("{}{}", location.pathname().unwrap_or_default(), location.search().unwrap_or_default());
    let _ = if here == page { location.reload() } else { location.set_href(page) };
}

/// `09:42`, by the clock of this device.
pub fn hour_now() -> String {
    let now = Date::new_0();
    format!("{:02}:{:02}", now.get_hours(), now.get_minutes())
}
