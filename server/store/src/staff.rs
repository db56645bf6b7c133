//! Staff, what they are appointed to, and their recovery codes.

use crate::{Result, Tx, on_engine};
use domain::time::{Day, Instant};
use sqlx::QueryBuilder;
use uuid::Uuid;

/// A member of staff as a person who signs in; what they may do hangs on their positions.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct StaffRow {
    pub id: Uuid,
    pub login: String,
    pub name: String,
    pub sort_key: String,
    pub phone: Option<String>,
    pub password_hash: String,
    pub totp_secret: String,
    pub totp_last_step: i64,
    pub created_at: i64,
    pub disabled_at: Option<i64>,
}

/// A role held in an office between two days.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct PositionRow {
    pub id: Uuid,
    pub staff_id: Uuid,
    pub office_id: i64,
    pub role: String,
    pub title: String,
    pub valid_from: i64,
    pub valid_to: Option<i64>,
}

/// A colleague as lists show one.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ColleagueRow {
    pub staff_id: Uuid,
    pub name: String,
    pub role: String,
    pub title: String,
}

/// A member of staff as the list of a unit shows one: nothing that opens a door.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ListedRow {
    pub id: Uuid,
    pub login: String,
    pub name: String,
    pub sort_key: String,
    pub disabled_at: Option<i64>,
}

/// Rows written by one statement: an engine takes only so many values in one.
const AT_ONCE: usize = 500;

impl StaffRow {
    /// Whether the login is shut at that moment.
    pub fn is_disabled_at(&self, moment: Instant) -> bool {
        self.disabled_at.is_some_and(|at| at <= moment.0)
    }
}

pub async fn insert_staff(tx: &mut Tx, row: &StaffRow) -> Result<()> {
    let q = "INSERT INTO staff (id, login, name, sort_key, phone, password_hash, totp_secret, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    on_engine!(tx, |c| sqlx::query(q)
        .bind(row.id)
        .bind(&row.login)
        .bind(&row.name)
        .bind(&row.sort_key)
        .bind(&row.phone)
        .bind(&row.password_hash)
        .bind(&row.totp_secret)
        .bind(row.created_at)
        .execute(c)
        .await
        .map(drop))
    .map_err(crate::db::duplicate("staff login"))
}

pub async fn insert_position(tx: &mut Tx, row: &PositionRow) -> Result<()> {
    let q = "INSERT INTO positions (id, staff_id, office_id, role, title, valid_from, valid_to)
             VALUES ($1, $2, $3, $4, $5, $6, $7)";
    Ok(on_engine!(tx, |c| sqlx::query(q)
        .bind(row.id)
        .bind(row.staff_id)
        .bind(row.office_id)
        .bind(&row.role)
        .bind(&row.title)
        .bind(row.valid_from)
        .bind(row.valid_to)
        .execute(c)
        .await
        .map(drop))?)
}

/// Enters many positions.
pub async fn insert_positions(tx: &mut Tx, rows: &[PositionRow]) -> Result<()> {
    for rows in rows.chunks(AT_ONCE) {
        on_engine!(tx, |c| {
            let mut q = QueryBuilder::new(
                "INSERT INTO positions (id, staff_id, office_id, role, title, valid_from, valid_to) ",
            );
            q.push_values(rows, |mut line, row| {
                line.push_bind(row.id).push_bind(row.staff_id).push_bind(row.office_id);
                line.push_bind(row.role.clone()).push_bind(row.title.clone());
                line.push_bind(row.valid_from).push_bind(row.valid_to);
            });
            q.build().execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

pub async fn staff_by_login(tx: &mut Tx, login: &str) -> Result<Option<StaffRow>> {
    let q =
        "SELECT id, login, name, sort_key, phone, password_hash, totp_secret, totp_last_step, created_at, disabled_at
             FROM staff WHERE login = $1";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(login).fetch_optional(c).await)?)
}

/// Whose logins these are, with the login; those of nobody are left out.
pub async fn logins_among(tx: &mut Tx, logins: &[String]) -> Result<Vec<(Uuid, String)>> {
    if logins.is_empty() {
        return Ok(Vec::new());
    }
    Ok(on_engine!(tx, |c| {
        let mut q = QueryBuilder::new("SELECT id, login FROM staff WHERE login IN (");
        let mut list = q.separated(", ");
        for login in logins {
            list.push_bind(login.clone());
        }
        q.push(")");
        q.build_query_as().fetch_all(c).await
    })?)
}

pub async fn staff_by_id(tx: &mut Tx, id: Uuid) -> Result<Option<StaffRow>> {
    let q =
        "SELECT id, login, name, sort_key, phone, password_hash, totp_secret, totp_last_step, created_at, disabled_at
             FROM staff WHERE id = $1";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(id).fetch_optional(c).await)?)
}

/// Takes hold of a member's row until the end of the transaction: PostgreSQL by a lock, SQLite by being its one writer.
pub async fn hold_staff(tx: &mut Tx, id: Uuid) -> Result<()> {
    let q = tx.pick("SELECT id FROM staff WHERE id = $1", "SELECT id FROM staff WHERE id = $1 FOR UPDATE");
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(id).execute(c).await.map(drop))?)
}

/// Positions held on that day.
pub async fn positions_of(tx: &mut Tx, staff: Uuid, day: Day) -> Result<Vec<PositionRow>> {
    let q = "SELECT id, staff_id, office_id, role, title, valid_from, valid_to FROM positions
             WHERE staff_id = $1 AND valid_from <= $2 AND (valid_to IS NULL OR valid_to >= $2) ORDER BY id";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(staff).bind(i64::from(day.0)).fetch_all(c).await)?)
}

/// Who works in those offices on that day, each role on a line, sorted as Vietnamese names are.
pub async fn colleagues_in(tx: &mut Tx, offices: &[i64], day: Day) -> Result<Vec<ColleagueRow>> {
    if offices.is_empty() {
        return Ok(Vec::new());
    }
    Ok(on_engine!(tx, |c| {
        let mut q = QueryBuilder::new(
            "SELECT p.staff_id, s.name, p.role, p.title FROM positions p JOIN staff s ON s.id = p.staff_id
             WHERE (s.disabled_at IS NULL OR s.disabled_at >= ",
        );
        q.push_bind(day.next().start().0);
        q.push(") AND p.valid_from <= ").push_bind(i64::from(day.0));
        q.push(" AND (p.valid_to IS NULL OR p.valid_to >= ").push_bind(i64::from(day.0)).push(") AND p.office_id IN (");
        let mut list = q.separated(", ");
        for office in offices {
            list.push_bind(*office);
        }
        q.push(") ORDER BY s.sort_key, p.role");
        q.build_query_as().fetch_all(c).await
    })?)
}

/// Who holds or held a position in those offices, by name; after that place in the order when one is given.
pub async fn staff_in_offices(
    tx: &mut Tx,
    offices: &[i64],
    after: Option<(&str, Uuid)>,
    limit: i64,
) -> Result<Vec<ListedRow>> {
    if offices.is_empty() {
        return Ok(Vec::new());
    }
    let (sort_key, id) = after.unwrap_or(("", Uuid::nil()));
    Ok(on_engine!(tx, |c| {
        let mut q = QueryBuilder::new(
            "SELECT s.id, s.login, s.name, s.sort_key, s.disabled_at FROM staff s WHERE (s.sort_key, s.id) > (",
        );
        q.push_bind(sort_key.to_owned()).push(", ").push_bind(id);
        q.push(") AND EXISTS (SELECT 1 FROM positions p WHERE p.staff_id = s.id AND p.office_id IN (");
        let mut list = q.separated(", ");
        for office in offices {
            list.push_bind(*office);
        }
        q.push(")) ORDER BY s.sort_key, s.id LIMIT ").push_bind(limit);
        q.build_query_as().fetch_all(c).await
    })?)
}

/// Every position that those people hold, held or will hold, the earliest first.
pub async fn positions_of_all(tx: &mut Tx, staff: &[Uuid]) -> Result<Vec<PositionRow>> {
    if staff.is_empty() {
        return Ok(Vec::new());
    }
    Ok(on_engine!(tx, |c| {
        let mut q = QueryBuilder::new(
            "SELECT id, staff_id, office_id, role, title, valid_from, valid_to FROM positions WHERE staff_id IN (",
        );
        let mut list = q.separated(", ");
        for one in staff {
            list.push_bind(*one);
        }
        q.push(") ORDER BY valid_from, id");
        q.build_query_as().fetch_all(c).await
    })?)
}

/// The position of that id.
pub async fn position_by_id(tx: &mut Tx, id: Uuid) -> Result<Option<PositionRow>> {
    let q = "SELECT id, staff_id, office_id, role, title, valid_from, valid_to FROM positions WHERE id = $1";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(id).fetch_optional(c).await)?)
}

/// Ends one position with that day, unless it ends earlier.
pub async fn end_position(tx: &mut Tx, id: Uuid, last: Day) -> Result<()> {
    let q = "UPDATE positions SET valid_to = $2 WHERE id = $1 AND (valid_to IS NULL OR valid_to > $2)";
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(id).bind(i64::from(last.0)).execute(c).await.map(drop))?)
}

/// Ends those positions with that day, unless they end earlier.
pub async fn end_each_position(tx: &mut Tx, ids: &[Uuid], last: Day) -> Result<()> {
    for ids in ids.chunks(AT_ONCE) {
        on_engine!(tx, |c| {
            let mut q = QueryBuilder::new("UPDATE positions SET valid_to = ");
            q.push_bind(i64::from(last.0)).push(" WHERE (valid_to IS NULL OR valid_to > ");
            q.push_bind(i64::from(last.0)).push(") AND id IN (");
            let mut list = q.separated(", ");
            for id in ids {
                list.push_bind(*id);
            }
            q.push(")");
            q.build().execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// Shuts the login from that moment on, or from an earlier one that was set before.
pub async fn disable_staff(tx: &mut Tx, staff: Uuid, at: Instant) -> Result<()> {
    let q = "UPDATE staff SET disabled_at = $2 WHERE id = $1 AND (disabled_at IS NULL OR disabled_at > $2)";
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(staff).bind(at.0).execute(c).await.map(drop))?)
}

/// Ends with that day every position that would go on after it; answers how many.
pub async fn end_positions(tx: &mut Tx, staff: Uuid, last: Day) -> Result<u64> {
    let q = "UPDATE positions SET valid_to = $2 WHERE staff_id = $1 AND (valid_to IS NULL OR valid_to > $2)";
    let last = i64::from(last.0);
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(staff).bind(last).execute(c).await.map(|done| done.rows_affected()))?)
}

/// A new secret of one-time codes; no step of it was used yet.
pub async fn replace_totp_secret(tx: &mut Tx, staff: Uuid, secret: &str) -> Result<()> {
    let q = "UPDATE staff SET totp_secret = $2, totp_last_step = 0 WHERE id = $1";
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(staff).bind(secret).execute(c).await.map(drop))?)
}

pub async fn replace_password(tx: &mut Tx, staff: Uuid, hash: &str) -> Result<()> {
    let q = "UPDATE staff SET password_hash = $2 WHERE id = $1";
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(staff).bind(hash).execute(c).await.map(drop))?)
}

/// Takes back every recovery code, used or not.
pub async fn drop_recovery_codes(tx: &mut Tx, staff: Uuid) -> Result<()> {
    let q = "DELETE FROM recovery_codes WHERE staff_id = $1";
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(staff).execute(c).await.map(drop))?)
}

/// Marks a one-time code's step as used. `false` when this or a later step was used before.
pub async fn use_totp_step(tx: &mut Tx, staff: Uuid, step: i64) -> Result<bool> {
    let q = "UPDATE staff SET totp_last_step = $2 WHERE id = $1 AND totp_last_step < $2 RETURNING totp_last_step";
    let done: Option<i64> = on_engine!(tx, |c| sqlx::query_scalar(q).bind(staff).bind(step).fetch_optional(c).await)?;
    Ok(done.is_some())
}

pub async fn insert_recovery_code(tx: &mut Tx, staff: Uuid, code_hash: &str) -> Result<()> {
    let q = "INSERT INTO recovery_codes (staff_id, code_hash) VALUES ($1, $2)";
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(staff).bind(code_hash).execute(c).await.map(drop))?)
}

/// Whether that recovery code is the member's and not used up.
pub async fn is_recovery_code_unused(tx: &mut Tx, staff: Uuid, code_hash: &str) -> Result<bool> {
    let q = "SELECT COUNT(*) FROM recovery_codes WHERE staff_id = $1 AND code_hash = $2 AND used_at IS NULL";
    let count: i64 = on_engine!(tx, |c| sqlx::query_scalar(q).bind(staff).bind(code_hash).fetch_one(c).await)?;
    Ok(count > 0)
}

/// Uses up a recovery code. `false` when there is no such unused code.
pub async fn use_recovery_code(tx: &mut Tx, staff: Uuid, code_hash: &str, at: Instant) -> Result<bool> {
    let q = "UPDATE recovery_codes SET used_at = $3 WHERE staff_id = $1 AND code_hash = $2 AND used_at IS NULL
             RETURNING used_at";
    let done: Option<i64> =
        on_engine!(tx, |c| sqlx::query_scalar(q).bind(staff).bind(code_hash).bind(at.0).fetch_optional(c).await)?;
    Ok(done.is_some())
}

/// A position with the name of who holds it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct NamedPositionRow {
    #[sqlx(flatten)]
    pub position: PositionRow,
    pub name: String,
    /// From when on that person's login is shut.
    pub disabled_at: Option<i64>,
}

/// Positions in those offices that go on after that day, by the names of who holds them.
pub async fn positions_going_on(tx: &mut Tx, offices: &[i64], last: Day) -> Result<Vec<NamedPositionRow>> {
    if offices.is_empty() {
        return Ok(Vec::new());
    }
    Ok(on_engine!(tx, |c| {
        let mut q = QueryBuilder::new(
            "SELECT p.id, p.staff_id, p.office_id, p.role, p.title, p.valid_from, p.valid_to, s.name, s.disabled_at
             FROM positions p JOIN staff s ON s.id = p.staff_id WHERE (p.valid_to IS NULL OR p.valid_to > ",
        );
        q.push_bind(i64::from(last.0)).push(") AND p.office_id IN (");
        let mut list = q.separated(", ");
        for office in offices {
            list.push_bind(*office);
        }
        q.push(") ORDER BY s.sort_key, p.id");
        q.build_query_as().fetch_all(c).await
    })?)
}
