//! Messages to residents: written with the fact, sent once, at the right time, to the right address.
// long because each rule of when and where a message goes is told once, on both engines.

use super::{
    engine::{Home, run},
    house::{ALLOWANCE, DONG_XUAN, House, SAME_DAY, XUAN_LANH, at, is_stale},
    organisations::{employed, filed, founded},
};
use crate::on_both;
use domain::{
    dossier::SupplementItem,
    message::Means,
    role::Role,
    time::{DAY_MS, Instant},
};
use office::{
    Config, Error, Uuid, Who,
    act::Command,
    counter::WalkIn,
    dossiers::Request,
    error::Problem,
    messages::{Carried, Carrier, Carrying, Choosing, Letter, MessageRow, PendingState, Worded},
    stuck::Stuck,
};
use std::sync::{Arc, Mutex};

/// A carrier of this test's own: it answers what it is told to, and keeps what it took.
#[derive(Default)]
pub struct Post {
    /// What it answers, the last one first; when nothing is left it takes everything.
    answers: Mutex<Vec<Carried>>,
    taken: Mutex<Vec<Letter>>,
    asked: Mutex<usize>,
}

impl Post {
    fn answering(answers: impl IntoIterator<Item = Carried>) -> Self {
        let mut answers: Vec<_> = answers.into_iter().collect();
        answers.reverse();
        Self { answers: Mutex::new(answers), ..Self::default() }
    }

    pub fn bodies(&self) -> Vec<String> {
        self.taken.lock().unwrap().iter().map(|letter| letter.body.clone()).collect()
    }
}

impl Carrier for Post {
    fn carry<'a>(&'a self, letter: &'a Letter) -> Carrying<'a> {
        Box::pin(async move {
            tokio::task::yield_now().await;
            *self.asked.lock().unwrap() += 1;
            let answer = self.answers.lock().unwrap().pop().unwrap_or(Carried::Taken);
            if answer == Carried::Taken {
                self.taken.lock().unwrap().push(letter.clone());
            }
            answer
        })
    }
}

fn trouble() -> Carried {
    Carried::Trouble("smtp_451".into())
}

pub async fn open(home: Home) -> House {
    let config = Config {
        message_means: Means::ALL.to_vec(),
        message_words: |told| Worded {
            subject: format!("{} {}", told.message.key(), told.code),
            body: format!("{} {} {}", told.message.key(), told.code, told.one_time_code).trim().into(),
        },
        ..Config::default()
    };
    House::open_with(home, config).await
}

fn choosing(means: &str) -> Choosing {
    Choosing {
        means: means.into(),
        email: "nay@example.vn".into(),
        phone: "0905 123 456".into(),
        quiet_from: "21:00".into(),
        quiet_to: "06:30".into(),
    }
}

pub async fn send(house: &House, means: Means, post: &Post) -> u64 {
    house.office.send_due_messages(means, post, || false).await.unwrap()
}

/// The resident asks to be told at an address and proves it.
pub async fn told_by(house: &House, who: &Who, means: Means) {
    let office = &house.office;
    office.choose_messages(who, choosing(means.key()), office.new_id()).await.unwrap();
    let post = Post::default();
    assert_eq!(send(house, means, &post).await, 1);
    let body = post.bodies().remove(0);
    let code = body.split(' ').next_back().unwrap();
    office.confirm_message_address(who, code, office.new_id()).await.unwrap();
}

pub async fn messages(house: &House, id: Uuid) -> Vec<MessageRow> {
    let reception = house.staff(DONG_XUAN, Role::Reception).await;
    house.office.dossier(&reception, id).await.unwrap().messages
}

pub async fn states(house: &House, id: Uuid) -> Vec<(String, String)> {
    messages(house, id).await.into_iter().map(|row| (row.body.key().to_string(), row.state)).collect()
}

pub fn pair(kind: &str, state: &str) -> (String, String) {
    (kind.into(), state.into())
}

/// Changes the tables themselves, as only their owner can.
async fn change(house: &House, sql: &str) {
    let mut tx = house.office.db().write().await.unwrap();
    run(&mut tx, sql).await.unwrap();
    tx.commit().await.unwrap();
}

async fn ask_supplement(house: &House, id: Uuid) {
    ask_supplement_by(house, Role::Reception, id).await;
}

async fn ask_supplement_by(house: &House, role: Role, id: Uuid) {
    let who = house.staff(DONG_XUAN, role).await;
    let item = SupplementItem { path_or_paper: String::new(), what: "Đơn".into(), why: "Chưa ký".into() };
    let request = Request { items: vec![item], reason: "Bổ sung".into(), basis: "Điều 9".into() };
    house.office.ask_supplement(&who, id, request, house.command(id).await).await.unwrap();
}

/// A dossier of fifteen days for a supplement that is asked for on the 12th of October.
async fn lacking(house: &House, who: &Who) -> Uuid {
    let id = house.assigned(who, ALLOWANCE).await;
    ask_supplement_by(house, Role::Specialist, id).await;
    let limit = Instant(house.row(id).await.queue_at);
    assert_eq!(limit.day(), at("2026-10-27T00:00").day());
    id
}

on_both!(a_resident_is_told_of_what_happened_and_of_nothing_else);
async fn a_resident_is_told_of_what_happened_and_of_nothing_else(home: Home) {
    let house = open(home).await;
    let (office, nay) = (&house.office, house.nay().await);
    // Nothing was chosen: nobody is told.
    let untold = house.accepted(&nay, ALLOWANCE).await;
    assert_eq!(states(&house, untold).await, []);
    told_by(&house, &nay, Means::Email).await;
    let id = house.accepted(&nay, ALLOWANCE).await;
    let code = house.row(id).await.code.unwrap();
    let post = Post::default();
    assert_eq!(send(&house, Means::Sms, &post).await, 0, "a letter is no short message");
    assert_eq!(send(&house, Means::Email, &post).await, 1);
    assert_eq!(post.bodies(), [format!("received {code}")]);
    assert_eq!(post.taken.lock().unwrap()[0].to, "nay@example.vn");
    assert_eq!(send(&house, Means::Email, &post).await, 0, "once");
    ask_supplement(&house, id).await;
    let reception = house.staff(DONG_XUAN, Role::Reception).await;
    assert_eq!(send(&house, Means::Email, &post).await, 1);
    let nothing = domain::question::Typed::new();
    office.answer_supplement(&reception, id, nothing, house.command(id).await).await.unwrap();
    let director = house.staff(DONG_XUAN, Role::CentreDirector).await;
    office.finish_at_once(&director, id, house.command(id).await).await.unwrap();
    send(&house, Means::Email, &post).await;
    let kinds = ["received", "supplement_asked", "supplement_received", "result_ready"];
    let sent = states(&house, id).await;
    assert_eq!(sent.iter().map(|(kind, _)| kind.as_str()).collect::<Vec<_>>(), kinds);
    // That the supplement came is no news beside the result.
    assert_eq!(sent[2], pair("supplement_received", "dropped"));
    assert_eq!(post.bodies().last().unwrap(), &format!("result_ready {code}"));
    // Its resident sees the same; the applicant's answer and the record hold no address.
    assert_eq!(office.my_dossier(&nay, id).await.unwrap().messages.len(), 4);
    let told = house.count("SELECT COUNT(*) FROM audit_rows WHERE CAST(detail AS TEXT) LIKE '%nay@example%'").await;
    assert_eq!(told, 0, "no address in the record");
}

on_both!(a_message_stands_or_falls_with_the_fact_it_tells_of);
async fn a_message_stands_or_falls_with_the_fact_it_tells_of(home: Home) {
    let house = open(home).await;
    let (office, nay) = (&house.office, house.nay().await);
    told_by(&house, &nay, Means::Email).await;
    let id = house.submitted(&nay, ALLOWANCE).await;
    let reception = house.staff(DONG_XUAN, Role::Reception).await;
    // A message that cannot be written takes the act with it.
    let (row, events) = (house.row(id).await, house.events(id).await);
    let of_postgres = office.db().engine() == "postgres";
    let full = match of_postgres {
        true => "CREATE TRIGGER full_up BEFORE INSERT ON messages FOR EACH ROW EXECUTE FUNCTION refuse_change()",
        false => "CREATE TRIGGER full_up BEFORE INSERT ON messages BEGIN SELECT RAISE(ABORT, 'full'); END",
    };
    change(&house, full).await;
    let failed = office.accept_dossier(&reception, id, None, house.command(id).await).await;
    assert!(matches!(failed, Err(Error::Broken(_))), "{failed:?}");
    assert_eq!(house.row(id).await, row);
    assert_eq!(house.events(id).await, events);
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'accepted'").await, 0);
    assert_eq!(states(&house, id).await, []);
    change(&house, if of_postgres { "DROP TRIGGER full_up ON messages" } else { "DROP TRIGGER full_up" }).await;
    // Two clerks accept at once, and one of them presses twice: one fact, one message.
    let commands = [house.command(id).await, house.command(id).await];
    let accept = |command: Command| {
        let (office, reception) = (office.clone(), reception.clone());
        tokio::spawn(async move { office.accept_dossier(&reception, id, None, command).await })
    };
    let [one, two] = commands.map(accept);
    let outcomes = [one.await.unwrap(), two.await.unwrap()];
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
    assert_eq!(outcomes.iter().filter(|outcome| is_stale(outcome)).count(), 1, "{outcomes:?}");
    let first = if outcomes[0].is_ok() { commands[0] } else { commands[1] };
    office.accept_dossier(&reception, id, None, first).await.unwrap();
    assert_eq!(states(&house, id).await, [pair("received", "waiting")]);
    assert_eq!(house.events(id).await.iter().filter(|name| *name == "accepted").count(), 1);
}

on_both!(an_address_counts_once_its_code_has_come_back);
async fn an_address_counts_once_its_code_has_come_back(home: Home) {
    let house = open(home).await;
    let (office, nay) = (&house.office, house.nay().await);
    house.clock.set(at("2026-10-12T23:00"));
    let again = office.new_id();
    office.choose_messages(&nay, choosing("email"), again).await.unwrap();
    office.choose_messages(&nay, choosing("email"), again).await.unwrap();
    let choice = office.my_message_choice(&nay).await.unwrap();
    assert_eq!((choice.means, choice.email), (None, None));
    assert_eq!(choice.pending.unwrap().state, PendingState::Sending);
    let id = house.accepted(&nay, ALLOWANCE).await;
    assert_eq!(states(&house, id).await, [], "nothing goes to an address that nobody proved");
    // The resident waits for the code: the night does not hold it back.
    let post = Post::default();
    assert_eq!(send(&house, Means::Email, &post).await, 1, "one code for a form that came twice");
    let code = post.bodies()[0].split(' ').next_back().unwrap().to_string();
    assert_eq!(code.len(), 6);
    let shown =
        house.count("SELECT COUNT(*) FROM messages WHERE CAST(body AS TEXT) LIKE '%code%' AND office_id <> 0").await;
    assert_eq!(shown, 0);
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let refused = office.confirm_message_address(&nay, wrong, office.new_id()).await;
    assert!(matches!(refused, Err(Error::Invalid(Problem::CodeWrong { tries_left: 4 }))), "{refused:?}");
    // Fifteen minutes later it serves no more.
    house.clock.set(at("2026-10-12T23:15"));
    assert_eq!(office.my_message_choice(&nay).await.unwrap().pending.unwrap().state, PendingState::Over);
    assert!(office.confirm_message_address(&nay, &code, office.new_id()).await.is_err());
    office.choose_messages(&nay, choosing("email"), office.new_id()).await.unwrap();
    send(&house, Means::Email, &post).await;
    let newer = post.bodies()[1].split(' ').next_back().unwrap().to_string();
    let once = office.new_id();
    office.confirm_message_address(&nay, &newer, once).await.unwrap();
    office.confirm_message_address(&nay, &newer, once).await.unwrap();
    let choice = office.my_message_choice(&nay).await.unwrap();
    assert_eq!(
        (choice.means, choice.email.as_deref(), choice.pending),
        (Some(Means::Email), Some("nay@example.vn"), None)
    );
    let codes = house.count("SELECT COUNT(*) FROM message_choices WHERE code_hash IS NOT NULL").await;
    assert_eq!(codes, 0, "the code is used up");
    // Five wrong ones, and the sixth is not looked at.
    let mut other = choosing("email");
    other.email = "khac@example.vn".into();
    office.choose_messages(&nay, other, office.new_id()).await.unwrap();
    for _ in 0..5 {
        assert!(office.confirm_message_address(&nay, "1", office.new_id()).await.is_err());
    }
    let locked = office.confirm_message_address(&nay, "1", office.new_id()).await;
    assert!(matches!(locked, Err(Error::Locked { .. })), "{locked:?}");
    assert_eq!(office.my_message_choice(&nay).await.unwrap().email.as_deref(), Some("nay@example.vn"));
}

on_both!(what_is_typed_of_an_address_is_read_before_anything_is_sent);
async fn what_is_typed_of_an_address_is_read_before_anything_is_sent(home: Home) {
    let house = open(home).await;
    let (office, nay) = (&house.office, house.nay().await);
    let refused = async |change: fn(&mut Choosing)| {
        let mut typed = choosing("email");
        change(&mut typed);
        match office.choose_messages(&nay, typed, office.new_id()).await {
            Err(Error::Invalid(problem)) => problem,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(refused(|typed| typed.email = "nay".into()).await, Problem::EmailInvalid);
    assert_eq!(refused(|typed| typed.means = "thu".into()).await, Problem::Missing("means"));
    assert_eq!(refused(|typed| typed.quiet_to = "25:00".into()).await, Problem::Missing("quiet_to"));
    let problem = |phone: &str| Choosing { phone: phone.into(), ..choosing("sms") };
    for (phone, expected) in [("0905", Problem::PhoneInvalid), ("0257 3822 123", Problem::PhoneNotMobile)] {
        match office.choose_messages(&nay, problem(phone), office.new_id()).await {
            Err(Error::Invalid(found)) => assert_eq!(found, expected),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(house.count("SELECT COUNT(*) FROM messages").await, 0);
    // Nobody is flooded with codes.
    for number in 0..12 {
        let mut typed = choosing("email");
        typed.email = format!("nay{number}@example.vn");
        let asked = office.choose_messages(&nay, typed, office.new_id()).await;
        assert_eq!(asked.is_ok(), number < 6, "{number}: {asked:?}");
        // No try was wrong, so it is not told as one.
        let end = house.clock.now().plus_ms(3_600_000);
        assert!(
            number < 6 || matches!(asked, Err(Error::TooManyCodes { until }) if until == end),
            "{number}: {asked:?}"
        );
    }
}

on_both!(messages_wait_for_the_morning_and_those_due_leave_then);
async fn messages_wait_for_the_morning_and_those_due_leave_then(home: Home) {
    let house = open(home).await;
    let nay = house.nay().await;
    told_by(&house, &nay, Means::Sms).await;
    house.clock.set(at("2026-10-12T20:59"));
    let id = house.accepted(&nay, ALLOWANCE).await;
    // Laid down by day, but no worker ran before the night.
    house.clock.set(at("2026-10-12T21:00"));
    let post = Post::default();
    assert_eq!(send(&house, Means::Sms, &post).await, 0);
    let second = house.accepted(&nay, ALLOWANCE).await;
    let morning = at("2026-10-13T06:30").0;
    for id in [id, second] {
        let rows = messages(&house, id).await;
        assert_eq!((rows[0].send_at, rows[0].attempts), (morning, 0), "the night is no try that failed");
    }
    house.clock.set(at("2026-10-13T06:29"));
    assert_eq!(send(&house, Means::Sms, &post).await, 0);
    house.clock.set(at("2026-10-13T06:30"));
    assert_eq!(send(&house, Means::Sms, &post).await, 2);
}

on_both!(a_message_that_is_no_longer_true_or_wanted_is_not_sent);
async fn a_message_that_is_no_longer_true_or_wanted_is_not_sent(home: Home) {
    let house = open(home).await;
    let (office, nay) = (&house.office, house.nay().await);
    told_by(&house, &nay, Means::Email).await;
    let stopped = house.accepted(&nay, ALLOWANCE).await;
    let leader = house.staff(DONG_XUAN, Role::Leader).await;
    office.stop_dossier(&leader, stopped, "Người nộp đã mất".into(), house.command(stopped).await).await.unwrap();
    let post = Post::default();
    assert_eq!(send(&house, Means::Email, &post).await, 1);
    assert_eq!(states(&house, stopped).await, [pair("received", "dropped"), pair("stopped", "sent")]);
    // Another address since: the message goes there.
    let moved = house.accepted(&nay, ALLOWANCE).await;
    told_by(&house, &nay, Means::Sms).await;
    assert_eq!(send(&house, Means::Email, &post).await, 0);
    assert_eq!(send(&house, Means::Sms, &post).await, 1);
    assert_eq!(post.taken.lock().unwrap().last().unwrap().to, "+84905123456");
    assert_eq!(messages(&house, moved).await[0].means, "sms");
    // No message at all since.
    let unwanted = house.accepted(&nay, ALLOWANCE).await;
    office.choose_messages(&nay, choosing("none"), office.new_id()).await.unwrap();
    assert_eq!(send(&house, Means::Sms, &post).await, 0);
    let row = messages(&house, unwanted).await.remove(0);
    assert_eq!((row.state.as_str(), row.problem.as_deref()), ("dropped", Some("not_wanted")));
}

on_both!(a_carrier_that_is_down_for_an_hour_loses_nothing);
async fn a_carrier_that_is_down_for_an_hour_loses_nothing(home: Home) {
    let house = open(home).await;
    let (office, nay) = (&house.office, house.nay().await);
    told_by(&house, &nay, Means::Email).await;
    let mut ids = Vec::new();
    for _ in 0..3 {
        ids.push(house.accepted(&nay, ALLOWANCE).await);
    }
    let down = Post::answering(std::iter::repeat_n(trouble(), 1_000));
    let mut tries = 0;
    for _ in 0..60 {
        // One that does not get on keeps no other back: each round goes on to the next.
        for _ in 0..3 {
            assert_eq!(send(&house, Means::Email, &down).await, 0);
        }
        house.clock.set(house.clock.now().plus_ms(60_000));
        tries = *down.asked.lock().unwrap();
    }
    assert!((9..=24).contains(&tries), "the pauses grow: {tries} tries of three messages in an hour");
    let administrator = house.staff(DONG_XUAN, Role::Administrator).await;
    let stuck = office.stuck(&administrator).await.unwrap();
    let waiting = stuck.iter().find_map(|one| match one {
        Stuck::Messages { means: Means::Email, messages, .. } => Some((*messages, one.owner())),
        _ => None,
    });
    assert_eq!(waiting, Some((3, Some(Role::Administrator))));
    let up = Post::default();
    house.clock.set(house.clock.now().plus_ms(3_600_000));
    assert_eq!(send(&house, Means::Email, &up).await, 3);
    for id in ids {
        assert_eq!(states(&house, id).await, [pair("received", "sent")]);
    }
    let stuck = office.stuck(&administrator).await.unwrap();
    assert!(!stuck.iter().any(|one| matches!(one, Stuck::Messages { .. })), "{stuck:?}");
}

on_both!(a_refused_message_stands_in_sight_until_it_is_sent_again);
async fn a_refused_message_stands_in_sight_until_it_is_sent_again(home: Home) {
    let house = open(home).await;
    let (office, nay) = (&house.office, house.nay().await);
    told_by(&house, &nay, Means::Email).await;
    let id = house.accepted(&nay, ALLOWANCE).await;
    let post = Post::answering([Carried::Refused("smtp_550".into())]);
    assert_eq!(send(&house, Means::Email, &post).await, 0);
    house.clock.set(house.clock.now().plus_ms(3_600_000));
    assert_eq!(send(&house, Means::Email, &post).await, 0, "it is not tried again by itself");
    let code = house.row(id).await.code.unwrap();
    let refused_of = async |unit: i64| {
        let who = house.staff(unit, Role::Administrator).await;
        let stuck = office.stuck(&who).await.unwrap();
        stuck.into_iter().filter(|one| matches!(one, Stuck::Message { .. })).collect::<Vec<_>>()
    };
    let seen = refused_of(DONG_XUAN).await;
    let Stuck::Message { id: message, code: of, problem, .. } = &seen[0] else { panic!("{seen:?}") };
    assert_eq!((of, problem.as_str(), seen[0].owner()), (&code, "smtp_550", Some(Role::Reception)));
    assert_eq!(refused_of(XUAN_LANH).await, [], "each unit sees its own");
    // Who may.
    let stranger = house.staff(XUAN_LANH, Role::Reception).await;
    let specialist = house.staff(DONG_XUAN, Role::Specialist).await;
    for who in [&stranger, &specialist] {
        assert!(matches!(office.resend_message(who, *message, office.new_id()).await, Err(Error::Forbidden)));
    }
    assert!(matches!(office.resend_message(&nay, *message, office.new_id()).await, Err(Error::SignInFirst)));
    let (administrator, command) = (house.staff(DONG_XUAN, Role::Administrator).await, office.new_id());
    office.resend_message(&administrator, *message, command).await.unwrap();
    assert_eq!(refused_of(DONG_XUAN).await, []);
    assert_eq!(send(&house, Means::Email, &post).await, 1);
    office.resend_message(&administrator, *message, command).await.unwrap();
    assert_eq!(send(&house, Means::Email, &post).await, 0, "a repeat sends nothing more");
    let late = office.resend_message(&administrator, *message, office.new_id()).await;
    assert!(matches!(late, Err(Error::Stale)), "{late:?}");
    assert_eq!(states(&house, id).await, [pair("received", "sent")]);
}

on_both!(a_refused_message_is_settled_by_telling_its_resident_otherwise);
async fn a_refused_message_is_settled_by_telling_its_resident_otherwise(home: Home) {
    let house = open(home).await;
    let (office, nay) = (&house.office, house.nay().await);
    told_by(&house, &nay, Means::Email).await;
    let id = house.accepted(&nay, ALLOWANCE).await;
    let post = Post::answering([Carried::Refused("smtp_550".into())]);
    assert_eq!(send(&house, Means::Email, &post).await, 0);
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let messages = office.dossier(&clerk, id).await.unwrap().messages;
    let message = messages[0].id;

    // Who may, and with which words.
    let specialist = house.staff(DONG_XUAN, Role::Specialist).await;
    let stranger = house.staff(XUAN_LANH, Role::Reception).await;
    for who in [&specialist, &stranger] {
        let refused = office.tell_otherwise(who, message, "Gọi điện.", office.new_id()).await;
        assert!(matches!(refused, Err(Error::Forbidden)), "{refused:?}");
    }
    assert!(matches!(office.tell_otherwise(&nay, message, "x", office.new_id()).await, Err(Error::SignInFirst)));
    for (words, problem) in
        [("  ".to_owned(), Problem::Missing("told_how")), ("a".repeat(301), Problem::TooLong("told_how"))]
    {
        match office.tell_otherwise(&clerk, message, &words, office.new_id()).await {
            Err(Error::Invalid(found)) => assert_eq!(found, problem),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(states(&house, id).await, [pair("received", "refused")]);

    let command = office.new_id();
    for _ in 0..2 {
        office.tell_otherwise(&clerk, message, " Gọi số của con, đã nghe. ", command).await.unwrap();
    }
    let late = office.tell_otherwise(&clerk, message, "Gọi lần nữa.", office.new_id()).await;
    assert!(matches!(late, Err(Error::Stale)), "{late:?}");
    let late = office.resend_message(&clerk, message, office.new_id()).await;
    assert!(matches!(late, Err(Error::Stale)), "{late:?}");
    assert_eq!(states(&house, id).await, [pair("received", "told_otherwise")]);
    let told = office.dossier(&clerk, id).await.unwrap().messages[0].clone();
    assert_eq!(
        (told.told_how.as_deref(), told.problem.as_deref()),
        (Some("Gọi số của con, đã nghe."), Some("smtp_550"))
    );
    let administrator = house.staff(DONG_XUAN, Role::Administrator).await;
    let stuck = office.stuck(&administrator).await.unwrap();
    assert!(!stuck.iter().any(|one| matches!(one, Stuck::Message { .. })), "{stuck:?}");
    house.clock.set(house.clock.now().plus_ms(3_600_000));
    assert_eq!(send(&house, Means::Email, &post).await, 0, "nothing is sent any more");
    assert_eq!(house.count("SELECT COUNT(*) FROM audit_rows WHERE act = 'tell_otherwise'").await, 1);
    // The words stand with the message alone.
    assert_eq!(
        house.count("SELECT COUNT(*) FROM audit_rows WHERE CAST(detail AS TEXT) LIKE '%con, đã nghe%'").await,
        0
    );
}

on_both!(a_refused_message_about_a_sensitive_dossier_says_to_its_readers_alone_which_it_is);
async fn a_refused_message_about_a_sensitive_dossier_says_to_its_readers_alone_which_it_is(home: Home) {
    let house = open(home).await;
    house.change_local(ALLOWANCE, |local| local.sensitive = true).await;
    let (office, nay) = (&house.office, house.nay().await);
    told_by(&house, &nay, Means::Email).await;
    let id = house.accepted(&nay, ALLOWANCE).await;
    let post = Post::answering([Carried::Refused("smtp_550".into())]);
    assert_eq!(send(&house, Means::Email, &post).await, 0);
    let code = house.row(id).await.code.unwrap();
    let shown =
        [(Role::Leader, code.as_str()), (Role::CentreDirector, ""), (Role::Controller, ""), (Role::Administrator, "")];
    for (role, shown) in shown {
        let stuck = office.stuck(&house.staff(DONG_XUAN, role).await).await.unwrap();
        let of_message = |one: &Stuck| match one {
            Stuck::Message { code, .. } => Some(code.clone()),
            _ => None,
        };
        let named: Vec<String> = stuck.iter().filter_map(of_message).collect();
        assert_eq!(named, [shown], "{}", role.key());
    }
}

on_both!(two_workers_never_send_the_same_message_twice);
async fn two_workers_never_send_the_same_message_twice(home: Home) {
    let house = open(home).await;
    let nay = house.nay().await;
    told_by(&house, &nay, Means::Email).await;
    for _ in 0..6 {
        house.accepted(&nay, ALLOWANCE).await;
    }
    let post = Arc::new(Post::default());
    let worker = || {
        let (office, post) = (house.office.clone(), post.clone());
        tokio::spawn(async move { office.send_due_messages(Means::Email, post.as_ref(), || false).await.unwrap() })
    };
    let workers = [worker(), worker(), worker()];
    let mut sent = 0;
    for worker in workers {
        sent += worker.await.unwrap();
    }
    assert_eq!(sent, 6);
    let mut ids: Vec<_> = post.taken.lock().unwrap().iter().map(|letter| letter.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!((ids.len(), *post.asked.lock().unwrap()), (6, 6));
}

/// A carrier that takes the letter, after which its worker dies.
struct LastPost;

impl Carrier for LastPost {
    fn carry<'a>(&'a self, _: &'a Letter) -> Carrying<'a> {
        Box::pin(std::future::pending())
    }
}

on_both!(a_worker_that_dies_between_sending_and_noting_it_leaves_the_message_to_another);
async fn a_worker_that_dies_between_sending_and_noting_it_leaves_the_message_to_another(home: Home) {
    let house = open(home).await;
    let nay = house.nay().await;
    told_by(&house, &nay, Means::Email).await;
    let id = house.accepted(&nay, ALLOWANCE).await;
    let office = house.office.clone();
    let dying = tokio::spawn(async move { office.send_due_messages(Means::Email, &LastPost, || false).await });
    while messages(&house, id).await[0].attempts == 0 {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    dying.abort();
    let post = Post::default();
    house.clock.set(house.clock.now().plus_ms(120_000));
    assert_eq!(send(&house, Means::Email, &post).await, 0, "the dead worker's lease holds");
    house.clock.set(house.clock.now().plus_ms(1));
    assert_eq!(send(&house, Means::Email, &post).await, 1);
    let kept = messages(&house, id).await[0].id;
    assert_eq!(post.taken.lock().unwrap()[0].id, kept, "a double has the same name");
}

fn walk_in(phone: &str, agreed: bool) -> WalkIn {
    WalkIn {
        procedure_code: SAME_DAY.into(),
        name: "Sô Minh Thuận".into(),
        phone: phone.into(),
        tell_by_phone: agreed,
        ..WalkIn::default()
    }
}

async fn receive(house: &House, clerk: &Who, phone: &str, agreed: bool) -> Result<Uuid, Error> {
    house.office.receive_at_counter(clerk, DONG_XUAN, walk_in(phone, agreed), house.office.new_id()).await
}

on_both!(a_walk_in_is_told_at_the_telephone_they_agreed_to);
async fn a_walk_in_is_told_at_the_telephone_they_agreed_to(home: Home) {
    let house = open(home).await;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    let silent = receive(&house, &clerk, "0905 123 456", false).await.unwrap();
    assert_eq!(states(&house, silent).await, []);
    let told = receive(&house, &clerk, "0905 123 456", true).await.unwrap();
    assert_eq!(states(&house, told).await, [pair("received", "waiting")]);
    let post = Post::default();
    assert_eq!(send(&house, Means::Sms, &post).await, 1);
    assert_eq!(post.taken.lock().unwrap()[0].to, "+84905123456");
    for (phone, problem) in [("", Problem::PhoneInvalid), ("0257 3822 123", Problem::PhoneNotMobile)] {
        match receive(&house, &clerk, phone, true).await {
            Err(Error::Invalid(found)) => assert_eq!(found, problem),
            other => panic!("{other:?}"),
        }
    }
}

on_both!(short_messages_go_without_accents_unless_they_are_paid_for);
async fn short_messages_go_without_accents_unless_they_are_paid_for(home: Home) {
    let config = Config {
        message_means: Means::ALL.to_vec(),
        message_words: |told| Worded {
            subject: String::new(),
            body: format!("{}: Đã tiếp nhận hồ sơ", told.office_name),
        },
        ..Config::default()
    };
    let house = House::open_with(home, config).await;
    let clerk = house.staff(DONG_XUAN, Role::Reception).await;
    receive(&house, &clerk, "0905 123 456", true).await.unwrap();
    let post = Post::default();
    assert_eq!(send(&house, Means::Sms, &post).await, 1);
    assert_eq!(post.bodies(), ["Uy ban nhan dan xa Dong Xuan: Da tiep nhan ho so"]);
}

on_both!(of_an_organisations_dossier_hears_who_filed_it_while_they_act_for_it_and_then_its_representative);
async fn of_an_organisations_dossier_hears_who_filed_it_while_they_act_for_it_and_then_its_representative(home: Home) {
    let house = open(home).await;
    let office = &house.office;
    let (representative, organisation) = founded(&house).await;
    let (employee, member) = employed(&house, &representative, organisation, 30).await;
    told_by(&house, &employee, Means::Email).await;
    told_by(&house, &representative, Means::Sms).await;
    let id = filed(&house, &employee, organisation).await;
    let reception = house.staff(DONG_XUAN, Role::Reception).await;
    office.accept_dossier(&reception, id, None, house.command(id).await).await.unwrap();
    let post = Post::default();
    assert_eq!(send(&house, Means::Sms, &post).await, 0);
    assert_eq!(send(&house, Means::Email, &post).await, 1, "who filed it hears of it");
    ask_supplement(&house, id).await;
    office.end_employee(&representative, organisation, member, office.new_id()).await.unwrap();
    assert_eq!(send(&house, Means::Email, &post).await, 0, "who acts for it no more does not");
    assert_eq!(states(&house, id).await[1], pair("supplement_asked", "dropped"));
    let nothing = domain::question::Typed::new();
    office.answer_supplement(&reception, id, nothing, house.command(id).await).await.unwrap();
    assert_eq!(send(&house, Means::Sms, &post).await, 1, "its representative does from then on");
}

on_both!(of_a_supplement_that_is_due_soon_its_resident_is_reminded_once_whoever_looks);
async fn of_a_supplement_that_is_due_soon_its_resident_is_reminded_once_whoever_looks(home: Home) {
    let house = open(home).await;
    let (office, nay) = (&house.office, house.nay().await);
    told_by(&house, &nay, Means::Email).await;
    let id = lacking(&house, &nay).await;
    let code = house.row(id).await.code.unwrap();
    let post = Post::default();
    send(&house, Means::Email, &post).await;
    let before = messages(&house, id).await.len();
    let worker = office.new_id();
    house.clock.set(at("2026-10-21T23:59"));
    assert_eq!(office.remind_residents(worker).await.unwrap(), 0, "six days are left");
    house.clock.set(at("2026-10-22T00:00"));
    let row = house.row(id).await;
    assert_eq!(office.remind_residents(worker).await.unwrap(), 1);
    assert_eq!(office.remind_residents(worker).await.unwrap(), 0);
    assert_eq!(office.remind_residents(office.new_id()).await.unwrap(), 0, "another worker holds the lease");
    assert_eq!(house.row(id).await, row, "nothing has happened to the dossier");
    // A worker that takes over finds it told, on this day and on the next ones.
    for later in ["2026-10-22T09:00", "2026-10-23T09:00", "2026-10-27T08:00"] {
        house.clock.set(at(later));
        assert_eq!(office.remind_residents(office.new_id()).await.unwrap(), 0, "{later}");
    }
    let rows = messages(&house, id).await;
    assert_eq!(rows.len(), before + 1);
    let reminder = rows.last().unwrap();
    assert_eq!((reminder.body.key(), reminder.state.as_str()), ("supplement_due_soon", "waiting"));
    assert_eq!(reminder.send_at, at("2026-10-22T06:30").0, "nobody is woken by it");
    assert_eq!(send(&house, Means::Email, &post).await, 1);
    assert_eq!(post.bodies().last().unwrap(), &format!("supplement_due_soon {code}"));
}

on_both!(two_workers_that_remind_at_the_same_moment_lay_down_one_message);
async fn two_workers_that_remind_at_the_same_moment_lay_down_one_message(home: Home) {
    let house = open(home).await;
    let nay = house.nay().await;
    told_by(&house, &nay, Means::Email).await;
    let id = lacking(&house, &nay).await;
    house.clock.set(at("2026-10-22T09:00"));
    // The same holder twice, so that no lease keeps them apart.
    let holder = house.office.new_id();
    let worker = || {
        let office = house.office.clone();
        tokio::spawn(async move { office.remind_residents(holder).await.unwrap() })
    };
    let [one, two] = [worker(), worker()];
    assert_eq!(one.await.unwrap() + two.await.unwrap(), 1);
    let kinds: Vec<_> = states(&house, id).await.into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds.iter().filter(|kind| *kind == "supplement_due_soon").count(), 1, "{kinds:?}");
}

on_both!(a_reminder_of_what_is_no_longer_missing_or_has_run_out_is_not_sent);
async fn a_reminder_of_what_is_no_longer_missing_or_has_run_out_is_not_sent(home: Home) {
    let house = open(home).await;
    let (office, nay) = (&house.office, house.nay().await);
    told_by(&house, &nay, Means::Email).await;
    let [asked_back, run_out] = [lacking(&house, &nay).await, lacking(&house, &nay).await];
    let post = Post::default();
    send(&house, Means::Email, &post).await;
    house.clock.set(at("2026-10-22T22:00"));
    assert_eq!(office.remind_residents(office.new_id()).await.unwrap(), 2);
    let command = house.command(asked_back).await;
    office.ask_withdrawal(&nay, asked_back, "Không cần nữa".into(), command).await.unwrap();
    // No carrier until the limit has passed, and no clock has ended it yet.
    house.clock.set(Instant(house.row(run_out).await.queue_at).plus_ms(DAY_MS));
    assert_eq!(send(&house, Means::Email, &post).await, 0);
    for id in [asked_back, run_out] {
        let last = messages(&house, id).await.pop().unwrap();
        assert_eq!((last.body.key(), last.state.as_str()), ("supplement_due_soon", "dropped"));
        assert_eq!(last.problem.as_deref(), Some("overtaken"));
    }
    assert_eq!(office.remind_residents(office.new_id()).await.unwrap(), 0);
}

on_both!(of_a_result_that_nobody_fetched_its_resident_is_reminded_once_if_they_want_to_be_told);
async fn of_a_result_that_nobody_fetched_its_resident_is_reminded_once_if_they_want_to_be_told(home: Home) {
    let house = open(home).await;
    let (office, nay) = (&house.office, house.nay().await);
    told_by(&house, &nay, Means::Email).await;
    let id = house.accepted(&nay, ALLOWANCE).await;
    let director = house.staff(DONG_XUAN, Role::CentreDirector).await;
    office.finish_at_once(&director, id, house.command(id).await).await.unwrap();
    let post = Post::default();
    send(&house, Means::Email, &post).await;
    let before = messages(&house, id).await.len();
    house.clock.set(at("2026-10-18T23:00"));
    assert_eq!(office.remind_residents(office.new_id()).await.unwrap(), 0, "six days");
    house.clock.set(at("2026-10-19T09:00"));
    office.choose_messages(&nay, choosing("none"), office.new_id()).await.unwrap();
    assert_eq!(office.remind_residents(office.new_id()).await.unwrap(), 0, "not wanted");
    office.choose_messages(&nay, choosing("email"), office.new_id()).await.unwrap();
    house.clock.set(at("2026-10-20T09:00"));
    assert_eq!(office.remind_residents(office.new_id()).await.unwrap(), 1);
    for later in ["2026-10-20T09:10", "2026-10-30T09:00", "2026-12-01T09:00"] {
        house.clock.set(at(later));
        assert_eq!(office.remind_residents(office.new_id()).await.unwrap(), 0, "{later}");
    }
    assert_eq!(messages(&house, id).await.len(), before + 1);
    assert_eq!(send(&house, Means::Email, &post).await, 1);
    let code = house.row(id).await.code.unwrap();
    assert_eq!(post.bodies().last().unwrap(), &format!("result_waiting {code}"));
}
