//! Checks a field when it is left: the same `parse` and the same words as on the server.

use domain::question::Form;
use leptos::prelude::*;

/// The questions of a form's page that a browser can check by themselves: those answered by typing, each under the
/// path it has on the screen. What relates several answers is left to the server, which knows all of them.
#[cfg(feature = "ssr")]
pub fn typed_questions(shown: &[domain::question::ShownQuestion<'_>]) -> Form {
    use domain::question::{Question, QuestionKind as Kind};
    let questions = shown.iter().filter_map(|one| {
        let kind = match &one.question.kind {
            Kind::Choice { .. } | Kind::Many { .. } | Kind::File { .. } | Kind::Group { .. } => return None,
            Kind::CitizenId { .. } => Kind::CitizenId { sex: None, birth: None },
            typed => typed.clone(),
        };
        Some(Question {
            id: one.path.clone(),
            label: one.question.label.clone(),
            kind,
            required: one.question.required,
            hint: String::new(),
            help: String::new(),
            shown_if: None,
            source: None,
        })
    });
    Form::of_questions(questions.collect())
}

/// Says what is wrong with a field once it is left, above the field and aloud; takes it back as soon as it is mended.
/// It never asks for what is still empty and never speaks while somebody types: the button that sends does that.
#[island]
pub fn FieldCheck(
    /// Id of the form.
    form_id: String,
    /// Its questions that are answered by typing.
    questions: Form,
    /// The day in Việt Nam, as the server counts it.
    today: i32,
) -> impl IntoView {
    let line = NodeRef::<leptos::html::P>::new();
    let said = RwSignal::new(String::new());
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| {
        if line.get().is_some() {
            watch(&form_id, questions.clone(), domain::time::Day(today), said);
        }
    });
    #[cfg(not(feature = "hydrate"))]
    drop((form_id, questions, today));
    view! { <p class="hidden-words" role="status" node_ref=line>{move || said.get()}</p> }
}

/// How long after a field is left it is checked, in milliseconds, and never while something is being pressed: a line
/// that appears must not push away the button under a finger.
#[cfg(feature = "hydrate")]
const AFTER_MS: u32 = 250;

#[cfg(feature = "hydrate")]
fn watch(form_id: &str, questions: Form, today: domain::time::Day, said: RwSignal<String>) {
    use gloo_events::EventListener;
    use gloo_timers::callback::Timeout;
    use std::{cell::RefCell, rc::Rc};
    use wasm_bindgen::JsCast as _;

    let Some(form) = super::browser::form_by_id(form_id) else { return };
    let mut check = Check { form: form.clone(), questions, today, seen: Default::default(), said };
    check.see_all();
    let check = Rc::new(RefCell::new(check));
    // They live as long as their form: forgotten on purpose, gone with the page.
    let typing = check.clone();
    EventListener::new(&form, "input", move |event| {
        if let Some(path) = event.target().and_then(|target| path_of(&target)) {
            typing.borrow().typing(&path);
        }
    })
    .forget();
    EventListener::new(&form, "focusout", move |event| {
        let Some(path) = event.target().and_then(|target| path_of(&target)) else { return };
        let next = event.dyn_ref::<web_sys::FocusEvent>().and_then(web_sys::FocusEvent::related_target);
        if check.borrow().is_still_in(&path, next.as_ref()) {
            return;
        }
        leave(check.clone(), path);
    })
    .forget();
    super::browser::watch_presses();

    fn leave(check: Rc<RefCell<Check>>, path: String) {
        Timeout::new(AFTER_MS, move || {
            if super::browser::is_pressed() {
                leave(check, path);
            } else {
                check.borrow_mut().left(&path);
            }
        })
        .forget();
    }
}

/// The path of the answer a box belongs to: `typed[child.name]`, or the bare name.
#[cfg(feature = "hydrate")]
fn path_of(target: &web_sys::EventTarget) -> Option<String> {
    use wasm_bindgen::JsCast as _;
    let name = target.dyn_ref::<web_sys::Element>()?.get_attribute("name")?;
    Some(bare(&name).to_owned())
}

#[cfg(feature = "hydrate")]
fn bare(name: &str) -> &str {
    name.strip_prefix("typed[").and_then(|rest| rest.strip_suffix(']')).unwrap_or(name)
}

#[cfg(feature = "hydrate")]
struct Check {
    form: web_sys::HtmlFormElement,
    questions: Form,
    today: domain::time::Day,
    /// What each question held when it was last looked at: what nobody touched is not judged again.
    seen: std::collections::BTreeMap<String, String>,
    said: RwSignal<String>,
}

#[cfg(feature = "hydrate")]
impl Check {
    fn typed(&self) -> domain::question::Typed {
        let fields = super::browser::fields_of(&self.form).into_iter();
        fields.map(|(name, text)| (bare(&name).to_owned(), text)).collect()
    }

    fn see_all(&mut self) {
        let typed = self.typed();
        let ids = self.questions.topics.iter().flat_map(|topic| &topic.questions).map(|question| question.id.clone());
        self.seen = ids.map(|id| (id.clone(), held(&typed, &id))).collect();
    }

    /// The problems of the question a path belongs to, but not that something is still empty.
    fn problems(&self, id: &str, typed: &domain::question::Typed) -> Vec<domain::question::Problem> {
        use domain::question::{ProblemKind, Scope, parse};
        let mut problems = parse(&self.questions, typed, self.today, Scope::Question(id)).problems;
        problems.retain(|problem| problem.kind != ProblemKind::Missing);
        problems
    }

    /// Whether focus goes on to another box of the same date: then it is not time to speak.
    fn is_still_in(&self, path: &str, next: Option<&web_sys::EventTarget>) -> bool {
        let owner = |path: &str| self.questions.question(path);
        let is_date = |question: &domain::question::Question| {
            matches!(question.kind, domain::question::QuestionKind::Date { .. })
        };
        match (owner(path), next.and_then(path_of).as_deref().and_then(owner)) {
            (Some(here), Some(there)) => here.id == there.id && is_date(here),
            _ => false,
        }
    }

    /// A field was left: says what is wrong with it, or takes back what was said.
    fn left(&mut self, path: &str) {
        let Some(id) = self.questions.question(path).map(|question| question.id.clone()) else { return };
        let typed = self.typed();
        let now = held(&typed, &id);
        if self.seen.insert(id.clone(), now.clone()).is_some_and(|before| before == now) {
            return;
        }
        let problems = self.problems(&id, &typed);
        if problems.is_empty() {
            self.take_back(&id, path, &now);
        }
        for problem in &problems {
            let words = crate::problems::problem(&self.questions, problem);
            super::browser::show_problem(&problem.path, Some(&words));
            self.said.set(words);
        }
    }

    /// Something was typed: a problem that is mended goes at once, a new one waits until the field is left.
    fn typing(&self, path: &str) {
        let Some(question) = self.questions.question(path) else { return };
        if !super::browser::has_problem(&question.id) && !super::browser::has_problem(path) {
            return;
        }
        let typed = self.typed();
        if self.problems(&question.id, &typed).is_empty() {
            self.take_back(&question.id, path, &held(&typed, &question.id));
        }
    }

    /// Nothing is wrong any more. A field that is empty keeps the line that asks for it.
    fn take_back(&self, id: &str, path: &str, held: &str) {
        if held.trim().is_empty() {
            return;
        }
        super::browser::show_problem(path, None);
        super::browser::show_problem(id, None);
        self.said.set(String::new());
    }
}

/// Everything typed under a question, in one line, to tell whether it changed.
#[cfg(feature = "hydrate")]
fn held(typed: &domain::question::Typed, id: &str) -> String {
    let inside = typed
        .iter()
        .filter(|(path, _)| path.strip_prefix(id).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')));
    inside.map(|(_, text)| text.as_str()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests {
    use super::*;
    use domain::{
        question::{Problem, ProblemKind, Scope, Typed, parse, shown_questions},
        time::Day,
    };

    const ALLOWANCE: &str = include_str!("../../../server/seed/forms/tro_cap_xa_hoi.json");
    const BIRTH: &str = include_str!("../../../server/seed/forms/khai_sinh.json");

    fn today() -> Day {
        Day::from_ymd(2026, 11, 23).expect("a day")
    }

    fn as_in_the_browser(json: &str, typed: &Typed, path: &str) -> Vec<Problem> {
        let form = Form::from_json(json).expect("a shipped form");
        let small = typed_questions(&shown_questions(&form, typed));
        let sent = serde_json::to_string(&small).expect("it can be sent");
        let arrived: Form = serde_json::from_str(&sent).expect("it can be read");
        parse(&arrived, typed, today(), Scope::Question(path)).problems
    }

    #[test]
    fn a_field_checked_alone_has_the_problems_it_has_in_the_whole_form() {
        let wrong = [
            ("declarer.name", "Lê Văn 5"),
            ("declarer.citizen_id", "05409012345"),
            ("declarer.phone", "090512345"),
            ("child.name", "Lê @ Văn"),
        ];
        let asks = [("declarer.paper", "can_cuoc")];
        let typed = asks.iter().chain(&wrong).map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
        let typed: Typed = typed.collect();
        let form = Form::from_json(BIRTH).expect("a shipped form");
        for (path, _) in wrong {
            let whole = parse(&form, &typed, today(), Scope::Question(path)).problems;
            assert!(!whole.is_empty(), "{path} is asked and wrong");
            assert_eq!(as_in_the_browser(BIRTH, &typed, path), whole, "{path}");
        }
    }

    #[test]
    fn a_field_inside_a_group_is_checked_under_its_own_path() {
        let typed = Typed::from([
            ("members.count".to_owned(), "2".to_owned()),
            ("members.1.name".to_owned(), "Lê Văn 5".to_owned()),
        ]);
        let problems = as_in_the_browser(ALLOWANCE, &typed, "members.1.name");
        let expected = Problem { path: "members.1.name".to_owned(), kind: ProblemKind::NameHasDigits };
        assert_eq!(problems, [expected]);
    }
}
