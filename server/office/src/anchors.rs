//! Anchors of the record: the end of its chain on a day, copied to paper.
//!
//! A chain proves that nothing in it was changed by itself; whoever owns the database can make all of it anew. What was
//! written down elsewhere cannot be made anew with it: the chain must go on passing through every anchor that was kept.

use crate::{
    Error, Office, Result, Who,
    audit::{self, Object},
    rights::Task,
};
use domain::time::{DAY_MS, Day};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::{fmt, str::FromStr};
use store::audit as rows;

/// The end of the chain on a day that is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    pub day: Day,
    /// Links of the chain up to the end of that day: as many rows of the record.
    pub rows: i64,
    /// How many of them were sealed on that day.
    pub rows_of_day: i64,
    /// Hash of the last link, 64 hexadecimal digits.
    pub hash: String,
}

/// Digits of the hash that stand together, as people copy them.
const GROUP: usize = 4;
/// Digits of the check.
const CHECK: usize = 4;
/// Digits of a hash.
const HASH: usize = 64;

impl Anchor {
    /// The hash in groups of four digits.
    pub fn groups(&self) -> Vec<String> {
        let digits: Vec<char> = self.hash.chars().collect();
        digits.chunks(GROUP).map(|group| group.iter().collect()).collect()
    }

    /// Four digits that tell a copying error from a record that was changed.
    pub fn check(&self) -> String {
        check_of(self.day, self.rows, &self.hash)
    }
}

/// The anchor as one line, as [`Kept`] reads it: `2026-11-25:1203:5f2c…:a1b2`.
impl fmt::Display for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}:{}", self.day, self.rows, self.hash, self.check())
    }
}

fn check_of(day: Day, rows: i64, hash: &str) -> String {
    let digest = hex::encode(Sha256::digest(format!("{day}:{rows}:{hash}")));
    digest[..CHECK].to_owned()
}

/// An anchor as it was kept elsewhere: with the number of rows and the check, or without.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub day: Day,
    pub rows: Option<i64>,
    pub hash: String,
}

/// Why a line is no anchor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAnAnchor {
    #[error("it is not DAY:HASH or DAY:ROWS:HASH:CHECK, such as 2026-11-25:5f2c…")]
    Shape,
    #[error("the hash has not 64 digits from 0 to f: it was not copied whole")]
    Hash,
    #[error("the check does not fit: it was copied with a mistake")]
    Check,
}

impl FromStr for Kept {
    type Err = NotAnAnchor;

    /// Spaces and dashes between the groups of the hash, and capital letters, do not matter.
    fn from_str(line: &str) -> Result<Self, NotAnAnchor> {
        let parts: Vec<&str> = line.split(':').map(str::trim).collect();
        let (day, rows, hash, check) = match parts[..] {
            [day, hash] => (day, None, hash, None),
            [day, rows, hash] => (day, Some(rows), hash, None),
            [day, rows, hash, check] => (day, Some(rows), hash, Some(check)),
            _ => return Err(NotAnAnchor::Shape),
        };
        let day: Day = day.parse().map_err(|_| NotAnAnchor::Shape)?;
        let rows = match rows {
            Some(rows) => Some(rows.parse::<i64>().map_err(|_| NotAnAnchor::Shape)?),
            None => None,
        };
        let digits = hash.chars().filter(|c| !c.is_whitespace() && *c != '-');
        let hash: String = digits.map(|c| c.to_ascii_lowercase()).collect();
        if hash.len() != HASH || !hash.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(NotAnAnchor::Hash);
        }
        match (rows, check) {
            (Some(rows), Some(check)) if !check_of(day, rows, &hash).eq_ignore_ascii_case(check) => {
                Err(NotAnAnchor::Check)
            }
            _ => Ok(Self { day, rows, hash }),
        }
    }
}

impl Office {
    /// The anchor of a day that is over; nothing when nothing was sealed up to its end. A day that is not over has none:
    /// it would be another an hour later.
    ///
    /// **Permissions**: the operator at the command line.
    pub async fn audit_anchor(&self, day: Day) -> Result<Option<Anchor>> {
        if day >= self.now().day() {
            return Err(Error::NotFound);
        }
        let mut tx = self.db().read().await?;
        let Some(end) = rows::last_seal_before(&mut tx, day.next().start()).await? else { return Ok(None) };
        let before = rows::last_seal_before(&mut tx, day.start()).await?.map_or(0, |seal| seal.seq);
        Ok(Some(Anchor { day, rows: end.seq, rows_of_day: end.seq - before, hash: end.hash }))
    }

    /// The same to print, of yesterday or of an earlier day. That it was looked at stands on the record.
    ///
    /// **Permissions**: [`Task::ReadAudit`] in any unit.
    pub async fn read_audit_anchor(&self, who: &Who, day: Option<Day>) -> Result<(Day, Option<Anchor>)> {
        let units = self.units_for(who, Task::ReadAudit);
        let Some(unit) = units.first() else {
            return Err(if who.staff().is_some() { Error::Forbidden } else { Error::SignInFirst });
        };
        let yesterday = self.now().plus_ms(-DAY_MS).day();
        let day = day.map_or(yesterday, |day| day.min(yesterday));
        let anchor = self.audit_anchor(day).await?;
        let object = Object { kind: "audit", id: day.to_string(), office: Some(*unit) };
        let mut tx = self.db().write().await?;
        audit::record(self, &mut tx, who, "view_audit_anchor", &object, json!({})).await?;
        tx.commit().await?;
        Ok((day, anchor))
    }

    /// Whether the chain still passes through an anchor that was kept elsewhere: the link that was the end of that day is
    /// there, with that hash, at that place.
    ///
    /// **Permissions**: the operator at the command line.
    pub async fn audit_holds_anchor(&self, kept: &Kept) -> Result<bool> {
        // With its number the row is known, whichever rows of the same day were sealed after it was read.
        if let Some(rows) = kept.rows {
            return self.audit_goes_through(rows, &kept.hash).await;
        }
        let mut tx = self.db().read().await?;
        let end = rows::last_seal_before(&mut tx, kept.day.next().start()).await?;
        Ok(end.is_some_and(|seal| seal.hash == kept.hash))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anchor() -> Anchor {
        let hash = "5f2c".repeat(16);
        Anchor { day: "2026-11-25".parse().unwrap(), rows: 1_203, rows_of_day: 88, hash }
    }

    #[test]
    fn a_line_is_read_as_it_was_written_and_as_people_copy_it() {
        let anchor = anchor();
        let kept = Kept { day: anchor.day, rows: Some(1_203), hash: anchor.hash.clone() };
        assert_eq!(anchor.to_string().parse(), Ok(kept.clone()));
        let groups = anchor.groups();
        assert_eq!((groups.len(), groups.concat()), (16, anchor.hash.clone()));
        for between in [" ", "-", " - "] {
            let copied = groups.join(between).to_uppercase();
            let line = format!(" 2026-11-25 : 1203 : {copied} : {}", anchor.check().to_uppercase());
            assert_eq!(line.parse(), Ok(kept.clone()), "{line}");
            assert_eq!(format!("2026-11-25:{copied}").parse(), Ok(Kept { rows: None, ..kept.clone() }));
        }
    }

    #[test]
    fn one_wrong_digit_is_told_from_a_changed_record() {
        let line = anchor().to_string();
        let mut found = 0;
        for (at, digit) in line.char_indices().filter(|(_, c)| c.is_ascii_hexdigit()) {
            let mut wrong = line.clone();
            wrong.replace_range(at..=at, if digit == '1' { "2" } else { "1" });
            // A check of four digits overlooks one mistake in 65 536.
            found += usize::from(wrong.parse::<Kept>().is_err());
        }
        assert!(found > 70, "{found} of the digits of {line}");
        for (text, why) in [
            ("", NotAnAnchor::Shape),
            ("2026-11-25", NotAnAnchor::Shape),
            ("25/11/2026:5f2c", NotAnAnchor::Shape),
            ("2026-11-25:5f2c", NotAnAnchor::Hash),
            ("2026-11-25:x:5f2c:a1b2", NotAnAnchor::Shape),
        ] {
            assert_eq!(text.parse::<Kept>(), Err(why), "{text}");
        }
        let other = format!("2026-11-25:{}", "5f2g".repeat(16));
        assert_eq!(other.parse::<Kept>(), Err(NotAnAnchor::Hash));
    }
}
