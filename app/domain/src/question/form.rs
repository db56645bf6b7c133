//! A form as data.

use super::rules::RuleSet;
use super::typed::Typed;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Most items any group may allow.
const GROUP_LIMIT: usize = 50;

/// A form: what a resident is asked for one procedure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// Stable name, such as `khai_sinh`; a procedure's local part names it.
    pub key: String,
    /// Version of the form; a dossier keeps the one it was filled with.
    pub version: u32,
    pub topics: Vec<Topic>,
    /// Lists of options that several questions share, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub lists: BTreeMap<String, Vec<ChoiceOption>>,
    /// Rules across fields, written in code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rules: Option<RuleSet>,
    /// Papers shown at the counter, never uploaded.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to_present: Vec<PaperToPresent>,
}

/// One page of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    pub id: String,
    pub title: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub intro: String,
    pub questions: Vec<Question>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown_if: Option<Condition>,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Path of the answer, such as `mother.name`; inside a group relative to the item.
    pub id: String,
    pub label: String,
    /// How to answer, in one line under the label.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hint: String,
    /// Longer help, folded away.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub help: String,
    pub kind: QuestionKind,
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub required: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown_if: Option<Condition>,
    /// Where the answer may be filled in from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

/// What kind of answer a question takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum QuestionKind {
    /// One line, at most `max` characters.
    Text {
        max: usize,
    },
    /// Several lines, at most `max` characters.
    LongText {
        max: usize,
    },
    Number {
        min: i64,
        max: i64,
    },
    /// Whole đồng, not negative.
    Money,
    Date {
        /// Whether year alone, or month and year, are enough.
        #[serde(default)]
        partial: bool,
        #[serde(default)]
        when: DateRule,
    },
    Choice {
        options: Options,
    },
    Many {
        options: Options,
    },
    Address,
    /// A full name.
    Person,
    CitizenId {
        /// Path of a choice `nam`/`nu` to compare with.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sex: Option<String>,
        /// Path of a birth date to compare with.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        birth: Option<String>,
    },
    Phone,
    File {
        /// File name extensions taken, lower case, without the dot.
        accepts: Vec<String>,
        max_files: usize,
        /// The national code of the paper, or a key of our own.
        paper_code: String,
        /// Whether the original is compared at the counter.
        #[serde(default)]
        required_original: bool,
    },
    /// Items of the same questions, such as the members of a household.
    Group {
        min: usize,
        max: usize,
        questions: Vec<Question>,
        item_label: String,
    },
}

/// Which days a date may be, seen from today. Today itself always may.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateRule {
    #[default]
    Any,
    NotFuture,
    NotPast,
}

/// The options of a choice: written here, or one of the form's lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Options {
    Here(Vec<ChoiceOption>),
    List(String),
}

/// One option.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChoiceOption {
    pub value: String,
    pub label: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hint: String,
}

/// When something is shown, over earlier answers. A path that begins with a dot is of the same group item.
/// A hidden question counts as not answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    Equals { path: String, value: String },
    AnyOf { path: String, values: Vec<String> },
    Not(Box<Condition>),
    All(Vec<Condition>),
    Any(Vec<Condition>),
}

/// A fact about the person signed in that may fill an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    FullName,
    CitizenId,
    Birth,
    Sex,
    EthnicGroup,
    PermanentAddress,
    Phone,
}

/// A paper shown at the counter and given back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaperToPresent {
    pub code: String,
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown_if: Option<Condition>,
}

/// Why a form's data cannot be used. For those who write forms, not for residents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormError {
    /// Not JSON of this shape; the parser's own words.
    NotAForm(String),
    /// The same path twice, or one path inside another.
    PathClash(String),
    /// A condition or a comparison names a path that no earlier question has.
    UnknownPath { at: String, path: String },
    /// A condition compares with a value its question does not offer.
    UnknownValue { at: String, value: String },
    /// An option list that is absent or empty, or a value in it twice.
    BadOptions(String),
    /// A group inside a group, or ends that contradict each other.
    BadGroup(String),
}

impl fmt::Display for FormError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAForm(why) => write!(f, "not a form: {why}"),
            Self::PathClash(path) => write!(f, "the path {path} clashes with another"),
            Self::UnknownPath { at, path } => write!(f, "{at} refers to {path}, which no earlier question answers"),
            Self::UnknownValue { at, value } => write!(f, "{at} compares with {value}, which is not offered"),
            Self::BadOptions(path) => write!(f, "the options of {path} are absent, empty or doubled"),
            Self::BadGroup(path) => write!(f, "the group {path} cannot be asked"),
        }
    }
}
impl std::error::Error for FormError {}

fn yes() -> bool {
    true
}

fn is_yes(value: &bool) -> bool {
    *value
}

impl Form {
    /// Reads a form and checks that its parts fit together.
    pub fn from_json(text: &str) -> Result<Self, FormError> {
        let form: Self = serde_json::from_str(text).map_err(|why| FormError::NotAForm(why.to_string()))?;
        form.check()?;
        Ok(form)
    }

    /// The topic of that id.
    pub fn topic(&self, id: &str) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.id == id)
    }

    /// The question a path belongs to: the question itself, a part of it (`child.birth.day`), or the question of a
    /// group's item (`members.2.name`).
    pub fn question(&self, path: &str) -> Option<&Question> {
        let (_, question) = self.owner(path)?;
        let QuestionKind::Group { questions, .. } = &question.kind else { return Some(question) };
        let Some((_, inside)) = path.get(question.id.len() + 1..).and_then(|rest| rest.split_once('.')) else {
            return Some(question);
        };
        questions.iter().find(|inner| is_at_or_under(inside, &inner.id)).or(Some(question))
    }

    /// The topic and the outermost question a path belongs to.
    pub fn owner(&self, path: &str) -> Option<(&Topic, &Question)> {
        self.topics
            .iter()
            .flat_map(|topic| topic.questions.iter().map(move |question| (topic, question)))
            .find(|(_, question)| is_at_or_under(path, &question.id))
    }

    /// The options themselves; empty for a list the form does not hold (never after [`Form::from_json`]).
    pub fn options<'a>(&'a self, options: &'a Options) -> &'a [ChoiceOption] {
        match options {
            Options::Here(options) => options,
            Options::List(name) => self.lists.get(name).map_or(&[], Vec::as_slice),
        }
    }

    /// The label of an option of a question, or the value itself when the form no longer offers it.
    pub fn option_label<'a>(&'a self, question: &'a Question, value: &'a str) -> &'a str {
        let (QuestionKind::Choice { options } | QuestionKind::Many { options }) = &question.kind else { return value };
        self.options(options).iter().find(|option| option.value == value).map_or(value, |option| &option.label)
    }

    /// Typed text for a fresh draft from what is known of a person: for each source the parts by suffix (`""` for
    /// the value itself, `day`, `commune`, …).
    pub fn prefilled(&self, known: &BTreeMap<Source, BTreeMap<String, String>>) -> Typed {
        let mut typed = Typed::new();
        for question in self.topics.iter().flat_map(|topic| &topic.questions) {
            let Some(parts) = question.source.and_then(|source| known.get(&source)) else { continue };
            for (part, text) in parts {
                let path = if part.is_empty() { question.id.clone() } else { format!("{}.{part}", question.id) };
                typed.insert(path, text.clone());
            }
        }
        typed
    }

    /// Whether the parts of the form fit together.
    pub fn check(&self) -> Result<(), FormError> {
        for (name, options) in &self.lists {
            check_options(name, options)?;
        }
        let mut earlier: BTreeMap<String, &Question> = BTreeMap::new();
        for topic in &self.topics {
            self.check_condition(&topic.id, topic.shown_if.as_ref(), &earlier, &BTreeMap::new())?;
            for question in &topic.questions {
                self.check_question(question, &mut earlier)?;
            }
        }
        for paper in &self.to_present {
            self.check_condition(&paper.code, paper.shown_if.as_ref(), &earlier, &BTreeMap::new())?;
        }
        let comparisons = earlier.values().filter_map(|question| match &question.kind {
            QuestionKind::CitizenId { sex, birth } => Some((question, sex.iter().chain(birth))),
            _ => None,
        });
        for (question, paths) in comparisons {
            for path in paths {
                if !earlier.contains_key(path) {
                    return Err(FormError::UnknownPath { at: question.id.clone(), path: path.clone() });
                }
            }
        }
        Ok(())
    }

    fn check_question<'f>(
        &'f self,
        question: &'f Question,
        earlier: &mut BTreeMap<String, &'f Question>,
    ) -> Result<(), FormError> {
        let id = &question.id;
        if id.is_empty() || earlier.keys().any(|other| is_at_or_under(id, other) || is_at_or_under(other, id)) {
            return Err(FormError::PathClash(id.clone()));
        }
        self.check_condition(id, question.shown_if.as_ref(), earlier, &BTreeMap::new())?;
        match &question.kind {
            QuestionKind::Choice { options } | QuestionKind::Many { options } => {
                check_options(id, self.options(options))?;
            }
            QuestionKind::Group { min, max, questions, .. } => {
                if min > max || *max > GROUP_LIMIT || questions.is_empty() {
                    return Err(FormError::BadGroup(id.clone()));
                }
                let mut inside: BTreeMap<String, &Question> = BTreeMap::new();
                for inner in questions {
                    let at = format!("{id}.{}", inner.id);
                    if matches!(inner.kind, QuestionKind::Group { .. }) {
                        return Err(FormError::BadGroup(at));
                    }
                    if let QuestionKind::Choice { options } | QuestionKind::Many { options } = &inner.kind {
                        check_options(&at, self.options(options))?;
                    }
                    self.check_condition(&at, inner.shown_if.as_ref(), earlier, &inside)?;
                    if inside.insert(inner.id.clone(), inner).is_some() {
                        return Err(FormError::PathClash(at));
                    }
                }
            }
            _ => {}
        }
        earlier.insert(id.clone(), question);
        Ok(())
    }

    fn check_condition(
        &self,
        at: &str,
        condition: Option<&Condition>,
        earlier: &BTreeMap<String, &Question>,
        inside: &BTreeMap<String, &Question>,
    ) -> Result<(), FormError> {
        let Some(condition) = condition else { return Ok(()) };
        let mut leaves = Vec::new();
        condition.leaves(&mut leaves);
        for (path, values) in leaves {
            let known = match path.strip_prefix('.') {
                Some(relative) => inside.get_key_value(relative).map(|(id, question)| (id, question, relative)),
                None => {
                    earlier.iter().find(|(id, _)| is_at_or_under(path, id)).map(|(id, question)| (id, question, path))
                }
            };
            let Some((id, question, path)) = known else {
                return Err(FormError::UnknownPath { at: at.to_owned(), path: path.to_owned() });
            };
            if let QuestionKind::Many { options } = &question.kind {
                let option = path.strip_prefix(&format!("{id}.")).unwrap_or_default();
                if !self.options(options).iter().any(|offered| offered.value == option) {
                    return Err(FormError::UnknownPath { at: at.to_owned(), path: path.to_owned() });
                }
            }
            if let QuestionKind::Choice { options } = &question.kind {
                let offered: BTreeSet<&str> = self.options(options).iter().map(|o| o.value.as_str()).collect();
                if let Some(value) = values.iter().find(|value| !offered.contains(**value)) {
                    return Err(FormError::UnknownValue { at: at.to_owned(), value: (*value).to_owned() });
                }
            }
        }
        Ok(())
    }
}

impl Condition {
    /// Whether it holds, where `value` gives the plain answer at a full path and `item` is the path of the group
    /// item that relative paths belong to.
    pub fn holds(&self, item: &str, value: &dyn Fn(&str) -> Option<String>) -> bool {
        let answer = |path: &str| match path.strip_prefix('.') {
            Some(relative) => value(&format!("{item}.{relative}")),
            None => value(path),
        };
        match self {
            Self::Equals { path, value } => answer(path).is_some_and(|given| given == *value),
            Self::AnyOf { path, values } => answer(path).is_some_and(|given| values.contains(&given)),
            Self::Not(inner) => !inner.holds(item, value),
            Self::All(all) => all.iter().all(|inner| inner.holds(item, value)),
            Self::Any(any) => any.iter().any(|inner| inner.holds(item, value)),
        }
    }

    fn leaves<'c>(&'c self, into: &mut Vec<(&'c str, Vec<&'c str>)>) {
        match self {
            Self::Equals { path, value } => into.push((path, vec![value])),
            Self::AnyOf { path, values } => into.push((path, values.iter().map(String::as_str).collect())),
            Self::Not(inner) => inner.leaves(into),
            Self::All(many) | Self::Any(many) => many.iter().for_each(|inner| inner.leaves(into)),
        }
    }
}

/// Whether `path` is `id` or a part of it.
pub(crate) fn is_at_or_under(path: &str, id: &str) -> bool {
    path.strip_prefix(id).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn check_options(at: &str, options: &[ChoiceOption]) -> Result<(), FormError> {
    let distinct: BTreeSet<&str> = options.iter().map(|option| option.value.as_str()).collect();
    if options.is_empty() || distinct.len() != options.len() || distinct.contains("") {
        return Err(FormError::BadOptions(at.to_owned()));
    }
    Ok(())
}
