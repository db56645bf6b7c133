//! The number of a receipt, and how the next one of a series is taken.
//!
//! Numbers of one form and serial run from 1 without a gap, are taken in the order of time, and are never given back
//! (Nghị định 123/2020/NĐ-CP; decision 0090).

use super::{
    form::FormNumber,
    serde_as_text,
    serial::{Serial, SerialForm},
};
use crate::time::{Day, Instant};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The number of a receipt within its series: 1 to 9 999 999, written with seven digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReceiptNumber(u32);

/// A text or a count is no number of a receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAReceiptNumber;

/// Digits that a number is written with.
const DIGITS: usize = 7;

impl ReceiptNumber {
    /// `0000001`.
    pub const FIRST: Self = Self(1);
    /// `9999999`: a series has no more.
    pub const LAST: Self = Self(9_999_999);

    /// That number.
    ///
    /// # Errors
    /// When it is 0 or has more than seven digits.
    pub const fn new(number: u32) -> Result<Self, NotAReceiptNumber> {
        if number >= Self::FIRST.0 && number <= Self::LAST.0 { Ok(Self(number)) } else { Err(NotAReceiptNumber) }
    }

    /// Reads a number; zeros in front may be left out, outer spaces are forgiven.
    ///
    /// # Errors
    /// When it is none.
    pub fn parse(typed: &str) -> Result<Self, NotAReceiptNumber> {
        let text = typed.trim();
        if text.len() > DIGITS || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(NotAReceiptNumber);
        }
        text.parse::<u32>().map_err(|_| NotAReceiptNumber).and_then(Self::new)
    }

    /// As an integer.
    pub const fn value(self) -> u32 {
        self.0
    }

    /// The number after it; none after the last.
    pub const fn next(self) -> Option<Self> {
        if self.0 < Self::LAST.0 { Some(Self(self.0 + 1)) } else { None }
    }
}

impl fmt::Display for ReceiptNumber {
    /// `0000123`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:0DIGITS$}", self.0)
    }
}

serde_as_text!(ReceiptNumber);

/// Form and serial: what numbers run within.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Series {
    /// The form number.
    pub form: FormNumber,
    /// The serial.
    pub serial: Serial,
}

/// Form and serial do not go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SeriesProblem {
    /// An electronic receipt has no sheets, and the form has.
    SheetsOfElectronic,
    /// A printed receipt has sheets, and the form has none.
    PaperWithoutSheets,
}

/// One number that was taken, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// Which.
    pub number: ReceiptNumber,
    /// When: the moment of issue that the receipt bears.
    pub at: Instant,
}

/// Why no number can be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberRefusal {
    /// The serial does not hold on the day.
    SerialOfAnotherYear {
        /// The serial's year.
        year: i32,
        /// The day of issue.
        day: Day,
    },
    /// The moment lies before that of the number taken last: numbers follow time.
    BeforeTheLast {
        /// The number taken last.
        last: Taken,
    },
    /// The series has no number left: begin another serial.
    UsedUp,
}

impl Series {
    /// The two together.
    ///
    /// # Errors
    /// When they contradict each other.
    pub fn new(form: FormNumber, serial: Serial) -> Result<Self, SeriesProblem> {
        let has_sheets = form.copies() > 0;
        match serial.form() {
            SerialForm::Electronic if has_sheets => Err(SeriesProblem::SheetsOfElectronic),
            SerialForm::SelfPrinted | SerialForm::PrintedAhead if !has_sheets => Err(SeriesProblem::PaperWithoutSheets),
            _ => Ok(Self { form, serial }),
        }
    }

    /// The number after `last` (none yet when the series is new), taken at that moment.
    ///
    /// # Errors
    /// Why none can be taken.
    pub fn take(&self, last: Option<Taken>, at: Instant) -> Result<Taken, NumberRefusal> {
        let day = at.day();
        if !self.serial.holds_on(day) {
            return Err(NumberRefusal::SerialOfAnotherYear { year: self.serial.year(), day });
        }
        let number = match last {
            None => ReceiptNumber::FIRST,
            Some(last) if at < last.at => return Err(NumberRefusal::BeforeTheLast { last }),
            Some(last) => last.number.next().ok_or(NumberRefusal::UsedUp)?,
        };
        Ok(Taken { number, at })
    }
}

/// A later number that bears an earlier moment than a number before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutOfOrder {
    /// The lower number, with the latest moment among those before.
    pub before: Taken,
    /// The higher number, with an earlier moment.
    pub after: Taken,
}

/// Every number of one series whose moment lies before that of a lower number, the lowest first.
pub fn out_of_order(taken: &[Taken]) -> Vec<OutOfOrder> {
    let mut by_number = taken.to_vec();
    by_number.sort_by_key(|one| (one.number, one.at));
    let mut found = Vec::new();
    let mut latest: Option<Taken> = None;
    for after in by_number {
        match latest {
            Some(before) if after.at < before.at => found.push(OutOfOrder { before, after }),
            _ => latest = Some(after),
        }
    }
    found
}
