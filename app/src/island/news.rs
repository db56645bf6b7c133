//! Listens to the server's news of what the page shows, and says so in a line with a link. It never reloads by itself:
//! somebody may be typing.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What the line says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewsWords {
    /// Something moved.
    pub moved: String,
    /// A colleague moved it; `{ai}` is who.
    pub moved_by: String,
    /// The link to the page as it is now.
    pub look: String,
}

/// An empty line until there is news. Without script it stays empty, and the page is as fresh as its last load.
#[island]
pub fn News(
    /// Address of the stream, with what the page shows.
    stream: String,
    words: NewsWords,
    /// The page to show again.
    page: String,
) -> impl IntoView {
    let line = NodeRef::<leptos::html::Div>::new();
    let said = RwSignal::new(String::new());
    let look = words.look.clone();
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| {
        if let Some(line) = line.get() {
            listening::begin(line.into(), stream.clone(), words.clone(), said);
        }
    });
    #[cfg(not(feature = "hydrate"))]
    drop((stream, words));
    view! {
        <div class="news" role="status" node_ref=line hidden=move || said.with(String::is_empty)>
            {move || said.get()} " – " <a href=page>{look}</a>
        </div>
    }
}

/// One stream for the whole tab: a new page's takes the place of the old one's. It is closed while nobody looks at the
/// tab, and when the line has left the page (Leptos keeps what an island began).
#[cfg(feature = "hydrate")]
mod listening {
    use super::NewsWords;
    use gloo_events::EventListener;
    use gloo_timers::callback::{Interval, Timeout};
    use leptos::prelude::{RwSignal, Set};
    use std::{
        cell::{Cell, RefCell},
        rc::Rc,
    };
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

    pub fn begin(line: HtmlElement, stream: String, words: NewsWords, said: RwSignal<String>) {
        let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
        let turn = TURN.get() + 1;
        TURN.set(turn);
        let open = move || {
            let words = words.clone();
            let stream = EventSource::new(&stream).ok().map(|source| {
                let news = EventListener::new(&source, "news", move |event| {
                    let data = event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string());
                    said.set(match data.unwrap_or_default().split_once(':') {
                        Some((_, name)) => words.moved_by.replace("{ai}", name),
                        None => words.moved.clone(),
                    });
                });
                Open { turn, source, _news: news }
            });
            OPEN.set(stream);
        };
        let close_mine = move || {
            OPEN.with_borrow_mut(|open| {
                open.take_if(|open| open.turn == turn);
            });
        };
        if !document.hidden() {
            open();
        }
        let (looked_at, shown) = (document.clone(), line.clone());
        let on_change = EventListener::new(&document, "visibilitychange", move |_| {
            if looked_at.hidden() {
                close_mine();
            } else if shown.is_connected() {
                open();
            }
        });
        // The interval owns itself and the listener, so that it can end both when the line is gone.
        let own: Rc<RefCell<Option<(Interval, EventListener)>>> = Rc::default();
        let to_end = own.clone();
        let interval = Interval::new(EVERY_MS, move || {
            if !line.is_connected() {
                close_mine();
                let ended = to_end.borrow_mut().take();
                // Not dropped inside its own callback.
                Timeout::new(0, move || drop(ended)).forget();
            }
        });
        *own.borrow_mut() = Some((interval, on_change));
    }
}
