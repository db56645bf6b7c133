//! A real PostgreSQL for the length of a test run, in a temporary folder, on a free port.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use crate::command;
use crate::guard::Guarded;

/// How long a start may take on a busy machine.
const START_TIMEOUT: Duration = Duration::from_secs(60);

/// Where the tests find a PostgreSQL; without it they run on SQLite alone.
pub const POSTGRES_VARIABLE: &str = "MOTCUA_TEST_POSTGRES";

/// Where they find the folder of that PostgreSQL's socket.
pub const SOCKET_VARIABLE: &str = "MOTCUA_TEST_POSTGRES_SOCKET";

/// A running server, stopped and removed when dropped.
pub struct Postgres {
    /// For `MOTCUA_TEST_POSTGRES`: a superuser who needs no password.
    pub url: String,
    /// For `MOTCUA_TEST_POSTGRES_SOCKET`: the folder of its socket, which the server's own user and root can enter.
    pub socket: String,
    guard: Guarded,
}

impl Postgres {
    /// Creates and starts a server that only this machine can reach. It gives up durability for speed.
    ///
    /// # Errors
    /// When PostgreSQL is not installed or does not start; its log is in the error.
    pub fn start() -> Result<Postgres> {
        let programs = programs()?;
        let folder =
            PathBuf::from(command::output(as_server_user("mktemp").args(["-d", "/tmp/motcua-postgres.XXXXXX"]))?);
        let started = Postgres::start_in(&programs, &folder);
        if started.is_err() {
            // The guard removes the folder too, but only if it was started.
            fs::remove_dir_all(&folder).ok();
        }
        started
    }

    fn start_in(programs: &Path, folder: &Path) -> Result<Postgres> {
        let data = folder.join("data");
        let mut initdb = as_server_user(programs.join("initdb"));
        initdb.args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]);
        command::output(initdb.arg("--pgdata").arg(&data))?;

        let port = free_port()?;
        let socket = folder.to_string_lossy().into_owned();
        let socket_setting = format!("unix_socket_directories={socket}");
        let mut server = as_server_user(programs.join("postgres"));
        server.arg("-D").arg(&data).arg("-p").arg(port.to_string());
        let settings = [
            "listen_addresses=127.0.0.1",
            &socket_setting,
            "max_connections=200",
            "fsync=off",
            // Off here so that the tests see the store insist on it for its own connections.
            "synchronous_commit=off",
            "full_page_writes=off",
        ];
        for setting in settings {
            server.arg("-c").arg(setting);
        }
        // INT is what PostgreSQL calls a fast shutdown.
        let guard = Guarded::start(&server, folder, "INT")?;
        let mut postgres = Postgres { url: format!("postgres://postgres@127.0.0.1:{port}/postgres"), socket, guard };

        let since = Instant::now();
        let mut is_ready = Command::new(programs.join("pg_isready"));
        is_ready.args(["--quiet", "--host=127.0.0.1", "--port", &port.to_string()]);
        while !command::succeeds(&mut is_ready) {
            if since.elapsed() > START_TIMEOUT {
                let log = fs::read_to_string(folder.join("log")).unwrap_or_default();
                postgres.guard.stop();
                bail!("PostgreSQL did not start: {log}");
            }
            sleep(Duration::from_millis(50));
        }
        Ok(postgres)
    }
}

/// The folder with `postgres`, `initdb` and `pg_isready`. Debian keeps them off the search path.
///
/// # Errors
/// When there is none.
pub fn programs() -> Result<PathBuf> {
    let on_path = command::find_program("postgres").and_then(|program| program.canonicalize().ok());
    let mut folders: Vec<PathBuf> = on_path.and_then(|it| it.parent().map(Path::to_path_buf)).into_iter().collect();
    if let Ok(versions) = fs::read_dir("/usr/lib/postgresql") {
        let mut debian: Vec<PathBuf> = versions.flatten().map(|version| version.path()).collect();
        debian.sort_by_key(|folder| version_number(folder));
        folders.extend(debian.into_iter().rev().map(|folder| folder.join("bin")));
    }
    let complete = |folder: &PathBuf| ["postgres", "initdb", "pg_isready"].iter().all(|it| folder.join(it).is_file());
    folders.into_iter().find(complete).context("PostgreSQL's server is not installed")
}

fn version_number(folder: &Path) -> u32 {
    folder.file_name().and_then(|name| name.to_str()).and_then(|name| name.parse().ok()).unwrap_or(0)
}

/// PostgreSQL refuses to run as root: then it runs as the user that its package has created.
fn as_server_user(program: impl AsRef<Path>) -> Command {
    let program = program.as_ref();
    let mut command = if command::is_root() {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    command.current_dir("/tmp");
    command
}

/// A port nobody listens on now.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0)).and_then(|it| it.local_addr()).context("no free port")?.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        assert!(
            version_number(Path::new("/usr/lib/postgresql/9")) < version_number(Path::new("/usr/lib/postgresql/15"))
        );
        assert_eq!(version_number(Path::new("/usr/lib/postgresql/README")), 0);
    }

    #[test]
    fn a_free_port_can_be_listened_on() {
        assert!(TcpListener::bind(("127.0.0.1", free_port().unwrap())).is_ok());
    }
}
