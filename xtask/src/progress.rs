//! What the person at the terminal sees while work goes on.

use std::error::Error;
use std::fmt;
use std::time::{Duration, Instant};

use anyhow::Result;

/// A known number of steps, of which the first failure ends the work.
pub struct Steps {
    count: usize,
    done: usize,
    since: Instant,
}

impl Steps {
    pub fn new(count: usize) -> Steps {
        Steps { count, done: 0, since: Instant::now() }
    }

    /// Announces a step, does it, and says how long it took.
    pub fn step<T>(&mut self, what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        self.done += 1;
        println!("[{}/{}] {what} … (at {})", self.done, self.count, spoken(self.since.elapsed()));
        let since = Instant::now();
        let value = work()?;
        println!("      done in {}", spoken(since.elapsed()));
        Ok(value)
    }
}

/// A row of checks, all of which are made even when one fails.
pub struct Stages {
    since: Instant,
    rows: Vec<(String, Duration, Option<String>)>,
}

impl Stages {
    pub fn new() -> Stages {
        Stages { since: Instant::now(), rows: Vec::new() }
    }

    /// Makes a check and keeps its outcome. `None` when it failed.
    pub fn stage<T>(&mut self, what: &str, work: impl FnOnce() -> Result<T>) -> Option<T> {
        println!("\n=== {what} (at {})", spoken(self.since.elapsed()));
        let since = Instant::now();
        let outcome = work();
        let took = since.elapsed();
        let problem = outcome.as_ref().err().map(|error| format!("{error:#}"));
        match &problem {
            None => println!("=== passed in {}", spoken(took)),
            Some(problem) => println!("=== FAILED after {}: {problem}", spoken(took)),
        }
        self.rows.push((what.to_owned(), took, problem));
        outcome.ok()
    }

    /// Records a check that could not be made because an earlier one failed: that is a failure too.
    pub fn cannot(&mut self, what: &str, reason: &str) {
        println!("\n=== {what}\n=== FAILED: not run, because {reason}");
        self.rows.push((what.to_owned(), Duration::ZERO, Some(format!("not run, because {reason}"))));
    }

    /// Prints the table and the closing line `N passed, N failed`.
    ///
    /// # Errors
    /// When a check failed.
    pub fn finish(self) -> Result<()> {
        println!();
        for (what, took, problem) in &self.rows {
            let mark = if problem.is_none() { "passed" } else { "FAILED" };
            println!("{mark}  {:>12}  {what}", spoken(*took));
        }
        for (what, _, problem) in &self.rows {
            if let Some(problem) = problem {
                println!("\n{what}: {problem}");
            }
        }
        println!("\nTotal {}", spoken(self.since.elapsed()));
        let (line, all_well) = self.verdict();
        println!("{line}");
        if all_well { Ok(()) } else { Err(AlreadyTold.into()) }
    }

    fn verdict(&self) -> (String, bool) {
        let failed = self.rows.iter().filter(|(_, _, problem)| problem.is_some()).count();
        let passed = self.rows.len() - failed;
        (format!("{passed} passed, {failed} failed"), failed == 0 && passed > 0)
    }
}

/// A failure of which everything has been printed, so that the closing line stays the last one.
#[derive(Debug)]
pub struct AlreadyTold;

impl fmt::Display for AlreadyTold {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("not everything passed")
    }
}

impl Error for AlreadyTold {}

/// A duration as people say it.
pub fn spoken(duration: Duration) -> String {
    let seconds = duration.as_secs();
    match seconds {
        0..10 => format!("{:.1} s", duration.as_secs_f64()),
        10..60 => format!("{seconds} s"),
        _ => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_spoken_in_the_unit_that_fits() {
        assert_eq!(spoken(Duration::from_millis(1_240)), "1.2 s");
        assert_eq!(spoken(Duration::from_secs(59)), "59 s");
        assert_eq!(spoken(Duration::from_secs(125)), "2 min 05 s");
    }

    #[test]
    fn one_failed_stage_fails_the_whole_and_the_others_still_run() {
        let mut stages = Stages::new();
        assert_eq!(stages.stage("good", || Ok(1)), Some(1));
        assert_eq!(stages.stage("bad", || anyhow::bail!("broken") as Result<()>), None);
        assert_eq!(stages.stage("after", || Ok(2)), Some(2));
        assert_eq!(stages.verdict(), ("2 passed, 1 failed".to_owned(), false));
        assert!(stages.finish().is_err_and(|error| error.is::<AlreadyTold>()));
    }

    #[test]
    fn a_stage_that_could_not_be_run_counts_as_failed() {
        let mut stages = Stages::new();
        stages.cannot("browser", "the client was not built");
        assert_eq!(stages.verdict(), ("0 passed, 1 failed".to_owned(), false));
    }

    #[test]
    fn no_stages_at_all_is_no_success() {
        assert!(Stages::new().finish().is_err());
    }
}
