//! SCSS to CSS.

use anyhow::{Context as _, Result};

use crate::workspace::Workspace;

/// One style sheet for residents, who pay for each byte, and one for staff.
pub const SHEETS: [&str; 2] = ["citizen", "staff"];

/// A compiled style sheet.
pub struct Sheet {
    /// Such as `citizen.css`.
    pub name: String,
    pub css: String,
}

/// Compiles `style/citizen.scss` and `style/staff.scss`.
///
/// # Errors
/// When one is missing or wrong; the error shows the place.
pub fn compile(workspace: &Workspace) -> Result<Vec<Sheet>> {
    let folder = workspace.root.join("style");
    let options = grass::Options::default().style(grass::OutputStyle::Compressed).load_path(&folder);
    let sheet = |name: &str| {
        let source = folder.join(format!("{name}.scss"));
        let css = grass::from_path(&source, &options).with_context(|| format!("style/{name}.scss"))?;
        Ok(Sheet { name: format!("{name}.css"), css })
    };
    SHEETS.into_iter().map(sheet).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn both_sheets_are_compiled_and_compressed() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace { root: folder.path().into(), target: folder.path().join("target") };
        fs::create_dir(folder.path().join("style")).unwrap();
        fs::write(folder.path().join("style/_tokens.scss"), "$ink: #123456;").unwrap();
        fs::write(folder.path().join("style/citizen.scss"), "@use 'tokens';\nmain { p { color: tokens.$ink; } }")
            .unwrap();
        assert!(compile(&workspace).is_err_and(|error| error.to_string().contains("staff.scss")));
        fs::write(folder.path().join("style/staff.scss"), "b { top: 0 }").unwrap();
        let sheets = compile(&workspace).unwrap();
        assert_eq!(sheets[0].css.trim(), "main p{color:#123456}");
        assert_eq!(sheets[1].name, "staff.css");
    }
}
