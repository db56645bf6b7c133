//! Residents' accounts.

use crate::{Result, Tx, on_engine};
use domain::time::Instant;
use uuid::Uuid;

/// An account. Level 0: the number is claimed, not proven, so nothing is matched or pre-filled by it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AccountRow {
    pub id: Uuid,
    pub citizen_id: String,
    pub name: String,
    pub phone: Option<String>,
    pub password_hash: String,
    pub level: i64,
    pub created_at: i64,
}

pub async fn insert_account(tx: &mut Tx, row: &AccountRow) -> Result<()> {
    let q = "INSERT INTO accounts (id, citizen_id, name, phone, password_hash, level, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)";
    on_engine!(tx, |c| sqlx::query(q)
        .bind(row.id)
        .bind(&row.citizen_id)
        .bind(&row.name)
        .bind(&row.phone)
        .bind(&row.password_hash)
        .bind(row.level)
        .bind(row.created_at)
        .execute(c)
        .await
        .map(drop))
    .map_err(crate::db::duplicate("account"))
}

pub async fn account_by_id(tx: &mut Tx, id: Uuid) -> Result<Option<AccountRow>> {
    let q = "SELECT id, citizen_id, name, phone, password_hash, level, created_at FROM accounts WHERE id = $1";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(id).fetch_optional(c).await)?)
}

pub async fn account_by_citizen_id(tx: &mut Tx, citizen_id: &str) -> Result<Option<AccountRow>> {
    let q = "SELECT id, citizen_id, name, phone, password_hash, level, created_at FROM accounts WHERE citizen_id = $1";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(citizen_id).fetch_optional(c).await)?)
}

/// Accounts that were opened with that number and gave it back to its owner, the latest first.
pub async fn accounts_that_lost(tx: &mut Tx, number: &str) -> Result<Vec<AccountRow>> {
    let q = "SELECT id, citizen_id, name, phone, password_hash, level, created_at FROM accounts
             WHERE lost_number = $1 ORDER BY lost_at DESC LIMIT 3";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(number).fetch_all(c).await)?)
}

/// Takes the number from an account. Its place holds the account's own id, so that the number is free for its owner.
pub async fn lose_number(tx: &mut Tx, id: Uuid, now: Instant) -> Result<()> {
    let q = "UPDATE accounts SET lost_number = citizen_id, lost_at = $2, citizen_id = $3 WHERE id = $1";
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(id).bind(now.0).bind(id.to_string()).execute(c).await.map(drop))?)
}

/// Marks an account as its owner's, with the name as the card has it.
pub async fn raise_level(tx: &mut Tx, id: Uuid, level: i64, name: &str) -> Result<()> {
    let q = "UPDATE accounts SET level = $2, name = $3 WHERE id = $1";
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(id).bind(level).bind(name).execute(c).await.map(drop))?)
}

pub async fn set_password(tx: &mut Tx, id: Uuid, password_hash: &str) -> Result<()> {
    let q = "UPDATE accounts SET password_hash = $2 WHERE id = $1";
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(id).bind(password_hash).execute(c).await.map(drop))?)
}

/// Holds an account until the transaction ends: two windows of one person act one after the other.
pub async fn hold_account(tx: &mut Tx, id: Uuid) -> Result<()> {
    let q = tx.pick("SELECT id FROM accounts WHERE id = $1", "SELECT id FROM accounts WHERE id = $1 FOR UPDATE");
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(id).execute(c).await.map(drop))?)
}
