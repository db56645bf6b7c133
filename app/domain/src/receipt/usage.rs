//! The report of what electronic receipts were used for (tình hình sử dụng biên lai điện tử, BC26/BLĐT): for each form
//! and serial how many numbers were used in a period, and how much money they stand for.
//!
//! What was issued counts in the period of its day; what was taken back (cancelled, or replaced by another receipt)
//! is deducted in the period in which that happened. So a report that was handed in stays true, and the reports of
//! neighbouring periods add up to the report of both.

use super::{
    number::{ReceiptNumber, Series},
    state::ReceiptRef,
};
use crate::{money::Dong, time::Day};
use std::collections::BTreeMap;

/// What became of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is not signed yet: it counts nowhere, and a report that has any is not final.
    Waiting,
    /// A valid receipt bears it, adjusted or not.
    Standing,
    /// It was given up.
    Cancelled {
        /// The day.
        on: Day,
    },
    /// Another receipt stands in its place.
    Replaced {
        /// The day.
        on: Day,
    },
}

/// One receipt as the report reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Used {
    /// Which.
    pub receipt: ReceiptRef,
    /// The day of issue.
    pub issued: Day,
    /// Its whole amount; of an adjusting receipt the difference, which may be less than nothing.
    pub amount: Dong,
    /// What became of it.
    pub fate: Fate,
}

/// Days of a report, the first and the last counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub from: Day,
    /// The last day.
    pub to: Day,
}

impl Period {
    /// A quarter (1 to 4) of a year; none when there is no such quarter.
    pub fn quarter(year: i32, quarter: u8) -> Option<Self> {
        // Outside these years there is no receipt, and no arithmetic of days to be careful with.
        if !(1..=4).contains(&quarter) || !(2000..=9999).contains(&year) {
            return None;
        }
        let from = Day::from_ymd(year, quarter * 3 - 2, 1)?;
        let after = if quarter == 4 { Day::from_ymd(year + 1, 1, 1) } else { Day::from_ymd(year, quarter * 3 + 1, 1) };
        Some(Self { from, to: after?.prev() })
    }

    /// Whether the day lies in it.
    pub fn holds(self, day: Day) -> bool {
        self.from <= day && day <= self.to
    }
}

/// One line of the report: a form and serial.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UsageLine {
    /// Form and serial.
    pub series: Series,
    /// The lowest number issued in the period; none when none was.
    pub first: Option<ReceiptNumber>,
    /// The highest.
    pub last: Option<ReceiptNumber>,
    /// How many numbers were used, those given up or replaced later among them.
    pub used: u32,
    /// How many were given up in the period, whenever they were issued.
    pub cancelled: u32,
    /// How many were replaced in the period, whenever they were issued.
    pub replaced: u32,
    /// How many of the period still wait for their signature and count nowhere.
    pub waiting: u32,
    /// The amounts of what was issued.
    pub issued_amount: Dong,
    /// The amounts of what was given up or replaced in the period.
    pub taken_back: Dong,
}

impl UsageLine {
    /// Total of the period (tổng tiền): what was issued less what was taken back. It may be less than nothing, when more
    /// of an earlier period was taken back.
    pub const fn total(&self) -> Dong {
        Dong(self.issued_amount.0.saturating_sub(self.taken_back.0))
    }

    /// Whether nothing waits any more, so that the report can be handed in.
    pub const fn is_final(&self) -> bool {
        self.waiting == 0
    }

    const fn empty(series: Series) -> Self {
        Self {
            series,
            first: None,
            last: None,
            used: 0,
            cancelled: 0,
            replaced: 0,
            waiting: 0,
            issued_amount: Dong(0),
            taken_back: Dong(0),
        }
    }

    fn issue(&mut self, number: ReceiptNumber, amount: Dong) {
        self.first = Some(self.first.map_or(number, |first| first.min(number)));
        self.last = Some(self.last.map_or(number, |last| last.max(number)));
        self.used += 1;
        self.issued_amount = added(self.issued_amount, amount);
    }
}

/// The lines of a period, in the order of their series. A series that nothing happened to has none.
pub fn usage(receipts: impl IntoIterator<Item = Used>, period: Period) -> Vec<UsageLine> {
    let mut lines: BTreeMap<Series, UsageLine> = BTreeMap::new();
    for used in receipts {
        let is_of_period = period.holds(used.issued);
        let taken_back_here = match used.fate {
            Fate::Cancelled { on } | Fate::Replaced { on } => period.holds(on),
            Fate::Waiting | Fate::Standing => false,
        };
        if !is_of_period && !taken_back_here {
            continue;
        }
        let series = used.receipt.series;
        let line = lines.entry(series).or_insert_with(|| UsageLine::empty(series));
        if is_of_period {
            match used.fate {
                Fate::Waiting => line.waiting += 1,
                Fate::Standing | Fate::Cancelled { .. } | Fate::Replaced { .. } => {
                    line.issue(used.receipt.number, used.amount);
                }
            }
        }
        if taken_back_here {
            line.taken_back = added(line.taken_back, used.amount);
            match used.fate {
                Fate::Cancelled { .. } => line.cancelled += 1,
                _ => line.replaced += 1,
            }
        }
    }
    lines.into_values().collect()
}

/// Amounts of a commune stay far below the bound of the integer; the bound is there so that nothing wraps.
const fn added(sum: Dong, amount: Dong) -> Dong {
    Dong(sum.0.saturating_add(amount.0))
}
