//! Addresses that messages go to.

use super::Means;
use crate::person::Phone;
use std::fmt;

/// An address of electronic mail that a message can be sent to. Its debug form is masked.
#[derive(Clone, PartialEq, Eq)]
pub struct EmailAddress(String);

/// What is typed is no address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EmailProblem;

/// RFC 5321, 4.5.3.1: a path is no longer.
const LONGEST: usize = 254;
/// The same of what stands before the @.
const LONGEST_LOCAL: usize = 64;

impl EmailAddress {
    /// Reads what a person typed: outer spaces go, the host in small letters. Only the letters that every mail server
    /// takes (no quoted names, no letters with accents).
    pub fn parse(typed: &str) -> Result<Self, EmailProblem> {
        let typed = typed.trim();
        let (local, host) = typed.rsplit_once('@').ok_or(EmailProblem)?;
        let is_local = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
        let dots_part_words = |text: &str| text.split('.').all(|part| !part.is_empty());
        let is_label = |part: &str| {
            part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
                && !part.starts_with('-')
                && !part.ends_with('-')
        };
        let fits = typed.len() <= LONGEST
            && local.len() <= LONGEST_LOCAL
            && local.chars().all(is_local)
            && dots_part_words(local)
            && dots_part_words(host)
            && host.contains('.')
            && host.split('.').all(is_label);
        if fits { Ok(Self(format!("{local}@{}", host.to_ascii_lowercase()))) } else { Err(EmailProblem) }
    }

    /// As it is kept and written to.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `n•••@gmail.com`: what lists may show.
    pub fn masked(&self) -> String {
        let (local, host) = self.0.rsplit_once('@').unwrap_or_default();
        format!("{}•••@{host}", local.chars().next().unwrap_or('•'))
    }
}

impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

/// A kept address as lists may show it; what is no address shows nothing of itself.
pub fn masked_address(means: Means, address: &str) -> String {
    let masked = match means {
        Means::Email => EmailAddress::parse(address).ok().map(|address| address.masked()),
        Means::Sms => Phone::parse(address).ok().map(|phone| phone.masked()),
    };
    masked.unwrap_or_else(|| "•••".into())
}
