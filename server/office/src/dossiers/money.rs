//! Money of a dossier: the financial duty that stops its clock, and where its fees stand.

use crate::{Error, Office, Result, Who, act::Command, payments::Purpose};
use domain::{
    dossier::{Act, ActKind, Payment, PaymentState, PaymentWay},
    working_time::{self, Term, TermUnit},
};
use uuid::Uuid;

impl Office {
    /// A financial duty is to be met first; the clock stands still. Until when, the procedure's local part says.
    ///
    /// **Permissions**: reception, specialist, civil status or the centre's director of its unit.
    pub async fn ask_duty(&self, who: &Who, id: Uuid, amount_note: String, command: Command) -> Result<()> {
        let Some(mut work) = self.begin(who, id, command).await? else { return Ok(()) };
        let respond_by = match self.procedure_of(&work.row)?.days_to_pay() {
            Some(amount) => {
                let calendar = self.calendar_of_version(&work.row.calendar_version)?;
                let term = Term { unit: TermUnit::CalendarDays, amount, cutoff_15h: false };
                let limit = working_time::due(&calendar, self.now(), &term, None, &[]);
                Some(limit.map_err(|e| Error::Broken(format!("{e:?}")))?.due)
            }
            None => None,
        };
        work.act(&Act::AskDuty { amount_note, respond_by }).await?;
        work.commit("ask_duty").await
    }

    /// The duty is met, by whom, how and how much: the clock runs on. Met in cash, no transfer is asked for it any more.
    ///
    /// **Permissions**: reception, accountant, cashier or the centre's director of its unit.
    pub async fn duty_met(&self, who: &Who, id: Uuid, paid: Payment, command: Command) -> Result<()> {
        let Some(mut work) = self.begin(who, id, command).await? else { return Ok(()) };
        self.may_act(who, &work.row, ActKind::DutyMet)?;
        let (due, redated_due) = self.moved_dues(&work.row)?.ok_or(Error::Stale)?;
        let in_cash = paid.way == PaymentWay::Cash;
        work.act(&Act::DutyMet { due, redated_due, paid }).await?;
        if in_cash {
            self.close_unpaid_requests(&mut work.tx, &work.who, &work.row, Purpose::Duty).await?;
        }
        work.commit("duty_met").await
    }

    /// Notes where the fees stand: owed, paid, exempt, paid back. It moves no clock. Of what was paid in cash, or is not due,
    /// no transfer is asked any more; one that the clerk has seen at the bank is still to come.
    ///
    /// **Permissions**: reception, accountant or cashier of its unit.
    pub async fn note_payment(
        &self,
        who: &Who,
        id: Uuid,
        state: PaymentState,
        paid: Option<Payment>,
        reason: String,
        command: Command,
    ) -> Result<()> {
        let Some(mut work) = self.begin(who, id, command).await? else { return Ok(()) };
        let asks_no_more = match state {
            PaymentState::Paid => paid.as_ref().is_some_and(|paid| paid.way == PaymentWay::Cash),
            PaymentState::Exempt | PaymentState::NothingDue => true,
            PaymentState::Owed | PaymentState::Refunded => false,
        };
        work.act(&Act::NotePayment { state, paid, reason }).await?;
        if asks_no_more {
            self.close_unpaid_requests(&mut work.tx, &work.who, &work.row, Purpose::Fee).await?;
        }
        work.commit("note_payment").await
    }
}
