//! Why a form's data cannot be used.

use std::fmt;

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
    /// Marked private, and no text: every other kind knows by itself whether it is masked.
    PrivateNoText(String),
    /// Stands in its box beforehand from a question that is not earlier, or of another kind.
    NotTheSame { at: String, from: String },
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
            Self::PrivateNoText(path) => write!(f, "{path} is private and no text"),
            Self::NotTheSame { at, from } => write!(f, "{at} cannot repeat {from}"),
            Self::BadGroup(path) => write!(f, "the group {path} cannot be asked"),
        }
    }
}
impl std::error::Error for FormError {}
