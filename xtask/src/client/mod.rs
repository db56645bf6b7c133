//! The browser's files, from sources to `site/`: WebAssembly and its JavaScript, styles, static files,
//! all under names that carry a hash of their content, with compressed twins beside them.

mod assemble;
mod script;
mod style;

pub mod manifest;
pub mod naming;

use std::fs;

use anyhow::{Context as _, Result};
use manifest::Manifest;
use script::Script;

use crate::stamp::{self, Inputs};
use crate::workspace::Workspace;

/// How much work goes into small files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quality {
    /// As shipped: optimised for size, compressed as far as it goes.
    Full,
    /// For the dev loop: quick to build, no compressed twins.
    Fast,
}

impl Quality {
    pub fn from_fast(fast: bool) -> Quality {
        if fast { Quality::Fast } else { Quality::Full }
    }

    fn name(self) -> &'static str {
        match self {
            Quality::Full => "full",
            Quality::Fast => "fast",
        }
    }
}

/// Brings `site/` up to date and tells whether it changed.
///
/// # Errors
/// When the client does not compile, a style sheet is wrong or missing, or a file cannot be written.
pub fn build(workspace: &Workspace, quality: Quality) -> Result<bool> {
    let script = Script::build(workspace, quality)?;
    let mut inputs = Inputs::default();
    inputs.add("quality", quality.name().as_bytes());
    inputs.add_folder(&script.folder)?.add_folder(&workspace.root.join("style"))?;
    inputs.add_folder(&workspace.root.join("xtask/src/client"))?;
    let complete = || Manifest::read(workspace).is_ok_and(|manifest| manifest.files_exist(workspace));
    stamp::unless_done(workspace, "site", &inputs, complete, || {
        let styles = style::compile(workspace)?;
        let pkg = workspace.pkg();
        fs::create_dir_all(&pkg).with_context(|| format!("cannot create {}", pkg.display()))?;
        let assembled = assemble::assemble(workspace, quality, &script, &styles)?;
        assembled.manifest.write(workspace)?;
        assembled.remove_others(&pkg)
    })
}
