//! The control slip and the resident's timeline.

use super::*;
use ActKind as K;
use control_slip::{Place, Remark};
use timeline::Seen;

fn long_walk() -> Play {
    let mut play = Play::of(&[K::ReceiveAtCounter]);
    play.done(&Act::Assign { to: "so-minh-thu".into(), step_due: Some(hours(4)) });
    for kind in [K::AskSupplement, K::AnswerSupplement, K::Route, K::SubmitForApproval, K::ReturnForRework] {
        play.done(&sample(kind, play.dossier.as_ref(), play.now));
    }
    for kind in [K::SubmitForApproval, K::Approve, K::Sign, K::IssueResult, K::Deliver] {
        play.done(&sample(kind, play.dossier.as_ref(), play.now));
    }
    play
}

#[test]
fn the_slip_lists_every_pair_of_hands() {
    let rows = control_slip::rows(&long_walk().record);
    let hands: Vec<_> = rows
        .iter()
        .map(|row| match row.to.place {
            Place::Counter => "counter".to_owned(),
            Place::Step { index, role, .. } => format!("{index} {}", role.key()),
        })
        .collect();
    let expected = [
        "counter",
        "0 specialist",
        "1 civil_status",
        "2 leader",
        "1 civil_status",
        "2 leader",
        "3 leader",
        "4 records",
        "counter",
    ];
    assert_eq!(hands, expected);
    assert_eq!(rows[0].from, None);
    assert_eq!((rows[1].seq, rows[1].received, rows[1].handed_on), (2, hours(1), Some(hours(4))));
    assert_eq!(rows[1].pauses, [(hours(2), hours(3))]);
    let remarks: Vec<_> = rows[1].remarks.iter().map(|(at, remark)| (*at, remark.clone())).collect();
    assert!(matches!(remarks[..], [(_, Remark::SupplementAsked { round: 1, .. }), (_, Remark::SupplementAnswered)]));
    assert!(matches!(rows[4].remarks[..], [(_, Remark::ReturnedForRework { .. })]));
    assert_eq!(rows[8].handed_on, Some(hours(11)));
}

#[test]
fn a_step_is_judged_against_its_limit_moved_by_its_pauses() {
    let rows = control_slip::rows(&long_walk().record);
    let unmoved = |due, _: &[(Instant, Instant)]| due;
    // The limit was 12:00 and the specialist passed it on at 12:00, an hour of which the clock stood still.
    assert_eq!(rows[1].outcome(unmoved, |_, _| false), Some(Timeliness::OnTime));
    let earlier = |due: Instant, _: &[(Instant, Instant)]| due.plus_ms(-1);
    assert_eq!(rows[1].outcome(earlier, |_, _| false), Some(Timeliness::Late));
    let moved =
        |due: Instant, pauses: &[(Instant, Instant)]| due.plus_ms(pauses.iter().map(|(from, to)| to.0 - from.0).sum());
    assert_eq!(rows[1].outcome(moved, |ended, due| ended < due), Some(Timeliness::Early));
    // Without a limit there is nothing to judge.
    assert_eq!(rows[0].outcome(unmoved, |_, _| false), None);
}

#[test]
fn a_pause_across_two_pairs_of_hands_is_split_between_them() {
    let play = Play::of(&[K::ReceiveAtCounter, K::Assign, K::SuspendClock, K::Route, K::ResumeClock]);
    let rows = control_slip::rows(&play.record);
    assert_eq!(rows[1].pauses, [(hours(2), hours(3))]);
    assert_eq!(rows[2].pauses, [(hours(3), hours(4))]);
}

#[test]
fn a_successor_office_is_another_pair_of_hands() {
    let mut play = Play::of(&[K::ReceiveAtCounter]);
    play.done(&Act::PassOn {
        from_office: "huyen-dong-xuan".into(),
        to_office: "xa-xuan-lanh".into(),
        basis: "Nghị quyết 202/2025/QH15".into(),
    });
    let rows = control_slip::rows(&play.record);
    assert_eq!(rows.iter().map(|row| row.to.office.as_deref()).collect::<Vec<_>>(), [None, Some("xa-xuan-lanh")]);
}

#[test]
fn a_dossier_before_reception_has_no_slip() {
    assert_eq!(control_slip::rows(&Play::of(&[K::Submit, K::AskSupplement]).record), []);
    assert_eq!(control_slip::rows(&[]), []);
}

#[test]
fn the_resident_sees_roles_requests_and_results_only() {
    let play = long_walk();
    let lines: Vec<_> = timeline::entries(&play.record)
        .into_iter()
        .map(|entry| match entry.seen {
            Seen::Accepted { .. } => "accepted".to_owned(),
            Seen::InHandsOf { role } => role.unwrap().key().to_owned(),
            Seen::SupplementAsked { items, .. } => format!("supplement {}", items.len()),
            Seen::SupplementAnswered { .. } => "answered".to_owned(),
            Seen::ResultIssued { version, .. } => format!("result {version}"),
            Seen::Delivered { to_applicant, .. } => format!("delivered {to_applicant}"),
            other => panic!("unexpected {other:?}"),
        })
        .collect();
    let expected = [
        "accepted",
        "specialist",
        "supplement 1",
        "answered",
        "civil_status",
        "leader",
        "civil_status",
        "leader",
        "records",
        "result 1",
        "delivered true",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn a_decision_is_not_seen_before_it_is_issued() {
    let deny = Act::SubmitForApproval {
        proposal: Proposal::Deny,
        note: "không đủ điều kiện cư trú".into(),
        to: None,
        step_due: None,
    };
    let mut play = Play::of(&[K::ReceiveAtCounter, K::Assign]);
    play.done(&deny);
    for kind in [K::Approve, K::Sign] {
        play.done(&sample(kind, play.dossier.as_ref(), play.now));
        assert!(!format!("{:?}", timeline::entries(&play.record)).contains("cư trú"));
    }
    play.done(&sample(K::IssueResult, play.dossier.as_ref(), play.now));
    let last = timeline::entries(&play.record).pop().unwrap().seen;
    let Seen::ResultIssued { result: ResultKind::NotGranted, reason, .. } = last else { panic!("{last:?}") };
    assert_eq!(reason, "không đủ điều kiện cư trú");
}
