//! Text to XML, in the one form that Canonical XML 1.0 gives it: elements without content are written with both tags,
//! attributes in double quotes, and no white space of its own. So what is signed is what is written, byte for byte.

use std::fmt::Write as _;

/// A character that XML 1.0 cannot write, not even escaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unwritable(pub char);

/// The first line of every document here. Canonical XML leaves it out of what is signed.
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

/// A document in the making. Names come from the code and are written as they are; texts are escaped.
pub(super) struct Xml {
    text: String,
    /// The first character that could not be written.
    unwritable: Option<char>,
}

impl Xml {
    pub(super) fn new() -> Self {
        Self { text: DECLARATION.to_owned(), unwritable: None }
    }

    /// An element around what `inside` writes.
    pub(super) fn element(&mut self, name: &str, inside: impl FnOnce(&mut Self)) {
        self.text.extend(["<", name, ">"]);
        inside(self);
        self.text.extend(["</", name, ">"]);
    }

    /// The same with an attribute `Id`, by which a signature refers to it.
    pub(super) fn identified(&mut self, name: &str, id: &str, inside: impl FnOnce(&mut Self)) {
        self.text.extend(["<", name, " Id=\""]);
        self.escaped(id, true);
        self.text.push_str("\">");
        inside(self);
        self.text.extend(["</", name, ">"]);
    }

    /// An element with a text.
    pub(super) fn leaf(&mut self, name: &str, text: impl std::fmt::Display) {
        let text = text.to_string();
        self.element(name, |xml| xml.escaped(&text, false));
    }

    /// An element with a text, when there is one.
    pub(super) fn leaf_if(&mut self, name: &str, text: Option<impl std::fmt::Display>) {
        if let Some(text) = text {
            self.leaf(name, text);
        }
    }

    /// The bytes, in UTF-8.
    ///
    /// # Errors
    /// The first character that has no place in XML.
    pub(super) fn finish(self) -> Result<Vec<u8>, Unwritable> {
        match self.unwritable {
            Some(character) => Err(Unwritable(character)),
            None => Ok(self.text.into_bytes()),
        }
    }

    /// The characters of a text or of an attribute, as Canonical XML 1.0 (2.3) writes them.
    fn escaped(&mut self, text: &str, in_attribute: bool) {
        for character in text.chars() {
            match character {
                '&' => self.text.push_str("&amp;"),
                '<' => self.text.push_str("&lt;"),
                '>' if !in_attribute => self.text.push_str("&gt;"),
                '"' if in_attribute => self.text.push_str("&quot;"),
                '\r' => self.reference(character),
                '\t' | '\n' if in_attribute => self.reference(character),
                _ if is_writable(character) => self.text.push(character),
                _ => self.unwritable = self.unwritable.or(Some(character)),
            }
        }
    }

    fn reference(&mut self, character: char) {
        // Writing into a String does not fail.
        let _ = write!(self.text, "&#x{:X};", u32::from(character));
    }
}

/// XML 1.0, 2.2: what a document may hold.
const fn is_writable(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}')
}
