//! From typed text to answers and problems.

use super::answer::{AddressAnswer, Answer, Answers};
use super::checks;
use super::form::{Form, Question, QuestionKind, Topic, is_at_or_under};
use super::parsed::Parsed;
use super::problem::{Problem, ProblemKind, Warning, WarningKind};
use super::rules;
use super::typed::{TICKED, Typed, group_count, part_at, text_at};
use super::typed_kind::{Composed, split};
use crate::person::Sex;
use crate::text::clean;
use crate::time::Day;
use std::collections::BTreeSet;

/// Longest part of an address, in characters.
const ADDRESS_PART_MAX: usize = 120;

/// Which problems and warnings are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope<'a> {
    /// The whole form, before filing.
    Form,
    /// One topic, before going on.
    Topic(&'a str),
    /// One question (or an item of a group), while typing.
    Question(&'a str),
}

/// A question that is shown, with the full path of its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownQuestion<'f> {
    pub topic: &'f Topic,
    pub question: &'f Question,
    pub path: String,
    /// Whether it must be answered, by what was answered before it.
    pub required: bool,
}

/// Reads what was typed. `typed` is not changed; hidden questions are passed over and their text stays in it.
/// `today` is the day in Việt Nam.
pub fn parse(form: &Form, typed: &Typed, today: Day, scope: Scope<'_>) -> Parsed {
    let mut parsed = Parsed::default();
    let shown = shown_questions(form, typed);
    for ShownQuestion { question, path, required, .. } in &shown {
        match answer(form, question, path, typed, today) {
            Ok(Some(answer)) => {
                parsed.answers.0.insert(path.clone(), answer);
            }
            Ok(None) if *required => {
                parsed.problems.push(Problem { path: path.clone(), kind: ProblemKind::Missing });
            }
            Ok(None) => {}
            Err(problems) => parsed.problems.extend(problems),
        }
    }
    for ShownQuestion { question, path, .. } in &shown {
        parsed.warnings.extend(mismatch(question, path, &parsed.answers));
    }
    if let Some(set) = form.rules {
        rules::apply(set, today, &mut parsed);
    }
    // A rule speaks only of what is shown, and only where the field itself is not already wrong.
    let mut seen: BTreeSet<String> = BTreeSet::new();
    parsed
        .problems
        .retain(|problem| last_position(&shown, &problem.path).is_some() && seen.insert(problem.path.clone()));
    parsed.problems.sort_by_key(|problem| last_position(&shown, &problem.path));
    parsed.warnings.sort_by_key(|warning| last_position(&shown, &warning.path));
    let wanted = |path: &str| match scope {
        Scope::Form => true,
        Scope::Topic(id) => form.owner(path).is_some_and(|(topic, _)| topic.id == id),
        Scope::Question(question) => is_at_or_under(path, question),
    };
    parsed.problems.retain(|problem| wanted(&problem.path));
    parsed.warnings.retain(|warning| wanted(&warning.path));
    parsed
}

/// [`parse`] with the problems of one topic.
pub fn parse_topic(form: &Form, topic: &str, typed: &Typed, today: Day) -> Parsed {
    parse(form, typed, today, Scope::Topic(topic))
}

/// The problems at a question's path and under it, for a check while typing.
pub fn problems_of_question(form: &Form, path: &str, typed: &Typed, today: Day) -> Vec<Problem> {
    parse(form, typed, today, Scope::Question(path)).problems
}

/// The questions shown for what was typed, in order; a group is followed by the questions of its items.
pub fn shown_questions<'f>(form: &'f Form, typed: &Typed) -> Vec<ShownQuestion<'f>> {
    let mut shown: Vec<ShownQuestion<'f>> = Vec::new();
    let mut paths: BTreeSet<String> = BTreeSet::new();
    for topic in &form.topics {
        let value = |path: &str| plain(typed, &paths, path);
        if topic.shown_if.as_ref().is_some_and(|condition| !condition.holds("", &value)) {
            continue;
        }
        for question in &topic.questions {
            let value = |path: &str| plain(typed, &paths, path);
            if question.shown_if.as_ref().is_some_and(|condition| !condition.holds("", &value)) {
                continue;
            }
            let required = is_required(question, "", &value);
            paths.insert(question.id.clone());
            shown.push(ShownQuestion { topic, question, path: question.id.clone(), required });
            let QuestionKind::Group { max, questions, .. } = &question.kind else { continue };
            for index in 0..group_count(typed, &question.id, *max) {
                let item = format!("{}.{index}", question.id);
                for inner in questions {
                    let value = |path: &str| plain(typed, &paths, path);
                    if inner.shown_if.as_ref().is_some_and(|condition| !condition.holds(&item, &value)) {
                        continue;
                    }
                    let required = is_required(inner, &item, &value);
                    let path = format!("{item}.{}", inner.id);
                    paths.insert(path.clone());
                    shown.push(ShownQuestion { topic, question: inner, path, required });
                }
            }
        }
    }
    shown
}

/// Whether a question must be answered: always, or by its condition.
fn is_required(question: &Question, item: &str, value: &dyn Fn(&str) -> Option<String>) -> bool {
    question.required || question.required_if.as_ref().is_some_and(|condition| condition.holds(item, value))
}

/// The topics shown for what was typed, in order: the pages a resident goes through.
pub fn shown_topics<'f>(form: &'f Form, typed: &Typed) -> Vec<&'f Topic> {
    let shown = shown_questions(form, typed);
    let has_questions = |topic: &&Topic| shown.iter().any(|shown| shown.topic.id == topic.id);
    form.topics.iter().filter(has_questions).collect()
}

/// The typed text at a path as conditions see it: only of a question that is shown.
pub(super) fn plain(typed: &Typed, shown: &BTreeSet<String>, path: &str) -> Option<String> {
    let is_shown = shown.contains(path) || path.rsplit_once('.').is_some_and(|(whole, _)| shown.contains(whole));
    if is_shown { text_at(typed, path).map(str::to_owned) } else { None }
}

/// Where a path stands: the last (deepest) shown question it belongs to.
fn last_position(shown: &[ShownQuestion<'_>], path: &str) -> Option<usize> {
    shown.iter().rposition(|shown| is_at_or_under(path, &shown.path))
}

/// The answer of one shown question; `None` when nothing was typed.
fn answer(
    form: &Form,
    question: &Question,
    path: &str,
    typed: &Typed,
    today: Day,
) -> Result<Option<Answer>, Vec<Problem>> {
    let at = |kind: ProblemKind| vec![Problem { path: path.to_owned(), kind }];
    let text = text_at(typed, path);
    match split(&question.kind) {
        Ok(kind) => {
            let boxes: Vec<Option<&str>> =
                kind.parts().iter().map(|part| typed.get(&format!("{path}{part}")).map(String::as_str)).collect();
            kind.parse(&boxes, today).map_err(at)
        }
        Err(Composed::Choice(options)) => {
            let Some(text) = text else { return Ok(None) };
            let chosen = form.options(options).iter().find(|option| option.value == text);
            chosen.map(|option| Some(Answer::Choice(option.value.clone()))).ok_or_else(|| at(ProblemKind::NotAChoice))
        }
        Err(Composed::Many(options)) => {
            let ticked = form.options(options).iter().filter(|o| part_at(typed, path, &o.value) == Some(TICKED));
            let values: Vec<String> = ticked.map(|option| option.value.clone()).collect();
            Ok(if values.is_empty() { None } else { Some(Answer::Many(values)) })
        }
        Err(Composed::Address) => address(path, typed),
        Err(Composed::File { max_files }) => {
            let ids = text.unwrap_or_default().split(',').map(clean);
            let files: Vec<String> = ids.filter(|id| !id.is_empty()).collect();
            match files.len() {
                0 => Ok(None),
                count if count > max_files => Err(at(ProblemKind::TooManyFiles { max: max_files })),
                _ => Ok(Some(Answer::Files(files))),
            }
        }
        Err(Composed::Group { min, max }) => match group_count(typed, path, max + 1) {
            count if count < min => Err(at(ProblemKind::TooFewItems { min })),
            count if count > max => Err(at(ProblemKind::TooManyItems { max })),
            count => Ok(Some(Answer::Items(count))),
        },
    }
}

/// An address needs commune and province; house and hamlet may be unknown.
fn address(path: &str, typed: &Typed) -> Result<Option<Answer>, Vec<Problem>> {
    let parts = ["house", "hamlet", "commune", "province"];
    if parts.iter().all(|part| part_at(typed, path, part).is_none()) {
        return Ok(None);
    }
    let mut problems = Vec::new();
    let mut read = |part: &str, required: bool| {
        let kind = match part_at(typed, path, part) {
            None if required => ProblemKind::Missing,
            None => return String::new(),
            Some(text) => match checks::within(clean(text), ADDRESS_PART_MAX) {
                Ok(text) => return text,
                Err(kind) => kind,
            },
        };
        problems.push(Problem { path: format!("{path}.{part}"), kind });
        String::new()
    };
    let address = AddressAnswer {
        house: read("house", false),
        hamlet: read("hamlet", false),
        commune: read("commune", true),
        province: read("province", true),
    };
    if problems.is_empty() { Ok(Some(Answer::Address(address))) } else { Err(problems) }
}

/// A personal number that tells another sex or birth year than the form.
fn mismatch(question: &Question, path: &str, answers: &Answers) -> Option<Warning> {
    let QuestionKind::CitizenId { sex, birth } = &question.kind else { return None };
    let Some(Answer::CitizenId(number)) = answers.get(path) else { return None };
    let sex = sex.as_ref().and_then(|sex| answers.choice(sex)).and_then(Sex::from_key);
    let birth = birth.as_ref().and_then(|birth| answers.date(birth));
    let kind = WarningKind::CitizenIdMismatch { sex: number.sex(), birth_year: number.birth_year() };
    let differs = !number.check_against(sex, birth).is_empty();
    differs.then(|| Warning { path: path.to_owned(), kind })
}
