//! What of an earlier form may answer a new one.
//!
//! Only questions with a [`Source`](super::Source): the forms give one to what is asked about the person who files, and to nothing
//! that is asked about a child, a spouse or anybody else. And only where the number beside them is that person's own.

use super::{Form, Question, QuestionKind, Typed, same::parts, shown_questions};

/// An answer of an earlier form that fits a question of a new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fitting {
    /// Path of the question in the new form.
    pub path: String,
    /// Path of the question in the earlier form.
    pub from: String,
    /// What was typed, under the paths of the new form.
    pub typed: Typed,
}

/// The answers of an earlier form that fit questions of `topic` which are shown and still without an answer.
/// `number` is the personal number of the person who files.
pub fn fitting(form: &Form, typed: &Typed, topic: &str, earlier: (&Form, &Typed), number: &str) -> Vec<Fitting> {
    let (old_form, old) = earlier;
    let given = shown_questions(old_form, old);
    let of_topic = shown_questions(form, typed).into_iter().filter(|one| one.topic.id == topic);
    let mut found = Vec::new();
    for wanted in of_topic {
        let Some(source) = wanted.question.source else { continue };
        // Somebody else may stand here already.
        let taken = typed.get(&format!("{}.citizen_id", front_of(&wanted.path)));
        let is_anothers = taken.is_some_and(|taken| !taken.trim().is_empty() && digits(taken) != number);
        if is_anothers || parts(typed, &wanted.path).next().is_some() {
            continue;
        }
        let own = given.iter().filter(|one| one.question.source == Some(source)).find(|one| {
            let beside = old.get(&format!("{}.citizen_id", front_of(&one.path)));
            beside.is_some_and(|beside| digits(beside) == number)
        });
        let Some(own) = own.filter(|own| takes(form, wanted.question, own.question, old.get(&own.path))) else {
            continue;
        };
        let typed: Typed =
            parts(old, &own.path).map(|(part, text)| (format!("{}{part}", wanted.path), text.clone())).collect();
        if !typed.is_empty() {
            found.push(Fitting { path: wanted.path, from: own.path.clone(), typed });
        }
    }
    found
}

/// Whether the new question takes answers of the old one: of one kind, and a choice must be offered still.
fn takes(form: &Form, new: &Question, old: &Question, value: Option<&String>) -> bool {
    let offered = match &new.kind {
        QuestionKind::Choice { options } => form.options(options).iter().any(|one| Some(&one.value) == value),
        _ => true,
    };
    offered && std::mem::discriminant(&new.kind) == std::mem::discriminant(&old.kind)
}

/// The person a path speaks of: `declarer` of `declarer.name`.
fn front_of(path: &str) -> &str {
    path.rsplit_once('.').map_or(path, |(front, _)| front)
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NUMBER: &str = "054090004321";

    fn form(json: &str) -> Form {
        Form::from_json(json).expect("a shipped form")
    }

    fn general() -> Form {
        form(include_str!("../../../../server/seed/forms/chung.json"))
    }

    fn birth() -> Form {
        form(include_str!("../../../../server/seed/forms/khai_sinh.json"))
    }

    fn filed(number: &str) -> Typed {
        [
            ("applicant.acts", "ban_than"),
            ("applicant.name", "Ksor H'Nay"),
            ("applicant.citizen_id", number),
            ("applicant.home.hamlet", "Thôn Long Thăng"),
            ("applicant.home.commune", "Xã Đồng Xuân"),
            ("applicant.phone", "0905 123 456"),
            ("request.text", "Việc riêng."),
        ]
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
        .into()
    }

    fn offered(typed: &Typed, earlier: &Typed) -> Vec<String> {
        let found = fitting(&birth(), typed, "nguoi_khai", (&general(), earlier), NUMBER);
        found.into_iter().map(|one| one.path).collect()
    }

    #[test]
    fn what_is_asked_about_the_person_who_files_fits_and_nothing_else() {
        let found = fitting(&birth(), &Typed::new(), "nguoi_khai", (&general(), &filed(NUMBER)), NUMBER);
        let paths: Vec<_> = found.iter().map(|one| one.path.as_str()).collect();
        assert_eq!(paths, ["declarer.name", "declarer.home", "declarer.phone"]);
        let home = &found[1];
        assert_eq!(home.typed["declarer.home.commune"], "Xã Đồng Xuân");
        assert_eq!((home.from.as_str(), home.typed.len()), ("applicant.home", 2));
        for topic in birth().topics.iter().filter(|topic| topic.id != "nguoi_khai") {
            let others = fitting(&birth(), &Typed::new(), &topic.id, (&general(), &filed(NUMBER)), NUMBER);
            assert_eq!(others, [], "{} asks about somebody else", topic.id);
        }
    }

    #[test]
    fn what_was_said_of_another_person_fits_nowhere() {
        assert_eq!(offered(&Typed::new(), &filed("998091112648")), [""; 0]);
        let mut nobody = filed(NUMBER);
        nobody.remove("applicant.citizen_id");
        assert_eq!(offered(&Typed::new(), &nobody), [""; 0], "without a number nobody knows whose it is");
        let another = Typed::from([("declarer.citizen_id".to_owned(), "998091112648".to_owned())]);
        assert_eq!(offered(&another, &filed(NUMBER)), [""; 0], "somebody else stands there");
    }

    #[test]
    fn what_is_answered_already_stays() {
        let typed = Typed::from([("declarer.home.hamlet".to_owned(), "Thôn Kỳ Lộ".to_owned())]);
        assert_eq!(offered(&typed, &filed(NUMBER)), ["declarer.name", "declarer.phone"]);
    }
}
