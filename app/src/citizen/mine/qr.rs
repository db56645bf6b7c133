//! A QR code for the screen: plain SVG without `style`, which the content security policy forbids.

use fast_qr::{ECL, QRBuilder};
use std::fmt::Write as _;

/// Light modules around the code that a reader needs (ISO/IEC 18004).
const QUIET: usize = 4;

/// The code of a text as SVG; `None` when the text is longer than a code can hold. `label` is read aloud.
pub fn svg(text: &str, label: &str) -> Option<String> {
    let code = QRBuilder::new(text).ecl(ECL::Q).build().ok()?;
    let side = code.size + 2 * QUIET;
    let mut path = String::new();
    for y in 0..code.size {
        let row = &code[y];
        let mut x = 0;
        while x < code.size {
            // One subpath for a run of dark modules: fewer seams than one square for each.
            let run = row[x..].iter().take_while(|module| module.value()).count();
            if run > 0 {
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
            }
            x += run.max(1);
        }
    }
    let label = label.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"176\" height=\"176\" viewBox=\"0 0 {side} {side}\" role=\"img\" \
         aria-label=\"{label}\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/>\
         <path fill=\"#000\" d=\"{path}\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_drawn_without_style_and_with_its_quiet_zone() {
        let drawn = svg("https://motcua.example/tra-cuu?ma=T-1", "a <b>").expect("short enough");
        assert!(!drawn.contains("style") && drawn.contains("aria-label=\"a &lt;b>\""));
        assert!(drawn.contains("d=\"M4 4h7v1h-7z"), "the corner's pattern begins after the quiet zone");
    }

    #[test]
    fn a_text_too_long_has_no_code() {
        assert_eq!(svg(&"x".repeat(4000), "x"), None);
    }
}
