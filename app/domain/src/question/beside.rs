//! What follows from an answer and is read beside it, though nobody typed it.

use super::answer::Answers;
use super::form::Form;
use super::rules;
use serde::{Deserialize, Serialize};

/// What stands beside an answer where answers are read again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Beside {
    /// A date or a moment in words, as certificates of civil status write it beside its numbers.
    InWords(String),
    /// How much of its plot a building covers (mật độ xây dựng), in hundredths of a percent: at most 10 000.
    Density(u16),
}

/// What stands beside the answer at a path; none for most.
pub fn beside(form: &Form, answers: &Answers, path: &str) -> Option<Beside> {
    rules::beside(form.rules?, answers, path)
}
