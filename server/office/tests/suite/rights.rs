//! The rights matrix, as one page of text to read and to review when it changes.

use super::{
    engine::Home,
    house::{ALLOWANCE, DONG_XUAN, House, XUAN_LANH, trace},
};
use crate::on_both;
use domain::{dossier::ActKind, role::Role};
use office::{Error, Who, queues::Narrow, queues::Queue, rights::Task};
use std::fmt::Write as _;

/// The page. `MOTCUA_TEST_UPDATE=1` writes it anew.
const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/rights.txt");

on_both!(every_right_of_every_role_is_as_written);
async fn every_right_of_every_role_is_as_written(home: Home) {
    let house = House::open(home).await;
    let resident = house.nay().await;
    let mut page = String::from(
        "# Who may do what: + in one's own unit, ! in a foreign unit (never), . nowhere.\n\
         # The test of the rights matrix compares this page; MOTCUA_TEST_UPDATE=1 writes it anew.\n",
    );
    write!(page, "{:<24}", "").unwrap();
    for role in Role::ALL {
        write!(page, " {:<15}", role.key()).unwrap();
    }
    page.push_str(" resident anyone\n");
    for task in Task::all() {
        write!(page, "{:<24}", task.key()).unwrap();
        for role in Role::ALL {
            let who = house.staff(DONG_XUAN, role).await;
            // Every office of a unit counts as the unit.
            let own: Vec<bool> = (0..4).map(|part| house.office.may(&who, task, DONG_XUAN + part).is_ok()).collect();
            assert!(own.iter().all(|allowed| *allowed == own[0]), "{} {}: {own:?}", task.key(), role.key());
            let foreign = (0..4).any(|part| house.office.may(&who, task, XUAN_LANH + part).is_ok());
            let unknown = house.office.may(&who, task, 999).is_ok();
            let mark = match (own[0], foreign || unknown) {
                (_, true) => "!",
                (true, false) => "+",
                (false, false) => ".",
            };
            write!(page, " {mark:<15}").unwrap();
        }
        let mark = |who: &Who| if house.office.may(who, task, DONG_XUAN).is_ok() { "!" } else { "." };
        writeln!(page, " {:<8} {}", mark(&resident), mark(&Who::anyone(trace()))).unwrap();
    }
    let page: String = page.lines().map(|line| format!("{}\n", line.trim_end())).collect();
    assert!(!page.lines().skip(2).any(|line| line.contains('!')), "somebody may act outside their unit:\n{page}");
    if std::env::var("MOTCUA_TEST_UPDATE").is_ok_and(|set| set == "1") {
        std::fs::write(PAGE, &page).unwrap();
    }
    let written = std::fs::read_to_string(PAGE).expect("the page of rights is committed");
    assert_eq!(page, written, "the rights changed: review {PAGE} and write it anew with MOTCUA_TEST_UPDATE=1");
}

#[test]
fn every_act_stands_in_the_matrix_once() {
    let tasks = Task::all();
    let keys: std::collections::HashSet<String> = tasks.iter().map(|task| task.key()).collect();
    assert_eq!(keys.len(), tasks.len(), "a key stands twice");
    for kind in ActKind::ALL {
        assert!(tasks.contains(&Task::Dossier(*kind)), "{} is missing", kind.key());
    }
    // A task added to the enum without a line in `all` fails to compile here.
    for task in tasks {
        match task {
            Task::Dossier(_)
            | Task::ReadQueues
            | Task::ReadDossier
            | Task::RevealPersonalData
            | Task::WriteNote
            | Task::AttachFile
            | Task::LetFileGo
            | Task::ReadRegister
            | Task::ReadSensitive
            | Task::ReadAudit
            | Task::ProveAccounts
            | Task::ReadStuck
            | Task::TakeOverStuck
            | Task::ReadImportRemarks
            | Task::ManageStaff
            | Task::ManageUnits
            | Task::ManageCalendars
            | Task::ManageFeatures
            | Task::ManageProcedures
            | Task::SearchAudit
            | Task::ResendMessage
            | Task::Delegate
            | Task::MarkAbsence
            | Task::KeepSharedReasons
            | Task::KeepOwnReasons
            | Task::Reorganise
            | Task::AskPayment
            | Task::ReadMoney
            | Task::MatchMoney
            | Task::AskRefund
            | Task::DecideRefund
            | Task::SendRefund
            | Task::ManageBankAccounts => {}
        }
    }
    assert_eq!(Task::all().len(), ActKind::ALL.len() + 32);
}

#[test]
fn the_written_page_has_a_line_for_every_task_and_a_mark_for_every_role() {
    let written = std::fs::read_to_string(PAGE).expect("the page of rights is committed");
    let mut lines = written.lines().filter(|line| !line.starts_with('#')).map(|line| line.split_whitespace().collect());
    let heads: Vec<&str> = lines.next().expect("a line of roles");
    let roles = Role::ALL.into_iter().map(Role::key);
    assert_eq!(heads, roles.chain(["resident", "anyone"]).collect::<Vec<_>>());
    let lines: Vec<Vec<&str>> = lines.collect();
    let tasks = Task::all();
    assert_eq!(lines.len(), tasks.len(), "a line for each task");
    for (task, line) in tasks.into_iter().zip(lines) {
        let mark = |role: Role| if task.roles().contains(&role) { "+" } else { "." };
        // Residents and strangers hold no right of staff, whatever the task.
        let marks = Role::ALL.into_iter().map(mark).chain([".", "."]).map(String::from);
        let expected: Vec<String> = std::iter::once(task.key()).chain(marks).collect();
        assert_eq!(line, expected);
    }
}

#[test]
fn the_controller_changes_nothing_and_the_administrator_sees_no_dossier() {
    for task in Task::all() {
        let changes = matches!(
            task,
            Task::Dossier(_)
                | Task::WriteNote
                | Task::AttachFile
                | Task::LetFileGo
                | Task::ProveAccounts
                | Task::Delegate
                | Task::MarkAbsence
                | Task::KeepSharedReasons
                | Task::KeepOwnReasons
                | Task::AskPayment
                | Task::MatchMoney
                | Task::AskRefund
                | Task::DecideRefund
                | Task::SendRefund
        );
        let governs = matches!(
            task,
            Task::ManageStaff
                | Task::ManageUnits
                | Task::ManageCalendars
                | Task::ManageFeatures
                | Task::ManageProcedures
                | Task::TakeOverStuck
                | Task::ResendMessage
                | Task::ManageBankAccounts
                | Task::Reorganise
        );
        assert!(!governs || !task.roles().contains(&Role::Controller), "{}", task.key());
        assert!(!changes || !task.roles().contains(&Role::Controller), "{}", task.key());
        let shows = changes
            || matches!(
                task,
                Task::ReadQueues
                    | Task::ReadDossier
                    | Task::RevealPersonalData
                    | Task::ReadRegister
                    | Task::ReadSensitive
                    | Task::ReadMoney
            );
        assert!(!shows || !task.roles().contains(&Role::Administrator), "{}", task.key());
    }
}

on_both!(rights_hold_on_a_real_dossier);
async fn rights_hold_on_a_real_dossier(home: Home) {
    let house = House::open(home).await;
    let office = &house.office;
    let resident = house.nay().await;
    let id = house.submitted(&resident, ALLOWANCE).await;
    let command = house.command(id).await;
    let forbidden = |result: Result<(), Error>| assert!(matches!(result, Err(Error::Forbidden)), "{result:?}");

    for role in Role::ALL {
        let stranger = house.staff(XUAN_LANH, role).await;
        forbidden(office.accept_dossier(&stranger, id, None, command).await);
        forbidden(office.dossier(&stranger, id).await.map(drop));
        let reason = office::reveal::Reveal::read("call", "").unwrap();
        forbidden(office.reveal_personal_data(&stranger, id, &reason, office.new_id()).await);
        forbidden(office.audit_of_dossier(&stranger, id, None).await.map(drop));
        // An old version on the screen tells a stranger nothing either.
        let old = office::act::Command { seen: command.seen - 1, ..command };
        forbidden(office.accept_dossier(&stranger, id, None, old).await);
        if let Ok(page) = office.queue(&stranger, Queue::All, &Narrow::default(), None).await {
            assert!(page.rows.is_empty(), "{} of the other commune sees a dossier", role.key());
        }
    }
    let controller = house.staff(DONG_XUAN, Role::Controller).await;
    assert!(office.dossier(&controller, id).await.unwrap().next_acts.is_empty(), "the controller is offered an act");
    forbidden(office.accept_dossier(&controller, id, None, command).await);
    forbidden(office.refuse_to_accept(&controller, id, "sai".into(), command).await);
    let administrator = house.staff(DONG_XUAN, Role::Administrator).await;
    forbidden(office.dossier(&administrator, id).await.map(drop));
    forbidden(office.queue(&administrator, Queue::All, &Narrow::default(), None).await.map(drop));

    // Nobody took hold of it in all this.
    assert_eq!(house.events(id).await, ["submitted"]);

    // Work on the merits belongs to the person it was given to.
    let reception = house.staff(DONG_XUAN, Role::Reception).await;
    office.accept_dossier(&reception, id, None, house.command(id).await).await.unwrap();
    let specialist = house.staff(DONG_XUAN, Role::Specialist).await;
    let to = specialist.staff().unwrap().id;
    office.assign_dossier(&reception, id, to, house.command(id).await).await.unwrap();
    let civil_status = house.staff(DONG_XUAN, Role::CivilStatus).await;
    let command = house.command(id).await;
    let grant = domain::dossier::Proposal::Grant;
    forbidden(office.submit_for_approval(&civil_status, id, grant, String::new(), command).await);
    office.submit_for_approval(&specialist, id, grant, String::new(), command).await.unwrap();

    // Nobody is given a dossier who works elsewhere.
    let other = house.submitted(&resident, ALLOWANCE).await;
    office.accept_dossier(&reception, other, None, house.command(other).await).await.unwrap();
    let elsewhere = house.staff(XUAN_LANH, Role::Specialist).await.staff().unwrap().id;
    let result = office.assign_dossier(&reception, other, elsewhere, house.command(other).await).await;
    assert!(matches!(result, Err(Error::Invalid(_))), "{result:?}");

    // Whoever may not do it learns that, and not who works where or how the clock stands.
    let command = house.command(other).await;
    forbidden(office.assign_dossier(&controller, other, elsewhere, command).await);
    forbidden(office.route_dossier(&controller, other, 99, Some(elsewhere), command).await);
    let waiting = house.submitted(&resident, ALLOWANCE).await;
    let command = house.command(waiting).await;
    forbidden(office.resume_clock(&controller, waiting, command).await);
    let paid = domain::dossier::Payment {
        payer: "Ksor H'Nay".into(),
        amount: domain::money::Dong(50_000),
        way: domain::dossier::PaymentWay::Cash,
        on: house.clock.now().day(),
        proof: String::new(),
    };
    forbidden(office.duty_met(&controller, waiting, paid, command).await);
}
