//! Long words of a record laid out to be read: its line breaks, its dashes and its letters become paragraphs and lists.
//! Not a word is changed; only the mark before an item gives way to the bullet of the list.

use crate::words::t;
use domain::text::clean;
use leptos::prelude::*;
use ui::Details;

/// A longer text is folded after its beginning, in characters.
const FOLD_FROM: usize = 900;
/// How much of a folded text stands open, in characters.
const OPEN: usize = 450;
/// A shorter line is not looked through for items inside it, in characters.
const SPLIT_FROM: usize = 100;

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub mark: Mark,
    pub words: String,
}

/// What stood before a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Nothing, or a letter or number that is part of the words.
    None,
    /// A dash or a star.
    Item,
    /// A plus or a dot: an item of the item above, when there is one.
    SubItem,
}

/// The parts of a text, in order. A step's number alone in a line belongs to what follows it.
pub fn pieces(text: &str) -> Vec<Piece> {
    let parts = lines(text).iter().flat_map(|line| split(line)).collect::<Vec<_>>();
    let mut pieces: Vec<Piece> = Vec::new();
    for one in parts.iter().map(|part| piece(part)).filter(|one| !one.words.is_empty()) {
        match pieces.last_mut() {
            Some(before) if one.mark == Mark::None && step_end(&before.words) == before.words.len() => {
                before.words.push(' ');
                before.words.push_str(&one.words);
            }
            _ => pieces.push(one),
        }
    }
    pieces
}

/// A line without the mark before it, as a heading.
pub fn bare(line: &str) -> String {
    piece(line.trim()).words
}

/// A text as paragraphs and lists; what is long is folded after its beginning.
pub fn prose(text: &str) -> AnyView {
    let pieces = pieces(text);
    let long = |pieces: &[Piece]| pieces.iter().map(|one| one.words.chars().count()).sum::<usize>();
    if long(&pieces) <= FOLD_FROM {
        return laid_out(&pieces);
    }
    let mut open = 0;
    while open < pieces.len() && long(&pieces[..open]) < OPEN {
        open += 1;
    }
    // A rest too short to be worth a fold stays open.
    if long(&pieces[open..]) < OPEN {
        return laid_out(&pieces);
    }
    let (first, rest) = (laid_out(&pieces[..open]), laid_out(&pieces[open..]));
    view! { {first} <Details summary=t("Xem tiếp")>{rest}</Details> }.into_any()
}

/// Paragraphs and lists. A plus under a dash is an item of that item.
pub fn laid_out(pieces: &[Piece]) -> AnyView {
    let mut views: Vec<AnyView> = Vec::new();
    let mut rest = pieces;
    while let Some((first, after)) = rest.split_first() {
        if first.mark == Mark::None {
            views.push(view! { <p>{words(&first.words)}</p> }.into_any());
            rest = after;
            continue;
        }
        let run = rest.iter().take_while(|one| one.mark != Mark::None).count();
        views.push(list(&rest[..run]));
        rest = &rest[run..];
    }
    views.into_any()
}

fn list(run: &[Piece]) -> AnyView {
    let outer = run.first().map_or(Mark::Item, |one| one.mark);
    let mut items: Vec<AnyView> = Vec::new();
    let mut rest = run;
    while let Some((first, after)) = rest.split_first() {
        let inside = if outer == Mark::SubItem { 0 } else { after.iter().take_while(|one| one.mark != outer).count() };
        let nested = (inside > 0).then(|| list(&after[..inside]));
        items.push(view! { <li>{words(&first.words)}{nested}</li> }.into_any());
        rest = &after[inside..];
    }
    view! { <ul>{items}</ul> }.into_any()
}

/// The words of a part; the number of a step stands out.
fn words(text: &str) -> AnyView {
    let end = step_end(text);
    let (step, rest) = text.split_at(end);
    let step = (end > 0).then(|| view! { <strong>{step.to_owned()}</strong> });
    view! { {step}{rest.to_owned()} }.into_any()
}

/// Where `Bước 1:` or `a) Bước 1:` at the beginning ends; 0 when there is none.
fn step_end(text: &str) -> usize {
    let lettered = text.split_once(") ").filter(|(letter, _)| letter.chars().count() <= 2);
    let from = lettered.map_or(0, |(letter, _)| letter.len() + 2);
    let Some(after) = text[from..].strip_prefix(STEP) else { return 0 };
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 {
        return 0;
    }
    let end = from + STEP.len() + digits;
    if text[end..].starts_with([':', '.']) { end + 1 } else { end }
}

/// How steps begin in the records.
const STEP: &str = t("Bước ");

/// The lines of a text. A line that goes on with a small letter was broken in the middle of a sentence.
fn lines(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines().map(clean).filter(|line| !line.is_empty()) {
        let goes_on = line.chars().next().is_some_and(char::is_lowercase) && letter(&line).is_none();
        match lines.last_mut() {
            Some(before) if goes_on && !before.ends_with(['.', ';', ':', '!', '?']) => {
                before.push(' ');
                before.push_str(&line);
            }
            _ => lines.push(line),
        }
    }
    lines
}

/// The items that a long line holds one after the other, each behind the end of a sentence.
fn split(line: &str) -> Vec<String> {
    if line.chars().count() < SPLIT_FROM {
        return vec![line.to_owned()];
    }
    let mut parts = Vec::new();
    let mut from = 0;
    for (at, _) in line.match_indices(' ') {
        let (before, after) = (&line[..at], &line[at + 1..]);
        let begins = mark(after).is_some() || letter(after).is_some() || step_end(after) > 0;
        if begins && before.ends_with(['.', ';', ':']) {
            parts.push(line[from..at].to_owned());
            from = at + 1;
        }
    }
    parts.push(line[from..].to_owned());
    parts
}

fn piece(part: &str) -> Piece {
    match mark(part) {
        Some((mark, rest)) => Piece { mark, words: rest.trim().to_owned() },
        None => Piece { mark: Mark::None, words: part.trim().to_owned() },
    }
}

/// A mark at the beginning, and what follows it.
fn mark(part: &str) -> Option<(Mark, &str)> {
    let (found, rest) = match part.chars().next()? {
        '-' | '–' | '*' => (Mark::Item, &part[part.chars().next()?.len_utf8()..]),
        '+' | '•' => (Mark::SubItem, part[part.chars().next()?.len_utf8()..].trim_start_matches(')')),
        _ => return None,
    };
    let spaced = rest.starts_with(' ');
    // `+Con bị khuyết tật`: a mark is often written without its space; `-2` and `--` are no marks.
    let joined = rest.chars().next().is_some_and(char::is_uppercase);
    (spaced || joined).then_some((found, rest))
}

/// `a)`, `đ)`, `1)` or `(ii)` at the beginning.
fn letter(part: &str) -> Option<&str> {
    let (first, rest) = part.split_once(' ')?;
    let inside = first.strip_suffix(')')?;
    let inside = inside.strip_prefix('(').unwrap_or(inside);
    let short = (1..=3).contains(&inside.chars().count()) && inside.chars().all(char::is_alphanumeric);
    short.then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(text: &str) -> Vec<(Mark, String)> {
        pieces(text).into_iter().map(|one| (one.mark, one.words)).collect()
    }

    #[test]
    fn lines_with_dashes_become_items_and_keep_their_words() {
        let text = "Người nhận con nuôi phải có:\n- Có năng lực hành vi;\n+ Hơn 20 tuổi.\nHết.";
        let expected = [
            (Mark::None, "Người nhận con nuôi phải có:"),
            (Mark::Item, "Có năng lực hành vi;"),
            (Mark::SubItem, "Hơn 20 tuổi."),
            (Mark::None, "Hết."),
        ];
        assert_eq!(marks(text), expected.map(|(mark, words)| (mark, words.to_owned())));
    }

    #[test]
    fn a_sentence_broken_in_its_middle_is_put_together() {
        assert_eq!(
            marks("yêu cầu người nộp hồ\n sơ ký thì không phải"),
            [(Mark::None, "yêu cầu người nộp hồ sơ ký thì không phải".to_owned())]
        );
        assert_eq!(marks("gồm:\na) Tờ khai;\nb) Giấy tờ").len(), 3);
        let step = "- Bước 1: Nộp hồ sơ.\n- Bước 2: \nTrong thời hạn 10 ngày";
        assert_eq!(marks(step)[1], (Mark::Item, "Bước 2: Trong thời hạn 10 ngày".to_owned()));
    }

    #[test]
    fn a_long_line_is_parted_where_its_items_begin() {
        let long = format!("{} bao gồm: + Giấy một. + Giấy hai; a) Giấy ba - bốn. Bước 2: nộp.", "giấy tờ ".repeat(25));
        let parts = marks(&long);
        let words: Vec<&str> = parts.iter().skip(1).map(|(_, words)| words.as_str()).collect();
        assert_eq!(words, ["Giấy một.", "Giấy hai;", "a) Giấy ba - bốn.", "Bước 2: nộp."]);
    }

    #[test]
    fn every_word_of_the_shipped_records_is_still_there() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../server/seed/procedures");
        let bare = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        for file in std::fs::read_dir(folder).unwrap() {
            let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
            let procedure: domain::procedure::ProcedureFile = serde_json::from_str(&text).unwrap();
            for step in procedure.record.trinh_tu_thuc_hien.iter().flatten() {
                let told = step.mo_ta_chi_tiet.as_deref().unwrap_or_default();
                let laid: String = pieces(told).into_iter().map(|one| one.words).collect();
                assert_eq!(bare(&laid), bare(&clean(told)), "{}", procedure.local.code);
            }
        }
    }

    #[test]
    fn the_number_of_a_step_stands_out() {
        assert_eq!(step_end("a) Bước 1: Gửi hồ sơ"), "a) Bước 1:".len());
        assert_eq!(step_end("Bước 12. Nộp"), "Bước 12.".len());
        assert_eq!(step_end("Bước đầu"), 0);
    }
}
