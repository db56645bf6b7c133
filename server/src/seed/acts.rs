//! The steps of a story, each one act of the office by somebody who may do it.

use super::{
    people::People,
    story::{Story, Words, read},
};
use anyhow::{Context, Result, bail};
use domain::{
    dossier::{
        ActKind, Collector, DeliveryMethod, Exclusion, MoneyBack, PapersBack, Payment, PaymentWay, Posted, Proposal,
        Rating, Settlement, Status, SubState, routes,
    },
    money::Dong,
    question::Typed,
    role::Role,
    time::Day,
};
use office::{Office, Who, act::Command, dossiers::Request, opinions::Question, rights::Task};
use store::dossiers::DossierRow;
use uuid::Uuid;

/// Key of the form that procedures without their own use.
const GENERAL_FORM: &str = "chung";

/// Whether a step still has a place: nothing is accepted twice, a flow without a step for records issues nothing.
pub fn has_place(act: &str, row: &DossierRow, online: bool) -> bool {
    let state = &row.state;
    match act {
        "accept" => state.status == Status::Registered || state.sub_state == SubState::SupplementBeforeAcceptance,
        "issue" => state.sub_state == SubState::AwaitingIssue || state.status != Status::Done,
        "sign" => state.sub_state == SubState::AwaitingSignature,
        "correct_delivered" => state.status == Status::Delivered,
        // Only a resident with the dossier in their account can say how it was.
        "rate" => online,
        _ => !state.status.is_terminal(),
    }
}

/// Whether the resident does it, at any hour.
pub fn is_residents_own(act: &str, online: bool) -> bool {
    online && matches!(act, "answer" | "withdraw" | "rate")
}

/// The clerk at the counter of a unit today.
pub fn clerk(office: &Office, people: &People, unit: i64, turn: usize) -> Result<Who> {
    people.holder(office, unit, &[Role::Reception], office.now().day(), turn)
}

/// Does a step.
pub async fn act(office: &Office, people: &People, words: &Words, story: &Story, id: Uuid, name: &str) -> Result<()> {
    let turn = story.turn();
    let mut row = read(office, id).await?;
    let is_merits = matches!(name, "submit" | "propose_deny" | "suspend" | "resume" | "opinion" | "duty" | "route");
    if is_merits && row.assignee.is_none() {
        // The office that took the dossier over gives it to one of its own first.
        assign(office, people, &row, turn).await?;
        row = read(office, id).await?;
    }
    let command = Command { id: office.new_id(), seen: row.version };
    let by = |kind: ActKind| somebody(office, people, &row, kind, turn);
    let holder = || holder(office, people, &row, turn);
    let online = story.online;
    match name {
        "accept" => office.accept_dossier(&by(ActKind::Accept)?, id, story.case.clone(), command).await?,
        "refuse" => {
            let reason = story.pick(&words.refuse)?.clone();
            office.refuse_to_accept(&by(ActKind::RefuseToAccept)?, id, reason, command).await?;
        }
        "assign" => assign(office, people, &row, turn).await?,
        "route" => {
            let step = *routes(&row.state).last().context("no step to go to")?;
            let to =
                people.holder(office, row.resolving_office, &[row.state.steps[step].role], office.now().day(), turn)?;
            office.route_dossier(&holder()?, id, step, Some(to.subject()), command).await?;
        }
        "submit" => {
            let note = story.pick(&words.note)?.clone();
            office.submit_for_approval(&holder()?, id, Proposal::Grant, note, command).await?;
        }
        "propose_deny" => {
            let note = story.pick(&words.deny)?.clone();
            office.submit_for_approval(&holder()?, id, Proposal::Deny, note, command).await?;
        }
        "approve" => office.approve_dossier(&by(ActKind::Approve)?, id, command).await?,
        "sign" => office.sign_dossier(&by(ActKind::Sign)?, id, command).await?,
        "deny" => {
            let reason = story.pick(&words.deny)?.clone();
            office.decide_not_to_grant(&by(ActKind::DecideNotToGrant)?, id, reason, command).await?;
        }
        "return" => {
            let reason = story.pick(&words.rework)?.clone();
            office.return_for_rework(&by(ActKind::ReturnForRework)?, id, reason, command).await?;
        }
        "issue" => office.issue_result(&by(ActKind::IssueResult)?, id, command).await?,
        "finish" => office.finish_at_once(&by(ActKind::FinishAtOnce)?, id, command).await?,
        "correct" => {
            let reason = story.pick(&words.correct)?.clone();
            office.correct_result(&by(ActKind::CorrectResult)?, id, reason, command).await?;
        }
        "ask" => {
            let at_counter = matches!(row.state.status, Status::Registered | Status::Accepted);
            let who = if at_counter { by(ActKind::AskSupplement)? } else { holder()? };
            // Only the general form has a question of free words to ask about again; another lacks a paper.
            let asked =
                if row.form_key == GENERAL_FORM { &words.ask[..] } else { words.ask.get(1..).unwrap_or_default() };
            let items = vec![story.pick(asked)?.item()];
            let request = Request { items, reason: words.ask_reason.clone(), basis: String::new() };
            office.ask_supplement(&who, id, request, command).await?;
        }
        "answer" => {
            let who = if online { people.resident(&story.resident)?.who()? } else { by(ActKind::AnswerSupplement)? };
            let words = format!("{}. Đã bổ sung giấy tờ.", story.matter);
            let corrected = Typed::from([("request.text".into(), words)]);
            office.answer_supplement(&who, id, corrected, command).await?;
        }
        "duty" => {
            let what = story.pick(&words.duty)?.clone();
            office.ask_duty(&holder()?, id, what, command).await?;
        }
        "paid" => {
            let day = office.now().day();
            let roles = [Role::Cashier, Role::Accountant, Role::Reception];
            let who = people.holder(office, row.resolving_office, &roles, day, turn)?;
            let payment = payment(story, &row, day);
            office.duty_met(&who, id, payment, command).await?;
        }
        "suspend" => {
            let number = story.number() % words.suspend.len();
            let exclusion = if number == 0 { Exclusion::Verification } else { Exclusion::PublicPosting };
            office.suspend_clock(&holder()?, id, exclusion, words.suspend[number].clone(), command).await?;
        }
        "opinion" => {
            let units = office.units_to_ask(row.resolving_office);
            let keys = ["xa-dong-xuan-ubnd", "xa-xuan-lanh-ubnd"];
            let books = office.books();
            let mut asked = keys.iter().filter_map(|key| books.places.by_key(key).map(|unit| unit.id));
            let unit = asked.find(|id| units.iter().any(|(unit, _)| unit == id)).context("nobody to ask")?;
            let words = story.pick(&words.opinion)?.clone();
            let question = Question { unit, words, files: Vec::new(), hours: 24 };
            office.ask_opinion(&holder()?, id, question, command).await?;
        }
        "resume" => office.resume_clock(&holder()?, id, command).await?,
        "redate" => {
            let reason = story.pick(&words.redate)?.clone();
            let day = later_day(office, &row)?;
            office.redate_dossier(&by(ActKind::Redate)?, id, day, reason, command).await?;
        }
        "stop" => {
            let reason = story.pick(&words.stop)?.clone();
            office.stop_dossier(&by(ActKind::Stop)?, id, reason, command).await?;
        }
        "withdraw" => {
            let who = if online { people.resident(&story.resident)?.who()? } else { by(ActKind::AskWithdrawal)? };
            office.ask_withdrawal(&who, id, story.pick(&words.withdraw)?.clone(), command).await?;
        }
        "confirm" => {
            let said = all_back(office, &row);
            office.confirm_withdrawal(&by(ActKind::ConfirmWithdrawal)?, id, said, command).await?;
        }
        "leave_papers" => {
            let said = Settlement { papers: PapersBack::ToFetch, ..all_back(office, &row) };
            office.confirm_withdrawal(&by(ActKind::ConfirmWithdrawal)?, id, said, command).await?;
        }
        "decline" => {
            let reason = story.pick(&words.decline)?.clone();
            office.decline_withdrawal(&by(ActKind::DeclineWithdrawal)?, id, reason, command).await?;
        }
        "correct_delivered" => {
            let reason = story.pick(&words.correct_delivered)?.clone();
            office.open_correction(&by(ActKind::OpenCorrection)?, id, reason, command).await?;
        }
        "deliver" => deliver(office, &by(ActKind::Deliver)?, &row, command).await?,
        "rate" => {
            let who = people.resident(&story.resident)?.who()?;
            let rating =
                *story.pick(&[Rating::VerySatisfied, Rating::Satisfied, Rating::VerySatisfied, Rating::Neutral])?;
            office.rate_dossier(&who, id, rating, Vec::new(), story.pick(&words.rating)?.clone(), command).await?;
        }
        other => bail!("no act \"{other}\""),
    }
    Ok(())
}

/// Somebody of the dossier's unit whose role may do that kind of act.
fn somebody(office: &Office, people: &People, row: &DossierRow, kind: ActKind, turn: usize) -> Result<Who> {
    let roles = roles_with(office, row, Task::Dossier(kind).roles());
    people.holder(office, row.resolving_office, &roles, office.now().day(), turn)
}

/// Those of the roles that may have to do with the dossier: with a sensitive one, those whose steps it passes.
fn roles_with(office: &Office, row: &DossierRow, roles: &[Role]) -> Vec<Role> {
    let passed = office.books().catalogue.version(row.procedure_version).map(|procedure| procedure.roles_passed());
    let passed = passed.filter(|_| row.sensitive);
    roles.iter().copied().filter(|role| passed.as_ref().is_none_or(|passed| passed.contains(role))).collect()
}

/// The person the dossier was given to, or whoever has the role whose turn it is.
fn holder(office: &Office, people: &People, row: &DossierRow, turn: usize) -> Result<Who> {
    let day = office.now().day();
    let roles: Vec<Role> = match row.state.current_step() {
        Some(step) => vec![step.role],
        None => vec![Role::Specialist, Role::CivilStatus],
    };
    people.holder(office, row.resolving_office, &roles, day, turn)
}

async fn assign(office: &Office, people: &People, row: &DossierRow, turn: usize) -> Result<()> {
    let day = office.now().day();
    let to = holder(office, people, row, turn)?.subject();
    let roles = roles_with(office, row, &[Role::CentreDirector, Role::Reception, Role::Leader]);
    let who = people.holder(office, row.resolving_office, &roles, day, turn)?;
    let command = Command { id: office.new_id(), seen: row.version };
    Ok(office.assign_dossier(&who, row.id, to, command).await?)
}

async fn deliver(office: &Office, who: &Who, row: &DossierRow, command: Command) -> Result<()> {
    let wish = row.typed.get("result.how").map(String::as_str).unwrap_or_default();
    let on = office.now().day();
    let (method, paper, posted) = match wish {
        "dien_tu" => (DeliveryMethod::Electronic, None, None),
        "buu_chinh" => {
            let tracking = format!("ED{:09}VN", row.received_at.unwrap_or_default() / 1000 % 1_000_000_000);
            (DeliveryMethod::Post, None, Some(Posted { carrier: CARRIER.into(), tracking, on }))
        }
        _ => (DeliveryMethod::Counter, Some("Thẻ căn cước".to_string()), None),
    };
    let collector =
        Collector { name: row.applicant_name.clone(), is_applicant: true, identity_paper: paper, authority: None };
    Ok(office.deliver_dossier(who, row.id, collector, method, posted, command).await?)
}

/// Who brings results home.
const CARRIER: &str = "Bưu điện khu vực Đồng Xuân";

/// What the cashier noted: by transfer and in cash in turn.
fn payment(story: &Story, row: &DossierRow, on: Day) -> Payment {
    let (way, amount) = if story.number().is_multiple_of(2) {
        (PaymentWay::Transfer, Dong(150_000))
    } else {
        (PaymentWay::Cash, Dong(100_000))
    };
    Payment { payer: row.applicant_name.clone(), amount, way, on, proof: format!("{:07}", 1_000 + story.number()) }
}

/// Papers are in the resident's hands, and what was paid went back in cash.
fn all_back(office: &Office, row: &DossierRow) -> Settlement {
    let all_back = Settlement::papers_returned();
    if !row.state.has_money() {
        return all_back;
    }
    let refund = Payment {
        payer: row.applicant_name.clone(),
        amount: row.state.money_held(),
        way: PaymentWay::Cash,
        on: office.now().day(),
        proof: String::new(),
    };
    Settlement { money: MoneyBack::Refunded, refund: Some(refund), ..all_back }
}

/// A day one working week after the promised one.
fn later_day(office: &Office, row: &DossierRow) -> Result<Day> {
    let calendar = office.calendar_of_version(&row.calendar_version)?;
    let mut day = row.state.due.context("no due moment to move")?.day();
    for _ in 0..5 {
        day = calendar.next_working_day_after(day).context("past the calendar")?;
    }
    Ok(day)
}
