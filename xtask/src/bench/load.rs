//! A plain load generator: some clients ask for one page again and again, each time on a new connection.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

const CLIENTS: usize = 16;
const DURATION: Duration = Duration::from_secs(10);

pub const HEADER: &str =
    "| page | pages a second | median | 95 of 100 | slowest |\n| --- | ---: | ---: | ---: | ---: |\n";

/// What was measured.
pub struct Load {
    took: Duration,
    /// How long each page took, in order of length.
    latencies: Vec<Duration>,
}

/// How the figures came about, for the report.
pub fn explanation() -> String {
    format!("{CLIENTS} clients ask for the page during {} s, a new connection each time.", DURATION.as_secs())
}

impl Load {
    fn new(took: Duration, mut latencies: Vec<Duration>) -> Load {
        latencies.sort();
        Load { took, latencies }
    }

    pub fn row(&self, page: &str) -> String {
        format!(
            "| `{page}` | {:.0} | {:.1} ms | {:.1} ms | {:.1} ms |\n",
            self.latencies.len() as f64 / self.took.as_secs_f64(),
            self.percentile(50),
            self.percentile(95),
            self.percentile(100)
        )
    }

    /// Milliseconds within which so many of a hundred pages were there.
    fn percentile(&self, of_hundred: usize) -> f64 {
        let index = (self.latencies.len() * of_hundred).div_ceil(100).saturating_sub(1);
        self.latencies.get(index).map_or(0.0, |latency| latency.as_secs_f64() * 1000.0)
    }
}

/// Loads one page.
///
/// # Errors
/// When an answer is anything but 200, or does not come.
pub fn measure(address: &str, page: &str) -> Result<Load> {
    let since = Instant::now();
    let latencies = thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS).map(|_| scope.spawn(|| client(address, page, since))).collect();
        let results = clients.into_iter().map(|client| client.join().unwrap_or_else(|_| bail!("a client panicked")));
        results.collect::<Result<Vec<_>>>()
    })?;
    Ok(Load::new(since.elapsed(), latencies.concat()))
}

fn client(address: &str, page: &str, since: Instant) -> Result<Vec<Duration>> {
    let mut latencies = Vec::new();
    let mut answer = Vec::new();
    while since.elapsed() < DURATION {
        let asked = Instant::now();
        answer.clear();
        fetch(address, page, &mut answer).with_context(|| format!("no answer to {page}"))?;
        if !answer.starts_with(b"HTTP/1.1 200") {
            bail!("{page} answered {}", String::from_utf8_lossy(&answer[..answer.len().min(12)]));
        }
        latencies.push(asked.elapsed());
    }
    Ok(latencies)
}

fn fetch(address: &str, page: &str, answer: &mut Vec<u8>) -> std::io::Result<usize> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    write!(stream, "GET {page} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
    stream.read_to_end(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_taken_from_the_ordered_times() {
        let load = Load::new(Duration::from_secs(2), (1..=100).rev().map(Duration::from_millis).collect());
        assert_eq!(load.row("/"), "| `/` | 50 | 50.0 ms | 95.0 ms | 100.0 ms |\n");
    }

    #[test]
    fn no_page_at_all_is_no_crash() {
        assert_eq!(Load::new(Duration::from_secs(1), Vec::new()).percentile(95), 0.0);
    }
}
