//! Says what is wrong with a box while the person still stands at it.

#[cfg(feature = "ssr")]
use domain::question::{Question, TypedKind};
use domain::time::Day;
use leptos::prelude::*;

/// The questions among these that are answered by typing, each at its path, a line each: kind, path, label. What is
/// chosen or uploaded is left to the server.
#[cfg(feature = "ssr")]
pub fn checked_fields<'a>(questions: impl IntoIterator<Item = (&'a str, &'a Question)>) -> String {
    let line = |(path, question): (&str, &Question)| {
        let kind = TypedKind::of(&question.kind)?;
        let label = crate::problems::lower_first(&question.label);
        Some(format!("{kind}\t{path}\t{}\n", label.replace(['\t', '\n'], " ")))
    };
    questions.into_iter().filter_map(line).collect()
}

/// Checks each box of a form when it is left, with the server's own reading and in its own words, and takes the
/// sentence away as soon as the box is right. An empty box is nobody's mistake before the form is sent.
#[island]
pub fn FieldCheck(
    form_id: String,
    /// As [`checked_fields`] writes them.
    fields: String,
    /// The day in Việt Nam that dates are held against: the server's, whatever the phone's clock says.
    today: i32,
) -> impl IntoView {
    let line = NodeRef::<leptos::html::P>::new();
    #[cfg(feature = "hydrate")]
    super::browser::when_shown(line, Box::new(move |line| checking::begin(line, &form_id, &fields, Day(today))));
    #[cfg(not(feature = "hydrate"))]
    drop((form_id, fields, Day(today)));
    view! { <p class="hidden-words" role="status" node_ref=line></p> }
}

#[cfg(feature = "hydrate")]
mod checking {
    use crate::{island::browser, problems::wrong};
    use domain::{question::TypedKind, time::Day};
    use gloo_events::EventListener;
    use gloo_timers::callback::Timeout;
    use std::{
        cell::{Cell, RefCell},
        rc::Rc,
    };
    use wasm_bindgen::JsCast as _;
    use web_sys::{Document, Element, FocusEvent, HtmlElement, HtmlInputElement, HtmlTextAreaElement};

    /// How often it is seen whether the form is still on the page, in milliseconds.
    const EVERY_MS: u32 = 5_000;

    /// Listens at the form.
    pub fn begin(line: HtmlElement, form_id: &str, fields: &str, today: Day) {
        let Some(form) = browser::form_by_id(form_id) else { return };
        let Some(document) = form.owner_document() else { return };
        let boxes: Vec<Boxes> = fields.lines().filter_map(|line| Boxes::of(&document, line, today)).collect();
        let left = Rc::new(Left { boxes, line: line.clone(), waiting: RefCell::default(), pressing: Cell::new(false) });
        let forgiving = left.clone();
        let input = EventListener::new(&form, "input", move |event| {
            let Some(id) = id_of(event.target()) else { return };
            for one in forgiving.boxes.iter().filter(|one| one.has(&id)) {
                one.forgive();
            }
        });
        let leaving = left.clone();
        let focusout = EventListener::new(&form, "focusout", move |event| {
            let Some(event) = event.dyn_ref::<FocusEvent>() else { return };
            if let Some(id) = id_of(event.target()) {
                leaving.leave(&id, id_of(event.related_target()).as_deref());
            }
        });
        let pressed = left.clone();
        let down = EventListener::new(&document, "pointerdown", move |_| pressed.pressing.set(true));
        let up = ["pointerup", "pointercancel"].map(|event| {
            let released = left.clone();
            EventListener::new(&document, event, move |_| {
                released.pressing.set(false);
                released.look_soon();
            })
        });
        browser::while_on_page(line.into(), EVERY_MS, ([input, focusout, down], up), || ());
    }

    /// The boxes, and which of them were left and not looked at yet.
    struct Left {
        boxes: Vec<Boxes>,
        /// Where it is said for those who do not see the box.
        line: HtmlElement,
        waiting: RefCell<Vec<usize>>,
        /// A finger or a button of the mouse is down. A sentence that appears now would push away what is being pressed.
        pressing: Cell<bool>,
    }

    impl Left {
        fn leave(self: &Rc<Self>, id: &str, next: Option<&str>) {
            let is_left = |one: &Boxes| one.has(id) && !next.is_some_and(|next| one.has(next));
            let left = self.boxes.iter().enumerate().filter(|(_, one)| is_left(one)).map(|(index, _)| index);
            self.waiting.borrow_mut().extend(left);
            if !self.pressing.get() {
                self.look_soon();
            }
        }

        /// Looks after the events of the press, so that a click still finds its button.
        fn look_soon(self: &Rc<Self>) {
            if self.waiting.borrow().is_empty() {
                return;
            }
            let left = self.clone();
            Timeout::new(0, move || {
                for index in left.waiting.take() {
                    if let Some(words) = left.boxes.get(index).map(Boxes::check) {
                        left.line.set_text_content(words.as_deref());
                    }
                }
            })
            .forget();
        }
    }

    fn id_of(target: Option<web_sys::EventTarget>) -> Option<String> {
        target?.dyn_into::<Element>().ok().map(|element| element.id())
    }

    /// Marks a sentence that was said here, not by the server.
    const OURS: &str = "data-here";

    /// One field with its boxes on the page.
    struct Boxes {
        kind: TypedKind,
        path: String,
        /// What is asked; the sentence names it.
        label: String,
        today: Day,
        document: Document,
        /// Ids of the boxes, in the order of the answer's parts.
        ids: Vec<String>,
    }

    impl Boxes {
        fn of(document: &Document, line: &str, today: Day) -> Option<Self> {
            let (kind, rest) = line.split_once('\t')?;
            let (path, label) = rest.split_once('\t')?;
            let kind = TypedKind::from_text(kind)?;
            // The first box has the question's own id.
            let suffix = |part: &&str| match *part {
                "" | ".day" => String::new(),
                part => part.replace('.', "-"),
            };
            let ids = kind.parts().iter().map(|part| path.to_owned() + &suffix(part)).collect();
            let (path, label) = (path.to_owned(), label.to_owned());
            Some(Self { kind, path, label, today, document: document.clone(), ids })
        }

        fn has(&self, id: &str) -> bool {
            self.ids.iter().any(|own| own == id)
        }

        fn controls(&self) -> impl Iterator<Item = Element> {
            self.ids.iter().filter_map(|id| self.document.get_element_by_id(id))
        }

        /// What is wrong with what stands in the boxes now.
        fn problem(&self) -> Option<String> {
            let typed: Vec<String> = self.controls().map(|control| value_of(&control)).collect();
            let boxes: Vec<Option<&str>> = typed.iter().map(|text| Some(text.as_str())).collect();
            let problem = self.kind.parse(&boxes, self.today).err()?;
            wrong(&self.label, &problem)
        }

        fn check(&self) -> Option<String> {
            let wrong = self.problem();
            if let Some(words) = &wrong {
                self.show(words);
            }
            wrong
        }

        /// Takes the sentence away when it no longer holds; never scolds somebody who is typing. What the server said of
        /// an empty box holds as long as the box is empty: whether it must be filled in is not known here.
        fn forgive(&self) {
            let Some(line) = self.error_line() else { return };
            let is_filled = self.controls().any(|control| !value_of(&control).is_empty());
            if self.problem().is_none() && (is_filled || line.has_attribute(OURS)) {
                self.clear();
            }
        }

        fn error_id(&self) -> String {
            self.path.clone() + "-error"
        }

        fn error_line(&self) -> Option<Element> {
            self.document.get_element_by_id(&self.error_id())
        }

        /// Draws the sentence where the server would have drawn it.
        fn show(&self, words: &str) {
            let line = self.error_line().or_else(|| {
                let line = self.document.create_element("p").ok()?;
                line.set_class_name("error-line");
                line.set_id(&self.error_id());
                let first = self.controls().next()?;
                let whole = first.closest(".input-with-unit, .date-parts").ok().flatten().unwrap_or(first);
                whole.before_with_node_1(&line).ok()?;
                Some(line)
            });
            if let Some(line) = line {
                line.set_text_content(Some(words));
                let _ = line.set_attribute(OURS, "");
                self.mark(true);
            }
        }

        fn clear(&self) {
            if let Some(line) = self.error_line() {
                line.remove();
                self.mark(false);
            }
        }

        /// Tells the boxes, and whatever reads them aloud, whether they are wrong.
        fn mark(&self, wrong: bool) {
            let mut described = None;
            for control in self.controls() {
                let _ = if wrong {
                    control.set_attribute("aria-invalid", "true")
                } else {
                    control.remove_attribute("aria-invalid")
                };
                described = described.or_else(|| {
                    let group = control.closest("fieldset.field").ok().flatten();
                    Some(if self.ids.len() > 1 { group? } else { control })
                });
            }
            let Some(described) = described else { return };
            if let Some(field) = described.closest(".field").ok().flatten() {
                let _ = field.class_list().toggle_with_force("field-wrong", wrong);
            }
            let own = self.error_id();
            let before = described.get_attribute("aria-describedby").unwrap_or_default();
            let mut ids: Vec<&str> = before.split(' ').filter(|id| !id.is_empty() && *id != own).collect();
            if wrong {
                ids.push(&own);
            }
            let _ = if ids.is_empty() {
                described.remove_attribute("aria-describedby")
            } else {
                described.set_attribute("aria-describedby", &ids.join(" "))
            };
        }
    }

    fn value_of(control: &Element) -> String {
        match control.dyn_ref::<HtmlInputElement>() {
            Some(input) => input.value(),
            None => control.dyn_ref::<HtmlTextAreaElement>().map(HtmlTextAreaElement::value).unwrap_or_default(),
        }
    }
}
