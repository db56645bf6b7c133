//! Residents' accounts.

use crate::{Result, Tx, on_engine};
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

/// Holds an account until the transaction ends: two windows of one person act one after the other.
pub async fn hold_account(tx: &mut Tx, id: Uuid) -> Result<()> {
    let q = tx.pick("SELECT id FROM accounts WHERE id = $1", "SELECT id FROM accounts WHERE id = $1 FOR UPDATE");
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(id).execute(c).await.map(drop))?)
}
