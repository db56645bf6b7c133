//! Every sentence a person reads goes through the one seam, `app::words`: a Vietnamese text that stands elsewhere in
//! the screens cannot be translated and is found here. And none is longer than people read at once.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// The screens.
const SCREENS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../app/src");

/// Vietnamese texts that are no sentences, with the reason why they stand bare.
const BARE: &[(&str, &str)] = &[
    ("{amount}u{a0}đ", "the unit of money after its number, a sign like °"),
    ("Khác", "the export's word for a lost unit, compared with and never shown"),
];

/// The seam, and the closures of the screens that hand their sentence straight on to it.
const SEAMS: [&str; 4] = ["t(", "tf(", "said(", "by("];

/// Words that a sentence may have: nobody should have to begin it again.
const MOST_WORDS: usize = 20;

/// Sentences that may have more, with the reason.
const LONG: &[(&str, &str)] = &[(
    "Tôi cam đoan những nội dung khai trên đây là đúng sự thật và chịu trách nhiệm trước pháp luật về lời khai của mình.",
    "the declaration of the forms that the law prescribes, in its words",
)];

#[test]
fn no_sentence_of_the_screens_has_more_words_than_one_reads_at_once() {
    let (mut long, mut excused) = (Vec::new(), BTreeSet::new());
    for file in rust_files(Path::new(SCREENS)) {
        let source = fs::read_to_string(&file).expect("a source file");
        for (line, before, text) in literals(&source) {
            if !SEAMS.iter().any(|seam| before.ends_with(seam)) {
                continue;
            }
            for sentence in sentences(&text) {
                let words = sentence.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count();
                if words <= MOST_WORDS {
                    continue;
                }
                if LONG.iter().any(|(known, _)| sentence == *known) {
                    excused.insert(sentence);
                } else {
                    long.push(format!("{}:{line}: {words} words: {sentence}", file.display()));
                }
            }
        }
    }
    assert!(long.is_empty(), "{} sentences of more than {MOST_WORDS} words:\n{}", long.len(), long.join("\n"));
    let gone: Vec<_> = LONG.iter().filter(|(known, _)| !excused.contains(*known)).collect();
    assert!(gone.is_empty(), "exceptions that nothing needs: {gone:?}");
}

#[test]
fn a_sentence_ends_at_its_sign_or_line_and_a_blank_is_one_word() {
    assert_eq!(
        sentences("Hẹn {ngày hẹn}. Xem ở đây?\nVí dụ lan.ht"),
        ["Hẹn {ngày_hẹn}.", "Xem ở đây?", "Ví dụ lan.ht"]
    );
}

/// The sentences of a text, the space within blanks filled.
fn sentences(text: &str) -> Vec<String> {
    let (mut found, mut one, mut in_blank) = (Vec::new(), String::new(), false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '{' => in_blank = true,
            '}' => in_blank = false,
            _ => {}
        }
        one.push(if in_blank && letter == ' ' { '_' } else { letter });
        let is_last = letters.peek().is_none_or(|next| next.is_whitespace());
        if letter == '\n' || (is_last && ['.', '?', '!'].contains(&letter)) {
            found.push(std::mem::take(&mut one));
        }
    }
    found.push(one);
    found.iter().map(|one| one.trim().to_string()).filter(|one| !one.is_empty()).collect()
}

#[test]
fn no_sentence_of_the_screens_stands_outside_the_seam() {
    let files = rust_files(Path::new(SCREENS));
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
                    let escaped = letters[at] == '\\';
                    at += usize::from(escaped);
                    if letters.get(at) == Some(&'\n') {
                        line += 1;
                    }
                    match letters.get(at) {
                        Some('n') if escaped => text.push('\n'),
                        letter => text.extend(letter),
                    }
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
