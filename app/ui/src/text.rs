//! Words that may be absent.

/// Words that may be absent. Empty text counts as absent, so that a blank value never leaves an empty hint or an
/// empty link behind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MaybeText(Option<String>);

impl MaybeText {
    /// True when there is something to read.
    pub fn is_some(&self) -> bool {
        self.0.is_some()
    }

    /// True when there is nothing to read.
    pub fn is_none(&self) -> bool {
        self.0.is_none()
    }

    /// The words, if any.
    pub fn into_option(self) -> Option<String> {
        self.0
    }

    /// The words, if any, borrowed.
    pub fn as_deref(&self) -> Option<&str> {
        self.0.as_deref()
    }

    /// The words, or `other` when there are none.
    pub fn or(self, other: &str) -> String {
        self.0.unwrap_or_else(|| other.to_owned())
    }
}

impl From<String> for MaybeText {
    fn from(words: String) -> Self {
        Self(Some(words).filter(|words| !words.is_empty()))
    }
}

impl From<&String> for MaybeText {
    fn from(words: &String) -> Self {
        words.as_str().into()
    }
}

impl From<&str> for MaybeText {
    fn from(words: &str) -> Self {
        words.to_owned().into()
    }
}

impl<T: Into<MaybeText>> From<Option<T>> for MaybeText {
    fn from(words: Option<T>) -> Self {
        words.map(Into::into).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_words_are_absent_words() {
        assert!(MaybeText::from("").is_none());
        assert!(MaybeText::from(Some(String::new())).is_none());
        assert!(MaybeText::from(None::<&str>).is_none());
    }

    #[test]
    fn words_arrive_unchanged_from_every_kind_of_text() {
        let expected = Some("Ngày sinh".to_owned());
        assert_eq!(MaybeText::from("Ngày sinh").into_option(), expected);
        assert_eq!(MaybeText::from("Ngày sinh".to_owned()).into_option(), expected);
        assert_eq!(MaybeText::from(Some("Ngày sinh")).into_option(), expected);
        assert_eq!(MaybeText::from(Some("Ngày sinh".to_owned())).into_option(), expected);
    }
}
