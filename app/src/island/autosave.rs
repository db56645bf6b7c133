//! Saves a form every few seconds while somebody types in it.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What the line under the form says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveWords {
    /// At first: when it was last saved.
    pub saved: String,
    /// After a save; `{giờ}` is the hour.
    pub just_saved: String,
    /// Nothing can be sent now.
    pub offline: String,
    /// Nobody is signed in any more.
    pub ended: String,
    /// The server could not save.
    pub failed: String,
}

#[cfg(feature = "ssr")]
impl SaveWords {
    /// The words of every form, with the line that says when it was last saved.
    pub fn new(saved: String) -> Self {
        use crate::words::t;
        Self {
            saved,
            just_saved: t("Đã lưu lúc {giờ}. Có thể đóng máy và làm tiếp sau.").into(),
            offline: t("Mất mạng. Những gì vừa khai còn nguyên trên trang này. Cứ khai tiếp; có mạng sẽ gửi.").into(),
            ended: t("Phiên làm việc đã hết để giữ an toàn. Cứ khai tiếp; bấm “Lưu và tiếp tục” để đăng nhập lại, không mất gì.").into(),
            failed: t("Chưa lưu được phần vừa khai. Máy sẽ thử lại.").into(),
        }
    }

    /// The same for the answer to a request for supplement.
    pub fn of_answer(saved: String) -> Self {
        use crate::words::t;
        let ended =
            t("Phiên làm việc đã hết để giữ an toàn. Cứ khai tiếp; bấm “Lưu, gửi sau” để đăng nhập lại, không mất gì.");
        Self { ended: ended.into(), ..Self::new(saved) }
    }
}

/// The line that says when the form was saved. With script it saves by itself, without the form's own checks.
#[island]
pub fn Autosave(
    /// Id of the form.
    form_id: String,
    words: SaveWords,
) -> impl IntoView {
    let line = NodeRef::<leptos::html::P>::new();
    let saved = words.saved.clone();
    #[cfg(feature = "hydrate")]
    super::browser::when_shown(line, Box::new(move |line| watch(line, &form_id, words)));
    #[cfg(not(feature = "hydrate"))]
    drop(form_id);
    view! { <p class="hint" role="status" node_ref=line>{saved}</p> }
}

/// How often a changed form is saved, in milliseconds.
#[cfg(feature = "hydrate")]
const EVERY_MS: u32 = 3_000;

#[cfg(feature = "hydrate")]
fn watch(line: web_sys::HtmlElement, form_id: &str, words: SaveWords) {
    use super::browser::{self, Saved};
    use gloo_events::EventListener;
    use std::{cell::Cell, rc::Rc};

    let Some(form) = browser::form_by_id(form_id) else { return };
    let dirty = Rc::new(Cell::new(false));
    let busy = Rc::new(Cell::new(false));
    let mark = |event: &'static str, to: bool| {
        let dirty = dirty.clone();
        EventListener::new(&form, event, move |_| dirty.set(to))
    };
    let listeners = [mark("input", true), mark("change", true), mark("submit", false)];
    browser::while_on_page(line.clone().into(), EVERY_MS, listeners, move || {
        if !dirty.get() || busy.get() {
            return;
        }
        dirty.set(false);
        busy.set(true);
        let (form, line, words) = (form.clone(), line.clone(), words.clone());
        let (dirty, busy) = (dirty.clone(), busy.clone());
        wasm_bindgen_futures::spawn_local(async move {
            let saved = browser::save(&form).await;
            busy.set(false);
            let said = match saved {
                Saved::Done => words.just_saved.replace("{giờ}", &browser::hour_now()),
                Saved::SignInFirst => words.ended,
                Saved::Offline => words.offline,
                Saved::Failed => words.failed,
            };
            line.set_text_content(Some(&said));
            if matches!(saved, Saved::Offline | Saved::Failed) {
                dirty.set(true);
            }
        });
    });
}
