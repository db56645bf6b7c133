//! A server that speaks S3, for the length of a test run: moto, in a Python environment of its own.

use std::fs;
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::command;
use crate::guard::Guarded;
use crate::postgres::free_port;
use crate::python;
use crate::workspace::Workspace;

/// What is installed. A new version needs a new round of the tests, so it is named whole.
const PACKAGE: &str = "moto[server]==5.2.5";
/// How long a start may take on a busy machine.
const START_TIMEOUT: Duration = Duration::from_secs(90);

/// A running server that keeps everything in memory, stopped when dropped.
pub struct S3 {
    /// For `MOTCUA_TEST_S3`: it asks nobody who he is.
    pub url: String,
    _server: Guarded,
}

impl S3 {
    /// Installs the server the first time, and starts it where only this machine can reach it.
    ///
    /// # Errors
    /// When it cannot be installed or does not start; its log is in the error.
    pub fn start(workspace: &Workspace) -> Result<S3> {
        let program = python::environment(workspace, "s3", PACKAGE)?.join("bin/moto_server");
        let folder = PathBuf::from(command::output(Command::new("mktemp").args(["-d", "/tmp/motcua-s3.XXXXXX"]))?);
        let port = free_port()?;
        let mut server = Command::new(program);
        server.args(["--host", "127.0.0.1", "--port", &port.to_string()]);
        let mut server = Guarded::start(&server, &folder, "TERM")?;
        let since = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            if since.elapsed() > START_TIMEOUT {
                let log = fs::read_to_string(folder.join("log")).unwrap_or_default();
                server.stop();
                bail!("the S3 server did not start: {log}");
            }
            sleep(Duration::from_millis(50));
        }
        Ok(S3 { url: format!("http://127.0.0.1:{port}"), _server: server })
    }
}
