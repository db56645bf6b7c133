//! Every sentence a person reads goes through the one seam, `app::words`: a Vietnamese text that stands elsewhere in
//! the screens cannot be translated and is found here.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// Vietnamese texts that are no sentences, with the reason why they stand bare.
const BARE: &[(&str, &str)] = &[
    ("{amount}u{a0}đ", "the unit of money after its number, a sign like °"),
    ("Khác", "the export's word for a lost unit, compared with and never shown"),
];

/// The seam, and the closures of the screens that hand their sentence straight on to it.
const SEAMS: [&str; 4] = ["t(", "tf(", "said(", "by("];

#[test]
fn no_sentence_of_the_screens_stands_outside_the_seam() {
    let files = rust_files(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../app/src")));
    let found: Vec<_> = files
        .iter()
        .flat_map(|file| {
            let source = fs::read_to_string(file).expect("a source file");
            literals(&source).into_iter().map(move |(line, before, text)| (file, line, before, text))
        })
        .collect();
    // The blanks of sentences have names, `{ngày}`; the code that fills them says the name again.
    let blanks: BTreeSet<String> = found.iter().flat_map(|(.., text)| blanks_of(text)).collect();
    let mut bare = Vec::new();
    for (file, line, before, text) in &found {
        let through_the_seam = SEAMS.iter().any(|seam| before.ends_with(seam));
        let is_blank = blanks.contains(text.trim_start_matches('{').trim_end_matches('}'));
        let known = BARE.iter().any(|(words, _)| text == words);
        if text.chars().any(is_vietnamese) && !through_the_seam && !is_blank && !known {
            bare.push(format!("{}:{line}: {text}", file.display()));
        }
    }
    assert!(bare.is_empty(), "{} sentences outside `t` and `tf`:\n{}", bare.len(), bare.join("\n"));
}

/// The names between braces.
fn blanks_of(text: &str) -> Vec<String> {
    text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0.to_string())).collect()
}

/// The sources in a folder and in those inside it.
pub fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            files.extend(rust_files(&entry));
        } else if entry.extension().is_some_and(|ending| ending == "rs") {
            files.push(entry);
        }
    }
    files.sort();
    files
}

/// A letter that English does not write.
fn is_vietnamese(letter: char) -> bool {
    letter.is_alphabetic() && !letter.is_ascii()
}

/// The string literals of a source outside comments and tests: their line, the code just before, their text.
fn literals(source: &str) -> Vec<(usize, String, String)> {
    let source = source.split("#[cfg(test)]").next().unwrap_or_default();
    let letters: Vec<char> = source.chars().collect();
    let (mut found, mut at, mut line, mut before) = (Vec::new(), 0, 1, String::new());
    while at < letters.len() {
        match (letters[at], letters.get(at + 1)) {
            ('/', Some('/')) => {
                while at < letters.len() && letters[at] != '\n' {
                    at += 1;
                }
                continue;
            }
            // A character literal may hold a quote.
            ('\'', Some('"')) if letters.get(at + 2) == Some(&'\'') => at += 2,
            ('"', _) => {
                let (started, mut text) = (line, String::new());
                at += 1;
                while at < letters.len() && letters[at] != '"' {
                    if letters[at] == '\\' {
                        at += 1;
                    }
                    if letters.get(at) == Some(&'\n') {
                        line += 1;
                    }
                    text.extend(letters.get(at));
                    at += 1;
                }
                found.push((started, before.clone(), text));
                before.clear();
            }
            ('\n', _) => line += 1,
            (letter, _) if !letter.is_whitespace() => before.push(letter),
            _ => {}
        }
        at += 1;
    }
    found
}
