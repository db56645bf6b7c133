//! Receipts by example and by property.

mod content;
mod life;
mod numbers;
mod reports;

use super::*;
use crate::time::{Day, Instant};

fn series_of(form: &str, serial: &str) -> Series {
    Series::new(FormNumber::parse(form).unwrap(), Serial::parse(serial).unwrap()).unwrap()
}

/// The office's electronic receipts of 2026.
fn series() -> Series {
    series_of("01BLP0-001", "AA-26E")
}

fn number(value: u32) -> ReceiptNumber {
    ReceiptNumber::new(value).unwrap()
}

fn at(local: &str) -> Instant {
    Instant::parse_local(local).unwrap()
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn reference(value: u32) -> ReceiptRef {
    ReceiptRef { series: series(), number: number(value) }
}
