//! Folders of this program's own.

use anyhow::{Context, Result};
use std::{os::unix::fs::DirBuilderExt, path::Path};

/// Makes a folder that is missing, for this program's user alone: what lies in it is other people's.
pub fn make_private_folder(folder: &Path) -> Result<()> {
    let made = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.with_context(|| format!("cannot make the folder {}", folder.display()))
}
