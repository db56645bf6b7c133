//! The scanner for malicious programs beside the program: clamd of ClamAV, spoken with over its socket.
//!
//! Bytes are streamed to it (`INSTREAM`), so it needs no right to read the shelf. It answers one of three: nothing was
//! found, something was, or no answer that counts; the last is never taken for the first.

use clamav_client::tokio::{Socket, Tcp, get_version, scan_stream};
use std::{fmt, io, path::PathBuf, time::Duration};
use tokio::io::AsyncRead;
use tokio_util::io::ReaderStream;

/// Where clamd listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scanner {
    /// The path of its socket.
    Unix(PathBuf),
    /// Its host and port. What goes there is not encrypted.
    Tcp(String),
}

/// What a scan came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scan {
    /// Nothing was found.
    Clean,
    /// A malicious program, by the name of the signature that knows it.
    Infected(String),
    /// No answer that counts, and why: the file is to wait.
    Unknown(String),
}

/// How long one scan may take, the whole file included: the largest file takes clamd a few seconds.
const PATIENCE: Duration = Duration::from_secs(20);
/// Bytes handed over at once.
const CHUNK: usize = 64 * 1024;

impl Scanner {
    /// `/run/clamav/clamd.ctl` is a path, `127.0.0.1:3310` a host and port; anything else is neither.
    pub fn parse(address: &str) -> Option<Self> {
        if address.starts_with('/') {
            return Some(Self::Unix(address.into()));
        }
        let (host, port) = address.rsplit_once(':')?;
        let is_host = !host.is_empty() && !host.contains(['/', '@', ' ']);
        (is_host && port.parse::<u16>().is_ok_and(|port| port > 0)).then(|| Self::Tcp(address.to_owned()))
    }

    /// Scans the bytes to their end.
    pub async fn scan(&self, bytes: impl AsyncRead + Send) -> Scan {
        let stream = ReaderStream::with_capacity(bytes, CHUNK);
        let answer = async {
            match self {
                Self::Unix(path) => scan_stream(stream, Socket { socket_path: path }, Some(CHUNK)).await,
                Self::Tcp(address) => scan_stream(stream, Tcp { host_address: address.as_str() }, Some(CHUNK)).await,
            }
        };
        match tokio::time::timeout(PATIENCE, answer).await {
            Ok(Ok(answer)) => read_answer(&answer),
            Ok(Err(error)) => Scan::Unknown(error.to_string()),
            Err(_) => Scan::Unknown("no answer in time".into()),
        }
    }

    /// What the scanner is and how new its signatures are, in its own words.
    ///
    /// # Errors
    /// When it does not answer in time.
    pub async fn version(&self) -> io::Result<String> {
        let answer = async {
            match self {
                Self::Unix(path) => get_version(Socket { socket_path: path }).await,
                Self::Tcp(address) => get_version(Tcp { host_address: address.as_str() }).await,
            }
        };
        let answer = tokio::time::timeout(PATIENCE, answer).await.map_err(|_| io::ErrorKind::TimedOut)??;
        let said = one_line(&answer);
        if said.is_empty() { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(said) }
    }
}

impl fmt::Display for Scanner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unix(path) => path.display().fmt(f),
            Self::Tcp(address) => address.fmt(f),
        }
    }
}

/// `stream: OK`, `stream: NAME FOUND`, or a sentence of what went wrong, each ended by NUL.
fn read_answer(answer: &[u8]) -> Scan {
    let said = one_line(answer);
    match said.strip_prefix("stream: ") {
        Some("OK") => Scan::Clean,
        Some(found) if found.ends_with(" FOUND") => Scan::Infected(found.trim_end_matches(" FOUND").to_owned()),
        _ if said.is_empty() => Scan::Unknown("it hung up without an answer".into()),
        _ => Scan::Unknown(said),
    }
}

fn one_line(answer: &[u8]) -> String {
    String::from_utf8_lossy(answer)
        .trim_matches(['\0', '\n', ' '])
        .chars()
        .filter(|c| !c.is_control())
        .take(200)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_path_or_a_host_and_a_port() {
        assert_eq!(Scanner::parse("/run/clamd.ctl"), Some(Scanner::Unix("/run/clamd.ctl".into())));
        assert_eq!(Scanner::parse("127.0.0.1:3310"), Some(Scanner::Tcp("127.0.0.1:3310".into())));
        assert_eq!(Scanner::parse("[::1]:3310"), Some(Scanner::Tcp("[::1]:3310".into())));
        for wrong in ["", "clamd", "clamd:", ":3310", "clamd:0", "clamd:99999", "tcp://clamd:3310", "run/clamd.ctl"] {
            assert_eq!(Scanner::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn only_ok_is_clean() {
        assert_eq!(read_answer(b"stream: OK\0"), Scan::Clean);
        assert_eq!(read_answer(b"stream: Win.Test-1 FOUND\0"), Scan::Infected("Win.Test-1".into()));
        for other in [
            &b""[..],
            b"stream: ",
            b"stream: OK but slow\0",
            b"INSTREAM size limit exceeded. ERROR\0",
            b"COMMAND READ TIMED OUT\0",
            b"OK\0",
        ] {
            assert!(matches!(read_answer(other), Scan::Unknown(_)), "{}", String::from_utf8_lossy(other));
        }
    }
}
