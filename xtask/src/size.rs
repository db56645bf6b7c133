//! Byte budgets: what a resident on a slow phone downloads before a page works.

use std::fs;

use anyhow::{Context as _, Result, bail};

use crate::browser;
use crate::client::manifest::Manifest;
use crate::client::{self, Quality};
use crate::workspace::Workspace;

/// Bytes on the wire, which is to say of the brotli twin. A whole first visit may cost 180 KB.
const WASM: u64 = 100_000;
const JS: u64 = 10_000;
const CITIZEN_CSS: u64 = 12_000;
const STAFF_CSS: u64 = 20_000;
/// What a resident's browser fetches beside the page itself: less than the sum, so that not every budget
/// can be used up at once.
const FIRST_VISIT: u64 = 120_000;

/// A line of the table.
#[derive(Debug, PartialEq, Eq)]
struct Row {
    what: &'static str,
    raw: u64,
    small: u64,
    budget: u64,
}

impl Row {
    fn is_over(&self) -> bool {
        self.small > self.budget
    }
}

/// The browser's files, and then the pages themselves as the browser counts what comes over the wire: `bytes.spec.ts`,
/// which `cargo xtask test` runs among the browser tests.
///
/// # Errors
/// When something is over, or cannot be built.
pub fn run(workspace: &Workspace, only_files: bool) -> Result<()> {
    client::build(workspace, Quality::Full)?;
    check(workspace)?;
    if only_files {
        return Ok(());
    }
    browser::run_alone(workspace, false, &["--project=phone".to_owned(), "bytes".to_owned()])
}

/// Prints the sizes of the browser's files beside their budgets.
///
/// # Errors
/// When one is over, or the files were built for development.
pub fn check(workspace: &Workspace) -> Result<()> {
    let manifest = Manifest::read(workspace)?;
    if !manifest.compressed {
        bail!("the browser's files were built for development; `cargo xtask client` builds them for use");
    }
    let rows = rows(workspace, &manifest)?;
    println!("{:<32} {:>10} {:>10} {:>10}", "", "bytes", "brotli", "budget");
    for row in &rows {
        let mark = if row.is_over() { "  OVER" } else { "" };
        println!("{:<32} {:>10} {:>10} {:>10}{mark}", row.what, row.raw, row.small, row.budget);
    }
    let over: Vec<_> = rows.iter().filter(|row| row.is_over()).map(|row| row.what).collect();
    if over.is_empty() { Ok(()) } else { bail!("over budget: {}", over.join(", ")) }
}

fn rows(workspace: &Workspace, manifest: &Manifest) -> Result<Vec<Row>> {
    let row = |what, name: &str, budget| -> Result<Row> {
        let path = workspace.pkg().join(name);
        let length = |path: &str| fs::metadata(path).map(|it| it.len()).with_context(|| format!("cannot read {path}"));
        let path = path.to_string_lossy();
        Ok(Row { what, raw: length(&path)?, small: length(&format!("{path}.br"))?, budget })
    };
    let mut rows = vec![
        row("WebAssembly", &manifest.wasm, WASM)?,
        row("JavaScript", &manifest.js, JS)?,
        row("styles for residents", &manifest.citizen_css, CITIZEN_CSS)?,
    ];
    let sum = |size: fn(&Row) -> u64| rows.iter().map(size).sum();
    let first_visit = Row {
        what: "a resident's first visit",
        raw: sum(|row| row.raw),
        small: sum(|row| row.small),
        budget: FIRST_VISIT,
    };
    rows.push(first_visit);
    rows.push(row("styles for staff", &manifest.staff_css, STAFF_CSS)?);
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn site(wasm: usize, compressed: bool) -> (tempfile::TempDir, Workspace) {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace { root: folder.path().into(), target: folder.path().into() };
        fs::create_dir_all(workspace.pkg()).unwrap();
        let file = |name: &str, small: usize| {
            fs::write(workspace.pkg().join(name), vec![b'x'; small * 2]).unwrap();
            fs::write(workspace.pkg().join(format!("{name}.br")), vec![b'x'; small]).unwrap();
            name.to_owned()
        };
        Manifest {
            client: "a".into(),
            icon: "favicon.svg".into(),
            wasm: file("a.wasm", wasm),
            js: file("a.js", 10_000),
            citizen_css: file("c.css", 9_000),
            staff_css: file("s.css", 20_000),
            static_files: BTreeMap::new(),
            compressed,
        }
        .write(&workspace)
        .unwrap();
        (folder, workspace)
    }

    #[test]
    fn exactly_at_the_budget_passes_and_a_byte_more_does_not() {
        assert!(check(&site(100_000, true).1).is_ok());
        let error = check(&site(100_001, true).1).unwrap_err().to_string();
        assert_eq!(error, "over budget: WebAssembly");
    }

    #[test]
    fn the_first_visit_is_the_sum_of_what_a_resident_fetches() {
        let (_folder, workspace) = site(50_000, true);
        let rows = rows(&workspace, &Manifest::read(&workspace).unwrap()).unwrap();
        assert_eq!(rows[3], Row { what: "a resident's first visit", raw: 138_000, small: 69_000, budget: 120_000 });
    }

    #[test]
    fn files_for_development_are_not_measured() {
        assert!(check(&site(1, false).1).is_err());
    }
}
