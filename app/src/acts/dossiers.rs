//! What staff do with a dossier. Each form carries `seen`, the version on the screen: whoever comes second is told.
// long because every act on a dossier has its server function here.

use super::particulars::{self, Asked, Handover, Paid, TypedDay};
use crate::context::{is_local, office, settle, staff};
use domain::{
    dossier::{Exclusion, PaymentState, Proposal},
    question::Typed,
};
use leptos::prelude::*;
use office::{Error, Uuid, act::Command, dossiers::Request, error::Problem};

/// Accepts, in the case that was chosen: the code is given and form 01 is issued.
#[server]
pub async fn accept_dossier(
    dossier: Uuid,
    seen: i64,
    command: Uuid,
    #[server(default)] case: String,
) -> Result<(), ServerFnError> {
    let case = particulars::case_of(case);
    let done = office().accept_dossier(&staff(), dossier, case, Command { id: command, seen }).await;
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
    let request = Request { items: particulars::asked_items(items), reason, basis };
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

/// Moves it to another step of its flow, to a colleague or for assignment there.
#[server]
pub async fn route_dossier(
    dossier: Uuid,
    seen: i64,
    command: Uuid,
    #[server(default)] step: String,
    #[server(default)] to: String,
) -> Result<(), ServerFnError> {
    let to = match to.trim() {
        "" => Ok(None),
        typed => typed.parse::<Uuid>().map(Some).map_err(|_| Error::Invalid(Problem::Missing("to"))),
    };
    let step = step.trim().parse::<usize>().map_err(|_| Error::Invalid(Problem::Missing("step")));
    let done = match step.and_then(|step| Ok((step, to?))) {
        Ok((step, to)) => office().route_dossier(&staff(), dossier, step, to, Command { id: command, seen }).await,
        Err(missing) => Err(missing),
    };
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

/// The leader signs what was decided.
#[server]
pub async fn sign_dossier(
    dossier: Uuid,
    seen: i64,
    command: Uuid,
    #[server(default)] ve: String,
) -> Result<(), ServerFnError> {
    let done = office().sign_dossier(&staff(), dossier, Command { id: command, seen }).await;
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
    let done = match (TypedDay { day, month, year }).read("new_due") {
        Ok(day) => office().redate_dossier(&staff(), dossier, day, reason, Command { id: command, seen }).await,
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

/// The duty is met: by whom, how and how much.
#[server]
pub async fn duty_met(
    dossier: Uuid,
    seen: i64,
    command: Uuid,
    #[server(default)] paid: Paid,
) -> Result<(), ServerFnError> {
    let done = match paid.read() {
        Ok(paid) => office().duty_met(&staff(), dossier, paid, Command { id: command, seen }).await,
        Err(problem) => Err(problem.into()),
    };
    settle(done, |()| page_of(dossier));
    Ok(())
}

/// Notes where the fees stand. Who paid what is read where money changed hands.
#[server]
pub async fn note_payment(
    dossier: Uuid,
    seen: i64,
    command: Uuid,
    #[server(default)] state: String,
    #[server(default)] paid: Paid,
    #[server(default)] reason: String,
) -> Result<(), ServerFnError> {
    let read = match PaymentState::from_key(&state) {
        Some(state @ (PaymentState::Paid | PaymentState::Refunded)) => paid.read().map(|paid| (state, Some(paid))),
        Some(state) => Ok((state, None)),
        None => Err(Problem::Missing("state")),
    };
    let done = match read {
        Ok((state, paid)) => {
            office().note_payment(&staff(), dossier, state, paid, reason, Command { id: command, seen }).await
        }
        Err(problem) => Err(problem.into()),
    };
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

/// Confirms a withdrawal and says what becomes of papers and money.
#[server]
pub async fn confirm_withdrawal(
    dossier: Uuid,
    seen: i64,
    command: Uuid,
    #[server(default)] papers: String,
    #[server(default)] money: String,
    #[server(default)] paid: Paid,
    #[server(default)] reason: String,
) -> Result<(), ServerFnError> {
    let done = match particulars::settlement(&papers, &money, paid, reason) {
        Ok(said) => office().confirm_withdrawal(&staff(), dossier, said, Command { id: command, seen }).await,
        Err(problem) => Err(problem.into()),
    };
    settle(done, |()| page_of(dossier));
    Ok(())
}

/// Settles what a withdrawal left open.
#[server]
pub async fn settle_withdrawal(
    dossier: Uuid,
    seen: i64,
    command: Uuid,
    #[server(default)] papers: String,
    #[server(default)] money: String,
    #[server(default)] paid: Paid,
    #[server(default)] reason: String,
) -> Result<(), ServerFnError> {
    let done = match particulars::settlement(&papers, &money, paid, reason) {
        Ok(said) => office().settle_withdrawal(&staff(), dossier, said, Command { id: command, seen }).await,
        Err(problem) => Err(problem.into()),
    };
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
    let done = match to.read() {
        Ok((collector, method, posted)) => {
            let command = Command { id: command, seen };
            office().deliver_dossier(&staff(), dossier, collector, method, posted, command).await
        }
        Err(problem) => Err(problem.into()),
    };
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

/// Opens the dossier that repairs an error found after handover, and leads to it.
#[server]
pub async fn open_correction(
    dossier: Uuid,
    seen: i64,
    command: Uuid,
    #[server(default)] reason: String,
) -> Result<(), ServerFnError> {
    let done = office().open_correction(&staff(), dossier, reason, Command { id: command, seen }).await;
    settle(done, page_of);
    Ok(())
}

/// Where a dossier is shown to staff.
fn page_of(dossier: Uuid) -> String {
    format!("/can-bo/ho-so/{dossier}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use leptos::server_fn::ServerFn;

    #[test]
    fn forms_find_their_act_by_its_name() {
        assert_eq!(AcceptDossier::PATH, "/api/app/acts/dossiers/accept_dossier");
    }
}
