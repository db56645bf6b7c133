//! The world a template sees: the templates, the fonts and one file of data. Nothing else, above all not the disk.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

/// The name under which a template reads its data.
const DATA: &str = "paper.json";

const TEMPLATES: [(&str, &str); 12] = [
    ("base.typ", include_str!("../templates/base.typ")),
    ("receipt.typ", include_str!("../templates/receipt.typ")),
    ("supplement.typ", include_str!("../templates/supplement.typ")),
    ("refusal.typ", include_str!("../templates/refusal.typ")),
    ("apology.typ", include_str!("../templates/apology.typ")),
    ("stop.typ", include_str!("../templates/stop.typ")),
    ("control_slip.typ", include_str!("../templates/control_slip.typ")),
    ("register.typ", include_str!("../templates/register.typ")),
    ("resident_slip.typ", include_str!("../templates/resident_slip.typ")),
    ("result_letter.typ", include_str!("../templates/result_letter.typ")),
    ("return_record.typ", include_str!("../templates/return_record.typ")),
    ("handover_list.typ", include_str!("../templates/handover_list.typ")),
];

const FACES: [&[u8]; 6] = [
    include_bytes!("../fonts/LiberationSerif-Regular.ttf"),
    include_bytes!("../fonts/LiberationSerif-Bold.ttf"),
    include_bytes!("../fonts/LiberationSerif-Italic.ttf"),
    include_bytes!("../fonts/LiberationSerif-BoldItalic.ttf"),
    // Only for a breve over a letter that already has a mark (ê̆ ô̆ ơ̆ ư̆ of Ê Đê names): Liberation Serif has the
    // glyphs but does not know where to put the breve.
    include_bytes!("../fonts/NotoSerif-Regular.ttf"),
    include_bytes!("../fonts/NotoSerif-Bold.ttf"),
];

/// What all papers share; built once.
struct Shelf {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    templates: Vec<Source>,
    data: FileId,
}

static SHELF: LazyLock<Shelf> = LazyLock::new(|| {
    let fonts: Vec<Font> = FACES.iter().flat_map(|face| Font::iter(Bytes::new(*face))).collect();
    Shelf {
        library: LazyHash::new(Library::default()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        fonts,
        templates: TEMPLATES.iter().map(|(name, text)| Source::new(file(name), (*text).to_owned())).collect(),
        data: file(DATA),
    }
});

fn file(name: &str) -> FileId {
    let path = VirtualPath::new(name).expect("a plain file name is a path");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

/// Whether every face has a glyph for `letter`.
pub(crate) fn has_glyph(letter: char) -> bool {
    SHELF.fonts.iter().all(|font| font.info().coverage.contains(u32::from(letter)))
}

pub(crate) struct PaperWorld {
    main: FileId,
    data: Bytes,
}

impl PaperWorld {
    /// A world whose main file is the template of this name and whose data file holds `json`.
    pub(crate) fn new(template: &str, json: Vec<u8>) -> PaperWorld {
        PaperWorld { main: file(template), data: Bytes::new(json) }
    }
}

impl World for PaperWorld {
    fn library(&self) -> &LazyHash<Library> {
        &SHELF.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &SHELF.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        SHELF.templates.iter().find(|source| source.id() == id).cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == SHELF.data { Ok(self.data.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        SHELF.fonts.get(index).cloned()
    }

    /// No clock: a paper that asked for today's date would not print the same tomorrow.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_can_read_its_data_and_nothing_else() {
        let world = PaperWorld::new("receipt.typ", b"{}".to_vec());
        assert!(world.file(file(DATA)).is_ok());
        assert!(world.source(file("base.typ")).is_ok());
        for other in ["etc/passwd", "fonts/LiberationSerif-Regular.ttf", "templates/base.typ", "other.json"] {
            assert_eq!(world.file(file(other)).err(), Some(FileError::AccessDenied), "{other}");
            assert_eq!(world.source(file(other)).err(), Some(FileError::AccessDenied), "{other}");
        }
    }
}
