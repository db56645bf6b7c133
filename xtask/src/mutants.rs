//! `cargo xtask mutants`: plants a fault in a copy of the checkout and expects the one test that guards against it to turn red.
//!
//! A test that stays green with the guard gone guards nothing. The faults stand in `mutants/planted.rs`, each with its test;
//! a quick test of this program holds that each text still stands in its file exactly once, so the list cannot rot.

mod planted;

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context as _, Result, bail};

use crate::command;
use crate::workspace::Workspace;
use planted::PLANTED;

/// A fault, and the test that must notice it.
#[derive(Debug, Clone, Copy)]
struct Mutant {
    name: &'static str,
    /// What would go wrong for people.
    harm: &'static str,
    file: &'static str,
    /// The text that is replaced: it stands in the file exactly once.
    find: &'static str,
    replace: &'static str,
    /// Arguments of `cargo test`: package, target, name of the test.
    test: &'static [&'static str],
}

/// How a round with one fault ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// The test turned red.
    Killed,
    /// The test stayed green.
    Survived,
    /// The fault does not compile: it proves nothing.
    NotCompiled,
}

impl Outcome {
    const fn words(self) -> &'static str {
        match self {
            Outcome::Killed => "noticed",
            Outcome::Survived => "**not noticed**",
            Outcome::NotCompiled => "**does not compile**",
        }
    }
}

/// Plants every fault (or those with these names), one after another, and prints docs/mutants.md's table.
///
/// # Errors
/// When a test is red without a fault, a fault survives, or does not compile.
pub fn run(workspace: &Workspace, names: &[String]) -> Result<()> {
    let chosen = choose(names)?;
    let copy = Copy::make(workspace)?;
    println!("{} tests without a fault", chosen.len());
    for mutant in &chosen {
        if !copy.test(mutant, true)? || !copy.test(mutant, false)? {
            bail!("`cargo test {}` is red, or finds no test, without any fault", mutant.test.join(" "));
        }
    }
    let mut rows = Vec::new();
    for mutant in &chosen {
        println!("\n=== {}: {}", mutant.name, mutant.harm);
        let since = Instant::now();
        let outcome = copy.outcome_with(mutant)?;
        println!("=== {} after {} s", outcome.words(), since.elapsed().as_secs());
        rows.push((*mutant, outcome));
    }
    let today = command::output(Command::new("date").arg("+%Y-%m-%d"))?;
    println!("\n{}", table(&rows, today.trim()));
    let alive = rows.iter().filter(|(_, outcome)| *outcome != Outcome::Killed).count();
    if alive > 0 {
        bail!("{alive} of {} faults were not noticed", rows.len());
    }
    Ok(())
}

fn choose(names: &[String]) -> Result<Vec<&'static Mutant>> {
    if names.is_empty() {
        return Ok(PLANTED.iter().collect());
    }
    let find = |name: &String| {
        PLANTED.iter().find(|mutant| mutant.name == name).with_context(|| format!("no fault is called {name}"))
    };
    names.iter().map(find).collect()
}

/// A copy of what git knows of the checkout, with a target folder that stays from one time to the next.
struct Copy {
    root: PathBuf,
    target: PathBuf,
    cargo: PathBuf,
}

impl Copy {
    fn make(workspace: &Workspace) -> Result<Copy> {
        let folder = workspace.target.join("mutants");
        let root = folder.join("tree");
        let listed =
            command::output(workspace.command("git").args(["ls-files", "--cached", "--others", "--exclude-standard"]))?;
        let mut kept = HashSet::new();
        for file in listed.lines() {
            let (from, to) = (workspace.root.join(file), root.join(file));
            // A file that was deleted and not committed yet.
            let Ok(bytes) = fs::read(&from) else { continue };
            kept.insert(to.clone());
            // Written only when it differs, so that cargo compiles no more than it must.
            if fs::read(&to).ok().as_ref() == Some(&bytes) {
                continue;
            }
            let parent = to.parent().context("a file without a folder")?;
            fs::create_dir_all(parent).with_context(|| format!("cannot make {}", parent.display()))?;
            fs::write(&to, bytes).with_context(|| format!("cannot write {}", to.display()))?;
        }
        remove_others(&root, &kept)?;
        let cargo = workspace.cargo().get_program().into();
        Ok(Copy { root, target: folder.join("target"), cargo })
    }

    fn outcome_with(&self, mutant: &Mutant) -> Result<Outcome> {
        let path = self.root.join(mutant.file);
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        fs::write(&path, plant(&text, mutant)?)?;
        let outcome = self.outcome(mutant);
        fs::write(&path, text)?;
        outcome
    }

    fn outcome(&self, mutant: &Mutant) -> Result<Outcome> {
        if !self.test(mutant, true)? {
            return Ok(Outcome::NotCompiled);
        }
        Ok(if self.test(mutant, false)? { Outcome::Survived } else { Outcome::Killed })
    }

    /// Whether the test compiles, or is green. A name that no test has is not green.
    fn test(&self, mutant: &Mutant, only_compile: bool) -> Result<bool> {
        let mut cargo = Command::new(&self.cargo);
        cargo.current_dir(&self.root).env("CARGO_TARGET_DIR", &self.target);
        // The checkout that this program was started in is not the one under test.
        cargo.env_remove("CARGO_MANIFEST_DIR").env("MOTCUA_TEST_ONLY_SQLITE", "1").env_remove("MOTCUA_TEST_POSTGRES");
        let [target @ .., name] = mutant.test else { bail!("{} has no test", mutant.name) };
        cargo.arg("test").args(target);
        if only_compile {
            return Ok(cargo.arg("--no-run").status().context("cannot start cargo")?.success());
        }
        let output = cargo.args(["--", name, "--exact"]).output().context("cannot start cargo")?;
        let said = String::from_utf8_lossy(&output.stdout);
        Ok(output.status.success() && said.lines().any(|line| line.starts_with("test result: ok. 1 passed")))
    }
}

/// Removes the files below a folder that are not among `kept`: a module or a test that the checkout has no more would
/// still be compiled.
fn remove_others(folder: &Path, kept: &HashSet<PathBuf>) -> Result<()> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    for entry in entries {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            remove_others(&path, kept)?;
        } else if !kept.contains(&path) {
            fs::remove_file(&path).with_context(|| format!("cannot remove {}", path.display()))?;
        }
    }
    Ok(())
}

/// The text with the fault in it.
///
/// # Errors
/// When what it replaces does not stand there exactly once.
fn plant(text: &str, mutant: &Mutant) -> Result<String> {
    match text.matches(mutant.find).count() {
        1 => Ok(text.replacen(mutant.find, mutant.replace, 1)),
        count => bail!("{}: what it replaces stands {count} times in {}:\n{}", mutant.name, mutant.file, mutant.find),
    }
}

/// The first two lines of the table in docs/mutants.md.
const HEAD: &str =
    "| Fault | What would go wrong | File | Test that notices | Noticed on |\n| --- | --- | --- | --- | --- |\n";

/// The table in Markdown as docs/mutants.md keeps it: `today` is the day, in ISO 8601, on which these faults were planted.
fn table(rows: &[(&Mutant, Outcome)], today: &str) -> String {
    let line = |(mutant, outcome): &(&Mutant, Outcome)| {
        let last = if *outcome == Outcome::Killed { today } else { outcome.words() };
        format!("{}{last} |\n", cells(mutant))
    };
    HEAD.to_owned() + &rows.iter().map(line).collect::<String>()
}

/// The line of a fault up to its last cell.
fn cells(mutant: &Mutant) -> String {
    let test = mutant.test.last().copied().unwrap_or_default();
    // An engine's name is no part of what the test says.
    let test = test.trim_end_matches("::sqlite");
    format!("| {} | {} | `{}` | `{test}` | ", mutant.name, mutant.harm, mutant.file)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checkout() -> &'static Path {
        Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
    }

    #[test]
    fn every_planted_text_stands_in_its_file_exactly_once() {
        for mutant in PLANTED {
            let text = fs::read_to_string(checkout().join(mutant.file)).unwrap();
            let planted = plant(&text, mutant).unwrap_or_else(|error| panic!("{error}"));
            assert_ne!(planted, text, "{} changes nothing", mutant.name);
        }
    }

    #[test]
    fn there_are_at_least_ten_each_with_a_name_and_a_test_of_its_own_that_is_there() {
        assert!(PLANTED.len() >= 10);
        let names: HashSet<_> = PLANTED.iter().map(|mutant| mutant.name).collect();
        assert_eq!(names.len(), PLANTED.len(), "a name stands twice");
        for mutant in PLANTED {
            let name = mutant.test.last().unwrap();
            // `on_both!` names a test by its function, and the engine after it.
            let name = name.trim_end_matches("::sqlite").rsplit("::").next().unwrap();
            let package = mutant.test.iter().skip_while(|word| **word != "-p").nth(1).unwrap();
            let folder = match *package {
                "domain" => "app/domain",
                "server" => "server",
                other => &format!("server/{other}"),
            };
            let sources = sources_below(&checkout().join(folder));
            assert!(sources.contains(&format!("fn {name}(")), "no test is called {name} in {folder}");
        }
    }

    fn sources_below(folder: &Path) -> String {
        let mut text = String::new();
        for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() && !entry.ends_with("target") {
                text += &sources_below(&entry);
            } else if entry.extension().is_some_and(|ending| ending == "rs") {
                text += &fs::read_to_string(entry).unwrap();
            }
        }
        text
    }

    #[test]
    fn a_copy_loses_the_files_that_the_checkout_has_no_more() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("src");
        fs::create_dir(&inner).unwrap();
        let (stays, goes) = (inner.join("stays.rs"), inner.join("goes.rs"));
        for file in [&stays, &goes] {
            fs::write(file, "").unwrap();
        }
        remove_others(folder.path(), &HashSet::from([stays.clone()])).unwrap();
        assert_eq!((stays.exists(), goes.exists()), (true, false));
    }

    #[test]
    fn the_guide_lists_exactly_the_faults_that_are_planted() {
        let guide = fs::read_to_string(checkout().join("docs/mutants.md")).unwrap();
        let (_, below) = guide.split_once(HEAD).expect("the guide has no table with these columns");
        let lines: Vec<&str> = below.lines().take_while(|line| line.starts_with('|')).collect();
        for (mutant, line) in PLANTED.iter().zip(&lines) {
            let wanted = cells(mutant);
            let last = line.strip_prefix(&wanted).unwrap_or_else(|| panic!("{line}\nshould begin with\n{wanted}"));
            let last = last.trim_end_matches('|').trim();
            // Empty until the fault was planted for the first time; then the day of the last time, as `2026-11-27`.
            let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
            let is_day = last.len() == 10 && last.split('-').map(str::len).eq([4, 2, 2]) && last.split('-').all(digits);
            assert!(last.is_empty() || is_day, "{}: {last} is no day", mutant.name);
        }
        assert_eq!(lines.len(), PLANTED.len(), "a line too many or too few");
    }

    #[test]
    fn what_is_printed_is_the_table_of_the_guide_with_the_day_or_with_what_was_wrong() {
        let mutant = Mutant { name: "x", harm: "y", file: "f", find: "", replace: "", test: &["-p", "a::b::sqlite"] };
        let printed = table(&[(&mutant, Outcome::Killed), (&mutant, Outcome::Survived)], "2026-11-27");
        let line = "| x | y | `f` | `a::b` | ";
        assert_eq!(printed, format!("{HEAD}{line}2026-11-27 |\n{line}**not noticed** |\n"));
    }

    #[test]
    fn a_text_that_is_gone_or_stands_twice_is_refused() {
        let mutant = Mutant { name: "x", harm: "", file: "f", find: "ab", replace: "c", test: &[] };
        assert_eq!(plant("1ab2", &mutant).unwrap(), "1c2");
        for text in ["", "a b", "ab ab"] {
            assert!(plant(text, &mutant).unwrap_err().to_string().contains("stands"), "{text}");
        }
    }
}
