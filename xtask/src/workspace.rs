//! Where things are: the checkout, the build output, the browser's files.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

/// The folders every command works with; all paths are absolute.
pub struct Workspace {
    /// The checkout.
    pub root: PathBuf,
    /// Cargo's output: `$CARGO_TARGET_DIR`, or `target` in the checkout.
    pub target: PathBuf,
}

/// The cargo profile a program is built with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    Dev,
    Release,
}

impl Profile {
    /// The name for `--profile`.
    pub fn name(self) -> &'static str {
        match self {
            Profile::Dev => "dev",
            Profile::Release => "release",
        }
    }

    /// The folder under the target folder.
    pub fn folder(self) -> &'static str {
        match self {
            Profile::Dev => "debug",
            Profile::Release => "release",
        }
    }
}

impl Workspace {
    /// Finds the checkout: from the manifest cargo names when it starts this program, else upwards from
    /// the current folder.
    pub fn locate() -> Result<Workspace> {
        let here = env::current_dir().context("the current folder cannot be read")?;
        let root = match env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from) {
            Some(manifest) => manifest.parent().context("xtask's manifest lies in the root of the disk")?.to_path_buf(),
            None => match here.ancestors().find(|folder| folder.join("xtask/Cargo.toml").is_file()) {
                Some(root) => root.to_path_buf(),
                None => bail!("no checkout of Một Cửa at or above {}", here.display()),
            },
        };
        let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |folder| here.join(folder));
        Ok(Workspace { root, target })
    }

    /// What the server hands to browsers, with `manifest.json` beside the files.
    pub fn site(&self) -> PathBuf {
        self.target.join("site")
    }

    /// The hashed files, served under `/pkg/`.
    pub fn pkg(&self) -> PathBuf {
        self.site().join("pkg")
    }

    /// The server program.
    pub fn server_program(&self, profile: Profile) -> PathBuf {
        self.target.join(profile.folder()).join("motcua")
    }

    /// The browser tests and the npm packages.
    pub fn end2end(&self) -> PathBuf {
        self.root.join("end2end")
    }

    /// A program to be started in the root of the checkout.
    pub fn command(&self, program: impl AsRef<Path>) -> Command {
        let mut command = Command::new(program.as_ref());
        command.current_dir(&self.root);
        command
    }

    /// The cargo that runs this program, so that both use one toolchain.
    pub fn cargo(&self) -> Command {
        let program = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = self.command(PathBuf::from(program));
        command.env("CARGO_TARGET_DIR", &self.target);
        if is_automatic() {
            command.env("CARGO_TERM_PROGRESS_WHEN", "never");
        }
        command
    }
}

/// Nobody is watching (`CI=true`): no questions, no progress bars.
pub fn is_automatic() -> bool {
    env::var("CI").is_ok_and(|value| value == "true" || value == "1")
}
