//! What units add to procedures, a row for each version. Nothing is changed: the next version is the next row.

use crate::{Result, Tx, on_engine};
use domain::procedure::unit_part::OwnFee;
use sqlx::types::Json;
use uuid::Uuid;

/// One version of what a unit says of a procedure.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct LocalPartRow {
    /// The unit, by its authority.
    pub office_id: i64,
    pub id: Uuid,
    /// The procedure's national code.
    pub code: String,
    /// 1 for the first of the procedure in the unit, and so on.
    pub number: i64,
    /// First day it holds.
    pub valid_from: i64,
    /// Whether residents begin it online for the unit.
    pub online: bool,
    pub contact: String,
    pub notes: String,
    /// What the unit's own term is counted in, by its stable key.
    pub term_unit: Option<String>,
    pub term_amount: Option<i64>,
    /// Amounts of fees that are laid down without one.
    #[sqlx(json)]
    pub fees: Vec<OwnFee>,
    /// Who published it, by the name of then.
    pub staff_name: String,
    pub created_at: i64,
}

macro_rules! columns {
    () => {
        "office_id, id, code, number, valid_from, online, contact, notes, term_unit, term_amount, fees, staff_name,
         created_at"
    };
}

pub async fn insert_local_part(tx: &mut Tx, row: &LocalPartRow) -> Result<()> {
    let q = concat!(
        "INSERT INTO local_parts (",
        columns!(),
        ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
    );
    on_engine!(tx, |c| sqlx::query(q)
        .bind(row.office_id)
        .bind(row.id)
        .bind(&row.code)
        .bind(row.number)
        .bind(row.valid_from)
        .bind(row.online)
        .bind(&row.contact)
        .bind(&row.notes)
        .bind(&row.term_unit)
        .bind(row.term_amount)
        .bind(Json(&row.fees))
        .bind(&row.staff_name)
        .bind(row.created_at)
        .execute(c)
        .await
        .map(drop))
    .map_err(crate::db::duplicate("local part"))
}

/// Every version of every unit, those of one procedure in the order in which they hold.
pub async fn list_local_parts(tx: &mut Tx) -> Result<Vec<LocalPartRow>> {
    let q = concat!("SELECT ", columns!(), " FROM local_parts ORDER BY office_id, code, valid_from, number, id");
    Ok(on_engine!(tx, |c| sqlx::query_as(q).fetch_all(c).await)?)
}

/// The versions of one procedure in one unit, in the order in which they hold.
pub async fn local_parts_of(tx: &mut Tx, office: i64, code: &str) -> Result<Vec<LocalPartRow>> {
    let q = concat!(
        "SELECT ",
        columns!(),
        " FROM local_parts WHERE office_id = $1 AND code = $2 ORDER BY valid_from, number, id"
    );
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(office).bind(code).fetch_all(c).await)?)
}
