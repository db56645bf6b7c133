//! Colleagues named in notes: each finds it, once, and only who may read the dossier.

use super::{
    engine::Home,
    house::{ALLOWANCE, DONG_XUAN, House, XUAN_LANH, login},
};
use crate::on_both;
use domain::role::Role;
use office::{
    Error, Who,
    error::Problem,
    mentions::{MentionLine, NAMED_MOST},
};

async fn list(house: &House, who: &Who) -> Vec<MentionLine> {
    house.office.mentions(who, None).await.unwrap().lines
}

on_both!(whoever_a_note_names_finds_it_and_says_that_they_saw_it);
async fn whoever_a_note_names_finds_it_and_says_that_they_saw_it(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let id = house.submitted(&house.nay().await, ALLOWANCE).await;
    let reception = house.staff(DONG_XUAN, Role::Reception).await;
    let director = house.staff(DONG_XUAN, Role::CentreDirector).await;
    let leader = house.staff(DONG_XUAN, Role::Leader).await;
    let by_login = format!("Nhờ @{} xem giúp.", login(DONG_XUAN, Role::CentreDirector).to_uppercase());
    let (command, chosen) = (office.new_id(), [leader.subject(), director.subject(), reception.subject()]);
    for _ in 0..2 {
        office.write_note(&reception, id, &by_login, &chosen, command).await.unwrap();
    }
    assert_eq!(house.count("SELECT COUNT(*) FROM mentions").await, 2, "each once, the writer not at all");
    assert!(list(&house, &reception).await.is_empty());
    let (mine, theirs) = (list(&house, &director).await, list(&house, &leader).await);
    assert_eq!((mine.len(), theirs.len()), (1, 1));
    assert_eq!(mine[0].dossier.as_ref().map(|row| row.id), Some(id));
    assert_eq!((mine[0].row.words.as_str(), mine[0].row.writer_name.as_str()), (by_login.as_str(), "Nguyễn Thị Mai"));
    assert_eq!(office.count_new_mentions(&director).await.unwrap(), 1);

    // Somebody else's is not there to be seen.
    let note = mine[0].row.note_id;
    let foreign = office.see_mention(&reception, note, office.new_id()).await;
    assert!(matches!(foreign, Err(Error::NotFound)), "{foreign:?}");
    let seen_at = house.clock.now();
    office.see_mention(&director, note, office.new_id()).await.unwrap();
    house.clock.set(seen_at.plus_ms(60_000));
    office.see_mention(&director, note, office.new_id()).await.unwrap();
    assert_eq!(list(&house, &director).await[0].row.seen_at, Some(seen_at.0), "seen when it was seen first");
    let counts =
        (office.count_new_mentions(&director).await.unwrap(), office.count_new_mentions(&leader).await.unwrap());
    assert_eq!(counts, (0, 1), "each for themselves");
    let view = office.dossier(&reception, id).await.unwrap();
    let seen: Vec<bool> = view.mentions.iter().map(|mention| mention.seen_at.is_some()).collect();
    assert_eq!(seen.iter().filter(|seen| **seen).count(), 1, "whoever wrote it sees who saw it");
    assert!(house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'view_mentions'").await > 0);
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'see_mention'").await, 2);
}

on_both!(a_note_names_nobody_who_may_not_read_the_dossier);
async fn a_note_names_nobody_who_may_not_read_the_dossier(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let id = house.submitted(&house.nay().await, ALLOWANCE).await;
    let reception = house.staff(DONG_XUAN, Role::Reception).await;
    let administrator = house.staff(DONG_XUAN, Role::Administrator).await;
    let stranger = house.staff(XUAN_LANH, Role::Leader).await;
    let write = async |words: String, to: Vec<office::Uuid>| {
        office.write_note(&reception, id, &words, &to, office.new_id()).await
    };
    for login in ["khong.co.ai".to_owned(), login(XUAN_LANH, Role::Leader)] {
        let refused = write(format!("@{login}"), Vec::new()).await;
        let unknown = matches!(&refused, Err(Error::Invalid(Problem::LoginUnknown { login: told })) if *told == login);
        assert!(unknown, "who works elsewhere is as unknown as nobody: {refused:?}");
    }
    let refused = write(format!("@{}", login(DONG_XUAN, Role::Administrator)), Vec::new()).await;
    let named = matches!(&refused, Err(Error::Invalid(Problem::MayNotRead { name })) if !name.is_empty());
    assert!(named, "{refused:?}");
    for person in [administrator.subject(), stranger.subject(), office::Uuid::nil()] {
        let refused = write("Xem".into(), vec![person]).await;
        assert!(matches!(refused, Err(Error::Invalid(Problem::MayNotRead { .. }))), "{refused:?}");
    }
    let many: String = (0..=NAMED_MOST).map(|number| format!("@nguoi.{number} ")).collect();
    let refused = write(many, Vec::new()).await;
    assert!(matches!(refused, Err(Error::Invalid(Problem::TooManyNamed { .. }))), "{refused:?}");
    assert_eq!(house.count("SELECT COUNT(*) FROM notes").await, 0, "a note that was refused is not there");
    let refused = office.mentions(&administrator, None).await.map(drop);
    assert!(matches!(refused, Err(Error::Forbidden)), "{refused:?}");
}

on_both!(who_may_read_a_dossier_no_more_reads_no_note_on_it);
async fn who_may_read_a_dossier_no_more_reads_no_note_on_it(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let id = house.submitted(&house.nay().await, ALLOWANCE).await;
    let reception = house.staff(DONG_XUAN, Role::Reception).await;
    let leader = house.staff(DONG_XUAN, Role::Leader).await;
    office.write_note(&reception, id, "Xem giúp", &[leader.subject()], office.new_id()).await.unwrap();
    // From tomorrow on the leader leads the other commune.
    let mut elsewhere = leader.clone();
    if let office::Actor::Staff(staff) = &mut elsewhere.actor {
        staff.positions.iter_mut().for_each(|position| position.office = XUAN_LANH);
    }
    let lines = list(&house, &elsewhere).await;
    assert_eq!(lines.len(), 1, "it is there, and can be taken out of what is new");
    assert!(lines[0].dossier.is_none() && lines[0].row.words.is_empty());
    office.see_mention(&elsewhere, lines[0].row.note_id, office.new_id()).await.unwrap();
    assert_eq!(office.count_new_mentions(&leader).await.unwrap(), 0);
}

on_both!(the_list_goes_on_by_its_last_line_from_what_is_new_to_what_was_seen);
async fn the_list_goes_on_by_its_last_line_from_what_is_new_to_what_was_seen(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let id = house.submitted(&house.nay().await, ALLOWANCE).await;
    let reception = house.staff(DONG_XUAN, Role::Reception).await;
    let leader = house.staff(DONG_XUAN, Role::Leader).await;
    for number in 0..70 {
        let words = format!("Ghi chú {number}");
        office.write_note(&reception, id, &words, &[leader.subject()], office.new_id()).await.unwrap();
    }
    let newest = list(&house, &leader).await;
    for line in &newest {
        office.see_mention(&leader, line.row.note_id, office.new_id()).await.unwrap();
    }
    let (mut found, mut before, mut pages) = (Vec::new(), None, 0);
    loop {
        let page = office.mentions(&leader, before).await.unwrap();
        found.extend(page.lines.iter().map(|line| (line.row.seen_at.is_some(), line.row.note_id)));
        pages += 1;
        before = page.next;
        if before.is_none() {
            break;
        }
    }
    assert_eq!((pages, found.len()), (3, 70));
    assert!(found.is_sorted_by(|a, b| (a.0, std::cmp::Reverse(a.1)) < (b.0, std::cmp::Reverse(b.1))), "{found:?}");
    assert_eq!(found.iter().filter(|(seen, _)| *seen).count(), newest.len());
}

on_both!(a_note_on_a_sensitive_dossier_names_those_alone_whose_steps_it_passes);
async fn a_note_on_a_sensitive_dossier_names_those_alone_whose_steps_it_passes(home: Home) {
    let house = House::open(home).await;
    house.change_local(ALLOWANCE, |local| local.sensitive = true).await;
    let office = &house.office;
    let id = house.submitted(&house.nay().await, ALLOWANCE).await;
    let reception = house.staff(DONG_XUAN, Role::Reception).await;
    let (leader, accountant) =
        (house.staff(DONG_XUAN, Role::Leader).await, house.staff(DONG_XUAN, Role::Accountant).await);
    let refused = office.write_note(&reception, id, "Xem", &[accountant.subject()], office.new_id()).await;
    assert!(matches!(refused, Err(Error::Invalid(Problem::MayNotRead { .. }))), "{refused:?}");
    office.write_note(&reception, id, "Xem", &[leader.subject()], office.new_id()).await.unwrap();
    assert_eq!(list(&house, &leader).await.len(), 1);
    let readers = office.dossier(&reception, id).await.unwrap().readers;
    assert!(readers.iter().any(|one| one.staff_id == leader.subject()));
    assert!(readers.iter().all(|one| one.staff_id != accountant.subject()), "nor is anybody else offered");
}
