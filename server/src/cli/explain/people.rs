//! `explain citizen-id`, `fold` and `sort`: people's numbers and names.

use super::{Refusal, words};
use clap::Args;
use domain::{
    person::CitizenId,
    text::{self, compare_names},
    time::Day,
};
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
    sorted.sort_by_cached_key(|name| (text::sort_key(name), name.clone()));
    debug_assert!(sorted.is_sorted_by(|a, b| compare_names(a, b).is_le()));
    Ok(SortAnswer { sorted })
}
