//! Fees by chance: whatever the rate, sums add up, nothing is negative, and online is never dearer.

use super::{
    tests::{asked, claim, day, fee_of},
    *,
};
use crate::{money::Dong, procedure::term::Channel, procedure::unit_part::AMOUNT_MOST, spoken::MOST};
use proptest::prelude::*;

/// Flat amounts and tiers with and without a cap, each with an online rate of a part of it or with none.
fn fees() -> impl Strategy<Value = Fee> {
    let flat = (0..=AMOUNT_MOST.0).prop_map(|amount| (vec![(1_u32, amount)], None::<i64>, false));
    let tiers =
        (proptest::collection::vec((1_u32..60, 0..=3_000_000_i64), 1..5), proptest::option::of(0..=50_000_000_i64))
            .prop_map(|(tiers, cap)| (tiers, cap, true));
    let unit = prop_oneof![Just(FeeUnit::Page), Just(FeeUnit::Copy), Just(FeeUnit::Case)];
    (prop_oneof![flat, tiers], proptest::option::of(0..=100_i64), unit).prop_map(
        |((tiers, cap, by_page), part, unit)| {
            let rate = |percent: i64| {
                if !by_page {
                    return Rate::Flat(Dong(tiers[0].1 * percent / 100));
                }
                let mut from_page = 1;
                let tiers = tiers
                    .iter()
                    .enumerate()
                    .map(|(index, (gap, amount))| {
                        from_page += if index == 0 { 0 } else { *gap };
                        Tier { from_page, amount: Dong(amount * percent / 100) }
                    })
                    .collect();
                Rate::ByPage { tiers, cap: cap.map(|cap: i64| Dong(cap * percent / 100)) }
            };
            let unit = if by_page { FeeUnit::Page } else { unit };
            fee_of(rate(100), part.map(rate), unit)
        },
    )
}

fn numbers() -> impl Strategy<Value = u32> {
    prop_oneof![1..=200_u32, any::<u32>()]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn what_is_assessed_adds_up(fee in fees(), pages in numbers(), copies in numbers(), exempt in any::<bool>()) {
        let book = FeeBook::of(vec![fee.clone()]).expect("a book");
        let schedule = book.on(day("2026-01-01"), None);
        let claim = exempt.then(|| claim("mien"));
        let mut amounts = Vec::new();
        for channel in [Channel::Counter, Channel::Post, Channel::Online] {
            let told = match schedule.assess("x", &asked(pages, copies, channel), claim.as_ref()) {
                Ok(told) => told,
                Err(FeeProblem::TooMuch) => {
                    let each = fee.each(pages, channel).expect("an amount");
                    prop_assert!(i128::from(each.0) * i128::from(copies) > i128::from(MOST.0));
                    continue;
                }
                Err(problem) => {
                    prop_assert!(pages == 0 || copies == 0, "{problem:?}");
                    continue;
                }
            };
            prop_assert_eq!(told.lines.iter().map(|line| line.amount).sum::<Dong>(), told.total);
            prop_assert!((Dong(0)..=MOST).contains(&told.total));
            for line in &told.lines {
                prop_assert_eq!(line.each.0 * i64::from(line.quantity), line.amount.0);
                prop_assert_eq!(line.exempt.is_some(), exempt);
                if let Some(shown) = &line.exempt {
                    prop_assert_eq!((line.each, line.amount), (Dong(0), Dong(0)));
                    prop_assert!(!shown.evidence.is_empty() && told.basis.contains(&shown.basis));
                } else {
                    prop_assert_eq!(line.full, Some(line.amount));
                }
                if let Rate::ByPage { cap: Some(cap), .. } = &fee.rate {
                    prop_assert!(line.each <= *cap);
                }
            }
            amounts.push(told.total);
        }
        if let [counter, post, online] = amounts.as_slice() {
            prop_assert_eq!(counter, post);
            prop_assert!(online <= counter);
        }
    }

    #[test]
    fn another_page_or_copy_never_costs_less(fee in fees(), pages in 1..500_u32, copies in 1..500_u32) {
        let book = FeeBook::of(vec![fee]).expect("a book");
        let schedule = book.on(day("2026-01-01"), None);
        let cost = |pages, copies| {
            let told = schedule.assess("x", &asked(pages, copies, Channel::Online), None);
            told.map_or(MOST, |told| told.total)
        };
        prop_assert!(cost(pages, copies) <= cost(pages + 1, copies));
        prop_assert!(cost(pages, copies) <= cost(pages, copies + 1));
    }

    #[test]
    fn pages_cost_what_adding_them_one_by_one_gives(fee in fees(), pages in 1..300_u32) {
        let Rate::ByPage { tiers, cap } = &fee.rate else { return Ok(()) };
        let mut sum = 0_i64;
        for page in 1..=pages {
            let holds = tiers.iter().filter(|tier| tier.from_page <= page);
            sum += holds.max_by_key(|tier| tier.from_page).map_or(0, |tier| tier.amount.0);
        }
        let sum = cap.map_or(sum, |cap| sum.min(cap.0));
        prop_assert_eq!(fee.each(pages, Channel::Counter), Some(Dong(sum)));
    }
}
