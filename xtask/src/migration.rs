//! Migrations come in pairs, one per engine, with one number and one name.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};

use crate::workspace::Workspace;

const ENGINES: [&str; 2] = ["sqlite", "postgres"];

/// Creates `migrations/{sqlite,postgres}/NNNN_name.sql`.
///
/// # Errors
/// When the name is not lower-case words joined by `_`, or is taken, or a file cannot be written.
pub fn create(workspace: &Workspace, name: &str) -> Result<()> {
    let mut existing = BTreeSet::new();
    for engine in ENGINES {
        existing.extend(names(&workspace.root, engine)?);
    }
    let file = next_name(&existing, name)?;
    for engine in ENGINES {
        let folder = workspace.root.join("migrations").join(engine);
        fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
        let path = folder.join(&file);
        fs::write(&path, "").with_context(|| format!("cannot write {}", path.display()))?;
        println!("migrations/{engine}/{file}");
    }
    Ok(())
}

/// Checks that both engines have the same migrations, numbered without gaps or doubles.
///
/// # Errors
/// When they have not; the error names the files.
pub fn check(root: &Path) -> Result<()> {
    let [sqlite, postgres] = [names(root, ENGINES[0])?, names(root, ENGINES[1])?];
    let lonely: Vec<_> = sqlite.symmetric_difference(&postgres).map(String::as_str).collect();
    if !lonely.is_empty() {
        bail!("migrations of only one engine: {}", lonely.join(", "));
    }
    for (index, file) in sqlite.iter().enumerate() {
        if number(file) != Some(index + 1) {
            bail!("migrations/sqlite/{file} should have the number {:04}", index + 1);
        }
    }
    Ok(())
}

fn names(root: &Path, engine: &str) -> Result<BTreeSet<String>> {
    let folder = root.join("migrations").join(engine);
    if !folder.is_dir() {
        return Ok(BTreeSet::new());
    }
    let entries = fs::read_dir(&folder).with_context(|| format!("cannot list {}", folder.display()))?;
    let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    Ok(names.filter(|name| name.ends_with(".sql")).collect())
}

fn next_name(existing: &BTreeSet<String>, name: &str) -> Result<String> {
    let is_plain = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    if !name.split('_').all(is_plain) {
        bail!("`{name}` is not lower-case words joined by `_`, such as `add_opinions`");
    }
    if let Some(taken) =
        existing.iter().find(|file| file.split_once('_').is_some_and(|(_, it)| it == format!("{name}.sql")))
    {
        bail!("{taken} has that name already");
    }
    let last = existing.iter().filter_map(|file| number(file)).max().unwrap_or(0);
    Ok(format!("{:04}_{name}.sql", last + 1))
}

/// `0007_add_opinions.sql` → 7.
fn number(file: &str) -> Option<usize> {
    file.split_once('_')?.0.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn the_next_migration_has_the_next_number() {
        assert_eq!(next_name(&set(&[]), "people").unwrap(), "0001_people.sql");
        assert_eq!(
            next_name(&set(&["0001_people.sql", "0009_jobs.sql"]), "add_opinions").unwrap(),
            "0010_add_opinions.sql"
        );
    }

    #[test]
    fn a_name_must_be_plain_and_new() {
        for name in ["", "Add", "add-opinions", "../x", "add__opinions", "ý_kiến"] {
            assert!(next_name(&set(&[]), name).is_err(), "{name}");
        }
        assert!(next_name(&set(&["0001_people.sql"]), "people").is_err());
    }

    #[test]
    fn a_created_pair_passes_the_check_and_half_a_pair_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace { root: folder.path().into(), target: folder.path().join("target") };
        create(&workspace, "people").unwrap();
        create(&workspace, "jobs").unwrap();
        check(folder.path()).unwrap();
        fs::remove_file(folder.path().join("migrations/postgres/0002_jobs.sql")).unwrap();
        assert!(check(folder.path()).unwrap_err().to_string().contains("0002_jobs.sql"));
    }

    #[test]
    fn a_gap_in_the_numbers_is_found() {
        let folder = tempfile::tempdir().unwrap();
        for engine in ENGINES {
            fs::create_dir_all(folder.path().join("migrations").join(engine)).unwrap();
            fs::write(folder.path().join("migrations").join(engine).join("0002_jobs.sql"), "").unwrap();
        }
        assert!(check(folder.path()).is_err());
    }
}
