//! Accounts of units at banks. One that is used no more keeps its row, with its last day.

use crate::{Result, Tx, db::duplicate, on_engine};
use domain::time::Day;
use sqlx::QueryBuilder;
use uuid::Uuid;

/// An account of a unit.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct BankAccountRow {
    /// The unit, by its authority.
    pub office_id: i64,
    pub id: Uuid,
    /// The six digits of the bank.
    pub bin: String,
    /// The number, as codes of transfers have it.
    pub account: String,
    /// Whose it is by name, as the bank shows it to payers.
    pub holder: String,
    /// The first day.
    pub valid_from: i64,
    /// The last day, included.
    pub valid_to: Option<i64>,
    pub made_by_name: String,
    pub made_at: i64,
}

impl BankAccountRow {
    /// Whether money comes to it on that day.
    pub fn is_open_on(&self, day: Day) -> bool {
        let day = i64::from(day.0);
        self.valid_from <= day && self.valid_to.is_none_or(|last| last >= day)
    }
}

macro_rules! columns {
    () => {
        "office_id, id, bin, account, holder, valid_from, valid_to, made_by_name, made_at"
    };
}

/// `Duplicate("bank account")` when an open account of that bank has that number.
pub async fn insert_bank_account(tx: &mut Tx, row: &BankAccountRow) -> Result<()> {
    let q =
        "INSERT INTO bank_accounts (office_id, id, bin, account, holder, valid_from, valid_to, made_by_name, made_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    on_engine!(tx, |c| sqlx::query(q)
        .bind(row.office_id)
        .bind(row.id)
        .bind(&row.bin)
        .bind(&row.account)
        .bind(&row.holder)
        .bind(row.valid_from)
        .bind(row.valid_to)
        .bind(&row.made_by_name)
        .bind(row.made_at)
        .execute(c)
        .await
        .map(drop))
    .map_err(duplicate("bank account"))
}

pub async fn bank_account_by_id(tx: &mut Tx, id: Uuid) -> Result<Option<BankAccountRow>> {
    let q = concat!("SELECT ", columns!(), " FROM bank_accounts WHERE id = $1");
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(id).fetch_optional(c).await)?)
}

/// The same, held until the transaction ends. Credits that point at it may still be kept by others.
pub async fn hold_bank_account(tx: &mut Tx, id: Uuid) -> Result<Option<BankAccountRow>> {
    macro_rules! by_id {
        ($lock:literal) => {
            concat!("SELECT ", columns!(), " FROM bank_accounts WHERE id = $1", $lock)
        };
    }
    // On SQLite the transaction that writes is the only one anyway.
    let q = tx.pick(by_id!(""), by_id!(" FOR NO KEY UPDATE"));
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(id).fetch_optional(c).await)?)
}

/// Every account of that number, whichever bank's and whenever it was open, the newest first.
pub async fn bank_accounts_numbered(tx: &mut Tx, account: &str) -> Result<Vec<BankAccountRow>> {
    let q = concat!("SELECT ", columns!(), " FROM bank_accounts WHERE account = $1 ORDER BY id DESC");
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(account).fetch_all(c).await)?)
}

/// Every account of those units, the oldest first.
pub async fn bank_accounts_of(tx: &mut Tx, offices: &[i64]) -> Result<Vec<BankAccountRow>> {
    if offices.is_empty() {
        return Ok(Vec::new());
    }
    Ok(on_engine!(tx, |c| {
        let mut q = QueryBuilder::new(concat!("SELECT ", columns!(), " FROM bank_accounts WHERE office_id IN ("));
        let mut list = q.separated(", ");
        for office in offices {
            list.push_bind(*office);
        }
        q.push(") ORDER BY office_id, id");
        q.build_query_as().fetch_all(c).await
    })?)
}

/// No money comes to it after that day. `false` when it has a last day already.
pub async fn end_bank_account(tx: &mut Tx, office: i64, id: Uuid, last: Day) -> Result<bool> {
    let q = "UPDATE bank_accounts SET valid_to = $3 WHERE office_id = $1 AND id = $2 AND valid_to IS NULL RETURNING id";
    let day = i64::from(last.0);
    let done: Option<Uuid> =
        on_engine!(tx, |c| sqlx::query_scalar(q).bind(office).bind(id).bind(day).fetch_optional(c).await)?;
    Ok(done.is_some())
}
