//! Names that carry a hash of the content, so that a browser may keep the file for ever.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

/// Sixteen hexadecimal digits: 64 bits tell a few hundred versions of a file apart.
const HASH_DIGITS: usize = 16;

/// `citizen.css` with some content → `citizen.0123456789abcdef.css`.
pub fn hashed(name: &str, content: &[u8]) -> String {
    let hash = hash(&[content]);
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}.{hash}.{extension}"),
        None => format!("{name}.{hash}"),
    }
}

/// One hash for files that belong together, in their order.
pub fn hash(contents: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    for content in contents {
        hasher.update(content);
    }
    let mut hash = hex::encode(hasher.finalize());
    hash.truncate(HASH_DIGITS);
    hash
}

/// Puts hashed names where a text refers to `/pkg/NAME`, as a style sheet or a web manifest does.
/// A longer name that merely begins alike is left alone.
pub fn with_hashed_references(text: &str, names: &BTreeMap<String, String>) -> String {
    let mut rest = text;
    let mut result = String::with_capacity(text.len());
    while let Some(at) = rest.find("/pkg/") {
        let (before, reference) = rest.split_at(at);
        let name = &reference["/pkg/".len()..];
        let end = name.find(|c: char| !(c.is_ascii_alphanumeric() || "._-/".contains(c))).unwrap_or(name.len());
        result.push_str(before);
        result.push_str("/pkg/");
        result.push_str(names.get(&name[..end]).map_or(&name[..end], String::as_str));
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
        let names = BTreeMap::from([("icon.svg".to_owned(), "icon.12.svg".to_owned())]);
        let text = r#"{"src":"/pkg/icon.svg"} url(/pkg/icon.svg) /pkg/icon.svgz /pkg/other.png icon.svg"#;
        let expected = r#"{"src":"/pkg/icon.12.svg"} url(/pkg/icon.12.svg) /pkg/icon.svgz /pkg/other.png icon.svg"#;
        assert_eq!(with_hashed_references(text, &names), expected);
        assert_eq!(with_hashed_references("/pkg/", &names), "/pkg/");
    }
}
