//! `site/manifest.json`: which hashed file is which. The server reads it once, when it starts.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context as _, Result};
use serde::{Deserialize, Serialize};

use crate::workspace::Workspace;

/// Names of files under `/pkg/`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// What script and module have in common: `frontend.0123456789abcdef`. The script is `<client>.js`, the
    /// module `<client>_bg.wasm`, as Leptos expects of an output name.
    pub client: String,
    pub js: String,
    /// To be given to the script's `init`: the script does not know its name.
    pub wasm: String,
    pub citizen_css: String,
    pub staff_css: String,
    /// `favicon.svg` of the static files.
    pub icon: String,
    /// Files of `style/static` by their plain name.
    #[serde(rename = "static")]
    pub static_files: BTreeMap<String, String>,
    /// Whether the files are small and have `.br` and `.gz` twins, which a build for development has not.
    pub compressed: bool,
}

impl Manifest {
    /// Reads the manifest of the last build.
    ///
    /// # Errors
    /// When there is none or it is damaged.
    pub fn read(workspace: &Workspace) -> Result<Manifest> {
        let path = workspace.site().join("manifest.json");
        let text = fs::read_to_string(&path).with_context(|| {
            format!("cannot read {}; `cargo xtask client` builds the browser's files", path.display())
        })?;
        serde_json::from_str(&text).with_context(|| format!("{} is damaged", path.display()))
    }

    /// Writes the manifest in one go: a server that starts meanwhile sees the old one or the new one.
    pub fn write(&self, workspace: &Workspace) -> Result<()> {
        let path = workspace.site().join("manifest.json");
        let draft = path.with_extension("json.new");
        fs::write(&draft, serde_json::to_string_pretty(self)? + "\n")
            .and_then(|()| fs::rename(&draft, &path))
            .with_context(|| format!("cannot write {}", path.display()))
    }

    /// Every file the manifest names.
    fn files(&self) -> impl Iterator<Item = &str> {
        let named = [&self.js, &self.wasm, &self.citizen_css, &self.staff_css];
        named.into_iter().chain(self.static_files.values()).map(String::as_str)
    }

    /// Whether every file it names is there.
    pub fn files_exist(&self, workspace: &Workspace) -> bool {
        self.files().all(|file| workspace.pkg().join(file).is_file())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest() -> Manifest {
        Manifest {
            client: "frontend.1".into(),
            js: "frontend.1.js".into(),
            wasm: "frontend.1_bg.wasm".into(),
            citizen_css: "citizen.3.css".into(),
            staff_css: "staff.4.css".into(),
            icon: "favicon.5.svg".into(),
            static_files: BTreeMap::from([("favicon.svg".into(), "favicon.5.svg".into())]),
            compressed: true,
        }
    }

    #[test]
    fn what_was_written_is_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace { root: folder.path().into(), target: folder.path().into() };
        assert!(Manifest::read(&workspace).is_err());
        fs::create_dir_all(workspace.pkg()).unwrap();
        manifest().write(&workspace).unwrap();
        assert_eq!(Manifest::read(&workspace).unwrap(), manifest());
        let json: serde_json::Value =
            serde_json::from_str(&fs::read_to_string(workspace.site().join("manifest.json")).unwrap()).unwrap();
        assert_eq!(json["static"]["favicon.svg"], "favicon.5.svg");
    }

    #[test]
    fn a_file_that_was_deleted_is_missed() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace { root: folder.path().into(), target: folder.path().into() };
        fs::create_dir_all(workspace.pkg()).unwrap();
        for file in manifest().files() {
            fs::write(workspace.pkg().join(file), "x").unwrap();
        }
        assert!(manifest().files_exist(&workspace));
        fs::remove_file(workspace.pkg().join("favicon.5.svg")).unwrap();
        assert!(!manifest().files_exist(&workspace));
    }
}
