//! Stamps: a step whose inputs have the same hash as the last time is not done again.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use sha2::{Digest as _, Sha256};

use crate::workspace::Workspace;

/// The hash of everything a step depends on.
#[derive(Default)]
pub struct Inputs(Sha256);

impl Inputs {
    /// Adds a named value; name and length keep neighbours apart.
    pub fn add(&mut self, name: &str, value: &[u8]) -> &mut Inputs {
        for part in [name.as_bytes(), value] {
            self.0.update((part.len() as u64).to_le_bytes());
            self.0.update(part);
        }
        self
    }

    /// Adds every file under a folder, by path and content; a folder that is not there adds nothing.
    pub fn add_folder(&mut self, folder: &Path) -> Result<&mut Inputs> {
        for file in files_under(folder)? {
            let content = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
            self.add(&file.strip_prefix(folder).unwrap_or(&file).to_string_lossy(), &content);
        }
        Ok(self)
    }

    fn hash(&self) -> String {
        hex::encode(self.0.clone().finalize())
    }
}

/// Does the work unless it was done with the same inputs and its outputs are still there.
/// Tells whether the work was done.
pub fn unless_done(
    workspace: &Workspace,
    step: &str,
    inputs: &Inputs,
    outputs_exist: impl FnOnce() -> bool,
    work: impl FnOnce() -> Result<()>,
) -> Result<bool> {
    let folder = workspace.target.join("xtask-stamps");
    let stamp = folder.join(step);
    let hash = inputs.hash();
    if fs::read_to_string(&stamp).is_ok_and(|old| old == hash) && outputs_exist() {
        return Ok(false);
    }
    // A failure half way must not leave the old stamp beside new files.
    if stamp.exists() {
        fs::remove_file(&stamp).with_context(|| format!("cannot remove {}", stamp.display()))?;
    }
    work()?;
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    fs::write(&stamp, hash).with_context(|| format!("cannot write {}", stamp.display()))?;
    Ok(true)
}

/// Every file under a folder, sorted, so that a hash of them is stable.
pub fn files_under(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        if !folder.is_dir() {
            continue;
        }
        for entry in fs::read_dir(&folder).with_context(|| format!("cannot list {}", folder.display()))? {
            let path = entry?.path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workspace(folder: &Path) -> Workspace {
        Workspace { root: folder.to_path_buf(), target: folder.join("target") }
    }

    fn inputs(value: &str) -> Inputs {
        let mut inputs = Inputs::default();
        inputs.add("value", value.as_bytes());
        inputs
    }

    #[test]
    fn work_is_done_once_for_the_same_inputs_and_again_for_others() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = workspace(folder.path());
        let done = |value: &str| unless_done(&workspace, "step", &inputs(value), || true, || Ok(())).unwrap();
        assert_eq!([done("a"), done("a"), done("b"), done("b"), done("a")], [true, false, true, false, true]);
    }

    #[test]
    fn work_is_done_again_when_its_output_is_gone_or_it_failed() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = workspace(folder.path());
        assert!(unless_done(&workspace, "step", &inputs("a"), || true, || Ok(())).unwrap());
        assert!(unless_done(&workspace, "step", &inputs("a"), || false, || Ok(())).unwrap());
        assert!(unless_done(&workspace, "step", &inputs("b"), || true, || anyhow::bail!("broken")).is_err());
        assert!(unless_done(&workspace, "step", &inputs("a"), || true, || Ok(())).unwrap());
    }

    #[test]
    fn neighbouring_values_do_not_run_together() {
        let mut one = Inputs::default();
        one.add("ab", b"c");
        let mut other = Inputs::default();
        other.add("a", b"bc");
        assert_ne!(one.hash(), other.hash());
    }

    #[test]
    fn a_renamed_file_changes_the_hash_of_its_folder() {
        let folder = tempfile::tempdir().unwrap();
        let hash = || {
            let mut inputs = Inputs::default();
            inputs.add_folder(folder.path()).unwrap();
            inputs.hash()
        };
        fs::write(folder.path().join("a.scss"), "x").unwrap();
        let before = hash();
        fs::rename(folder.path().join("a.scss"), folder.path().join("b.scss")).unwrap();
        assert_ne!(before, hash());
    }
}
