//! Every status and sub-state against every kind of act.

use super::*;

/// A cell is `+` when the state leaves the act open. Columns: `0` no dossier; the national status; within 4 `a` waits
/// for assignment, `e` examined, `v` verified, `z` examined with the clock suspended, `w` examined with a withdrawal
/// asked, `o` examined while an opinion is waited for, `p` before approval, `s` before signature, `i` before issue; within 5 `b` asked before acceptance, `c` at
/// the counter, `e` at examination; within 7 `u` with papers to be fetched.
const TABLE: &str = "
                      0  1  2  3 4a 4e 4v 4z 4w 4o 4p 4s 4i 5b 5c 5e  6  7 7u  8  9 10
submit                +  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
receive_at_counter    +  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
accept                .  +  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
refuse_to_accept      .  +  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
ask_supplement        .  +  +  .  +  +  +  .  +  +  .  .  .  .  .  .  .  .  .  .  .  .
answer_supplement     .  .  .  .  .  .  .  .  .  .  .  .  .  +  +  +  .  .  .  .  .  .
expire_supplement     .  .  .  .  .  .  .  .  .  .  .  .  .  +  +  +  .  .  .  .  .  .
assign                .  .  +  .  +  +  +  +  +  +  +  +  +  .  .  .  .  .  .  .  .  .
route                 .  .  +  .  +  +  +  +  +  +  .  .  .  .  .  .  .  .  .  .  .  .
ask_duty              .  .  .  .  +  +  +  .  +  +  .  .  .  .  .  .  .  .  .  .  .  .
duty_met              .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  +  .  .  .  .  .
expire_duty           .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  +  .  .  .  .  .
suspend_clock         .  .  .  .  +  +  +  .  +  +  .  .  .  .  .  .  .  .  .  .  .  .
resume_clock          .  .  .  .  .  .  .  +  .  .  .  .  .  .  .  .  .  .  .  .  .  .
ask_opinion           .  .  .  .  +  +  +  +  +  +  .  .  .  .  .  .  .  .  .  .  .  .
answer_opinion        .  .  .  .  .  .  .  .  .  +  .  .  .  .  .  .  .  .  .  .  .  .
recall_opinion        .  .  .  .  .  .  .  .  .  +  .  .  .  .  .  .  .  .  .  .  .  .
submit_for_approval   .  .  .  .  .  +  +  .  +  +  .  .  .  .  .  .  .  .  .  .  .  .
approve               .  .  .  .  .  .  .  .  .  .  +  .  .  .  .  .  .  .  .  .  .  .
sign                  .  .  .  .  .  .  .  .  .  .  .  +  .  .  .  .  .  .  .  .  .  .
return_for_rework     .  .  .  .  .  .  .  .  .  .  +  +  +  .  .  .  .  .  .  .  .  .
decide_not_to_grant   .  .  .  .  .  .  .  .  .  .  +  .  .  .  .  .  .  .  .  .  .  .
finish_at_once        .  .  +  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
issue_result          .  .  .  .  .  .  .  .  .  .  .  .  +  .  .  .  .  .  .  .  .  .
redate                .  .  +  .  +  +  +  +  +  +  +  +  +  .  .  .  .  .  .  .  .  .
stop                  .  .  +  .  +  +  +  +  +  +  +  +  +  .  +  +  +  .  .  .  .  .
ask_withdrawal        .  +  +  .  +  +  +  +  .  +  +  +  +  +  +  +  +  .  .  .  .  .
decline_withdrawal    .  .  .  .  .  .  .  .  +  .  .  .  .  .  .  .  .  .  .  .  .  .
confirm_withdrawal    .  .  .  .  .  .  .  .  +  .  .  .  .  .  .  .  .  .  .  .  .  .
settle_withdrawal     .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  +  .  .  .
deliver               .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  +  .
correct_result        .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  +  .
open_correction       .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  +
pass_on               .  +  +  .  +  +  +  +  +  +  +  +  +  +  +  +  +  .  .  .  +  .
rate                  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  +
remove_file           .  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +
note_payment          .  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +
note_sync             .  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +  +
";

fn column(name: &str) -> Play {
    use ActKind as K;
    let examining = [K::ReceiveAtCounter, K::Assign];
    let and = |more: &[K]| Play::of(&[&examining, more].concat());
    match name {
        "0" => Play::new(),
        "1" => Play::of(&[K::Submit]),
        "2" => Play::of(&[K::Submit, K::Accept]),
        "3" => Play::of(&[K::Submit, K::RefuseToAccept]),
        "4a" => {
            let mut play = Play::of(&[K::ReceiveAtCounter]);
            play.done(&Act::Route { step: 0, to: None, step_due: None });
            play
        }
        "4e" => and(&[]),
        "4v" => and(&[K::Route]),
        "4z" => and(&[K::SuspendClock]),
        "4w" => and(&[K::AskWithdrawal]),
        "4o" => and(&[K::AskOpinion]),
        "4p" => and(&[K::SubmitForApproval]),
        "4s" => and(&[K::SubmitForApproval, K::Approve]),
        "4i" => and(&[K::SubmitForApproval, K::Approve, K::Sign]),
        "5b" => Play::of(&[K::Submit, K::AskSupplement]),
        "5c" => Play::of(&[K::ReceiveAtCounter, K::AskSupplement]),
        "5e" => and(&[K::AskSupplement]),
        "6" => and(&[K::AskDuty]),
        "7" => and(&[K::AskWithdrawal, K::ConfirmWithdrawal]),
        "7u" => {
            let mut play = and(&[K::AskWithdrawal]);
            play.done(&Act::ConfirmWithdrawal(left_open(play.state())));
            play
        }
        "8" => and(&[K::Stop]),
        "9" => Play::of(&[K::ReceiveAtCounter, K::FinishAtOnce]),
        "10" => Play::of(&[K::ReceiveAtCounter, K::FinishAtOnce, K::Deliver]),
        other => panic!("no column {other}"),
    }
}

const COLUMNS: [&str; 22] = [
    "0", "1", "2", "3", "4a", "4e", "4v", "4z", "4w", "4o", "4p", "4s", "4i", "5b", "5c", "5e", "6", "7", "7u", "8",
    "9", "10",
];

fn is_open(play: &Play, kind: ActKind) -> bool {
    match &play.dossier {
        None => openings().contains(&kind),
        Some(dossier) => dossier.allowed().contains(&kind),
    }
}

#[test]
fn every_status_and_act_is_in_the_table() {
    let plays = COLUMNS.map(column);
    let mut drawn = format!("{:<20}{}\n", "", COLUMNS.map(|name| format!("{name:>3}")).concat());
    for kind in ActKind::ALL {
        let cells: String = plays.iter().map(|play| if is_open(play, *kind) { "  +" } else { "  ." }).collect();
        drawn += &format!("{:<20}{cells}\n", kind.key());
    }
    assert_eq!(drawn, TABLE[1..], "\n{drawn}");
}

#[test]
fn an_act_with_fitting_particulars_is_taken_exactly_where_the_state_leaves_it_open() {
    for name in COLUMNS {
        for kind in ActKind::ALL {
            // Limits of requests have passed by then.
            let play = column(name).waited(30 * DAY);
            let taken = decide(play.dossier.as_ref(), &sample(*kind, play.dossier.as_ref(), play.now), play.now);
            assert_eq!(taken.is_ok(), is_open(&play, *kind), "{name} {kind:?} {taken:?}");
        }
    }
}

#[test]
fn an_act_names_its_own_kind() {
    for kind in ActKind::ALL {
        assert_eq!(sample(*kind, None, monday()).kind(), *kind);
        assert_eq!(ActKind::from_key(kind.key()), Some(*kind));
    }
}

#[test]
fn status_codes_are_the_national_ones() {
    let codes = Status::ALL.map(Status::code);
    assert_eq!(codes, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    for status in Status::ALL {
        assert_eq!(Status::from_code(status.code()), Some(status));
        assert_eq!(serde_json::to_string(&status).unwrap(), status.code().to_string());
    }
    assert_eq!((Status::from_code(0), Status::from_code(11)), (None, None));
    assert!(serde_json::from_str::<Status>("11").is_err());
    let terminal: Vec<_> = Status::ALL.into_iter().filter(|s| s.is_terminal()).map(Status::code).collect();
    assert_eq!(terminal, [3, 7, 8, 10]);
}
