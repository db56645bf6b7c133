//! A form as data.

use super::form_error::FormError;
use super::rules::RuleSet;
use super::typed::Typed;
use crate::person::EthnicGroup;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::LazyLock;

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
    /// When a question that is not `required` must be answered all the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required_if: Option<Condition>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown_if: Option<Condition>,
    /// Where the answer may be filled in from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// Earlier answers that this one repeats in most cases: the first that was given stands in the box beforehand.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub same_as: Vec<SameAs>,
    /// Whether the text is a number of a person's own, such as of a passport or an account: staff see it masked until
    /// they say why they need it.
    #[serde(default, skip_serializing_if = "is_no")]
    pub private: bool,
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
        /// Path of a choice `male`/`female` to compare with.
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

/// Name of the list that needs no writing down: the ethnic groups, by code.
pub const ETHNIC_GROUPS: &str = "ethnic_groups";

/// The options of a choice: written here, or one of the form's lists, or [`ETHNIC_GROUPS`].
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

/// An earlier answer that another question asks for again, such as the name of a declarer who is the mother.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SameAs {
    /// Path of a question of the same kind, on an earlier topic.
    pub from: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
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

/// The groups of the area come first; people should not scroll to find themselves.
static ETHNIC_GROUP_OPTIONS: LazyLock<Vec<ChoiceOption>> = LazyLock::new(|| {
    let local = ["01", "17", "13", "12"].into_iter().filter_map(EthnicGroup::of_code);
    let others = EthnicGroup::all().iter().filter(|group| !["01", "17", "13", "12"].contains(&group.code.as_str()));
    let option = |group: &EthnicGroup| ChoiceOption {
        value: group.code.clone(),
        label: group.name.clone(),
        hint: String::new(),
    };
    local.chain(others).map(option).collect()
});

fn yes() -> bool {
    true
}

fn is_yes(value: &bool) -> bool {
    *value
}

fn is_no(value: &bool) -> bool {
    !*value
}

impl Form {
    /// Reads a form and checks that its parts fit together.
    pub fn from_json(text: &str) -> Result<Self, FormError> {
        let form: Self = serde_json::from_str(text).map_err(|why| FormError::NotAForm(why.to_string()))?;
        form.check()?;
        Ok(form)
    }

    /// A form of these questions alone, on one page, without rules: for what is asked outside a procedure, and for a
    /// check of a few fields by themselves.
    pub fn of_questions(questions: Vec<Question>) -> Self {
        let topic = Topic { id: String::new(), title: String::new(), intro: String::new(), questions, shown_if: None };
        Self {
            key: String::new(),
            version: 1,
            topics: vec![topic],
            lists: BTreeMap::new(),
            rules: None,
            to_present: Vec::new(),
        }
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
            Options::List(name) if name == ETHNIC_GROUPS => &ETHNIC_GROUP_OPTIONS,
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
}

/// Whether `path` is `id` or a part of it.
pub(crate) fn is_at_or_under(path: &str, id: &str) -> bool {
    path.strip_prefix(id).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
