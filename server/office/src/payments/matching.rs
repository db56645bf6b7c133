//! What a person does with money on the tray: lays it where it belongs, whole or in parts, asks about it, or says what
//! it was.

use super::{
    ledger::{Ledger, held_back, object_of_credit, object_of_request, standing_of},
    reason_of,
    taking::{credit_of, is_incoming},
};
use crate::{Error, Office, Result, Who, audit, error::Problem, rights::Task};
use domain::{
    money::Dong,
    payment::{
        PaymentToken,
        matching::{self, Payable, Proposal},
    },
    time::{DAY_MS, Instant},
};
use serde_json::json;
use store::{
    Tx, bank_accounts,
    credits::{self, CreditRow},
    money_tray,
    payment_requests::{self, PaymentRequestRow},
    refunds,
};
use uuid::Uuid;

/// What a request is given of a credit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    pub request: Uuid,
    pub amount: Dong,
}

/// Most requests that one credit is split over.
const SHARES_MOST: usize = 50;
/// A request that owes exactly the amount is proposed when it was made so long before the booking at most.
const WINDOW_MS: i64 = 60 * DAY_MS;
/// So many requests of that amount are looked at.
const PROPOSED: i64 = 20;

impl Office {
    /// Lays all that is left of a credit to a request, because a person says so and why.
    ///
    /// **Permissions**: [`Task::MatchMoney`] in the unit of the credit and in that of the request.
    ///
    /// # Errors
    /// `RequestClosed` for a request that was cancelled or ran out, `MoreThanLeft` when nothing is left.
    pub async fn attach_credit(
        &self,
        who: &Who,
        credit: Uuid,
        request: Uuid,
        reason: &str,
        command: Uuid,
    ) -> Result<()> {
        self.units_to(who, Task::MatchMoney)?;
        let reason = reason_of(reason)?;
        let mut ledger = Ledger::open(self, who, &[request]).await?;
        let mut row = self.credit_to_match(who, &mut ledger, credit).await?;
        if self.answered_before::<()>(&mut ledger.tx, who, command).await?.is_some() {
            return Ok(());
        }
        self.may_give(who, ledger.request(request)?)?;
        let amount = Dong(row.amount - row.used);
        if amount.0 < 1 {
            return Err(Problem::MoreThanLeft { left: Dong(0) }.into());
        }
        ledger.use_for(&mut row, request, amount, &reason).await?;
        let detail = json!({ "request": request, "amount": amount, "reason": reason });
        audit::record(self, &mut ledger.tx, who, "attach_credit", &object_of_credit(&row), detail).await?;
        self.keep_once(&mut ledger.tx, who, command, "attach_credit", &()).await?;
        ledger.commit().await
    }

    /// Lays parts of a credit to several requests, all of them or none. What is left stays where it is.
    ///
    /// **Permissions**: as [`Office::attach_credit`], in the unit of every request.
    pub async fn split_credit(
        &self,
        who: &Who,
        credit: Uuid,
        shares: &[Share],
        reason: &str,
        command: Uuid,
    ) -> Result<()> {
        self.units_to(who, Task::MatchMoney)?;
        let reason = reason_of(reason)?;
        if shares.is_empty() {
            return Err(Problem::Missing("shares").into());
        }
        if shares.len() > SHARES_MOST {
            return Err(Problem::TooMany { most: SHARES_MOST }.into());
        }
        let requests: Vec<Uuid> = shares.iter().map(|share| share.request).collect();
        let mut ledger = Ledger::open(self, who, &requests).await?;
        let mut row = self.credit_to_match(who, &mut ledger, credit).await?;
        if self.answered_before::<()>(&mut ledger.tx, who, command).await?.is_some() {
            return Ok(());
        }
        for share in shares {
            self.may_give(who, ledger.request(share.request)?)?;
            ledger.use_for(&mut row, share.request, share.amount, &reason).await?;
        }
        let parts: Vec<_> = shares.iter().map(|share| json!([share.request, share.amount])).collect();
        let detail = json!({ "parts": parts, "reason": reason });
        audit::record(self, &mut ledger.tx, who, "split_credit", &object_of_credit(&row), detail).await?;
        self.keep_once(&mut ledger.tx, who, command, "split_credit", &()).await?;
        ledger.commit().await
    }

    /// Takes a line of the tray in hand and notes whom or what one has asked about it. It stays on the tray.
    ///
    /// **Permissions**: [`Task::MatchMoney`] in the unit of the line.
    pub async fn ask_about_credit(&self, who: &Who, line: Uuid, words: &str, command: Uuid) -> Result<()> {
        self.units_to(who, Task::MatchMoney)?;
        let words = reason_of(words)?;
        let mut ledger = self.ledger_of_line(who, line).await?;
        let row = money_tray::line_by_id(&mut ledger.tx, line).await?.ok_or(Error::NotFound)?;
        if self.answered_before::<()>(&mut ledger.tx, who, command).await?.is_some() {
            return Ok(());
        }
        let (_, owner, name) = who.label();
        let owner = owner.ok_or(Error::SignInFirst)?;
        if !money_tray::note_line(&mut ledger.tx, line, owner, &name, &words).await? {
            return Err(Error::Stale);
        }
        let object = self.object_of_line(&mut ledger, &row).await?;
        // The words stay in the line.
        audit::record(self, &mut ledger.tx, who, "ask_about_credit", &object, json!({ "line": line })).await?;
        self.keep_once(&mut ledger.tx, who, command, "ask_about_credit", &()).await?;
        ledger.touch(row.office_id);
        ledger.commit().await
    }

    /// Closes a line of the tray when no money waits behind it any more: what went out, another currency, a difference
    /// that was cleared up, a dossier that was told by hand.
    ///
    /// **Permissions**: [`Task::MatchMoney`] in the unit of the line.
    ///
    /// # Errors
    /// `MoneyLeft` while something of it could be used or has to go back.
    pub async fn close_money_line(&self, who: &Who, line: Uuid, how: &str, command: Uuid) -> Result<()> {
        self.units_to(who, Task::MatchMoney)?;
        let how = reason_of(how)?;
        let mut ledger = self.ledger_of_line(who, line).await?;
        let row = money_tray::line_by_id(&mut ledger.tx, line).await?.ok_or(Error::NotFound)?;
        if self.answered_before::<()>(&mut ledger.tx, who, command).await?.is_some() {
            return Ok(());
        }
        let now = self.now();
        if let Some(id) = row.credit_id {
            let credit = ledger.hold_credit(id).await?;
            if is_incoming(&credit) && credit.used < credit.amount {
                return Err(Problem::MoneyLeft.into());
            }
            credits::end_credit(&mut ledger.tx, credit.office_id, credit.id, now).await?;
        }
        if let Some(id) = row.request_id {
            let request = ledger.request(id)?.clone();
            let standing = standing_of(&mut ledger.tx, &request).await?;
            let goes_back = held_back(&refunds::refunds_of_request(&mut ledger.tx, id).await?);
            if standing.over > goes_back {
                return Err(Problem::MoneyLeft.into());
            }
        }
        if !money_tray::close_line(&mut ledger.tx, line, now, &how, &who.label().2).await? {
            return Err(Error::Stale);
        }
        let object = self.object_of_line(&mut ledger, &row).await?;
        let detail = json!({ "line": line, "reason": row.reason });
        audit::record(self, &mut ledger.tx, who, "close_money_line", &object, detail).await?;
        self.keep_once(&mut ledger.tx, who, command, "close_money_line", &()).await?;
        ledger.touch(row.office_id);
        ledger.commit().await
    }

    /// Requests that a person may want to look at first for a credit: those its note names, then those that owe exactly
    /// what is left of it. A proposal settles nothing.
    pub(super) async fn proposals_for(
        &self,
        tx: &mut Tx,
        credit: &CreditRow,
    ) -> Result<Vec<(Proposal, PaymentRequestRow)>> {
        let account = bank_accounts::bank_account_by_id(tx, credit.account_id).await?;
        let account = account.ok_or_else(|| Error::Broken("a credit without its account".into()))?;
        let left = matching::Credit { amount: Dong(credit.amount - credit.used), ..credit_of(credit, &account) };
        let tokens: Vec<String> =
            PaymentToken::find_all(&credit.note).iter().map(|token| token.as_str().to_owned()).collect();
        let mut rows = payment_requests::requests_by_tokens(tx, &tokens).await?;
        let since = Instant(credit.booked_at).plus_ms(-WINDOW_MS);
        for row in payment_requests::owed_requests(tx, account.id, left.amount, since, PROPOSED).await? {
            if rows.iter().all(|known| known.id != row.id) {
                rows.push(row);
            }
        }
        let mut payables: Vec<Payable> = Vec::new();
        for row in &rows {
            payables.extend(self.payable(tx, row).await?);
        }
        let proposed = matching::proposals(&left, &payables, WINDOW_MS);
        let with_row = |proposal: Proposal| {
            let row = rows.iter().find(|row| row.token == proposal.token.as_str())?.clone();
            Some((proposal, row))
        };
        Ok(proposed.into_iter().filter_map(with_row).collect())
    }

    /// A credit that this person may lay somewhere, held.
    async fn credit_to_match(&self, who: &Who, ledger: &mut Ledger<'_>, id: Uuid) -> Result<CreditRow> {
        let row = ledger.hold_credit(id).await?;
        self.may_with_money(who, Task::MatchMoney, row.office_id)?;
        Ok(row)
    }

    /// Whether a request may be given money by this person: it asks for some, or did and was paid.
    fn may_give(&self, who: &Who, row: &PaymentRequestRow) -> Result<()> {
        self.may_with_money(who, Task::MatchMoney, row.office_id)?;
        if row.closed_as.is_some() { Err(Problem::RequestClosed.into()) } else { Ok(()) }
    }

    /// Work on what a line is about, by somebody who may.
    async fn ledger_of_line<'a>(&'a self, who: &'a Who, line: Uuid) -> Result<Ledger<'a>> {
        let mut tx = self.db().read().await?;
        let row = money_tray::line_by_id(&mut tx, line).await?.ok_or(Error::NotFound)?;
        drop(tx);
        self.may_with_money(who, Task::MatchMoney, row.office_id)?;
        let mut ledger = Ledger::open(self, who, row.request_id.as_slice()).await?;
        if let Some(credit) = row.credit_id {
            // Held, so that a twin of the command waits.
            ledger.hold_credit(credit).await?;
        }
        Ok(ledger)
    }

    /// What the record says a line is about.
    async fn object_of_line(&self, ledger: &mut Ledger<'_>, row: &money_tray::TrayRow) -> Result<audit::Object> {
        match (row.credit_id, row.request_id) {
            (Some(credit), _) => Ok(object_of_credit(&ledger.hold_credit(credit).await?)),
            (None, Some(request)) => Ok(object_of_request(ledger.request(request)?)),
            (None, None) => Err(Error::Broken("a line about nothing".into())),
        }
    }
}
