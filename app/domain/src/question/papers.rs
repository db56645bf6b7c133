//! The papers a dossier needs, by what was answered.

use super::answer::{Answer, Answers};
use super::form::{Condition, Form, QuestionKind};
use serde::{Deserialize, Serialize};

/// A paper to hand in or to show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperNeeded {
    /// The national code of the paper, or a key of our own.
    pub code: String,
    pub name: String,
    /// Path of the question that takes its files; `None` for a paper only shown at the counter.
    pub path: Option<String>,
    pub required: bool,
    /// Whether the original is compared or shown at the counter.
    pub original: bool,
    /// How many files were given.
    pub given: usize,
}

/// The papers of the case that the answers describe: first those to hand in, in the form's order, then those to
/// show at the counter.
pub fn papers_needed(form: &Form, answers: &Answers) -> Vec<PaperNeeded> {
    let value = |path: &str| answers.plain(path);
    let holds = |condition: &Option<Condition>| condition.as_ref().is_none_or(|it| it.holds("", &value));
    let mut papers = Vec::new();
    for question in form.topics.iter().filter(|topic| holds(&topic.shown_if)).flat_map(|topic| &topic.questions) {
        let QuestionKind::File { paper_code, required_original, .. } = &question.kind else { continue };
        if !holds(&question.shown_if) {
            continue;
        }
        let given = match answers.get(&question.id) {
            Some(Answer::Files(files)) => files.len(),
            _ => 0,
        };
        papers.push(PaperNeeded {
            code: paper_code.clone(),
            name: question.label.clone(),
            path: Some(question.id.clone()),
            required: question.required || (question.required_if.is_some() && holds(&question.required_if)),
            original: *required_original,
            given,
        });
    }
    papers.extend(form.to_present.iter().filter(|paper| holds(&paper.shown_if)).map(|paper| PaperNeeded {
        code: paper.code.clone(),
        name: paper.name.clone(),
        path: None,
        required: true,
        original: true,
        given: 0,
    }));
    papers
}
