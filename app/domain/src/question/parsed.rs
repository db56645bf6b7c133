//! What typed text comes to.

use super::answer::Answers;
use super::problem::{Notice, Problem, Warning};

/// What typed text comes to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parsed {
    /// Every answer that could be understood, of the whole form whatever the scope.
    pub answers: Answers,
    /// What must be put right, in the form's order.
    pub problems: Vec<Problem>,
    /// What looks odd, in the form's order.
    pub warnings: Vec<Warning>,
    /// What is worth telling.
    pub notices: Vec<Notice>,
}
