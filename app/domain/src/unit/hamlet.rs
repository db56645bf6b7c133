//! Hamlets (thôn, buôn, khu phố) in time. They are no administrative units, but every address and list names them.

use super::is_valid;
use crate::{text::fold, time::Day};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// A hamlet during one period of its commune.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hamlet {
    /// Stable key.
    pub key: String,
    /// Name with the word of its kind: `Thôn Xí Thoại`.
    pub name: String,
    /// Kind.
    pub kind: HamletKind,
    /// Code of its commune during that period.
    pub commune: String,
    /// First valid day; none when it was so before the records begin.
    pub valid_from: Option<Day>,
    /// Last valid day; none while valid.
    pub valid_to: Option<Day>,
    /// Key of the same hamlet in its next period.
    pub continued_by: Option<String>,
    /// False where the commune still has to confirm the name; the list is configuration.
    pub confirmed: bool,
}

/// Kind of a hamlet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HamletKind {
    /// Thôn.
    Hamlet,
    /// Buôn.
    Village,
    /// Khu phố, tổ dân phố.
    Quarter,
}

/// The list of hamlets.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Hamlets(Vec<Hamlet>);

static SHIPPED: LazyLock<Hamlets> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../data/units/hamlets.json")).expect("the shipped file is read by a test")
});

impl Hamlets {
    /// The shipped list for the communes of Đồng Xuân, before and after 01/07/2025.
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// Every hamlet of every time.
    pub fn all(&self) -> &[Hamlet] {
        &self.0
    }

    /// The hamlet of a stored key.
    pub fn get(&self, key: &str) -> Option<&Hamlet> {
        self.0.iter().find(|hamlet| hamlet.key == key)
    }

    /// The hamlets of the commune that has the code on that day.
    pub fn of_commune(&self, code: &str, day: Day) -> Vec<&Hamlet> {
        self.0
            .iter()
            .filter(|hamlet| hamlet.commune == code && is_valid(hamlet.valid_from, hamlet.valid_to, day))
            .collect()
    }

    /// A hamlet of the commune by its name, with or without the word of its kind.
    pub fn find(&self, name: &str, commune: &str, day: Day) -> Option<&Hamlet> {
        let wanted = fold(name);
        self.of_commune(commune, day).into_iter().find(|hamlet| {
            let full = fold(&hamlet.name);
            full == wanted || bare(&full) == wanted || bare(&full) == bare(&wanted)
        })
    }

    /// The same hamlet on that day, when the records follow it so far.
    pub fn on<'a>(&'a self, hamlet: &'a Hamlet, day: Day) -> Option<&'a Hamlet> {
        let mut hamlet = hamlet;
        for _ in 0..=self.0.len() {
            if is_valid(hamlet.valid_from, hamlet.valid_to, day) {
                return Some(hamlet);
            }
            hamlet = self.get(hamlet.continued_by.as_deref()?)?;
        }
        None
    }
}

/// A folded name without the word of its kind.
fn bare(name: &str) -> &str {
    ["thon ", "buon ", "khu pho ", "to dan pho "].iter().find_map(|kind| name.strip_prefix(kind)).unwrap_or(name)
}
