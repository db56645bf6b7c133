//! What one unit of a fee costs: the same for each, by page with a cap, or what somebody else decides.

use super::entry::FeeUnit;
use crate::money::Dong;
use serde::{Deserialize, Serialize};

/// What one unit costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Rate {
    /// The same for each page, copy or case. Zero where the law takes nothing.
    Flat(Dong),
    /// By the pages of one copy: a page costs what the last tier that begins at or before it says.
    ByPage {
        /// In ascending order of their first page, the first of them from page 1.
        tiers: Vec<Tier>,
        /// The most that one copy costs, however many pages it has.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cap: Option<Dong>,
    },
    /// Taken by law, but its amount is set elsewhere and not entered here. Never the same as zero.
    Open(SetBy),
}

/// What a page costs from one page on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// The first page it holds for; 1 is the first of a copy.
    pub from_page: u32,
    /// Of each page.
    pub amount: Dong,
}

/// Who sets an amount that no national text states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SetBy {
    /// The province's People's Council, by resolution (Luật Phí và lệ phí, Điều 21).
    Province,
    /// The office that takes it, from what it is allowed to ask for a service.
    Office,
}

impl Rate {
    /// What one unit costs: a case, or a copy of that many pages. None while the amount is open; the highest number when
    /// it would be higher than a number holds.
    pub(super) fn each(&self, unit: FeeUnit, pages: u32) -> Option<Dong> {
        match self {
            Self::Flat(amount) if unit == FeeUnit::Page => Some(Dong(amount.0.saturating_mul(i64::from(pages)))),
            Self::Flat(amount) => Some(*amount),
            Self::ByPage { tiers, cap } => {
                let sum = Dong(sum(tiers, pages));
                Some(cap.map_or(sum, |cap| sum.min(cap)))
            }
            Self::Open(_) => None,
        }
    }

    /// Every amount it names.
    pub(super) fn amounts(&self) -> Vec<Dong> {
        match self {
            Self::Flat(amount) => vec![*amount],
            Self::ByPage { tiers, cap } => tiers.iter().map(|tier| tier.amount).chain(*cap).collect(),
            Self::Open(_) => Vec::new(),
        }
    }

    /// Whether its tiers begin at page 1 and go up; true where it has none.
    pub(super) fn is_ordered(&self) -> bool {
        match self {
            Self::ByPage { tiers, .. } => {
                tiers.first().is_some_and(|first| first.from_page == 1)
                    && tiers.is_sorted_by(|a, b| a.from_page < b.from_page)
            }
            Self::Flat(_) | Self::Open(_) => true,
        }
    }

    /// Whether no number of pages costs more than by the other. False where either is open.
    pub(super) fn is_never_dearer_than(&self, other: &Self) -> bool {
        let (Some((mine, my_cap)), Some((theirs, their_cap))) = (self.steps(), other.steps()) else { return false };
        // Between two first pages nothing changes, so looking at those is looking at every page.
        let by_page = mine
            .iter()
            .chain(&theirs)
            .all(|tier| amount_of_page(&mine, tier.from_page) <= amount_of_page(&theirs, tier.from_page));
        by_page && their_cap.is_none_or(|cap| my_cap.is_some_and(|mine| mine <= cap))
    }

    /// As tiers and a cap; a flat amount is one tier.
    fn steps(&self) -> Option<(Vec<Tier>, Option<Dong>)> {
        match self {
            Self::Flat(amount) => Some((vec![Tier { from_page: 1, amount: *amount }], None)),
            Self::ByPage { tiers, cap } => Some((tiers.clone(), *cap)),
            Self::Open(_) => None,
        }
    }
}

/// What the pages 1 to `pages` cost together.
fn sum(tiers: &[Tier], pages: u32) -> i64 {
    let last = i64::from(pages);
    let mut sum = 0_i64;
    for (index, tier) in tiers.iter().enumerate() {
        let until = tiers.get(index + 1).map_or(last, |next| last.min(i64::from(next.from_page) - 1));
        let count = (until - i64::from(tier.from_page) + 1).max(0);
        sum = sum.saturating_add(tier.amount.0.saturating_mul(count));
    }
    sum
}

fn amount_of_page(tiers: &[Tier], page: u32) -> Dong {
    let holds = tiers.iter().rev().find(|tier| tier.from_page <= page);
    holds.map_or(Dong(0), |tier| tier.amount)
}
