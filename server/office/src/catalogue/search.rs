//! Finding procedures by the words people use for them.

use super::{Catalogue, ProcedureVersion};
use domain::{text, time::Day};
use std::sync::Arc;

/// What the catalogue page asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search {
    pub words: String,
    pub field: String,
    pub audience: String,
    /// Only what can be filed here online.
    pub online: bool,
}

/// A lower score comes of slips alone: one word of the name fits as it is typed.
const LEAST_NEAR: u32 = 4;
/// How many procedures that come near are named.
const MOST_NEAR: usize = 8;
/// Folded words of everyday speech that say nothing about what is wanted.
const FILLERS: [&str; 16] =
    ["toi", "muon", "can", "xin", "lam", "cho", "cua", "va", "o", "di", "thi", "la", "co", "ve", "thu", "tuc"];

/// Shortest word, in letters, in which a near search allows a slip.
const SHORT: usize = 3;

impl Catalogue {
    /// Searches names, codes, keywords and fields: without diacritics, with one slip of a letter in longer words.
    /// The best first; with no words, the ones people use most first.
    pub fn search(&self, search: &Search, day: Day) -> Vec<Arc<ProcedureVersion>> {
        let code = search.words.trim();
        if !code.is_empty() && code.starts_with(|c: char| c.is_ascii_digit()) {
            let coded: Vec<_> = self.offered(search, day).filter(|p| p.code.starts_with(code)).collect();
            if !coded.is_empty() {
                return coded;
            }
        }
        let terms = text::search_terms(&search.words);
        let found = self.offered(search, day).filter_map(|p| Some((p.score(&terms)?, p)));
        best_first(found.collect())
    }

    /// What comes near to a search that found nothing: procedures that hold most of its words, where short words too
    /// may have a slip.
    pub fn search_near(&self, search: &Search, day: Day) -> Vec<Arc<ProcedureVersion>> {
        let terms = text::search_terms(&search.words);
        let terms: Vec<_> = terms.into_iter().filter(|term| !FILLERS.contains(&term.word.as_str())).collect();
        let scored: Vec<(u32, usize, Arc<ProcedureVersion>)> = self
            .offered(search, day)
            .map(|p| {
                let scores: Vec<u32> = terms.iter().filter_map(|term| p.score_near(term)).collect();
                (scores.iter().sum(), scores.len(), p)
            })
            .collect();
        let most = scored.iter().map(|(_, words, _)| *words).max().unwrap_or_default();
        if most == 0 || most * 2 < terms.len() {
            return Vec::new();
        }
        let near = scored.into_iter().filter(|(score, words, _)| *words == most && *score >= LEAST_NEAR);
        let near = near.map(|(score, _, p)| (score, p));
        let mut near = best_first(near.collect());
        near.truncate(MOST_NEAR);
        near
    }

    /// What passes the filters of a search.
    fn offered<'a>(&'a self, search: &'a Search, day: Day) -> impl Iterator<Item = Arc<ProcedureVersion>> + 'a {
        self.all(day)
            .filter(|p| search.field.is_empty() || p.field() == search.field)
            .filter(|p| search.audience.is_empty() || p.audiences().contains(&search.audience))
            .filter(move |p| !search.online || p.can_apply_online(day))
            .cloned()
    }
}

/// Among equals what people use most, then a short name: it says what was asked for and little else.
fn best_first(mut found: Vec<(u32, Arc<ProcedureVersion>)>) -> Vec<Arc<ProcedureVersion>> {
    let rank = |p: &ProcedureVersion| (!p.is_popular(), p.name_key().len(), p.name_key());
    found.sort_by(|(a, p), (b, q)| b.cmp(a).then_with(|| rank(p).cmp(&rank(q))));
    found.into_iter().map(|(_, procedure)| procedure).collect()
}

impl ProcedureVersion {
    fn name_key(&self) -> String {
        text::fold(&self.name)
    }

    /// How well the words fit; `None` when one does not occur at all.
    fn score(&self, terms: &[text::SearchTerm]) -> Option<u32> {
        let name = self.name_key();
        let mut score = 0;
        for term in terms {
            score += if term.is_in(&name) {
                4
            } else if term.is_in(&self.search_text) {
                2
            } else if self.search_text.split(' ').any(|word| text::matches_with_one_typo(&term.word, word)) {
                1
            } else {
                return None;
            };
        }
        Some(score)
    }

    /// How well one word fits, with a slip in a word of three letters too.
    fn score_near(&self, term: &text::SearchTerm) -> Option<u32> {
        let name = self.name_key();
        if term.is_in(&name) {
            return Some(4);
        }
        if term.is_in(&self.search_text) {
            return Some(2);
        }
        let slips = |key: &str| key.split(' ').any(|word| text::differs_by_one_slip(&term.word, word, SHORT));
        if slips(&name) { Some(2) } else { slips(&self.search_text).then_some(1) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        catalogue::{ProcedureRow, read_version},
        import::read_procedure_file,
    };
    use domain::question::general::PaperWords;
    use std::collections::HashMap;
    use uuid::Uuid;

    fn shipped() -> Catalogue {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../seed/procedures");
        let texts =
            std::fs::read_dir(folder).unwrap().map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
        let versions = texts.flat_map(|text| read_procedure_file(&text).unwrap()).map(|(record, local)| {
            let row = ProcedureRow {
                id: Uuid::nil(),
                code: record.code().to_owned(),
                name: record.ten_tthc.clone().unwrap_or_default(),
                valid_from: 0,
                valid_to: None,
                record: serde_json::to_value(record).unwrap(),
                local: local.map(|local| serde_json::to_value(local).unwrap()),
            };
            Arc::new(read_version(row).unwrap())
        });
        let paper_words = PaperWords {
            topic_title: String::new(),
            topic_intro: String::new(),
            case_label: String::new(),
            unnamed_case: |_| String::new(),
        };
        Catalogue { versions: versions.collect(), forms: HashMap::new(), paper_words }
    }

    fn asked(words: &str) -> (Search, Day) {
        (Search { words: words.into(), ..Search::default() }, Day::from_ymd(2026, 11, 23).unwrap())
    }

    #[test]
    fn people_find_a_procedure_first_by_the_words_they_use() {
        let catalogue = shipped();
        let first = |words: &str| {
            let (search, day) = asked(words);
            catalogue.search(&search, day).first().map(|procedure| procedure.code.clone()).unwrap_or_default()
        };
        let expected = [
            ("khai sjnh", "1.001193"),
            ("đăng ký khai sinh", "1.001193"),
            ("ho ngheo", "1.011607"),
            ("dat dai", "1.012812"),
            ("ket hon", "1.000894"),
            ("trich luc", "2.000635"),
            ("sao y", "2.000815"),
            ("lam nha", "1.013225"),
            ("hoj nghef", "1.011607"),
            ("1.001193", "1.001193"),
        ];
        for (words, code) in expected {
            assert_eq!(first(words), code, "{words}");
        }
    }

    #[test]
    fn a_search_that_finds_nothing_names_what_comes_near() {
        let catalogue = shipped();
        let near = |words: &str| {
            let (search, day) = asked(words);
            assert!(catalogue.search(&search, day).is_empty(), "{words}");
            catalogue.search_near(&search, day).first().map(|procedure| procedure.code.clone())
        };
        assert_eq!(near("ket hom").as_deref(), Some("1.000894"), "a slip in a word of three letters");
        assert_eq!(near("toi muon ket hon").as_deref(), Some("1.000894"), "everyday speech");
        assert_eq!(near("hôk nghèo").as_deref(), Some("1.011607"), "one word that nobody knows");
        assert_eq!(near("xyz abc"), None, "nothing at all");
    }
}
