//! Gaps, BC26/BLĐT and BC26/BLAI.

use super::*;
use crate::money::Dong;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

fn gap(from: u32, to: u32, reason: GapReason) -> Gap {
    Gap { from: number(from), to: number(to), reason }
}

#[test]
fn a_whole_series_has_no_gap() {
    let states = [ReceiptState::Signed, ReceiptState::SentToTax, ReceiptState::Replaced, ReceiptState::Adjusted];
    assert_eq!(gaps(Some(number(4)), (1..).map(number).zip(states)), []);
    assert_eq!(gaps(None, []), []);
}

#[test]
fn each_gap_says_why() {
    let receipts = [
        (1, ReceiptState::SentToTax),
        (2, ReceiptState::Cancelled),
        (3, ReceiptState::Cancelled),
        (4, ReceiptState::Draft),
        (7, ReceiptState::SentToPayer),
        (7, ReceiptState::SentToPayer),
        (8, ReceiptState::Signed),
        (12, ReceiptState::Signed),
    ];
    let found = gaps(Some(number(10)), receipts.map(|(value, state)| (number(value), state)));
    assert_eq!(
        found,
        [
            gap(2, 3, GapReason::Cancelled),
            gap(4, 4, GapReason::WaitsForSignature),
            gap(5, 6, GapReason::Missing),
            gap(7, 7, GapReason::Repeated),
            gap(9, 11, GapReason::Missing),
            gap(12, 12, GapReason::NotGivenYet),
        ]
    );
    let explained: Vec<bool> = found.iter().map(|gap| gap.reason.is_explained()).collect();
    assert_eq!(explained, [true, true, false, false, false, false]);
}

#[test]
fn numbers_without_any_trace_are_missing_up_to_the_last_one_taken() {
    assert_eq!(gaps(Some(number(3)), []), [gap(1, 3, GapReason::Missing)]);
    let last = (ReceiptNumber::LAST, ReceiptState::Signed);
    assert_eq!(gaps(Some(ReceiptNumber::LAST), [last]), [gap(1, 9_999_998, GapReason::Missing)]);
}

#[test]
fn a_quarter_has_its_days() {
    for (quarter, from, to) in [
        (1, "2026-01-01", "2026-03-31"),
        (2, "2026-04-01", "2026-06-30"),
        (3, "2026-07-01", "2026-09-30"),
        (4, "2026-10-01", "2026-12-31"),
    ] {
        assert_eq!(Period::quarter(2026, quarter), Some(Period { from: day(from), to: day(to) }));
    }
    assert_eq!((Period::quarter(2026, 0), Period::quarter(2026, 5), Period::quarter(i32::MAX, 4)), (None, None, None));
}

fn used(value: u32, issued: &str, amount: i64, fate: Fate) -> Used {
    Used { receipt: reference(value), issued: day(issued), amount: Dong(amount), fate }
}

#[test]
fn the_report_of_use_counts_numbers_and_money_of_the_period() {
    let receipts = [
        used(1, "2026-03-31", 8_000, Fate::Replaced { on: day("2026-04-02") }),
        used(2, "2026-04-02", 16_000, Fate::Standing),
        used(3, "2026-04-03", 27_000, Fate::Cancelled { on: day("2026-04-03") }),
        used(4, "2026-06-30", 50_000, Fate::Cancelled { on: day("2026-07-01") }),
        used(5, "2026-06-30", 10_000, Fate::Waiting),
        used(6, "2026-07-01", 1_000, Fate::Standing),
    ];
    let quarter = |quarter| usage(receipts, Period::quarter(2026, quarter).unwrap());
    let [first] = quarter(1)[..] else { panic!("one line") };
    assert_eq!((first.used, first.total(), first.is_final()), (1, Dong(8_000), true));
    let [second] = quarter(2)[..] else { panic!("one line") };
    let expected = UsageLine {
        series: series(),
        first: Some(number(2)),
        last: Some(number(4)),
        used: 3,
        cancelled: 1,
        replaced: 1,
        waiting: 1,
        issued_amount: Dong(93_000),
        taken_back: Dong(35_000),
    };
    assert_eq!(second, expected);
    assert_eq!((second.total(), second.is_final()), (Dong(58_000), false));
    let [third] = quarter(3)[..] else { panic!("one line") };
    assert_eq!((third.used, third.cancelled, third.total()), (1, 1, Dong(-49_000)));
    assert_eq!(quarter(4), []);
}

#[test]
fn each_form_and_serial_has_its_own_line() {
    let other = series_of("02BLP0-001", "AA-26E");
    let mut receipts = [used(1, "2026-05-04", 8_000, Fate::Standing); 2];
    receipts[1].receipt.series = other;
    let lines = usage(receipts, Period::quarter(2026, 2).unwrap());
    assert_eq!(lines.iter().map(|line| line.series).collect::<Vec<_>>(), [series(), other]);
}

#[test]
fn a_receipt_is_counted_by_what_became_of_it() {
    let mut receipt = Receipt::new(series(), Taken { number: number(1), at: at("2026-11-27T09:00") }, None);
    assert_eq!(receipt.fate(), Fate::Waiting);
    let now = at("2026-11-28T09:00");
    let correction = |by| (reference(by), "sai số tiền".to_owned());
    let ((by, reason), fate) = (correction(2), Fate::Replaced { on: now.day() });
    for (act, fate) in [
        (ReceiptAct::Sign, Fate::Standing),
        (ReceiptAct::SendToPayer, Fate::Standing),
        (ReceiptAct::Replace { by, reason }, fate),
        (ReceiptAct::SendToTax, fate),
    ] {
        receipt = apply(&receipt, &act, now).unwrap();
        assert_eq!(receipt.fate(), fate, "{act:?}");
    }
    let draft = Receipt::new(series(), Taken { number: number(3), at: now }, None);
    let cancelled = apply(&draft, &ReceiptAct::Cancel { reason: "nhập thử".into() }, now).unwrap();
    assert_eq!(cancelled.fate(), Fate::Cancelled { on: now.day() });
}

fn range(from: u32, to: u32) -> NumberRange {
    NumberRange::new(number(from), number(to)).unwrap()
}

fn movement(kind: BookMove, from: u32, to: u32) -> Movement {
    Movement { kind, range: range(from, to) }
}

#[test]
fn a_book_is_used_up_by_ranges() {
    let report = book_report(
        &[range(51, 100)],
        &[
            movement(BookMove::Bought, 101, 150),
            movement(BookMove::Used, 51, 60),
            movement(BookMove::Voided, 61, 61),
            movement(BookMove::Used, 62, 99),
            movement(BookMove::Lost, 148, 148),
            movement(BookMove::Used, 100, 103),
            movement(BookMove::Destroyed, 149, 150),
        ],
    )
    .unwrap();
    assert_eq!(report.used.as_slice(), [range(51, 60), range(62, 103)]);
    assert_eq!(report.closing.as_slice(), [range(104, 147)]);
    assert_eq!(report.closing.count(), 44);
    assert_eq!((report.voided.count(), report.lost.count(), report.destroyed.count()), (1, 1, 2));
    let next = book_report(report.closing.as_slice(), &[]).unwrap();
    assert_eq!(next.closing, report.closing);
}

#[test]
fn movements_that_cannot_be_true_are_refused() {
    let opening = [range(1, 50)];
    let refused = |movements: &[Movement]| book_report(&opening, movements).unwrap_err();
    let missing = |kind, from, to| BookProblem::NotInStock { kind, range: range(from, to) };
    assert_eq!(refused(&[movement(BookMove::Used, 50, 51)]), missing(BookMove::Used, 50, 51));
    let twice = [movement(BookMove::Used, 1, 10), movement(BookMove::Lost, 10, 10)];
    assert_eq!(refused(&twice), missing(BookMove::Lost, 10, 10));
    assert_eq!(refused(&[movement(BookMove::Bought, 50, 60)]), BookProblem::SeenBefore { range: range(50, 60) });
    let again = [movement(BookMove::Used, 1, 50), movement(BookMove::Bought, 1, 50)];
    assert_eq!(refused(&again), BookProblem::SeenBefore { range: range(1, 50) });
    let overlapping = book_report(&[range(1, 50), range(50, 60)], &[]);
    assert_eq!(overlapping, Err(BookProblem::OpeningTwice { range: range(50, 60) }));
    assert_eq!(NumberRange::new(number(2), number(1)), Err(RangeBackwards));
    let backwards: NumberRange = serde_json::from_str(r#"{"from":"0000002","to":"0000001"}"#).unwrap();
    assert_eq!(book_report(&[backwards], &[]), Err(BookProblem::Backwards { range: backwards }));
}

fn any_fate() -> impl Strategy<Value = Fate> {
    let on = || (0i32..400).prop_map(|later| day("2026-01-01").plus(later));
    prop_oneof![
        Just(Fate::Standing),
        Just(Fate::Waiting),
        on().prop_map(|on| Fate::Cancelled { on }),
        on().prop_map(|on| Fate::Replaced { on }),
    ]
}

fn any_move() -> impl Strategy<Value = (BookMove, u32, u32)> {
    (prop::sample::select(BookMove::ALL), 1u32..80, 0u32..12)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn gaps_are_found_exactly(
        last in prop::option::of(1u32..60),
        rows in prop::collection::vec((1u32..70, prop::sample::select(ReceiptState::ALL)), 0..80),
    ) {
        let found = gaps(last.map(number), rows.iter().map(|(value, state)| (number(*value), *state)));
        let mut told: BTreeMap<u32, GapReason> = BTreeMap::new();
        for gap in &found {
            for value in gap.from.value()..=gap.to.value() {
                prop_assert_eq!(told.insert(value, gap.reason), None, "{} is told twice", value);
            }
        }
        let highest = rows.iter().map(|(value, _)| *value).chain(last).max().unwrap_or(0);
        for value in 1..=highest {
            let states: Vec<ReceiptState> = rows.iter().filter(|row| row.0 == value).map(|row| row.1).collect();
            let expected = match states.as_slice() {
                [] => Some(GapReason::Missing),
                [_] if value > last.unwrap_or(0) => Some(GapReason::NotGivenYet),
                [ReceiptState::Cancelled] => Some(GapReason::Cancelled),
                [ReceiptState::Draft] => Some(GapReason::WaitsForSignature),
                [_] => None,
                _ => Some(GapReason::Repeated),
            };
            prop_assert_eq!(told.remove(&value), expected, "{}", value);
        }
        prop_assert!(told.is_empty());
        // Sorted, and neighbours of one reason are one gap.
        for pair in found.windows(2) {
            prop_assert!(pair[0].to < pair[1].from);
            prop_assert!(pair[0].reason != pair[1].reason || pair[0].to.next() != Some(pair[1].from));
        }
    }

    #[test]
    fn the_quarters_add_up_to_the_year_and_the_money_to_what_stands(
        rows in prop::collection::vec((0i32..365, -50_000i64..1_000_000, any_fate()), 0..60),
    ) {
        let first_day = day("2026-01-01");
        let receipts: Vec<Used> = (1..).zip(rows).map(|(value, (on, amount, fate))| {
            let issued = first_day.plus(on);
            // Nothing is taken back before it was issued.
            let fate = match fate {
                Fate::Cancelled { on } => Fate::Cancelled { on: on.max(issued) },
                Fate::Replaced { on } => Fate::Replaced { on: on.max(issued) },
                other => other,
            };
            Used { receipt: reference(value), issued, amount: Dong(amount), fate }
        }).collect();
        let sums = |periods: &[Period]| {
            periods.iter().flat_map(|period| usage(receipts.iter().copied(), *period)).fold(
                (0, 0, 0, 0, 0),
                |(used, cancelled, replaced, waiting, total), line| (
                    used + line.used,
                    cancelled + line.cancelled,
                    replaced + line.replaced,
                    waiting + line.waiting,
                    total + line.total().0,
                ),
            )
        };
        let quarters: Vec<Period> = (1..=4).filter_map(|quarter| Period::quarter(2026, quarter)).collect();
        let year = Period { from: first_day, to: day("2026-12-31") };
        prop_assert_eq!(sums(&quarters), sums(&[year]));

        // Everything that was taken back lies within these two years.
        let whole = sums(&[Period { from: first_day, to: day("2027-12-31") }]);
        let standing: i64 =
            receipts.iter().filter(|it| it.fate == Fate::Standing).map(|it| it.amount.0).sum();
        prop_assert_eq!(whole.4, standing);
        prop_assert_eq!((whole.0 + whole.3) as usize, receipts.len());
    }

    #[test]
    fn a_book_balances_and_its_stock_is_never_less_than_nothing(
        stock in 0u32..50, moves in prop::collection::vec(any_move(), 0..40),
    ) {
        let opening: Vec<NumberRange> = if stock == 0 { vec![] } else { vec![range(1, stock)] };
        let mut movements: Vec<Movement> = Vec::new();
        let mut here: BTreeSet<u32> = (1..=stock).collect();
        let mut seen = here.clone();
        for (kind, from, more) in moves {
            let numbers: BTreeSet<u32> = (from..=from + more).collect();
            let is_true = if kind == BookMove::Bought { numbers.is_disjoint(&seen) } else { numbers.is_subset(&here) };
            movements.push(movement(kind, from, from + more));
            prop_assert_eq!(book_report(&opening, &movements).is_ok(), is_true);
            if !is_true {
                movements.pop();
            } else if kind == BookMove::Bought {
                here.extend(&numbers);
                seen.extend(&numbers);
            } else {
                here = &here - &numbers;
            }
        }
        let report = book_report(&opening, &movements).unwrap();
        let left = report.used.count() + report.voided.count() + report.lost.count() + report.destroyed.count();
        prop_assert_eq!(report.opening.count() + report.bought.count(), left + report.closing.count());
        let closing: BTreeSet<u32> =
            report.closing.as_slice().iter().flat_map(|range| range.from().value()..=range.to().value()).collect();
        prop_assert_eq!(closing, here);
    }
}
