//! Where the page of a procedure leads out of this site: only to the addresses of its own record.
//!
//! A page refers to no other host. It names the place and links to a door of ours, which opens onto an address that
//! the record has and onto no other, so the door cannot be turned to lead elsewhere.

use std::{fmt, str::FromStr};

/// A place outside that a record names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Away {
    /// The procedure's own page at the national portal (`link_truy_cap`).
    NationalPortal,
    /// The text of the legal basis with that index.
    LegalText(usize),
}

/// Words that are no [`Away`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAway;

impl fmt::Display for Away {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NationalPortal => f.write_str("cong-quoc-gia"),
            // Counted from one, as people read a list.
            Self::LegalText(index) => write!(f, "van-ban-{}", index + 1),
        }
    }
}

impl FromStr for Away {
    type Err = NotAway;

    fn from_str(words: &str) -> Result<Self, NotAway> {
        if words == "cong-quoc-gia" {
            return Ok(Self::NationalPortal);
        }
        let place: usize = words.strip_prefix("van-ban-").and_then(|number| number.parse().ok()).ok_or(NotAway)?;
        Ok(Self::LegalText(place.checked_sub(1).ok_or(NotAway)?))
    }
}

/// Whether words are the address of a web page, and nothing else.
pub fn is_address(words: &str) -> bool {
    let is_web = words.starts_with("http://") || words.starts_with("https://");
    is_web && !words.contains(|c: char| c.is_whitespace() || c.is_control())
}

/// The host of a web address, for people to see where a link leads: what stands before the first `/`, `?` or `#`, without
/// a name of a user or a port.
pub fn host(address: &str) -> &str {
    let after = address.split_once("://").map_or(address, |(_, after)| after);
    // A backslash ends a host for browsers, as a slash does.
    let authority = after.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    host.split_once(':').map_or(host, |(host, _)| host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_outside_is_read_as_it_is_written() {
        for away in [Away::NationalPortal, Away::LegalText(0), Away::LegalText(41)] {
            assert_eq!(away.to_string().parse(), Ok(away));
        }
        assert_eq!(Away::LegalText(0).to_string(), "van-ban-1");
        for words in ["", "van-ban-", "van-ban-0", "van-ban--1", "van-ban-x", "https://a.example", "cong-quoc-gia/"] {
            assert_eq!(words.parse::<Away>(), Err(NotAway), "{words}");
        }
    }

    #[test]
    fn the_host_shown_is_the_host_gone_to() {
        for (address, shown) in [
            ("https://dichvucong.gov.vn/thu-tuc?a=b", "dichvucong.gov.vn"),
            ("http://vbpl.vn", "vbpl.vn"),
            ("https://dichvucong.gov.vn@a.example/x", "a.example"),
            ("https://a.example\\@dichvucong.gov.vn/", "a.example"),
            ("https://vbpl.vn:8443/#/", "vbpl.vn"),
            ("https://vbpl.vn?x=@a.example", "vbpl.vn"),
        ] {
            assert_eq!(host(address), shown, "{address}");
        }
    }
}
