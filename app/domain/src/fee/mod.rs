//! Fees: what is taken for a procedure or at the counter, since when, by which law, and from whom not.
//!
//! A fee is data with dates ([`Fee`]), never code: the national ones are shipped in `data/fees`, what a province or an
//! office sets is added to them ([`FeeBook::with`], [`Fee::set_to`]). [`Schedule::assess`] turns what was asked for into
//! lines and their sum, the same in the browser while somebody types, at the counter and on the server.
//!
//! Legal source: Luật Phí và lệ phí 97/2015/QH13; each fee names its own.

mod assess;
mod book;
mod check;
mod entry;
mod rate;

pub use assess::{Asked, AssessedLine, Assessment, Claim, Exempted, FeeProblem};
pub use book::{FeeBook, Schedule};
pub use check::FeeDataProblem;
pub use entry::{Charge, Counts, DueAt, Exemption, Fee, FeeKind, FeeUnit};
pub use rate::{Rate, SetBy, Tier};

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
