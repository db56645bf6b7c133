//! Answers: typed text after it was understood.

use super::checks::PartialDate;
use crate::money::Dong;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Understood answers of one form by path. Hidden questions have none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(pub BTreeMap<String, Answer>);

/// One understood answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    Text(String),
    Number(i64),
    Money(Dong),
    Date(PartialDate),
    /// The value of the option chosen.
    Choice(String),
    /// The values of the options ticked, in the form's order.
    Many(Vec<String>),
    Address(AddressAnswer),
    /// A full name, NFC, spaces collapsed, letters as typed.
    Person(String),
    /// Twelve digits.
    CitizenId(String),
    /// Canonical: `+84…`.
    Phone(String),
    /// Ids of uploads, in the order given.
    Files(Vec<String>),
    /// How many items a group has; the items are at `path.0.…`.
    Items(usize),
}

/// An address as parts; a blank part is an empty text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressAnswer {
    /// Số nhà, tổ.
    pub house: String,
    /// Thôn, buôn, khu phố.
    pub hamlet: String,
    /// Xã, phường.
    pub commune: String,
    /// Tỉnh, thành phố.
    pub province: String,
}

impl Answers {
    /// The answer at a path.
    pub fn get(&self, path: &str) -> Option<&Answer> {
        self.0.get(path)
    }

    /// The text, name, personal number or phone at a path.
    pub fn text(&self, path: &str) -> Option<&str> {
        match self.get(path)? {
            Answer::Text(text) | Answer::Person(text) | Answer::CitizenId(text) | Answer::Phone(text) => Some(text),
            _ => None,
        }
    }

    /// The option chosen at a path.
    pub fn choice(&self, path: &str) -> Option<&str> {
        match self.get(path)? {
            Answer::Choice(value) => Some(value),
            _ => None,
        }
    }

    /// The date at a path.
    pub fn date(&self, path: &str) -> Option<PartialDate> {
        match self.get(path)? {
            Answer::Date(date) => Some(*date),
            _ => None,
        }
    }

    /// The number at a path.
    pub fn number(&self, path: &str) -> Option<i64> {
        match self.get(path)? {
            Answer::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// How many items a group has; 0 when it was not asked.
    pub fn items(&self, path: &str) -> usize {
        match self.get(path) {
            Some(Answer::Items(count)) => *count,
            _ => 0,
        }
    }

    /// The answer as a condition compares it: a choice's value, `on` at `many.option`, a number's digits, a text.
    /// Dates, addresses and files compare as nothing.
    pub fn plain(&self, path: &str) -> Option<String> {
        match self.get(path) {
            Some(Answer::Choice(value)) => Some(value.clone()),
            Some(Answer::Number(number)) => Some(number.to_string()),
            Some(Answer::Money(amount)) => Some(amount.0.to_string()),
            Some(Answer::Items(count)) => Some(count.to_string()),
            Some(Answer::Text(text) | Answer::Person(text) | Answer::CitizenId(text) | Answer::Phone(text)) => {
                Some(text.clone())
            }
            Some(_) => None,
            None => {
                let (many, option) = path.rsplit_once('.')?;
                match self.get(many)? {
                    Answer::Many(values) if values.iter().any(|value| value == option) => {
                        Some(super::typed::TICKED.to_owned())
                    }
                    _ => None,
                }
            }
        }
    }
}
