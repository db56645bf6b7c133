//! What is wrong with a file that was meant to be a statement.

/// The first thing that is wrong with a statement, and where. A statement is read whole or not at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct StatementError {
    /// Line of the file, from 1.
    pub line: usize,
    pub problem: Problem,
}

/// What is wrong. The sentence for people is the views' business.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    #[error("the file is empty")]
    Empty,
    #[error("the file is larger than a statement is")]
    TooLarge,
    #[error("not text in UTF-8 or UTF-16")]
    Encoding,
    #[error("the file has no form of a statement that is known")]
    UnknownForm,
    #[error("a quotation mark that is not closed, or stands inside a field")]
    Quotes,
    #[error("no row holds the headings of the columns")]
    NoHeadings,
    #[error("the heading stands twice: {0}")]
    HeadingTwice(String),
    #[error("the row has fewer fields than the headings")]
    ShortRow,
    #[error("an entry stands below the closing rows")]
    EntryBelow,
    #[error("not a date: {0}")]
    Date(String),
    #[error("not an amount: {0}")]
    Amount(String),
    #[error("a part of one đồng: {0}")]
    PartOfDong(String),
    #[error("neither one credit nor one debit")]
    NoAmount,
    #[error("not a currency: {0}")]
    Currency(String),
    #[error("the file names no account, and none was given")]
    NoAccount,
    #[error("the statement is of another account")]
    OtherAccount,
    #[error("the balance does not follow from the entries")]
    Balance,
    #[error("the statement counts other entries than it holds")]
    Count,
    #[error("not well-formed XML: {0}")]
    Xml(String),
    #[error("the element is missing: {0}")]
    NoElement(&'static str),
    #[error("what the element holds is unknown: {0}")]
    Element(&'static str),
    #[error("the field is missing: {0}")]
    NoField(&'static str),
    #[error("the field cannot be read: {0}")]
    Field(String),
    #[error("the file ends inside a statement")]
    Cut,
}

impl Problem {
    /// The problem at that line.
    pub(super) const fn at(self, line: usize) -> StatementError {
        StatementError { line, problem: self }
    }
}
