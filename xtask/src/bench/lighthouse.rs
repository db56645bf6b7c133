//! Page speed by Lighthouse.

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::median;
use crate::command;
use crate::workspace::Workspace;

const RUNS: usize = 3;
const CHROMIUM_FLAGS: &str = "--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run \
     --disable-background-networking --disable-component-update --disable-sync";

/// The least that is promised, of 100.
pub const PERFORMANCE_TARGET: f64 = 95.0;
pub const ACCESSIBILITY_TARGET: f64 = 100.0;

pub const HEADER: &str = "| page | performance | accessibility | first paint | largest paint | blocked | shift | bytes |\n\
     | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n";

/// The row that says what is promised.
pub fn targets() -> String {
    format!("| target | ≥ {PERFORMANCE_TARGET:.0} | {ACCESSIBILITY_TARGET:.0} | | | | | |\n")
}

/// The medians of a page.
pub struct PageSpeed {
    performance: f64,
    accessibility: f64,
    first_paint_ms: f64,
    largest_paint_ms: f64,
    blocked_ms: f64,
    shift: f64,
    bytes: f64,
}

impl PageSpeed {
    /// Whether it is as fast and as usable as promised.
    pub fn is_on_target(&self) -> bool {
        (self.performance * 100.0).round() >= PERFORMANCE_TARGET
            && (self.accessibility * 100.0).round() >= ACCESSIBILITY_TARGET
    }

    pub fn row(&self, page: &str) -> String {
        format!(
            "| {page} | {:.0} | {:.0} | {:.0} ms | {:.0} ms | {:.0} ms | {:.3} | {:.0} |\n",
            self.performance * 100.0,
            self.accessibility * 100.0,
            self.first_paint_ms,
            self.largest_paint_ms,
            self.blocked_ms,
            self.shift,
            self.bytes
        )
    }

    fn medians(reports: &[Value]) -> Result<PageSpeed> {
        let of = |pointer: &str| -> Result<f64> {
            let values = reports.iter().map(|report| report.pointer(pointer).and_then(Value::as_f64));
            let values: Option<Vec<f64>> = values.collect();
            Ok(median(values.with_context(|| format!("Lighthouse's report has no {pointer}"))?))
        };
        Ok(PageSpeed {
            performance: of("/categories/performance/score")?,
            accessibility: of("/categories/accessibility/score")?,
            first_paint_ms: of("/audits/first-contentful-paint/numericValue")?,
            largest_paint_ms: of("/audits/largest-contentful-paint/numericValue")?,
            blocked_ms: of("/audits/total-blocking-time/numericValue")?,
            shift: of("/audits/cumulative-layout-shift/numericValue")?,
            bytes: of("/audits/total-byte-weight/numericValue")?,
        })
    }
}

/// Three visits as a modest phone on a slow network, which is what Lighthouse plays unless told otherwise. `cookie` is
/// the session of a visitor who is signed in.
///
/// # Errors
/// When Lighthouse fails or says nothing of a figure.
pub fn measure(workspace: &Workspace, url: &str, cookie: Option<&str>) -> Result<PageSpeed> {
    let chromium = command::find_program("chromium").context("Chromium is not installed")?;
    let mut reports = Vec::new();
    for _ in 0..RUNS {
        let mut lighthouse = workspace.command(workspace.end2end().join("node_modules/.bin/lighthouse"));
        lighthouse.arg(url).args(["--quiet", "--output=json", "--only-categories=performance,accessibility"]);
        lighthouse.arg(CHROMIUM_FLAGS).env("CHROME_PATH", &chromium);
        if let Some(cookie) = cookie {
            lighthouse.arg(format!("--extra-headers={}", serde_json::json!({ "Cookie": cookie })));
        }
        let text = command::output(&mut lighthouse)?;
        reports.push(serde_json::from_str(&text).context("Lighthouse's report is not JSON")?);
    }
    PageSpeed::medians(&reports)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn report(score: f64, paint: f64) -> Value {
        let audit = |value: f64| json!({ "numericValue": value });
        json!({
            "categories": { "performance": { "score": score }, "accessibility": { "score": 1 } },
            "audits": {
                "first-contentful-paint": audit(paint), "largest-contentful-paint": audit(1200.0),
                "total-blocking-time": audit(0.0), "cumulative-layout-shift": audit(0.01),
                "total-byte-weight": audit(98_765.0)
            }
        })
    }

    #[test]
    fn each_figure_is_the_median_of_its_own() {
        let speed = PageSpeed::medians(&[report(0.9, 900.0), report(1.0, 1500.0), report(0.97, 800.0)]).unwrap();
        assert_eq!(speed.row("`/`"), "| `/` | 97 | 100 | 900 ms | 1200 ms | 0 ms | 0.010 | 98765 |\n");
    }

    #[test]
    fn a_target_is_missed_below_it_only() {
        assert!(PageSpeed::medians(&[report(0.95, 900.0)]).unwrap().is_on_target());
        assert!(!PageSpeed::medians(&[report(0.94, 900.0)]).unwrap().is_on_target());
    }

    #[test]
    fn a_report_without_a_score_is_an_error() {
        let mut broken = report(0.9, 900.0);
        broken["categories"]["performance"]["score"] = Value::Null;
        assert!(PageSpeed::medians(&[broken]).is_err());
    }
}
