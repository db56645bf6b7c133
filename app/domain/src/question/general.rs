//! The general form: who, what, and the papers of the procedure's record, nothing else.

use super::form::{ChoiceOption, Condition, Form, Options, Question, QuestionKind, Topic};
use crate::procedure::import::Imported;
use crate::procedure::paper::{PaperCase, PaperLine};

/// Path of the choice between the record's cases.
pub const CASE: &str = "papers.case";
/// Most files for one paper.
const MAX_FILES: usize = 10;

/// Labels of the topic of papers. They are the caller's: this crate holds no sentences.
#[derive(Debug, Clone)]
pub struct PaperWords {
    pub topic_title: String,
    pub topic_intro: String,
    /// Label of the choice between cases.
    pub case_label: String,
    /// Name of the case at this place, from 1, when the record does not name it.
    pub unnamed_case: fn(usize) -> String,
}

/// The general form with a question for every paper of the record, before its last topic. Papers are optional: a
/// record often lists papers of several situations without telling them apart, so the counter asks for what lacks.
/// Several cases become a choice, and a paper is asked in its own case only. Remarks among the papers are no papers.
pub fn with_papers(form: &Form, imported: &Imported, words: &PaperWords) -> Form {
    let cases: Vec<&PaperCase> =
        imported.cases.iter().filter(|case| case.papers.iter().any(|paper| !paper.is_note)).collect();
    if cases.is_empty() {
        return form.clone();
    }
    let mut questions = Vec::new();
    if cases.len() > 1 {
        questions.push(case_question(&cases, words));
    }
    for (number, case) in cases.iter().enumerate() {
        let papers = case.papers.iter().filter(|paper| !paper.is_note);
        questions.extend(papers.enumerate().map(|(index, paper)| {
            let shown_if = Condition::Equals { path: CASE.to_owned(), value: case_value(number) };
            paper_question(paper, &format!("papers.c{number}_{index}"), (cases.len() > 1).then_some(shown_if))
        }));
    }
    let topic = Topic {
        id: "giay_to".to_owned(),
        title: words.topic_title.clone(),
        intro: words.topic_intro.clone(),
        questions,
        shown_if: None,
    };
    let mut form = form.clone();
    form.topics.insert(form.topics.len().saturating_sub(1), topic);
    form
}

fn case_value(number: usize) -> String {
    format!("c{number}")
}

fn case_question(cases: &[&PaperCase], words: &PaperWords) -> Question {
    let options = cases.iter().enumerate().map(|(number, case)| ChoiceOption {
        value: case_value(number),
        label: case.name.clone().unwrap_or_else(|| (words.unnamed_case)(number + 1)),
        hint: String::new(),
    });
    Question {
        id: CASE.to_owned(),
        label: words.case_label.clone(),
        hint: String::new(),
        help: String::new(),
        kind: QuestionKind::Choice { options: Options::Here(options.collect()) },
        required: true,
        required_if: None,
        shown_if: None,
        source: None,
        same_as: Vec::new(),
        private: false,
    }
}

fn paper_question(paper: &PaperLine, id: &str, shown_if: Option<Condition>) -> Question {
    Question {
        id: id.to_owned(),
        label: paper.name.clone(),
        hint: String::new(),
        help: String::new(),
        kind: QuestionKind::File {
            accepts: ["jpg", "jpeg", "png", "pdf"].map(str::to_owned).to_vec(),
            max_files: MAX_FILES,
            paper_code: if paper.code.is_empty() { id.to_owned() } else { paper.code.clone() },
            required_original: paper.original,
        },
        required: false,
        required_if: None,
        shown_if,
        source: None,
        same_as: Vec::new(),
        private: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::procedure::Procedure;
    use crate::question::{Typed, shown_questions};

    fn general() -> Form {
        Form::from_json(include_str!("../../../../server/seed/forms/chung.json")).unwrap()
    }

    fn words() -> PaperWords {
        PaperWords {
            topic_title: "papers".to_owned(),
            topic_intro: String::new(),
            case_label: "case".to_owned(),
            unnamed_case: |number| format!("case {number}"),
        }
    }

    #[test]
    fn every_paper_of_a_record_without_cases_is_asked() {
        let json = include_str!("../../../../server/seed/procedures/1.001731.json");
        let form = with_papers(&general(), &Procedure::from_json(json).unwrap().imported, &words());
        assert_eq!(form.check(), Ok(()));
        let shown = shown_questions(&form, &Typed::new());
        let papers = shown.iter().filter(|shown| shown.path.starts_with("papers.")).count();
        assert_eq!(papers, 3);
        assert_eq!(form.topics[form.topics.len() - 2].id, "giay_to");
    }

    #[test]
    fn the_papers_of_one_case_are_asked_after_the_case_is_chosen() {
        let json = include_str!("../../../../server/seed/procedures/2.001263.json");
        let form = with_papers(&general(), &Procedure::from_json(json).unwrap().imported, &words());
        assert_eq!(form.check(), Ok(()));
        let papers = |typed: &Typed| -> Vec<String> {
            let shown = shown_questions(&form, typed).into_iter().map(|shown| shown.path);
            shown.filter(|path| path.starts_with("papers.")).collect()
        };
        assert_eq!(papers(&Typed::new()), [CASE]);
        let second = Typed::from([(CASE.to_owned(), "c1".to_owned())]);
        assert_eq!(papers(&second), [CASE, "papers.c1_0", "papers.c1_1", "papers.c1_2", "papers.c1_3"]);
    }
}
