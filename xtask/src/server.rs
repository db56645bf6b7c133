//! Building and running the server program.

use std::env;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use crate::command;
use crate::workspace::{Profile, Workspace};

/// How long a start may take: it migrates the database first.
const START_TIMEOUT: Duration = Duration::from_secs(60);

/// Compiles the server and gives the program. Cargo skips what is up to date.
pub fn build(workspace: &Workspace, profile: Profile) -> Result<PathBuf> {
    command::run(workspace.cargo().args(["build", "--package", "server", "--profile", profile.name()]))?;
    Ok(workspace.server_program(profile))
}

/// The program with a sub-command, started in the root of the checkout, which `./data` is relative to.
pub fn command(workspace: &Workspace, program: &PathBuf, task: &str) -> Command {
    let mut command = workspace.command(program);
    command.arg(task).env("MOTCUA_SITE", workspace.site());
    // What the build loads is the demonstration; an operator who says otherwise is heard.
    if env::var_os("MOTCUA_DEMO").is_none() {
        command.env("MOTCUA_DEMO", "1");
    }
    command
}

/// Where the server will listen: `MOTCUA_LISTEN`, or its default.
pub fn listen_address() -> String {
    env::var("MOTCUA_LISTEN").unwrap_or_else(|_| "127.0.0.1:3000".to_owned())
}

/// A running server, stopped when dropped.
pub struct Running {
    child: Child,
}

impl Running {
    /// Starts `motcua serve` and waits until it answers.
    ///
    /// # Errors
    /// When it ends or does not answer in time.
    pub fn start(command: &mut Command, address: &str) -> Result<Running> {
        let child = command.env("MOTCUA_LISTEN", address).spawn().context("cannot start the server")?;
        let mut running = Running { child };
        let since = Instant::now();
        while status(address, "/").is_none() {
            if let Some(status) = running.child.try_wait()? {
                bail!("the server ended at once ({status})");
            }
            if since.elapsed() > START_TIMEOUT {
                bail!("the server does not answer on {address}");
            }
            sleep(Duration::from_millis(50));
        }
        Ok(running)
    }

    /// Whether it has ended by itself.
    pub fn has_ended(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }

    /// Asks it to finish what it is doing; five seconds later it is killed.
    pub fn stop(&mut self) {
        if self.has_ended() {
            return;
        }
        command::succeeds(Command::new("kill").args(["-TERM", &self.child.id().to_string()]));
        let since = Instant::now();
        while !self.has_ended() && since.elapsed() < Duration::from_secs(5) {
            sleep(Duration::from_millis(20));
        }
        // Both fail when it has ended meanwhile, which is what is wanted.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop();
    }
}

fn status(address: &str, page: &str) -> Option<u16> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(30))).ok()?;
    write!(stream, "GET {page} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").ok()?;
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).ok()?;
    parse_status(&answer)
}

/// `HTTP/1.1 200` → 200.
fn parse_status(answer: &[u8; 12]) -> Option<u16> {
    let text = std::str::from_utf8(answer).ok()?;
    text.strip_prefix("HTTP/1.")?.get(2..)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;

    #[test]
    fn the_status_is_read_from_the_first_line() {
        assert_eq!(parse_status(b"HTTP/1.1 303"), Some(303));
        assert_eq!(parse_status(b"HTTP/1.0 404"), Some(404));
        assert_eq!(parse_status(b"SSH-2.0-Open"), None);
    }

    #[test]
    fn a_program_that_ends_at_once_is_no_running_server() {
        let port = crate::postgres::free_port().unwrap();
        let error = Running::start(&mut Command::new("false"), &format!("127.0.0.1:{port}")).err().unwrap();
        assert!(error.to_string().contains("ended at once"), "{error}");
    }

    #[test]
    fn a_listener_that_answers_is_up() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let answering = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            // To the end: a connection that is closed over something unread is broken off, answer and all.
            let mut asked = Vec::new();
            while !asked.ends_with(b"\r\n\r\n") {
                let mut byte = [0];
                stream.read_exact(&mut byte).unwrap();
                asked.extend(byte);
            }
            stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").unwrap();
        });
        assert_eq!(status(&address, "/"), Some(200));
        answering.join().unwrap();
    }
}
