use super::*;
use crate::payment::request::{ClosedAs, Closing, Entry, EntryKind, FoldProblem, RequestState, Standing, fold};

fn entry(kind: EntryKind, amount: i64) -> Entry {
    Entry { kind, amount: Dong(amount), at: at("2026-11-23T09:00") }
}

fn standing(asked: i64, entries: &[Entry]) -> Standing {
    fold(Dong(asked), None, entries).unwrap()
}

#[test]
fn a_request_is_owed_partly_paid_paid_and_overpaid() {
    let (part, rest, more) =
        (entry(EntryKind::Credit, 8_000), entry(EntryKind::Cash, 19_000), entry(EntryKind::Card, 1));
    for (entries, state, remaining, over) in [
        (vec![], RequestState::Owed, 27_000, 0),
        (vec![part], RequestState::PartlyPaid, 19_000, 0),
        (vec![part, rest], RequestState::Paid, 0, 0),
        (vec![part, rest, more], RequestState::Overpaid, 0, 1),
    ] {
        let standing = standing(27_000, &entries);
        assert_eq!((standing.state, standing.remaining.0, standing.over.0), (state, remaining, over));
        assert_eq!(standing.is_open(), remaining > 0);
    }
    assert_eq!(standing(0, &[]).state, RequestState::NothingDue);
}

#[test]
fn what_was_paid_too_much_goes_back_and_the_request_is_paid() {
    let paid = standing(27_000, &[entry(EntryKind::Credit, 30_000), entry(EntryKind::Refund, 3_000)]);
    assert_eq!((paid.state, paid.held, paid.refunded), (RequestState::Paid, Dong(27_000), Dong(3_000)));
}

#[test]
fn a_wrong_transfer_that_went_back_leaves_the_debt_as_it_was() {
    let back = [entry(EntryKind::Credit, 8_000), entry(EntryKind::Refund, 8_000)];
    let owed = standing(27_000, &back);
    assert_eq!((owed.state, owed.remaining), (RequestState::Owed, Dong(27_000)));
}

#[test]
fn what_is_waived_is_owed_no_more_and_what_was_paid_of_it_goes_back() {
    let (paid, waived) = (entry(EntryKind::Cash, 27_000), entry(EntryKind::Waiver, 27_000));
    assert_eq!(standing(27_000, &[waived]).state, RequestState::NothingDue);
    let over = standing(27_000, &[paid, waived]);
    assert_eq!((over.state, over.over), (RequestState::Overpaid, Dong(27_000)));
    let back = standing(27_000, &[paid, waived, entry(EntryKind::Refund, 27_000)]);
    assert_eq!((back.state, back.held, back.paid), (RequestState::Refunded, Dong(0), Dong(27_000)));
    let less = standing(27_000, &[entry(EntryKind::Cash, 20_000), entry(EntryKind::Waiver, 7_000)]);
    assert_eq!((less.state, less.due), (RequestState::Paid, Dong(20_000)));
}

#[test]
fn a_credit_laid_here_by_mistake_leaves_as_if_it_had_not_come() {
    let gone = standing(27_000, &[entry(EntryKind::Credit, 27_000), entry(EntryKind::Unmatched, 27_000)]);
    assert_eq!(gone, standing(27_000, &[]));
    let cash = [entry(EntryKind::Cash, 27_000), entry(EntryKind::Unmatched, 27_000)];
    assert_eq!(fold(Dong(27_000), None, &cash), Err(FoldProblem::UnmatchedTooMuch));
}

#[test]
fn a_closed_request_owes_nothing_and_what_comes_after_is_late() {
    let closing = |how| Some(Closing { how, at: at("2026-11-24T00:00") });
    let in_time = entry(EntryKind::Credit, 8_000);
    let late = Entry { at: at("2026-11-24T00:00"), ..in_time };
    for (how, state) in [(ClosedAs::Cancelled, RequestState::Cancelled), (ClosedAs::Expired, RequestState::Expired)] {
        let closed = fold(Dong(8_000), closing(how), &[]).unwrap();
        assert_eq!((closed.state, closed.due, closed.over, closed.is_open()), (state, Dong(0), Dong(0), false));
        let paid = fold(Dong(8_000), closing(how), &[in_time, late]).unwrap();
        assert_eq!((paid.state, paid.over, paid.late), (state, Dong(16_000), Dong(8_000)));
    }
}

#[test]
fn entries_that_contradict_each_other_are_refused() {
    let paid = entry(EntryKind::Credit, 8_000);
    for (entries, problem) in [
        (vec![entry(EntryKind::Cash, 0)], FoldProblem::NotPositive),
        (vec![entry(EntryKind::Refund, -1)], FoldProblem::NotPositive),
        (vec![paid, entry(EntryKind::Refund, 8_001)], FoldProblem::RefundedTooMuch),
        (vec![paid, entry(EntryKind::Unmatched, 8_000), entry(EntryKind::Refund, 1)], FoldProblem::RefundedTooMuch),
        (vec![paid, entry(EntryKind::Unmatched, 8_001)], FoldProblem::UnmatchedTooMuch),
        (vec![entry(EntryKind::Waiver, 27_001)], FoldProblem::WaivedTooMuch),
        (vec![entry(EntryKind::Cash, i64::MAX), entry(EntryKind::Cash, i64::MAX)], FoldProblem::TooLarge),
    ] {
        assert_eq!(fold(Dong(27_000), None, &entries), Err(problem), "{entries:?}");
    }
    assert_eq!(fold(Dong(-1), None, &[]), Err(FoldProblem::NegativeDue));
}

fn any_entry() -> impl Strategy<Value = Entry> {
    let amount = prop_oneof![9 => 1..50_000i64, 1 => any::<i64>()];
    (prop::sample::select(EntryKind::ALL), amount, 0..100_000i64).prop_map(|(kind, amount, at)| Entry {
        kind,
        amount: Dong(amount),
        at: Instant(at),
    })
}

fn any_closing() -> impl Strategy<Value = Option<Closing>> {
    let closing = (prop::sample::select(ClosedAs::ALL), 0..100_000i64);
    prop::option::of(closing.prop_map(|(how, at)| Closing { how, at: Instant(at) }))
}

/// What is kept of entries when each is written only if they still add up with it, as the office writes them.
fn written(asked: Dong, entries: Vec<Entry>) -> Vec<Entry> {
    entries.into_iter().fold(Vec::new(), |mut kept, entry| {
        kept.push(entry);
        if fold(asked, None, &kept).is_err() {
            kept.pop();
        }
        kept
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn money_is_never_lost_and_never_below_zero(
        asked in 0..100_000i64,
        closing in any_closing(),
        entries in prop::collection::vec(any_entry(), 0..12),
    ) {
        let entries = written(Dong(asked), entries);
        let sum = |kinds: &[EntryKind]| -> i64 {
            entries.iter().filter(|entry| kinds.contains(&entry.kind)).map(|entry| entry.amount.0).sum()
        };
        let now = fold(Dong(asked), closing, &entries).unwrap();
        let Standing { due, paid, refunded, held, remaining, over, late, .. } = now;
        for amount in [due, paid, refunded, held, remaining, over, late] {
            prop_assert!(amount.0 >= 0, "{:?}", now);
        }
        let income = sum(&[EntryKind::Credit, EntryKind::Cash, EntryKind::Card]);
        prop_assert_eq!(paid.0, income - sum(&[EntryKind::Unmatched]));
        prop_assert_eq!(refunded.0, sum(&[EntryKind::Refund]));
        prop_assert_eq!(paid.0 - refunded.0, held.0);
        prop_assert_eq!(i128::from(held.0) + i128::from(remaining.0) - i128::from(over.0), i128::from(due.0));
        prop_assert!(remaining.0 == 0 || over.0 == 0);
        prop_assert_eq!(now.is_open(), closing.is_none() && remaining.0 > 0);
    }

    #[test]
    fn the_order_of_entries_does_not_matter(
        asked in 0..100_000i64,
        closing in any_closing(),
        (entries, shuffled) in prop::collection::vec(any_entry(), 0..12)
            .prop_flat_map(|entries| (Just(entries.clone()), Just(entries).prop_shuffle())),
    ) {
        prop_assert_eq!(fold(Dong(asked), closing, &entries), fold(Dong(asked), closing, &shuffled));
    }
}
