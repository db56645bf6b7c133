//! Offices in time, and who continues whom.

use crate::{Result, Tx, on_engine};
use domain::time::Day;
use serde::{Deserialize, Serialize};

/// An office as it stood between two days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, sqlx::FromRow)]
pub struct OfficeRow {
    pub id: i64,
    pub key: String,
    pub name: String,
    pub kind: String,
    pub unit_code: String,
    pub organ_id: String,
    pub parent_key: Option<String>,
    pub valid_from: i64,
    pub valid_to: Option<i64>,
}

impl OfficeRow {
    /// Whether the office existed on that day.
    pub fn stands_on(&self, day: Day) -> bool {
        i64::from(day.0) >= self.valid_from && self.valid_to.is_none_or(|last| i64::from(day.0) <= last)
    }
}

/// An office that is continued by another from a day on.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct SuccessionRow {
    pub from_key: String,
    pub to_key: String,
    pub on_day: i64,
    pub basis: String,
}

/// Where an office is found and called.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ContactRow {
    pub office_id: i64,
    /// As it is said to somebody who comes from elsewhere; may be empty.
    pub address: String,
    /// As it is dialled: `+84…`; may be empty.
    pub phone: String,
}

pub async fn insert_office(tx: &mut Tx, row: &OfficeRow) -> Result<()> {
    let q = "INSERT INTO offices (id, key, name, kind, unit_code, organ_id, parent_key, valid_from, valid_to)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    on_engine!(tx, |c| sqlx::query(q)
        .bind(row.id)
        .bind(&row.key)
        .bind(&row.name)
        .bind(&row.kind)
        .bind(&row.unit_code)
        .bind(&row.organ_id)
        .bind(&row.parent_key)
        .bind(row.valid_from)
        .bind(row.valid_to)
        .execute(c)
        .await
        .map(drop))
    .map_err(crate::db::duplicate("office"))
}

pub async fn insert_succession(tx: &mut Tx, row: &SuccessionRow) -> Result<()> {
    let q = "INSERT INTO office_successions (from_key, to_key, on_day, basis) VALUES ($1, $2, $3, $4)";
    on_engine!(tx, |c| sqlx::query(q)
        .bind(&row.from_key)
        .bind(&row.to_key)
        .bind(row.on_day)
        .bind(&row.basis)
        .execute(c)
        .await
        .map(drop))
    .map_err(crate::db::duplicate("office succession"))
}

pub async fn list_offices(tx: &mut Tx) -> Result<Vec<OfficeRow>> {
    let q =
        "SELECT id, key, name, kind, unit_code, organ_id, parent_key, valid_from, valid_to FROM offices ORDER BY id";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).fetch_all(c).await)?)
}

pub async fn list_successions(tx: &mut Tx) -> Result<Vec<SuccessionRow>> {
    let q = "SELECT from_key, to_key, on_day, basis FROM office_successions ORDER BY on_day, from_key, to_key";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).fetch_all(c).await)?)
}

/// Sets where an office is found and called; what it was before is forgotten.
pub async fn set_contact(tx: &mut Tx, row: &ContactRow) -> Result<()> {
    let q = "INSERT INTO office_contacts (office_id, address, phone) VALUES ($1, $2, $3)
             ON CONFLICT (office_id) DO UPDATE SET address = excluded.address, phone = excluded.phone";
    on_engine!(tx, |c| sqlx::query(q)
        .bind(row.office_id)
        .bind(&row.address)
        .bind(&row.phone)
        .execute(c)
        .await
        .map(drop))?;
    Ok(())
}

pub async fn list_contacts(tx: &mut Tx) -> Result<Vec<ContactRow>> {
    let q = "SELECT office_id, address, phone FROM office_contacts ORDER BY office_id";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).fetch_all(c).await)?)
}

/// Holds an office until the transaction ends: two changes of its staff, contact come one after the other.
pub async fn hold_office(tx: &mut Tx, id: i64) -> Result<()> {
    let q = "UPDATE offices SET key = key WHERE id = $1";
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(id).execute(c).await.map(drop))?)
}

/// Gives an office its last day, unless it ends earlier.
pub async fn end_office(tx: &mut Tx, id: i64, last: Day) -> Result<()> {
    let q = "UPDATE offices SET valid_to = $2 WHERE id = $1 AND (valid_to IS NULL OR valid_to > $2)";
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(id).bind(i64::from(last.0)).execute(c).await.map(drop))?)
}
