//! What the islands ask of the browser.

use gloo_net::http::Request;
use gloo_timers::callback::{Interval, Timeout};
use js_sys::{Date, JSON, Reflect};
use leptos::{html::P, prelude::*};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use web_sys::{Element, FormData, HtmlElement, HtmlFormElement, ProgressEvent, XmlHttpRequest};

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
fn fields_of(form: &HtmlFormElement) -> Vec<(String, String)> {
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

/// Begins an island's work once its line stands on the page. Boxed, so that islands share one piece of code.
pub fn when_shown(line: NodeRef<P>, begin: Box<dyn FnOnce(HtmlElement)>) {
    let begin = RefCell::new(Some(begin));
    Effect::new(move |_| {
        if let Some(line) = line.get()
            && let Some(begin) = begin.take()
        {
            begin(line.into());
        }
    });
}

/// Calls `tick` every so many milliseconds while the element is on the page. When the page has been swapped away, what
/// was kept `alive` for it is dropped: listeners, a stream.
pub fn while_on_page<T: 'static>(element: Element, every_ms: u32, alive: T, tick: impl Fn() + 'static) {
    // The interval owns itself and the rest, so that it can end all of it.
    let own: Rc<RefCell<Option<(Interval, T)>>> = Rc::default();
    let to_end = own.clone();
    let interval = Interval::new(every_ms, move || {
        if element.is_connected() {
            return tick();
        }
        let ended = to_end.borrow_mut().take();
        // Not dropped inside its own callback.
        Timeout::new(0, move || drop(ended)).forget();
    });
    *own.borrow_mut() = Some((interval, alive));
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
