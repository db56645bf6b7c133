//! Words that are never shown.

use std::fmt;

/// A PIN or a bearer token: not in a log, not in an error, not when something is printed for a developer.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// Keeps the word.
    pub fn new(word: impl Into<String>) -> Self {
        Self(word.into())
    }

    /// The word itself, for whoever it has to be told.
    pub(crate) fn word(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_not_printed() {
        assert_eq!(format!("{:?}", Secret::new("4321")), "…");
    }
}
