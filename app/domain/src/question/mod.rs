//! Questions as data: what a form asks, how typed text becomes answers, and what is wrong with it.
//!
//! A [`Form`] is JSON: topics of questions, each question of a [`QuestionKind`], shown or hidden by a
//! [`Condition`] over earlier answers. [`parse()`] turns what was typed into [`Answers`] and [`Problem`]s, box by box
//! through [`TypedKind::parse`], which the browser calls too, while the person stands at the box. What is typed is never changed: it stays in the draft as it is, also
//! when it is wrong and also when its question is hidden.
//!
//! What relates several fields of one form (a child born in time, a person old enough for an allowance) is in
//! [`rules`].
//!
//! Paths are flat: `mother.name`; a date `child.birth.day`, `.month`, `.year`; an address `home.house`, `.hamlet`,
//! `.commune`, `.province`; a ticked option `papers.birth_record` = `on`; the third member of a group
//! `members.2.name`, beside `members.count`; files `birth_record` = upload ids joined by commas.

pub mod answer;
pub mod beside;
pub mod checks;
pub mod earlier;
pub mod form;
mod form_check;
mod form_error;
pub mod general;
pub mod papers;
pub mod parse;
pub mod parsed;
pub mod problem;
pub mod review;
pub mod rules;
pub mod same;
pub mod typed;
pub mod typed_kind;

pub use answer::{AddressAnswer, Answer, Answers};
pub use beside::Beside;
pub use form::{ChoiceOption, Condition, DateRule, Form, Options, Question, QuestionKind, SameAs, Source, Topic};
pub use form_error::FormError;
pub use papers::{PaperNeeded, papers_needed};
pub use parse::{Scope, ShownQuestion, parse, parse_topic, problems_of_question, shown_questions, shown_topics};
pub use parsed::Parsed;
pub use problem::{Notice, Problem, ProblemKind, Warning, WarningKind};
pub use review::{ReviewRow, ReviewTopic, Shown, review};
pub use rules::RuleSet;
pub use typed::Typed;
pub use typed_kind::TypedKind;
