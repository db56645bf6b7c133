//! `explain citizen-id`, `fold` and `sort`: people's numbers and names.

use super::{Refusal, words};
use clap::Args;
use domain::{person::CitizenId, text, time::Day};
use serde::Serialize;
use std::io::Read;

#[derive(Args, Debug)]
pub struct CitizenIdQuestion {
    /// Twelve digits; spaces, dots and hyphens are ignored.
    #[arg(value_name = "NUMBER", allow_hyphen_values = true)]
    number: String,
}

#[derive(Serialize)]
pub struct CitizenIdAnswer {
    valid: bool,
    province: Option<&'static str>,
    sex: Option<String>,
    birth_year: Option<i32>,
    warnings: Vec<String>,
    /// Why it is not valid.
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<String>,
}

impl CitizenIdQuestion {
    /// A text that is no such number is an answer, not bad input.
    pub(super) fn answer(self, today: Day) -> CitizenIdAnswer {
        let number = match CitizenId::parse(&self.number) {
            Ok(number) => number,
            Err(problem) => {
                return CitizenIdAnswer {
                    valid: false,
                    province: None,
                    sex: None,
                    birth_year: None,
                    warnings: Vec::new(),
                    problem: Some(words::citizen_id_problem_words(problem)),
                };
            }
        };
        let facts = number.facts(today);
        CitizenIdAnswer {
            valid: true,
            province: facts.province,
            sex: Some(facts.sex.on_card().to_lowercase()),
            birth_year: Some(facts.birth_year),
            warnings: facts.warnings.iter().map(|warning| words::citizen_id_warning_words(*warning, &facts)).collect(),
            problem: None,
        }
    }
}

#[derive(Args, Debug)]
pub struct FoldQuestion {
    /// The text.
    #[arg(value_name = "TEXT", allow_hyphen_values = true)]
    text: String,
}

#[derive(Serialize)]
pub struct FoldAnswer {
    key: String,
}

impl FoldQuestion {
    pub(super) fn answer(self) -> FoldAnswer {
        FoldAnswer { key: text::fold(&self.text) }
    }
}

#[derive(Serialize)]
pub struct SortAnswer {
    sorted: Vec<String>,
}

/// Sorts names, one a line. Lines of nothing but spaces are no names; a name twice stays twice.
pub fn sort(mut input: impl Read) -> Result<SortAnswer, Refusal> {
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes).map_err(|_| Refusal(words::UNREADABLE_NAMES.to_owned()))?;
    let lines = String::from_utf8(bytes).map_err(|_| Refusal(words::NAMES_NOT_UTF8.to_owned()))?;
    // Editors on Windows begin a file with a byte order mark; it is no letter of the first name.
    let lines = lines.strip_prefix('\u{FEFF}').unwrap_or(&lines);
    let names = lines.lines().map(str::trim).filter(|name| !name.is_empty());
    let mut sorted: Vec<String> = names.map(text::nfc).collect();
    // The order of `text::compare_names`, with each key made once.
    sorted.sort_by_cached_key(|name| (text::sort_key(name), name.clone()));
    Ok(SortAnswer { sorted })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::text::compare_names;

    #[test]
    fn names_are_cleaned_of_line_ends_and_blank_lines_and_sorted() {
        let decomposed = "Tra\u{302}\u{300}n Va\u{306}n Đức";
        let typed = format!("\u{FEFF}{decomposed}\r\n\r\n \t\n  Nguyễn Thị An \nY Moan Niê\nH'Lan Niê\nNguyễn Thị An");
        let sorted = sort(typed.as_bytes()).unwrap().sorted;
        assert_eq!(sorted, ["Nguyễn Thị An", "Nguyễn Thị An", "Trần Văn Đức", "H'Lan Niê", "Y Moan Niê"]);
        assert!(sorted.is_sorted_by(|a, b| compare_names(a, b).is_le()));
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        assert_eq!(sort(&b"An\n\xff\n"[..]).err().unwrap().0, words::NAMES_NOT_UTF8);
    }

    #[test]
    fn a_birth_year_after_today_is_valid_with_a_warning() {
        let ask = |year| {
            let today = Day::from_ymd(year, 6, 1).unwrap();
            CitizenIdQuestion { number: "054230123456".to_owned() }.answer(today)
        };
        assert_eq!((ask(2030).valid, ask(2030).birth_year, ask(2030).warnings.len()), (true, Some(2030), 0));
        assert_eq!((ask(2029).valid, ask(2029).birth_year, ask(2029).warnings.len()), (true, Some(2030), 1));
    }
}
