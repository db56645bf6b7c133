//! Server functions: one for each act, a few lines each. The work, and the decision whether it may be done, is in
//! `office`; a form that is refused comes back with what was typed (see [`crate::context::settle`]).
//!
//! Every form carries `trang` (the page it stands on) and, when it changes something, `command` (an id that makes a
//! repeat harmless).

pub mod accounts;
pub mod bulk;
pub mod calendars;
pub mod counter;
pub mod dossiers;
pub mod dossiers_mine;
pub mod drafts;
pub mod features;
pub mod mandates;
pub mod messages;
pub mod notes;
pub mod opinions;
pub mod organisations;
pub mod particulars;
pub mod procedures;
pub mod reasons;
pub mod reorganisations;
pub mod reveal;
pub mod roster;
pub mod saved_views;
pub mod sessions;
pub mod stuck;
pub mod units;

use office::Error;
use std::str::FromStr;

/// An id as a form sent it. One that cannot be read names nothing.
pub(crate) fn id<T: FromStr>(typed: &str) -> office::Result<T> {
    typed.trim().parse().map_err(|_| Error::NotFound)
}
