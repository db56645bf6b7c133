//! What the program keeps by a name of the code stands on pages of staff: every name that `office` records, and every
//! kind of its jobs, has words. The names are read from its sources, so that a new one cannot be forgotten.

use super::words::rust_files;
use app::{record_words, status};
use serde_json::Value;
use std::{collections::BTreeSet, fs, path::Path};

/// `audit::record` and `record_view` are visible in `office` alone: nothing else records.
const OFFICE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/office/src");
/// Who takes messages out of the house, and who hands them over.
const CARRIERS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/carriers");
const SENDING: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/office/src/messages/sending.rs");
/// The procedures that are shipped.
const PROCEDURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/seed/procedures");
/// A dossier's act is recorded by the name of its event.
const EVENTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../app/domain/src/dossier/event.rs");

#[test]
fn every_act_that_is_recorded_has_words() {
    let acts = recorded_acts();
    for known in
        ["view_dossier", "view_sensitive_dossier", "export_register", "end_session", "save_view", "file_removed"]
    {
        assert!(acts.contains(known), "{known} is recorded, and was not read: {acts:?}");
    }
    let silent: Vec<_> = acts.iter().filter(|act| record_words::act(act).is_none()).collect();
    assert!(silent.is_empty(), "acts of the record without words in app/src/record_words.rs: {silent:?}");
}

#[test]
fn every_act_that_is_searched_for_together_with_others_is_recorded() {
    let source = code_of(&fs::read_to_string(Path::new(OFFICE).join("audit_search.rs")).expect("a source file"));
    let grouped = literals(between(&source, "const fn acts(", "const fn common("));
    assert!(grouped.contains("sign_in"), "{grouped:?}");
    let unknown: Vec<_> = grouped.difference(&recorded_acts()).cloned().collect();
    assert!(unknown.is_empty(), "acts that nobody records: {unknown:?}");
}

#[test]
fn every_object_of_the_record_has_words() {
    let mut kinds = BTreeSet::new();
    for source in sources() {
        for (at, opening) in source.match_indices("Object {") {
            let fields = arguments(&source[at + opening.len()..]);
            for kind in fields.iter().filter_map(|field| field.strip_prefix("kind").map(str::trim_start)) {
                kinds.extend(kind.strip_prefix(':').and_then(literal));
            }
        }
        // Where the kind depends on whose door it is.
        for opening in ["let kind = match", "const fn kind(self) -> &'static str {"] {
            for (at, _) in source.match_indices(opening) {
                kinds.extend(answers(body(&source[at..])));
            }
        }
    }
    for known in ["dossier", "saved_view", "resident", "account"] {
        assert!(kinds.contains(known), "{known} is recorded, and was not read: {kinds:?}");
    }
    let silent: Vec<_> = kinds.iter().filter(|kind| record_words::object(kind).is_none()).collect();
    assert!(silent.is_empty(), "objects of the record without words in app/src/record_words.rs: {silent:?}");
}

#[test]
fn every_kind_of_job_has_words() {
    let source = code_of(&fs::read_to_string(Path::new(OFFICE).join("jobs.rs")).expect("a source file"));
    let kinds: BTreeSet<String> = source
        .lines()
        .filter(|line| line.contains("const ") && line.contains(": &str = "))
        .filter_map(|line| literal(line.split_once(": &str = ")?.1.trim_end_matches(';')))
        .collect();
    assert!(kinds.contains("verify_audit") && kinds.contains("release_bytes"), "{kinds:?}");
    // A kind that is written out where it is run would not be read above.
    let run = answers_to(body(&source[source.find("async fn run_job(").expect("the kinds are run")..]));
    assert!(run.is_empty(), "kinds of jobs are constants of jobs.rs: {run:?}");
    let silent: Vec<_> = kinds.iter().filter(|kind| record_words::job(kind).is_none()).collect();
    assert!(silent.is_empty(), "jobs without words in app/src/record_words.rs: {silent:?}");
}

#[test]
fn every_reason_why_a_message_did_not_go_has_words() {
    let mut files = rust_files(Path::new(CARRIERS));
    files.push(SENDING.into());
    let mut keys = BTreeSet::new();
    for file in &files {
        let source = code_of(&fs::read_to_string(file).expect("a source file"));
        for opening in ["Refused(", "Trouble(", "Drop("] {
            for (at, _) in source.match_indices(opening) {
                let given = arguments(&source[at + opening.len()..]);
                keys.extend(given.first().into_iter().flat_map(|given| keys_given(&source, given)));
            }
        }
    }
    for known in ["smtp_550", "http_550", "timeout", "folder", "letter", "gateway_unclear", "broken", "not_wanted"] {
        assert!(keys.contains(known), "{known} is kept, and was not read: {keys:?}");
    }
    let silent: Vec<_> = keys.iter().filter(|key| status::known_message_problem(key).is_none()).collect();
    assert!(silent.is_empty(), "reasons without words in app/src/status.rs: {silent:?}");
}

#[test]
fn every_case_of_a_shipped_procedure_has_words() {
    let mut cases = BTreeSet::new();
    for entry in fs::read_dir(PROCEDURES).expect("a folder") {
        let text = fs::read_to_string(entry.expect("an entry").path()).expect("a procedure");
        collect_cases(&serde_json::from_str(&text).expect("JSON"), &mut cases);
    }
    assert!(cases.contains("can_xac_minh"), "{cases:?}");
    let silent: Vec<_> = cases.iter().filter(|case| status::known_case(case).is_none()).collect();
    assert!(silent.is_empty(), "cases without words in app/src/status.rs: {silent:?}");
}

/// The keys of cases anywhere inside.
fn collect_cases(value: &Value, cases: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            cases.extend(fields.get("case").and_then(Value::as_str).map(str::to_owned));
            fields.values().for_each(|inner| collect_cases(inner, cases));
        }
        Value::Array(items) => items.iter().for_each(|inner| collect_cases(inner, cases)),
        _ => {}
    }
}

/// The keys that an argument stands for: a literal, or what a function or a variable of the source holds. A number that
/// is filled in is 550 here.
fn keys_given(source: &str, given: &str) -> BTreeSet<String> {
    if given.starts_with('"') {
        return literals(given);
    }
    let name: String = given.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
    // A pattern that takes apart, or a type.
    if ["why", "_"].contains(&name.as_str()) || name.starts_with(char::is_uppercase) || given.starts_with('&') {
        return BTreeSet::new();
    }
    let told = match (source.find(&format!("fn {name}(")), source.find(&format!("let {name} ="))) {
        (Some(at), _) => body(&source[at..]),
        (None, Some(at)) => source[at..].split(';').next().unwrap_or_default(),
        (None, None) => panic!("a key of a message that is written in a way not read here: {given}"),
    };
    literals(told).into_iter().map(|key| key.replace("{}", "550")).collect()
}

/// Every name by which `office` records an act.
fn recorded_acts() -> BTreeSet<String> {
    let sources = sources();
    let mut acts = events();
    let recorders: BTreeSet<(String, usize)> = sources.iter().flat_map(|source| recorders(source)).collect();
    assert!(recorders.iter().any(|(name, _)| name == "finish_view"), "{recorders:?}");
    for source in &sources {
        for (name, place) in &recorders {
            for (at, call) in source.match_indices(&format!("{name}(")) {
                let before = &source[..at];
                if before.ends_with("fn ") || before.ends_with(|letter: char| letter.is_alphanumeric() || letter == '_')
                {
                    continue;
                }
                acts.extend(arguments(&source[at + call.len()..]).get(*place).and_then(|act| literal(act)));
            }
        }
        // An act that is chosen before the call.
        for (at, choice) in source.match_indices("act = \"") {
            acts.extend(literal(source[at + choice.len() - 1..].split(';').next().unwrap_or_default()));
        }
        for (at, _) in source.match_indices("let (act, ") {
            let choice = source[at..].split("\n        };").next().unwrap_or_default();
            acts.extend(choice.split("(\"").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())));
        }
        // A look at a sensitive dossier has a name of its own.
        if let Some(at) = source.find("fn view_act(") {
            acts.extend(answers(body(&source[at..])));
        }
    }
    acts
}

/// The functions of a source that record an act which they are given, and the place of that act among their
/// arguments, `self` not counted.
fn recorders(source: &str) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    for (at, word) in source.match_indices("fn ") {
        let rest = &source[at + word.len()..];
        let name: String = rest.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
        let Some(opening) = rest.find('(') else { continue };
        let taken = arguments(&rest[opening + 1..]);
        let mut taken = taken.iter().filter(|one| !["self", "&self", "&mut self"].contains(&one.as_str()));
        let place = taken.position(|one| one == "act: &str" || one == "act: &'static str");
        let body = body(rest);
        let records = ["record(", "record_view(", "insert_audit_row("].iter().any(|call| body.contains(call));
        if let Some(place) = place
            && (records || name == "view_act")
        {
            found.push((name, place));
        }
    }
    found
}

/// The names of the events of a dossier, as they are kept.
fn events() -> BTreeSet<String> {
    let source = code_of(&fs::read_to_string(EVENTS).expect("a source file"));
    let lines = between(&source, "pub enum Event {", "\n}").lines();
    let variants =
        lines.filter_map(|line| line.strip_prefix("    ").filter(|line| line.starts_with(char::is_uppercase)));
    variants
        .map(|line| snake_case(line.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default()))
        .collect()
}

fn snake_case(name: &str) -> String {
    let mut kept = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !kept.is_empty() {
            kept.push('_');
        }
        kept.extend(letter.to_lowercase());
    }
    kept
}

/// The sources of `office`.
fn sources() -> Vec<String> {
    let files = rust_files(Path::new(OFFICE));
    files.iter().map(|file| code_of(&fs::read_to_string(file).expect("a source file"))).collect()
}

/// A source without its comments and its tests.
fn code_of(source: &str) -> String {
    let source = source.split("#[cfg(test)]").next().unwrap_or_default();
    let without_comment = |line: &str| match line.find("//") {
        // An address stands in a text.
        Some(at) if line[..at].matches('"').count().is_multiple_of(2) => line[..at].trim_end().to_owned(),
        _ => line.to_owned(),
    };
    source.lines().map(without_comment).collect::<Vec<_>>().join("\n")
}

fn between<'a>(source: &'a str, first: &str, end: &str) -> &'a str {
    let (_, rest) = source.split_once(first).expect("where it begins");
    rest.split_once(end).expect("where it ends").0
}

/// From a function's head to its last brace.
fn body(rest: &str) -> &str {
    let end = ["\n    }\n", "\n}\n"].iter().filter_map(|end| rest.find(end)).min();
    &rest[..end.unwrap_or(rest.len())]
}

/// What stands between an opening bracket, which is just passed, and its end, parted by commas.
fn arguments(rest: &str) -> Vec<String> {
    let (mut found, mut one, mut depth, mut quoted, mut escaped) = (Vec::new(), String::new(), 0, false, false);
    for letter in rest.chars() {
        match letter {
            _ if quoted => {
                quoted = escaped || letter != '"';
                escaped = !escaped && letter == '\\';
            }
            '"' => quoted = true,
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth == 0 => break,
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => {
                found.push(std::mem::take(&mut one).trim().to_owned());
                continue;
            }
            _ => {}
        }
        one.push(letter);
    }
    found.push(one.trim().to_owned());
    found.retain(|one| !one.is_empty());
    found
}

/// The text of a literal, when the whole is one.
fn literal(code: &str) -> Option<String> {
    let text = code.trim().strip_prefix('"')?.strip_suffix('"')?;
    (!text.contains('"')).then(|| text.to_owned())
}

fn literals(code: &str) -> BTreeSet<String> {
    code.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The literals that the arms of a `match` answer.
fn answers(code: &str) -> BTreeSet<String> {
    code.split("=> \"").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())).collect()
}

/// The literals that the arms of a `match` wait for.
fn answers_to(code: &str) -> BTreeSet<String> {
    let arms = code.split("\" =>").map(|before| before.rsplit_once('"').map_or("", |(_, text)| text).to_owned());
    let mut arms: Vec<String> = arms.collect();
    // What stands after the last arm.
    arms.pop();
    arms.into_iter().collect()
}
