//! Writes the files under their hashed names, with their compressed twins.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use flate2::Compression;
use flate2::write::GzEncoder;

use super::Quality;
use super::manifest::Manifest;
use super::naming::{hash, hashed, with_hashed_references};
use super::script::Script;
use super::style::Sheet;
use crate::stamp::files_under;
use crate::workspace::Workspace;

/// Extensions of files that are compressed already.
const COMPRESSED: [&str; 8] = ["png", "jpg", "jpeg", "webp", "avif", "woff", "woff2", "gz"];

/// Static files that name other static files.
const REFERRING: [&str; 2] = ["webmanifest", "json"];

/// What was written.
pub struct Assembled {
    pub manifest: Manifest,
    written: BTreeSet<PathBuf>,
}

impl Assembled {
    /// Removes what earlier builds left in the folder.
    pub fn remove_others(&self, pkg: &Path) -> Result<()> {
        for file in files_under(pkg)? {
            if !self.written.contains(&file) {
                fs::remove_file(&file).with_context(|| format!("cannot remove {}", file.display()))?;
            }
        }
        Ok(())
    }
}

/// Writes everything into `site/pkg/`. Files that others refer to come first, for their names.
pub fn assemble(workspace: &Workspace, quality: Quality, script: &Script, styles: &[Sheet]) -> Result<Assembled> {
    let mut writer = Writer { pkg: workspace.pkg(), quality, written: BTreeSet::new() };
    let static_files = writer.add_static_files(&workspace.root.join("style/static"))?;
    let mut sheets = styles.iter().map(|sheet| {
        let css = with_hashed_references(&sheet.css, &static_files);
        writer.add_hashed(&sheet.name, css.as_bytes())
    });
    let citizen_css = sheets.next().context("no style sheet for residents")??;
    let staff_css = sheets.next().context("no style sheet for staff")??;
    drop(sheets);
    let read = |name: &str| fs::read(script.folder.join(name)).with_context(|| format!("cannot read {name}"));
    let (script_text, module) = (read("frontend.js")?, read("frontend_bg.wasm")?);
    // One hash for both: Leptos derives the module's name from the script's.
    let client = format!("frontend.{}", hash(&[&script_text, &module]));
    let (js, wasm) = (format!("{client}.js"), format!("{client}_bg.wasm"));
    writer.add(&js, &script_text)?;
    writer.add(&wasm, &module)?;
    writer.add_snippets(&script.folder)?;
    let compressed = quality == Quality::Full;
    let icon = static_files.get("favicon.svg").context("style/static/favicon.svg is missing")?.clone();
    let manifest = Manifest { client, js, wasm, citizen_css, staff_css, icon, static_files, compressed };
    Ok(Assembled { manifest, written: writer.written })
}

struct Writer {
    pkg: PathBuf,
    quality: Quality,
    written: BTreeSet<PathBuf>,
}

impl Writer {
    /// Gives the name of the file.
    fn add_hashed(&mut self, name: &str, content: &[u8]) -> Result<String> {
        let name = hashed(name, content);
        self.add(&name, content)?;
        Ok(name)
    }

    fn add_static_files(&mut self, folder: &Path) -> Result<BTreeMap<String, String>> {
        let is_referring = |path: &Path| extension(path).is_some_and(|it| REFERRING.contains(&it));
        let (referring, plain): (Vec<_>, Vec<_>) = files_under(folder)?.into_iter().partition(|it| is_referring(it));
        let mut names = BTreeMap::new();
        for path in plain.iter().chain(&referring) {
            let name = path.strip_prefix(folder)?.to_string_lossy().into_owned();
            let mut content = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
            if is_referring(path) {
                let text = String::from_utf8(content).with_context(|| format!("{} is not UTF-8", path.display()))?;
                content = with_hashed_references(&text, &names).into_bytes();
            }
            let hashed = self.add_hashed(&name, &content)?;
            names.insert(name, hashed);
        }
        Ok(names)
    }

    /// Snippets are JavaScript of dependencies which the script imports by path; wasm-bindgen puts a hash
    /// of the crate into their folder, so they keep their names.
    fn add_snippets(&mut self, script: &Path) -> Result<()> {
        for path in files_under(&script.join("snippets"))? {
            let name = path.strip_prefix(script)?.to_string_lossy().into_owned();
            self.add(&name, &fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?)?;
        }
        Ok(())
    }

    fn add(&mut self, name: &str, content: &[u8]) -> Result<()> {
        let path = self.pkg.join(name);
        self.write(&path, content)?;
        if self.quality == Quality::Full && extension(&path).is_some_and(|it| !COMPRESSED.contains(&it)) {
            self.write(&with_suffix(&path, "br"), &brotli(content)?)?;
            self.write(&with_suffix(&path, "gz"), &gzip(content)?)?;
        }
        Ok(())
    }

    fn write(&mut self, path: &Path, content: &[u8]) -> Result<()> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
        }
        fs::write(path, content).with_context(|| format!("cannot write {}", path.display()))?;
        self.written.insert(path.to_path_buf());
        Ok(())
    }
}

fn extension(path: &Path) -> Option<&str> {
    path.extension().and_then(|it| it.to_str())
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    name.into()
}

fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    let mut small = Vec::new();
    brotli::BrotliCompress(&mut &content[..], &mut small, &parameters).context("brotli")?;
    Ok(small)
}

fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;

    fn checkout() -> (tempfile::TempDir, Workspace, Script, Vec<Sheet>) {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace { root: folder.path().into(), target: folder.path().join("target") };
        let script = Script { folder: folder.path().join("script") };
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write("script/frontend.js", "import './snippets/crate-12/inline0.js'");
        write("script/frontend_bg.wasm", "module");
        write("script/snippets/crate-12/inline0.js", "export {}");
        write("style/static/app.webmanifest", r#"{"icons":[{"src":"/pkg/favicon.svg"}]}"#);
        write("style/static/favicon.svg", "<svg/>");
        let sheet =
            |name: &str| Sheet { name: format!("{name}.css"), css: "a{background:url(/pkg/favicon.svg)}".into() };
        (folder, workspace, script, vec![sheet("citizen"), sheet("staff")])
    }

    fn text(workspace: &Workspace, name: &str) -> String {
        fs::read_to_string(workspace.pkg().join(name)).unwrap()
    }

    #[test]
    fn sheets_and_web_manifests_name_the_hashed_files() {
        let (_folder, workspace, script, sheets) = checkout();
        let manifest = assemble(&workspace, Quality::Full, &script, &sheets).unwrap().manifest;
        let icon = &manifest.static_files["favicon.svg"];
        assert!(icon == &manifest.icon && icon.len() > "favicon.svg".len());
        assert!(text(&workspace, &manifest.citizen_css).contains(&format!("/pkg/{icon}")));
        assert!(text(&workspace, &manifest.static_files["app.webmanifest"]).contains(&format!("/pkg/{icon}")));
        assert!(manifest.files_exist(&workspace));
    }

    #[test]
    fn script_and_module_share_a_stem_that_changes_with_either() {
        let (_folder, workspace, script, sheets) = checkout();
        let client = || assemble(&workspace, Quality::Fast, &script, &sheets).unwrap().manifest;
        let first = client();
        assert_eq!(first.js, format!("{}.js", first.client));
        assert_eq!(first.wasm, format!("{}_bg.wasm", first.client));
        fs::write(script.folder.join("frontend_bg.wasm"), "another").unwrap();
        let second = client();
        fs::write(script.folder.join("frontend.js"), "another").unwrap();
        assert!(first.client != second.client && second.client != client().client);
    }

    #[test]
    fn twins_unpack_to_the_file() {
        let (_folder, workspace, script, sheets) = checkout();
        let manifest = assemble(&workspace, Quality::Full, &script, &sheets).unwrap().manifest;
        let path = workspace.pkg().join(&manifest.wasm);
        let mut unpacked = String::new();
        brotli::Decompressor::new(fs::File::open(with_suffix(&path, "br")).unwrap(), 4096)
            .read_to_string(&mut unpacked)
            .unwrap();
        flate2::read::GzDecoder::new(fs::File::open(with_suffix(&path, "gz")).unwrap())
            .read_to_string(&mut unpacked)
            .unwrap();
        assert_eq!(unpacked, "modulemodule");
    }

    #[test]
    fn files_of_an_earlier_build_go_and_snippets_stay() {
        let (_folder, workspace, script, sheets) = checkout();
        let old = assemble(&workspace, Quality::Full, &script, &sheets).unwrap().manifest;
        fs::write(script.folder.join("frontend_bg.wasm"), "another").unwrap();
        let new = assemble(&workspace, Quality::Fast, &script, &sheets).unwrap();
        new.remove_others(&workspace.pkg()).unwrap();
        assert!(!old.files_exist(&workspace) && new.manifest.files_exist(&workspace));
        let names: Vec<_> = files_under(&workspace.pkg()).unwrap();
        assert_eq!(names.len(), 7, "js, wasm, two sheets, two static files, one snippet: {names:?}");
    }
}
