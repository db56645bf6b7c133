//! Two at once: a double click, two windows, two clerks, sixty receptions.

use super::{
    engine::Home,
    house::{ALLOWANCE, DONG_XUAN, House, SAME_DAY, is_stale},
};
use crate::on_both;
use domain::role::Role;
use office::{Error, act::Command, counter::WalkIn, error::Problem};
use std::{collections::HashSet, sync::Arc};
use tokio::sync::Barrier;
use uuid::Uuid;

/// How often each race is run.
const REPEATS: usize = 200;

/// Lets both go at the same moment and answers what each got.
pub async fn at_once<T: Send + 'static>(
    one: impl Future<Output = T> + Send + 'static,
    two: impl Future<Output = T> + Send + 'static,
) -> (T, T) {
    let start = Arc::new(Barrier::new(2));
    let begin = start.clone();
    let one = tokio::spawn(async move {
        begin.wait().await;
        one.await
    });
    let two = tokio::spawn(async move {
        start.wait().await;
        two.await
    });
    (one.await.unwrap(), two.await.unwrap())
}

on_both!(a_draft_submitted_twice_at_once_is_one_dossier);
async fn a_draft_submitted_twice_at_once_is_one_dossier(home: Home) {
    let house = House::open(home).await;
    let resident = house.nay().await;
    let mut dossiers = HashSet::new();
    for round in 0..REPEATS {
        let draft = house.draft(&resident, ALLOWANCE).await;
        // Half the rounds are a double click, with one command; half are two windows, with two.
        let first = house.office.new_id();
        let second = if round % 2 == 0 { first } else { house.office.new_id() };
        let submit = |command: Uuid| {
            let (office, who) = (house.office.clone(), resident.clone());
            async move { office.submit_draft(&who, draft, true, command).await }
        };
        let (one, two) = at_once(submit(first), submit(second)).await;
        let (one, two) = (one.unwrap(), two.unwrap());
        assert_eq!(one, two, "round {round}");
        assert!(dossiers.insert(one.dossier));
        // And once more, long after.
        assert_eq!(submit(first).await.unwrap(), one);
        assert_eq!(submit(house.office.new_id()).await.unwrap(), one);
    }
    let repeats = REPEATS as i64;
    assert_eq!(house.count("SELECT COUNT(*) FROM dossiers").await, repeats);
    assert_eq!(house.count("SELECT COUNT(*) FROM dossier_codes").await, repeats);
    assert_eq!(house.count("SELECT COUNT(*) FROM dossier_events").await, repeats);
    assert_eq!(house.count("SELECT COUNT(*) FROM papers").await, repeats);
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'submitted'").await, repeats);
}

on_both!(of_two_clerks_at_once_one_wins_and_the_other_is_told);
async fn of_two_clerks_at_once_one_wins_and_the_other_is_told(home: Home) {
    let house = House::open(home).await;
    let resident = house.nay().await;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let director = house.staff(DONG_XUAN, Role::CentreDirector).await;
    let mut codes = HashSet::new();
    for round in 0..REPEATS {
        let id = house.submitted(&resident, ALLOWANCE).await;
        let seen = house.row(id).await.version;
        let accept = |who: &office::Who| {
            let (office, who) = (house.office.clone(), who.clone());
            async move { office.accept_dossier(&who, id, None, Command { id: office.new_id(), seen }).await }
        };
        let (one, two) = at_once(accept(&clerk), accept(&director)).await;
        let won = usize::from(one.is_ok()) + usize::from(two.is_ok());
        let lost = usize::from(is_stale(&one)) + usize::from(is_stale(&two));
        assert_eq!((won, lost), (1, 1), "round {round}: {one:?} {two:?}");
        assert_eq!(house.events(id).await, ["submitted", "accepted"]);
        let row = house.row(id).await;
        assert_eq!((row.status, row.version), (2, seen + 1));
        assert!(codes.insert(row.code.unwrap()));
    }
    let repeats = REPEATS as i64;
    assert_eq!(house.count("SELECT COUNT(*) FROM papers WHERE kind = 'receipt'").await, repeats);
    // The one who lost used up no number.
    assert_eq!(house.count("SELECT value FROM counters WHERE kind = 'dossier'").await, repeats);
}

on_both!(a_double_click_of_a_clerk_is_one_act_and_no_quarrel);
async fn a_double_click_of_a_clerk_is_one_act_and_no_quarrel(home: Home) {
    let house = House::open(home).await;
    let resident = house.nay().await;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    for round in 0..REPEATS {
        let id = house.submitted(&resident, ALLOWANCE).await;
        let command = house.command(id).await;
        let accept = || {
            let (office, who) = (house.office.clone(), clerk.clone());
            async move { office.accept_dossier(&who, id, None, command).await }
        };
        let (one, two) = at_once(accept(), accept()).await;
        assert!(one.is_ok() && two.is_ok(), "round {round}: {one:?} {two:?}");
        accept().await.unwrap();
        assert_eq!(house.events(id).await, ["submitted", "accepted"]);
    }
    assert_eq!(house.count("SELECT COUNT(*) FROM papers WHERE kind = 'receipt'").await, REPEATS as i64);
}

on_both!(a_walk_in_received_twice_at_once_is_one_dossier);
async fn a_walk_in_received_twice_at_once_is_one_dossier(home: Home) {
    let house = House::open(home).await;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let director = house.staff(DONG_XUAN, Role::CentreDirector).await;
    for round in 0..REPEATS {
        let walk_in = WalkIn {
            procedure_code: SAME_DAY.into(),
            name: "Đinh Thị Sen".into(),
            citizen_id: format!("05419000{round:04}"),
            ..Default::default()
        };
        let receive = |who: &office::Who, command: Uuid| {
            let (office, who, walk_in) = (house.office.clone(), who.clone(), walk_in.clone());
            async move { office.receive_at_counter(&who, DONG_XUAN, walk_in, command).await }
        };
        let first = house.office.new_id();
        if round % 2 == 0 {
            let (one, two) = at_once(receive(&clerk, first), receive(&clerk, first)).await;
            assert_eq!(one.unwrap(), two.unwrap(), "round {round}");
        } else {
            // Two desks with the same person: the second is shown the dossier of the first.
            let (one, two) = at_once(receive(&clerk, first), receive(&director, house.office.new_id())).await;
            let (id, other) = match (one, two) {
                (Ok(id), Err(other)) | (Err(other), Ok(id)) => (id, other),
                both => panic!("round {round}: {both:?}"),
            };
            assert!(
                matches!(other, Error::Invalid(Problem::AlreadyOpen { dossier }) if dossier == id),
                "round {round}: {other:?}"
            );
        }
    }
    assert_eq!(house.count("SELECT COUNT(*) FROM dossiers").await, REPEATS as i64);
    assert_eq!(house.count("SELECT value FROM counters WHERE kind = 'dossier'").await, REPEATS as i64);
}

on_both!(sixty_acceptances_at_once_get_sixty_codes_of_the_day);
async fn sixty_acceptances_at_once_get_sixty_codes_of_the_day(home: Home) {
    let house = House::open(home).await;
    let resident = house.nay().await;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let mut commands = Vec::new();
    for _ in 0..60 {
        let id = house.submitted(&resident, ALLOWANCE).await;
        commands.push((id, house.command(id).await));
    }
    let start = Arc::new(Barrier::new(60));
    let accepting: Vec<_> = commands
        .iter()
        .map(|&(id, command)| {
            let (office, who, start) = (house.office.clone(), clerk.clone(), start.clone());
            tokio::spawn(async move {
                start.wait().await;
                office.accept_dossier(&who, id, None, command).await
            })
        })
        .collect();
    for accepted in accepting {
        accepted.await.unwrap().unwrap();
    }
    let mut codes = Vec::new();
    for (id, _) in commands {
        codes.push(house.row(id).await.code.unwrap());
    }
    codes.sort();
    let expected: Vec<String> = (1..=60).map(|number| format!("H15.50.05.13-261012-{number:04}")).collect();
    assert_eq!(codes, expected);
}

on_both!(a_draft_begun_twice_at_once_is_one_draft);
async fn a_draft_begun_twice_at_once_is_one_draft(home: Home) {
    let house = House::open(home).await;
    let resident = house.nay().await;
    for round in 0..REPEATS / 4 {
        let start = || {
            let (office, who) = (house.office.clone(), resident.clone());
            async move { office.start_draft(&who, ALLOWANCE, DONG_XUAN, office.new_id()).await }
        };
        let (one, two) = at_once(start(), start()).await;
        let draft = one.unwrap();
        assert_eq!(draft, two.unwrap(), "round {round}");
        house.office.drop_draft(&resident, draft, house.office.new_id()).await.unwrap();
    }
}
