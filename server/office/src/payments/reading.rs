//! What staff read of money: the tray, what came, what goes back. Every look is on the record.

use super::{TrayReason, ledger::object_of_credit};
use crate::{Error, Office, Result, Who, audit::Object, rights::Task};
use domain::payment::matching::Proposal;
use serde_json::json;
use store::{
    Tx,
    credits::{self, Before, CreditRow, PartRow},
    dossiers,
    money_tray::{self, TrayRow},
    payment_requests::{self, PaymentRequestRow},
    refunds::{self, RefundRow},
};
use uuid::Uuid;

/// A page of the tray.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrayPage {
    /// The oldest first.
    pub lines: Vec<TrayLine>,
    /// Where the next page begins, when there is one.
    pub next: Option<money_tray::After>,
}

/// A line of the tray with what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrayLine {
    pub row: TrayRow,
    /// None for a reason that a newer program wrote.
    pub reason: Option<TrayReason>,
    pub credit: Option<CreditRow>,
    /// Of a sensitive dossier that the reader may not open it says neither which, nor for what.
    pub request: Option<PaymentRequestRow>,
}

/// A page of what came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditPage {
    /// The latest booked first.
    pub rows: Vec<CreditRow>,
    pub next: Option<Before>,
}

/// A credit with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditView {
    pub row: CreditRow,
    pub parts: Vec<PartRow>,
    /// The line of the tray on which it lies.
    pub line: Option<TrayRow>,
    /// Requests to look at first, while something is left of it. One of another unit says neither whose it is, nor for what.
    pub proposals: Vec<(Proposal, PaymentRequestRow)>,
}

/// A page of refunds under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundPage {
    /// The longest asked first, without numbers of accounts.
    pub rows: Vec<RefundRow>,
    pub next: Option<refunds::After>,
}

/// Lines of a page.
const PAGE: usize = 30;

impl Office {
    /// One page of money that a person must look at, the oldest first.
    ///
    /// **Permissions**: [`Task::ReadMoney`]; the units where it is held, and those that they continue.
    pub async fn money_tray(&self, who: &Who, after: Option<money_tray::After>) -> Result<TrayPage> {
        let units = self.units_to(who, Task::ReadMoney)?;
        let mut tx = self.db().read().await?;
        let mut rows = money_tray::open_lines(&mut tx, &self.with_ended(&units), after, PAGE as i64 + 1).await?;
        let more = rows.len() > PAGE;
        rows.truncate(PAGE);
        let next = rows.last().filter(|_| more).map(|row| money_tray::After { since: row.since, id: row.id });
        let about: Vec<Uuid> = rows.iter().filter_map(|row| row.credit_id).collect();
        let came = credits::credits_by_ids(&mut tx, &about).await?;
        let about: Vec<Uuid> = rows.iter().filter_map(|row| row.request_id).collect();
        let mut asked = payment_requests::requests_by_ids(&mut tx, &about).await?;
        self.hide_others(&mut tx, who, &mut asked).await?;
        drop(tx);
        let line = |row: TrayRow| TrayLine {
            reason: TrayReason::from_key(&row.reason),
            credit: came.iter().find(|one| Some(one.id) == row.credit_id).cloned(),
            request: asked.iter().find(|one| Some(one.id) == row.request_id).cloned(),
            row,
        };
        let lines: Vec<TrayLine> = rows.into_iter().map(line).collect();
        let object = Object { kind: "queue", id: "khoan-tien-chua-ro".into(), office: units.first().copied() };
        self.record_view(who, "view_money_tray", &object, json!({ "rows": lines.len() })).await?;
        Ok(TrayPage { lines, next })
    }

    /// How many lines lie on the tray; 100 means a hundred or more.
    ///
    /// **Permissions**: as [`Office::money_tray`].
    pub async fn count_money_tray(&self, who: &Who) -> Result<i64> {
        let units = self.units_to(who, Task::ReadMoney)?;
        let mut tx = self.db().read().await?;
        Ok(money_tray::count_lines(&mut tx, &self.with_ended(&units)).await?)
    }

    /// One page of what came to the accounts of the reader's units, the latest booked first.
    ///
    /// **Permissions**: as [`Office::money_tray`].
    pub async fn credits(&self, who: &Who, before: Option<Before>) -> Result<CreditPage> {
        let units = self.units_to(who, Task::ReadMoney)?;
        let mut tx = self.db().read().await?;
        let mut rows = credits::credits_of(&mut tx, &self.with_ended(&units), before, PAGE as i64 + 1).await?;
        drop(tx);
        let more = rows.len() > PAGE;
        rows.truncate(PAGE);
        let next = rows.last().filter(|_| more).map(|row| Before { booked_at: row.booked_at, id: row.id });
        let object = Object { kind: "queue", id: "tien-ve".into(), office: units.first().copied() };
        self.record_view(who, "view_credits", &object, json!({ "rows": rows.len() })).await?;
        Ok(CreditPage { rows, next })
    }

    /// One credit with its parts, and with the requests to look at first while something is left of it.
    ///
    /// **Permissions**: [`Task::ReadMoney`] in its unit.
    pub async fn credit(&self, who: &Who, id: Uuid) -> Result<CreditView> {
        self.units_to(who, Task::ReadMoney)?;
        let mut tx = self.db().read().await?;
        let row = credits::credit_by_id(&mut tx, id).await?.ok_or(Error::NotFound)?;
        self.may_with_money(who, Task::ReadMoney, row.office_id)?;
        let parts = credits::parts_of_credit(&mut tx, row.office_id, id).await?;
        let line = money_tray::open_line(&mut tx, money_tray::About::Credit(id)).await?;
        let mut proposals = Vec::new();
        if row.used < row.amount {
            let found = self.proposals_for(&mut tx, &row).await?;
            let (why, mut rows): (Vec<Proposal>, Vec<PaymentRequestRow>) = found.into_iter().unzip();
            self.hide_others(&mut tx, who, &mut rows).await?;
            proposals = why.into_iter().zip(rows).collect();
        }
        drop(tx);
        self.record_view(who, "view_credit", &object_of_credit(&row), json!({ "parts": parts.len() })).await?;
        Ok(CreditView { row, parts, line, proposals })
    }

    /// One page of the refunds under way in the reader's units, the longest asked first.
    ///
    /// **Permissions**: as [`Office::money_tray`].
    pub async fn open_refunds(&self, who: &Who, after: Option<refunds::After>) -> Result<RefundPage> {
        let units = self.units_to(who, Task::ReadMoney)?;
        let mut tx = self.db().read().await?;
        let mut rows = refunds::open_refunds(&mut tx, &self.with_ended(&units), after, PAGE as i64 + 1).await?;
        drop(tx);
        let more = rows.len() > PAGE;
        rows.truncate(PAGE);
        rows.iter_mut().for_each(|row| row.account = None);
        let next = rows.last().filter(|_| more).map(|row| refunds::After { asked_at: row.asked_at, id: row.id });
        let object = Object { kind: "queue", id: "hoan-tien".into(), office: units.first().copied() };
        self.record_view(who, "view_refunds", &object, json!({ "rows": rows.len() })).await?;
        Ok(RefundPage { rows, next })
    }

    /// Of requests of other units, and of sensitive dossiers that this person may not read, stays that something is owed and
    /// how much.
    async fn hide_others(&self, tx: &mut Tx, who: &Who, rows: &mut [PaymentRequestRow]) -> Result<()> {
        let ids: Vec<Uuid> = rows.iter().filter_map(|row| row.dossier_id).collect();
        let sensitive: Vec<Uuid> =
            dossiers::dossiers_by_ids(tx, &ids).await?.iter().filter(|row| row.sensitive).map(|row| row.id).collect();
        let hidden = self.unreadable(tx, who, &sensitive).await?;
        let is_hidden = |row: &PaymentRequestRow| {
            // The note of a credit may name what another unit asks for.
            let is_elsewhere = self.may_with_money(who, Task::ReadMoney, row.office_id).is_err();
            is_elsewhere || row.dossier_id.is_some_and(|id| hidden.contains(&id))
        };
        for row in rows.iter_mut().filter(|row| is_hidden(row)) {
            row.dossier_id = None;
            row.payer_name.clear();
            row.lines.clear();
        }
        Ok(())
    }
}
