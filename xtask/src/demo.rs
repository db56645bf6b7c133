//! The demonstration data: put once into a new database, never into one that somebody uses.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::workspace::Workspace;
use crate::{command, server};

/// Fills the database with demonstration data if it is new. Tells whether it did.
///
/// A marker file stands beside the database while the data is put in: after an interruption the
/// half-filled database is made again.
pub fn seed_if_new(workspace: &Workspace, program: &PathBuf) -> Result<bool> {
    let Some(database) = sqlite_file(env::var("DATABASE_URL").ok().as_deref()) else {
        println!(
            "      DATABASE_URL names another database: it is used as it is; `motcua seed-demo` fills an empty one"
        );
        return Ok(false);
    };
    let database = workspace.root.join(database);
    let marker = with_suffix(&database, ".being-filled");
    if database.exists() && !marker.exists() {
        return Ok(false);
    }
    if let Some(folder) = database.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    }
    fs::write(&marker, "").with_context(|| format!("cannot write {}", marker.display()))?;
    for suffix in ["", "-wal", "-shm"] {
        let file = with_suffix(&database, suffix);
        if file.exists() {
            fs::remove_file(&file).with_context(|| format!("cannot remove {}", file.display()))?;
        }
    }
    command::run(&mut server::command(workspace, program, "seed-demo"))?;
    fs::remove_file(&marker).with_context(|| format!("cannot remove {}", marker.display()))?;
    Ok(true)
}

/// The file of an SQLite address; `None` for an address of another kind.
fn sqlite_file(url: Option<&str>) -> Option<PathBuf> {
    let path = url.unwrap_or("sqlite://./data/motcua.db").strip_prefix("sqlite:")?;
    let path = path.strip_prefix("//").unwrap_or(path);
    let path = path.split('?').next().unwrap_or(path);
    (!path.is_empty() && path != ":memory:").then(|| PathBuf::from(path))
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn the_file_is_read_from_the_address() {
        assert_eq!(sqlite_file(None), Some("./data/motcua.db".into()));
        assert_eq!(sqlite_file(Some("sqlite:///var/lib/motcua/a.db?mode=rwc")), Some("/var/lib/motcua/a.db".into()));
        assert_eq!(sqlite_file(Some("sqlite:a.db")), Some("a.db".into()));
        assert_eq!(sqlite_file(Some("sqlite::memory:")), None);
        assert_eq!(sqlite_file(Some("postgres://localhost/motcua")), None);
    }

    /// A program that creates the default database, and fails while the file `broken` is there.
    fn checkout() -> (tempfile::TempDir, Workspace, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("motcua");
        fs::write(&program, "#!/bin/sh\necho \"$1\" >>calls\necho rows >data/motcua.db\ntest ! -e broken\n").unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        let workspace = Workspace { root: folder.path().into(), target: folder.path().join("target") };
        (folder, workspace, program)
    }

    #[test]
    fn a_new_database_is_filled_once() {
        let (folder, workspace, program) = checkout();
        assert!(seed_if_new(&workspace, &program).unwrap());
        assert!(!seed_if_new(&workspace, &program).unwrap());
        assert_eq!(fs::read_to_string(folder.path().join("calls")).unwrap(), "seed-demo\n");
    }

    #[test]
    fn a_database_whose_filling_failed_is_made_again() {
        let (folder, workspace, program) = checkout();
        fs::write(folder.path().join("broken"), "").unwrap();
        assert!(seed_if_new(&workspace, &program).is_err());
        fs::remove_file(folder.path().join("broken")).unwrap();
        assert!(seed_if_new(&workspace, &program).unwrap());
        assert_eq!(fs::read_to_string(folder.path().join("data/motcua.db")).unwrap(), "rows\n");
    }

    #[test]
    fn a_database_in_use_is_never_touched() {
        let (folder, workspace, program) = checkout();
        fs::create_dir(folder.path().join("data")).unwrap();
        fs::write(folder.path().join("data/motcua.db"), "dossiers").unwrap();
        assert!(!seed_if_new(&workspace, &program).unwrap());
        assert_eq!(fs::read_to_string(folder.path().join("data/motcua.db")).unwrap(), "dossiers");
    }
}
