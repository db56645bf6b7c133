//! What a catalogue search looks through.

use super::export::{ExportRecord, text};
use super::local::LocalPart;
use crate::question::typed::one_line;
use unicode_normalization::UnicodeNormalization;

/// Folded name, code, keywords and field, one after the other.
pub fn search_text(record: &ExportRecord, local: &LocalPart) -> String {
    let keywords = local.keywords.iter().map(String::as_str);
    let parts = [text(&record.ten_tthc), text(&record.tu_khoa), text(&record.linh_vuc), &local.result_name];
    let folded = parts.into_iter().chain(keywords).map(folded).filter(|part| !part.is_empty());
    // The code keeps its dot: people type it as it is printed.
    std::iter::once(record.code().to_owned()).chain(folded).collect::<Vec<_>>().join(" ")
}

/// Lower case without marks; đ as d; anything but letters and digits as one space.
pub(crate) fn folded(text: &str) -> String {
    let bare = text.nfd().filter(|c| !matches!(c, '\u{300}'..='\u{36f}')).map(|c| match c {
        'đ' | 'Đ' | '\u{d0}' => 'd',
        'ƀ' | 'Ƀ' => 'b',
        c if c.is_alphanumeric() => c,
        _ => ' ',
    });
    one_line(&bare.collect::<String>().to_lowercase())
}
