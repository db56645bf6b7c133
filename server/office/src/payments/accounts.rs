//! Accounts of the unit at banks: where payers send their money.

use super::taking::plain_number;
use crate::{
    Error, Office, Result, Who,
    audit::{self, Object},
    error::Problem,
    rights::Task,
};
use domain::{
    payment::{AccountNumber, Bin},
    text,
    time::Day,
};
use serde_json::json;
use store::{
    StoreError, Tx,
    bank_accounts::{self, BankAccountRow},
    offices,
};
use uuid::Uuid;

/// An account, as typed.
#[derive(Debug, Clone, Default)]
pub struct TypedAccount {
    /// The six digits of the bank.
    pub bin: String,
    pub number: String,
    /// Whose it is by name.
    pub holder: String,
    /// The first day whose money is the unit's; today where none is typed.
    pub from: Option<Day>,
}

/// Longest name of a holder, in characters.
const HOLDER_MOST: usize = 200;

impl Office {
    /// Adds an account of a unit. What the bank books on it from its first day on is the unit's.
    ///
    /// **Permissions**: [`Task::ManageBankAccounts`] in the unit.
    ///
    /// # Errors
    /// Which of the fields is wrong; `Problem::AccountTaken` when some of its days are already those of an account of that
    /// bank and number: a transfer belongs to one of them.
    pub async fn add_bank_account(&self, who: &Who, office: i64, typed: &TypedAccount, command: Uuid) -> Result<Uuid> {
        self.may(who, Task::ManageBankAccounts, office)?;
        let unit = self.books().places.authority_of(office).ok_or(Error::NotFound)?;
        let bin = Bin::parse(typed.bin.trim()).map_err(|_| Problem::Missing("bin"))?;
        let number = AccountNumber::parse(&plain_number(&typed.number)).map_err(|_| Problem::Missing("number"))?;
        let holder = text::clean(&typed.holder);
        if holder.is_empty() {
            return Err(Problem::Missing("holder").into());
        }
        if holder.chars().count() > HOLDER_MOST {
            return Err(Problem::TooLong("holder").into());
        }
        let mut tx = self.db().write().await?;
        offices::hold_office(&mut tx, unit).await?;
        if let Some(known) = self.answered_before(&mut tx, who, command).await? {
            return Ok(known);
        }
        let now = self.now();
        let from = typed.from.unwrap_or_else(|| now.day());
        if from > now.day() {
            return Err(Problem::DateInvalid("from").into());
        }
        let numbered = bank_accounts::bank_accounts_numbered(&mut tx, number.as_str()).await?;
        let overlaps = |row: &BankAccountRow| row.valid_to.is_none_or(|last| last >= i64::from(from.0));
        if numbered.iter().any(|row| row.bin == bin.as_str() && overlaps(row)) {
            return Err(Problem::AccountTaken.into());
        }
        let row = BankAccountRow {
            office_id: unit,
            id: self.new_id(),
            bin: bin.as_str().into(),
            account: number.as_str().into(),
            holder,
            valid_from: i64::from(from.0),
            valid_to: None,
            made_by_name: who.label().2,
            made_at: now.0,
        };
        match bank_accounts::insert_bank_account(&mut tx, &row).await {
            Err(StoreError::Duplicate(_)) => return Err(Problem::AccountTaken.into()),
            done => done?,
        }
        let object = Object { kind: "bank_account", id: row.id.to_string(), office: Some(unit) };
        let detail = json!({ "bin": row.bin, "account": row.account });
        audit::record(self, &mut tx, who, "add_bank_account", &object, detail).await?;
        self.keep_once(&mut tx, who, command, "add_bank_account", &row.id).await?;
        tx.commit().await?;
        Ok(row.id)
    }

    /// Ends an account with today: no new request asks for it. What the bank books on it today is still taken, and later what
    /// pays a request that asked for it before.
    ///
    /// **Permissions**: as [`Office::add_bank_account`].
    pub async fn end_bank_account(&self, who: &Who, id: Uuid, command: Uuid) -> Result<()> {
        self.units_to(who, Task::ManageBankAccounts)?;
        let mut tx = self.db().write().await?;
        let row = bank_accounts::hold_bank_account(&mut tx, id).await?.ok_or(Error::NotFound)?;
        self.may_with_money(who, Task::ManageBankAccounts, row.office_id)?;
        if self.answered_before::<()>(&mut tx, who, command).await?.is_some() {
            return Ok(());
        }
        if !bank_accounts::end_bank_account(&mut tx, row.office_id, id, self.now().day()).await? {
            return Err(Error::Stale);
        }
        let object = Object { kind: "bank_account", id: id.to_string(), office: Some(row.office_id) };
        audit::record(self, &mut tx, who, "end_bank_account", &object, json!({})).await?;
        self.keep_once(&mut tx, who, command, "end_bank_account", &()).await?;
        Ok(tx.commit().await?)
    }

    /// The accounts of the reader's units, also those that have ended.
    ///
    /// **Permissions**: [`Task::ReadMoney`] or [`Task::ManageBankAccounts`]; the units where one is held.
    pub async fn bank_accounts(&self, who: &Who) -> Result<Vec<BankAccountRow>> {
        let mut units = self.units_for(who, Task::ReadMoney);
        units.extend(self.units_for(who, Task::ManageBankAccounts));
        units.sort_unstable();
        units.dedup();
        if units.is_empty() {
            return Err(if who.staff().is_some() { Error::Forbidden } else { Error::SignInFirst });
        }
        let mut tx = self.db().read().await?;
        Ok(bank_accounts::bank_accounts_of(&mut tx, &self.with_ended(&units)).await?)
    }

    /// The account that a unit asks to be paid to on that day: the one added last. `None` where it has none.
    pub(super) async fn account_of_unit(&self, tx: &mut Tx, office: i64, day: Day) -> Result<Option<BankAccountRow>> {
        let Some(unit) = self.books().places.authority_of(office) else { return Ok(None) };
        let rows = bank_accounts::bank_accounts_of(tx, &[unit]).await?;
        Ok(rows.into_iter().rev().find(|row| row.is_open_on(day) && row.valid_to.is_none()))
    }
}
