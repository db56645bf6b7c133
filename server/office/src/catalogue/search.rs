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

/// What the whole of the words is worth, above whatever single words add up to: somebody who types a declared keyword
/// wants that procedure. With its diacritics a text fits better than without.
const KEYWORD_EXACT: u32 = 4_000;
const KEYWORD: u32 = 3_000;
const PHRASE_EXACT: u32 = 2_000;
const PHRASE: u32 = 1_000;
/// A word of so many letters is found whole, never as the beginning of another.
const WHOLE: usize = 2;

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
        let asked = Asked::of(&search.words);
        let found = self.offered(search, day).filter_map(|p| Some((p.score(&asked)?, p)));
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

/// The words of a search.
struct Asked {
    terms: Vec<text::SearchTerm>,
    /// The same words with their diacritics, in lower case.
    exact: Vec<String>,
}

impl Asked {
    fn of(words: &str) -> Self {
        Self { terms: text::search_terms(words), exact: exact_words(words) }
    }

    /// Whether these folded words hold all that was asked, one after the other.
    fn is_run_of(&self, folded: &[&str]) -> bool {
        let fits = |run: &[&str]| {
            self.terms.iter().zip(run).all(|(term, word)| term.variants.iter().any(|variant| variant == word))
        };
        !self.terms.is_empty() && folded.windows(self.terms.len()).any(fits)
    }

    /// The same with diacritics.
    fn is_exact_run_of(&self, exact: &[String]) -> bool {
        !self.exact.is_empty() && exact.windows(self.exact.len()).any(|run| run == self.exact)
    }
}

/// The words of a text as they are written, in lower case and one way of composing letters.
fn exact_words(words: &str) -> Vec<String> {
    let lower = text::clean(words).to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Whether a folded text holds a word that begins with one of the spellings; a short one stands by itself.
fn fits(term: &text::SearchTerm, key: &str) -> bool {
    if term.word.chars().count() > WHOLE {
        return term.is_in(key);
    }
    key.split(' ').any(|word| term.variants.iter().any(|variant| variant == word))
}

impl ProcedureVersion {
    /// The words people use for it: those declared here, and those of the record.
    fn keywords(&self) -> impl Iterator<Item = &str> {
        let local = self.local.iter().flat_map(|local| local.keywords.iter().map(String::as_str));
        let record = self.imported.record.tu_khoa.as_deref().unwrap_or_default();
        local.chain(record.split([',', ';'])).map(str::trim).filter(|keyword| !keyword.is_empty())
    }

    /// What the words are worth as a whole: a keyword, then a part of the name.
    fn score_whole(&self, asked: &Asked) -> u32 {
        let is_keyword = |keyword: &str| {
            let key = text::fold(keyword);
            let words: Vec<&str> = key.split(' ').collect();
            (words.len() == asked.terms.len() && asked.is_run_of(&words))
                .then(|| if exact_words(keyword) == asked.exact { KEYWORD_EXACT } else { KEYWORD })
        };
        if let Some(best) = self.keywords().filter_map(is_keyword).max() {
            return best;
        }
        let name = self.name_key();
        match asked.is_run_of(&name.split(' ').collect::<Vec<_>>()) {
            true if asked.is_exact_run_of(&exact_words(&self.name)) => PHRASE_EXACT,
            true => PHRASE,
            false => 0,
        }
    }

    fn name_key(&self) -> String {
        text::fold(&self.name)
    }

    /// How well the words fit; `None` when one does not occur at all.
    fn score(&self, asked: &Asked) -> Option<u32> {
        let name = self.name_key();
        let exact = exact_words(&self.name);
        let mut score = self.score_whole(asked);
        for (place, term) in asked.terms.iter().enumerate() {
            score += if fits(term, &name) {
                // As it is written, with its diacritics: `hộ` is not `hồ`.
                8 + u32::from(asked.exact.get(place).is_some_and(|word| exact.contains(word)))
            } else if fits(term, &self.search_text) {
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
        if fits(term, &name) {
            return Some(4);
        }
        if fits(term, &self.search_text) {
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
            // A declared keyword comes before two words that begin so.
            ("sổ đỏ", "1.012753"),
            ("so do", "1.012753"),
            ("Sổ Đỏ", "1.012753"),
        ];
        for (words, code) in expected {
            assert_eq!(first(words), code, "{words}");
        }
    }

    #[test]
    fn every_declared_keyword_finds_its_procedure_among_those_that_declare_it() {
        let catalogue = shipped();
        let day = Day::from_ymd(2026, 11, 23).unwrap();
        for procedure in catalogue.all(day) {
            for keyword in procedure.local.iter().flat_map(|local| &local.keywords) {
                let sharing =
                    |other: &&Arc<ProcedureVersion>| other.keywords().any(|one| text::fold(one) == text::fold(keyword));
                let declared = catalogue.all(day).filter(sharing).count();
                let (search, day) = asked(keyword);
                let found = catalogue.search(&search, day);
                let place = found.iter().position(|one| one.code == procedure.code);
                assert!(place.is_some_and(|place| place < declared), "{keyword} of {}: {place:?}", procedure.code);
            }
        }
    }

    #[test]
    fn a_word_with_its_diacritics_comes_before_one_that_only_folds_to_it() {
        let catalogue = shipped();
        let (search, day) = asked("hộ");
        let found = catalogue.search(&search, day);
        let first = found.first().expect("something");
        assert!(exact_words(&first.name).contains(&"hộ".to_owned()), "{}", first.name);
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
