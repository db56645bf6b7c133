//! What a catalogue search looks through.

use super::export::{ExportRecord, text};
use super::local::LocalPart;
use crate::text::fold;

/// Folded name, code, keywords and field, one after the other.
pub fn search_text(record: &ExportRecord, local: &LocalPart) -> String {
    let keywords = local.keywords.iter().map(String::as_str);
    let parts = [text(&record.ten_tthc), text(&record.tu_khoa), text(&record.linh_vuc), &local.result_name];
    let folded = parts.into_iter().chain(keywords).map(fold).filter(|part| !part.is_empty());
    // The code keeps its dot: people type it as it is printed.
    std::iter::once(record.code().to_owned()).chain(folded).collect::<Vec<_>>().join(" ")
}
