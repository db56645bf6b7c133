//! Sends a file as soon as it is picked.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What the line under the file box says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UploadWords {
    /// While it is sent; `{phần}` is how much, in hundredths.
    pub sending: String,
    pub too_large: String,
    pub offline: String,
    /// Nobody is signed in any more.
    pub ended: String,
}

/// Inside a file's form: hides its button and sends the file by itself. What was typed in the form `save_first` is
/// saved before, because the page comes anew.
#[island]
pub fn UploadNow(
    words: UploadWords,
    /// Largest file, in bytes.
    most_bytes: f64,
    /// The page to show afterwards.
    page: String,
    /// Id of a form to save first; may be empty.
    save_first: String,
) -> impl IntoView {
    let line = NodeRef::<leptos::html::P>::new();
    #[cfg(feature = "hydrate")]
    super::browser::when_shown(
        line,
        Box::new(move |line| watch(line, Sending { words, most_bytes, page, save_first })),
    );
    #[cfg(not(feature = "hydrate"))]
    drop((words, most_bytes, page, save_first));
    view! { <p class="hint" role="status" node_ref=line></p> }
}

#[cfg(feature = "hydrate")]
#[derive(Clone)]
struct Sending {
    words: UploadWords,
    most_bytes: f64,
    page: String,
    save_first: String,
}

#[cfg(feature = "hydrate")]
fn watch(line: web_sys::HtmlElement, sending: Sending) {
    use super::browser::{self, Saved};
    use wasm_bindgen::JsCast as _;
    use web_sys::{HtmlElement, HtmlFormElement, HtmlInputElement};

    let Some(form) = line.closest("form").ok().flatten().and_then(|form| form.dyn_into::<HtmlFormElement>().ok())
    else {
        return;
    };
    let find = |selector: &str| form.query_selector(selector).ok().flatten();
    let Some(input) = find("input[type=file]").and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) else {
        return;
    };
    if let Some(button) = find("button").and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        button.set_hidden(true);
    }
    let source = input.clone();
    let say = move |words: &str| line.set_text_content(Some(words));
    let (said, emptied) = (say.clone(), input.clone());
    // Emptied, so that the same file can be picked again: a browser tells of no change where there is none.
    let give_up = move |words: &str| {
        said(words);
        emptied.set_value("");
    };
    let send = move || {
        let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
        if file.size() > sending.most_bytes {
            return give_up(&sending.words.too_large);
        }
        say(&sending.words.sending.replace("{phần}", "0"));
        let (form, sending, say, give_up) = (form.clone(), sending.clone(), say.clone(), give_up.clone());
        wasm_bindgen_futures::spawn_local(async move {
            if let Some(first) = browser::form_by_id(&sending.save_first) {
                match browser::save(&first).await {
                    Saved::Done => {}
                    Saved::SignInFirst => return give_up(&sending.words.ended),
                    Saved::Offline | Saved::Failed => return give_up(&sending.words.offline),
                }
            }
            let Sending { words, page, .. } = sending;
            let (progress, say_progress) = (words.sending, say.clone());
            browser::send_file(
                &form,
                move |percent| say_progress(&progress.replace("{phần}", &percent.to_string())),
                move |problem| match problem {
                    None => browser::show_again(&page),
                    Some(problem) if problem.is_empty() => give_up(&words.offline),
                    Some(problem) => give_up(&problem),
                },
            );
        });
    };
    // What was picked before the page came to life is sent now.
    if source.files().is_some_and(|files| files.length() > 0) {
        send();
    }
    // Lives as long as its input: forgotten on purpose, gone with the page.
    gloo_events::EventListener::new(&source, "change", move |_| send()).forget();
}
