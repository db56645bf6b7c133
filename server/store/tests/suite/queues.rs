//! Queues: pages without a gap, counts that stop.

use super::{
    engine::Home,
    rows::{NOW, OFFICE, dossier_row, ground, id, write},
};
use crate::on_both;
use store::{
    Tx, dossiers,
    queues::{After, Filter, count_queue, list_queue},
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
            let Some(last) = page.last() else { break };
            after = Some(After { queue_at: last.queue_at, id: last.id });
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
            row.holder_role = if number == 2 { "leader" } else { "reception" }.into();
            row.sub_state = if number == 3 { "awaiting_issue" } else { "examining" }.into();
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
        ("assignee", Filter { assignee: Some(id(77)), ..base.clone() }, vec![1]),
        ("due before", Filter { due_before: Some(NOW.0 + 3), ..base.clone() }, vec![1, 2]),
        ("due from", Filter { due_from: Some(NOW.0 + 3), ..base.clone() }, vec![3, 4]),
        ("holder", Filter { holder_roles: vec!["leader".into()], ..base.clone() }, vec![2]),
        ("sub-state", Filter { sub_states: vec!["awaiting_issue".into()], ..base.clone() }, vec![3]),
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
