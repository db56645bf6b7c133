//! The tables as lines of text, the same on both engines: for backups, and for moving from one engine to the other.
//!
//! A line is one row: a JSON object with its members in the order of their names, ids with their dashes, what is JSON in
//! the row as JSON. So two databases hold the same exactly when their lines are the same.

use crate::{Result, StoreError, Tx, on_engine};
use futures::TryStreamExt;
use serde_json::{Map, Value};
use sqlx::{AssertSqlSafe, QueryBuilder, Row};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Every table, each after those it refers to. A test compares them with the tables that there are.
pub const TABLES: &[&str] = &[
    "offices",
    "office_successions",
    "office_contacts",
    "calendars",
    "calendar_drafts",
    "feature_closures",
    "local_parts",
    "procedure_versions",
    "import_remarks",
    "forms",
    "books",
    "counters",
    "accounts",
    "account_proofs",
    "account_codes",
    "identity_links",
    "identity_attempts",
    "organisations",
    "organisation_members",
    "disputed_organisations",
    "staff",
    "recovery_codes",
    "positions",
    "mandates",
    "reasons",
    "saved_views",
    "stuck_claims",
    "reorganisations",
    "handovers",
    "sessions",
    "limits",
    "drafts",
    "blobs",
    "uploads",
    "dossiers",
    "dossier_codes",
    "dossier_events",
    "notes",
    "mentions",
    "opinions",
    "papers",
    "results",
    "ratings",
    "answer_drafts",
    "disputed_dossiers",
    "message_choices",
    "dossier_contacts",
    "messages",
    "bank_accounts",
    "payment_requests",
    "credits",
    "refunds",
    "credit_parts",
    "money_tray",
    "statements",
    "provider_events",
    "commands",
    "jobs",
    "leases",
    "audit_rows",
    "audit_seals",
];

/// Columns that are JSON, which SQLite keeps as text.
const JSON: &[(&str, &str)] = &[
    ("calendars", "body"),
    ("calendar_drafts", "entries"),
    ("local_parts", "fees"),
    ("mandates", "scope"),
    ("reorganisations", "plan"),
    ("procedure_versions", "record"),
    ("procedure_versions", "local"),
    ("forms", "body"),
    ("drafts", "typed"),
    ("drafts", "seen_topics"),
    ("drafts", "prefilled"),
    ("dossiers", "typed"),
    ("dossiers", "papers_listed"),
    ("dossiers", "state"),
    ("dossier_events", "body"),
    ("opinions", "files"),
    ("papers", "body"),
    ("ratings", "reasons"),
    ("answer_drafts", "typed"),
    ("messages", "body"),
    ("payment_requests", "lines"),
    ("statements", "refused"),
    ("commands", "answer"),
    ("jobs", "payload"),
    ("audit_rows", "detail"),
];
/// Columns that are yes or no, which SQLite keeps as a number.
const YES_OR_NO: [(&str, &str); 4] =
    [("local_parts", "online"), ("dossiers", "sensitive"), ("papers", "for_resident"), ("results", "granted")];
/// So many rows are written by one statement at most.
const AT_ONCE: usize = 200;

/// The columns whose kind SQLite does not tell, and whether it is JSON; else it is yes or no.
pub fn special_columns() -> impl Iterator<Item = (&'static str, &'static str, bool)> {
    let json = JSON.iter().copied().map(|(table, column)| (table, column, true));
    json.chain(YES_OR_NO.into_iter().map(|(table, column)| (table, column, false)))
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    Text,
    Id,
    Json,
    YesOrNo,
}

fn kind_of(table: &str, column: &str, declared: &str) -> Kind {
    let named = |list: &[(&str, &str)]| list.contains(&(table, column));
    match declared {
        "BLOB" | "uuid" => Kind::Id,
        "boolean" => Kind::YesOrNo,
        "jsonb" => Kind::Json,
        "bigint" => Kind::Number,
        "INTEGER" if named(&YES_OR_NO) => Kind::YesOrNo,
        "INTEGER" => Kind::Number,
        _ if named(JSON) => Kind::Json,
        _ => Kind::Text,
    }
}

struct Column {
    name: String,
    kind: Kind,
    may_be_missing: bool,
}

async fn columns_of(tx: &mut Tx, table: &str) -> Result<Vec<Column>> {
    let q = tx.pick(
        "SELECT name, type, \"notnull\" = 0 AND pk = 0 FROM pragma_table_info($1) ORDER BY cid",
        "SELECT column_name::text, data_type::text, is_nullable = 'YES' FROM information_schema.columns
         WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position",
    );
    let rows: Vec<(String, String, bool)> = on_engine!(tx, |c| sqlx::query_as(q).bind(table).fetch_all(c).await)?;
    let column = |(name, declared, may_be_missing): (String, String, bool)| {
        let kind = kind_of(table, &name, &declared);
        Column { name, kind, may_be_missing }
    };
    Ok(rows.into_iter().map(column).collect())
}

/// The columns of a table's primary key, in order: its lines come sorted by them, as the engine sorts.
async fn key_of(tx: &mut Tx, table: &str) -> Result<Vec<String>> {
    let q = tx.pick(
        "SELECT name FROM pragma_table_info($1) WHERE pk > 0 ORDER BY pk",
        "SELECT a.attname::text FROM pg_index i, unnest(i.indkey) WITH ORDINALITY AS k(number, place), pg_attribute a
         WHERE i.indrelid = $1::regclass AND i.indisprimary AND a.attrelid = i.indrelid AND a.attnum = k.number
         ORDER BY k.place",
    );
    Ok(on_engine!(tx, |c| sqlx::query_scalar(q).bind(table).fetch_all(c).await)?)
}

/// Calls `each` with every line of a table, sorted by its primary key; answers how many there were.
pub async fn each_line<E>(
    tx: &mut Tx,
    table: &str,
    mut each: impl FnMut(&str) -> std::result::Result<(), E>,
) -> std::result::Result<u64, E>
where
    E: From<StoreError>,
{
    let columns = columns_of(tx, table).await?;
    let key = key_of(tx, table).await?;
    let sql = match tx {
        Tx::Sqlite(_) => {
            let pair = |column: &Column| format!("'{}', {}", column.name, as_json(&column.name, column.kind));
            let pairs: Vec<String> = columns.iter().map(pair).collect();
            format!("SELECT json_object({}) FROM {table} ORDER BY {}", pairs.join(", "), key.join(", "))
        }
        Tx::Postgres(_) => {
            format!("SELECT to_jsonb(t)::text FROM {table} t ORDER BY {}", key.join(", "))
        }
    };
    let mut count = 0;
    let mut take = |line: String| -> std::result::Result<(), E> {
        count += 1;
        let value: Value = serde_json::from_str(&line).map_err(|_| StoreError::Unreadable("a row as JSON"))?;
        each(&canonical(value).to_string())
    };
    match tx {
        Tx::Sqlite(tx) => {
            let mut rows = sqlx::query(AssertSqlSafe(sql)).fetch(&mut **tx);
            while let Some(row) = rows.try_next().await.map_err(StoreError::from)? {
                take(row.try_get(0).map_err(StoreError::from)?)?;
            }
        }
        Tx::Postgres(tx) => {
            let mut rows = sqlx::query(AssertSqlSafe(sql)).fetch(&mut **tx);
            while let Some(row) = rows.try_next().await.map_err(StoreError::from)? {
                take(row.try_get(0).map_err(StoreError::from)?)?;
            }
        }
    }
    Ok(count)
}

fn as_json(name: &str, kind: Kind) -> String {
    match kind {
        Kind::Number | Kind::Text => name.to_owned(),
        Kind::Json => format!("json({name})"),
        Kind::YesOrNo => format!("json(CASE {name} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END)"),
        Kind::Id => {
            let part = |from: u8, length: u8| format!("substr(hex({name}), {from}, {length})");
            let parts = [part(1, 8), part(9, 4), part(13, 4), part(17, 4), part(21, 12)];
            format!("CASE WHEN {name} IS NOT NULL THEN lower({}) END", parts.join(" || '-' || "))
        }
    }
}

/// The same with the members of every object in the order of their names.
fn canonical(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let sorted: BTreeMap<String, Value> =
                members.into_iter().map(|(name, value)| (name, canonical(value))).collect();
            Value::Object(sorted.into_iter().collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(canonical).collect()),
        other => other,
    }
}

/// Writes lines of a table, as [`each_line`] gave them. References are checked as ever.
pub async fn insert_lines(tx: &mut Tx, table: &str, lines: &[String]) -> Result<()> {
    let columns = columns_of(tx, table).await?;
    for part in lines.chunks(AT_ONCE) {
        match tx {
            Tx::Postgres(tx) => {
                let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
                // A JSON `null` in a line is no value of its own to PostgreSQL.
                let value = |column: &Column| match (column.kind, column.may_be_missing) {
                    (Kind::Json, false) => format!("COALESCE(r.{}, 'null'::jsonb)", column.name),
                    _ => format!("r.{}", column.name),
                };
                let values: Vec<String> = columns.iter().map(value).collect();
                // An identity takes the number it had.
                let q = format!(
                    "INSERT INTO {table} ({}) OVERRIDING SYSTEM VALUE
                     SELECT {} FROM jsonb_populate_recordset(NULL::{table}, $1::jsonb) r",
                    names.join(", "),
                    values.join(", ")
                );
                let rows = format!("[{}]", part.join(","));
                sqlx::query(AssertSqlSafe(q)).bind(rows).execute(&mut **tx).await?;
            }
            Tx::Sqlite(tx) => {
                for line in part {
                    let line: Map<String, Value> =
                        serde_json::from_str(line).map_err(|_| StoreError::Unreadable("a line of a table"))?;
                    let mut q = QueryBuilder::new(format!("INSERT INTO {table} ("));
                    let mut names = q.separated(", ");
                    for column in &columns {
                        names.push(&column.name);
                    }
                    q.push(") VALUES (");
                    let mut values = q.separated(", ");
                    for column in &columns {
                        match (column.kind, line.get(&column.name).unwrap_or(&Value::Null)) {
                            (Kind::Json, Value::Null) if !column.may_be_missing => values.push_bind("null"),
                            (_, Value::Null) => values.push_bind(None::<i64>),
                            (Kind::Id, Value::String(id)) => {
                                values.push_bind(Uuid::parse_str(id).map_err(|_| StoreError::Unreadable("an id"))?)
                            }
                            (Kind::Json, value) => values.push_bind(value.to_string()),
                            (_, Value::Bool(yes)) => values.push_bind(i64::from(*yes)),
                            (_, Value::Number(number)) => {
                                values.push_bind(number.as_i64().ok_or(StoreError::Unreadable("a number"))?)
                            }
                            (_, Value::String(text)) => values.push_bind(text.clone()),
                            (_, Value::Array(_) | Value::Object(_)) => return Err(StoreError::Unreadable("a value")),
                        };
                    }
                    q.push(")");
                    q.build().execute(&mut **tx).await?;
                }
            }
        }
    }
    Ok(())
}

/// Lets the numbers that the engine gives go on behind those that were written.
pub async fn go_on_numbering(tx: &mut Tx) -> Result<()> {
    // SQLite does so by itself.
    let Tx::Postgres(tx) = tx else { return Ok(()) };
    let q =
        "SELECT setval(pg_get_serial_sequence('audit_rows', 'id'), COALESCE(MAX(id), 0) + 1, false) FROM audit_rows";
    sqlx::query(q).execute(&mut **tx).await?;
    Ok(())
}

/// Whether any table holds a row.
pub async fn is_anything_there(tx: &mut Tx) -> Result<bool> {
    for &table in TABLES {
        let q = format!("SELECT COUNT(*) FROM (SELECT 1 FROM {table} LIMIT 1) AS t");
        let count: i64 = on_engine!(&mut *tx, |c| sqlx::query_scalar(AssertSqlSafe(q.as_str())).fetch_one(c).await)?;
        if count > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Number of the newest migration that has run.
pub async fn newest_migration(tx: &mut Tx) -> Result<i64> {
    let q = "SELECT MAX(version) FROM _sqlx_migrations";
    Ok(on_engine!(tx, |c| sqlx::query_scalar(q).fetch_one(c).await)?)
}
