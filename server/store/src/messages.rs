//! Messages to residents: what waits to be sent, what went, and where each resident wants to be told.

use crate::{Result, Tx, db::duplicate, on_engine};
use domain::{message::Message, time::Instant};
use sqlx::{QueryBuilder, types::Json};
use uuid::Uuid;

/// The office of messages that belong to none: codes that prove an address.
pub const OF_NO_OFFICE: i64 = 0;

/// A message on its way.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct MessageRow {
    pub office_id: i64,
    pub id: Uuid,
    pub dossier_id: Option<Uuid>,
    /// The event it tells of; below zero, the place of a reminder ([`Message::reminder`]).
    pub seq: Option<i64>,
    /// The resident whose choice decides; none for a walk-in.
    pub account_id: Option<Uuid>,
    /// Key of [`domain::message::Means`].
    pub means: String,
    pub address: String,
    #[sqlx(json)]
    pub body: Message,
    /// `waiting`, `sent`, `refused`, `dropped` or `told_otherwise`.
    pub state: String,
    pub send_at: i64,
    /// The number of the try, which tells a worker whether the message is still its own.
    pub attempts: i64,
    /// Why the last try failed, or why it was never sent: a key, never words of an address.
    pub problem: Option<String>,
    pub created_at: i64,
    /// When it was sent, refused or dropped, or its resident told otherwise.
    pub settled_at: Option<i64>,
    /// How its resident was told after it was refused, in the words of who did it.
    pub told_how: Option<String>,
}

/// How a resident wants to be told, and the addresses that were proven.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ChoiceRow {
    pub account_id: Uuid,
    /// `none`, or the key of a means.
    pub means: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub pending_means: Option<String>,
    pub pending_address: Option<String>,
    pub code_hash: Option<String>,
    pub code_until: Option<i64>,
    /// Minutes after midnight.
    pub quiet_from: i64,
    pub quiet_to: i64,
    pub updated_at: i64,
}

/// Lays a message down, to be sent from `send_at` on. `false` when the event, or the place of the reminder, has its message
/// already.
pub async fn insert_message(tx: &mut Tx, row: &MessageRow) -> Result<bool> {
    let q = "INSERT INTO messages (office_id, id, dossier_id, seq, account_id, means, address, body, state, send_at,
               attempts, problem, created_at, settled_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
             ON CONFLICT (office_id, dossier_id, seq) WHERE seq IS NOT NULL DO NOTHING RETURNING id";
    let id: Option<Uuid> = on_engine!(tx, |c| sqlx::query_scalar(q)
        .bind(row.office_id)
        .bind(row.id)
        .bind(row.dossier_id)
        .bind(row.seq)
        .bind(row.account_id)
        .bind(&row.means)
        .bind(&row.address)
        .bind(Json(&row.body))
        .bind(&row.state)
        .bind(row.send_at)
        .bind(row.attempts)
        .bind(&row.problem)
        .bind(row.created_at)
        .bind(row.settled_at)
        .fetch_optional(c)
        .await)
    .map_err(duplicate("message"))?;
    Ok(id.is_some())
}

/// Takes the next message of that means whose time has come, for `lease_ms`: no other worker takes it meanwhile.
pub async fn claim_message(tx: &mut Tx, means: &str, now: Instant, lease_ms: i64) -> Result<Option<MessageRow>> {
    macro_rules! claim {
        ($lock:literal) => {
            concat!(
                "UPDATE messages SET attempts = attempts + 1, locked_until = $2 + $3 WHERE id = (
                   SELECT id FROM messages
                   WHERE state = 'waiting' AND means = $1 AND send_at <= $2
                     AND (locked_until IS NULL OR locked_until < $2)
                   ORDER BY send_at, id LIMIT 1 ",
                $lock,
                ") RETURNING office_id, id, dossier_id, seq, account_id, means, address, body, state, send_at, attempts,
                   problem, created_at, settled_at, told_how"
            )
        };
    }
    let q = tx.pick(claim!(""), claim!("FOR UPDATE SKIP LOCKED"));
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(means).bind(now.0).bind(lease_ms).fetch_optional(c).await)?)
}

/// The claimed message waits until `send_at`, as if it had not been claimed; `false` when another worker has it.
pub async fn postpone_message(tx: &mut Tx, row: &MessageRow, send_at: Instant) -> Result<bool> {
    let q = "UPDATE messages SET send_at = $3, locked_until = NULL, problem = NULL, attempts = attempts - 1
             WHERE id = $1 AND attempts = $2 AND state = 'waiting' RETURNING id";
    let kept: Option<Uuid> = on_engine!(tx, |c| sqlx::query_scalar(q)
        .bind(row.id)
        .bind(row.attempts)
        .bind(send_at.0)
        .fetch_optional(c)
        .await)?;
    Ok(kept.is_some())
}

/// The claimed message is tried again at `send_at`; `false` when another worker has it.
pub async fn retry_message(tx: &mut Tx, row: &MessageRow, send_at: Instant, problem: &str) -> Result<bool> {
    let q = "UPDATE messages SET send_at = $3, locked_until = NULL, problem = $4
             WHERE id = $1 AND attempts = $2 AND state = 'waiting' RETURNING id";
    let kept: Option<Uuid> = on_engine!(tx, |c| sqlx::query_scalar(q)
        .bind(row.id)
        .bind(row.attempts)
        .bind(send_at.0)
        .bind(problem)
        .fetch_optional(c)
        .await)?;
    Ok(kept.is_some())
}

/// The claimed message has come to an end, at the address of the row; `false` when another worker has it.
pub async fn settle_message(
    tx: &mut Tx,
    row: &MessageRow,
    state: &str,
    problem: Option<&str>,
    now: Instant,
) -> Result<bool> {
    let q = "UPDATE messages SET state = $3, problem = $4, settled_at = $5, locked_until = NULL, address = $6
             WHERE id = $1 AND attempts = $2 AND state = 'waiting' RETURNING id";
    let settled: Option<Uuid> = on_engine!(tx, |c| sqlx::query_scalar(q)
        .bind(row.id)
        .bind(row.attempts)
        .bind(state)
        .bind(problem)
        .bind(now.0)
        .bind(&row.address)
        .fetch_optional(c)
        .await)?;
    Ok(settled.is_some())
}

/// The claimed message goes another way, or to another address, that its resident chose since.
pub async fn redirect_message(tx: &mut Tx, row: &MessageRow, means: &str, address: &str) -> Result<bool> {
    let q = "UPDATE messages SET means = $3, address = $4, locked_until = NULL, attempts = 0, problem = NULL
             WHERE id = $1 AND attempts = $2 AND state = 'waiting' RETURNING id";
    let moved: Option<Uuid> = on_engine!(tx, |c| sqlx::query_scalar(q)
        .bind(row.id)
        .bind(row.attempts)
        .bind(means)
        .bind(address)
        .fetch_optional(c)
        .await)?;
    Ok(moved.is_some())
}

/// A refused message is tried anew from `now` on; `false` when it is not refused (any more).
pub async fn send_message_again(tx: &mut Tx, id: Uuid, now: Instant) -> Result<bool> {
    let q = "UPDATE messages SET state = 'waiting', attempts = 0, locked_until = NULL, send_at = $2, settled_at = NULL,
               problem = NULL
             WHERE id = $1 AND state = 'refused' RETURNING id";
    let again: Option<Uuid> = on_engine!(tx, |c| sqlx::query_scalar(q).bind(id).bind(now.0).fetch_optional(c).await)?;
    Ok(again.is_some())
}

/// A refused message is settled: its resident was told in another way; `false` when it is not refused (any more).
pub async fn settle_refused_message(tx: &mut Tx, id: Uuid, state: &str, told_how: &str, now: Instant) -> Result<bool> {
    let q = "UPDATE messages SET state = $2, told_how = $3, settled_at = $4
             WHERE id = $1 AND state = 'refused' RETURNING id";
    let settled: Option<Uuid> = on_engine!(tx, |c| sqlx::query_scalar(q)
        .bind(id)
        .bind(state)
        .bind(told_how)
        .bind(now.0)
        .fetch_optional(c)
        .await)?;
    Ok(settled.is_some())
}

pub async fn message_by_id(tx: &mut Tx, id: Uuid) -> Result<Option<MessageRow>> {
    let q =
        "SELECT office_id, id, dossier_id, seq, account_id, means, address, body, state, send_at, attempts, problem,
               created_at, settled_at, told_how FROM messages WHERE id = $1";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(id).fetch_optional(c).await)?)
}

/// Whether a message was laid down for that event, or at that place of a reminder.
pub async fn is_message_laid(tx: &mut Tx, office: i64, dossier: Uuid, seq: i64) -> Result<bool> {
    let q = "SELECT id FROM messages WHERE office_id = $1 AND dossier_id = $2 AND seq = $3";
    let id: Option<Uuid> =
        on_engine!(tx, |c| sqlx::query_scalar(q).bind(office).bind(dossier).bind(seq).fetch_optional(c).await)?;
    Ok(id.is_some())
}

/// The messages of a dossier, the oldest first.
pub async fn messages_of_dossier(tx: &mut Tx, office: i64, dossier: Uuid) -> Result<Vec<MessageRow>> {
    let q =
        "SELECT office_id, id, dossier_id, seq, account_id, means, address, body, state, send_at, attempts, problem,
               created_at, settled_at, told_how FROM messages
             WHERE office_id = $1 AND dossier_id = $2 AND seq IS NOT NULL ORDER BY created_at, seq";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(office).bind(dossier).fetch_all(c).await)?)
}

/// The newest code that was asked for by that resident.
pub async fn newest_code_message(tx: &mut Tx, account: Uuid) -> Result<Option<MessageRow>> {
    let q =
        "SELECT office_id, id, dossier_id, seq, account_id, means, address, body, state, send_at, attempts, problem,
               created_at, settled_at, told_how FROM messages
             WHERE account_id = $1 AND office_id = 0 ORDER BY created_at DESC, id DESC LIMIT 1";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(account).fetch_optional(c).await)?)
}

/// A refused message with the dossier it tells of.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct RefusedRow {
    pub id: Uuid,
    pub means: String,
    #[sqlx(json)]
    pub body: Message,
    pub problem: Option<String>,
    pub settled_at: i64,
    pub dossier_id: Uuid,
    pub code: Option<String>,
    pub temporary_code: Option<String>,
    /// Whether the dossier is a sensitive one.
    pub sensitive: bool,
}

/// Messages that were refused for good, of dossiers that these offices resolve, the longest refused first.
pub async fn refused_messages(tx: &mut Tx, offices: &[i64], limit: i64) -> Result<Vec<RefusedRow>> {
    if offices.is_empty() {
        return Ok(Vec::new());
    }
    Ok(on_engine!(tx, |c| {
        let mut q = QueryBuilder::new(
            "SELECT m.id, m.means, m.body, m.problem, m.settled_at, d.id AS dossier_id, d.code, d.temporary_code,
               d.sensitive
             FROM messages m JOIN dossiers d ON d.office_id = m.office_id AND d.id = m.dossier_id
             WHERE m.state = 'refused' AND d.resolving_office IN (",
        );
        let mut list = q.separated(", ");
        for office in offices {
            list.push_bind(*office);
        }
        q.push(") ORDER BY m.settled_at, m.id LIMIT ").push_bind(limit);
        q.build_query_as().fetch_all(c).await
    })?)
}

/// Messages that do not get on: of which means, how many, and since when the first of them waits.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct DelayedRow {
    pub means: String,
    pub messages: i64,
    pub oldest: i64,
}

/// Messages that failed and wait for another try, or whose time came before `late` without anybody trying. Counts
/// everything: for a list that ought to be short.
pub async fn delayed_messages(tx: &mut Tx, late: Instant) -> Result<Vec<DelayedRow>> {
    let q = "SELECT means, COUNT(*) AS messages, MIN(created_at) AS oldest FROM messages
             WHERE state = 'waiting' AND (problem IS NOT NULL OR send_at < $1) GROUP BY means ORDER BY means";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(late.0).fetch_all(c).await)?)
}

/// Forgets codes that proved an address, or did not, before that moment: they are of no dossier.
pub async fn forget_code_messages(tx: &mut Tx, before: Instant) -> Result<()> {
    let q = "DELETE FROM messages WHERE office_id = 0 AND created_at < $1";
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(before.0).execute(c).await.map(drop))?)
}

pub async fn choice_of(tx: &mut Tx, account: Uuid) -> Result<Option<ChoiceRow>> {
    let q = "SELECT account_id, means, email, phone, pending_means, pending_address, code_hash, code_until, quiet_from,
               quiet_to, updated_at FROM message_choices WHERE account_id = $1";
    Ok(on_engine!(tx, |c| sqlx::query_as(q).bind(account).fetch_optional(c).await)?)
}

/// Keeps a resident's choice in place of the one before. The caller holds the account.
pub async fn save_choice(tx: &mut Tx, row: &ChoiceRow) -> Result<()> {
    let q = "INSERT INTO message_choices (account_id, means, email, phone, pending_means, pending_address, code_hash,
               code_until, quiet_from, quiet_to, updated_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
             ON CONFLICT (account_id) DO UPDATE SET means = excluded.means, email = excluded.email,
               phone = excluded.phone, pending_means = excluded.pending_means,
               pending_address = excluded.pending_address, code_hash = excluded.code_hash,
               code_until = excluded.code_until, quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to,
               updated_at = excluded.updated_at";
    Ok(on_engine!(tx, |c| sqlx::query(q)
        .bind(row.account_id)
        .bind(&row.means)
        .bind(&row.email)
        .bind(&row.phone)
        .bind(&row.pending_means)
        .bind(&row.pending_address)
        .bind(&row.code_hash)
        .bind(row.code_until)
        .bind(row.quiet_from)
        .bind(row.quiet_to)
        .bind(row.updated_at)
        .execute(c)
        .await
        .map(drop))?)
}

/// Notes that a walk-in agreed to be told at that telephone.
pub async fn insert_contact(tx: &mut Tx, office: i64, dossier: Uuid, phone: &str, at: Instant) -> Result<()> {
    let q = "INSERT INTO dossier_contacts (office_id, dossier_id, phone, agreed_at) VALUES ($1, $2, $3, $4)";
    Ok(on_engine!(tx, |c| sqlx::query(q).bind(office).bind(dossier).bind(phone).bind(at.0).execute(c).await.map(drop))?)
}

/// The telephone at which a walk-in agreed to be told.
pub async fn contact_of(tx: &mut Tx, office: i64, dossier: Uuid) -> Result<Option<String>> {
    let q = "SELECT phone FROM dossier_contacts WHERE office_id = $1 AND dossier_id = $2";
    Ok(on_engine!(tx, |c| sqlx::query_scalar(q).bind(office).bind(dossier).fetch_optional(c).await)?)
}
