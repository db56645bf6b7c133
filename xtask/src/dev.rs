//! `cargo xtask dev`: rebuild what changed, restart the server, tell the browser.
//!
//! It polls: a few hundred files are looked at in milliseconds, and polling works on every file system.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context as _, Result};

use crate::client::Quality;
use crate::server::Running;
use crate::stamp::files_under;
use crate::workspace::{Profile, Workspace};
use crate::{client, demo, server, wasm_target};

const INTERVAL: Duration = Duration::from_millis(400);

/// What each part is made of. `app` is in both: the server draws it and the browser brings it to life.
const BROWSER_SIDE: [&str; 5] = ["app", "frontend", "style", "Cargo.toml", "Cargo.lock"];
const SERVER_SIDE: [&str; 5] = ["app", "server", "migrations", "Cargo.toml", "Cargo.lock"];

/// Works until it is interrupted. A build that fails leaves the running server alone.
pub fn run(workspace: &Workspace) -> Result<()> {
    wasm_target::install_if_missing()?;
    let address = server::listen_address();
    // What was looked at last, and what the running server was built from: they differ after a failure,
    // so that mending one side does not forget what changed on the other.
    let (mut seen, mut built) = (Seen::default(), Seen::default());
    let mut running: Option<Running> = None;
    loop {
        let now = Seen::look(&workspace.root)?;
        let ended = running.as_mut().is_some_and(Running::has_ended);
        if ended {
            println!("dev: the server has ended; the next change starts it again");
            running = None;
        }
        if now != seen {
            match rebuild(workspace, &built, &now) {
                Ok(()) => {
                    built = now;
                    restart(workspace, &address, &now, &mut running);
                }
                Err(error) => println!("dev: {error:#}"),
            }
            seen = now;
        }
        sleep(INTERVAL);
    }
}

/// The state of the sources: which files there are, how long, and when they were written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Seen {
    browser_side: u64,
    server_side: u64,
}

impl Seen {
    fn look(root: &Path) -> Result<Seen> {
        Ok(Seen { browser_side: state(root, &BROWSER_SIDE)?, server_side: state(root, &SERVER_SIDE)? })
    }
}

fn state(root: &Path, parts: &[&str]) -> Result<u64> {
    let mut hasher = DefaultHasher::new();
    for part in parts {
        let path = root.join(part);
        let files = if path.is_file() { vec![path] } else { files_under(&path)? };
        for file in files {
            // An editor may replace a file between the listing and this look.
            let Ok(metadata) = fs::metadata(&file) else { continue };
            (file, metadata.len(), metadata.modified().ok()).hash(&mut hasher);
        }
    }
    Ok(hasher.finish())
}

fn rebuild(workspace: &Workspace, built: &Seen, now: &Seen) -> Result<()> {
    if built.browser_side != now.browser_side {
        client::build(workspace, Quality::Fast)?;
    }
    if built.server_side != now.server_side {
        server::build(workspace, Profile::Dev)?;
    }
    Ok(())
}

fn restart(workspace: &Workspace, address: &str, now: &Seen, running: &mut Option<Running>) {
    // The old server must have let go of the port and the database.
    *running = None;
    match start(workspace, address, now) {
        Ok(started) => {
            println!("dev: http://{address}");
            *running = Some(started);
        }
        Err(error) => println!("dev: {error:#}"),
    }
}

fn start(workspace: &Workspace, address: &str, now: &Seen) -> Result<Running> {
    let program = workspace.server_program(Profile::Dev);
    demo::seed_if_new(workspace, &program)?;
    let stamp = workspace.site().join("dev-stamp");
    let mut command = server::command(workspace, &program, "serve");
    let running = Running::start(command.env("MOTCUA_DEV_STAMP", &stamp), address)?;
    // Written after the server answers: a page that sees it change can be loaded again at once.
    let text = format!("{:x}-{:x}\n", now.browser_side, now.server_side);
    fs::write(&stamp, text).with_context(|| format!("cannot write {}", stamp.display()))?;
    Ok(running)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checkout() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in ["app/src", "server/src", "style"] {
            fs::create_dir_all(folder.path().join(name)).unwrap();
        }
        folder
    }

    #[test]
    fn a_screen_concerns_both_sides_and_a_style_sheet_only_the_browser() {
        let folder = checkout();
        let first = Seen::look(folder.path()).unwrap();
        fs::write(folder.path().join("style/citizen.scss"), "b{}").unwrap();
        let styled = Seen::look(folder.path()).unwrap();
        assert!(styled.browser_side != first.browser_side && styled.server_side == first.server_side);
        fs::write(folder.path().join("app/src/lib.rs"), "").unwrap();
        let screened = Seen::look(folder.path()).unwrap();
        assert!(screened.browser_side != styled.browser_side && screened.server_side != styled.server_side);
    }

    #[test]
    fn nothing_changed_is_seen_as_nothing_and_a_deletion_as_a_change() {
        let folder = checkout();
        fs::write(folder.path().join("server/src/main.rs"), "").unwrap();
        let first = Seen::look(folder.path()).unwrap();
        assert_eq!(first, Seen::look(folder.path()).unwrap());
        fs::remove_file(folder.path().join("server/src/main.rs")).unwrap();
        assert_ne!(first, Seen::look(folder.path()).unwrap());
    }
}
