//! Records of the national export as a resident reads them. They are full of headings that say nothing, of marks that begin
//! nothing and of texts that end in the middle; no page of ours repeats the first two, and each cut is shown where it is.
//!
//! The records of our own have every such fault. `MOTCUA_TTHC_SAMPLE=FILE` holds the records of an export to the same.

use super::house::House;
use axum::http::StatusCode;
use office::{
    Who,
    import::{Brings, read_procedure_file},
};
use std::{env, fs, path::PathBuf};

/// A file of the export, looked at as well when it is named.
const SAMPLE: &str = "MOTCUA_TTHC_SAMPLE";
/// How the export says that a text ends before its end.
const CUT: &str = "[…]";
/// What stands before an item in the records, and gives way to the bullet of a list.
const MARKS: [char; 6] = ['-', '–', '—', '+', '*', '•'];
const HEADINGS: [&str; 9] = ["h1", "h2", "h3", "h4", "legend", "caption", "th", "dt", "summary"];
/// Elements whose words are read for themselves, without those of the blocks inside.
const BLOCKS: [&str; 4] = ["p", "li", "dd", "td"];
/// Elements that have no end.
const VOID: [&str; 8] = ["br", "img", "input", "meta", "link", "hr", "wbr", "source"];

#[tokio::test]
async fn every_awkward_record_reads_as_it_was_meant() {
    let house = House::open().await;
    let mut found = Vec::new();
    for (name, text) in files() {
        let records = read_procedure_file(&text).unwrap_or_else(|why| panic!("{name}: {why}"));
        assert!(!records.is_empty(), "{name} holds no record");
        let told: Vec<(String, usize)> = records
            .iter()
            .map(|(record, _)| (record.code().to_owned(), cuts(&serde_json::to_string(record).expect("JSON"))))
            .collect();
        house.office.import_procedures(&Who::system(), records).await.expect("imported");
        let again = read_procedure_file(&text).expect("read before");
        let stands = house.office.preview_import(&Who::system(), &again).expect("compared");
        assert!(stands.iter().all(|one| *one == Brings::Same), "{name} is not what holds today");
        for (code, cut) in told {
            found.extend(wrong_of(&house, &code, cut).await);
        }
    }
    assert!(found.is_empty(), "{} faults:\n{}", found.len(), found.join("\n"));
}

#[test]
fn what_no_page_may_have_is_found() {
    let page = |inside: &str| format!("<body><main id=\"a>b\"><!--<() />--><!-->{inside}<!></main></body>");
    for wrong in [
        "<h3>Khác:</h3>",
        "<summary>“5 Khác”</summary>",
        "<h2>-</h2>",
        "<h3>* Lưu ý</h3>",
        "<p>- Đơn</p>",
        "<ul><li>–<p>Đơn</p></li></ul>",
        "<ul><li><span>.</span></li></ul>",
        "<p>Gồm: - Đơn</p>",
    ] {
        assert_eq!(faults(&page(wrong)).len(), 1, "{wrong}");
    }
    for right in [
        "<h3>Giấy tờ khác</h3>",
        "<p>Văn hóa - Xã hội</p>",
        "<ul><li>a) Đơn<br>(bản chính)</li></ul>",
        "<p>“5 Khác”</p>",
        "<p></p>",
    ] {
        assert!(faults(&page(right)).is_empty(), "{right}");
    }
    assert_eq!(cuts(&main_of(&page("<p>Nộp […]</p><p>Nhận […]</p>")).1), 2);
}

/// The records of our own, and those of the file that is named: a name and the text of each file.
fn files() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../app/domain/tests/fixtures/procedures");
    let own = fs::read_dir(folder).expect("a folder").map(|file| file.expect("a file").path());
    let mut paths: Vec<PathBuf> = own.filter(|path| path.extension().is_some_and(|kind| kind == "json")).collect();
    assert!(paths.len() >= 9, "{paths:?}");
    paths.sort();
    paths.extend(env::var_os(SAMPLE).map(PathBuf::from));
    let read = |path: &PathBuf| {
        let text = fs::read_to_string(path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
        (path.display().to_string(), text)
    };
    paths.iter().map(read).collect()
}

/// What is wrong with the pages of a procedure whose record is cut in so many places.
async fn wrong_of(house: &House, code: &str, cut: usize) -> Vec<String> {
    let mut found = Vec::new();
    for address in [format!("/thu-tuc/{code}"), format!("/thu-tuc/{code}?in=1")] {
        let answer = house.get(&address).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}");
        found.extend(faults(&answer.text).into_iter().map(|fault| format!("{address}: {fault}")));
        let shown = cuts(&main_of(&answer.text).1);
        // The list to print has the papers alone.
        if !address.ends_with("?in=1") && shown != cut {
            found.push(format!("{address}: the record is cut in {cut} places, the page says so in {shown}"));
        }
    }
    found
}

fn cuts(text: &str) -> usize {
    text.matches(CUT).count()
}

/// Headings that say nothing, and marks that begin nothing.
fn faults(page: &str) -> Vec<String> {
    let mut found = Vec::new();
    for Element { name, words } in main_of(page).0 {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_crumb = words.starts_with(MARKS) || !words.contains(char::is_alphanumeric);
        if HEADINGS.contains(&name.as_str()) {
            let said = words.trim_matches(|letter: char| !letter.is_alphabetic()).to_lowercase();
            if is_crumb || said == "khác" || said == "trường hợp khác" {
                found.push(format!("the heading <{name}> “{words}”"));
            }
        }
        let is_block = BLOCKS.contains(&name.as_str()) && !words.is_empty();
        if is_block && (is_crumb || has_items_inside(&words)) {
            found.push(format!("a stray mark in <{name}> “{words}”"));
        }
    }
    found
}

/// Whether a mark stands where a list should have begun: behind the end of a sentence.
fn has_items_inside(words: &str) -> bool {
    let begins = |end: &str| MARKS.iter().any(|mark| words.contains(&format!("{end} {mark} ")));
    [".", ";", ":"].into_iter().any(begins)
}

/// An element with its words.
struct Element {
    name: String,
    words: String,
}

/// The elements of the page's main part, inner ones first, and all its words.
fn main_of(page: &str) -> (Vec<Element>, String) {
    let mut rest = &page[page.find("<main").expect("a main part")..];
    let (mut open, mut closed, mut all) = (Vec::<Element>::new(), Vec::new(), String::new());
    loop {
        let (text, markup) = rest.split_once('<').expect("a main part that ends");
        all.push_str(text);
        if let Some(inner) = open.last_mut() {
            inner.words.push_str(text);
        }
        if let Some(comment) = markup.strip_prefix("!--") {
            // `<!-->` is a whole comment.
            rest = match comment.strip_prefix('>') {
                Some(after) => after,
                None => comment.split_once("-->").expect("a comment that ends").1,
            };
            continue;
        }
        let (tag, after) = markup.split_at(end_of_tag(markup));
        rest = &after[1..];
        if tag.starts_with('!') {
            continue;
        }
        if tag == "/main" {
            return (closed, all);
        }
        if let Some(name) = tag.strip_prefix('/') {
            let element = open.pop().expect("an open element");
            assert_eq!(element.name, name, "elements that lie in each other");
            if let Some(outer) = open.last_mut()
                && !BLOCKS.contains(&name)
            {
                outer.words.push_str(&element.words);
            }
            closed.push(element);
            continue;
        }
        let name = tag.split(|letter: char| letter.is_whitespace() || letter == '/').next().unwrap_or_default();
        if !VOID.contains(&name) && !tag.ends_with('/') {
            open.push(Element { name: name.to_owned(), words: String::new() });
        } else if let Some(inner) = open.last_mut() {
            inner.words.push(' ');
        }
    }
}

/// Where a tag ends; a value in quotes may hold the sign.
fn end_of_tag(markup: &str) -> usize {
    let mut quoted = false;
    let ends = |letter: char| {
        quoted ^= letter == '"';
        letter == '>' && !quoted
    };
    markup.find(ends).expect("a tag that ends")
}
