//! Names that carry a hash of the content, so that a browser may keep the file for ever.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

/// Sixteen hexadecimal digits: 64 bits tell a few hundred versions of a file apart.
const HASH_DIGITS: usize = 16;

/// `frontend_bg.wasm` with some content → `frontend_bg.0123456789abcdef.wasm`.
pub fn hashed(name: &str, content: &[u8]) -> String {
    let mut hash = hex::encode(Sha256::digest(content));
    hash.truncate(HASH_DIGITS);
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}.{hash}.{extension}"),
        None => format!("{name}.{hash}"),
    }
}

/// Puts hashed names where a text refers to `/pkg/NAME`, as a style sheet or a web manifest does.
/// A longer name that merely begins alike is left alone.
pub fn with_hashed_references(text: &str, addresses: &BTreeMap<String, String>) -> String {
    let mut rest = text;
    let mut result = String::with_capacity(text.len());
    while let Some(at) = rest.find("/pkg/") {
        let (before, reference) = rest.split_at(at);
        let name = &reference["/pkg/".len()..];
        let end = name.find(|c: char| !(c.is_ascii_alphanumeric() || "._-/".contains(c))).unwrap_or(name.len());
        result.push_str(before);
        match addresses.get(&name[..end]) {
            Some(address) => result.push_str(address),
            None => result.push_str(&reference[.."/pkg/".len() + end]),
        }
        rest = &name[end..];
    }
    result.push_str(rest);
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_stands_before_the_extension() {
        assert_eq!(hashed("favicon.svg", b"<svg/>"), "favicon.d4dc56669143034f.svg");
        assert_eq!(hashed("a.b.css", b"").split('.').collect::<Vec<_>>(), ["a", "b", "e3b0c44298fc1c14", "css"]);
        assert_eq!(hashed("LICENSE", b""), "LICENSE.e3b0c44298fc1c14");
    }

    #[test]
    fn another_content_has_another_name() {
        assert_ne!(hashed("a.css", b"1"), hashed("a.css", b"2"));
        assert_eq!(hashed("a.css", b"1"), hashed("a.css", b"1"));
    }

    #[test]
    fn references_follow_the_hashed_names_and_others_stay() {
        let addresses = BTreeMap::from([("icon.svg".to_owned(), "/pkg/icon.12.svg".to_owned())]);
        let text = r#"{"src":"/pkg/icon.svg"} url(/pkg/icon.svg) /pkg/icon.svgz /pkg/other.png icon.svg"#;
        let expected = r#"{"src":"/pkg/icon.12.svg"} url(/pkg/icon.12.svg) /pkg/icon.svgz /pkg/other.png icon.svg"#;
        assert_eq!(with_hashed_references(text, &addresses), expected);
        assert_eq!(with_hashed_references("/pkg/", &addresses), "/pkg/");
    }
}
