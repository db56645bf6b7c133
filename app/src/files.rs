//! What pages say of an uploaded file: its size, that it waits to be scanned, that it was dangerous.

use crate::{
    format,
    words::{t, tf},
};
use leptos::prelude::*;
use office::dossiers::UploadRow;
use ui::{Glyph, Notice, Tag, Tone};

/// The question of a scan that answers none of the form's.
pub const OTHER_FILE: &str = "giay-to-khac";

/// Where the file is opened; nowhere while it waits to be scanned.
pub fn address(file: &UploadRow) -> Option<String> {
    file.held_at.is_none().then(|| format!("/tep/{}", file.id))
}

/// Address of a small picture of it, when it is one that may be opened.
pub fn thumbnail(file: &UploadRow) -> Option<String> {
    address(file).filter(|_| file.mime.starts_with("image/"))
}

/// Its size, and that it waits.
pub fn detail(file: &UploadRow) -> String {
    let size = format::size(file.size);
    if file.held_at.is_none() {
        size
    } else {
        tf("{cỡ}, đã nhận, đang chờ quét mã độc", &[("cỡ", &size)])
    }
}

/// The tag of a file that waits to be scanned, for staff.
pub fn held_tag(file: &UploadRow) -> Option<AnyView> {
    let tag = || view! { <Tag tone=Tone::Warn glyph=Glyph::Clock words=t("Đang chờ quét")/> }.into_any();
    file.held_at.is_some().then(tag)
}

/// Files under a heading, each to be opened in a page of its own; nothing where there are none.
pub fn links(heading: &'static str, list: &[&UploadRow]) -> Option<AnyView> {
    let line = |file: &&UploadRow| {
        let name = file.name.clone();
        match address(file) {
            Some(href) => view! { <li><a href=href target="_blank" rel="noopener">{name}</a></li> }.into_any(),
            None => view! { <li>{name} " " {held_tag(file)}</li> }.into_any(),
        }
    };
    let lines = list.iter().map(line).collect::<Vec<_>>();
    (!lines.is_empty()).then(|| view! { <p class="sub">{heading}</p> <ul>{lines}</ul> }.into_any())
}

/// Says of each file that a scan took away that it is gone, and asks for another.
pub fn infected<'f>(files: impl IntoIterator<Item = &'f UploadRow>) -> Option<AnyView> {
    let gone: Vec<AnyView> = files
        .into_iter()
        .map(|file| {
            let words = tf(
                "Tệp “{tên}” có mã độc nên đã bỏ. Chụp hoặc quét lại giấy tờ thành tệp khác rồi gửi.",
                &[("tên", &file.name)],
            );
            view! { <p>{words}</p> }.into_any()
        })
        .collect();
    (!gone.is_empty()).then(|| view! { <Notice tone=Tone::Warn>{gone}</Notice> }.into_any())
}
