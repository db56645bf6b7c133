//! Numbers handed out one by one: dossier codes of a day, papers and books of a year.

use crate::{Result, Tx, on_engine};

/// The next number of that series, from 1. The row stays locked until the transaction ends, so two acts never
/// get the same number, on either engine.
pub async fn next_number(tx: &mut Tx, office: i64, kind: &str, period: &str) -> Result<i64> {
    let q = "INSERT INTO counters (office_id, kind, period, value) VALUES ($1, $2, $3, 1)
             ON CONFLICT (office_id, kind, period) DO UPDATE SET value = counters.value + 1
             RETURNING value";
    Ok(on_engine!(tx, |c| sqlx::query_scalar(q).bind(office).bind(kind).bind(period).fetch_one(c).await)?)
}
