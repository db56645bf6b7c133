//! Unicode's normal forms and small letters. The server has the tables; in a browser the same tables are there already,
//! behind `String.prototype.normalize` and `toLowerCase`, and a phone does not load them twice.

/// Composed (NFC): one stored form however it was typed (TCVN 6909:2001).
pub fn nfc(text: &str) -> String {
    if text.is_ascii() { text.to_owned() } else { composed(text) }
}

/// Taken apart (NFD): letters, each followed by its marks.
pub(super) fn nfd(text: &str) -> String {
    if text.is_ascii() { text.to_owned() } else { decomposed(text) }
}

/// In small letters, by Unicode and no particular language.
pub(super) fn small(text: &str) -> String {
    if text.is_ascii() { text.to_ascii_lowercase() } else { lowered(text) }
}

#[cfg(not(target_arch = "wasm32"))]
fn lowered(text: &str) -> String {
    text.to_lowercase()
}

#[cfg(target_arch = "wasm32")]
fn lowered(text: &str) -> String {
    js_sys::JsString::from(text).to_lower_case().into()
}

#[cfg(not(target_arch = "wasm32"))]
fn composed(text: &str) -> String {
    unicode_normalization::UnicodeNormalization::nfc(text).collect()
}

#[cfg(not(target_arch = "wasm32"))]
fn decomposed(text: &str) -> String {
    unicode_normalization::UnicodeNormalization::nfd(text).collect()
}

#[cfg(target_arch = "wasm32")]
fn composed(text: &str) -> String {
    js_sys::JsString::from(text).normalize("NFC").into()
}

#[cfg(target_arch = "wasm32")]
fn decomposed(text: &str) -> String {
    js_sys::JsString::from(text).normalize("NFD").into()
}
