//! One store, two engines: the engine is chosen at run time by the scheme of the URL.

use sqlx::{
    PgPool, Postgres, Sqlite, SqlitePool, Transaction,
    migrate::Migrator,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{fs::OpenOptions, io, os::unix::fs::OpenOptionsExt, path::Path, str::FromStr, time::Duration};

static SQLITE_MIGRATIONS: Migrator = sqlx::migrate!("../../migrations/sqlite");
static POSTGRES_MIGRATIONS: Migrator = sqlx::migrate!("../../migrations/postgres");

/// What can go wrong between the office and its shelves.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A unique key is taken; the text names which.
    #[error("{0} already exists")]
    Duplicate(&'static str),
    /// Somebody else moved the row since it was read.
    #[error("changed by someone else in the meantime")]
    Stale,
    #[error("unsupported database url (expected sqlite: or postgres:)")]
    UnknownEngine,
    /// A stored value that this program did not write.
    #[error("unreadable {0} in the database")]
    Unreadable(&'static str),
    #[error(transparent)]
    Migrate(#[from] sqlx::migrate::MigrateError),
    #[error(transparent)]
    Db(#[from] sqlx::Error),
}

pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// Two pools on either engine: reads never queue behind writes.
#[derive(Clone, Debug)]
pub enum Db {
    /// `write` has exactly one connection: SQLite has one writer, so acts queue for it in the pool instead of
    /// failing with SQLITE_BUSY.
    Sqlite {
        read: SqlitePool,
        write: SqlitePool,
    },
    Postgres {
        read: PgPool,
        write: PgPool,
    },
}

/// A unit of work: every store function takes `&mut Tx`. Dropped without `commit`, it never happened.
pub enum Tx {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

impl Db {
    /// Opens the database of that URL, creating an SQLite file that is missing, for this program's user alone. Tables are
    /// made by [`Db::migrate`].
    pub async fn connect(url: &str) -> Result<Self> {
        if url.starts_with("sqlite:") {
            let options = SqliteConnectOptions::from_str(url)?;
            if !url.contains(":memory:") && !url.contains("mode=memory") {
                make_private(options.get_filename()).map_err(sqlx::Error::Io)?;
            }
            let options = options
                .foreign_keys(true)
                .journal_mode(SqliteJournalMode::Wal)
                // NORMAL loses the last commits when the power goes.
                .synchronous(SqliteSynchronous::Full)
                // Without it REPLACE slips past the guards of the append-only tables.
                .pragma("recursive_triggers", "ON")
                .busy_timeout(Duration::from_secs(5));
            let write = SqlitePoolOptions::new()
                .max_connections(1)
                .acquire_timeout(Duration::from_secs(30))
                .connect_with(options.clone())
                .await?;
            let read = SqlitePoolOptions::new().max_connections(8).connect_with(options.read_only(true)).await?;
            Ok(Self::Sqlite { read, write })
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            let options = PgConnectOptions::from_str(url)?;
            // A server may be set to answer a commit before it is on disk. What this program says is kept must be;
            // a stricter setting (a copy on a second server) stays as it is.
            let pool = PgPoolOptions::new().max_connections(8).after_connect(|connection, _| {
                Box::pin(async move {
                    sqlx::query(
                        "SELECT set_config('synchronous_commit', 'on', false)
                         WHERE current_setting('synchronous_commit') = 'off'",
                    )
                    .execute(connection)
                    .await?;
                    Ok(())
                })
            });
            let read = pool.clone().connect_with(options.clone()).await?;
            let write = pool.acquire_timeout(Duration::from_secs(30)).connect_with(options).await?;
            Ok(Self::Postgres { read, write })
        } else {
            Err(StoreError::UnknownEngine)
        }
    }

    /// Brings the tables to this program's version. Only ever forward.
    pub async fn migrate(&self) -> Result<()> {
        match self {
            Self::Sqlite { write, .. } => SQLITE_MIGRATIONS.run(write).await?,
            Self::Postgres { write, .. } => POSTGRES_MIGRATIONS.run(write).await?,
        }
        Ok(())
    }

    /// Whether no table was ever made here.
    pub async fn is_blank(&self) -> Result<bool> {
        let mut tx = self.read().await?;
        let query = tx.pick(
            "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'dossiers'",
            "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = 'dossiers'",
        );
        let tables: i64 = crate::on_engine!(&mut tx, |c| sqlx::query_scalar(query).fetch_one(c).await)?;
        Ok(tables == 0)
    }

    /// Whether there is any table, this program's or another's.
    pub async fn has_tables(&self) -> Result<bool> {
        let mut tx = self.read().await?;
        let query = tx.pick(
            "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
            "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = current_schema()",
        );
        let tables: i64 = crate::on_engine!(&mut tx, |c| sqlx::query_scalar(query).fetch_one(c).await)?;
        Ok(tables > 0)
    }

    /// Whether anybody works with this database: staff, residents or dossiers are in it.
    pub async fn is_in_use(&self) -> Result<bool> {
        let mut tx = self.read().await?;
        for query in ["SELECT COUNT(*) FROM staff", "SELECT COUNT(*) FROM accounts", "SELECT COUNT(*) FROM dossiers"] {
            let rows: i64 = crate::on_engine!(&mut tx, |c| sqlx::query_scalar(query).fetch_one(c).await)?;
            if rows > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// A unit of work that only looks. On both engines it sees one state of the database from its first query on.
    pub async fn read(&self) -> Result<Tx> {
        Ok(match self {
            Self::Sqlite { read, .. } => Tx::Sqlite(read.begin().await?),
            Self::Postgres { read, .. } => {
                Tx::Postgres(read.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?)
            }
        })
    }

    /// A unit of work that changes something.
    pub async fn write(&self) -> Result<Tx> {
        Ok(match self {
            // A deferred transaction that turns into a writer fails with SQLITE_BUSY.
            Self::Sqlite { write, .. } => Tx::Sqlite(write.begin_with("BEGIN IMMEDIATE").await?),
            Self::Postgres { write, .. } => Tx::Postgres(write.begin().await?),
        })
    }

    /// The engine's name, for logs and `doctor`.
    pub const fn engine(&self) -> &'static str {
        match self {
            Self::Sqlite { .. } => "sqlite",
            Self::Postgres { .. } => "postgres",
        }
    }

    /// Waits for running work and closes both pools.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Self::Postgres { read, write } => {
                read.close().await;
                write.close().await;
            }
        }
    }
}

impl Tx {
    /// Makes the work durable. Nothing may be called done before this returned.
    pub async fn commit(self) -> Result<()> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }

    /// For the few statements that the engines spell differently.
    pub const fn pick(&self, sqlite: &'static str, postgres: &'static str) -> &'static str {
        match self {
            Self::Sqlite(_) => sqlite,
            Self::Postgres(_) => postgres,
        }
    }
}

/// Type-checks `$body` once per engine, with `$conn` bound to that engine's connection.
#[macro_export]
macro_rules! on_engine {
    ($tx:expr, |$conn:ident| $body:expr) => {
        match $tx {
            $crate::db::Tx::Sqlite(tx) => {
                let $conn = &mut **tx;
                $body
            }
            $crate::db::Tx::Postgres(tx) => {
                let $conn = &mut **tx;
                $body
            }
        }
    };
}

/// Makes a file that is missing, to be read and written by this user alone; SQLite gives the files it lays beside it
/// (`-wal`, `-shm`) the same permissions. One that is there keeps what its operator gave it.
fn make_private(file: &Path) -> io::Result<()> {
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(file) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

/// Turns a unique violation into [`StoreError::Duplicate`] with that name.
pub fn duplicate(what: &'static str) -> impl FnOnce(sqlx::Error) -> StoreError {
    move |error| match error.as_database_error() {
        Some(db) if db.is_unique_violation() => StoreError::Duplicate(what),
        _ => StoreError::Db(error),
    }
}
