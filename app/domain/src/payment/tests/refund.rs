use super::*;
use crate::payment::refund::{Ask, Available, Destination, Refund, RefundAct, RefundRefusal, RefundState};

const HELD: Available = Available { held: Dong(27_000), held_back: Dong(0) };

fn wish(amount: i64) -> Ask {
    Ask {
        amount: Dong(amount),
        payee: "Nguyễn Thị Bế".to_owned(),
        to: Destination::Cash,
        reason: "Chuyển thừa".to_owned(),
    }
}

fn asked() -> Refund {
    Refund::ask("an", wish(8_000), HELD).unwrap()
}

fn why(reason: &str) -> String {
    reason.to_owned()
}

#[test]
fn a_refund_goes_from_one_person_over_another_to_the_payer() {
    let approved = asked().apply("binh", RefundAct::Approve).unwrap();
    assert_eq!((approved.state, approved.decided_by.as_deref()), (RefundState::Approved, Some("binh")));
    let sent = approved.apply("an", RefundAct::Send { proof: "FT26331".to_owned() }).unwrap();
    assert_eq!((sent.state, sent.sendings, sent.remark.as_str()), (RefundState::Sent, 1, "FT26331"));
    let done = sent.apply("an", RefundAct::Confirm).unwrap();
    assert_eq!(done.state, RefundState::Done);
    assert!(sent.state.holds_back() && !done.state.holds_back());
}

#[test]
fn whoever_asked_neither_approves_nor_rejects() {
    for act in [RefundAct::Approve, RefundAct::Reject { reason: why("Không đúng") }] {
        assert_eq!(asked().apply("an", act), Err(RefundRefusal::SamePerson));
    }
    let given_up = asked().apply("an", RefundAct::GiveUp { reason: why("Nhầm người") }).unwrap();
    assert_eq!(given_up.state, RefundState::GivenUp);
}

#[test]
fn what_came_back_is_sent_again_as_it_was_approved() {
    let send = || RefundAct::Send { proof: String::new() };
    let sent = asked().apply("binh", RefundAct::Approve).unwrap().apply("an", send()).unwrap();
    let failed = sent.apply("an", RefundAct::Fail { reason: why("Tài khoản đã đóng") }).unwrap();
    assert!(failed.state.holds_back());
    let again = failed.apply("an", send()).unwrap();
    assert_eq!((again.state, again.sendings), (RefundState::Sent, 2));
    assert_eq!((again.amount, &again.payee, &again.to), (sent.amount, &sent.payee, &sent.to));
    let given_up = failed.apply("an", RefundAct::GiveUp { reason: why("Đổi tài khoản") }).unwrap();
    assert!(!given_up.state.holds_back());
}

#[test]
fn a_reason_says_something() {
    let sent = Refund { state: RefundState::Sent, ..asked() };
    assert_eq!(asked().apply("binh", RefundAct::Reject { reason: why(" ") }), Err(RefundRefusal::NoReason));
    assert_eq!(asked().apply("an", RefundAct::GiveUp { reason: why("") }), Err(RefundRefusal::NoReason));
    assert_eq!(sent.apply("an", RefundAct::Fail { reason: why("\n") }), Err(RefundRefusal::NoReason));
    assert_eq!(Refund::ask("an", Ask { reason: why(""), ..wish(1) }, HELD), Err(RefundRefusal::NoReason));
    assert_eq!(Refund::ask("an", Ask { payee: why(" "), ..wish(1) }, HELD), Err(RefundRefusal::NoPayee));
}

#[test]
fn no_more_goes_back_than_is_held_and_not_under_way() {
    for amount in [i64::MIN, -1, 0] {
        assert_eq!(Refund::ask("an", wish(amount), HELD), Err(RefundRefusal::NotPositive));
    }
    assert!(Refund::ask("an", wish(27_000), HELD).is_ok());
    let free = |free| Err(RefundRefusal::MoreThanFree { free: Dong(free) });
    assert_eq!(Refund::ask("an", wish(27_001), HELD), free(27_000));
    let under_way = Available { held_back: Dong(8_000), ..HELD };
    assert_eq!(Refund::ask("an", wish(19_001), under_way), free(19_000));
    let odd = Available { held: Dong(0), held_back: Dong(i64::MAX) };
    assert_eq!(Refund::ask("an", wish(1), odd), free(0));
}

#[test]
fn each_state_knows_its_acts() {
    let acts = || {
        [
            RefundAct::Approve,
            RefundAct::Reject { reason: why("x") },
            RefundAct::Send { proof: why("x") },
            RefundAct::Confirm,
            RefundAct::Fail { reason: why("x") },
            RefundAct::GiveUp { reason: why("x") },
        ]
    };
    for state in RefundState::ALL.iter().copied() {
        let possible: Vec<bool> =
            acts().into_iter().map(|act| Refund { state, ..asked() }.apply("binh", act).is_ok()).collect();
        let expected = match state {
            RefundState::Asked => [true, true, false, false, false, true],
            RefundState::Approved | RefundState::Failed => [false, false, true, false, false, true],
            RefundState::Sent => [false, false, false, true, true, false],
            RefundState::Done | RefundState::Rejected | RefundState::GivenUp => [false; 6],
        };
        assert_eq!(possible, expected, "{state:?}");
    }
}

fn any_act() -> impl Strategy<Value = RefundAct> {
    prop_oneof![
        4 => Just(RefundAct::Approve),
        1 => Just(RefundAct::Reject { reason: why("x") }),
        4 => Just(RefundAct::Send { proof: why("x") }),
        4 => Just(RefundAct::Confirm),
        3 => Just(RefundAct::Fail { reason: why("x") }),
        1 => Just(RefundAct::GiveUp { reason: why("x") }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_sent_that_two_people_did_not_agree_on(
        acts in prop::collection::vec((prop::sample::select(vec!["an", "binh", "chi"]), any_act()), 0..20),
    ) {
        let mut refund = asked();
        for (by, act) in acts {
            refund = refund.apply(by, act).unwrap_or(refund);
            let was_sent = matches!(refund.state, RefundState::Sent | RefundState::Done | RefundState::Failed);
            let given_up_after_all = refund.state == RefundState::GivenUp && refund.sendings > 0;
            prop_assert_eq!(was_sent || given_up_after_all, refund.sendings > 0);
            if was_sent || refund.state == RefundState::Approved {
                prop_assert!(refund.decided_by.as_ref().is_some_and(|decided| *decided != refund.asked_by));
            }
            prop_assert_eq!((refund.amount, refund.asked_by.as_str()), (Dong(8_000), "an"));
        }
    }
}
