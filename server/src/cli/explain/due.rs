//! `explain due`: when a term ends, and why.

use super::{
    Refusal,
    words::{self, BadTerm},
};
use clap::{Args, ValueEnum};
use domain::{
    time::{Day, Instant},
    working_time::{Calendar, Pause, PausePolicy, Term, TermUnit, due},
};
use serde::Serialize;

#[derive(Args, Debug)]
pub struct DueQuestion {
    /// Reception, local time of Việt Nam: 2026-02-12T09:00 or 2026-02-12T09:00:30.
    #[arg(long, value_name = "TIME")]
    received: String,
    /// How many units the term has, a whole number from 1; needed unless the unit is trong-ngay, which ignores it.
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    amount: Option<String>,
    /// What the term is counted in.
    #[arg(long)]
    unit: UnitWord,
    /// A reception after 15:00:00 belongs to the next working day; acts on trong-ngay only.
    #[arg(long = "cutoff-15h")]
    cutoff_15h: bool,
    /// What pauses do: the clock stands still, or the last one's end is a new reception.
    #[arg(long)]
    policy: Option<PolicyWord>,
    /// A half-open pause between two local times; may be given many times, in any order.
    #[arg(long, value_name = "FROM/TO")]
    pause: Vec<String>,
}

#[derive(ValueEnum, Debug, Clone, Copy)]
enum UnitWord {
    /// Working days.
    NgayLamViec,
    /// Calendar days.
    NgayLich,
    /// Working hours.
    GioLamViec,
    /// Within the day.
    TrongNgay,
}

#[derive(ValueEnum, Debug, Clone, Copy)]
enum PolicyWord {
    /// The clock stands still in the pauses.
    TamDung,
    /// The term is counted again from the end of the last pause.
    TinhLai,
}

#[derive(Serialize)]
pub struct DueAnswer {
    due: String,
    starts: String,
    provisional: bool,
    why: Vec<DayAnswer>,
    /// The version of the calendar that answered.
    calendar: &'static str,
}

#[derive(Serialize)]
struct DayAnswer {
    date: Day,
    counts: bool,
    reason: String,
}

impl DueQuestion {
    pub(super) fn answer(self) -> Result<DueAnswer, Refusal> {
        let refuse = |bad| Refusal(words::bad_term_words(bad).to_owned());
        let received = Instant::parse_local(&self.received).map_err(|_| refuse(BadTerm::Received))?;
        let unit = match self.unit {
            UnitWord::NgayLamViec => TermUnit::WorkingDays,
            UnitWord::NgayLich => TermUnit::CalendarDays,
            UnitWord::GioLamViec => TermUnit::WorkingHours,
            UnitWord::TrongNgay => TermUnit::SameDay,
        };
        let amount = match self.amount.as_deref() {
            Some(typed) => read_amount(typed).ok_or_else(|| refuse(BadTerm::Amount))?,
            None if unit == TermUnit::SameDay => 1,
            None => return Err(refuse(BadTerm::NoAmount)),
        };
        let policy = self.policy.map(|policy| match policy {
            PolicyWord::TamDung => PausePolicy::Resume,
            PolicyWord::TinhLai => PausePolicy::Restart,
        });
        let pauses = self.pause.iter().map(|typed| read_pause(typed)).collect::<Option<Vec<_>>>();
        let pauses = pauses.ok_or_else(|| refuse(BadTerm::Pause))?;
        let term = Term { unit, amount, cutoff_15h: self.cutoff_15h };
        let calendar = Calendar::official();
        let due =
            due(calendar, received, &term, policy, &pauses).map_err(|problem| refuse(BadTerm::Problem(problem)))?;
        let day = |why: domain::working_time::WhyDay| DayAnswer {
            date: why.day,
            counts: why.counts,
            reason: app::due_words::day_reason(&why),
        };
        Ok(DueAnswer {
            due: due.due.to_string(),
            starts: due.starts.to_string(),
            provisional: due.provisional,
            why: due.why.into_iter().map(day).collect(),
            calendar: calendar.version(),
        })
    }
}

/// A whole number from 1, in digits alone. A number too large to hold is the largest, which ends after every calendar.
fn read_amount(typed: &str) -> Option<u32> {
    if typed.is_empty() || !typed.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some(typed.parse().unwrap_or(u32::MAX)).filter(|amount| *amount > 0)
}

fn read_pause(typed: &str) -> Option<Pause> {
    let (from, to) = typed.split_once('/')?;
    Some(Pause { from: Instant::parse_local(from).ok()?, to: Instant::parse_local(to).ok()? })
}
