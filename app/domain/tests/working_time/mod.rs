mod calendar;
mod due;
mod golden;
mod limits;
mod lunar;
mod on_time;
mod properties;
mod proposal;

use domain::time::{Day, Instant};

/// The day written `2026-11-23`.
pub fn day(text: &str) -> Day {
    text.parse().unwrap_or_else(|_| panic!("not a day: {text}"))
}

/// The local time written `2026-11-23T09:00`.
pub fn at(text: &str) -> Instant {
    Instant::parse_local(text).unwrap_or_else(|_| panic!("not a time: {text}"))
}
