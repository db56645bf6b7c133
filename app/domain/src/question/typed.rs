//! Text as a person typed it, by flat path.

use crate::text::clean;
use std::collections::BTreeMap;

/// What was typed, by path, unchanged. A draft stores this; it may hold nonsense and answers to hidden questions.
pub type Typed = BTreeMap<String, String>;

/// The value a ticked box sends.
pub const TICKED: &str = "on";

/// The text without outer spaces; `None` when there is nothing to see.
pub(crate) fn visible(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !clean(text).is_empty())
}

/// The text at a path, trimmed; `None` when absent or nothing to see.
pub(crate) fn text_at<'a>(typed: &'a Typed, path: &str) -> Option<&'a str> {
    typed.get(path).and_then(|text| visible(text))
}

/// The text at `path.part`, trimmed; `None` when absent or blank.
pub(crate) fn part_at<'a>(typed: &'a Typed, path: &str, part: &str) -> Option<&'a str> {
    text_at(typed, &format!("{path}.{part}"))
}

/// Several lines: NFC, line breaks kept as `\n`, each line without outer spaces, no blank lines at the ends.
pub fn several_lines(text: &str) -> String {
    let unified = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<String> = unified.split('\n').map(clean).collect();
    lines.join("\n").trim_matches('\n').to_owned()
}

/// How many items of a group were typed: `path.count`, or one more than the highest index when there is no count.
/// Never more than `limit`, so that a forged count costs nothing.
pub(crate) fn group_count(typed: &Typed, path: &str, limit: usize) -> usize {
    if let Some(count) = part_at(typed, path, "count").and_then(|count| count.parse::<usize>().ok()) {
        return count.min(limit);
    }
    let prefix = format!("{path}.");
    typed
        .range(prefix.clone()..)
        .map(|(key, _)| key)
        .take_while(|key| key.starts_with(&prefix))
        .filter_map(|key| key[prefix.len()..].split('.').next()?.parse::<usize>().ok())
        .max()
        .map_or(0, |highest| highest.saturating_add(1).min(limit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_kept_and_spaces_are_not() {
        assert_eq!(several_lines(" một  hai \r\n\r\nba\n"), "một hai\n\nba");
    }

    #[test]
    fn invisible_text_is_no_text() {
        let typed = Typed::from([("name".to_owned(), "\u{200b} ".to_owned())]);
        assert_eq!(text_at(&typed, "name"), None);
    }

    #[test]
    fn a_group_without_a_count_is_counted_by_its_highest_index() {
        let typed = Typed::from([
            ("members.0.name".to_owned(), "A".to_owned()),
            ("members.2.name".to_owned(), "B".to_owned()),
            ("memberships.7".to_owned(), "x".to_owned()),
        ]);
        assert_eq!(group_count(&typed, "members", 10), 3);
        assert_eq!(group_count(&typed, "children", 10), 0);
    }

    #[test]
    fn a_forged_count_is_cut_to_the_limit() {
        let typed = Typed::from([("members.count".to_owned(), "999999999".to_owned())]);
        assert_eq!(group_count(&typed, "members", 12), 12);
    }
}
