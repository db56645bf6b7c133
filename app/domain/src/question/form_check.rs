//! Whether the parts of a form fit together: so that a form is found wrong when it is read, not when it is filled in.

use super::form::{ChoiceOption, Condition, Form, Question, QuestionKind, is_at_or_under};
use super::form_error::FormError;
use std::collections::{BTreeMap, BTreeSet};

/// Most items any group may allow.
const GROUP_LIMIT: usize = 50;

impl Form {
    /// Whether the parts of the form fit together.
    pub fn check(&self) -> Result<(), FormError> {
        for (name, options) in &self.lists {
            check_options(name, options)?;
        }
        let mut earlier: BTreeMap<String, &Question> = BTreeMap::new();
        for topic in &self.topics {
            self.check_condition(&topic.id, topic.shown_if.as_ref(), &earlier, &BTreeMap::new())?;
            for question in &topic.questions {
                self.check_question(question, &mut earlier)?;
            }
        }
        for paper in &self.to_present {
            self.check_condition(&paper.code, paper.shown_if.as_ref(), &earlier, &BTreeMap::new())?;
        }
        let comparisons = earlier.values().filter_map(|question| match &question.kind {
            QuestionKind::CitizenId { sex, birth } => Some((question, sex.iter().chain(birth))),
            _ => None,
        });
        for (question, paths) in comparisons {
            for path in paths {
                if !earlier.contains_key(path) {
                    return Err(FormError::UnknownPath { at: question.id.clone(), path: path.clone() });
                }
            }
        }
        Ok(())
    }

    fn check_question<'f>(
        &'f self,
        question: &'f Question,
        earlier: &mut BTreeMap<String, &'f Question>,
    ) -> Result<(), FormError> {
        let id = &question.id;
        if id.is_empty() || earlier.keys().any(|other| is_at_or_under(id, other) || is_at_or_under(other, id)) {
            return Err(FormError::PathClash(id.clone()));
        }
        for condition in [&question.shown_if, &question.required_if] {
            self.check_condition(id, condition.as_ref(), earlier, &BTreeMap::new())?;
        }
        check_private(id, question)?;
        for same in &question.same_as {
            let kind = |question: &Question| std::mem::discriminant(&question.kind);
            if earlier.get(&same.from).is_none_or(|from| kind(from) != kind(question)) {
                return Err(FormError::NotTheSame { at: id.clone(), from: same.from.clone() });
            }
            self.check_condition(id, same.when.as_ref(), earlier, &BTreeMap::new())?;
        }
        match &question.kind {
            QuestionKind::Choice { options } | QuestionKind::Many { options } => {
                check_options(id, self.options(options))?;
            }
            QuestionKind::Group { min, max, questions, .. } => {
                if min > max || *max > GROUP_LIMIT || questions.is_empty() {
                    return Err(FormError::BadGroup(id.clone()));
                }
                let mut inside: BTreeMap<String, &Question> = BTreeMap::new();
                for inner in questions {
                    let at = format!("{id}.{}", inner.id);
                    if matches!(inner.kind, QuestionKind::Group { .. }) {
                        return Err(FormError::BadGroup(at));
                    }
                    if let QuestionKind::Choice { options } | QuestionKind::Many { options } = &inner.kind {
                        check_options(&at, self.options(options))?;
                    }
                    check_private(&at, inner)?;
                    if let Some(same) = inner.same_as.first() {
                        return Err(FormError::NotTheSame { at, from: same.from.clone() });
                    }
                    for condition in [&inner.shown_if, &inner.required_if] {
                        self.check_condition(&at, condition.as_ref(), earlier, &inside)?;
                    }
                    if inside.insert(inner.id.clone(), inner).is_some() {
                        return Err(FormError::PathClash(at));
                    }
                }
            }
            _ => {}
        }
        earlier.insert(id.clone(), question);
        Ok(())
    }

    fn check_condition(
        &self,
        at: &str,
        condition: Option<&Condition>,
        earlier: &BTreeMap<String, &Question>,
        inside: &BTreeMap<String, &Question>,
    ) -> Result<(), FormError> {
        let Some(condition) = condition else { return Ok(()) };
        let mut leaves = Vec::new();
        condition.leaves(&mut leaves);
        for (path, values) in leaves {
            let known = match path.strip_prefix('.') {
                Some(relative) => inside.get_key_value(relative).map(|(id, question)| (id, question, relative)),
                None => {
                    earlier.iter().find(|(id, _)| is_at_or_under(path, id)).map(|(id, question)| (id, question, path))
                }
            };
            let Some((id, question, path)) = known else {
                return Err(FormError::UnknownPath { at: at.to_owned(), path: path.to_owned() });
            };
            if let QuestionKind::Many { options } = &question.kind {
                let option = path.strip_prefix(&format!("{id}.")).unwrap_or_default();
                if !self.options(options).iter().any(|offered| offered.value == option) {
                    return Err(FormError::UnknownPath { at: at.to_owned(), path: path.to_owned() });
                }
            }
            if let QuestionKind::Choice { options } = &question.kind {
                let offered: BTreeSet<&str> = self.options(options).iter().map(|o| o.value.as_str()).collect();
                if let Some(value) = values.iter().find(|value| !offered.contains(**value)) {
                    return Err(FormError::UnknownValue { at: at.to_owned(), value: (*value).to_owned() });
                }
            }
        }
        Ok(())
    }
}

impl Condition {
    fn leaves<'c>(&'c self, into: &mut Vec<(&'c str, Vec<&'c str>)>) {
        match self {
            Self::Equals { path, value } => into.push((path, vec![value])),
            Self::AnyOf { path, values } => into.push((path, values.iter().map(String::as_str).collect())),
            Self::Not(inner) => inner.leaves(into),
            Self::All(many) | Self::Any(many) => many.iter().for_each(|inner| inner.leaves(into)),
        }
    }
}

fn check_private(at: &str, question: &Question) -> Result<(), FormError> {
    let is_text = matches!(question.kind, QuestionKind::Text { .. } | QuestionKind::LongText { .. });
    if question.private && !is_text { Err(FormError::PrivateNoText(at.to_owned())) } else { Ok(()) }
}

fn check_options(at: &str, options: &[ChoiceOption]) -> Result<(), FormError> {
    let distinct: BTreeSet<&str> = options.iter().map(|option| option.value.as_str()).collect();
    if options.is_empty() || distinct.len() != options.len() || distinct.contains("") {
        return Err(FormError::BadOptions(at.to_owned()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(questions: &str) -> FormError {
        let form =
            format!(r#"{{"key":"k","version":1,"topics":[{{"id":"t","title":"T","questions":[{questions}]}}]}}"#);
        Form::from_json(&form).unwrap_err()
    }

    fn text(id: &str, more: &str) -> String {
        format!(r#"{{"id":"{id}","label":"L","kind":{{"type":"text","max":9}}{more}}}"#)
    }

    #[test]
    fn a_form_that_does_not_fit_together_is_refused() {
        let clash = [text("a", ""), text("a.b", "")].join(",");
        assert_eq!(refused(&clash), FormError::PathClash("a.b".to_owned()));
        let phone = r#"{"id":"p","label":"L","kind":{"type":"phone"},"private":true}"#;
        assert_eq!(refused(phone), FormError::PrivateNoText("p".to_owned()), "a telephone is masked anyway");
        let group = format!(
            r#"{{"id":"g","label":"L","kind":{{"type":"group","min":0,"max":2,"item_label":"I","questions":[{phone}]}}}}"#
        );
        assert_eq!(refused(&group), FormError::PrivateNoText("g.p".to_owned()));
        let later = [text("a", r#","shown_if":{"equals":{"path":"b","value":"x"}}"#), text("b", "")].join(",");
        assert_eq!(refused(&later), FormError::UnknownPath { at: "a".to_owned(), path: "b".to_owned() });
        let needed = text("a", r#","required":false,"required_if":{"equals":{"path":"b","value":"x"}}"#);
        assert_eq!(refused(&needed), FormError::UnknownPath { at: "a".to_owned(), path: "b".to_owned() });
        let choice = r#"{"id":"c","label":"L","kind":{"type":"choice","options":[{"value":"x","label":"X"}]}}"#;
        let other = text("a", r#","shown_if":{"any_of":{"path":"c","values":["x","y"]}}"#);
        assert_eq!(
            refused(&format!("{choice},{other}")),
            FormError::UnknownValue { at: "a".to_owned(), value: "y".to_owned() }
        );
        let unlisted = r#"{"id":"c","label":"L","kind":{"type":"choice","options":"nowhere"}}"#;
        assert_eq!(refused(unlisted), FormError::BadOptions("c".to_owned()));
        let group = r#"{"id":"g","label":"L","kind":{"type":"group","min":3,"max":2,"item_label":"I","questions":[]}}"#;
        assert_eq!(refused(group), FormError::BadGroup("g".to_owned()));
        assert!(matches!(refused(r#"{"id":"c","label":"L","kind":{"type":"telepathy"}}"#), FormError::NotAForm(_)));
        assert!(matches!(refused(&text("a", r#","shown":true"#)), FormError::NotAForm(_)));
    }
}
