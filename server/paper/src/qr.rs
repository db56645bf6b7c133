//! QR codes, as SVG for papers and screens.

use std::fmt::Write as _;

use fast_qr::{ECL, QRBuilder, QRCode};

use crate::PaperError;

/// Light modules around the code that a reader needs (ISO/IEC 18004).
const QUIET: usize = 4;

/// The QR code of `text` for a screen: it has a role and a title and no `style` attribute, so a strict content security
/// policy lets it through; it scales to the box it is put in.
///
/// Empty if `text` is longer than a QR code can hold (about 1,600 letters): no picture is better than a wrong one.
pub fn qr_svg(text: &str) -> String {
    svg(text).unwrap_or_default()
}

/// The same picture, for papers that must not go out without it.
pub(crate) fn svg(text: &str) -> Result<String, PaperError> {
    let code = QRBuilder::new(text).ecl(ECL::Q).build().map_err(|_| PaperError::Qr)?;
    let side = code.size + 2 * QUIET;
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" role=\"img\" \
         shape-rendering=\"crispEdges\"><title>Mã QR: {}</title><path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/>\
         <path fill=\"#000\" d=\"{}\"/></svg>",
        escaped(text),
        dark_runs(&code),
    ))
}

/// One subpath per horizontal run of dark modules: fewer seams than one square per module.
fn dark_runs(code: &QRCode) -> String {
    let mut path = String::new();
    for y in 0..code.size {
        let row = &code[y];
        let mut x = 0;
        while x < code.size {
            let run = row[x..].iter().take_while(|module| module.value()).count();
            if run > 0 {
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
            }
            x += run.max(1);
        }
    }
    path
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
