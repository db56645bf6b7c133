//! Listens to the server's news of what the page shows, and says so in a line with a link. It never reloads by itself:
//! somebody may be typing.
//!
//! The line stands in the page, hidden and without words ([`NEWS_LINE`]); the island has no markup of its own.

use leptos::prelude::*;

/// Id of the line: its first element takes the words, and it is shown with them.
pub const NEWS_LINE: &str = "tin";

/// Listens for the line of the page. Without script the line stays hidden, and the page is as fresh as its last load.
#[island]
pub fn News(
    /// Address of the stream, with what the page shows.
    stream: String,
    /// The words when something moved.
    moved: String,
    /// The words when a colleague moved it; `{ai}` is who.
    moved_by: String,
) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    listening::begin(stream, moved, moved_by);
    #[cfg(not(feature = "hydrate"))]
    drop((stream, moved, moved_by));
}

/// One stream for the whole tab: a new page's takes the place of the old one's. It is closed while nobody looks at the
/// tab, and when the line has left the page (Leptos keeps what an island began).
#[cfg(feature = "hydrate")]
mod listening {
    use crate::island::browser::while_on_page;
    use gloo_events::EventListener;
    use std::cell::{Cell, RefCell};
    use wasm_bindgen::JsCast;
    use web_sys::{EventSource, HtmlElement, MessageEvent};

    /// How often it is seen whether the line is still on the page, in milliseconds.
    const EVERY_MS: u32 = 1_000;

    /// An open stream; dropped, it closes.
    struct Open {
        turn: u32,
        source: EventSource,
        _news: EventListener,
    }

    impl Drop for Open {
        fn drop(&mut self) {
            self.source.close();
        }
    }

    thread_local! {
        static TURN: Cell<u32> = const { Cell::new(0) };
        static OPEN: RefCell<Option<Open>> = const { RefCell::new(None) };
    }

    pub fn begin(stream: String, moved: String, moved_by: String) {
        let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
        let line = document.get_element_by_id(super::NEWS_LINE).and_then(|line| line.dyn_into::<HtmlElement>().ok());
        let Some(line) = line else { return };
        let turn = TURN.get() + 1;
        TURN.set(turn);
        let shown = line.clone();
        let open = move || {
            let (line, moved, moved_by) = (shown.clone(), moved.clone(), moved_by.clone());
            let stream = EventSource::new(&stream).ok().map(|source| {
                let news = EventListener::new(&source, "news", move |event| {
                    let data = event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string());
                    let words = match data.as_deref().and_then(|data| data.split_once(':')) {
                        Some((_, name)) => moved_by.replace("{ai}", name),
                        None => moved.clone(),
                    };
                    if let Some(place) = line.first_element_child() {
                        place.set_text_content(Some(&words));
                    }
                    line.set_hidden(false);
                });
                Open { turn, source, _news: news }
            });
            OPEN.set(stream);
        };
        if !document.hidden() {
            open();
        }
        let looked_at = document.clone();
        let on_change = EventListener::new(&document, "visibilitychange", move |_| {
            if looked_at.hidden() {
                close(turn);
            } else if TURN.get() == turn {
                open();
            }
        });
        while_on_page(line.into(), EVERY_MS, (on_change, Turn(turn)), || ());
    }

    /// One page's time of listening; dropped, its stream closes.
    struct Turn(u32);

    impl Drop for Turn {
        fn drop(&mut self) {
            close(self.0);
        }
    }

    /// Closes the stream of that turn, if it is the one that is open.
    fn close(turn: u32) {
        OPEN.with_borrow_mut(|open| {
            if open.as_ref().is_some_and(|open| open.turn == turn) {
                *open = None;
            }
        });
    }
}
