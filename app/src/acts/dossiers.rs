//! What staff do with a dossier. Each form carries `seen`, the version on the screen: whoever comes second is told.

use crate::context::{is_local, office, settle, staff};
use domain::{
    dossier::{Collector, DeliveryMethod, Exclusion, Proposal, SupplementItem},
    question::Typed,
    time::{Day, Instant},
};
use leptos::prelude::*;
use office::{Error, Uuid, act::Command, dossiers::Request, error::Problem};
use serde::{Deserialize, Serialize};

/// One line of the form that asks for a supplement.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Asked {
    /// The line is ticked; a line the clerk writes needs no tick.
    #[serde(default)]
    pub on: String,
    /// Path of the question or key of the paper; empty for a line the clerk writes.
    #[serde(default)]
    pub path: String,
    #[serde(default)]
    pub what: String,
    #[serde(default)]
    pub why: String,
}

/// Who took the result, and how.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Handover {
    #[serde(default)]
    pub name: String,
    /// `other` when somebody collects for the applicant.
    #[serde(default)]
    pub collector: String,
    #[serde(default)]
    pub identity_paper: String,
    #[serde(default)]
    pub authority: String,
    #[serde(default)]
    pub method: String,
}

/// Accepts: the code is given and form 01 is issued.
#[server]
pub async fn accept_dossier(dossier: Uuid, seen: i64, command: Uuid) -> Result<(), ServerFnError> {
    let done = office().accept_dossier(&staff(), dossier, Command { id: command, seen }).await;
    settle(done, |()| page_of(dossier));
    Ok(())
}

/// Refuses to accept: form 03.
#[server]
pub async fn refuse_to_accept(
    dossier: Uuid,
    seen: i64,
    command: Uuid,
    #[server(default)] reason: String,
) -> Result<(), ServerFnError> {
    let done = office().refuse_to_accept(&staff(), dossier, reason, Command { id: command, seen }).await;
    settle(done, |()| page_of(dossier));
    Ok(())
}

/// Asks for everything that is missing: form 02.
#[server]
pub async fn ask_supplement(
    dossier: Uuid,
    seen: i64,
    command: Uuid,
    #[server(default)] items: Vec<Asked>,
    #[server(default)] reason: String,
    #[server(default)] basis: String,
) -> Result<(), ServerFnError> {
    let request = Request { items: asked_items(items), reason, basis };
    let done = office().ask_supplement(&staff(), dossier, request, Command { id: command, seen }).await;
    settle(done, |()| page_of(dossier));
    Ok(())
}

/// The resident brought what was missing to the counter.
#[server]
pub async fn answer_supplement_at_counter(dossier: Uuid, seen: i64, command: Uuid) -> Result<(), ServerFnError> {
    let done = office().answer_supplement(&staff(), dossier, Typed::new(), Command { id: command, seen }).await;
    settle(done, |()| page_of(dossier));
    Ok(())
}

/// Gives the dossier to a colleague.
#[server]
pub async fn assign_dossier(dossier: Uuid, seen: i64, command: Uuid, to: Uuid) -> Result<(), ServerFnError> {
    let done = office().assign_dossier(&staff(), dossier, to, Command { id: command, seen }).await;
    settle(done, |()| page_of(dossier));
    Ok(())
}

/// Puts it before the leader.
#[server]
pub async fn submit_for_approval(
    dossier: Uuid,
    seen: i64,
    command: Uuid,
    #[server(default)] proposal: String,
    #[server(default)] note: String,
) -> Result<(), ServerFnError> {
    let done = match Proposal::from_key(&proposal).ok_or(Error::Invalid(Problem::Missing("proposal"))) {
        Ok(proposal) => {
            office().submit_for_approval(&staff(), dossier, proposal, note, Command { id: command, seen }).await
        }
        Err(missing) => Err(missing),
    };
    settle(done, |()| page_of(dossier));
    Ok(())
}

/// The leader agrees; the next one of the queue is what follows.
#[server]
pub async fn approve_dossier(
    dossier: Uuid,
    seen: i64,
    command: Uuid,
    #[server(default)] ve: String,
) -> Result<(), ServerFnError> {
    let done = office().approve_dossier(&staff(), dossier, Command { id: command, seen }).await;
    settle(done, |()| if is_local(&ve) { ve } else { page_of(dossier) });
    Ok(())
}

/// Sends it back to whoever examined it.
#[server]
pub async fn return_for_rework(
    dossier: Uuid,
    seen: i64,
    command: Uuid,
    #[server(default)] reason: String,
) -> Result<(), ServerFnError> {
    let done = office().return_for_rework(&staff(), dossier, reason, Command { id: command, seen }).await;
    settle(done, |()| page_of(dossier));
    Ok(())
}

/// Decides not to grant, with the reason.
#[server]
pub async fn decide_not_to_grant(
    dossier: Uuid,
    seen: i64,
    command: Uuid,
    #[server(default)] reason: String,
) -> Result<(), ServerFnError> {
    let done = office().decide_not_to_grant(&staff(), dossier, reason, Command { id: command, seen }).await;
    settle(done, |()| page_of(dossier));
    Ok(())
}

/// Numbers, seals and issues the result.
#[server]
pub async fn issue_result(dossier: Uuid, seen: i64, command: Uuid) -> Result<(), ServerFnError> {
    let done = office().issue_result(&staff(), dossier, Command { id: command, seen }).await;
    settle(done, |()| page_of(dossier));
    Ok(())
}

/// Settles at once what needs no examination.
#[server]
pub async fn finish_at_once(dossier: Uuid, seen: i64, command: Uuid) -> Result<(), ServerFnError> {
    let done = office().finish_at_once(&staff(), dossier, Command { id: command, seen }).await;
    settle(done, |()| page_of(dossier));
    Ok(())
}

/// Apologises and gives a new date: form 04.
#[server]
pub async fn redate_dossier(
    dossier: Uuid,
    seen: i64,
    command: Uuid,
    #[server(default)]
    #[server(rename = "new_due-day")]
    day: String,
    #[server(default)]
    #[server(rename = "new_due-month")]
    month: String,
    #[server(default)]
    #[server(rename = "new_due-year")]
    year: String,
    #[server(default)] reason: String,
) -> Result<(), ServerFnError> {
    let done = match closing_of(&day, &month, &year) {
        Ok(due) => office().redate_dossier(&staff(), dossier, due, reason, Command { id: command, seen }).await,
        Err(problem) => Err(problem.into()),
    };
    settle(done, |()| page_of(dossier));
    Ok(())
}

/// Stops: form 05.
#[server]
pub async fn stop_dossier(
    dossier: Uuid,
    seen: i64,
    command: Uuid,
    #[server(default)] reason: String,
) -> Result<(), ServerFnError> {
    let done = office().stop_dossier(&staff(), dossier, reason, Command { id: command, seen }).await;
    settle(done, |()| page_of(dossier));
    Ok(())
}

/// A financial duty comes first.
#[server]
pub async fn ask_duty(
    dossier: Uuid,
    seen: i64,
    command: Uuid,
    #[server(default)] note: String,
) -> Result<(), ServerFnError> {
    let done = office().ask_duty(&staff(), dossier, note, Command { id: command, seen }).await;
    settle(done, |()| page_of(dossier));
    Ok(())
}

/// The duty is met.
#[server]
pub async fn duty_met(dossier: Uuid, seen: i64, command: Uuid) -> Result<(), ServerFnError> {
    let done = office().duty_met(&staff(), dossier, Command { id: command, seen }).await;
    settle(done, |()| page_of(dossier));
    Ok(())
}

/// Begins a stretch that does not count.
#[server]
pub async fn suspend_clock(
    dossier: Uuid,
    seen: i64,
    command: Uuid,
    #[server(default)] exclusion: String,
    #[server(default)] basis: String,
) -> Result<(), ServerFnError> {
    let done = match Exclusion::from_key(&exclusion).ok_or(Error::Invalid(Problem::Missing("exclusion"))) {
        Ok(exclusion) => {
            office().suspend_clock(&staff(), dossier, exclusion, basis, Command { id: command, seen }).await
        }
        Err(missing) => Err(missing),
    };
    settle(done, |()| page_of(dossier));
    Ok(())
}

/// Ends it.
#[server]
pub async fn resume_clock(dossier: Uuid, seen: i64, command: Uuid) -> Result<(), ServerFnError> {
    let done = office().resume_clock(&staff(), dossier, Command { id: command, seen }).await;
    settle(done, |()| page_of(dossier));
    Ok(())
}

/// The resident asks at the counter for the dossier back.
#[server]
pub async fn ask_withdrawal_at_counter(
    dossier: Uuid,
    seen: i64,
    command: Uuid,
    #[server(default)] reason: String,
) -> Result<(), ServerFnError> {
    let done = office().ask_withdrawal(&staff(), dossier, reason, Command { id: command, seen }).await;
    settle(done, |()| page_of(dossier));
    Ok(())
}

/// Confirms a withdrawal.
#[server]
pub async fn confirm_withdrawal(
    dossier: Uuid,
    seen: i64,
    command: Uuid,
    #[server(default)] papers_returned: String,
    #[server(default)] money_settled: String,
) -> Result<(), ServerFnError> {
    let (papers, money) = (!papers_returned.is_empty(), !money_settled.is_empty());
    let done = office().confirm_withdrawal(&staff(), dossier, papers, money, Command { id: command, seen }).await;
    settle(done, |()| page_of(dossier));
    Ok(())
}

/// Declines a withdrawal.
#[server]
pub async fn decline_withdrawal(
    dossier: Uuid,
    seen: i64,
    command: Uuid,
    #[server(default)] reason: String,
) -> Result<(), ServerFnError> {
    let done = office().decline_withdrawal(&staff(), dossier, reason, Command { id: command, seen }).await;
    settle(done, |()| page_of(dossier));
    Ok(())
}

/// Hands the result over.
#[server]
pub async fn deliver_dossier(dossier: Uuid, seen: i64, command: Uuid, to: Handover) -> Result<(), ServerFnError> {
    let method = DeliveryMethod::from_key(&to.method).unwrap_or(DeliveryMethod::Counter);
    let done =
        office().deliver_dossier(&staff(), dossier, collector_of(to), method, Command { id: command, seen }).await;
    settle(done, |()| page_of(dossier));
    Ok(())
}

/// Takes a result back to correct it.
#[server]
pub async fn correct_result(
    dossier: Uuid,
    seen: i64,
    command: Uuid,
    #[server(default)] reason: String,
) -> Result<(), ServerFnError> {
    let done = office().correct_result(&staff(), dossier, reason, Command { id: command, seen }).await;
    settle(done, |()| page_of(dossier));
    Ok(())
}

fn collector_of(to: Handover) -> Collector {
    let given = |text: String| Some(text.trim().to_string()).filter(|text| !text.is_empty());
    Collector {
        name: to.name,
        is_applicant: to.collector != "other",
        identity_paper: given(to.identity_paper),
        authority: given(to.authority),
    }
}

/// Where a dossier is shown to staff.
fn page_of(dossier: Uuid) -> String {
    format!("/can-bo/ho-so/{dossier}")
}

/// The lines that were ticked, and those that were written.
fn asked_items(lines: Vec<Asked>) -> Vec<SupplementItem> {
    let wanted = |line: &Asked| if line.path.is_empty() { !line.what.trim().is_empty() } else { !line.on.is_empty() };
    let item = |line: Asked| SupplementItem {
        path_or_paper: line.path,
        what: line.what.trim().to_string(),
        why: line.why.trim().to_string(),
    };
    lines.into_iter().filter(wanted).map(item).collect()
}

/// The closing of a working day typed in three boxes.
fn closing_of(day: &str, month: &str, year: &str) -> Result<Instant, Problem> {
    let wrong = Problem::DateInvalid("new_due");
    let number = |text: &str| text.trim().parse::<u16>().ok();
    let typed = || {
        let (day, month) = (u8::try_from(number(day)?).ok()?, u8::try_from(number(month)?).ok()?);
        Day::from_ymd(i32::from(number(year)?), month, day)
    };
    let day = typed().ok_or(wrong.clone())?;
    let office_id = staff().staff().and_then(|staff| staff.positions.first()).map_or(0, |position| position.office);
    office().calendar_of(office_id).closing(day).ok_or(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;
    use leptos::server_fn::ServerFn;

    #[test]
    fn forms_find_their_act_by_its_name() {
        assert_eq!(AcceptDossier::PATH, "/api/app/acts/dossiers/accept_dossier");
    }

    #[test]
    fn a_request_holds_ticked_lines_and_written_lines_alone() {
        let line = |on: &str, path: &str, what: &str| Asked {
            on: on.into(),
            path: path.into(),
            what: what.into(),
            why: " mờ ".into(),
        };
        let lines = vec![line("1", "birth_paper", "Giấy chứng sinh"), line("", "home", "Nơi ở"), line("", "", " ")];
        let items = asked_items(lines);
        assert_eq!(items.len(), 1);
        assert_eq!(items[0].why, "mờ");
        assert_eq!(asked_items(vec![line("", "", "Giấy ủy quyền")]).len(), 1);
    }
}
