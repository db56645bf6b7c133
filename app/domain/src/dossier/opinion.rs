//! Opinions of other units on a dossier (phối hợp, lấy ý kiến): asked, answered, recalled, or wanted no more.
//!
//! Asking moves no clock: where the law leaves the waiting out of the term, the clock is suspended for it as for anything
//! else ([`super::Exclusion::Opinion`]).

use super::state::Dossier;
use super::status::keyed;
use crate::time::Instant;
use serde::{Deserialize, Serialize};

keyed! {
    /// What a unit says that was asked.
    Stance {
        /// Nothing speaks against it.
        Agree = "agree",
        /// Nothing, provided that…
        AgreeWithConditions = "agree_with_conditions",
        /// Something does.
        Disagree = "disagree",
        /// The matter is not that unit's.
        NotOurs = "not_ours",
    }
}

keyed! {
    /// How a request ends.
    OpinionEnd {
        /// With an answer.
        Answered = "answered",
        /// The asker took it back.
        Recalled = "recalled",
        /// The dossier was decided or closed without it.
        Lapsed = "lapsed",
    }
}

/// A request for an opinion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpinionRecord {
    /// 1, 2, 3… in the dossier.
    pub number: u32,
    /// The asked unit's authority, or the asked division of the own unit, by its key.
    pub office: String,
    /// When it was asked.
    pub asked: Instant,
    /// The last moment of its own limit, by the asked unit's calendar.
    pub respond_by: Instant,
    /// When and how it ended.
    pub ended: Option<(Instant, OpinionEnd)>,
    /// What was said, once it was answered.
    pub stance: Option<Stance>,
}

impl Stance {
    /// Whether it says nothing without words: which conditions, what speaks against it, whose it is.
    pub const fn needs_words(self) -> bool {
        !matches!(self, Self::Agree)
    }
}

impl Dossier {
    /// The opinions that are waited for, in the order of asking.
    pub fn open_opinions(&self) -> impl Iterator<Item = &OpinionRecord> {
        self.opinions.iter().filter(|opinion| opinion.ended.is_none())
    }

    /// The request of that number.
    pub fn opinion(&self, number: u32) -> Option<&OpinionRecord> {
        self.opinions.iter().find(|opinion| opinion.number == number)
    }

    /// Ends one of them.
    pub(super) fn end_opinion(&mut self, number: u32, at: Instant, end: OpinionEnd, stance: Option<Stance>) {
        if let Some(opinion) = self.opinions.iter_mut().find(|one| one.number == number && one.ended.is_none()) {
            opinion.ended = Some((at, end));
            opinion.stance = stance;
        }
    }

    /// Nobody waits for an opinion any more.
    pub(super) fn lapse_opinions(&mut self, at: Instant) {
        for opinion in self.opinions.iter_mut().filter(|opinion| opinion.ended.is_none()) {
            opinion.ended = Some((at, OpinionEnd::Lapsed));
        }
    }
}
