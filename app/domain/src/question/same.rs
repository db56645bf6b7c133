//! What was answered on an earlier topic and is asked again: nobody types one thing twice within a form
//! (WCAG 2.2, success criterion 3.3.7).

use super::{
    Form, Typed,
    form::is_at_or_under,
    parse::{ShownQuestion, plain},
    shown_questions,
};
use std::collections::BTreeSet;

/// What stands beforehand in the boxes of `topic` that nobody has sent yet, under their paths: the answers of earlier questions
/// that [`SameAs`](super::SameAs) names. A box that was sent empty stays empty: no answer is ever replaced.
pub fn said_before(form: &Form, typed: &Typed, topic: &str) -> Typed {
    let shown = shown_questions(form, typed);
    let paths: BTreeSet<String> = shown.iter().map(|one| one.path.clone()).collect();
    let value = |path: &str| plain(typed, &paths, path);
    let was_sent = |path: &str| typed.keys().any(|at| is_at_or_under(at, path));
    let is_open = |one: &&ShownQuestion<'_>| one.topic.id == topic && !was_sent(&one.path);
    let mut said = Typed::new();
    for asked in shown.iter().filter(is_open) {
        let first = asked.question.same_as.iter().find(|same| {
            same.when.as_ref().is_none_or(|condition| condition.holds("", &value))
                && paths.contains(&same.from)
                && parts(typed, &same.from).next().is_some()
        });
        let Some(same) = first else { continue };
        said.extend(parts(typed, &same.from).map(|(part, text)| (format!("{}{part}", asked.path), text.clone())));
    }
    said
}

/// What is typed at a path and under it, each with the rest of its path; blanks left out.
pub(super) fn parts<'t>(typed: &'t Typed, path: &str) -> impl Iterator<Item = (&'t str, &'t String)> {
    let is_part = |rest: &str| rest.is_empty() || rest.starts_with('.');
    typed
        .iter()
        .filter_map(move |(at, text)| Some((at.strip_prefix(path)?, text)))
        .filter(move |(rest, text)| is_part(rest) && !text.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn birth() -> Form {
        Form::from_json(include_str!("../../../../server/seed/forms/khai_sinh.json")).expect("a shipped form")
    }

    fn declared_by(relation: &str) -> Typed {
        [
            ("declarer.name", "H'Ƀlŭ Ksơr Niê"),
            ("declarer.relation", relation),
            ("declarer.paper", "can_cuoc"),
            ("declarer.citizen_id", "054190004321"),
            ("declarer.home.hamlet", "Buôn Ma Giai"),
            ("declarer.home.commune", "Xã Phú Mỡ"),
            ("mother.known", "co"),
            ("father.known", "co"),
        ]
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
        .into()
    }

    #[test]
    fn a_mother_who_declares_says_her_name_once() {
        let said = said_before(&birth(), &declared_by("me"), "me");
        let paths: Vec<_> = said.keys().map(String::as_str).collect();
        assert_eq!(paths, ["mother.citizen_id", "mother.home.commune", "mother.home.hamlet", "mother.name"]);
        assert_eq!(said["mother.name"], "H'Ƀlŭ Ksơr Niê");
        assert_eq!(said_before(&birth(), &declared_by("me"), "cha"), Typed::new(), "the father is another person");
    }

    #[test]
    fn what_an_aunt_declares_says_nothing_of_the_parents() {
        for topic in ["me", "cha", "tre"] {
            assert_eq!(said_before(&birth(), &declared_by("nguoi_than"), topic), Typed::new(), "{topic}");
        }
    }

    #[test]
    fn an_answer_that_stands_already_stays() {
        let mut typed = declared_by("me");
        typed.insert("mother.name".into(), "Ksơr H'Nay".into());
        typed.insert("mother.home.province".into(), "Đắk Lắk".into());
        let said = said_before(&birth(), &typed, "me");
        assert_eq!(said.keys().map(String::as_str).collect::<Vec<_>>(), ["mother.citizen_id"]);
    }

    #[test]
    fn a_box_that_was_emptied_stays_empty() {
        let mut typed = declared_by("me");
        typed.insert("mother.citizen_id".into(), String::new());
        assert!(!said_before(&birth(), &typed, "me").contains_key("mother.citizen_id"));
    }

    #[test]
    fn what_is_hidden_is_not_repeated() {
        let mut typed = declared_by("me");
        typed.insert("declarer.paper".into(), "ho_chieu".into());
        assert!(
            !said_before(&birth(), &typed, "me").contains_key("mother.citizen_id"),
            "the number was of a paper not held"
        );
    }

    #[test]
    fn an_address_for_the_post_is_the_home_that_was_given() {
        let mut typed = declared_by("nguoi_than");
        typed.insert("result.how".into(), "buu_chinh".into());
        let said = said_before(&birth(), &typed, "ket_qua");
        assert_eq!(said["result.address.hamlet"], "Buôn Ma Giai");
    }

    /// What two questions ask of one person must be tied, or somebody types it twice.
    #[test]
    fn every_form_ties_what_it_asks_twice() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../server/seed/forms");
        let mut forms = 0;
        for entry in std::fs::read_dir(folder).expect("the forms") {
            let text = std::fs::read_to_string(entry.expect("a file").path()).expect("a form");
            let form = Form::from_json(&text).expect("a shipped form");
            forms += 1;
            let questions = || form.topics.iter().flat_map(|topic| &topic.questions);
            let by_post = questions().filter(|one| one.id == "result.address");
            let holders = questions().filter(|one| one.id == "pay.holder");
            for asked in by_post.chain(holders) {
                assert!(!asked.same_as.is_empty(), "{}: {} is typed anew", form.key, asked.id);
            }
        }
        assert!(forms >= 12, "{forms} forms were read");
    }
}
