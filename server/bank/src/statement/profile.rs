//! How each bank writes its CSV: kept as data, so that a bank that moves a column is a file and no release.

use serde::{Deserialize, Serialize};

/// What the CSV of one bank looks like. Headings and words are compared without accents, case and punctuation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The name that settings use: `vietcombank`.
    pub key: String,
    /// What people call the bank.
    pub name: String,
    /// What stands between two fields: a comma, a semicolon or a tabulator.
    pub separator: char,
    /// What sets thousands apart, if anything does.
    #[serde(default)]
    pub thousands: Option<char>,
    /// What stands before the part below one unit.
    #[serde(default)]
    pub decimal: Option<char>,
    /// Forms of dates, the usual one first: letters `d`, `M`, `y`, `H`, `m`, `s` as many as there are digits.
    pub dates: Vec<String>,
    pub columns: Columns,
    /// What stands before the number of the account, in a row above the headings.
    #[serde(default)]
    pub account: Vec<String>,
    /// What a row between the headings and the first entry begins with, such as the balance before it.
    #[serde(default)]
    pub opening: Vec<String>,
    /// What the closing rows begin with.
    #[serde(default)]
    pub closing: Vec<String>,
}

/// Headings of the columns; each may be called one of several names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Columns {
    /// The day, with or without the time. Needed.
    pub date: Vec<String>,
    /// The time of day, when it has a column of its own.
    pub time: Vec<String>,
    pub reference: Vec<String>,
    /// Money that came. Either this, or `amount`.
    pub credit: Vec<String>,
    /// Money that went.
    pub debit: Vec<String>,
    /// One column for both, with a minus before what went out.
    pub amount: Vec<String>,
    /// What is on the account after the line: held against the lines, so that a line that is missing is found.
    pub balance: Vec<String>,
    pub currency: Vec<String>,
    pub note: Vec<String>,
    pub payer_name: Vec<String>,
    pub payer_account: Vec<String>,
}

/// The profiles that came with the program.
pub fn profiles() -> Vec<Profile> {
    serde_json::from_str(include_str!("../../data/profiles.json")).expect("the profiles that came with the program")
}

impl Profile {
    /// What keeps a profile from being used, such as one that an operator wrote.
    ///
    /// # Errors
    /// The name of the field that is wrong.
    pub fn check(&self) -> Result<(), &'static str> {
        let date = |form: &String| form.contains("dd") && form.contains("MM") && form.contains("yyyy");
        if self.key.is_empty() {
            return Err("key");
        }
        if !matches!(self.separator, ',' | ';' | '\t' | '|') || self.thousands == Some('"') {
            return Err("separator");
        }
        if self.decimal.is_some() && self.decimal == self.thousands {
            return Err("decimal");
        }
        if self.dates.is_empty() || !self.dates.iter().all(date) {
            return Err("dates");
        }
        let Columns { date, credit, amount, note, .. } = &self.columns;
        if date.is_empty() || note.is_empty() || credit.is_empty() == amount.is_empty() {
            return Err("columns");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_profile_that_came_with_the_program_can_be_used() {
        let profiles = profiles();
        assert!(profiles.len() >= 6);
        for profile in &profiles {
            assert_eq!(profile.check(), Ok(()), "{}", profile.key);
        }
        let keys: HashSet<&str> = profiles.iter().map(|profile| profile.key.as_str()).collect();
        assert_eq!(keys.len(), profiles.len(), "a key stands twice");
    }

    #[test]
    fn a_profile_that_could_not_be_read_by_names_its_fault() {
        let good = profiles().remove(0);
        let wrong = |change: fn(&mut Profile)| {
            let mut profile = good.clone();
            change(&mut profile);
            profile.check()
        };
        assert_eq!(wrong(|it| it.separator = 'x'), Err("separator"));
        assert_eq!(wrong(|it| it.dates = vec!["dd/MM".into()]), Err("dates"));
        assert_eq!(wrong(|it| it.columns.note.clear()), Err("columns"));
        assert_eq!(
            wrong(|it| it.columns.amount = vec!["So tien".into()]),
            Err("columns"),
            "two ways to read an amount"
        );
        assert_eq!(wrong(|it| (it.thousands, it.decimal) = (Some('.'), Some('.'))), Err("decimal"));
    }
}
