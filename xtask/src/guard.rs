//! A server for the length of a test run, that never outlives this program.

use std::io::Write as _;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result};

/// Starts the server, waits until its own standard input closes, stops the server and removes the folder.
///
/// The standard input is a pipe from this program, which closes however this program ends, killed or
/// interrupted included. The guard lives in a process group of its own, so that Ctrl-C does not reach it.
const GUARD: &str = r#"
folder=$1; signal=$2; shift 2
"$@" </dev/null >"$folder/log" 2>&1 &
server=$!
read -r line
kill -"$signal" "$server" 2>/dev/null
wait "$server"
rm -rf "$folder"
"#;

/// A running server, stopped when dropped; its folder goes with it.
pub struct Guarded(Child);

impl Guarded {
    /// Starts a server that writes its log to `folder/log` and is asked to stop by that signal.
    ///
    /// # Errors
    /// When there is no shell.
    pub fn start(server: &Command, folder: &Path, signal: &str) -> Result<Guarded> {
        let mut guard = Command::new("sh");
        guard.args(["-c", GUARD, "guard"]).arg(folder).arg(signal).arg(server.get_program()).args(server.get_args());
        for (name, value) in server.get_envs() {
            match value {
                Some(value) => guard.env(name, value),
                None => guard.env_remove(name),
            };
        }
        guard.current_dir("/tmp").stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
        Ok(Guarded(guard.spawn().context("cannot start `sh`")?))
    }

    /// Stops the server and waits until it has ended.
    pub fn stop(&mut self) {
        // A guard that is gone already has nothing left to stop.
        if let Some(mut input) = self.0.stdin.take() {
            input.write_all(b"stop\n").ok();
        }
        self.0.wait().ok();
    }
}

impl Drop for Guarded {
    fn drop(&mut self) {
        self.stop();
    }
}
