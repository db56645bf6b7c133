//! What holds for every sequence of acts.

use super::*;
use proptest::prelude::*;

fn any_kind() -> impl Strategy<Value = ActKind> {
    proptest::sample::select(ActKind::ALL)
}

/// An index into the acts, whether it is picked among the allowed ones, and the hours that pass before it.
fn any_move() -> impl Strategy<Value = (ActKind, prop::sample::Index, bool, i64)> {
    (any_kind(), any::<prop::sample::Index>(), prop::bool::weighted(0.8), prop_oneof![4 => 0..40i64, 1 => 0..1000i64])
}

/// Acts that close or finish come up as often as the others; left free they would end most plays at once.
fn pick(play: &Play, (kind, index, among_allowed, _): (ActKind, prop::sample::Index, bool, i64)) -> ActKind {
    match &play.dossier {
        Some(dossier) if among_allowed => *index.get(&dossier.allowed()),
        _ => kind,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn every_play_keeps_the_invariants(opening in 0..3usize, moves in prop::collection::vec(any_move(), 0..60)) {
        let mut play = openings().get(opening).map_or_else(Play::correcting, |kind| Play::of(&[*kind]));
        for step in moves {
            let before = play.state().clone();
            play = play.waited(step.3 * HOUR);
            let kind = pick(&play, step);
            let act = match sample(kind, play.dossier.as_ref(), play.now) {
                Act::ConfirmWithdrawal(_) if step.3 % 2 == 1 => Act::ConfirmWithdrawal(left_open(&before)),
                act => act,
            };
            let events_before = play.record.len();
            let taken = play.act(&act);
            let after = play.state();

            // A refused act changes nothing; a taken one leaves at least one event.
            prop_assert_eq!(taken.is_ok(), play.record.len() > events_before);
            if taken.is_err() {
                prop_assert_eq!(after, &before);
            }
            // The state leaves every act open that is taken.
            if taken.is_ok() {
                prop_assert!(before.allowed().contains(&kind), "{:?}", kind);
            }
            // Terminal stays terminal.
            if before.status.is_terminal() {
                prop_assert_eq!(after.status, before.status);
            }
            // Nothing waits on a closed dossier, and nobody holds it.
            if after.status.is_terminal() {
                prop_assert!(!after.withdrawal_asked && after.assignee.is_none() && after.closed.is_some());
            }
            // A decision waits for no opinion, and none is forgotten.
            let is_decided = after.status.is_terminal() || after.status == Status::Done;
            prop_assert!(!is_decided || after.open_opinions().next().is_none());
            prop_assert!(after.opinions.len() >= before.opinions.len());
            prop_assert!(after.opinions.iter().zip(1..).all(|(opinion, number)| opinion.number == number));
            // A code, a reception and a flow once given never change; nor does the first promise.
            if before.code.is_some() {
                prop_assert_eq!(&after.code, &before.code);
                prop_assert_eq!(after.received, before.received);
                prop_assert_eq!(after.original_due, before.original_due);
                prop_assert_eq!(&after.steps, &before.steps);
                prop_assert_eq!(&after.case, &before.case);
            }
            // Passed on to another office, neither status nor clock nor due moment moves.
            if taken.is_ok() && kind == ActKind::PassOn {
                prop_assert_eq!(
                    (after.status, after.due, after.step_due, after.received),
                    (before.status, before.due, before.step_due, before.received)
                );
                prop_assert_eq!(after.open_pause(), before.open_pause());
            }
            // No due moment moves earlier.
            prop_assert!(after.due >= before.due && after.current_due() >= before.current_due());
            // No version of a result is lost.
            prop_assert!(after.results.len() >= before.results.len());
            prop_assert!(after.results.iter().zip(1..).all(|(result, version)| result.version == version));
            prop_assert!(after.results.iter().rev().skip(1).all(|result| result.replaced.is_some()));
            prop_assert_eq!(
                after.standing_result().is_some(),
                matches!(after.status, Status::Done | Status::Delivered)
            );
            // Status and sub-state agree, and so do the requests that wait and the clock.
            prop_assert!(agree(after.status, after.sub_state), "{:?} {:?}", after.status, after.sub_state);
            prop_assert_eq!(after.supplement.is_some(), after.status == Status::SupplementAsked);
            prop_assert_eq!(after.duty.is_some(), after.status == Status::DutyAsked);
            prop_assert_eq!(after.open_pause().is_some(), after.clock() == ClockState::Paused);
            prop_assert!(after.code.is_some() || after.received.is_none());
            // What a withdrawal left open keeps the dossier at the counter; money alone that was paid is to be settled.
            prop_assert_eq!(after.owes_settlement(), after.sub_state == SubState::AwaitingSettlement);
            prop_assert!(!after.owes_settlement() || after.holder_role() == Some(Role::Reception));
            prop_assert!(!after.money_to_settle || after.has_money());
            // Where the office repairs its own error, nobody pays.
            prop_assert_eq!(&after.corrects, &before.corrects);
            let asks = after.duty.is_some() || matches!(after.payment, PaymentState::Owed | PaymentState::Paid);
            prop_assert!(!(after.is_free() && asks));
            // A dossier lies at a step of its flow, and may go only to others of it.
            prop_assert!(routes(after).iter().all(|step| *step < after.steps.len()));
            // Pauses follow each other.
            for pair in after.pauses.windows(2) {
                prop_assert!(pair[0].to.is_some_and(|to| to <= pair[1].from));
            }
        }

        // The record is numbered without gaps, gives the state, and survives its JSON.
        let numbers: Vec<_> = play.record.iter().map(|recorded| recorded.seq).collect();
        prop_assert_eq!(numbers, (1..=play.state().last_seq).collect::<Vec<_>>());
        prop_assert_eq!(replay(&play.record), play.dossier.clone());
        let text = serde_json::to_string(&play.record).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Vec<Recorded>>(&text).unwrap(), &play.record);
        let state = serde_json::to_string(&play.dossier).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Option<Dossier>>(&state).unwrap(), &play.dossier);

        // The slip has no gap between hands and at most its last row is open; an ended dossier has none open.
        let rows = control_slip::rows(&play.record);
        for pair in rows.windows(2) {
            prop_assert_eq!(pair[0].handed_on, Some(pair[1].received));
            prop_assert_eq!(pair[1].from.as_ref(), Some(&pair[0].to));
        }
        prop_assert_eq!(rows.is_empty(), play.state().code.is_none());
        let is_open = rows.last().is_some_and(|row| row.handed_on.is_none());
        prop_assert_eq!(is_open, play.state().code.is_some() && !play.state().status.is_terminal());
        let paused = |pauses: &[(Instant, Instant)]| pauses.iter().map(|(from, to)| to.0 - from.0).sum::<i64>();
        if !is_open {
            let in_rows: i64 = rows.iter().map(|row| paused(&row.pauses)).sum();
            prop_assert_eq!(in_rows, paused(&play.state().pauses(play.now)));
        }
        // What the resident sees names no member of staff.
        let seen = format!("{:?}", timeline::entries(&play.record));
        prop_assert!(!["so-minh-thu", "ksor-y-bluh", "la-mo-y-thoa"].iter().any(|staff| seen.contains(staff)));
    }
}

fn agree(status: Status, sub_state: SubState) -> bool {
    use SubState as S;
    match status {
        Status::Registered => sub_state == S::AwaitingAcceptance,
        Status::Accepted => sub_state == S::AwaitingAssignment,
        Status::Processing => matches!(
            sub_state,
            S::AwaitingAssignment
                | S::Examining
                | S::AwaitingVerification
                | S::AwaitingOpinion
                | S::AwaitingApproval
                | S::AwaitingSignature
                | S::AwaitingIssue
        ),
        Status::SupplementAsked => {
            matches!(sub_state, S::SupplementBeforeAcceptance | S::SupplementAtCounter | S::SupplementAtExamination)
        }
        Status::DutyAsked => sub_state == S::AwaitingPayment,
        Status::Done => sub_state == S::AwaitingCollection,
        Status::Withdrawn => matches!(sub_state, S::Closed | S::AwaitingSettlement),
        Status::NotAccepted | Status::Stopped | Status::Delivered => sub_state == S::Closed,
    }
}
