//! Answers laid out for reading again, as raw parts; views write dates, money and addresses their way.

use super::answer::{AddressAnswer, Answer, Answers};
use super::beside::{Beside, beside};
use super::form::{Form, Question, QuestionKind};
use crate::money::Dong;
use crate::person::{CitizenId, PartialDate, Phone};
use serde::{Deserialize, Serialize};

/// One topic with what was answered in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewTopic {
    pub id: String,
    pub title: String,
    pub rows: Vec<ReviewRow>,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewRow {
    pub label: String,
    /// For an answer inside a group, the item's label and its number from 1.
    pub item: Option<(String, usize)>,
    pub value: Shown,
    /// What follows from the answer and is read beside it.
    pub beside: Option<Beside>,
    /// Path of the field, for the link that changes it.
    pub path: String,
}

/// A value to show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// Optional and not answered.
    Nothing,
    Text(String),
    /// A text that only its writer sees in full without saying why.
    Private(String),
    Number(i64),
    Money(Dong),
    Date(PartialDate),
    /// Labels of the options chosen.
    Options(Vec<String>),
    Address(AddressAnswer),
    CitizenId(CitizenId),
    Phone(Phone),
    /// Upload ids.
    Files(Vec<String>),
    /// How many items follow.
    Items(usize),
}

/// Every answer by topic in the form's order. A question without an answer is listed when it is optional and could
/// have been answered; a topic without rows is left out.
pub fn review(form: &Form, answers: &Answers) -> Vec<ReviewTopic> {
    let value = |path: &str| answers.plain(path);
    let shown = |condition: &Option<super::Condition>, item: &str| {
        condition.as_ref().is_none_or(|condition| condition.holds(item, &value))
    };
    let topics = form.topics.iter().filter(|topic| shown(&topic.shown_if, "")).map(|topic| {
        let mut rows = Vec::new();
        for question in topic.questions.iter().filter(|question| shown(&question.shown_if, "")) {
            rows.push(row(form, answers, question, &question.id, None));
            let QuestionKind::Group { questions, item_label, .. } = &question.kind else { continue };
            for index in 0..answers.items(&question.id) {
                let item = format!("{}.{index}", question.id);
                for inner in questions.iter().filter(|inner| shown(&inner.shown_if, &item)) {
                    let number = Some((item_label.clone(), index + 1));
                    rows.push(row(form, answers, inner, &format!("{item}.{}", inner.id), number));
                }
            }
        }
        ReviewTopic { id: topic.id.clone(), title: topic.title.clone(), rows }
    });
    topics.filter(|topic| !topic.rows.is_empty()).collect()
}

fn row(form: &Form, answers: &Answers, question: &Question, path: &str, item: Option<(String, usize)>) -> ReviewRow {
    let label = |value: &String| form.option_label(question, value).to_owned();
    let value = match answers.get(path) {
        None => Shown::Nothing,
        Some(Answer::Text(text)) if question.private => Shown::Private(text.clone()),
        Some(Answer::Text(text)) => Shown::Text(text.clone()),
        Some(Answer::Person(name)) => Shown::Text(name.as_str().to_owned()),
        Some(Answer::Number(number)) => Shown::Number(*number),
        Some(Answer::Money(amount)) => Shown::Money(*amount),
        Some(Answer::Date(date)) => Shown::Date(*date),
        Some(Answer::Choice(value)) => Shown::Options(vec![label(value)]),
        Some(Answer::Many(values)) => Shown::Options(values.iter().map(label).collect()),
        Some(Answer::Address(address)) => Shown::Address(address.clone()),
        Some(Answer::CitizenId(digits)) => Shown::CitizenId(digits.clone()),
        Some(Answer::Phone(phone)) => Shown::Phone(phone.clone()),
        Some(Answer::Files(files)) => Shown::Files(files.clone()),
        Some(Answer::Items(count)) => Shown::Items(*count),
    };
    let beside = beside(form, answers, path);
    ReviewRow { label: question.label.clone(), item, value, beside, path: path.to_owned() }
}
