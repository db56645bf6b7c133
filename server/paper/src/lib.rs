//! Data to paper: the forms of the one-stop shop as PDF/A-2a + PDF/UA-1 (typst, as a library) and as sheets.
//!
//! The caller hands over facts ([`Paper`]) and what the print must look like ([`Look`]); the wording lives in
//! `templates/*.typ`, the letters in `fonts/`. What a person typed reaches a template as data only, never as typst
//! source, so `#`, `*` or `[` print as they are. The same input gives the same bytes on every machine: the date inside
//! the PDF is the paper's own date and no clock is read.
//!
//! Sources: Circular 01/2018/TT-VPCP and Circular 03/2025/TT-VPCP (forms), Decree 30/2020/NĐ-CP annex I (layout).

mod data;
mod date;
mod kind;
mod qr;
pub mod sheet;
mod view;
mod world;

pub use data::{
    Addressee, ApologyAndRedate, Applicant, ControlSlip, ControlStep, HandoverLine, HandoverList, Head, ListedPaper,
    Missing, Outcome, PageSize, Paper, PaperNumber, Receipt, ReceiptCopy, RefusalToAccept, Register, RegisterRow,
    ResidentSlip, ResultLetter, ReturnRecord, Signer, StepResult, StopNotice, SupplementRequest,
};
pub use date::PaperDate;
pub use kind::{Kind, Rules};
pub use qr::qr_svg;
pub use view::unprintable;

use serde::{Deserialize, Serialize};
use typst::comemo;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

/// How a paper is to be printed, apart from what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// Every page carries the watermark of a sample without legal value.
    pub demo: bool,
    /// The circular whose forms apply: the one in force on the day of reception, see [`Rules::on`].
    pub rules: Rules,
}

/// Why no paper came out.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// A date that the calendar or the clock does not have.
    #[error("no such date: {0:?}")]
    Date(PaperDate),
    /// The address is longer than a QR code can hold.
    #[error("the text is too long for a QR code")]
    Qr,
    /// The data could not be handed to the template.
    #[error("data: {0}")]
    Data(#[from] serde_json::Error),
    /// The template did not compile: a fault of this crate.
    #[error("template: {0}")]
    Template(String),
    /// The document does not meet PDF/A-2a or PDF/UA-1: a fault of this crate.
    #[error("export: {0}")]
    Export(String),
    /// The sheet could not be written.
    #[error("sheet: {0}")]
    Sheet(#[from] rust_xlsxwriter::XlsxError),
}

/// Compilations a cached result outlives unused. The cache is global and would grow for ever without it.
const CACHE_AGE: usize = 8;

/// Prints `paper` as PDF/A-2a + PDF/UA-1.
///
/// Takes some ten milliseconds of pure computation (the first call reads the fonts): call it on a blocking thread.
/// Letters outside the fonts print as `□`; ask [`unprintable`] first where a name must be exact.
///
/// # Errors
/// A date that does not exist, an address too long for its QR code, or a fault of a template.
pub fn render(paper: &Paper, look: &Look) -> Result<Vec<u8>, PaperError> {
    let kind = paper.kind();
    let date = paper.head().date;
    let view = view::of(paper, look)?;
    let identity = view::identity(&view)?;
    let world = world::PaperWorld::new(kind.template(), serde_json::to_vec(&view)?);

    let compiled = typst::compile::<PagedDocument>(&world);
    let result = compiled.output.map_err(|faults| PaperError::Template(in_words(&faults))).and_then(|document| {
        let options = PdfOptions {
            ident: Smart::Custom(identity),
            creator: Smart::Custom(Some("Một Cửa".to_owned())),
            timestamp: date.pdf_timestamp(),
            standards: PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
                .map_err(|fault| PaperError::Export(fault.message().to_string()))?,
            ..PdfOptions::default()
        };
        typst_pdf::pdf(&document, &options).map_err(|faults| PaperError::Export(in_words(&faults)))
    });
    comemo::evict(CACHE_AGE);
    result
}

fn in_words(faults: &[typst::diag::SourceDiagnostic]) -> String {
    faults.iter().map(|fault| fault.message.to_string()).collect::<Vec<_>>().join("; ")
}
