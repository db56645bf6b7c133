//! What payers are asked for: made by a clerk, cancelled while nothing but waiting became of it.

use super::{
    Purpose,
    ledger::{Ledger, object_of_request, standing_of},
    reason_of,
};
use crate::{Error, Office, Result, Who, audit, error::Problem, rights::Task};
use domain::{
    dossier::{Act, Dossier, PaymentState, Refusal, Status},
    money::Dong,
    payment::{
        PaymentToken,
        request::{ClosedAs, RequestState},
    },
    text,
    time::Instant,
};
use serde_json::json;
use store::{
    Tx,
    dossiers::DossierRow,
    offices,
    payment_requests::{self, PaymentRequestRow, RequestLine},
};
use uuid::Uuid;

/// What is asked for.
#[derive(Debug, Clone)]
pub struct NewRequest {
    /// Of which dossier; at the counter there may be none.
    pub dossier: Option<Uuid>,
    /// The unit that asks, where there is no dossier.
    pub office: i64,
    pub purpose: Purpose,
    pub lines: Vec<RequestLine>,
    /// Who is to pay; of a dossier's, left empty, its applicant.
    pub payer_name: String,
    /// The last moment to pay; of a duty's that of the duty, where it has one.
    pub limit: Option<Instant>,
}

/// Most lines of a request.
const LINES_MOST: usize = 50;
/// Longest name of a line and of a payer, in characters.
const NAME_MOST: usize = 200;
/// The most that is asked for at once, in đồng: a hundred billion. More is a slip of the hand.
const MOST: i64 = 100_000_000_000;
/// So often another token is drawn when one is taken.
const DRAWS: usize = 8;

impl Office {
    /// Asks a payer for money, under a token of its own. Fees are noted as owed on the dossier in the same transaction.
    ///
    /// **Permissions**: [`Task::AskPayment`] on the dossier, or in the unit that asks at its counter.
    ///
    /// # Errors
    /// `AlreadyAsked` while another request of the dossier for the same purpose is open, `NothingAsked` for a duty that
    /// the dossier does not wait for, and whatever the rules say about its fees.
    pub async fn request_fee(&self, who: &Who, asked: NewRequest, command: Uuid) -> Result<Uuid> {
        let lines = read_lines(&asked.lines)?;
        let (mut ledger, row) = match asked.dossier {
            Some(dossier) => {
                let (ledger, row) = Ledger::open_dossier(self, who, dossier).await?;
                self.may_with(who, Task::AskPayment, &row)?;
                (ledger, Some(row))
            }
            None => {
                self.may(who, Task::AskPayment, asked.office)?;
                let unit = self.books().places.authority_of(asked.office).ok_or(Error::NotFound)?;
                let mut ledger = Ledger::open(self, who, &[]).await?;
                // Held, so that a twin of the command waits.
                offices::hold_office(&mut ledger.tx, unit).await?;
                (ledger, None)
            }
        };
        if let Some(known) = self.answered_before(&mut ledger.tx, who, command).await? {
            return Ok(known);
        }
        let now = self.now();
        let limit = self.limit_of(&mut ledger.tx, &asked, row.as_ref()).await?;
        if limit.is_some_and(|limit| limit <= now) {
            return Err(Problem::DateInvalid("limit").into());
        }
        let typed = text::clean(&asked.payer_name);
        let applicant = row.as_ref().map(|row| row.applicant_name.clone());
        let payer_name = if typed.is_empty() { applicant.unwrap_or_default() } else { typed };
        if payer_name.is_empty() {
            return Err(Refusal::MissingPayer.into());
        }
        if payer_name.chars().count() > NAME_MOST {
            return Err(Problem::TooLong("payer_name").into());
        }
        // The unit that resolves it now is paid; the key stays with the office where it was filed.
        let resolving = row.as_ref().map_or(asked.office, |row| row.resolving_office);
        let unit = self.books().places.authority_of(asked.office).unwrap_or(asked.office);
        let account = self.account_of_unit(&mut ledger.tx, resolving, now.day()).await?;
        let sum: i64 = lines.iter().map(|line| line.amount.0).sum();
        let request = PaymentRequestRow {
            office_id: row.as_ref().map_or(unit, |row| row.office_id),
            id: self.new_id(),
            dossier_id: asked.dossier,
            token: self.new_token(&mut ledger.tx).await?,
            purpose: asked.purpose.key().into(),
            account_id: account.map(|account| account.id),
            payer_name,
            lines,
            asked: sum,
            status: RequestState::Owed.key().into(),
            paid: 0,
            refunded: 0,
            remaining: sum,
            limit_at: limit.map(|limit| limit.0),
            made_by: who.staff().map(|staff| staff.id),
            made_by_name: who.label().2,
            made_at: now.0,
            closed_at: None,
            closed_as: None,
            version: 1,
        };
        payment_requests::insert_request(&mut ledger.tx, &request).await?;
        let is_unnoted = row.as_ref().is_some_and(|row| row.state.payment != PaymentState::Owed);
        if asked.purpose == Purpose::Fee && is_unnoted {
            let act = Act::NotePayment { state: PaymentState::Owed, paid: None, reason: String::new() };
            ledger.act(asked.dossier, &act).await?;
        }
        let detail = json!({ "purpose": request.purpose, "asked": sum, "dossier": request.dossier_id });
        audit::record(self, &mut ledger.tx, who, "request_fee", &object_of_request(&request), detail).await?;
        self.keep_once(&mut ledger.tx, who, command, "request_fee", &request.id).await?;
        ledger.touch(request.office_id);
        ledger.commit().await?;
        Ok(request.id)
    }

    /// Cancels a request that is open: nothing is asked of the payer any more, and what is held of it goes back.
    ///
    /// **Permissions**: as [`Office::request_fee`].
    pub async fn cancel_payment_request(&self, who: &Who, id: Uuid, reason: &str, command: Uuid) -> Result<()> {
        self.units_to(who, Task::AskPayment)?;
        let reason = reason_of(reason)?;
        let mut ledger = Ledger::open(self, who, &[id]).await?;
        let row = ledger.request(id)?.clone();
        self.may_ask_for(who, &ledger, &row)?;
        if self.answered_before::<()>(&mut ledger.tx, who, command).await?.is_some() {
            return Ok(());
        }
        if row.closed_at.is_some() {
            return Err(Error::Stale);
        }
        let standing = ledger.close_request(id, ClosedAs::Cancelled, self.now()).await?;
        let dossier = row.dossier_id.and_then(|dossier| ledger.dossier(dossier));
        let owed = dossier.map(|row| &row.state).filter(|state| state.payment == PaymentState::Owed);
        // What was paid before stays paid; of a withdrawn dossier that would be money to settle anew.
        let stays_paid = |state: &Dossier| state.fees.held().0 > 0 && state.status != Status::Withdrawn;
        let left = owed.map(|state| if stays_paid(state) { PaymentState::Paid } else { PaymentState::NothingDue });
        if let Some(state) = left
            && row.purpose == Purpose::Fee.key()
            && standing.held.0 == 0
        {
            let act = Act::NotePayment { state, paid: None, reason: reason.clone() };
            ledger.note(&row, Some(&act)).await?;
        }
        let detail = json!({ "held": standing.held, "reason": reason });
        audit::record(self, &mut ledger.tx, who, "cancel_payment_request", &object_of_request(&row), detail).await?;
        self.keep_once(&mut ledger.tx, who, command, "cancel_payment_request", &()).await?;
        ledger.commit().await
    }

    /// Closes what is asked for on a dossier that is held, and of which nothing came: a clerk has noted that it was paid in
    /// cash, or that none is due. Money that still comes for it lies on the tray. A request of which a part came stays open:
    /// what became of the part is for a person to say.
    pub(crate) async fn close_unpaid_requests(
        &self,
        tx: &mut Tx,
        who: &Who,
        dossier: &DossierRow,
        purpose: Purpose,
    ) -> Result<()> {
        let known = payment_requests::requests_of_dossier(tx, dossier.office_id, dossier.id).await?;
        let is_open = |row: &&PaymentRequestRow| row.purpose == purpose.key() && row.closed_at.is_none();
        let open: Vec<Uuid> = known.iter().filter(is_open).map(|row| row.id).collect();
        for id in open {
            let mut row = payment_requests::hold_request(tx, id).await?.ok_or(Error::NotFound)?;
            if standing_of(tx, &row).await?.held.0 > 0 {
                continue;
            }
            row.closed_at = Some(self.now().0);
            row.closed_as = Some(ClosedAs::Cancelled.key().into());
            let standing = standing_of(tx, &row).await?;
            row.status = standing.state.key().into();
            row.remaining = standing.remaining.0;
            payment_requests::save_request(tx, &row).await?;
            let detail = json!({ "held": standing.held, "dossier": dossier.id });
            audit::record(self, tx, who, "cancel_payment_request", &object_of_request(&row), detail).await?;
        }
        Ok(())
    }

    /// What is asked for on a dossier, the oldest first.
    ///
    /// **Permissions**: the dossier's resident, and whoever may read it.
    pub async fn payment_requests_of(&self, who: &Who, dossier: Uuid) -> Result<Vec<PaymentRequestRow>> {
        let mut tx = self.db().read().await?;
        let row = self.find_dossier(&mut tx, dossier).await?;
        self.may_see(who, &row)?;
        Ok(payment_requests::requests_of_dossier(&mut tx, row.office_id, row.id).await?)
    }

    /// Whether this person may ask for what that request asks for.
    fn may_ask_for(&self, who: &Who, ledger: &Ledger<'_>, row: &PaymentRequestRow) -> Result<()> {
        match row.dossier_id.and_then(|dossier| ledger.dossier(dossier)) {
            Some(dossier) => self.may_with(who, Task::AskPayment, dossier),
            None => self.may_with_money(who, Task::AskPayment, row.office_id),
        }
    }

    /// Until when it is to be paid, when nothing open asks for the same already.
    async fn limit_of(&self, tx: &mut Tx, asked: &NewRequest, row: Option<&DossierRow>) -> Result<Option<Instant>> {
        let Some(row) = row else {
            return if asked.purpose == Purpose::Counter {
                Ok(asked.limit)
            } else {
                Err(Problem::Missing("dossier").into())
            };
        };
        if asked.purpose != Purpose::Counter {
            let others = payment_requests::requests_of_dossier(tx, row.office_id, row.id).await?;
            let is_same = |one: &PaymentRequestRow| one.purpose == asked.purpose.key() && one.closed_at.is_none();
            if others.iter().any(is_same) {
                return Err(Refusal::AlreadyAsked.into());
            }
        }
        if asked.purpose != Purpose::Duty {
            return Ok(asked.limit);
        }
        let duty = row.state.duty.as_ref().ok_or(Refusal::NothingAsked)?;
        Ok(duty.respond_by.or(asked.limit))
    }

    /// A token that no request has.
    async fn new_token(&self, tx: &mut Tx) -> Result<String> {
        for _ in 0..DRAWS {
            let token = PaymentToken::from_random(u64::from_be_bytes(self.0.clock.random_bytes()));
            let token = token.as_str().to_owned();
            if payment_requests::requests_by_tokens(tx, std::slice::from_ref(&token)).await?.is_empty() {
                return Ok(token);
            }
        }
        Err(Error::Broken("no free payment token was drawn".into()))
    }

    /// Ends a request whose limit has passed; answers whether it did. What is held of it lies on the tray then.
    pub(super) async fn expire_request(&self, who: &Who, id: Uuid) -> Result<bool> {
        let mut ledger = Ledger::open(self, who, &[id]).await?;
        let row = ledger.request(id)?.clone();
        let now = self.now();
        if row.closed_at.is_some() || row.limit_at.is_none_or(|limit| limit >= now.0) {
            return Ok(false);
        }
        // What is booked behind the limit is late, whenever this was seen.
        let at = row.limit_at.map_or(now, |limit| Instant(limit).plus_ms(1));
        let standing = standing_of(&mut ledger.tx, &row).await?;
        ledger.close_request(id, ClosedAs::Expired, at).await?;
        let detail = json!({ "held": standing.held });
        audit::record(self, &mut ledger.tx, who, "expire_payment_request", &object_of_request(&row), detail).await?;
        ledger.commit().await?;
        Ok(true)
    }
}

/// Lines that can be asked for: each with a name and an amount, together no slip of the hand.
fn read_lines(typed: &[RequestLine]) -> Result<Vec<RequestLine>> {
    if typed.is_empty() || typed.len() > LINES_MOST {
        return Err(Problem::Missing("lines").into());
    }
    let mut lines = Vec::with_capacity(typed.len());
    let mut sum = 0_i64;
    for line in typed {
        let name = text::clean(&line.name);
        if name.is_empty() {
            return Err(Problem::Missing("line_name").into());
        }
        if name.chars().count() > NAME_MOST {
            return Err(Problem::TooLong("line_name").into());
        }
        // A line may be exempt; all of them together are not.
        if line.amount.0 < 0 {
            return Err(Problem::AmountInvalid.into());
        }
        sum = sum.saturating_add(line.amount.0);
        lines.push(RequestLine { name, amount: Dong(line.amount.0), ..line.clone() });
    }
    if (1..=MOST).contains(&sum) { Ok(lines) } else { Err(Problem::AmountInvalid.into()) }
}
