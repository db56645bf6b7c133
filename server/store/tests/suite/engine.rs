//! A database of one's own for each test, on both engines.

use std::{
    future::Future,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};
use store::{Db, Tx};

/// The engines a contract test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// A migrated database that exists for one test. Cheap to clone.
#[derive(Clone)]
pub struct Home {
    pub db: Db,
    /// A folder of the test's own, gone after it.
    pub folder: Arc<tempfile::TempDir>,
}

/// Address of a PostgreSQL server where databases may be made: `postgres://user:password@host:port`.
const SERVER: &str = "MOTCUA_TEST_POSTGRES";
/// Set to 1 for a quick round without PostgreSQL.
const ONLY_SQLITE: &str = "MOTCUA_TEST_ONLY_SQLITE";

/// Runs one test on one engine, and takes its database away afterwards, whether or not it failed.
pub async fn run_on<T: Future<Output = ()> + Send + 'static>(engine: Engine, test: impl FnOnce(Home) -> T) {
    let folder = Arc::new(tempfile::tempdir().expect("a temporary folder"));
    let (url, made) = match engine {
        Engine::Sqlite => (format!("sqlite:{}", folder.path().join("motcua.db").display()), None),
        Engine::Postgres => {
            let Some(server) = postgres_server() else { return };
            let name = new_name(&folder);
            admin(&server, &format!("CREATE DATABASE {name}")).await;
            (address(&server, &name), Some((server, name)))
        }
    };
    let db = Db::connect(&url).await.expect("the test's database opens");
    db.migrate().await.expect("the migrations run");
    let outcome = tokio::spawn(test(Home { db: db.clone(), folder })).await;
    if let Some((server, name)) = made {
        // A failed test may leave work running on a connection.
        admin(&server, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
    } else if outcome.is_ok() {
        db.close().await;
    }
    if let Err(failure) = outcome {
        std::panic::resume_unwind(failure.into_panic());
    }
}

/// The server for tests on PostgreSQL; `None` in a quick round. A round that forgot it fails.
fn postgres_server() -> Option<String> {
    match std::env::var(SERVER) {
        Ok(server) => Some(server),
        Err(_) if std::env::var(ONLY_SQLITE).is_ok_and(|set| set == "1") => None,
        Err(_) => panic!(
            "set {SERVER} to the address of a PostgreSQL server (postgres://user@host:port) where tests may make \
             databases, or {ONLY_SQLITE}=1 for a quick round without it"
        ),
    }
}

fn new_name(folder: &tempfile::TempDir) -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    // The folder's random name keeps rounds on one server apart.
    let random = folder.path().file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let random: String = random.chars().filter(char::is_ascii_alphanumeric).collect();
    let (process, count) = (std::process::id(), COUNT.fetch_add(1, Ordering::SeqCst));
    format!("motcua_test_{process}_{count}_{}", random.to_ascii_lowercase())
}

/// The server's address with that database.
fn address(server: &str, database: &str) -> String {
    let (front, options) = server.split_once('?').unwrap_or((server, ""));
    let (scheme, rest) = front.split_once("://").expect("an address with a scheme");
    let host = rest.split('/').next().unwrap_or_default();
    let options = if options.is_empty() { String::new() } else { format!("?{options}") };
    format!("{scheme}://{host}/{database}{options}")
}

async fn admin(server: &str, statement: &str) {
    use sqlx::{Connection, PgConnection};
    let mut connection =
        PgConnection::connect(&address(server, "postgres")).await.expect("the PostgreSQL server answers");
    sqlx::query(sqlx::AssertSqlSafe(statement)).execute(&mut connection).await.expect("a database is made or dropped");
}

/// Runs a statement that the store has no function for.
pub async fn run(tx: &mut Tx, sql: &str) -> Result<(), sqlx::Error> {
    store::on_engine!(tx, |c| sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(c).await.map(drop))
}

/// A test for both engines: `on_both!(name)` beside `async fn name(home: Home)` makes `name::sqlite` and
/// `name::postgres`.
#[macro_export]
macro_rules! on_both {
    ($name:ident) => {
        mod $name {
            use $crate::suite::engine::{Engine, run_on};

            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn sqlite() {
                run_on(Engine::Sqlite, super::$name).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn postgres() {
                run_on(Engine::Postgres, super::$name).await;
            }
        }
    };
}
