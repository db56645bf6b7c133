use super::*;
use crate::payment::shift::{
    CashCount, CashFlow, CashLine, ClosedShift, CountProblem, Explanation, NOTES, Pile, Shift, ShiftRefusal,
};

fn pile(note: i64, pieces: u32) -> Pile {
    Pile { note: Dong(note), pieces }
}

fn count(piles: &[(i64, u32)]) -> CashCount {
    CashCount::new(piles.iter().map(|(note, pieces)| pile(*note, *pieces))).unwrap()
}

fn line(flow: CashFlow, amount: i64) -> CashLine {
    CashLine { flow, amount: Dong(amount) }
}

fn shift() -> Shift {
    Shift::open("thu", &["ke"], Dong(200_000)).unwrap()
}

fn explained(reason: &str, witness: &str) -> Option<Explanation> {
    Some(Explanation { reason: reason.to_owned(), witness: witness.to_owned() })
}

/// 200.000 at the beginning, 27.000 and 8.000 in, 5.000 out: 230.000.
fn day() -> [CashLine; 3] {
    [line(CashFlow::In, 27_000), line(CashFlow::In, 8_000), line(CashFlow::Out, 5_000)]
}

fn closed() -> ClosedShift {
    shift().close("thu", &day(), count(&[(200_000, 1), (10_000, 3)]), None).unwrap()
}

#[test]
fn cash_is_counted_note_by_note() {
    let counted = count(&[(1_000, 3), (500_000, 2), (20_000, 0)]);
    assert_eq!(counted.total(), Dong(1_003_000));
    assert_eq!(counted.piles(), [pile(500_000, 2), pile(1_000, 3)]);
    assert_eq!(CashCount::default().total(), Dong(0));
    assert_eq!(CashCount::new([pile(25_000, 1)]), Err(CountProblem::NoSuchNote(Dong(25_000))));
    assert_eq!(CashCount::new([pile(-1_000, 1)]), Err(CountProblem::NoSuchNote(Dong(-1_000))));
    assert_eq!(CashCount::new([pile(1_000, 0), pile(1_000, 1)]), Err(CountProblem::NoteTwice(Dong(1_000))));
    let most = CashCount::new(NOTES.map(|note| Pile { note, pieces: u32::MAX })).unwrap();
    assert_eq!(most.total(), Dong(i64::from(u32::MAX) * 888_800));
    assert!(NOTES.windows(2).all(|pair| pair[0] > pair[1]));
}

#[test]
fn a_count_is_kept_as_its_piles_and_read_back_only_when_it_is_one() {
    let counted = count(&[(500_000, 2), (1_000, 3)]);
    let json = serde_json::to_string(&counted).unwrap();
    assert_eq!(json, r#"[{"note":500000,"pieces":2},{"note":1000,"pieces":3}]"#);
    assert_eq!(serde_json::from_str::<CashCount>(&json).unwrap(), counted);
    assert!(serde_json::from_str::<CashCount>(r#"[{"note":7,"pieces":2}]"#).is_err());
}

#[test]
fn the_cashier_does_not_keep_the_accounts() {
    assert_eq!(Shift::open("thu", &["ke", "thu"], Dong(0)), Err(ShiftRefusal::CashierIsAccountant));
    assert!(Shift::open("thu", &[], Dong(0)).is_ok());
    assert_eq!(Shift::open("thu", &["ke"], Dong(-1)), Err(ShiftRefusal::NegativeFloat));
}

#[test]
fn a_shift_that_agrees_is_closed_without_more() {
    let closed = closed();
    assert_eq!((closed.expected, closed.difference, &closed.explanation), (Dong(230_000), Dong(0), &None));
    let told = shift().close("thu", &day(), count(&[(200_000, 1), (10_000, 3)]), explained("Đủ", "chi")).unwrap();
    assert_eq!(told, closed, "an explanation of nothing is dropped");
}

#[test]
fn a_difference_needs_a_reason_and_a_second_person() {
    let short = || count(&[(200_000, 1), (10_000, 2)]);
    for (explanation, refusal) in [
        (None, ShiftRefusal::DifferenceNeedsReason),
        (explained(" ", "chi"), ShiftRefusal::DifferenceNeedsReason),
        (explained("Trả nhầm tiền thừa", ""), ShiftRefusal::DifferenceNeedsWitness),
        (explained("Trả nhầm tiền thừa", "thu"), ShiftRefusal::WitnessIsCashier),
    ] {
        assert_eq!(shift().close("thu", &day(), short(), explanation), Err(refusal));
    }
    let explanation = explained("Trả nhầm tiền thừa", "chi");
    let closed = shift().close("thu", &day(), short(), explanation.clone()).unwrap();
    assert_eq!((closed.difference, &closed.explanation), (Dong(-10_000), &explanation));
    let over = shift().close("thu", &day(), count(&[(500_000, 1)]), explanation).unwrap();
    assert_eq!(over.difference, Dong(270_000));
}

#[test]
fn a_shift_is_closed_by_its_cashier_over_lines_that_add_up() {
    let empty = CashCount::default;
    assert_eq!(shift().close("chi", &day(), empty(), None), Err(ShiftRefusal::NotTheCashier));
    for (lines, refusal) in [
        (vec![line(CashFlow::In, 0)], ShiftRefusal::NotPositive),
        (vec![line(CashFlow::Out, -1)], ShiftRefusal::NotPositive),
        (vec![line(CashFlow::Out, 200_001)], ShiftRefusal::MoreOutThanIn),
        (vec![line(CashFlow::In, i64::MAX)], ShiftRefusal::TooLarge),
    ] {
        assert_eq!(shift().close("thu", &lines, empty(), None), Err(refusal));
    }
    let late_in = [line(CashFlow::Out, 200_001), line(CashFlow::In, 1)];
    assert_eq!(shift().expected(&late_in), Ok(Dong(0)));
}

#[test]
fn cash_is_handed_to_somebody_else_and_no_more_than_there_is() {
    let closed = closed();
    assert_eq!(closed.hand_over(Dong(0), Dong(30_000), "kho bac"), Ok(Dong(200_000)));
    assert_eq!(closed.hand_over(Dong(30_000), Dong(200_000), "kho bac"), Ok(Dong(0)));
    for (before, amount, receiver, refusal) in [
        (0, 0, "kho bac", ShiftRefusal::NothingHandedOver),
        (0, -1, "kho bac", ShiftRefusal::NothingHandedOver),
        (0, 230_001, "kho bac", ShiftRefusal::MoreThanCounted),
        (30_000, 200_001, "kho bac", ShiftRefusal::MoreThanCounted),
        (0, i64::MAX, "kho bac", ShiftRefusal::MoreThanCounted),
        (i64::MAX, i64::MAX, "kho bac", ShiftRefusal::MoreThanCounted),
        (0, 1, "thu", ShiftRefusal::ReceiverIsCashier),
    ] {
        assert_eq!(closed.hand_over(Dong(before), Dong(amount), receiver), Err(refusal), "{before} {amount}");
    }
}

fn any_line() -> impl Strategy<Value = CashLine> {
    (prop::sample::select(CashFlow::ALL), prop_oneof![9 => 1..100_000i64, 1 => any::<i64>()])
        .prop_map(|(flow, amount)| line(flow, amount))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is counted: a closed shift says it as it is, and a difference has two people behind it.
    #[test]
    fn a_closed_shift_hides_no_difference(
        lines in prop::collection::vec(any_line(), 0..10),
        pieces in prop::collection::vec(0..20u32, NOTES.len()),
        reason in prop::option::of("[a-z ]{0,5}"),
        witness in prop::sample::select(vec!["thu", "chi", ""]),
    ) {
        let piles = NOTES.into_iter().zip(pieces).map(|(note, pieces)| Pile { note, pieces });
        let counted = CashCount::new(piles).unwrap();
        let explanation = reason.and_then(|reason| explained(&reason, witness));
        if let Ok(closed) = shift().close("thu", &lines, counted.clone(), explanation) {
            prop_assert_eq!(closed.count.total(), closed.expected + closed.difference);
            prop_assert_eq!(&closed.count, &counted);
            prop_assert_eq!(closed.explanation.is_some(), closed.difference != Dong(0));
            let by_two = |told: &Explanation| told.witness == "chi" && !told.reason.trim().is_empty();
            prop_assert!(closed.explanation.as_ref().is_none_or(by_two));
        }
    }
}
