//! Debian packages that tests need and a bare machine lacks.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::{command, postgres, python};

/// A package, and how to see that what it brings is here already, from wherever.
#[derive(Clone, Copy)]
pub struct Package {
    pub name: &'static str,
    pub needed_for: &'static str,
    sign: Sign,
}

#[derive(Clone, Copy)]
enum Sign {
    Program(&'static str),
    Folder(&'static str),
    File(&'static str),
    PostgresServer,
    PythonEnvironments,
}

impl Package {
    const fn program(name: &'static str, program: &'static str, needed_for: &'static str) -> Package {
        Package { name, needed_for, sign: Sign::Program(program) }
    }

    /// Where it was found, or `None`.
    pub fn found(self) -> Option<String> {
        match self.sign {
            Sign::Program(program) => command::find_program(program).map(|path| path.display().to_string()),
            Sign::Folder(folder) => Path::new(folder).is_dir().then(|| folder.to_owned()),
            Sign::File(file) => Path::new(file).is_file().then(|| file.to_owned()),
            Sign::PythonEnvironments => python::can_make_environments().then(|| "python3 -m venv".to_owned()),
            Sign::PostgresServer => postgres::programs().ok().map(|folder| folder.display().to_string()),
        }
    }
}

/// Of the tests against PostgreSQL.
pub const POSTGRES: Package =
    Package { name: "postgresql", needed_for: "tests on PostgreSQL", sign: Sign::PostgresServer };

/// Of the tests of scanning. Its folder is in root's `PATH` alone.
pub const SCANNER: Package =
    Package { name: "clamav-daemon", needed_for: "tests of scanning", sign: Sign::File("/usr/sbin/clamd") };

/// Of the tests of files in a bucket.
pub const S3: Package =
    Package { name: "python3-venv", needed_for: "tests of files in a bucket", sign: Sign::PythonEnvironments };

/// Of the browser tests. Chromium's headless shell is the same engine without the windows around it, in two thirds of the
/// time.
pub const BROWSER: [Package; 4] = [
    Package::program("chromium-headless-shell", "chromium-headless-shell", "browser tests"),
    Package::program("nodejs", "node", "browser tests, small WebAssembly"),
    Package::program("npm", "npm", "browser tests, small WebAssembly"),
    Package::program("sqlite3", "sqlite3", "browser tests"),
];

/// Of Lighthouse, which scores the browser that people have.
pub const LIGHTHOUSE: Package = Package::program("chromium", "chromium", "bench");

/// Of the tests that read papers back.
pub const PAPERS: [Package; 6] = [
    Package::program("poppler-utils", "pdftotext", "tests of papers"),
    Package::program("zbar-tools", "zbarimg", "tests of QR codes"),
    Package::program("qpdf", "qpdf", "tests of papers"),
    Package::program("python3", "python3", "tests of papers"),
    Package {
        name: "fonts-liberation2",
        needed_for: "screenshots, tests of papers",
        sign: Sign::Folder("/usr/share/fonts/truetype/liberation2"),
    },
    Package {
        name: "fonts-noto-core",
        needed_for: "screenshots, tests of papers",
        sign: Sign::Folder("/usr/share/fonts/truetype/noto"),
    },
];

/// Of the tests of signatures. They make keys with `openssl` too, which [`INSTALLATION`] lists.
pub const SIGNATURES: [Package; 2] = [
    Package::program("xmlsec1", "xmlsec1", "tests of signed documents"),
    Package {
        name: "softhsm2",
        needed_for: "tests of keys on a token",
        sign: Sign::File("/usr/lib/softhsm/libsofthsm2.so"),
    },
];

/// Of the test that follows `docs/operate.md`.
pub const INSTALLATION: [Package; 2] = [
    Package::program("curl", "curl", "the test of an installation"),
    Package::program("openssl", "openssl", "the test of an installation"),
];

/// Everything `cargo xtask test` wants from Debian.
pub fn all() -> impl Iterator<Item = Package> {
    [POSTGRES, S3, SCANNER].into_iter().chain(BROWSER).chain(PAPERS).chain(SIGNATURES).chain(INSTALLATION)
}

/// Installs what is missing of these, in one go.
///
/// # Errors
/// When something is missing and cannot be installed; the error names it.
pub fn install_missing(packages: impl IntoIterator<Item = Package>) -> Result<()> {
    let missing: Vec<Package> = packages.into_iter().filter(|package| package.found().is_none()).collect();
    if missing.is_empty() {
        println!("nothing to install");
        return Ok(());
    }
    let names: Vec<&str> = missing.iter().map(|package| package.name).collect();
    println!("installing {}", names.join(" "));
    if command::find_program("apt-get").is_none() {
        bail!("missing: {}; install them with this system's package manager", names.join(" "));
    }
    let install = || command::run(apt_get()?.args(["install", "-y", "--no-install-recommends"]).args(&names));
    // Package lists may be absent (a fresh container) or old (a package has moved on).
    if install().is_err() {
        command::run(apt_get()?.arg("update"))?;
        install().with_context(|| format!("these are needed: {}", names.join(" ")))?;
    }
    match missing.iter().find(|package| package.found().is_none()) {
        None => Ok(()),
        Some(package) => bail!("{} was installed, but what it should bring is not there", package.name),
    }
}

/// `apt-get` as root: directly, or through `sudo` when it asks no password.
fn apt_get() -> Result<Command> {
    let mut command = if command::is_root() {
        Command::new("apt-get")
    } else if command::succeeds(Command::new("sudo").args(["-n", "true"])) {
        let mut command = Command::new("sudo");
        command.args(["-n", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        command
    } else {
        bail!("packages must be installed by root, and `sudo` wants a password");
    };
    command.env("DEBIAN_FRONTEND", "noninteractive");
    Ok(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_here_is_found_and_what_is_not_is_not() {
        assert!(Package::program("dash", "sh", "").found().is_some());
        assert!(Package::program("nothing", "no-such-program-anywhere", "").found().is_none());
        assert!(Package { name: "", needed_for: "", sign: Sign::Folder("/no/such/folder") }.found().is_none());
    }
}
