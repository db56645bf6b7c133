//! Queues: pages without a gap, counts that stop.

use super::{
    engine::Home,
    rows::{NOW, OFFICE, dossier_row, ground, id, write},
};
use crate::on_both;
use domain::{
    dossier::{Event, OpenDuty},
    time::Instant,
};
use store::{
    Tx, dossiers,
    events::{self, EventRow},
    queues::{After, Filter, HeldRow, Since, count_by_holder, count_queue, list_open, list_queue},
};

fn waiting() -> Filter {
    Filter { offices: vec![OFFICE], statuses: vec![1], ..Default::default() }
}

/// So many dossiers that wait, many of them with the same limit; ids in no order of their limits.
async fn fill(tx: &mut Tx, count: u128) {
    ground(tx).await;
    for number in 0..count {
        let mut row = dossier_row(1 + number * 7919 % 10_007, OFFICE);
        row.queue_at = NOW.0 + (number as i64 * 31 % 40) * 1_000;
        dossiers::insert_dossier(tx, &row).await.unwrap();
    }
}

on_both!(pages_lose_no_row_and_show_none_twice);
async fn pages_lose_no_row_and_show_none_twice(home: Home) {
    write(&home, async |tx| {
        fill(tx, 500).await;
        // What lies elsewhere or is past waiting stays out.
        dossiers::insert_dossier(tx, &dossier_row(20_001, 2)).await.unwrap();
        let mut passed_on = dossier_row(20_002, OFFICE);
        passed_on.resolving_office = 2;
        dossiers::insert_dossier(tx, &passed_on).await.unwrap();
        let mut accepted = dossier_row(20_003, OFFICE);
        accepted.status = 2;
        dossiers::insert_dossier(tx, &accepted).await.unwrap();
    })
    .await;
    for size in [1, 7, 50, 499, 500, 501] {
        let mut tx = home.db.read().await.unwrap();
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page = list_queue(&mut tx, &waiting(), after, size).await.unwrap();
            let open = list_open(&mut tx, &waiting(), after, size).await.unwrap();
            let Some(last) = page.last() else { break };
            after = Some(After { queue_at: last.queue_at, id: last.id });
            let narrow: Vec<_> = open.iter().map(|row| (row.queue_at, row.id, &row.code)).collect();
            let full: Vec<_> = page.iter().map(|row| (row.queue_at, row.id, &row.code)).collect();
            assert_eq!(narrow, full, "the narrow page is the same");
            seen.extend(page.iter().map(|row| (row.queue_at, row.id)));
        }
        assert_eq!(seen.len(), 500, "pages of {size}");
        assert!(seen.windows(2).all(|pair| pair[0] < pair[1]), "pages of {size} are in order, none twice");
    }
}

on_both!(a_page_that_was_left_is_found_again_while_rows_come_and_go);
async fn a_page_that_was_left_is_found_again_while_rows_come_and_go(home: Home) {
    write(&home, async |tx| fill(tx, 60).await).await;
    let mut tx = home.db.read().await.unwrap();
    let all = list_queue(&mut tx, &waiting(), None, 100).await.unwrap();
    let first = list_queue(&mut tx, &waiting(), None, 20).await.unwrap();
    drop(tx);
    let last = first.last().unwrap();
    let after = After { queue_at: last.queue_at, id: last.id };
    write(&home, async |tx| {
        // The last row shown is accepted, and an urgent one comes in before it.
        let mut gone = dossiers::dossier_by_id(tx, last.id).await.unwrap().unwrap();
        gone.status = 2;
        dossiers::save_dossier(tx, &gone, 1).await.unwrap();
        let mut urgent = dossier_row(30_000, OFFICE);
        urgent.queue_at = NOW.0 - 1;
        dossiers::insert_dossier(tx, &urgent).await.unwrap();
    })
    .await;
    let mut tx = home.db.read().await.unwrap();
    let second = list_queue(&mut tx, &waiting(), Some(after), 100).await.unwrap();
    assert_eq!(second, all[20..]);
}

on_both!(filters_narrow_and_nothing_to_ask_is_nothing);
async fn filters_narrow_and_nothing_to_ask_is_nothing(home: Home) {
    write(&home, async |tx| {
        ground(tx).await;
        for number in 1..=4_u128 {
            let mut row = dossier_row(number, OFFICE);
            row.assignee = (number == 1).then(|| id(77));
            row.due_at = Some(NOW.0 + number as i64);
            row.due_soon_at = Some(NOW.0 + number as i64 - 1 + i64::from(number == 4));
            row.step_due_at = row.due_at;
            row.holder_role = if number == 2 { "leader" } else { "reception" }.into();
            row.sub_state = match number {
                3 => "awaiting_issue",
                4 => "awaiting_settlement",
                _ => "examining",
            }
            .into();
            row.applicant_id = format!("{number}");
            row.procedure_code = format!("1.{number}");
            row.search_text = format!("ksor h nay so {number}");
            dossiers::insert_dossier(tx, &row).await.unwrap();
        }
    })
    .await;
    let mut tx = home.db.read().await.unwrap();
    let base = waiting();
    let cases = [
        ("assignee", Filter { assignees: vec![id(77)], ..base.clone() }, vec![1]),
        ("late", Filter { late_at: Some(NOW.0 + 3), ..base.clone() }, vec![1, 2]),
        ("due soon", Filter { due_soon_at: Some(NOW.0 + 3), ..base.clone() }, vec![3]),
        ("past its step", Filter { step_late_at: Some(NOW.0 + 3), ..base.clone() }, vec![1, 2]),
        ("holder", Filter { holder_roles: vec!["leader".into()], ..base.clone() }, vec![2]),
        ("sub-state", Filter { sub_states: vec!["awaiting_issue".into()], ..base.clone() }, vec![3]),
        ("to settle", Filter { awaiting_settlement: true, ..base.clone() }, vec![4]),
        ("person", Filter { exact_person: Some("4".into()), ..base.clone() }, vec![4]),
        ("procedure", Filter { procedure_code: Some("1.2".into()), ..base.clone() }, vec![2]),
        ("words", Filter { words: vec![vec!["ksor".into()], vec!["so 3".into()]], ..base.clone() }, vec![3]),
        (
            "a word in another spelling",
            Filter { words: vec![vec!["zzz".into(), "so 3".into()]], ..base.clone() },
            vec![3],
        ),
        ("no such word", Filter { words: vec![vec!["ksor".into()], vec!["zzz".into()]], ..base.clone() }, vec![]),
        ("other status", Filter { statuses: vec![2, 4], ..base.clone() }, vec![]),
        ("any status", Filter { statuses: vec![], ..base.clone() }, vec![1, 2, 3, 4]),
        ("no office", Filter { offices: vec![], ..base.clone() }, vec![]),
        ("two offices", Filter { offices: vec![OFFICE, 2], ..base }, vec![1, 2, 3, 4]),
    ];
    for (name, filter, expected) in cases {
        let rows = list_queue(&mut tx, &filter, None, 100).await.unwrap();
        let found: Vec<_> = rows.iter().map(|row| row.id).collect();
        assert_eq!(found, expected.iter().map(|number| id(*number)).collect::<Vec<_>>(), "{name}");
        assert_eq!(count_queue(&mut tx, &filter).await.unwrap(), expected.len() as i64, "{name}");
    }
}

on_both!(of_an_ended_office_only_what_is_closed_is_listed);
async fn of_an_ended_office_only_what_is_closed_is_listed(home: Home) {
    write(&home, async |tx| {
        ground(tx).await;
        for (number, office, status) in [(1, OFFICE, 1), (2, OFFICE, 10), (3, 2, 1), (4, 2, 9), (5, 2, 10), (6, 2, 3)] {
            let mut row = dossier_row(number, office);
            row.status = status;
            dossiers::insert_dossier(tx, &row).await.unwrap();
        }
    })
    .await;
    let mut tx = home.db.read().await.unwrap();
    let filter = Filter { offices: vec![OFFICE], closed_of: vec![2], ..Filter::default() };
    let rows = list_queue(&mut tx, &filter, None, 100).await.unwrap();
    let found: Vec<_> = rows.iter().map(|row| row.id).collect();
    assert_eq!(found, [id(1), id(2), id(5), id(6)]);
    assert_eq!(count_queue(&mut tx, &filter).await.unwrap(), 4);
}

on_both!(a_count_stops_at_a_hundred);
async fn a_count_stops_at_a_hundred(home: Home) {
    write(&home, async |tx| fill(tx, 99).await).await;
    for expected in [99, 100, 100] {
        let mut tx = home.db.read().await.unwrap();
        assert_eq!(count_queue(&mut tx, &waiting()).await.unwrap(), expected);
        drop(tx);
        let next = 40_000 + store_count(&home).await as u128;
        write(&home, async |tx| dossiers::insert_dossier(tx, &dossier_row(next, OFFICE)).await.unwrap()).await;
    }
}

async fn store_count(home: &Home) -> i64 {
    let mut tx = home.db.read().await.unwrap();
    store::on_engine!(&mut tx, |c| sqlx::query_scalar("SELECT COUNT(*) FROM dossiers").fetch_one(c).await).unwrap()
}

on_both!(a_duty_without_a_limit_is_no_limit_that_passed);
async fn a_duty_without_a_limit_is_no_limit_that_passed(home: Home) {
    write(&home, async |tx| {
        ground(tx).await;
        for number in 1..=4_u128 {
            let mut row = dossier_row(number, OFFICE);
            row.status = if number == 4 { 5 } else { 6 };
            row.queue_at = NOW.0 + if number == 1 { 9 } else { 0 };
            let respond_by = (number != 3).then_some(Instant(row.queue_at));
            let duty = OpenDuty { amount_note: "Tiền sử dụng đất".into(), asked: NOW, respond_by };
            row.state.duty = (number != 4).then_some(duty);
            dossiers::insert_dossier(tx, &row).await.unwrap();
        }
    })
    .await;
    let mut tx = home.db.read().await.unwrap();
    let filter = Filter { offices: vec![OFFICE], limit_before: Some(NOW.0 + 9), ..Filter::default() };
    let found = list_queue(&mut tx, &filter, None, 10).await.unwrap();
    assert_eq!(found.iter().map(|row| row.id).collect::<Vec<_>>(), [id(2), id(4)]);
}

on_both!(a_register_reads_no_more_events_than_its_lines_need);
async fn a_register_reads_no_more_events_than_its_lines_need(home: Home) {
    write(&home, async |tx| {
        ground(tx).await;
        for number in 1..=3_u128 {
            let mut row = dossier_row(number, OFFICE);
            row.received_at = Some(NOW.0 + number as i64);
            dossiers::insert_dossier(tx, &row).await.unwrap();
            let bodies = [
                Event::WithdrawalAsked { reason: "Không cần nữa".into() },
                Event::Assigned { step: 0, to: "mai".into(), step_due: None },
                Event::Withdrawn { papers: None, money: None, reason: String::new() },
            ];
            for (seq, body) in (1..).zip(bodies) {
                let event = EventRow {
                    seq,
                    at: NOW.0 + seq,
                    device_at: None,
                    actor_kind: "system".into(),
                    actor_id: None,
                    actor_name: String::new(),
                    actor_role: None,
                    acting_for: None,
                    mandate_id: None,
                    command_id: None,
                    body,
                };
                events::insert_event(tx, OFFICE, row.id, &event).await.unwrap();
            }
        }
    })
    .await;
    let mut tx = home.db.read().await.unwrap();
    let (from, to) = (NOW, NOW.plus_ms(9));
    let found = events::events_of_received(&mut tx, OFFICE, from, to, 2, &["assigned", "delivered"]).await.unwrap();
    let told: Vec<_> = found.iter().map(|(dossier, at, _)| (*dossier, *at)).collect();
    assert_eq!(told, [(id(1), NOW.0 + 2), (id(2), NOW.0 + 2)], "of the first two lines, and of these kinds alone");
    assert!(matches!(found[0].2, Event::Assigned { .. }));
}

on_both!(a_dossier_that_waits_is_late_only_when_its_due_moment_lay_before_its_pause);
async fn a_dossier_that_waits_is_late_only_when_its_due_moment_lay_before_its_pause(home: Home) {
    write(&home, async |tx| {
        ground(tx).await;
        // Due and due soon at 10; the first runs, the others have waited since 9, 10 and 11.
        for (number, paused_at) in [(1, None), (2, Some(9)), (3, Some(10)), (4, Some(11))] {
            let mut row = dossier_row(number, OFFICE);
            (row.due_at, row.due_soon_at, row.step_due_at) = (Some(10), Some(10), Some(9));
            row.paused_at = paused_at;
            dossiers::insert_dossier(tx, &row).await.unwrap();
            // What is saved is what was laid down.
            let mut saved = dossiers::dossier_by_id(tx, row.id).await.unwrap().unwrap();
            assert_eq!(saved, row);
            saved.paused_at = None;
            dossiers::save_dossier(tx, &saved, 1).await.unwrap();
            saved.paused_at = paused_at;
            dossiers::save_dossier(tx, &saved, 2).await.unwrap();
        }
    })
    .await;
    let mut tx = home.db.read().await.unwrap();
    let late = |now| Filter { late_at: Some(now), ..waiting() };
    let soon = |now| Filter { due_soon_at: Some(now), ..waiting() };
    let step = |now| Filter { step_late_at: Some(now), ..waiting() };
    let cases = [
        (late(10), vec![4]),
        (late(50), vec![1, 4]),
        (soon(9), vec![]),
        (soon(10), vec![1]),
        (soon(11), vec![]),
        (step(9), vec![]),
        (step(10), vec![1]),
    ];
    for (filter, expected) in cases {
        let rows = list_queue(&mut tx, &filter, None, 10).await.unwrap();
        let found: Vec<_> = rows.iter().map(|row| row.id).collect();
        assert_eq!(found, expected.iter().map(|number| id(*number)).collect::<Vec<_>>(), "{filter:?}");
        assert_eq!(count_queue(&mut tx, &filter).await.unwrap(), expected.len() as i64, "{filter:?}");
    }
}

on_both!(what_each_role_holds_is_counted_with_the_longest_wait);
async fn what_each_role_holds_is_counted_with_the_longest_wait(home: Home) {
    write(&home, async |tx| {
        ground(tx).await;
        for (number, role) in [(1, "leader"), (2, "reception"), (3, "leader"), (4, "records")] {
            let mut row = dossier_row(number, if number == 4 { 2 } else { OFFICE });
            row.holder_role = role.into();
            row.queue_at = NOW.0 + number as i64;
            (row.due_at, row.step_due_at) = (Some(100 - number as i64), Some(7));
            dossiers::insert_dossier(tx, &row).await.unwrap();
        }
    })
    .await;
    let mut tx = home.db.read().await.unwrap();
    let held = |holder_role: &str, dossiers, oldest| HeldRow { holder_role: holder_role.into(), dossiers, oldest };
    let cases = [
        (Since::Limit, [held("leader", 2, NOW.0 + 1), held("reception", 1, NOW.0 + 2)]),
        (Since::Due, [held("leader", 2, 97), held("reception", 1, 98)]),
        (Since::Step, [held("leader", 2, 7), held("reception", 1, 7)]),
    ];
    for (since, expected) in cases {
        assert_eq!(count_by_holder(&mut tx, &waiting(), since).await.unwrap(), expected, "{since:?}");
    }
    let nowhere = Filter { offices: vec![], ..waiting() };
    assert_eq!(count_by_holder(&mut tx, &nowhere, Since::Limit).await.unwrap(), []);
}

on_both!(sensitive_dossiers_are_listed_where_their_versions_may_be_read);
async fn sensitive_dossiers_are_listed_where_their_versions_may_be_read(home: Home) {
    write(&home, async |tx| {
        ground(tx).await;
        for (number, office, sensitive) in [(1, OFFICE, false), (2, OFFICE, true), (3, 2, true), (4, 2, false)] {
            let mut row = dossier_row(number, office);
            row.sensitive = sensitive;
            dossiers::insert_dossier(tx, &row).await.unwrap();
        }
    })
    .await;
    let version = dossier_row(1, OFFICE).procedure_version;
    let mut tx = home.db.read().await.unwrap();
    let here = Filter { offices: vec![OFFICE, 2], ..Filter::default() };
    for (sensitive_of, expected) in [
        (None, vec![1, 2, 3, 4]),
        (Some(vec![]), vec![1, 4]),
        (Some(vec![(OFFICE, vec![version])]), vec![1, 2, 4]),
        (Some(vec![(OFFICE, vec![version]), (2, vec![id(99), version])]), vec![1, 2, 3, 4]),
        (Some(vec![(2, vec![id(99)])]), vec![1, 4]),
    ] {
        let filter = Filter { sensitive_of, ..here.clone() };
        let rows = list_queue(&mut tx, &filter, None, 100).await.unwrap();
        let found: Vec<_> = rows.iter().map(|row| row.id).collect();
        assert_eq!(found, expected.iter().map(|number| id(*number)).collect::<Vec<_>>(), "{filter:?}");
        assert_eq!(count_queue(&mut tx, &filter).await.unwrap(), expected.len() as i64);
    }
}
