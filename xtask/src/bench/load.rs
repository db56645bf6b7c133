//! A plain load generator: some clients ask for one page again and again, each time on a new connection.

use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use super::visitor;

const CLIENTS: usize = 16;
const DURATION: Duration = Duration::from_secs(10);

/// What costs nothing but the connection: the yardstick of a run, since machines differ and drift.
pub const YARDSTICK: &str = "/healthz";

pub const HEADER: &str = "| page | a second | median | 95 of 100 | slowest | median ÷ `/healthz` |\n\
     | --- | ---: | ---: | ---: | ---: | ---: |\n";

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

    pub fn row(&self, page: &str, yardstick: &Load) -> String {
        format!(
            "| {page} | {:.0} | {:.1} ms | {:.1} ms | {:.1} ms | {:.1} |\n",
            self.latencies.len() as f64 / self.took.as_secs_f64(),
            self.percentile(50),
            self.percentile(95),
            self.percentile(100),
            self.percentile(50) / yardstick.percentile(50)
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
pub fn measure(address: &str, page: &str, cookie: Option<&str>) -> Result<Load> {
    let since = Instant::now();
    let latencies = thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS).map(|_| scope.spawn(|| client(address, page, cookie, since))).collect();
        let results = clients.into_iter().map(|client| client.join().unwrap_or_else(|_| bail!("a client panicked")));
        results.collect::<Result<Vec<_>>>()
    })?;
    Ok(Load::new(since.elapsed(), latencies.concat()))
}

fn client(address: &str, page: &str, cookie: Option<&str>, since: Instant) -> Result<Vec<Duration>> {
    let mut latencies = Vec::new();
    while since.elapsed() < DURATION {
        let asked = Instant::now();
        let status = visitor::ask(address, page, cookie, None)?.status;
        if status != 200 {
            bail!("{page} answered {status}");
        }
        latencies.push(asked.elapsed());
    }
    Ok(latencies)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_taken_from_the_ordered_times() {
        let load = Load::new(Duration::from_secs(2), (1..=100).rev().map(Duration::from_millis).collect());
        let yardstick = Load::new(Duration::from_secs(2), vec![Duration::from_millis(20)]);
        assert_eq!(load.row("`/`", &yardstick), "| `/` | 50 | 50.0 ms | 95.0 ms | 100.0 ms | 2.5 |\n");
    }

    #[test]
    fn no_page_at_all_is_no_crash() {
        assert_eq!(Load::new(Duration::from_secs(1), Vec::new()).percentile(95), 0.0);
    }
}
