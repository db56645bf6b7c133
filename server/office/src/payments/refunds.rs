//! Money that goes back: asked for by one person, decided by another, sent by a third or by one of them. What is asked
//! for holds its amount back from the first moment, so that two refunds never give more than is there.

use super::{
    ledger::{Ledger, held_back, object_of_refund, standing_of},
    masked,
    taking::is_incoming,
};
use crate::{Error, Office, Result, Who, audit, error::Problem, rights::Task};
use domain::{
    dossier::Refusal,
    money::Dong,
    payment::{
        AccountNumber, Bin,
        refund::{Ask, Available, Destination, Refund, RefundAct, RefundRefusal, RefundState},
        request::Standing,
    },
    text,
};
use serde_json::json;
use store::{
    credits::CreditRow,
    refunds::{self, RefundRow},
};
use uuid::Uuid;

/// Of what money is to go back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefundOf {
    /// What a request holds.
    Request(Uuid),
    /// What is left of a credit that belongs to no request.
    Credit(Uuid),
}

/// A refund, as it is asked for.
#[derive(Debug, Clone)]
pub struct AskedRefund {
    pub of: RefundOf,
    pub amount: Dong,
    /// Who gets it.
    pub payee: String,
    pub to: Destination,
    pub reason: String,
}

/// Longest name of a payee, in characters.
const PAYEE_MOST: usize = 200;
/// How money goes out, as the table keeps it.
const CASH: &str = "cash";
const TRANSFER: &str = "transfer";

impl Office {
    /// Asks for money to go back: all that is held, or a part.
    ///
    /// **Permissions**: [`Task::AskRefund`] in the unit of the request or the credit.
    ///
    /// # Errors
    /// `MoreThanPaid` for more than is held and not held back by other refunds.
    pub async fn ask_refund(&self, who: &Who, asked: AskedRefund, command: Uuid) -> Result<Uuid> {
        self.units_to(who, Task::AskRefund)?;
        let (_, staff, name) = who.label();
        let staff = staff.ok_or(Error::SignInFirst)?;
        let payee = text::clean(&asked.payee);
        if payee.chars().count() > PAYEE_MOST {
            return Err(Problem::TooLong("payee").into());
        }
        let (request, credit) = match asked.of {
            RefundOf::Request(id) => (Some(id), None),
            RefundOf::Credit(id) => (None, Some(id)),
        };
        let mut ledger = Ledger::open(self, who, request.as_slice()).await?;
        let mut came = match credit {
            Some(id) => Some(ledger.hold_credit(id).await?),
            None => None,
        };
        let (office, available) = match (request, &came) {
            (Some(id), _) => {
                let row = ledger.request(id)?.clone();
                let held = standing_of(&mut ledger.tx, &row).await?.held;
                let others = refunds::refunds_of_request(&mut ledger.tx, id).await?;
                (row.office_id, Available { held, held_back: held_back(&others) })
            }
            (None, Some(credit)) => (credit.office_id, Available { held: left_of(credit), held_back: Dong(0) }),
            (None, None) => return Err(Error::NotFound),
        };
        self.may_with_money(who, Task::AskRefund, office)?;
        if let Some(known) = self.answered_before(&mut ledger.tx, who, command).await? {
            return Ok(known);
        }
        let ask = Ask { amount: asked.amount, payee, to: asked.to, reason: super::few_words(&asked.reason, "reason")? };
        let refund = Refund::ask(&staff.to_string(), ask, available).map_err(refused)?;
        let (way, bin, account) = match &refund.to {
            Destination::Cash => (CASH, None, None),
            Destination::Transfer { bin, account } => {
                (TRANSFER, Some(bin.as_str().to_owned()), Some(account.as_str().to_owned()))
            }
        };
        let row = RefundRow {
            office_id: office,
            id: self.new_id(),
            request_id: request,
            credit_id: credit,
            amount: refund.amount.0,
            waived: 0,
            payee: refund.payee,
            way: way.into(),
            bin,
            masked_account: account.as_deref().map(masked).unwrap_or_default(),
            account,
            reason: refund.reason,
            state: refund.state.key().into(),
            asked_by: staff,
            asked_by_name: name,
            asked_at: self.now().0,
            decided_by: None,
            decided_by_name: None,
            decided_at: None,
            sendings: 0,
            remark: String::new(),
            ended_at: None,
            version: 1,
        };
        refunds::insert_refund(&mut ledger.tx, &row).await?;
        if let Some(credit) = &mut came {
            ledger.use_for_refund(credit, &row).await?;
        }
        if let Some(request) = request {
            ledger.watch(request).await?;
        }
        let detail = json!({ "request": request, "credit": credit, "amount": row.amount, "reason": row.reason });
        audit::record(self, &mut ledger.tx, who, "ask_refund", &object_of_refund(&row), detail).await?;
        self.keep_once(&mut ledger.tx, who, command, "ask_refund", &row.id).await?;
        ledger.touch(office);
        ledger.commit().await?;
        Ok(row.id)
    }

    /// Approves a refund, or rejects it with a reason. Never by whoever asked for it.
    ///
    /// **Permissions**: [`Task::DecideRefund`] in its unit.
    ///
    /// # Errors
    /// `OwnRefund` for whoever asked, `Stale` for one that is decided.
    pub async fn decide_refund(&self, who: &Who, id: Uuid, approve: bool, reason: &str, command: Uuid) -> Result<()> {
        let reason = super::few_words(reason, "reason")?;
        let step = if approve { RefundAct::Approve } else { RefundAct::Reject { reason } };
        self.move_refund(who, id, Task::DecideRefund, step, None, "decide_refund", command).await
    }

    /// A refund with the account in full once it is approved and is to be sent; the look is on the record.
    ///
    /// **Permissions**: [`Task::SendRefund`] in its unit.
    pub async fn refund_to_send(&self, who: &Who, id: Uuid) -> Result<RefundRow> {
        self.units_to(who, Task::SendRefund)?;
        let mut tx = self.db().read().await?;
        let mut row = refunds::refund_by_id(&mut tx, id).await?.ok_or(Error::NotFound)?;
        drop(tx);
        self.may_with_money(who, Task::SendRefund, row.office_id)?;
        if row.state != RefundState::Approved.key() {
            row.account = None;
        }
        self.record_view(who, "view_refund_account", &object_of_refund(&row), json!({ "state": row.state })).await?;
        Ok(row)
    }

    /// The money was sent, under that number of the transfer or of the voucher. The number of the account is forgotten;
    /// for money that is sent once more it is typed anew, and must agree with what stayed readable of it.
    ///
    /// **Permissions**: [`Task::SendRefund`] in its unit.
    pub async fn refund_sent(
        &self,
        who: &Who,
        id: Uuid,
        proof: &str,
        account: Option<&str>,
        command: Uuid,
    ) -> Result<()> {
        let step = RefundAct::Send { proof: super::few_words(proof, "proof")? };
        self.move_refund(who, id, Task::SendRefund, step, account, "refund_sent", command).await
    }

    /// The payer has the money.
    ///
    /// **Permissions**: as [`Office::refund_sent`].
    pub async fn refund_done(&self, who: &Who, id: Uuid, command: Uuid) -> Result<()> {
        self.move_refund(who, id, Task::SendRefund, RefundAct::Confirm, None, "refund_done", command).await
    }

    /// The money came back, by what the bank said. It may be sent again, or given up.
    ///
    /// **Permissions**: as [`Office::refund_sent`].
    pub async fn refund_failed(&self, who: &Who, id: Uuid, reason: &str, command: Uuid) -> Result<()> {
        let step = RefundAct::Fail { reason: super::few_words(reason, "reason")? };
        self.move_refund(who, id, Task::SendRefund, step, None, "refund_failed", command).await
    }

    /// The refund is given up before it is sent, or after it came back: what it held back is free again.
    ///
    /// **Permissions**: [`Task::AskRefund`] in its unit.
    pub async fn give_up_refund(&self, who: &Who, id: Uuid, reason: &str, command: Uuid) -> Result<()> {
        let step = RefundAct::GiveUp { reason: super::few_words(reason, "reason")? };
        self.move_refund(who, id, Task::AskRefund, step, None, "give_up_refund", command).await
    }

    /// One step of a refund, recorded under that name, with what it means for its request or its credit.
    #[expect(clippy::too_many_arguments, reason = "each step differs in all of them")]
    async fn move_refund(
        &self,
        who: &Who,
        id: Uuid,
        task: Task,
        step: RefundAct,
        again: Option<&str>,
        act: &'static str,
        command: Uuid,
    ) -> Result<()> {
        self.units_to(who, task)?;
        let (_, staff, name) = who.label();
        let staff = staff.ok_or(Error::SignInFirst)?;
        let of = {
            let mut tx = self.db().read().await?;
            refunds::refund_by_id(&mut tx, id).await?.ok_or(Error::NotFound)?
        };
        self.may_with_money(who, task, of.office_id)?;
        let mut ledger = Ledger::open(self, who, of.request_id.as_slice()).await?;
        let mut came = match of.credit_id {
            Some(credit) => Some(ledger.hold_credit(credit).await?),
            None => None,
        };
        let mut row = refunds::hold_refund(&mut ledger.tx, id).await?.ok_or(Error::NotFound)?;
        if self.answered_before::<()>(&mut ledger.tx, who, command).await?.is_some() {
            return Ok(());
        }
        let is_sending = matches!(step, RefundAct::Send { .. });
        let decides = matches!(step, RefundAct::Approve | RefundAct::Reject { .. });
        if is_sending && row.way == TRANSFER && row.account.is_none() {
            // It was sent before; what was approved is where it goes.
            let typed = again.map(str::trim).filter(|typed| masked(typed) == row.masked_account);
            if typed.is_none() {
                return Err(Problem::Missing("account").into());
            }
        }
        let next = refund_of(&row)?.apply(&staff.to_string(), step).map_err(refused)?;
        let before = match of.request_id {
            Some(request) => {
                let request = ledger.request(request)?.clone();
                Some(standing_of(&mut ledger.tx, &request).await?)
            }
            None => None,
        };
        let now = self.now();
        row.state = next.state.key().into();
        row.sendings = i64::from(next.sendings);
        row.remark = next.remark;
        if decides {
            row.decided_by = Some(staff);
            row.decided_by_name = Some(name);
            row.decided_at = Some(now.0);
        }
        let is_over = matches!(next.state, RefundState::Done | RefundState::Rejected | RefundState::GivenUp);
        row.ended_at = is_over.then_some(now.0);
        if is_over || is_sending {
            row.account = None;
        }
        if let (RefundState::Done, Some(before)) = (next.state, before) {
            row.waived = waived_by(&row, &before);
        }
        refunds::save_refund(&mut ledger.tx, &row).await?;
        match (next.state, &mut came) {
            (RefundState::Rejected | RefundState::GivenUp, Some(credit)) => ledger.release(credit, &row).await?,
            (RefundState::Done, None) => {
                if let Some(request) = of.request_id {
                    ledger.refresh(request).await?;
                    ledger.note_refunded(request, &row).await?;
                }
            }
            _ => {}
        }
        if let Some(request) = of.request_id {
            ledger.watch(request).await?;
        }
        let detail = json!({ "state": row.state, "amount": row.amount, "remark": row.remark });
        audit::record(self, &mut ledger.tx, who, act, &object_of_refund(&row), detail).await?;
        self.keep_once(&mut ledger.tx, who, command, act, &()).await?;
        ledger.touch(row.office_id);
        ledger.commit().await
    }
}

/// How much of the debt goes with a refund. What was paid too much is owed to the payer anyway; beyond it, who had paid all
/// owes nothing anew, and who still owed something owes what they owed before they paid.
fn waived_by(row: &RefundRow, before: &Standing) -> i64 {
    if before.remaining.0 > 0 { 0 } else { (row.amount - before.over.0).max(0) }
}

/// What is left of a credit that could go back.
fn left_of(credit: &CreditRow) -> Dong {
    if is_incoming(credit) { Dong(credit.amount - credit.used) } else { Dong(0) }
}

/// A refund as the rules see it. The number of the account may be forgotten: where it goes is not decided anew.
fn refund_of(row: &RefundRow) -> Result<Refund> {
    let unreadable = || Error::Broken(format!("refund {} cannot be read", row.id));
    let to = match (&row.bin, &row.account) {
        (Some(bin), Some(account)) => Destination::Transfer {
            bin: Bin::parse(bin).map_err(|_| unreadable())?,
            account: AccountNumber::parse(account).map_err(|_| unreadable())?,
        },
        _ => Destination::Cash,
    };
    Ok(Refund {
        amount: Dong(row.amount),
        payee: row.payee.clone(),
        to,
        reason: row.reason.clone(),
        state: RefundState::from_key(&row.state).ok_or_else(unreadable)?,
        asked_by: row.asked_by.to_string(),
        decided_by: row.decided_by.map(|staff| staff.to_string()),
        sendings: u32::try_from(row.sendings).unwrap_or(u32::MAX),
        remark: row.remark.clone(),
    })
}

/// Why the rules of refunds refuse, as the office says it.
fn refused(refusal: RefundRefusal) -> Error {
    match refusal {
        RefundRefusal::NotPositive => Problem::AmountInvalid.into(),
        RefundRefusal::MoreThanFree { free } => Refusal::MoreThanPaid { held: free }.into(),
        RefundRefusal::NoPayee => Refusal::MissingPayer.into(),
        RefundRefusal::NoReason => Refusal::MissingReason.into(),
        RefundRefusal::SamePerson => Problem::OwnRefund.into(),
        RefundRefusal::NotNow { .. } => Error::Stale,
    }
}
