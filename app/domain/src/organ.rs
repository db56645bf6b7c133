//! Electronic identifiers of agencies (mã định danh điện tử, Quyết định 20/2020/QĐ-TTg).

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::fmt;

/// An agency's identifier, top-down: the ministry or province, then each level below. `H15.50.05.13`.
///
/// The older layout of QCVN 102:2016/BTTTT stands the other way round and is padded with zeros; both are one agency.
/// What was written is kept beside it, because exchange partners know the agency by it.
#[derive(Clone)]
pub struct OrganId {
    canonical: String,
    original: String,
}

/// Why a text is not an identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrganIdProblem {
    /// Nothing typed.
    Empty,
    /// No part is a letter and two digits, or more than one is, or it stands in the middle.
    NoTopLevel,
    /// A level below that is not one to three digits.
    BadLevel,
    /// More than four levels.
    TooManyLevels,
}

/// A ministry or province and three levels below it.
const MOST_LEVELS: usize = 4;

impl OrganId {
    /// Reads both layouts; case and outer spaces are forgiven.
    ///
    /// `000.00.00.H41` → `H41`; `28.22.H17` → `H17.22.28`; `002.00.20.H13` → `H13.20.00.002`: a level of zeros is
    /// padding only below the lowest real level.
    pub fn normalize(typed: &str) -> Result<Self, OrganIdProblem> {
        let original = typed.trim().to_ascii_uppercase();
        if original.is_empty() {
            return Err(OrganIdProblem::Empty);
        }
        let mut levels: Vec<&str> = original.split('.').collect();
        if levels.len() > MOST_LEVELS {
            return Err(OrganIdProblem::TooManyLevels);
        }
        let top_first = levels.first().is_some_and(|level| is_top(level));
        let top_last = levels.last().is_some_and(|level| is_top(level));
        if !top_first && !top_last {
            return Err(OrganIdProblem::NoTopLevel);
        }
        if !top_first {
            levels.reverse();
        }
        if levels[1..].iter().any(|level| is_top(level)) {
            return Err(OrganIdProblem::NoTopLevel);
        }
        if levels[1..].iter().any(|level| !is_lower(level)) {
            return Err(OrganIdProblem::BadLevel);
        }
        if !top_first {
            while levels.len() > 1 && levels.last().is_some_and(|level| level.bytes().all(|b| b == b'0')) {
                levels.pop();
            }
        }
        Ok(Self { canonical: levels.join("."), original })
    }

    /// The top-down form; what to compare and store.
    pub fn as_str(&self) -> &str {
        &self.canonical
    }

    /// What was written, in capitals; what to send back to the partner that wrote it.
    pub fn original(&self) -> &str {
        &self.original
    }

    /// The ministry or province: `H15`.
    pub fn top(&self) -> &str {
        self.canonical.split('.').next().unwrap_or_default()
    }

    /// Whether the other agency is this one or stands under it.
    pub fn contains(&self, other: &Self) -> bool {
        other.canonical.strip_prefix(&self.canonical).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }
}

fn is_top(level: &str) -> bool {
    matches!(level.as_bytes(), [letter, a, b] if letter.is_ascii_uppercase() && a.is_ascii_digit() && b.is_ascii_digit())
}

fn is_lower(level: &str) -> bool {
    (1..=3).contains(&level.len()) && level.bytes().all(|b| b.is_ascii_digit())
}

/// Two ways of writing one agency are equal.
impl PartialEq for OrganId {
    fn eq(&self, other: &Self) -> bool {
        self.canonical == other.canonical
    }
}
impl Eq for OrganId {}
impl std::hash::Hash for OrganId {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.canonical.hash(state);
    }
}

impl fmt::Display for OrganId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.canonical)
    }
}

impl fmt::Debug for OrganId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OrganId({})", self.original)
    }
}

/// The original is kept, so that nothing is lost in storage.
impl Serialize for OrganId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.original)
    }
}

impl<'de> Deserialize<'de> for OrganId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::normalize(&text).map_err(|problem| D::Error::custom(format!("{problem:?}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn both_layouts_of_an_agency_become_one_and_the_original_is_kept() {
        for (typed, canonical) in [
            ("H15.50.05.13", "H15.50.05.13"),
            ("H15", "H15"),
            ("G22.99", "G22.99"),
            ("000.00.00.H41", "H41"),
            ("002.00.20.H13", "H13.20.00.002"),
            ("28.22.H17", "H17.22.28"),
            ("000.18.45.H45", "H45.45.18"),
            (" h15.50.05 ", "H15.50.05"),
        ] {
            let organ = OrganId::normalize(typed).unwrap();
            assert_eq!(organ.as_str(), canonical);
            assert_eq!(organ.original(), typed.trim().to_uppercase());
            assert_eq!(OrganId::normalize(canonical).unwrap(), organ);
        }
    }

    #[test]
    fn what_is_no_identifier_is_refused_with_its_reason() {
        for (typed, problem) in [
            ("", OrganIdProblem::Empty),
            ("15.50", OrganIdProblem::NoTopLevel),
            ("15.H15.50", OrganIdProblem::NoTopLevel),
            ("H15.H16", OrganIdProblem::NoTopLevel),
            ("H1.50", OrganIdProblem::NoTopLevel),
            ("H15..50", OrganIdProblem::BadLevel),
            ("H15.5000", OrganIdProblem::BadLevel),
            ("H15.5A", OrganIdProblem::BadLevel),
            ("H15.1.2.3.4", OrganIdProblem::TooManyLevels),
        ] {
            assert_eq!(OrganId::normalize(typed), Err(problem), "{typed}");
        }
    }

    #[test]
    fn an_agency_contains_those_under_it() {
        let organ = |text| OrganId::normalize(text).unwrap();
        assert!(organ("H15").contains(&organ("H15.50.05")));
        assert!(organ("H15.50").contains(&organ("05.50.H15")));
        assert!(!organ("H15.5").contains(&organ("H15.50")));
        assert_eq!(organ("000.18.45.H45").top(), "H45");
    }

    proptest! {
        #[test]
        fn normalising_twice_is_normalising_once(text in prop_oneof!["[A-Z0-9.]{0,16}", "[A-Z][0-9]{2}(\\.[0-9]{1,3}){0,3}", "\\PC{0,12}"]) {
            if let Ok(organ) = OrganId::normalize(&text) {
                let again = OrganId::normalize(organ.as_str()).unwrap();
                prop_assert_eq!(again.as_str(), organ.as_str());
                prop_assert_eq!(again.original(), organ.as_str());
            }
        }
    }
}
